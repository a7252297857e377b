"""Who has passed: the rules of an exam as data, its marks, and what they come to.

Source of the rules: the office's guide of 114 (average of 70 or more and no subject below 60; a
subject of 70 or more is kept three years from the day of the exam). Each exam's brochure may
differ: every number is data of the campaign (`PassRules`).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction

from mailflow.campaign import PassRules


class Outcome(StrEnum):
    """What the marks come to; `unclear` is for a person."""

    PASSED = "passed"
    KEPT = "kept"
    FAILED = "failed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Mark:
    """One subject's score, 0 to 100; who was absent has 0."""

    subject: str
    score: Decimal
    absent: bool = False


@dataclass(frozen=True, slots=True)
class KeptSubject:
    """A subject that needs no second exam before `until` (inclusive) is over."""

    exam: str
    subject: str
    score: Decimal
    exam_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Result:
    """What one sitting came to. `average` is exact, None for a retake; `kept` is all that is
    kept after it, also from before."""

    outcome: Outcome
    average: Fraction | None = None
    kept: tuple[KeptSubject, ...] = field(default=())
    reasons: tuple[str, ...] = ()

    @property
    def average_shown(self) -> str:
        """Two places, never rounded up: 69.995 must not read as 70."""
        if self.average is None:
            return ""
        exact = Decimal(self.average.numerator) / Decimal(self.average.denominator)
        return plain(exact.quantize(Decimal("0.01"), rounding=ROUND_FLOOR))


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person at one exam: `subjects` are all that the exam asks of this person."""

    exam: str
    subjects: tuple[str, ...]
    exam_on: date
    marks: tuple[Mark, ...]


def judge(sitting: Sitting, rules: PassRules, *, kept: Sequence[KeptSubject] = ()) -> Result:
    """Passed, kept or failed; unclear where a subject has neither a mark nor a kept score.

    `kept` are the person's kept subjects of this exam from before.
    """
    marks = {mark.subject: mark for mark in sitting.marks}
    if len(marks) != len(sitting.marks):
        return Result(Outcome.UNCLEAR, reasons=("subject_marked_twice",))
    if not set(marks) <= set(sitting.subjects):
        return Result(Outcome.UNCLEAR, reasons=("subject_not_registered",))
    missing = [name for name in sitting.subjects if name not in marks]
    if not missing:
        return _whole(sitting, rules, kept=kept)
    return _retake(sitting, rules, missing=missing, kept=kept)


def _whole(sitting: Sitting, rules: PassRules, *, kept: Sequence[KeptSubject]) -> Result:
    scores = [mark.score for mark in sitting.marks]
    average = Fraction(sum(scores)) / len(scores)
    if average >= Fraction(rules.average) and min(scores) >= rules.each:
        return Result(Outcome.PASSED, average)
    still = kept_of(sitting, rules, before=kept)
    return Result(Outcome.KEPT if still else Outcome.FAILED, average, still)


def _retake(
    sitting: Sitting, rules: PassRules, *, missing: Sequence[str], kept: Sequence[KeptSubject]
) -> Result:
    known = {one.subject: one for one in kept if one.exam == sitting.exam}
    if not set(missing) <= set(known):
        return Result(Outcome.UNCLEAR, reasons=("kept_subject_unknown",))
    if any(known[name].until < sitting.exam_on for name in missing):
        return Result(Outcome.UNCLEAR, reasons=("kept_subject_expired",))
    alone = all(mark.score >= rules.keep for mark in sitting.marks)
    if alone or (
        rules.retake == "averaged" and _averaged(sitting, rules, [known[n] for n in missing])
    ):
        return Result(Outcome.PASSED)
    still = kept_of(sitting, rules, before=kept)
    return Result(Outcome.KEPT if still else Outcome.FAILED, kept=still)


def _averaged(sitting: Sitting, rules: PassRules, kept: Sequence[KeptSubject]) -> bool:
    scores = [mark.score for mark in sitting.marks] + [one.score for one in kept]
    enough = Fraction(sum(scores)) / len(scores) >= Fraction(rules.average)
    return enough and min(scores) >= rules.each


def kept_of(
    sitting: Sitting, rules: PassRules, *, before: Sequence[KeptSubject] = ()
) -> tuple[KeptSubject, ...]:
    """What is kept after a sitting that was not passed: the subjects that reach `keep`, and those
    from before that are still valid; a later date takes the place of an earlier one."""
    until = kept_until(sitting.exam_on, rules)
    found = {(one.exam, one.subject): one for one in before if one.until >= sitting.exam_on}
    for mark in sitting.marks:
        if mark.score >= rules.keep:
            found[sitting.exam, mark.subject] = KeptSubject(
                sitting.exam, mark.subject, mark.score, sitting.exam_on, until
            )
    return tuple(found.values())


def kept_until(exam_on: date, rules: PassRules) -> date:
    """The last day on which a subject is kept, inclusive."""
    to_the_day = months_after(exam_on, 12 * rules.keep_years)
    is_longer = rules.keep_until == "year"
    return to_the_day.replace(month=12, day=31) if is_longer else to_the_day


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def plain(number: Decimal) -> str:
    """`70.00` → `70`, `69.50` → `69.5`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
