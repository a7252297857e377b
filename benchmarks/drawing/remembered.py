"""Eyes that remember what an engine made of a picture, so that a changed rule costs no second look.

What an engine says of an image depends on the image and on the engine alone. So its words are kept
under the digest of the pixels, of the engine's version and of the module that calls it; everything
behind (rows, fields, closer looks at other places, the verdict) is worked out anew each time.
"""

import hashlib
import pickle
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from PIL import Image

from mailflow.receipts import across, geometry, ocr, rapid
from mailflow.receipts.beside import Found
from mailflow.receipts.both import Both
from mailflow.receipts.lines import Word

T = TypeVar("T")

# Whose source an answer depends on.
_ASKED_BY = {
    "lines": (rapid, geometry),
    "row": (rapid,),
    "across": (rapid, across),
    "amount": (ocr,),
}


@cache
def _reader(question: str) -> bytes:
    """What an answer depends on beside the picture."""
    told = hashlib.sha256(f"{question} {version('rapidocr')}".encode())
    for module in _ASKED_BY[question]:
        told.update(Path(module.__file__ or "").read_bytes())
    return told.digest()


@dataclass(frozen=True)
class Memory:
    """A file of words that engines have read."""

    file: Path
    base: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.file, timeout=60, isolation_level=None)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.execute("CREATE TABLE IF NOT EXISTS said (picture BLOB PRIMARY KEY, words BLOB)")
        object.__setattr__(self, "base", base)

    def of(self, question: str, image: Image.Image, ask: Callable[[], T]) -> T:
        """What was answered to this question about this image, asked now if it never was."""
        told = hashlib.sha256(_reader(question))
        told.update(f"{image.mode} {image.size}".encode())
        told.update(image.tobytes())
        key = told.digest()
        row = self.base.execute("SELECT words FROM said WHERE picture = ?", (key,)).fetchone()
        if row:
            kept: T = pickle.loads(row[0])  # written by this class into the bench's own folder
            return kept
        answer = ask()
        self.base.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (key, pickle.dumps(answer)))
        return answer


class RememberedRapid(rapid.Rapid):
    """RapidOCR, asked once for each picture."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def read_lines(self, image: Image.Image) -> tuple[int, list[Found]]:
        return self.memory.of("lines", image, partial(rapid.Rapid.read_lines, self, image))

    def read_across(self, page: Image.Image) -> tuple[str, ...]:
        return self.memory.of("across", page, partial(rapid.Rapid.read_across, self, page))

    def read_row(self, row: Image.Image) -> tuple[str, float]:
        return self.memory.of("row", row, partial(rapid.Rapid.read_row, self, row))


@dataclass(frozen=True, slots=True)
class RememberedTesseract(ocr.Tesseract):
    """Tesseract, asked once for each row of an amount."""

    memory: Memory | None = None

    def read_amount(self, image: Image.Image) -> tuple[Word, ...]:
        ask = partial(ocr.Tesseract.read_amount, self, image)
        return self.memory.of("amount", image, ask) if self.memory else ask()


def remembering(file: Path) -> Both:
    """The usual two eyes, which ask each engine once for each picture."""
    memory = Memory(file)
    return Both(RememberedRapid(memory), RememberedTesseract(memory=memory))
