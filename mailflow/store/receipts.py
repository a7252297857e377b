"""Pictures sent as proof, kept with what was read. The caller commits."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, select

from mailflow.receipts.result import Proof
from mailflow.receipts.reuse import Marks, marks_of
from mailflow.receipts.times import Times
from mailflow.receipts.wire import proof_from_json
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import Receipt


@dataclass(frozen=True, slots=True)
class Claimed:
    """One picture and its reading. By `marks` and `likeness` another picture of the same payment
    is recognised."""

    picture: bytes = field(repr=False)
    reading: bytes = field(repr=False)
    verdict: str
    reasons: tuple[str, ...]
    times: Times = field(default_factory=Times)
    marks: Marks = field(default_factory=Marks)
    likeness: bytes | None = field(default=None, repr=False)


def keep(
    tx: Transaction,
    receipt: Claimed,
    *,
    inbox_id: str,
    case_id: str | None,
    key_id: str,
    now: datetime,
) -> str:
    """Store a picture and its reading; returns the row's id."""
    row_id, marks = new_id(), receipt.marks
    tx.session.add(
        Receipt(
            id=row_id,
            case_id=case_id,
            inbox_id=inbox_id,
            key_id=key_id,
            picture_sealed=tx.vault.seal(
                receipt.picture, key_id=key_id, place=f"receipt.picture.{row_id}"
            ),
            picture_index=file_index(tx, receipt),
            facts_index=_blind(tx, "payment", marks.facts),
            number_index=_blind(tx, "payment number", marks.number),
            moment_index=_blind(tx, "payment moment", marks.moment),
            day_index=_blind(tx, "payment day", marks.day),
            likeness=receipt.likeness,
            reading_sealed=tx.vault.seal(
                receipt.reading, key_id=key_id, place=f"receipt.reading.{row_id}"
            ),
            verdict=receipt.verdict,
            reasons=" ".join(receipt.reasons),
            created_at=now,
            paid_at=receipt.times.paid_at,
            sent_at=receipt.times.sent_at,
            arrived_at=receipt.times.arrived_at,
        )
    )
    return row_id


def load(tx: Transaction, row_id: str) -> Claimed:
    """The picture and its reading."""
    row = tx.session.get_one(Receipt, row_id)
    reading = tx.vault.open(row.reading_sealed, place=f"receipt.reading.{row_id}")
    return Claimed(
        picture=tx.vault.open(row.picture_sealed, place=f"receipt.picture.{row_id}"),
        reading=reading,
        verdict=row.verdict,
        reasons=tuple(row.reasons.split()),
        times=Times(row.paid_at, row.sent_at, row.arrived_at),
        marks=marks_of(proof_from_json(reading) or Proof()),
        likeness=row.likeness,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof in the store; its picture may have been erased meanwhile."""

    id: str
    case_id: str | None
    inbox_id: str
    at: datetime
    has_picture: bool


def ending_with(tx: Transaction, end: str) -> tuple[Kept, ...]:
    """The proofs whose number ends so, two at most."""
    query = select(Receipt).where(col(Receipt.id).endswith(end, autoescape=True)).limit(2)
    return tuple(
        Kept(row.id, row.case_id, row.inbox_id, row.created_at, bool(row.picture_sealed))
        for row in tx.session.exec(query)
    )


def of_mail(tx: Transaction, inbox_id: str, *, own: str | None = None) -> tuple[str, ...]:
    """The proofs of one mail in their order. A picture that was sent or read twice counts once:
    as the last reading, or as `own` where that is one of them."""
    query = (
        select(Receipt)
        .where(Receipt.inbox_id == inbox_id, col(Receipt.picture_sealed) != b"")
        .order_by(col(Receipt.created_at), col(Receipt.id))
    )
    found: dict[bytes, str] = {}
    for row in tx.session.exec(query):
        if not own or found.get(row.picture_index) != own:
            found[row.picture_index] = row.id
    return tuple(found.values())


def file_index(tx: Transaction, receipt: Claimed) -> bytes:
    """Equal for the same bytes."""
    return tx.blind("picture", hashlib.sha256(receipt.picture).hexdigest())


def _blind(tx: Transaction, kind: str, mark: str | None) -> bytes | None:
    return tx.blind(kind, mark) if mark else None
