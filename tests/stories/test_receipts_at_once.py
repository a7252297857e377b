"""Proofs that must not be believed twice."""

import io
from datetime import timedelta

from PIL import Image
from servers.office import ANNE, BART, CRIS
from stories.cast import BANK, Student, needs_eyes
from stories.running import FEE, RunningOffice

from mailflow.demo.pictures import draw_transfer
from mailflow.workflow import State


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
    once, again = (
        draw_transfer(
            amount=FEE,
            account=cris.account,
            bank=BANK,
            paid_at=office.clock.now() + timedelta(minutes=minutes),
        )
        for minutes in (0, 7)
    )
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
