"""Why a person must look: the doubts that belong to each errand."""

import re
from collections.abc import Callable, Iterator

from mailflow.person import NEEDS_PERSON, Change, Field, sex_of
from mailflow.person.places import AREAS
from mailflow.reading.asked import topics, touched
from mailflow.reading.evidence import Evidence
from mailflow.reading.families import POINTED, PORTAL_FAILED, PROMISED, REST_RIGHT
from mailflow.reading.form import Form
from mailflow.reading.look_alikes import told_to_be_wrong, wrong_behind
from mailflow.reading.mentions import find_mentions
from mailflow.reading.phrases import REST_IS_RIGHT, SIGNALS
from mailflow.reading.pressing import beside_the_button
from mailflow.reading.reasons import HOW_CHECKED, SENT_UNCHECKED
from mailflow.reading.result import Intent, TokenState
from mailflow.reading.status import asks_status
from mailflow.reading.words import fold, plain_text

_FEE = re.compile(
    r"(?:nt\$?|ntd|\$|新臺幣) ?(?P<a>[0-9]{2,6}(?:,[0-9]{3})?)|"
    r"(?P<b>[0-9]{2,6}(?:,[0-9]{3})?) ?(?:元|塊|nt|ntd|dollars)"
)
# 「可以幫我換成臺中嗎」 is a polite wish, no question.
_REQUEST = re.compile(
    r"(?:可以|可否|能否|能不能|可不可以|是否可以?|能)[^?。]{0,20}(?:改|換|更正|修正|修改|更新|"
    r"調整)|"
    r"(?:改|換|更正|修正|修改|更新|調整)[^?。]{0,40}(?:可以|好|行|ok)嗎|"
    r"^ ?(?:請問)?(?:這樣|不知)?(?:可以|可否|好|行|ok)嗎[? ]*$|"
    r"(?:can|could|would) you (?:please |kindly |help me )*(?:to )?(?:change|correct|update|fix|"
    r"amend|edit|modify|revise)|(?:can|could|may) i (?:please )?(?:change|correct|update)"
)
_POLITE = re.compile(
    r"(?:請問)?(?:可以|可否|能否|能不能|可不可以|是否可以?)(?:請)?(?:您|老師)?(?:再)?(?:幫我|"
    r"幫忙)?|"
    r"(?:可以|好|行)?嗎[? ]*|"
    r"(?<![a-z])(?:can|could|would|may) (?:you|i)(?: please| kindly)?(?![a-z])"
)
_ALL_RIGHT = re.compile(
    r"(?:都|皆|均|全部)?(?:正確|無誤|沒錯|沒問題|對的?|ok)|(?:are|is) (?:correct|right|fine)"
)
# 「正確資料如下」 announces a correction.
_RIGHT_ONES = re.compile(r"正確(?:的)?(?:資料|資訊|版本|內容|如|見)+")
_FINE = re.compile(r"沒問題|沒事|不用|不必|無須|無需|(?<![a-z])(?:ok(?:ay)?|fine|no need)(?![a-z])")
_CLAUSES = re.compile(r"[^\n。!?;,]+")
# What only tells that the slip has not come, or how it was lost.
_STILL_MISSING = re.compile(
    r"(?:但|可是|不過|but )(?=(?:是|我|還|都|一直|仍|尚|也|就)*(?:沒|未|找不到|收不到|打不開|"
    r"看不到)|"
    r"(?:i |it |still )*(?:have|has|did|do|can|could|is|was)(?: not|n't|not))|"
    r"換了?(?:新?手機|新?電腦|平板)(?:之?後)?|(?:手機|電腦|平板)(?:剛|才|最近)*換(?:了|過|"
    r"新的?)*|(?:已經?)?(?:確認|回覆|按)(?:了)?(?:資料)?[^,。!?]{0,6}天"
)
# The slip goes to the registered address; who wants it elsewhere, or for two, is asked.
_ELSEWHERE = re.compile(
    r"(?<![沒未])[寄傳發](?:(?:電子)?繳[費款]單|一次|一份|給我)*[到至往去](?!垃圾|(?:這|此|我|原)"
    r"(?:的|個|"
    r"本|來)*(?:學校)?(?:信箱|e?mail))|"
    r"(?:不用|不必|不要|別)再?(?:補|重)?[寄傳發]|(?:do not|don't|no need to) (?:re)?-?send|"
    r"抬頭|統編|統一編號|發票|公司(?!的?(?:防火牆|資安|信箱|郵件|系統)[^,。]{0,6}(?:擋|過濾|攔))|"
    r"金額|延[長後期]|[兩二2]份|[兩二2]張|[一兩二]科|給我[和跟與及、]|新的?(?:信箱|e?mail)|"
    r"(?<![a-z])(?:other|another|new|different|second|gmail|"
    r"private|personal)(?: \w+)? (?:e?-?mail|address|account|mailbox)"
)
# A student number goes back to be confirmed; one of another case is held when it is carried out.
_NEEDS_PERSON = NEEDS_PERSON - {Field.STUDENT_NO}
# A guess at how the error came about leaves no doubt about the value.
_CAUSE = re.compile(
    r"(?:可能|應該|大概|好像)(?:是)?(?:因為|當時|當初|自動|我)?[^,。\n]{0,12}"
    r"(?:關係|緣故|造成的?|害的?|所致|帶入|填入|校正|選字|手滑|太快|沒注意|手誤|筆誤|眼花)"
)
_REPORTED = re.compile(
    r"(?:系統|信上|信中|信裡|表單|網頁|上面|你們)(?:那邊|上|裡|中)?(?:都|是)?(?:顯示|寫|登記|"
    r"記錄|出現|秀)|"
    r"(?:you|system|form|letter|e?mail)(?: have| has)? (?:wrote|written|put|shows?|says?|"
    r"lists?|listed)|"
    r"這(?:[幾兩]天|陣子|段(?:時間|期間)|[週周]|個月)(?:請|先|暫時|要|可以|都)*(?:改?用|打|聯絡)|"
    r"誰|為(?:什麼|何|啥)|怎麼(?:會|被)?|(?:原本|本來|原先|一開始|當初|曾經?)(?:是)?(?:想|要|"
    r"打算|預計|考慮)|"
    r"(?:沒|未|不)(?:有|曾|是)?(?:說|要求|講|同意|想)"
)
_INCOMPLETE = re.compile(
    r"(?:之後|下次|再|晚一?點|後|改天|明天|後天|下[週周])[^,。\n]{0,6}補|缺|少(?:了|一|附)|還沒|"
    r"尚未|過期|"
    r"修圖|塗改|變造|偽造|(?<![a-z])p圖|弄成|來不及|(?:申請|領|退|補助)過|已領|(?:名字|姓名|戶名|"
    r"人名)[^,。\n]{0,4}[是不跟與和]|"
    r"先(?:附上?|交|用)(?!(?:在|於)?(?:信|mail|e-?mail|附件|這))|"
    r"(?<![a-z])(?:later|missing|expired|not yet|haven't)(?![a-z])"
)
_LEFT_SCHOOL = re.compile(
    r"離校|(?<!沒)畢業(?![證專典照前])|休學|退學|剪角|肄業"
)  # who still is a student?
_ASKS_OR_DOUBTS = ("hedged", "conditional", "contrast", "asks", "link")
# Beside a value that can be used: another one that is told nowhere.
_MOVED = re.compile(r"(?:我|也|剛)轉系了?(?=$|[,。! ])")
_AS_ON_PAPER = re.compile(
    r"(?:中文名字?|英文名字?|姓名|名字|拼音|地址|生日|學號|證號)(?:請|要|就)?(?:同|依照?|照|按照?)"
    r"(?:護照|身[分份]證|居留證|學生證|健保卡|證件)上?的?(?=$|[,。!;\n ])"
)
_WHOLE_IDENTITY = 4  # so many fields at once: is it still the same person?


def _withdraw(_it: Evidence) -> Iterator[str]:
    yield "withdrawal"


def _confirm(it: Evidence) -> Iterator[str]:
    if it.body_token:
        yield "token_in_body"
    if it.token not in (TokenState.VALID, TokenState.USED):
        yield "confirm_without_token"
    if it.says("hedged", "conditional", "tells_later") or _turns(it):
        yield "hedged"
    if it.says("wrong", "change"):
        yield "contradiction"
    if it.says("asks", "demands"):
        yield "question"
    if it.pressed:
        yield from beside_the_button(it)


def _turns(it: Evidence) -> bool:
    """A but that leads to no more than how the data were checked is none."""
    return any(
        SIGNALS["contrast"].search(text)
        for text in (HOW_CHECKED.sub(" ", it.speech), fold(plain_text(it.subject)))
    )


def _payment(it: Evidence) -> Iterator[str]:
    if not it.papers:
        yield "proof_missing"
    elif it.replied != "slip" and not it.says("paid", "proof"):
        yield "proof_unclear"
    if it.says("money_trouble", "other_paper"):
        yield "money_trouble"
    if it.says("link"):
        yield "proof_behind_link"
    if it.says("demands"):
        yield "question"
    if it.says("hedged", "conditional", "contrast", "promises_payment", "not_paid"):
        yield "hedged"
    if it.fixes.changes:
        yield "correction_too"
    if it.case and any(amount != it.case.fee for amount in _amounts(it)):
        yield "amount_differs"


def _amounts(it: Evidence) -> Iterator[int]:
    for found in _FEE.finditer(it.words.folded):
        it.words.cover(*found.span())
        yield int((found["a"] or found["b"]).replace(",", ""))


def _another_error(it: Evidence) -> Iterator[str]:
    """More is wrong than what was told, or what was told is."""
    changes = it.fixes.changes
    if wrong_behind(it.words.folded, it.fixes.end):
        yield "contradiction"
    moved = it.hears(_MOVED) and all(c.field is not Field.DEPARTMENT for c in changes)
    fewer = bool(changes) and told_to_be_wrong(it.words.folded) > len(changes)
    if moved or fewer or it.hears(_AS_ON_PAPER):
        yield "unusable_value"


def _correction(it: Evidence) -> Iterator[str]:
    changes = it.fixes.changes
    yield from _another_error(it)
    yield from (code for code in it.fixes.doubts if code != "other_value")
    if not changes or any(change.new is None for change in changes):
        yield "unusable_value"
    fields = {change.field for change in changes}
    if fields & _NEEDS_PERSON:
        yield "field_needs_person"
    if len(fields) >= _WHOLE_IDENTITY:
        yield "whole_identity"
    if (it.case and it.case.slip_sent) or it.replied == "slip":
        yield "slip_sent"
    said = _CAUSE.sub(" ", it.speech)
    if SIGNALS["hedged"].search(said) or it.says("conditional"):
        yield "hedged"
    asks_more = any(not _REQUEST.search(said) for said in it.sentences_with("asks"))
    if asks_more or it.says("demands"):
        yield "question"
    else:
        it.words.cover_all(_POLITE)
    if _says_all_right(it, fields) or _confirms_in_subject(it):
        yield "contradiction"
    if it.says("in_picture") and not changes:
        yield "value_in_picture"
    if any(_only_reports(it, change) for change in changes):
        yield "no_wish"
    yield from _implausible(it)


def _only_reports(it: Evidence, change: Change) -> bool:
    """「系統顯示我的手機是…」, 「誰把…改成…」, 「原本想改…」: told, and not asked for."""
    value = re.sub(r"[\s-]", "", fold(change.new or ""))
    return bool(value) and any(
        _REPORTED.search(clause[0]) and value in re.sub(r"[\s-]", "", clause[0])
        for clause in _CLAUSES.finditer(it.words.folded)
    )


def _says_all_right(it: Evidence, wrong: set[Field]) -> bool:
    """ "All correct" beside a correction; 「名字、生日都正確」 says it of other fields alone."""
    without_rest = REST_RIGHT.taken_out(POINTED.taken_out(it.words.folded))
    without_rest = REST_IS_RIGHT.sub(lambda rest: " " * len(rest[0]), without_rest)
    for clause in _CLAUSES.finditer(without_rest):
        own = SENT_UNCHECKED.sub(" ", clause[0])
        said = SIGNALS["confirms"].search(own)
        if not said:
            continue
        named = find_mentions(clause[0])
        if not named or wrong & {mention.field for mention in named}:
            return True
        for start, end in ((m.start, m.end) for m in named):
            it.words.cover(clause.start() + start, clause.start() + end)
        for right in _ALL_RIGHT.finditer(clause[0]):
            it.words.cover(clause.start() + right.start(), clause.start() + right.end())
    return False


def _confirms_in_subject(it: Evidence) -> bool:
    """「資料無誤」 above a correction: which of the two is meant?"""
    said = _RIGHT_ONES.sub(" ", REST_IS_RIGHT.sub(" ", fold(plain_text(it.subject))))
    return bool(_FINE.search(said)) or any(
        SIGNALS[name].search(said) for name in ("confirms", "affirms")
    )


def _implausible(it: Evidence) -> Iterator[str]:
    """Valid by itself, but it does not fit the rest."""
    for change in it.fixes.changes:
        if change.field is Field.EXAM_AREA and change.new and change.new not in AREAS:
            yield "exam_area_not_offered"
        known_sex = sex_of(it.case.values.get(Field.NATIONAL_ID, "")) if it.case else None
        if change.field is Field.SEX and known_sex and change.new != known_sex:
            yield "sex_does_not_fit"


def _papers(it: Evidence) -> Iterator[str]:
    if not it.papers:
        yield "papers_missing"
    said = SIGNALS["refund"].sub(" ", it.speech)  # 「申請退還報名費」 is the errand itself
    said = PORTAL_FAILED.taken_out(said)
    if any(SIGNALS[name].search(said) for name in ("money_trouble", *_ASKS_OR_DOUBTS)):
        yield "question"
    if it.hears(_INCOMPLETE) or it.hears(_LEFT_SCHOOL):
        yield "papers_missing"


def _registration(it: Evidence) -> Iterator[str]:
    form: Form = it.form
    if it.case is not None and not form.complete:
        yield "already_registered"
    if form.filled:
        yield from (f"missing:{name}" for name in form.missing)
        yield from (f"invalid:{name}" for name in form.invalid)
        author = it.message.author.address if it.message.author else ""
        if form.values.get(Field.EMAIL, author) != author:
            yield "address_differs"
    if it.says("hedged", "conditional", "demands", "link"):
        yield "question"


def _resend(it: Evidence) -> Iterator[str]:
    if it.says("demands"):
        yield "question"
    rest = _STILL_MISSING.sub(" ", it.speech)
    turns = any(SIGNALS[name].search(rest) for name in ("confirms", "contrast", "change"))
    if turns or it.says("conditional") or it.hears(_ELSEWHERE):
        yield "more_than_the_slip"


def _question(it: Evidence) -> Iterator[str]:
    if not asks_status(it) and not topics(it):
        yield "question"
        yield from touched(it)


_PAYS = re.compile(
    r"(?:有|已|才|剛)[繳付匯轉](?!單)|[繳付匯轉](?:掉|了|過去)|(?<![a-z])paid(?![a-z])"
)
# 「我月底才領薪水，領到馬上去繳」: who waits so long for money may miss the deadline.
_MONEY_TO_COME = re.compile(
    r"(?:月底|月初|下個?月|開學)[^,。\n]{0,4}(?:才|再|會|領|發|有)|獎學金|(?:湊|籌|"
    r"借)[^,。\n]{0,4}錢|"
    r"[繳付轉匯]帳?(?:一半|部分|一些)|分期|"
    r"next month|end of (?:the|this) month|scholarship|allowance",
    re.IGNORECASE,
)


def _other(it: Evidence) -> Iterator[str]:
    if it.blank:
        yield "empty"
    if it.hears(_MONEY_TO_COME):
        yield "money_trouble"
    if it.papers:
        yield "attachment_unexplained"
    if not it.says("acknowledges", "tells_later", "promises_payment"):
        yield "unclear"
    if it.says("conditional", "contrast", "link", "wrong", "change"):
        yield "unclear"
    unplanned = PROMISED.taken_out(SIGNALS["promises_payment"].sub(" ", it.speech))
    if SIGNALS["paid"].search(unplanned) or _PAYS.search(unplanned):
        yield "unclear"
    if re.search(r"[0-9]", it.speech) and find_mentions(it.words.folded):
        yield "unclear"


ERRANDS: dict[Intent, Callable[[Evidence], Iterator[str]]] = {
    Intent.WITHDRAW: _withdraw,
    Intent.CONFIRM: _confirm,
    Intent.PAYMENT_RECEIPT: _payment,
    Intent.CORRECTION: _correction,
    Intent.REFUND_APPLICATION: _papers,
    Intent.CERTIFICATE_UPLOAD: _papers,
    Intent.REGISTRATION: _registration,
    Intent.RESEND_SLIP: _resend,
    Intent.QUESTION: _question,
    Intent.OTHER: _other,
}
