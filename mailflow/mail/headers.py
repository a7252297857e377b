"""The fields of a message header: decoded tolerantly, judged strictly.

Values come as `email` with the compat32 policy keeps them: unparsed, 8-bit bytes as surrogates.
"""

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailflow.mail.charset import decode_text
from mailflow.mail.message import Address

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
_PLAIN = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_QUOTED_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")  # printable ASCII: it goes into our answers
_ANGLE = re.compile(r"<([^<>\s]{3,254})>")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}")
_MOST_RECIPIENTS = 1000


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields in order; names in lower case, values as they stood."""

    fields: tuple[tuple[str, str], ...]

    def every(self, name: str) -> list[str]:
        """The undecoded values of a field, unfolded."""
        return [unfold(value) for key, value in self.fields if key == name]

    def first(self, name: str) -> str:
        """The first undecoded value, or an empty string."""
        for key, value in self.fields:
            if key == name:
                return unfold(value)
        return ""

    def text(self, name: str) -> str:
        """The first value, decoded for reading."""
        return decode_header(self.first(name))

    def names(self) -> Iterator[str]:
        return (key for key, _ in self.fields)


def unfold(value: str) -> str:
    return re.sub(r"\r\n?|\n", "", value).strip()


def decode_header(value: str) -> str:
    """Encoded words (also those cut inside a character) and raw 8-bit bytes → text."""
    if value.isascii() and "=?" not in value:
        return _CONTROL.sub("", value)
    pieces: list[tuple[str, bytes]] = []  # charset, bytes; "" for text outside encoded words
    at = 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[at : word.start()]
        if between.strip() or not pieces:
            _append(pieces, "", between.encode("utf-8", "surrogateescape"))
        _append(pieces, word[1].partition("*")[0].lower(), _word_bytes(word[2], word[3]))
        at = word.end()
    _append(pieces, "", value[at:].encode("utf-8", "surrogateescape"))
    text = "".join(decode_text(data, charset)[0] for charset, data in pieces)
    return _CONTROL.sub("", re.sub(r"[\r\n]+", " ", text)).strip()


def _append(pieces: list[tuple[str, bytes]], charset: str, data: bytes) -> None:
    """Join neighbours of one charset before decoding: a word may end inside a character."""
    if not data:
        return
    if pieces and pieces[-1][0] == charset:
        pieces[-1] = (charset, pieces[-1][1] + data)
    else:
        pieces.append((charset, data))


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def strict_author(values: list[str]) -> tuple[Address | None, str | None]:
    """Exactly one From field with exactly one plain mailbox → it; else None and the reason.

    Parsers disagree on every other form (comments, groups, two fields, text after the address),
    and whoever forges a sender lives on that disagreement.
    """
    if not values:
        return None, "From is missing"
    if len(values) > 1:
        return None, "From stands more than once"
    value = values[0]
    if len(value) > 1000 or _CONTROL.search(value):
        return None, "From is not a plain mailbox"
    if _PLAIN.fullmatch(value):
        return Address("", value.lower()), None
    if not value.endswith(">") or "<" not in value:
        return None, "From is not a plain mailbox"
    phrase, _, address = value[:-1].rpartition("<")
    if not _PLAIN.fullmatch(address) or not _is_plain_phrase(phrase.strip(), address):
        return None, "From is not a plain mailbox"
    name = decode_header(_unquote(phrase.strip()))
    shown = _ADDRESS.search(name)
    doubt = "the name in From looks like an address"
    return Address(name, address.lower()), (
        doubt if shown and shown[0].lower() != address.lower() else None
    )


def _is_plain_phrase(phrase: str, address: str) -> bool:
    if phrase.lower() == address.lower():
        return True  # `a@b <a@b>`: wrong by the letter, written by real clients, and unambiguous
    rest = _QUOTED_STRING.sub("", phrase)
    rest = _ENCODED_WORD.sub("", rest)
    return not re.search(r'[<>@,;:()\[\]"\\]', rest)


def _unquote(phrase: str) -> str:
    return _QUOTED_STRING.sub(lambda m: re.sub(r"\\(.)", r"\1", m[0][1:-1]), phrase)


def mail_addresses(values: Iterable[str]) -> tuple[str, ...]:
    """The mailboxes of address fields, lower case, without names and comments; tolerant."""
    found: dict[str, None] = {}
    for value in values:
        bare = re.sub(r"\([^()]*\)", " ", re.sub(r'"[^"]*"', " ", value))
        for item in re.split(r"[,;]", bare):
            angle = _ANGLE.search(item)
            match = _ADDRESS.search(angle[1] if angle else item)
            if match:
                found[match[0].lower()] = None
        if len(found) >= _MOST_RECIPIENTS:
            break
    return tuple(found)[:_MOST_RECIPIENTS]


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The ids of Message-ID, In-Reply-To or References, with their angle brackets."""
    return tuple(dict.fromkeys(found for value in values for found in _MESSAGE_ID.findall(value)))


def parse_date(value: str) -> datetime | None:
    """A Date field → aware UTC, or None. A missing zone is read as UTC (RFC 5322, -0000)."""
    try:
        when = parsedate_to_datetime(value[:200])
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
