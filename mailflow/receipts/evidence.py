"""What on a proof speaks for a claim, and what against: each piece with its place. Pure.

A claim is that one sum was credited, that one account was paid into, that the payment was made.
Pieces are codes; what each is worth stands in `points`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailflow.receipts.accounts import PADDED, TAIL, Shown
from mailflow.receipts.fields import Fields
from mailflow.receipts.findings import Findings, real_fee
from mailflow.receipts.lines import Box
from mailflow.receipts.points import ENOUGH, POINTS, START
from mailflow.receipts.reckoning import reckon
from mailflow.receipts.result import Piece
from mailflow.receipts.sums import Sum
from mailflow.receipts.wording import Role

AMOUNT, ACCOUNT, PAYMENT = "amount", "account", "payment"
MIN_ACCOUNT = 12  # digits; a shorter number may be a telephone
MIN_SEEN = 5  # digits in clear of an account that no label names
STRANGE = 2  # sums that are told apart as unexplained; more say no more


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of the proof: what was credited, or where to, and all that bears on it."""

    about: str
    value: str
    pieces: tuple[Piece, ...]

    @property
    def points(self) -> int:
        """Decibans: 10 points are ten to one for it, 20 a hundred to one."""
        return START[self.about] + sum(piece.points for piece in self.pieces)

    @property
    def enough(self) -> bool:
        """Whether it may be believed without a person."""
        return self.points >= ENOUGH


def _piece(about: str, code: str, box: Box | None) -> Piece:
    return Piece(about, code, POINTS[about].get(code, 0), box)


# ---- the amount


def amount_claim(findings: Findings, amount: int) -> Claim:
    """That this sum (NT$) was credited."""
    pieces = [_piece(AMOUNT, *found) for found in _of_amount(findings, amount)]
    return Claim(AMOUNT, str(amount), tuple(pieces))


def amounts_shown(findings: Findings) -> set[int]:
    """Every sum that may be meant: what the readings took for the amount, and all on the page."""
    sums = {s.value for page in findings.pages for s in page.all_sums if not _never(s)}
    return {value for value in sums | set(findings.amounts) if value > 0}


def _never(one: Sum) -> bool:
    return one.role in (Role.FEE, Role.BALANCE, Role.CHANGE, Role.APART)


def _of_amount(findings: Findings, amount: int) -> Iterator[tuple[str, Box | None]]:
    named = [page for page in findings.pages if page.amount and page.amount.value == amount]
    for page in named[:1]:
        yield _how_named(page), page.amount.place if page.amount else None
    if len(named) > 1:
        yield "amount_reread", None
    if not any(page.amount for page in findings.pages):
        yield from _standing(findings, amount)
    place = named[0].amount.place if named and named[0].amount else None
    if findings.looks_at(amount) >= 1:
        yield "looked_again", place
    if findings.looks_at(amount) >= 2:
        yield "looked_twice", place
    if amount in findings.witnesses:
        yield "witnessed", place
    yield from _other_places(findings, amount)
    strange = [s for page in findings.pages[:1] for s in reckon(page.all_sums, amount).strange]
    for at, one in enumerate(strange[:STRANGE]):
        yield ("sum_unexplained", "sums_unexplained")[at], one.place
    if findings.on_paper:
        yield "may_have_faded", None


def _how_named(page: Fields) -> str:
    assert page.amount
    if page.amount.labelled:
        return "amount_labelled"
    return "amount_of_total" if page.amount.from_total else "amount_alone"


def _standing(findings: Findings, amount: int) -> Iterator[tuple[str, Box | None]]:
    """Where the sum stands, though nothing names it."""
    free = [
        s
        for page in findings.pages
        for s in page.all_sums
        if s.value == amount and not s.aside and s.role in (None, Role.TOTAL)
    ]
    if free:
        yield ("sum_stands", "total_stands")[free[0].role is Role.TOTAL], free[0].place
    if len(free) > 1:
        yield "sum_stands_twice", free[1].place
    if any(s.tall for s in free):
        yield "sum_is_large", free[0].place


def _other_places(findings: Findings, amount: int) -> Iterator[tuple[str, Box | None]]:
    """A second place on the paper that says the same."""
    page = findings.pages[0] if findings.pages else None
    sums = page.all_sums if page else ()
    for one in sums:
        if one.role is Role.TOTAL and one.value - amount in _fees_beside(findings):
            yield "adds_up", one.place
            break
    due = next((one for one in sums if one.role is Role.DUE and one.value == amount), None)
    if due:
        yield "due_agrees", due.place
    till = reckon(sums, amount).till
    if till:
        yield "cash_less_change", till.place
    if findings.value(lambda page: page.in_words) == amount:
        yield "in_words", None
    segments = findings.segments
    if findings.decoded.amount == amount or (segments.checked and segments.amount == amount):
        yield "barcode_amount", None


def _fees_beside(findings: Findings) -> set[int]:
    fee = findings.value(lambda page: page.fee)
    return {fee} if fee is not None and real_fee(fee) else set()


# ---- the account


def account_claim(findings: Findings, account: str) -> Claim:
    """That it was paid into this account. Contrary numbers are no matter of points."""
    pieces = [_piece(ACCOUNT, *found) for found in _of_account(findings, account)]
    return Claim(ACCOUNT, account, tuple(pieces))


def _of_account(findings: Findings, account: str) -> Iterator[tuple[str, Box | None]]:
    pages = findings.pages
    place = next((p.account_place or p.account_row for p in pages if p.account_row), None)
    fitting = [s for s in findings.accounts if s.fits(account)]
    if fitting:
        best = max(fitting, key=lambda shown: (shown.tail, shown.visible))
        yield f"account_{_clear(best, account)}", place
    elif stands_alone(findings.loose, account):
        best = max(telling(findings.loose), key=lambda shown: shown.tail)
        yield f"unlabelled_{_clear(best, account)}", None
    elif any(shown.text == account for shown in findings.noted):
        yield "number_noted", None
    if findings.segments.pays_into(account):
        yield "barcode_account", None


def _clear(shown: Shown, account: str) -> str:
    if "*" not in shown.text and len(shown.text) >= MIN_ACCOUNT:
        return "in_full"
    if shown.tail >= TAIL:
        return "tail_of_five"
    # Digits in the middle count beside a shorter tail; the first are all payers' alike. Of three
    # at the end a fourth may have been lost with some masks, unless nothing is missing.
    whole = len(shown.text) in (len(account), PADDED)
    enough = shown.tail >= 4 or (shown.tail == 3 and (whole or shown.visible >= 10))
    return "tail_and_more" if enough and shown.visible >= 7 else "few_digits"


def stands_alone(loose: Iterable[Shown], owed: str) -> bool:
    """Whether the owed account is on the page in full and no other one is; or, where none is in
    full, enough of its digits beside masks."""
    shown = telling(loose)
    return bool(shown) and all(one.fits(owed) for one in shown)


def telling(loose: Iterable[Shown]) -> list[Shown]:
    """The accounts in full; where there is none, those beside whose masks enough is to be seen."""
    shown = list(loose)
    whole = [one for one in shown if "*" not in one.text and len(one.text) >= MIN_ACCOUNT]
    return whole or [one for one in shown if "*" in one.text and one.visible >= MIN_SEEN]


# ---- the payment


def payment_claim(findings: Findings) -> Claim:
    """That the payment was made. Words against it are no matter of points."""
    signs = {s.code: s.box for page in reversed(findings.pages) for s in page.signs}
    pieces = [_piece(PAYMENT, code, box) for code, box in sorted(signs.items())]
    day = next((page for page in findings.pages if page.paid_at), None)
    if day and day.paid_at and "T" in day.paid_at:
        pieces.append(_piece(PAYMENT, "time_of_day", day.when_place))
    if any(page.reference for page in findings.pages):
        pieces.append(_piece(PAYMENT, "reference", None))
    return Claim(PAYMENT, "paid", tuple(pieces))
