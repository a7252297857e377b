"""Masked account numbers: `*********69244` is read well only without its asterisks.

Engines take asterisks for letters and then distrust the digits beside them. A mask is a small
mark among tall digits, so it can be told by its height, painted over, and remembered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

INK = 150  # darker than this is written
DASH = 0.16  # of the tallest glyph: a dash or a dot, no mask
SMALL = 0.72  # of the tallest glyph: lower than any digit


@dataclass(frozen=True, slots=True)
class Glyph:
    """Columns left to right (exclusive), rows top to bottom (exclusive)."""

    left: int
    right: int
    top: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def unmasked(row: Image.Image) -> tuple[Image.Image, tuple[int, ...]]:
    """The row without small marks, and the places (x) where masks stood."""
    glyphs = tuple(_glyphs(row))
    tallest = sorted(glyph.height for glyph in glyphs)[-2:][:1]  # one odd blot is forgiven
    clean, masks = row.copy(), []
    for glyph in glyphs:
        part = glyph.height / max(1, *tallest, 1)
        if part < SMALL:
            clean.paste(255, (glyph.left - 1, 0, glyph.right + 1, row.height))
            if part >= DASH:
                masks.append((glyph.left + glyph.right) // 2)
    return clean, tuple(masks)


def ink_in(row: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all that is written, if anything is."""
    return row.point(lambda value: 255 if value < INK else 0).getbbox()


def _glyphs(row: Image.Image) -> Iterator[Glyph]:
    """Groups of neighbouring columns with ink."""
    ink = row.point(lambda value: 255 if value < INK else 0)
    columns = ink.resize((row.width, 1), Image.Resampling.BOX).tobytes()
    start: int | None = None
    for x, amount in enumerate((*columns, 0)):
        if amount and start is None:
            start = x
        elif not amount and start is not None:
            box = ink.crop((start, 0, x, row.height)).getbbox()
            if box:
                yield Glyph(start, x, box[1], box[3])
            start = None
