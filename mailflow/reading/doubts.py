"""Why a person must look: a table of doubts. Without any, the machine may act alone.

The machine acts alone only on what it has understood completely; the last doubt of the table is
the rest of words that nobody understood.
"""

import re
from collections.abc import Callable, Iterator

from mailflow.mail.attributions import label_family
from mailflow.mail.message import Nature
from mailflow.person import NEEDS_PERSON, Field, normalise, sex_of
from mailflow.person.places import AREAS
from mailflow.reading.asked import topics, touched
from mailflow.reading.courtesy import cover_courtesy
from mailflow.reading.evidence import Evidence, is_forward
from mailflow.reading.form import Form
from mailflow.reading.mentions import find_mentions
from mailflow.reading.own_names import cover_own_names
from mailflow.reading.phrases import REST_IS_RIGHT, SIGNALS
from mailflow.reading.pressing import beside_the_button, strange_signs
from mailflow.reading.result import Intent, TokenState
from mailflow.reading.second_thoughts import thinks_again
from mailflow.reading.status import asks_status
from mailflow.reading.strangers import matters_alone, may_matter
from mailflow.reading.words import fold, plain_text

_UNREAD_AT_MOST = 1  # a name has two characters or more: an unknown one is never passed over
# What may stay unread beside an errand that is understood, as long as it is no name, no number and
# stands beside no mark of something else: a correction goes back to be confirmed, papers are looked
# at by a person anyway, a proof must fit the slip, a plan is only noted.
_PASSED_OVER = {
    Intent.CORRECTION: 12,
    Intent.REFUND_APPLICATION: 16,
    Intent.CERTIFICATE_UPLOAD: 16,
    Intent.OTHER: 10,
    Intent.PAYMENT_RECEIPT: 8,
    Intent.RESEND_SLIP: 8,
}
_CONTRARY = frozenset("不沒未別勿非無但卻若如錯誤除仍反停")
_CONTRARY_ENGLISH = "not no but if except however wrong never only don didn isn wasn won cannot"
_CONTRARY_WORDS = frozenset(_CONTRARY_ENGLISH.split())
_FEE = re.compile(
    r"(?:nt\$?|ntd|\$|新臺幣) ?(?P<a>[0-9]{2,6}(?:,[0-9]{3})?)|"
    r"(?P<b>[0-9]{2,6}(?:,[0-9]{3})?) ?(?:元|塊|nt|ntd|dollars)"
)
_QUOTED_FIELD = re.compile(
    r"^[> ]{0,6}(?P<label>[^:：\n]{2,16})[:：](?P<value>[^\n]{1,80})$", re.MULTILINE
)
# 「可以幫我換成臺中嗎」 is a polite wish, no question.
_REQUEST = re.compile(
    r"(?:可以|可否|能否|能不能|可不可以|是否可以?|能)[^?。]{0,20}(?:改|換|更正|修正|修改|更新|調整)|"
    r"(?:改|換|更正|修正|修改|更新|調整)[^?。]{0,40}(?:可以|好|行|ok)嗎|"
    r"(?:can|could|would) you (?:please |kindly |help me )*(?:to )?(?:change|correct|update|fix|"
    r"amend|edit|modify|revise)|(?:can|could|may) i (?:please )?(?:change|correct|update)"
)
_POLITE = re.compile(
    r"(?:請問)?(?:可以|可否|能否|能不能|可不可以|是否可以?)(?:請)?(?:您|老師)?(?:再)?(?:幫我|幫忙)?|"
    r"(?:可以|好|行)?嗎[? ]*|"
    r"(?<![a-z])(?:can|could|would|may) (?:you|i)(?: please| kindly)?(?![a-z])"
)
_ALL_RIGHT = re.compile(
    r"(?:都|皆|均|全部)?(?:正確|無誤|沒錯|沒問題|對的?|ok)|(?:are|is) (?:correct|right|fine)"
)
_CLAUSES = re.compile(r"[^\n。!?;,]+")
# The slip goes to the registered address; who wants it elsewhere, or for two, is asked.
_ELSEWHERE = re.compile(
    r"[寄傳發][到至往去](?!垃圾|(?:這|此|我|原)(?:的|個|本|來)*(?:學校)?(?:信箱|e?mail))|"
    r"(?:不用|不必|不要|別)再?(?:補|重)?[寄傳發]|(?:do not|don't|no need to) (?:re)?-?send|"
    r"給我[和跟與及、]|新的?(?:信箱|e?mail)|(?<![a-z])(?:other|another|new|different|second|gmail|"
    r"private|personal)(?: \w+)? (?:e?-?mail|address|account|mailbox)"
)
_WHOLE_IDENTITY = 4  # so many fields at once: is it still the same person?

Doubt = Callable[[Evidence, Intent], str | None]


def find_doubts(it: Evidence, intent: Intent) -> tuple[str, ...]:
    """All reasons for a person to look, as stable codes in the order of the table."""
    if intent in _MACHINE_DOUBTS:
        return tuple(_MACHINE_DOUBTS[intent](it))
    found = [code for doubt in _DOUBTS if (code := doubt(it, intent))]
    return tuple(dict.fromkeys((*it.doubts, *found, *_ERRANDS[intent](it), *_unread(it, intent))))


def _bounce(it: Evidence) -> Iterator[str]:
    if it.message.bounce is None or it.message.bounce.outcome != "delayed":
        yield "bounce_failed"
        if it.message.bounce and it.message.bounce.cause:
            yield it.message.bounce.cause


def _nothing(_it: Evidence) -> Iterator[str]:
    yield from ()


def _spam(it: Evidence) -> Iterator[str]:
    if it.says("hostile") or it.pressed:
        yield "hostile_words"


_MACHINE_DOUBTS: dict[Intent, Callable[[Evidence], Iterator[str]]] = {
    Intent.BOUNCE: _bounce,
    Intent.AUTO_REPLY: _nothing,
    Intent.LIST_OR_BULK: _spam,
    Intent.SPAM: _spam,
}


# Who wrote this?


def _author(it: Evidence, _intent: Intent) -> str | None:
    return "author_unclear" if it.message.author is None else None


def _authentication(it: Evidence, _intent: Intent) -> str | None:
    results = it.message.authentication
    failed = {"spf=fail", "dmarc=fail", "spf=permerror"} & set(results)
    soft = {"spf=softfail", "dkim=fail"} & set(results) and "dmarc=pass" not in results
    return "authentication_failed" if failed or soft else None


def _sender(it: Evidence, intent: Intent) -> str | None:
    if it.case is None:
        return None if intent is Intent.REGISTRATION else "no_case"
    return None if it.case.sender_registered else "sender_unregistered"


def _envelope(it: Evidence, _intent: Intent) -> str | None:
    path, author = it.message.return_path, it.message.author
    if not path or not author or path.lower() == author.address:
        return None
    same_host = path.rpartition("@")[2].lower() == author.address.rpartition("@")[2]
    return None if same_host else "return_path_differs"


def _nature(it: Evidence, _intent: Intent) -> str | None:
    if it.message.nature is Nature.HUMAN:
        return None
    return "own_letter" if it.message.nature is Nature.OURS else "not_by_hand"


def _for_someone(it: Evidence, _intent: Intent) -> str | None:
    return "acts_for_someone" if it.says("relation", "not_mine", "others") else None


def _new_identity(it: Evidence, _intent: Intent) -> str | None:
    return "identity_change" if it.says("identity_change") else None


# Is it what it seems?


def _hidden(it: Evidence, _intent: Intent) -> str | None:
    return "hidden_text" if re.search(r"\w\w", it.message.hidden_text) else None


def _hostile(it: Evidence, _intent: Intent) -> str | None:
    return "hostile_words" if it.says("hostile") else None


def _quote_unclear(it: Evidence, _intent: Intent) -> str | None:
    return None if it.message.new_text_certain else "quote_unclear"


def _odd_message(it: Evidence, _intent: Intent) -> str | None:
    """Two different texts, a field that stands twice, damaged characters, more than is read."""
    grave = [
        defect
        for defect in it.message.defects
        if not defect.startswith("charset ") or defect.endswith("with damaged characters")
    ]
    return "odd_message" if grave else None


def _too_long(it: Evidence, _intent: Intent) -> str | None:
    return "too_long" if it.words.too_long else None


def _odd_files(it: Evidence, _intent: Intent) -> str | None:
    return "odd_attachment" if it.odd_files else None


def _quote_edited(it: Evidence, _intent: Intent) -> str | None:
    """Someone may have corrected the data inside the quote."""
    if it.case is None or it.pressed:
        return None
    for line in _QUOTED_FIELD.finditer(plain_text(it.message.quoted_text[:20_000])):
        if label_family(line[0]):
            continue  # Subject: of the quoted letter's head
        named = find_mentions(fold(line["label"]))
        known = it.case.values.get(named[0].field) if len(named) == 1 else None
        read = normalise(named[0].field, line["value"], as_of=it.now.date()) if known else None
        if isinstance(read, str) and read != known and "*" not in line["value"]:
            fixed = {change.field for change in it.fixes.changes}
            return None if named[0].field in fixed else "quote_edited"
    return None


def _other_value(it: Evidence, _intent: Intent) -> str | None:
    return "other_value" if "other_value" in it.fixes.doubts and it.case else None


# What is the token worth?


def _token(it: Evidence, _intent: Intent) -> str | None:
    if it.token in (TokenState.VALID, TokenState.USED):
        return None if _verbatim(it) else "token_altered"
    return f"token_{it.token}" if it.pressed else None


def _verbatim(it: Evidence) -> bool:
    """In the recipient tag, or in the subject exactly as issued."""
    token = it.tags.confirm_token or ""
    tagged = any(f"+c.{token.lower()}@" in address for address in it.message.recipients)
    return tagged or token in it.message.subject


def _contradiction(it: Evidence, intent: Intent) -> str | None:
    if it.pressed and intent is not Intent.CONFIRM:
        return "contradiction"
    if it.says("revokes") or thinks_again(it):
        return "takes_back"
    own_words = it.registered and not it.blank and intent is not Intent.CONFIRM
    return "forwarded" if is_forward(it.message) and not own_words else None


_DOUBTS: tuple[Doubt, ...] = (
    _author,
    _authentication,
    _sender,
    _envelope,
    _nature,
    _for_someone,
    _new_identity,
    _hidden,
    _hostile,
    _quote_unclear,
    _odd_message,
    _too_long,
    _odd_files,
    _quote_edited,
    _other_value,
    _token,
    _contradiction,
)


# Doubts of each errand.


def _withdraw(_it: Evidence) -> Iterator[str]:
    yield "withdrawal"


def _confirm(it: Evidence) -> Iterator[str]:
    if it.body_token:
        yield "token_in_body"
    if it.token not in (TokenState.VALID, TokenState.USED):
        yield "confirm_without_token"
    if it.says("hedged", "conditional", "contrast", "tells_later"):
        yield "hedged"
    if it.says("wrong", "change"):
        yield "contradiction"
    if it.says("asks"):
        yield "question"
    if it.pressed:
        yield from beside_the_button(it)


def _payment(it: Evidence) -> Iterator[str]:
    if not it.papers:
        yield "proof_missing"
    elif it.replied != "slip" and not it.says("paid", "proof"):
        yield "proof_unclear"
    if it.says("money_trouble"):
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


def _correction(it: Evidence) -> Iterator[str]:
    changes = it.fixes.changes
    yield from (code for code in it.fixes.doubts if code != "other_value")
    if not changes or any(change.new is None for change in changes):
        yield "unusable_value"
    fields = {change.field for change in changes}
    if fields & NEEDS_PERSON:
        yield "field_needs_person"
    if len(fields) >= _WHOLE_IDENTITY:
        yield "whole_identity"
    if (it.case and it.case.slip_sent) or it.replied == "slip":
        yield "slip_sent"
    if it.says("hedged", "conditional"):
        yield "hedged"
    asks_more = any(not _REQUEST.search(said) for said in it.sentences_with("asks"))
    if asks_more or it.says("demands"):
        yield "question"
    else:
        it.words.cover_all(_POLITE)
    if _says_all_right(it, fields):
        yield "contradiction"
    if it.says("in_picture") and not changes:
        yield "value_in_picture"
    yield from _implausible(it)


def _says_all_right(it: Evidence, wrong: set[Field]) -> bool:
    """ "All correct" beside a correction; 「名字、生日都正確」 says it of other fields alone."""
    for clause in _CLAUSES.finditer(it.words.folded):
        said = SIGNALS["confirms"].search(REST_IS_RIGHT.sub(" ", clause[0]))
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
    if it.says("money_trouble", "hedged", "conditional", "contrast", "asks", "link"):
        yield "question"


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
    if it.says("confirms", "conditional", "contrast", "change") or it.hears(_ELSEWHERE):
        yield "more_than_the_slip"


def _question(it: Evidence) -> Iterator[str]:
    if not asks_status(it) and not topics(it):
        yield "question"
        yield from touched(it)


def _other(it: Evidence) -> Iterator[str]:
    if it.blank:
        yield "empty"
    if it.papers:
        yield "attachment_unexplained"
    if not it.says("acknowledges", "tells_later", "promises_payment"):
        yield "unclear"
    if it.says("conditional", "contrast", "link", "wrong", "change"):
        yield "unclear"


_ERRANDS: dict[Intent, Callable[[Evidence], Iterator[str]]] = {
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


def _unread(it: Evidence, intent: Intent) -> Iterator[str]:
    """Words that nobody has understood; contrary ones weigh at once."""
    cover_own_names(it)
    cover_courtesy(it.words, intent.value)
    rest = it.words.left_over()
    contrary = any(word in _CONTRARY or word in _CONTRARY_WORDS for word in rest)
    weight = sum(map(_weight, rest))
    if intent is Intent.CONFIRM:  # one letter is enough for a no: X, 否, 👎
        unread = bool(rest or strange_signs(it.message.new_text))
    else:
        unread = weight > _UNREAD_AT_MOST and (
            weight > _PASSED_OVER.get(intent, 0)
            or may_matter(it.words)
            or (intent is Intent.CORRECTION and _after_the_value(it))
            or (intent is Intent.OTHER and not it.says("promises_payment", "tells_later"))
        )
    if contrary or unread or matters_alone(it.words):
        yield "words_not_understood"


def _weight(word: str) -> int:
    """A Chinese character is a third of a number and half of an English word."""
    if word.isdigit():
        return 3
    return 2 if word.isascii() and len(word) > 1 else 1


def _after_the_value(it: Evidence) -> bool:
    """Before a new value stands how the old one came about; what follows it may take it back."""
    return bool(it.fixes.end) and len(it.words.left_over(it.fixes.end)) > _UNREAD_AT_MOST
