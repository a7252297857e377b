"""Only the button of the letter with exactly these data confirms, once, for the right person."""

from collections.abc import Callable

import pytest
from servers.office import ANNE, BART, CRIS, EVA, FAYE, GINO, HANA, OFFICE, STRANGER
from stories.cast import Student
from stories.running import RunningOffice

from mailflow.desk import DeskError
from mailflow.mail import identity
from mailflow.workflow import State


def test_a_plain_reply_that_says_all_is_right_never_confirms(office: RunningOffice):
    """如資料無誤，請點撃信件內之「確認資料無誤」按鍵；"""
    anne = Student(office, ANNE)
    anne.replies(anne.is_asked(), "資料都正確")
    again = anne.gets("press_button")
    office.quiet()
    assert anne.case.state is State.ASKED
    assert len(anne.queue) == 1
    anne.presses(again)
    anne.gets("payment_slip")
    assert anne.queue == []  # nobody has to look at the plain reply any more


def test_who_answers_without_the_button_a_third_time_is_for_a_person(
    opened: Callable[..., RunningOffice],
):
    office = opened()  # of its own: days pass
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    for day in (1, 2, 3):
        anne.replies(letter, "資料都正確")
        office.until(lambda day=day: len(anne.queue) == day)
        anne.gets("press_button", count=min(day, 2))
        office.jump(days=1)
    office.quiet()
    assert anne.kinds().count("press_button") == 2
    assert "button_asked_for_twice" in anne.queue[-1]
    first, second = [one for one in anne.letters() if one.kind == "press_button"]
    assert "先前已經寫信" not in first.text
    assert "先前已經寫信" in second.text


def test_a_button_pressed_from_another_address_is_answered_to_the_registered_one(
    office: RunningOffice,
):
    bart = Student(office, BART)
    bart.presses(bart.is_asked(), sender=STRANGER)
    again = bart.gets("press_button")
    office.quiet()
    assert bart.case.state is State.ASKED
    assert Student(office, STRANGER).letters() == []
    bart.presses(again)
    bart.gets("payment_slip")


def test_the_button_of_an_earlier_letter_asks_again_with_todays_data(office: RunningOffice):
    cris = Student(office, CRIS)
    old = cris.is_asked()
    cris.replies(old, "電話改成 0900000333")
    cris.gets("data_changed")
    cris.presses(old)
    again = cris.gets("press_button")
    office.quiet()
    assert cris.case.state is State.ASKED
    assert "0900000333" in again.text
    cris.presses(again)
    cris.gets("payment_slip")


def test_pressed_twice_there_is_one_slip(office: RunningOffice):
    eva = Student(office, EVA)
    letter = eva.is_asked()
    for _ in range(2):
        eva.presses(letter)
    office.quiet()
    assert eva.kinds() == ["data_confirmation", "form_receipt", "payment_slip"]
    assert eva.queue == []


def test_one_mail_delivered_five_times_has_one_effect(office: RunningOffice):
    faye = Student(office, FAYE)
    message = faye.mail(faye.is_asked().reply_to, "Re: 資料")
    message.set_content("手機：0900000444")
    name = identity(faye.sends(message, times=5))
    office.quiet()
    states = sorted(mail.state for mail in office.mails() if mail.identity == name)
    assert states == ["applied"] + 4 * ["discarded"]
    assert faye.case.data_version == 2
    assert faye.kinds() == ["data_changed", "data_confirmation", "form_receipt"]


def test_words_beside_the_button_that_contradict_it_go_to_a_person(office: RunningOffice):
    gino = Student(office, GINO)
    gino.presses(gino.is_asked(), words="我已確認資料無誤\n\n等等，生日是錯的，應該是 2004-06-07")
    office.quiet()
    assert gino.case.state is State.ASKED
    assert gino.kinds().count("payment_slip") == 0


def test_the_token_in_the_text_of_a_mail_gives_no_right(office: RunningOffice):
    hana = Student(office, HANA)
    letter = hana.is_asked()
    hana.writes("Re: iPAS", f"我已確認資料無誤\n{letter.button}\n{letter.token}")
    hana.writes(f"Re: {hana.case.number}", f"確認 {letter.button_subject} {OFFICE}")
    office.quiet()
    assert hana.case.state is State.ASKED
    assert hana.kinds().count("payment_slip") == 0


def test_a_question_beside_the_button_still_waits_when_it_is_pressed_again(
    opened: Callable[..., RunningOffice],
):
    anne = Student(opened(), ANNE)
    letter = anne.is_asked()
    anne.presses(letter, words="我已確認資料無誤。請問考試可以帶計算機嗎？")
    item = anne.waits_for_staff("question")
    anne.presses(letter)
    anne.gets("payment_slip")
    assert anne.waits_for_staff("question") == item


def test_staff_cannot_confirm_data_that_changed_after_the_mail(
    opened: Callable[..., RunningOffice],
):
    office = opened()
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    anne.presses(letter, words="我已確認資料無誤。請問考試可以帶計算機嗎？")
    item = anne.waits_for_staff("question")
    anne.replies(letter, "手機：0900000444")
    anne.gets("data_changed")
    with pytest.raises(DeskError, match="changed since"):
        office.desk.accept(item.id, why="she has pressed it")
    assert anne.case.state is State.ASKED


def test_staff_cannot_confirm_by_a_button_of_data_that_are_no_more(
    opened: Callable[..., RunningOffice],
):
    office = opened()
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    anne.replies(letter, "手機：0900000444")
    anne.gets("data_changed")
    anne.presses(letter)
    item = anne.waits_for_staff("token_stale")
    with pytest.raises(DeskError, match="changed since"):
        office.desk.accept(item.id, why="she has pressed it")
    assert anne.case.state is State.ASKED
