"""Bytes of a message: headers in every charset, bodies in every transfer encoding, attachments."""

from base64 import b64encode
from dataclasses import dataclass
from quopri import encodestring
from urllib.parse import quote

_JFIF = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
PICTURE, LOGO = _JFIF + b"\0" * 3400, _JFIF + b"\0" * 600  # no screenshot is as small as a logo
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CONTENT = {"application/pdf": PAPER, "application/zip": b"PK\x03\x04" + b"\0" * 40}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A placeholder file; `how` is the way its name is written."""

    name: str
    type: str
    depicts: str
    how: str = "word"

    def part(self) -> bytes:
        content = CONTENT.get(self.type, LOGO if "logo" in self.depicts.lower() else PICTURE)
        named = f'Content-Type: {self.type}; name="'.encode() + self._name() + b'"\r\n'
        placed = b"Content-Disposition: attachment; " + self._filename() + b"\r\n"
        if self.how == "inline":
            placed = (
                b"Content-Disposition: inline; " + self._filename() + b"\r\nContent-ID: <ii_m1>\r\n"
            )
        elif self.how == "nameless":
            named, placed = f"Content-Type: {self.type}\r\n".encode(), b""
        return named + placed + b"Content-Transfer-Encoding: base64\r\n\r\n" + wrapped(content)

    def _name(self) -> bytes:
        if self.how == "raw_big5":
            return self.name.encode("cp950")
        return self.name.encode() if self.name.isascii() else word(self.name, "utf-8").encode()

    def _filename(self) -> bytes:
        if self.how == "rfc2231":
            return b"filename*=UTF-8''" + quote(self.name).encode()
        return b'filename="' + self._name() + b'"'


def wrapped(content: bytes) -> bytes:
    """Base64 in lines of 76."""
    text = b64encode(content)
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) + b"\r\n"


def word(text: str, charset: str) -> str:
    """One encoded word."""
    return f"=?{charset}?B?{b64encode(text.encode(codec(charset))).decode()}?="


def codec(charset: str) -> str:
    return {"big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030"}.get(charset.lower(), charset)


def header(text: str, *, charset: str, broken: bool = False) -> str:
    """A header's value; `broken` cuts its words inside of characters, as old gateways do."""
    if text.isascii():
        return text
    content = text.encode(codec(charset))
    if broken:
        chunks = [content[at : at + 37] for at in range(0, len(content), 37)]
    else:
        chunks = [text[at : at + 12].encode(codec(charset)) for at in range(0, len(text), 12)]
    return "\r\n ".join(f"=?{charset}?B?{b64encode(chunk).decode()}?=" for chunk in chunks)


def text_part(
    kind: str, text: str, *, charset: str, transfer: str, said: str | None = None
) -> bytes:
    """One text part; `said` is the charset it claims, "" claims none."""
    content = text.replace("\n", "\r\n").encode(codec(charset))
    claim = charset if said is None else said
    parameter = f'; charset="{claim}"' if claim else ""
    head = f"Content-Type: text/{kind}{parameter}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    if transfer == "base64":
        return head.encode() + wrapped(content)
    if transfer == "quoted-printable":
        return head.encode() + encodestring(content.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return head.encode() + content + b"\r\n"


def multipart(kind: str, parts: list[bytes], boundary: str) -> bytes:
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + lines + b"--" + boundary.encode() + b"--\r\n"
