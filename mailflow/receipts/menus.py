"""The menu beside a web page: what one may do there, not what was done. Pure.

預約轉帳 in it is no reservation where the page itself says 即時轉帳. It must stand in a column of
such entries, left of all else, while the page's own labels stand in a column of theirs; so a title,
a tab or a choice that says 預約轉帳 is left where it is.
"""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Cell, Line
from mailflow.receipts.wording import Role, role_of

LEAST = 5  # entries of a menu
INDENT = 1.2  # heights: how far an entry below another may stand in
LEAST_LABELS = 3  # of the page beside it
_CJK = "\u3400-\u9fff"
_ENTRY = re.compile(rf"[{_CJK}][{_CJK}/、 ]{{1,9}}")
_LATER = re.compile("預約(?:轉帳|交易|繳費)?")
_NOW = re.compile("(?:即時|立即|新?台幣)(?:轉帳|交易|繳費)")
_OF_PAGE = frozenset(
    {Role.AMOUNT, Role.FEE, Role.TOTAL, Role.WHEN, Role.REFERENCE, Role.PAYEE, Role.PAYER}
)


def without_menu(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows without the menu's entry for reservations, where the page itself says 即時轉帳."""
    cells = [cell for line in lines for cell in line.cells]
    offered = [cell for cell in cells if _LATER.fullmatch(cell.text) and _in_menu(cell, cells)]
    kept = (tuple(cell for cell in line.cells if cell not in offered) for line in lines)
    return tuple(Line(row) for row in kept if row) if offered else tuple(lines)


def _in_menu(entry: Cell, cells: Sequence[Cell]) -> bool:
    high = entry.box.height
    column = [c for c in cells if abs(c.box.left - entry.box.left) < INDENT * high]
    menu = [cell for cell in column if _ENTRY.fullmatch(cell.text)]
    edge = max(cell.box.right for cell in menu)
    page = [cell for cell in cells if cell.box.left > edge]
    named = [cell.box for cell in page if role_of(cell.text.split(":")[0]) in _OF_PAGE]
    labels = [box.left for box in named]
    top = max(min(c.box.top for c in menu), min((box.top for box in named), default=0))
    bottom = max(c.box.bottom for c in menu)
    others = [c for c in cells if c not in column and not _NOW.match(c.text)]
    beside = [c for c in others if top <= c.box.middle <= bottom]
    return (
        len(menu) >= LEAST
        and any(_NOW.fullmatch(cell.text) for cell in menu)
        and not any(role_of(cell.text) in _OF_PAGE for cell in menu)
        and any(_NOW.search(cell.text) for cell in page)
        and len(labels) >= LEAST_LABELS
        and all(cell.box.left > min(labels) - high for cell in beside)  # no values of its own
    )
