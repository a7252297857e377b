"""What staff are told every working morning, once, and nothing personal in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlmodel import select
from store.people import ANNE, BART, SLIP
from store.round import Round, at

from mailflow.config import Config
from mailflow.letters.digest import Call, Promise, Question, Trouble
from mailflow.person import Field
from mailflow.runners.digest import DailyDigest
from mailflow.store import cases
from mailflow.store.attention import digest_of
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_decision
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, State


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    """Wednesday 10 September, nine o'clock, in the week of registration."""
    return Round(store, rules)


def config(**staff: object) -> Config:
    server = {"host": "127.0.0.1", "port": 1, "security": "none"}
    return Config.model_validate(
        {
            "office": "office@example.edu.tw",
            "office_name": "研發處",
            "campaign": "campaign.toml",
            "imap": server,
            "smtp": server,
            "store": {"url": "sqlite:///x", "keys_file": "keys"},
            "staff": {"digest_to": "clerk@example.edu.tw"} | staff,
        }
    )


def morning(going: Round, now: datetime, **staff: object) -> None:
    """A daemon that was just started looks at its clock."""
    going.now = now
    DailyDigest(config(**staff), going.store, going.rules, now=lambda: now).step()


def digests(going: Round) -> list[str]:
    """The texts of all digests written so far."""
    with going.store.read() as tx:
        rows = tx.session.exec(select(Outbox).where(Outbox.letter == "staff_digest"))
        raws = [tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}") for row in rows]
    messages = [message_from_bytes(raw, policy=policy.default) for raw in raws]
    bodies = [message.get_body(("plain",)) for message in messages]
    return [body.get_content() for body in bodies if body]


def asks_something(going: Round, **more: object) -> str:
    with going.store.write() as tx:
        return open_decision(tx, kind="mail", reasons=("question",), now=going.now, **more)


def facts(going: Round, now: datetime):
    going.now = now
    with going.store.read() as tx:
        return digest_of(tx, going.rules.campaign, now=now)


# The letter


def test_one_digest_a_day_however_often_the_daemon_is_started(going: Round):
    asks_something(going)
    for minute in (0, 1, 30):
        morning(going, at(9, 11, 8, minute))
    assert len(digests(going)) == 1
    morning(going, at(9, 12, 8))
    assert len(digests(going)) == 2


def test_before_its_hour_there_is_none_and_after_a_downtime_it_comes_late(going: Round):
    asks_something(going)
    morning(going, at(9, 11, 7, 59))
    assert digests(going) == []
    morning(going, at(9, 11, 15))
    assert len(digests(going)) == 1


def test_nothing_on_a_day_off(going: Round):
    asks_something(going)
    for day in (13, 14):  # Saturday, Sunday
        morning(going, at(9, day, 8))
    morning(going, at(10, 6, 8))  # Mid-Autumn Festival, a Monday
    assert digests(going) == []


def test_nothing_on_a_day_that_the_office_closed(store: Store, rules: Rules):
    calendar = rules.campaign.calendar.model_copy(update={"closed": frozenset({date(2025, 9, 11)})})
    closed = replace(rules, campaign=rules.campaign.model_copy(update={"calendar": calendar}))
    going = Round(store, closed)
    asks_something(going)
    morning(going, at(9, 11, 8))
    assert digests(going) == []


def test_an_empty_day_says_nothing_or_says_so(going: Round):
    morning(going, at(9, 11, 8))
    assert digests(going) == []
    asks_something(going)
    morning(going, at(9, 11, 10))  # what opens since waits for tomorrow's
    assert digests(going) == []


def test_an_empty_day_says_so_where_the_office_wants_it(going: Round):
    morning(going, at(9, 11, 8), digest_when_empty=True)
    (text,) = digests(going)
    assert "今天沒有待處理的事項" in text


def test_nobody_gets_a_digest_unless_the_office_says_who(going: Round):
    asks_something(going)
    morning(going, at(9, 11, 8), digest_to="")
    assert digests(going) == []


def test_yesterdays_digest_is_not_sent_today(going: Round):
    asks_something(going)
    morning(going, at(9, 11, 8))
    going.now = at(9, 12, 8)
    assert going.sends() == []
    assert going.letters("staff_digest") == [("staff_digest", "held", "overtaken")]


def test_a_digest_names_cases_and_nothing_personal(going: Round):
    case = going.asked()
    asks_something(going, case_id=case.id)
    morning(going, at(9, 15, 8))
    (text,) = digests(going)
    assert case.number in text
    for name in (Field.NAME_ZH, Field.NATIONAL_ID, Field.STUDENT_NO, Field.PHONE, Field.EMAIL):
        assert ANNE[name] not in text


# What it says


def test_questions_by_reason_the_oldest_first(going: Round):
    anne, bart = going.asked(), going.asked(BART)
    asks_something(going, case_id=bart.id)
    going.now = at(9, 11)
    with going.store.write() as tx:
        reasons = ("amount_differs", "date_unclear")
        open_decision(tx, kind="mail", reasons=reasons, case_id=anne.id, now=going.now)
    asks_something(going, case_id=anne.id)
    asks_something(going)
    said = facts(going, at(9, 11, 12)).questions
    assert said == (
        Question("question", 3, date(2025, 9, 10), (bart.number, anne.number)),
        Question("amount_differs", 1, date(2025, 9, 11), (anne.number,)),
    )


def test_a_slip_promised_in_three_working_days_alarms_on_the_day_before(going: Round):
    case = going.asked()
    going.sends()
    going.happens(case, Event.CONFIRM)  # Wednesday 9/10, and no slip is there
    assert facts(going, at(9, 11, 8)).promises == ()
    promised = (Promise(date(2025, 9, 15), case.number, "payment_slip"),)  # Monday
    for day in (12, 15, 16):
        assert facts(going, at(9, day, 8)).promises == promised


def test_a_confirmation_letter_that_something_keeps_back_alarms(going: Round):
    with going.store.write() as tx:
        work = Casework(tx, going.rules, now=going.now)
        case = work.register(ANNE, cause=Cause("clerk"), problems=("doubtful",))
    promised = (Promise(date(2025, 9, 15), case.number, "data_confirmation"),)
    assert facts(going, at(9, 12, 8)).promises == promised


def test_a_letter_written_but_not_sent_is_a_promise_not_kept(going: Round):
    case = going.billed()
    promises = facts(going, at(9, 12, 8)).promises
    assert Promise(date(2025, 9, 15), case.number, "payment_slip") in promises
    going.sends()
    assert facts(going, at(9, 12, 8)).promises == ()


def test_a_question_unanswered_for_three_working_days_is_a_promise_too(going: Round):
    asks_something(going)
    assert facts(going, at(9, 11, 8)).promises == ()
    assert facts(going, at(9, 12, 8)).promises == (Promise(date(2025, 9, 15), "", "answer"),)


def test_promises_are_ordered_by_the_day_that_counts_for_the_student(going: Round):
    going.now = at(9, 18)  # promised by 9/23, but the money is due on Monday 9/22
    late = going.asked()
    going.sends()
    going.happens(late, Event.CONFIRM)
    going.now = at(9, 17)
    asks_something(going)  # by 9/22
    said = facts(going, at(9, 19, 8)).promises
    assert [(one.due_on.day, one.what) for one in said] == [(22, "answer"), (22, "payment_slip")]


def test_whom_to_call_bounces_always_and_the_silent_near_the_end(going: Round):
    silent, bouncing = going.asked(), going.asked(BART)
    with going.store.write() as tx:
        cases.mark_unreachable(tx, bouncing.id)
    call = Call(bouncing.number, "unreachable")
    assert facts(going, at(9, 11, 8)).calls == (call,)
    near = facts(going, at(9, 19, 8)).calls
    assert near == (Call(silent.number, "never_answered"), call)
    going.writes(silent, intent="auto_reply")
    assert facts(going, at(9, 19, 8)).calls == near
    going.writes(silent)
    assert facts(going, at(9, 19, 8)).calls == (call,)
    assert facts(going, at(9, 26, 8)).calls == (call,)


def test_trouble_of_the_daemon_and_letters_held(going: Round):
    going.compares()
    with going.store.write() as tx:
        open_decision(tx, kind="office", reasons=("relay_refuses_the_office",), now=going.now)
    said = facts(going, going.now + timedelta(hours=2))
    assert Trouble("relay_refuses_the_office", 1) in said.troubles
    assert Trouble("mailbox_not_compared", 1) in said.troubles
    assert not said.questions


def test_a_case_that_goes_on_by_itself_is_not_mentioned(going: Round):
    case = going.asked()
    with going.store.write() as tx:
        cases.put_slip(tx, case, SLIP, now=going.now)
    going.sends()
    assert going.happens(case, Event.CONFIRM).state is State.BILLED
    going.sends()
    assert facts(going, at(9, 16, 8)).is_empty
