"""Shadow: everything is composed and decided, and only staff let letters go. The caller commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, select, update

from mailflow.store.audit import MACHINE, history, record
from mailflow.store.database import Transaction
from mailflow.store.tables import Outbox, OutboxState

REASON = "shadow"
_SUBJECT, _ON, _OFF = "daemon", "shadow on", "shadow off"


@dataclass(frozen=True, slots=True)
class InShadow:
    """A letter that only staff let go."""

    id: str
    letter: str
    case_id: str | None
    composed_at: datetime


def stays() -> ColumnElement[bool]:
    """The letters that wait in the shadow."""
    return and_(col(Outbox.state) == OutboxState.HELD, col(Outbox.reason) == REASON)


def any_wants_to_leave(tx: Transaction) -> bool:
    """Whether a letter is on its way that staff have not let go."""
    return tx.session.exec(select(Outbox.id).where(_unreleased())).first() is not None


def hold(tx: Transaction) -> int:
    """Whatever would leave stays, without a question about each; returns how many."""
    held = update(Outbox).where(_unreleased()).values(state=OutboxState.HELD, reason=REASON)
    return tx.session.exec(held).rowcount


def letters(tx: Transaction, *, case_id: str | None = None) -> list[InShadow]:
    """What waits in the shadow, oldest first."""
    query = select(Outbox).where(stays()).order_by(col(Outbox.id))
    if case_id is not None:
        query = query.where(Outbox.case_id == case_id)
    return [
        InShadow(row.id, row.letter, row.case_id, row.created_at) for row in tx.session.exec(query)
    ]


def _unreleased() -> ColumnElement[bool]:
    waits = col(Outbox.state).in_([OutboxState.QUEUED, OutboxState.DEFERRED])
    return and_(waits, col(Outbox.released_at).is_(None))


def note(tx: Transaction, *, is_on: bool, now: datetime) -> None:
    """The daemon starts so: written into the audit when it is another way than last time."""
    if is_on is not was_on(tx):
        record(tx, _ON if is_on else _OFF, subject=_SUBJECT, actor=MACHINE, now=now)


def was_on(tx: Transaction) -> bool:
    """Whether the daemon that was started last works in shadow."""
    said = [line.action for line in history(tx, _SUBJECT) if line.action in (_ON, _OFF)]
    return said[-1:] == [_ON]
