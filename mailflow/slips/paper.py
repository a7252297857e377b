"""The payment slip as a PDF: one A5 page, its text and font embedded. Pure: equal input gives
equal bytes.

typst sets the page; the text comes to it as data, never as markup. See docs/decisions/0007.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_tw import sans_path

from mailflow.slips import code39

_PAGE = Path(__file__).with_name("paper.typ").read_bytes()
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a slip. `rows` say who and what, `payment` what to pay where; each is a
    label and a value. `stores` is the line above the `barcodes`, the texts of up to three.
    """

    office: str
    title: str
    rows: Rows
    payment: Rows
    barcodes: tuple[str, ...] = ()
    stores: str = ""
    notes: tuple[str, ...] = ()


def draw(paper: Paper) -> bytes:
    """The PDF, about 20 KiB, in a few milliseconds. Any text stays text."""
    told = {
        "office": _visible(paper.office),
        "title": _visible(paper.title),
        "rows": _visible_rows(paper.rows),
        "payment": _visible_rows(paper.payment),
        "stores": paper.stores,
        "barcodes": [
            {"text": text, "width": code39.width(text), "bars": code39.bars(text)}
            for text in paper.barcodes
        ],
        "notes": [_visible(note) for note in paper.notes],
    }
    return typst.compile(
        _PAGE,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"slip": json.dumps(told)},
    )


@cache
def _fonts() -> typst.Fonts:
    """The packaged Noto fonts for Traditional Chinese alone, the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[sans_path().parent]
    )


def _visible_rows(rows: Rows) -> list[tuple[str, str]]:
    return [(_visible(label), _visible(value)) for label, value in rows]


def _visible(text: str) -> str:
    """Without characters that show nothing or turn the direction of writing.

    Private-use characters stay: rare characters in Taiwanese names live there.
    """
    kept = (" " if char.isspace() else char for char in text)
    return " ".join(
        "".join(char for char in kept if unicodedata.category(char) not in _INVISIBLE).split()
    )
