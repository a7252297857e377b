"""Whether two pictures may show one payment, by the facts printed on them. Pure.

Two honest people may use one app on one day. What parts them is a fact that both pictures show
and that differs. Whoever shows another's receipt must change the account: of two that were paid in
the same minute it does not part them.
"""

import re
from dataclasses import dataclass, field

from mailflow.receipts.result import Proof

NEAR = 12  # of the 256 bits of a likeness: measured, see docs/decisions/0011
LONG = 8  # characters of a reference that no second payment has on the same day
_SHORTEST = 4  # digits of an account or characters of a reference that say anything


@dataclass(frozen=True, slots=True)
class Marks:
    """What one payment is known by on any picture of it; None where too little was read.

    `facts` are reference, time and amount; `number` a long reference and the day, whatever the rest
    says; `moment` the minute, the amount and the end of the account. `day` is less: the day, the
    amount and the end of the account, which others have too where many pay into one account; so it
    counts only of two that no fact tells apart (a passbook shows neither minute nor number).
    """

    facts: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    moment: str | None = field(default=None, repr=False)
    day: str | None = field(default=None, repr=False)


def marks_of(proof: Proof) -> Marks:
    """By what another picture of the same payment would be recognised."""
    reference, paid_at, amount = proof.reference, proof.paid_at, proof.amount
    end = _end(proof.account or "")
    long = reference is not None and len(_bare(reference)) >= LONG
    to_the_minute = paid_at is not None and "T" in paid_at
    return Marks(
        facts=f"{reference}|{paid_at}|{amount}" if reference and paid_at and amount else None,
        number=f"{_bare(reference or '')}|{(paid_at or '')[:10]}" if long and paid_at else None,
        moment=f"{paid_at}|{amount}|{end}" if to_the_minute and amount and end else None,
        day=f"{(paid_at or '')[:10]}|{amount}|{end}" if paid_at and amount and end else None,
    )


def told_apart(one: Proof, other: Proof) -> bool:
    """Whether a fact that both show says that these are two payments."""
    if one.amount and other.amount and one.amount != other.amount:
        return True
    if one.paid_at and other.paid_at and _differ(one.paid_at, other.paid_at):
        return True
    same_minute = one.paid_at == other.paid_at and "T" in (one.paid_at or "")
    if not same_minute and _other_account(one.account or "", other.account or ""):
        return True
    first, second = _bare(one.reference or ""), _bare(other.reference or "")
    return min(len(first), len(second)) >= _SHORTEST and first != second  # the next may be 1 higher


def near(one: bytes, other: bytes) -> bool:
    """Whether two likenesses are those of the same picture. Never more than a hint: receipts of
    one app look almost alike."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count() <= NEAR


def _differ(one: str, other: str) -> bool:
    """Times as far as both tell them."""
    shorter = min(len(one), len(other))
    return one[:shorter] != other[:shorter]


def _other_account(one: str, other: str) -> bool:
    """By the digits that both show: one page masks what another shows in full."""
    tails = re.sub(r".*\D", "", one), re.sub(r".*\D", "", other)
    shown = min(map(len, tails))
    if shown >= _SHORTEST:
        return tails[0][-shown:] != tails[1][-shown:]
    first, second = re.sub(r"\D", "", one), re.sub(r"\D", "", other)
    return min(len(first), len(second)) >= _SHORTEST and first != second


def _end(account: str) -> str | None:
    """What every page shows of an account alike: its last digits; of one that is masked at the end
    all that are shown."""
    tail, shown = re.sub(r".*\D", "", account), re.sub(r"\D", "", account)
    if len(tail) >= _SHORTEST:
        return tail[-_SHORTEST:]
    return shown if len(shown) >= _SHORTEST else None


def _bare(reference: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", reference.upper())
