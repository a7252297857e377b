"""The sums beside the one that is owed: which of them it explains, as a clerk would. Pure.

A fee, the total of both, a balance, the cash and its change belong to a page that shows a payment.
A sum that is none of these may be what was really paid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailflow.receipts.sums import LEAST_FEE, MOST_FEE, Sum
from mailflow.receipts.wording import Role


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`strange` are the sums that nothing explains; `till`: cash less change is what was owed."""

    strange: tuple[Sum, ...]
    till: Sum | None = None


def reckon(sums: Sequence[Sum], owed: int) -> Reckoned:
    """What the owed sum, if it was paid, leaves unexplained."""
    fees = {0, *_fees(sums)}
    with_fee = {owed + fee for fee in fees}
    values = {role: {s.value for s in sums if s.role is role} for role in (Role.CASH, Role.CHANGE)}
    till = {
        (cash, back)
        for cash in values[Role.CASH]
        for back in values[Role.CHANGE]
        if cash - back in with_fee
    }
    tills = [s for s in sums if s.role is Role.CASH and any(s.value == cash for cash, _ in till)]
    counted = {value for pair in till for value in pair} if values[Role.CHANGE] else with_fee
    counted |= with_fee if till else set()  # 實收 beside 付現
    given = {s.value for s in sums if s.role is None}  # 收現, misread
    for back in values[Role.CHANGE]:
        counted |= {
            told for paid in with_fee if paid + back in given for told in (paid + back, back)
        }
    strange = tuple(s for s in sums if not _explained(s, owed, fees=fees, counted=counted))
    return Reckoned(strange, tills[0] if tills else None)


def _fees(sums: Sequence[Sum]) -> Iterator[int]:
    """The fees that are named; where none is, a small sum that a larger one contains."""
    named = [s.value for s in sums if s.role is Role.FEE]
    values = {s.value for s in sums}
    unnamed = [s.value for s in sums if s.role is None and LEAST_FEE <= s.value <= MOST_FEE]
    yield from named or [fee for fee in unnamed if any(v + fee in values for v in values)]


def _explained(one: Sum, owed: int, *, fees: set[int], counted: set[int]) -> bool:
    with_fee = {owed + fee for fee in fees}
    match one.role:
        case Role.AMOUNT | Role.TOTAL | Role.DUE:
            return one.value in with_fee
        case Role.CASH | Role.CHANGE:
            return one.value == 0 or one.value in counted
        case Role.FEE:
            return one.value <= MOST_FEE
        case Role.BALANCE | Role.APART:
            return True
        case _:
            return one.value in with_fee | fees | counted or one.aside
