"""What keeps a proof from being accepted whatever else speaks for it. Pure.

No points are counted here: a word for not-yet, another amount, another account, a day out of bounds
is enough by itself.
"""

from collections.abc import Iterable

from mailflow.receipts.accounts import TAIL, Shown
from mailflow.receipts.evidence import MIN_ACCOUNT, stands_alone, telling
from mailflow.receipts.findings import Findings
from mailflow.receipts.result import Expectation, Kind, Status

LOST_DIGITS = "amount_may_have_lost_digits"
LEGIBLE = 20  # characters that an engine was sure of


def no_payment(findings: Findings) -> list[str]:
    """What shows no payment, whoever sent it."""
    if any(page.specimen for page in findings.pages):
        return ["specimen"]
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


def not_understood(findings: Findings) -> list[str]:
    """Read, but nobody knows what it is: the student cannot mend that."""
    return ["not_understood"] if findings.kind is Kind.OTHER else []


def contradictions(findings: Findings, expected: Expectation) -> list[str]:
    """Evidence against: each piece is enough."""
    reasons = []
    amounts = findings.amounts
    if any(count >= 2 for value, count in amounts.items() if value != expected.amount):
        reasons.append("amount_differs")
    elif len(amounts) > 1:
        reasons.append("amount_readings_differ")
    elif amounts and expected.amount not in amounts:
        reasons.append("amount_differs")
    if reasons == ["amount_differs"] and _lost_digits(findings, expected.amount):
        reasons = [LOST_DIGITS]
    reasons = [*_account_against(findings, expected), *reasons]
    banks = {findings.value(lambda page: page.bank)}
    banks |= {one.bank for one in findings.loose if one.fits(expected.account or "")}
    if expected.bank and (banks - {None, expected.bank} or _only_other_banks(findings, expected)):
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


def _lost_digits(findings: Findings, owed: int) -> bool:
    """Whether ink that faded explains the other sum: on paper, the owed one without its last
    digits (60 for 600), and no second place says the same."""
    told = [value for value in findings.amounts if value != owed]
    return findings.on_paper and all(
        str(owed).startswith(str(value)) and not findings.second_place(value) for value in told
    )


def _only_other_banks(findings: Findings, expected: Expectation) -> bool:
    """Whether codes of banks stand on the page, and the payee's is not among them."""
    named = {code for page in findings.pages for code in page.banks}
    return bool(named) and expected.bank not in named


def _account_against(findings: Findings, expected: Expectation) -> list[str]:
    """Another account than the one owed; one of an earlier, void slip has a name of its own."""
    fits = account_fits(findings, expected)
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


def _twice_ours(looks: Iterable[Shown], owed: str) -> bool:
    """Whether two closer looks saw the owed account, where the page's reading had a digit other."""
    return sum(one.fits(owed) and one.tail >= TAIL for one in looks) >= 2


def account_fits(findings: Findings, expected: Expectation) -> bool | None:
    """Whether the money went to the account that is owed; None when no reading can say."""
    if not expected.account:
        return None
    owed = expected.account
    shown = [one for one in findings.accounts if not one.lost_digits(owed)]
    if _twice_ours(findings.account_looks, owed):
        shown = [one for one in shown if not ("*" in one.text and one.one_off(owed))]
    if any(one.fits(owed) and one.tells for one in shown):
        shown = [one for one in shown if one.fits(owed) or one.near(owed)]
        shown = [
            one
            for one in shown
            if one.fits(owed) or not (one.odd_head(owed) or one.passed_over(owed))
        ]
    barcode = findings.segments.pays_into(owed)
    if barcode:  # 繳費編號 beside the bars: too short for an account of this kind
        shown = [one for one in shown if "*" in one.text or len(one.text) >= MIN_ACCOUNT]
    votes = [one.fits(owed) for one in shown]
    if barcode is not None:
        votes.append(barcode)
    if not votes and stands_alone(findings.loose, owed):
        return True
    if not votes and any(shown.text == owed for shown in findings.noted):
        return None if telling(findings.loose) else True
    return all(votes) if votes else None
