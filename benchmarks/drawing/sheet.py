"""A sheet that layouts write on: screens and paper in pixels, receipts in a printer's cells.

Every text is remembered with its place, so that a page's text layer, a forger's patch or fading
ink can find it.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_tw as fonts
from PIL import Image, ImageDraw, ImageFont

from mailflow.slips.code39 import QUIET, bars, width

Colour = str | tuple[int, int, int]
Box = tuple[int, int, int, int]
_DEBIAN = Path("/usr/share/fonts")
_FACES: dict[str, tuple[tuple[Path, int], ...]] = {
    "sans": ((fonts.sans_path(), 0),),
    "serif": ((fonts.serif_path(), 0),),
    "black": ((_DEBIAN / "opentype/noto/NotoSansCJK-Bold.ttc", 3), (fonts.sans_path(), 0)),
    "mono": ((_DEBIAN / "truetype/dejavu/DejaVuSansMono.ttf", 0), (fonts.sans_path(), 0)),
    "latin": ((_DEBIAN / "truetype/dejavu/DejaVuSans.ttf", 0), (fonts.sans_path(), 0)),
    "narrow": ((_DEBIAN / "truetype/dejavu/DejaVuSansCondensed.ttf", 0), (fonts.sans_path(), 0)),
    "roman": ((_DEBIAN / "truetype/dejavu/DejaVuSerif.ttf", 0), (fonts.serif_path(), 0)),
}


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The face, or the packaged font where the machine lacks it."""
    for file, index in _FACES[face]:
        if Path(file).exists():
            return ImageFont.truetype(str(file), size, index=index)
    raise FileNotFoundError(face)


@dataclass(frozen=True, slots=True)
class Mark:
    """One text and where it stands."""

    text: str
    box: Box


@dataclass(slots=True)
class Sheet:
    """Written from top to bottom; `y` is where the next line goes."""

    image: Image.Image
    ink: Colour = "#1c1f24"
    y: int = 0
    marks: list[Mark] = field(default_factory=list)

    @classmethod
    def of(
        cls, width: int, height: int, *, ground: Colour = "white", ink: Colour = "#1c1f24"
    ) -> "Sheet":
        return cls(Image.new("RGB", (width, height), ground), ink)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    @property
    def width(self) -> int:
        return self.image.width

    def put(
        self,
        x: int,
        text: str,
        *,
        size: int,
        y: int | None = None,
        ink: Colour | None = None,
        face: str = "sans",
        anchor: str = "l",
        bold: bool = False,
    ) -> Box:
        """The text at x (its left, middle or right, by `anchor`); returns its box."""
        place = (x, self.y if y is None else y)
        stroke = max(1, size // 28) if bold else 0
        chosen, how = font(face, size), f"{anchor}a"
        colour = ink or self.ink
        self.pen.text(place, text, colour, font=chosen, anchor=how, stroke_width=stroke)
        left, top, right, bottom = self.pen.textbbox(place, text, font=chosen, anchor=how)
        box = (int(left), int(top), int(right), int(bottom))
        self.marks.append(Mark(text, box))
        return box

    def middle(self, text: str, *, size: int, **how: str | bool | Colour) -> None:
        self.put(self.width // 2, text, size=size, anchor="m", **how)  # type: ignore[arg-type]
        self.y += round(size * 1.6)

    def pair(
        self,
        label: str,
        value: str,
        *,
        size: int,
        left: int,
        right: int,
        step: float = 2.0,
        faint: Colour = "#6b7280",
        face: str = "sans",
        bold: bool = False,
    ) -> None:
        """Label at the left edge, value at the right one."""
        self.put(left, label, size=size, ink=faint, face=face)
        self.put(right, value, size=size, anchor="r", face=face, bold=bold)
        self.y += round(size * step)

    def above(
        self, label: str, value: str, *, size: int, left: int, faint: Colour = "#6b7280"
    ) -> None:
        """A small label, and its value in the line below."""
        self.put(left, label, size=round(size * 0.75), ink=faint)
        self.y += round(size * 1.15)
        self.put(left, value, size=size)
        self.y += round(size * 1.9)

    def rule(
        self, *, left: int, right: int, ink: Colour = "#d7dbe0", dash: int = 0, thick: int = 2
    ) -> None:
        step = dash * 2 or max(1, right - left)
        for x in range(left, right, step):
            self.pen.line((x, self.y, min(x + (dash or right), right), self.y), ink, thick)

    def block(
        self,
        box: Box,
        *,
        fill: Colour | None = None,
        outline: Colour | None = None,
        radius: int = 0,
        thick: int = 2,
    ) -> None:
        self.pen.rounded_rectangle(box, radius, fill, outline, thick)

    def bars(self, text: str, *, left: int, module: int = 2, height: int = 60) -> None:
        """The text in Code 39, with its quiet zone."""
        for at, size in bars(text):
            x = left + (QUIET + at) * module
            self.pen.rectangle((x, self.y, x + size * module - 1, self.y + height), self.ink)
        self.marks.append(Mark(text, (left, self.y, left + width(text) * module, self.y + height)))
        self.y += height + 4

    def cut(self, *, below: int = 60) -> None:
        """What was not needed of the sheet is cut off."""
        self.image = self.image.crop((0, 0, self.width, min(self.image.height, self.y + below)))


@dataclass(slots=True)
class Printer:
    """A receipt printer's cells: half-width characters take one column, others two."""

    sheet: Sheet
    columns: int
    cell: int = 14  # pixels of one column; a line is twice as high
    left: int = 24
    face: str = "mono"
    wide: str = "sans"
    rough: bool = False  # the dots of an old print head

    @classmethod
    def of(cls, columns: int, *, cell: int = 14, ground: Colour = "#fdfcf7") -> "Printer":
        wide = columns * cell + 48
        sheet = Sheet.of(wide, 2600, ground=ground, ink="#222222")
        sheet.y = 2 * cell
        return cls(sheet, columns, cell)

    def line(self, text: str = "", *, at: str = "l", tall: bool = False, big: bool = False) -> None:
        """One line, at the left, middle or right; `tall` and `big` as printers do it."""
        across, down = (2 if big else 1), (2 if tall or big else 1)
        size = sum(_columns(char) for char in text) * across
        column = {"l": 0, "m": max(0, (self.columns - size) // 2), "r": self.columns - size}[at]
        x, start = self.left + column * self.cell, self.left + column * self.cell
        for char in text:
            step = _columns(char) * across * self.cell
            self._cell(char, (x, self.sheet.y), (step, 2 * self.cell * down))
            x += step
        if text:
            bottom = self.sheet.y + 2 * self.cell * down
            self.sheet.marks.append(Mark(text, (start, self.sheet.y, x, bottom)))
        self.sheet.y += round(2 * self.cell * down * 1.18)

    def pair(self, label: str, value: str, *, gap: str = " ", tall: bool = False) -> None:
        """Label left, value right, in one line."""
        used = sum(_columns(char) for char in label + value)
        y = self.sheet.y
        self.line(label + gap * max(0, self.columns - used - 1), tall=tall)
        self.sheet.marks.pop()
        self.sheet.y = y
        self.line(value, at="r", tall=tall)

    def _cell(self, char: str, place: tuple[int, int], size: tuple[int, int]) -> None:
        if char == " ":
            return
        stamp = _stamp(char, self.face if ord(char) < 128 else self.wide, size, self.rough)
        self.sheet.image.paste(Image.new("RGB", size, self.sheet.ink), place, stamp)


def _columns(char: str) -> int:
    return 1 if ord(char) < 0x2E80 else 2


@cache
def _stamp(char: str, face: str, size: tuple[int, int], rough: bool) -> Image.Image:
    """A character squeezed into its cell, as a mask."""
    em = 24 if rough else 40
    drawn = font(face, em)
    box = drawn.getbbox("中" if ord(char) > 127 else "0")
    natural = max(int(drawn.getlength(char)), 1)
    stamp = Image.new("L", (natural, round(em * 1.25)), 0)
    top = box[1] - round(em * 0.12)
    ImageDraw.Draw(stamp).text((0, -top), char, 255, font=drawn)
    if rough:
        stamp = stamp.point(lambda value: 255 if value > 110 else 0)
        return stamp.resize(size, Image.Resampling.BOX)
    return stamp.resize(size, Image.Resampling.BICUBIC)
