"""A round played through on the calendar: can what is promised and what is asked both be kept?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.campaign.findings import Finding, error, note, warning
from mailflow.campaign.round import TAIPEI, Campaign
from mailflow.campaign.weekdays import written


@dataclass(frozen=True, slots=True)
class Played:
    """What the promises allow for one day of registration, if the office uses all of its time and
    the student answers at once."""

    registers_on: date
    letter_by: date
    slip_by: date


def play(campaign: Campaign) -> list[Played]:
    """One for every day of registration."""
    last = campaign.register_until.astimezone(TAIPEI).date()
    days = [
        campaign.opens_on + timedelta(days=n) for n in range((last - campaign.opens_on).days + 1)
    ]
    found = []
    for day in days:
        letter = campaign.promised_by(day)
        found.append(Played(day, letter, campaign.promised_by(letter)))
    return found


def check_clocks(campaign: Campaign) -> Iterator[Finding]:
    """Promises against deadlines, then reminders, then what follows the exam."""
    yield from _promises(campaign)
    yield from _deadlines(campaign)
    yield from _reminders(campaign)
    yield from _refunds(campaign)
    yield from _refund_reminders(campaign)


def _promises(campaign: Campaign) -> Iterator[Finding]:
    due = campaign.pay_until.astimezone(TAIPEI).date()
    every = play(campaign)
    late = [one for one in every if one.slip_by >= due]
    if not late:
        return
    last = every[-1]
    fits = [one for one in every if one.slip_by < due]
    until = f"only who registers by {written(fits[-1].registers_on)}" if fits else "nobody"
    enough = campaign.working_days.add(last.slip_by, 1)
    yield warning(
        "promise_working_days",
        f"promises and deadline are not jointly possible: who registers on "
        f"{written(last.registers_on)} is promised the letter by {written(last.letter_by)} and the "
        f"slip by {written(last.slip_by)}, but money and proof are due by {written(due)}; "
        f"{until} is promised the slip before that day",
        remedy=f"{_shorter(campaign, due)}pay_until on {enough} or later, or an earlier "
        "register_until; else letters and slips of the last days must go out at once",
    )


def _shorter(campaign: Campaign, due: date) -> str:
    last = campaign.register_until.astimezone(TAIPEI).date()
    for days in range(campaign.promise_working_days - 1, 0, -1):
        calendar = campaign.working_days
        if calendar.add(calendar.add(last, days), days) < due:
            return f"promise_working_days = {days}, or "
    return ""


def _deadlines(campaign: Campaign) -> Iterator[Finding]:
    for name in ("register_until", "pay_until"):
        day = getattr(campaign, f"announced_{name}").astimezone(TAIPEI).date()
        if not campaign.working_days.without(campaign.calendar.closed_since).is_working(day):
            yield warning(
                name,
                f"{written(day)} is no working day: nobody answers, and banks post later",
                remedy=f"{written(campaign.working_days.on_or_after(day))} is the next one",
            )


def _reminders(campaign: Campaign) -> Iterator[Finding]:
    closes = campaign.register_until.astimezone(TAIPEI).date()
    for days in campaign.reminder_days:
        on = campaign.reminder_on(days)
        if days < 0:
            yield error(
                "reminder_days",
                f"the reminder {days} day(s) before falls on {written(on)}, after the deadline: "
                "it is never sent",
                remedy="count the days back from the deadline: [3, 1]",
            )
        elif days < 1 or on <= closes:
            yield warning(
                "reminder_days",
                f"the reminder {days} day(s) before falls on {written(on)}, not between the end of "
                f"registration ({written(closes)}) and the deadline",
                remedy="take days that lie between the two",
            )
        elif not campaign.working_days.is_working(on):
            yield note(
                "reminder_days",
                f"the reminder {days} day(s) before falls on {written(on)}: no working day, nobody "
                "answers questions",
                remedy="take another number of days, or leave it: letters go out every day",
            )
    if not campaign.reminder_days:
        yield note(
            "reminder_days", "nobody is reminded", remedy="reminder_days = [3, 1] reminds twice"
        )


def _refunds(campaign: Campaign) -> Iterator[Finding]:
    invited, issued = campaign.refund_invited_on(), campaign.certificates.issued_from
    if invited is None or issued is None:
        missing = "refund.invite_after" if invited is None else "certificates.issued_from"
        yield warning(
            missing,
            "not set: no invitation to refunds goes out by itself",
            remedy=f"set {missing} when the day is known",
        )
        return
    alone = campaign.refund.model_copy(update={"counted_from": "invitation"})
    closes = campaign.model_copy(update={"refund": alone}).refund_until()
    if closes is None or closes >= issued:
        return
    told = (
        f"invited on {written(invited)}, a window of {campaign.refund.window_months} month(s) ends "
        f"on {written(closes)}, before any certificate exists ({written(issued)})"
    )
    if campaign.refund.counted_from == "invitation":
        yield error("refund.window_months", told, remedy='set refund.counted_from = "later"')
    else:
        ends = campaign.refund_until() or issued
        start = campaign.refund.counted_from.replace("later", "later of both")
        yield warning(
            "refund.window_months",
            f"{told}; counted from the {start} it stays open until {written(ends)}",
            remedy="announce that day, or invite when the certificates come",
        )


def _refund_reminders(campaign: Campaign) -> Iterator[Finding]:
    begins, ends = campaign.refund_counted_from(), campaign.refund_until()
    if begins is None or ends is None:
        return
    for days in campaign.refund.remind_days:
        on = ends - timedelta(days=days)
        told = f"the reminder {days} day(s) before the window for refunds closes falls on "
        if on <= begins:
            yield warning(
                "refund.remind_days",
                f"{told}{written(on)}, before it opens ({written(begins)})",
                remedy="take days that lie within the window",
            )
        elif not campaign.working_days.is_working(on):
            yield note(
                "refund.remind_days",
                f"{told}{written(on)}: no working day, nobody answers questions",
                remedy="take another number of days, or leave it: letters go out every day",
            )
    if not campaign.refund.remind_days:
        yield note(
            "refund.remind_days",
            "nobody is reminded before the window for refunds closes",
            remedy="refund.remind_days = [7] reminds a week before",
        )
