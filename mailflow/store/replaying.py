"""Mails of the past with what became of them, to be read again by the rules of today."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailflow.store.database import Transaction
from mailflow.store.tables import Case, Decision, Inbox


@dataclass(frozen=True, slots=True)
class Past:
    """One mail that was read. `held`: it came before staff; `verb` and `event` are what they
    decided and about what, "" while nobody has."""

    id: str
    received_at: datetime
    intent: str
    case: str
    held: bool
    verb: str = ""
    event: str = ""


def past_mails(tx: Transaction, *, since: datetime) -> list[Past]:
    """All mails that came in since then and were read, oldest first."""
    rows = tx.session.exec(
        select(Inbox.id, Inbox.received_at, Inbox.intent, Case.number)
        .join(Case, col(Case.id) == col(Inbox.case_id), isouter=True)
        .where(col(Inbox.received_at) >= since, Inbox.intent != "")
        .order_by(col(Inbox.received_at), col(Inbox.id))
    )
    decided = {
        row_id: (verb, event)
        for row_id, verb, event in tx.session.exec(
            select(Decision.inbox_id, Decision.verb, Decision.event)
            .where(Decision.kind == "mail", col(Decision.inbox_id).is_not(None))
            .order_by(col(Decision.opened_at))
        )
    }
    return [
        Past(row_id, at, intent, number or "", row_id in decided, *decided.get(row_id, ()))
        for row_id, at, intent, number in rows
    ]
