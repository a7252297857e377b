"""A list of several transactions: what one row says of itself, it says of no other. Pure."""

from collections.abc import Sequence

from mailflow.receipts.accounts import loose_accounts
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.moments import find_date
from mailflow.receipts.status import Sign

_OF_A_ROW = frozenset({"paid_word", "status_row"})


def said_of_another(lines: Sequence[Line], signs: Sequence[Sign], amount: Box | None) -> bool:
    """Whether every word for paid stands in the row of another transaction than the amount's."""
    records = [line for line in lines if _is_record(line)]
    own = [line for line in records if amount and line.box.same_row(amount)]
    words = [sign for sign in signs if sign.code in _OF_A_ROW]
    if not own or len(records) < 2 or not words or len(words) < len(signs):
        return False
    others = [line for line in records if line not in own]
    return all(any(line.box.same_row(sign.box) for line in others) for sign in words)


def _is_record(line: Line) -> bool:
    """Whether the row tells a day and an account of its own."""
    return bool(find_date(line.text)) and bool(loose_accounts(line.text))
