"""What a case owes, and the slip that says so, ready to be sent. The caller commits."""

from datetime import datetime

from mailflow.campaign import Campaign, NoFee
from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.person import BASIC, Field, Registration
from mailflow.slips import SlipError, make_slip
from mailflow.store import cases, outbox, slips
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.workflow import WITH_SLIP, Hold


def owed(campaign: Campaign, data: Registration) -> int | NoFee:
    """What this student pays, NT$, or why that is open."""
    retake = data[Field.RETAKE] == "是"
    return campaign.quote(data[Field.EXAM], data[Field.SUBJECTS], retake=retake)


def billable(
    tx: Transaction, case: CaseView, campaign: Campaign, *, now: datetime
) -> CaseView | Hold:
    """The case with a slip that is right to be sent; a Hold has changed nothing.

    Where slips are made here, one that has become wrong gives way to a new one.
    """
    if any(not case.data[field] for field in BASIC):
        return Hold("registration_incomplete")
    if campaign.slip.method is SlipMethod.MADE and not _is_right(case, campaign):
        return with_new_slip(tx, case, campaign, now=now)
    if case.slip is None:
        return Hold("slip_missing")
    fee = owed(campaign, case.data)
    if isinstance(fee, NoFee):
        return Hold(fee)
    return case if fee == case.slip.amount else Hold("slip_amount_differs_from_fee")


def _is_right(case: CaseView, campaign: Campaign) -> bool:
    """A slip whose amount, bank and day still hold keeps its account, whatever else changed."""
    slip, bank = case.slip, campaign.slip.bank
    if slip is None or bank is None:
        return False
    still_due = campaign.counts_until(slip.due_on) == campaign.pay_until.astimezone(TAIPEI).date()
    money = (owed(campaign, case.data), bank.code)
    return still_due and (slip.amount, slip.bank_code) == money


def with_new_slip(
    tx: Transaction, case: CaseView, campaign: Campaign, *, now: datetime
) -> CaseView | Hold:
    """The case with a slip made here, its account never used before; the earlier slip is void."""
    due_on = campaign.pay_until.astimezone(TAIPEI).date()
    fee = owed(campaign, case.data)
    if isinstance(fee, NoFee):
        return Hold(fee)
    if now.astimezone(TAIPEI).date() > due_on:
        return Hold("slip_due_day_is_over")
    try:
        slip = make_slip(
            campaign.slip,
            case=case.number,
            amount=fee,
            due_on=due_on,
            issue=slips.issued(tx, case.id),
        )
    except SlipError as error:
        return Hold(error.code)
    if slips.account_of_another(tx, slip.account, case_id=case.id, campaign=case.campaign):
        return Hold("account_of_another_case")
    return cases.put_slip(tx, case, slip, now=now)


def keep_back_letters(tx: Transaction, case: CaseView) -> None:
    """Before a slip gives way: letters with the old one that are not yet out stay here."""
    outbox.cancel_waiting(tx, case.id, WITH_SLIP, reason="overtaken")
