"""What time alone brings about: reminders, giving up, and what it must never do."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from servers.office import ANNE, BART, CRIS
from stories.cast import Student, needs_eyes
from stories.running import Dates, RunningOffice

from mailflow.campaign import Closure
from mailflow.campaign.files import CLOSURES, closures_toml
from mailflow.workflow import State

Opened = Callable[..., RunningOffice]


def test_who_does_not_answer_is_reminded_once_and_at_last_given_up(opened: Opened):
    """逾期未繳/未上傳繳費證明皆視為放棄報名。"""
    office = opened()
    anne, bart = Student(office, ANNE), Student(office, BART)
    anne.is_asked()
    bart.is_billed()
    office.jump(days=5, hours=1)  # the day before the last day
    assert anne.gets("reminder").button
    assert bart.account in bart.gets("reminder").text
    office.jump(minutes=30)
    office.jump(days=2)  # the last day is over
    anne.gets("abandoned")
    bart.gets("abandoned")
    office.quiet()
    assert anne.case.state is bart.case.state is State.ABANDONED
    assert anne.kinds().count("reminder") == bart.kinds().count("reminder") == 1


def test_a_typhoon_on_the_last_day_gives_everybody_another(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    anne.is_asked()
    last = office.rules.campaign.pay_until.date()
    closure = Closure(on=last, why="颱風")
    (office.folder / CLOSURES).write_text(closures_toml([closure]), encoding="utf-8")
    announced_end = office.rules.campaign.gives_up_at()
    office.clock.ahead = announced_end - datetime.now(UTC) + timedelta(hours=1)
    office.jump(minutes=1)
    time.sleep(0.5)
    assert anne.case.state is State.ASKED
    office.jump(days=7)
    anne.gets("abandoned")


def test_a_reminder_keeps_its_distance_from_other_letters(opened: Opened):
    office = opened(dates=Dates(register=0, pay=1))
    anne = Student(office, ANNE)
    anne.is_asked()  # today is the day of the reminder, but she was written to just now
    office.jump(hours=1)
    office.quiet()
    assert "reminder" not in anne.kinds()


def test_nobody_is_given_up_before_all_mail_is_read(opened: Opened):
    office = opened()
    anne, cris = Student(office, ANNE), Student(office, CRIS)
    letter = anne.is_asked()
    cris.is_asked()
    office.stop()
    anne.presses(letter)  # it lies in the mailbox while the office sleeps over the deadline
    office.clock.ahead = timedelta(days=8)
    office.start()
    anne.gets("payment_slip")
    office.jump(minutes=1)
    cris.gets("abandoned")
    office.quiet()
    assert anne.case.state is State.BILLED
    assert "abandoned" not in anne.kinds()


def test_a_mail_that_nobody_could_read_keeps_the_clock_waiting(opened: Opened):
    office = opened(settings={"imap": {"max_message_bytes": 20_000}})
    anne = Student(office, ANNE)
    letter = anne.is_asked()
    anne.replies(letter, "附上資料 " + "長" * 20_000)
    office.until(lambda: office.queue(reason="too_large"))
    office.jump(days=8)
    time.sleep(0.5)
    assert anne.case.state is State.ASKED
    office.desk.discard(office.queue(reason="too_large")[0].id, why="only chatter")
    office.jump(minutes=1)
    anne.gets("abandoned")


@needs_eyes
def test_a_proof_that_comes_after_giving_up_is_for_a_person(opened: Opened):
    """逾期未繳/未上傳繳費證明皆視為放棄報名。"""
    office = opened()
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    paid_in_time = office.clock.now()
    office.jump(days=8)
    anne.gets("abandoned")
    anne.replies(slip, "附上繳費證明", picture=anne.transfer(paid_at=paid_in_time))
    item = anne.waits_for_staff("proof_while_abandoned")
    office.quiet()
    assert item.receipt_id
    assert anne.case.state is State.ABANDONED
    assert "proof_accepted" not in anne.kinds()
    office.desk.accept(item.id, why="paid in time")
    anne.gets("proof_accepted")


def test_a_student_whose_mail_waits_for_staff_is_not_given_up_alone(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    anne.replies(anne.is_asked(), "請問可以晚一點繳嗎？我要問家人")
    anne.waits_for_staff()
    office.jump(days=8)
    item = anne.waits_for_staff("deadline_passed_while_office_was_late")
    office.jump(hours=1)
    office.quiet()
    assert len(anne.queue) == 2  # asked once, not every minute
    assert anne.case.state is State.ASKED
    office.desk.accept(item.id, why="asked and answered")
    anne.gets("abandoned")


@needs_eyes
def test_nobody_is_asked_any_more_whether_to_give_up_who_has_paid_since(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    paid_in_time = office.clock.now()
    anne.replies(slip, "請問可以晚一點繳嗎？我要問家人")
    question = anne.waits_for_staff()
    office.jump(days=8)
    anne.waits_for_staff("deadline_passed_while_office_was_late")
    anne.replies(slip, "附上繳費證明", picture=anne.transfer(paid_at=paid_in_time))
    anne.gets("proof_accepted")
    office.quiet()
    assert anne.queue == [question.reasons]
