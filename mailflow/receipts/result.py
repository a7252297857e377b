"""What a payment proof says, and the verdict against one slip. Values only."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mailflow.receipts.lines import Box


class Kind(StrEnum):
    TRANSFER = "transfer"
    STORE = "store"
    SLIP = "slip"  # the unpaid slip itself
    OTHER = "other"


class Status(StrEnum):
    PAID = "paid"
    NOT_YET = "not_yet"
    FAILED = "failed"
    VOID = "void"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    ACCEPT = "accept"
    ASK = "ask"  # the student is asked for a better or another proof
    FLAG = "flag"  # a person decides


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one slip asks for. Dates are inclusive, Asia/Taipei. Amount in NT$.

    `voided` are the accounts of earlier slips of the same student, which must not be paid any more.
    """

    amount: int
    account: str | None = field(default=None, repr=False)
    bank: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    voided: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that speaks for a claim about amount, account or payment, or (points below 0)
    against it. `box`: where it stands on the page turned upright, if at one place."""

    about: str
    code: str
    points: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One sum (NT$) that may have been credited, and how likely: decibans."""

    amount: int
    points: int


PART_OF_A_PAGE = "parts_of_one_page"  # the reason of what several pictures prove together
# What another picture of the same page may show; everything else speaks against it, or is in doubt.
_LACKING = frozenset(
    {"amount_unreadable", "account_unreadable", "amount_unnamed", "account_too_masked"}
    | {"status_unclear", "date_unclear", "not_understood", "not_a_receipt", "unreadable"}
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One picture or PDF, read. `amount` is what was credited, without the fee; NT$.

    `paid_at` is `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD` in Asia/Taipei. `account` is the payee account
    as shown, masked digits as `*`. `reasons` are stable snake_case codes for and against.
    `evidence` is a PNG crop of the place that decided, if any. `likeness` is what the page looks
    like (`receipts.likeness`). `others` are further receipts in the same file. `pieces` is all
    that was weighed, `readings` the two likeliest amounts.
    """

    kind: Kind = Kind.OTHER
    status: Status = Status.UNKNOWN
    amount: int | None = None
    fee: int | None = None
    total: int | None = None
    paid_at: str | None = None
    account: str | None = field(default=None, repr=False)
    reference: str | None = field(default=None, repr=False)
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    evidence: bytes | None = field(default=None, repr=False)
    likeness: bytes | None = field(default=None, repr=False)
    undone: bool = False
    others: tuple["Proof", ...] = ()
    pieces: tuple[Piece, ...] = ()
    readings: tuple[Reading, ...] = ()
    seconds: float = 0.0

    @property
    def may_be_part(self) -> bool:
        """Whether it was accepted, or nothing but something missing keeps it from that."""
        return self.verdict is Verdict.ACCEPT or _LACKING.issuperset(self.reasons)

    def proves_by_itself(self, whole: "Proof") -> bool:
        """Whether this part alone says paid, and the sum and the account of the whole page: what
        the page of another payment could lend it is a time or a fee."""
        told = (self.status, self.amount, self.account)
        return None not in told and told == (Status.PAID, whole.amount, whole.account)

    @property
    def speaks_against(self) -> bool:
        """Whether it shows that a payment beside it is not to be believed: voided, failed, not made
        yet or undone. The unpaid slip may well lie beside a proof."""
        not_yet = self.status is Status.NOT_YET and self.kind is not Kind.SLIP
        undone = self.undone and self.kind is not Kind.SLIP
        return not_yet or undone or self.status in (Status.VOID, Status.FAILED)
