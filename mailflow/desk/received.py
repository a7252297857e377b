"""What an office has received of one person: the one place where a list takes its money from."""

from dataclasses import dataclass
from enum import StrEnum

from mailflow.receipts.wire import proof_from_json
from mailflow.store import receipts
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.proven import Accepted, accepted


class Source(StrEnum):
    """How an amount is known."""

    BANK = "bank"  # in the bank's file
    PROOF = "proof"  # read on a proof that was accepted
    STAFF = "staff"  # staff accepted the claim for what was owed
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Received:
    """An amount in NT$; None when nothing is known to have come."""

    amount: int | None
    source: Source


def received(tx: Transaction, case: CaseView) -> Received:
    """What has come: by the bank's word where it has one, else for the slip in force by the claim
    that was accepted last."""
    claims = accepted(tx, case.id)
    if case.settled_amount:
        return Received(case.settled_amount, Source.BANK)
    if not claims or case.slip is None:
        return Received(None, Source.NONE)
    last = claims[-1]
    if case.slip_at is not None and last.at < case.slip_at:
        return Received(None, Source.NONE)  # it was for a slip that is void now
    if last.by_staff:
        return Received(case.slip.amount, Source.STAFF)
    return Received(_read_amount(tx, last), Source.PROOF)


def _read_amount(tx: Transaction, claim: Accepted) -> int | None:
    if claim.receipt_id is None:
        return None
    proof = proof_from_json(receipts.load(tx, claim.receipt_id).reading)
    return proof.amount if proof else None
