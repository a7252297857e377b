"""How values read in a letter: clean text, dates, and words for codes, Chinese and English."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from mailflow.campaign.round import TAIPEI
from mailflow.person import Field

LABELS_EN: Mapping[Field, str] = {
    Field.NAME_ZH: "Chinese name",
    Field.NAME_EN: "English name",
    Field.NATIONAL_ID: "ID / ARC number",
    Field.BIRTH_DATE: "Date of birth",
    Field.SEX: "Sex",
    Field.STUDENT_NO: "Student number",
    Field.DEPARTMENT: "Department",
    Field.PHONE: "Mobile phone",
    Field.EMAIL: "E-mail address",
    Field.ADDRESS: "Postal address",
    Field.EXAM: "Exam",
    Field.SUBJECTS: "Subjects",
    Field.EXAM_AREA: "Exam area",
    Field.RETAKE: "Single-subject retake",
}

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_WEEKDAYS = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Both(NamedTuple):
    """The same thing said in both languages."""

    zh: str
    en: str


def one_line(text: str) -> str:
    """The visible characters of a value: no control, direction or zero-width characters.

    Private-use characters stay: rare characters in Taiwanese names live there.
    """
    visible = (
        " " if char in _BREAKS else char
        for char in text
        if char in _BREAKS or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join("".join(visible).split())


def paragraphs(text: str) -> str:
    """Like `one_line`, but line breaks stay."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def day(on: date) -> Both:
    """A date with its weekday: strftime would follow the machine's language."""
    return Both(
        f"{on.year} 年 {on.month} 月 {on.day} 日（星期{_WEEKDAYS[on.weekday()]}）",
        f"{_DAYS_EN[on.weekday()]}, {on.day} {_MONTHS_EN[on.month - 1]} {on.year}",
    )


def moment(at: datetime) -> Both:
    """A date with the time of day in Taipei."""
    local = at.astimezone(TAIPEI)
    words = day(local.date())
    return Both(f"{words.zh} {local:%H:%M}", f"{words.en}, {local:%H:%M} (Taipei)")


_UNREADABLE = Both(
    "圖檔中的文字無法清楚辨識（例如模糊、反光、過小或被裁切）。",
    "The text in the picture could not be read clearly (blurred, glare, too small or cut off).",
)
_NOTHING = Both(
    "信件中沒有找到可作為繳費證明的圖檔或 PDF。",
    "We found no picture or PDF in your mail that could serve as proof of payment.",
)
_AMOUNT = Both(
    "證明上的金額與您的繳費單金額不同，或沒有顯示金額。",
    "The amount shown differs from the amount on your slip, or no amount is shown.",
)
_ACCOUNT = Both(
    "證明上的轉入帳號與您的繳費單帳號不同，或沒有顯示帳號。",
    "The payee account shown differs from the account on your slip, or none is shown.",
)
_STATUS = Both(
    "畫面沒有顯示交易已經完成（例如仍在輸入、確認或預約的步驟）。",
    "The picture does not show a completed payment (for example, it shows an entry, "
    "a confirmation or a scheduled transfer).",
)
_FAILED = Both(
    "畫面顯示這筆交易沒有成功或已經取消。",
    "The picture shows that the transaction failed or was cancelled.",
)
_DATE = Both(
    "證明上沒有顯示交易日期，或日期不在繳費期間內。",
    "The date of payment is missing or lies outside the payment period.",
)
_SLIP = Both(
    "這是繳費單本身，不是繳費之後的證明。",
    "This is the payment slip itself, not a proof made after paying.",
)
_SEEN = Both(
    "這份證明先前已經收過，請提供本次繳費的證明。",
    "We have already received this proof; please send the one for this payment.",
)
_OTHER = Both(
    "我們還不能由這份檔案確認您的繳費。",
    "We cannot yet confirm your payment from this file.",
)

# Read from top to bottom: the first stem that the code contains decides.
_STEMS: tuple[tuple[tuple[str, ...], Both], ...] = (
    (("no_attachment", "no_picture", "no_image", "no_proof", "nothing"), _NOTHING),
    (("duplicate", "reused", "seen", "already"), _SEEN),
    (("fail", "void", "cancel", "refund", "revers"), _FAILED),
    (("not_yet", "status", "unpaid", "not_paid", "scheduled", "pending", "preview"), _STATUS),
    (("amount",), _AMOUNT),
    (("account", "payee", "bank"), _ACCOUNT),
    (("date", "time", "period", "late", "early", "future"), _DATE),
    (("slip",), _SLIP),
    (("unread", "blur", "dark", "small", "ocr", "cut", "crop", "quality", "glare"), _UNREADABLE),
)


def reasons(codes: Iterable[str]) -> tuple[Both, ...]:
    """Each reason once, in words a student can act on; an unknown code gets a general sentence."""
    said = dict.fromkeys(_reason(code) for code in codes)
    if len(said) > 1:
        said.pop(_OTHER, None)
    return tuple(said) or (_OTHER,)


def _reason(code: str) -> Both:
    return next(
        (words for stems, words in _STEMS if any(stem in code.lower() for stem in stems)), _OTHER
    )
