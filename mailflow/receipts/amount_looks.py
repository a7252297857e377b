"""The credited sum, looked at again where it stands: an engine that is sure may be wrong.

On faded paper a last digit leaves no trace, so the row is read with room on either side and its
contrast equalised. Where that look itself is the odd one, two others of the same row decide.
"""

import re
from collections.abc import Callable, Sequence

from PIL import Image

from mailflow.receipts.crops import NEAR, ROOM, close_row, narrow_row, neighbours, soft, wide_row
from mailflow.receipts.engine import Sheet
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, normalise
from mailflow.receipts.money import only_amount
from mailflow.receipts.sums import Figure, Sum
from mailflow.receipts.wording import Role

MAX_OTHERS = 4  # sums without a label that are looked at again
SURE = 99.0  # of 100: an engine's own word for a row in which it sees nothing odd
_ONE_TOO_MANY = re.compile(r"(?P<sum>.*[0-9](?:\.00|,[0-9]{3}))[0-9]")  # 600.001, NT$ 1,8008
_MARKED = re.compile(r"(?:NT ?)?\$ ?[0-9].*")
_LIKE_DOLLAR = "58"

Reader = Callable[[Image.Image], tuple[str, float]]


def looks_at_amount(
    sheet: Sheet, figure: Figure, findings: Findings, *, read: Reader
) -> tuple[int, ...]:
    """What closer looks make of the amount (NT$); a look that shows no sum is left out."""
    place, value, paper = figure.place, figure.value, findings.on_paper
    looks = [
        _told(row, near, value, read=read)
        for row, near in zip(
            _rows(sheet, place, paper=paper),
            _rows(sheet, place, paper=paper, room=NEAR),
            strict=True,
        )
    ]
    edge = 10 * value + 1  # the paper's edge reads as a 1 behind the number
    kept = [look for look in map(only_amount, looks) if look and look != edge]
    if all(look == value for look in kept) and kept:
        return tuple(kept)
    return _settled(kept, value, tuple(_others(sheet, place, read=read)), paper=paper)


def _settled(
    kept: Sequence[int], value: int, others: tuple[tuple[str, float], ...], *, paper: bool
) -> tuple[int, ...]:
    """The looks without those that two surer ones of another making belie.

    They never belie digits that came to light: only one digit taken for another, or a currency
    sign for a digit. On paper no digit taken for another, as any may have faded. Elsewhere they
    speak for themselves where no other look shows a sum.
    """
    agree = all(only_amount(text) == value for text, _ in others)
    if not agree or (kept and min(sure for _, sure in others) < SURE):
        return tuple(kept)
    marked = all(_MARKED.fullmatch(text) for text, _ in others)
    odd = {look for look in kept if not paper and _one_digit_off(look, value)}
    odd |= {look for look in kept if marked and str(look) in {f"{x}{value}" for x in _LIKE_DOLLAR}}
    left = tuple(look for look in kept if look not in odd)
    return left if left or paper else (value,)


def _one_digit_off(look: int, value: int) -> bool:
    one, other = str(look), str(value)
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _others(sheet: Sheet, place: Box, *, read: Reader) -> Sequence[tuple[str, float]]:
    rows = (narrow_row(sheet.image, place, room=1), close_row(sheet.image, place))
    told = map(read, rows)
    return [(normalise(text), sure) for text, sure in told]


def looks_at_others(
    sheet: Sheet, sums: Sequence[Sum], *, on_paper: bool, read: Reader
) -> tuple[int | None, ...]:
    """What closer looks make of the sums that no label explains."""
    free = [s for s in sums if s.role in (None, Role.TOTAL) and not s.aside]
    return tuple(
        only_amount(normalise(read(image)[0]))
        for one in free[:MAX_OTHERS]
        for image in _rows(sheet, one.place, paper=on_paper)
    )


def _told(row: Image.Image, near: Image.Image, value: int, *, read: Reader) -> str:
    """What a row says; with less room behind, but enough for two digits, where that is no sum, or
    the paper's edge may have given it a digit (600.001, or 6008, but never 6000)."""
    text = normalise(read(row)[0])
    too_many = _ONE_TOO_MANY.fullmatch(text)
    told = only_amount(text)
    edge = told is not None and 0 < told - 10 * value < 10
    if edge or (too_many and only_amount(too_many["sum"]) == value):
        return normalise(read(near)[0])
    if told is None:
        nearer = normalise(read(near)[0])
        return nearer if only_amount(nearer) == value else text
    return text


def _rows(sheet: Sheet, place: Box, *, paper: bool, room: float = ROOM) -> tuple[Image.Image, ...]:
    row = wide_row(sheet.image, place, between=neighbours(sheet, place), room=room)
    return (row, soft(row)) if paper else (row,)
