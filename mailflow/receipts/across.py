"""Large slanted writing over a page (範例, VOID): taken apart from the text, so that it is read.

The engine passes over such letters, pale and slanted among the rows of a receipt. Three views of
the page show them alone: without what is as dark as the text, without strokes as thin as the
text's, and the colour alone. A view is read only when letters stand in it that are as large as the
text's and spread over the page; the usual page has none. Measured: docs/decisions/0013.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from mailflow.receipts.beside import Found
from mailflow.receipts.geometry import Quad
from mailflow.receipts.lines import Box, Line, normalise, union

Pixels = NDArray[np.uint8]

# The area that is looked at, in pixels of the views and heights of the page's own text.
TEXT = 20  # pixels: that height
HUGE = 2.4  # times it: letters of which two cover the page are looked for in a smaller one
LEAST_SIDE, MOST_SIDE = 480, 900  # pixels, as far as the picture has them
ROOM = 3.0  # heights around the text that still belong to the page
HEADLINE = 2.5  # heights: a higher row may be the writing itself
GROUND = 200  # of 255: a page whose ground is darker was taken in little light
BRIGHT = 180  # of 255: on such a ground the text is dark

# What is a letter of such writing.
BROADER = 61  # quarters of pixels, of letters of which two cover the page
BROAD = 31  # quarters of pixels: wider than any stroke, so that a median sees the ground alone
SURFACE = 1.4  # heights: what is wider everywhere is a button or a picture
FAINTEST = 8  # of 255: less is the unrest of paper and compression
UNREST = 3.0  # times the usual pixel's
SHARE, TOP = 0.4, 97  # of the strength that so many per cent of the pixels stay below
LARGE, NARROW = 0.9, 0.5  # heights: the longer and the shorter side of a letter
PIECE = 0.4  # heights: a bit of one
SOLID = 0.65  # of its box: no letter fills more
LONGEST, THINNEST = 0.6, 0.2  # of the view, of its own length: beyond it is an edge or a rule
LETTERS, SPREAD = 2, 0.2  # how many open a view, and over how much of its width they stand
SLANT = 6.0  # degrees; a row that slopes less is text

_SPECIMEN = re.compile(
    "[\u4e00-\u9fff]例|[範范]本|[樣样]|供[參参]|[參参]考|"
    "SAMP|AMPL|(?<!O)MPLE|SPECI(?!AL)|PECIM|ECIM|CIME|IMEN"
)
_VOID = re.compile(
    "廢|废|癈|作[發发殿度麼廣序]|已作|V[O0Q][I1L]D|(?<!N)V[O0]I(?!C)|(?<![A-Z])OID|無效|无效"
)
_ALONE = {
    **dict.fromkeys("範范例樣様样張张", "specimen"),
    **dict.fromkeys("廢废癈", "payment_voided"),
}
_STAMPED = re.compile(  # whole words alone, for what stands upright may be the page's own
    "(?:本[單據聯])?(?:已|註)?(?:作廢|作废|廢止|註銷|注銷|退費|退款|取消|沖正|無效)|VOID(?:ED)?|CANCEL(?:L?ED)?|INVALID"
)
_STAMPED_SPECIMEN = re.compile("範例|範本|樣張|樣本|僅供參考|SAMPLE|SPECIMEN")
SURE = 80.0  # of 100: of a letter by itself, of a word that does not slant
TURNS = (90, 180, 270)  # degrees
ASIDE = 0.1  # of the shorter side: room around such a stamp
_NO_LETTERS = re.compile(r"[\W\d_]+")


def writing_across(
    page: Image.Image, lines: Sequence[Line], read: Callable[[Image.Image], Sequence[Found]]
) -> tuple[str, ...]:
    """`specimen` or `payment_voided` where such words stand slanted over the text, or stamped at
    any turn; else ().

    `lines` are the page's own, in its pixels; `read` finds and reads the lines of a picture, and is
    called up to twelve times. Words with another meaning (a bank's name) are no sign.
    """
    for view in views(page, lines):
        for found in read(view):
            slanted = is_slanted(found.quad)
            meaning = meaning_of(found.text) if slanted else _meaning_of_stamp(found)
            meaning = meaning or (_meaning_of_one(found) if slanted else None)
            if meaning:
                return (meaning,)
    return ()


def stamped_aside(
    page: Image.Image, odd: Sequence[Box], read_row: Callable[[Image.Image], tuple[str, float]]
) -> tuple[str, ...]:
    """The same of a stamp that stands on its side or its head at one of these places."""
    for box in odd:
        room = round(ASIDE * min(box.width, box.height))
        area = (box.left - room, box.top - room, box.right + room, box.bottom + room)
        piece = page.crop(area)
        for turn in TURNS:
            text, sure = read_row(piece.rotate(turn, expand=True))
            meaning = _word_of_stamp(text) if sure >= SURE else None
            if meaning:
                return (meaning,)
    return ()


def _meaning_of_stamp(found: Found) -> str | None:
    """What a stamp says that does not slant; a page's own words are no such words alone."""
    return _word_of_stamp(found.text) if found.confidence >= SURE else None


def _word_of_stamp(text: str) -> str | None:
    plain = normalise(text).replace(" ", "").upper()
    if _STAMPED_SPECIMEN.fullmatch(plain):
        return "specimen"
    return "payment_voided" if _STAMPED.fullmatch(plain) else None


def _meaning_of_one(found: Found) -> str | None:
    """What one letter says that stands far from the next: 樣　張, from corner to corner."""
    char = normalise(found.text).strip()
    return _ALONE.get(char) if found.confidence >= SURE else None


def meaning_of(text: str) -> str | None:
    """What large writing says, though some of it was not read, or read as a letter that looks so.

    Not for a page's own rows, in which such pieces mean nothing.
    """
    plain = normalise(text).replace(" ", "").upper()
    if _SPECIMEN.search(_NO_LETTERS.sub("", plain)):
        return "specimen"
    return "payment_voided" if _VOID.search(plain) else None


def is_slanted(quad: Quad) -> bool:
    """Whether a line runs neither along the rows nor straight up or down."""
    (ax, ay), (bx, by), _, _ = quad.corners
    off = abs(np.degrees(np.arctan2(by - ay, bx - ax))) % 90
    return bool(SLANT <= off <= 90 - SLANT)


def views(page: Image.Image, lines: Sequence[Line]) -> Iterator[Image.Image]:
    """Pictures of what stands over the text, black on white, made as they are asked for; none of a
    page over which nothing stands."""
    boxes = [cell.box for line in lines for cell in line.cells]
    if not boxes:
        return
    for times in (1.0, HUGE):
        for area in _areas(page, boxes, times=times):
            yield from _views_of(area)


def _views_of(area: "_Area") -> Iterator[Image.Image]:
    thick = cast(Pixels, cv2.morphologyEx(area.pixels, cv2.MORPH_CLOSE, _brush(area.text)))
    ground = _ground(thick, broad=area.broad)
    most, least = _extremes(cv2.subtract(ground, area.pixels))
    pale = np.where(_as_dark_as_text(area, least), 0, most).astype(np.uint8)
    for layer in (pale, _extremes(cv2.subtract(ground, thick))[0], most - least):
        view = _letters_alone(area, cast(Pixels, layer))
        if view is not None:
            yield view


# The area


@dataclass(frozen=True, slots=True)
class _Area:
    """The part of a page that is written on, in the size of the views, dark strokes on light
    ground; `boxes` are those of its rows, `text` is their usual height, `broad` is more than any
    stroke of the writing over it."""

    pixels: Pixels
    boxes: tuple[Box, ...]
    text: float
    broad: int


def _areas(page: Image.Image, boxes: Sequence[Box], *, times: float) -> Iterator[_Area]:
    """One for a page whose ground is clear; else also the other way round: the ripple of a
    photographed screen has strokes of both kinds, and the guess may be wrong."""
    usual = max(4.0, float(np.percentile([box.height for box in boxes], 35)))
    text = times * usual
    written, room = union(boxes), ROOM * usual
    left, top = max(0.0, written.left - room), max(0.0, written.top - room)
    right, bottom = min(page.width, written.right + room), min(page.height, written.bottom + room)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    longest = max(right - left, bottom - top)
    scale = min(1.0, max(TEXT / text, LEAST_SIDE / longest), MOST_SIDE / longest)
    size = (max(8, round((right - left) * scale)), max(8, round((bottom - top) * scale)))
    small = page.resize(size, Image.Resampling.BOX, box=(left, top, right, bottom))
    rows = tuple(
        Box(
            round((box.left - left) * scale),
            round((box.top - top) * scale),
            round((box.right - left) * scale),
            round((box.bottom - top) * scale),
        )
        for box in boxes
        if box.height < HEADLINE * text
    )
    pixels = np.asarray(small.convert("RGB"))
    for view in _dark_on_light(pixels, text * scale):
        yield _Area(_in_good_light(view), rows, text * scale, BROAD if times == 1 else BROADER)


def _dark_on_light(pixels: Pixels, text: float) -> tuple[Pixels, ...]:
    """Whatever the page's colours were: told by its ground where that is clear, else guessed by its
    thin strokes, the likelier way first."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if float(np.median(grey[::3, ::3])) >= BRIGHT:
        return (pixels,)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, _brush(text))
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, _brush(text))
    turned = 255 - pixels
    return (turned, pixels) if cv2.mean(light)[0] > cv2.mean(dark)[0] else (pixels, turned)


def _in_good_light(pixels: Pixels) -> Pixels:
    usual = float(np.median(pixels[::3, ::3]))
    if usual >= GROUND:
        return pixels
    return cast(Pixels, cv2.convertScaleAbs(pixels, alpha=min(4.0, GROUND / max(1.0, usual))))


def _brush(text: float) -> Pixels:
    """Broader than a stroke of the text."""
    across = max(3, round(text / 4) | 1)
    return cast(Pixels, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))


def _ground(pixels: Pixels, *, broad: int) -> Pixels:
    """The page without anything that is written on it."""
    high, wide = pixels.shape[:2]
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    median = cv2.merge([cv2.medianBlur(part, broad) for part in cv2.split(small)])
    return cast(Pixels, cv2.resize(median, (wide, high), interpolation=cv2.INTER_LINEAR))


def _extremes(pixels: cv2.typing.MatLike) -> tuple[Pixels, Pixels]:
    """The largest of the three colours, and the least."""
    red, green, blue = cv2.split(pixels)
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return cast(Pixels, most), cast(Pixels, least)


def _as_dark_as_text(area: _Area, darker: Pixels) -> NDArray[np.bool_]:
    """Where the text's own ink is, and a pixel around it."""
    inside = np.zeros(darker.shape, bool)
    for box in area.boxes:
        inside[max(0, box.top) : max(0, box.bottom), max(0, box.left) : max(0, box.right)] = True
    ink = float(np.percentile(darker[inside][::3], 95)) if inside.any() else 255.0
    strong = (darker > 0.5 * ink).astype(np.uint8)
    return cast(Pixels, cv2.dilate(strong, np.ones((3, 3), np.uint8))) > 0


# Letters


def _letters_alone(area: _Area, layer: Pixels) -> Image.Image | None:
    """The layer without all that is no large letter; None where too few of them are there."""
    surface = np.ones((round(SURFACE * area.text) | 1,) * 2, np.uint8)
    layer = cast(Pixels, cv2.morphologyEx(layer, cv2.MORPH_TOPHAT, surface))
    mask = (layer > _least(area, layer)).astype(np.uint8)
    _, names, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    letters, pieces = _letters(area, stats, layer.shape)
    if letters.sum() < LETTERS:
        return None
    if not _are_spread(stats[letters], layer.shape):
        return None
    near = cv2.dilate(pieces[names].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    usual = float(np.median(layer[letters[names]]))
    shown = np.where(near, np.clip(layer * (200 / usual), 0, 255), 0)
    view = Image.fromarray((255 - shown).astype(np.uint8)).convert("RGB")
    return _with_room(view) if _runs_over(shown > FAINTEST) else view


def _are_spread(stats: cv2.typing.MatLike, shape: tuple[int, ...]) -> bool:
    """Whether letters stand over enough of the page, across it or down."""
    left, top, width, height, _ = stats.T
    across, down = (left + width).max() - left.min(), (top + height).max() - top.min()
    return bool(across >= SPREAD * shape[1] or down >= SPREAD * shape[0])


def _runs_over(ink: NDArray[np.bool_]) -> bool:
    """Whether something is cut off by the edge: the engine finds no line there."""
    return bool(ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())


def _with_room(view: Image.Image) -> Image.Image:
    return ImageOps.expand(view, border=min(view.size) // 2, fill="white")


def _least(area: _Area, layer: Pixels) -> float:
    """How strong a pixel of a letter is at least; what lies around the text does not count."""
    edge = round((ROOM - 0.5) * area.text)
    middle = layer[edge:-edge:2, edge:-edge:2]
    if not middle.size:
        return 255.0
    return max(
        FAINTEST, UNREST * float(np.median(middle)), SHARE * float(np.percentile(middle, TOP))
    )


def _letters(
    area: _Area, stats: cv2.typing.MatLike, shape: tuple[int, ...]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pieces of ink are letters that no row explains, and which may be parts of some."""
    high, wide = shape
    left, top, width, height, ink = stats.T
    larger, smaller = np.maximum(width, height), np.minimum(width, height)
    open_ = (ink < SOLID * width * height) & (width < 0.9 * wide) & (height < 0.9 * high)
    open_[0] = False  # the ground
    x, y, edge = left + width / 2, top + height / 2, (ROOM - 0.5) * area.text
    letters = open_ & (x > edge) & (x < wide - edge) & (y > edge) & (y < high - edge)
    letters &= (larger >= LARGE * area.text) & (smaller >= NARROW * area.text)
    letters &= (larger < LONGEST * max(high, wide)) & (smaller > THINNEST * larger)
    slack = 0.3 * area.text
    for box in area.boxes:
        across = (left > box.left - slack) & (left + width < box.right + slack)
        letters &= ~(across & (top > box.top - slack) & (top + height < box.bottom + slack))
    return letters, open_ & (larger >= PIECE * area.text)
