"""A long file is taken in by portions: others get their turn, and it may be repeated."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Thread
from typing import cast

import pytest
from sqlmodel import SQLModel, func, select
from store.people import ANNE

from mailflow.desk import posting
from mailflow.desk.bank_files import book_line, import_lines
from mailflow.desk.case_money import Settled
from mailflow.desk.importing import import_rows
from mailflow.person import Field
from mailflow.settlement import BankLine
from mailflow.slips import Slip
from mailflow.store import bank, cases
from mailflow.store.audit import record
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.credits import debt_of
from mailflow.store.database import Store
from mailflow.store.queue import open_items
from mailflow.store.tables import BankLineRow, Case, CreditRow, Outbox
from mailflow.workflow import Event, State

MANY = 48


@dataclass(frozen=True)
class Row:
    submitted_at: datetime
    texts: Mapping[Field, str]
    slip: None = None
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


class PowerCutError(Exception):
    """The machine stops."""


class PowerCut(tuple[str, ...]):
    """Doubts that nobody reads to their end."""

    def __iter__(self) -> Iterator[str]:
        raise PowerCutError


def student(number: int, now: datetime) -> Row:
    told = {
        Field.STUDENT_NO: f"113591{number:03d}",
        Field.EMAIL: f"t113591{number:03d}@student.example.edu.tw",
        Field.NATIONAL_ID: national_id(number),
    }
    return Row(now, {**ANNE.values, **told})


def national_id(number: int) -> str:
    """Invented, with the right check digit."""
    digits = f"10{1:01d}{number:07d}"
    weighed = zip(map(int, digits), (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)
    return f"A{digits[2:]}{-sum(digit * weight for digit, weight in weighed) % 10}"


def counted(store: Store, table: type[SQLModel]) -> int:
    with store.read() as tx:
        return tx.session.exec(select(func.count()).select_from(table)).one()


def test_an_import_that_was_stopped_is_repeated(store: Store, rules: Rules, now: datetime):
    rows = [student(number, now) for number in range(MANY)]
    stopped = [*rows[:40], replace(rows[40], doubts=PowerCut()), *rows[41:]]
    with pytest.raises(PowerCutError):
        import_rows(store, rules, stopped, actor="clerk", now=now)
    before = counted(store, Case)
    assert 0 < before < 40
    report = import_rows(store, rules, rows, actor="clerk", now=now)
    assert (report.unchanged, len(report.created), report.held) == (before, MANY - before, [])
    assert counted(store, Case) == MANY
    assert counted(store, Outbox) == 2 * MANY  # form_receipt and data_confirmation, once each


def test_others_write_while_a_long_file_is_taken_in(store: Store, rules: Rules, now: datetime):
    rows = [student(number, now) for number in range(MANY)]
    importing = Thread(
        target=import_rows, args=(store, rules, rows), kwargs={"actor": "clerk", "now": now}
    )
    importing.start()
    seen = set()
    while importing.is_alive():
        with store.write() as tx:
            record(tx, "turn", subject="mail", actor="mailflow", why="", now=now)
            seen.add(tx.session.exec(select(func.count()).select_from(Case)).one())
        importing.join(0.05)
    importing.join()
    assert seen - {0, MANY}


# The bank's file


ON = date(2025, 9, 10)


def billed(store: Store, rules: Rules, now: datetime, count: int) -> list[BankLine]:
    """So many students who owe; the lines with which each of them pays exactly."""
    import_rows(store, rules, [student(n, now) for n in range(count)], actor="clerk", now=now)
    lines = []
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        for number, case_id in enumerate(tx.session.exec(select(Case.id).order_by(Case.number))):
            slip = Slip(600, f"9582114000{number:04d}", "822", date(2025, 9, 22))
            cases.put_slip(tx, cases.load(tx, case_id), slip, now=now)
            work.happen(cases.load(tx, case_id), Event.CONFIRM, cause=Cause(actor="mailflow"))
            lines.append(BankLine(posted_on=ON, amount=600, account=slip.account))
    return lines


def settles(store: Store, rules: Rules, lines: Sequence[BankLine], now: datetime) -> Settled:
    return import_lines(store, rules, lines, name="九月.csv", actor="clerk", now=now)


def standings(store: Store) -> Counter[tuple[str, int, int]]:
    """How many cases stand how: state, money that was noted, money that was credited."""
    with store.read() as tx:
        found = [cases.load(tx, one) for one in tx.session.exec(select(Case.id))]
        return Counter((c.state, c.settled_amount, debt_of(tx, c).credited) for c in found)


class StoppedStore:
    """A store in which the machine stops at the beginning of a transaction, some day."""

    def __init__(self, store: Store, after: int) -> None:
        self._store, self._left = store, after

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def write(self) -> object:
        self._left -= 1
        if self._left < 0:
            raise PowerCutError
        return self._store.write()


def stopped_after(store: Store, transactions: int) -> Store:
    return cast(Store, StoppedStore(store, transactions))


@pytest.mark.parametrize("transactions", [1, 2, 3, 4])
def test_a_bank_file_that_was_stopped_goes_on_when_it_is_taken_in_again(
    store: Store, rules: Rules, now: datetime, transactions: int
):
    lines = billed(store, rules, now, 20)
    twice = [*lines, lines[0]]  # somebody has paid twice
    letters = counted(store, Outbox)
    with pytest.raises(PowerCutError):
        settles(stopped_after(store, transactions), rules, twice, now)
    for (_, noted, credited), _ in standings(store).items():
        assert noted == credited  # no case is judged by half of what was credited to it
    settles(store, rules, twice, now)
    assert standings(store) == {("paid", 600, 600): 19, ("billed", 1200, 1200): 1}
    assert counted(store, Outbox) == letters + 19
    assert counted(store, BankLineRow) == 21
    with store.read() as tx:
        assert [item.reasons for item in open_items(tx)] == [("paid_twice",)]
        assert [one.lines for one in bank.imports(tx, rules.campaign.id)] == [21]


def test_a_file_of_which_only_a_part_is_in_the_ledger_is_completed(
    store: Store, rules: Rules, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(posting, "_LINES", 8)
    lines = billed(store, rules, now, 20)
    with pytest.raises(PowerCutError):
        settles(stopped_after(store, 2), rules, lines, now)
    assert counted(store, BankLineRow) == 16
    again = settles(store, rules, lines, now)
    assert again.added == 4
    assert len(again.settled) == 20
    assert settles(store, rules, lines, now).added == 0


def test_mails_write_while_a_bank_file_is_posted(store: Store, rules: Rules, now: datetime):
    lines = billed(store, rules, now, MANY)
    posting_it = Thread(target=settles, args=(store, rules, lines, now))
    posting_it.start()
    seen = set()
    while posting_it.is_alive():
        with store.write() as tx:
            record(tx, "turn", subject="mail", actor="mailflow", why="", now=now)
            paid = select(func.count()).select_from(Case).where(Case.state == State.PAID)
            seen.add(tx.session.exec(paid).one())
        posting_it.join(0.05)
    posting_it.join()
    assert seen - {0, MANY}
    assert standings(store) == {("paid", 600, 600): MANY}


class Meanwhile(StoppedStore):
    """A store in which something happens before a portion's turn."""

    def __init__(self, store: Store, before: int, deed: Callable[[], None]) -> None:
        super().__init__(store, before)
        self._deed = deed

    def write(self) -> object:
        self._left -= 1
        if self._left == 0:
            self._deed()
        return self._store.write()


def test_what_a_student_does_meanwhile_is_thought_out_again(
    store: Store, rules: Rules, now: datetime
):
    """Between the thinking and the posting one of them withdraws: her money is for staff."""
    lines = billed(store, rules, now, 4)

    def withdraws() -> None:
        with store.write() as tx:
            (first, *_) = tx.session.exec(select(Case.id).order_by(Case.number))
            Casework(tx, rules, now=now).happen(
                cases.load(tx, first), Event.WITHDRAW, cause=Cause("clerk", why="asked")
            )

    meanwhile = cast(Store, Meanwhile(store, 2, withdraws))
    report = settles(meanwhile, rules, lines, now)
    assert len(report.settled) == 3
    assert standings(store) == {("paid", 600, 600): 3, ("withdrawn", 600, 600): 1}
    with store.read() as tx:
        assert [item.reasons for item in open_items(tx)] == [("paid_after_withdrawal",)]


def test_a_line_that_staff_book_meanwhile_counts_once(store: Store, rules: Rules, now: datetime):
    lines = billed(store, rules, now, 4)

    def books() -> None:
        with store.read() as tx:
            (first, *_) = bank.open_lines(tx, rules.campaign.id)
            second = tx.session.exec(select(Case.number).order_by(Case.number)).all()[1]
        book_line(store, rules, first.id, [second], actor="clerk", why="asked her", now=now)

    settles(cast(Store, Meanwhile(store, 2, books)), rules, lines, now)
    assert counted(store, CreditRow) == 4
    assert sum(standings(store).values()) == 4
    assert standings(store)["billed", 0, 0] == 1
