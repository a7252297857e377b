"""Proofs that must not be believed twice."""

import io
from collections.abc import Callable
from datetime import timedelta

from PIL import Image
from receipts.test_joining import page, png, screen
from servers.office import ANNE, BART, CRIS, EVA, FAYE
from stories.cast import BANK, Student, needs_eyes
from stories.running import FEE, RunningOffice

from mailflow.demo.pictures import draw_transfer
from mailflow.workflow import State


def two_payments(student: Student) -> tuple[bytes, bytes]:
    """Of one debt, seven minutes apart."""
    now = student.office.clock.now()
    once, again = (
        draw_transfer(amount=FEE, account=student.account, bank=BANK, paid_at=paid_at)
        for paid_at in (now, now + timedelta(minutes=7))
    )
    return once, again


@needs_eyes
def test_one_payment_shown_by_two_students_is_believed_once_at_most(office: RunningOffice):
    anne, bart = Student(office, ANNE), Student(office, BART)
    picture = draw_transfer(
        amount=FEE,
        account=anne.account,
        bank=BANK,
        paid_at=office.clock.now(),
        shown_account="*******" + "0023",
    )
    slips = [student.is_billed() for student in (anne, bart)]
    for student, slip in zip((anne, bart), slips, strict=True):
        student.replies(slip, "附上繳費證明", picture=picture)
        office.quiet()
    assert bart.case.state is State.BILLED
    assert any("picture_or_payment_used_before" in reasons for reasons in bart.queue), bart.queue


@needs_eyes
def test_one_payment_on_another_picture_is_believed_once_at_most(office: RunningOffice):
    """Cut out, smaller, saved again, and with an account that fits: 一筆轉帳不能抵兩筆報名費。"""
    anne, bart = Student(office, ANNE), Student(office, BART)
    at = office.clock.now()
    for student, change in ((anne, False), (bart, True)):
        slip = student.is_billed()
        picture = draw_transfer(  # the reference is that of Anne's transfer
            amount=FEE, account=anne.account, bank=BANK, paid_at=at, shown_account=student.account
        )
        if change:
            image = Image.open(io.BytesIO(picture)).convert("RGB")
            small = image.crop((0, 60, *image.size)).resize((image.width * 4 // 5, image.height))
            out = io.BytesIO()
            small.save(out, "JPEG", quality=70)
            picture = out.getvalue()
        student.replies(slip, "附上繳費證明", picture=picture)
        office.quiet()
    assert bart.case.state is State.BILLED
    assert any("picture_or_payment_used_before" in reasons for reasons in bart.queue), bart.queue


@needs_eyes
def test_two_payments_of_one_debt_wait_for_a_person(office: RunningOffice):
    """繳了兩次：要退哪一筆，由人決定。"""
    cris = Student(office, CRIS)
    slip = cris.is_billed()
    once, again = two_payments(cris)
    cris.replies(slip, "附上繳費證明", picture=once, more=(again,))
    office.quiet()
    assert cris.case.state is State.BILLED
    assert any("several_payments" in reasons for reasons in cris.queue), cris.queue


@needs_eyes
def test_one_payment_on_two_pictures_is_one(office: RunningOffice):
    """同一筆繳費傳了兩張截圖，不必麻煩承辦人。"""
    bart = Student(office, BART)
    slip = bart.is_billed()
    picture = draw_transfer(amount=FEE, account=bart.account, bank=BANK, paid_at=office.clock.now())
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(out, "PNG")
    bart.replies(slip, "附上繳費證明", picture=picture, more=(out.getvalue(),))
    office.quiet()
    assert bart.case.state in (State.PAID, State.COMPLETE), bart.queue


@needs_eyes
def test_more_pictures_than_are_read_are_not_passed_over(
    opened: Callable[..., RunningOffice],
):
    """第七張是轉帳失敗：沒有看完，不能算數。"""
    office = opened(settings={"limits": {"pictures_per_message": 1}})
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    paid_at = office.clock.now()
    first, second = (
        draw_transfer(amount=FEE, account=anne.account, bank=BANK, paid_at=paid_at, shown_account=x)
        for x in (anne.account, "*******" + anne.account[-6:])
    )
    anne.replies(slip, "附上繳費證明", picture=first, more=(second,))
    office.quiet()
    assert anne.case.state is State.BILLED
    assert any("picture_not_read" in reasons for reasons in anne.queue), anne.queue


@needs_eyes
def test_what_staff_refused_is_not_taken_when_it_comes_again(
    opened: Callable[..., RunningOffice],
):
    """出納查過沒有這筆款；同一張再寄一次，不會就變成有。"""
    office = opened()
    bart = Student(office, BART)
    slip = bart.is_billed()
    once, again = two_payments(bart)
    bart.replies(slip, "附上繳費證明", picture=once, more=(again,))
    item = bart.waits_for_staff("several_payments")
    office.desk.reject(item.id, why="neither has come")
    office.quiet()
    bart.replies(slip, "附上繳費證明", picture=once)
    office.quiet()
    assert bart.case.state is State.BILLED
    assert any("refused_by_staff_before" in reasons for reasons in bart.queue), bart.queue


@needs_eyes
def test_a_proof_that_comes_again_when_all_is_done_troubles_nobody(
    opened: Callable[..., RunningOffice],
):
    """請問有收到嗎？再寄一次。但另一筆款項要有人看。"""
    office = opened()
    cris = Student(office, CRIS)
    slip = cris.is_billed()
    once, other = two_payments(cris)
    cris.replies(slip, "附上繳費證明", picture=once)
    office.quiet()
    assert cris.case.state is State.COMPLETE, cris.queue
    cris.replies(slip, "附上繳費證明", picture=once)
    office.quiet()
    assert cris.queue == []
    cris.replies(slip, "附上繳費證明", picture=other)
    office.quiet()
    assert any("proof_while_complete" in reasons for reasons in cris.queue), cris.queue


@needs_eyes
def test_a_proof_that_was_scrolled_and_sent_in_two_pictures_is_taken_at_once(office: RunningOffice):
    """Neither picture shows all of it; together they do."""
    faye = Student(office, FAYE)
    slip = faye.is_billed()
    whole = page(faye.transfer())
    above, below = (png(screen(whole, top, 760)) for top in (0, 450))
    faye.replies(slip, "附上繳費證明", picture=above, more=(below,))
    faye.reaches(State.COMPLETE)
    assert faye.queue == []
    assert faye.kinds().count("proof_accepted") == 1


@needs_eyes
def test_two_halves_of_two_payments_are_for_staff(office: RunningOffice):
    eva = Student(office, EVA)
    slip = eva.is_billed()
    now = office.clock.now()
    other = eva.transfer(500, paid_at=now - timedelta(minutes=9))
    above = png(screen(page(other), 0, 760))
    below = png(screen(page(eva.transfer()), 450, 760))
    eva.replies(slip, "附上繳費證明", picture=above, more=(below,))
    eva.waits_for_staff()
    assert eva.case.state is State.BILLED
