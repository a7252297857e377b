"""The form's export is taken in again and again, and says something new only when it does."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Event as Signal

import pytest
from sqlmodel import select
from store.people import ANNE, BART, SLIP

from mailflow.desk import Desk, DeskError
from mailflow.desk.importing import Imported, import_rows
from mailflow.letters import Slip
from mailflow.person import Field, Registration
from mailflow.store import cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.queue import Item, open_items
from mailflow.store.tables import Case, Outbox
from mailflow.workflow import Event, State

MONDAY = datetime(2025, 9, 8, 1, 0, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2025, 9, 18, 1, 0, tzinfo=UTC)
OTHER_SLIP = replace(SLIP, account="95821140000024")

Importing = Callable[..., Imported]


@dataclass(frozen=True)
class Row:
    submitted_at: datetime
    texts: Mapping[Field, str]
    slip: Slip | None = None
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


def row(data: Registration = ANNE, *, at: datetime = MONDAY, slip: Slip | None = None) -> Row:
    return Row(at, data.values, slip)


@pytest.fixture
def take_in(store: Store, rules: Rules, now: datetime) -> Importing:
    return lambda *rows: import_rows(store, rules, rows, actor="clerk", now=now)


@pytest.fixture
def desk(store: Store, rules: Rules, now: datetime) -> Desk:
    return Desk(store, rules, "clerk", lambda: now)


def all_cases(store: Store) -> list[CaseView]:
    with store.read() as tx:
        return [cases.load(tx, id) for id in tx.session.exec(select(Case.id).order_by(Case.number))]


def the_case(store: Store) -> CaseView:
    (case,) = all_cases(store)
    return case


def waiting(store: Store) -> list[Item]:
    with store.read() as tx:
        return open_items(tx)


def letters(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        query = select(Outbox.letter, Outbox.state).order_by(Outbox.id)
        return [(letter, state) for letter, state in tx.session.exec(query)]


def everything(store: Store) -> object:
    return all_cases(store), waiting(store), letters(store)


def is_billed(store: Store, rules: Rules, now: datetime) -> None:
    with store.write() as tx:
        (case_id,) = lookup.by_student(tx, ANNE[Field.STUDENT_NO], campaign=rules.campaign.id)
        work = Casework(tx, rules, now=now)
        work.happen(cases.load(tx, case_id), Event.CONFIRM, cause=Cause(actor="mailflow"))
        assert cases.load(tx, case_id).state is State.BILLED


@pytest.fixture
def billed(store: Store, rules: Rules, now: datetime, take_in: Importing) -> None:
    """Anne has confirmed and her slip is composed."""
    take_in(row(slip=SLIP))
    is_billed(store, rules, now)


# A slip that changes after it was sent.


@pytest.mark.usefixtures("billed")
def test_a_changed_slip_is_proposed_once_and_accepting_sends_the_new_one(
    store: Store, take_in: Importing, desk: Desk
):
    assert take_in(row(slip=OTHER_SLIP)).held == [the_case(store).number]
    before = everything(store)
    assert take_in(row(slip=OTHER_SLIP)).held == []
    assert everything(store) == before
    assert the_case(store).slip == SLIP
    (item,) = waiting(store)
    desk.accept(item.id, why="the bank gave new accounts")
    assert the_case(store).slip == OTHER_SLIP
    slips = [state for letter, state in letters(store) if letter == "payment_slip"]
    assert slips == ["held", "queued"]
    take_in(row(slip=OTHER_SLIP))
    assert waiting(store) == []


@pytest.mark.usefixtures("billed")
def test_a_changed_slip_with_another_amount_than_the_fee_is_not_sent(
    store: Store, take_in: Importing, desk: Desk
):
    take_in(row(slip=replace(SLIP, amount=601)))
    before = everything(store)
    (item,) = waiting(store)
    with pytest.raises(DeskError, match="slip_amount_differs_from_fee"):
        desk.accept(item.id, why="let us try")
    assert everything(store) == before


@pytest.mark.usefixtures("billed")
def test_only_the_latest_of_several_changed_slips_waits(store: Store, take_in: Importing):
    take_in(row(slip=replace(SLIP, account="95821140000031")))
    take_in(row(slip=OTHER_SLIP))
    assert len(waiting(store)) == 1
    take_in(row(slip=SLIP))
    assert waiting(store) == []


@pytest.mark.usefixtures("billed")
def test_a_slip_that_changed_after_the_payment_stays_as_it_was(
    store: Store, rules: Rules, take_in: Importing, desk: Desk, now: datetime
):
    take_in(row(slip=OTHER_SLIP))
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        case = cases.load(tx, the_case(store).id)
        work.happen(case, Event.PROOF, cause=Cause(actor="mailflow"))
    (item,) = waiting(store)
    with pytest.raises(DeskError, match="not possible now"):
        desk.accept(item.id, why="let us try")
    assert the_case(store).slip == SLIP


# The day until which it is to be paid.


def test_a_slip_that_is_due_another_day_than_the_round_waits_for_staff(
    store: Store, take_in: Importing, desk: Desk
):
    other_day = replace(SLIP, due_on=date(2025, 9, 26))
    take_in(row(slip=other_day))
    before = everything(store)
    take_in(row(slip=other_day))
    assert everything(store) == before
    assert the_case(store).slip is None
    (item,) = waiting(store)
    assert item.reasons == ("due_differs_from_round",)
    with pytest.raises(DeskError, match="nothing is proposed"):
        desk.accept(item.id, why="let us try")
    take_in(row(slip=SLIP))
    assert the_case(store).slip == SLIP
    assert waiting(store) == []


# More than one answer of one student.


def test_the_newest_answer_of_a_student_counts_and_the_file_may_come_again(
    store: Store, take_in: Importing
):
    newer = row(ANNE.with_changes({Field.PHONE: "0900000555"}), at=MONDAY + timedelta(hours=1))
    report = take_in(newer, row())
    assert (len(report.created), report.repeated) == (1, 1)
    assert the_case(store).data[Field.PHONE] == "0900000555"
    before = everything(store)
    again = take_in(newer, row())
    assert (again.created, again.changed, again.held, again.unchanged) == ([], [], [], 1)
    assert everything(store) == before


def test_of_two_answers_at_the_same_time_the_later_in_the_file_counts(
    store: Store, take_in: Importing
):
    take_in(row(), row(ANNE.with_changes({Field.PHONE: "0900000555"})))
    assert the_case(store).data[Field.PHONE] == "0900000555"


def test_a_newer_answer_takes_back_what_an_older_one_proposed(store: Store, take_in: Importing):
    take_in(row())
    take_in(row(ANNE.with_changes({Field.EMAIL: "anne.new@example.org"})))
    assert len(waiting(store)) == 1
    take_in(row())
    assert waiting(store) == []


def test_an_answer_edited_after_the_deadline_is_not_late(store: Store, take_in: Importing):
    take_in(row())
    changed = ANNE.with_changes({Field.PHONE: "0900000555"})
    take_in(row(changed, at=AFTER_THE_DEADLINE))
    assert the_case(store).data[Field.PHONE] == "0900000555"
    assert waiting(store) == []


def test_who_answered_in_time_and_again_too_late_is_not_late(store: Store, take_in: Importing):
    changed = ANNE.with_changes({Field.PHONE: "0900000555"})
    take_in(row(), row(changed, at=AFTER_THE_DEADLINE))
    assert the_case(store).state is State.ASKED


def test_who_answers_for_the_first_time_too_late_waits_for_staff(store: Store, take_in: Importing):
    """於9/17(三)前完成填寫報名表單"""
    take_in(row(at=AFTER_THE_DEADLINE))
    assert the_case(store).state is State.REGISTERED
    assert waiting(store)[0].reasons == ("registration_after_deadline",)


# A student number in two hands.


def test_nobody_gets_at_the_case_of_another_person_by_their_student_number(
    store: Store, take_in: Importing
):
    take_in(row(slip=SLIP))
    case = the_case(store)
    stranger = BART.with_changes({Field.STUDENT_NO: ANNE[Field.STUDENT_NO]})
    report = take_in(row(stranger, slip=OTHER_SLIP))
    assert (report.created, report.held) == ([], [case.number])
    assert the_case(store) == case
    (item,) = waiting(store)
    assert (item.case_id, item.event) == (case.id, "")
    assert item.reasons == ("student_number_of_another_person",)
    before = everything(store)
    take_in(row(stranger, slip=OTHER_SLIP))
    assert everything(store) == before


def test_two_people_with_one_student_number_in_one_file_both_stay_visible(
    store: Store, take_in: Importing
):
    stranger = BART.with_changes({Field.STUDENT_NO: ANNE[Field.STUDENT_NO]})
    report = take_in(row(), row(stranger, at=MONDAY + timedelta(hours=1)))
    assert report.repeated == 0
    assert the_case(store).data == ANNE
    assert [item.reasons for item in waiting(store)] == [("student_number_of_another_person",)]


def test_who_has_corrected_id_and_address_by_mail_is_still_the_same_person(
    store: Store, rules: Rules, take_in: Importing, now: datetime
):
    take_in(row())
    changes = {Field.NATIONAL_ID: "B123456780", Field.EMAIL: "anne.new@example.org"}
    with store.write() as tx:
        cause = Cause(actor="mailflow", changes=changes)
        case = cases.load(tx, the_case(store).id)
        Casework(tx, rules, now=now).happen(case, Event.CORRECT, cause=cause)
    take_in(row(slip=SLIP))
    assert the_case(store).slip == SLIP
    assert waiting(store) == []


def test_a_student_number_of_two_cases_is_for_staff(
    store: Store, rules: Rules, take_in: Importing, now: datetime
):
    with store.write() as tx:
        for _ in range(2):
            cases.create(
                tx, ANNE, campaign=rules.campaign.id, prefix="T", source="mail", created_at=now
            )
    before = all_cases(store)
    take_in(row(slip=SLIP))
    assert all_cases(store) == before
    assert [item.reasons for item in waiting(store)] == [("student_number_of_several_cases",)]


def test_who_left_the_student_number_out_is_not_taken_for_one_another(
    store: Store, take_in: Importing
):
    rows = [row(data.with_changes({Field.STUDENT_NO: ""})) for data in (ANNE, BART)]
    take_in(*rows)
    before = everything(store)
    assert len(all_cases(store)) == 2
    take_in(*rows)
    assert everything(store) == before


# Form and mail at once.


def test_a_registration_by_mail_during_an_import_makes_no_second_case(
    store: Store, rules: Rules, take_in: Importing, now: datetime
):
    registering, go_on = Signal(), Signal()

    def by_mail() -> None:
        with store.write() as tx:
            number = ANNE[Field.STUDENT_NO]
            tx.one_at_a_time(f"student {number}")
            assert not lookup.by_student(tx, number, campaign=rules.campaign.id)
            registering.set()
            go_on.wait(10)
            cause = Cause(actor="mailflow")
            Casework(tx, rules, now=now).register(ANNE, cause=cause, problems=())

    with ThreadPoolExecutor() as pool:
        mail = pool.submit(by_mail)
        assert registering.wait(10)
        form = pool.submit(take_in, row())
        with pytest.raises(TimeoutError):
            form.result(timeout=0.3)
        go_on.set()
        mail.result(10)
        assert form.result(10).created == []
    assert the_case(store).state is State.ASKED


# Corrections by mail, and in the form.


@pytest.fixture
def corrected_by_mail(store: Store, rules: Rules, now: datetime, take_in: Importing) -> None:
    """Anne's telephone number was put right by a mail of hers, and not in the form."""
    take_in(row())
    with store.write() as tx:
        cause = Cause(actor="mailflow", changes={Field.PHONE: "0900000222"})
        (case_id,) = lookup.by_student(tx, ANNE[Field.STUDENT_NO], campaign=rules.campaign.id)
        Casework(tx, rules, now=now).happen(cases.load(tx, case_id), Event.CORRECT, cause=cause)


@pytest.mark.usefixtures("corrected_by_mail")
def test_what_the_form_has_not_changed_is_not_changed_back(store: Store, take_in: Importing):
    number = the_case(store).number
    assert take_in(row(ANNE.with_changes({Field.DEPARTMENT: "化學工程與生物科技系"}))).changed == [
        number
    ]
    data = the_case(store).data
    assert (data[Field.PHONE], data[Field.DEPARTMENT]) == ("0900000222", "化學工程與生物科技系")
    assert waiting(store) == []


@pytest.mark.usefixtures("corrected_by_mail")
def test_a_mail_and_the_form_that_disagree_wait_for_staff(
    store: Store, take_in: Importing, desk: Desk
):
    number = the_case(store).number
    assert take_in(row(ANNE.with_changes({Field.PHONE: "0900000333"}))).held == [number]
    (item,) = waiting(store)
    assert item.reasons == ("form_and_mail_disagree",)
    assert the_case(store).data[Field.PHONE] == "0900000222"
    desk.accept(item.id, why="she called")
    assert the_case(store).data[Field.PHONE] == "0900000333"


@pytest.mark.usefixtures("corrected_by_mail")
def test_a_mail_and_the_form_that_agree_need_nobody(store: Store, take_in: Importing):
    assert take_in(row(ANNE.with_changes({Field.PHONE: "0900000222"}))).unchanged == 1
    assert waiting(store) == []


def test_an_answer_taken_in_before_postcodes_were_kept_is_no_correction(
    store: Store, rules: Rules, now: datetime, take_in: Importing
):
    """The same file again after an upgrade asks nobody to confirm again."""
    take_in(row())
    before = everything(store)
    written = ANNE.with_changes({Field.ADDRESS: f"106344 {ANNE[Field.ADDRESS]}"})
    assert take_in(row(written)).unchanged == 1
    assert everything(store) == before
