"""Whatever comes in is read: in time, within limits, and without an exception."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_cast import JPEG, LETTER, html, mail, multipart, part, text
from pace import slower

from mailflow.mail import Message, read


def _nested(times: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(times)
    )


HTML = "Content-Type: text/html"
BOMBS: dict[str, Callable[[], bytes]] = {
    "10,000 parts": lambda: multipart(*[text("x")] * 10_000),
    "100,000 parts": lambda: multipart(*[text("x")] * 100_000),
    "multipart in multipart": lambda: _nested(1200),
    "mail in mail": lambda: b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "100,000 fields": lambda: b"X-A: 1\r\n" * 100_000 + b"\r\nhi",
    "a field of 5 MB": lambda: b"X-A: " + b"abc \r\n " * 700_000 + b"\r\n\r\nhi",
    "semicolons": lambda: mail("hi", "Content-Type: text/plain " + "; " * 60_000),
    "16,000 recipients": lambda: b"To: " + b"<u@example.org>, " * 16_000 + b"\r\n\r\n",
    "16,000 encoded words": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 16_000 + b"\r\n\r\n",
    "quotes in From": lambda: b'From: "' + b"\\" * 1_000_000 + b"\r\n\r\n",
    "comments in To": lambda: b"To: " + b"(" * 500 + b"\r\n\r\n",
    "open elements": lambda: mail("<div>" * 100_000, HTML),
    "a tag without end": lambda: mail("<" + "a" * 200_000, HTML),
    "open quotes": lambda: mail('<a "' * 100_001, HTML),
    "open comments": lambda: mail("<!--" * 100_000, HTML),
    "open scripts": lambda: mail("<script></scrip" * 50_000, HTML),
    "unmatched ends": lambda: mail("<b></i>" * 100_000, HTML),
    "style": lambda: mail("<style>" + "a" * 200_000, HTML),
    "angle brackets": lambda: mail("<" * 300_000, HTML),
    "entities": lambda: mail("&#" * 100_000 + "&amp" * 10_000, HTML),
    "nothing": lambda: b"",
    "zeros": lambda: bytes(1000),
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.usefixtures("calm")
def test_a_bomb_is_read_within_two_seconds(name: str) -> None:
    raw, allowed = BOMBS[name](), 2 * slower()
    started = time.process_time()
    message = read(raw)
    assert time.process_time() - started < allowed
    assert len(message.text) <= 250_000


@pytest.mark.parametrize(
    "name",
    ["10,000 parts", "multipart in multipart", "mail in mail", "100,000 fields", "angle brackets"],
)
def test_what_is_cut_is_told(name: str) -> None:
    assert read(BOMBS[name]()).defects


def test_line_ends_of_every_kind_read_alike() -> None:
    raw = multipart(text("附上\r\n收據"), part(JPEG, "Content-Type: image/jpeg"))
    for end in (b"\n", b"\r"):
        message = read(raw.replace(b"\r\n", end))
        assert message.new_text == "附上\n收據"
        assert [one.content for one in message.attachments] == [JPEG]


def test_text_can_always_be_stored() -> None:
    message = read(mail(b"a\x00b \xff\xfe \xed\xa0\x80", "X: y"))
    assert "\x00" not in message.text
    message.text.encode("utf-8")


@given(st.binary(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_message(raw: bytes) -> None:
    assert isinstance(read(raw), Message)


@given(st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_a_damaged_mail_is_still_a_message(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(
        multipart(
            text(LETTER),
            html(f'<div style="color:#fff">{LETTER}</div>'),
            part(JPEG, "Content-Type: image/jpeg; name*=utf-8''a%20b.jpg"),
            part("Subject: =?utf-8?b?6LOH?=\r\n\r\nhi", "Content-Type: message/rfc822"),
        )
    )
    for _ in range(changes):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randrange(3)] = chance.choice(
            [b"", b"\xff", b"\r\n", b";", b'"', b"--b0"]
        )
    assert isinstance(read(bytes(raw)), Message)
