"""Large slanted writing over a page (範例, VOID): its pixels are taken apart from the text's, so
that the engine, which passes over it on the page, can read it.

Three views of a page show such writing alone: without strokes as thin as the text's, without what
is as dark as the text, and its colour. A view is read only when letters stand in it that are larger
than the text's and spread over the page; the usual page has none and costs a few milliseconds.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailflow.receipts.beside import Found
from mailflow.receipts.geometry import Quad
from mailflow.receipts.lines import Box, Line, normalise

Pixels = NDArray[np.uint8]

TEXT = 20  # pixels: the height of the page's own text in the views
LEAST_SIDE, MOST_SIDE = 480, 900  # of a view, as far as the picture has them
ROOM = 3  # heights of text around the text that belong to the page
BROAD = 31  # quarters of pixels: wider than any stroke, so that a median sees the ground alone
LETTERS = 2  # large letters that open a view
SPREAD = 0.2  # of the view's width over which they stand
LARGE = 1.2  # heights of text
FAINTEST = 8  # of 255: less is the paper's or the picture's own unrest
GROUND = 200
HEADLINE = 2.5
SURFACE = 1.4
SHARE, TOP = 0.4, 97
SLANT = 6  # degrees; a row that slopes less is text

_SPECIMEN = re.compile(
    "[\u4e00-\u9fff]例|[範范]本|[樣样][張张本表]|供[參参]|[參参]考|"
    "SAMP|AMPL|(?<!O)MPLE|SPECI(?!AL)|PECIM|ECIM|CIME|IMEN"
)
_VOID = re.compile("廢|废|癈|作[發发殿度麼廣序]|已作|V[O0Q][I1L]D|無效|无效|無效")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def writing_across(
    page: Image.Image, lines: Sequence[Line], read: Callable[[Image.Image], Sequence[Found]]
) -> tuple[str, ...]:
    """`specimen` or `payment_voided` where such words stand slanted over the text; else ().

    `read` finds and reads the lines of a picture.
    """
    for view in _views(page, lines):
        for found in read(view):
            if is_slanted(found.quad) and (meaning := meaning_of(found.text)):
                return (meaning,)
    return ()


def meaning_of(text: str) -> str | None:
    """What large writing says; it may be read in part."""
    plain = normalise(text).replace(" ", "").upper()
    if _SPECIMEN.search(_NO_LETTERS.sub("", plain)):
        return "specimen"
    return "payment_voided" if _VOID.search(plain) else None


def is_slanted(quad: Quad) -> bool:
    """Whether a line runs neither along the rows nor straight up or down."""
    (ax, ay), (bx, by), _, _ = quad.corners
    off = abs(np.degrees(np.arctan2(by - ay, bx - ax))) % 90
    return bool(SLANT <= off <= 90 - SLANT)


# Views


@dataclass(frozen=True, slots=True)
class _Area:
    """The part of a page that is written on, in the size of the views, dark letters on light
    ground; `boxes` are those of its text, `text` their height."""

    pixels: Pixels
    boxes: tuple[Box, ...]
    text: float


def _views(page: Image.Image, lines: Sequence[Line]) -> Iterator[Image.Image]:
    """Pictures that show what stands over the text, black on white; made as they are asked for."""
    boxes = [cell.box for line in lines for cell in line.cells]
    if not boxes:
        return
    area = _area(page, boxes)
    thick = _without_strokes(area)
    ground = _ground(thick)
    most, least = _extremes(cv2.subtract(ground, area.pixels))
    for layer in (
        np.where(_as_dark_as_text(area, least), 0, most),
        _extremes(cv2.subtract(ground, thick))[0],
        most - least,
    ):
        view = _letters_alone(area, cast(Pixels, layer.astype(np.uint8)))
        if view is not None:
            yield view


def _area(page: Image.Image, boxes: Sequence[Box]) -> _Area:
    text = max(4.0, float(np.percentile([box.height for box in boxes], 35)))
    room = ROOM * text
    left, top = max(0, min(b.left for b in boxes) - room), max(0, min(b.top for b in boxes) - room)
    right = min(page.width, max(box.right for box in boxes) + room)
    bottom = min(page.height, max(box.bottom for box in boxes) + room)
    longest = max(right - left, bottom - top)
    scale = min(1.0, max(TEXT / text, LEAST_SIDE / longest), MOST_SIDE / longest)
    size = (max(8, round((right - left) * scale)), max(8, round((bottom - top) * scale)))
    small = page.resize(size, Image.Resampling.BOX, box=(left, top, right, bottom))
    moved = tuple(
        Box(
            round((box.left - left) * scale),
            round((box.top - top) * scale),
            round((box.right - left) * scale),
            round((box.bottom - top) * scale),
        )
        for box in boxes
        if box.height < HEADLINE * text
    )
    return _Area(_dark_on_light(np.asarray(small), text * scale), moved, text * scale)


def _dark_on_light(pixels: Pixels, text: float) -> Pixels:
    """Strokes are dark, their ground is light, whatever the page's colours and the light were."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    brush = _brush(text)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, brush)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, brush)
    if cv2.mean(light)[0] > cv2.mean(dark)[0]:
        pixels = 255 - pixels
    usual = float(np.median(pixels[::3, ::3]))
    return cv2.convertScaleAbs(pixels, alpha=min(4.0, GROUND / usual)) if usual < GROUND else pixels


def _without_strokes(area: _Area) -> Pixels:
    """The page without dark strokes as thin as those of its text."""
    return cast(Pixels, cv2.morphologyEx(area.pixels, cv2.MORPH_CLOSE, _brush(area.text)))


def _brush(text: float) -> Pixels:
    """Broader than a stroke of the text."""
    across = max(3, round(text / 4) | 1)
    return cast(Pixels, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))


def _extremes(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The largest of the three colours, and the least."""
    red, green, blue = cv2.split(pixels)
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return cast(Pixels, most), cast(Pixels, least)


def _ground(pixels: Pixels) -> Pixels:
    high, wide = pixels.shape[:2]
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    median = cv2.merge([cv2.medianBlur(part, BROAD) for part in cv2.split(small)])
    return cast(Pixels, cv2.resize(median, (wide, high), interpolation=cv2.INTER_LINEAR))


def _as_dark_as_text(area: _Area, darker: Pixels) -> NDArray[np.bool_]:
    """Where the text's own ink is, and a pixel around it."""
    inside = np.zeros(darker.shape, bool)
    for box in area.boxes:
        inside[max(0, box.top) : box.bottom, max(0, box.left) : box.right] = True
    ink = float(np.percentile(darker[inside][::3], 95)) if inside.any() else 255.0
    strong = (darker > 0.5 * ink).astype(np.uint8)
    return cast(Pixels, cv2.dilate(strong, np.ones((3, 3), np.uint8))) > 0


def _without_surfaces(layer: Pixels, text: float) -> Pixels:
    """What is narrower than a button or a picture."""
    wide = round(SURFACE * text) | 1
    return cast(Pixels, cv2.morphologyEx(layer, cv2.MORPH_TOPHAT, np.ones((wide, wide), np.uint8)))


def _letters_alone(area: _Area, layer: Pixels) -> Image.Image | None:
    """The layer without all that is no large letter; None where too few are there."""
    layer = _without_surfaces(layer, area.text)
    edge = round((ROOM - 0.5) * area.text)
    middle = layer[edge:-edge:2, edge:-edge:2]
    if not middle.size:
        return None
    least = max(FAINTEST, 3 * float(np.median(middle)), SHARE * float(np.percentile(middle, TOP)))
    mask = (layer > least).astype(np.uint8)
    _, names, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    high, wide = layer.shape
    left, top, width, height, ink = stats.T
    text = area.text
    larger, smaller = np.maximum(width, height), np.minimum(width, height)
    open_ = (ink < 0.65 * width * height) & (width < 0.9 * wide) & (height < 0.9 * high)
    x, y = left + width / 2, top + height / 2
    within = (x > edge) & (x < wide - edge) & (y > edge) & (y < high - edge)
    letters = open_ & within & (larger >= LARGE * text) & (smaller >= 0.5 * text)
    letters &= (larger < 0.6 * max(high, wide)) & (smaller > 0.2 * larger)
    letters[0] = False
    for box in area.boxes:
        slack = 0.3 * text
        letters &= ~(
            (left > box.left - slack) & (left + width < box.right + slack)
            & (top > box.top - slack) & (top + height < box.bottom + slack)
        )
    if letters.sum() < LETTERS:
        return None
    spread = (left + width)[letters].max() - left[letters].min()
    if spread < SPREAD * wide:
        return None
    kept = open_ & (larger >= 0.4 * text)
    kept[0] = False
    near = cv2.dilate(kept[names].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    usual = float(np.median(layer[letters[names]]))
    shown = np.where(near, np.clip(layer * (200 / usual), 0, 255), 0)
    return Image.fromarray((255 - shown).astype(np.uint8)).convert("RGB")
