"""Erasing a person: destroying the wrapped keys makes every sealed value unreadable."""

from datetime import datetime

from sqlmodel import col, delete, select, update

from mailflow.store import cases
from mailflow.store.audit import record
from mailflow.store.database import StoreError, Transaction
from mailflow.store.tables import Case, DataKey, Decision, Outbox, OutboxState, Person
from mailflow.workflow import State


def erase_person(tx: Transaction, number: str, *, actor: str, why: str, now: datetime) -> int:
    """Destroy all keys of the person behind a case; returns how many. The caller commits.

    Raises StoreError when there is no such case. Rows stay, as numbers without a meaning; blind
    indexes are overwritten, waiting letters are held back, the case and its open questions are
    closed.
    """
    case_id = cases.by_number(tx, number)
    if case_id is None:
        raise StoreError(f"no case {number}")
    person_id = tx.session.get_one(Case, case_id).person_id
    owned = list(tx.session.exec(select(Case.id).where(Case.person_id == person_id)))
    tx.session.exec(
        update(Case)
        .where(col(Case.person_id) == person_id)
        .values(address_index=b"", student_index=b"", form_index=b"", state=State.WITHDRAWN)
    )
    tx.session.exec(
        update(Outbox)
        .where(
            col(Outbox.case_id).in_(owned),
            col(Outbox.state).in_([OutboxState.QUEUED, OutboxState.DEFERRED, OutboxState.HELD]),
        )
        .values(state=OutboxState.HELD, reason="erased")
    )
    tx.session.exec(  # what they propose can't be read any more
        update(Decision)
        .where(col(Decision.case_id).in_(owned), col(Decision.decided_at).is_(None))
        .values(decided_at=now, decided_by=actor, verb="erase", why=why)
    )
    tx.session.exec(
        update(Person).where(col(Person.id) == person_id).values(erased_at=now, identity_index=b"")
    )
    gone = tx.session.exec(delete(DataKey).where(col(DataKey.person_id) == person_id))
    record(tx, "erased", subject=number, actor=actor, why=why, now=now)
    return gone.rowcount
