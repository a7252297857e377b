"""One page that was scrolled and shown in several pictures: the parts put together again. Pure.

Two parts are put together only where a good piece of one is seen again in the other, every letter
of it: what was merely sent in one mail stays apart, or the sum of one transfer would stand above
the account of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.lines import Box

Pixels = NDArray[np.float32]
Mask = NDArray[np.bool_]  # of each square of a page

COARSE = 240  # pixels of width in which one part is looked for in the other
NEARBY = 6  # rows by which that may be off
STRIP = 0.06  # of the lower part's height: the piece that is looked for in the upper one
BARS = 0.3  # of a height: how much of it may be a screen's own head or foot
CLOCK = 0.06  # of a height: there the same screen tells another time,
CLOCK_WIDTH = 0.15  # on so much of its width at most
STAYS = 0.5  # of what differs after scrolling: a bar differs by less where it stays
LEAST_SCROLL = 0.08  # of the height: less is the same screen twice
LEAST_SHARED = 0.10  # of the height that both show
ALIKE = 0.9  # correlation at which a piece is worth a comparison letter by letter
EDGE = 0.02  # of a width: there a bar may tell how far was scrolled, and no letter stands
LETTERS = 50  # in a row: how small the square is in which one is compared
OTHER = 0.14  # of the contrast: a square differs by more where the letter is another one. Measured
# down to 540 pixels of width: one other digit 0.148 or more, the same page 0.137 or less
SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0)  # of a row
FAINT = 20.0  # grey levels: contrast below it is noise
NARROWEST = 520  # pixels: below it a digit and noise differ alike
LOWEST = 300  # pixels: no screen is lower
MOST_PIXELS = 6_000_000  # of one part: a phone's screen has up to 4.6 million
INK = 5.0  # grey levels of spread: below it a piece of page is blank


@dataclass(frozen=True, slots=True)
class Joined:
    """The whole page, and the bands of it that two parts show (full width, its pixels)."""

    image: Image.Image
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
    if width < NARROWEST or height < LOWEST or width * height > MOST_PIXELS:
        return None
    pieces, shared, above, top = [], [], 0, 0  # `above`: rows of the page over this part
    for upper, lower in pairwise(parts):
        seam = _seam(upper, lower)
        if seam is None or seam.cut <= top:
            return None
        pieces.append(upper.crop((0, top, width, seam.cut)))
        shared.append(Box(0, above + seam.begin, width, above + seam.end))
        above += seam.scroll
        top = seam.cut - seam.scroll
    pieces.append(parts[-1].crop((0, top, width, height)))
    return Joined(_stacked(pieces), tuple(shared))


def _stacked(pieces: Sequence[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (pieces[0].width, sum(piece.height for piece in pieces)))
    top = 0
    for piece in pieces:
        whole.paste(piece, (0, top))
        top += piece.height
    return whole


def _seam(upper: Image.Image, lower: Image.Image) -> _Seam | None:
    edge = round(EDGE * upper.width)
    above, below = (_grey(part)[:, edge:-edge] for part in (upper, lower))
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
    """What both show, where everything is the same that should be; else None. Only a screen's own
    head and foot may differ from what scrolled below them."""
    height = above.shape[0]
    near = range(max(1, about - NEARBY), min(height, about + NEARBY + 1))
    scroll = min(near, key=lambda n: _far(above, below, n))
    both = height - scroll  # rows
    moved, share = _apart(above[scroll:], below[:both])
    other = share > OTHER
    still = _blurred(np.abs(above - below))  # of what doesn't scroll: the same at the same place
    in_head, in_foot = (other & (rows > STAYS * moved) for rows in (still[:both], still[scroll:]))
    most = round(BARS * height)
    begin = _bar(other, _without_clock(other, in_head, round(CLOCK * height)), most)
    end = both - _bar(other[::-1], in_foot[::-1], most)
    if other[begin:end].any():
        return None
    enough = end - begin >= LEAST_SHARED * height and below[begin:end].std() >= INK
    return _Seam(scroll + begin, scroll + end, scroll) if enough else None


def _without_clock(other: Mask, moves: Mask, rows: int) -> Mask:
    """`moves` without narrow pieces in the first rows, where signs well beside them stay."""
    import cv2

    _, marks, pieces, _ = cv2.connectedComponentsWithStats(moves.astype(np.uint8))
    low = pieces[:, cv2.CC_STAT_TOP] + pieces[:, cv2.CC_STAT_HEIGHT] > rows
    wide = pieces[:, cv2.CC_STAT_WIDTH] > CLOCK_WIDTH * moves.shape[1]
    clock = moves & ~(low | wide)[marks]
    beside = np.convolve(clock.any(axis=0), np.ones(4 * _side(other)), "same") == 0
    signs = (other & ~moves)[:rows].any(axis=0) & beside
    return moves & ~clock if signs.any() else moves


def _bar(other: Mask, moves: Mask, most: int) -> int:
    """How many of the first rows belong to a bar: what is other there doesn't move with the page.
    A square on the bar's edge holds some of both."""
    differs, moving = (squares.max(axis=1, initial=False) for squares in (other, moves))
    bar = min(_run(~moving), most)
    if bar and differs[bar - 1]:
        bar += _side(other) + 2
    rows = np.flatnonzero(differs[:bar])
    return int(rows[-1]) + 1 if rows.size else 0


def _far(above: Pixels, below: Pixels, scroll: int) -> float:
    rows = above.shape[0] - scroll
    return float(np.abs(above[scroll:] - below[:rows]).mean())


def _run(rows: Mask) -> int:
    """How many of the first are true."""
    ends = np.flatnonzero(~rows)
    return int(ends[0]) if ends.size else int(rows.size)


def _side(page: Pixels | Mask) -> int:
    return max(3, int(page.shape[1]) // LETTERS)


def difference(one: Pixels, other: Pixels) -> Pixels:
    """Of each row by how much the square that differs most does, as a share of the contrast around
    it, wherever scrolling between two rows put it. `./dev bench receipt_parts` measures it."""
    return cast(Pixels, _apart(one, other)[1].max(axis=1))


def _apart(one: Pixels, other: Pixels) -> tuple[Pixels, Pixels]:
    """Of each square by how much it differs: in grey levels, and as a share of the contrast."""
    import cv2

    levels = reduce(np.minimum, (_blurred(np.abs(one - way)) for way in _shifted(other)))
    around = np.ones((2 * _side(one), 2 * _side(one)), np.uint8)
    # Of the paler one: a dark bar that one of them shows must not hide a pale letter beside it.
    contrasts = [cv2.dilate(page, around) - cv2.erode(page, around) for page in (one, other)]
    return levels, cast(Pixels, levels / (np.minimum.reduce(contrasts) + FAINT))


def _shifted(page: Pixels) -> Iterator[Pixels]:
    """By parts of a row up and down: a chat's scaling leaves the parts of a page between rows."""
    for step in (1, -1):
        beside = np.roll(page, step, axis=0)
        for share in SHIFTS[step < 0 :]:
            yield cast(Pixels, page + share * (beside - page))


def _blurred(levels: Pixels) -> Pixels:
    """Means over squares as small as a letter."""
    import cv2

    side = _side(levels)
    return cast(Pixels, cv2.blur(levels, (side, side)))
