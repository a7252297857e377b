"""How many rows stand in which state, and how old the oldest of each is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import func, select

from mailflow.store.database import Transaction
from mailflow.store.tables import Case, Inbox, Outbox


@dataclass(frozen=True, slots=True)
class Count:
    """`table` is inbox, outbox or cases; `oldest` when the longest-waiting row came."""

    table: str
    state: str
    number: int
    oldest: datetime


def census(tx: Transaction) -> list[Count]:
    """One count for every table and state that has rows."""
    queries = {
        "inbox": select(Inbox.state, func.count(), func.min(Inbox.received_at)).group_by(
            Inbox.state
        ),
        "outbox": select(Outbox.state, func.count(), func.min(Outbox.created_at)).group_by(
            Outbox.state
        ),
        "cases": select(Case.state, func.count(), func.min(Case.changed_at)).group_by(Case.state),
    }
    return [
        Count(table, state, number, oldest)
        for table, query in queries.items()
        for state, number, oldest in tx.session.exec(query)
    ]
