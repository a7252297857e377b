"""Proofs of the past with what became of them: examples that the office itself has labelled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from mailflow.campaign import Campaign
from mailflow.receipts.accounts import Shown
from mailflow.receipts.result import PART_OF_A_PAGE, Proof, Verdict
from mailflow.receipts.wire import proof_from_json
from mailflow.store import cases, receipts
from mailflow.store.database import Transaction
from mailflow.store.expected import expectation
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


# The picture shows another sum, account or day than the slip: who accepts it all the same knows
# something that is not in it (a group that paid at once, a day of grace).
_OF_ANOTHER = frozenset(
    {
        "amount_differs", "barcode_amount_differs", "words_differ", "sum_differs",
        "account_differs", "bank_differs", "paid_to_voided_slip", "account_may_be_voided",
        "paid_before_slip", "paid_after_deadline",
    }
)  # fmt: skip
# These speak for a picture, or say that it could not be read: neither is against it.
_NOT_AGAINST = frozenset(
    {
        "amount_agrees", "paid_word", "barcode_agrees", "account_agrees", "sum_agrees",
        "date_in_window",
        "unreadable", "ocr_failed", "amount_unreadable", "account_unreadable", "not_a_picture",
        "broken_picture", "bad_header", "picture_too_large", "broken_pdf", "pdf_too_slow",
        "too_many_pages",
    }
)  # fmt: skip


def past_proofs(tx: Transaction, campaign: Campaign, *, since: datetime) -> Iterator[PastProof]:
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
        truth = _truth(tx, campaign, receipt, case, decided.get(receipt.id))
        yield PastProof(
            receipt.id, case.id, case.number, receipt.created_at, receipt.verdict, truth
        )


def _truth(
    tx: Transaction, campaign: Campaign, receipt: Receipt, case: Case, decision: Decision | None
) -> Truth:
    """Staff's word about the picture; of one that the machine believed alone, the bank's. Of a part
    of a page that was scrolled nothing is known: the page was judged, not the picture."""
    if PART_OF_A_PAGE in receipt.reasons.split():
        return Truth.UNKNOWN
    if decision is not None:
        return _by_staff(tx, campaign, receipt, decision)
    if receipt.verdict != Verdict.ACCEPT:
        return Truth.UNKNOWN
    if case.reopened_at is not None and case.reopened_at > receipt.created_at:
        return Truth.BAD_BY_BANK
    return Truth.GOOD_BY_BANK if case.settled_at is not None else Truth.UNKNOWN


def _by_staff(
    tx: Transaction, campaign: Campaign, receipt: Receipt, decision: Decision
) -> Truth:  # fmt: skip
    """Accepted: good where the picture itself can be what was owed. Refused: bad where something
    that was read in the picture is against it; that it came late or was used before says nothing
    of the picture. To ask for another one is no word about its worth."""
    if decision.event != Event.PROOF:
        return Truth.UNKNOWN
    if decision.verb == "accept":
        alone = receipt.verdict == Verdict.ACCEPT or _is_only_one(tx, receipt)
        good = alone and _may_be_owed(tx, campaign, receipt)
        return Truth.GOOD_BY_STAFF if good else Truth.UNKNOWN
    against = set(receipt.reasons.split()) - _NOT_AGAINST
    bad = decision.verb == "reject" and not against.isdisjoint(decision.reasons.split())
    return Truth.BAD_BY_STAFF if bad else Truth.UNKNOWN


def _is_only_one(tx: Transaction, receipt: Receipt) -> bool:
    """Whether nothing else lay beside it in the mail: else another may have convinced staff."""
    return len(receipts.of_mail(tx, receipt.inbox_id, own=receipt.id)) < 2


def _may_be_owed(tx: Transaction, campaign: Campaign, receipt: Receipt) -> bool:
    """Whether sum and account, as far as they were read, are those that were owed then."""
    case = cases.load(tx, receipt.case_id or "")
    owed = expectation(tx, case, campaign, at=receipt.created_at)
    if owed is None or not _OF_ANOTHER.isdisjoint(receipt.reasons.split()):
        return False
    read = proof_from_json(receipts.load(tx, receipt.id).reading) or Proof()
    fits = not (read.account and owed.account) or Shown(read.account).fits(owed.account)
    return fits and read.amount in (None, owed.amount)
