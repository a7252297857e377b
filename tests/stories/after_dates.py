"""A round whose exams are over: its windows around today, and someone who has sat."""

from dataclasses import dataclass

from stories.cast import Student
from stories.running import Dates

from mailflow.store.casework import Casework, Cause
from mailflow.workflow import Event, State

EXAM = "AI應用規劃師 初級"
SUBJECTS = ("人工智慧基礎概論", "生成式AI應用與規劃")

AFTER = """
[refund]
invite_after = {invite_after}

[certificates]
issued_from = {issued}

[reward]
semester = "113-2"
got_from = 2020-01-01
got_until = {issued}
upload_until = {upload}
published_on = {published}
per_certificate = 100
ranks = [3000, 2000, 1000, 500]
"""


@dataclass(slots=True)
class AfterDates(Dates):
    """The invitation is due since `invited`, certificates are issued on `issued`: days from now.

    It opened long ago, because the lists of the stories name days of 2025.
    """

    opens: int = -3650
    invited: int = -14
    issued: int = 0

    def campaign(self) -> str:
        told = AFTER.format(
            invite_after=self.end_of(self.invited).date(),
            issued=self.end_of(self.issued).date(),
            upload=self.end_of(20).isoformat(),
            published=self.end_of(30).date(),
        )
        return Dates.campaign(self) + told


def completes(student: Student) -> None:
    """Someone is registered, has paid and has been told."""
    office = student.office
    student.registers()
    cause = Cause(actor="clerk", why="test")
    for event in (Event.CONFIRM, Event.PROOF, Event.TOLD):
        with office.store.write() as tx:
            case = student.case
            if case.state is not State.COMPLETE:
                Casework(tx, office.rules, now=office.clock.now()).happen(case, event, cause=cause)
    office.until(lambda: student.case.state is State.COMPLETE)
