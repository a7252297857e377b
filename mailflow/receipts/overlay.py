"""Why a proof was judged so, as a picture: the page, boxes around what was read, and beside it what
was read and what was expected."""

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_tw import sans_path

from mailflow.receipts.engine import Seen
from mailflow.receipts.lines import Box
from mailflow.receipts.result import Expectation, Proof

HEIGHT = 1400  # of the page as shown, at most
STRIP = 620
_ROW, _GOOD, _BAD, _DOUBT, _INK = "#9fb4c7", "#0f8a4d", "#c62828", "#d98a00", "#1c1f24"
_SIZE = 22
_WIDE = 25  # characters of a line beside the page


def overlay(
    seen: Seen,
    proof: Proof,
    expected: Expectation | None,
    *,
    words: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A PNG. Green: read as expected, or what else speaks for the payment; red: read otherwise,
    or a row that may undo it; amber: not read. `words`: what the reasons' codes mean."""
    scale = min(1.0, HEIGHT / seen.page.height)
    size = (max(1, round(seen.page.width * scale)), max(1, round(seen.page.height * scale)))
    lines = list(_words(proof, expected, words))
    high = max(size[1], (len(lines) + 2) * (_SIZE + 12))
    canvas = Image.new("RGB", (size[0] + STRIP, high), "white")
    canvas.paste(seen.page.convert("RGB").resize(size))
    pen = ImageDraw.Draw(canvas)
    for box, colour, width in _boxes(seen, proof, expected):
        at = box.scaled(scale)
        pen.rectangle((at.left - 2, at.top - 2, at.right + 2, at.bottom + 2), None, colour, width)
    font = ImageFont.truetype(sans_path(), _SIZE)
    for number, (text, colour) in enumerate(lines, start=1):
        pen.text((size[0] + 20, number * (_SIZE + 12)), text, colour, font)
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
            fits = fields.account and expected and fields.account.fits(expected.account or "")
            colour = _DOUBT if fields.account is None else _GOOD if fits else _BAD
            yield fields.account_place or fields.account_row, colour, 3  # type: ignore[misc]
        if fields.amount:
            right = expected is None or fields.amount.value == expected.amount
            yield fields.amount.place, _GOOD if right else _BAD, 4
        elif fields.amount_row:
            yield fields.amount_row, _DOUBT, 4


def _words(
    proof: Proof, expected: Expectation | None, words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    owed = expected or Expectation(0)
    window = " – ".join(f"{day or ''}" for day in (owed.from_on, owed.until_on))
    rows = (
        ("種類 kind", proof.kind, ""),
        ("狀態 status", proof.status, "paid" if expected else ""),
        ("金額 amount", proof.amount, owed.amount or ""),
        ("帳號 account", proof.account, owed.account or ""),
        ("時間 paid at", proof.paid_at, window if expected else ""),
        ("序號 reference", proof.reference, ""),
        ("手續費 fee", proof.fee, ""),
    )
    for label, read, wanted in rows:
        told = f"{label}：{'（讀不到）' if read is None else read}"
        yield f"{told}　應為 {wanted}" if wanted else told, _INK
    if proof.verdict:
        yield f"判斷 verdict：{proof.verdict}", _GOOD if proof.verdict == "accept" else _BAD
    if proof.readings:
        told = "、".join(f"{one.amount}（{one.points:+} 分）" for one in proof.readings)
        yield f"可能的金額 likeliest：{told}", _INK
    for reason in proof.reasons:
        yield f"・{reason}", _INK
        for start in range(0, len(words.get(reason, "")), _WIDE):
            yield f"　{words[reason][start : start + _WIDE]}", _INK
