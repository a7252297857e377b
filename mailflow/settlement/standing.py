"""What the money of one case adds up to, and what a person has to look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailflow.campaign import Campaign
from mailflow.settlement.debts import Basis, Credit, Debt, Stage


@dataclass(frozen=True, slots=True)
class Balance:
    """`credited` is the sum in NT$. `settled`: exactly what was owed, and nothing against it.

    `acceptable`: staff may let it count although there are `reasons`, for no money is missing.
    """

    credited: int
    settled: bool
    acceptable: bool
    reasons: tuple[str, ...] = ()


def judge(debt: Debt, campaign: Campaign) -> Balance:
    """The balance of a case by all that was credited to it.

    `settled` for a case that still owes is the bank's word in place of a proof: the exact sum,
    in one payment, to the account of its slip, in time.
    """
    if not debt.credits:
        return Balance(0, settled=False, acceptable=False)
    reasons = (*_sum(debt), *_slip(debt), *_times(debt, campaign), *_stage(debt))
    unique = tuple(dict.fromkeys(reasons))
    enough = debt.due is not None and debt.credited >= debt.due
    return Balance(debt.credited, not unique, enough, unique)


def _sum(debt: Debt) -> Iterator[str]:
    if any(credit.amount < 0 for credit in debt.credits):
        yield "money_returned"
    if debt.due is None or debt.credited <= 0:
        return
    if debt.credited < debt.due:
        yield "underpaid"
    elif debt.credited > debt.due:
        twice = debt.credited % debt.due == 0
        yield "paid_twice" if twice else "overpaid"
    elif len(debt.credits) > 1 and debt.stage is not Stage.CLAIMED:
        yield "paid_in_parts"


def _slip(debt: Debt) -> Iterator[str]:
    if debt.due is None:
        yield "no_slip"
    if any(credit.basis is Basis.VOID_ACCOUNT for credit in debt.credits):
        yield "paid_to_voided_slip"
    by_number = any(credit.basis is Basis.NUMBER for credit in debt.credits)
    if by_number and debt.stage is not Stage.CLAIMED:
        yield "paid_to_other_account"


def _times(debt: Debt, campaign: Campaign) -> Iterator[str]:
    for credit in debt.credits:
        if credit.amount > 0:
            yield from _time(credit, debt, campaign)


def _time(credit: Credit, debt: Debt, campaign: Campaign) -> Iterator[str]:
    """The bank's day alone does not tell whether a payment at a store came in time."""
    deadline = campaign.pay_until.date()
    if debt.slip_on and (credit.paid_on or credit.posted_on) < debt.slip_on:
        yield "paid_before_slip"
    if credit.paid_on:
        if credit.paid_on > deadline:
            yield "paid_after_deadline"
    elif credit.posted_on > deadline:
        days = campaign.settlement.posting_working_days
        if credit.posted_on > campaign.working_days.add(deadline, days):
            yield "paid_after_deadline"
        elif debt.stage is not Stage.CLAIMED:
            yield "posted_after_deadline"


def _stage(debt: Debt) -> Iterator[str]:
    if debt.stage is Stage.NOT_BILLED:
        yield "paid_before_billing"
    elif debt.stage is Stage.GIVEN_UP:
        yield "paid_after_giving_up"
    elif debt.stage is Stage.ENDED:
        yield "paid_after_withdrawal"
