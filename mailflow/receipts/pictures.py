"""Bytes → pages. The type is told by the bytes alone; every size is judged before a pixel is made.

Pages come upright as their EXIF says, in RGB, without metadata.
"""

import io
import struct
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from mailflow.receipts.documents import DocumentError, drawn_pages
from mailflow.receipts.lines import Word

MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000

FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif")


class PictureError(ValueError):
    """Cannot be shown as a picture. `code` is stable snake_case."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Page:
    """One page as pixels; of a PDF also what it says as text, where it stands in them."""

    image: Image.Image
    words: tuple[Word, ...] = ()


def picture_type(content: bytes) -> str | None:
    """JPEG, PNG, WEBP, HEIC or PDF by the first bytes, else None."""
    if content[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "HEIC"
    return "PDF" if b"%PDF-" in content[:1024] else None


def is_picture(content: bytes) -> bool:
    """Whether the bytes begin like a picture or PDF that `open_pages` would try to read."""
    return picture_type(content) is not None


def may_be_proof(content: bytes) -> bool:
    """Whether a picture is large enough, and of a shape, to show a receipt: not a signature's logo.

    Reads the header only. What cannot be judged may be a proof: the reader will say why not.
    """
    kind = picture_type(content)
    if kind in (None, "PDF"):
        return kind == "PDF"
    try:
        width, height = _open(content, kind or "").size
    except PictureError:
        return True
    short, long = sorted((width, height))
    return short >= 200 and width * height >= 80_000 and long <= 6 * short


def open_pages(content: bytes) -> tuple[Page, ...]:
    """All pages. Raises PictureError, nothing else."""
    kind = picture_type(content)
    if kind is None:
        raise PictureError("not_a_picture", "no known picture type")
    if len(content) > MAX_BYTES:
        raise PictureError("picture_too_large", f"{len(content)} bytes")
    if kind == "PDF":
        return _pdf_pages(content)
    return (Page(_load(_open(content, kind))),)


# What Pillow and libheif raise over bytes that strangers wrote.
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError, LookupError, TypeError,
    ArithmeticError, struct.error,
)  # fmt: skip


def _open(content: bytes, kind: str) -> Image.Image:
    """The header alone, judged by arithmetic."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = _open_heic(content) if kind == "HEIC" else _open_common(content)
    except Image.DecompressionBombError as error:
        raise PictureError("picture_too_large", "decompression bomb") from error
    except BROKEN as error:
        code = "broken_picture" if not isinstance(error, UnidentifiedImageError) else "bad_header"
        raise PictureError(code, type(error).__name__) from error
    if image.width * image.height > MAX_PIXELS:
        raise PictureError("picture_too_large", f"{image.width} x {image.height}")
    return image


def _open_common(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=FORMATS)


def _open_heic(content: bytes) -> Image.Image:
    # The plugin's class without registering it: only what looks like HEIC may reach libheif.
    return pillow_heif.HeifImageFile(io.BytesIO(content))  # type: ignore[no-untyped-call]


def _load(image: Image.Image) -> Image.Image:
    try:
        image.seek(0)  # the first frame of an animation
        return _on_white(ImageOps.exif_transpose(image))
    except BROKEN as error:
        raise PictureError("broken_picture", type(error).__name__) from error


def _on_white(image: Image.Image) -> Image.Image:
    """RGB; what is transparent is shown on white, as a viewer does."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image.convert("RGB")


def _pdf_pages(content: bytes) -> tuple[Page, ...]:
    try:
        drawn = drawn_pages(content)
    except DocumentError as error:
        raise PictureError(str(error)) from error
    return tuple(Page(page.image, page.words) for page in drawn)
