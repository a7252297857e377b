"""Registrations from the form's export: repeatable, all rows in one transaction or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from mailflow.letters import Slip
from mailflow.person import Field, Problem, Registration, check
from mailflow.person.fields import normalise
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
    """What an import did, by case number."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    billed: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unchanged: int = 0


def import_rows(
    store: Store, rules: Rules, rows: Iterable[Row], *, actor: str, now: datetime
) -> Imported:
    """Create, change or leave each case; a row imported before changes nothing."""
    report = Imported()
    with store.write() as tx:
        work = _Import(tx, rules, actor, now, report)
        for row in rows:
            work.row(row)
    return report


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

    def row(self, row: Row) -> None:
        data, problems = _read(row.texts)
        problems += row.doubts
        case_id = self._find(data)
        if case_id is None:
            self._create(data, row, problems)
            return
        case = cases.load(self._tx, case_id)
        case = self._slip(case, row)
        if cases.form_row_is_new(self._tx, case, data) and case.data != data:
            self._change(case, data, problems)
        else:
            self._report.unchanged += 1
        self._bill(cases.load(self._tx, case_id))

    def _find(self, data: Registration) -> str | None:
        found = cases.by_student(self._tx, data[Field.STUDENT_NO], campaign=self._rules.campaign.id)
        return found[0] if found else None

    def _create(self, data: Registration, row: Row, problems: tuple[str, ...]) -> None:
        campaign = self._rules.campaign
        is_late = row.submitted_at > campaign.register_until
        late = ("registration_after_deadline",) if is_late else ()
        known = () if campaign.exam(data[Field.EXAM]) else ("exam_not_in_campaign",)
        cause = Cause(actor=self._actor, why="import", source="form")
        doubts = problems + late + known
        case = self._work.register(data, cause=cause, problems=doubts)
        cases.form_row_is_new(self._tx, case, data)
        self._slip(case, row)
        self._report.created.append(case.number)
        if cases.load(self._tx, case.id).state is State.REGISTERED:
            self._report.held.append(case.number)

    def _slip(self, case: CaseView, row: Row) -> CaseView:
        if row.slip is None:
            return case
        due_on = row.slip.due_on or self._rules.campaign.pay_until.date()
        slip = Slip(
            amount=row.slip.amount, account=row.slip.account, bank=row.slip.bank, due_on=due_on
        )
        if case.slip is not None and case.slip != slip and case.state in _SLIP_IS_OUT:
            self._hold(case, Event.RESEND_SLIP, ("slip_changed_after_it_was_sent",))
            return case
        return cases.put_slip(self._tx, case, slip, now=self._now)

    def _change(self, case: CaseView, data: Registration, problems: tuple[str, ...]) -> None:
        """A changed row is a correction like any other; a changed address needs staff."""
        changes = {name: data[name] for name in Field if case.data[name] != data[name]}
        cause = Cause(actor=self._actor, why="import", source="form", changes=changes)
        reasons = problems
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
        for item in open_items(self._tx, case_id=case.id):
            if item.event == Event.BILL:
                close(
                    self._tx,
                    item.id,
                    verb="accept",
                    actor=self._actor,
                    why="slip imported",
                    now=self._now,
                )

    def _hold(
        self,
        case: CaseView,
        event: Event,
        reasons: tuple[str, ...],
        *,
        changes: Mapping[Field, str] | None = None,
    ) -> None:
        self._report.held.append(case.number)
        open_decision(
            self._tx,
            kind="case",
            reasons=reasons,
            event=event,
            case_id=case.id,
            proposal=proposal_of(changes or {}, reasons),
            key_id=case.key_id,
            now=self._now,
        )


_SLIP_IS_OUT = (State.BILLED, State.PAID, State.COMPLETE)


def _read(texts: Mapping[Field, str]) -> tuple[Registration, tuple[str, ...]]:
    """Normal forms where there are any; what has none stays as written and is named."""
    values: dict[Field, str] = {}
    for name, text in texts.items():
        value = normalise(name, text)
        values[name] = text.strip() if isinstance(value, Problem) else value
    data = Registration(values)
    return data, tuple(f"invalid:{problem.field}" for problem in check(data))
