# ruff: noqa: E501 - fields of mail stand as programs write them
"""Whose mail is it: nobody's, as long as two readers could disagree."""

from datetime import UTC, datetime

import pytest
from mail_cast import ANNE

from mailflow.mail import Address, read

PLAIN = [
    (ANNE, Address("", ANNE)),
    (f"Anne Lin <{ANNE}>", Address("Anne Lin", ANNE)),
    (f'"Lin, Anne" <{ANNE}>', Address("Lin, Anne", ANNE)),
    (f"=?UTF-8?B?5p6X5a6J5aau?= <{ANNE}>", Address("林安妮", ANNE)),
    (f'"=?UTF-8?B?5p6X5a6J5aau?=" <{ANNE}>', Address("林安妮", ANNE)),
    (f"林安妮 <{ANNE.upper()}>", Address("林安妮", ANNE)),
    (f"{ANNE} <{ANNE}>", Address(ANNE, ANNE)),
    (f"<{ANNE}>", Address("", ANNE)),
]

# Forms that parsers are known to read in different ways.
SPOOFED = [
    f"{ANNE})bob@evil.example.org",
    f"{ANNE}, bob@evil.example.org",
    f"<{ANNE}>, <bob@evil.example.org>",
    f"<{ANNE}> <bob@evil.example.org>",
    f"<{ANNE}>bob@evil.example.org",
    f"{ANNE} <bob@evil.example.org>",
    f"(comment) {ANNE}",
    f"{ANNE} (bob@evil.example.org)",
    f"friends: {ANNE};",
    f"Anne, Lin <{ANNE}>",
    f"<@evil.example.org:{ANNE}>",
    f'"<{ANNE}>"',
    f"<{ANNE}",
    f"{ANNE}>",
    f"<<{ANNE}>>",
    f"{ANNE}\x00.evil.example.org",
    f"{ANNE}\tbob@evil.example.org",
    f"=?utf-8?q?{ANNE}?=",
    f"=?utf-8?q?Anne_=3C{ANNE}=3E?=",
    "anne@students",
    "anne@@students.example.org",
    ".anne@students.example.org",
    "anne@students..example.org",
    "anne@-students.example.org",
    '"anne"@students.example.org',
    "anne@[192.0.2.1]",
    "ａnne@students.example.org",
    "anne@stｕdents.example.org",
    "",
    "anne",
    f"[{ANNE}]",
    f"Anne; <{ANNE}>",
    f'"Anne" bob@evil.example.org <{ANNE}>',
    f"{ANNE};bob@evil.example.org",
    f"mailto:{ANNE}",
    f"<mailto:{ANNE}>",
    f"<{ANNE}> via evil.example.org",
    f"<{ANNE} >",
    f"< {ANNE}>",
    f'"a\\" <{ANNE}>',
]


@pytest.mark.parametrize(("field", "author"), PLAIN)
def test_one_plain_mailbox_is_the_author(field: str, author: Address) -> None:
    message = read(f"From: {field}\r\n\r\nhi".encode())
    assert message.author == author
    assert message.defects == ()


@pytest.mark.parametrize("field", SPOOFED)
def test_no_other_form_has_an_author(field: str) -> None:
    message = read(f"From: {field}\r\n\r\nhi".encode())
    assert message.author is None
    assert message.defects


def test_a_name_that_looks_like_another_address_is_told() -> None:
    message = read(f'From: "{ANNE}" <bob@evil.example.org>\r\n\r\nhi'.encode())
    assert message.author is not None
    assert message.author.address == "bob@evil.example.org"
    assert message.defects == ("the name in From looks like an address",)


@pytest.mark.parametrize("name", ["From", "Subject", "Date", "To", "Message-ID"])
def test_a_field_that_stands_twice_is_told(name: str) -> None:
    head = {
        "From": ANNE,
        "Subject": "x",
        "Date": "Tue, 16 Sep 2025 10:44:00 +0800",
        "To": "office@example.org",
        "Message-ID": "<1@example.org>",
    }
    lines = [f"{key}: {value}" for key, value in head.items()] + [f"{name.upper()}: {head[name]}"]
    message = read("\r\n".join(lines).encode() + b"\r\n\r\nhi")
    assert f"{name.lower()} stands more than once" in message.defects
    assert (message.author is None) == (name == "From")


def test_recipients_are_mailboxes_and_never_names() -> None:
    message = read(
        b'To: "office+c.forged@example.org" <Office+r.Tag1@Example.org>, x (office+c.no@example.org)\r\n'
        b"Cc: undisclosed:;\r\nDelivered-To: office@example.org\r\nX-Original-To: a@example.org\r\n\r\n"
    )
    assert message.recipients == (
        "office+r.tag1@example.org",
        "office@example.org",
        "a@example.org",
    )


def test_only_the_topmost_authentication_results_count() -> None:
    message = read(
        b"Authentication-Results: mx.example.org; spf=fail (dkim=pass) smtp.mailfrom=a.example;\r\n"
        b" dkim=none; dmarc=fail header.from=a.example.org\r\n"
        b"Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass\r\n\r\n"
    )
    assert message.authentication == ("spf=fail", "dkim=none", "dmarc=fail")
    assert read(b"Subject: x\r\n\r\n").authentication == ()


def test_arrival_is_told_by_our_own_host_and_not_by_the_sender() -> None:
    message = read(
        b"Received: from relay.example.net (relay.example.net [192.0.2.9]) by MX1.example.org (Postfix)\r\n"
        b"\twith ESMTPS id ABC for <office@example.org>; Tue, 16 Sep 2025 10:44:12 +0800 (CST)\r\n"
        b"Received: by evil.example.org; Thu, 1 Jan 1970 00:00:00 +0000\r\n"
        b"Date: Fri, 1 Jan 2099 00:00:00 +0000\r\n\r\n"
    )
    assert message.received_by == "mx1.example.org"
    assert message.received_at == datetime(2025, 9, 16, 2, 44, 12, tzinfo=UTC)
    assert message.sent_at == datetime(2099, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Tue, 99 Foo 2025", "Tue, 16 Sep 20250 10:00:00 +9999"]
)
def test_a_date_that_is_none(date: str) -> None:
    assert read(f"Date: {date}\r\n\r\n".encode()).sent_at is None


def test_ids() -> None:
    message = read(
        b"Message-ID: <1@example.org>\r\nIn-Reply-To: <2@example.org>\r\n"
        b"References: <3@example.org>\r\n <2@example.org> <2@example.org>\r\n\r\n"
    )
    assert message.message_id == "<1@example.org>"
    assert message.in_reply_to == ("<2@example.org>",)
    assert message.references == ("<3@example.org>", "<2@example.org>")
