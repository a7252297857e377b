"""Working days of the Taiwan government calendar, make-up Saturdays included."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """`closed` are days off of the office's own (a typhoon day); `open` are extra working days."""

    closed: frozenset[date] = field(default_factory=frozenset)
    open: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        if day in self.closed:
            return False
        return day in self.open or bool(_taiwan().is_working_day(day))

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is never counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day


_CACHE: list[holidays.HolidayBase] = []


def _taiwan() -> holidays.HolidayBase:
    if not _CACHE:
        _CACHE.append(holidays.country_holidays("TW"))
    return _CACHE[0]
