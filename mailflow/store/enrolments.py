"""Who was enrolled when, by blind index of the student number. The caller commits."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import col, select

from mailflow.store.after_tables import Enrolment
from mailflow.store.database import Transaction, new_id

_TELLS_FOR = timedelta(days=200)  # a list of one semester says nothing of the next but one


def put(tx: Transaction, rows: Iterable[tuple[str, bool]], *, as_of: date) -> tuple[int, int]:
    """Take in a list (student number, enrolled); how many are new and how many changed."""
    tx.one_at_a_time("enrolment")
    query = select(Enrolment).where(Enrolment.as_of == as_of)
    known = {row.student_index: row for row in tx.session.exec(query)}
    new = changed = 0
    for number, is_enrolled in rows:
        index = tx.blind("student_no", number.upper())
        row = known.get(index)
        if row is None:
            row = Enrolment(id=new_id(), student_index=index, as_of=as_of, is_enrolled=is_enrolled)
            known[index] = row
            tx.session.add(row)
            new += 1
        elif row.is_enrolled != is_enrolled:
            row.is_enrolled = is_enrolled
            tx.session.add(row)
            changed += 1
    return new, changed


def is_enrolled(tx: Transaction, student_no: str, *, on: date) -> bool | None:
    """What the list nearest to that day says of the student; None when no list can tell.

    Nobody is taken for gone because a list does not name them.
    """
    index = tx.blind("student_no", student_no.upper())
    query = select(Enrolment).where(
        Enrolment.student_index == index,
        col(Enrolment.as_of) >= on - _TELLS_FOR,
        col(Enrolment.as_of) <= on + _TELLS_FOR,
    )
    found = sorted(tx.session.exec(query), key=lambda row: abs(row.as_of - on))
    return found[0].is_enrolled if found else None
