"""Registrations after their exam: state, sealed result, certificate. The caller commits."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlmodel import col, select, update

from mailflow.aftercare import AftercareState, KeptSubject, Mark, Outcome, Result
from mailflow.store.after_tables import AftercareRow
from mailflow.store.cases import CaseView
from mailflow.store.database import ChangedMeanwhileError, Transaction, new_id
from mailflow.store.tables import Case
from mailflow.workflow import State


@dataclass(frozen=True, slots=True)
class Sat:
    """What is kept of one sitting: its marks and what they came to."""

    exam: str
    exam_on: date
    marks: tuple[Mark, ...]
    result: Result


@dataclass(frozen=True, slots=True)
class AfterView:
    """A registration after its exam, as it stands; `row_id` is '' before the first event."""

    row_id: str
    case_id: str
    state: AftercareState
    row_version: int
    sat: Sat | None = field(default=None, repr=False)
    certificate_on: date | None = None


def load(tx: Transaction, case_id: str) -> AfterView:
    """As it stands now; `awaited` when nothing has happened yet."""
    row = tx.session.exec(
        select(AftercareRow)
        .where(AftercareRow.case_id == case_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return AfterView("", case_id, AftercareState.AWAITED, 0)
    return _view(tx, row)


def _view(tx: Transaction, row: AftercareRow) -> AfterView:
    sat = None
    if row.result_sealed:
        plain = tx.vault.open(row.result_sealed, place=f"aftercare.result.{row.id}")
        sat = _sat(plain)
    return AfterView(
        row_id=row.id,
        case_id=row.case_id,
        state=AftercareState(row.state),
        row_version=row.row_version,
        sat=sat,
        certificate_on=row.certificate_on,
    )


def move(
    tx: Transaction,
    case: CaseView,
    after: AfterView,
    *,
    state: AftercareState,
    now: datetime,
    sat: Sat | None = None,
    certificate_on: date | None = None,
    is_gone: bool = False,
) -> AfterView:
    """Compare-and-set of the state, with what has become known; raises ChangedMeanwhileError.

    Where the certificate `is_gone`, its day was a mistake too.
    """
    row_id = after.row_id or _insert(tx, case, now)
    values: dict[str, object] = {"state": state, "changed_at": now}
    if sat:
        place = f"aftercare.result.{row_id}"
        values["result_sealed"] = tx.vault.seal(_plain(sat), key_id=case.key_id, place=place)
    if certificate_on or is_gone:
        values["certificate_on"] = certificate_on
    version = after.row_version or 1
    result = tx.session.exec(
        update(AftercareRow)
        .where(col(AftercareRow.id) == row_id, col(AftercareRow.row_version) == version)
        .values(row_version=version + 1, **values)
    )
    if result.rowcount != 1:
        raise ChangedMeanwhileError(case.number)
    return load(tx, case.id)


def _insert(tx: Transaction, case: CaseView, now: datetime) -> str:
    row = AftercareRow(
        id=new_id(),
        case_id=case.id,
        person_id=case.person_id,
        key_id=case.key_id,
        state=AftercareState.AWAITED,
        changed_at=now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row.id


def in_states(
    tx: Transaction, states: Iterable[AftercareState], *, campaign: str | None = None
) -> list[str]:
    """Case ids in these states, oldest case first; of every round without a campaign.

    Persons who were erased are left out: their cases are withdrawn, their results unreadable.
    """
    query = (
        select(AftercareRow.case_id)
        .join(Case, col(Case.id) == AftercareRow.case_id)
        .where(col(AftercareRow.state).in_(list(states)), Case.state != State.WITHDRAWN)
        .order_by(col(Case.number))
    )
    if campaign is not None:
        query = query.where(Case.campaign == campaign)
    return list(tx.session.exec(query))


def of_person(tx: Transaction, person_id: str, *, besides: str = "") -> list[AfterView]:
    """Everything that is known of a person's exams in all rounds, by the day of the exam."""
    query = (
        select(AftercareRow)
        .join(Case, col(Case.id) == AftercareRow.case_id)
        .where(
            AftercareRow.person_id == person_id,
            AftercareRow.case_id != besides,
            Case.state != State.WITHDRAWN,
        )
    )
    views = [_view(tx, row) for row in tx.session.exec(query)]
    return sorted((one for one in views if one.sat), key=_exam_day)


def _exam_day(one: AfterView) -> date:
    return one.sat.exam_on if one.sat else date.min


def kept_before(
    tx: Transaction, person_id: str, *, exam: str, besides: str
) -> tuple[KeptSubject, ...]:
    """A person's kept subjects of that exam from other registrations, expired ones too."""
    found: dict[tuple[str, str], KeptSubject] = {}
    for view in of_person(tx, person_id, besides=besides):
        if view.sat and view.state is AftercareState.KEPT:
            mine = (one for one in view.sat.result.kept if one.exam == exam)
            found |= {(one.exam, one.subject): one for one in mine}
    return tuple(found.values())


def _plain(sat: Sat) -> bytes:
    result = sat.result
    told = {
        "exam": sat.exam,
        "exam_on": sat.exam_on.isoformat(),
        "marks": [[mark.subject, str(mark.score), mark.absent] for mark in sat.marks],
        "outcome": result.outcome,
        "average": str(result.average) if result.average is not None else None,
        "kept": [
            [one.exam, one.subject, str(one.score), one.exam_on.isoformat(), one.until.isoformat()]
            for one in result.kept
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _sat(plain: bytes) -> Sat:
    told = json.loads(plain)
    kept = tuple(
        KeptSubject(exam, subject, Decimal(score), date.fromisoformat(on), date.fromisoformat(to))
        for exam, subject, score, on, to in told["kept"]
    )
    marks = (Mark(subject, Decimal(score), absent) for subject, score, absent in told["marks"])
    average = Fraction(told["average"]) if told["average"] else None
    return Sat(
        exam=told["exam"],
        exam_on=date.fromisoformat(told["exam_on"]),
        marks=tuple(marks),
        result=Result(Outcome(told["outcome"]), average, kept),
    )
