"""Who registers for a retake by a form that does not ask for the subject kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from aftercare.after_office import AI, AfterOffice, next_round, rules_of
from sqlmodel import select

from mailflow.campaign import Campaign
from mailflow.person import Field, Registration
from mailflow.reading.corrections import find_fixes
from mailflow.reading.words import Words
from mailflow.store import lookup
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.form_import import Imported, import_rows
from mailflow.store.queue import open_decision, proposal_of
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, State

FIRST, SECOND = "人工智慧基礎概論", "生成式AI應用與規劃"


@dataclass(frozen=True)
class Answer:
    """One row of the form's export."""

    texts: Mapping[Field, str]
    submitted_at: datetime = datetime(2026, 3, 2, 2, tzinfo=UTC)
    slip: None = None
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


def retakes(office: AfterOffice, place: int, **changes: str) -> Registration:
    """The next spring: a form with the columns of everybody, and 補考單科：是."""
    return office.person(place, exam=AI, subjects=FIRST, retake="是", **changes)


def imported(office: AfterOffice, *forms: Registration) -> Imported:
    office.on(2026, 3, 3)
    rows = [Answer(dict(form.values)) for form in forms]
    return import_rows(office.store, office.rules, rows, actor="clerk", now=office.now)


def of_number(office: AfterOffice, report: Imported) -> CaseView:
    (number,) = report.created
    return office.case(number)


def kept(office: AfterOffice, place: int = 0, *scores: int) -> str:
    """Sat in November: the second subject is kept."""
    number = office.completes(place)
    office.on(2025, 11, 20)
    first, second = scores or (58, 82)
    office.told((number, first, second))
    office.rules = rules_of(next_round())
    return number


def kinds(office: AfterOffice, number: str) -> list[str]:
    with office.store.read() as tx:
        case_id = lookup.by_number(tx, number)
        query = select(Outbox.letter).where(Outbox.case_id == case_id).order_by(Outbox.id)
        return list(tx.session.exec(query))


def test_the_subject_that_our_own_results_kept_is_taken_from_there(office: AfterOffice):
    """單科70分以上，保留及格單科成績: the student confirms it with the rest of the data."""
    kept(office)
    case = of_number(office, imported(office, retakes(office, 0)))
    assert case.state is State.ASKED
    assert (case.data[Field.KEPT_SUBJECT], case.data[Field.KEPT_YEAR]) == (SECOND, "114")
    assert kinds(office, case.number) == ["form_receipt", "data_confirmation"]
    assert office.items(case.number) == []


def test_the_same_file_again_takes_nothing_back(office: AfterOffice):
    kept(office)
    form = retakes(office, 0)
    case = of_number(office, imported(office, form))
    assert imported(office, form).unchanged == 1
    edited = imported(office, form.with_changes({Field.PHONE: "0900000555"}))
    assert edited.changed == [case.number]
    assert office.case(case.number).data[Field.KEPT_SUBJECT] == SECOND


def test_what_was_corrected_since_stays_when_the_form_is_edited(office: AfterOffice):
    kept(office)
    form = retakes(office, 0)
    case = of_number(office, imported(office, form))
    with office.store.write() as tx:
        cause = Cause("clerk", source="staff", changes={Field.KEPT_YEAR: "113"})
        Casework(tx, office.rules, now=office.now).happen(case, Event.CORRECT, cause=cause)
    imported(office, form.with_changes({Field.PHONE: "0900000555"}))
    assert office.case(case.number).data[Field.KEPT_YEAR] == "113"
    assert office.items(case.number) == []


def test_who_sat_elsewhere_is_asked_which_subject_is_kept(office: AfterOffice):
    office.rules = rules_of(next_round())
    form = retakes(office, 1)
    case = of_number(office, imported(office, form))
    assert case.state is State.REGISTERED
    assert case.data[Field.KEPT_SUBJECT] == ""
    assert kinds(office, case.number) == ["retake_part"]
    (item,) = office.items(case.number)
    assert item.reasons == ("invalid:kept_subject", "invalid:kept_year")
    imported(office, form)
    assert kinds(office, case.number) == ["retake_part"]


def test_the_answer_makes_the_registration_whole(office: AfterOffice):
    """Staff see what was read; accepting it is all that is left to do."""
    office.rules = rules_of(next_round())
    case = of_number(office, imported(office, retakes(office, 1)))
    told = Words(f"老師您好\n已及格科目：{SECOND}\n及格年度：113\n謝謝")
    fixes = find_fixes(told, case.data.values, as_of=office.now.date())
    changes = {change.field: change.new or "" for change in fixes.changes}
    assert changes == {Field.KEPT_SUBJECT: SECOND, Field.KEPT_YEAR: "113"}
    with office.store.write() as tx:
        open_decision(
            tx,
            kind="mail",
            reasons=("field_needs_person",),
            event=Event.CORRECT,
            case_id=case.id,
            proposal=proposal_of(changes, ("field_needs_person",)),
            key_id=case.key_id,
            now=office.now,
        )
    (item,) = [item for item in office.items(case.number) if item.kind == "mail"]
    office.does().accept(item.id, why="she says so")
    assert office.case(case.number).state is State.ASKED
    assert office.case(case.number).data[Field.KEPT_SUBJECT] == SECOND
    assert kinds(office, case.number) == ["retake_part", "data_confirmation"]
    assert office.items(case.number) == []


@pytest.mark.parametrize("scores", [(82, 58), (40, 50)])
def test_results_that_do_not_fit_the_retake_settle_nothing(
    office: AfterOffice, scores: tuple[int, int]
):
    """What is retaken is what was kept, or nothing was kept."""
    kept(office, 0, *scores)
    case = of_number(office, imported(office, retakes(office, 0)))
    assert case.data[Field.KEPT_SUBJECT] == ""
    assert case.state is State.REGISTERED


def test_somebody_elses_result_settles_nothing(office: AfterOffice):
    kept(office, 0)
    case = of_number(office, imported(office, retakes(office, 1)))
    assert case.data[Field.KEPT_SUBJECT] == ""


def test_a_subject_that_has_expired_by_the_exam_settles_nothing(office: AfterOffice):
    """自應考日起三年: kept until 2028-11-08, and the exam is on the day after."""
    kept(office)
    office.rules = rules_of(_held_on(date(2028, 11, 9)))
    case = of_number(office, imported(office, retakes(office, 0)))
    assert case.data[Field.KEPT_SUBJECT] == ""


def test_what_the_student_wrote_is_not_overruled(office: AfterOffice):
    kept(office)
    form = retakes(office, 0, kept_subject=SECOND, kept_year="113")
    case = of_number(office, imported(office, form))
    assert case.data[Field.KEPT_YEAR] == "113"


def _held_on(day: date) -> Campaign:
    round_ = next_round()
    exams = tuple(exam.model_copy(update={"held_on": (day,)}) for exam in round_.exams)
    return round_.model_copy(update={"id": "115-9", "exams": exams})
