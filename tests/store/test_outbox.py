"""Letters on their way out: said once, sent by one, and never sent blindly again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from mailflow.store import audit, outbox, unknown
from mailflow.store.database import Store
from mailflow.store.outbox import Draft, Sending
from mailflow.store.queue import open_items
from mailflow.store.tables import Outbox, OutboxState

LEASE = timedelta(minutes=15)
TO = "anne@example.org"


def write(store: Store, now: datetime, key: str = "k", *, held: str = "", to: str = TO) -> bool:
    with store.write() as tx:
        draft = Draft(
            key=key,
            letter="payment_slip",
            to=to,
            raw=b"Subject: x\r\n\r\n" + key.encode(),
            message_id=f"<{key}@example.edu>",
            key_id=tx.vault.new_key(),
        )
        return outbox.enqueue(tx, draft, due_at=now, now=now, held=held)


def take(store: Store, now: datetime, owner: str = "a") -> Sending | None:
    with store.write() as tx:
        return outbox.claim_due(tx, owner=owner, now=now, lease=LEASE)


def conclude(store: Store, letter: Sending, state: OutboxState, now: datetime, **more) -> bool:
    with store.write() as tx:
        return outbox.conclude(tx, letter, state, dsn="250 ok", now=now, **more)


def rows(store: Store) -> dict[str, Outbox]:
    from sqlmodel import select

    with store.read() as tx:
        found = {row.key: row for row in tx.session.exec(select(Outbox))}
        tx.session.expunge_all()
        return found


def test_a_thing_is_said_once(store: Store, now: datetime):
    assert write(store, now, "iPAS114-0001/payment_slip/v1/")
    assert not write(store, now, "iPAS114-0001/payment_slip/v1/")
    assert len(rows(store)) == 1


def test_two_who_say_the_same_at_once_say_it_once(store: Store, now: datetime):
    def say(_: int) -> bool:
        try:
            return write(store, now)
        except Exception:  # the database refuses the second one
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(say, range(8))) == 1
    assert len(rows(store)) == 1


def test_two_workers_never_send_the_same_letter(store: Store, now: datetime):
    for number in range(20):
        write(store, now, f"k{number}")

    def work(owner: str) -> list[str]:
        sent = []
        for _ in range(60):
            if letter := take(store, now, owner):
                sent.append(letter.id)
                conclude(store, letter, OutboxState.SENT, now)
        return sent

    with ThreadPoolExecutor(3) as pool:
        sent = [name for names in pool.map(work, "abc") for name in names]
    assert len(sent) == len(set(sent)) == 20


def test_letters_go_in_the_order_they_were_written_and_not_before_they_are_due(
    store: Store, now: datetime
):
    write(store, now + timedelta(hours=1), "later")
    write(store, now, "first")
    write(store, now, "second")
    names = [letter.message_id for _ in range(2) if (letter := take(store, now))]
    assert names == ["<first@example.edu>", "<second@example.edu>"]
    assert take(store, now) is None
    assert take(store, now + timedelta(hours=1)) is not None


def test_the_bytes_are_frozen(store: Store, now: datetime):
    write(store, now)
    letter = take(store, now)
    assert letter
    assert (letter.to, letter.raw) == (TO, b"Subject: x\r\n\r\nk")


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 5), (2, 10), (5, 60), (7, 240), (50, 240)])
def test_a_deferred_letter_waits_longer_each_time(attempt: int, minutes: int):
    assert outbox.backoff(attempt) == timedelta(minutes=minutes)


def test_a_deferred_letter_comes_back(store: Store, now: datetime):
    write(store, now)
    letter = take(store, now)
    assert letter
    assert conclude(store, letter, OutboxState.DEFERRED, now)
    assert take(store, now + timedelta(minutes=4)) is None
    again = take(store, now + timedelta(minutes=5))
    assert again
    assert again.attempts == 2


def test_only_who_has_it_may_say_how_it_ended(store: Store, now: datetime):
    write(store, now)
    letter = take(store, now)
    assert letter
    with store.write() as tx:
        assert unknown.orphans(tx, now=now, wait=timedelta(minutes=10)) == 1
    assert not conclude(store, letter, OutboxState.SENT, now)
    assert rows(store)["k"].state == OutboxState.UNKNOWN


def test_an_interrupted_letter_is_looked_up_before_it_is_sent_again(store: Store, now: datetime):
    for key in ("found", "missing", "nowhere"):
        write(store, now, key)
        take(store, now)
    wait = timedelta(minutes=10)
    with store.write() as tx:
        unknown.orphans(tx, now=now, wait=wait)
        assert unknown.due(tx, now=now) == []
    assert take(store, now + timedelta(days=1)) is None  # not blindly
    with store.write() as tx:
        due = {letter.message_id: letter for letter in unknown.due(tx, now=now + wait)}
        ends = {
            "found": OutboxState.SENT,
            "missing": OutboxState.QUEUED,
            "nowhere": OutboxState.HELD,
        }
        for key, state in ends.items():
            letter = due[f"<{key}@example.edu>"]
            assert unknown.resolve(tx, letter, state, reason="looked", now=now)
            assert not unknown.resolve(tx, letter, state, reason="looked", now=now)
            assert audit.history(tx, letter.id)
        assert [item.reasons for item in open_items(tx)] == [("looked",)]
    assert rows(store)["found"].sent_at == now
    again = take(store, now)
    assert again
    assert again.message_id == "<missing@example.edu>"


def test_looks_into_the_sent_folder_are_counted(store: Store, now: datetime):
    write(store, now)
    take(store, now)
    with store.write() as tx:
        unknown.orphans(tx, now=now, wait=timedelta())
        (letter,) = unknown.due(tx, now=now)
        assert letter.checks == 0
        counted = unknown.Unknown(letter.id, letter.message_id, letter.case_id, 2)
        unknown.look_again(tx, counted, at=now + timedelta(minutes=1))
        assert unknown.due(tx, now=now) == []
        (letter,) = unknown.due(tx, now=now + timedelta(minutes=1))
        assert letter.checks == 2


def test_a_bounced_letter_is_before_staff_who_may_send_it_again(store: Store, now: datetime):
    write(store, now)
    letter = take(store, now)
    assert letter
    conclude(store, letter, OutboxState.BOUNCED, now)
    with store.write() as tx:
        assert [item.reasons for item in open_items(tx)] == [("bounced",)]
        assert outbox.set_by_staff(tx, letter.id, OutboxState.QUEUED, now=now)
    again = take(store, now)
    assert again
    conclude(store, again, OutboxState.SENT, now)
    with store.write() as tx:
        assert not outbox.set_by_staff(tx, letter.id, OutboxState.QUEUED, now=now)  # it has left
        outbox.note_bounce(tx, letter.message_id)
    assert rows(store)["k"].state == OutboxState.BOUNCED


def test_a_held_letter_stays_until_staff_release_it(store: Store, now: datetime):
    write(store, now, held="too_many_letters_today")
    assert take(store, now + timedelta(days=9)) is None
    with store.write() as tx:
        assert [item.kind for item in open_items(tx)] == ["letter"]


def test_pace_is_counted_from_the_store(store: Store, now: datetime):
    for key in ("one", "two"):
        write(store, now, key)
    take(store, now)
    take(store, now + timedelta(seconds=30))
    with store.read() as tx:
        assert outbox.handed_since(tx, now - timedelta(minutes=1)) == 2
        assert outbox.handed_since(tx, now) == 1
        assert outbox.handed_since(tx, now + timedelta(seconds=30)) == 0


def test_what_comes_back_had_been_taken_however_unclear_its_delivery_was(
    store: Store, now: datetime
):
    write(store, now)
    letter = take(store, now)
    assert letter
    conclude(store, letter, OutboxState.UNKNOWN, now, wait=timedelta(minutes=10))
    with store.write() as tx:
        outbox.note_bounce(tx, letter.message_id)
    assert rows(store)["k"].state == OutboxState.BOUNCED  # and is not sent again
