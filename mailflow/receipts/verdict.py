"""Several readings of one proof → what it says, and what follows for one slip. Pure.

Money is moved by `accept` alone, so it needs agreeing evidence and no contrary piece; everything
that is disputed or unclear about money or identity goes to a person (`flag`), and what another
picture would settle goes back to the student (`ask`).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from mailflow.receipts.accounts import Shown
from mailflow.receipts.fields import Fields
from mailflow.receipts.lines import Box
from mailflow.receipts.result import Expectation, Kind, Status, Verdict
from mailflow.receipts.sums import LEAST_FEE
from mailflow.slips.segments import NO_SEGMENTS, Segments

T = TypeVar("T")
_KINDS = (Kind.SLIP, Kind.STORE, Kind.TRANSFER, Kind.OTHER)
_STATUSES = (Status.VOID, Status.FAILED, Status.NOT_YET, Status.PAID, Status.UNKNOWN)


MIN_ACCOUNT = 12  # digits; a shorter number may be a telephone
MIN_SEEN = 5  # digits in clear of an account that no label names
LEGIBLE = 20  # characters that an engine was sure of


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was read: whole pages, and closer looks at the rows that decide."""

    pages: tuple[Fields, ...] = ()
    amount_looks: tuple[int | None, ...] = ()
    account_looks: tuple[Shown, ...] = ()
    row_looks: tuple[Fields, ...] = ()  # rows under the sums, looked at again
    witnesses: tuple[int | None, ...] = ()  # the amount's row, read by an engine of another family
    decoded: Segments = NO_SEGMENTS  # a store's bars, not their letters
    photo: bool = False
    keen: bool = False  # the page was read by the better engine: one reading says as much as two

    @property
    def kind(self) -> Kind:
        return min((page.kind for page in self.pages), key=_KINDS.index, default=Kind.OTHER)

    @property
    def on_paper(self) -> bool:
        """Whether ink may have faded: a photo, or what only exists printed."""
        return self.photo or self.kind in (Kind.STORE, Kind.SLIP)

    @property
    def status(self) -> Status:
        """The worst that any reading saw."""
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
        looks = [look for look in self.amount_looks if look is not None]
        told = [witness for witness in self.witnesses if witness is not None]
        return Counter([*read, *looks, *(w for w in told if _counts(w, read))])

    @property
    def amount(self) -> int | None:
        """The amount that most readings agree on; None when there is no majority."""
        ranked = self.amounts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    @property
    def accounts(self) -> tuple[Shown, ...]:
        """The readings of the payee's account. Digits beside masks are misread on a page; what was
        read without its masks is better."""
        if self.keen and self.account_looks:
            return self.account_looks
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
        segments, fee = self.segments, self.value(lambda page: page.fee)
        real_fee = fee is not None and (fee == 0 or fee >= LEAST_FEE)
        return (
            (self.amount == amount and self.sum_agrees is True and real_fee)
            or (segments.checked and segments.amount == amount)
            or self.decoded.amount == amount
            or self.value(lambda page: page.in_words) == amount
        )

    @property
    def sum_agrees(self) -> bool | None:
        """Whether amount and fee add up to the total; None when one of them was not read."""
        amount, total = self.amount, self.value(lambda page: page.total)
        fee = self.value(lambda page: page.fee)
        if amount is None or total is None:
            return None
        if fee is None:
            return True if total == amount else None
        return amount + fee == total

    def value(self, pick: Callable[[Fields], T | None]) -> T | None:
        """What the readings agree on; None when they differ or none read it."""
        return agreed(pick(page) for page in self.pages)


def _counts(witness: int, read: list[int]) -> bool:
    """Whether what Tesseract makes of a row is more than noise: the same number, or one that holds
    it and more (a digit that the other engine may have lost)."""
    return any(str(value) in str(witness) for value in read)


def agreed(values: Iterable[T | None]) -> T | None:
    """The one value that occurs, ignoring None; None when there are two."""
    distinct = {value for value in values if value is not None}
    return distinct.pop() if len(distinct) == 1 else None


def judge(findings: Findings, expected: Expectation) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and the stable codes of its reasons, the deciding one first."""
    for verdict, reasons in (
        (Verdict.ASK, _no_payment(findings)),
        (Verdict.FLAG, _not_understood(findings)),
        (Verdict.FLAG, _contradictions(findings, expected)),
        (Verdict.ASK, _unread(findings, expected)),
        (Verdict.FLAG, _doubts(findings, expected)),
    ):
        if reasons:
            return verdict, tuple(reasons)
    return Verdict.ACCEPT, tuple(_agreements(findings, expected))


def _no_payment(findings: Findings) -> list[str]:
    """What shows no payment, whoever sent it."""
    if findings.status is Status.VOID:
        return ["payment_voided"]
    if findings.status is Status.FAILED:
        return ["failed_transfer"]
    if findings.status is Status.NOT_YET:
        return ["unpaid_slip" if findings.kind is Kind.SLIP else "reservation_not_payment"]
    if findings.kind is Kind.OTHER and not _speaks_of_money(findings):
        return ["not_a_receipt" if _legible(findings) else "unreadable"]
    return []


def _legible(findings: Findings) -> bool:
    return any(page.legible + page.letters // 3 >= LEGIBLE for page in findings.pages)


def _speaks_of_money(findings: Findings) -> bool:
    """Whether a legible page names sums, an account or a payment: somebody can make sense of it."""
    said = any(page.sums or page.loose or page.account for page in findings.pages)
    return _legible(findings) and (said or findings.status is Status.PAID)


def _not_understood(findings: Findings) -> list[str]:
    """Read, but nobody knows what it is: the student cannot mend that."""
    return ["not_understood"] if findings.kind is Kind.OTHER else []


def _contradictions(findings: Findings, expected: Expectation) -> list[str]:
    """Evidence against: each piece is enough."""
    reasons = []
    amounts = findings.amounts
    if any(count >= 2 for value, count in amounts.items() if value != expected.amount):
        reasons.append("amount_differs")
    elif len(amounts) > 1:
        reasons.append("amount_readings_differ")
    elif amounts and expected.amount not in amounts:
        reasons.append("amount_differs")
    reasons = [*_account_against(findings, expected), *reasons]
    bank = findings.value(lambda page: page.bank)
    if bank and expected.bank and bank != expected.bank:
        reasons.append("bank_differs")
    if findings.sum_agrees is False:
        reasons.append("sum_differs")
    coded = findings.decoded.amount
    if coded is None and findings.segments.checked:
        coded = findings.segments.amount
    if coded is not None and coded != expected.amount:
        reasons.append("barcode_amount_differs")
    words = findings.value(lambda page: page.in_words)
    if words is not None and words != expected.amount:
        reasons.append("words_differ")
    return [*reasons, *_date_against(findings, expected)]


def _account_against(findings: Findings, expected: Expectation) -> list[str]:
    """Another account than the one owed; one of an earlier, void slip has a name of its own."""
    fits = _fit(findings, expected)
    if _says_voided(findings, expected):
        fits_some = any(shown.fits(expected.account or "") for shown in findings.accounts)
        return ["account_may_be_voided" if fits_some else "paid_to_voided_slip"]
    return ["account_differs"] if fits is False else []


def _says_voided(findings: Findings, expected: Expectation) -> bool:
    """Whether a reading shows a void slip's account, and none shows beyond doubt the one owed.

    Masked digits may fit both.
    """
    segments = findings.segments
    on_paper = any(segments.pays_into(account) for account in expected.voided)
    on_paper |= any(
        _fits_any(shown, expected.voided) for shown in (*findings.loose, *findings.noted)
    )
    voided = [shown for shown in findings.accounts if _fits_any(shown, expected.voided)]
    owed = [shown for shown in findings.accounts if shown.fits(expected.account or "")]
    clear_owed = [shown for shown in owed if shown not in voided]
    clear_voided = [shown for shown in voided if shown not in owed]
    if on_paper or clear_voided:
        return True
    return bool(voided) and not clear_owed and not segments.pays_into(expected.account or "")


def _fits_any(shown: Shown, accounts: Iterable[str]) -> bool:
    return any(shown.fits(account) for account in accounts)


def _date_against(findings: Findings, expected: Expectation) -> list[str]:
    day = (findings.paid_at or "")[:10]
    if day and expected.from_on and day < expected.from_on.isoformat():
        return ["paid_before_slip"]
    if day and expected.until_on and day > expected.until_on.isoformat():
        return ["paid_after_deadline"]
    return []


def _unread(findings: Findings, expected: Expectation) -> list[str]:
    """What a better picture would show."""
    reasons = []
    if not findings.amounts and not _amount_unnamed(findings, expected):
        reasons.append("amount_unreadable")
    if expected.account and _fit(findings, expected) is None:
        reasons.append("account_unreadable")
    return reasons


def _amount_unnamed(findings: Findings, expected: Expectation) -> bool:
    """Whether the owed sum is there to be read, only that nothing says what it is."""
    return not findings.amounts and any(expected.amount in page.sums for page in findings.pages)


def _doubts(findings: Findings, expected: Expectation) -> list[str]:
    """What is missing for the machine to decide alone."""
    reasons = []
    if findings.status is not Status.PAID or findings.kind is Kind.SLIP:
        reasons.append("status_unclear")
    if not expected.account:
        reasons.append("no_account_expected")
    second_place = findings.second_place(expected.amount)
    unlabelled = any(page.amount and not page.amount.labelled for page in findings.pages)
    if _amount_unnamed(findings, expected) or (
        unlabelled and findings.on_paper and not second_place
    ):
        reasons.append("amount_unnamed")
    if (
        findings.amounts
        and findings.amounts[expected.amount] < 2
        and not (findings.keen and second_place)
    ):
        reasons.append("amount_read_once")
    alone = findings.photo and findings.kind is Kind.TRANSFER and not findings.sum_agrees
    if alone and expected.amount not in findings.amount_looks:
        reasons.append("amount_not_confirmed")
    if findings.kind is Kind.STORE and not findings.keen and not second_place:
        reasons.append("amount_stands_once")
    if findings.paid_at is None:
        reasons.append("date_unclear")
    if findings.unread or any(page.strange for page in findings.pages):
        reasons.append("words_unread")
    if any(page.several for page in findings.pages):
        reasons.append("several_receipts")
    return reasons


def _agreements(findings: Findings, expected: Expectation) -> list[str]:
    reasons = ["amount_agrees", "paid_word"]
    if findings.segments.pays_into(expected.account or ""):
        reasons.append("barcode_agrees")
    else:
        reasons.append("account_agrees")
    if findings.sum_agrees:
        reasons.append("sum_agrees")
    if expected.from_on or expected.until_on:
        reasons.append("date_in_window")
    return reasons


def _stands_alone(loose: Iterable[Shown], owed: str) -> bool:
    """Whether the owed account is on the page in full and no other one is; or, where none is in
    full, enough of its digits beside masks."""
    telling = _tell(loose)
    return bool(telling) and all(shown.fits(owed) for shown in telling)


def _tell(loose: Iterable[Shown]) -> list[Shown]:
    """The accounts in full; where there is none, those beside whose masks enough is to be seen."""
    shown = list(loose)
    whole = [one for one in shown if "*" not in one.text and len(one.text) >= MIN_ACCOUNT]
    return whole or [one for one in shown if "*" in one.text and one.visible >= MIN_SEEN]


def _fit(findings: Findings, expected: Expectation) -> bool | None:
    """Whether the money went to the account that is owed; None when no reading can say."""
    if not expected.account:
        return None
    owed = expected.account
    votes = [shown.fits(owed) for shown in findings.accounts if not shown.lost_digits(owed)]
    barcode = findings.segments.pays_into(owed)
    if barcode is not None:
        votes.append(barcode)
    if not votes and _stands_alone(findings.loose, owed):
        return True
    if not votes and any(shown.text == owed for shown in findings.noted):
        return None if _tell(findings.loose) else True
    return all(votes) if votes else None
