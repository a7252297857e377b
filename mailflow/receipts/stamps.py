"""Stamps of whoever took the money: 收訖, and on a slip the stamp of a store with its day. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

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
_PLAIN = frozenset({Role.PAYEE, Role.PAYEE_BANK, Role.OTHER_TIME, Role.DUE})
_WORD = re.compile(
    "(?:[^ 0-9]{2,6}(?:店|門市))?(?:已?代收|現金|收款)訖|代收款訖|收訖|代收訖章"
)  # not 收訖章, which a form prints
_DAY = re.compile(r"[0-9]{2,4}[./年-] ?[0-9]{1,2}[./月-] ?[0-9]{1,2}日?")
_WHOSE = re.compile(  # who takes money for others
    r"7-?ELEVEN|統一超商|(?:全家|萊爾富)(?:便利商店|超商)?|OK ?(?:便利商店|超商|mart)|FamilyMart|"
    r"Hi-?Life|全聯|美廉社|家樂福|(?!代收)[^ 未誤不各]{2,6}銀行(?:[^ 未誤不各]{2,4}分行)?|中華郵政",
    re.IGNORECASE,
)
_BRANCH = re.compile(
    rf"(?:{_WHOSE.pattern})[^ 0-9未誤不退]{{2,4}}(?:店|門市)|"
    "(?!代收|便利|超商)(?:(?![請至到在於可持向往各或及未誤不退取])[\u3400-\u9fff]){4,9}"
    "(?:店|門市|農會|信用部)",
    re.IGNORECASE,
)
_MAY_BE_NEAR = re.compile(  # its branch, the box for it, the number below a bar
    r"[^ 0-9]{2,6}(?:店|門市|分行)|現金|[0-9A-Z]{6,20}|"
    r".{0,8}(?:蓋章處|戳章|戳記|認證欄|收訖章|收款章)(?:\(.{0,12}\))?"
)
_SENTENCE = 15  # characters of what is weighed by itself
_TIMES = frozenset({Role.WHEN, Role.OTHER_TIME, Role.DUE})
_WIDE, _HIGH = 4.0, 7.0  # heights of its letters around the word: the stamp


def is_stamped(line: Line) -> bool:
    """Whether a stamp's words stand there, not the names of boxes for them: 收訖章 經辦 主管."""
    return bool(STAMPED.search(line.text)) and not _BOXES.fullmatch(line.text)


def dated_stamp(lines: Sequence[Line]) -> Box | None:
    """Where a stamp's word stands with a day and a taker's name around it, none of them a label's
    value: what a store prints on the slip that it was paid with."""
    cells = [cell for line in lines for cell in line.cells]
    named = {cell for line in lines for cell in _named(line, _TIMES)}
    named |= {cell for line, below in pairwise(lines) if _only_names(line) for cell in below.cells}
    loose = [cell for line in lines for cell in _loose_cells(line)]
    for cell in cells:
        if not _WORD.fullmatch(cell.text.strip("*()[] ")):
            continue
        near = [one for one in loose if one is not cell and _is_near(one, cell)]
        days = [one for one in near if one not in named and _is_day(one.text)]
        taker = [one for one in near if _is_taker(one.text)]
        if days and taker and all(_belongs(one.text) for one in near):
            return cell.box
    return None


def _belongs(text: str) -> bool:
    """Whether it may stand beside a stamp: nothing that says what else was paid there, or how
    much of it."""
    known = _is_taker(text) or _MAY_BE_NEAR.fullmatch(text) or _is_day(text)
    return bool(known or len(text) >= _SENTENCE)


def _loose_cells(line: Line) -> Sequence[Cell]:
    """The cells of a row without the labels of the slip and what they name: a stamp may stand
    behind them."""
    plain = _PLAIN | {Role.NAME} if len(line.cells) > 1 else _PLAIN
    taken = _named(line, plain)
    return [cell for cell in line.cells if cell not in taken]


def _named(line: Line, roles: frozenset[Role]) -> list[Cell]:
    """The labels of these roles that begin a cell, and the cells that they name."""
    found: list[Cell] = []
    for at, cell in enumerate(line.cells):
        if _is_taker(cell.text):  # 全家便利商店 looks like 商店
            continue
        marks = [mark for mark in labels_in(cell.text) if mark.start == 0 and mark.role in roles]
        alone = any(not cell.text[mark.end :].strip(" :") for mark in marks)
        found += line.cells[at : at + 1 + alone] if marks else ()
    return found


def _only_names(line: Line) -> bool:
    """Whether a row is the label of a time alone: what it names stands below."""
    marks = labels_in(line.text)
    return any(m.start == 0 and m.role in _TIMES and not line.text[m.end :].strip() for m in marks)


def _is_taker(text: str) -> bool:
    return bool(_WHOSE.fullmatch(text) or _BRANCH.fullmatch(text))


def _is_day(text: str) -> bool:
    day = text.strip("-–*• ")  # between two lines of a round stamp
    return bool(_DAY.fullmatch(day)) and find_date(day) is not None


def _is_near(one: Cell, word: Cell) -> bool:
    high = word.box.height
    x, y = (one.box.left + one.box.right) / 2, one.box.middle
    middle = (word.box.left + word.box.right) / 2
    return abs(x - middle) < _WIDE * high and abs(y - word.box.middle) < _HIGH * high
