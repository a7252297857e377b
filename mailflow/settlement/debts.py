"""What each case owes and what was credited to it, as far as settling needs it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands with its payment."""

    NOT_BILLED = "not_billed"  # no slip was sent
    OWED = "owed"
    CLAIMED = "claimed"  # a proof was accepted
    GIVEN_UP = "given_up"
    ENDED = "ended"


class Basis(StrEnum):
    """Why money was credited to a case."""

    ACCOUNT = "account"  # it came to the account of the slip in force
    VOID_ACCOUNT = "void_account"  # … of an earlier slip of the same case
    NUMBER = "number"  # the payer wrote the case's number
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Credit:
    """A share of a bank line, NT$; negative = it went back. `paid_on` where it is known."""

    amount: int
    basis: Basis
    posted_on: date
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """One case. `due` in NT$, None without a slip; `slip_on` the day it was made (Taipei)."""

    case: str
    stage: Stage
    due: int | None
    account: str = field(default="", repr=False)
    void_accounts: tuple[str, ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    student_no: str = field(default="", repr=False)
    slip_on: date | None = None
    credits: tuple[Credit, ...] = ()

    @property
    def credited(self) -> int:
        return sum(credit.amount for credit in self.credits)

    @property
    def outstanding(self) -> int:
        """What is still owed, never below 0."""
        return max((self.due or 0) - self.credited, 0)
