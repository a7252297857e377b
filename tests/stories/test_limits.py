"""Caps on what the machine does alone, and how staff let it go on."""

import time
from collections.abc import Callable

import pytest
from servers.office import ANNE, BART, CRIS, EVA, STRANGER
from stories.cast import Student, register
from stories.running import RunningOffice

from mailflow.desk import DeskError
from mailflow.workflow import State

Opened = Callable[..., RunningOffice]


def test_so_many_letters_a_day_to_one_person_and_the_next_waits(opened: Opened):
    office = opened(settings={"limits": {"answers_per_person_and_day": 3}})
    anne = Student(office, ANNE)
    first = anne.is_asked()
    anne.replies(first, "手機：0900000222")
    anne.gets("data_changed")
    anne.replies(first, "手機：0900000333")
    item = anne.waits_for_staff("too_many_letters_today")
    office.quiet()
    assert anne.kinds().count("data_changed") == 1
    office.desk.release(item.id, why="she may")
    anne.gets("data_changed", count=2)
    assert office.audit(item.id) == [("clerk", "release")]


def test_too_many_letters_in_an_hour_stop_all_until_staff_let_them_go(opened: Opened):
    office = opened(settings={"limits": {"letters_per_hour": 4}})
    people = [Student(office, address) for address in (ANNE, BART, CRIS)]
    register(*people)  # six letters
    item = office.until(lambda: office.queue(reason="too_many_letters_in_an_hour"))[0]
    assert sum(len(student.letters()) for student in people) == 4
    office.desk.release(item.id, why="registration week")
    office.quiet()
    office.until(lambda: sum(len(student.letters()) for student in people) == 6)
    assert office.queue(reason="too_many_letters_in_an_hour") == []


def test_the_stop_outlives_a_restart(opened: Opened):
    office = opened(settings={"limits": {"letters_per_hour": 1}})
    anne = Student(office, ANNE)
    anne.registers()  # two letters
    office.until(lambda: office.queue(reason="too_many_letters_in_an_hour"))
    office.stop()
    office.start()
    office.jump(hours=2)  # the hour is over, but nobody has looked
    time.sleep(0.5)
    assert len(anne.letters()) == 1
    assert len(office.queue(reason="too_many_letters_in_an_hour")) == 1


def test_strangers_are_answered_once_a_day_and_not_without_end(opened: Opened):
    office = opened(settings={"limits": {"strangers_per_day": 1}})
    stranger, eva = Student(office, STRANGER), Student(office, EVA)
    stranger.writes("報名", "我要報名 iPAS，怎麼報名？")
    stranger.gets("registration_form")
    stranger.writes("報名", "請問怎麼報名？")
    eva.writes("報名", "我要報名 iPAS，怎麼報名？")
    office.quiet()
    assert len(stranger.letters()) == 1
    assert eva.letters() == []


def test_two_mail_robots_do_not_write_to_each_other_for_ever(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    for number in range(12):  # a robot that does not say that it is one
        anne.replies(letter, f"資料都正確 ({number})")
    office.quiet()
    assert len(anne.letters()) <= 3


def test_a_mail_too_large_is_never_understood_by_its_headers(opened: Opened):
    office = opened(settings={"imap": {"max_message_bytes": 20_000}})
    anne = Student(office, ANNE)
    anne.presses(anne.is_asked(), words="資料是錯的，請不要確認。\n" * 1000)
    item = office.until(lambda: office.queue(reason="too_large"))[0]
    with pytest.raises(DeskError, match="too large"):
        office.desk.requeue(item.id, why="let us try")
    assert anne.case.state is State.ASKED
    assert [mail.state for mail in office.mails()] == ["held"]
