"""A registration that was given up or withdrawn goes on, with a deadline that staff name."""

from dataclasses import replace
from datetime import date, datetime

from mailflow import saying
from mailflow.campaign import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.desk.verbs import Desk, DeskError
from mailflow.store import cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import close, open_items
from mailflow.workflow import Event, Hold, State


def reinstate(desk: Desk, number: str, *, until: date, why: str) -> str:
    """Take a case up again; returns a line that says how it stands now.

    Confirmed data and a right slip: the case goes on with the slip. Else the data are asked for
    again. Either way one letter tells the student, with the new deadline (the end of `until`).
    """
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
    now = desk.now()
    with desk.store.write() as tx:
        case = _case(tx, number)
        ends = _end_of(desk, until, now)
        _nothing_undecided(tx, case)
        for item in open_items(tx, case_id=case.id):
            if item.event == Event.DEADLINE:
                close(tx, item.id, verb="discard", actor=desk.actor, why=why, now=now)
        case = cases.name_deadline(tx, case, ends, now=now)
        if desk.rules.campaign.slip.method is not SlipMethod.MADE:  # else it is made anew
            case = _slip_until(tx, case, until, now)
        cause = Cause(actor=desk.actor, why=why, source="staff", occasion=f"r{case.row_version}")
        step = _take_up(Casework(tx, desk.rules, now=now), case, cause)
        if isinstance(step, Hold):
            raise DeskError(saying.not_possible(step.reason))
        case = cases.load(tx, case.id)
        return f"reinstate {case.number}={case.state} until={until}"


def _case(tx: Transaction, number: str) -> CaseView:
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise DeskError(saying.no_case(number))
    case = cases.load(tx, case_id)
    if case.state not in (State.ABANDONED, State.WITHDRAWN):
        raise DeskError(saying.nothing_to_reinstate(case.number, case.state))
    return case


def _end_of(desk: Desk, until: date, now: datetime) -> datetime:
    """The campaign's hour of that day."""
    hour = desk.rules.campaign.announced_pay_until.astimezone(TAIPEI).timetz()
    ends = datetime.combine(until, hour)
    if ends <= now:
        raise DeskError(f"{until} is over: name a day that is still to come, --until YYYY-MM-DD")
    return ends


def _nothing_undecided(tx: Transaction, case: CaseView) -> None:
    """A registration about which staff had doubts does not go on by this door."""
    waiting = [item for item in open_items(tx, case_id=case.id) if item.event == Event.ASK]
    if waiting:
        raise DeskError(f"decide {waiting[0].id[-8:]} first (mailflow queue show)")


def _slip_until(tx: Transaction, case: CaseView, until: date, now: datetime) -> CaseView:
    """A slip from elsewhere counts until then too: same amount, same account, and no barcodes,
    for a store goes by the day in them."""
    if case.slip is None or case.slip.due_on >= until:
        return case
    slip = replace(case.slip, due_on=until, barcodes=None)
    return cases.put_slip(tx, case, slip, now=now)


def _take_up(work: Casework, case: CaseView, cause: Cause) -> object:
    """Back to the slip where the case was confirmed, else back to the question."""
    step = work.happen(case, Event.RESUME, cause=cause)
    return work.happen(case, Event.REINSTATE, cause=cause) if isinstance(step, Hold) else step
