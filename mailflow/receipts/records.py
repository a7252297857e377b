"""A list of several transactions: what one row says of itself, it says of no other. Pure."""

import re
from collections.abc import Sequence

from mailflow.receipts.accounts import Shown, loose_accounts
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.moments import find_date
from mailflow.receipts.status import Sign

_OF_A_ROW = frozenset({"paid_word", "status_row"})
_SUM = re.compile(r"-?(?:NT ?)?\$? ?[1-9][0-9]{0,2}(?:,?[0-9]{3})?(?:\.00)? ?元?")
_WHOLE = 12  # digits of an account; the number of a transaction in a list is shorter


def said_of_another(lines: Sequence[Line], signs: Sequence[Sign], amount: Box | None) -> bool:
    """Whether every word for paid stands in the row of another transaction than the amount's."""
    records = [line for line in lines if _is_record(line)]
    own = [line for line in records if amount and line.box.same_row(amount)]
    words = [sign for sign in signs if sign.code in _OF_A_ROW]
    if not own or len(records) < 2 or not words or len(words) < len(signs):
        return False
    others = [line for line in records if line not in own]
    return all(any(line.box.same_row(sign.box) for line in others) for sign in words)


def other_transfer(lines: Sequence[Line], account: Shown | None, reference: str | None) -> bool:
    """Whether a row of a list tells a day, a sum and an account in full, and it is not the page's
    (which may be in a row with the payer's); the number of the payment itself is none."""
    rows = (line for line in lines if find_date(line.text) and _has_sum(line))
    told = [[one.text for one in loose_accounts(row.text) if "*" not in one.text] for row in rows]
    whole = [[x for x in texts if len(x) >= _WHOLE and x != reference] for texts in told]
    return account is not None and any(
        texts and not any(account.fits(text) for text in texts) for texts in whole
    )


def _is_record(line: Line) -> bool:
    """Whether the row tells an account of its own, and a day or a sum."""
    return bool(loose_accounts(line.text)) and (bool(find_date(line.text)) or _has_sum(line))


def _has_sum(line: Line) -> bool:
    return any(_SUM.fullmatch(cell.text.strip()) for cell in line.cells)
