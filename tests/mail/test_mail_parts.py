"""What comes with a mail: pictures without names, files in forwarded mails, broken boxes."""

import pytest
from mail_cast import JPEG, PDF, PNG, html, mail, multipart, part, rich, text

from mailflow.mail import read
from mailflow.mail.limits import MOST_PARTS


def test_a_picture_without_name_or_disposition_is_an_attachment() -> None:
    raw = multipart(text("附上收據"), part(JPEG, "Content-Type: image/jpeg"))
    (found,) = read(raw).attachments
    assert (found.name, found.content_type, found.content) == ("", "image/jpeg", JPEG)


def test_a_mail_that_is_nothing_but_a_picture() -> None:
    raw = mail(
        JPEG.replace(b"\n", b""), "Content-Type: image/jpeg", "Content-Transfer-Encoding: 8bit"
    )
    assert [one.content_type for one in read(raw).attachments] == ["image/jpeg"]


@pytest.mark.parametrize(
    ("content", "declared", "told"),
    [
        (JPEG, "application/octet-stream", "image/jpeg"),
        (PNG, "image/jpeg", "image/png"),
        (PDF, "application/octet-stream", "application/pdf"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "application/octet-stream", "image/heic"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/png", "image/webp"),
        (b"PK\x03\x04" + bytes(30), "image/jpeg", "application/zip"),
        (b"MZ\x90\x00" + bytes(30), "image/jpeg", "application/x-msdownload"),
        (JPEG, "text/plain", "image/jpeg"),
        (b"unknown", "application/x-thing", "application/x-thing"),
    ],
)
def test_the_bytes_tell_the_type(content: bytes, declared: str, told: str) -> None:
    raw = multipart(text("hi"), part(content, f"Content-Type: {declared}"))
    assert [one.content_type for one in read(raw).attachments] == [told]


def test_a_picture_shown_in_the_text_is_inline() -> None:
    raw = multipart(
        html('<p>畫面如下</p><img src="cid:ii_1">'),
        part(PNG, "Content-Type: image/png; name=image.png", "Content-ID: <ii_1>"),
        kind="related",
    )
    assert [(one.name, one.inline) for one in read(raw).attachments] == [("image.png", True)]


def test_a_picture_inside_the_html_itself() -> None:
    message = rich('<p>好</p><img alt=x src="data:image/png;base64,iVBORw0KGgo=">')
    assert [one.content_type for one in message.attachments] == ["image/png"]


def test_a_text_file_is_an_attachment_and_not_words() -> None:
    raw = multipart(
        text("見附件"), part("資料無誤", "Content-Type: text/plain; charset=utf-8; name=a.txt")
    )
    message = read(raw)
    assert message.text == "見附件"
    assert [one.name for one in message.attachments] == ["a.txt"]


@pytest.mark.parametrize(
    "field",
    [
        "filename==?UTF-8?B?57mz6LK76K2J5piOLmpwZw==?=",
        'filename="=?UTF-8?B?57mz6LK76K2J?= =?UTF-8?B?5piOLmpwZw==?="',
        "filename*=UTF-8''%E7%B9%B3%E8%B2%BB%E8%AD%89%E6%98%8E.jpg",
        "filename*0*=UTF-8''%E7%B9%B3%E8%B2%BB; filename*1*=%E8%AD%89%E6%98%8E.jpg",
        "filename*=big5''%C3%BA%B6O%C3%D2%A9%FA.jpg",
        'filename="=?big5?B?w7q2T8PSqfouanBn?="',
        'filename="繳費證明.jpg"',
    ],
)
def test_file_names_in_every_coding(field: str) -> None:
    raw = multipart(
        part(JPEG, "Content-Type: image/jpeg", f"Content-Disposition: attachment; {field}")
    )
    assert [one.name for one in read(raw).attachments] == ["繳費證明.jpg"]


def test_a_file_name_in_raw_big5_bytes() -> None:
    raw = multipart(part(JPEG, 'Content-Type: image/jpeg; name="NAME"'))
    raw = raw.replace(b"NAME", "繳費證明.jpg".encode("big5"))
    assert [one.name for one in read(raw).attachments] == ["繳費證明.jpg"]


def _forwarded(times: int) -> bytes:
    raw = multipart(text("收據"), part(JPEG, "Content-Type: image/jpeg"), boundary="inner")
    for level in range(times):
        inner = b"Content-Type: message/rfc822\r\n\r\n" + raw
        raw = multipart(text("fwd"), inner, boundary=f"level{level}")
    return raw


def test_a_receipt_in_a_mail_forwarded_three_times_is_found() -> None:
    assert [one.content for one in read(_forwarded(3)).attachments] == [JPEG]


def test_deeper_forwards_are_told() -> None:
    assert "parts are nested deeper than is read" in read(_forwarded(4)).defects


def test_a_forwarded_mail_that_is_encoded() -> None:
    inner = multipart(part(JPEG, "Content-Type: image/jpeg"), boundary="inner")
    raw = multipart(text("fwd"), part(inner, "Content-Type: message/rfc822"))
    assert [one.content for one in read(raw).attachments] == [JPEG]


@pytest.mark.parametrize(
    "head", [b'boundary="wrong"', b"", b"charset=utf-8"], ids=["wrong", "none", "another parameter"]
)
def test_parts_are_found_behind_a_wrong_boundary(head: bytes) -> None:
    raw = multipart(text("附上"), part(JPEG, "Content-Type: image/jpeg"))
    message = read(raw.replace(b'boundary="b0"', head))
    assert [one.content for one in message.attachments] == [JPEG]
    assert message.text == "附上"
    assert "the boundary of the parts is wrong" in message.defects


def test_parts_behind_the_closing_boundary_are_found() -> None:
    late = b"\r\n--b0\r\n" + part(JPEG, "Content-Type: image/jpeg") + b"\r\n--b0--\r\n"
    assert [one.content for one in read(multipart(text("hi")) + late).attachments] == [JPEG]


def test_another_view_of_the_same_text_is_no_attachment() -> None:
    raw = multipart(
        text("👍"),
        part('{"emoji": "👍"}', "Content-Type: text/vnd.google.email-reaction+json"),
        html("<p>👍</p><p>透過 Gmail 傳送回應</p>"),
        kind="alternative",
    )
    message = read(raw)
    assert (message.attachments, message.new_text, message.defects) == ((), "👍", ())


def test_more_parts_than_are_read_are_told() -> None:
    message = read(multipart(*[text("x")] * (MOST_PARTS + 1)))
    assert "more parts than are read" in message.defects
