"""Labels that were too long for a form's narrow column: 收款人帳, and 號 below it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.receipts.lines import Cell, Line
from mailflow.receipts.wording import Role, role_of

_REST = re.compile("[\u3400-\u9fff]{1,3}")
_RUN = re.compile("[\u3400-\u9fff]{2,}")
_CROSSED = ((Role.CASH, Role.CHANGE), (Role.TOTAL, Role.CASH))
_SAME_LEFT = 0.8  # of a row's height


def unwrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows with such labels made whole; rows that only held the ends of some are gone.

    Only what makes a known label is put together, and only below its own beginning.
    """
    rows: list[Line] = []
    for line in lines:
        whole = _with_ends(rows[-1], line.cells) if rows else None
        if whole:
            rows[-1] = whole
        else:
            rows.append(line)
    return tuple(rows)


def uncrossed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows with two short labels of sums parted that an engine read as one, column by column:
    現金 above 找零 as 現找金零, with the first sum beside it and the second below."""
    rows: list[Line] = []
    for line in lines:
        above = rows[-1].cells if rows else ()
        if len(above) == 2 and len(line.cells) == 1 and _are_crossed(above[0].text):
            box, text = above[0].box, above[0].text
            half = (box.top + box.bottom) // 2
            upper = replace(above[0], text=text[::2], box=replace(box, bottom=half))
            lower = replace(above[0], text=text[1::2], box=replace(box, top=half))
            rows[-1:] = [Line((upper, above[1])), Line((lower, line.cells[0]))]
        else:
            rows.append(line)
    return tuple(rows)


def _are_crossed(text: str) -> bool:
    both = role_of(text[::2]), role_of(text[1::2])
    return len(text) == 4 and role_of(text) is None and both in _CROSSED


def _with_ends(line: Line, ends: Sequence[Cell]) -> Line | None:
    """The row whose labels end in these cells; None when one of them ends no label."""
    cells = list(line.cells)
    for end in ends:
        found = next(_made_whole(cells, end), None)
        if not _REST.fullmatch(end.text) or _is_label(end.text) or found is None:
            return None
        at, text = found
        cells[at] = replace(cells[at], text=text)
    return Line(tuple(cells))


def _is_label(text: str) -> bool:
    return len(text) > 1 and role_of(text) is not None


def _made_whole(cells: Sequence[Cell], end: Cell) -> Iterator[tuple[int, str]]:
    for at, cell in enumerate(cells):
        apart = abs(cell.box.left - end.box.left), end.box.top - cell.box.bottom
        if max(apart) > _SAME_LEFT * cell.box.height:
            continue
        run = _RUN.match(cell.text)
        for stop in range(run.end() if run else 0, 1, -1):
            begun = cell.text[:stop]
            if role_of(begun) is None and role_of(begun + end.text) is not None:
                yield at, f"{begun}{end.text} {cell.text[stop:].strip()}".strip()
