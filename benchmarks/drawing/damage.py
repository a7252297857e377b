"""The named damages: what befalls a page, and the file it ends in.

A damage that is `hard` (far away, dark, skewed, pen marks, double moiré) leaves a page that a
person still reads; only `destroyed` leaves none.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from . import containers, optics
from .layout import PAPER, SCREEN, THERMAL, WEB, Drawn

Change = Callable[[Image.Image, random.Random], Image.Image]
Ending = Callable[[Image.Image, Drawn, random.Random], tuple[bytes, str]]


def _as_png(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    return containers.png(image), "png"


def _as_jpeg(image: Image.Image, _: Drawn, rng: random.Random) -> tuple[bytes, str]:
    return containers.jpeg(image, quality=rng.randrange(78, 93)), "jpg"


def _as_webp(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    return containers.webp(image), "webp"


def _as_heic(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    return containers.heic(image), "heic"


def _as_chat(image: Image.Image, _: Drawn, rng: random.Random) -> tuple[bytes, str]:
    return containers.chat(image, rng), "jpg"


def _as_chain(image: Image.Image, _: Drawn, rng: random.Random) -> tuple[bytes, str]:
    return containers.chained(image, rng), "jpg"


def _as_low_jpeg(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    return containers.jpeg(image, quality=30), "jpg"


def _as_exif(image: Image.Image, _: Drawn, rng: random.Random) -> tuple[bytes, str]:
    return containers.turned_with_exif(image, rng.choice((90, 180, 270))), "jpg"


def _as_pdf(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    return containers.pdf_of(image), "pdf"


def _as_text_pdf(image: Image.Image, drawn: Drawn, _: random.Random) -> tuple[bytes, str]:
    return containers.pdf_with_text(image, drawn.marks), "pdf"


def _as_long_pdf(image: Image.Image, _: Drawn, __: random.Random) -> tuple[bytes, str]:
    """A cover sheet comes first."""
    return containers.pdf_of(Image.new("RGB", (800, 1100), "white"), image), "pdf"


def _photo(image: Image.Image, rng: random.Random) -> Image.Image:
    scale = rng.choice((1.0, 1.5)) if image.width < 1100 else 1.0
    return optics.lit(optics.photographed(image, rng, scale=scale), rng)


def _scan(image: Image.Image, rng: random.Random) -> Image.Image:
    turned = image.rotate(rng.uniform(-1.5, 1.5), expand=True, fillcolor="white")
    return optics.lit(turned, rng, level=1.04).convert("L").convert("RGB")


def _dark_photo(image: Image.Image, rng: random.Random) -> Image.Image:
    return optics.lit(optics.photographed(image, rng), rng, level=rng.uniform(0.3, 0.45))


def _far_photo(image: Image.Image, rng: random.Random) -> Image.Image:
    scale = 0.62 if image.width > 1100 else max(0.5, min(0.75, 520 / image.width))
    return optics.lit(optics.photographed(image, rng, margin=0.6, scale=scale), rng)


def _skewed_photo(image: Image.Image, rng: random.Random) -> Image.Image:
    return optics.lit(optics.photographed(image, rng, tilt=0.14, turn=16), rng)


def _of_screen(image: Image.Image, rng: random.Random) -> Image.Image:
    return _photo(optics.moire(image, rng), rng)


def _of_screen_twice(image: Image.Image, rng: random.Random) -> Image.Image:
    return _photo(optics.moire(_of_screen(image, rng), rng, strength=1.2), rng)


def _cropped(image: Image.Image, rng: random.Random) -> Image.Image:
    """A screenshot without its first line."""
    return image.crop((0, rng.randrange(50, 80), image.width, image.height - rng.randrange(10, 40)))


def _low(image: Image.Image, _: random.Random) -> Image.Image:
    """About as small as it can be and still be read: some thirteen pixels a line."""
    width = 500 if image.width < 900 else round(image.width * 0.62)
    return image.resize(
        (width, round(image.height * width / image.width)), Image.Resampling.BILINEAR
    )


def _turned(degrees: int) -> Change:
    return lambda image, _: image.rotate(degrees, expand=True)


def _crumpled_lightly(image: Image.Image, rng: random.Random) -> Image.Image:
    return optics.crumpled(image, rng, depth=0.45)


def _faded_lightly(image: Image.Image, rng: random.Random) -> Image.Image:
    return optics.faded(image, rng, left=rng.uniform(0.45, 0.6))


def _faded(image: Image.Image, rng: random.Random) -> Image.Image:
    return optics.faded(image, rng, left=rng.uniform(0.26, 0.36))


@dataclass(frozen=True, slots=True)
class Damage:
    """Changes in their order, then a file."""

    name: str
    media: frozenset[str]
    changes: tuple[Change, ...] = ()
    ending: Ending = _as_jpeg
    hard: bool = False
    legible: bool = True
    beside: bool = False  # another receipt lies in the same picture

    def befall(self, drawn: Drawn, rng: random.Random) -> tuple[bytes, str]:
        """The file and how its name ends."""
        image = drawn.image
        for change in self.changes:
            image = change(image, rng)
        return self.ending(image, drawn, rng)


_DIGITAL = frozenset({SCREEN, WEB})
_PRINT = frozenset({THERMAL, PAPER})
_THERMAL = frozenset({THERMAL})
_ANY = _DIGITAL | _PRINT

_ALL = (
    Damage("clean", _DIGITAL, (), _as_png),
    Damage("clean-jpeg", _DIGITAL),
    Damage("crop", frozenset({SCREEN}), (_cropped,)),
    Damage("chat", _ANY, (), _as_chat),
    Damage("chain", _DIGITAL, (), _as_chain),
    Damage("jpeg30", _ANY, (), _as_low_jpeg),
    Damage("webp", _DIGITAL, (), _as_webp),
    Damage("heic", _ANY, (), _as_heic),
    Damage("exif", _ANY, (), _as_exif),
    Damage("lowres", _ANY, (_low,)),
    Damage("rot90", _ANY, (_turned(90),)),
    Damage("rot180", _PRINT, (_turned(180),)),
    Damage("rot270", _ANY, (_turned(270),)),
    Damage("pdf", _ANY, (), _as_pdf),
    Damage("pdf-second-page", _PRINT, (_scan,), _as_long_pdf),
    Damage("pdf-text", frozenset({WEB, SCREEN}), (), _as_text_pdf),
    Damage("sticker", _ANY, (optics.stickered,)),
    Damage("screenphoto", _DIGITAL, (_of_screen, optics.blurred)),
    Damage("screenphoto-glare", _DIGITAL, (_of_screen, optics.glared)),
    Damage("double-moire", _DIGITAL, (_of_screen_twice,), hard=True),
    Damage("scan", _PRINT, (_scan,)),
    Damage("photo", _PRINT, (_photo,)),
    Damage("photo-blur", _PRINT, (_photo, optics.blurred)),
    Damage("photo-shadow", _PRINT, (_photo, optics.shadowed)),
    Damage("photo-glare", _PRINT, (_photo, optics.glared)),
    Damage("photo-exif", _PRINT, (_photo,), _as_exif),
    Damage("photo-rot90", _PRINT, (_photo, _turned(90))),
    Damage("photo-chat", _PRINT, (_photo,), _as_chat),
    Damage("crumple-light", _PRINT, (_crumpled_lightly, _photo)),
    Damage("crumple", _PRINT, (optics.crumpled, _photo)),
    Damage("fade-light", _THERMAL, (_faded_lightly, _photo)),
    Damage("fade", _THERMAL, (_faded, _photo)),
    Damage("fade-crumple", _THERMAL, (_faded_lightly, _crumpled_lightly, _photo)),
    Damage("far-away", _ANY, (_far_photo,), hard=True),
    Damage("dark", _ANY, (_dark_photo,), hard=True),
    Damage("skewed", _ANY, (_skewed_photo,), hard=True),
    Damage("pen", _PRINT, (optics.marked, _photo), hard=True),
    Damage("several", _PRINT, (_photo,), beside=True),
    Damage("several-screens", frozenset({SCREEN}), beside=True),
    Damage("destroyed", _ANY, (optics.destroyed,), legible=False),
)
DAMAGES = {damage.name: damage for damage in _ALL}


def damages_for(medium: str) -> tuple[Damage, ...]:
    """What can befall such a page and leave it legible."""
    return tuple(each for each in _ALL if medium in each.media and each.legible)
