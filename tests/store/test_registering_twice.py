"""Who registers twice: by form or by mail, one rule tells whose registration it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from store.people import ANNE, BART

from mailflow.person import Field, Registration
from mailflow.store import cases, form_rows
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.form_import import Imported, import_rows
from mailflow.store.queue import Item, changes_in, open_items
from mailflow.store.registering import doubts_about, mail_again, misfit, owner_of
from mailflow.store.tables import Case
from mailflow.workflow import Event, Hold, State

MONDAY = datetime(2025, 9, 8, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2025, 9, 17, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    submitted_at: datetime
    texts: Mapping[Field, str]
    slip: None = None
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


def row(data: Registration, *, at: datetime = MONDAY) -> Row:
    return Row(at, dict(data.values))


TakeIn = Callable[..., Imported]


@pytest.fixture
def take_in(store: Store, rules: Rules, now: datetime) -> TakeIn:
    return lambda *rows: import_rows(store, rules, rows, actor="clerk", now=now)


@pytest.fixture
def by_mail(store: Store, rules: Rules, now: datetime) -> Callable[..., object]:
    """A correction that Anne sends by mail."""

    def correct(**changes: str) -> object:
        cause = Cause(actor="mailflow", changes={Field(n): v for n, v in changes.items()})
        with store.write() as tx:
            work = Casework(tx, rules, now=now)
            return work.happen(first(store), Event.CORRECT, cause=cause)

    return correct


def all_cases(store: Store) -> list[CaseView]:
    with store.read() as tx:
        ids = tx.session.exec(select(Case.id).order_by(Case.number))
        return [cases.load(tx, case_id) for case_id in ids]


def first(store: Store) -> CaseView:
    return all_cases(store)[0]


def waiting(store: Store) -> list[Item]:
    with store.read() as tx:
        return open_items(tx)


def answers(store: Store) -> list[Registration]:
    with store.read() as tx:
        return form_rows.answers(tx, first(store).id)


# Whose registration is it?


@pytest.mark.parametrize(
    ("changed", "theirs", "doubts"),
    [
        ({}, True, ()),
        ({Field.EMAIL: "anne2@example.org"}, True, ()),
        ({Field.NATIONAL_ID: "B123456780"}, True, ()),
        (
            {Field.NATIONAL_ID: "B123456780", Field.EMAIL: "anne2@example.org"},
            True,
            ("student_number_of_another_person",),
        ),
        ({Field.STUDENT_NO: "113590099"}, True, ()),
        (
            {Field.STUDENT_NO: "113590099", Field.EMAIL: "anne2@example.org"},
            False,
            ("identity_registered_twice",),
        ),
        (
            {Field.STUDENT_NO: "113590099", Field.NATIONAL_ID: "B123456780"},
            False,
            ("address_registered_twice",),
        ),
        (
            {
                Field.STUDENT_NO: "113590099",
                Field.NATIONAL_ID: "B123456780",
                Field.EMAIL: "bart@example.org",
            },
            False,
            (),
        ),
    ],
)
def test_number_identity_and_address_tell_whose_registration_it_is(
    store: Store,
    rules: Rules,
    take_in: TakeIn,
    changed: dict[Field, str],
    theirs: bool,
    doubts: tuple[str, ...],
):
    take_in(row(ANNE))
    with store.read() as tx:
        standing = owner_of(tx, ANNE.with_changes(changed), campaign=rules.campaign.id)
    assert (standing.case is not None) is theirs
    assert standing.doubts == doubts


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({Field.EMAIL: "new@example.org"}, "identity_registered_twice"),
        ({Field.NATIONAL_ID: "B123456780"}, "address_registered_twice"),
    ],
)
def test_one_person_under_two_addresses_waits_for_staff_and_both_are_kept(
    store: Store, take_in: TakeIn, changed: dict[Field, str], reason: str
):
    take_in(row(ANNE))
    take_in(row(ANNE), row(ANNE.with_changes({Field.STUDENT_NO: "113590099"} | changed)))
    anne, twin = all_cases(store)
    assert (anne.state, twin.state) == (State.ASKED, State.REGISTERED)
    assert [item.reasons for item in waiting(store)] == [(reason,)]


def test_an_identity_number_that_was_corrected_is_known_as_well(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    take_in(row(ANNE))
    by_mail(national_id="A123456798")
    twin = BART.with_changes({Field.NATIONAL_ID: "A123456798"})
    take_in(row(twin))
    assert [item.reasons for item in waiting(store)] == [("identity_registered_twice",)]


def test_nobody_becomes_somebody_else_by_a_correction(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    take_in(row(ANNE), row(BART))
    step = by_mail(national_id=BART[Field.NATIONAL_ID])
    assert isinstance(step, Hold)
    assert step.reason == "identity_of_another_case"


def test_a_student_number_that_was_corrected_in_the_form_makes_no_second_case(
    store: Store, take_in: TakeIn
):
    take_in(row(ANNE))
    take_in(row(ANNE.with_changes({Field.STUDENT_NO: "113590099"})))
    (anne,) = all_cases(store)
    assert anne.data[Field.STUDENT_NO] == "113590099"
    assert anne.state is State.ASKED


def test_the_later_of_two_registrations_counts_and_both_are_kept(store: Store, take_in: TakeIn):
    later = ANNE.with_changes({Field.PHONE: "0900000555"})
    take_in(row(later, at=MONDAY + timedelta(hours=1)), row(ANNE))
    assert first(store).data[Field.PHONE] == "0900000555"
    assert [said[Field.PHONE] for said in answers(store)] == ["0912345678", "0900000555"]


def test_every_edited_answer_is_kept(store: Store, take_in: TakeIn):
    for phone in ("0912345678", "0900000555", "0900000666", "0900000666", "0900000555"):
        take_in(row(ANNE.with_changes({Field.PHONE: phone})))
    said = [answer[Field.PHONE] for answer in answers(store)]
    assert said == ["0912345678", "0900000555", "0900000666", "0900000555"]


# In time, to the second.


@pytest.mark.parametrize(
    ("at", "late"), [(DEADLINE, False), (DEADLINE + timedelta(seconds=1), True)]
)
def test_the_deadline_counts_to_the_second(store: Store, take_in: TakeIn, at: datetime, late: bool):
    # guide: 本校團報截止: 9/17(三)
    # guide: 於9/17(三)前完成填寫報名表單
    # guide: 114年9月17日(三) 17:00截止
    take_in(row(ANNE, at=at))
    assert (first(store).state is State.REGISTERED) is late


def test_a_late_edit_of_a_registration_in_time_is_in_time(store: Store, take_in: TakeIn):
    take_in(row(ANNE, at=DEADLINE))
    take_in(row(ANNE.with_changes({Field.PHONE: "0900000555"}), at=DEADLINE + timedelta(days=1)))
    assert first(store).data[Field.PHONE] == "0900000555"
    assert waiting(store) == []


# The form and the mail.


def test_an_edit_of_the_form_takes_back_no_correction_by_mail(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    take_in(row(ANNE))
    by_mail(phone="0900000555")
    take_in(row(ANNE.with_changes({Field.EXAM_AREA: "高雄"})))
    anne = first(store)
    assert (anne.data[Field.PHONE], anne.data[Field.EXAM_AREA]) == ("0900000555", "高雄")
    assert waiting(store) == []


def test_who_corrects_by_mail_and_in_the_form_alike_has_done_both_steps(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    """如有錯誤資料，請回信告知，並至表單回條修改資料。"""
    take_in(row(ANNE))
    by_mail(phone="0900000555")
    report = take_in(row(ANNE.with_changes({Field.PHONE: "0900000555"})))
    assert (report.unchanged, report.changed) == (1, [])
    assert waiting(store) == []


def test_a_form_that_disagrees_with_the_mail_goes_before_staff(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    take_in(row(ANNE))
    by_mail(phone="0900000555")
    take_in(row(ANNE.with_changes({Field.PHONE: "0900000666"})))
    assert first(store).data[Field.PHONE] == "0900000555"
    (item,) = waiting(store)
    assert item.reasons == ("form_and_mail_disagree",)
    assert changes_in(item.proposal)[0] == {Field.PHONE: "0900000666"}


def test_a_mail_that_disagrees_with_an_edited_form_is_not_carried_out(
    store: Store, take_in: TakeIn, by_mail: Callable[..., object]
):
    take_in(row(ANNE))
    take_in(row(ANNE.with_changes({Field.PHONE: "0900000666"})))
    step = by_mail(phone="0900000555")
    assert isinstance(step, Hold)
    assert step.reason == "form_and_mail_disagree"
    assert first(store).data[Field.PHONE] == "0900000666"
    assert not isinstance(by_mail(exam_area="高雄"), Hold)


def test_what_waits_for_staff_is_not_forgotten_when_the_form_is_edited_again(
    store: Store, take_in: TakeIn
):
    take_in(row(ANNE))
    moved = ANNE.with_changes({Field.EMAIL: "anne2@example.org"})
    take_in(row(moved))
    take_in(row(moved.with_changes({Field.EXAM_AREA: "高雄"})))
    (item,) = waiting(store)
    assert changes_in(item.proposal)[0] == {
        Field.EMAIL: "anne2@example.org",
        Field.EXAM_AREA: "高雄",
    }
    take_in(row(ANNE.with_changes({Field.EXAM_AREA: "高雄"})))
    assert waiting(store) == []
    assert first(store).data[Field.EXAM_AREA] == "高雄"


def test_an_edit_after_the_confirmation_is_a_correction_like_any_other(
    store: Store, rules: Rules, take_in: TakeIn, now: datetime
):
    take_in(row(ANNE))
    with store.write() as tx:
        Casework(tx, rules, now=now).happen(
            first(store), Event.CONFIRM, cause=Cause(actor="mailflow")
        )
    assert first(store).state is State.CONFIRMED
    report = take_in(row(ANNE.with_changes({Field.PHONE: "0900000555"})))
    assert report.changed == [first(store).number]
    assert first(store).state is State.ASKED


# What the data themselves say.


def test_exam_and_subjects_must_be_a_way_to_register(rules: Rules, now: datetime):
    def doubts(**changed: str) -> tuple[str, ...]:
        data = ANNE.with_changes({Field(name): value for name, value in changed.items()})
        return doubts_about(data, rules.campaign, as_of=now)

    assert doubts() == ()
    assert doubts(exam="品牌企劃師 高級") == ("exam_not_in_campaign",)
    assert doubts(subjects="人工智慧基礎概論") == ("subjects_do_not_fit_exam",)
    part = {"kept_subject": "人工智慧基礎概論", "kept_year": "113"}
    once = {"retake": "是", "subjects": "生成式AI應用與規劃"}
    assert doubts(**once, **part) == ()
    assert doubts(**once) == ("invalid:kept_subject", "invalid:kept_year")
    assert doubts(**once, **part | {"kept_year": "110"}) == ("kept_subject_expired",)
    other = part | {"kept_subject": "物聯網技術概論"}
    assert doubts(**once, **other) == ("kept_subject_of_another_exam",)
    assert misfit(ANNE.with_changes({Field.RETAKE: "是"}), rules.campaign)


def test_a_second_form_by_mail_changes_nothing_grave_alone(
    store: Store, take_in: TakeIn, now: datetime
):
    take_in(row(ANNE))
    anne = first(store)
    same = mail_again(anne, ANNE, doubts=())
    assert (same.changes, same.reasons) == ({}, ())
    phone = mail_again(anne, ANNE.with_changes({Field.PHONE: "0900000555"}), doubts=())
    assert (phone.changes, phone.reasons) == ({Field.PHONE: "0900000555"}, ())
    exam = mail_again(anne, ANNE.with_changes({Field.EXAM: "AI應用規劃師 中級"}), doubts=())
    assert exam.reasons == ("field_needs_person",)
