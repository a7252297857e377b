"""Stamps of whoever took the money: 收訖, and on a slip the stamp of a store with its day. Pure."""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.marks import labels_in
from mailflow.receipts.moments import find_date
from mailflow.receipts.wording import Role

STAMPED = re.compile(
    r"[收付繳匯轉][款費帳]?訖|已收款|代收訖|收款章|代收章|收款專用章|已繳[費款]?章"
)
_BOXES = re.compile(
    "(?:(?:收訖章|收款章|付訖章|代收章|經辦人?|主管|覆核|出納|會計|櫃員|認證欄|戳記|蓋章)[ :]*){2,}"
)
_WORD = re.compile("(?:代|已|現金)?[收付繳][款費]?訖|已收款")  # not 收訖章, which a form prints
_DAY = re.compile(r"[0-9]{2,4}[./年-] ?[0-9]{1,2}[./月-] ?[0-9]{1,2}日?")
_WHOSE = re.compile(r"店|門市|超商|銀行|郵局|分行|分社|農會|ELEVEN|ibon|FamilyMart|Hi-?Life|OK")
_TIMES = frozenset({Role.WHEN, Role.OTHER_TIME, Role.DUE})
_WIDE, _HIGH = 4.0, 5.0  # heights of its letters around the word: the stamp


def is_stamped(line: Line) -> bool:
    """Whether a stamp's words stand there, not the names of boxes for them: 收訖章 經辦 主管."""
    return bool(STAMPED.search(line.text)) and not _BOXES.fullmatch(line.text)


def dated_stamp(lines: Sequence[Line]) -> Box | None:
    """Where a stamp's word stands with a day and a taker's name around it, none of them a label's
    value: what a store prints on the slip that it was paid with."""
    cells = [cell for line in lines for cell in line.cells]
    timed = [line for line in lines if any(m.role in _TIMES for m in labels_in(line.text))]
    named = {cell for line in timed for cell in line.cells}
    for cell in cells:
        if not _WORD.fullmatch(cell.text.strip("*()[] ")):
            continue
        near = [one for one in cells if one is not cell and _is_near(one, cell)]
        days = [one for one in near if one not in named and _is_day(one.text)]
        if days and any(_WHOSE.search(one.text) and not labels_in(one.text) for one in near):
            return cell.box
    return None


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and find_date(text) is not None


def _is_near(one: Cell, word: Cell) -> bool:
    high = word.box.height
    x, y = (one.box.left + one.box.right) / 2, one.box.middle
    middle = (word.box.left + word.box.right) / 2
    return abs(x - middle) < _WIDE * high and abs(y - word.box.middle) < _HIGH * high
