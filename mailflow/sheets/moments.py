"""Dates and times as Google Forms, Sheets and Excel write them.

A time without a zone counts as Asia/Taipei. `4/10/2026` alone does not say which number is the
month: the order is taken from rows of the same file that leave no choice, else it is refused.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from mailflow.campaign.round import TAIPEI

_MINGUO = 1911
_AM = frozenset({"上午", "早上", "凌晨", "清晨", "am", "a.m."})
_PM = frozenset({"下午", "中午", "晚上", "pm", "p.m."})
_HALF = r"(?:上午|早上|凌晨|清晨|下午|中午|晚上|[ap]\.?m\.?)"
_DATE = r"(?P<a>[0-9]{1,4})[/.-](?P<b>[0-9]{1,2})[/.-](?P<c>[0-9]{1,4})"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
_ZONE = r"(?P<zone>z|(?:gmt|utc)?[+-][0-9]{1,2}(?::?[0-9]{2})?|gmt|utc)"
_MOMENT = re.compile(
    rf"{_DATE}[ t]*(?P<before>{_HALF})? ?{_TIME} ?(?P<after>{_HALF})? ?{_ZONE}?", re.IGNORECASE
)
_DAY = re.compile(
    r"(?:(?P<year>[0-9]{3,4})[/.-])?(?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})"
    r"(?: ?\(.{1,4}\))?(?:[ t]*(?:上午|下午)?.?[0-9]{1,2}:[0-9:.]{2,12})?"
)
_PACKED_DAY = re.compile(r"(?P<year>[12][0-9]{3}|1[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])")
_PACKED_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-5][0-9])(?P<second>[0-5][0-9])?")
_CLOCK = re.compile(rf"(?P<before>{_HALF})? ?{_TIME} ?(?P<after>{_HALF})?", re.IGNORECASE)


class Order(StrEnum):
    """How a file writes dates whose year stands last."""

    MONTH_FIRST = "month/day/year"
    DAY_FIRST = "day/month/year"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp taken apart; `numbers` are the three of the date, as written."""

    numbers: tuple[int, int, int]
    year_last: bool
    clock: tuple[int, int, int]
    offset: timedelta | None


def take_apart(text: str) -> Stamp | None:
    """The parts of a timestamp, None when it is none."""
    found = _MOMENT.fullmatch(_folded(text))
    if not found or (found["before"] and found["after"]):
        return None
    hour = _hour(int(found["hour"]), (found["before"] or found["after"] or "").lower())
    if hour is None:
        return None
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    clock = (hour, int(found["minute"]), int(found["second"] or 0))
    return Stamp(numbers, len(found["a"]) <= 2, clock, _offset(found["zone"]))


def _folded(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"日 ?", " ", text.replace("年", "/").replace("月", "/"), count=1).strip()


def _hour(hour: int, half: str) -> int | None:
    """上午 12 is midnight, 下午 12 is noon; a 24-hour clock may carry 下午 as well."""
    if half in _AM:
        return hour % 12 if hour <= 12 else None
    if half in _PM:
        return None if hour == 0 else hour if hour >= 12 else hour + 12
    return hour


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    found = re.search(r"([+-])([0-9]{1,2}):?([0-9]{2})?$", zone)
    if not found:
        return timedelta(0)
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -size if found[1] == "-" else size


def order_of(stamps: Iterable[Stamp]) -> Order | None:
    """What the rows that leave no choice say; None when none does or they disagree."""
    dated_last = [stamp.numbers for stamp in stamps if stamp.year_last]
    day_first = any(a > 12 for a, _, _ in dated_last)
    month_first = any(b > 12 for _, b, _ in dated_last)
    if day_first == month_first:
        return None
    return Order.DAY_FIRST if day_first else Order.MONTH_FIRST


def instant(stamp: Stamp, order: Order | None) -> datetime | None:
    """The moment in UTC; None when there is no such day or time, or the order is open."""
    a, b, c = stamp.numbers
    if stamp.year_last:
        if order is None or c < 1000:
            return None
        year, month, day = (c, a, b) if order is Order.MONTH_FIRST else (c, b, a)
    else:
        year, month, day = _year(a), b, c
    zone = TAIPEI if stamp.offset is None else timezone(stamp.offset)
    try:
        return datetime(year, month, day, *stamp.clock, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _year(number: int) -> int:
    return number + _MINGUO if 100 <= number < 1000 else number


def bank_day(text: str) -> date | None:
    """A day with its year, Gregorian or Minguo: 2025/9/22, 114/09/22, 20250922, 1140922."""
    folded = _folded(text).strip("/ ")
    packed = _PACKED_DAY.fullmatch(folded)
    found = packed or _DAY.fullmatch(re.sub(r"^(?:中華)?民國 ?", "", folded))
    if not found or not found["year"]:
        return None
    try:
        return date(_year(int(found["year"])), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def clock_of(text: str, *, alone: bool) -> str | None:
    """The time of day in a text as HH:MM:SS; None when there is none. `alone`: 140305 is one."""
    folded = _folded(text)
    packed = _PACKED_CLOCK.fullmatch(folded) if alone else None
    found = packed or _CLOCK.search(folded)
    if not found:
        return None
    half = "" if packed else (found["before"] or found["after"] or "").lower()
    hour = _hour(int(found["hour"]), half)
    try:
        return time(hour or 0, int(found["minute"]), int(found["second"] or 0)).isoformat()
    except ValueError:
        return None


def due_day(text: str, *, year: int) -> date | None:
    """A day, year first or without a year (then `year`); None when it is none."""
    found = _DAY.fullmatch(_folded(text).strip("/ "))
    if not found:
        return None
    number = _year(int(found["year"])) if found["year"] else year
    try:
        return date(number, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
