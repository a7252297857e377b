"""Where a case stands, for a student who asks; None where only a person can tell."""

from datetime import date, datetime

from sqlmodel import col, select

from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.letters import Standing
from mailflow.store import inbox
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.proven import accepted
from mailflow.store.queue import open_items
from mailflow.store.tables import Receipt
from mailflow.workflow import State


def standing(
    tx: Transaction, case: CaseView, *, campaign: Campaign, now: datetime, beside: str = ""
) -> Standing | None:
    """What may be said of the case without a person.

    None when anything of it (but the item `beside`) waits for staff or has pictures that are not
    read, when the bank's word is another one, when the deadline has passed without a proof, and
    when it was given up or withdrawn.
    """
    waits = any(item.id != beside for item in open_items(tx, case_id=case.id))
    if waits or inbox.pictures_wait(tx, case.id):
        return None
    if case.is_contradicted or (case.settled_amount and case.state is State.BILLED):
        return None
    if case.state in (State.PAID, State.COMPLETE):
        claims = accepted(tx, case.id)
        return Standing("done", now, accepted_on=_day(claims[-1].at) if claims else None)
    if now > campaign.pay_until:
        return None
    match case.state:
        case State.ASKED:
            return Standing("button", now)
        case State.CONFIRMED:
            return Standing("slip", now)
        case State.BILLED if case.slip is not None:
            return Standing("payment", now, proofs_on=_proofs_on(tx, case))
    return None


def _proofs_on(tx: Transaction, case: CaseView) -> tuple[date, ...]:
    """The days on which proofs for the slip in force came."""
    query = select(Receipt.created_at).where(Receipt.case_id == case.id)
    if case.slip_at:
        query = query.where(col(Receipt.created_at) >= case.slip_at)
    return tuple(sorted({_day(at) for at in tx.session.exec(query)}))


def _day(at: datetime) -> date:
    return at.astimezone(TAIPEI).date()
