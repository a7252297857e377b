"""The retake in the next round: is the exam still held, in time, and under which name?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailflow.aftercare.passing import KeptSubject
from mailflow.campaign import Campaign, Exam


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


def offer(kept: Sequence[KeptSubject], upcoming: Campaign) -> Offer | NoOffer:
    """The offer of that round for the kept subjects of one exam (at least one).

    The earliest expiry counts, and the last day of the exam, where it is held on several.
    """
    name, until = kept[0].exam, min(one.until for one in kept)
    held, succeeds = _held(name, upcoming)
    if held is None:
        return NoOffer.NOT_HELD
    exam_on = max(held.held_on, default=None)
    if until < (exam_on or upcoming.register_until.date()):
        return NoOffer.EXPIRED
    have = {one.subject for one in kept}
    open_to_choose = [subject.name for subject in held.subjects if subject.offered]
    left = () if succeeds else tuple(name for name in open_to_choose if name not in have)
    return Offer(held.name, left, tuple(kept), until, exam_on, succeeds)


def _held(name: str, upcoming: Campaign) -> tuple[Exam | None, str]:
    """The exam itself, or the one that takes its kept subjects, and then the stopped one's name."""
    exam = upcoming.exam(name)
    if exam is None or exam.stopped_on is None or upcoming.opens_on < exam.stopped_on:
        return exam, ""
    return next((one for one in upcoming.exams if one.key == exam.successor), None), name
