"""Registrations from the form's export. The file is read as a whole or refused; its rows are then
taken in by portions, and an import that was stopped is repeated: what is in changes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.person import Field, Registration
from mailflow.slips import Slip
from mailflow.store import cases, form_rows
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.queue import changes_in, close, open_decision, open_items, proposal_of
from mailflow.store.registering import (
    FORM_AND_MAIL_DISAGREE,
    KEPT_PART_MISSING,
    Again,
    doubts_about,
    form_again,
    one_at_a_time,
    owner_of,
    read_texts,
    same_person,
    with_own_results,
)
from mailflow.workflow import Event, Hold, Letter, State

_PORTION = 16  # people: a fifth of a second, with their letters
_ATTEMPTS = 3


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
    @property
    def edit_link(self) -> str: ...


@dataclass(slots=True)
class Imported:
    """What an import did, by case number; `repeated` rows gave way to a newer one."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    billed: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0

    def added_to(self, whole: "Imported") -> None:
        """Count this portion with what was done before."""
        whole.created += self.created
        whole.changed += self.changed
        whole.billed += self.billed
        whole.held += self.held
        whole.unchanged += self.unchanged
        whole.repeated += self.repeated


@dataclass(slots=True)
class _Answer:
    """What one person says last; `earlier` is what they said before in the same file."""

    row: Row
    data: Registration
    earlier: list[tuple[datetime, Registration]] = field(default_factory=list)

    @property
    def first_at(self) -> datetime:
        """When they first said anything."""
        return min([self.row.submitted_at, *(at for at, _ in self.earlier)])


def import_rows(
    store: Store, rules: Rules, rows: Iterable[Row], *, actor: str, now: datetime
) -> Imported:
    """Create, change or leave each case; a row imported before changes nothing.

    A transaction for every few people, so that no mail waits for a long file.
    """
    report = Imported()
    for answers in store.in_turns(_portions(_newest(rows, report))):
        _take_in(store, rules, answers, actor=actor, now=now).added_to(report)
    return report


def _take_in(
    store: Store, rules: Rules, answers: Sequence[_Answer], *, actor: str, now: datetime
) -> Imported:
    """One portion; begun again when somebody else came first."""
    for attempt in range(_ATTEMPTS, 0, -1):
        try:
            with store.write() as tx:
                one_at_a_time(tx, *(answer.data for answer in answers))
                work = _Import(tx, rules, actor, now, Imported())
                for answer in answers:
                    work.answer(answer)
            return work.report
        except ChangedMeanwhileError:
            if attempt == 1:
                raise
    raise AssertionError("unreachable")


def _portions(answers: Sequence[_Answer]) -> Iterator[Sequence[_Answer]]:
    for start in range(0, len(answers), _PORTION):
        yield answers[start : start + _PORTION]


def _newest(rows: Iterable[Row], report: Imported) -> list[_Answer]:
    """The last word of each student; people who share a student number all keep theirs."""
    by_number: dict[str, list[_Answer]] = {}
    kept: list[_Answer] = []
    for row in rows:
        data = read_texts(row.texts, as_of=row.submitted_at)
        number = data[Field.STUDENT_NO].upper()
        same = by_number.setdefault(number, []) if number else []
        known = next((other for other in same if same_person(other.data, data)), None)
        if known is None:
            answer = _Answer(row, data)
            same.append(answer)
            kept.append(answer)
            continue
        report.repeated += 1
        if row.submitted_at >= known.row.submitted_at:
            known.earlier.append((known.row.submitted_at, known.data))
            known.row, known.data = row, data
        else:
            known.earlier.append((row.submitted_at, data))
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
        self.report = report

    def answer(self, answer: _Answer) -> None:
        owner = owner_of(self._tx, answer.data, campaign=self._rules.campaign.id)
        if owner.case is None:
            self._create(answer)
            return
        if owner.doubts:
            self._hold(owner.case, "", owner.doubts)
            return
        case = self._slip(owner.case, answer.row)
        case = cases.note_edit_link(self._tx, case, answer.row.edit_link)
        if cases.form_row_is_new(self._tx, case, answer.data):
            self._change(case, answer, before=self._keep(case, answer))
        else:
            self.report.unchanged += 1
        self._bill(cases.load(self._tx, case.id, known=case))

    def _whole(self, data: Registration) -> Registration:
        """What the form does not ask, from our own results where they settle it."""
        return with_own_results(self._tx, data, self._rules.campaign)

    def _doubts(self, data: Registration, row: Row) -> tuple[str, ...]:
        return (*doubts_about(data, self._rules.campaign, as_of=row.submitted_at), *row.doubts)

    def _create(self, answer: _Answer) -> None:
        is_late = answer.first_at > self._rules.campaign.register_until
        late = ("registration_after_deadline",) if is_late else ()
        cause = Cause(actor=self._actor, why="import", source="form")
        data = self._whole(answer.data)
        doubts = (*self._doubts(data, answer.row), *late)
        link = answer.row.edit_link
        case = self._work.register(data, cause=cause, problems=doubts, edit_link=link)
        if doubts and set(doubts) <= KEPT_PART_MISSING:
            self._work.send(Letter.RETAKE_PART, case, cause=cause)
        cases.form_row_is_new(self._tx, case, answer.data)
        self._keep(case, answer)
        self.report.created.append(case.number)
        if case.state is State.REGISTERED:
            self.report.held.append(case.number)
        self._slip(case, answer.row)

    def _keep(self, case: CaseView, answer: _Answer) -> Registration | None:
        """Note what was answered, earlier answers of the same file first; returns what the form
        said at its last import."""
        known = form_rows.answers(self._tx, case.id)
        said = [*sorted(answer.earlier, key=lambda one: one[0])]
        new = [(at, data) for at, data in said if data not in known]
        for at, data in [*new, (answer.row.submitted_at, answer.data)]:
            form_rows.note(self._tx, case, data, submitted_at=at, now=self._now)
        return known[-1] if known else None

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
        if case.slip is not None and case.slip != slip and case.state in _SLIP_IS_OUT:
            self._close(case, why="slip imported", reasons={_OTHER_DUE})
            self._hold(case, Event.RESEND_SLIP, (_SLIP_CHANGED,), slip=slip)
            return case
        self._close(case, why="slip imported", reasons=_ABOUT_SLIP)
        return cases.put_slip(self._tx, case, slip, now=self._now)

    def _change(self, case: CaseView, answer: _Answer, *, before: Registration | None) -> None:
        """A changed row is a correction like any other; a changed address needs staff."""
        data = self._whole(answer.data)
        pending = self._still_asked(case, data)
        self._close(case, why="form changed since", event=Event.CORRECT)
        if before:
            told = {name: case.data[name] for name in pending.changes}
            before = self._whole(before).with_changes(told)
        doubts = (*pending.reasons, *self._doubts(data, answer.row))
        again = form_again(case, data, before, doubts=doubts)
        if not again.changes:
            self.report.unchanged += 1
            return
        cause = Cause(actor=self._actor, why="import", source="form", changes=again.changes)
        reasons = again.reasons
        if not reasons:
            step = self._work.happen(case, Event.CORRECT, cause=cause)
            if not isinstance(step, Hold):
                self.report.changed.append(case.number)
                return
            reasons = (step.reason,)
        self._hold(case, Event.CORRECT, reasons, changes=again.changes)

    def _still_asked(self, case: CaseView, data: Registration) -> Again:
        """What an earlier answer proposed to staff and this one still says."""
        asked = Again()
        for item in open_items(self._tx, case_id=case.id):
            if item.kind == "case" and item.event == Event.CORRECT:
                changes, reasons = changes_in(item.proposal)
                open_still = {
                    name: value
                    for name, value in changes.items()
                    if data[name] == value != case.data[name]
                }
                if open_still:
                    kept = tuple(code for code in reasons if code == FORM_AND_MAIL_DISAGREE)
                    asked = Again(asked.changes | open_still, kept)
        return asked

    def _bill(self, case: CaseView) -> None:
        """A slip that has come for a case that waited for it."""
        if case.state is not State.CONFIRMED or case.slip is None:
            return
        cause = Cause(actor=self._actor, why="import")
        step = self._work.happen(case, Event.BILL, cause=cause)
        if isinstance(step, Hold):
            return
        self.report.billed.append(case.number)
        self._close(case, why="slip imported", event=Event.BILL, verb="accept")

    def _close(
        self,
        case: CaseView,
        *,
        why: str,
        event: str = "",
        reasons: Set[str] = frozenset(),
        verb: str = "discard",
    ) -> None:
        """Questions about the case that this import has answered; those of mails stay."""
        for item in open_items(self._tx, case_id=case.id):
            about = item.event == event if event else not reasons.isdisjoint(item.reasons)
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
            self._close(case, why="slip changed since", reasons=_ABOUT_SLIP)
        self.report.held.append(case.number)
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
_ABOUT_SLIP = frozenset({_OTHER_DUE, _SLIP_CHANGED})
