"""What the money of one case adds up to, and what a person has to look at."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mailflow.campaign import load_campaign
from mailflow.settlement import Basis, Credit, Debt, Stage, judge, overdue_from

CAMPAIGN = load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")  # pay until 9/22
OWED = Debt(
    case="iPAS114-0001", stage=Stage.OWED, due=600, account="95821140000017",
    slip_on=date(2025, 9, 12),
)  # fmt: skip
CLAIMED = replace(OWED, stage=Stage.CLAIMED)
PAID = Credit(600, Basis.ACCOUNT, posted_on=date(2025, 9, 16))


def reasons(debt: Debt, *credits: Credit) -> tuple[str, ...]:
    return judge(replace(debt, credits=credits), CAMPAIGN).reasons


@pytest.mark.parametrize("debt", [OWED, CLAIMED])
def test_the_exact_sum_in_time_is_settled(debt: Debt):
    standing = judge(replace(debt, credits=(PAID,)), CAMPAIGN)
    assert (standing.settled, standing.credited) == (True, 600)


def test_no_money_is_no_standing():
    standing = judge(CLAIMED, CAMPAIGN)
    assert (standing.settled, standing.acceptable, standing.reasons) == (False, False, ())


@pytest.mark.parametrize(
    ("amounts", "reason", "acceptable"),
    [
        ((500,), "underpaid", False),
        ((610,), "overpaid", True),
        ((600, 600), "paid_twice", True),
        ((300, 300), "paid_in_parts", True),
        ((600, -600), "money_returned", False),
        ((600, 600, -600), "money_returned", True),
        ((-600,), "money_returned", False),
    ],
)
def test_every_other_sum_is_for_a_person(amounts: tuple[int, ...], reason: str, acceptable: bool):
    credits = tuple(replace(PAID, amount=amount) for amount in amounts)
    standing = judge(replace(OWED, credits=credits), CAMPAIGN)
    assert reason in standing.reasons
    assert (standing.settled, standing.acceptable) == (False, acceptable)


def test_two_halves_of_an_accepted_claim_are_settled():
    half = replace(PAID, amount=300)
    assert reasons(CLAIMED, half, half) == ()


@pytest.mark.parametrize(
    ("posted", "paid", "owed", "claimed"),
    [
        (date(2025, 9, 22), None, (), ()),
        (date(2025, 9, 23), None, ("posted_after_deadline",), ()),
        (date(2025, 10, 2), None, ("posted_after_deadline",), ()),  # 7 working days, 9/29 is off
        (date(2025, 10, 3), None, ("paid_after_deadline",), ("paid_after_deadline",)),
        (date(2025, 9, 30), date(2025, 9, 22), (), ()),
        (date(2025, 9, 24), date(2025, 9, 23), ("paid_after_deadline",), ("paid_after_deadline",)),
        (date(2024, 9, 16), None, ("paid_before_slip",), ("paid_before_slip",)),
    ],
)
def test_money_of_another_time(
    posted: date, paid: date | None, owed: tuple[str, ...], claimed: tuple[str, ...]
):
    credit = replace(PAID, posted_on=posted, paid_on=paid)
    assert reasons(OWED, credit) == owed
    assert reasons(CLAIMED, credit) == claimed


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        (Stage.NOT_BILLED, "paid_before_billing"),
        (Stage.GIVEN_UP, "paid_after_giving_up"),
        (Stage.ENDED, "paid_after_withdrawal"),
    ],
)
def test_money_for_a_case_that_does_not_wait_for_it(stage: Stage, reason: str):
    assert reasons(replace(OWED, stage=stage), PAID) == (reason,)


def test_money_to_a_void_slips_account_is_for_a_person():
    assert reasons(CLAIMED, replace(PAID, basis=Basis.VOID_ACCOUNT)) == ("paid_to_voided_slip",)


def test_money_without_a_slip_is_for_a_person():
    assert reasons(replace(OWED, due=None), PAID) == ("no_slip",)


def test_a_claim_without_money_is_listed_only_after_stores_had_their_time():
    """Friday 9/19 + 7 working days = 10/1, for Teachers' Day (9/29) is off; the next is 10/2."""
    assert overdue_from(date(2025, 9, 19), CAMPAIGN) == date(2025, 10, 2)
