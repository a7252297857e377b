"""A form that did not ask everything: nobody confirms or pays for data that are not there."""

from datetime import datetime, timedelta

import pytest
from desk.test_importing import (
    Importing,
    desk,
    letters,
    row,
    take_in,
    the_case,
    waiting,
)
from store.people import ANNE, SLIP

from mailflow.desk import Desk, DeskError
from mailflow.desk.card import load_card
from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.workflow import Event, Hold, State

__all__ = ["desk", "take_in"]

LACKING = ANNE.with_changes({Field.SEX: "", Field.ADDRESS: ""})
LATER = timedelta(hours=1)


def test_a_registration_without_sex_and_address_is_not_asked_about(
    store: Store, take_in: Importing, desk: Desk
):
    take_in(row(LACKING))
    (item,) = waiting(store)
    with pytest.raises(DeskError) as refused:
        desk.accept(item.id, why="looks fine")
    told = str(refused.value)
    assert "性別：讀到「（空白）」，請填寫「男」或「女」。" in told
    assert "通訊地址：讀到「（空白）」" in told
    assert "queue ask" in told
    assert the_case(store).state is State.REGISTERED
    assert letters(store) == []
    assert waiting(store) == [item]


def test_the_card_says_each_problem_with_the_numbers_masked(
    store: Store, take_in: Importing, desk: Desk
):
    take_in(row(LACKING.with_changes({Field.NATIONAL_ID: "A123456788"})))
    (item,) = waiting(store)
    card = load_card(desk, item.id)
    problems = [text for label, text in card.lines() if label == "資料問題"]
    assert [text.partition("：")[0] for text in problems] == [
        "身分證字號/居留證號",
        "性別",
        "通訊地址",
    ]
    assert "檢查碼不符" in problems[0]
    assert "「A*****6788」" in problems[0]
    assert "A123456788" not in str(card.facts())
    with pytest.raises(DeskError) as refused:
        desk.accept(item.id, why="looks fine")
    assert "A123456788" not in str(refused.value)


def test_the_student_is_written_to_and_the_correction_goes_on_by_itself(
    store: Store, take_in: Importing, desk: Desk
):
    take_in(row(LACKING))
    (item,) = waiting(store)
    desk.ask(item.id, why="not in the form", note="請補填性別與通訊地址。")
    take_in(row(ANNE, at=item.opened_at + LATER))
    assert the_case(store).state is State.ASKED
    assert [letter for letter, _ in letters(store)] == ["staff_note", "data_confirmation"]
    assert waiting(store) == []


def test_who_puts_only_half_of_it_right_waits_again(
    store: Store, take_in: Importing, desk: Desk, rules: Rules, now: datetime
):
    take_in(row(LACKING))
    (item,) = waiting(store)
    desk.ask(item.id, why="not in the form", note="請補填性別與通訊地址。")
    with store.write() as tx:
        cause = Cause("mailflow", changes={Field.SEX: "女"})
        case = cases.load(tx, the_case(store).id)
        Casework(tx, rules, now=now).happen(case, Event.CORRECT, cause=cause)
    assert the_case(store).state is State.REGISTERED
    (again,) = waiting(store)
    assert again.reasons == ("invalid:address",)
    assert [letter for letter, _ in letters(store)] == ["staff_note"]


def test_staff_may_not_empty_a_field_either(store: Store, take_in: Importing, desk: Desk):
    take_in(row())
    take_in(row(ANNE.with_changes({Field.ADDRESS: ""}), at=waiting_since(store) + LATER))
    (item,) = waiting(store)
    with pytest.raises(DeskError, match="通訊地址：讀到「（空白）」"):
        desk.accept(item.id, why="as the form says")
    assert the_case(store).data[Field.ADDRESS] == ANNE[Field.ADDRESS]


def waiting_since(store: Store) -> datetime:
    return the_case(store).created_at


def test_nobody_is_billed_while_a_field_is_empty(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        case = work.register(LACKING, cause=Cause("clerk"), problems=())
        cases.put_slip(tx, case, SLIP, now=now)
        case = cases.load(tx, case.id)
        work.happen(case, Event.CONFIRM, cause=Cause("mailflow"))
        case = cases.load(tx, case.id)
        assert case.state is State.CONFIRMED
        held = work.happen(case, Event.BILL, cause=Cause("clerk"))
    assert held == Hold("registration_incomplete")
    (item,) = waiting(store)
    assert (item.event, item.reasons) == ("bill", ("registration_incomplete",))
    assert [letter for letter, _ in letters(store)].count("payment_slip") == 0


def test_a_question_that_is_true_no_more_closes_itself(store: Store, take_in: Importing):
    wrong = LACKING.with_changes({Field.SUBJECTS: "機器學習概論"})
    take_in(row(wrong))
    (item,) = waiting(store)
    assert item.reasons == ("invalid:sex", "invalid:address", "subjects_do_not_fit_exam")
    take_in(row(ANNE, at=item.opened_at + LATER))
    assert waiting(store) == []
    assert the_case(store).state is State.ASKED
    assert [letter for letter, _ in letters(store)] == ["data_confirmation"]


def test_a_question_that_is_still_true_stays(store: Store, take_in: Importing):
    wrong = LACKING.with_changes({Field.SUBJECTS: "機器學習概論"})
    take_in(row(wrong))
    (item,) = waiting(store)
    right_but_subjects = ANNE.with_changes({Field.SUBJECTS: "機器學習概論"})
    take_in(row(right_but_subjects, at=item.opened_at + LATER))
    assert the_case(store).state is State.REGISTERED
    assert item.id in [one.id for one in waiting(store)]
