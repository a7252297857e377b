"""The mails of the cast, built from invented parts: the office writes, students answer."""

from base64 import b64encode

from mailflow.mail import Message, read

OFFICE = "office@example.org"
ANNE = "anne@students.example.org"

# What the office wrote; its button names the sentence that confirms.
LETTER = """林安妮 同學您好：

請核對下列報名資料：
中文姓名：林安妮
手機：0900000000
Email：anne@students.example.org

※如資料無誤，請點擊「確認資料無誤」按鍵，內容為「我已確認資料無誤」的新信，直接寄出即可。

研發處 就業輔導組
(02)2700-0000"""
QUOTED = "\n".join(f"> {line}" if line else ">" for line in LETTER.split("\n"))
PREFILLED = "我已確認資料無誤"

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(60))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(60))
PDF = b"%PDF-1.4\n" + bytes(range(60))


def mail(body: str | bytes, *fields: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    """A mail of one part from Anne to the office; `fields` stand before it as written."""
    head = [f"From: {ANNE}", f"To: {OFFICE}", "Subject: Re: data", "MIME-Version: 1.0", *fields]
    if not any(name.startswith("Content-Type") for name in fields):
        head.append(f"Content-Type: {kind}")
    content = body.encode() if isinstance(body, str) else body
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content.replace(b"\n", b"\r\n")


def part(content: bytes | str, *fields: str) -> bytes:
    """One MIME part; bytes go out as base64."""
    if isinstance(content, str):
        return "\r\n".join(fields).encode() + b"\r\n\r\n" + content.encode()
    encoded = b64encode(content)
    return (
        "\r\n".join((*fields, "Content-Transfer-Encoding: base64")).encode() + b"\r\n\r\n" + encoded
    )


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "b0", extra: str = "") -> bytes:
    """A mail of several parts."""
    body = b"".join(f"--{boundary}\r\n".encode() + one + b"\r\n" for one in parts)
    return mail(
        body.replace(b"\r\n", b"\n") + f"--{boundary}--\n".encode(),
        f'Content-Type: multipart/{kind}; boundary="{boundary}"{extra}',
    )


def text(words: str) -> bytes:
    return part(words, "Content-Type: text/plain; charset=utf-8")


def html(words: str) -> bytes:
    return part(words, "Content-Type: text/html; charset=utf-8")


def both(plain: str, rich: str) -> Message:
    return read(multipart(text(plain), html(rich), kind="alternative"))


def plain(words: str) -> Message:
    return read(mail(words))


def rich(words: str) -> Message:
    return read(mail(words, kind="text/html; charset=utf-8"))
