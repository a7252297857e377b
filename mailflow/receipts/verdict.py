"""Several readings of one proof → what it says, and what follows for one slip. Pure.

Money is moved by `accept` alone, so it needs agreeing evidence and no contrary piece; everything
that is disputed or unclear about money or identity goes to a person (`flag`), and what another
picture would settle goes back to the student (`ask`).
"""

from dataclasses import dataclass

from mailflow.receipts.blockers import (
    LOST_DIGITS,
    account_fits,
    contradictions,
    no_payment,
    not_understood,
)
from mailflow.receipts.evidence import (
    account_claim,
    amount_claim,
    amounts_shown,
    payment_claim,
)
from mailflow.receipts.fields import Fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.reckoning import reckon
from mailflow.receipts.result import Expectation, Kind, Piece, Reading, Status, Verdict
from mailflow.receipts.sums import LEAST_FEE, MOST_FEE
from mailflow.receipts.wording import Role

_TAKEN = frozenset({"validated", "dated_stamp"})  # what makes a proof of a slip


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict; the stable codes of its reasons, the deciding one first; what was weighed."""

    verdict: Verdict
    reasons: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()
    readings: tuple[Reading, ...] = ()


def judge(findings: Findings, expected: Expectation) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and the stable codes of its reasons, the deciding one first."""
    findings = findings.without_bank(expected.bank)
    for verdict, reasons in (
        (Verdict.FLAG, findings.across),
        (Verdict.ASK, no_payment(findings)),
        (Verdict.FLAG, not_understood(findings)),
        (Verdict.FLAG, contradictions(findings, expected)),
        (Verdict.ASK, _unread(findings, expected)),
        (Verdict.FLAG, _doubts(findings, expected)),
    ):
        if reasons:
            return verdict, tuple(reasons)
    return Verdict.ACCEPT, tuple(_agreements(findings, expected))


def weigh(findings: Findings, expected: Expectation) -> Judgement:
    """The verdict with every piece of evidence and, for whoever must decide, the two likeliest
    amounts."""
    findings = findings.without_bank(expected.bank)
    verdict, reasons = judge(findings, expected)
    claims = [amount_claim(findings, expected.amount), payment_claim(findings)]
    if expected.account:
        claims.append(account_claim(findings, expected.account))
    pieces = tuple(piece for claim in claims for piece in claim.pieces)
    return Judgement(verdict, reasons, pieces, _likeliest(findings))


def _likeliest(findings: Findings) -> tuple[Reading, ...]:
    claims = [amount_claim(findings, amount) for amount in sorted(amounts_shown(findings))]
    best = sorted(claims, key=lambda claim: -claim.points)[:2]
    return tuple(Reading(int(claim.value), claim.points) for claim in best)


def _unread(findings: Findings, expected: Expectation) -> list[str]:
    """What a better picture would show."""
    reasons = []
    if not findings.amounts and not _amount_unnamed(findings, expected):
        reasons.append("amount_unreadable")
    if expected.account and account_fits(findings, expected) is None:
        reasons.append("account_unreadable")
    return reasons


def _amount_unnamed(findings: Findings, expected: Expectation) -> bool:
    """Whether the owed sum is there to be read, only that nothing says what it is."""
    shown = (page.sums | {one.value for one in page.all_sums} for page in findings.pages)
    return not findings.amounts and any(expected.amount in sums for sums in shown)


def _doubts(findings: Findings, expected: Expectation) -> list[str]:
    """What is missing for the machine to decide alone."""
    reasons = []
    payment = payment_claim(findings)
    taken = {sign.code for page in findings.pages for sign in page.signs} & _TAKEN
    slip = findings.kind is Kind.SLIP and not taken
    traced = any(page.traced for page in findings.pages)
    if findings.status is not Status.PAID or slip or not payment.enough or not traced:
        reasons.append("status_unclear")
    if not expected.account:
        reasons.append("no_account_expected")
    elif not account_claim(findings, expected.account).enough:
        reasons.append("account_too_masked")
    reasons += _amount_doubts(findings, expected.amount)
    if findings.paid_at is None:
        reasons.append("date_unclear")
    if findings.unread or any(page.strange for page in findings.pages):
        reasons.append("words_unread")
    if any(page.several for page in findings.pages):
        reasons.append("several_receipts")
    return reasons


def _amount_doubts(findings: Findings, owed: int) -> list[str]:
    """Why the owed sum, though it is there, is not believed."""
    claim, second_place = amount_claim(findings, owed), findings.second_place(owed)
    named = any(_named(page) for page in findings.pages)
    reasons = []
    believed = claim.enough and findings.looks_at(owed)
    if not named and (not believed or (findings.on_paper and not second_place)):
        reasons.append("amount_unnamed")
    once = findings.amounts and findings.amounts[owed] < 2
    if once and not (findings.keen and second_place):
        reasons.append("amount_read_once")
    if findings.on_paper and not second_place and not findings.looks_at(owed):
        alike = findings.kind is Kind.STORE and not findings.keen
        reasons.append("amount_stands_once" if alike else "amount_not_confirmed")
    if findings.kind is Kind.STORE and not findings.keen and not second_place:
        reasons.append("amount_stands_once")
    if not findings.never_fades(owed):
        if findings.on_paper and any(page.ends_early for page in findings.pages):
            reasons.append(LOST_DIGITS)
        if all(page.maimed for page in findings.pages):  # no reading saw the other sums whole
            reasons.append("amount_not_confirmed")
    if any(_less_fee(page, owed) for page in findings.pages):
        reasons.append("amount_not_confirmed")
    if named and not reasons and not claim.enough:
        reasons.append("amount_not_confirmed")
    return list(dict.fromkeys(reasons))


def _less_fee(page: Fields, owed: int) -> bool:
    """Whether a sum is the owed one without a fee: what came to the payee, if the fee was the
    payee's."""
    totals = (one.value for one in page.all_sums if one.role is Role.TOTAL)
    if any(0 < total < owed for total in totals):
        return True  # 實付金額 540: less was paid
    never = (Role.BALANCE, Role.CHANGE, Role.FEE)
    sums = (one.value for one in page.all_sums if one.role not in never and not one.aside)
    return any(LEAST_FEE <= owed - value <= MOST_FEE for value in sums if value > MOST_FEE)


def _named(page: Fields) -> bool:
    """Whether a label names the amount: its own, or the total's beside a fee of nothing, beside
    the same sum as what was due, or as cash less change; or what was due, if cash less change, or
    stamped by who took it."""
    amount = page.amount
    if amount is None or amount.labelled:
        return amount is not None
    counted = reckon(page.all_sums, amount.value).till is not None
    due = page.due == amount.value
    stamped = any(sign.code == "dated_stamp" for sign in page.signs)
    return (due and (counted or stamped)) or (amount.is_total and (page.fee == 0 or due or counted))


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
