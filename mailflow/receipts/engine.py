"""What reads pictures, and what it gives. Its own failure is one error."""

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Line


class OcrError(RuntimeError):
    """The engine is missing, too slow, or failed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page turned upright and level, and its rows in its pixels. `odd`: where something was found
    that may stand on its side or its head."""

    image: Image.Image
    lines: tuple[Line, ...]
    odd: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as read: all findings, the picture in whose pixels they stand, and its rows."""

    findings: Findings
    page: Image.Image
    lines: tuple[Line, ...] = ()


class Eyes(Protocol):
    """One or two engines that read a page and look again at what decides."""

    def look(self, page: Image.Image, *, until: float) -> tuple[Seen, ...]:
        """All findings of one page, apart for each receipt on it.

        Begins no reading after `until` (monotonic)."""
