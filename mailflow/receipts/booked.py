"""One entry of an account's list, opened: what left the account, and what was left of it. Pure.

No word of success stands there. But a page of details (明細) that shows a sum with a minus and the
balance after it shows what has been booked.
"""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Cell, Line
from mailflow.receipts.money import amount_at_start

_DETAILS = re.compile("明細")
_LEFT_AFTER = re.compile("(?:交易後|帳面|帳後|異動後|轉帳後|扣款後)(?:餘額|結餘)")
_WENT_OUT = re.compile(
    r"[-–—−] ?(?P<sum>(?:NT ?\$|\$|TWD|NTD)? ?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.00)?)(?: ?元)?"
)


def went_out(lines: Sequence[Line]) -> tuple[Line, Cell, int] | None:
    """The one sum (NT$) that went out by such an entry, and where it stands."""
    text = "\n".join(line.text for line in lines)
    if not (_DETAILS.search(text) and _LEFT_AFTER.search(text)):
        return None
    found = [
        (line, cell, value)
        for line in lines
        for cell in line.cells
        if (told := _WENT_OUT.fullmatch(cell.text)) and (value := amount_at_start(told["sum"]))
    ]
    return found[0] if len({value for _line, _cell, value in found}) == 1 else None
