"""The days of a round: those of the campaign file, and guesses where it says nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mailflow.aftercare.refunds import closes_on
from mailflow.campaign import Campaign, Exam
from mailflow.campaign.round import TAIPEI
from mailflow.settlement import overdue_from

_OFFICE_OPENS = time(9)
_SATURDAY = 5
# Where nothing is announced: from the deadline to the exam, to its results, to the certificates.
_EXAM_AFTER, _RESULTS_AFTER, _CERTIFICATES_AFTER = (timedelta(days=n) for n in (40, 14, 45))
_WEEK = timedelta(days=7)


def morning(day: date) -> datetime:
    """When the office opens on that day, UTC."""
    return datetime.combine(day, _OFFICE_OPENS, TAIPEI).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All days follow from the campaign; working days where the office does something."""

    campaign: Campaign

    @property
    def bank_days(self) -> tuple[date, ...]:
        """When the bank's file is taken in: after the deadline, and when even money from stores
        must have come."""
        first = self.campaign.working_days.add(self.campaign.pay_until.date(), 1)
        claimed = self.campaign.gives_up_at().date() + _WEEK  # the last proofs are in
        last = self.campaign.working_days.add(overdue_from(claimed, self.campaign), 1)
        return first, last

    def held_on(self, exam: Exam) -> date:
        """The day of an exam; a Saturday where none is announced."""
        if exam.held_on:
            return exam.held_on[-1]
        day = self.campaign.pay_until.date() + _EXAM_AFTER
        return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)

    def results_on(self, exam: Exam) -> date:
        """The day on which an exam's results come to the office."""
        announced = exam.results_on or self.held_on(exam) + _RESULTS_AFTER
        return self.campaign.working_days.on_or_after(announced)

    @property
    def results_days(self) -> list[date]:
        """All days with results, in order."""
        return sorted({self.results_on(exam) for exam in self.campaign.exams})

    @property
    def certificates_on(self) -> date:
        """The day on which the certificates are issued, and come."""
        guessed = self.results_days[-1] + _CERTIFICATES_AFTER
        announced = self.campaign.certificates.issued_from or guessed
        return self.campaign.working_days.on_or_after(announced)

    @property
    def invitation_days(self) -> list[date]:
        """The announced day, and the days of results that come later; none without a refund."""
        first = self.campaign.refund_invited_on()
        if first is None:
            return []
        return [first, *(day for day in self.results_days if day > first)]

    @property
    def closes_on(self) -> date:
        """The last day for applications."""
        invited = self.invitation_days[-1]
        day = closes_on(self.campaign, invited_on=invited, certificate_on=self.certificates_on)
        assert day
        return day

    @property
    def applies_from(self) -> date:
        """From when someone invited can have a certificate."""
        return max(self.certificates_on, self.invitation_days[-1])

    def verifying_days(self) -> Iterator[date]:
        """Once a week while applications come, and once more when the window has closed."""
        day = self.applies_from + _WEEK
        while day <= self.closes_on:
            yield self.campaign.working_days.on_or_after(day)
            day += _WEEK

    def clock_days(self) -> Iterator[date]:
        """Mornings on which time alone brings something about."""
        until = self.campaign.pay_until.date()
        if self.campaign.reminder_days:
            day = min(self.campaign.reminder_on(days) for days in self.campaign.reminder_days)
            while day <= until:
                yield day
                day += timedelta(days=1)
        yield self.campaign.gives_up_at().date() + timedelta(days=1)
        if self.invitation_days:
            for days in self.campaign.refund.remind_days:
                on = self.closes_on - timedelta(days=days)
                yield from (
                    on,
                    on + timedelta(days=1),
                )  # who wrote just now is reminded a day later
            yield self.closes_on + timedelta(days=1)
