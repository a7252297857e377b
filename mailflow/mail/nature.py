"""Who or what wrote a message: a human, a mail system, an autoresponder, a list, ourselves."""

import re

from mailflow.mail.headers import Headers
from mailflow.mail.message import Bounce, Nature
from mailflow.mail.structure import Structure

_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail delivery (?:sub)?system|maildelivery|mdaemon", re.I
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|failed|problem|report|notif|delayed)"
    r"|mail delivery|returned (?:e?-?mail|to sender|message)|failure notice|delivery.{0,20}fail"
    r"|(?:could|can|was) ?not be(?:en)? delivered|non-?delivery|undelivered|nondeliverable"
    r"|message status|warning: .{0,40}(?:delayed|could not|not delivered)|mail (?:system )?(?:error|failure)"
    r"|無法傳[遞送]|無法投[遞送]|無法寄[達送]|未傳遞|未送達|傳遞失敗|傳送失敗|寄送失敗|投遞失敗|投递失败|退信|退回的?(?:郵|邮|信)件"
    r"|(?:郵|邮|信)件退回|系统退信|传递状态|傳遞狀態|傳送狀態|配信不能|送信エラー|반송|Gagal terkirim",
    re.I,
)
_STATUS = re.compile(r"(?<![0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
_ACTION = re.compile(r"^action:[ \t]{0,9}([a-z]+)", re.I | re.M)
_STATUS_FIELD = re.compile(r"^status:[ \t]{0,9}([245]\.[0-9]{1,3}\.[0-9]{1,3})", re.I | re.M)
_FINAL = re.compile(
    r"^(?:final|original)-recipient:[^;\n]{0,40};?[ \t]{0,9}<?([^\s<>;]{3,254})>?", re.I | re.M
)
_BODY_RECIPIENT = re.compile(
    r"<([^\s<>@]{1,64}@[A-Za-z0-9.-]{3,190})>|^\s{0,8}([^\s<>@,:;]{1,64}@[A-Za-z0-9-]+\.[A-Za-z0-9.-]{2,180})\s{0,3}:?\s{0,3}$",
    re.M,
)
_BODY_ID = re.compile(
    r"^>?\s{0,4}(?:X-Microsoft-Original-)?Message-ID:\s{0,4}(<[^<>\s]{3,300}>)", re.I | re.M
)
_DELAYED = re.compile(
    r"delayed|will (?:be retried|continue|keep)|still being|not yet|延遲|暫時|稍後會?(?:再|重)|temporar",
    re.I,
)
_ONE_ADDRESS = re.compile(r"[^\s<>@,;]{1,64}@[A-Za-z0-9.-]{1,190}")

_REPLY_PREFIX = re.compile(
    r"^\s{0,5}(?:re|回覆|回复|答覆|答复|回信|fwd?|fw|轉寄|转发|sv|aw|trả lời|balas)\s{0,3}[:：]",
    re.I,
)
_AUTOMATIC_SUBJECT = re.compile(
    r"^\s{0,5}(?:[\[【(（]\s{0,3})?(?:自動(?:回覆|回復|回信|答覆|回應)|自动(?:回复|答复|回信)|外出自動回覆|系統自動回覆|系統自動發送"
    r"|不在辦公室|(?:目前)?(?:休假|請假|出差|外出)中\s{0,3}(?:[\])）】:：]|$)"
    r"|auto(?:matic|mated|matische)?[ -]?(?:reply|response|responder|antwort)|auto ?:|out of (?:the )?office"
    r"|ooo(?:\b|:)|away from (?:my|the) (?:office|e?mail)|i am (?:currently )?(?:out|away)|vacation (?:reply|response|notice|message)"
    r"|on vacation|abwesenheit|automatische antwort|respuesta autom|réponse automatique|risposta automatica"
    r"|resposta autom|自動応答|自動返信|不在通知|자동 ?(?:응답|회신)|부재중|trả lời tự động|thư trả lời tự động|balasan otomatis"
    r"|automatisk svar|automaattinen vastaus|autosvar|odpowiedź automatyczna|автоответ)"
    r"|\bis out of (?:the )?office\b|\(out of office\)|\bout of office (?:auto|reply|notification|message)|auto[- ]?reply\b",
    re.I,
)
_READ_SUBJECT = re.compile(
    r"^\s{0,5}(?:已讀取|已讀|已读|讀取|Read|Gelesen|未讀取|Not read|開封済み|읽음)\s{0,3}[:：]",
    re.I,
)
_MEETING_SUBJECT = re.compile(
    r"^\s{0,5}(?:已接受|已婉拒|已暫訂|暫訂|Accepted|Declined|Tentative)\s{0,3}[:：]", re.I
)
_NO_REPLY = re.compile(
    r"(?:^|[<\s\"])(?:no|do-?not|donot)[-_.]?reply|noreply|(?:^|[<\s\"])bounces?[+@-]", re.I
)
_VENDOR = {
    "x-autoreply": None,
    "x-autorespond": None,
    "x-autoresponder": None,
    "x-autoreply-from": None,
    "x-mail-autoreply": None,
    "x-qq-auto-reply": None,
    "x-qq-holidayreply": None,
    "x-amazon-auto-reply": None,
    "x-vacation": None,
    "x-ms-exchange-inbox-rules-loop": None,
    "x-ms-exchange-generated-message-source": re.compile("mailbox rules", re.I),
    "precedence": re.compile("auto_?-?reply", re.I),
    "x-precedence": re.compile("auto_?-?reply", re.I),
    "delivered-to": re.compile("^autoresponder$", re.I),
    "preference": re.compile("auto_?-?reply", re.I),
    "x-fc-machinegenerated": re.compile("true", re.I),
}
_OUR_LOOP = "x-mailflow-loop"


def tell_nature(found: Structure, text: str) -> tuple[Nature, str, Bounce | None]:
    """The nature, the reason in words, and the report when it is a bounce.

    Bounces first: half of them also say that they are automatic.
    """
    reason = _bounce_reason(found)
    if reason:
        return Nature.BOUNCE, reason, _read_bounce(found, text)
    headers = found.headers
    if headers.first(_OUR_LOOP):
        return Nature.OURS, "carries our own loop header", None
    reason = _automatic_reason(found)
    if reason:
        return Nature.AUTOMATIC, reason, None
    reason = _list_reason(headers)
    if reason:
        return Nature.LIST, reason, None
    return Nature.HUMAN, "no sign of a machine", None


def is_answerable(found: Structure, nature: Nature) -> bool:
    """Whether an automatic letter may go back at all (RFC 3834 and what loops taught).

    That the author is not the office itself is for the caller to see: only he knows the office.
    """
    headers = found.headers
    names = set(headers.names())
    suppress = headers.first("x-auto-response-suppress").lower()
    return not (
        nature is not Nature.HUMAN
        or headers.first("return-path").replace(" ", "") == "<>"
        or headers.first("auto-submitted").lower() not in {"", "no"}
        or re.search(r"bulk|junk|list|auto", headers.first("precedence"), re.I)
        or any(name.startswith("list-") for name in names)
        or found.kind == "multipart/report"
        or _DAEMON.search(headers.first("from"))
        or _NO_REPLY.search(headers.first("from"))
        or suppress not in {"", "none"}
        or names & {"x-autoreply", "x-autorespond", _OUR_LOOP}
        or len(headers.every("received")) >= 50
    )


def _bounce_reason(found: Structure) -> str:
    actions = {
        action.lower() for block in found.delivery_status for action in _ACTION.findall(block)
    }
    if actions & {"failed", "delayed"}:
        return "a delivery report (RFC 3464)"
    if found.report_type == "disposition-notification":
        return ""
    headers = found.headers
    sender = headers.text("from") + " " + headers.first("return-path")
    score = 3 * (found.report_type == "delivery-status" and not actions)
    score += 3 * bool(headers.first("x-failed-recipients"))
    score += 2 * bool(_DAEMON.search(sender))
    score += 2 * bool(_BOUNCE_SUBJECT.search(headers.text("subject")[:300]))
    score += headers.first("return-path").replace(" ", "") == "<>"
    return "looks like a delivery report" if score >= 3 else ""


def _read_bounce(found: Structure, text: str) -> Bounce:
    status_text = "\n".join(found.delivery_status)
    body = text[:20_000]
    actions = {action.lower() for action in _ACTION.findall(status_text)}
    field = _STATUS_FIELD.search(status_text)
    status = field or _STATUS.search(body)
    code = status[1] if status else None
    return Bounce(
        outcome=_outcome(actions, code, f"{found.headers.text('subject')}\n{body[:3000]}"),
        recipient=_bounced_recipient(found, status_text, body),
        status=code,
        original_message_id=_original_id(found, text),
    )


def _outcome(actions: set[str], code: str | None, words: str) -> str:
    if "failed" in actions:
        return "failed"
    if "delayed" in actions:
        return "delayed"
    if code:
        return (
            "failed" if code.startswith("5") else "delayed" if code.startswith("4") else "unknown"
        )
    if _DELAYED.search(words):
        return "delayed"
    return "unknown"


def _bounced_recipient(found: Structure, status_text: str, body: str) -> str | None:
    failed = found.headers.first("x-failed-recipients")
    for candidate in (*_FINAL.findall(status_text), failed.split(",")[0].strip()):
        match = _ONE_ADDRESS.fullmatch(candidate)
        if match:
            return match[0].lower()
    own = found.headers.first("to").lower()
    for angle, bare in _BODY_RECIPIENT.findall(body):
        address = (angle or bare).lower()
        if address not in own and not _DAEMON.search(address):
            return str(address)
    return None


def _original_id(found: Structure, text: str) -> str | None:
    for headers in found.returned_headers:
        for name in ("x-microsoft-original-message-id", "message-id"):
            value = headers.first(name)
            match = re.search(r"<[^<>\s]{1,300}>", value)
            if match:
                return match[0]
    inside = _BODY_ID.search(text[:200_000])
    if inside:
        return inside[1]
    for name in ("in-reply-to", "references"):
        ids = re.findall(r"<[^<>\s]{1,300}>", found.headers.first(name))
        if ids:
            return str(ids[-1])
    return None


def _automatic_reason(found: Structure) -> str:
    headers = found.headers
    submitted = headers.first("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted not in {"", "no"}:
        return f"Auto-Submitted: {submitted[:40]}"
    if found.report_type == "disposition-notification" or (
        "message/disposition-notification" in found.kinds
    ):
        return "a read receipt"
    if found.report_type == "delivery-status":
        return "a delivery report without a failure"
    for name, value in headers.fields:
        pattern = _VENDOR.get(name, _VENDOR)
        if pattern is None and value.strip().lower() not in {"no", "false", "none", ""}:
            return f"{name} is set"
        if isinstance(pattern, re.Pattern) and pattern.search(value):
            return f"{name} says so"
    return _automatic_subject(found)


def _automatic_subject(found: Structure) -> str:
    subject = found.headers.text("subject")[:300]
    calendar = found.calendar_method in {"REPLY", "COUNTER"}
    if calendar or ("text/calendar" in found.kinds and _MEETING_SUBJECT.match(subject)):
        return "an answer to a calendar invitation"
    if _REPLY_PREFIX.match(subject):
        return ""
    if _AUTOMATIC_SUBJECT.search(subject):
        return "the subject of an autoresponder"
    if _READ_SUBJECT.match(subject) and found.kind == "multipart/report":
        return "a read receipt"
    return ""


def _list_reason(headers: Headers) -> str:
    for name in ("list-id", "list-unsubscribe", "list-post", "list-help"):
        if headers.first(name):
            return f"{name} is set"
    precedence = headers.first("precedence").lower()
    return f"Precedence: {precedence}" if precedence in {"bulk", "list", "junk"} else ""
