"""Samples of everything that the letters after the exam can say, for the proofreading."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mailflow.aftercare import KeptSubject, Mark, Offer, Outcome, Payee, Result
from mailflow.letters.after import AFTER_NEEDS, AfterData
from mailflow.workflow import Letter

_EXAM, _FIRST, _SECOND = "AI應用規劃師 初級", "人工智慧基礎概論", "生成式AI應用與規劃"
_ON, _UNTIL = date(2025, 11, 8), date(2028, 11, 8)
_KEPT = KeptSubject(_EXAM, _SECOND, Decimal("82"), _ON, _UNTIL)
_MARKS = (Mark(_FIRST, Decimal(0), absent=True), Mark(_SECOND, Decimal("82.5")))

AFTER_SAMPLE = AfterData(
    result=Result(Outcome.KEPT, Fraction(165, 4), (_KEPT,)),
    marks=_MARKS,
    offer=Offer(_EXAM, (_FIRST,), (_KEPT,), _UNTIL, date(2026, 5, 16)),
    opens_on=date(2025, 11, 28),
    closes_on=date(2026, 2, 15),
    own=300,
    earlier=600,
    payee=Payee("822", "901234567890", "王小明"),
    token="ABCDEFGHJKLMNPQRSTUVWXYZ23456789",  # noqa: S106 - a sample, valid nowhere
    token_until=date(2026, 3, 31),
    paid_on=date(2026, 4, 1),
    reasons=("language_certificate", "uploaded_late"),
    title="TQC+ Python 程式設計",
)

# What must be readable in both body parts: without it the letter misses its purpose.
AFTER_SHOWS: Mapping[Letter, tuple[str, ...]] = {
    Letter.EXAM_RESULT: ("exam", "marks"),
    Letter.CERTIFICATE_READY: ("exam",),
    Letter.RETAKE_OFFER: ("next_exam", "kept", "register_until"),
    Letter.REFUND_INVITATION: ("exam",),
    Letter.REFUND_REMINDER: ("exam", "closes"),
    Letter.REFUND_RECEIVED: ("account",),
    Letter.REFUND_REFUSED: ("why",),
    Letter.REFUND_PAID: ("total", "payee", "paid_on"),
    Letter.PAYEE_REQUEST: ("account",),
    Letter.PAYEE_NOTED: ("payee",),
    Letter.REWARD_REFUSED: ("why",),
}


def after_samples(letter: Letter) -> Iterator[AfterData]:
    """Data for each way a letter can look: only what it needs, and each of its variants."""
    yield AfterData(**{name: getattr(AFTER_SAMPLE, name) for name in AFTER_NEEDS[letter]})
    match letter:
        case Letter.EXAM_RESULT:
            for outcome in (Outcome.PASSED, Outcome.KEPT, Outcome.FAILED):
                kept = (_KEPT,) if outcome is Outcome.KEPT else ()
                yield AfterData(result=Result(outcome, Fraction(70), kept), marks=_MARKS)
        case Letter.RETAKE_OFFER:
            offer = Offer("AIoT應用工程師 初級", (), (_KEPT,), _UNTIL, None, succeeds=_EXAM)
            yield replace(AFTER_SAMPLE, offer=offer)
        case Letter.REFUND_OUTSIDE:
            yield AfterData(opens_on=AFTER_SAMPLE.opens_on)
            yield AfterData(closes_on=AFTER_SAMPLE.closes_on)
        case Letter.REFUND_REMINDER:
            yield replace(AFTER_SAMPLE, opens_on=None, earlier=0)
        case _:
            yield replace(AFTER_SAMPLE, closes_on=None, earlier=0)
