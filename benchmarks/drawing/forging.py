"""What happens to a page after it was printed, at single places: digits pasted, digits faded."""

import random
import re
from dataclasses import replace
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageFilter

from . import optics
from .facts import Facts
from .layout import Drawn
from .sheet import Box, font


def after_printing(drawn: Drawn, facts: Facts, rng: random.Random) -> Drawn:
    """The page as printed, or with what the trap does to it."""
    if drawn.forged:
        return drawn
    if facts.negative == "edited":
        return replace(drawn, image=pasted(drawn, facts, rng))
    if facts.negative == "faded_tail":
        return replace(drawn, image=_tails_gone(drawn, facts))
    return drawn


def _places(drawn: Drawn, amount: int) -> list[Box]:
    """The boxes of the amount's digits alone, wherever they stand."""
    form = re.compile(rf"(?<![\d,]){amount:,}(?![\d,])|(?<![\d,]){amount}(?![\d,])")
    boxes = []
    for mark in drawn.marks:
        found = form.search(_narrow(mark.text))
        if found:
            left, top, right, bottom = mark.box
            wide = (right - left) / _width(mark.text)
            start = left + round(wide * _width(mark.text[: found.start()]))
            end = left + round(wide * _width(mark.text[: found.end()]))
            boxes.append((start, top, end, bottom))
    return boxes


def pasted(drawn: Drawn, facts: Facts, rng: random.Random) -> Image.Image:
    """The owed sum pasted over the true one: another face, another ground, soft edges."""
    image = drawn.image.copy()
    text, face = f"{facts.slip.amount:,}", rng.choice(("latin", "sans", "narrow"))
    for left, top, right, bottom in _places(drawn, facts.amount):
        ground = image.getpixel((max(left - 4, 0), max(top - 4, 0)))
        patch = Image.new("RGB", (right - left + 4, bottom - top + 8), ground)
        size = bottom - top
        while size > 8 and font(face, size).getlength(text) > patch.width:
            size -= 1
        bright = sum(patch.resize((1, 1)).tobytes()) > 380
        ink = (20, 20, 20) if bright else (240, 240, 240)
        middle = (patch.width // 2, patch.height // 2)
        ImageDraw.Draw(patch).text(middle, text, ink, font=font(face, size), anchor="mm")
        image.paste(patch.filter(ImageFilter.GaussianBlur(0.6)), (left - 2, top - 4))
    return image


def _tails_gone(drawn: Drawn, facts: Facts) -> Image.Image:
    """The last digit, and what follows it, has faded wherever a sum stands."""
    boxes = []
    for amount in {facts.amount, facts.total, *drawn.hand.shown.values()}:
        for left, top, right, bottom in _places(drawn, amount):
            digit = (right - left) / len(f"{amount:,}")
            boxes.append((round(right - digit), top, drawn.image.width - 12, bottom))
    return optics.erased(drawn.image, boxes)


def _narrow(text: str) -> str:
    """The text with full-width digits as plain ones, character by character."""
    return "".join(plain if len(plain := normalize("NFKC", c)) == 1 else c for c in text)


def _width(text: str) -> int:
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)
