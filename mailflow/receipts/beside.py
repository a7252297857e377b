"""Several receipts side by side in one picture. Pure.

Read as one page their rows would run into each other: the sum of one beside the account of the
other. They are parted at a gutter that no line crosses, when each side names values of its own and
both name the same things: the columns of one receipt (tiles, a table) share no label.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mailflow.receipts.geometry import Quad, trend
from mailflow.receipts.labels import entries
from mailflow.receipts.lines import Word, words_to_lines
from mailflow.receipts.wording import Role

ENOUGH = 3  # kinds of labelled values that make a receipt
SHARED = 2  # kinds that both sides name
MARGIN = 0.15  # of the width: no receipt is narrower

_SUMS = frozenset({Role.AMOUNT, Role.TOTAL})


@dataclass(frozen=True, slots=True)
class Found:
    """A line of text and its four corners; confidence 0 to 100."""

    quad: Quad
    text: str
    confidence: float


def side_by_side(found: Sequence[Found], *, width: int) -> list[list[Found]]:
    """The lines of each receipt, from left to right; all in one part when there is but one."""
    for gutter in _gutters(found, width=width):
        left = [one for one in found if one.quad.middle[0] < gutter]
        right = [one for one in found if one.quad.middle[0] >= gutter]
        if _two_receipts(_named(left, width=width), _named(right, width=width)):
            return [*side_by_side(left, width=width), *side_by_side(right, width=width)]
    return [list(found)]


def _gutters(found: Sequence[Found], *, width: int) -> Iterator[float]:
    """Columns without a line of text, the widest first."""
    spans = sorted(
        (min(x for x, _ in f.quad.corners), max(x for x, _ in f.quad.corners)) for f in found
    )
    reach, gaps = 0.0, []
    for (_, right), (left, _) in pairwise(spans):
        reach = max(reach, right)
        if left > reach and MARGIN * width < reach and left < (1 - MARGIN) * width:
            gaps.append((left - reach, (left + reach) / 2))
    return (middle for _gap, middle in sorted(gaps, reverse=True)[:3])


def _two_receipts(left: frozenset[Role], right: frozenset[Role]) -> bool:
    if min(len(left), len(right)) < ENOUGH:
        return False
    return bool(left & _SUMS and right & _SUMS) or len(left & right) >= SHARED


def _named(found: Sequence[Found], *, width: int) -> frozenset[Role]:
    """What is named there, each with a value."""
    bent = trend([one.quad for one in found], width=width)
    lines = words_to_lines(Word(f.text, bent.level(f.quad), f.confidence) for f in found)
    return frozenset(entry.role for entry in entries(lines) if entry.value)
