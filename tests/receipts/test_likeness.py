"""What a page looks like: the same in another file, and almost the same for another receipt."""

import io
import random

from PIL import Image, ImageDraw

from benchmarks.drawing.sheet import font
from mailflow.receipts.likeness import likeness
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.reuse import near


def receipt(seed: int) -> tuple[Image.Image, tuple[Line, ...]]:
    """A page of twelve rows, longer and shorter."""
    rng, image, words = random.Random(seed), Image.new("RGB", (800, 1200), "white"), []
    for row in range(12):
        text = "".join(rng.choice("0123456789") for _ in range(rng.randrange(4, 24)))
        at, letters = (60 + rng.randrange(200), 60 + 90 * row), font("sans", 34)
        pen = ImageDraw.Draw(image)
        pen.text(at, text, (10, 10, 10), letters)
        words.append(Word(text, Box(*map(round, pen.textbbox(at, text, letters)))))
    return image, words_to_lines(words)


def moved(lines: tuple[Line, ...], *, left: int = 0, top: int = 0, scale: float = 1.0):
    """Where the rows stand after a crop and in another size."""
    for line in lines:
        for cell in line.cells:
            box = cell.box
            shifted = Box(box.left - left, box.top - top, box.right - left, box.bottom - top)
            yield Word(cell.text, shifted.scaled(scale))


def look(image: Image.Image, lines: tuple[Line, ...]) -> bytes:
    seen = likeness(image, lines)
    assert seen is not None
    assert len(seen) == 32
    return seen


def test_the_same_picture_is_recognised_in_another_file() -> None:
    """Always after another compression; mostly in another size or without its margins: a hint."""
    found = {"compressed": 0, "smaller": 0, "cut": 0}
    for seed in range(8):
        image, lines = receipt(seed)
        first = look(image, lines)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=30)
        found["compressed"] += near(first, look(Image.open(out), lines))
        small, rows = image.resize((640, 960)), words_to_lines(moved(lines, scale=0.8))
        found["smaller"] += near(first, look(small, rows))
        cut = image.crop((30, 40, 800, 1180))
        found["cut"] += near(first, look(cut, words_to_lines(moved(lines, left=30, top=40))))
    assert found["compressed"] == found["cut"] == 8
    assert found["smaller"] >= 6


def test_other_pages_look_otherwise() -> None:
    looks = [look(*receipt(seed)) for seed in range(8)]
    pairs = [(a, b) for a in range(8) for b in range(a)]
    assert not any(near(looks[a], looks[b]) for a, b in pairs)


def test_a_page_without_words_has_no_look() -> None:
    assert likeness(Image.new("RGB", (400, 300)), ()) is None
