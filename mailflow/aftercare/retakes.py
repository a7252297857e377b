"""The retake in the next round: is the exam still held, in time, and under which name?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mailflow.aftercare.passing import KeptSubject


@dataclass(frozen=True, slots=True)
class RoundExam:
    """One exam of the next round; `exam_on` is None while its day is not known."""

    name: str
    subjects: tuple[str, ...]
    exam_on: date | None = None


@dataclass(frozen=True, slots=True)
class NextRound:
    """What the next round holds. `successors` maps a stopped exam to the one that takes its kept
    subjects as an exemption."""

    title: str
    register_until: date
    exams: tuple[RoundExam, ...]
    successors: Mapping[str, str] = field(default_factory=dict)

    def exam(self, name: str) -> RoundExam | None:
        return next((exam for exam in self.exams if exam.name == name), None)


class NoOffer(StrEnum):
    """Why there is nothing to offer."""

    NOT_HELD = "exam_not_held"
    EXPIRED = "kept_subject_expired"


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be retaken. `subjects` are those still to pass; empty with a successor, whose
    brochure decides which subject is exempted. `succeeds` is the stopped exam's name, or ''."""

    exam: str
    subjects: tuple[str, ...]
    kept: tuple[KeptSubject, ...]
    until: date
    exam_on: date | None
    succeeds: str = ""


def offer(kept: Sequence[KeptSubject], upcoming: NextRound) -> Offer | NoOffer:
    """The offer for the kept subjects of one exam (at least one); the earliest expiry counts."""
    name, until = kept[0].exam, min(one.until for one in kept)
    held, succeeds = upcoming.exam(name), ""
    if held is None and name in upcoming.successors:
        held, succeeds = upcoming.exam(upcoming.successors[name]), name
    if held is None:
        return NoOffer.NOT_HELD
    if until < (held.exam_on or upcoming.register_until):
        return NoOffer.EXPIRED
    have = {one.subject for one in kept}
    left = () if succeeds else tuple(name for name in held.subjects if name not in have)
    return Offer(held.name, left, tuple(kept), until, held.exam_on, succeeds)
