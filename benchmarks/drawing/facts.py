"""What a slip asks for, and what a drawn proof truly shows. Values only."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Slip:
    """What is owed: NT$, the payee's bank code and account, the days (inclusive) it may be paid."""

    amount: int
    account: str
    bank: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """One payment, or what only looks like one. Money in NT$; `at` in Asia/Taipei, without zone.

    `status` is success, scheduled, pending, confirm, failed, void, unpaid, refund, inward (money
    that came in), sample (a specimen) or none.
    `negative` names why the proof must not be accepted; None for a genuine one.
    """

    slip: Slip
    kind: str  # transfer, store, slip or none
    status: str
    amount: int
    fee: int
    at: datetime
    account: str
    bank: str
    reference: str
    payer: str
    memo: str | None = None
    balance: int | None = None
    cash: int | None = None
    negative: str | None = None

    @property
    def total(self) -> int:
        return self.amount + self.fee


@dataclass(frozen=True, slots=True)
class Label:
    """The truth about one picture; the fields of the example labels, and how it was made.

    `clerk` is what a careful clerk does: accept, ask (the student can send another picture) or
    hold (a person must look at the case).
    """

    id: str
    file: str
    kind: str
    style: str
    status: str
    amount: int | None
    fee: int | None
    total_shown: int | None
    datetime: str | None
    dt_display: str | None
    account_shown: str | None
    account_true: str | None
    mask: str | None
    to_bank: str | None
    reference: str | None
    payer: str | None
    memo: str | None
    balance: int | None
    distractors: tuple[int, ...]
    barcodes: tuple[str, ...] | None
    degradations: tuple[str, ...]
    negative: str | None
    due: dict[str, Any]
    should_accept: bool
    legible: bool
    damage: str
    hard: bool
    clerk: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
