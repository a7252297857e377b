"""Accounts and lists for the accountant: two people for every account that is not the first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mailflow import saying
from mailflow.aftercare import AfterEvent, AfterHold, Payee, RefundState
from mailflow.aftercare.payees import payee_of
from mailflow.desk.certifying import Done
from mailflow.desk.finding import case_by_number
from mailflow.desk.trial import changing
from mailflow.desk.verbs import Desk, DeskError
from mailflow.person import Field
from mailflow.store import cases, payees, refunds
from mailflow.store.afterpapers import REFUND_ITEM
from mailflow.store.afterwork import AfterWork, Told
from mailflow.store.audit import record
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import close, open_items

HEADER = (
    "序號", "案號", "姓名", "學號", "系所", "銀行代碼", "帳號", "戶名", "金額", "說明",
)  # fmt: skip
_ACCOUNT_STATES = (RefundState.APPLIED, RefundState.VERIFIED, RefundState.LISTED)


@dataclass(slots=True)
class PayoutList:
    """One list for the accountant, NT$; `left_out` are verified cases that are not on it."""

    number: str
    total: int = 0
    rows: list[tuple[str | int, ...]] = field(default_factory=list, repr=False)
    left_out: dict[str, str] = field(default_factory=dict)


def enter_account(
    desk: Desk, number: str, *, bank: str, account: str, holder: str, why: str
) -> str:
    """Staff enter an account; it waits for a second person. Returns it masked."""
    _needs(why)
    payee = payee_of(bank, account, holder=holder)
    if not isinstance(payee, Payee):
        raise DeskError(f"can't be an account: {' '.join(payee)}")
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        _may_have_account(tx, case)
        payees.enter(tx, case, payee, by=desk.actor, now=desk.now(), confirmed=False)
        _audit(tx, desk, "payee entered", case, why)
        return f"{case.number} {payee.masked} waits for a second person"


def confirm_account(desk: Desk, number: str, *, why: str) -> str:
    """One more person vouches for the account that waits. Raises PayeeError for the same one."""
    _needs(why)
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        _may_have_account(tx, case)
        is_in_force = payees.confirm(tx, case, by=desk.actor, now=desk.now())
        _audit(tx, desk, "payee confirmed", case, why)
        if not is_in_force:
            return f"{case.number} waits for one more person"
        known = payees.in_force(tx, case.id)
        assert known is not None
        work = AfterWork(tx, desk.rules, now=desk.now())
        cause = Cause(actor=desk.actor, why=why, occasion=known.id)
        work.note_account(case, known.payee, cause=cause)
        for item in open_items(tx, case_id=case.id):
            about = any(reason.startswith("account_") for reason in item.reasons)
            if item.kind == REFUND_ITEM and about:
                close(tx, item.id, verb="accept", actor=desk.actor, why=why, now=desk.now())
        return f"{case.number} {known.payee.masked} is in force"


def ask_account(desk: Desk, number: str, *, why: str) -> str:
    """Send the button for the account again, to the registered address; once a day."""
    _needs(why)
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        _may_have_account(tx, case)
        now = desk.now()
        cause = Cause(actor=desk.actor, why=why, occasion=f"{now:%Y-%m-%d}")
        sent = AfterWork(tx, desk.rules, now=now).ask_account(case, cause=cause)
        return f"{case.number} {'asked' if sent else 'was asked today'}"


def payout(desk: Desk, *, dry_run: bool = False) -> PayoutList:
    """Everything verified with an account in force, as a new list; the cases become `listed`.

    Raises DeskError when there is nothing to list.
    """
    with changing(desk.store, dry_run=dry_run) as tx:
        campaign = desk.rules.campaign.id
        ready, left_out = _ready(tx, campaign)
        if not ready:
            named = "; ".join(f"{number}: {why}" for number, why in left_out.items())
            raise DeskError(f"nothing is ready for a list. {named}".strip())
        total = sum(refunds.load(tx, case.id).total for case in ready)
        made = refunds.new_payout(
            tx,
            campaign=campaign,
            actor=desk.actor,
            count=len(ready),
            total=total,
            now=desk.now(),
        )
        work = AfterWork(tx, desk.rules, now=desk.now())
        cause = Cause(actor=desk.actor, why=made.number)
        for case in ready:
            told = Told(payout_id=made.id)
            done = work.refund(case, AfterEvent.LIST, cause=cause, told=told)
            assert not isinstance(done, AfterHold)
        result = _list(tx, made.id, made.number)
        result.left_out = left_out
    return result


def payout_again(desk: Desk, number: str) -> PayoutList:
    """The same list once more, as it stands."""
    with desk.store.read() as tx:
        known = refunds.payout_by_number(tx, number)
        if known is None:
            names = " ".join(one.number for one in _payouts(tx, desk)) or "none yet"
            raise DeskError(f"no list {number}: {names}")
        return _list(tx, known.id, known.number)


def paid(desk: Desk, number: str, *, on: date, why: str, besides: Sequence[str] = ()) -> Done:
    """The accountant has paid a list: everybody on it is told, but for those named `besides`,
    whose money came back. Repeated, it changes nothing."""
    _needs(why)
    if on > desk.today():
        raise DeskError(f"{on} is still to come: name the day the money left")
    report = Done()
    with desk.store.write() as tx:
        known = refunds.payout_by_number(tx, number)
        if known is None:
            raise DeskError(f"no list {number}: see `mailflow refund list`")
        work = AfterWork(tx, desk.rules, now=desk.now())
        left = {case_by_number(tx, one).id for one in besides}
        on_list = refunds.on_payout(tx, known.id)
        if not left <= set(on_list):
            raise DeskError(f"{number}: not everybody named is on this list")
        for case_id in on_list:
            case = cases.load(tx, case_id)
            event = AfterEvent.UNLIST if case_id in left else AfterEvent.PAY
            cause = Cause(actor=desk.actor, why=why)
            done = work.refund(case, event, cause=cause, told=Told(paid_on=on))
            if isinstance(done, AfterHold) or case_id in left:
                reason = done.reason if isinstance(done, AfterHold) else "returned"
                report.skipped[case.number] = reason
            else:
                report.done.append(case.number)
        refunds.note_paid(tx, known.id, on=on)
    return report


def returned(desk: Desk, number: str, *, why: str) -> str:
    """The bank sent this one back before the list counted as paid: the account is void, the
    student is asked for another."""
    _needs(why)
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        cause = Cause(actor=desk.actor, why=why)
        done = AfterWork(tx, desk.rules, now=desk.now()).refund(
            case, AfterEvent.UNLIST, cause=cause
        )
        if isinstance(done, AfterHold):
            raise DeskError(saying.not_possible(done.reason, case=case.number))
        return f"{case.number}={done.state}"


def _ready(tx: Transaction, campaign: str) -> tuple[list[CaseView], dict[str, str]]:
    """Who can be paid now, and who can't yet, with the reason."""
    ready, left_out = [], {}
    for case_id in refunds.in_states(tx, (RefundState.VERIFIED,), campaign=campaign):
        case = cases.load(tx, case_id)
        if payees.waiting(tx, case_id):
            left_out[case.number] = "account_waits_for_a_second_person"
        elif payees.in_force(tx, case_id) is None:
            left_out[case.number] = "account_missing"
        elif refunds.load(tx, case_id).total <= 0:
            left_out[case.number] = "nothing_to_pay"
        else:
            ready.append(case)
    return ready, left_out


def _list(tx: Transaction, payout_id: str, number: str) -> PayoutList:
    result = PayoutList(number)
    for place, case_id in enumerate(refunds.on_payout(tx, payout_id), start=1):
        case, refund = cases.load(tx, case_id), refunds.load(tx, case_id)
        known = payees.in_force(tx, case_id)
        payee = known.payee if known else Payee("", "", "")
        result.rows.append(
            (
                place,
                case.number,
                case.data[Field.NAME_ZH],
                case.data[Field.STUDENT_NO],
                case.data[Field.DEPARTMENT],
                payee.bank,
                payee.account,
                payee.holder,
                refund.total,
                _what_for(case, refund.own, refund.earlier),
            )
        )
        result.total += refund.total
    return result


def _what_for(case: CaseView, own: int, earlier: int) -> str:
    exam = case.data[Field.EXAM]
    return f"{exam} 報名費 {own}" + (f"＋補考前 {earlier}" if earlier else "")


def _payouts(tx: Transaction, desk: Desk) -> list[refunds.PayoutView]:
    return refunds.payouts(tx, campaign=desk.rules.campaign.id)


def _may_have_account(tx: Transaction, case: CaseView) -> None:
    state = refunds.load(tx, case.id).state
    if state not in _ACCOUNT_STATES:
        raise DeskError(f"{case.number}: no account is needed while the refund is {state}")


def _audit(tx: Transaction, desk: Desk, action: str, case: CaseView, why: str) -> None:
    record(tx, action, subject=case.number, actor=desk.actor, why=why, now=desk.now())


def _needs(why: str) -> None:
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
