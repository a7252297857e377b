"""Which of the values in a text is the old one: by what stands before, behind and between."""

import re
from itertools import pairwise

from mailflow.person import Field
from mailflow.reading.values import Candidate
from mailflow.reading.words import Words

_OLD_BEFORE = re.compile(
    r"(?:不是|而非|並非|(?<!除)非|不要(?:用|打|留|寫|填)?|[別勿](?:再)?[用打寫填]|你們那?(?:邊|"
    r"裡)?(?:是|寫|打)?(?:的)?|(?:^|[\n,;])[錯誤]|卻(?:是|寫|打|變)?成?|現(?:在)?登記(?:的)?"
    r"(?:是|為)?|不該是|原(?:本|來|先)?(?:的|是|為|填|"
    r"寫|登記|資料|在)*|"
    r"舊(?:的)?(?:號碼|地址|資料)?(?:是|為)?"
    r"|(?<!改)(?<!更)(?<!要)(?<!護照上)(?<!證上)(?<!證件上)(?:誤植|打|寫|填|選|key|輸入|拼|植|登記|弄|顯示|變)(?:成|為|的是|"
    r"錯成)了?|怎麼(?:會)?(?:變|寫|是)(?:成|為)?了?|寫(?=[「『])|錯(?:的|寫|打|誤|植)?(?:成|是|"
    r"為)了?"
    r"|(?:以前|之前|先前|本來|一開始|當初)(?:的|是|為|填|寫|用|登記|報|選)*|(?<!護照)(?<!證)"
    r"(?<!證上)顯示(?:的?是|為|成)?"
    r"|被(?:改|填|寫|選|誤植|登記|打|印)(?:成|為)"
    r"|(?:^|\n)[- ]{0,3}[x×✕✗✘❌]|從|由|把|將|instead of|(?<!do )not(?: in| at)?|from|wrote|"
    r"typed(?: as)?|"
    r"was)[ :「『\"(]{0,3}$"
)
_OLD_AFTER = re.compile(
    r"[ \u3000]{0,3}[x×✕✗✘❌](?![a-z0-9])|"
    r"[ 」』\")(]{0,3}(?:(?:是|打|寫|填|拼|key|輸入)?錯|不對|有誤|不正確|是舊|不是我|那個不|"
    r"這個不|已經?(?:停用|停話|失效|不再?使?用)|停用|"
    r"(?:(?:is|was) )?(?:wrong|incorrect|old)(?![a-z]))"
)
_CROSS_AFTER = re.compile(r"[ \u3000]{0,3}[x×✕✗✘❌](?![a-z0-9])")
_CROSS_BEFORE = re.compile(r"(?:^|\n)[- ]{0,3}[x×✕✗✘❌][ \u3000:]{0,3}$")
_BECOMES = re.compile(r"→|->|=>|⇒|➡|>|改|更正|換|修正|修改|變更|變成|應該?(?:是|為)|\bto\b|should")
_LEADS = re.compile(
    r"[ ,」』\")]{0,3}(?:→|->|=>|⇒|➡|>|(?:應該?|要|請|麻煩|幫我|需要?)*(?:更?[改換]|更正|修正|"
    r"修改|變更)?(?:成|為|是)|"
    r"(?:should be|to))[ :「『\"(]{0,3}"
)
_EITHER = re.compile(r"或|\bor\b|還是|/")
_BY_PAPER = re.compile(
    r"(?:護照|身分證|身份證|居留證|學生證|證件|passport|id card)[^,。\n]{0,8}(?:是|寫|為|:|"
    r"is|says)[ :「]{0,2}$"
)
_I_AM = re.compile(r"(?<!如果)(?<!以為)我(?:還|才|就|現在)?是[ :「]{0,2}$")


def is_another(old: Candidate, registered: str | None) -> bool:
    """Is the value that is called the old one another than the registered one?"""
    if not registered or not old.value or old.value in registered:
        return False
    return old.value != registered and (old.field is not Field.NAME_EN or "," in old.value)


def whole_names(stated: list[Candidate]) -> list[Candidate]:
    """Without single names beside a whole one: 「是LIM不是LIN，LIM, AN-NI」."""
    whole = [c.value for c in stated if c.field is Field.NAME_EN and c.value and "," in c.value]
    return [c for c in stated if not whole or c.value in whole or c.field is not Field.NAME_EN]


def vouched_for(candidate: Candidate, folded: str) -> bool:
    """「…，護照是LIN, AN-NI」, 「…打錯，我是資工系」: the registered value, behind the new one."""
    before = folded[max(0, candidate.start - 20) : candidate.start]
    return bool(_BY_PAPER.search(before) or _I_AM.search(before))


def is_crossed_out(candidate: Candidate, folded: str) -> bool:
    """「A177… X, A178… O」, 「X A177…」: marked as wrong by a cross."""
    before = folded[max(0, candidate.start - 4) : candidate.start]
    return bool(_CROSS_AFTER.match(folded, candidate.end) or _CROSS_BEFORE.search(before))


def is_old(candidate: Candidate, following: list[Candidate], folded: str) -> bool:
    """Is it called wrong or former, or does something lead from it to the value that follows?"""
    before = folded[max(0, candidate.start - 14) : candidate.start]
    after = folded[candidate.end : candidate.end + 14]
    if _OLD_BEFORE.search(before) or _OLD_AFTER.match(after):
        return True
    if not following or following[0].value == candidate.value:
        return False
    between = folded[candidate.end : following[0].start]
    if len(between) > 20 or _OLD_BEFORE.search(between):
        return False
    return bool(_BECOMES.search(between))


def cover_denial(candidate: Candidate, words: Words) -> None:
    """The words that make a value the old one: 不是 …, … 打錯."""
    before_from = max(0, candidate.start - 14)
    if before := _OLD_BEFORE.search(words.folded[before_from : candidate.start]):
        words.cover(before_from + before.start(), candidate.start)
    if after := _OLD_AFTER.match(words.folded, candidate.end):
        words.cover(*after.span())


def cover_between(stated: list[Candidate], words: Words) -> None:
    """What leads from the old value to the new one: 「A 應該是 B」."""
    for one, other in pairwise(stated):
        if _LEADS.fullmatch(words.folded, one.end, other.start):
            words.cover(one.end, other.start)


def only_given(field: Field, candidate: Candidate, registered: str | None) -> bool:
    """A single word where surname and given name are registered: which of the two is it?"""
    return (
        field is Field.NAME_EN and "," in (registered or "") and "," not in (candidate.value or "")
    )


def either_or(stated: list[Candidate], words: Words, doubts: list[str]) -> None:
    """Note a doubt where two values are given for the choice of the office."""
    for one, other in pairwise(stated):
        between = words.folded[one.end : other.start]
        if len(between) < 8 and _EITHER.search(between):
            doubts.append("ambiguous_value")
