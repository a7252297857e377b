"""The third family's tools: bars, signs, rows and stamps on the shared sheet; and its forger."""

import io
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw, ImageFilter

from .facts import Facts
from .layout import Drawn, Layout
from .sheet import Colour, Mark, Sheet, font
from .third_hand import Row

BARS = 60  # bars are at least so high, texts are not
Draw = Callable[[Layout, Facts, random.Random], Drawn]
_SIGNS = {"success": "tick", "sample": "tick", "inward": "tick", "refund": "tick"}
_SIGNS |= {"failed": "cross", "void": "cross", "scheduled": "clock", "pending": "clock"}
_WIDER = frozenset({"wider"})


def shows(line: str = "") -> frozenset[str]:
    """What a layout has a place for; all of this family set the wider traps."""
    return frozenset(line.split()) | _WIDER


def fitting(text: str, size: int, room: int, face: str = "sans") -> int:
    """The size at which the text has room."""
    while size > 12 and font(face, size).getlength(text) > room:
        size -= 1
    return size


def phone_bar(sheet: Sheet, rng: random.Random, *, ink: Colour) -> None:
    """Clock, bars and battery at the top of a phone; the clock is not the payment's."""
    unit = sheet.width / 100
    small = round(3.2 * unit)
    clock = f"{rng.randrange(24)}:{rng.randrange(60):02d}"
    sheet.put(round(6 * unit), clock, size=small, y=round(2.2 * unit), ink=ink)
    x, y = round(82 * unit), round(2.4 * unit)
    for at in range(4):
        height = round((1 + 0.6 * at) * unit)
        left = x + round(at * 1.2 * unit)
        foot = y + round(3 * unit)
        sheet.pen.rectangle((left, foot - height, left + round(0.7 * unit), foot), ink)
    sheet.block((round(89 * unit), y, round(95 * unit), y + round(3 * unit)), outline=ink, radius=4)
    level = round((89.6 + 4.8 * rng.uniform(0.2, 1)) * unit)
    sheet.pen.rectangle((round(89.6 * unit), y + 5, level, y + round(3 * unit) - 5), ink)
    sheet.y = round(9 * unit)


def sign(sheet: Sheet, status: str, x: int, y: int, radius: int, fill: Colour) -> None:
    """A round sign: tick, cross, clock or exclamation mark."""
    pen, thick = sheet.pen, max(3, radius // 6)
    what = _SIGNS.get(status, "mark")
    ground = {"cross": "#d64545", "clock": "#e0a030", "mark": "#8a93a0"}.get(what, fill)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), ground)
    half = radius * 0.45
    if what == "tick":
        line = [(x - half, y), (x - half * 0.2, y + half * 0.8), (x + half * 1.1, y - half * 0.8)]
        pen.line(line, "white", thick, joint="curve")
    elif what == "cross":
        pen.line((x - half, y - half, x + half, y + half), "white", thick)
        pen.line((x - half, y + half, x + half, y - half), "white", thick)
    elif what == "clock":
        pen.line([(x, y - half * 1.2), (x, y), (x + half, y + half * 0.5)], "white", thick)
    else:
        pen.line((x, y - half * 1.2, x, y + half * 0.3), "white", thick)
        pen.ellipse((x - 3, y + half * 0.8, x + 3, y + half * 0.8 + 6), "white")


def spread(
    sheet: Sheet,
    rows: Iterable[Row],
    *,
    size: int,
    left: int,
    right: int,
    step: float = 2.1,
    faint: Colour = "#76808c",
    rule: Colour | None = None,
    face: str = "sans",
) -> None:
    """Labels at the left edge, values at the right one; rules between them where asked."""
    for label, value in rows:
        room = right - left - round(font(face, size).getlength(label)) - size
        sheet.put(left, label, size=size, ink=faint, face=face)
        sheet.put(right, value, size=fitting(value, size, room, face), anchor="r", face=face)
        sheet.y += round(size * step)
        if rule:
            sheet.y -= round(size * 0.45)
            sheet.rule(left=left, right=right, ink=rule)
            sheet.y += round(size * 0.45)


def stacked(
    sheet: Sheet,
    rows: Iterable[Row],
    *,
    size: int,
    left: int,
    right: int,
    faint: Colour = "#76808c",
    rule: Colour | None = None,
    step: float = 1.9,
) -> None:
    """A small label, its value below."""
    for label, value in rows:
        sheet.put(left, label, size=round(size * 0.78), ink=faint)
        sheet.y += round(size * 1.15)
        sheet.put(left, value, size=fitting(value, size, right - left))
        sheet.y += round(size * step)
        if rule:
            sheet.y -= round(size * 0.35)
            sheet.rule(left=left, right=right, ink=rule)
            sheet.y += round(size * 0.35)


def aligned(
    sheet: Sheet,
    rows: Iterable[Row],
    *,
    size: int,
    left: int,
    at: int,
    right: int,
    step: float = 1.8,
    faint: Colour = "#555d66",
    colon: str = "：",
) -> None:
    """Labels with a colon in one column, values in the next."""
    for label, value in rows:
        sheet.put(left, label + colon, size=fitting(label + colon, size, at - left), ink=faint)
        sheet.put(at, value, size=fitting(value, size, right - at))
        sheet.y += round(size * step)


def boxed(
    sheet: Sheet,
    rows: Iterable[Row],
    *,
    size: int,
    left: int,
    at: int,
    right: int,
    shade: Colour = "#eef3f8",
    line: Colour = "#b9c4d0",
    tall: float = 2.2,
    face: str = "sans",
) -> None:
    """A table of two columns, ruled, the first one shaded."""
    for label, value in rows:
        foot = sheet.y + round(size * tall)
        sheet.block((left, sheet.y, at, foot), fill=shade, outline=line)
        sheet.block((at, sheet.y, right, foot), outline=line)
        top = sheet.y + round(size * (tall - 1.2) / 2)
        narrow = fitting(label, size, at - left - size, face)
        sheet.put(left + size // 2, label, size=narrow, y=top, face=face)
        room = fitting(value, size, right - at - size, face)
        sheet.put(at + size // 2, value, size=room, y=top, face=face)
        sheet.y = foot


def button(
    sheet: Sheet, text: str, box: tuple[int, int, int, int], *, fill: Colour, ink: Colour
) -> None:
    left, top, right, bottom = box
    sheet.block(box, fill=fill, radius=(bottom - top) // 4)
    size = round((bottom - top) * 0.4)
    sheet.put((left + right) // 2, text, size=size, y=top + round(size * 0.6), ink=ink, anchor="m")


def stamped(
    sheet: Sheet, lines: tuple[str, ...], x: int, y: int, rng: random.Random, *, radius: int = 90
) -> None:
    """A round stamp in red or blue, turned a little, half transparent: three lines in a ring."""
    ink = rng.choice(((196, 40, 44), (190, 48, 60), (44, 70, 150)))
    side = radius * 2
    layer = Image.new("RGBA", (side + 8, side + 8), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    pen.ellipse((2, 2, side, side), outline=(*ink, 190), width=5)
    pen.line((12, radius - 24, side - 12, radius - 24), (*ink, 190), 3)
    pen.line((12, radius + 24, side - 12, radius + 24), (*ink, 190), 3)
    for text, middle in zip(lines, (radius - 46, radius, radius + 46), strict=True):
        size = fitting(text, 30, round(side * (0.88 if middle == radius else 0.62)))
        pen.text((radius, middle), text, (*ink, 205), font=font("sans", size), anchor="mm")
    turned = layer.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    sheet.image.paste(turned, (x, y), turned)
    sheet.marks += [Mark(text, (x, y, x + side, y + side)) for text in lines]


def specimen(drawn: Drawn) -> Drawn:
    """SAMPLE across the whole page."""
    image, text = drawn.image, "範例 SAMPLE"
    size = max(60, image.width // 6)
    layer = Image.new("RGBA", (image.width, image.width // 2), (0, 0, 0, 0))
    middle = (layer.width // 2, layer.height // 2)
    grey = (205, 60, 60, 120)
    pen = ImageDraw.Draw(layer)
    pen.text(middle, text, grey, font=font("sans", size), anchor="mm")
    turned = layer.rotate(24, expand=True)
    out = image.convert("RGB")
    at = ((out.width - turned.width) // 2, (out.height - turned.height) // 2)
    out.paste(turned, at, turned)
    across = (0, max(0, out.height // 2 - size), out.width, out.height // 2)
    return replace(drawn, image=out, marks=(*drawn.marks, Mark(text, across)))


def told_truly(draw: Draw) -> Draw:
    """The layout, and what specimens and forgers make of it: a page that was edited is drawn as it
    truly was and as its forger wants it, and pieces of the second are pasted on the first."""

    def drawing(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
        state = rng.getstate()
        true = draw(layout, facts, rng)
        if facts.status == "sample":
            return specimen(true)
        if not (facts.negative or "").startswith("edited"):
            return true
        rng.setstate(state)
        return _pasted(true, draw(layout, _wished(facts), rng), rng)

    return drawing


def _wished(facts: Facts) -> Facts:
    """What the forger would like to have paid."""
    slip = facts.slip
    if facts.negative == "edited_account":
        return replace(facts, account=slip.account)
    if facts.negative == "edited_date":
        day = slip.until_on - timedelta(days=(slip.until_on - slip.from_on).days // 3)
        return replace(facts, at=facts.at.replace(year=day.year, month=day.month, day=day.day))
    cash = max(facts.cash or 0, slip.amount + facts.fee)
    return replace(facts, amount=slip.amount, cash=cash)


def _pasted(true: Drawn, wished: Drawn, rng: random.Random) -> Drawn:
    """The first place that differs is always pasted over, each further one mostly. A piece sits a
    little too high or low, is a little larger, softer or darker, or its ground is a shade off."""
    image, marks, first = true.image.copy(), list(true.marks), True
    pairs = zip(true.marks, wished.marks, strict=True)
    for at, (old, new) in enumerate(pairs):
        bars = old.text in true.barcodes and old.box[3] - old.box[1] >= BARS
        if old.text == new.text or bars:
            continue  # nobody draws bars by hand
        if not first and rng.random() < 0.25:
            continue  # forgotten
        first = False
        (left, top), (right, bottom) = (
            [pick(pair) for pair in zip(old.box[side], new.box[side], strict=True)]
            for pick, side in ((min, slice(2)), (max, slice(2, 4)))
        )
        box = (max(left - 3, 0), max(top - 3, 0), right + 3, bottom + 4)
        piece = _handled(wished.image.crop(box), rng)
        image.paste(piece, (box[0] + rng.randrange(-1, 2), box[1] + rng.choice((-2, -1, 1, 2))))
        marks[at] = new
    return replace(true, image=image, marks=tuple(marks), forged=True)


def _handled(piece: Image.Image, rng: random.Random) -> Image.Image:
    """What an editing app does to a piece of a picture."""
    size = piece.size
    how = rng.choice(("grown", "soft", "shade", "only moved"))
    if how == "grown":
        piece = piece.resize((round(size[0] * 1.03), round(size[1] * 1.05)))
    elif how == "soft":
        piece = piece.filter(ImageFilter.GaussianBlur(0.9))
    elif how == "shade":
        off = rng.choice((-7, -5, 5))
        piece = piece.point(lambda value: min(255, max(0, value + off)))
    out = io.BytesIO()
    piece.convert("RGB").save(out, "JPEG", quality=rng.randrange(28, 55))
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
