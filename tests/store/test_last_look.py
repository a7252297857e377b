"""Between composing and sending the world goes on: what time brought is looked at once more."""

import pytest
from sqlmodel import select
from store.people import SLIP
from store.round import Round, at

from mailflow.campaign import Campaign
from mailflow.store import cases, outbox
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.due import standing_of
from mailflow.store.queue import close, open_decision
from mailflow.store.tables import Inbox, InboxState, Outbox, OutboxState
from mailflow.workflow import Event, State
from mailflow.workflow.clocks import due


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


def reminded_at_night(going: Round):
    """Anne is billed; her reminder was composed in the night and waits for the morning."""
    case = going.billed()
    going.sends()
    going.now = at(9, 19, 0)
    going.happens(case, Event.REMIND, occasion="3d")
    going.now = at(9, 19, 8)
    going.compares()
    return case


def test_a_reminder_leaves_when_all_is_still_as_it_was(going: Round):
    reminded_at_night(going)
    assert going.sends() == ["reminder"]


def test_who_paid_in_the_night_is_not_reminded_in_the_morning(going: Round):
    case = reminded_at_night(going)
    assert going.happens(case, Event.PROOF).state is State.PAID
    assert going.sends() == ["proof_accepted"]
    assert going.letters("reminder") == [("reminder", "held", "overtaken")]


@pytest.mark.parametrize("event", [Event.WITHDRAW, Event.DEADLINE])
def test_who_has_left_is_not_reminded(going: Round, event: Event):
    case = reminded_at_night(going)
    going.happens(case, event)
    assert "reminder" not in going.sends()


def test_who_has_just_written_is_not_reminded_until_a_day_later(going: Round):
    case = reminded_at_night(going)
    going.writes(case)
    assert going.sends() == []
    assert going.letters("reminder") == [("reminder", "queued", "")]
    going.now = at(9, 20, 9)
    going.compares()
    assert going.sends() == ["reminder"]


def test_an_answering_machine_is_no_step_of_the_student(going: Round):
    case = reminded_at_night(going)
    going.writes(case, intent="auto_reply")
    assert going.sends() == ["reminder"]


def test_a_mail_that_nobody_has_read_yet_may_be_the_proof(going: Round):
    case = reminded_at_night(going)
    going.now = at(9, 18)
    going.writes(case, read=False)
    going.now = at(9, 19, 8)
    assert going.sends() == []


def test_a_letter_that_left_late_is_a_step_of_today(going: Round):
    """It was written days ago, and the relay took it this morning: no reminder behind it."""
    case = going.billed()
    going.now = at(9, 19, 8)
    going.sends()
    going.compares()
    with going.store.read() as tx:
        standing = standing_of(tx, going.load(case))
    assert due(standing, going.rules.campaign, now=at(9, 19, 9)) is None
    assert due(standing, going.rules.campaign, now=at(9, 21, 9)) is not None


def test_a_mail_that_nobody_understood_keeps_reminders_back_for_a_day_not_for_ever(going: Round):
    case = reminded_at_night(going)
    mail = going.writes(case)
    with going.store.write() as tx:
        row = tx.session.get_one(Inbox, mail)
        row.state, row.case_id, row.intent = InboxState.FAILED, None, ""
    assert going.sends() == []
    going.now = at(9, 20, 9)
    going.compares()
    assert going.sends() == ["reminder"]


def test_what_lay_in_the_mailbox_while_nobody_worked_is_read_first(going: Round):
    reminded_at_night(going)
    going.now = going.begun_at = at(9, 19, 8, 30)  # the daemon was started again
    assert going.sends() == []
    going.now = at(9, 19, 8, 40)
    going.compares()
    assert going.sends() == ["reminder"]


def test_a_mailbox_that_nobody_reaches_for_hours_keeps_reminders_here(going: Round):
    reminded_at_night(going)
    going.now = at(9, 19, 14)
    assert going.sends() == []


def test_who_waits_for_staff_is_not_reminded_until_they_have_decided(going: Round):
    case = reminded_at_night(going)
    with going.store.write() as tx:
        item = open_decision(tx, kind="mail", reasons=("question",), case_id=case.id, now=going.now)
    assert going.sends() == []
    with going.store.write() as tx:
        close(tx, item, verb="discard", actor="clerk", why="answered", now=going.now)
    going.now = at(9, 19, 9)
    going.compares()
    assert going.sends() == ["reminder"]


@pytest.mark.parametrize("day", [21, 23, 30])
def test_a_reminder_that_the_relay_put_off_for_days_is_stale(going: Round, day: int):
    reminded_at_night(going)
    going.now = at(9, day)
    going.compares()
    assert going.sends() == []
    assert going.letters("reminder") == [("reminder", "held", "overtaken")]


def test_two_reminders_that_waited_for_the_relay_leave_as_one(going: Round):
    case = reminded_at_night(going)
    going.now = at(9, 21, 8)
    going.compares()
    going.happens(case, Event.REMIND, occasion="1d")
    assert going.sends() == ["reminder"]
    assert sorted(state for _, state, _ in going.letters("reminder")) == ["held", "sent"]


def test_a_letter_not_tried_counts_for_neither_pace_nor_patience(going: Round):
    case = reminded_at_night(going)
    going.writes(case)
    going.sends()
    with going.store.read() as tx:
        row = tx.session.exec(select(Outbox).where(Outbox.letter == "reminder")).one()
        assert (row.attempts, row.attempted_at, row.lease_owner) == (0, None, "")


def given_up_at_midnight(going: Round):
    case = going.billed()
    going.sends()
    going.now = at(9, 24, 0)
    going.compares()
    going.happens(case, Event.DEADLINE)
    going.now = at(9, 24, 8)
    going.compares()
    return case


def test_giving_up_is_told_in_the_morning(going: Round):
    given_up_at_midnight(going)
    assert going.sends() == ["abandoned"]


def test_whose_proof_came_before_the_letter_left_gets_none_until_staff_have_looked(going: Round):
    case = given_up_at_midnight(going)
    with going.store.write() as tx:
        open_decision(
            tx, kind="mail", reasons=("proof_while_abandoned",), event=Event.PROOF,
            case_id=case.id, now=going.now,
        )  # fmt: skip
    assert going.sends() == []
    going.happens(case, Event.PROOF)
    assert going.sends() == ["proof_accepted"]
    assert going.letters("abandoned") == [("abandoned", "held", "overtaken")]


def test_who_presses_the_button_while_the_relay_stutters_is_not_reminded_of_it(going: Round):
    case = going.asked()
    with going.store.write() as tx:
        cases.put_slip(tx, case, SLIP, now=going.now)
    going.sends()
    going.now = at(9, 19, 0)
    going.happens(case, Event.REMIND, occasion="3d")
    going.now = at(9, 19, 8)
    going.compares()
    letter = going.claims()
    assert letter is not None
    assert letter.letter == "reminder"
    going.happens(case, Event.CONFIRM)  # while the relay is talking to us
    with going.store.write() as tx:
        outbox.conclude(tx, letter, OutboxState.DEFERRED, dsn="451", now=going.now)
    going.now = at(9, 19, 12)
    going.compares()
    assert going.sends() == ["payment_slip"]
    assert going.letters("reminder") == [("reminder", "held", "overtaken")]


def test_the_campaign_of_a_case_with_its_own_deadline(rules: Rules):
    campaign: Campaign = rules.campaign
    own = campaign.with_deadline(at(10, 3, 18))  # a Friday
    assert own.pay_until == at(10, 3, 18)
    assert own.reminder_on(3).isoformat() == "2025-09-30"
    assert own.gives_up_at().date().isoformat() == "2025-10-07"  # 10/6 is a day off
    assert campaign.with_deadline(None) is campaign
