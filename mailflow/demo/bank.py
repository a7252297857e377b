"""The bank of a rehearsal: what students really paid, whatever their pictures show."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mailflow.campaign import WorkingDays
from mailflow.campaign.round import TAIPEI
from mailflow.sheets import to_csv

HEADER = ("入帳日期", "繳費日期", "交易時間", "虛擬帳號", "金額", "通路", "交易序號")
_STORE_DAYS = 3  # working days until a store has passed money on


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that left a student, NT$. `is_store`: at a convenience store."""

    account: str
    amount: int
    at: datetime
    is_store: bool = False


@dataclass(slots=True)
class Bank:
    """Gathers payments and tells them as a file."""

    working_days: WorkingDays
    payments: list[Payment] = field(default_factory=list)

    def take(self, payment: Payment) -> None:
        """A student pays."""
        self.payments.append(payment)

    def paid(self, account: str) -> int:
        """All that came to an account so far, NT$."""
        return sum(one.amount for one in self.payments if one.account == account)

    def statement(self, until: date) -> bytes:
        """The file of everything booked up to that day, inclusive; later files contain it too."""
        lines = []
        for number, one in enumerate(self.payments, start=1):
            paid_on = one.at.astimezone(TAIPEI).date()
            posted = self.working_days.add(paid_on, _STORE_DAYS) if one.is_store else paid_on
            if posted <= until:
                clock = f"{one.at.astimezone(TAIPEI):%H:%M:%S}"
                channel = "超商" if one.is_store else "ATM"
                row = (posted, paid_on, clock, one.account, one.amount, channel, f"N{number:06d}")
                lines.append(row)
        return to_csv(HEADER, lines)
