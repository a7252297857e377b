# ruff: noqa: E501 - fields of mail stand as programs write them
"""A message leaves the child that parsed it, and a mail delivered twice is one mail."""

import time

import pytest
from mail_cast import JPEG, LETTER, mail, multipart, part, text
from pace import slower
from pydantic import ValidationError

from mailflow.mail import identity, read
from mailflow.mail.wire import from_json, read_to_json, to_json


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        mail(f"好\n\n> {LETTER}\n\n改"),
        multipart(text("附上"), part(JPEG + bytes(range(256)), "Content-Type: image/jpeg")),
        mail(b"\xff\xfe\x00 \xed\xa0\x80", "Date: Tue, 16 Sep 2025 10:44:00 +0800"),
        b"Return-Path: <>\r\nFrom: postmaster@example.org\r\nSubject: failure notice\r\n\r\n550 5.1.1 <a@b.example>",
    ],
)
def test_a_message_comes_back_equal(raw: bytes) -> None:
    message = read(raw)
    assert from_json(to_json(message)) == message
    assert from_json(read_to_json(raw)) == message


def test_anything_else_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_json(b'[{"subject": "x"}]')


def test_two_deliveries_of_one_mail_have_one_identity() -> None:
    raw = mail("好", "Message-ID: <1@example.org>")
    again = (
        b"Return-Path: <a@example.org>\r\nDelivered-To: b@example.org\r\nReceived: by x;\r\n\ty\r\n"
        b"Authentication-Results: mx; spf=pass\r\nX-Spam-Status: No\r\n" + raw
    )
    assert identity(again) == identity(raw)
    assert identity(raw.replace(b"\r\n", b"\n")) == identity(raw)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("好".encode(), "壞".encode()),
        (b"<1@", b"<2@"),
        (b"Subject: Re", b"Subject: Fw"),
        (b"To: ", b"Cc: "),
    ],
)
def test_another_mail_has_another_identity(old: bytes, new: bytes) -> None:
    raw = mail("好", "Message-ID: <1@example.org>")
    assert old in raw
    assert identity(raw.replace(old, new)) != identity(raw)


def test_what_is_no_field_belongs_to_the_mail_as_well() -> None:
    raw = mail("好", "Message-ID: <1@example.org>")
    assert identity(b"no field\r\n" + raw) != identity(raw)


@pytest.mark.parametrize("line", [b"a" * 2_000_000, b"received" * 250_000])
@pytest.mark.usefixtures("calm")
def test_a_monstrous_header_is_identified_quickly(line: bytes) -> None:
    began = time.process_time()
    identity(line + b"\n\nbody")
    assert time.process_time() - began < 1.5 * slower()
