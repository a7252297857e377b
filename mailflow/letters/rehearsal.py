"""Every letter of the state table, written for every exam of a round, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import partial

from mailflow.aftercare import EXAM_STEPS, REFUND_STEPS
from mailflow.campaign import Campaign, Exam
from mailflow.campaign.findings import Finding, error
from mailflow.letters.compose import Composer
from mailflow.letters.content import LetterData, LetterError
from mailflow.letters.proofread import samples
from mailflow.person import Field, Registration
from mailflow.slips import Slip
from mailflow.workflow import STEPS, Letter

_AT = datetime(2025, 9, 10, 1, 0, tzinfo=UTC)
_CHINESE, _ENGLISH = re.compile(r"[\u4e00-\u9fff]{4}"), re.compile(r"(?:[A-Za-z']+ ){4}")
_ANY_STATE = (
    Letter.REGISTRATION_FORM,
    Letter.FORM_RECEIPT,
    Letter.RETAKE_PART,
    Letter.PRESS_BUTTON,
    Letter.STAFF_NOTE,
    Letter.STATUS,
    Letter.ANSWER,
    Letter.PAYEE_NOTED,
    Letter.REWARD_RECEIVED,
    Letter.REWARD_REFUSED,
    Letter.STAFF_DIGEST,
)


def rehearse(composer: Composer, campaign: Campaign) -> list[Finding]:
    """What goes wrong when the letters are written; each fault once, with the state it is in."""
    found: dict[tuple[str, str], Finding] = {}
    for letter, places in _occasions().items():
        for exam in campaign.exams:
            for data in _data(letter, exam, campaign):
                for problem in _faults(composer, letter, data):
                    place = f"{letter} ({', '.join(places)})"
                    found.setdefault((letter, problem), error(place, problem, remedy=_REMEDY))
    texts = (name for name in campaign.texts if name not in set(Letter))
    unknown = partial(error, remedy=f"letters are {', '.join(Letter)}")
    return [*found.values(), *(unknown(f"texts.{name}", "no such letter") for name in texts)]


_REMEDY = "correct the template, or what the campaign says, and check again"


def _occasions() -> dict[Letter, list[str]]:
    """Every letter with the steps on which it is written."""
    found: dict[Letter, list[str]] = {letter: ["any state"] for letter in _ANY_STATE}
    for (state, event), step in STEPS.items():
        if step.letter:
            found.setdefault(step.letter, []).append(f"{state} × {event}")
    for steps in (EXAM_STEPS, REFUND_STEPS):
        for (after, happens), turn in steps.items():
            if turn.letter:
                found.setdefault(Letter(turn.letter), []).append(f"{after} × {happens}")
    return found


def _data(letter: Letter, exam: Exam, campaign: Campaign) -> Iterator[LetterData]:
    """What this letter may know of somebody who registers for this exam."""
    subjects = "、".join(subject.name for subject in (exam.ways() or [exam.subjects])[0])
    amount = campaign.fee(exam.name, subjects, retake=False)
    said = {Field.EXAM: exam.name, Field.SUBJECTS: subjects}
    for data in samples(letter):
        if data.registration:
            values = {**data.registration.values, **said}
            data = replace(data, registration=Registration(values))
        if data.slip:
            due_on = campaign.pay_until.date()
            slip = Slip(amount or 1, data.slip.account, data.slip.bank, due_on)
            data = replace(data, slip=slip)
        yield data


def _faults(composer: Composer, letter: Letter, data: LetterData) -> Iterator[str]:
    try:
        message = composer.message(
            letter, data, to="student@example.org", message_id="<check@example.org>", now=_AT
        )
    except (LetterError, ValueError) as problem:
        yield str(problem)
        return
    for part in ("plain", "html"):
        text = _text(message, part)
        if not _CHINESE.search(text):
            yield f"{part}: says nothing in Chinese"
        if not _ENGLISH.search(text):
            yield f"{part}: says nothing in English"


def _text(message: EmailMessage, part: str) -> str:
    body = message.get_body((part,))
    text = str(body.get_content()) if body else ""
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
