"""What a check of a round finds: how bad, where, what, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be mended before the round opens; a warning needs a decision; a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`place` is a key of the campaign file, a line of it, or a template."""

    severity: Severity
    place: str
    text: str
    remedy: str


def error(place: str, text: str, *, remedy: str) -> Finding:
    return Finding(Severity.ERROR, place, text, remedy)


def warning(place: str, text: str, *, remedy: str) -> Finding:
    return Finding(Severity.WARNING, place, text, remedy)


def note(place: str, text: str, *, remedy: str) -> Finding:
    return Finding(Severity.NOTE, place, text, remedy)
