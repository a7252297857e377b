"""The fourth family's tools: phones, cards, rows, badges, little pictures."""

import random
from collections.abc import Iterable

from .facts import Facts
from .fourth_hand import Row
from .layout import Layout
from .sheet import Box, Colour, Sheet, font
from .third_kit import Draw, fitting, told_truly

WIDER = frozenset({"wider"})
_TICK = frozenset({"success", "sample", "inward"})
_CLOCK = frozenset({"scheduled", "pending", "confirm"})


def layout(
    name: str, medium: str, draw: Draw, *, titles: dict[str, str], shows: str = ""
) -> Layout:
    """A transfer's or (on names with `store`) a store's page; it sets the wider traps too."""
    kind = "store" if "store" in name else "transfer"
    titles = {**titles, "sample": titles["success"]}
    place = frozenset(shows.split()) | WIDER
    return Layout(
        f"fourth-{name}", kind, medium, told_truly(draw), titles, place, arrives=ARRIVES[medium]
    )


def never(name: str, medium: str, draw: Draw, negative: str, *, kind: str = "none") -> Layout:
    """A page that is never a proof."""
    return Layout(
        f"fourth-{name}", kind, medium, draw, negative=negative, weight=26, arrives=ARRIVES[medium]
    )


_DIGITAL = (
    "clean clean clean clean clean clean clean clean clean clean-jpeg clean-jpeg chat chat chat"
    " chat chain lowres lowres rot270 rot90 exif heic webp jpeg30 pdf pdf-text"
    " screenphoto screenphoto-glare sticker far-away dark skewed double-moire"
)
_PAPER = (
    "scan scan scan photo photo photo photo photo-blur photo-shadow photo-glare photo-exif"
    " photo-rot90 photo-chat chat exif heic lowres rot90 rot180 rot270 pdf pdf-second-page jpeg30"
    " crumple-light crumple-light crumple several far-away dark skewed pen"
)
ARRIVES = {
    "screen": tuple(f"{_DIGITAL} crop crop several-screens".split()),
    "web": tuple(_DIGITAL.split()),
    "paper": tuple(_PAPER.split()),
    "thermal": tuple(f"{_PAPER} fade-light fade-light fade fade-crumple".split()),
}
"""How pages come by mail: a quarter of the digital ones as they were, papers as photographs."""


def phone(
    rng: random.Random,
    width: int,
    height: int,
    *,
    ground: Colour = "white",
    ink: Colour = "#20242b",
    island: bool = True,
) -> Sheet:
    """A telephone's screen with its bar; with the island of one maker, or another's small icons."""
    sheet = Sheet.of(width, height, ground=ground, ink=ink)
    unit, pen = width / 100, sheet.pen
    clock = f"{rng.randrange(24)}:{rng.randrange(60):02d}"
    top, size = round(3.2 * unit), round(3.7 * unit)
    if island:
        sheet.put(round(13 * unit), clock, size=size, y=top - 4, ink=ink, anchor="m", face="black")
        pen.rounded_rectangle(
            (round(36 * unit), round(2.4 * unit), round(64 * unit), round(8.6 * unit)),
            round(3 * unit),
            "black",
        )
    else:
        sheet.put(round(5 * unit), clock, size=round(3.4 * unit), y=top - 2, ink=ink)
        pen.ellipse((round(48.6 * unit), top, round(51.4 * unit), top + round(2.8 * unit)), "black")
        sheet.put(round(82 * unit), "5G", size=round(2.8 * unit), y=top, ink=ink, anchor="r")
    for at in range(4):
        left, high = round((83 + 1.4 * at) * unit), round((1 + 0.6 * at) * unit)
        foot = top + round(3.2 * unit)
        pen.rectangle((left, foot - high, left + round(0.9 * unit), foot), ink)
    box = (round(90 * unit), top, round(95.5 * unit), top + round(3.1 * unit))
    sheet.block(box, outline=ink, radius=6)
    full = box[0] + 5 + round((box[2] - box[0] - 10) * rng.uniform(0.15, 1))
    pen.rectangle((box[0] + 5, box[1] + 5, full, box[3] - 5), ink)
    sheet.y = round(12 * unit)
    return sheet


def heading(sheet: Sheet, title: str, *, ink: Colour, left: str = "‹", right: str = "") -> None:
    """A screen's own bar: back, title, and sometimes a word at the right."""
    size = round(sheet.width * 0.043)
    if left:
        sheet.put(round(sheet.width * 0.045), left, size=size, ink=ink)
    sheet.put(sheet.width // 2, title, size=size, ink=ink, anchor="m", face="black")
    if right:
        sheet.put(round(sheet.width * 0.95), right, size=round(size * 0.8), ink=ink, anchor="r")
    sheet.y += round(size * 2.3)


def badge(sheet: Sheet, status: str, x: int, y: int, r: int, *, fill: Colour, open: bool) -> None:
    """What the page says of its status in a sign: filled, or (`open`) as a ring."""
    good, wait = status in _TICK, status in _CLOCK
    tone = fill if good else ("#e8a33d" if wait else "#c8453b")
    pen, thick = sheet.pen, max(4, r // 7)
    if open:
        pen.ellipse((x - r, y - r, x + r, y + r), outline=tone, width=thick)
    else:
        pen.ellipse((x - r, y - r, x + r, y + r), tone)
    line, a = tone if open else "white", r * 0.42
    if good:
        pen.line(
            [(x - a, y + a * 0.1), (x - a * 0.2, y + a * 0.8), (x + a, y - a * 0.7)], line, thick
        )
    elif wait:
        for at in (-1, 0, 1):
            px = x + at * a
            pen.ellipse((px - thick, y - thick, px + thick, y + thick), line)
    else:
        pen.line((x, y - a * 1.1, x, y + a * 0.3), line, thick)
        pen.ellipse((x - thick, y + a * 0.8 - 2, x + thick, y + a * 0.8 + 2 * thick - 2), line)


def edge_rows(
    sheet: Sheet,
    told: Iterable[Row],
    *,
    size: int,
    left: int,
    right: int,
    faint: Colour = "#7b828c",
    ink: Colour | None = None,
    step: float = 2.2,
    line: Colour | None = None,
) -> None:
    """Words at the left edge, values at the right one."""
    for label, value in told:
        room = right - left - round(font("sans", size).getlength(label)) - size
        sheet.put(left, label, size=size, ink=faint)
        sheet.put(right, value, size=fitting(value, size, room), anchor="r", ink=ink)
        sheet.y += round(size * step)
        if line:
            sheet.y -= round(size * 0.5)
            sheet.rule(left=left, right=right, ink=line)
            sheet.y += round(size * 0.5)


def tall_rows(
    sheet: Sheet,
    told: Iterable[Row],
    *,
    size: int,
    left: int,
    right: int,
    faint: Colour = "#7b828c",
    ink: Colour | None = None,
    step: float = 1.75,
    line: Colour | None = None,
) -> None:
    """A small word, its value below it."""
    for label, value in told:
        sheet.put(left, label, size=round(size * 0.8), ink=faint)
        sheet.y += round(size * 1.2)
        sheet.put(left, value, size=fitting(value, size, right - left), ink=ink)
        sheet.y += round(size * step)
        if line:
            sheet.y -= round(size * 0.25)
            sheet.rule(left=left, right=right, ink=line)
            sheet.y += round(size * 0.35)


def colon_rows(
    sheet: Sheet,
    told: Iterable[Row],
    *,
    size: int,
    left: int,
    at: int,
    right: int,
    step: float = 1.75,
    faint: Colour | None = None,
    colon: str = "：",
    face: str = "sans",
) -> None:
    """Words with a colon, values in a column."""
    for label, value in told:
        word = label + colon
        sheet.put(left, word, size=fitting(word, size, at - left, face), ink=faint, face=face)
        sheet.put(at, value, size=fitting(value, size, right - at, face), face=face)
        sheet.y += round(size * step)


def pill(sheet: Sheet, text: str, box: Box, *, fill: Colour, ink: Colour = "white") -> None:
    """A button."""
    left, top, right, bottom = box
    sheet.block(box, fill=fill, radius=(bottom - top) // 2)
    size = round((bottom - top) * 0.38)
    at = top + round((bottom - top - size * 1.45) / 2)
    sheet.put((left + right) // 2, text, size=size, y=at, ink=ink, anchor="m")


def bear(sheet: Sheet, x: int, y: int, r: int, *, fur: Colour = "#b98a5e") -> None:
    """A mascot that is glad."""
    pen = sheet.pen
    for side in (-1, 1):
        ear = x + side * round(r * 0.75)
        pen.ellipse((ear - r // 3, y - r - r // 6, ear + r // 3, y - r // 2), fur)
    pen.ellipse((x - r, y - r, x + r, y + r), fur)
    for side in (-1, 1):
        eye = x + side * round(r * 0.38)
        pen.ellipse((eye - r // 9, y - r // 4, eye + r // 9, y), "#2b1d12")
    pen.ellipse((x - r // 2, y + r // 10, x + r // 2, y + round(r * 0.75)), "#f1dcc2")
    pen.ellipse((x - r // 8, y + r // 6, x + r // 8, y + r // 3), "#2b1d12")
    pen.arc((x - r // 4, y + r // 4, x + r // 4, y + round(r * 0.6)), 10, 170, "#2b1d12", 4)


def confetti(sheet: Sheet, box: Box, rng: random.Random, *, pieces: int = 40) -> None:
    for _ in range(pieces):
        x, y = rng.randrange(box[0], box[2]), rng.randrange(box[1], box[3])
        ink = rng.choice(("#f6b93b", "#e55039", "#4a69bd", "#78e08f", "#fa983a", "#b8e994"))
        wide, high = rng.randrange(6, 18), rng.randrange(6, 18)
        sheet.pen.rectangle((x, y, x + wide, y + high), ink)


def torn(sheet: Sheet, y: int, *, left: int, right: int, tooth: int, ground: Colour) -> None:
    """The lower edge of a receipt, cut in teeth."""
    for x in range(left, right, tooth):
        points = [(x, y), (x + tooth // 2, y - tooth // 2), (x + tooth, y), (x + tooth // 2, y + 6)]
        sheet.pen.polygon(points, ground)


def next_buttons(sheet: Sheet, facts: Facts, fill: str, done: tuple[str, str]) -> None:
    """What can be done next: before sending, to send."""
    left, right = ("取消", "確認送出") if facts.status == "confirm" else done
    unit = sheet.width // 100
    high, y = 12 * unit, sheet.y + 3 * unit
    pill(sheet, left, (6 * unit, y, 48 * unit, y + high), fill="#e9edf0", ink="#454c55")
    pill(sheet, right, (52 * unit, y, 94 * unit, y + high), fill=fill)
    sheet.y = y + high


def tabs(sheet: Sheet, words: tuple[str, ...], *, ink: Colour, ground: Colour = "white") -> None:
    """The foot of a telephone's screen: an app's rooms, the first one open."""
    sheet.y += 40
    high, part = sheet.width // 7, sheet.width // len(words)
    sheet.pen.rectangle((0, sheet.y, sheet.width, sheet.image.height), ground)
    sheet.rule(left=0, right=sheet.width, ink="#d5d8dc")
    for at, word in enumerate(words):
        middle, tone = at * part + part // 2, ink if at == 0 else "#9aa0a6"
        sheet.block((middle - 26, sheet.y + 24, middle + 26, sheet.y + 70), outline=tone, radius=8)
        size = sheet.width // 36
        sheet.put(middle, word, size=size, y=sheet.y + 82, ink=tone, anchor="m")
    sheet.y += high


def banner(sheet: Sheet, text: str, *, fill: Colour, ink: Colour) -> None:
    """What the app would like to sell meanwhile."""
    sheet.y += 40
    box = (50, sheet.y, sheet.width - 50, sheet.y + 150)
    sheet.block(box, fill=fill, radius=24)
    sheet.put(100, text, size=fitting(text, 42, sheet.width - 320), y=sheet.y + 45, ink=ink)
    bear(sheet, sheet.width - 130, sheet.y + 84, 46)
    sheet.y += 150
