"""How far the office's folder on the server was read, and what of it may be moved."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, delete, select, update

from mailflow.store.database import Transaction
from mailflow.store.tables import Folder, Inbox, InboxState


def known_uids(
    tx: Transaction, account: str, folder: str, *, uidvalidity: int, after: int = 0
) -> set[int]:
    """The UIDs of that folder above `after` in the ledger."""
    query = select(Inbox.uid).where(
        Inbox.account == account,
        Inbox.folder == folder,
        Inbox.uidvalidity == uidvalidity,
        Inbox.uid > after,
    )
    return set(tx.session.exec(query))


def to_file(
    tx: Transaction, account: str, folder: str, *, uidvalidity: int, limit: int
) -> list[tuple[str, int, InboxState]]:
    """Settled mails that still lie in the folder: (id, uid, state)."""
    query = (
        select(Inbox.id, Inbox.uid, Inbox.state)
        .where(
            Inbox.account == account,
            Inbox.folder == folder,
            Inbox.uidvalidity == uidvalidity,
            col(Inbox.filed).is_(False),
            Inbox.state != InboxState.RECEIVED,
        )
        .limit(limit)
    )
    return [(row_id, uid, InboxState(state)) for row_id, uid, state in tx.session.exec(query)]


def note_filed(tx: Transaction, row_ids: Iterable[str]) -> None:
    """The server has moved them (or can't): nothing more to do there."""
    tx.session.exec(update(Inbox).where(col(Inbox.id).in_(list(row_ids))).values(filed=True))


def last_uid(tx: Transaction, account: str, folder: str, *, uidvalidity: int) -> int:
    """How far the folder was read under this UIDVALIDITY; 0 when it is new or has changed."""
    row = tx.session.get(Folder, (account, folder))
    return row.last_uid if row and row.uidvalidity == uidvalidity else 0


def note_progress(
    tx: Transaction, account: str, folder: str, *, uidvalidity: int, uid: int, now: datetime | None
) -> None:
    """Remember the highest UID stored; `now` when the whole UID set was compared.

    One folder is read: what was known of another (the server has moved, UIDs have changed) goes,
    or nobody would ever be caught up with it.
    """
    row = tx.session.get(Folder, (account, folder))
    if row is None or row.uidvalidity != uidvalidity:
        tx.session.exec(delete(Folder))
        row = Folder(account=account, name=folder, uidvalidity=uidvalidity, last_uid=0)
    row.last_uid = max(row.last_uid, uid)
    row.compared_at = now or row.compared_at
    tx.session.add(row)
