"""Paid in time, proof late: three times kept apart, and when the machine may say yes alone."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailflow.campaign import TAIPEI, Campaign, load_campaign
from mailflow.campaign.round import LateProof
from mailflow.receipts.times import Times, against_late_proof

STAFF: Campaign = load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")
LENIENT = STAFF.model_copy(update={"late_proof": LateProof(accept_if_paid_in_time_within_days=3)})
SENT = datetime(2025, 9, 24, 9, 0, tzinfo=TAIPEI)

# Paid on the last day, the proof came two days later.
PAID_IN_TIME = Times("2025-09-22T20:15", SENT, SENT + timedelta(minutes=2))


def test_without_a_word_of_the_campaign_a_late_proof_is_for_staff():
    assert against_late_proof(PAID_IN_TIME, STAFF) == "proof_late"


def test_the_campaign_may_let_the_machine_accept_what_was_paid_in_time():
    assert against_late_proof(PAID_IN_TIME, LENIENT) == ""
    assert against_late_proof(replace(PAID_IN_TIME, paid_at="2025-09-22"), LENIENT) == ""


@pytest.mark.parametrize("paid_at", ["2025-09-23T00:00", "2025-09-23"])
def test_a_payment_after_the_last_moment_is_late(paid_at: str):
    assert against_late_proof(replace(PAID_IN_TIME, paid_at=paid_at), LENIENT) == (
        "paid_after_deadline"
    )


def test_a_day_without_an_hour_is_not_sure_when_the_round_ends_at_noon():
    noon = datetime(2025, 9, 22, 12, 0, tzinfo=TAIPEI)
    ends_at_noon = LENIENT.model_copy(update={"announced_pay_until": noon})
    assert against_late_proof(replace(PAID_IN_TIME, paid_at="2025-09-22"), ends_at_noon) == (
        "proof_late_times_unsure"
    )
    assert against_late_proof(replace(PAID_IN_TIME, paid_at="2025-09-21"), ends_at_noon) == ""


@pytest.mark.parametrize(
    "unsure",
    [
        {"paid_at": ""},
        {"sent_at": None},
        {"arrived_at": None},
        {"sent_at": SENT - timedelta(days=2)},
        {"sent_at": SENT + timedelta(hours=1)},
        {"sent_at": SENT - timedelta(days=3), "arrived_at": SENT - timedelta(days=3)},
    ],
    ids=["not read", "no date", "no arrival", "long underway", "from the future", "before paying"],
)
def test_one_unsure_time_is_enough_for_staff(unsure: dict[str, object]):
    assert against_late_proof(replace(PAID_IN_TIME, **unsure), LENIENT) == (
        "proof_late_times_unsure"
    )


def test_our_own_mail_host_must_not_say_another_hour():
    agrees, differs = SENT + timedelta(minutes=1), SENT + timedelta(hours=3)
    assert against_late_proof(PAID_IN_TIME, LENIENT, received_at=agrees) == ""
    assert against_late_proof(PAID_IN_TIME, LENIENT, received_at=differs) == (
        "proof_late_times_unsure"
    )


def test_after_the_days_that_the_campaign_names_it_is_for_staff():
    later = timedelta(days=2)
    too_late = replace(PAID_IN_TIME, sent_at=SENT + later, arrived_at=SENT + later)
    assert against_late_proof(too_late, LENIENT) == "proof_too_late"
