"""Letters on their way out. A business key says each thing once; bytes are frozen when composed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import and_, col, func, or_, select, update

from mailflow.store import shadow
from mailflow.store.audit import MACHINE, record
from mailflow.store.database import Transaction, new_id
from mailflow.store.queue import open_decision
from mailflow.store.tables import Case, Outbox, OutboxState, SlipRow
from mailflow.store.vault import SealError
from mailflow.workflow import OVERTAKEN, WITH_BUTTON, WITH_SLIP, State
from mailflow.workflow.clocks import Say

GIVES_UP_AFTER = timedelta(days=3)  # a letter that nobody takes for so long is for staff
DEFERRED_MINUTES = (5, 10, 20, 40, 60, 120, 240)
LOOK_AGAIN = timedelta(seconds=15)  # at a letter that must not leave just now
_TO_SEND = (OutboxState.QUEUED, OutboxState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed letter that is not in the outbox yet."""

    key: str
    letter: str
    to: str = field(repr=False)
    raw: bytes = field(repr=False)
    message_id: str
    key_id: str
    case_id: str | None = None
    inbox_id: str | None = None
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that this worker may hand to the relay now."""

    id: str
    owner: str
    to: str = field(repr=False)
    raw: bytes = field(repr=False)
    message_id: str
    letter: str
    case_id: str | None
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the last look has to know of a letter. `occasion` is the end of its business key."""

    letter: str
    occasion: str
    case_id: str | None
    composed_at: datetime


Look = Callable[[Transaction, Leaving], Say]


def said(tx: Transaction, key: str) -> bool:
    """Whether this has been put into the outbox before."""
    return tx.session.exec(select(Outbox.id).where(Outbox.key == key)).first() is not None


def occasions(tx: Transaction, letter: str) -> set[tuple[str | None, str]]:
    """Every case id and occasion of a kind of letter, whatever became of it."""
    rows = tx.session.exec(select(Outbox.case_id, Outbox.key).where(Outbox.letter == letter))
    return {(case_id, key.rpartition("/")[2]) for case_id, key in rows}


def times_said(tx: Transaction, kind: str) -> int:
    """How many letters were written whose business key is `kind` and an occasion; those that
    stayed here are not counted."""
    query = select(func.count()).where(
        col(Outbox.key).startswith(f"{kind}/", autoescape=True),
        col(Outbox.state) != OutboxState.HELD,
    )
    return tx.session.exec(query).one()


def enqueue(
    tx: Transaction, draft: Draft, *, due_at: datetime, now: datetime, held: str = ""
) -> bool:
    """Queue a letter; False (and nothing happens) when its business key was used before.

    `held` is a reason to put it before staff instead of sending it.
    """
    if said(tx, draft.key):
        return False
    row_id = new_id()
    tx.session.add(
        Outbox(
            id=row_id,
            key=draft.key,
            letter=draft.letter,
            case_id=draft.case_id,
            inbox_id=draft.inbox_id,
            key_id=draft.key_id,
            to_sealed=tx.vault.seal(
                draft.to.encode(), key_id=draft.key_id, place=f"outbox.to.{row_id}"
            ),
            to_index=tx.blind("address", draft.to.lower()),
            raw_sealed=tx.vault.seal(draft.raw, key_id=draft.key_id, place=f"outbox.raw.{row_id}"),
            message_id=draft.message_id,
            state=OutboxState.HELD if held else OutboxState.QUEUED,
            reason=held,
            created_at=now,
            due_at=due_at,
            wording=draft.wording,
        )
    )
    tx.session.flush()
    tx.has_letters = True
    if held:
        hold_letter(tx, row_id, draft.case_id, reason=held, now=now)
    return True


def claim_due(
    tx: Transaction,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    look: Look = lambda *_: Say.NOW,
    only_released: bool = False,
) -> Sending | None:
    """Take the letter that has waited longest; None when nothing is due, or it must not leave now.

    `look` is the last look at it. With `only_released` nothing leaves that staff have not let go.
    """
    ready: ColumnElement[bool] = col(Outbox.state).in_(_TO_SEND)
    if only_released:
        ready = and_(ready, col(Outbox.released_at).is_not(None))
    row_id = _take_oldest(tx, ready, owner=owner, now=now, until=now + lease)
    if row_id is None:
        return None
    try:
        if _stays_here(tx, row_id, look, now=now):
            return None
        return _sending(tx, row_id, owner)
    except SealError:  # its key is erased or lost; the letters behind it must not wait for ever
        _hold_unreadable(tx, row_id, now=now)
        return None


def _take_oldest(
    tx: Transaction, ready: ColumnElement[bool], *, owner: str, now: datetime, until: datetime
) -> str | None:
    """Lease the letter that has been due longest, by compare-and-set."""
    oldest = (
        select(Outbox.id)
        .where(ready, Outbox.due_at <= now)
        .order_by(col(Outbox.due_at), col(Outbox.id))
        .limit(1)
    )
    row_id = tx.session.exec(oldest).first()
    if row_id is None:
        return None
    taken = tx.session.exec(
        update(Outbox)
        .where(col(Outbox.id) == row_id, ready)
        .values(
            state=OutboxState.SENDING,
            lease_owner=owner,
            lease_until=until,
            attempted_at=now,
            attempts=col(Outbox.attempts) + 1,
        )
    )
    return row_id if taken.rowcount == 1 else None


def _stays_here(tx: Transaction, row_id: str, look: Look, *, now: datetime) -> bool:
    """The last look before sending: is the letter still true, and may it leave now?"""
    row = tx.session.get_one(Outbox, row_id, populate_existing=True)
    case = tx.session.get(Case, row.case_id, populate_existing=True) if row.case_id else None
    if case is not None and _is_overtaken(tx, row, case):
        said = Say.NEVER
    else:
        occasion = row.key.rpartition("/")[2]
        said = look(tx, Leaving(row.letter, occasion, row.case_id, row.created_at))
    if said is Say.NOW:
        return False
    if said is Say.NEVER:
        row.state, row.reason = OutboxState.HELD, "overtaken"
    else:  # it was not tried: it counts for neither pace nor patience
        row.state, row.due_at = OutboxState.QUEUED, now + LOOK_AGAIN
        row.attempts, row.attempted_at = row.attempts - 1, None
    row.lease_owner, row.lease_until = "", None
    tx.session.add(row)
    tx.session.flush()
    return True


def _is_overtaken(tx: Transaction, row: Outbox, case: Case) -> bool:
    outdated = row.letter in WITH_BUTTON and f"/v{case.data_version}/" not in row.key
    if outdated or _shows_an_old_slip(tx, row, case):
        return True
    return row.letter in OVERTAKEN.get(State(case.state), ())


def _shows_an_old_slip(tx: Transaction, row: Outbox, case: Case) -> bool:
    """Whether the slip in force is younger than the letter: the account may be another one."""
    if row.letter not in WITH_SLIP or case.state == State.ASKED:
        return False
    newer = select(SlipRow.id).where(
        SlipRow.case_id == case.id,
        col(SlipRow.voided_at).is_(None),
        SlipRow.created_at > row.created_at,
    )
    return tx.session.exec(newer).first() is not None


def _hold_unreadable(tx: Transaction, row_id: str, *, now: datetime) -> None:
    row = tx.session.get_one(Outbox, row_id, populate_existing=True)
    row.state, row.reason, row.lease_owner, row.lease_until = (
        OutboxState.HELD,
        "unreadable",
        "",
        None,
    )
    tx.session.add(row)
    hold_letter(tx, row_id, row.case_id, reason="unreadable", now=now)


def _sending(tx: Transaction, row_id: str, owner: str) -> Sending:
    row = tx.session.get_one(Outbox, row_id, populate_existing=True)
    return Sending(
        id=row.id,
        owner=owner,
        to=tx.vault.open(row.to_sealed, place=f"outbox.to.{row.id}").decode(),
        raw=tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}"),
        message_id=row.message_id,
        letter=row.letter,
        case_id=row.case_id,
        attempts=row.attempts,
        created_at=row.created_at,
    )


def next_due(tx: Transaction) -> datetime | None:
    """When the next letter is due; None when nothing waits."""
    ready = col(Outbox.state).in_(_TO_SEND)
    return tx.session.exec(select(func.min(Outbox.due_at)).where(ready)).first()


def last_sent_at(tx: Transaction, case_id: str) -> datetime | None:
    """When the last letter to this case's student left the house."""
    query = select(func.max(Outbox.sent_at)).where(Outbox.case_id == case_id)
    return tx.session.exec(query).first()


def any_unsent(tx: Transaction, case_id: str) -> bool:
    """Whether a letter to this case's student has not left the house. (One that is held for a
    reason of its own has an open question.)"""
    on_its_way = col(Outbox.state).in_([*_TO_SEND, OutboxState.SENDING, OutboxState.UNKNOWN])
    query = select(Outbox.id).where(Outbox.case_id == case_id, or_(on_its_way, shadow.stays()))
    return tx.session.exec(query).first() is not None


def handed_since(tx: Transaction, since: datetime) -> int:
    """How many letters were handed to the relay after `since` (for pace and breaker)."""
    query = select(func.count()).where(col(Outbox.attempted_at) > since)
    return tx.session.exec(query).one()


def answers_since(tx: Transaction, address: str, *, since: datetime) -> int:
    """How many letters one address was sent or is about to be sent since then."""
    query = select(func.count()).where(
        Outbox.to_index == tx.blind("address", address.lower()), Outbox.created_at > since
    )
    return tx.session.exec(query).one()


def count_since(tx: Transaction, letter: str, *, since: datetime) -> int:
    """How many letters of a kind were composed since then."""
    query = select(func.count()).where(Outbox.letter == letter, Outbox.created_at > since)
    return tx.session.exec(query).one()


def conclude(
    tx: Transaction,
    letter: Sending,
    state: OutboxState,
    *,
    dsn: str,
    now: datetime,
    wait: timedelta | None = None,
) -> bool:
    """Record how a delivery ended; False when the row is no longer this worker's."""
    values: dict[str, object] = {"state": state, "dsn": dsn, "lease_owner": "", "lease_until": None}
    if state is OutboxState.SENT:
        values["sent_at"] = now
    if state in (OutboxState.DEFERRED, OutboxState.UNKNOWN):
        values["due_at"] = now + (wait or backoff(letter.attempts))
    if state is OutboxState.DEFERRED and now - letter.created_at > GIVES_UP_AFTER:
        state, values["state"] = OutboxState.BOUNCED, OutboxState.BOUNCED
    result = tx.session.exec(
        update(Outbox)
        .where(
            col(Outbox.id) == letter.id,
            col(Outbox.state) == OutboxState.SENDING,
            col(Outbox.lease_owner) == letter.owner,
        )
        .values(**values)
    )
    if result.rowcount != 1:
        return False
    if state is OutboxState.BOUNCED:
        hold_letter(tx, letter.id, letter.case_id, reason="bounced", now=now)
    return True


def hold_letter(
    tx: Transaction, row_id: str, case_id: str | None, *, reason: str, now: datetime
) -> None:
    """Put a letter before staff."""
    open_decision(tx, kind="letter", reasons=(reason,), outbox_id=row_id, case_id=case_id, now=now)
    record(tx, f"letter {reason}", subject=row_id, actor=MACHINE, now=now)


def backoff(attempts: int) -> timedelta:
    """How long a deferred letter waits; RFC 5321 wants minutes first and hours later."""
    return timedelta(minutes=DEFERRED_MINUTES[min(attempts, len(DEFERRED_MINUTES)) - 1])


def note_bounce(tx: Transaction, message_id: str) -> None:
    """A letter has come back: a delivery report names it, so the relay had it in any case."""
    was_out = col(Outbox.state).in_([OutboxState.SENT, OutboxState.UNKNOWN])
    tx.session.exec(
        update(Outbox)
        .where(col(Outbox.message_id) == message_id, was_out)
        .values(state=OutboxState.BOUNCED, reason="returned")
    )


def kind_of(tx: Transaction, row_id: str) -> str:
    """Which letter it is."""
    return tx.session.get_one(Outbox, row_id).letter


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a letter stands, for a person; `dsn` is what the relay answered."""

    letter: str
    state: OutboxState
    reason: str
    dsn: str
    attempts: int


def fate_of(tx: Transaction, row_id: str) -> Fate:
    """How one letter fares."""
    row = tx.session.get_one(Outbox, row_id)
    return Fate(row.letter, OutboxState(row.state), row.reason, row.dsn, row.attempts)


def set_by_staff(tx: Transaction, row_id: str, state: OutboxState, *, now: datetime) -> bool:
    """A person's decision over a held, bounced, unknown or deferred letter."""
    movable = [
        OutboxState.HELD,
        OutboxState.BOUNCED,
        OutboxState.UNKNOWN,
        OutboxState.DEFERRED,
        OutboxState.QUEUED,
    ]
    values: dict[str, object] = {"state": state, "due_at": now}
    if state is OutboxState.SENT:
        values["sent_at"] = now
    if state is OutboxState.QUEUED:
        values["released_at"] = now
    result = tx.session.exec(
        update(Outbox)
        .where(col(Outbox.id) == row_id, col(Outbox.state).in_(movable))
        .values(**values)
    )
    return result.rowcount == 1


def cancel_waiting(tx: Transaction, case_id: str, letters: tuple[str, ...], *, reason: str) -> int:
    """Hold back waiting letters that have become untrue (a reminder after the payment)."""
    waits = or_(col(Outbox.state).in_(_TO_SEND), shadow.stays())
    result = tx.session.exec(
        update(Outbox)
        .where(col(Outbox.case_id) == case_id, col(Outbox.letter).in_(letters), waits)
        .values(state=OutboxState.HELD, reason=reason)
    )
    return result.rowcount


_BY_MESSAGE_ID = select(Outbox.case_id, Outbox.letter).where(
    Outbox.message_id == bindparam("message_id")
)


def find_by_message_id(tx: Transaction, message_id: str) -> tuple[str | None, str] | None:
    """Case id and kind of our letter with this Message-ID: what a mail answers or returns."""
    return tx.session.exec(_BY_MESSAGE_ID, params={"message_id": message_id}).first()
