"""Every day of a round against every other: which of them must come first, as a table.

Weekdays, promises and reminders are looked at elsewhere (`clocks`); here only the order counts. A
day that the file does not give is in no relation.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.campaign.exams import Exam
from mailflow.campaign.findings import Finding, Severity, error
from mailflow.campaign.round import TAIPEI, Campaign, LateProof
from mailflow.campaign.weekdays import written

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_MINGUO = 1911


@dataclass(frozen=True, slots=True)
class Day:
    """`place` is the key of the campaign file it comes from, `what` says it in a sentence."""

    on: date
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`later` comes after `earlier`, or on the same day where `may_be_same`.

    The finding stands at the later one's key, or at the earlier one's where that is `to_mend`.
    """

    earlier: str
    later: str
    severity: Severity
    may_be_same: bool = False
    to_mend: str = "later"

    def holds(self, earlier: date, later: date) -> bool:
        return earlier < later or (self.may_be_same and earlier == later)


# fmt: off
ROUND = (
    Rule("registration over",  "certificates issued", ERROR),
    Rule("first exam",         "certificates issued", ERROR),
    Rule("first results",      "certificates issued", ERROR, may_be_same=True),
    Rule("last exam",          "certificates issued", WARNING),
    Rule("last results",       "certificates issued", WARNING, may_be_same=True),
    Rule("registration over",  "refund invitation",   ERROR),
    Rule("first exam",         "refund invitation",   ERROR),
    Rule("last exam",          "refund invitation",   WARNING),
    Rule("last results",       "refund invitation",   WARNING, may_be_same=True),
    Rule("last exam",          "refund window ends",  ERROR),
    Rule("last results",       "refund window ends",  ERROR),
    Rule("refund window ends", "refunds paid",        WARNING, may_be_same=True),
    Rule("payment due",        "first button ends",   WARNING, may_be_same=True),
    Rule("registration over",  "late proofs end",     WARNING),
    Rule("late proofs end",    "first exam",          WARNING, to_mend="earlier"),
    Rule("store money here",   "first exam",          WARNING, to_mend="earlier"),
    Rule("opens",              "reward uploads end",  WARNING, may_be_same=True),
    Rule("own certificates",   "reward uploads end",  WARNING, may_be_same=True),
    Rule("semester begins",    "reward got from",     WARNING, may_be_same=True),
    Rule("reward got until",   "semester ends",       WARNING, may_be_same=True, to_mend="earlier"),
)
EXAM = (
    Rule("registration over",  "exam begins",         ERROR),
    Rule("exam ends",          "results",             ERROR, may_be_same=True),
    Rule("exam ends",          "stopped",             ERROR),
)
# fmt: on


def check_order(campaign: Campaign) -> Iterator[Finding]:
    """One finding for each key whose day contradicts others, with all of those days."""
    if campaign.announced_pay_until < campaign.announced_register_until:
        yield error(
            "pay_until",
            "payment ends on the same day as registration, but at an earlier hour",
            remedy="write a later hour, or a later day",
        )
    days = days_of(campaign)
    yield from _broken(ROUND, days)
    for exam in campaign.exams:
        yield from _broken(EXAM, {**days, **_days_of_exam(exam)})
    for day in sorted(campaign.calendar.open & campaign.calendar.closed):
        yield error(
            "calendar", f"{written(day)} is closed and open at once", remedy="take it out of one"
        )


def _broken(rules: Iterable[Rule], days: dict[str, Day]) -> Iterator[Finding]:
    broken: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        earlier, later = days.get(rule.earlier), days.get(rule.later)
        if earlier and later and not rule.holds(earlier.on, later.on):
            broken[(later if rule.to_mend == "later" else earlier).place].append(rule)
    for place, against in broken.items():
        yield _finding(place, against, days)


def _finding(place: str, against: list[Rule], days: dict[str, Day]) -> Finding:
    """All that is wrong with one key. The remedy is the day that satisfies every rule."""
    told = []
    for rule in against:
        earlier, later = days[rule.earlier], days[rule.later]
        word = "before" if rule.may_be_same else "not after"
        told.append(f"{later.what} ({written(later.on)}) is {word} {_said(earlier)}")
    severity = ERROR if any(rule.severity is ERROR for rule in against) else WARNING
    others = {days[name].place for rule in against for name in (rule.earlier, rule.later)} - {place}
    rest = f", or correct {', '.join(sorted(others))}" if others else ""
    text = "; ".join(dict.fromkeys(told))
    return Finding(severity, place, text, f"make it fall {_when(against, days)}{rest}")


def _when(against: list[Rule], days: dict[str, Day]) -> str:
    """The day that satisfies every rule that a later day can satisfy, or else every rule."""
    later = [rule for rule in against if rule.to_mend == "later"]
    if later:
        last = max(later, key=lambda rule: (days[rule.earlier].on, not rule.may_be_same))
        on = written(days[last.earlier].on)
        return f"on {on} or later" if last.may_be_same else f"after {on}"
    first = min(against, key=lambda rule: (days[rule.later].on, rule.may_be_same))
    on = written(days[first.later].on)
    return f"on {on} or sooner" if first.may_be_same else f"before {on}"


def _said(day: Day) -> str:
    return f"{day.what} ({written(day.on)})"


def days_of(campaign: Campaign) -> dict[str, Day]:
    """The days of the round that the file tells, by the names of the table."""
    pays = campaign.pay_until.astimezone(TAIPEI).date()
    found = {
        "opens": Day(campaign.opens_on, "opens_on", "the first day of registration"),
        "payment due": Day(pays, "pay_until", "the last day of payment"),
        "registration over": Day(
            campaign.gives_up_at().astimezone(TAIPEI).date(), "pay_until",
            "the day when registration is over",
        ),
        "first button ends": Day(
            campaign.opens_on + timedelta(days=campaign.confirm_token_days), "confirm_token_days",
            "the day when the first button stops working",
        ),
        "store money here": Day(
            campaign.working_days.add(pays, campaign.settlement.posting_working_days),
            "settlement.posting_working_days", "the day when the last store's money is here",
        ),
    }  # fmt: skip
    if isinstance(campaign.late_proof, LateProof):
        last = pays + timedelta(days=campaign.late_proof.accept_if_paid_in_time_within_days)
        place = "late_proof.accept_if_paid_in_time_within_days"
        found["late proofs end"] = Day(last, place, "the last day of late proofs")
    return {**found, **_first_and_last(campaign), **_aftermath(campaign), **_reward(campaign)}


def _first_and_last(campaign: Campaign) -> dict[str, Day]:
    every = [_days_of_exam(exam) for exam in campaign.exams]
    found = {}
    for name, of, choose, what in (
        ("first exam", "exam begins", min, "the first exam"),
        ("last exam", "exam ends", max, "the last exam"),
        ("first results", "results", min, "the first results"),
        ("last results", "results", max, "the last results"),
    ):
        known = [days[of] for days in every if of in days]
        if known:
            day = choose(known, key=lambda one: one.on)
            found[name] = Day(day.on, day.place, what)
    return found


def _days_of_exam(exam: Exam) -> dict[str, Day]:
    place = f"exams.{exam.name}"
    held = [*exam.held_on, *(one.held_on for one in exam.subjects if one.held_on and one.offered)]
    found = {}
    if held:
        found["exam begins"] = Day(min(held), f"{place}.held_on", "the exam")
        found["exam ends"] = Day(max(held), f"{place}.held_on", "the exam's last day")
    if exam.results_on:
        found["results"] = Day(exam.results_on, f"{place}.results_on", "the day of the results")
    if exam.stopped_on:
        what = "the day when the exam has ended for good"
        found["stopped"] = Day(exam.stopped_on, f"{place}.stopped_on", what)
    return found


def _aftermath(campaign: Campaign) -> dict[str, Day]:
    found = {}
    issued, invited = campaign.certificates.issued_from, campaign.refund_invited_on()
    ends = campaign.refund_until()
    if issued:
        what = "the first day of certificates"
        found["certificates issued"] = Day(issued, "certificates.issued_from", what)
        paid = issued + timedelta(days=campaign.refund.paid_after_days)
        what = "the day when refunds are paid, about"
        found["refunds paid"] = Day(paid, "refund.paid_after_days", what)
    if invited:
        found["refund invitation"] = Day(
            invited, "refund.invite_after", "the invitation to refunds"
        )
    if ends:
        what = "the last day of the window for refunds"
        found["refund window ends"] = Day(ends, "refund.window_months", what)
    return found


def _reward(campaign: Campaign) -> dict[str, Day]:
    reward = campaign.reward
    if reward is None:
        return {}
    uploads = reward.upload_until.astimezone(TAIPEI).date()
    found = {
        "reward uploads end": Day(uploads, "reward.upload_until", "the last day of uploads"),
        "reward got from": Day(
            reward.got_from, "reward.got_from", "the first day of certificates for the reward"
        ),
        "reward got until": Day(
            reward.got_until, "reward.got_until", "the last day of certificates for the reward"
        ),
    }
    semester = re.fullmatch(r"([0-9]{3})-([12])", reward.semester)
    if semester:
        begins, ends = _semester(int(semester[1]) + _MINGUO, int(semester[2]))
        what = f"of semester {reward.semester}"
        found["semester begins"] = Day(begins, "reward.semester", f"the first day {what}")
        found["semester ends"] = Day(ends, "reward.semester", f"the last day {what}")
    issued = campaign.certificates.issued_from
    first = _first_and_last(campaign).get("first exam")
    if issued and first and reward.got_from <= first.on <= reward.got_until:
        # The reward is for this round's own certificates, not for those of a semester before.
        what = "the first day of this round's certificates"
        found["own certificates"] = Day(issued, "certificates.issued_from", what)
    return found


def _semester(year: int, number: int) -> tuple[date, date]:
    """The first from August to January, the second from February to July."""
    if number == 1:
        return date(year, 8, 1), date(year + 1, 1, 31)
    return date(year + 1, 2, 1), date(year + 1, 7, 31)
