"""What a student pays: a share of the list prices of the subjects chosen. Never guessed."""

from enum import StrEnum

from pydantic import Field

from mailflow.campaign.exams import Exam, Kind, Subject
from mailflow.campaign.strict import Strict


class NoFee(StrEnum):
    """Why there is no amount; a person decides."""

    EXAM = "exam_not_in_campaign"
    SUBJECTS = "subjects_do_not_fit_exam"
    PRICE = "no_price_for_exam"


class Fees(Strict):
    """List prices per kind of subject, NT$, and the share of them that the student pays.

    A retake has its own share only when that differs. `mixed` has no default.
    """

    written: int | None = Field(default=None, gt=0)
    practical: int | None = Field(default=None, gt=0)
    mixed: int | None = Field(default=None, gt=0)
    share_percent: int = Field(default=50, ge=1, le=100)
    retake_share_percent: int | None = Field(default=None, ge=1, le=100)

    def price(self, subject: Subject) -> int | None:
        """The list price of a subject; None when nobody has said it."""
        by_kind = {Kind.WRITTEN: self.written, Kind.PRACTICAL: self.practical}
        return subject.price or by_kind.get(subject.kind, self.mixed)

    def paid(self, chosen: tuple[Subject, ...], *, retake: bool) -> int | None:
        """The student's share; None when a price is missing or the share is no whole dollar."""
        prices = [self.price(subject) for subject in chosen]
        share = self.retake_share_percent if retake else None
        total = sum(price for price in prices if price) * (share or self.share_percent)
        return total // 100 if all(prices) and total % 100 == 0 else None


def quote(exam: Exam, subjects: str, *, retake: bool, fees: Fees) -> int | NoFee:
    """The amount for the subjects as written in the form, or why there is none.

    A registration must take one of the ways of the exam; a retake must leave something out.
    """
    chosen = exam.chosen(subjects)
    if chosen is None:
        return NoFee.SUBJECTS
    ways = [set(way) for way in exam.ways()]
    picked = set(chosen)
    fits = any(picked < way for way in ways) if retake else picked in ways
    if not fits:
        return NoFee.SUBJECTS
    return _amount(exam, chosen, retake=retake, fees=fees) or NoFee.PRICE


def _amount(exam: Exam, chosen: tuple[Subject, ...], *, retake: bool, fees: Fees) -> int | None:
    if exam.fee is None:
        return fees.paid(chosen, retake=retake)
    if not retake:
        return exam.fee
    return exam.retake_fee if len(chosen) == 1 else None
