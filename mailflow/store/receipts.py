"""Pictures sent as proof, kept with what was read. The caller commits."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, or_, select

from mailflow.receipts.times import Times
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import Receipt


@dataclass(frozen=True, slots=True)
class Claimed:
    """One picture and its reading. `facts` are the printed facts that identify a payment."""

    picture: bytes = field(repr=False)
    facts: str | None = field(repr=False)
    reading: bytes = field(repr=False)
    verdict: str
    reasons: tuple[str, ...]
    times: Times = field(default_factory=Times)


def used_before(tx: Transaction, receipt: Claimed, *, case_id: str | None) -> bool:
    """Whether somebody else brought the same bytes, or another picture of the same payment."""
    tx.one_at_a_time("receipt")  # two workers may read the same picture at once
    same = [col(Receipt.picture_index) == _picture_index(tx, receipt)]
    if receipt.facts:
        same.append(col(Receipt.facts_index) == tx.blind("payment", receipt.facts))
    others = or_(col(Receipt.case_id).is_(None), col(Receipt.case_id) != case_id)
    query = select(Receipt.id).where(or_(*same), others)
    return tx.session.exec(query).first() is not None


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
    row_id = new_id()
    tx.session.add(
        Receipt(
            id=row_id,
            case_id=case_id,
            inbox_id=inbox_id,
            key_id=key_id,
            picture_sealed=tx.vault.seal(
                receipt.picture, key_id=key_id, place=f"receipt.picture.{row_id}"
            ),
            picture_index=_picture_index(tx, receipt),
            facts_index=tx.blind("payment", receipt.facts) if receipt.facts else None,
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
    return Claimed(
        picture=tx.vault.open(row.picture_sealed, place=f"receipt.picture.{row_id}"),
        facts=None,
        reading=tx.vault.open(row.reading_sealed, place=f"receipt.reading.{row_id}"),
        verdict=row.verdict,
        reasons=tuple(row.reasons.split()),
        times=Times(row.paid_at, row.sent_at, row.arrived_at),
    )


def _picture_index(tx: Transaction, receipt: Claimed) -> bytes:
    return tx.blind("picture", hashlib.sha256(receipt.picture).hexdigest())
