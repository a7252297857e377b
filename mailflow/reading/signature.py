"""The block below a letter that tells who wrote it: own name, firm, post, numbers.

It asks for nothing, so a number in it is no new value. Only a firm's block is passed over: what
else stands there may be meant as a correction, and a person reads it.
"""

import re
from collections.abc import Mapping

from mailflow.person import Field
from mailflow.reading.frames import changes_nothing
from mailflow.reading.words import fold, plain_text

_LINES_AT_MOST = 6
_LINE_AT_MOST = 120
_FIRM = (
    r"[\w&.\- ]{1,30}?"
    r"(?:公司|事務所|銀行|醫院|基金會|研究院|法人|inc\.?|corp(?:oration|\.)?|ltd\.?)"
)
_UNIT = r"[a-z0-9\u3400-\u9fff]{1,12}(?:部門?|處|組|課|中心|室|廠|科|事業群|分行|分公司)"
_POST = (
    r"(?:副|資深|高級|助理|首席|主任|專案|研發|製程|軟體|設備|品保|行政|業務){0,2}"
    r"(?:經理|協理|副理|襄理|工程師|專員|主任|課長|組長|處長|廠長|技術員|技師|助理|研究員|總監|"
    r"管理師|業務|會計|顧問|設計師|店長|manager|engineer|specialist|assistant|technician)"
)
_NUMBER = r"[0-9()+#\- ]{6,24}(?:(?:#|ext\.?|分機) ?[0-9]{1,6})?"
_MAIL = r"[\w.+-]{1,40}@[\w.-]{3,40}"
_LABELLED = (
    rf"(?:(?:tel|mobile|cell|fax|m|t|f|公司電話|傳真|公司)[.:： ]{{1,3}}{_NUMBER}|"
    rf"(?:ext|分機)[.:： ]{{0,3}}[0-9]{{1,6}}|(?:e|e-?mail)[.:： ]{{1,3}}{_MAIL}|"
    rf"www\.[\w./-]{{3,40}})"
)
_STUDENTS = r"[\w]{1,12}(?:系|所|學程|班)(?: ?[大碩博][一二三四])?|[大碩博][一二三四]"
_AT_HOME = (
    r"(?:手機|電話|行動電話|聯絡電話|學號)[.:： ]{0,3}[0-9()+\- ]{6,20}|"
    r"(?:通訊處|地址|通訊地址|住址)[.:： ]{1,3}[^,。!?;\n]{4,50}"
)
_GAP = r"[\s|,、/·・]{1,4}"
_ITEM = rf"(?:{_LABELLED}|{_FIRM}|{_UNIT}|{_POST})"
_FIRM_LINE = re.compile(rf"{_ITEM}(?:{_GAP}{_ITEM}){{0,4}}")
_HOME_ITEM = rf"(?:{_ITEM}|{_STUDENTS}|{_AT_HOME})"
_HOME_LINE = re.compile(rf"{_HOME_ITEM}(?:{_GAP}{_HOME_ITEM}){{0,4}}")
_HARMLESS = re.compile(rf"{_LABELLED}|[^\w\s]|銀行|主任")
_NAMES_FIRM = re.compile(_FIRM)


def find_signature(text: str, values: Mapping[Field, str]) -> tuple[int | None, bool]:
    """Where the block begins in the text, None without one; and whether it is a firm's.

    It begins with the own name on a line of its own, below an empty line, and goes to the end.
    """
    lines = text.rstrip().splitlines(keepends=True)
    names = (values.get(name, "") for name in (Field.NAME_ZH, Field.NAME_EN))
    own = {fold(plain_text(name)) for name in names} - {""}
    for at in range(len(lines) - 1, max(0, len(lines) - _LINES_AT_MOST - 2), -1):
        if fold(plain_text(lines[at])).strip() in own and not lines[at - 1].strip(" -\r\n"):
            below = [fold(plain_text(line)).strip() for line in lines[at + 1 :]]
            return _judged([line for line in below if line], len("".join(lines[:at])))
    return None, False


def _judged(below: list[str], start: int) -> tuple[int | None, bool]:
    short = all(len(line) <= _LINE_AT_MOST for line in below)
    if not below or not short or not all(map(_HOME_LINE.fullmatch, below)):
        return None, False
    firm = any(map(_NAMES_FIRM.search, below)) and all(
        _FIRM_LINE.fullmatch(line) and changes_nothing(_HARMLESS.sub(" ", line)) for line in below
    )
    return start, firm
