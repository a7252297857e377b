"""The pages of a PDF, drawn by a process of their own that is killed when it takes too long.

A page of 300,000 strokes keeps the drawing library busy for a minute, and nothing inside a process
can stop that. What a page says as text comes with it: it may say what nobody sees, so it is never
more than a witness.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from mailflow.receipts.lines import Box, Word

MAX_PAGES = 5
LONG_SIDE = 2000  # pixels of a drawn page: A4 at 170 dpi
MAX_POINTS = 14_400  # 200 inches: nothing printed is larger
MAX_WORDS = 2_000  # of a page's text; a receipt has 20 to 200
SECONDS = 10.0  # for all pages; a bank's receipt takes 0.3


class DocumentError(ValueError):
    """Cannot be drawn; the text is a code: `broken_pdf`, `picture_too_large`, `pdf_too_slow`,
    `too_many_pages`."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a viewer shows it, and the pieces of its text where they stand in those pixels."""

    image: Image.Image
    words: tuple[Word, ...]


def drawn_pages(content: bytes, *, seconds: float = SECONDS) -> tuple[Drawn, ...]:
    """All pages; none is passed over. Raises DocumentError, nothing else."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError("pdf_too_slow") from error
    except (OSError, MemoryError) as error:
        raise DocumentError("broken_pdf") from error
    if done.returncode != 0:  # the library died of it
        raise DocumentError("broken_pdf")
    return tuple(_received(BytesIO(done.stdout)))


def _received(answer: BinaryIO) -> Iterator[Drawn]:
    while head := answer.readline():
        told = json.loads(head)
        if "error" in told:
            raise DocumentError(told["error"])
        size = told["width"], told["height"]
        image = Image.frombytes("RGB", size, answer.read(3 * size[0] * size[1]))
        words = (Word(text, Box(*box)) for text, box in told["words"])
        yield Drawn(image, tuple(words))


# The side of the process that draws.


def _main(content: bytes, out: BinaryIO) -> None:
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) == 0:
            raise DocumentError("broken_pdf")
        if len(document) > MAX_PAGES:
            raise DocumentError("too_many_pages")
        for number in range(len(document)):
            _draw(document[number], out)
    except DocumentError as error:
        _tell({"error": str(error)}, out)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        _tell({"error": "broken_pdf"}, out)


def _draw(page: pypdfium2.PdfPage, out: BinaryIO) -> None:
    width, height = page.get_size()
    if not (1 <= width <= MAX_POINTS and 1 <= height <= MAX_POINTS):
        raise DocumentError("picture_too_large")
    # The long side is fixed, so the pixels never exceed LONG_SIDE squared.
    scale = LONG_SIDE / max(width, height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    words = list(_words(page, scale=scale))
    _tell({"width": image.width, "height": image.height, "words": words}, out)
    out.write(image.tobytes())


def _words(page: pypdfium2.PdfPage, *, scale: float) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Pieces of text and their boxes in pixels; none of a page that is turned."""
    if page.get_rotation():
        return
    layer, (edge, _, _, head) = page.get_textpage(), page.get_bbox()
    for number in range(min(layer.count_rects(), MAX_WORDS)):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        if text:
            sides = (left - edge, head - top, right - edge, head - bottom)
            yield text, tuple(round(scale * side) for side in sides)


def _tell(head: dict[str, object], out: BinaryIO) -> None:
    out.write(json.dumps(head).encode() + b"\n")


if __name__ == "__main__":
    _main(sys.stdin.buffer.read(), sys.stdout.buffer)
