"""One line of the bank's or cashier's file, and what makes it the same line in another file."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BankLine:
    """Money that came, or (negative) went back. `amount` in whole NT$, never 0.

    `posted_on` is the bank's day, `paid_on` the payer's where the file tells both (a store passes
    money on days later). `clock` is the time of day as HH:MM:SS, '' where there is none. `account`
    is the payee's, digits only. Texts that the file lacks are ''.
    """

    posted_on: date
    amount: int
    account: str = field(default="", repr=False)
    payer: str = field(default="", repr=False)
    memo: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)
    channel: str = ""
    clock: str = ""
    paid_on: date | None = None


def identity_of(line: BankLine) -> str:
    """Equal for the same line in two files, however they were saved.

    Two payments may have it in common: such lines are counted, never dropped (see `ledger`).
    """
    parts = (
        line.posted_on.isoformat(),
        line.paid_on.isoformat() if line.paid_on else "",
        line.clock,
        str(line.amount),
        line.account.lstrip("0"),
        _folded(line.payer),
        _folded(line.memo),
        _folded(line.reference),
        _folded(line.channel),
    )
    return "\x1f".join(parts)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
