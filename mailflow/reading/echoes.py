"""What only says again, in parts, what a correction has said: 「最後一碼是4」 beside the whole new
number, 「是Y不是I」, 「我是92年次」. A part that does not fit the values stays unread.
"""

import re
from collections.abc import Iterable

from mailflow.person import Change, Field
from mailflow.person.places import DEPARTMENTS
from mailflow.reading.words import Words, fold

_PART = r"[a-z0-9]{1,4}"
_TAIL = re.compile(
    rf"(?:最後|末|尾|後)(?:面)?(?:的)?(?:[一二兩三四1-4])?(?:個)?(?:碼|位|字|字母|數字)?"
    rf"(?:打錯|寫錯|填錯|錯)?了?,?(?P<not>不是|寫成|打成|填成)?(?:應該?)?(?:是|為)?"
    rf"(?P<part>{_PART})(?![a-z0-9])"
)
_LOST = re.compile(
    rf"(?:少|多|漏)(?:打|寫|填|key|按)?(?:了)?(?:一|1|兩|2)?(?:個|碼)?(?:英文)?(?:字母|數字)? ?"
    rf"(?P<part>{_PART})(?![a-z0-9])"
)
_AT_THE_END = re.compile(
    r"with (?:an? |two |double )?(?P<part>[a-z])(?:'?s)? (?:at the end|in the end|in it|"
    r"in the middle)"
)
_RATHER = re.compile(rf"(?<![a-z0-9])(?P<new>{_PART})(?:,)?(?:而)?不是(?P<old>{_PART})(?![a-z0-9])")
_NAME_PART = re.compile(
    r"(?<![a-z])(?P<new>[a-z]{2,20}),? ?(?:,而)?(?:不是|not |"
    r"instead of )(?P<old>[a-z]{2,20})(?![a-z])"
)
_HYPHENS = ("連字號", "橫線", "橫槓", "一槓")
_GAP_OF_NAME = re.compile(
    r"(?:中間)?(?:應該|是|要)*(?P<new>空格|空白|連字號|橫線|橫槓|一槓),?(?:而)?不是"
    r"(?:空格|空白|連字號|橫線|橫槓|一槓|逗號)"
)
_NAME_WORD = re.compile(r"(?<![a-z])[a-z]{2,20}(?![a-z])")
_NOT_BUT = re.compile(rf"不是(?P<old>{_PART})(?:,)?(?:而)?是(?P<new>{_PART})(?![a-z0-9])")
_DAY = re.compile(r"(?P<m>[0-9]{1,2}) ?(?:月|[/.]) ?(?P<d>[0-9]{1,2})(?![0-9/.]) ?[日號]?")
_DENIED = re.compile(
    r"(?:[植寫打填選登](?:錯)?成|[植寫打填選登]為|不是|而非|並非|原|舊|from|not)[^,。]{0,4}$"
)
_NOT_IN = re.compile(
    r"(?:不是|[寫打填選植登](?:錯)?成(?:了)?)(?:民國)?(?P<year>[0-9]{2,4})年?(?:了)?(?![0-9])"
)
_BORN = re.compile(r"(?:民國)?(?P<year>[0-9]{2,4})年(?:次|生|出生)(?:的)?")
# 「63跟36寫反了」, 「i跟e對調了」
_SWAPPED = re.compile(
    rf"(?<![a-z0-9])(?P<one>{_PART})(?: ?(?:跟|和|與|、|and) ?)(?P<two>{_PART})(?![a-z0-9]) ?"
    rf"(?:位置|順序)?"
    r"(?:我)?(?:[打寫填放按弄]?(?:反|顛倒|對調|相反)|(?:are|were|got) (?:swapped|reversed|"
    r"switched))(?:了)?"
)
# "I pressed 3 instead of 8"
_INSTEAD = re.compile(
    rf"(?:pressed|typed|wrote|put|entered|hit|chose) (?P<old>{_PART}) instead of (?P<new>{_PART})"
    r"(?![a-z0-9])"
)
_ONLY_DAY = re.compile(
    r"(?P<not>不是|而?非|(?:[寫打填選植看按]|誤植)(?:錯)?成(?:了)?) ?"
    r"(?P<d>[0-9]{1,2})(?![0-9]) ?[日號]?(?:了)?"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_DAY = re.compile(
    rf"(?P<not>not |instead of )(?:the )?(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? "
    rf"(?P<m>{'|'.join(_MONTHS)})[a-z]*|(?P<mm>{'|'.join(_MONTHS)})[a-z]* (?P<dd>[0-9]{{1,2}})"
    r"(?:st|nd|rd|th)?)(?![a-z0-9])"
)
_GAPS = re.compile(r"[^a-z0-9]")


def cover_echoes(words: Words, changes: Iterable[Change]) -> None:
    """Mark as understood the parts that agree with a new value and its old one."""
    for change in changes:
        if change.new is None:
            continue
        new, old = (_GAPS.sub("", fold(value or "")) for value in (change.new, change.old))
        _cover_parts(words, new, old)
        for pattern in (_RATHER, _NOT_BUT, _NAME_PART):
            for found in pattern.finditer(words.folded):
                if found["new"] in new and found["old"] in old:
                    words.cover(*found.span())
        if change.field in (Field.DEPARTMENT, Field.EXAM_AREA):
            _cover_old_name(words, change.old or "")
        if change.field is Field.NAME_EN:
            _cover_name_words(words, fold(change.new))
        if change.field is Field.BIRTH_DATE:
            _cover_year(words, change.new)
            _cover_days(words, (change.new, change.old or ""))


def _cover_old_name(words: Words, old: str) -> None:
    """「不是機械」 beside the new department, 「不是臺中」 beside the new area."""
    for name in sorted((old, *DEPARTMENTS.get(old, ())), key=len, reverse=True):
        words.cover_all(re.compile(rf"不是{re.escape(fold(name))}(?:系|的|考區)?(?=$|[\s,。!])"))


def _cover_parts(words: Words, new: str, old: str) -> None:
    """「最後一碼是4」, 「少了一個 G」, "with an E at the end"."""
    for found in _TAIL.finditer(words.folded):
        if (old if found["not"] else new).endswith(found["part"]):
            words.cover(*found.span())
    for found in _SWAPPED.finditer(words.folded):
        if _swapped(found["one"], found["two"], new, old):
            words.cover(*found.span())
    for found in _INSTEAD.finditer(words.folded):
        if found["new"] in new and found["old"] in old:
            words.cover(*found.span())
    for found in (*_LOST.finditer(words.folded), *_AT_THE_END.finditer(words.folded)):
        if found["part"] in new or found["part"] in old:
            words.cover(*found.span())


def _swapped(one: str, two: str, new: str, old: str) -> bool:
    """Whether these two stand the other way round in the new value: parts, or single signs."""
    if len(one) == len(two) == 1:
        return (one + two in new and two + one in old) or (two + one in new and one + two in old)
    return (one in new and two in old) or (two in new and one in old)


def _cover_name_words(words: Words, name: str) -> None:
    """ "spelled LYNN" beside the whole LYNN, AN-NI."""
    parts = re.split("[ ,-]+", name)
    for found in _NAME_WORD.finditer(words.folded):
        if found[0] in parts:
            words.cover(*found.span())
    for found in _GAP_OF_NAME.finditer(words.folded):
        has = "-" if found["new"] in _HYPHENS else " "
        if has in name.partition(",")[2].strip():
            words.cover(*found.span())


def _cover_year(words: Words, born: str) -> None:
    for found in _BORN.finditer(words.folded):
        year = int(found["year"])
        if born.startswith(str(year + 1911 if year < 200 else year)):
            words.cover(*found.span())


def _cover_days(words: Words, dates: tuple[str, str]) -> None:
    """「誤植為3月8日」 and 「不是2004年」, where the old date has them."""
    for found in _DAY.finditer(words.folded):
        day = f"-{int(found['m']):02}-{int(found['d']):02}"
        denied = _DENIED.search(words.folded, max(0, found.start() - 10), found.start())
        if dates[0].endswith(day) or (denied and dates[1].endswith(day)):
            words.cover(*found.span())
    for found in _ONLY_DAY.finditer(words.folded):
        if dates[1].endswith(f"-{int(found['d']):02}"):
            words.cover(*found.span())
    for found in _ENGLISH_DAY.finditer(words.folded):
        month = _MONTHS.index(found["m"] or found["mm"]) + 1
        if dates[1].endswith(f"-{month:02}-{int(found['d'] or found['dd']):02}"):
            words.cover(*found.span())
    for found in _NOT_IN.finditer(words.folded):
        year = int(found["year"])
        if dates[1].startswith(str(year + 1911 if year < 200 else year)):
            words.cover(*found.span())
