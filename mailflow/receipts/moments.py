"""Dates and times as printed: Minguo or Gregorian years, 12 or 24 hours. Pure."""

import re
from datetime import date

_DATE = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2}|1[0-9]{2}) ?[-/.年] ?(?P<month>[0-9]{1,2}) ?[-/.月] ?"
    r"(?P<day>[0-9]{1,2})(?![0-9](?![0-9]?:)|[A-SU-Za-z]|T(?![0-2][0-9]:))(?! [0-9](?![0-9:])) ?日?"
)  # 116/01/3 0: the day came apart
_SHORT = re.compile(  # 26/10/04 19:59: no Minguo year, and no day stands first
    r"(?<![0-9])(?P<year>2[4-9]|3[0-9])(?P<mark>[/.-])(?P<month>[01][0-9])(?P=mark)(?P<day>[0-3][0-9])"
    r"(?= ?[0-2][0-9]:[0-5][0-9])"
)
_DAY_FIRST = re.compile(  # 25/09/2026, 25-09-2026: no month has such a number
    r"(?<![0-9])(?P<day>1[3-9]|2[0-9]|3[01])(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)"
    r"(?P<year>20[0-9]{2})(?![0-9])"
)
_MONTH_FIRST = re.compile(
    r"(?<![0-9])(?P<month>0?[1-9]|1[0-2])(?P<mark>[-/.])(?P<day>1[3-9]|2[0-9]|3[01])(?P=mark)(?P<year>20[0-9]{2})(?![0-9])"
)
_SPACED = re.compile(  # 115 09 15 08:55
    r"(?<![0-9])(?P<year>20[0-9]{2}|1[0-9]{2}) (?P<month>[01][0-9]) "
    r"(?P<day>[0-3][0-9])(?= [0-2][0-9]:[0-5][0-9])"
)
_COMPACT = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2}|1[0-9]{2})(?P<month>[01][0-9])"
    r"(?P<day>[0-3][0-9])(?![0-9](?![0-9]?:)|[A-SU-Za-z])"
)
_APART = re.compile(  # 11 4/1 2/30 14:37:54: every digit is there
    r"(?P<year>20[0-9]{2}|1[0-9]{2})(?P<mark>[-/.])(?P<month>[01][0-9])(?P=mark)"
    r"(?P<day>[0-3][0-9])(?P<time>[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)"
)
_YEAR_LAST = re.compile(  # 11月20日21:03(2026); 10月21日16:53,2026年
    r"(?<![0-9])(?P<month>[01]?[0-9]) ?月 ?(?P<day>[0-3]?[0-9]) ?日"
    r"(?P<time>[ ]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
    r"[ ,(]{1,2}(?P<year>20[0-9]{2})(?=[)年])"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")[a-z]*[. ,-]*"
_ENGLISH = re.compile(
    rf"(?<![0-9])(?:(?P<day>[0-9]{{1,2}})[ -]?{_MONTH}|{_MONTH.replace('month', 'month2')}"
    r"(?P<day2>[0-9]{1,2})[, ]+)(?P<year>20[0-9]{2})(?![0-9](?![0-9]?:))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![0-9:])(?P<half>上午|下午|中午|凌晨|晚上|[AaPp][Mm])? ?(?P<hour>[0-2]?[0-9]) ?[:時] ?"
    r"(?P<minute>[0-5][0-9])(?: ?[:分] ?[0-5][0-9])?(?![0-9:]) ?(?P<after>[AaPp]\.?[Mm])?"
)
_AFTERNOON = ("下午", "晚上", "PM", "pm", "Pm", "p.m", "P.M")


def find_date(text: str) -> str | None:
    """The first date as `YYYY-MM-DD`; None when there is none or it is no day."""
    found = _figures(text)
    if not found:
        return _english_date(text)
    year = int(found["year"])
    year += 2000 if year < 100 else 0
    try:
        day = date(year if year > 1911 else year + 1911, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day.isoformat()


def _figures(text: str) -> re.Match[str] | None:
    every = (_DATE, _COMPACT, _SHORT, _DAY_FIRST, _MONTH_FIRST, _YEAR_LAST, _SPACED)
    return next((found for one in every if (found := one.search(text))), None)


def _english_date(text: str) -> str | None:
    """`6 May 2026` or `May 6, 2026`; never figures alone, whose order nobody knows."""
    found = _ENGLISH.search(text)
    if not found:
        return None
    month = _MONTHS.index((found["month"] or found["month2"]).lower()) + 1
    try:
        return date(int(found["year"]), month, int(found["day"] or found["day2"])).isoformat()
    except ValueError:
        return None


def find_time(text: str) -> str | None:
    """The first time of day as `HH:MM`; None when there is none."""
    found = _TIME.search(text)
    if not found:
        return None
    hour, half = int(found["hour"]), found["half"] or found["after"]
    if (half and hour > 12) or hour > 23:
        return None if hour > 23 else f"{hour:02}:{found['minute']}"
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) or half == "中午" else 0)
    return f"{hour:02}:{found['minute']}"


def find_moment(text: str) -> str | None:
    """`YYYY-MM-DDTHH:MM`, or the date alone."""
    day = find_date(text)
    if day is None:
        apart = _APART.fullmatch(text.replace(" ", ""))
        whole = f"{apart['year']}/{apart['month']}/{apart['day']} {apart['time']}" if apart else ""
        return find_moment(whole) if find_date(whole) else None
    found = _figures(text) or _ENGLISH.search(text)
    inside = found and found.groupdict().get("time")
    time = find_time(inside or text[found.end() :]) if found else None
    return f"{day}T{time}" if time else day
