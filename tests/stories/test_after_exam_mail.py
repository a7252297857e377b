"""After the exam by mail: the certificate comes, the account comes, and staff decide."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from servers.office import ANNE, BART, CRIS, EVA, FAYE, GINO
from stories.after_dates import EXAM, SUBJECTS, AfterDates, completes
from stories.cast import Received, Student
from stories.running import RunningOffice

from mailflow.aftercare import Mark, RefundState
from mailflow.demo.pictures import draw_transfer
from mailflow.desk.certifying import posted
from mailflow.desk.refunding import invite, listing, refuse, verify
from mailflow.desk.results import import_results
from mailflow.desk.rewarding import listing as certificates
from mailflow.desk.rewarding import papers
from mailflow.person import Field
from mailflow.sheets import PersonRow
from mailflow.store import refunds


@pytest.fixture
def office(opened: Callable[..., RunningOffice]) -> RunningOffice:
    return opened(dates=AfterDates())


@dataclass(frozen=True)
class Row:
    number: int
    person: PersonRow
    exam: str
    exam_on: object
    marks: tuple[Mark, ...]


def is_invited(student: Student, *, days_ago: int = 0) -> Received:
    completes(student)
    marks = tuple(Mark(name, Decimal(80)) for name in SUBJECTS)
    person = PersonRow(2, case=student.case.number)
    row = Row(2, person, EXAM, student.office.clock.now().date(), marks)
    import_results(student.office.desk, [row])
    student.gets("exam_result")
    posted(student.office.desk, exam=EXAM)
    at = student.office.clock.now() - timedelta(days=days_ago)
    desk = replace(student.office.desk, now=lambda: at)
    assert student.case.number in invite(desk).done
    return student.gets("refund_invitation")


def refund(student: Student) -> RefundState:
    with student.office.store.read() as tx:
        return refunds.load(tx, student.case.id).state


def picture(student: Student) -> bytes:
    """Any picture will do: only a person reads certificates."""
    number = 600 + int(student.data[Field.STUDENT_NO][-2:])
    paid_at = student.office.clock.now()
    return draw_transfer(amount=number, account="0" * 14, bank="822", paid_at=paid_at)


def presses_account(student: Student, letter: Received, text: str, *, sender: str = "") -> None:
    """Fill in the mail that the account button opens, and send it."""
    link = next(one for one in re.findall(r"mailto:[^\s<>\"]+", letter.text) if "+p." in one)
    subject = parse_qs(urlsplit(link).query)["subject"][0]
    message = student.mail(unquote(urlsplit(link).path), subject, sender=sender)
    message.set_content(text)
    student.sends(message)


def own_account(student: Student, digits: str) -> str:
    return f"銀行代碼：822\n帳號：{digits}\n戶名：{student.data[Field.NAME_ZH]}"


def test_anne_applies_tells_her_account_and_staff_verify(office: RunningOffice):
    """獲得證書者才能將自己繳的錢拿回去!!"""
    anne = Student(office, ANNE)
    invitation = is_invited(anne)
    anne.replies(invitation, "老師好，附上證書，申請退費，謝謝", picture=picture(anne))
    asks = anne.gets("refund_received")
    assert refund(anne) is RefundState.APPLIED
    assert anne.queue == [("refund_applied",)]
    presses_account(anne, asks, own_account(anne, "901234567890"))
    noted = anne.gets("payee_noted")
    assert "822 ********7890" in noted.text
    office.quiet()
    (line,) = listing(office.desk)
    assert (line.account, line.doubts) == ("822 ********7890", ())
    assert verify(office.desk, why="seen").done == [anne.case.number]
    assert anne.queue == []
    states = {mail.intent: mail.state for mail in office.mails()}
    assert states["refund_application"] == "applied"


def test_an_application_without_the_certificate_waits_for_a_person(office: RunningOffice):
    bart = Student(office, BART)
    invitation = is_invited(bart)
    bart.replies(invitation, "我要申請補助")
    item = bart.waits_for_staff("papers_missing")
    assert refund(bart) is RefundState.INVITED
    assert item.event == "apply"


def test_the_right_picture_after_a_refusal_is_an_application_and_no_correction(
    office: RunningOffice,
):
    bart = Student(office, BART)
    bart.replies(is_invited(bart), "老師好，附上證書，申請退費", picture=picture(bart))
    bart.gets("refund_received")
    refuse(office.desk, bart.case.number, reasons=["other_certificate"], why="another exam's")
    refusal = bart.gets("refund_refused")
    right = picture(bart) + b"another"
    bart.replies(refusal, "抱歉寄錯了，這是正確的證書，申請退費。", picture=right)
    item = bart.waits_for_staff("application_while_refused")
    assert item.event == ""
    assert right in [one.content for one in papers(office.desk, bart.case.number)]


def test_a_question_beside_the_certificate_is_taken_in_by_a_person(office: RunningOffice):
    """The day it came counts, not the day somebody looked."""
    cris = Student(office, CRIS)
    invitation = is_invited(cris)
    cris.replies(invitation, "存摺是我媽媽的可以嗎？證書如附件", picture=picture(cris))
    item = cris.waits_for_staff()
    assert refund(cris) is RefundState.INVITED
    office.desk.accept(item.id, why="certificate is there; I phoned")
    cris.gets("refund_received")
    assert refund(cris) is RefundState.APPLIED
    with office.store.read() as tx:
        applied_at = refunds.load(tx, cris.case.id).applied_at
    assert applied_at
    assert abs(applied_at - office.clock.now()) < timedelta(minutes=5)


def test_a_window_that_ended_in_silence_is_void_and_a_late_application_is_told_so(
    opened: Callable[..., RunningOffice],
):
    """收件時間1個月，逾時不候."""
    office = opened(dates=AfterDates(invited=-90, issued=-70))
    gino = Student(office, GINO)
    invitation = is_invited(gino, days_ago=60)
    office.jump(minutes=1)  # the mailbox is compared, and then the clock looks
    office.until(lambda: refund(gino) is RefundState.VOID)
    assert "逾時不候" in gino.gets("refund_outside").text
    office.daemon.look()
    office.quiet()
    assert gino.kinds().count("refund_outside") == 1
    gino.replies(invitation, "附上證書，申請退費", picture=picture(gino))
    gino.gets("refund_outside", count=2)
    assert refund(gino) is RefundState.VOID
    assert gino.queue == []


def test_an_account_from_another_address_waits_for_a_person(office: RunningOffice):
    eva = Student(office, EVA)
    invitation = is_invited(eva)
    eva.replies(invitation, "附上證書，申請退費，謝謝", picture=picture(eva))
    asks = eva.gets("refund_received")
    presses_account(eva, asks, own_account(eva, "555500001111"), sender="thief@example.net")
    office.until(lambda: len(eva.queue) == 2)
    assert any("sender_unregistered" in reasons for reasons in eva.queue)
    (line,) = listing(office.desk)
    assert line.account == ""


def test_an_account_that_cannot_be_read_waits_and_the_button_still_works(office: RunningOffice):
    eva = Student(office, EVA)
    invitation = is_invited(eva)
    eva.replies(invitation, "附上證書，申請退費，謝謝", picture=picture(eva))
    asks = eva.gets("refund_received")
    presses_account(eva, asks, "銀行代碼：822\n帳號：\n戶名：伊娃")
    eva.waits_for_staff("payee_account")
    presses_account(eva, asks, own_account(eva, "555500001111"))
    eva.gets("payee_noted")


def test_a_certificate_for_the_reward_is_received(office: RunningOffice):
    """快來上傳113-2學期考取通過之專業證照(不含語言證照)！"""
    # guide: 立即掃描QR CODE上傳證照
    faye = Student(office, FAYE)
    completes(faye)
    message = faye.mail(office.config.office, "上傳證照")
    message.set_content("老師好，上傳我的 TQC 證照，請查收")
    message.add_attachment(picture(faye), maintype="image", subtype="png", filename="tqc.png")
    logo = b"\x89PNG\r\n\x1a\nlogo"  # of the mail's signature: no certificate
    message.add_attachment(
        logo, maintype="image", subtype="png", filename="logo.png", disposition="inline"
    )
    faye.sends(message)
    faye.gets("reward_received")
    assert faye.queue == [("certificate_uploaded",)]
    ((number, found),), _ = certificates(office.desk)
    assert (number, found.state) == (faye.case.number, "received")
    assert found.content_type == "image/png"
