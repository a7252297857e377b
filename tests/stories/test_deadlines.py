"""A round with a daemon that was down, one that works in shadow, and words to staff."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy

from servers.office import ANNE, BART, CRIS, HANA
from stories.cast import Student
from stories.running import Dates, RunningOffice

from mailflow.campaign import TAIPEI
from mailflow.desk.reinstating import reinstate
from mailflow.desk.shadow import Which, listed, release
from mailflow.workflow import State

Opened = Callable[..., RunningOffice]

CLERK = HANA  # reads mail as well


def sleeps(office: RunningOffice, **how_long: float) -> None:
    """The daemon is down; time and mail go on."""
    office.clock.ahead += timedelta(**how_long)


def test_down_over_a_reminder_day(opened: Opened):
    """Two reminder days have come; one reminder is sent, and none to Bart, who has just pressed."""
    office = opened(dates=Dates(reminder_days=(3, 2)))
    anne, bart = Student(office, ANNE), Student(office, BART)
    anne.is_asked()
    letter = bart.is_asked()
    office.stop()
    bart.presses(letter)
    sleeps(office, days=4, hours=1)
    office.start()
    bart.gets("payment_slip")
    anne.gets("reminder")
    office.jump(minutes=30)
    office.quiet()
    assert anne.kinds().count("reminder") == 1
    assert "reminder" not in bart.kinds()


def test_down_over_the_deadline(opened: Opened):
    """Who pressed in time goes on; who did not is given up, without a reminder of the past."""
    office = opened(dates=Dates(reminder_days=(3, 1)))
    anne, cris = Student(office, ANNE), Student(office, CRIS)
    letter = anne.is_asked()
    cris.is_asked()
    office.jump(days=3, hours=1)
    cris.gets("reminder")
    anne.gets("reminder")
    office.stop()
    anne.presses(letter)
    sleeps(office, days=5)
    office.start()
    anne.gets("payment_slip")
    office.jump(minutes=1)
    cris.gets("abandoned")
    office.quiet()
    assert anne.case.state is State.BILLED
    assert cris.kinds().count("reminder") == 1


def test_down_over_both(opened: Opened):
    office = opened(dates=Dates(reminder_days=(3, 1)))
    anne = Student(office, ANNE)
    anne.is_asked()
    office.stop()
    sleeps(office, days=8)
    office.start()
    office.jump(minutes=1)
    anne.gets("abandoned")
    office.stop()
    office.start()
    office.jump(hours=1)
    office.quiet()
    assert anne.kinds() == ["abandoned", "data_confirmation", "form_receipt"]


def test_given_up_and_taken_up_again(opened: Opened):
    office = opened()
    anne = Student(office, ANNE)
    anne.is_asked()
    office.jump(days=8)
    anne.gets("abandoned")
    until = office.clock.now().astimezone(TAIPEI).date() + timedelta(days=5)
    reinstate(office.desk, anne.case.number, until=until, why="was in hospital")
    letter = anne.gets("reinstated")
    assert f"{until.month} 月 {until.day} 日" in letter.text
    office.jump(hours=1)
    office.quiet()
    assert anne.case.state is State.ASKED
    anne.presses(letter)
    slip = anne.gets("payment_slip")
    assert f"{until.month} 月 {until.day} 日" in slip.text
    office.jump(days=9)
    anne.gets("abandoned", count=2)


def test_in_shadow_nothing_is_sent_until_staff_release_it(opened: Opened):
    office = opened(settings={"shadow": True})
    anne = Student(office, ANNE)
    anne.registers()  # by another process, which knows nothing of the shadow
    office.until(lambda: len(listed(office.desk, Which())) == 2)
    assert anne.letters() == []
    release(office.desk, Which(case=anne.case.number), why="looks right")
    letter = anne.gets("data_confirmation")
    anne.presses(letter)
    office.until(lambda: [it.letter for it, _ in listed(office.desk, Which())] == ["payment_slip"])
    assert anne.case.state is State.BILLED
    assert "payment_slip" not in anne.kinds()
    release(office.desk, Which(kind="payment_slip"), why="looks right")
    anne.gets("payment_slip")


def test_staff_are_told_once_a_working_day_whatever_restarts(opened: Opened):
    office = opened(settings={"staff": {"digest_to": CLERK, "digest_at": 0}})
    anne = Student(office, ANNE)
    anne.replies(anne.is_asked(), "請問可以晚一點繳嗎？我要問家人")
    anne.waits_for_staff()
    _to_next_working_day(office)
    office.until(lambda: office.servers.mailbox_of(CLERK))
    office.stop()
    office.start()
    office.jump(minutes=1)
    office.quiet()
    (raw,) = office.servers.mailbox_of(CLERK)
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body
    assert anne.case.number in body.get_content()


def _to_next_working_day(office: RunningOffice) -> None:
    """A minute into the next working day, from wherever the clock stands."""
    local = office.clock.now().astimezone(TAIPEI)
    day: date = office.rules.campaign.working_days.add(local.date(), 1)
    begins = datetime.combine(day, datetime.min.time(), TAIPEI) + timedelta(minutes=1)
    office.jump(seconds=(begins - local).total_seconds())
