"""What a template may say: the words of one letter, all of them plain text.

A word that a letter does not have is left out, so a strict template fails instead of showing a
gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from mailflow.campaign import Campaign, Exam, Reward
from mailflow.letters.after import AFTER_NEEDS, AfterData, after_words
from mailflow.letters.cautions import in_words as cautions_in_words
from mailflow.letters.digest import Digest, digest_words
from mailflow.letters.links import Link
from mailflow.letters.mailto import mailto
from mailflow.letters.masking import masked
from mailflow.letters.reasons import BY_BANK, in_words
from mailflow.letters.wording import LABELS_EN, Both, day, days_left, moment, one_line, paragraphs
from mailflow.mail.tags import confirm_subject, recipient_tag
from mailflow.person import LABELS, Change, Field, Registration
from mailflow.person.fields import REMEDIES
from mailflow.slips import Slip
from mailflow.workflow import Letter

# Questions that the answer letter answers, in its order.
TOPICS = ("asked_fee", "asked_deadline", "asked_proof", "asked_change")
CONFIRM_BODY = "我已確認資料無誤"
# The letters that tell what personal data are collected for, in the version of the campaign.
CARRIES_NOTICE = (Letter.REGISTRATION_FORM, Letter.FORM_RECEIPT, Letter.DATA_CONFIRMATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, for those who ask. `step` is what is waited for: the `button`, the
    office's own `slip`, the `payment`, or nothing (`done`). Days are in Asia/Taipei."""

    step: Literal["button", "slip", "payment", "done"]
    as_of: datetime
    proofs_on: tuple[date, ...] = ()  # days on which proofs came that were read
    accepted_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterData:
    """Everything a template may use; what a letter does not need stays at its default.

    `token` is the confirm token for the button. `changes` are old and new values side by side.
    `reasons` are codes that the proof letters put into words. `missing` are fields that a
    registration by mail lacks, `invalid` those with a value that can't be used; `misfit` says why
    exam and subjects are no way to register (`NoFee`), `exam` names the exam as it was read.
    `standing` is for the status letter. `note` is a sentence written by staff. `after` is what the
    letters after the exam tell. `slip_pdf` is the paper that came with the slip from elsewhere.
    `in_reply_to` and `references` are Message-IDs. `pay_until` is a deadline of this case alone.
    `leaves_on` is the day from which a reminder counts what is left, in Asia/Taipei. `is_again`:
    the same was said before. `digest` is what staff are told. `edit_link` is where the student
    edits the answer to the form, '' where nobody knows.
    """

    case: str
    registration: Registration | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    slip: Slip | None = None
    slip_pdf: bytes = field(default=b"", repr=False)
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    standing: Standing | None = None
    invalid: tuple[str, ...] = ()
    misfit: str = ""
    exam: str = ""
    note: str = field(default="", repr=False)
    after: AfterData | None = field(default=None, repr=False)
    reply_tag: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    pay_until: datetime | None = None
    leaves_on: date | None = None
    is_again: bool = False
    digest: Digest | None = None
    edit_link: str = field(default="", repr=False)

    @property
    def goes_back(self) -> bool:
        """Is this a form to be filled in again?"""
        return bool(self.missing or self.invalid or self.misfit)


# What a letter can't do without. Those of `_BUTTON_OR_SLIP` have a token (asked) or a slip
# (billed).
_BUTTON_OR_SLIP = (Letter.REMINDER, Letter.REINSTATED)
NEEDS: Mapping[Letter, tuple[str, ...]] = {
    Letter.REGISTRATION_FORM: (),
    Letter.FORM_RECEIPT: ("case", "registration"),
    Letter.RETAKE_PART: ("case", "registration"),
    Letter.DATA_CONFIRMATION: ("case", "registration", "token"),
    Letter.DATA_CHANGED: ("case", "registration", "token", "changes"),
    Letter.PRESS_BUTTON: ("case", "registration", "token"),
    Letter.PAYMENT_SLIP: ("case", "registration", "slip"),
    Letter.PROOF_ACCEPTED: ("case", "registration"),
    Letter.PROOF_UNCLEAR: ("case", "registration", "slip", "reasons"),
    Letter.REMINDER: ("case", "registration", "leaves_on"),
    Letter.ABANDONED: ("case", "registration"),
    Letter.REINSTATED: ("case", "registration"),
    Letter.WITHDRAWN: ("case", "registration"),
    Letter.STAFF_NOTE: ("case", "note"),
    Letter.STATUS: ("case", "registration", "standing"),
    Letter.ANSWER: ("case", "registration", "reasons"),
    **{letter: ("case", "registration", "after") for letter in AFTER_NEEDS},
    Letter.STAFF_DIGEST: ("digest",),
}


_SHOWS_ALL_DATA = (Letter.DATA_CONFIRMATION, Letter.DATA_CHANGED)
_CORRECT_BODY = "資料有誤，更正如下："


class LetterError(ValueError):
    """This letter can't be written with these data; names what is missing, never a value."""


class DataRow(NamedTuple):
    """One registered field as the tables show it."""

    zh: str
    en: str
    value: str


class ChangeRow(NamedTuple):
    """One changed field; an empty old or new value shows as a dash."""

    zh: str
    en: str
    old: str
    new: str


class SlipWords(NamedTuple):
    """A slip as text."""

    amount: str
    bank: str
    account: str
    due: Both


class StandingWords(NamedTuple):
    """A standing as text; `accepted` is None while no proof was accepted."""

    step: str
    as_of: Both
    proofs: tuple[Both, ...]
    accepted: Both | None


class ExamWords(NamedTuple):
    """An exam of the form; `choose` is the rule where there is something to choose."""

    name: str
    subjects: tuple[str, ...]
    choose: str


class RewardWords(NamedTuple):
    """The reward for certificates as text; `each` and `ranks` are NT$."""

    semester: str
    got_from: Both
    got_until: Both
    upload_until: Both
    published: Both
    each: str
    ranks: tuple[str, ...]
    languages: bool


def words_of(
    letter: Letter, data: LetterData, *, campaign: Campaign, mailbox: str, notice: str
) -> dict[str, object]:
    """All words for one letter; `notice` is the personal data notice.

    Raises LetterError when it lacks what the letter needs.
    """
    if missing := _lacks(letter, data):
        raise LetterError(f"{letter.value} needs {', '.join(missing)}")
    campaign = campaign.with_deadline(data.pay_until)
    words = _campaign_words(campaign, mailbox) | {"case": one_line(data.case)}
    words["added"] = campaign.texts.get(letter)
    if letter in CARRIES_NOTICE:
        words["privacy"] = notice
    if letter is Letter.STAFF_DIGEST and data.digest:
        return words | {"case": ""} | digest_words(data.digest)
    if letter is Letter.REGISTRATION_FORM:  # goes to strangers: nothing of the sender's text
        return words | _form_words(data, campaign, mailbox)
    words["paper"] = comes_with_paper(data, campaign)
    words["is_again"] = data.is_again
    if data.leaves_on:
        words["left"] = days_left(campaign.pay_until, leaves_on=data.leaves_on)
    if letter is Letter.ANSWER:
        words["asked"] = tuple(topic for topic in TOPICS if topic in data.reasons)
        words["fee"] = _fee(data, campaign)
        data = replace(data, reasons=())
    if letter in _SHOWS_ALL_DATA and data.reply_tag:
        words["correct"] = correction_link(mailbox, data.case, reply_tag=data.reply_tag)
    if letter in _SHOWS_ALL_DATA and data.edit_link:
        words["edit_form"] = data.edit_link
    return words | _case_words(data, campaign, mailbox)


def _lacks(letter: Letter, data: LetterData) -> list[str]:
    """What this letter needs and has not got."""
    missing = [name for name in NEEDS[letter] if not getattr(data, name)]
    if letter in _BUTTON_OR_SLIP and not (data.token or data.slip):
        missing.append("token or slip")
    if (
        letter is Letter.STATUS
        and data.standing
        and data.standing.step == "payment"
        and not data.slip
    ):
        missing.append("slip")
    return missing + (data.after.lacks(letter) if data.after else [])


def comes_with_paper(data: LetterData, campaign: Campaign) -> bool:
    """Whether the slip goes out as a PDF too: one came with it, or there is more to show than the
    letter says (barcodes), or it is of the office's own bank."""
    if data.slip is None:
        return False
    bank = campaign.slip.bank
    is_own = bank is not None and data.slip.bank_code == bank.code
    return bool(data.slip_pdf or data.slip.barcodes) or is_own


def _campaign_words(campaign: Campaign, mailbox: str) -> dict[str, object]:
    return {
        "campaign": campaign.title,
        "campaign_id": campaign.id,
        "office": campaign.office,
        "phone": campaign.phone,
        "mailbox": mailbox,
        "links": campaign.links,
        "register_until": moment(campaign.register_until),
        "pay_until": moment(campaign.pay_until),
        "promise_days": campaign.promise_working_days,
        "paid_after_days": campaign.refund.paid_after_days,
        "certificate_price": campaign.certificates.price_again,
        "group_code": campaign.group_code,
        "is_masked": not campaign.show_personal_numbers,
        "is_subsidised": campaign.fees.share_percent < 100,
        "pays_back": campaign.refund.invite_after is not None,
        "reward": _reward(campaign.reward) if campaign.reward else None,
    }


def _reward(reward: Reward) -> RewardWords:
    return RewardWords(
        one_line(reward.semester),
        day(reward.got_from),
        day(reward.got_until),
        moment(reward.upload_until),
        day(reward.published_on),
        f"{reward.per_certificate:,}",
        tuple(f"{amount:,}" for amount in reward.ranks),
        reward.with_languages,
    )


def _form_words(data: LetterData, campaign: Campaign, mailbox: str) -> dict[str, object]:
    return {
        "form": form_link(campaign, mailbox),
        "fields": tuple(DataRow(LABELS[name], LABELS_EN[name], "") for name in Field),
        "missing": _named(data.missing),
        "invalid": _named(data.invalid),
        "misfit": _misfit(data, campaign),
        "exams": tuple(_exam(exam) for exam in campaign.exams),
        "exam_areas": campaign.exam_areas,
    }


def _named(fields: tuple[str, ...]) -> tuple[DataRow, ...]:
    """Labels, and what to write: never what a stranger wrote."""
    return tuple(
        DataRow(LABELS[name], LABELS_EN[name], REMEDIES[name]) for name in Field if name in fields
    )


def _misfit(data: LetterData, campaign: Campaign) -> Both | None:
    """What is possible instead, in the campaign's own words."""
    exam = campaign.exam(data.exam)
    if not data.misfit:
        return None
    if exam is None:
        return _NO_SUCH_EXAM
    words = _exam(exam)
    ways = words.choose or f"{'＋'.join(words.subjects)}（全部）"
    return Both(
        f"「{words.name}」可以報名的科目：{ways}；補考單科請只填要補考的那一科。",
        f"“{words.name}” can be taken with these subjects: {ways}. For a single-subject retake "
        "name only the subject to be retaken.",
    )


_NO_SUCH_EXAM = Both(
    "這一梯次沒有您填寫的鑑定項目；可報名的項目與科目請看下面的「鑑定項目與科目」。",
    "The exam you named is not offered in this round; see the list of exams and subjects above.",
)


def _exam(exam: Exam) -> ExamWords:
    offered = tuple(subject.name for subject in exam.subjects if subject.offered)
    ways = ("＋".join(subject.name for subject in way) for way in exam.ways())
    choose = "；或 ".join(ways) if len(exam.ways()) > 1 else ""
    return ExamWords(exam.name, offered, choose and f"選 {choose}")


def _case_words(data: LetterData, campaign: Campaign, mailbox: str) -> dict[str, object]:
    words: dict[str, object] = {"by_bank": bool(BY_BANK & set(data.reasons))}
    if data.registration:
        values = {name: one_line(data.registration[name]) for name in Field}
        shown = {name: _shown(name, value, campaign) for name, value in values.items()}
        words["name"] = values[Field.NAME_ZH] or values[Field.NAME_EN]
        words["name_en"] = values[Field.NAME_EN] or values[Field.NAME_ZH]
        words["exam"] = values[Field.EXAM]
        words["subjects"] = values[Field.SUBJECTS]
        words["exam_area"] = values[Field.EXAM_AREA]
        words["courses"] = tuple(
            (course.name, *(part for part in (course.unit, *course.numbers, course.time) if part))
            for course in campaign.courses_for(values[Field.EXAM])
        )
        words["rows"] = tuple(
            DataRow(LABELS[name], LABELS_EN[name], shown[name] or "—")
            for name in data.registration.filled()
        )
        words["cautions"] = cautions_in_words(data.registration)
    if data.token:
        words["confirm"] = confirm_link(mailbox, data.case, token=data.token)
    if data.changes:
        words["changes"] = tuple(_change(change, campaign) for change in data.changes)
    if data.slip:
        words["slip"] = _slip(data.slip)
    if data.reasons:
        words["reasons"] = in_words(data.reasons, owed=f"{data.slip.amount:,}" if data.slip else "")
    if data.standing:
        words["standing"] = _standing(data.standing)
    if data.note:
        words["note"] = paragraphs(data.note)
    if data.after:
        words |= after_words(data.after, mailbox=mailbox, case=data.case)
    return words


def _fee(data: LetterData, campaign: Campaign) -> str:
    """What the case owes, by its slip or by the price list; "" where only a person can tell."""
    if data.slip:
        return f"{data.slip.amount:,}"
    if not data.registration:
        return ""
    subjects, retake = data.registration[Field.SUBJECTS], data.registration[Field.RETAKE] == "是"
    amount = campaign.fee(data.registration[Field.EXAM], subjects, retake=retake)
    return f"{amount:,}" if amount else ""


def form_link(campaign: Campaign, mailbox: str) -> Link:
    """What opens a mail with the empty fields of the registration form."""
    subject = f"報名 iPAS {campaign.id}"
    lines = [f"{label}：" for label in LABELS.values()]
    href = mailto(mailbox, subject=subject, body=lines)
    return Link(href, mailbox, subject, "\n".join(lines))


def confirm_link(mailbox: str, case: str, *, token: str) -> Link:
    """What the button opens: token in the recipient tag and in the subject, nowhere else."""
    to = recipient_tag(mailbox, "c", token)
    subject = confirm_subject(case, token)
    return Link(mailto(to, subject=subject, body=[CONFIRM_BODY]), to, subject, CONFIRM_BODY)


def correction_link(mailbox: str, case: str, *, reply_tag: str) -> Link:
    """What opens a mail in which the student writes what is wrong, a field on each line. It counts
    as a reply does, and carries none of the data."""
    to, subject = recipient_tag(mailbox, "r", reply_tag), f"更正報名資料 [{case}]"
    href = mailto(to, subject=subject, body=[_CORRECT_BODY, ""])
    return Link(href, to, subject, _CORRECT_BODY)


def _shown(field: Field, value: str, campaign: Campaign, *, beside: str = "") -> str:
    return value if campaign.show_personal_numbers else masked(field, value, beside=beside)


def _change(change: Change, campaign: Campaign) -> ChangeRow:
    was, becomes = one_line(change.old or ""), one_line(change.new or "")
    old = _shown(change.field, was, campaign, beside=becomes)
    new = _shown(change.field, becomes, campaign, beside=was)
    return ChangeRow(LABELS[change.field], LABELS_EN[change.field], old or "—", new or "—")


def _standing(standing: Standing) -> StandingWords:
    accepted = standing.accepted_on
    return StandingWords(
        step=standing.step,
        as_of=moment(standing.as_of),
        proofs=tuple(day(on) for on in standing.proofs_on),
        accepted=day(accepted) if accepted else None,
    )


def _slip(slip: Slip) -> SlipWords:
    return SlipWords(
        f"{slip.amount:,}", one_line(slip.bank), one_line(slip.account), day(slip.due_on)
    )
