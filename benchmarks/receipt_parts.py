"""How far parts of one scrolled page differ, and parts of two payments: is one other letter seen?

    ./dev bench receipt_parts

The demo's transfer page in several inks, under three kinds of screens, as drawn and as chats pass
it on. Printed for each: the most by which the same page differs from itself and the least by which
a page with one other digit does, as shares of the contrast (`joining.difference`); how many parts
of one page are put together; and how many of two payments are, where both show what differs.
Ends with 1 after one of those.
"""

import io
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from mailflow.demo import pictures
from mailflow.receipts.joining import OTHER, difference, joined

HEIGHT, BAR = 900, 40
SCROLLS = (100, 181, 186, 191, 260, 318)
SENT = ((0, 0), (720, 75), (640, 75), (540, 60))  # pixels, JPEG quality
AT = datetime(2026, 9, 10, 12, 5, tzinfo=ZoneInfo("Asia/Taipei"))
TOLD: dict[str, object] = {
    "amount": 600, "account": "98620123456789", "bank": "004", "paid_at": AT, "fee": 15,
}  # fmt: skip
OTHERS: tuple[dict[str, object], ...] = (
    {"amount": 601}, {"amount": 608}, {"shown_account": "98620123456780"},
    {"shown_account": "98620128456789"}, {"paid_at": AT.replace(minute=6)}, {"fee": 16},
)  # fmt: skip


class Look(NamedTuple):
    """Colours of the ink, and whether the page is dark."""

    ink: str
    dark: bool = False


LOOKS = (Look("#1c1f24"), Look("#8a8f98"), Look("#b0b4ba"), Look("#1c1f24", dark=True))


@cache
def pages(look: Look) -> tuple[Image.Image, ...]:
    """Of one payment, then of others."""
    return tuple(page(look, **other) for other in ({}, *OTHERS))


def page(look: Look, **other: object) -> Image.Image:
    with patch.object(pictures, "INK", look.ink), patch.object(pictures, "GREY", look.ink):
        drawn = pictures.draw_transfer(**{**TOLD, **other})  # type: ignore[arg-type]
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    return ImageOps.invert(image) if look.dark else image


def coloured(shown: Image.Image, _part: int) -> None:
    """Bars in colours of their own."""
    shown.paste("#1e1e3c", (0, 0, shown.width, BAR))
    shown.paste("#145a3c", (0, HEIGHT - BAR, shown.width, HEIGHT))


def in_its_colour(shown: Image.Image, part: int) -> None:
    """On the page's ground, a head with a clock that goes on and a battery, a foot of signs."""
    ground = shown.getpixel((5, BAR + 5))
    ink = "black" if sum(ground) > 380 else "white"  # type: ignore[arg-type]
    draw = ImageDraw.Draw(shown)
    draw.rectangle((0, 0, shown.width, BAR), ground)
    draw.rectangle((0, HEIGHT - BAR, shown.width, HEIGHT), ground)
    draw.text((30, 8), f"12:0{5 + part}", ink, font=pictures._font(22))
    draw.rectangle((shown.width - 70, 10, shown.width - 30, 28), ink)
    for at in (1, 3, 5):
        left = shown.width * at // 6
        draw.rectangle((left - 12, HEIGHT - 32, left + 12, HEIGHT - 8), ink)


def bare(_shown: Image.Image, _part: int) -> None:
    """Cut to the page, as who cuts off the bars sends it."""


BARS: dict[str, Callable[[Image.Image, int], None]] = {
    "coloured bars": coloured, "bars of the page's colour": in_its_colour, "no bars": bare,
}  # fmt: skip


def screen(whole: Image.Image, part: int, scroll: int, bars: str) -> Image.Image:
    """What a phone shows of a page from `scroll` on, its `part`th picture."""
    head = 0 if bars == "no bars" else BAR
    shown = whole.crop((0, scroll - head, whole.width, scroll - head + HEIGHT))
    BARS[bars](shown, part)
    return shown


def sent(picture: Image.Image, width: int, quality: int) -> Image.Image:
    """As a chat passes it on; as it is for a width of 0."""
    if not width:
        return picture
    out = io.BytesIO()
    small = picture.resize((width, round(picture.height * width / picture.width)))
    small.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L"), dtype=np.float32)


def seen(whole: Image.Image, other: Image.Image, first: int, last: int, bars: str) -> bool | None:
    """Whether both parts show all of what differs in two pages; None where they show some of it."""
    head = 0 if bars == "no bars" else BAR
    rows = np.flatnonzero((grey(whole) != grey(other)).any(axis=1))
    inside = (rows >= last) & (rows < first + HEIGHT - 2 * head)
    return bool(inside.all()) if inside.all() or not inside.any() else None


def apart(upper: Image.Image, lower: Image.Image, scroll: float, bars: str) -> float:
    """The most by which two parts differ between their bars, at the scroll that fits best."""
    above, below = grey(upper), grey(lower)
    bar = 1 if bars == "no bars" else round(BAR * upper.height / HEIGHT) + 12
    told = []
    for rows in (int(scroll), int(scroll) + 1):
        differs = difference(above[rows:], below[: above.shape[0] - rows])
        told.append(float(differs[bar:-bar].max()))
    return min(told)


class Pair(NamedTuple):
    same: bool  # payment
    apart: float
    together: bool


def pairs(look: Look, bars: str, chat: tuple[int, int]) -> Iterator[Pair]:
    whole, *others = pages(look)
    for scroll in SCROLLS:
        begin = BAR  # of the upper part: below its own head
        upper = sent(screen(whole, 0, begin, bars), *chat)
        for one in (whole, *others):
            same = one is whole
            if not same and not seen(whole, one, begin, begin + scroll, bars):
                continue
            lower = sent(screen(one, 1, begin + scroll, bars), *chat)
            far = apart(upper, lower, scroll * upper.width / whole.width, bars)
            yield Pair(same, far, joined([upper, lower]) is not None)


def main() -> int:
    wrong = 0
    print(f"another letter from {OTHER} on\n")
    print("| ink | screen | sent as | same page, most | other digit, least | together | wrong |")
    print("|---|---|---|---|---|---|---|")
    for look in LOOKS:
        for bars in BARS:
            for chat in SENT:
                wrong += told(look, bars, chat)
    print(f"\nparts of two payments put together: {wrong}")
    return int(bool(wrong))


def told(look: Look, bars: str, chat: tuple[int, int]) -> int:
    """Prints one row; how many parts of two payments were put together."""
    found = list(pairs(look, bars, chat))
    same, other = ([pair for pair in found if pair.same is alike] for alike in (True, False))
    wrong = sum(pair.together for pair in other)
    width, quality = chat
    row = (
        f"{look.ink}{', inverted' if look.dark else ''}",
        bars,
        f"{width} px, JPEG {quality}" if width else "drawn",
        f"{max(pair.apart for pair in same):.3f}",
        f"{min(pair.apart for pair in other):.3f}",
        f"{sum(pair.together for pair in same)}/{len(same)}",
        f"{wrong}/{len(other)}",
    )
    print("| " + " | ".join(row) + " |", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
