"""Registrations from the form's export: repeatable, all rows in one transaction or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.person import Field, Problem, Registration, check
from mailflow.person.fields import normalise
from mailflow.slips import Slip
from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.queue import close, open_decision, open_items, proposal_of
from mailflow.workflow import Event, Hold, State


class SlipColumns(Protocol):
    """What the export says of the slip."""

    @property
    def amount(self) -> int: ...
    @property
    def account(self) -> str: ...
    @property
    def bank(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


class Row(Protocol):
    """One row of the export: texts as written, by field."""

    @property
    def submitted_at(self) -> datetime: ...
    @property
    def texts(self) -> Mapping[Field, str]: ...
    @property
    def slip(self) -> SlipColumns | None: ...
    @property
    def doubts(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class Imported:
    """What an import did, by case number; `repeated` rows gave way to a newer one."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    billed: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0


@dataclass(slots=True)
class _Answer:
    """What one person says last; `first_at` is when they first said anything."""

    row: Row
    data: Registration
    problems: tuple[str, ...]
    first_at: datetime


def import_rows(
    store: Store, rules: Rules, rows: Iterable[Row], *, actor: str, now: datetime
) -> Imported:
    """Create, change or leave each case; a row imported before changes nothing."""
    report = Imported()
    answers = _newest(rows, report)
    with store.write() as tx:
        # All locks before any work, in one order: whoever holds one never waits for this import.
        for number in sorted({answer.data[Field.STUDENT_NO] for answer in answers}):
            tx.one_at_a_time(f"student {number}")
        work = _Import(tx, rules, actor, now, report)
        for answer in answers:
            work.answer(answer)
    return report


def _newest(rows: Iterable[Row], report: Imported) -> list[_Answer]:
    """The last word of each student; people who share a student number all keep theirs."""
    by_number: dict[str, list[_Answer]] = {}
    kept: list[_Answer] = []
    for row in rows:
        data, problems = _read(row.texts)
        answer = _Answer(row, data, problems + row.doubts, row.submitted_at)
        number = data[Field.STUDENT_NO].upper()
        same = by_number.setdefault(number, []) if number else []
        earlier = next((other for other in same if _same_person(other.data, data)), None)
        if earlier is None:
            same.append(answer)
            kept.append(answer)
            continue
        report.repeated += 1
        earlier.first_at = min(earlier.first_at, row.submitted_at)
        if row.submitted_at >= earlier.row.submitted_at:
            earlier.row, earlier.data, earlier.problems = row, data, answer.problems
    return kept


class _Import:
    def __init__(
        self, tx: Transaction, rules: Rules, actor: str, now: datetime, report: Imported
    ) -> None:
        self._tx = tx
        self._rules = rules
        self._work = Casework(tx, rules, now=now)
        self._actor = actor
        self._now = now
        self._report = report

    def answer(self, answer: _Answer) -> None:
        data = answer.data
        found, doubt = self._find(data)
        if found is None:
            self._create(answer)
            return
        if doubt:
            self._hold(found, "", (doubt,))
            return
        case = self._slip(found, answer.row)
        if cases.form_row_is_new(self._tx, case, data):
            self._close(case, why="form changed since", event=Event.CORRECT)
            self._change(case, data, answer.problems)
        else:
            self._report.unchanged += 1
        self._bill(cases.load(self._tx, case.id))

    def _find(self, data: Registration) -> tuple[CaseView | None, str]:
        """The case of this student, and why it may not be theirs."""
        number = data[Field.STUDENT_NO]
        ids = cases.by_student(self._tx, number, campaign=self._rules.campaign.id)
        found = [cases.load(self._tx, case_id) for case_id in ids]
        if not number:  # then the number tells nobody apart
            found = [case for case in found if self._is_theirs(case, data)]
        if not found:
            return None, ""
        if len(found) > 1:
            return found[0], "student_number_of_several_cases"
        theirs = self._is_theirs(found[0], data)
        return found[0], "" if theirs else "student_number_of_another_person"

    def _is_theirs(self, case: CaseView, data: Registration) -> bool:
        """By the data in force, or by the first: the form may not know of a correction."""
        if _same_person(case.data, data):
            return True
        return _same_person(cases.data_of_version(self._tx, case.id, 1), data)

    def _create(self, answer: _Answer) -> None:
        campaign = self._rules.campaign
        is_late = answer.first_at > campaign.register_until
        late = ("registration_after_deadline",) if is_late else ()
        known = () if campaign.exam(answer.data[Field.EXAM]) else ("exam_not_in_campaign",)
        cause = Cause(actor=self._actor, why="import", source="form")
        doubts = answer.problems + late + known
        case = self._work.register(answer.data, cause=cause, problems=doubts)
        cases.form_row_is_new(self._tx, case, answer.data)
        self._report.created.append(case.number)
        if case.state is State.REGISTERED:
            self._report.held.append(case.number)
        self._slip(case, answer.row)

    def _slip(self, case: CaseView, row: Row) -> CaseView:
        """Put what the export says is owed, or ask staff: never against a letter or the clock."""
        if row.slip is None or self._rules.campaign.slip.method is not SlipMethod.IMPORT_COLUMNS:
            return case
        campaign = self._rules.campaign
        announced = campaign.pay_until.astimezone(TAIPEI).date()
        own = campaign.with_deadline(case.pay_until).pay_until.astimezone(TAIPEI).date()
        slip = Slip(
            amount=row.slip.amount,
            account=row.slip.account,
            bank=row.slip.bank,
            due_on=row.slip.due_on or announced,
        )
        if campaign.counts_until(slip.due_on) != announced and slip.due_on != own:
            self._hold(case, "", (_OTHER_DUE,), slip=slip)
            return case
        if case.pay_until:  # staff named another day since the row was written
            slip = replace(slip, due_on=own)
        self._close(case, why="slip imported", reason=_OTHER_DUE)
        if case.slip is not None and case.slip != slip and case.state in _SLIP_IS_OUT:
            self._hold(case, Event.RESEND_SLIP, (_SLIP_CHANGED,), slip=slip)
            return case
        self._close(case, why="slip as sent", reason=_SLIP_CHANGED)
        return cases.put_slip(self._tx, case, slip, now=self._now)

    def _change(self, case: CaseView, data: Registration, problems: tuple[str, ...]) -> None:
        """A changed row is a correction like any other, as far as it says something new; a changed
        address, or two different corrections of one field, need staff."""
        said = cases.said_by_form(self._tx, case)
        changes = {
            name: data[name] for name in Field if data[name] not in (case.data[name], said[name])
        }
        if not changes:
            self._report.unchanged += 1
            return
        cause = Cause(actor=self._actor, why="import", source="form", changes=changes)
        reasons = problems
        if any(case.data[name] != said[name] for name in changes):
            reasons = (*reasons, "form_and_mail_disagree")
        if Field.EMAIL in changes:
            reasons = (*reasons, "change_of_address_needs_staff")
        if not reasons:
            step = self._work.happen(case, Event.CORRECT, cause=cause)
            if not isinstance(step, Hold):
                self._report.changed.append(case.number)
                return
            reasons = (step.reason,)
        self._hold(case, Event.CORRECT, reasons, changes=changes)

    def _bill(self, case: CaseView) -> None:
        """A slip that has come for a case that waited for it."""
        if case.state is not State.CONFIRMED or case.slip is None:
            return
        cause = Cause(actor=self._actor, why="import")
        step = self._work.happen(case, Event.BILL, cause=cause)
        if isinstance(step, Hold):
            return
        self._report.billed.append(case.number)
        self._close(case, why="slip imported", event=Event.BILL, verb="accept")

    def _close(
        self, case: CaseView, *, why: str, event: str = "", reason: str = "", verb: str = "discard"
    ) -> None:
        """Questions about the case that this import has answered; those of mails stay."""
        for item in open_items(self._tx, case_id=case.id):
            about = item.event == event if event else reason in item.reasons
            if item.kind == "case" and about:
                close(self._tx, item.id, verb=verb, actor=self._actor, why=why, now=self._now)

    def _hold(
        self,
        case: CaseView,
        event: str,
        reasons: tuple[str, ...],
        *,
        changes: Mapping[Field, str] | None = None,
        slip: Slip | None = None,
    ) -> None:
        """Ask staff once; a newer proposal about the same takes the place of an older one."""
        reasons = tuple(dict.fromkeys(reasons))
        proposal = proposal_of(changes or {}, reasons, slip=slip)
        for item in open_items(self._tx, case_id=case.id):
            if item.kind == "case" and item.reasons == reasons and item.proposal == proposal:
                return
        if slip:
            self._close(case, why="slip changed since", reason=_OTHER_DUE)
            self._close(case, why="slip changed since", reason=_SLIP_CHANGED)
        self._report.held.append(case.number)
        open_decision(
            self._tx,
            kind="case",
            reasons=reasons,
            event=event,
            case_id=case.id,
            proposal=proposal,
            key_id=case.key_id,
            now=self._now,
        )


_SLIP_IS_OUT = (State.BILLED, State.PAID, State.COMPLETE)
_OTHER_DUE = "due_differs_from_round"
_SLIP_CHANGED = "slip_changed_after_it_was_sent"


def _same_person(one: Registration, other: Registration) -> bool:
    """The same national ID or the same address: one of the two may have been mistyped."""
    return any(
        one[name] and one[name].casefold() == other[name].casefold()
        for name in (Field.NATIONAL_ID, Field.EMAIL)
    )


def _read(texts: Mapping[Field, str]) -> tuple[Registration, tuple[str, ...]]:
    """Normal forms where there are any; what has none stays as written and is named."""
    values: dict[Field, str] = {}
    for name, text in texts.items():
        value = normalise(name, text)
        values[name] = text.strip() if isinstance(value, Problem) else value
    data = Registration(values)
    return data, tuple(f"invalid:{problem.field}" for problem in check(data))
