"""Letters of which nobody knows whether the relay took them. The caller commits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select, update

from mailflow.store.audit import MACHINE, record
from mailflow.store.database import Transaction
from mailflow.store.outbox import hold_letter
from mailflow.store.tables import Outbox, OutboxState


def orphans(tx: Transaction, *, now: datetime, wait: timedelta) -> int:
    """At the daemon's start: whatever was being sent may have arrived. Never send it blindly."""
    result = tx.session.exec(
        update(Outbox)
        .where(col(Outbox.state) == OutboxState.SENDING)
        .values(
            state=OutboxState.UNKNOWN,
            lease_owner="",
            lease_until=None,
            due_at=now + wait,
            dsn="interrupted",
        )
    )
    return result.rowcount


@dataclass(frozen=True, slots=True)
class Unknown:
    """A letter that the relay may have; `checks` counts the looks into the Sent folder."""

    id: str
    message_id: str
    case_id: str | None
    checks: int


def due(tx: Transaction, *, now: datetime) -> list[Unknown]:
    """Letters whose fate should be looked up now."""
    query = select(Outbox).where(Outbox.state == OutboxState.UNKNOWN, Outbox.due_at <= now)
    return [
        Unknown(row.id, row.message_id, row.case_id, _checks(row)) for row in tx.session.exec(query)
    ]


def _checks(row: Outbox) -> int:
    return int(row.reason.removeprefix("checks=") or 0) if row.reason[:7] == "checks=" else 0


def look_again(tx: Transaction, letter: Unknown, *, at: datetime) -> None:
    """The Sent folder may lag: another look later; `checks` so far are remembered."""
    _unknown_to(tx, letter.id, reason=f"checks={letter.checks}", due_at=at)


def resolve(
    tx: Transaction, letter: Unknown, state: OutboxState, *, reason: str, now: datetime
) -> bool:
    """Found → sent; surely not there → queued again, byte for byte; else held for staff."""
    values: dict[str, object] = {"state": state, "reason": reason, "due_at": now}
    if state is OutboxState.SENT:
        values["sent_at"] = now
    if not _unknown_to(tx, letter.id, **values):
        return False
    if state is OutboxState.HELD:
        hold_letter(tx, letter.id, letter.case_id, reason=reason, now=now)
    else:
        record(tx, f"letter {state}", subject=letter.id, actor=MACHINE, why=reason, now=now)
    return True


def _unknown_to(tx: Transaction, row_id: str, **values: object) -> bool:
    result = tx.session.exec(
        update(Outbox)
        .where(col(Outbox.id) == row_id, col(Outbox.state) == OutboxState.UNKNOWN)
        .values(**values)
    )
    return result.rowcount == 1
