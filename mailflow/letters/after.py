"""What the letters after the exam may say: results, certificates, refunds, rewards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mailflow.aftercare import Mark, Offer, Outcome, Payee, Result
from mailflow.aftercare.passing import plain
from mailflow.aftercare.payees import LABELS as PAYEE_LABELS
from mailflow.campaign import PassRules
from mailflow.letters.after_reasons import after_reasons
from mailflow.letters.links import Link
from mailflow.letters.mailto import mailto
from mailflow.letters.wording import Both, day, one_line
from mailflow.mail.tags import payee_subject, recipient_tag
from mailflow.workflow import Letter

# What a letter can't do without.
AFTER_NEEDS: Mapping[Letter, tuple[str, ...]] = {
    Letter.EXAM_RESULT: ("result",),
    Letter.CERTIFICATE_READY: (),
    Letter.RETAKE_OFFER: ("offer",),
    Letter.REFUND_INVITATION: (),
    Letter.REFUND_REMINDER: ("closes_on",),
    Letter.REFUND_RECEIVED: ("token", "token_until"),
    Letter.REFUND_OUTSIDE: (),
    Letter.REFUND_REFUSED: ("reasons",),
    Letter.REFUND_PAID: ("own", "payee", "paid_on"),
    Letter.PAYEE_REQUEST: ("token", "token_until"),
    Letter.PAYEE_NOTED: ("payee",),
    Letter.REWARD_RECEIVED: (),
    Letter.REWARD_REFUSED: ("reasons",),
}


@dataclass(frozen=True, slots=True)
class AfterData:
    """Everything that these templates may use; what a letter does not need stays at its default.

    `opens_on` and `closes_on` are the window of applications; None = not known. `own` and
    `earlier` are NT$. `token` is the payee token for the button, good until `token_until`.
    `reasons` are codes that `after_reasons` puts into words. `title` names a certificate.
    """

    result: Result | None = None
    marks: tuple[Mark, ...] = ()
    rules: PassRules = field(default_factory=PassRules)
    offer: Offer | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    own: int = 0
    earlier: int = 0
    payee: Payee | None = None
    token: str | None = field(default=None, repr=False)
    token_until: date | None = None
    paid_on: date | None = None
    reasons: tuple[str, ...] = ()
    title: str = ""

    def lacks(self, letter: Letter) -> list[str]:
        """What the letter needs and these data don't have."""
        return [name for name in AFTER_NEEDS.get(letter, ()) if not getattr(self, name)]


class MarkRow(NamedTuple):
    """One subject and its score as shown."""

    subject: str
    score: str


class KeptRow(NamedTuple):
    """One kept subject and the last day of its validity."""

    subject: str
    until: Both


def after_words(data: AfterData, *, mailbox: str, case: str) -> dict[str, object]:
    """The words; one that there is nothing to say for is left out."""
    words: dict[str, object] = {
        "opens": day(data.opens_on) if data.opens_on else None,
        "closes": day(data.closes_on) if data.closes_on else None,
        "title": one_line(data.title),
        "own": f"{data.own:,}",
        "earlier": f"{data.earlier:,}" if data.earlier else "",
        "total": f"{data.own + data.earlier:,}",
        "average_needed": data.rules.average,
        "each_needed": data.rules.each,
    }
    if data.result:
        words |= _result_words(data.result, data.marks)
    if data.offer:
        words |= _offer_words(data.offer)
    if data.payee:
        words["payee"] = one_line(data.payee.masked)
    if data.token and data.token_until:
        words["account"] = payee_link(mailbox, case, token=data.token)
        words["account_until"] = day(data.token_until)
    if data.paid_on:
        words["paid_on"] = day(data.paid_on)
    if data.reasons:
        words["why"] = after_reasons(data.reasons)
    return words


def payee_link(mailbox: str, case: str, *, token: str) -> Link:
    """What the button opens: token in the recipient tag and in the subject, nowhere else."""
    to, subject = recipient_tag(mailbox, "p", token), payee_subject(case, token)
    lines = [f"{label}：" for label in PAYEE_LABELS.values()]
    return Link(mailto(to, subject=subject, body=lines), to, subject, "\n".join(lines))


def _result_words(result: Result, marks: tuple[Mark, ...]) -> dict[str, object]:
    return {
        "has_passed": result.outcome is Outcome.PASSED,
        "marks": tuple(MarkRow(one_line(mark.subject), _score(mark)) for mark in marks),
        "average": result.average_shown,
        "kept": tuple(KeptRow(one_line(one.subject), day(one.until)) for one in result.kept),
    }


def _score(mark: Mark) -> str:
    return "0（缺考 absent）" if mark.absent else plain(mark.score)


def _offer_words(offer: Offer) -> dict[str, object]:
    return {
        "next_exam": one_line(offer.exam),
        "next_subjects": tuple(one_line(subject) for subject in offer.subjects),
        "next_exam_on": day(offer.exam_on) if offer.exam_on else None,
        "succeeds": one_line(offer.succeeds),
        "kept": tuple(KeptRow(one_line(one.subject), day(one.until)) for one in offer.kept),
    }
