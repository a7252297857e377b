"""Pictures → rows of words. Engines sit behind one small interface."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

import pytesseract  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from mailflow.receipts.engine import OcrError
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.masks import unmasked

# One thread per child: two children on two cores beat one with four threads by 2.7.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

PAGE_SHORT_SIDE = 1000  # screenshots of phones are read best near this width
TEXT_HEIGHT = 32  # pixels of a Chinese character in the second reading
ROW_HEIGHT = 48
RULE = 60  # pixels of unbroken ink that no character has
RULE_GAP = 6  # pixels of paper beside a rule
MAX_SIDE = 2600


class Engine(Protocol):
    """What reads text in pictures. `image` is prepared: grey, upright, dark on light."""

    def read(self, image: Image.Image, *, sparse: bool = False) -> tuple[Word, ...]:
        """All words of a page; `sparse` looks for scattered text instead of columns."""

    def read_digits(self, image: Image.Image) -> tuple[Word, ...]:
        """The words of one row that holds digits."""

    def read_amount(self, image: Image.Image) -> tuple[Word, ...]:
        """The words of one row that holds an amount and its unit (元 is no digit)."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Tesseract 5 with `chi_tra` and `eng` (Debian: tesseract-ocr-chi-tra)."""

    languages: str = "chi_tra+eng"
    timeout: float = 12.0

    def read(self, image: Image.Image, *, sparse: bool = False) -> tuple[Word, ...]:
        return self._words(image, psm=11 if sparse else 6, languages=self.languages)

    def read_amount(self, image: Image.Image) -> tuple[Word, ...]:
        return self._words(image, psm=7, languages="chi_tra")

    def read_digits(self, image: Image.Image) -> tuple[Word, ...]:
        return self._words(image, psm=7, languages="eng")

    def _words(self, image: Image.Image, *, psm: int, languages: str) -> tuple[Word, ...]:
        try:
            table = pytesseract.image_to_data(
                image,
                lang=languages,
                config=f"--psm {psm} --dpi 150",
                output_type=pytesseract.Output.DICT,
                timeout=self.timeout,
            )
        except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
            raise OcrError(type(error).__name__) from error
        except RuntimeError as error:  # pytesseract's way to say timeout
            raise OcrError("timeout") from error
        return tuple(_rows_of(table))


def _rows_of(table: dict[str, list[object]]) -> Iterator[Word]:
    for index, text in enumerate(table["text"]):
        confidence = float(str(table["conf"][index]))
        if confidence >= 0 and str(text).strip():
            left, top, width, height = (
                int(str(table[key][index])) for key in ("left", "top", "width", "height")
            )
            yield Word(str(text), Box(left, top, left + width, top + height), confidence)


def normal(image: Image.Image) -> Image.Image:
    """Grey, dark on light, without shadows, at most MAX_SIDE: the page all readings share."""
    grey = image.convert("L")
    grey.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return paper_only(grey, _flat(grey)) if is_photo(image) else _dark_on_light(grey)


def paper_only(grey: Image.Image, flat: Image.Image) -> Image.Image:
    """The flattened photo without the table beside the paper, whose grain reads like letters.

    The paper is what spreads from the middle in one brightness. Only left and right are cut.
    """
    small = grey.resize((200, max(1, 200 * grey.height // grey.width)), Image.Resampling.BOX)
    small = small.filter(ImageFilter.MaxFilter(5))
    seed = max(_middle(small), key=small.getpixel)  # type: ignore[arg-type]
    spread = small.copy()
    ImageDraw.floodfill(spread, seed, 0, thresh=45)
    paper = ImageChops.difference(small, spread).point(lambda value: 255 if value else 0)
    paper = paper.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.MinFilter(13))
    part = sum(paper.histogram()[128:]) / (paper.width * paper.height)
    whole = paper.getbbox()
    if whole is None or not 0.2 < part < 0.97:
        return flat
    keep = Image.new("L", paper.size, 0)
    draw = ImageDraw.Draw(keep)
    for y in range(paper.height):
        row = paper.crop((0, y, paper.width, y + 1)).getbbox() or whole
        draw.line((row[0], y, row[2], y), fill=255)
    return Image.composite(flat, Image.new("L", flat.size, 255), keep.resize(flat.size))


def _middle(small: Image.Image) -> list[tuple[int, int]]:
    """A grid of points around the middle of the picture."""
    across, down = small.width // 2, small.height // 2
    return [(across + x, down + y) for x in range(-30, 31, 6) for y in range(-30, 31, 6)]


def _dark_on_light(grey: Image.Image) -> Image.Image:
    """Dark mode, dark headers and dark cards inverted, each region by itself."""
    size = (max(1, grey.width // 12), max(1, grey.height // 12))
    around = grey.resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(5))
    dark = around.point(lambda value: 255 if value < 120 else 0)
    mask = dark.resize(grey.size, Image.Resampling.NEAREST)
    return Image.composite(ImageOps.invert(grey), grey, mask)


def without_rules(page: Image.Image) -> Image.Image:
    """Without the long straight lines of tables, which engines take for the text's border."""
    dark = page.point(lambda value: 255 if value < 200 else 0)
    clean = page.copy()
    for along in ((1, 0), (0, 1)):
        block = (RULE if along[0] else 1, RULE if along[1] else 1)
        size = (max(1, page.width // block[0]), max(1, page.height // block[1]))
        share = dark.resize(size, Image.Resampling.BOX)
        runs = _thin_runs(share, across=(along[1], along[0]))
        for step in (-1, 1):  # a rule ends inside the next block
            runs = ImageChops.lighter(
                runs, ImageChops.offset(runs, step * along[0], step * along[1])
            )
        rules = runs.resize(page.size, Image.Resampling.NEAREST)
        clean.paste(255, mask=ImageChops.multiply(rules, dark))
    return clean


def _thin_runs(share: Image.Image, *, across: tuple[int, int]) -> Image.Image:
    """Where ink is unbroken and there is paper on both sides of it: no bar, no bold text."""
    runs = share.point(lambda value: 255 if value > 230 else 0)
    paper = share.point(lambda value: 255 if value < 40 else 0)
    for side in (-RULE_GAP, RULE_GAP):
        beside = ImageChops.offset(paper, side * across[0], side * across[1])
        runs = ImageChops.multiply(runs, beside)
    return runs.filter(ImageFilter.MaxFilter(3))


def _flat(grey: Image.Image) -> Image.Image:
    """Without shadows and light spots: each pixel against the paper around it."""
    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)))
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(5))
    darker = ImageChops.subtract(paper.resize(grey.size, Image.Resampling.BILINEAR), grey)
    return ImageOps.autocontrast(ImageOps.invert(darker), cutoff=(0.5, 5))


def is_photo(image: Image.Image) -> bool:
    """Whether the light varies: a screenshot's paper has one value, a photo's has many."""
    small = image.convert("L").resize((200, 200), Image.Resampling.NEAREST)
    counts = small.histogram()
    best = max(sum(counts[value : value + 6]) for value in range(251))
    return best < 0.4 * 200 * 200


def tilt(image: Image.Image) -> float:
    """Degrees to turn the picture by so that its rows lie flat, within ±12; 0 when unsure."""
    ink = _ink(image)
    coarse = max(range(-12, 13), key=lambda angle: _sharpness(ink, float(angle)))
    fine = max((coarse + step / 4 for step in range(-4, 5)), key=lambda a: _sharpness(ink, a))
    return fine if _sharpness(ink, fine) > 1.15 * _sharpness(ink, 0.0) else 0.0


def likely_turns(image: Image.Image) -> tuple[int, ...]:
    """Quarter turns to try, the likeliest first, by the way the rows run."""
    ink = _ink(image)

    def best(turned: Image.Image) -> int:
        return max(_sharpness(turned, float(angle)) for angle in range(-10, 11, 2))

    across = best(ink.rotate(90, expand=True))
    return (0, 180, 90, 270) if best(ink) >= across else (90, 270, 0, 180)


def _ink(image: Image.Image) -> Image.Image:
    """The middle of the picture, small, with what is written as 255: borders mislead."""
    across, down = image.width // 8, image.height // 8
    grey = image.convert("L").crop((across, down, image.width - across, image.height - down))
    grey.thumbnail((600, 600), Image.Resampling.BOX)
    return _flat(grey).point(lambda value: 255 if value < 150 else 0)


def _sharpness(ink: Image.Image, angle: float) -> int:
    """How much neighbouring rows differ in ink: most where rows of text lie flat."""
    turned = ink.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def level(page: Image.Image) -> Image.Image:
    """The page turned by its tilt, on white."""
    angle = tilt(page)
    if not angle:
        return page
    return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def darker(page: Image.Image) -> Image.Image:
    """Grey and coloured letters nearly black, for a second reading."""
    return page.point([round(255 * (value / 255) ** 2.5) for value in range(256)])


def read_lines(
    engine: Engine, page: Image.Image, *, scale: float, sparse: bool = False
) -> tuple[Line, ...]:
    """The rows of a page, read at `scale`, placed in the page's own pixels."""
    words = engine.read(_scaled(page, scale), sparse=sparse)
    return words_to_lines(Word(w.text, w.box.scaled(1 / scale), w.confidence) for w in words)


def first_scale(page: Image.Image) -> float:
    return min(4.0, PAGE_SHORT_SIDE / min(page.size), MAX_SIDE / max(page.size))


def second_scale(page: Image.Image, lines: tuple[Line, ...], *, photo: bool) -> float:
    """What makes the words TEXT_HEIGHT high, but never the first scale again.

    Only a photo gains by being made smaller: its noise goes.
    """
    first = first_scale(page)
    heights = [cell.box.height for line in lines for cell in line.cells if len(cell.text) > 2]
    wanted = TEXT_HEIGHT / max(4.0, median(heights)) if heights else 1.5 * first
    wanted = max((0.7 if photo else 1.0) * first, min(wanted, 2.0 * first))
    if 0.85 < wanted / first < 1.18:
        wanted = 1.3 * first
    return min(wanted, MAX_SIDE / max(page.size))


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def read_row(engine: Engine, page: Image.Image, box: Box) -> Line | None:
    """A second look at one row of text: of what the crop shows, the row in its middle."""
    row = row_image(page, box)
    lines = words_to_lines(engine.read(row))
    return min(lines, key=lambda line: abs(line.box.middle - row.height / 2), default=None)


def read_masked(engine: Engine, page: Image.Image, box: Box) -> str:
    """The digits of one account, `*` where masks stood, other characters as they were read."""
    row, masks = unmasked(row_image(page, box, right=box.right + box.height))
    words = engine.read_digits(row)
    pieces = [*((word.box.left, word.text) for word in words), *((x, "*") for x in masks)]
    return "".join(text for _, text in sorted(pieces))


def row_image(page: Image.Image, box: Box, *, right: int | None = None) -> Image.Image:
    """One row enlarged, equalised, and open to the page's right edge unless `right` ends it.

    Faded paper loses its last digit first (6000 read as 600), hence the contrast and the room.
    """
    pad = max(4, box.height // 3)
    area = (
        max(0, box.left - pad),
        max(0, box.top - pad),
        page.width if right is None else min(page.width, right),
        min(page.height, box.bottom + pad),
    )
    row = _scaled(page.crop(area), max(0.5, min(4.0, ROW_HEIGHT / max(8, box.height))))
    return ImageOps.expand(ImageOps.autocontrast(row, cutoff=(0.5, 10)), border=16, fill=255)
