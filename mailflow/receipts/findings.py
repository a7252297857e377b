"""All that was read of one proof: whole pages, and closer looks at what decides. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from mailflow.receipts.accounts import Shown, without_bank
from mailflow.receipts.fields import Fields
from mailflow.receipts.lines import Box
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.sums import LEAST_FEE
from mailflow.receipts.wording import Role
from mailflow.slips.segments import NO_SEGMENTS, Segments

T = TypeVar("T")
_KINDS = (Kind.SLIP, Kind.STORE, Kind.TRANSFER, Kind.OTHER)
_STATUSES = (Status.VOID, Status.FAILED, Status.NOT_YET, Status.PAID, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was read: whole pages, and closer looks at the rows that decide."""

    pages: tuple[Fields, ...] = ()
    amount_looks: tuple[int | None, ...] = ()
    other_looks: tuple[int | None, ...] = ()  # at sums that nothing names, where no amount is named
    account_looks: tuple[Shown, ...] = ()
    row_looks: tuple[Fields, ...] = ()  # rows under the sums, looked at again
    witnesses: tuple[int | None, ...] = ()  # the amount's row, read by an engine of another family
    decoded: Segments = NO_SEGMENTS  # a store's bars, not their letters
    across: tuple[str, ...] = ()  # codes of what large slanted writing over the page says
    photo: bool = False
    keen: bool = False  # the page was read by the better engine: one reading says as much as two

    def without_bank(self, bank: str | None) -> "Findings":
        """The same, where the code of the payee's bank is no part of its masked account."""
        pages = tuple(
            replace(page, account=without_bank(page.account, bank)) if page.account else page
            for page in self.pages
        )
        looks = tuple(without_bank(look, bank) for look in self.account_looks)
        return replace(self, pages=pages, account_looks=looks)

    @property
    def kind(self) -> Kind:
        return min((page.kind for page in self.pages), key=_KINDS.index, default=Kind.OTHER)

    @property
    def on_paper(self) -> bool:
        """Whether ink may have faded: a photo, or what only exists printed."""
        return (
            self.photo
            or self.kind in (Kind.STORE, Kind.SLIP)
            or any(page.of_machine for page in self.pages)
        )

    @property
    def status(self) -> Status:
        """The worst that any reading saw."""
        if "payment_voided" in self.across:
            return Status.VOID
        seen = [page.status for page in (*self.pages, *self.row_looks)]
        return min(seen, key=_STATUSES.index, default=Status.UNKNOWN)

    @property
    def unread(self) -> tuple[Box, ...]:
        """Rows under a store's sums of which no reading makes words."""
        clear = [box for page in (*self.pages, *self.row_looks) for box in page.clear]
        return tuple(
            box
            for page in self.pages
            for box in page.unread
            if not any(box.same_row(other) for other in clear)
        )

    @property
    def amounts(self) -> Counter[int]:
        """Each reading of the credited amount, counted."""
        read = [page.amount.value for page in self.pages if page.amount]
        looks = [x for x in self.amount_looks if x is not None and not self._outvoted(x, read)]
        told = [witness for witness in self.witnesses if witness is not None]
        return Counter([*read, *looks, *(w for w in told if _counts(w, read))])

    def _outvoted(self, look: int, read: list[int]) -> bool:
        """Whether a look lost digits that the page itself shows, and a second place with it;
        differs from what stands there in words or in checked segments as well; or has one digit
        other on a screen, where the engine of the other family reads what the page reads."""
        others = [value for value in read if value != look]
        cut_short = (value for value in others if str(value).startswith(str(look)))
        return (
            any(self.second_place(value) for value in cut_short)
            or any(self.never_fades(value) for value in others)
            or any(self._both_read(value) and _one_digit_off(value, look) for value in others)
        )

    def _both_read(self, amount: int) -> bool:
        """Whether the witness says so too, of what can't have faded."""
        return not self.on_paper and amount in self.witnesses

    @property
    def amount(self) -> int | None:
        """The amount that all readings agree on, or that a second place on the paper says too."""
        backed = [value for value in self.amounts if self.second_place(value)]
        if len(backed) == 1:
            return backed[0]
        return next(iter(self.amounts)) if len(self.amounts) == 1 else None

    def looks_at(self, amount: int) -> int:
        """How many closer looks saw this sum where it stands."""
        return [*self.amount_looks, *self.other_looks].count(amount)

    @property
    def accounts(self) -> tuple[Shown, ...]:
        """The readings of the payee's account: on the page, and again without its masks."""
        return (*(page.account for page in self.pages if page.account), *self.account_looks)

    @property
    def loose(self) -> tuple[Shown, ...]:
        """Accounts in full that no label names."""
        return tuple(shown for page in self.pages for shown in page.loose)

    @property
    def noted(self) -> tuple[Shown, ...]:
        """Long numbers whose label names neither party."""
        return tuple(shown for page in self.pages for shown in page.noted)

    @property
    def paid_at(self) -> str | None:
        moments = [page.paid_at for page in self.pages if page.paid_at]
        if len({moment[:10] for moment in moments}) != 1:
            return None
        return agreed(m for m in moments if "T" in m) or moments[0][:10]

    @property
    def segments(self) -> Segments:
        """The reading whose check characters agree, else the first that has any."""
        read = [self.decoded, *(page.segments for page in self.pages)]
        return next((s for s in read if s.checked), next((s for s in read if s.second), Segments()))

    def second_place(self, amount: int) -> bool:
        """Whether a second place on the paper says the same amount.

        A column of which the last digits faded still adds up: 600 + 1 = 601 was 6,000 + 15. So a
        sum counts only with a fee that exists.
        """
        fee = self.value(lambda page: page.fee)
        sums = self._adds_up(amount) is True and fee is not None and real_fee(fee)
        return sums or self._till_agrees(amount) or self.never_fades(amount)

    def _till_agrees(self, amount: int) -> bool:
        """Whether cash less change is the sum and its fee. A fee of nothing tells nothing: 6,000,
        10,000 and 4,000 that all lost their last digit still agree."""
        fee = self.value(lambda page: page.fee)
        told = [(s.role, s.value) for page in self.pages for s in page.all_sums]
        cash = {value for role, value in told if role is Role.CASH}
        back = {value for role, value in told if role is Role.CHANGE} or {0}
        real = fee is not None and fee >= LEAST_FEE
        return real and any(one - less == amount + (fee or 0) for one in cash for less in back)

    def never_fades(self, amount: int) -> bool:
        """Whether words or a store's third segment say the same: no digit of theirs gets lost."""
        segments = self.segments
        return (
            (segments.checked and segments.amount == amount)
            or self.decoded.amount == amount
            or self.value(lambda page: page.in_words) == amount
        )

    @property
    def sum_agrees(self) -> bool | None:
        """Whether amount and fee add up to the total; None when one of them was not read."""
        amount = self.amount
        return None if amount is None else self._adds_up(amount)

    def _adds_up(self, amount: int) -> bool | None:
        total, fee = self.value(lambda page: page.total), self.value(lambda page: page.fee)
        if total is None:
            return None
        if fee is None:
            return True if total == amount else None
        return amount + fee == total

    def value(self, pick: Callable[[Fields], T | None]) -> T | None:
        """What the readings agree on; None when they differ or none read it."""
        return agreed(pick(page) for page in self.pages)


def real_fee(fee: int) -> bool:
    """Whether anybody takes such a fee (NT$)."""
    return fee == 0 or fee >= LEAST_FEE


def _counts(witness: int, read: list[int]) -> bool:
    """Whether what Tesseract makes of a row is more than noise: the same number, or one that holds
    it and more (a digit that the other engine may have lost)."""
    return any(str(value) in str(witness) for value in read)


def _one_digit_off(one: int, other: int) -> bool:
    a, b = str(one), str(other)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def agreed(values: Iterable[T | None]) -> T | None:
    """The one value that occurs, ignoring None; None when there are two."""
    distinct = {value for value in values if value is not None}
    return distinct.pop() if len(distinct) == 1 else None
