"""Proofs of the past with what became of them: examples that the office itself has labelled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from mailflow.store.database import Transaction
from mailflow.store.tables import Case, Decision, Receipt
from mailflow.workflow import Event


class Truth(StrEnum):
    """What a proof turned out to be worth, and who said so."""

    GOOD_BY_STAFF = "good_by_staff"
    BAD_BY_STAFF = "bad_by_staff"
    GOOD_BY_BANK = "good_by_bank"  # the money of its case has come
    BAD_BY_BANK = "bad_by_bank"  # the claim was opened again
    UNKNOWN = "unknown"  # nobody has said; or what staff minded is not in the picture

    @property
    def good(self) -> bool:
        return self in (Truth.GOOD_BY_STAFF, Truth.GOOD_BY_BANK)

    @property
    def bad(self) -> bool:
        return self in (Truth.BAD_BY_STAFF, Truth.BAD_BY_BANK)


@dataclass(frozen=True, slots=True)
class PastProof:
    """One proof that was kept: what the machine said then, and the truth about it."""

    id: str
    case_id: str
    case: str
    at: datetime
    was: str
    truth: Truth


def past_proofs(tx: Transaction, *, since: datetime) -> Iterator[PastProof]:
    """Those whose picture is still there, oldest first."""
    decided: dict[str, Decision] = {}
    query = select(Decision).where(
        col(Decision.receipt_id).is_not(None), col(Decision.decided_at).is_not(None)
    )
    for decision in tx.session.exec(query.order_by(col(Decision.opened_at))):
        decided[decision.receipt_id or ""] = decision
    rows = tx.session.exec(
        select(Receipt, Case)
        .join(Case, col(Case.id) == col(Receipt.case_id))
        .where(col(Receipt.created_at) >= since, col(Receipt.picture_sealed) != b"")
        .order_by(col(Receipt.created_at), col(Receipt.id))
    )
    for receipt, case in rows:
        truth = _truth(receipt, case, decided.get(receipt.id))
        yield PastProof(
            receipt.id, case.id, case.number, receipt.created_at, receipt.verdict, truth
        )


def _truth(receipt: Receipt, case: Case, decision: Decision | None) -> Truth:
    """Staff's word about the picture; of one that the machine believed alone, the bank's."""
    if decision is not None:
        return _by_staff(receipt, decision)
    if receipt.verdict != "accept":
        return Truth.UNKNOWN
    if case.reopened_at is not None and case.reopened_at > receipt.created_at:
        return Truth.BAD_BY_BANK
    return Truth.GOOD_BY_BANK if case.settled_at is not None else Truth.UNKNOWN


def _by_staff(receipt: Receipt, decision: Decision) -> Truth:
    """Refused for what is no matter of the picture (late, used before) says nothing about it."""
    if decision.event != Event.PROOF:
        return Truth.UNKNOWN
    if decision.verb == "accept":
        return Truth.GOOD_BY_STAFF
    of_the_picture = set(decision.reasons.split()) <= set(receipt.reasons.split())
    refused = decision.verb in ("reject", "ask")
    return Truth.BAD_BY_STAFF if refused and of_the_picture else Truth.UNKNOWN
