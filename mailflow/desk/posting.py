"""A file of the bank, posted in portions: no mail waits for a long one.

First the whole file goes into the ledger, for only beside all of it is a line known to be new.
Then what is certain is credited: everything that came for a case, and the judgement of its money,
in one transaction, so that no case is ever judged by half of the file. At last the rest is put
before staff.
What a portion does was thought out on a view of the store and is compared under the lock; what has
changed since is thought out again. Stopped anywhere, the same file goes on where it was: the
ledger tells which lines are missing, the credits tell which are open.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Protocol, TypeVar

from mailflow.desk.case_money import Settled
from mailflow.desk.settling import Settling, waiting_for_staff
from mailflow.settlement import CERTAIN, BankLine, Debt, Debts, Owners, certain
from mailflow.store import bank, cases, credits
from mailflow.store.bank import StoredLine
from mailflow.store.casework import Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.vault import SealError

_T = TypeVar("_T")
_LINES = 200  # for the ledger in one portion: a tenth of a second
_CASES = 8  # judged in one portion, with their letters
_QUESTIONS = 50  # to staff in one portion
_ATTEMPTS = 3
_PASSES = 8  # who changes faster than we think gets the rest in one piece


@dataclass(frozen=True, slots=True)
class _Task:
    """Lines that go together, and what was known of the cases that they touch."""

    lines: tuple[tuple[StoredLine, Owners], ...]
    known: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done next: `certain` lines first; only when there are none, questions to staff
    about lines and about the sums of cases (`look_again`). `unknown` lines are nobody's."""

    ids: Mapping[str, str]
    certain: tuple[_Task, ...] = ()
    questions: tuple[_Task, ...] = ()
    look_again: tuple[str, ...] = ()
    unknown: int = 0


class Posting:
    """One file on its way into the books; `report` grows with each portion."""

    def __init__(
        self, store: Store, rules: Rules, lines: Sequence[BankLine], *, name: str, until: date,
        actor: str, now: datetime,
    ) -> None:  # fmt: skip
        self.report = Settled(lines=len(lines))
        self._store = store
        self._rules = rules
        self._lines = lines
        self._name = name
        self._until = until
        self._actor = actor
        self._now = now

    def run(self) -> None:
        """Post the whole file; may be repeated at any time."""
        self._fill_ledger()
        for _ in range(_PASSES):
            plan = self._think()
            if plan.certain:
                self._do(plan, plan.certain, at_once=_CASES, what=_post)
                continue
            self.report.unknown, self.report.proposed = plan.unknown, 0
            for some in self._store.in_turns(_parts(plan.look_again, _CASES)):
                self._portion(partial(_look_again, case_ids=some))
            if self._do(plan, plan.questions, at_once=_QUESTIONS, what=_ask):
                return
        self.report.unknown, self.report.proposed = 0, 0
        self._portion(self._all_at_once)

    def _fill_ledger(self) -> None:
        """All lines of the file that the ledger lacks, before any is looked at."""
        for _ in self._store.in_turns(itertools.count()):
            if self._portion(self._add) < _LINES:
                return

    def _add(self, work: Settling, _: Transaction) -> int:
        added = work.add(self._lines, name=self._name, until=self._until, at_most=_LINES)
        if added < _LINES:
            work.note_added(self.report.added + added)
        return added

    def _all_at_once(self, work: Settling, _: Transaction) -> None:
        work.take_in(self._lines, name=self._name, until=self._until)

    def _portion(self, deed: Callable[[Settling, Transaction], _T]) -> _T:
        """One transaction's worth; begun again when somebody else came first."""
        for attempt in range(_ATTEMPTS, 0, -1):
            report = Settled(import_id=self.report.import_id)
            try:
                with self._store.write() as tx:
                    tx.one_at_a_time("settlement")
                    done = deed(self._settling(tx, report), tx)
            except ChangedMeanwhileError:
                if attempt == 1:
                    raise
                continue
            report.added_to(self.report)
            return done
        raise AssertionError("unreachable")

    def _settling(self, tx: Transaction, report: Settled) -> Settling:
        return Settling(tx, self._rules, actor=self._actor, now=self._now, report=report)

    def _think(self) -> _Plan:
        """What is to be done next, on a view of the store."""
        campaign = self._rules.campaign.id
        with self._store.read() as tx:
            found = credits.all_cases(tx, campaign)
            owed = credits.debts_of(tx, found, campaign=campaign)
            lines = bank.open_lines(tx, campaign)
            waiting = waiting_for_staff(tx, found)
        ids, known = {case.number: case.id for case in found}, {debt.case: debt for debt in owed}
        debts = Debts(owed)
        for by in CERTAIN:
            owners = certain([one.line for one in lines], debts, by)
            sure = [(one, whose) for one, whose in zip(lines, owners, strict=True) if whose]
            if sure:
                return _Plan(ids, certain=tuple(_by_case(sure, known)))
        told = [(one, debts.owners(one.line)) for one in lines if not one.dismissed]
        asked = tuple(_task([pair], known) for pair in told if pair[1].reasons)
        return _Plan(
            ids, questions=asked, look_again=tuple(waiting), unknown=len(told) - len(asked)
        )

    def _do(self, plan: _Plan, tasks: Sequence[_Task], *, at_once: int, what: "_Deed") -> bool:
        """Carry tasks out by portions; False when some have to be thought out again."""
        done = 0
        for some in self._store.in_turns(_parts(tasks, at_once)):
            done += self._portion(partial(what, tasks=some, ids=plan.ids))
        return done == len(tasks)


class _Deed(Protocol):
    """Does those of the tasks that are still as known; returns how many these are."""

    def __call__(
        self, work: Settling, tx: Transaction, /, *, tasks: Sequence[_Task], ids: Mapping[str, str]
    ) -> int: ...


def _post(
    work: Settling, tx: Transaction, *, tasks: Sequence[_Task], ids: Mapping[str, str]
) -> int:
    done = 0
    for task in tasks:
        if _is_as_known(tx, task, ids):
            work.post(task.lines, ids=ids)
            done += 1
    return done


def _ask(work: Settling, tx: Transaction, *, tasks: Sequence[_Task], ids: Mapping[str, str]) -> int:
    items, done = work.items_by_line(), 0
    for task in tasks:
        if _is_as_known(tx, task, ids):
            debts = Debts(task.known)
            for stored, owners in task.lines:
                work.propose(stored, owners, debts=debts, ids=ids, items=items)
            done += 1
    return done


def _look_again(work: Settling, _: Transaction, *, case_ids: Sequence[str]) -> None:
    work.look_again(case_ids)


def _by_case(
    sure: Sequence[tuple[StoredLine, Owners]], known: Mapping[str, Debt]
) -> Iterator[_Task]:
    """Everything that came for a case is one task; what is for several stands for itself."""
    together: dict[tuple[str, ...], list[tuple[StoredLine, Owners]]] = {}
    for stored, owners in sure:
        together.setdefault(tuple(share.case for share in owners.shares), []).append(
            (stored, owners)
        )
    for lines in together.values():
        yield _task(lines, known)


def _task(lines: Sequence[tuple[StoredLine, Owners]], known: Mapping[str, Debt]) -> _Task:
    touched = [name for _, owners in lines for name in _named(owners)]
    return _Task(tuple(lines), tuple(known[name] for name in dict.fromkeys(touched)))


def _named(owners: Owners) -> list[str]:
    return [*(share.case for share in owners.shares), *owners.candidates]


def _is_as_known(tx: Transaction, task: _Task, ids: Mapping[str, str]) -> bool:
    """Whether lines and cases are still what the task was thought out from."""
    if not all(bank.is_open(tx, stored.id) for stored, _ in task.lines):
        return False
    try:
        return all(
            credits.debt_of(tx, cases.load(tx, ids[debt.case])) == replace(debt, void_accounts=())
            for debt in task.known
        )
    except SealError:  # somebody was erased
        return False


def _parts(them: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(them), size):
        yield them[start : start + size]
