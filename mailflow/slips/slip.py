"""What one student owes, and where it can be paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mailflow.slips.segments import Segments


@dataclass(frozen=True, slots=True)
class Slip:
    """What one student owes. Amount in NT$; `due_on` is inclusive, Asia/Taipei.

    `bank` is a code, perhaps with the bank's name behind it. `barcodes` are the three for
    convenience stores, if the slip has any.
    """

    amount: int
    account: str = field(repr=False)
    bank: str
    due_on: date
    barcodes: Segments | None = field(default=None, repr=False)

    @property
    def bank_code(self) -> str:
        """The three digits of the bank; '' when the slip names none."""
        return self.bank[:3]

    def is_same_money(self, other: "Slip | None") -> bool:
        """Whether both ask for the same amount on the same account by the same day."""
        if other is None or (self.bank_code and other.bank_code not in ("", self.bank_code)):
            return False
        return (self.amount, self.account, self.due_on) == (
            other.amount, other.account, other.due_on,
        )  # fmt: skip

    def joined(self, earlier: "Slip | None") -> "Slip":
        """With the bank and the barcodes that an earlier word about the same money gave."""
        if earlier is None or not self.is_same_money(earlier):
            return self
        return replace(
            self, bank=earlier.bank or self.bank, barcodes=self.barcodes or earlier.barcodes
        )

    def to_dict(self) -> dict[str, object]:
        """As it is written into JSON."""
        codes = self.barcodes
        return {
            "amount": self.amount,
            "account": self.account,
            "bank": self.bank,
            "due_on": self.due_on.isoformat(),
            "barcodes": list(codes.texts) if codes else None,
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Slip":
        """The inverse of `to_dict`; slips of before there were barcodes have none."""
        codes = told.get("barcodes")
        return cls(
            amount=told["amount"],
            account=told["account"],
            bank=told["bank"],
            due_on=date.fromisoformat(told["due_on"]),
            barcodes=Segments(*codes) if codes else None,
        )
