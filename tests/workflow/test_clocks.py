"""What time alone brings about, and what it must not: the table of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.campaign import TAIPEI, Campaign, load_campaign
from mailflow.workflow import Event, Letter, State
from mailflow.workflow.clocks import Due, Say, Standing, due, is_of_today, last_look

# The announced day is Monday 9/22, the hidden grace one working day.
CAMPAIGN: Campaign = load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=TAIPEI).astimezone(UTC)


ANNE = Standing(
    state=State.BILLED,
    until=None,
    changed_at=at(9, 12),
    slip_at=at(9, 10),
    letter_at=at(9, 12),
    heard_at=at(9, 12, 8),
    questions=False,
    unsent=False,
)
REMIND = Due(Event.REMIND, "3d")


def test_before_the_first_reminder_day_nothing_is_due():
    assert due(ANNE, CAMPAIGN, now=at(9, 18, 23)) is None


def test_three_days_before_the_announced_day_she_is_reminded():
    assert due(ANNE, CAMPAIGN, now=at(9, 19, 0)) == REMIND


def test_only_the_latest_reminder_is_due_after_a_downtime():
    assert due(ANNE, CAMPAIGN, now=at(9, 21)) == Due(Event.REMIND, "1d")


def test_a_reminder_that_went_out_is_not_repeated():
    reminded = replace(ANNE, letter_at=at(9, 19))
    assert due(reminded, CAMPAIGN, now=at(9, 20)) is None
    assert due(reminded, CAMPAIGN, now=at(9, 21)) == Due(Event.REMIND, "1d")


@pytest.mark.parametrize("step", ["changed_at", "letter_at", "heard_at"])
def test_never_within_a_day_of_the_last_step_of_either_side(step: str):
    just_now = replace(ANNE, **{step: at(9, 18, 12)})
    assert due(just_now, CAMPAIGN, now=at(9, 19, 11)) is None
    assert due(just_now, CAMPAIGN, now=at(9, 19, 12)) == REMIND


@pytest.mark.parametrize("doubt", ["questions", "unsent", "inexact"])
def test_who_waits_for_the_office_is_not_reminded(doubt: str):
    assert due(replace(ANNE, **{doubt: True}), CAMPAIGN, now=at(9, 19)) is None


def test_between_the_announced_day_and_the_end_of_the_grace_nothing_is_due():
    assert due(ANNE, CAMPAIGN, now=at(9, 23, 1)) is None
    assert due(ANNE, CAMPAIGN, now=at(9, 23, 23)) is None


def test_after_the_grace_she_is_given_up():
    assert due(ANNE, CAMPAIGN, now=at(9, 24, 0)) == Due(Event.DEADLINE, "")


@pytest.mark.parametrize(
    "excuse",
    [{"questions": True}, {"unsent": True}, {"letter_at": at(9, 23)}, {"inexact": True}],
    ids=["her mail waits for staff", "our letter never left", "it came too late", "she has paid"],
)
def test_nobody_is_given_up_for_what_the_office_has_not_done(excuse: dict[str, object]):
    answer = due(replace(ANNE, **excuse), CAMPAIGN, now=at(9, 24))
    assert answer == Due(Event.DEADLINE, "", for_staff=True)


@pytest.mark.parametrize("state", [one for one in State if one not in (State.ASKED, State.BILLED)])
def test_the_clock_leaves_alone_who_need_not_do_anything(state: State):
    for now in (at(9, 19), at(9, 24), at(12, 1)):
        assert due(replace(ANNE, state=state), CAMPAIGN, now=now) is None


def test_a_deadline_of_her_own_has_its_own_reminders_and_end():
    own = replace(ANNE, until=datetime(2025, 10, 1, 23, 59, 59, tzinfo=TAIPEI))
    assert due(own, CAMPAIGN, now=at(9, 24)) is None
    assert due(own, CAMPAIGN, now=at(9, 28)) == Due(Event.REMIND, "3d-until-2025-10-01")
    assert due(own, CAMPAIGN, now=at(10, 2)) is None
    assert due(own, CAMPAIGN, now=at(10, 3, 0)) == Due(Event.DEADLINE, "until-2025-10-01")


def test_the_reminder_days_of_a_longer_list_each_have_their_turn():
    often = CAMPAIGN.model_copy(update={"reminder_days": (7, 5, 3, 1)})
    anne, reminded = ANNE, []
    for day in range(13, 23):
        answer = due(anne, often, now=at(9, day))
        if answer:
            reminded.append(answer.occasion)
            anne = replace(anne, letter_at=at(9, day))
    assert reminded == ["7d", "5d", "3d", "1d"]


# The last look, when the letter leaves

COMPOSED = at(9, 19, 0)
REMINDED = replace(ANNE, letter_at=COMPOSED)


def looked(it: Standing, letter: Letter = Letter.REMINDER, **how: object) -> Say:
    said = {"occasion": "3d", "composed_at": COMPOSED, "now": at(9, 19)} | how
    return last_look(letter, it, CAMPAIGN, **said)  # type: ignore[arg-type]


def test_a_reminder_that_is_still_true_leaves():
    assert looked(REMINDED) is Say.NOW


@pytest.mark.parametrize(
    "since",
    [
        {"state": State.PAID, "changed_at": at(9, 19, 8)},
        {"state": State.WITHDRAWN, "changed_at": at(9, 19, 8)},
        {"state": State.ABANDONED, "changed_at": at(9, 19, 8)},
        {"changed_at": at(9, 19, 8)},
        {"slip_at": at(9, 19, 8)},
        {"inexact": True},
    ],
    ids=["paid", "withdrawn", "abandoned", "confirmed or corrected", "another slip", "money came"],
)
def test_a_reminder_that_has_become_untrue_never_leaves(since: dict[str, object]):
    assert looked(replace(REMINDED, **since)) is Say.NEVER


@pytest.mark.parametrize(
    "now", [at(9, 21, 8), at(9, 23), at(9, 30)], ids=["a later one is due", "too late", "a week"]
)
def test_a_stale_reminder_never_leaves(now: datetime):
    assert looked(REMINDED, now=now) is Say.NEVER


@pytest.mark.parametrize(
    "since",
    [{"heard_at": at(9, 19, 8)}, {"questions": True}, {"letter_at": at(9, 19, 8)}],
    ids=["she has just written", "her mail waits for staff", "another letter went out"],
)
def test_a_reminder_waits_while_the_office_may_know_better_soon(since: dict[str, object]):
    assert looked(replace(REMINDED, **since)) is Say.LATER


GIVEN_UP = replace(ANNE, state=State.ABANDONED, changed_at=at(9, 24, 0), letter_at=at(9, 24, 0))
GIVING_UP = {"occasion": "", "composed_at": at(9, 24, 0), "now": at(9, 24, 8)}


def test_the_letter_of_giving_up_is_looked_at_too():
    abandoned = Letter.ABANDONED
    assert looked(GIVEN_UP, abandoned, **GIVING_UP) is Say.NOW
    asks = replace(GIVEN_UP, questions=True)
    assert looked(asks, abandoned, **GIVING_UP) is Say.LATER
    assert looked(asks, abandoned, **GIVING_UP | {"occasion": "item-of-staff"}) is Say.NOW
    back = replace(GIVEN_UP, state=State.BILLED, changed_at=at(9, 24, 7))
    assert looked(back, abandoned, **GIVING_UP) is Say.NEVER
    again = replace(GIVEN_UP, changed_at=at(9, 30))
    assert looked(again, abandoned, **GIVING_UP) is Say.NEVER


def test_the_letter_of_reinstatement_does_not_outlive_what_it_offers():
    how = {"occasion": "r7", "composed_at": at(9, 25), "now": at(9, 26)}
    back = replace(ANNE, changed_at=at(9, 25), slip_at=at(9, 25))
    assert looked(back, Letter.REINSTATED, **how) is Say.NOW
    for since in ({"changed_at": at(9, 25, 10)}, {"slip_at": at(9, 25, 10)}):
        assert looked(replace(back, **since), Letter.REINSTATED, **how) is Say.NEVER


def test_a_digest_speaks_of_its_own_day_only():
    morning = datetime.combine(date(2025, 9, 18), datetime.min.time(), TAIPEI) + timedelta(hours=8)
    assert is_of_today(morning, now=morning + timedelta(hours=15))
    assert not is_of_today(morning, now=morning + timedelta(hours=16))
