"""The registrar's list: who was enrolled on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.store import enrolments
from mailflow.store.audit import record


class EnrolmentRow(Protocol):
    """One student number and whether it is enrolled."""

    @property
    def student_no(self) -> str: ...
    @property
    def is_enrolled(self) -> bool: ...


def import_enrolment(
    desk: Desk, rows: Sequence[EnrolmentRow], *, as_of: date, dry_run: bool = False
) -> tuple[int, int]:
    """Take in a list; how many rows were new and how many changed. Repeated: none.

    Raises DeskError for a day still to come: nobody knows yet who will be enrolled.
    """
    if as_of > desk.today():
        raise DeskError(f"{as_of} is still to come: name the day the list speaks of")
    with changing(desk.store, dry_run=dry_run) as tx:
        told = [(row.student_no, row.is_enrolled) for row in rows]
        new, changed = enrolments.put(tx, told, as_of=as_of)
        if new or changed:
            why = f"{new} new, {changed} changed"
            subject = f"enrolment {as_of}"
            record(tx, "enrolment", subject=subject, actor=desk.actor, why=why, now=desk.now())
    return new, changed
