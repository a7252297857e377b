"""Chinese in whatever bytes it comes, under whatever label."""

import pytest
from mail_cast import mail

from mailflow.mail import read
from mailflow.mail.charset import decode_text

TRADITIONAL = "老師好，我的中文姓名寫錯了，應該是王恒裏，謝謝老師。"
SIMPLIFIED = "老师好，我的名字写错了，谢谢老师。这是我的手机号码。"


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("utf-8", "utf-8", TRADITIONAL),
        ("big5", "cp950", TRADITIONAL),
        ("BIG5-HKSCS", "big5hkscs", "老師好，𡃁係我"),
        ("gb2312", "gb18030", SIMPLIFIED + "囍"),
        ("gbk", "gbk", SIMPLIFIED),
        ("iso-2022-jp", "iso2022_jp", "こんにちは"),
        ("euc-kr", "cp949", "안녕하세요"),
        ("", "utf-8", TRADITIONAL),
        ("", "cp950", TRADITIONAL),
        ("", "gb18030", SIMPLIFIED),
        ("us-ascii", "utf-8", TRADITIONAL),
        ("iso-8859-1", "utf-8", TRADITIONAL),
        ("x-unknown", "utf-8", TRADITIONAL),
        ("utf-8", "cp950", TRADITIONAL),
        ("gb2312", "utf-8", TRADITIONAL),
        ("iso-8859-1", "latin-1", "Café à Zürich"),
        ("", "latin-1", "le café est fermé, déjà très tard"),
    ],
)
def test_a_body_in_these_bytes_under_this_label(label: str, codec: str, words: str) -> None:
    kind = f"text/plain; charset={label}" if label else "text/plain"
    assert read(mail(words.encode(codec), kind=kind)).text == words


@pytest.mark.parametrize(
    "label", ["utf-7", "idna", "undefined", "unicode_escape", "rot13", 'a"b', "é"]
)
def test_no_label_breaks_the_reading(label: str) -> None:
    text, _ = decode_text("資料 +ADw-script+AD4-".encode(), label)
    assert text == "資料 +ADw-script+AD4-"


def test_what_windows_calls_big5_needs_no_repair() -> None:
    assert decode_text("王恒裏".encode("cp950"), "big5") == ("王恒裏", None)


def test_a_repair_is_told() -> None:
    assert (
        decode_text(TRADITIONAL.encode("cp950"), "utf-8")[1]
        == "charset utf-8 is wrong, read as cp950"
    )
    assert decode_text(TRADITIONAL.encode(), "utf-8")[1] is None


@pytest.mark.parametrize(
    "field",
    [
        "=?UTF-8?B?6LOH5paZ54Sh6Kqk?=",
        "=?UTF-8?B?6LOH5paZ54Sh?= =?UTF-8?B?6Kqk?=",
        "=?UTF-8?B?6LOH5g==?=\r\n =?UTF-8?B?lpnnhKE=?=\r\n =?UTF-8?B?6Kqk?=",  # inside a character
        "=?utf-8?q?=E8=B3=87=E6=96=99?= =?UTF-8?B?54Sh6Kqk?=",
        "=?big5?B?uOquxg==?= =?big5?Q?=B5L=BB~?=",
        "=?big5?B?uOquxrVMu34?=",  # padding lost
        "=?UTF-8*zh-TW?B?6LOH5paZ54Sh6Kqk?=",
        "資料無誤",
    ],
)
def test_subjects_in_every_coding(field: str) -> None:
    raw = b"From: a@example.org\r\nSubject: " + field.encode() + b"\r\n\r\nhi"
    assert read(raw).subject == "資料無誤"


def test_a_subject_in_raw_big5_bytes() -> None:
    raw = b"Subject: " + "資料無誤，請寄繳費單".encode("cp950") + b"\r\n\r\nhi"
    assert read(raw).subject == "資料無誤，請寄繳費單"
