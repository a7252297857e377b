"""Working days of the Taiwan government calendar, make-up Saturdays included."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays
from pydantic import Field

from mailflow.campaign.strict import Strict


class OfficialYear(Strict):
    """A year as the government's own file gives it; it outranks the library.

    `days_off` are Mondays to Fridays without work, `working` are Saturdays and Sundays with work.
    """

    year: int = Field(ge=2000, le=2200)
    days_off: frozenset[date]
    working: frozenset[date] = frozenset()
    source: str = ""

    def is_working(self, day: date) -> bool:
        return day in self.working if day.weekday() >= 5 else day not in self.days_off


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """`closed` are days off of the office's own (a typhoon day); `open` are extra working days;
    `years` are official years that were imported."""

    closed: frozenset[date] = field(default_factory=frozenset)
    open: frozenset[date] = field(default_factory=frozenset)
    years: tuple[OfficialYear, ...] = ()

    def is_working(self, day: date) -> bool:
        if day in self.closed:
            return False
        return day in self.open or self._by_government(day)

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is never counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def on_or_after(self, day: date) -> date:
        """`day`, or the next working day when it is none."""
        return day if self.is_working(day) else self.add(day, 1)

    def without(self, closed: Collection[date]) -> "WorkingDays":
        """The same calendar as if the office had not closed on these days."""
        return WorkingDays(self.closed - frozenset(closed), self.open, self.years)

    def _by_government(self, day: date) -> bool:
        official = next((year for year in self.years if year.year == day.year), None)
        return official.is_working(day) if official else library_says(day)


def differences(official: OfficialYear) -> list[tuple[date, bool]]:
    """Days on which the official year and the library disagree, each with what is official."""
    first, following = date(official.year, 1, 1), date(official.year + 1, 1, 1)
    days = [first + timedelta(days=number) for number in range((following - first).days)]
    said = [(day, official.is_working(day)) for day in days]
    return [(day, works) for day, works in said if works is not library_says(day)]


def library_says(day: date) -> bool:
    """Whether the government works on `day`, as the `holidays` library knows it."""
    return bool(_taiwan().is_working_day(day))


_CACHE: list[holidays.HolidayBase] = []


def _taiwan() -> holidays.HolidayBase:
    if not _CACHE:
        _CACHE.append(holidays.country_holidays("TW"))
    return _CACHE[0]
