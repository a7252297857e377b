"""One page that was scrolled and shown in several pictures: the parts put together again. Pure.

Two parts are put together only where a good piece of one is seen again in the other, every letter
of it: what was merely sent in one mail stays apart, or the sum of one transfer would stand above
the account of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Box

Pixels = NDArray[np.float32]

COARSE = 240  # pixels of width in which one part is looked for in the other
NEARBY = 6  # rows by which that may be off
STRIP = 0.06  # of the lower part's height: the piece that is looked for in the upper one
BARS = 0.3  # of a height: how much of it may be a screen's own head or foot
CLOCK = 0.05  # of a height: there the same screen tells another time
LEAST_SCROLL = 0.08  # of the height: less is the same screen twice
LEAST_SHARED = 0.10  # of the height that both show
ALIKE = 0.9  # correlation at which a piece is worth a comparison letter by letter
LETTERS = 50  # in a row: how small the square is in which one is compared
OTHER = 0.14  # of the contrast: a square differs by more where the letter is another one. Measured
# of pages that chats made 540 pixels wide: one other digit 0.144 to 0.185, the same 0.138 at most
FAINT = 20.0  # grey levels: contrast below it is noise
NARROWEST = 480  # pixels: below it a digit and noise differ alike
MOST_PIXELS = 6_000_000  # of one part: a phone's screen has up to 4.6 million
INK = 12.0  # grey levels of spread: below it a piece of page is blank


@dataclass(frozen=True, slots=True)
class Joined:
    """The whole page, where each part stands on it, and the bands that two parts show (full width,
    its pixels)."""

    image: Image.Image
    parts: tuple[Box, ...]
    shared: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Seam:
    """In pixels of the upper part: what both show, and how far the lower one was scrolled."""

    begin: int
    end: int
    scroll: int

    @property
    def cut(self) -> int:
        """Far from either screen's own bars."""
        return (self.begin + self.end) // 2


def joined(parts: Sequence[Image.Image]) -> Joined | None:
    """The page of which these are parts, first to last or last to first; None where one of them
    doesn't go on where the one before ends."""
    return _in_order(parts) or _in_order(parts[::-1])


def _in_order(parts: Sequence[Image.Image]) -> Joined | None:
    if len(parts) < 2 or len({part.size for part in parts}) > 1:
        return None
    width, height = parts[0].size
    if width < NARROWEST or width * height > MOST_PIXELS:
        return None
    pieces, shared, above, top = [], [], [0], 0  # `above`: rows of the page before each part
    for upper, lower in pairwise(parts):
        seam = _seam(upper, lower)
        if seam is None or seam.cut <= top:
            return None
        pieces.append(upper.crop((0, top, width, seam.cut)))
        shared.append(Box(0, above[-1] + seam.begin, width, above[-1] + seam.end))
        above.append(above[-1] + seam.scroll)
        top = seam.cut - seam.scroll
    pieces.append(parts[-1].crop((0, top, width, height)))
    places = tuple(Box(0, begin, width, begin + height) for begin in above)
    return Joined(_stacked(pieces), places, tuple(shared))


def _stacked(pieces: Sequence[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (pieces[0].width, sum(piece.height for piece in pieces)))
    top = 0
    for piece in pieces:
        whole.paste(piece, (0, top))
        top += piece.height
    return whole


def _seam(upper: Image.Image, lower: Image.Image) -> _Seam | None:
    above, below = _grey(upper), _grey(lower)
    seams = (_checked(above, below, scroll) for scroll in _scrolls(upper, lower))
    return next(filter(None, seams), None)


def _grey(part: Image.Image) -> Pixels:
    return np.asarray(part.convert("L"), dtype=np.float32)


def _scrolls(upper: Image.Image, lower: Image.Image) -> Iterator[int]:
    """By about how many rows the lower part may have been scrolled: where pieces of it stand in the
    upper one."""
    import cv2

    size = COARSE, max(1, round(upper.height * COARSE / upper.width))
    above, below = (_grey(part.resize(size, Image.Resampling.BOX)) for part in (upper, lower))
    strip, told = round(STRIP * size[1]), set()
    for top in range(0, round((BARS + STRIP) * size[1]), max(1, strip // 2)):
        piece = below[top : top + strip]
        if piece.std() < INK:
            continue
        alike = cv2.matchTemplate(above, piece, cv2.TM_CCOEFF_NORMED)
        _, best, _, (_, row) = cv2.minMaxLoc(alike)
        if best >= ALIKE and row - top >= LEAST_SCROLL * size[1] and row - top not in told:
            told.add(row - top)
            yield round((row - top) * upper.height / size[1])


def _checked(above: Pixels, below: Pixels, about: int) -> _Seam | None:
    """What both show, where everything is the same that should be; else None.

    Only a screen's own head and foot may differ: they don't scroll, so each shows the same at the
    same place in both parts.
    """
    height = above.shape[0]
    scroll = min(range(about - NEARBY, about + NEARBY + 1), key=lambda n: _far(above, below, n))
    stays = ~_differs(above, below)
    stays[: round(CLOCK * height)] = True
    head, foot = (_run(rows[: round(BARS * height)]) for rows in (stays, stays[::-1]))
    differs = np.flatnonzero(_differs(above[scroll:], below[: height - scroll])) + scroll
    edge = _side(above)  # a square on it holds some of both
    in_head, in_foot = differs < scroll + head + edge, differs >= height - foot - edge
    if not (in_head | in_foot).all():
        return None
    begin = int(differs[in_head].max(initial=scroll - 1)) + 1
    end = int(differs[in_foot & ~in_head].min(initial=height))
    enough = end - begin >= LEAST_SHARED * height and above[begin:end].std() >= INK
    return _Seam(begin, end, scroll) if enough else None


def _far(above: Pixels, below: Pixels, scroll: int) -> float:
    rows = above.shape[0] - scroll
    return float(np.abs(above[scroll:] - below[:rows]).mean())


def _run(rows: NDArray[np.bool_]) -> int:
    """How many of the first are true."""
    ends = np.flatnonzero(~rows)
    return int(ends[0]) if ends.size else int(rows.size)


def _side(page: Pixels) -> int:
    return max(3, int(page.shape[1]) // LETTERS)


def _differs(one: Pixels, other: Pixels) -> NDArray[np.bool_]:
    """Of each row whether a letter on it is another one."""
    return difference(one, other) > OTHER


def difference(one: Pixels, other: Pixels) -> Pixels:
    """Of each row by how much the square that differs most does, as a share of the contrast around
    it, wherever scrolling between two rows put it. `./dev bench receipt_parts` measures it."""
    import cv2

    side = _side(one)
    above, below = (np.roll(other, step, axis=0) for step in (1, -1))
    ways = (other, above, below, 0.5 * (other + above), 0.5 * (other + below))
    squares = [cv2.blur(np.abs(one - cast(Pixels, way)), (side, side)) for way in ways]
    around = np.ones((3 * side, 3 * side), np.uint8)
    contrasts = [cv2.dilate(x, around) - cv2.erode(x, around) for x in (one, other)]
    most = np.maximum.reduce(contrasts) + FAINT
    return cast(Pixels, (np.minimum.reduce(squares) / most).max(axis=1))
