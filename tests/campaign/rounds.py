"""The sample round as a file to change, and the official calendar as the government writes it."""

import json
from datetime import date, timedelta
from pathlib import Path

from mailflow.campaign import Campaign, load_campaign

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "campaigns" / "114-2.toml"
FACTS = json.loads((ROOT / "tests" / "data" / "calendar_tw.json").read_text(encoding="utf-8"))


def sample() -> Campaign:
    return load_campaign(SAMPLE)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def is_off(day: date) -> bool:
    """By the published lists: weekdays off, and Saturdays that are made up."""
    month_day, year = f"{day:%m-%d}", str(day.year)
    if day.weekday() >= 5:
        return month_day not in FACTS["makeup_workdays"][year]
    return month_day in FACTS["weekday_days_off"][year]


def official_rows(year: int) -> list[str]:
    """The rows of 辦公日曆表: 20260101,四,2,開國紀念日"""
    names = FACTS["weekday_days_off"][str(year)]
    return [
        f"{day:%Y%m%d},{'一二三四五六日'[day.weekday()]},{2 if is_off(day) else 0},"
        f"{names.get(f'{day:%m-%d}', '')}"
        for day in days_of(year)
    ]


def official_csv(rows: list[str], *, encoding: str = "utf-8-sig", newline: str = "\r\n") -> bytes:
    return newline.join(["西元日期,星期,是否放假,備註", *rows, ""]).encode(encoding)
