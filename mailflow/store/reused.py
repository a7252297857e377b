"""Proofs that came before: the same file, the same payment, or a picture that looks the same."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, or_, select

from mailflow.receipts.result import Proof
from mailflow.receipts.reuse import near, told_apart
from mailflow.receipts.wire import proof_from_json
from mailflow.store.database import Transaction
from mailflow.store.receipts import Claimed, file_index
from mailflow.store.tables import Case, Receipt
from mailflow.store.vault import SealError


class How(StrEnum):
    """The same bytes; the same payment by what is printed; alike, and nothing read parts them."""

    SAME_FILE = "same_file"
    SAME_PAYMENT = "same_payment"
    LOOKS_ALIKE = "looks_alike"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A proof that was kept before. `case` is its number, '' when it is nobody's."""

    receipt_id: str
    case: str
    how: How


def earlier_proofs(
    tx: Transaction, receipt: Claimed, *, case_id: str | None
) -> tuple[Earlier, ...]:
    """Other cases' proofs that may be this one, the surest first; each is named once."""
    tx.one_at_a_time("receipt")  # two workers may read the same picture at once
    elsewhere = or_(col(Receipt.case_id).is_(None), col(Receipt.case_id) != case_id)
    found: dict[str, Earlier] = {}
    for how, ids in (
        (How.SAME_FILE, _same_file(tx, receipt)),
        (How.SAME_PAYMENT, _same_payment(tx, receipt)),
        (How.LOOKS_ALIKE, _alike(tx, receipt)),
    ):
        if not ids:
            continue
        rows = tx.session.exec(
            select(Receipt.id, Case.number)
            .join(Case, col(Case.id) == col(Receipt.case_id), isouter=True)
            .where(col(Receipt.id).in_(ids), elsewhere)
            .order_by(col(Receipt.created_at))
        )
        for receipt_id, number in rows:
            found.setdefault(receipt_id, Earlier(receipt_id, number or "", how))
    return tuple(found.values())


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
    return list(tx.session.exec(select(Receipt.id).where(or_(*same)))) if same else []


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
