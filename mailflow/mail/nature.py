"""Who or what wrote a message: a human, a mail system, an autoresponder, a list, ourselves."""

import re

from mailflow.mail.bounce import DAEMON, bounce_reason, read_bounce
from mailflow.mail.headers import Headers
from mailflow.mail.message import Bounce, Nature
from mailflow.mail.structure import Structure
from mailflow.mail.words import one_of

OUR_LOOP = "x-mailflow-loop"
_MOST_HOPS = 50
_REPLY_WORDS = one_of("""
    re|fwd?|fw|aw|sv|wg|tr|rv|回覆|回复|答覆|答复|回信|轉寄|转发|轉發|trả lời|balas|전달|返信|転送
""")
_REPLY_PREFIX = re.compile(
    rf"^\s{{0,5}}(?:\[[^\]]{{1,30}}\]\s{{0,3}})?(?:{_REPLY_WORDS})\s{{0,3}}[:：]", re.IGNORECASE
)
# Services that ask the sender to prove that he is a person, before they hand the mail on.
_CHALLENGE = re.compile(
    r"boxbe|spam ?arrest|whitelist(?:ing)? request|awaiting (?:verification|your confirmation)"
    r"|sender (?:address )?verification|verify your (?:message|e-?mail) to"
    r"|your (?:message|e-?mail) (?:requires|needs) (?:verification|confirmation)"
    r"|please confirm your (?:message|e-?mail)(?: to|$)|寄件(?:者|人)(?:驗證|認證)|郵件驗證通知",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(r"^\s{0,3}complaint about message from [0-9.]{7}", re.IGNORECASE)
_LEADING_WORDS = one_of(r"""
    自動(?:回覆|回復|回信|答覆|回應)|自动(?:回复|答复|回信)|外出自動回覆|系統自動(?:回覆|回信|發送)
    (?:我)?(?:目前)?不在辦公室|(?:目前)?(?:休假|請假|出差|外出)中\s{0,3}(?:[\])）】:：]|$)
    auto(?:matic|mated|matische)?[ -]?(?:reply|response|responder|antwort)|auto ?:
    out of (?:the )?office|ooo(?:\b|:)|away from (?:my|the) (?:office|e?mail)|away until
    i am (?:currently )?(?:out of|away)|(?:on )?vacation (?:reply|response|notice|message)
    on vacation|abwesenheit|respuesta autom|réponse automatique|risposta automatica
    resposta autom|automatisk svar|automaattinen vastaus|autosvar|odpowiedź automatyczna
    自動応答|自動返信|不在通知|자동 ?(?:응답|회신)|부재중|(?:thư )?trả lời tự động|balasan otomatis
    автоответ|автоматический ответ
""")
_ANYWHERE_WORDS = one_of(r"""
    \bis out of (?:the )?office\b|\(out of office\)|\bauto[- ]?reply\b
    \bout of office (?:auto|reply|notification|message)
""")
_AUTOMATIC_SUBJECT = re.compile(
    rf"^\s{{0,5}}(?:[\[【(（]\s{{0,3}})?(?:{_LEADING_WORDS})|{_ANYWHERE_WORDS}", re.IGNORECASE
)
# A read receipt that says so in its subject alone, above the title of our letter.
_READ_SUBJECT = re.compile(
    r"^\s{0,5}(?:已讀取?|讀取(?:回條|通知)?|未讀取?|(?:not )?read)\s{0,3}[:：]\s{0,3}(?=[【\[])",
    re.IGNORECASE,
)
_A_BUTTON = re.compile(r"[確确][認认] [A-Za-z0-9]{4}")
_RECEIPT_WORDS = re.compile(
    r"已顯示|顯示(?:於|在|。|$)|已?讀取(?!失敗)|開啟時間|已由|回條|was (?:read|opened)|not read|"
    r"displayed",
    re.IGNORECASE,
)
# No receipt speaks so: a person, a wish, a no, money.
_NO_RECEIPT = re.compile(
    r"[我您想改錯不沒取消退繳付匯轉晚?？]|老師|請(?!勿)|要(?!求)|(?<![a-z])(?:i|my|please|want|"
    r"cancel)(?![a-z])",
    re.IGNORECASE,
)
_MEETING_SUBJECT = re.compile(
    r"^\s{0,5}(?:已接受|已婉拒|已拒絕|已暫訂|暫訂|Accepted|Declined|Tentative)\s{0,3}[:：]",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"(?:no|do-?not)[-_.]?reply|(?:^|[<\s\"])bounces?[+@-]|autoresponder@", re.IGNORECASE
)
# Fields that autoresponders set, and the values that mean it (None: any but "no").
_VENDORS: dict[str, re.Pattern[str] | None] = {
    "x-autoreply": None,
    "x-autorespond": None,
    "x-autoresponder": None,
    "x-autoreply-from": None,
    "x-mail-autoreply": None,
    "x-qq-auto-reply": None,
    "x-qq-holidayreply": None,
    "x-vacation": None,
    "x-ms-exchange-generated-message-source": re.compile("mailbox rules", re.IGNORECASE),
    "precedence": re.compile("auto[-_]?reply", re.IGNORECASE),
    "x-precedence": re.compile("auto[-_]?reply", re.IGNORECASE),
    "preference": re.compile("auto[-_]?reply", re.IGNORECASE),
    "delivered-to": re.compile("^autoresponder$", re.IGNORECASE),
    "x-fc-machinegenerated": re.compile("true", re.IGNORECASE),
}


def tell_nature(found: Structure, text: str) -> tuple[Nature, str, Bounce | None]:
    """The nature, the reason in words, and the report when it is a bounce.

    Bounces first: half of them also say that they are automatic.
    """
    if reason := bounce_reason(found, text):
        return Nature.BOUNCE, reason, read_bounce(found, text)
    if found.headers.first(OUR_LOOP):
        return Nature.OURS, "carries our own loop field", None
    if reason := _automatic_reason(found) or _receipt_reason(found, text):
        return Nature.AUTOMATIC, reason, None
    if reason := _list_reason(found.headers):
        return Nature.LIST, reason, None
    return Nature.HUMAN, "no sign of a machine", None


def is_answerable(found: Structure, nature: Nature) -> bool:
    """Whether an automatic letter may go back at all (RFC 3834, and what loops have taught).

    That the author is not the office itself is for the caller to see: only he knows the office.
    """
    headers = found.headers
    sender = headers.first("from")
    names = set(headers.names())
    return not (
        nature is not Nature.HUMAN
        or found.kind == "multipart/report"
        or headers.first("return-path").replace(" ", "") == "<>"
        or headers.first("auto-submitted").lower() not in {"", "no"}
        or re.search(r"bulk|junk|list|auto", headers.first("precedence"), re.IGNORECASE)
        or any(name.startswith("list-") for name in names)
        or DAEMON.search(sender)
        or _NO_REPLY.search(sender)
        or headers.first("x-auto-response-suppress").lower() not in {"", "none"}
        or names & {"x-autoreply", "x-autorespond", OUR_LOOP}
        or len(headers.every("received")) >= _MOST_HOPS
    )


def _automatic_reason(found: Structure) -> str:
    headers = found.headers
    submitted = re.split(r"[;(\s]", headers.first("auto-submitted"), maxsplit=1)[0].lower()
    if submitted not in {"", "no"}:
        return f"Auto-Submitted: {submitted[:40]}"
    found_out = _report_reason(found) or _vendor_reason(headers) or _exchange_reason(headers)
    return found_out or _subject_reason(found)


def _report_reason(found: Structure) -> str:
    if (
        found.report_type == "disposition-notification"
        or "message/disposition-notification" in found.kinds
    ):
        return "a read receipt"
    if found.report_type == "delivery-status":
        return "a delivery report without a failure"
    if found.report_type == "feedback-report" or "message/feedback-report" in found.kinds:
        return "an abuse report"
    if found.calendar_method in {"REPLY", "COUNTER"}:
        return "an answer to a calendar invitation"
    return ""


def _vendor_reason(headers: Headers) -> str:
    for name, value in headers.fields:
        if name not in _VENDORS:
            continue
        pattern = _VENDORS[name]
        if pattern is None and value.strip().lower() not in {"no", "false", "none", ""}:
            return f"{name} is set"
        if pattern is not None and pattern.search(value.strip()):
            return f"{name} says so"
    return ""


def _exchange_reason(headers: Headers) -> str:
    """The loop field alone also stands on what a rule of a person's inbox has handed on."""
    suppressed = headers.first("x-auto-response-suppress").lower()
    if suppressed not in {"", "none"} and headers.first("x-ms-exchange-inbox-rules-loop"):
        return "an answer by a rule of Exchange"
    return ""


def _subject_reason(found: Structure) -> str:
    """A person who answers an autoresponder keeps its subject, behind a Re:."""
    subject = found.headers.text("subject")[:300]
    if "text/calendar" in found.kinds and _MEETING_SUBJECT.match(subject):
        return "an answer to a calendar invitation"
    if _COMPLAINT.match(subject):
        return "an abuse report"
    if _REPLY_PREFIX.match(subject):
        return ""
    if _CHALLENGE.search(subject):
        return "asks the sender to prove that he is a person"
    return "the subject of an autoresponder" if _AUTOMATIC_SUBJECT.search(subject) else ""


def _receipt_reason(found: Structure, text: str) -> str:
    """A read receipt that only its subject tells; a person's own words below it are a person's."""
    subject = found.headers.text("subject")[:300]
    told = _READ_SUBJECT.match(subject) and not _A_BUTTON.search(subject)
    machine = _RECEIPT_WORDS.search(text[:2000]) and not _NO_RECEIPT.search(text[:2000])
    return "a read receipt" if told and (machine or not text.strip()) else ""


def _list_reason(headers: Headers) -> str:
    for name in ("list-id", "list-unsubscribe", "list-post", "list-help"):
        if headers.first(name):
            return f"{name} is set"
    precedence = headers.first("precedence").lower()
    return f"Precedence: {precedence}" if precedence in {"bulk", "list", "junk"} else ""
