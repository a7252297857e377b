"""What a proof has to show for a case, and what it must not show."""

from datetime import datetime

from mailflow.campaign import TAIPEI, Campaign
from mailflow.receipts.result import Expectation
from mailflow.store import slips
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction


def expectation(
    tx: Transaction, case: CaseView, campaign: Campaign, *, at: datetime | None = None
) -> Expectation | None:
    """By the slip in force, or the one that was in force `at` that time; None without one."""
    past = slips.until(tx, case.id, at=at)
    if not past:
        return None
    slip, put_at = past[-1]
    rules = campaign.with_deadline(case.pay_until)
    return Expectation(
        amount=slip.amount,
        account=slip.account,
        bank=slip.bank_code,
        from_on=put_at.astimezone(TAIPEI).date(),
        until_on=rules.counts_until(slip.due_on),
        voided=tuple(sorted({old.account for old, _ in past[:-1]} - {slip.account})),
    )
