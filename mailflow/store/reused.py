"""Proofs that came before: the same file, the same payment, or a picture that looks the same.

Another case's or this case's own: staff may have refused it, or it is shown again.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, or_, select, true

from mailflow.receipts.result import Proof
from mailflow.receipts.reuse import near, told_apart
from mailflow.receipts.wire import proof_from_json
from mailflow.store.database import Transaction
from mailflow.store.receipts import Claimed, file_index
from mailflow.store.tables import Case, Decision, Receipt
from mailflow.store.vault import SealError
from mailflow.workflow import Event


class How(StrEnum):
    """The same bytes; the same payment by what is printed; alike, and nothing read parts them. Of
    the case's own: any of these where staff did not take it; else the same file or payment."""

    SAME_FILE = "same_file"
    SAME_PAYMENT = "same_payment"
    LOOKS_ALIKE = "looks_alike"
    REFUSED = "refused"
    SHOWN_BEFORE = "shown_before"


_NOT_TAKEN = ("reject", "ask")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A proof that was kept before. `case` is its number, '' when it is nobody's."""

    receipt_id: str
    case: str
    how: How


def earlier_proofs(
    tx: Transaction, receipt: Claimed, *, case_id: str | None, mail: str
) -> tuple[Earlier, ...]:
    """Proofs that may be this one, the surest first; each is named once.

    What the same mail (`mail`, a row of the inbox) brings for the same case shows one payment twice
    or was read again, and is none.
    """
    tx.one_at_a_time("receipt")  # two workers may read the same picture at once
    refused = _refused_mails(tx, case_id)
    found: dict[str, Earlier] = {}
    for how, ids in (
        (How.SAME_FILE, _same_file(tx, receipt)),
        (How.SAME_PAYMENT, _same_payment(tx, receipt)),
        (How.LOOKS_ALIKE, _alike(tx, receipt)),
    ):
        for row, number in _rows(tx, ids):
            own = case_id is not None and row.case_id == case_id
            told = _of_own(how, refused=row.inbox_id in refused) if own else how
            if told and not (own and row.inbox_id == mail):
                found.setdefault(row.id, Earlier(row.id, number or "", told))
    return tuple(found.values())


def _rows(tx: Transaction, ids: list[str]) -> list[tuple[Receipt, str | None]]:
    """Proofs with the numbers of their cases, oldest first."""
    query = (
        select(Receipt, Case.number)
        .join(Case, col(Case.id) == col(Receipt.case_id), isouter=True)
        .where(col(Receipt.id).in_(ids))
        .order_by(col(Receipt.created_at))
    )
    return list(tx.session.exec(query)) if ids else []


def _of_own(how: How, *, refused: bool) -> How | None:
    """What it means that this case has shown it; that two pages only look alike means nothing."""
    if refused:
        return How.REFUSED
    return None if how is How.LOOKS_ALIKE else How.SHOWN_BEFORE


def _refused_mails(tx: Transaction, case_id: str | None) -> set[str]:
    """The case's mails whose proof a person did not take; who sends it again meets a person."""
    query = select(Decision.inbox_id).where(
        col(Decision.case_id) == case_id,
        col(Decision.event) == Event.PROOF,
        col(Decision.verb).in_(_NOT_TAKEN),
    )
    return {inbox_id for inbox_id in tx.session.exec(query) if inbox_id}


def _same_file(tx: Transaction, receipt: Claimed) -> list[str]:
    same = col(Receipt.picture_index) == file_index(tx, receipt)
    return list(tx.session.exec(select(Receipt.id).where(same)))


def _same_payment(tx: Transaction, receipt: Claimed) -> list[str]:
    marks = receipt.marks
    same = [
        column == tx.blind(kind, mark)
        for column, kind, mark in (
            (col(Receipt.facts_index), "payment", marks.facts),
            (col(Receipt.number_index), "payment number", marks.number),
            (col(Receipt.moment_index), "payment moment", marks.moment),
        )
        if mark
    ]
    sure = list(tx.session.exec(select(Receipt.id).where(or_(*same)))) if same else []
    return [*sure, *_same_day(tx, receipt)]


def _same_day(tx: Transaction, receipt: Claimed) -> list[str]:
    """The same sum into the same account on the same day, and no fact tells the two apart."""
    if receipt.marks.day is None:
        return []
    paid_at = receipt.times.paid_at
    same = col(Receipt.day_index) == tx.blind("payment day", receipt.marks.day)
    # Of two that show the minute it must be the same: a whole round may pay into one account.
    when = col(Receipt.paid_at).in_((paid_at, paid_at[:10])) if "T" in paid_at else true()
    that_day = list(tx.session.exec(select(Receipt.id).where(same, when)))
    this = proof_from_json(receipt.reading) or Proof()
    return [row_id for row_id, other in _readings(tx, that_day) if not told_apart(this, other)]


def _alike(tx: Transaction, receipt: Claimed) -> list[str]:
    """Near pictures of the same day, or of an unknown one, that no fact tells apart."""
    if receipt.likeness is None:
        return []
    day = receipt.times.paid_at[:10]
    that_day = or_(col(Receipt.paid_at).startswith(day), col(Receipt.paid_at) == "")
    query = select(Receipt.id, Receipt.likeness).where(col(Receipt.likeness).is_not(None))
    rows = tx.session.exec(query.where(that_day) if day else query).all()
    close = [row_id for row_id, other in rows if other and near(receipt.likeness, other)]
    this = proof_from_json(receipt.reading) or Proof()
    return [row_id for row_id, other in _readings(tx, close) if not told_apart(this, other)]


def _readings(tx: Transaction, ids: list[str]) -> Iterator[tuple[str, Proof]]:
    """What was read of them; of a reading that is gone, the time that stands beside it."""
    for row in tx.session.exec(select(Receipt).where(col(Receipt.id).in_(ids))):
        proof = Proof(paid_at=row.paid_at or None)
        with suppress(SealError, ValueError):
            reading = tx.vault.open(row.reading_sealed, place=f"receipt.reading.{row.id}")
            proof = proof_from_json(reading) or proof
        yield row.id, proof
