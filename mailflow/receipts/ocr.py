"""Pictures → rows of words. Engines sit behind one small interface."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

import pytesseract  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageFilter, ImageOps

from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.masks import unmasked

# One thread per child: two children on two cores beat one with four threads by 2.7.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

PAGE_SHORT_SIDE = 1000  # screenshots of phones are read best near this width
TEXT_HEIGHT = 32  # pixels of a Chinese character in the second reading
ROW_HEIGHT = 48
RULE = 60  # pixels of unbroken ink that no character has
MAX_SIDE = 2600


class OcrError(RuntimeError):
    """The engine is missing, too slow, or failed."""


class Engine(Protocol):
    """What reads text in pictures. `image` is prepared: grey, upright, dark on light."""

    def read(self, image: Image.Image, *, sparse: bool = False) -> tuple[Word, ...]:
        """All words of a page; `sparse` looks for scattered text instead of columns."""

    def read_row(self, image: Image.Image, *, digits: bool = False) -> tuple[Word, ...]:
        """The words of one row; `digits` when it holds only digits and masks."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Tesseract 5 with `chi_tra` and `eng` (Debian: tesseract-ocr-chi-tra)."""

    languages: str = "chi_tra+eng"
    timeout: float = 12.0

    def read(self, image: Image.Image, *, sparse: bool = False) -> tuple[Word, ...]:
        return self._words(image, psm=11 if sparse else 6, languages=self.languages)

    def read_row(self, image: Image.Image, *, digits: bool = False) -> tuple[Word, ...]:
        return self._words(image, psm=7, languages="eng" if digits else self.languages)

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
    return _flat(grey) if is_photo(image) else _dark_on_light(grey)


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
    for step in ((RULE, 1), (1, RULE)):
        size = (max(1, page.width // step[0]), max(1, page.height // step[1]))
        runs = dark.resize(size, Image.Resampling.BOX).point(lambda v: 255 if v > 235 else 0)
        for shift in (-1, 1):  # a rule ends inside the next block
            moved = ImageChops.offset(runs, shift * (step[0] > 1), shift * (step[1] > 1))
            runs = ImageChops.lighter(runs, moved)
        rules = runs.resize(page.size, Image.Resampling.NEAREST)
        clean.paste(255, mask=ImageChops.multiply(_thin(rules), dark))
    return clean


def _thin(rules: Image.Image) -> Image.Image:
    """Only what is thinner than a bar: a coloured header is no rule."""
    thick = rules.filter(ImageFilter.MinFilter(9)).filter(ImageFilter.MaxFilter(9))
    return ImageChops.subtract(rules, thick)


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
    """Small and black on white inverted: what is written is 255."""
    grey = image.convert("L")
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


def second_scale(page: Image.Image, lines: tuple[Line, ...]) -> float:
    """What makes the words TEXT_HEIGHT high, but never the first scale again."""
    first = first_scale(page)
    heights = [cell.box.height for line in lines for cell in line.cells if len(cell.text) > 2]
    wanted = TEXT_HEIGHT / max(4.0, median(heights)) if heights else 1.5 * first
    wanted = max(0.5 * first, min(wanted, 2.0 * first))
    if 0.85 < wanted / first < 1.18:
        wanted = 1.3 * first
    return min(wanted, MAX_SIDE / max(page.size))


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def read_row(engine: Engine, page: Image.Image, box: Box) -> str:
    """A second look at one row of text."""
    lines = words_to_lines(engine.read_row(row_image(page, box)))
    return "  ".join(line.text for line in lines)


def read_masked(engine: Engine, page: Image.Image, box: Box) -> str:
    """The digits of one account, `*` where masks stood, other characters as they were read."""
    row, masks = unmasked(row_image(page, box))
    words = engine.read_row(row, digits=True)
    pieces = [*((word.box.left, word.text) for word in words), *((x, "*") for x in masks)]
    return "".join(text for _, text in sorted(pieces))


def row_image(page: Image.Image, box: Box) -> Image.Image:
    """One row enlarged, equalised, and open to the right edge.

    Faded paper loses its last digit first (6000 read as 600), hence the contrast and the room.
    """
    pad = max(4, box.height // 3)
    area = (
        max(0, box.left - pad),
        max(0, box.top - pad),
        page.width,
        min(page.height, box.bottom + pad),
    )
    row = _scaled(page.crop(area), max(0.5, min(4.0, ROW_HEIGHT / max(8, box.height))))
    return ImageOps.expand(ImageOps.autocontrast(row, cutoff=(0.5, 10)), border=16, fill=255)
