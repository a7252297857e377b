"""Exams with their subjects, prices, choice rules and what passing means."""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, field_validator, model_validator

from mailflow.campaign.choice import ALL, Rule
from mailflow.campaign.strict import Strict

_FILLING = re.compile(
    r"第?[一二三四五六123456]?(?:科目|學科|術科|考科)|[一二三四五六1-6]?[.:、,;+/&\n()]"
)


class Kind(StrEnum):
    """What a subject is, and with it its price class."""

    WRITTEN = "written"  # 學科
    PRACTICAL = "practical"  # 術科
    MIXED = "mixed"  # practical and written in one; its price class is announced nowhere


class Delivery(StrEnum):
    """How a certificate reaches the student."""

    SCHOOL = "school"  # collected at the office after a notice
    POST = "post"  # posted by the examiner to the registered address


class Subject(Strict):
    """One subject. `price` is its list price in NT$, else the campaign's for its kind.

    `track` names the certificate it leads to (數據分析類); what is not `offered` in this round
    keeps its number but can't be chosen. `held_on` is its own day, when it is not the exam's.
    """

    name: str = Field(min_length=2)
    kind: Kind = Kind.WRITTEN
    price: int | None = Field(default=None, gt=0)
    track: str = ""
    offered: bool = True
    held_on: date | None = None

    def __str__(self) -> str:
        return self.name


class PassRules(Strict):
    """What passing means. Scores are compared as they are, without rounding.

    Passed: the average is at least `average` and no subject is below `each`. A subject with at
    least `keep` is kept `keep_years` from the exam day: to the `day`, or to the end of that
    `year`. A retaken subject counts `alone` (it needs `keep`), or is `averaged` with the kept one.
    """

    average: int = Field(default=70, ge=0, le=100)
    each: int = Field(default=60, ge=0, le=100)
    keep: int = Field(default=70, ge=0, le=100)
    keep_years: int = Field(default=3, ge=0)
    keep_until: Literal["day", "year"] = "day"
    retake: Literal["alone", "averaged"] = "alone"


class Exam(Strict):
    """One exam at one level.

    `code` and `level` are those of the iPAS catalogue. A subject may be written as its name alone.
    `fee` and `retake_fee` (what the student pays, NT$, for the whole exam and for one retaken
    subject) are the short form; without them the price list decides. `successor` is the exam
    (`AIOT 初級`) in which a kept subject counts once this one has `stopped_on` a day. Own
    `pass_rules` replace those of the campaign.
    """

    name: str = Field(min_length=2)
    code: str = ""
    level: str = ""
    subjects: tuple[Subject, ...] = Field(min_length=1)
    choice: Rule = ALL
    fee: int | None = Field(default=None, gt=0)
    retake_fee: int | None = Field(default=None, gt=0)
    held_on: tuple[date, ...] = ()
    results_on: date | None = None
    exam_areas: tuple[str, ...] = ()
    delivery: Delivery = Delivery.POST
    pass_rules: PassRules | None = None
    stopped_on: date | None = None
    successor: str = ""

    @field_validator("subjects", mode="before")
    @classmethod
    def _names_alone(cls, written: object) -> object:
        if not isinstance(written, list | tuple):
            return written
        return [{"name": one} if isinstance(one, str) else one for one in written]

    @model_validator(mode="after")
    def _fits(self) -> "Exam":
        if len({_key(subject.name) for subject in self.subjects}) != len(self.subjects):
            raise ValueError(f"{self.name}: the same subject stands twice")
        unknown = self.choice.numbers() - set(range(1, len(self.subjects) + 1))
        if unknown:
            listed = ", ".join(map(str, sorted(unknown)))
            raise ValueError(f"{self.name}: choice names subject {listed}, which is not listed")
        if self.retake_fee and not self.fee:
            raise ValueError(f"{self.name}: retake_fee needs fee, or leave both to the price list")
        if self.fee and any(subject.price for subject in self.subjects):
            raise ValueError(f"{self.name}: give fee, or prices of subjects, not both")
        return self

    @property
    def key(self) -> str:
        """`AIAP 初級`: how catalogue and successors name an exam; "" when it has no code."""
        return f"{self.code} {self.level}".strip() if self.code else ""

    def ways(self) -> tuple[tuple[Subject, ...], ...]:
        """Every set of subjects with which one may register in this round."""
        numbered = dict(enumerate(self.subjects, start=1))
        offered = [number for number, subject in numbered.items() if subject.offered]
        ways = self.choice.ways(offered)
        return tuple(tuple(numbered[number] for number in sorted(way)) for way in ways)

    def chosen(self, text: str) -> tuple[Subject, ...] | None:
        """The subjects that a form names, in the order of the exam; None when it is not clear.

        Nothing written means all of them where there is nothing to choose.
        """
        rest = _key(text)
        found = []
        for subject in sorted(self.subjects, key=lambda one: -len(one.name)):
            if _key(subject.name) in rest:
                rest = rest.replace(_key(subject.name), ";", 1)
                found.append(subject)
        if not rest:
            ways = self.ways()
            return ways[0] if len(ways) == 1 else None
        if not found or _FILLING.sub("", rest):
            return None
        return tuple(subject for subject in self.subjects if subject in found)

    def certificates(self, chosen: tuple[Subject, ...]) -> int:
        """How many certificates these subjects lead to when all are passed."""
        numbers = [n for n, subject in enumerate(self.subjects, start=1) if subject in chosen]
        return self.choice.certificates(numbers)


def _key(text: str) -> str:
    """A name as compared: width and blanks don't count."""
    return re.sub(r"[ \t\u3000]", "", unicodedata.normalize("NFKC", text)).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names of exams mean the same: width, blanks and brackets don't count."""
    return _loose(one) == _loose(other)


def _loose(name: str) -> str:
    return re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", name))
