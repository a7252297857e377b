"""The append-only record of who did what, when, to what, and why."""

from datetime import datetime

from sqlmodel import col, func, select

from mailflow.logs import masked
from mailflow.store.database import Transaction
from mailflow.store.tables import Audit

MACHINE = "mailflow"


def record(
    tx: Transaction, action: str, *, subject: str, actor: str, now: datetime, why: str = ""
) -> None:
    """Append one line. `why` holds codes or a staff sentence; personal numbers in it are masked."""
    tx.session.add(Audit(at=now, actor=actor, action=action, subject=subject, why=masked(why)))


def history(tx: Transaction, subject: str) -> list[Audit]:
    """All lines about one subject, oldest first."""
    query = select(Audit).where(Audit.subject == subject).order_by(col(Audit.seq))
    return list(tx.session.exec(query))


def last_of(tx: Transaction, *actions: str) -> dict[str, datetime]:
    """When one of these actions was done last, by subject."""
    query = (
        select(Audit.subject, func.max(Audit.at))
        .where(col(Audit.action).in_(actions))
        .group_by(Audit.subject)
    )
    return dict(tx.session.exec(query).all())
