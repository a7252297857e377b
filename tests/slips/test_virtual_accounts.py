"""Each bank's virtual accounts: the published vectors, and no two cases with one account."""

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.campaign.slip_settings import AccountRule, Bank, SlipMethod, SlipSettings
from mailflow.slips import SlipError, make_slip
from mailflow.slips.accounts import check_digit, misfit, virtual_account

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "slips.json").read_text("utf-8"))
RULES = {"007": "first", "822": "ctbc", "812": "taishin", "808": "esun", "809": "kgi"}
DUE = date(2025, 9, 22)


def bank(rule: str = "ctbc", **more: Any) -> Bank:
    code = next(code for code, name in RULES.items() if name == rule)
    corp = "9999" if rule == "kgi" else "99999"
    return Bank(**{"code": code, "rule": rule, "corp_code": corp} | more)


def made_by(bank: Bank) -> SlipSettings:
    return SlipSettings(method=SlipMethod.MADE, bank=bank)


@pytest.mark.parametrize("told", VECTORS["accounts"], ids=lambda told: told["account"])
def test_the_published_accounts_come_out(told: dict[str, Any]):
    rule = RULES[told["bank_code"]]
    base = told.get("base", "")
    serial = base[9:] or f"{told['serial']:06d}"
    due_on = date.fromisoformat(told["due"])
    own = bank(rule, corp_code=base[:5] or told["corp"])
    made = virtual_account(own, serial, amount=told["amount"], due_on=due_on)
    assert made == told["account"]
    assert misfit(own, made, amount=told["amount"], due_on=due_on) is None


def test_the_published_account_of_kgi_has_its_check_digit():
    assert check_digit(AccountRule.KGI, VECTORS["kgi"][:-1], amount=600) == VECTORS["kgi"][-1]


@pytest.mark.parametrize("told", VECTORS["invalid_accounts"], ids=lambda told: told["why"])
def test_an_account_with_a_wrong_check_digit_is_told(told: dict[str, Any]):
    own = bank(RULES[told["bank_code"]])
    due_on = date.fromisoformat(told["due"])
    found = misfit(own, told["account"], amount=told["amount"], due_on=due_on)
    assert found == "account_check_digit_differs"


@pytest.mark.parametrize(
    ("rule", "name"), [("first", "first_bank"), ("ctbc", "ctbc"), ("taishin", "taishin")]
)
def test_some_other_amounts_have_the_check_digit_of_600(rule: str, name: str):
    """The check digit alone never proves the amount."""
    base = virtual_account(bank(rule), "000001", amount=600, due_on=DUE)[:-1]
    want = check_digit(AccountRule(rule), base, amount=600)
    for amount in VECTORS["amounts_sharing_a_check_digit_with_600"][name]:
        assert check_digit(AccountRule(rule), base, amount=amount) == want


def test_what_else_may_be_wrong_with_an_account():
    own = bank()
    right = virtual_account(own, "000007", amount=600, due_on=DUE)
    other_payee = virtual_account(bank(corp_code="88888"), "000007", amount=600, due_on=DUE)
    other_day = virtual_account(own, "000007", amount=600, due_on=date(2025, 9, 23))
    found = {
        account: misfit(own, account, amount=600, due_on=DUE)
        for account in (right, right[1:], other_payee, other_day)
    }
    assert list(found.values()) == [
        None,
        "account_length_differs",
        "account_of_another_payee",
        "account_day_differs",
    ]


@pytest.mark.parametrize("rule", AccountRule)
def test_no_two_cases_and_no_two_issues_share_an_account(rule: AccountRule):
    own = bank(rule, case_digits=3)
    issues = range(min(3, 10**own.issue_digits))
    made = {
        make_slip(
            made_by(own), case=f"iPAS114-{number:04d}", amount=amount, due_on=DUE, issue=issue
        ).account
        for number, issue in product(range(1, 1000, 7), issues)
        for amount in (600,)
    }
    assert len(made) == len(range(1, 1000, 7)) * len(issues)
    assert len({len(account) for account in made}) == 1


@given(
    one=st.tuples(st.integers(1, 9999), st.integers(0, 99), st.sampled_from([300, 600, 1200])),
    other=st.tuples(st.integers(1, 9999), st.integers(0, 99), st.sampled_from([300, 600, 1200])),
)
def test_an_account_tells_case_and_issue_whatever_the_amount(
    one: tuple[int, int, int], other: tuple[int, int, int]
):
    def account(case: int, issue: int, amount: int) -> str:
        number = f"iPAS114-{case:04d}"
        slip = make_slip(made_by(bank()), case=number, amount=amount, due_on=DUE, issue=issue)
        return slip.account

    assert account(*one) == account(*one)
    if one[:2] != other[:2]:
        assert account(*one) != account(*other)


def test_numbers_that_find_no_room_are_refused_and_not_cut():
    own = made_by(bank("esun", case_digits=3))
    make_slip(own, case="iPAS114-0999", amount=600, due_on=DUE, issue=9)
    for case, issue in (("iPAS114-1000", 0), ("iPAS114-0001", 10)):
        with pytest.raises(SlipError, match="slip_serials_used_up"):
            make_slip(own, case=case, amount=600, due_on=DUE, issue=issue)


def test_a_prefix_keeps_rounds_apart_where_the_account_has_no_date():
    spring, autumn = (made_by(bank("kgi", serial_prefix=prefix)) for prefix in ("1141", "1142"))
    one = make_slip(spring, case="iPAS114-0001", amount=600, due_on=DUE)
    two = make_slip(autumn, case="iPAS114-0001", amount=600, due_on=DUE)
    assert (one.account[:8], two.account[:8]) == ("99991141", "99991142")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rule": "esun", "case_digits": 5}, "room for 4 digits"),
        ({"rule": "kgi", "corp_code": "99999"}, "has 4 digits"),
        ({"serial_prefix": "123"}, "room for 6 digits"),
        ({"code": "82"}, "pattern"),
        ({"weights": "371"}, "Extra inputs"),
    ],
)
def test_a_bank_that_can_not_be_right_is_refused(wrong: dict[str, Any], told: str):
    with pytest.raises(ValueError, match=told):
        Bank(**{"code": "822", "rule": "ctbc", "corp_code": "99999"} | wrong)


def test_slips_can_not_be_made_without_a_bank():
    with pytest.raises(ValueError, match=r"slip\.bank"):
        SlipSettings(method=SlipMethod.MADE)
