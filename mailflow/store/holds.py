"""Cases whose data must stay for now: a complaint, a lawsuit, an audit."""

from datetime import datetime

from sqlmodel import col, delete, select

from mailflow import saying
from mailflow.store import lookup
from mailflow.store.audit import record
from mailflow.store.database import StoreError, Transaction
from mailflow.store.tables import LegalHold


def hold(tx: Transaction, number: str, *, actor: str, why: str, now: datetime) -> str:
    """From now on nothing of this case is erased; returns its number. Raises StoreError."""
    case_id, known = _case(tx, number)
    if tx.session.get(LegalHold, case_id) is not None:
        raise StoreError(f"{known} is held already")
    tx.session.add(LegalHold(case_id=case_id, held_at=now, held_by=actor))
    record(tx, "legal hold", subject=known, actor=actor, why=why, now=now)
    return known


def unhold(tx: Transaction, number: str, *, actor: str, why: str, now: datetime) -> str:
    """The policy, and people, may erase it again; returns its number. Raises StoreError."""
    case_id, known = _case(tx, number)
    if tx.session.get(LegalHold, case_id) is None:
        raise StoreError(f"{known} is not held")
    tx.session.exec(delete(LegalHold).where(col(LegalHold.case_id) == case_id))
    record(tx, "legal hold ended", subject=known, actor=actor, why=why, now=now)
    return known


def held(tx: Transaction) -> set[str]:
    """Ids of the cases that are held."""
    return set(tx.session.exec(select(LegalHold.case_id)))


def _case(tx: Transaction, number: str) -> tuple[str, str]:
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise StoreError(saying.no_case(number))
    return case_id, lookup.number_of(tx, case_id)
