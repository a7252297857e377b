"""Results and certificates: what the examiner's lists lead to. All of a list, or nothing of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from mailflow import saying
from mailflow.aftercare import (
    AftercareState,
    AfterEvent,
    AfterHold,
    KeptSubject,
    Mark,
    Outcome,
    Result,
    Sitting,
    judge,
)
from mailflow.aftercare.passing import kept_of
from mailflow.campaign import Exam
from mailflow.campaign.exams import same_name
from mailflow.desk.finding import Finder, NotFoundError, Person, case_by_number
from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.person import Field
from mailflow.store import aftercare
from mailflow.store.aftercare import Sat
from mailflow.store.afterwork import RETAKES, AfterWork, Told
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import close, open_decision, open_items
from mailflow.workflow import State

UNCLEAR = "result_unclear"
_EVENTS = {
    Outcome.PASSED: AfterEvent.PASS,
    Outcome.KEPT: AfterEvent.KEEP,
    Outcome.FAILED: AfterEvent.FAIL,
}
_REGISTERED = (State.PAID, State.COMPLETE)


class ResultRow(Protocol):
    """One person's marks in one exam, as a sheet gives them."""

    @property
    def number(self) -> int: ...
    @property
    def person(self) -> Person: ...
    @property
    def exam(self) -> str: ...
    @property
    def exam_on(self) -> date | None: ...
    @property
    def marks(self) -> tuple[Mark, ...]: ...


@dataclass(slots=True)
class ResultsReport:
    """What an import did, by case number. `unclear` wait for a person; `corrected` had another
    result before."""

    passed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    unchanged: int = 0


class _RowError(ValueError):
    """Why a row can't be taken in."""


def import_results(
    desk: Desk,
    rows: Iterable[ResultRow],
    *,
    exam_on: date | None = None,
    why: str = "",
    dry_run: bool = False,
) -> ResultsReport:
    """Judge every row and tell everybody; repeated, it changes nothing.

    `exam_on` is for rows and exams that don't say it. A result that differs from one told before
    needs `why`. Raises DeskError with every row that does not fit; then nothing is done.
    """
    report = ResultsReport()
    problems = []
    with changing(desk.store, dry_run=dry_run) as tx:
        finder = Finder(tx, campaign=desk.rules.campaign.id)
        work = _Import(tx, desk, report, why)
        for row in rows:
            try:
                case = finder.find(row.person, exam=row.exam)
                work.row(case, row, exam_on)
            except (NotFoundError, _RowError) as error:
                problems.append(f"第 {row.number} 列：{error}")
        if problems:
            raise DeskError("\n".join(problems))
    return report


class _Import:
    def __init__(self, tx: Transaction, desk: Desk, report: ResultsReport, why: str) -> None:
        self._tx = tx
        self._desk = desk
        self._report = report
        self._why = why.strip()
        self._work = AfterWork(tx, desk.rules, now=desk.now())
        self._seen: set[str] = set()

    def row(self, case: CaseView, row: ResultRow, exam_on: date | None) -> None:
        if case.number in self._seen:
            raise _RowError(f"{case.number} 在檔案中出現兩次")
        self._seen.add(case.number)
        if case.state not in _REGISTERED:
            raise _RowError(f"{case.number} 的報名沒有完成（{case.state}）")
        sat = self._judged(case, row, exam_on)
        before = aftercare.load(self._tx, case.id)
        is_told = before.state is not AftercareState.AWAITED
        if before.sat and _is_known(before.sat, sat, is_told=is_told):
            self._report.unchanged += 1
            return
        if is_told and not self._why:
            raise _RowError(f"{case.number} 的成績與先前通知的不同；要更正請加 --why")
        if sat.result.outcome is Outcome.UNCLEAR:
            if is_told:
                raise _RowError(f"{case.number} 的新成績無法判定（{sat.result.reasons[0]}）")
            self._ask_staff(case, sat)
            return
        cause = Cause(actor=self._desk.actor, why=self._why or "results")
        event = _EVENTS[sat.result.outcome]
        done = self._work.exam(case, event, cause=cause, told=Told(sat=sat))
        if isinstance(done, AfterHold):
            raise _RowError(f"{case.number} 不能再更改（{done.reason}）")
        getattr(self._report, sat.result.outcome.value).append(case.number)
        if is_told:
            self._report.corrected.append(case.number)
        _answered(self._tx, case, self._desk, why=self._why or "results imported again")

    def _judged(self, case: CaseView, row: ResultRow, exam_on: date | None) -> Sat:
        campaign = self._desk.rules.campaign
        exam = campaign.exam(case.data[Field.EXAM])
        if exam is None:
            raise _RowError(f"{case.number} 的鑑定項目不在這個梯次中")
        order = [subject.name for subject in exam.subjects]
        named = [_named(exam, case, mark) for mark in row.marks]
        marks = tuple(sorted(named, key=lambda mark: order.index(mark.subject)))
        kept = aftercare.kept_before(self._tx, case.person_id, exam=exam.name, besides=case.id)
        sitting = Sitting(
            exam=exam.name,
            subjects=_subjects(exam, case, marks, kept=kept),
            exam_on=self._past(case, row.exam_on or _day_of(exam) or exam_on or _unknown(case)),
            marks=marks,
        )
        missing = set(sitting.subjects) - {mark.subject for mark in marks}
        if missing and case.data[Field.RETAKE] != RETAKES:
            result = Result(Outcome.UNCLEAR, reasons=("subject_without_mark",))
        else:
            result = judge(sitting, campaign.rules_of(exam), kept=kept)
        return Sat(exam.name, sitting.exam_on, marks, result)

    def _past(self, case: CaseView, exam_on: date) -> date:
        """A kept subject's last day counts from it: a wrong year would be told to students."""
        opens_on, today = self._desk.rules.campaign.opens_on, self._desk.today()
        if not opens_on <= exam_on <= today:
            told = f"{case.number} 的考試日期 {exam_on} 不在 {opens_on} 到今天（{today}）之間"
            raise _RowError(f"{told}；請更正年月日")
        return exam_on

    def _ask_staff(self, case: CaseView, sat: Sat) -> None:
        """Keep the marks, and let a person say what they come to."""
        after = aftercare.load(self._tx, case.id)
        now = self._desk.now()
        aftercare.move(self._tx, case, after, state=after.state, now=now, sat=sat)
        self._report.unclear.append(case.number)
        _answered(self._tx, case, self._desk, why="results imported again")
        reasons = (UNCLEAR, *sat.result.reasons)
        open_decision(self._tx, kind="case", reasons=reasons, case_id=case.id, now=now)


def decide_result(desk: Desk, number: str, outcome: Outcome, *, why: str) -> str:
    """A person says what unclear marks come to; returns a line with the new state."""
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        after = aftercare.load(tx, case.id)
        if after.sat is None or outcome is Outcome.UNCLEAR or not why.strip():
            raise DeskError("needs marks that were imported, a result and a reason (--why)")
        sat = _decided(desk, after.sat, outcome)
        cause = Cause(actor=desk.actor, why=why)
        done = AfterWork(tx, desk.rules, now=desk.now()).exam(
            case, _EVENTS[outcome], cause=cause, told=Told(sat=sat)
        )
        if isinstance(done, AfterHold):
            raise DeskError(saying.not_possible(done.reason))
        _answered(tx, case, desk, why=why)
        return f"{case.number}={done.state}"


def _decided(desk: Desk, sat: Sat, outcome: Outcome) -> Sat:
    campaign = desk.rules.campaign
    exam = campaign.exam(sat.exam)
    rules = campaign.rules_of(exam) if exam else campaign.pass_rules
    sitting = Sitting(sat.exam, (), sat.exam_on, sat.marks)
    kept = kept_of(sitting, rules) if outcome is Outcome.KEPT else ()
    if outcome is Outcome.KEPT and not kept:
        raise DeskError(f"no subject reaches {rules.keep}: nothing can be kept")
    return replace(sat, result=Result(outcome, sat.result.average, kept))


def _answered(tx: Transaction, case: CaseView, desk: Desk, *, why: str) -> None:
    """The question about unclear marks needs nobody any more."""
    for item in open_items(tx, case_id=case.id):
        if UNCLEAR in item.reasons:
            close(tx, item.id, verb="accept", actor=desk.actor, why=why, now=desk.now())


def _is_known(before: Sat, sat: Sat, *, is_told: bool) -> bool:
    """The same marks, and nothing new about what they come to: a person's word outranks unclear."""
    if (before.exam_on, before.marks) != (sat.exam_on, sat.marks):
        return False
    if sat.result.outcome is Outcome.UNCLEAR:
        return is_told or before.result.outcome is Outcome.UNCLEAR
    same = (before.result.outcome, before.result.kept) == (sat.result.outcome, sat.result.kept)
    return same and is_told


def _named(exam: Exam, case: CaseView, mark: Mark) -> Mark:
    """The mark under the subject's name in the campaign."""
    for subject in exam.subjects:
        if same_name(subject.name, mark.subject):
            return replace(mark, subject=subject.name)
    raise _RowError(f"{case.number}：「{mark.subject}」不是「{exam.name}」的科目")


def _subjects(
    exam: Exam, case: CaseView, marks: Sequence[Mark], *, kept: Sequence[KeptSubject]
) -> tuple[str, ...]:
    """All that the exam asks of this person; of a retaker those marked now and those kept."""
    marked = {mark.subject for mark in marks}
    ways = [tuple(subject.name for subject in way) for way in exam.ways()]
    if case.data[Field.RETAKE] == RETAKES:
        have = marked | {one.subject for one in kept if one.exam == exam.name}
    else:
        chosen = exam.chosen(case.data[Field.SUBJECTS])
        if chosen:
            return tuple(one.name for one in chosen)
        have = marked
    fitting = [way for way in ways if marked <= set(way)]
    complete = [way for way in fitting if set(way) <= have]
    return next(iter(complete or fitting or ways))


def _day_of(exam: Exam) -> date | None:
    return exam.held_on[0] if len(exam.held_on) == 1 else None


def _unknown(case: CaseView) -> date:
    raise _RowError(f"{case.number} 的考試日期不明；請加上「日期」欄或 --exam-on")
