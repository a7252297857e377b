"""Whose money a line is: certain only by an own account, else proposed with the reason."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.settlement import BankLine, Basis, Debt, Debts, Share, Stage, split

ANNE = Debt(
    case="iPAS114-0001", stage=Stage.OWED, due=600, account="95821140000017", name="安妮",
    student_no="113590001", slip_on=date(2025, 9, 12),
)  # fmt: skip
BART = replace(
    ANNE, case="iPAS114-0002", account="95821140000024", name="巴特", student_no="113590002"
)
CRIS = replace(
    ANNE, case="iPAS114-0003", account="95821140000031", name="克里斯", student_no="113590003",
    due=1200,
)  # fmt: skip
EVERYBODY = (ANNE, BART, CRIS)


def line(amount: int = 600, **texts: str) -> BankLine:
    return BankLine(date(2025, 9, 16), amount, **texts)


def owners(found: BankLine, *debts: Debt):
    return Debts(debts or EVERYBODY).owners(found)


def claimed(*debts: Debt) -> list[Debt]:
    return [replace(debt, stage=Stage.CLAIMED) for debt in debts]


@pytest.mark.parametrize("written", [ANNE.account, f"00{ANNE.account}"])
@pytest.mark.parametrize("amount", [600, 1, 6000, -600])
def test_money_to_annes_own_account_is_annes_whatever_the_sum(written: str, amount: int):
    found = owners(line(amount, account=written))
    assert (found.shares, found.basis, found.certain) == (
        (Share(ANNE.case, amount),), Basis.ACCOUNT, True,
    )  # fmt: skip


def test_the_account_may_stand_in_the_text_of_a_statement():
    assert owners(line(account="123456789012", memo=f"轉入{ANNE.account}")).certain


def test_an_earlier_slips_account_is_known_as_such():
    moved = replace(ANNE, account="95821140000048", void_accounts=(ANNE.account,))
    found = owners(line(account=ANNE.account), moved, BART)
    assert (found.certain, found.basis) == (True, Basis.VOID_ACCOUNT)


def test_an_account_of_two_cases_says_nothing():
    other = replace(BART, account=ANNE.account)
    found = owners(line(account=ANNE.account), ANNE, other)
    assert not found.certain
    assert (found.shares, found.reasons) == ((), ("account_of_several_cases",))
    named = owners(line(account=ANNE.account, payer="巴特"), ANNE, other)
    assert (named.certain, named.shares) == (False, (Share(BART.case, 600),))


def test_the_account_says_anne_and_the_payer_says_bart():
    found = owners(line(account=ANNE.account, memo="幫 iPAS114-0002 繳"))
    assert not found.certain
    assert found.reasons == ("memo_names_another_case",)


@pytest.mark.parametrize("memo", ["iPAS114-0001", "ipas114 0001 繳費", "ＩＰＡＳ１１４－０００１"])
def test_a_case_number_alone_is_proposed(memo: str):
    found = owners(line(memo=memo))
    assert (found.certain, found.basis) == (False, Basis.NUMBER)
    assert found.shares == (Share(ANNE.case, 600),)


def test_a_case_number_beside_an_accepted_claim_of_that_sum_is_certain():
    assert owners(line(memo="iPAS114-0001"), *claimed(*EVERYBODY)).certain
    assert not owners(line(599, memo="iPAS114-0001"), *claimed(*EVERYBODY)).certain


@pytest.mark.parametrize("memo", ["iPAS114-1", "iPAS114-001", "IPAS114-00001"])
def test_a_misspelt_case_number_is_proposed_with_the_reason(memo: str):
    found = owners(line(memo=memo), *claimed(*EVERYBODY))
    assert (found.certain, found.shares) == (False, (Share(ANNE.case, 600),))
    assert found.reasons == ("case_number_misspelt",)


@pytest.mark.parametrize("memo", ["iPAS114-0099", "iPAS114-00012", "TQC114-0001"])
def test_a_number_that_no_case_has_is_nobodys(memo: str):
    assert owners(line(memo=memo)).shares == ()


def test_three_friends_pay_at_once():
    memo = "iPAS114-0001 iPAS114-0002 iPAS114-0003"
    exact = owners(line(2400, memo=memo), *claimed(*EVERYBODY))
    assert exact.certain
    assert exact.shares == tuple(
        Share(d.case, s) for d, s in zip(EVERYBODY, (600, 600, 1200), strict=True)
    )
    assert not owners(line(2400, memo=memo)).certain  # nobody claimed it
    wrong = owners(line(2300, memo=memo), *claimed(*EVERYBODY))
    assert (wrong.shares, wrong.certain) == ((), False)
    assert wrong.candidates == tuple(debt.case for debt in EVERYBODY)
    assert "sum_of_several_differs" in wrong.reasons


def test_a_name_is_proposed_only_with_the_sum_and_never_certain():
    found = owners(line(payer="安妮"), *claimed(*EVERYBODY))
    assert (found.certain, found.shares, found.reasons) == (
        False, (Share(ANNE.case, 600),), ("name_and_amount",),
    )  # fmt: skip
    assert owners(line(601, payer="安妮")).shares == ()
    assert owners(line(1800, memo="安妮 克里斯")).shares == (
        Share(ANNE.case, 600), Share(CRIS.case, 1200),
    )  # fmt: skip


def test_two_of_one_name_are_shown_and_none_is_proposed():
    found = owners(line(payer="安妮"), ANNE, replace(BART, name="安妮"))
    assert (found.shares, found.candidates) == ((), (ANNE.case, BART.case))


def test_a_masked_name_may_be_everybody_it_fits():
    assert owners(line(1200, payer="克○斯")).shares == (Share(CRIS.case, 1200),)
    assert owners(line(payer="克○")).shares == ()


def test_a_student_number_is_proposed():
    found = owners(line(memo="113590002 報名費"))
    assert (found.shares, found.reasons) == ((Share(BART.case, 600),), ("student_number_in_memo",))


def test_returned_money_without_an_account_is_for_a_person():
    found = owners(line(-600, memo="退 iPAS114-0001"), *claimed(*EVERYBODY))
    assert (found.shares, found.certain) == ((), False)
    assert "money_returned" in found.reasons


def test_other_peoples_money_is_nobodys():
    found = owners(line(12000, payer="某某公司", memo="計畫款"))
    assert (found.shares, found.candidates, found.reasons) == ((), (), ())


def test_a_line_is_split_only_among_those_who_still_owe():
    assert split(600, [ANNE, replace(BART, due=0)]) == ()
    assert split(600, [ANNE]) == (Share(ANNE.case, 600),)
