"""The ledger of received mail. The caller commits; nothing here talks to a server."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, not_, or_, select, true, update

from mailflow.mail import identity
from mailflow.reading.result import Intent
from mailflow.store.audit import MACHINE, record
from mailflow.store.database import Transaction, new_id
from mailflow.store.queue import open_decision
from mailflow.store.tables import DataKey, Folder, Inbox, InboxState, Stage

STRIKES = 3
_DEATHS = 5  # of the daemon while it held the mail: that may have had other causes


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
    key_id: str
    size: int  # of the mail, bytes


def store_arrivals(tx: Transaction, arrivals: Sequence[Arrival], *, now: datetime) -> list[str]:
    """Insert what the ledger does not have yet; returns the new rows' ids."""
    stored = []
    known = _known(tx, arrivals)
    for arrival in arrivals:
        place = _place(arrival)
        if place not in known:
            known.add(place)
            stored.append(_insert(tx, arrival, now))
    return stored


def _place(arrival: Arrival) -> tuple[str, str, int, int]:
    return arrival.account, arrival.folder, arrival.uidvalidity, arrival.uid


def _known(tx: Transaction, arrivals: Sequence[Arrival]) -> set[tuple[str, str, int, int]]:
    """Which of these places the ledger has already."""
    query = select(Inbox.account, Inbox.folder, Inbox.uidvalidity, Inbox.uid).where(
        col(Inbox.uid).in_({arrival.uid for arrival in arrivals}),
        col(Inbox.uidvalidity).in_({arrival.uidvalidity for arrival in arrivals}),
    )
    return {
        (account, folder, validity, uid)
        for account, folder, validity, uid in tx.session.exec(query)
    }


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


def claim(
    tx: Transaction,
    stage: Stage,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    limit: int = 1,
    row_id: str | None = None,
    untried: bool = False,
) -> list[Claim]:
    """Take up to `limit` waiting rows by compare-and-set, oldest first; each take is an attempt.

    A mail that was tried before is taken alone, so that nobody shares its fate, and never when
    only `untried` ones are wanted; one whose attempts all ended with the daemon is not taken again
    but ends in `failed`.
    """
    free = or_(col(Inbox.lease_until).is_(None), col(Inbox.lease_until) < now)
    waiting = [
        col(Inbox.state) == InboxState.RECEIVED,
        col(Inbox.stage) == stage,
        free,
        col(Inbox.id) == row_id if row_id else true(),
    ]
    first = tx.session.exec(
        select(Inbox.id, Inbox.attempts).where(*waiting).order_by(col(Inbox.id)).limit(1)
    ).first()
    if first is None or (untried and first[1]):
        return []
    if first[1] >= _DEATHS:
        _fail(tx, first[0], "ended_with_the_daemon", now)
        return claim(tx, stage, owner=owner, now=now, lease=lease, limit=limit, row_id=row_id)
    waiting.append(col(Inbox.attempts) <= first[1])
    taken = _take(tx, waiting, 1 if first[1] else limit, owner=owner, until=now + lease)
    return [Claim(row, owner, attempts, stage, key, size) for row, attempts, key, size in taken]


def _take(
    tx: Transaction, waiting: list[ColumnElement[bool]], limit: int, *, owner: str, until: datetime
) -> list[tuple[str, int, str, int]]:
    """Lease the oldest that still wait: id, attempts, key and size of each, oldest first."""
    oldest = select(Inbox.id).where(*waiting).order_by(col(Inbox.id)).limit(limit)
    taken = tx.session.exec(
        update(Inbox)
        .where(col(Inbox.id).in_(oldest.scalar_subquery()), *waiting)
        .values(lease_owner=owner, lease_until=until, attempts=col(Inbox.attempts) + 1)
        .returning(col(Inbox.id), col(Inbox.attempts), col(Inbox.key_id), col(Inbox.size))
        .execution_options(synchronize_session=False)
    )
    return sorted((row_id, attempts, key, size) for row_id, attempts, key, size in taken)


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail as it lies in the table; `first_delivery` is an earlier delivery of the same mail."""

    id: str
    sealed: bytes = field(repr=False)
    first_delivery: str | None

    def open(self, tx: Transaction) -> bytes:
        """The mail exactly as fetched; raises SealError when its person was erased."""
        return tx.vault.open(self.sealed, place=f"inbox.raw.{self.id}")


def stored(tx: Transaction, row_ids: Sequence[str]) -> dict[str, Stored]:
    """Several mails, and their keys, in two questions."""
    other = aliased(Inbox)
    first = (
        select(func.min(other.id))
        .where(col(other.identity) == Inbox.identity, col(other.id) < Inbox.id)
        .scalar_subquery()
    )
    query = select(Inbox.id, Inbox.raw_sealed, Inbox.key_id, first)
    rows = tx.session.exec(query.where(col(Inbox.id).in_(row_ids))).all()
    tx.vault.look_up([key_id for _, _, key_id, _ in rows])
    return {row_id: Stored(row_id, sealed, earlier) for row_id, sealed, _, earlier in rows}


def raw_bytes(tx: Transaction, row_id: str) -> bytes:
    """The mail exactly as fetched."""
    return stored(tx, [row_id])[row_id].open(tx)


def key_of(tx: Transaction, row_id: str) -> str:
    """The data key that protects this mail."""
    return tx.session.exec(select(Inbox.key_id).where(Inbox.id == row_id)).one()


def arrived_at(tx: Transaction, row_id: str) -> datetime:
    """When the mail reached the office's mailbox, however late we fetched it."""
    row = tx.session.get_one(Inbox, row_id)
    return min(row.internal_at or row.received_at, row.received_at)


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
    tx.session.flush()
    result = tx.session.connection().execute(
        _SETTLE,
        {
            "row_id": claimed.id,
            "owner": claimed.owner,
            "end": state,
            "meant": intent,
            "because": reason,
            "whose": case_id,
        },
    )
    if result.rowcount != 1:
        raise LostLeaseError(claimed.id)


# Once for every mail, so it is built once.
_SETTLE = (
    update(Inbox)
    .where(
        col(Inbox.id) == bindparam("row_id"),
        col(Inbox.lease_owner) == bindparam("owner"),
        col(Inbox.state) == InboxState.RECEIVED,
    )
    .values(
        state=bindparam("end"),
        intent=bindparam("meant"),
        reason=bindparam("because"),
        case_id=func.coalesce(bindparam("whose", type_=String), col(Inbox.case_id)),
        lease_owner="",
        lease_until=None,
    )
    .execution_options(synchronize_session=False)
)


def wait_for_pictures(tx: Transaction, claimed: Claim, *, case_id: str | None = None) -> None:
    """The quick worker has understood the mail; the slow one will read its pictures."""
    _mine(tx, claimed, stage=Stage.PICTURES, lease_until=None, attempts=0, case_id=case_id)


def pictures_wait(tx: Transaction, case_id: str) -> bool:
    """Whether a mail of this case has pictures that nobody has read yet."""
    query = select(Inbox.id).where(
        Inbox.case_id == case_id,
        Inbox.state == InboxState.RECEIVED,
        Inbox.stage == Stage.PICTURES,
    )
    return tx.session.exec(query).first() is not None


def strike(tx: Transaction, claimed: Claim, reason: str, *, now: datetime) -> None:
    """This attempt failed. The third strike ends in `failed`, kept, shown and replayable."""
    if claimed.attempts < STRIKES:
        # Let everybody else go first.
        _mine(tx, claimed, reason=reason, lease_until=now + timedelta(seconds=30))
        return
    _mine(tx, claimed)
    _fail(tx, claimed.id, reason, now)


def _fail(tx: Transaction, row_id: str, reason: str, now: datetime) -> None:
    tx.session.exec(
        update(Inbox)
        .where(col(Inbox.id) == row_id)
        .values(state=InboxState.FAILED, reason=reason, lease_until=None)
    )
    open_decision(tx, kind="mail", reasons=("failed", reason), inbox_id=row_id, now=now)
    record(tx, "failed", subject=row_id, actor=MACHINE, why=reason, now=now)


def give_back(tx: Transaction, claimed: Claim) -> None:
    """Interrupted through no fault of the mail: it is read again, which counts as no attempt."""
    _mine(tx, claimed, lease_until=None, attempts=claimed.attempts - 1)


def give_all_back(tx: Transaction, owner: str) -> None:
    """The same for all that a worker has claimed and not settled."""
    tx.session.exec(
        update(Inbox)
        .where(col(Inbox.lease_owner) == owner, col(Inbox.state) == InboxState.RECEIVED)
        .values(lease_owner="", lease_until=None, attempts=col(Inbox.attempts) - 1)
    )


def is_copy_of(tx: Transaction, row_id: str, first_id: str) -> None:
    """A second delivery belongs to whomever the first one belongs to."""
    first = tx.session.get_one(Inbox, first_id)
    owner = tx.session.get(DataKey, first.key_id)
    if owner is not None and owner.person_id:
        tx.vault.belongs_to(key_of(tx, row_id), owner.person_id)
    if first.case_id:
        note_case(tx, row_id, first.case_id)


def note_case(tx: Transaction, row_id: str, case_id: str) -> None:
    """The mail has made this case."""
    tx.session.exec(update(Inbox).where(col(Inbox.id) == row_id).values(case_id=case_id))


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
    """Read a held, failed or discarded mail again from its raw bytes; False when it is applied,
    or not all of its bytes are here: nobody is understood by the headers alone."""
    result = tx.session.exec(
        update(Inbox)
        .where(
            col(Inbox.id) == row_id,
            not_(_is_incomplete()),
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


def release_leases(tx: Transaction, owner: str = "") -> None:
    """Of one worker; without a name of all: at its start the daemon knows that none is alive."""
    whose = col(Inbox.lease_owner) == owner if owner else col(Inbox.lease_owner) != ""
    tx.session.exec(
        update(Inbox)
        .where(col(Inbox.state) == InboxState.RECEIVED, whose)
        .values(lease_owner="", lease_until=None)
    )


def any_received(tx: Transaction) -> bool:
    """Whether some mail is still to be read."""
    waiting = select(Inbox.id).where(Inbox.state == InboxState.RECEIVED)
    return tx.session.exec(waiting).first() is not None


def caught_up(tx: Transaction, *, since: datetime, doubts_since: datetime | None = None) -> bool:
    """Whether everything that lay in the mailbox at `since` is stored and read, by us or, where
    we could not (too large, failed), by a person; of those only what came after `doubts_since`,
    if it is given."""
    compared = tx.session.exec(select(func.min(Folder.compared_at))).first()
    if compared is None or compared < since:
        return False
    return not any_received(tx) and not _any_unread(tx, doubts_since)


def _any_unread(tx: Transaction, since: datetime | None) -> bool:
    """Whether a mail that was never understood still waits for a person: it may be anybody's."""
    failed = col(Inbox.state) == InboxState.FAILED
    unread = select(Inbox.id).where(or_(failed, _is_incomplete()))
    if since is not None:
        unread = unread.where(col(Inbox.received_at) > since)
    return tx.session.exec(unread).first() is not None


def _is_incomplete() -> ColumnElement[bool]:
    """Held since it came, because it could not be fetched whole."""
    return and_(col(Inbox.state) == InboxState.HELD, col(Inbox.intent) == "")


# What no person wrote: it is no step of the student.
_MACHINES = (Intent.AUTO_REPLY, Intent.BOUNCE, Intent.LIST_OR_BULK, Intent.SPAM)


def came_at(tx: Transaction, row_id: str) -> datetime:
    """When a mail reached our mail server: by the server's word, but never after we had it."""
    row = tx.session.get_one(Inbox, row_id)
    return min(row.received_at, row.internal_at or row.received_at)


def heard_at(tx: Transaction, case_id: str) -> datetime | None:
    """When the student's last mail reached our mail server."""
    query = select(Inbox.received_at, Inbox.internal_at).where(
        Inbox.case_id == case_id, col(Inbox.intent).not_in(_MACHINES)
    )
    mails = tx.session.exec(query)
    return max((min(got, came or got) for got, came in mails), default=None)


def heard_from(tx: Transaction) -> set[str]:
    """Ids of the cases whose student has written at least once."""
    query = select(Inbox.case_id).where(
        col(Inbox.case_id).is_not(None), col(Inbox.intent).not_in(_MACHINES)
    )
    return {case_id for case_id in tx.session.exec(query.distinct()) if case_id}
