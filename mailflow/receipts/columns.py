"""Whether a number ends before the right edge that the values around it share. Pure.

Where ink has faded, a last digit leaves no trace: 350 reads as 35, by every engine. But in a column
set to the right the shorter number ends a digit too early, and that stays to be seen.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import linear_regression

from mailflow.receipts.lines import Box, Cell, Line, wide

NEAR = 9  # heights of a row up or down: values of one block
LEAN, MOST = 0.12, 0.25  # how far an edge may lean on a photo, for each pixel downwards
SAME = 0.5  # digits between edges that are one
SHORT, FAR = 0.6, 6.5  # digits that may be gone, with a unit behind them

_NUMBER = re.compile(r"[$*NTWD ]*[0-9][0-9,.]*")
_Point = tuple[float, float]  # across and down


def ends_early(lines: Sequence[Line], place: Box) -> bool:
    """Whether digits may be gone behind the number at this place, for its column goes on."""
    own = _cell_at(lines, place)
    if own is None:
        return False
    digit = own.box.width / max(1, wide(own.text))
    others = [cell for cell in _last_cells(lines) if _in_block(cell.box, own.box)]
    words = [cell for cell in others if not _NUMBER.fullmatch(cell.text)]  # a fee may be cut too
    lefts = [_from(cell.box.left, cell.box, own.box.left, own.box) for cell in others]
    rights, firm = (
        [_from(cell.box.right, cell.box, own.box.right, own.box) for cell in cells]
        for cells in (others, words)
    )
    set_so = (*_edges(lefts, digit, most=MOST), *_edges(firm, digit))
    if any(abs(edge) < SAME * digit for edge in set_so):
        return False  # set to the left, or as far to the right as the others
    return any(SHORT * digit < edge < FAR * digit for edge in _edges(rights, digit))


def _from(across: int, box: Box, own_across: int, own: Box) -> _Point:
    return across - own_across, box.middle - own.middle


def _cell_at(lines: Sequence[Line], place: Box) -> Cell | None:
    """The cell that ends with the number and is the last one of its row."""
    for cell in _last_cells(lines):
        if cell.box.same_row(place) and 0 <= cell.box.right - place.right < place.height:
            return cell
    return None


def _last_cells(lines: Sequence[Line]) -> Iterator[Cell]:
    return (line.cells[-1] for line in lines)


def _in_block(other: Box, own: Box) -> bool:
    alike = 0.6 < other.height / max(1, own.height) < 1.7
    return alike and not other.same_row(own) and abs(other.middle - own.middle) < NEAR * own.height


def _edges(points: Sequence[_Point], digit: float, *, most: float = LEAN) -> Iterator[float]:
    """Where edges that three values and a third of all share meet the row of the number."""
    least = max(3, (len(points) + 2) // 3)
    for (x, y), (x2, y2) in combinations(points, 2):
        if abs(y2 - y) < digit or abs(x2 - x) > most * abs(y2 - y):
            continue
        lean = (x2 - x) / (y2 - y)
        edge = [(a, b) for a, b in points if abs(x + lean * (b - y) - a) < SAME * digit]
        if len(edge) >= least:
            yield linear_regression([b for _, b in edge], [a for a, _ in edge]).intercept
