"""What happens to a page after it was printed, at single places: digits pasted, digits faded."""

import random
from collections.abc import Mapping
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFilter

from . import optics
from .facts import Facts
from .layout import Drawn
from .sheet import Box, font


def after_printing(
    drawn: Drawn, facts: Facts, titles: Mapping[str, str], rng: random.Random
) -> Drawn:
    """The page as printed, or with what the trap does to it."""
    if facts.negative == "edited":
        return replace(drawn, image=_pasted(drawn, facts, rng))
    if facts.negative == "faded_tail":
        return replace(drawn, image=_tail_gone(drawn, facts))
    return drawn


def _places(drawn: Drawn, amount: int) -> list[tuple[str, Box]]:
    """Every text that ends in the amount, whatever stands behind it, and its box."""
    wanted = (f"{amount:,}", str(amount))
    return [
        (mark.text, mark.box) for mark in drawn.marks if any(form in mark.text for form in wanted)
    ]


def _pasted(drawn: Drawn, facts: Facts, rng: random.Random) -> Image.Image:
    """The owed sum pasted over the true one: another face, another ground, soft edges."""
    image = drawn.image.copy()
    for _, (left, top, right, bottom) in _places(drawn, facts.amount):
        size = max(12, bottom - top - 2)
        text = f"{facts.slip.amount:,}"
        patch = Image.new("RGB", (right - left + 6, bottom - top + 8), image.getpixel((left, top)))
        ink = (20, 20, 20) if sum(patch.getpixel((0, 0))) > 300 else (240, 240, 240)  # type: ignore[arg-type]
        face = font(rng.choice(("latin", "sans", "narrow")), size)
        ImageDraw.Draw(patch).text((patch.width - 3, 0), text, ink, font=face, anchor="ra")
        patch = patch.filter(ImageFilter.GaussianBlur(0.6))
        image.paste(patch, (left - 3, top - 4))
    return image


def _tail_gone(drawn: Drawn, facts: Facts) -> Image.Image:
    """The last digit has faded wherever the sum, or the sum with the fee, stands."""
    image, boxes = drawn.image, []
    for amount in {facts.amount, facts.total, *drawn.hand.shown.values()}:
        for text, (left, top, right, bottom) in _places(drawn, amount):
            form = f"{amount:,}" if f"{amount:,}" in text else str(amount)
            last = text.rindex(form) + len(form) - 1
            share = _width(text[:last]) / _width(text)
            boxes.append((left + round((right - left) * share), top, right, bottom))
    return optics.erased(image, boxes)


def _width(text: str) -> int:
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)
