"""A round as its office sees it: dates, promises, exams with amounts, what follows."""

from datetime import date, datetime, timedelta
from typing import Any

from mailflow.campaign.clocks import play
from mailflow.campaign.exams import Exam
from mailflow.campaign.round import TAIPEI, Campaign


def summary(campaign: Campaign) -> dict[str, Any]:
    """For `campaign show`: plain values, days as `YYYY-MM-DD`, moments in Taipei, NT$."""
    last = play(campaign)[-1]
    return {
        "id": campaign.id,
        "title": campaign.title,
        "opens_on": str(campaign.opens_on),
        "register_until": _moment(campaign.register_until),
        "pay_until": _moment(campaign.pay_until),
        "announced_pay_until": _moment(campaign.announced_pay_until),
        "reminders_on": sorted(str(campaign.reminder_on(days)) for days in campaign.reminder_days),
        "gives_up_at": _moment(campaign.gives_up_at()),
        "last_registration": {
            "on": str(last.registers_on),
            "letter_by": str(last.letter_by),
            "slip_by": str(last.slip_by),
        },
        "closures": [{"on": str(one.on), "why": one.why} for one in campaign.calendar.closures],
        "certificates_from": _or_none(campaign.certificates.issued_from),
        "refund_invited_on": _or_none(campaign.refund_invited_on()),
        "refund_until": _or_none(campaign.refund_until()),
        "refund_reminders_on": _refund_reminders(campaign),
        "privacy_notice": campaign.privacy_notice,
        "exams": [_exam(exam, campaign) for exam in campaign.exams],
    }


def _refund_reminders(campaign: Campaign) -> list[str]:
    ends = campaign.refund_until()
    return (
        sorted(str(ends - timedelta(days=n)) for n in campaign.refund.remind_days) if ends else []
    )


def _exam(exam: Exam, campaign: Campaign) -> dict[str, Any]:
    ways = [[subject.name for subject in way] for way in exam.ways()]
    singles = [subject.name for subject in exam.subjects if subject.offered]
    return {
        "name": exam.name,
        "key": exam.key,
        "held_on": [str(day) for day in exam.held_on],
        "delivery": exam.delivery,
        "ways": [
            {"subjects": way, "fee": campaign.fee(exam.name, "、".join(way), retake=False)}
            for way in ways
        ],
        "retakes": {name: campaign.fee(exam.name, name, retake=True) for name in singles},
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}"


def _or_none(day: date | None) -> str | None:
    return str(day) if day else None
