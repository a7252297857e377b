"""How values read in a letter: clean text, labels and dates, in Chinese and in English."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from mailflow.campaign.round import TAIPEI
from mailflow.person import Field

LABELS_EN: Mapping[Field, str] = {
    Field.NAME_ZH: "Chinese name",
    Field.NAME_EN: "English name",
    Field.NATIONAL_ID: "ID / ARC number",
    Field.BIRTH_DATE: "Date of birth",
    Field.SEX: "Sex",
    Field.STUDENT_NO: "Student number",
    Field.DEPARTMENT: "Department",
    Field.PHONE: "Mobile phone",
    Field.EMAIL: "E-mail address",
    Field.ADDRESS: "Postal address",
    Field.EXAM: "Exam",
    Field.SUBJECTS: "Subjects",
    Field.EXAM_AREA: "Exam area",
    Field.RETAKE: "Single-subject retake",
    Field.KEPT_SUBJECT: "Subject passed before",
    Field.KEPT_YEAR: "Year passed",
    Field.STUDY: "Programme and year",
    Field.NEEDS: "Special needs",
    Field.CONSENT: "Consent to the data notice",
}

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_WEEKDAYS = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Both(NamedTuple):
    """The same thing said in both languages."""

    zh: str
    en: str


def one_line(text: str) -> str:
    """The visible characters of a value: no control, direction or zero-width characters.

    Private-use characters stay: rare characters in Taiwanese names live there.
    """
    visible = (
        " " if char in _BREAKS else char
        for char in text
        if char in _BREAKS or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join("".join(visible).split())


def paragraphs(text: str) -> str:
    """Like `one_line`, but line breaks stay."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def day(on: date) -> Both:
    """A date with its weekday: strftime would follow the machine's language."""
    return Both(
        f"{on.year} 年 {on.month} 月 {on.day} 日（星期{_WEEKDAYS[on.weekday()]}）",
        f"{_DAYS_EN[on.weekday()]}, {on.day} {_MONTHS_EN[on.month - 1]} {on.year}",
    )


def days_left(ends: datetime, *, leaves_on: date) -> Both:
    """How long is left on the day a letter leaves. The day is named: it may be read on another."""
    on, left = day(leaves_on), (ends.astimezone(TAIPEI).date() - leaves_on).days
    if left < 1:
        return Both(f"就在今天（{on.zh}）截止", f"it ends today, {on.en}")
    only, days = ("只剩", "day") if left == 1 else ("還有", "days")
    return Both(f"從 {on.zh}算起，{only} {left} 天", f"{left} {days} left, counted from {on.en}")


def moment(at: datetime) -> Both:
    """A date with the time of day in Taipei."""
    local = at.astimezone(TAIPEI)
    words = day(local.date())
    return Both(f"{words.zh}{local:%H:%M}", f"{words.en}, {local:%H:%M} (Taipei)")
