"""Proofs that must not be believed twice."""

from servers.office import ANNE, BART
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
    assert any("picture_or_payment_used_before" in reasons for reasons in bart.queue)
