"""What a PDF says as text, as a witness of what it shows. Pure.

The text is never believed by itself: it may say what nobody sees. But whoever paints another sum
over the printed one leaves the old one below, and whoever types a new one types over something.
"""

from collections.abc import Sequence
from itertools import combinations

from mailflow.receipts.fields import read_fields
from mailflow.receipts.lines import Box, Word, words_to_lines
from mailflow.receipts.result import Status

_COVERED = 0.5  # of the smaller of two boxes
_AGAINST = (Status.VOID, Status.FAILED, Status.NOT_YET)
_MOST = 300  # pieces of text that are compared with each other


def layer_differs(words: Sequence[Word], *, amount: int | None, status: Status) -> bool:
    """Whether the text names another sum than the one seen, or speaks of a payment that was not
    made where one is seen; or whether one number stands over another."""
    words = [word for word in words if "\n" not in word.text]  # a watermark ties rows together
    if not words:
        return False
    said = read_fields(words_to_lines(words))
    named = {said.amount.value if said.amount else None, said.in_words} - {None}
    another = amount is not None and bool(named - {amount})
    unpaid = status is Status.PAID and said.status in _AGAINST
    return another or unpaid or _one_over_another(words)


def _one_over_another(words: Sequence[Word]) -> bool:
    numbers = [word for word in words if any(char.isdigit() for char in word.text)][:_MOST]
    return any(
        one.text not in other.text and other.text not in one.text and _covers(one.box, other.box)
        for one, other in combinations(numbers, 2)
    )


def _covers(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return wide > 0 and high > 0 and wide * high > _COVERED * max(1, smaller)
