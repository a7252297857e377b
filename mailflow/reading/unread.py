"""The rest of words that nobody understood, and how much of it may be passed over."""

import re

from mailflow.person import Field
from mailflow.reading.courtesy import cover_courtesy
from mailflow.reading.echoes import cover_echoes
from mailflow.reading.evidence import Evidence
from mailflow.reading.families import (
    AGREES,
    COMPARED,
    POINTED,
    PORTAL_FAILED,
    PROMISED,
    REST_RIGHT,
    SENT_PROOF,
    SHOWS_RECORD,
    SLIP_AGAIN,
    TOLD_ALONE,
    Family,
)
from mailflow.reading.frames import changes_nothing
from mailflow.reading.mentions import find_mentions
from mailflow.reading.own_names import cover_nickname, cover_own_names
from mailflow.reading.pressing import strange_signs
from mailflow.reading.result import Intent
from mailflow.reading.strangers import matters_alone, may_matter
from mailflow.reading.weighing import clauses, pieces_of, unread_pieces, weigh
from mailflow.reading.words import Words, fold

_FAMILY: dict[Intent, Family] = {
    Intent.CONFIRM: TOLD_ALONE,
    Intent.CORRECTION: REST_RIGHT,
    Intent.PAYMENT_RECEIPT: SENT_PROOF,
    Intent.CERTIFICATE_UPLOAD: PORTAL_FAILED,
    Intent.REFUND_APPLICATION: PORTAL_FAILED,
    Intent.RESEND_SLIP: SLIP_AGAIN,
    Intent.OTHER: PROMISED,
}
_PAPERS = (Intent.REFUND_APPLICATION, Intent.CERTIFICATE_UPLOAD)
_UNREAD_AT_MOST = 1  # a name has two characters or more: an unknown one is never passed over
# What may stay unread beside an errand that is understood, as long as it is no name, no number and
# stands beside no mark of something else: a correction goes back to be confirmed, papers are looked
# at by a person anyway, a proof must fit the slip, a plan is only noted.
_PASSED_OVER = {
    Intent.CORRECTION: 6,
    Intent.REFUND_APPLICATION: 60,
    Intent.CERTIFICATE_UPLOAD: 60,
    Intent.OTHER: 6,
    Intent.PAYMENT_RECEIPT: 3,
    Intent.RESEND_SLIP: 4,
}
_ARE_RIGHT = re.compile(
    r"(?:都|皆|均|也|全部?|是|通通|統統|全都|一切|完全)*(?:正確|無誤|沒錯|沒問題|最新的?|對的?|"
    r"ok)(?=$|[,。! 了喔])|"
    r"(?:我)?(?:都|皆|均|也|全部?|有|已經?|再次|仔細)*(?:(?:跟|和|與|對照|依照?|對著)(?:我的?)?"
    r"(?:證件|護照|身分證|居留證|學生證)(?:上的?)?)?(?:都|再次|仔細)*(?:看|核對|對|檢查|確認)"
    r"(?:過|完)了?(?=$|"
    r"[,。! 喔])"
)
_UNCHANGED = re.compile(
    r"(?:也|都|就|則|是|本身)*(?:沒有?變|不變|沒有?改|不用改|一樣|相同|維持(?:不變|原樣)|照舊|"
    r"沿用)(?:就好|即可|就可以|就行)?(?:了)?(?=$|"
    r"[,。!;\n ])"
)
# 「互動設計系 (Interaction Design)」
_GLOSS = re.compile(r"(?<=[系所班程]) ?\(([a-z &,-]{3,60})\)")
_BETWEEN = re.compile(r"[、,/ 和跟與及以的]{0,3}")
_CERTIFICATE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z][A-Z0-9+#-]{1,9}(?: [A-Z][A-Za-z0-9+#.]{0,15}){0,4}(?: [0-9]{2,6})?"
    r"(?![A-Za-z0-9])"
)
# "my AWS Cloud Practitioner certificate"
_TITLE = re.compile(
    r"(?<=\b[Mm]y )(?:[A-Z][A-Za-z0-9+#.-]{1,20} ){1,6}(?=(?:certificate|certification)s?\b)|"
    r"(?:\b[A-Z][A-Za-z0-9+#.-]{1,20} ?){1,6}(?=(?:的)?(?:證書|證照|認證|合格證))|"
    # 「本人為室內配線乙級」, 「我考的是多益金色證書」
    r"(?:(?:本人|我)(?:考的|拿的|考到的|拿到的)?(?:是|為|有)|這是我(?:暑假|寒假|今年|去年|"
    r"上個?月)?(?:考的?|拿的?|考到的?|拿到的?)?)"
    r"[\u3400-\u9fff]{2,8}?(?:[甲乙丙單]級|證書|證照|認證)|[金藍綠棕橘]色證書|"
    r"多益(?:[金藍綠棕橘]色)?(?:成績)?"
    r"(?:證書|單)?(?: ?[0-9]{3} ?分)?|[\u3400-\u9fff]{2,6}[甲乙丙單]級(?:技術士)?"
)
NO_SIGNS = re.compile("[✖✗✘❌❎🚫⛔👎🙅]")  # each is a no
_CONTRARY = frozenset("不沒未別勿非無但卻若如錯誤除仍反停")
_CONTRARY_ENGLISH = "not no but if except however wrong never only don didn isn wasn won cannot"
_CONTRARY_WORDS = frozenset(_CONTRARY_ENGLISH.split())

_RATHER_MATTERS, _SURELY_MATTERS = 0.5, 0.95
# Papers that a person looks at anyway: what is told of them is weighed less, but these are heard.
_PAPERS_MATTER = 0.8
_OF_PAPERS = re.compile(
    r"舊|以前|之前|先前|去年|剪角|名字|姓名|改名|代替|修|換|截角|破|影印店|印|錯|借|過世|匯"
)
_BREAK = re.compile(r"[,。;!?\n]")
_ASKS_FOR_IT = re.compile(r"[寄傳給][^,。]{0,8}嗎|繳[費款]單")
_DIGIT = re.compile("[0-9]")


def is_unread(it: Evidence, intent: Intent) -> bool:
    """Words that nobody has understood; contrary ones weigh at once."""
    cover_own_names(it)
    cover_courtesy(it.words, intent.value)
    _cover_families(it, intent)
    if intent is not Intent.CONFIRM:  # there a name that is not hers is a doubt
        cover_nickname(it.words)
    if intent is Intent.CORRECTION:
        cover_echoes(it.words, it.fixes.changes)
        _cover_fields(it.words, _UNCHANGED, {change.field for change in it.fixes.changes})
        for found in _GLOSS.finditer(it.words.folded):
            if changes_nothing(found[1]):
                it.words.cover(*found.span())
    elif intent is Intent.CONFIRM:
        _cover_fields(it.words, _ARE_RIGHT, {Field.RETAKE})
    elif intent is Intent.CERTIFICATE_UPLOAD:
        for found in (*_CERTIFICATE.finditer(it.words.plain), *_TITLE.finditer(it.words.plain)):
            it.words.cover(*found.span())
    rest = it.words.left_over()
    contrary = bool(NO_SIGNS.search(it.message.new_text)) or any(
        word in _CONTRARY or word in _CONTRARY_WORDS for word in rest
    )
    weight = sum(map(_weight, rest))
    if intent is Intent.CONFIRM:  # one letter is enough for a no: X, 否, 👎
        unread = bool(rest or strange_signs(it.message.new_text))
    else:
        unread = weight > _UNREAD_AT_MOST and (
            weight > _PASSED_OVER.get(intent, 0)
            or may_matter(it.words)
            or (intent is Intent.OTHER and not it.says("promises_payment", "tells_later"))
        )
        unread = unread or _rather_matters(it, intent)
        unread = unread or (intent in _PASSED_OVER and _surely_matters(it, intent))
    if intent is Intent.CORRECTION:
        unread = unread or _after_the_value(it)
    return bool(contrary or unread or matters_alone(it.words))


def _cover_families(it: Evidence, intent: Intent) -> None:
    if intent in _FAMILY:
        _FAMILY[intent].cover(it.words)
    if intent is Intent.CONFIRM and it.papers:
        COMPARED.cover(it.words)
        if AGREES.stands_in(it.words.folded):
            SHOWS_RECORD.cover(it.words)
    if intent is Intent.CORRECTION:
        POINTED.cover(it.words, until=it.fixes.begin or None)


def _rather_matters(it: Evidence, intent: Intent) -> bool:
    """Likelier than not, in a clause that does not name what is corrected anyway."""
    changed = {c.field for c in it.fixes.changes if c.new and intent is Intent.CORRECTION}
    papers = intent in _PAPERS
    limit = _PAPERS_MATTER if papers else _RATHER_MATTERS
    return any(
        (weigh(clause, intent.value).chance > limit or (papers and _OF_PAPERS.search(clause)))
        and changed.isdisjoint(mention.field for mention in find_mentions(clause))
        for clause in clauses(it.words.folded, unread_pieces(it.words))
    )


def _surely_matters(it: Evidence, intent: Intent) -> bool:
    """Though each of its words is understood: 「以表單為準」, 「電話也換了」 beside an address."""
    changes = it.fixes.changes if intent is Intent.CORRECTION else ()
    changed = {change.field for change in changes if change.new}
    named = [fold(change.new)[:2] for change in changes if change.new]
    families = [_FAMILY[intent]] if intent in _FAMILY else []
    families += [POINTED] if intent is Intent.CORRECTION else []
    for start, end in pieces_of(it.words.folded):
        piece = it.words.folded[start:end]
        if any(family.stands_in(piece) for family in families):
            continue
        if (
            weigh(piece, intent.value).chance > _SURELY_MATTERS
            and not _DIGIT.search(piece)
            and not any(value in piece for value in named)
            and not (intent is Intent.RESEND_SLIP and _ASKS_FOR_IT.search(piece))
            and not _announces(it, end)
            and changed.isdisjoint(mention.field for mention in find_mentions(piece))
        ):
            return True
    return False


def _announces(it: Evidence, end: int) -> bool:
    """「還有一個要改⏎考區：臺中」: nothing but the first new value follows what ends here."""
    behind = it.words.folded[end : max(end, it.fixes.begin)].lstrip(" \n:,")
    return bool(behind) and not _BREAK.search(behind)


def _cover_fields(words: Words, said: re.Pattern[str], without: set[Field]) -> None:
    """「姓名、生日、身分證字號皆正確」: the fields of which it is said."""
    named = find_mentions(words.folded)
    for found in said.finditer(words.folded):
        stop = found.start()
        for mention in reversed([m for m in named if m.end <= found.start()]):
            if mention.field in without or not _BETWEEN.fullmatch(words.folded, mention.end, stop):
                break
            words.cover(mention.start, found.end())
            stop = mention.start


def _weight(word: str) -> int:
    """A Chinese character is a third of a number and half of an English word."""
    if word.isdigit():
        return 3
    return 2 if word.isascii() and len(word) > 1 else 1


def _after_the_value(it: Evidence) -> bool:
    """Before a new value stands how the old one came about; what follows it may take it back."""
    return bool(it.fixes.end and it.words.left_over(it.fixes.end))
