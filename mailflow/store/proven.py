"""What a payment was accepted on: the proof that the machine found good, or what staff accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.tables import Decision, Receipt
from mailflow.workflow import Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted claim. `receipt_id` is None when staff accepted it without a picture."""

    receipt_id: str | None
    by_staff: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """Who let more money count than was owed, when, and why."""

    by: str
    at: datetime
    why: str


TOO_MUCH = frozenset(("overpaid", "paid_twice"))  # what staff are asked about a sum above the fee


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


def surplus_accepted(tx: Transaction, case: CaseView) -> Decided | None:
    """The decision of staff that the case has paid too much for its slip in force, and is settled.

    None while it is asked, where nobody decided, or where the last decision was another one. Money
    that comes or goes afterwards opens a new question.
    """
    query = select(Decision).where(Decision.case_id == case.id, Decision.kind == "money")
    about_it = [
        row
        for row in tx.session.exec(query)
        if row.verb == "accept" or not row.proposal_sealed  # a line that is not theirs says nothing
    ]
    decided = [(row.decided_at, row.verb == "accept", row) for row in about_it if row.decided_at]
    if len(decided) < len(about_it) or not decided or case.slip_at is None:
        return None
    # One import or booking closes an older question in the same moment: it decided nothing.
    at, _, last = max(decided, key=lambda one: one[:2])
    if at < case.slip_at:
        return None
    if last.verb != "accept" or TOO_MUCH.isdisjoint(last.reasons.split()):
        return None
    return Decided(last.decided_by, at, last.why)


def _decisions(tx: Transaction, case_id: str) -> Sequence[Decision]:
    query = select(Decision).where(Decision.case_id == case_id, col(Decision.kind) == "mail")
    return tx.session.exec(query.order_by(col(Decision.id))).all()
