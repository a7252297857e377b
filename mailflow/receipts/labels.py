"""Labels where they stand on a page, and the values they name. Pure.

A label counts only where a label can stand: at the beginning of a cell or behind another value,
never inside a sentence. Its value stands beside it, or below: of one label alone the whole next
row, of several side by side (tiles, the head of a table) what stands in its column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mailflow.receipts.lines import Box, Cell, Line, union, wide
from mailflow.receipts.marks import Mark, labels_in, marks_in
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.tables import as_one_row
from mailflow.receipts.wording import MONEY, Role
from mailflow.receipts.wrapped import uncrossed, unwrapped

_CJK = "\u3400-\u9fff"
_ENGLISH_BEHIND = re.compile(rf"(?<=[{_CJK})]) ?[/(]? ?[A-Za-z].*$")
_COMMAS = ",、;。 "
_ASKED = "? "  # 轉多少?
_CLOSING = " :】」』〕)>"
_LEADERS = " ·…‧.。_—–-"
_NO_VALUE = re.compile(r"(?:新?台幣|NT ?\$|NTD|TWD|\$|元)?")  # a label's unit
_UNITS = re.compile(r"(?:\((?:元|新?台幣|NT ?\$|NTD|TWD)\) *)+")  # of the heads above
_DIGIT = re.compile("[0-9]")
_DIGIT_OR_MASK = re.compile("[0-9*xX•●○.-]")
_FEWEST = 4  # of them: less is noise beside the value
_VALUES = re.compile(  # a day with its time is one, and a bank before its account
    r"(?:[0-9]{2,4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{7,8}) ?[0-9]{1,2}:[0-9:]{2,5}|"
    rf"\(?[0-9]{{3}}\)? [^ ]*[0-9*]{{5,}}|[0-9]{{3}} ?[{_CJK}]{{2,8}}(?= |$)|\S+"
)
_READ_TO = re.compile(r"^T[0OQ] +(?=[0-9(*])")  # 轉至 TO 006-…
_MISREAD_TO = re.compile("[T7][0OQ]", re.IGNORECASE)  # 轉入帳號 TO
_BEFORE_HEAD = re.compile(r"(?:\([^()0-9]{1,6}\))?")  # (行庫)轉入帳號
_COUNTED = re.compile(r"^1 {2}(?=(?:NT ?)?\$? ?[0-9][0-9,]*(?:\.00)? ?元?$)")  # 1 of it: 1  600
_MANY = re.compile(r"^1 ?[件項筆份] {2}(?=[$N0-9])")  # 合計 1件  1,500
_SENT = re.compile("轉|匯|金額")  # of these there is never a number of pieces
_WIDE_TABLE = 5  # heads side by side
_ROW_NUMBER = re.compile("[0-9]{1,2}")
_NUMBERED = MONEY | {Role.PAYEE, Role.PAYER, Role.ACCOUNT, Role.WHEN}


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside or below it. `box` is the row (or rows) of both."""

    role: Role
    value: str
    box: Box
    value_box: Box
    confidence: float = 100.0
    digits_box: Box | None = None  # the widest cell of the value with some digits and no Chinese
    label: str = ""
    label_box: Box | None = None


def entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """All labelled values in reading order; a label without a value has an empty one."""
    found: list[Entry] = []
    lines = tuple(_with_units(unwrapped(uncrossed(lines))))
    labelled = [tuple(_in_line(line)) for line in lines]
    for index, (line, row) in enumerate(zip(lines, labelled, strict=True)):
        below = lines[index + 1] if index + 1 < len(lines) else None
        heads = tuple(_in_line(line, heads=True))
        if below and _are_heads(heads, line, below, named=_is_named(below)):
            under = lines[index + 2] if index + 2 < len(lines) else None
            found += _columns(heads, line, _unbroken(heads, below, under))
            continue
        if below and labelled[index + 1]:
            below = None
        for entry in row:
            last = entry is row[-1]
            found.append(_with_below(entry, line, below) if last and below else entry)
    return tuple(_untranslated(found))


def _untranslated(found: Sequence[Entry]) -> Iterator[Entry]:
    """The values without the rows that only say a label again in English: 手續費 15, Fee."""
    before: Entry | None = None
    for entry in found:
        again = before is not None and before.role is entry.role and not before.label.isascii()
        if entry.value or not (again and entry.label.isascii()):
            yield entry
        before = entry


def _with_units(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows; one of units alone belongs to the heads above it."""
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below and _UNITS.fullmatch(below.text):
            bottom = below.box.bottom
            line = Line(tuple(replace(c, box=replace(c.box, bottom=bottom)) for c in line.cells))
        if not _UNITS.fullmatch(line.text):
            yield line


def _is_named(line: Line) -> bool:
    """Whether a cell of the row begins with a label."""
    at = 0
    for cell in line.cells:
        if any(at <= mark.start <= at + 2 for mark in marks_in(line.text)):
            return True
        at += len(cell.text) + 2
    return False


def _are_heads(row: Sequence[Entry], line: Line, below: Line, *, named: bool) -> bool:
    """Whether labels stand side by side over their values, whatever words are among either."""
    if not row or len(line.cells) + len(row) < 3 or not _near(line, below):
        return False
    bare = all(_BEFORE_HEAD.fullmatch(entry.value) for entry in row)
    even = len(line.cells) == len(below.cells)
    if named:  # a value may look like a label: 跨行轉帳
        return even and len(row) > 1 and bare and not _DIGIT.search(line.text)
    if len(row) > 1 and (bare or (even and len(line.cells) > 2 and not _DIGIT.search(line.text))):
        return True
    waiting = any(entry.role in _NUMBERED and not _DIGIT.search(entry.value) for entry in row)
    return waiting and even and not _DIGIT.search(line.text) and bool(_DIGIT.search(below.text))


def _in_line(line: Line, *, heads: bool = False) -> Iterator[Entry]:
    text = line.text
    marks = labels_in(text, heads=heads)
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start if index + 1 < len(marks) else len(text)
        cells = _cells_between(line, mark.end, stop)
        if mark.role in MONEY:
            cells = _to_first_number(cells)
        own = _cells_between(line, mark.start, mark.end)
        yield Entry(
            mark.role,
            _value(
                text[mark.end : stop].rstrip(_COMMAS if stop < len(text) else ""),
                role=mark.role,
                pieces=not _SENT.search(text[mark.start : mark.end]),
            ),
            line.box,
            union(cell.box for cell in cells) if cells else line.box,
            min(cell.confidence for cell in line.cells),
            _digits_box(cells),
            _ENGLISH_BEHIND.sub("", text[mark.start : mark.end]).strip(),
            _label_box(line, mark) if own else None,
        )


def _label_box(line: Line, mark: Mark) -> Box:
    """Where a label stands in its cell, by its share of the cell's width."""
    at = 0
    for cell in line.cells:
        if at <= mark.start < at + len(cell.text):
            whole = max(1, wide(cell.text))
            before = wide(cell.text[: mark.start - at])
            own = wide(cell.text[mark.start - at : mark.end - at].strip())
            each = cell.box.width / whole
            left = cell.box.left + round(each * before)
            return replace(cell.box, left=left, right=min(cell.box.right, left + round(each * own)))
        at += len(cell.text) + 2
    return line.box


def _value(text: str, *, role: Role, pieces: bool) -> str:
    """What stands behind a label, without its unit, closing brackets and the dots that lead there;
    `pieces`: without how many of it there are.

    Dots before anything but a sum stay: they may mask an account.
    """
    bare = text.strip(" :").lstrip(_ASKED).lstrip(_CLOSING)
    if role is Role.NAME:
        bare = _READ_TO.sub("", bare)
    if role in MONEY:
        bare = _MANY.sub("", bare)
        bare = _COUNTED.sub("", bare) if pieces else bare
    led = bare.lstrip(_LEADERS)
    if role in MONEY and led != bare and (not led or amount_at_start(led) is not None):
        bare = led
    return "" if _NO_VALUE.fullmatch(bare) else bare


def _cells_between(line: Line, start: int, stop: int) -> list[Cell]:
    """The cells that hold the characters from start to stop of the line's text."""
    at, inside = 0, []
    for cell in line.cells:
        if at < stop and at + len(cell.text) > start:
            inside.append(cell)
        at += len(cell.text) + 2
    return inside


def _to_first_number(cells: list[Cell]) -> list[Cell]:
    """The cells as far as the sum: a stamp's date may stand behind it in the same row."""
    last = next((at for at, cell in enumerate(cells) if _DIGIT.search(cell.text)), len(cells))
    return cells[: last + 1]


def _digits_box(cells: Sequence[Cell]) -> Box | None:
    plain = [
        cell.box
        for cell in cells
        if len(_DIGIT_OR_MASK.findall(cell.text)) >= _FEWEST
        and not re.search(f"[{_CJK}]", cell.text)
    ]
    return max(plain, key=lambda box: box.width, default=None)


def _near(line: Line, below: Line) -> bool:
    return below.box.top - line.box.bottom < 2.5 * line.box.height


def _with_below(entry: Entry, line: Line, below: Line) -> Entry:
    """The row below belongs to a label whose own row is empty, or names only the bank."""
    wants = not entry.value or (
        entry.role is Role.PAYEE and not re.search(r"[0-9]{5}", entry.value)
    )
    if not (_near(line, below) and wants):
        return entry
    own = "" if _MISREAD_TO.fullmatch(entry.value) else entry.value
    value = f"{own} {below.text}".strip()
    return replace(entry, value=value, **_place(line, below.cells))


def _unbroken(heads: Sequence[Entry], below: Line, under: Line | None) -> Line:
    """The values of a wide table, also where their cells run over two rows."""
    if under is None or len(heads) < _WIDE_TABLE or len(below.cells) >= len(heads):
        return below
    return as_one_row(below, under) or below


def _columns(row: Sequence[Entry], line: Line, below: Line) -> Iterator[Entry]:
    """Each label with the cells below that stand nearer to it than to any other head."""
    heads = [(entry.label_box or entry.box, entry) for entry in row]
    own = [box for box, _ in heads]
    others = [cell.box for cell in line.cells if not any(_within(box, cell.box) for box in own)]
    boxes = sorted([*own, *others], key=lambda box: box.left)
    if len(below.cells) < len(boxes):
        below = _apart(below, len(boxes))
    in_order = len(below.cells) == len(boxes)
    for box, entry in heads:
        cells = [cell for cell in below.cells if _nearest(cell.box, boxes) is box]
        if in_order:
            cells = [below.cells[boxes.index(box)]]
        value = "  ".join(cell.text for cell in cells)
        yield (
            replace(entry, value=value, **_place(line, cells))
            if cells
            else replace(entry, value="")
        )


def _apart(line: Line, count: int) -> Line:
    """The row with its words in cells of their own, where that makes as many as there are heads;
    without its number, whose head is no label."""
    cells = [piece for cell in line.cells for piece in _words_of(cell)]
    if len(cells) == count + 1 and _ROW_NUMBER.fullmatch(cells[0].text):
        cells = cells[1:]
    return Line(tuple(cells)) if len(cells) == count else line


def _words_of(cell: Cell) -> Iterator[Cell]:
    each = cell.box.width / max(1, wide(cell.text))
    for word in _VALUES.finditer(cell.text):
        left = cell.box.left + round(each * wide(cell.text[: word.start()]))
        box = replace(cell.box, left=left, right=left + round(each * wide(word[0])))
        yield replace(cell, text=word[0], box=box)


def _within(box: Box, cell: Box) -> bool:
    return cell.left <= box.left and box.right <= cell.right


def _nearest(box: Box, heads: Sequence[Box]) -> Box:
    def distance(head: Box) -> float:
        edges = (abs(box.left - head.left), abs(box.right - head.right))
        return min(abs(box.left + box.right - head.left - head.right) / 2, *edges)

    return min(heads, key=distance)


def _place(line: Line, cells: Sequence[Cell]) -> dict[str, Any]:
    box = union(cell.box for cell in cells)
    return {
        "box": line.box.union(box),
        "value_box": box,
        "confidence": min(cell.confidence for cell in cells),
        "digits_box": _digits_box(cells),
    }
