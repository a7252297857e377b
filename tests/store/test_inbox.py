"""The ledger of received mail: nothing twice, nothing lost, one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from mailflow.store import folders, inbox
from mailflow.store.database import Store
from mailflow.store.inbox import Arrival, Claim, LostLeaseError
from mailflow.store.queue import open_items
from mailflow.store.tables import Inbox, InboxState, Stage

LEASE = timedelta(minutes=15)
RAW = b"From: anne@example.org\r\nMessage-ID: <1@example.org>\r\n\r\nhello %d\r\n"


def arrival(uid: int, *, uidvalidity: int = 1, raw: bytes = b"", **more: str) -> Arrival:
    raw = raw or RAW % uid
    return Arrival("office@host", "INBOX", uidvalidity, uid, raw, len(raw), **more)


def arrive(store: Store, *arrivals: Arrival, now: datetime) -> list[str]:
    with store.write() as tx:
        return inbox.store_arrivals(tx, arrivals, now=now)


def claim(store: Store, now: datetime, *, owner: str = "a", limit: int = 1) -> list[Claim]:
    with store.write() as tx:
        return inbox.claim(tx, Stage.READ, owner=owner, now=now, lease=LEASE, limit=limit)


def settle(store: Store, claimed: Claim, state: InboxState, **more: str) -> None:
    with store.write() as tx:
        inbox.settle(tx, claimed, state, **more)


def row(store: Store, row_id: str) -> Inbox:
    with store.read() as tx:
        found = tx.session.get_one(Inbox, row_id)
        tx.session.expunge_all()
        return found


def test_a_mail_is_stored_once_however_often_it_is_fetched(store: Store, now: datetime):
    first = arrive(store, arrival(1), arrival(2), now=now)
    assert len(first) == 2
    assert arrive(store, arrival(2), arrival(1), now=now) == []
    with store.read() as tx:
        assert inbox.raw_bytes(tx, first[0]) == RAW % 1
        known = folders.known_uids(tx, "office@host", "INBOX", uidvalidity=1)
        assert known == {1, 2}


def test_a_new_uidvalidity_means_other_uids_but_the_same_mails(store: Store, now: datetime):
    old = arrive(store, arrival(1), now=now)
    new = arrive(store, arrival(7, uidvalidity=2, raw=RAW % 1), now=now)
    with store.write() as tx:
        assert folders.known_uids(tx, "office@host", "INBOX", uidvalidity=2) == {7}
        assert inbox.stored(tx, new)[new[0]].first_delivery == old[0]
        assert inbox.stored(tx, old)[old[0]].first_delivery is None
        folders.note_progress(tx, "office@host", "INBOX", uidvalidity=1, uid=1, now=now)
        folders.note_progress(tx, "office@host", "INBOX", uidvalidity=2, uid=7, now=None)
        assert folders.last_uid(tx, "office@host", "INBOX", uidvalidity=1) == 0
        assert folders.last_uid(tx, "office@host", "INBOX", uidvalidity=2) == 7
        assert not inbox.caught_up(tx, since=now)  # not compared since it changed


def test_the_largest_numbers_of_imap_fit(store: Store, now: datetime):
    largest = 2**32 - 1
    arrive(store, arrival(largest, uidvalidity=largest, raw=b"x"), now=now)
    with store.write() as tx:
        folders.note_progress(tx, "office@host", "INBOX", uidvalidity=largest, uid=largest, now=now)
        assert folders.last_uid(tx, "office@host", "INBOX", uidvalidity=largest) == largest


def test_two_workers_never_have_the_same_mail(store: Store, now: datetime):
    arrive(store, *(arrival(uid) for uid in range(40)), now=now)

    def work(owner: str) -> list[str]:
        taken: list[str] = []
        for _ in range(40):
            taken += [claimed.id for claimed in claim(store, now, owner=owner, limit=3)]
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [name for names in pool.map(work, "abcd") for name in names]
    assert len(taken) == len(set(taken)) == 40


def test_a_lease_ends_and_somebody_else_begins_again(store: Store, now: datetime):
    arrive(store, arrival(1), now=now)
    (lost,) = claim(store, now, owner="a")
    assert claim(store, now + LEASE - timedelta(seconds=1), owner="b") == []
    (mine,) = claim(store, now + LEASE + timedelta(seconds=1), owner="b")
    assert mine.attempts == 2
    with pytest.raises(LostLeaseError):
        settle(store, lost, InboxState.APPLIED)
    settle(store, mine, InboxState.HELD, intent="question", reason="why")
    assert row(store, mine.id).state == InboxState.HELD
    with pytest.raises(LostLeaseError):
        settle(store, mine, InboxState.APPLIED)  # settled is settled


def test_leases_end_with_the_daemon_that_had_them(store: Store, now: datetime):
    arrive(store, arrival(1), now=now)
    claim(store, now)
    with store.write() as tx:
        inbox.release_leases(tx)
    assert len(claim(store, now, owner="next")) == 1


def test_a_decision_that_fails_leaves_nothing_behind(store: Store, now: datetime):
    arrive(store, arrival(1), now=now)
    (mine,) = claim(store, now)

    def settle_and_fail() -> None:
        with store.write() as tx:
            inbox.settle(tx, mine, InboxState.APPLIED)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        settle_and_fail()
    assert row(store, mine.id).state == InboxState.RECEIVED
    settle(store, mine, InboxState.APPLIED)


def test_three_strikes_then_staff_see_it_and_may_replay_it(store: Store, now: datetime):
    (row_id,) = arrive(store, arrival(1), now=now)
    for attempt in (1, 2, 3):
        (mine,) = claim(store, now)
        assert mine.attempts == attempt
        with store.write() as tx:
            inbox.strike(tx, mine, "reading_timeout", now=now)
        assert claim(store, now) == []  # others first
        now += timedelta(seconds=31)
    assert row(store, row_id).state == InboxState.FAILED
    with store.write() as tx:
        assert [item.reasons for item in open_items(tx)] == [("failed", "reading_timeout")]
        assert not inbox.caught_up(tx, since=now - timedelta(days=1))
        assert inbox.requeue(tx, row_id)
        assert not inbox.requeue(tx, row_id)
    (again,) = claim(store, now)
    assert again.attempts == 1
    settle(store, again, InboxState.APPLIED)
    with store.write() as tx:
        assert not inbox.requeue(tx, row_id)  # what is applied is not applied again


def test_what_could_not_be_fetched_is_kept_and_shown(store: Store, now: datetime):
    (row_id,) = arrive(store, arrival(1, problem="too_large"), now=now)
    assert row(store, row_id).state == InboxState.HELD
    assert claim(store, now) == []
    with store.write() as tx:
        assert [item.reasons for item in open_items(tx)] == [("too_large",)]
        folders.note_progress(tx, "office@host", "INBOX", uidvalidity=1, uid=1, now=now)
        assert not inbox.caught_up(tx, since=now)  # nobody has read it
        assert not inbox.requeue(tx, row_id)  # its headers alone say nothing
        inbox.set_by_staff(tx, row_id, InboxState.DISCARDED)
        assert inbox.caught_up(tx, since=now)


def test_pictures_wait_in_a_queue_of_their_own(store: Store, now: datetime):
    arrive(store, arrival(1), now=now)
    (mine,) = claim(store, now)
    with store.write() as tx:
        inbox.wait_for_pictures(tx, mine)
    assert claim(store, now) == []
    with store.write() as tx:
        (slow,) = inbox.claim(tx, Stage.PICTURES, owner="p", now=now, lease=LEASE)
    assert slow.attempts == 1


def test_settled_mail_is_filed_once(store: Store, now: datetime):
    arrive(store, arrival(1), arrival(2), now=now)
    (mine,) = claim(store, now)
    settle(store, mine, InboxState.APPLIED)

    def to_file() -> list[int]:
        with store.read() as tx:
            found = folders.to_file(tx, "office@host", "INBOX", uidvalidity=1, limit=10)
        return [uid for _, uid, _ in found]

    assert to_file() == [1]
    with store.write() as tx:
        folders.note_filed(tx, [mine.id])
    assert to_file() == []


def test_caught_up_means_compared_and_read(store: Store, now: datetime):
    (row_id,) = arrive(store, arrival(1), now=now)
    with store.write() as tx:
        folders.note_progress(tx, "office@host", "INBOX", uidvalidity=1, uid=1, now=now)
        assert not inbox.caught_up(tx, since=now)
    (mine,) = claim(store, now)
    assert mine.id == row_id
    settle(store, mine, InboxState.APPLIED, intent="confirm")
    with store.read() as tx:
        assert inbox.caught_up(tx, since=now)
        assert not inbox.caught_up(tx, since=now + timedelta(seconds=1))


def test_a_mailbox_that_is_read_no_more_keeps_nobody_waiting(store: Store, now: datetime):
    with store.write() as tx:
        folders.note_progress(tx, "office@old", "INBOX", uidvalidity=1, uid=1, now=now)
    later = now + timedelta(days=1)
    with store.write() as tx:
        folders.note_progress(tx, "office@new", "INBOX", uidvalidity=1, uid=1, now=None)
        assert not inbox.caught_up(tx, since=now)
        folders.note_progress(tx, "office@new", "INBOX", uidvalidity=1, uid=1, now=later)
        assert inbox.caught_up(tx, since=later)


def test_a_mail_that_the_daemon_died_over_is_taken_alone_and_after_five_deaths_not_again(
    store: Store, now: datetime
):
    first, second = arrive(store, arrival(1), arrival(2), now=now)
    for death in range(1, 6):
        mine = claim(store, now)
        assert (mine[0].id, mine[0].attempts) == (first, death)
        with store.write() as tx:
            ahead = inbox.claim(
                tx, Stage.READ, owner="a", now=now, lease=LEASE, limit=16, untried=True
            )
            assert [one.id for one in ahead] == ([second] if death == 1 else [])
        with store.write() as tx:
            inbox.release_leases(tx)  # the daemon has died
            inbox.give_all_back(tx, "a")
            ahead = inbox.claim(
                tx, Stage.READ, owner="a", now=now, lease=LEASE, limit=16, untried=True
            )
            assert ahead == []  # the first one that waits was tried before
        if death == 1:
            with store.write() as tx:
                (other,) = inbox.claim(
                    tx, Stage.READ, owner="a", now=now, lease=LEASE, row_id=second
                )
                inbox.settle(tx, other, InboxState.APPLIED)
    assert claim(store, now) == []
    assert row(store, first).state == InboxState.FAILED
    assert row(store, first).reason == "ended_with_the_daemon"
