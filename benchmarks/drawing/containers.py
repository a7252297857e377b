"""Files as mail carries them: what phones, chats and scanners make of a picture."""

import io
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pillow_heif
import typst
from PIL import Image
from pylopdf_fonts_zh_tw import sans_path

from .sheet import Mark

pillow_heif.register_heif_opener()
_ORIENTATION = 0x0112
_TURNED = {90: 8, 180: 3, 270: 6}  # stored pixels turned so far → the EXIF that undoes it
_PAGE = b"""
#let page-data = json(bytes(sys.inputs.page))
#set page(width: page-data.width * 1pt, height: page-data.height * 1pt, margin: 0pt,
  background: image("/page.png", width: 100%))
#set text(font: "Noto Sans TC", fill: rgb(0, 0, 0, 0))
#for mark in page-data.marks {
  place(dx: mark.x * 1pt, dy: mark.y * 1pt, text(size: mark.size * 1pt, mark.text))
}
"""


def png(image: Image.Image) -> bytes:
    return _saved(image, "PNG", compress_level=1)


def jpeg(image: Image.Image, *, quality: int) -> bytes:
    return _saved(image, "JPEG", quality=quality)


def webp(image: Image.Image) -> bytes:
    return _saved(image, "WEBP", quality=80, method=0)


def heic(image: Image.Image) -> bytes:
    return _saved(image, "HEIF", quality=60)


def chat(image: Image.Image, rng: random.Random, *, longest: int = 1440) -> bytes:
    """As a messenger passes it on: smaller, and compressed twice."""
    scale = min(1.0, longest / max(image.size))
    small = image.resize((round(image.width * scale), round(image.height * scale)))
    once = Image.open(io.BytesIO(jpeg(small, quality=rng.randrange(60, 80))))
    return jpeg(once, quality=rng.randrange(50, 72))


def chained(image: Image.Image, rng: random.Random) -> bytes:
    """Passed on again and again, a little smaller each time."""
    for _ in range(rng.randrange(3, 6)):
        factor = rng.uniform(0.93, 0.99)
        image = image.resize((round(image.width * factor), round(image.height * factor)))
        image = Image.open(io.BytesIO(jpeg(image, quality=rng.randrange(45, 75))))
    return jpeg(image, quality=60)


def turned_with_exif(image: Image.Image, degrees: int) -> bytes:
    """Stored turned, with the note how to turn it back."""
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED[degrees]
    return _saved(image.rotate(degrees, expand=True), "JPEG", quality=85, exif=exif)


def pdf_of(*images: Image.Image) -> bytes:
    """A scanner's PDF: pictures alone, a page each."""
    first, *more = (image.convert("RGB") for image in images)
    return _saved(first, "PDF", resolution=150, save_all=True, append_images=more)


def pdf_with_text(image: Image.Image, marks: tuple[Mark, ...]) -> bytes:
    """A printed PDF: the page as a picture, its words as text that can be searched."""
    half = 0.5  # points a pixel
    told: dict[str, Any] = {
        "width": image.width * half,
        "height": image.height * half,
        "marks": [
            {
                "x": mark.box[0] * half,
                "y": mark.box[1] * half,
                "size": max(4.0, (mark.box[3] - mark.box[1]) * half),
                "text": mark.text,
            }
            for mark in marks
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.png").write_bytes(png(image))
        Path(folder, "page.typ").write_bytes(_PAGE)
        return typst.compile(
            str(Path(folder, "page.typ")),
            root=folder,
            format="pdf",
            font_paths=[str(sans_path().parent)],
            ignore_system_fonts=True,
            sys_inputs={"page": json.dumps(told)},
        )


def _saved(image: Image.Image, how: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, how, **options)
    return out.getvalue()
