# ruff: noqa: E501 - fields of mail stand as programs write them
"""Who wrote it: Dirk's mailbox is gone, Eva's autoresponder answers, a list writes to all."""

import pytest
from mail_cast import ANNE, LETTER, OFFICE, PREFILLED, mail, multipart, part, text

from mailflow.mail import Message, Nature, read

DIRK = "dirk@students.example.org"
OURS = "<letter.7@example.org>"
STATUS = (
    f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {DIRK}\r\n"
    "Action: {action}\r\nStatus: {status}\r\n"
)


def _report(action: str, status: str, *fields: str) -> Message:
    returned = f"Message-ID: {OURS}\r\nFrom: {OFFICE}\r\nTo: {DIRK}\r\nSubject: x\r\n\r\n{LETTER}"
    raw = multipart(
        text("** 找不到地址 **"),
        part(STATUS.format(action=action, status=status), "Content-Type: message/delivery-status"),
        part(returned, "Content-Type: message/rfc822"),
        kind="report",
        extra="; report-type=delivery-status",
    )
    return read("".join(f"{field}\r\n" for field in fields).encode() + raw)


def test_a_bounce_names_recipient_status_and_letter() -> None:
    message = _report("failed", "5.1.1", "Auto-Submitted: auto-replied")
    assert message.nature is Nature.BOUNCE
    assert message.bounce is not None
    assert message.bounce.outcome == "failed"
    assert message.bounce.recipient == DIRK
    assert message.bounce.status == "5.1.1"
    assert message.bounce.original_message_id == OURS
    assert not message.answerable
    assert PREFILLED not in message.new_text


def test_a_delay_is_not_final() -> None:
    message = _report("delayed", "4.4.1")
    assert message.bounce is not None
    assert message.bounce.outcome == "delayed"


def test_a_report_of_success_is_no_bounce() -> None:
    assert _report("relayed", "2.0.0").nature is Nature.AUTOMATIC


def test_a_bounce_without_a_report_part() -> None:
    raw = mail(
        f"I'm sorry to have to inform you\n\n<{DIRK}>: host mx.example.net said: 550 5.1.1 User unknown\n\n"
        f"------ headers ------\nMessage-ID: {OURS}\nTo: {DIRK}\n"
    ).replace(ANNE.encode(), b"MAILER-DAEMON@mx.example.org (Mail Delivery System)", 1)
    message = read(raw.replace(b"Re: data", b"Undelivered Mail Returned to Sender"))
    assert message.nature is Nature.BOUNCE
    assert message.bounce is not None
    assert (message.bounce.outcome, message.bounce.recipient) == ("failed", DIRK)
    assert message.bounce.original_message_id == OURS


@pytest.mark.parametrize(
    "subject",
    [
        "無法傳遞的郵件: x",
        "未傳遞的主旨: x",
        "郵件退回通知",
        "系统退信",
        "傳送狀態通知 (失敗)",
        "Mail delivery failed",
    ],
)
def test_bounce_subjects_of_a_daemon(subject: str) -> None:
    raw = f"Return-Path: <>\r\nFrom: postmaster@example.org\r\nSubject: {subject}\r\n\r\nhi"
    assert read(raw.encode()).nature is Nature.BOUNCE


@pytest.mark.parametrize(
    "raw",
    [
        f"From: {ANNE}\r\nSubject: Re: Undeliverable: x\r\n\r\n老師，我收到退信",
        f"From: {ANNE}\r\nSubject: 退信\r\n\r\n老師，我寄的信被退回",
        f"Return-Path: <>\r\nFrom: {ANNE}\r\nSubject: 老師好\r\n\r\n好",
        f"From: {ANNE}\r\nSubject: Re: is out of office\r\n\r\n謝謝",
        f"From: {ANNE}\r\nSubject: 回覆: 自動回覆: 資料\r\n\r\n謝謝",
        f"From: {ANNE}\r\nSubject: 請假中無法考試\r\n\r\n可以延期嗎",
        f"From: {ANNE}\r\nSubject: x\r\nAuto-Submitted: no\r\nX-Auto-Response-Suppress: All\r\n\r\n好",
        f"From: {ANNE}\r\nSubject: 自動扣款失敗\r\n\r\n怎麼辦",
        f"From: {ANNE}\r\nSubject: x\r\nX-Autoreply: no\r\nPrecedence: first-class\r\n\r\n好",
    ],
)
def test_people_stay_people(raw: str) -> None:
    assert read(raw.encode()).nature is Nature.HUMAN


@pytest.mark.parametrize(
    "fields",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: AUTO-REPLIED (vacation)",
        "Auto-Submitted: auto-generated; x=y",
        "X-Autoreply: yes",
        "X-Autorespond: Re: x",
        "Precedence: auto_reply",
        "X-QQ-AUTO-REPLY: on",
        "X-MS-Exchange-Inbox-Rules-Loop: eva@example.org\nX-Auto-Response-Suppress: All",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
        "Subject: 自動回覆: 資料確認信",
        "Subject: 自動回覆：資料確認信",
        "Subject: 自动回复: 资料",
        "Subject: Automatic reply: data",
        "Subject: Out of Office: data",
        "Subject: [Auto-Reply] data",
        "Subject: 不在辦公室",
        "Subject: Trả lời tự động: x",
        "Subject: Balasan otomatis: x",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x",
        "Content-Type: text/calendar; method=REPLY",
    ],
)
def test_autoresponders_confirm_nothing(fields: str) -> None:
    message = read(f"From: eva@example.org\r\n{fields}\r\n\r\n{PREFILLED}".encode())
    assert message.nature is Nature.AUTOMATIC
    assert message.nature_reason
    assert not message.answerable


@pytest.mark.parametrize(
    "field",
    ["List-Id: <all.example.org>", "List-Unsubscribe: <mailto:x@example.org>", "Precedence: bulk"],
)
def test_lists(field: str) -> None:
    message = read(f"From: a@example.org\r\n{field}\r\n\r\nDear all".encode())
    assert message.nature is Nature.LIST
    assert not message.answerable


def test_our_own_letter_that_came_back() -> None:
    raw = "From: a@example.org\r\nAuto-Submitted: auto-generated\r\nX-Mailflow-Loop: 1\r\n\r\nhi"
    message = read(raw.encode())
    assert message.nature is Nature.OURS
    assert not message.answerable


@pytest.mark.parametrize(
    "fields",
    [
        "Return-Path: <>",
        "Auto-Submitted: auto-notified",
        "Precedence: junk",
        "List-Post: <mailto:x@example.org>",
        "Content-Type: multipart/report; boundary=x",
        "From: no-reply@example.org",
        "From: NoReply@example.org",
        "From: MAILER-DAEMON@example.org",
        "X-Auto-Response-Suppress: OOF",
        "\r\n".join(["Received: by mx.example.org; Tue, 16 Sep 2025 10:44:12 +0800"] * 50),
    ],
)
def test_what_is_never_answered(fields: str) -> None:
    head = fields if fields.startswith("From") else f"From: {ANNE}\r\n{fields}"
    assert not read(f"{head}\r\n\r\nhi".encode()).answerable


def test_a_student_is_answered() -> None:
    message = read(mail("老師好", f"Return-Path: <{ANNE}>", "Auto-Submitted: no"))
    assert message.answerable
    assert message.return_path == ANNE


@pytest.mark.parametrize("says", ["已讀: ", "已讀取: ", "讀取回條: ", "Read: ", "未讀取: "])
def test_a_read_receipt_is_known_by_its_subject_above_our_title(says: str) -> None:
    receipt = read(_titled("傳送給 安妮 之郵件\n狀態：已顯示", f"{says}【研發處】報名資料確認信"))
    assert receipt.nature is Nature.AUTOMATIC
    for words, subject in (
        ("我讀過了，請問考區能改嗎", "my question"),
        ("我想取消報名", "[iPAS114-0007] 繳費單"),
        ("已讀，不考了", "[iPAS114-0007] 繳費單"),
        ("信已讀取，不考了", "[iPAS114-0007] 繳費單"),
        ("讀取失敗，繳費單打不開", "[iPAS114-0007] 繳費單"),
        ("生日錯了", "[iPAS114-0007 確認 K7QW-M2XD]"),
        ("I want to cancel my registration", "[iPAS114-0007] slip"),
    ):
        assert read(_titled(words, f"{says}{subject}")).nature is Nature.HUMAN


def _titled(words: str, subject: str) -> bytes:
    return mail(words).replace(b"Subject: Re: data", f"Subject: {subject}".encode())
