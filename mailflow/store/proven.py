"""What a payment was accepted on: the proof that the machine found good, or that staff accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailflow.store.database import Transaction
from mailflow.store.tables import Decision, Receipt
from mailflow.workflow import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted claim. `receipt_id` is None when staff accepted it without a picture."""

    receipt_id: str | None
    by_staff: bool
    at: datetime


def accepted(tx: Transaction, case_id: str) -> tuple[Accepted, ...]:
    """Every claim of the case that was accepted, oldest first."""
    decided = _decisions(tx, case_id)
    by_mail = {row.inbox_id: row for row in decided if row.inbox_id}
    by_staff = [
        Accepted(row.receipt_id, by_staff=True, at=row.decided_at)
        for row in decided
        if row.verb == "accept" and row.event == Event.PROOF and row.decided_at
    ]
    good = select(Receipt.id, Receipt.inbox_id, Receipt.created_at).where(
        Receipt.case_id == case_id, Receipt.verdict == "accept"
    )
    alone = [
        Accepted(receipt_id, by_staff=False, at=created_at)
        for receipt_id, inbox_id, created_at in tx.session.exec(good)
        if inbox_id not in by_mail  # a mail that came before staff is worth what they decided
    ]
    return tuple(sorted([*by_staff, *alone], key=lambda it: it.at))


def _decisions(tx: Transaction, case_id: str) -> Sequence[Decision]:
    query = select(Decision).where(Decision.case_id == case_id, col(Decision.kind) == "mail")
    return tx.session.exec(query.order_by(col(Decision.id))).all()
