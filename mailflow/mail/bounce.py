"""Non-delivery reports: is this one, and what does it report."""

import re

from mailflow.mail.headers import Headers, message_ids
from mailflow.mail.message import Bounce
from mailflow.mail.structure import Structure
from mailflow.mail.words import one_of

DAEMON = re.compile(
    r"mailer-?daemon|post_?master[^@\s]{0,30}@|mail delivery (?:sub)?system|maildelivery|mdaemon@",
    re.IGNORECASE,
)
_SUBJECT_WORDS = one_of("""
    undeliver|undelivered|nondeliverable|non-?delivery|failure notice|failure delivery
    delivery (?:status|failure|has failed|failed|problem|report|notif|delayed|error)
    delivery.{0,20}fail|mail delivery|mail (?:system )?(?:error|failure|failed)
    returned (?:e?-?mail|to sender|message)|returning (?:message )?to sender|failed mail
    (?:could|can|was|has|been) ?not (?:yet )?(?:be(?:en)? )?delivered|mail not delivered
    errors? (?:during delivery|from)|processing error|mail error|delivery warning
    message status|warning: .{0,40}(?:delayed|could not|not (?:yet )?(?:been )?delivered)
    無法傳[遞送]|無法投[遞送]|無法寄[達送]|未傳遞|未送達|傳遞失敗|傳送失敗|寄送失敗|投遞失敗
    投递失败|退信|退回的?[郵邮信]件|[郵邮信]件退回|系统退信|传递状态|傳遞狀態|傳送狀態
    [郵邮][件件]传输失败|郵件傳輸失敗|配信不能|配信できません|送信エラー|メールエラー
    반송|전송 ?실패|Gagal terkirim|không gửi được|Không thể gửi
""")
_SUBJECT = re.compile(_SUBJECT_WORDS, re.IGNORECASE)
_BODY_WORDS = one_of(r"""
    (?<![0-9])5[0-9][0-9][ -]5\.[0-9]\.[0-9]|user unknown|unknown user|no such user|mailbox full
    mailbox (?:unavailable|is full)|could not be delivered|was not delivered|wasn't delivered
    unable to deliver|undeliverable|permanent (?:fatal )?error|delivery (?:has )?failed
    (?:could|can) ?not be delivered|unable to be delivered|invalid user address|box space not enough
    (?:has been|was) (?:postponed|returned)|requested action not taken|transcript of session
    address rejected|host unknown|(?:account|recipient) (?:does not|doesn't) exist
    找不到地址|無法送達|無法傳[遞送]|查無此(?:人|帳號)|信箱已滿|無法投遞|无法投递|不存在的?(?:使用者|帳號|收件)
""")
_BODY = re.compile(_BODY_WORDS, re.IGNORECASE)
# A person tells of a delivery failure in the first person, a machine does not.
_PERSON = re.compile(r"\b(?:i|i'm|my|me|dear|hi|hello|thanks?)\b|我|您好|老師", re.IGNORECASE)
_NO_REPLY = re.compile(r"no-?reply@", re.IGNORECASE)
_CLOUD = re.compile(r"\"(?:notification|event)Type\\?\"\s{0,3}:\s{0,3}\\?\"Bounce\\?\"")
_FULL = re.compile(
    r"(?<![0-9.])[45]\.2\.2(?![0-9])|mailbox (?:is )?full|quota|not enough (?:space|storage)|"
    r"(?:box|disk) space|信箱已滿|容量已?滿|空間不足|一杯",
    re.IGNORECASE,
)
_UNKNOWN_USER = re.compile(
    r"(?<![0-9.])5\.1\.(?:0|1|2|3|10)(?![0-9])|user unknown|unknown user|no such user|"
    r"invalid (?:user|recipient)|does(?: not|n't) exist|not a valid user|recipient not found|"
    r"找不到地址|查無此|不存在|wasn't found",
    re.IGNORECASE,
)
_ACTION = re.compile(r"^action:[ \t]{0,9}([a-z]+)", re.IGNORECASE | re.MULTILINE)
_CODE = r"([245]\.[0-9]{1,3}\.[0-9]{1,3})"
_STATUS_FIELD = re.compile(rf"^status:[ \t]{{0,9}}{_CODE}", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rf"(?<![0-9.]){_CODE}(?![0-9.])")
_REPLY_CODE = re.compile(r"(?<![0-9.])([45])[0-9]{2}[ -]")
_RECIPIENT_FIELD = re.compile(
    r"^(?:final|original)-recipient:[^;\n]{0,40};?[ \t]{0,9}<?([^\s<>;]{3,254})>?",
    re.IGNORECASE | re.MULTILINE,
)
_RECIPIENT_LINE = re.compile(
    r"<([^\s<>@]{1,64}@[A-Za-z0-9.-]{3,190})>"
    r"|^[ \t]{0,8}([^\s<>@,:;]{1,64}@[A-Za-z0-9-]+\.[A-Za-z0-9.-]{2,180})[ \t]{0,3}:?[ \t]{0,3}$"
    r"|([^\s<>@,:;()]{1,64}@[A-Za-z0-9.-]{3,190}) (?:這個地址|\.\.\.|wasn't found)",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[^\s<>@,;\ud800-\udfff]{1,64}@[A-Za-z0-9.-]{1,190}")
_ID_LINE = re.compile(
    r"^>?[ \t]{0,4}(?:X-Microsoft-Original-)?Message-ID:\s{0,4}(<[^<>\s]{3,300}>)",
    re.IGNORECASE | re.MULTILINE,
)
_DELAY_WORDS = one_of("""
    delayed|will (?:be retried|continue|keep|try)|still being|not yet been|temporar|warning
    延遲|延迟|暫時|暂时|稍後會?(?:再|重)|仍(?:會|在)嘗試
""")
_DELAY = re.compile(_DELAY_WORDS, re.IGNORECASE)
_ENOUGH = 3


def bounce_reason(found: Structure, text: str) -> str:
    """Why this is a delivery report, in words; empty when it is none.

    Signs are weighed: no single one of those that a person or an autoresponder may also show is
    enough (Return-Path <>, a subject that speaks of delivery, the name of a daemon).
    """
    actions = _actions(found)
    if actions & {"failed", "delayed"}:
        return "a delivery report (RFC 3464)"
    if found.report_type == "disposition-notification":
        return ""
    headers = found.headers
    return_path = headers.first("return-path").replace(" ", "")
    daemon = bool(DAEMON.search(f"{headers.text('from')} {return_path}"))
    score = 3 * (found.report_type == "delivery-status" and not actions)
    score += 3 * bool(headers.first("x-failed-recipients"))
    score += 2 * daemon
    score += 2 * bool(_SUBJECT.search(headers.text("subject")[:300]))
    score += return_path == "<>"
    score += 3 * bool(_CLOUD.search(text[:2000]))
    returned = "message/rfc822" in found.kinds or "text/rfc822-headers" in found.kinds
    if score + daemon + 1 + 2 * returned < _ENOUGH:
        return ""  # whatever the text says, and a long one takes its time
    told = bool(_BODY.search(text[:5000]))
    score += daemon and told
    impersonal = told and not _PERSON.search(text[:800])
    score += impersonal and bool(_ADDRESS.search(text[:5000]))
    score += 2 * (impersonal and returned and bool(_NO_REPLY.search(headers.text("from"))))
    return "looks like a delivery report" if score >= _ENOUGH else ""


def read_bounce(found: Structure, text: str) -> Bounce:
    """Who did not get which letter, and whether that is final; what cannot be read is None."""
    report = "\n".join(found.delivery_status)
    body = text[:20_000]
    status = _STATUS_FIELD.search(report) or _STATUS.search(body)
    code = status[1] if status else None
    subject = found.headers.text("subject")
    return Bounce(
        outcome=_outcome(_actions(found), code, f"{subject}\n{body[:3000]}"),
        recipient=_recipient(found.headers, report, body),
        status=code,
        original_message_id=_original_id(found, text),
        cause=_cause(f"{report}\n{body[:5000]}"),
    )


def _cause(words: str) -> str:
    if _FULL.search(words):
        return "mailbox_full"
    return "unknown_user" if _UNKNOWN_USER.search(words) else ""


def _actions(found: Structure) -> set[str]:
    return {word.lower() for block in found.delivery_status for word in _ACTION.findall(block)}


def _outcome(actions: set[str], code: str | None, words: str) -> str:
    if "failed" in actions:
        return "failed"
    if "delayed" in actions:
        return "delayed"
    if not code:
        reply = _REPLY_CODE.search(words)
        code = reply[1] if reply else ""
    if code.startswith("5"):
        return "failed"
    if code.startswith("4") or _DELAY.search(words):
        return "delayed"
    return "unknown"


def _recipient(headers: Headers, report: str, body: str) -> str | None:
    named = headers.first("x-failed-recipients").split(",")[0].strip()
    for candidate in (*_RECIPIENT_FIELD.findall(report), named):
        if _ADDRESS.fullmatch(candidate):
            return str(candidate).lower()
    own = headers.first("to").lower()
    for groups in _RECIPIENT_LINE.findall(body):
        address = str(next(filter(None, groups))).lower()
        if address not in own and not DAEMON.search(address):
            return address
    return None


def _original_id(found: Structure, text: str) -> str | None:
    """From the returned letter, else quoted in the text, else what the report answers."""
    candidates = [
        headers.first(name)
        for headers in found.returned_headers
        for name in ("x-microsoft-original-message-id", "message-id")
    ]
    candidates += _ID_LINE.findall(text)
    candidates += [found.headers.first("in-reply-to"), found.headers.first("references")[-400:]]
    ids = message_ids(candidates)
    return ids[0] if ids else None
