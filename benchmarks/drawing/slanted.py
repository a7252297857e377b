"""Large slanted writing over a finished page: what says that it proves nothing, and what honest
apps and people put there (a bank's name or sign, what the copy is for)."""

import random
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from .layout import Drawn
from .sheet import font

Ink = tuple[int, int, int]

VOIDS = (
    "範例", "SAMPLE", "樣張", "作廢", "VOID", "SPECIMEN", "已作廢", "僅供參考", "範例 SAMPLE",
)  # fmt: skip
HONEST = (
    "玉山銀行", "台新銀行", "E.SUN BANK", "CTBC BANK", "國泰世華銀行", "LINE Pay", "第一銀行",
    "TAIPEI FUBON", "僅供報名繳費使用", "中國信託", "Richart", "轉帳成功", "已付款 PAID", "○○",
    "合作金庫", "COMPLETED", "交易完成",
)  # fmt: skip
_INKS: tuple[Ink, ...] = (
    (128, 128, 128), (90, 90, 90), (160, 160, 160), (205, 60, 60), (220, 40, 40), (50, 90, 190),
    (230, 140, 40), (40, 140, 90),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slanted:
    """One writing. `opacity` 0 to 1; `degrees` anticlockwise; `share` of the page's width: the
    length of the one writing, or the height of a letter of many."""

    text: str
    ink: Ink
    opacity: float
    degrees: float
    share: float
    repeated: bool
    face: str

    @property
    def told(self) -> str:
        many = "many" if self.repeated else "once"
        return (
            f"{self.text} {many} {self.share:.2f} {self.degrees:.0f}° "
            f"{self.opacity:.2f} of {self.ink} {self.face}"
        )


def slanted(rng: random.Random, texts: tuple[str, ...] = VOIDS) -> Slanted:
    """Any of these texts, in any of the ways that pages show it."""
    repeated = rng.random() < 0.4
    return Slanted(
        text=rng.choice(texts),
        ink=rng.choice(_INKS),
        opacity=rng.uniform(0.15, 0.6),
        degrees=rng.choice((-1, 1, 1, 1)) * rng.uniform(8, 60),
        share=rng.uniform(0.05, 0.11) if repeated else rng.uniform(0.55, 1.0),
        repeated=repeated,
        face=rng.choice(("sans", "sans", "black", "serif")),
    )


def written_across(drawn: Drawn, writing: Slanted) -> Drawn:
    """The page with the writing on top of all that is printed."""
    image = drawn.image.convert("RGB")
    layer = _many(image.size, writing) if writing.repeated else _once(image.size, writing)
    strength = layer.point(lambda value: round(value * writing.opacity))
    image.paste(Image.new("RGB", image.size, writing.ink), (0, 0), strength)
    return replace(drawn, image=image)


def _letters(writing: Slanted, size: int) -> Image.Image:
    """The text alone, as a mask without a margin."""
    face = font(writing.face, size)
    left, top, right, bottom = map(round, face.getbbox(writing.text))
    mask = Image.new("L", (right - left + 4, bottom - top + 4))
    ImageDraw.Draw(mask).text((2 - left, 2 - top), writing.text, 255, font=face)
    return mask


def _turned(mask: Image.Image, degrees: float) -> Image.Image:
    return mask.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)


def _once(size: tuple[int, int], writing: Slanted) -> Image.Image:
    """In the page's middle, never wider or higher than the page."""
    turned = _turned(_letters(writing, 200), writing.degrees)
    fit = writing.share * min(size[0] / turned.width, size[1] / turned.height)
    letter = min(round(200 * fit), size[0] // 3)
    turned = _turned(_letters(writing, max(24, letter)), writing.degrees)
    layer = Image.new("L", size)
    layer.paste(turned, ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2))
    return layer


def _many(size: tuple[int, int], writing: Slanted) -> Image.Image:
    """In rows over the whole page, every second one moved by half a step."""
    mask = _letters(writing, max(20, round(size[0] * writing.share)))
    side = round((size[0] ** 2 + size[1] ** 2) ** 0.5)
    plain = Image.new("L", (side, side))
    across, down = mask.width + 2 * mask.height, mask.height * 4
    for row, top in enumerate(range(0, side, down)):
        for left in range(-(row % 2) * across // 2, side, across):
            plain.paste(mask, (left, top))
    turned = plain.rotate(writing.degrees, resample=Image.Resampling.BICUBIC)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))
