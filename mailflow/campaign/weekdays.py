"""Weekdays written beside dates, `9/17(三)` or `114年9月17日（三）`: do they fit?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEEKDAYS = "一二三四五六日"

_BESIDE = r"[ \t#,]*[(（](?:星期|週|周|禮拜)?([一二三四五六日天])[)）]"
_WRITTEN = re.compile(
    r"(?<![0-9/.-])(?:"
    r"(?:(?P<y1>[0-9]{2,4})(?P<sep>[-/.]))?(?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})"
    r"(?:T[0-9:]+(?:\+[0-9:]+)?)?"
    r"|(?:(?P<y2>[0-9]{2,4}) ?年 ?)?(?P<m2>[0-9]{1,2}) ?月 ?(?P<d2>[0-9]{1,2}) ?日"
    rf"){_BESIDE}"
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A weekday that is not that of the date before it; `day` None when there is no such day."""

    line: int
    written: str
    day: date | None


def written(day: date) -> str:
    """`2025-09-17(三)`"""
    return f"{day}({WEEKDAYS[day.weekday()]})"


def misfits(text: str, *, near: date) -> Iterator[Misfit]:
    """Every wrong weekday. A year below 1000 is a Minguo year; without one, the date nearest to
    `near` is meant."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _WRITTEN.finditer(line):
            named = found.groupdict()
            year = named["y1"] or named["y2"]
            month, of_month = int(named["m1"] or named["m2"]), int(named["d1"] or named["d2"])
            day = _day(int(year) if year else None, month, of_month, near=near)
            weekday = found[found.lastindex or 0].replace("天", "日")
            if day is None or WEEKDAYS[day.weekday()] != weekday:
                yield Misfit(number, found[0].strip(), day)


def _day(year: int | None, month: int, day: int, *, near: date) -> date | None:
    years = [year + 1911 if year < 1000 else year] if year else [near.year + n for n in (-1, 0, 1)]
    found = [known for known in (_date(one, month, day) for one in years) if known]
    return min(found, key=lambda one: abs(one - near), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
