"""Two that wait for each other: PostgreSQL ends one of them, and that one is at no fault."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from mailflow.store.database import ChangedMeanwhileError, Store, Transaction


def in_turn(tx: Transaction, locks: tuple[str, str], both_hold_one: Barrier) -> str:
    """Take one lock, and the other when everybody has one; what became of it."""
    tx.one_at_a_time(locks[0])
    both_hold_one.wait(10)
    try:
        with tx.part():
            tx.one_at_a_time(locks[1])
    except ChangedMeanwhileError:
        tx.one_at_a_time("third")  # the transaction itself goes on
        return "gave way"
    return "went first"


def test_who_gives_way_in_a_part_goes_on_with_the_rest(postgres_store: Store):
    meet = Barrier(2)

    def work(locks: tuple[str, str]) -> str:
        with postgres_store.write() as tx:
            return in_turn(tx, locks, meet)

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(work, [("a", "b"), ("b", "a")])) == ["gave way", "went first"]


def test_who_gives_way_as_a_whole_is_told_to_begin_again(postgres_store: Store):
    meet = Barrier(2)

    def work(locks: tuple[str, str]) -> str:
        with postgres_store.write() as tx:
            tx.one_at_a_time(locks[0])
            meet.wait(10)
            tx.one_at_a_time(locks[1])
        return "went first"

    def told(locks: tuple[str, str]) -> str:
        try:
            return work(locks)
        except ChangedMeanwhileError:
            return "begins again"

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(told, [("a", "b"), ("b", "a")])) == ["begins again", "went first"]


@pytest.fixture
def postgres_store(store: Store) -> Store:
    """SQLite has one writer at a time, so nobody waits for each other there."""
    if store.engine.dialect.name != "postgresql":
        pytest.skip("one writer at a time")
    return store
