"""Signs that a page was changed after it was made: reasons for a person to look, never to refuse.

What is compared is the amount with the other numbers of the same page, so that whatever befell the
whole page (a photo, a chat's compression) says nothing. Measured: docs/decisions/0011.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Box, Cell, Line

Grey = NDArray[np.floating[Any]]

FACE = 0.6  # logarithm: how much less its likest digit is like others than those like each other
ALIKE = 0.02  # a distance that pixels make: less of it says nothing
SOFT = -0.24  # logarithm: how much softer its edges are than theirs
SOFTEST = -0.2  # and than the softest of theirs: what befell one more of them is nobody's doing
SOFT_ACCOUNT = -0.35  # among frames and masks
EDGE = 0.12  # of the contrast: a smaller step is ground or paper
LEAST_EDGES = 8  # pixels
LEAST_HEIGHT = 10  # pixels of a row; smaller letters have no face
LEAST_CONTRAST = 30
SAME_SIZE = 1.18  # letters of another size may be of another face
WIDE = 1.1  # heights: digits so far apart are ７００, of another face than 700 by their nature
SAME_WEIGHT = 1.15  # a sum is often set in bold; ink of a digit, as a share of its box
_TALL, _WIDE = 24, 16


def signs_of_editing(
    page: Image.Image, lines: Iterable[Line], *, amount: Box | None, account: Box | None = None
) -> tuple[str, ...]:
    """Codes: `amount_in_another_face`, `amount_softer_than_its_page`,
    `account_softer_than_its_page`; () where nothing is odd, or too little is there to compare.

    An account often has a face of its own in honest receipts, so that its face says nothing.
    """
    grey = np.asarray(page.convert("L"), dtype=np.float32)
    cells = [cell for line in lines for cell in line.cells]
    found = []
    if amount and _another_face(grey, *_parted(cells, amount)):
        found.append("amount_in_another_face")
    if amount and _softer(grey, amount, _parted(cells, amount)[1]):
        found.append("amount_softer_than_its_page")
    if account and _softer(grey, account, _parted(cells, account)[1], by=SOFT_ACCOUNT):
        found.append("account_softer_than_its_page")
    return tuple(found)


def _parted(cells: Sequence[Cell], place: Box) -> tuple[list[Cell], list[Cell]]:
    """Those at the place, and all others."""
    here = [cell for cell in cells if _overlap(cell.box, place)]
    return here, [cell for cell in cells if not _overlap(cell.box, place)]


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


# Faces


@dataclass(frozen=True, slots=True)
class _Digit:
    char: str
    shape: Grey  # its ink, 0 to 1, in a box of one size
    height: float  # pixels on the page

    @property
    def weight(self) -> float:
        return float(self.shape.mean())


def _another_face(grey: Grey, here: Sequence[Cell], there: Sequence[Cell]) -> bool:
    """Whether every digit of the amount is unlike the same digits elsewhere, as those are not
    among each other."""
    amount = [digit for cell in here for digit in _digits(grey, cell)]
    others = [digits for cell in there if (digits := list(_digits(grey, cell)))]
    odd = list(_distances(amount, others))
    usual = [
        distance
        for place, digits in enumerate(others)
        for distance in _distances(digits, [*others[:place], *others[place + 1 :]])
    ]
    if len(odd) < 2 or len(usual) < 4:
        return False
    ratio = (np.min(odd) + ALIKE) / (np.percentile(usual, 75) + ALIKE)  # one may be misread
    return bool(np.log(ratio) > FACE)


def _distances(digits: Iterable[_Digit], others: Sequence[Sequence[_Digit]]) -> Iterator[float]:
    """Of each, to the likest of the same digit, size and weight."""
    for one in digits:
        same = [
            _distance(one.shape, other.shape)
            for cell in others
            for other in cell
            if other.char == one.char
            and 1 / SAME_SIZE < one.height / other.height < SAME_SIZE
            and 1 / SAME_WEIGHT < one.weight / other.weight < SAME_WEIGHT
        ]
        if same:
            yield min(same)


def _distance(one: Grey, other: Grey) -> float:
    """0 for equal shapes, 1 for unrelated ones."""
    a, b = one - one.mean(), other - other.mean()
    return 1 - float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum() + 1e-6))


def _digits(grey: Grey, cell: Cell) -> Iterator[_Digit]:
    """The digits of a cell that falls into as many pieces as its text has characters."""
    import cv2

    chars = [char for char in cell.text if not char.isspace()]
    row = _cut(grey, cell.box)
    if row is None or not any(char.isdigit() for char in chars):
        return
    zoom = max(1, round(64 / row.shape[0]))
    large = cv2.resize(row, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    ink = _ink(np.asarray(large, dtype=np.float32))
    pieces = _pieces(np.asarray((ink > 0.45).any(axis=0)))
    if len(pieces) != len(chars):
        return
    digits = []
    for char, (left, right) in zip(chars, pieces, strict=True):
        rows = np.flatnonzero((ink[:, left:right] > 0.45).any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        if not char.isdigit() or bottom - top < 12 or right - left < 4:
            continue
        shape = cv2.resize(
            ink[top:bottom, left:right], (_WIDE, _TALL), interpolation=cv2.INTER_AREA
        )
        digits.append((left, _Digit(char, np.asarray(shape, np.float32), (bottom - top) / zoom)))
    apart = np.diff([left for left, _ in digits]) / zoom
    high = [digit.height for _, digit in digits]
    if not apart.size or np.median(apart) < WIDE * np.median(high):
        yield from (digit for _, digit in digits)


def _cut(grey: Grey, box: Box) -> Grey | None:
    """The pixels of a box and one around it; None where they are too few or show no letters."""
    row = grey[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1]
    if row.shape[0] < LEAST_HEIGHT or row.shape[1] < LEAST_HEIGHT // 2:
        return None
    low, high = np.percentile(row, (2, 98))
    return row if high - low >= LEAST_CONTRAST else None


def _ink(row: Grey) -> Grey:
    """0 for the ground, 1 for letters, dark on light or light on dark."""
    low, middle, high = np.percentile(row, (2, 50, 98))
    dark = high - middle < middle - low
    share = (high - row if dark else row - low) / (high - low)
    return np.asarray(np.clip(share, 0, 1), dtype=np.float32)


def _pieces(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of columns with ink."""
    steps = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


# Edges


def _softer(grey: Grey, amount: Box, there: Sequence[Cell], *, by: float = SOFT) -> bool:
    """Whether the amount's edges are less steep than those of the other numbers."""
    here = _steepness(grey, amount)
    numbers = (cell for cell in there if sum(char.isdigit() for char in cell.text) >= 3)
    others = [steep for cell in numbers if (steep := _steepness(grey, cell.box))]
    if here is None or len(others) < 2:
        return False
    usual, softest = np.log(here / np.median(others)), np.log(here / min(others))
    return bool(usual < by and softest < SOFTEST)


def _steepness(grey: Grey, box: Box) -> float | None:
    """How steep the edges are from one pixel to the next, as a share of the contrast.

    Of edges alone: large or widely set digits have fewer of them, not softer ones.
    """
    row = _cut(grey, box)
    if row is None:
        return None
    low, high = np.percentile(row, (2, 98))
    steps = np.abs(np.diff(row, axis=1)) / (high - low)
    edges = steps[steps > EDGE]
    return float(np.percentile(edges, 90)) if edges.size >= LEAST_EDGES else None
