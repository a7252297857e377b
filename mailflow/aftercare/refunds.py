"""The students' half of the fee back: when it may be asked for, how much, and what is in doubt.

Source: the office's guide of 114: a letter after 11/27 asks for the data, the window is one
month, late is void; only who holds a certificate gets the money; a successful retake earns the
earlier half back too, once only, and the student must be enrolled.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailflow.aftercare.passing import months_after
from mailflow.aftercare.steps import AftercareState, RefundState
from mailflow.campaign import Campaign, Refund


def closes_on(campaign: Campaign, *, invited_on: date, certificate_on: date | None) -> date | None:
    """The last day for one person's application, inclusive: a working day.

    Counted from the invitation, from the certificate (`issued_from` until its own day is known),
    or from the later of the two; None while that day is not known.
    """
    issued = certificate_on or campaign.certificates.issued_from
    counted_from = campaign.refund.counted_from
    if counted_from == "invitation":
        start: date | None = invited_on
    elif counted_from == "certificates":
        start = issued
    else:
        start = max(invited_on, issued) if issued else None
    if start is None:
        return None
    last = months_after(start, campaign.refund.window_months)
    return campaign.working_days.on_or_after(last)


def reminder(campaign: Campaign, *, invited_on: date, closes_on: date, today: date) -> str:
    """What the reminder of this window is called that is due; the latest whose day has come, so
    that after a downtime none is sent twice or stale.

    '' before the first one, after the last day, and while the invitation is younger than that day.
    """
    days = {n: closes_on - timedelta(days=n) for n in campaign.refund.remind_days}
    come = [n for n, on in days.items() if on <= today <= closes_on]
    if not come or invited_on >= days[min(come)]:
        return ""
    return f"{min(come)}d-until-{closes_on}"


class Reception(StrEnum):
    """What becomes of an application that has come in."""

    TAKEN = "taken"
    EARLY = "early"
    LATE = "late"
    FOR_STAFF = "for_staff"


HOLDS_CERTIFICATE = (
    AftercareState.PASSED,
    AftercareState.READY,
    AftercareState.COLLECTED,
    AftercareState.POSTED,
)


def receive(
    refund: RefundState,
    exam: AftercareState,
    *,
    arrived_on: date,
    closes_on: date | None,
) -> Reception:
    """By the day the mail arrived, never by the day somebody looked at it."""
    if refund is RefundState.UNINVITED:
        return Reception.EARLY if exam in HOLDS_CERTIFICATE else Reception.FOR_STAFF
    if refund is RefundState.VOID:
        return Reception.LATE
    if refund is not RefundState.INVITED:
        return Reception.FOR_STAFF
    is_late = closes_on is not None and arrived_on > closes_on
    return Reception.LATE if is_late else Reception.TAKEN


@dataclass(frozen=True, slots=True)
class Earlier:
    """The registration whose subject was kept: what was paid for it, in NT$. `tries` counts the
    retakes since, this one included."""

    case_id: str
    paid: int
    refunded: bool = False
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What may be paid, in NT$; `doubts` are for a person, and while there are any nothing is
    paid without one."""

    own: int
    earlier: int = 0
    earlier_case_id: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.own + self.earlier


def entitlement(
    paid: int | None,
    rules: Refund,
    *,
    is_retake: bool,
    earlier: Earlier | None = None,
    is_enrolled: bool | None = None,
) -> Entitlement:
    """Own half, and after a successful retake the earlier half; whatever is unclear is a doubt.

    `paid` is None when nothing was billed. `is_enrolled` is None when no list tells.
    """
    doubts = [] if paid is not None else ["nothing_was_billed"]
    if not is_retake:
        return Entitlement(paid or 0, doubts=tuple(doubts))
    if rules.must_be_enrolled and not is_enrolled:
        doubts.append("enrolment_unknown" if is_enrolled is None else "not_enrolled")
    if earlier is None:
        doubts.append("earlier_payment_unknown")
    elif earlier.refunded:
        doubts.append("earlier_half_refunded_before")
    elif earlier.tries > rules.retake_times:
        doubts.append("retaken_more_than_once")
    is_barred = rules.must_be_enrolled and is_enrolled is False
    gets_earlier = earlier is not None and not earlier.refunded and not is_barred
    return Entitlement(
        paid or 0,
        earlier.paid if earlier and gets_earlier else 0,
        earlier.case_id if earlier and gets_earlier else None,
        tuple(doubts),
    )
