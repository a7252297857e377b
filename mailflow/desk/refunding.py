"""The staff verbs of the refund: invite, verify, refuse, list for the accountant, paid.

Sums come from what was billed and from the rules; whatever is in doubt is named, and only a
person's own word, with a reason, lets it pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailflow import saying
from mailflow.aftercare import AfterEvent, AfterHold, RefundState
from mailflow.aftercare.refunds import HOLDS_CERTIFICATE, Entitlement
from mailflow.desk.certifying import Done
from mailflow.desk.finding import case_by_number
from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.letters.after_reasons import REFUSALS
from mailflow.store import aftercare, cases, inbox, payees, refunds
from mailflow.store.afterpapers import REFUND_ITEM
from mailflow.store.afterwork import AfterWork, Told
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import Item, close, open_items
from mailflow.store.refunds import RefundView
from mailflow.store.tables import InboxState
from mailflow.workflow import State

_ABOUT_EARLIER = {
    "enrolment_unknown",
    "not_enrolled",
    "earlier_payment_unknown",
    "earlier_half_refunded_before",
    "retaken_more_than_once",
}
_REGISTERED = (State.PAID, State.COMPLETE)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a person says of the earlier half of a retaker: `case` names the registration whose
    half is paid back too; '' = it is not."""

    case: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One refund as staff see it; `account` is masked, `account_waits` for a second person."""

    number: str
    state: RefundState
    own: int
    earlier: int
    closes_on: date | None
    account: str
    account_waits: bool
    doubts: tuple[str, ...]


def invite(desk: Desk, *, dry_run: bool = False) -> Done:
    """Ask everybody who has passed for the application, once; from the given day on."""
    campaign = desk.rules.campaign
    first = campaign.refund_invited_on()
    today = desk.today()
    if first is None:
        raise DeskError("the campaign file gives no day: set refund.invite_after")
    if today < first:
        raise DeskError(
            f"invitations leave from {first} on (refund.invite_after), today is {today}"
        )
    report = Done()
    with changing(desk.store, dry_run=dry_run) as tx:
        work = AfterWork(tx, desk.rules, now=desk.now())
        for case_id in aftercare.in_states(tx, HOLDS_CERTIFICATE, campaign=campaign.id):
            case = cases.load(tx, case_id)
            if case.state not in _REGISTERED:
                report.skipped[case.number] = f"registration_{case.state}"
                continue
            _happen(work, case, AfterEvent.INVITE, desk, report)
    return report


def close_window(desk: Desk, *, dry_run: bool = False) -> Done:
    """Windows that are over without an application become void, as the daemon's clock does it."""
    report = Done()
    today = desk.today()
    with changing(desk.store, dry_run=dry_run) as tx:
        work = AfterWork(tx, desk.rules, now=desk.now())
        for case_id in refunds.overdue(tx, campaign=desk.rules.campaign.id, today=today):
            case = cases.load(tx, case_id)
            held = work.expire(case, cause=Cause(actor=desk.actor, why=AfterEvent.EXPIRE))
            if held:
                report.skipped[case.number] = held.reason
            else:
                report.done.append(case.number)
    return report


def listing(desk: Desk, states: Sequence[RefundState] = tuple(RefundState)) -> list[Line]:
    """The round's refunds in these states, with every doubt."""
    with desk.store.read() as tx:
        ids = refunds.in_states(tx, states, campaign=desk.rules.campaign.id)
        return [_line(tx, desk, cases.load(tx, case_id)) for case_id in ids]


def verify(
    desk: Desk,
    numbers: Sequence[str] = (),
    *,
    why: str,
    earlier: Earlier | None = None,
    dry_run: bool = False,
) -> Done:
    """Staff have seen the certificates: of these cases, or of all without a doubt.

    A case with doubts must be named. Where they touch a retaker's earlier half, `earlier` must
    say whether it is paid back. Raises DeskError.
    """
    _needs(why)
    report = Done()
    with changing(desk.store, dry_run=dry_run) as tx:
        work = AfterWork(tx, desk.rules, now=desk.now())
        if numbers:
            for number in numbers:
                case = case_by_number(tx, number)
                entitled = _said(tx, work.entitled(case), case, earlier)
                _verified(tx, work, case, entitled, desk=desk, why=why, report=report)
            return report
        applied = refunds.in_states(tx, (RefundState.APPLIED,), campaign=desk.rules.campaign.id)
        for case_id in applied:
            case = cases.load(tx, case_id)
            line = _line(tx, desk, case)
            if line.doubts:
                report.skipped[case.number] = " ".join(line.doubts)
                continue
            entitled = work.entitled(case)
            _verified(tx, work, case, entitled, desk=desk, why=why, report=report)
    return report


def _said(
    tx: Transaction, entitled: Entitlement, case: CaseView, earlier: Earlier | None
) -> Entitlement:
    """The sums after a person's word about the earlier half."""
    if "nothing_was_billed" in entitled.doubts:
        raise DeskError(f"{case.number}: nothing was billed, so nothing can be paid back")
    if earlier is None:
        if _ABOUT_EARLIER & set(entitled.doubts):
            doubts = " ".join(entitled.doubts)
            raise DeskError(
                f"{case.number}: {doubts}; say --without-earlier, or --earlier-case NUMBER"
            )
        return entitled
    if not earlier.case:
        return replace(entitled, earlier=0, earlier_case_id=None)
    before = case_by_number(tx, earlier.case)
    if before.person_id != case.person_id or before.id == case.id:
        raise DeskError(f"{before.number} is not an earlier registration of the same person")
    if refunds.was_refunded(tx, before.id, besides=case.id):
        raise DeskError(f"{before.number}: this half was paid back before; that is done once only")
    if before.slip is None or before.state not in _REGISTERED:
        raise DeskError(f"{before.number}: nothing was paid, so nothing can be paid back")
    return replace(entitled, earlier=before.slip.amount, earlier_case_id=before.id)


def _verified(
    tx: Transaction,
    work: AfterWork,
    case: CaseView,
    entitled: Entitlement,
    *,
    desk: Desk,
    why: str,
    report: Done,
) -> None:
    told = Told(entitled=entitled)
    if _happen(work, case, AfterEvent.VERIFY, desk, report, why=why, told=told):
        _close_items(tx, case, desk, verb="accept", why=why)


def refuse(desk: Desk, number: str, *, reasons: Sequence[str], note: str = "", why: str) -> str:
    """Refuse an application with reasons (codes) and a note; returns a line for the person."""
    _needs(why)
    unknown = set(reasons) - set(REFUSALS)
    if unknown or not reasons:
        raise DeskError(f"a reason is one of: {' '.join(REFUSALS)}")
    if "other" in reasons and not note:
        raise DeskError("say to the student why: --note '…'")
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        cause = Cause(actor=desk.actor, why=why, reasons=tuple(reasons), note=note)
        refund = _must(tx, desk, case, AfterEvent.REFUSE, cause)
        _close_items(tx, case, desk, verb="reject", why=why)
        return f"{case.number}={refund.state}"


def reopen(desk: Desk, number: str, *, why: str) -> str:
    """Another chance for a void or refused application."""
    _needs(why)
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        refund = _must(tx, desk, case, AfterEvent.REOPEN, Cause(actor=desk.actor, why=why))
        return f"{case.number}={refund.state}"


def _line(tx: Transaction, desk: Desk, case: CaseView) -> Line:
    refund = refunds.load(tx, case.id)
    own, earlier = refund.own, refund.earlier
    doubts: list[str] = []
    if refund.state is RefundState.APPLIED:
        entitled = AfterWork(tx, desk.rules, now=desk.now()).entitled(case)
        own, earlier = entitled.own, entitled.earlier
        doubts += entitled.doubts
        for item in open_items(tx, case_id=case.id):
            told = [reason for reason in item.reasons if reason != "refund_applied"]
            doubts += told or ([] if _is_ours(item) else ["something_waits_for_staff"])
    account = payees.in_force(tx, case.id)
    return Line(
        number=case.number,
        state=refund.state,
        own=own,
        earlier=earlier,
        closes_on=refund.closes_on,
        account=account.payee.masked if account else "",
        account_waits=payees.waiting(tx, case.id) is not None,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _is_ours(item: Item) -> bool:
    return item.kind == REFUND_ITEM


def _happen(
    work: AfterWork,
    case: CaseView,
    event: AfterEvent,
    desk: Desk,
    report: Done,
    *,
    why: str = "",
    told: Told | None = None,
) -> bool:
    """One event of many; what the table does not allow is skipped with its reason."""
    cause = Cause(actor=desk.actor, why=why or event)
    done = work.refund(case, event, cause=cause, told=told)
    if isinstance(done, AfterHold):
        report.skipped[case.number] = done.reason
        return False
    report.done.append(case.number)
    return True


def _must(
    tx: Transaction, desk: Desk, case: CaseView, event: AfterEvent, cause: Cause
) -> RefundView:
    done = AfterWork(tx, desk.rules, now=desk.now()).refund(case, event, cause=cause)
    if isinstance(done, AfterHold):
        raise DeskError(saying.not_possible(done.reason, case=case.number))
    return done


def _close_items(tx: Transaction, case: CaseView, desk: Desk, *, verb: str, why: str) -> None:
    """The questions about this application are answered."""
    for item in open_items(tx, case_id=case.id):
        if not _is_ours(item) or _is_about_account(item):
            continue
        close(tx, item.id, verb=verb, actor=desk.actor, why=why, now=desk.now())
        if item.inbox_id:
            inbox.set_by_staff(tx, item.inbox_id, InboxState.APPLIED)


def _is_about_account(item: Item) -> bool:
    return any(reason.startswith("account_") for reason in item.reasons)


def _needs(why: str) -> None:
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
