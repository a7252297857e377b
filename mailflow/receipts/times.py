"""Three times of a payment, kept apart: paid, sent, arrived; what a late proof is worth. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailflow.campaign.round import TAIPEI, Campaign, LateProof

_SKEW = timedelta(minutes=10)  # by which the clocks of honest machines differ
_TRANSIT = timedelta(hours=1)  # longer on its way than this: somebody looks


@dataclass(frozen=True, slots=True)
class Times:
    """`paid_at` as printed on the proof, Asia/Taipei: `YYYY-MM-DDTHH:MM`, `YYYY-MM-DD`, or '' when
    it was not read. `sent_at` by the mail's own date, `arrived_at` at our mail server (aware)."""

    paid_at: str = ""
    sent_at: datetime | None = None
    arrived_at: datetime | None = None

    def paid_between(self) -> tuple[datetime, datetime] | None:
        """The first and the last moment that the printed time may mean."""
        if not self.paid_at:
            return None
        if len(self.paid_at) == len("YYYY-MM-DD"):
            day = datetime.combine(date.fromisoformat(self.paid_at), datetime.min.time(), TAIPEI)
            return day, day + timedelta(days=1, seconds=-1)
        minute = datetime.fromisoformat(self.paid_at).replace(tzinfo=TAIPEI)
        return minute, minute + timedelta(seconds=59)


def against_late_proof(
    times: Times, campaign: Campaign, *, received_at: datetime | None = None
) -> str:
    """Why the machine may not accept a proof that came when the case counted as given up; '' when
    the campaign lets it, the payment was in time, and all three times are sure.

    `received_at` is what our mail host wrote into the message, if it did.
    """
    policy = campaign.late_proof
    if not isinstance(policy, LateProof):
        return "proof_late"
    paid = times.paid_between()
    if paid is None or not _sure(times, paid, received_at):
        return "proof_late_times_unsure"
    if paid[1] > campaign.pay_until:
        after = paid[0] > campaign.pay_until
        return "paid_after_deadline" if after else "proof_late_times_unsure"
    assert times.arrived_at is not None
    days = timedelta(days=policy.accept_if_paid_in_time_within_days)
    return "proof_too_late" if times.arrived_at > campaign.pay_until + days else ""


def _sure(times: Times, paid: tuple[datetime, datetime], received_at: datetime | None) -> bool:
    """Paid, then sent, then arrived; and whoever noted the arrival agrees about it."""
    if times.sent_at is None or times.arrived_at is None:
        return False
    underway = times.arrived_at - times.sent_at
    if not -_SKEW <= underway <= _TRANSIT or paid[0] > times.sent_at + _SKEW:
        return False
    return received_at is None or abs(times.arrived_at - received_at) <= _TRANSIT
