"""The ledger of received mail. The caller commits; nothing here talks to a server."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import and_, col, func, or_, select, true, update

from mailflow.mail import identity
from mailflow.store.audit import MACHINE, record
from mailflow.store.database import Transaction, new_id
from mailflow.store.queue import open_decision
from mailflow.store.tables import Folder, Inbox, InboxState, Stage

STRIKES = 3


class LostLeaseError(RuntimeError):
    """Another worker has the row now, or it is settled; this worker's result is dropped."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail as fetched. `problem` names why it can't be read ("too_large"); `raw` is then what
    there is of it (the header), kept all the same."""

    account: str
    folder: str
    uidvalidity: int
    uid: int
    raw: bytes = field(repr=False)
    size: int
    internal_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker may work on until the lease ends."""

    id: str
    owner: str
    attempts: int
    stage: Stage


def store_arrivals(tx: Transaction, arrivals: Sequence[Arrival], *, now: datetime) -> list[str]:
    """Insert what the ledger does not have yet; returns the new rows' ids."""
    stored = []
    for arrival in arrivals:
        if not _known(tx, arrival):
            stored.append(_insert(tx, arrival, now))
    return stored


def _known(tx: Transaction, arrival: Arrival) -> bool:
    query = select(Inbox.id).where(
        Inbox.account == arrival.account,
        Inbox.folder == arrival.folder,
        Inbox.uidvalidity == arrival.uidvalidity,
        Inbox.uid == arrival.uid,
    )
    return tx.session.exec(query).first() is not None


def _insert(tx: Transaction, arrival: Arrival, now: datetime) -> str:
    row_id = new_id()
    key_id = tx.vault.new_key()
    same = identity(arrival.raw)
    row = Inbox(
        id=row_id,
        account=arrival.account,
        folder=arrival.folder,
        uidvalidity=arrival.uidvalidity,
        uid=arrival.uid,
        digest=hashlib.sha256(arrival.raw).hexdigest(),
        identity=same,
        key_id=key_id,
        raw_sealed=tx.vault.seal(arrival.raw, key_id=key_id, place=f"inbox.raw.{row_id}"),
        size=arrival.size,
        received_at=now,
        internal_at=arrival.internal_at,
    )
    if arrival.problem:
        row.state, row.reason = InboxState.HELD, arrival.problem
        open_decision(tx, kind="mail", reasons=(arrival.problem,), inbox_id=row_id, now=now)
    tx.session.add(row)
    return row_id


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


def claim(
    tx: Transaction,
    stage: Stage,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    limit: int = 1,
    row_id: str | None = None,
) -> list[Claim]:
    """Take up to `limit` waiting rows by compare-and-set, oldest first; each take is an attempt."""
    free = or_(col(Inbox.lease_until).is_(None), col(Inbox.lease_until) < now)
    waiting = [
        col(Inbox.state) == InboxState.RECEIVED,
        col(Inbox.stage) == stage,
        free,
        col(Inbox.id) == row_id if row_id else true(),
    ]
    oldest = select(Inbox.id).where(*waiting).order_by(col(Inbox.id)).limit(limit)
    taken = tx.session.exec(
        update(Inbox)
        .where(col(Inbox.id).in_(oldest.scalar_subquery()), *waiting)
        .values(lease_owner=owner, lease_until=now + lease, attempts=col(Inbox.attempts) + 1)
        .returning(col(Inbox.id), col(Inbox.attempts))
        .execution_options(synchronize_session=False)
    )
    claims = [Claim(row, owner, attempts, stage) for row, attempts in taken]
    return sorted(claims, key=lambda claimed: claimed.id)


def raw_bytes(tx: Transaction, row_id: str) -> bytes:
    """The mail exactly as fetched."""
    row = tx.session.get_one(Inbox, row_id)
    return tx.vault.open(row.raw_sealed, place=f"inbox.raw.{row_id}")


def key_of(tx: Transaction, row_id: str) -> str:
    """The data key that protects this mail."""
    return tx.session.get_one(Inbox, row_id).key_id


def first_delivery(tx: Transaction, row_id: str) -> str | None:
    """The id of an earlier delivery of the same mail, or None."""
    row = tx.session.get_one(Inbox, row_id)
    query = (
        select(Inbox.id)
        .where(Inbox.identity == row.identity, Inbox.id < row_id)
        .order_by(col(Inbox.id))
    )
    return tx.session.exec(query).first()


def settle(
    tx: Transaction,
    claimed: Claim,
    state: InboxState,
    *,
    intent: str = "",
    reason: str = "",
    case_id: str | None = None,
) -> None:
    """The end of a mail's way; raises LostLeaseError when the claim is no longer ours."""
    _mine(tx, claimed, state=state, intent=intent, reason=reason, case_id=case_id, lease_until=None)


def wait_for_pictures(tx: Transaction, claimed: Claim) -> None:
    """The quick worker has understood the mail; the slow one will read its pictures."""
    _mine(tx, claimed, stage=Stage.PICTURES, lease_until=None, attempts=0)


def strike(tx: Transaction, claimed: Claim, reason: str, *, now: datetime) -> None:
    """This attempt failed. The third strike ends in `failed`, kept, shown and replayable."""
    if claimed.attempts < STRIKES:
        # Let everybody else go first.
        _mine(tx, claimed, reason=reason, lease_until=now + timedelta(seconds=30))
        return
    _mine(tx, claimed, state=InboxState.FAILED, reason=reason, lease_until=None)
    open_decision(tx, kind="mail", reasons=("failed", reason), inbox_id=claimed.id, now=now)
    record(tx, "failed", subject=claimed.id, actor=MACHINE, why=reason, now=now)


def _mine(tx: Transaction, claimed: Claim, **values: object) -> None:
    result = tx.session.exec(
        update(Inbox)
        .where(
            col(Inbox.id) == claimed.id,
            col(Inbox.lease_owner) == claimed.owner,
            col(Inbox.state) == InboxState.RECEIVED,
        )
        .values(lease_owner="", **values)
        .execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise LostLeaseError(claimed.id)


def requeue(tx: Transaction, row_id: str) -> bool:
    """Read a held, failed or discarded mail again from its raw bytes; False when it is applied."""
    result = tx.session.exec(
        update(Inbox)
        .where(
            col(Inbox.id) == row_id,
            col(Inbox.state).in_([InboxState.HELD, InboxState.FAILED, InboxState.DISCARDED]),
        )
        .values(state=InboxState.RECEIVED, stage=Stage.READ, attempts=0, reason="", lease_owner="")
    )
    return result.rowcount == 1


def set_by_staff(tx: Transaction, row_id: str, state: InboxState) -> None:
    """A person has decided a held or failed mail."""
    tx.session.exec(
        update(Inbox)
        .where(col(Inbox.id) == row_id, col(Inbox.state).in_([InboxState.HELD, InboxState.FAILED]))
        .values(state=state)
    )


def release_leases(tx: Transaction) -> None:
    """At the daemon's start: nobody else works here, so no lease is alive."""
    tx.session.exec(
        update(Inbox)
        .where(col(Inbox.state) == InboxState.RECEIVED, col(Inbox.lease_owner) != "")
        .values(lease_owner="", lease_until=None)
    )


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


def any_received(tx: Transaction) -> bool:
    """Whether some mail is still to be read."""
    waiting = select(Inbox.id).where(Inbox.state == InboxState.RECEIVED)
    return tx.session.exec(waiting).first() is not None


def caught_up(tx: Transaction, *, since: datetime) -> bool:
    """Whether everything that lay in the mailbox at `since` is stored and read, by us or, where
    we could not (too large, failed), by a person."""
    compared = tx.session.exec(select(func.min(Folder.compared_at))).first()
    if compared is None or compared < since:
        return False
    return not any_received(tx) and not _any_unread(tx)


def _any_unread(tx: Transaction) -> bool:
    """Whether a mail that was never understood still waits for a person: it may be anybody's."""
    never_read = and_(col(Inbox.state) == InboxState.HELD, col(Inbox.intent) == "")
    unread = select(Inbox.id).where(or_(col(Inbox.state) == InboxState.FAILED, never_read))
    return tx.session.exec(unread).first() is not None


def last_uid(tx: Transaction, account: str, folder: str, *, uidvalidity: int) -> int:
    """How far the folder was read under this UIDVALIDITY; 0 when it is new or has changed."""
    row = tx.session.get(Folder, (account, folder))
    return row.last_uid if row and row.uidvalidity == uidvalidity else 0


def note_progress(
    tx: Transaction, account: str, folder: str, *, uidvalidity: int, uid: int, now: datetime | None
) -> None:
    """Remember the highest UID stored; `now` when the whole UID set was compared."""
    row = tx.session.get(Folder, (account, folder))
    if row is None or row.uidvalidity != uidvalidity:
        if row is not None:
            tx.session.delete(row)
            tx.session.flush()
        row = Folder(account=account, name=folder, uidvalidity=uidvalidity, last_uid=0)
    row.last_uid = max(row.last_uid, uid)
    row.compared_at = now or row.compared_at
    tx.session.add(row)
