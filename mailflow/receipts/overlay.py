"""Why a proof was judged so, as a picture: the page, boxes around what was read, and beside it what
was read and what was expected."""

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_tw import sans_path

from mailflow.receipts.engine import Seen
from mailflow.receipts.fields import Fields
from mailflow.receipts.lines import Box
from mailflow.receipts.result import Expectation, Proof

HEIGHT = 1400  # of the page as shown, at most
STRIP = 620
_ROW, _GOOD, _BAD, _DOUBT, _INK = "#9fb4c7", "#0f8a4d", "#c62828", "#d98a00", "#1c1f24"
_READ = "#44607a"  # read, and nothing to compare it with
_SIZE = 22
_MARGIN = 20
_WIDE = STRIP - 2 * _MARGIN  # of a line beside the page


def overlay(
    seen: Seen,
    proof: Proof,
    expected: Expectation | None,
    *,
    words: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A PNG. Green: read as expected, or what else speaks for the payment; red: read otherwise,
    or a row that may undo it; amber: not read; grey: read, and nothing was expected. `words`: what
    the codes of reasons, kinds and states mean."""
    scale = min(1.0, HEIGHT / seen.page.height)
    size = (max(1, round(seen.page.width * scale)), max(1, round(seen.page.height * scale)))
    font = ImageFont.truetype(sans_path(), _SIZE)
    lines = [
        (part, colour)
        for text, colour in _words(proof, expected, words)
        for part in _wrapped(text, font)
    ]
    high = max(size[1], (len(lines) + 2) * (_SIZE + 12))
    canvas = Image.new("RGB", (size[0] + STRIP, high), "white")
    canvas.paste(seen.page.convert("RGB").resize(size))
    pen = ImageDraw.Draw(canvas)
    for box, colour, width in _boxes(seen, proof, expected):
        at = box.scaled(scale)
        pen.rectangle((at.left - 2, at.top - 2, at.right + 2, at.bottom + 2), None, colour, width)
    for number, (text, colour) in enumerate(lines, start=1):
        pen.text((size[0] + _MARGIN, number * (_SIZE + 12)), text, colour, font)
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _boxes(
    seen: Seen, proof: Proof, expected: Expectation | None
) -> Iterator[tuple[Box, str, int]]:
    for line in seen.lines:
        yield line.box, _ROW, 1
    for piece in proof.pieces:
        if piece.box and piece.points:
            yield piece.box, _GOOD if piece.points > 0 else _BAD, 2
    for box in seen.findings.unread:
        yield box, _DOUBT, 3
    for fields in seen.findings.pages:
        for box in fields.doubtful:
            yield box, _BAD, 3
        if fields.account_place or fields.account_row:
            colour = _of_account(fields, expected)
            yield fields.account_place or fields.account_row, colour, 3  # type: ignore[misc]
        if fields.amount:
            right = expected is not None and fields.amount.value == expected.amount
            colour = _READ if expected is None else _GOOD if right else _BAD
            yield fields.amount.place, colour, 4
        elif fields.amount_row:
            yield fields.amount_row, _DOUBT, 4


def _of_account(fields: Fields, expected: Expectation | None) -> str:
    if fields.account is None:
        return _DOUBT
    if expected is None or not expected.account:
        return _READ
    return _GOOD if fields.account.fits(expected.account) else _BAD


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines that the strip holds: broken before 應為 where that suffices, else between any two
    characters, as Chinese is."""
    line = ""
    for part in text.split("　"):
        joined = f"{line}　{part}" if line else part
        if line and font.getlength(joined) > _WIDE:
            yield line
            joined = f"　{part}"
        line = ""
        for char in joined:
            if line and font.getlength(line + char) > _WIDE:
                yield line
                line = "　"
            line += char
    yield line


def _window(owed: Expectation) -> str:
    """「2026-11-28 – 2026-12-04」; '' where no day is expected."""
    days = (owed.from_on, owed.until_on)
    return " – ".join(f"{day or ''}" for day in days) if any(days) else ""


def _words(
    proof: Proof, expected: Expectation | None, words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    owed = expected or Expectation(0)
    rows = (
        ("種類 kind", words.get(proof.kind, proof.kind), ""),
        ("狀態 status", words.get(proof.status, proof.status), words.get("paid", "paid")),
        ("金額 amount", proof.amount, owed.amount or ""),
        ("帳號 account", proof.account, owed.account or ""),
        ("時間 paid at", proof.paid_at, _window(owed)),
        ("序號 reference", proof.reference, ""),
        ("手續費 fee", proof.fee, ""),
    )
    for label, read, wanted in rows:
        told = f"{label}：{'（讀不到）' if read is None else read}"
        yield f"{told}　應為 {wanted}" if wanted and expected else told, _INK
    if proof.verdict:
        told = words.get(proof.verdict, proof.verdict)
        yield f"判斷 verdict：{told}", _GOOD if proof.verdict == "accept" else _BAD
    if proof.readings:
        told = "、".join(f"{one.amount}（{one.points:+} 分）" for one in proof.readings)
        yield f"可能的金額 likeliest：{told}", _INK
    for reason in proof.reasons:
        yield f"・{words[reason]}（{reason}）" if reason in words else f"・{reason}", _INK
