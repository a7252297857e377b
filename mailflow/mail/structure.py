"""The MIME tree of a message, walked once, with a limit on everything that a stranger can make big.

The standard library splits (compat32 keeps what is broken instead of judging it); this module walks.
"""

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Part
from email.parser import BytesHeaderParser
from email.policy import Compat32

from mailflow.mail.charset import decode_text
from mailflow.mail.headers import Headers, decode_header
from mailflow.mail.limits import (
    DEEPEST,
    DEEPEST_FORWARD,
    MOST_BOUNDARY_LINES,
    MOST_HEADER_BYTES,
    MOST_PARAMETER_BYTES,
    MOST_PARTS,
)
from mailflow.mail.magic import content_type_of
from mailflow.mail.message import Attachment

_UNPARSABLE = (RecursionError, ValueError, TypeError, LookupError, AttributeError, AssertionError)


class _ShortHeaders(Compat32):
    """Cut a field while it is read: parameters are parsed in quadratic time by the library."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        content = name[:8].lower() == "content-"
        return name, value[: MOST_PARAMETER_BYTES if content else MOST_HEADER_BYTES]

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Keep 8-bit bytes (as surrogates): the library would replace each by U+FFFD."""
        return value


_POLICY = _ShortHeaders()


@dataclass(slots=True)
class TextPart:
    """One text/plain or text/html part; the parts of one alternative share `group`."""

    group: int
    is_html: bool
    text: str
    flowed: bool
    delsp: bool
    forwarded: bool


@dataclass(slots=True)
class Structure:
    """What the walk found. `kinds` are the media types in order, `report_type` the outer one's."""

    headers: Headers
    kind: str = "text/plain"
    report_type: str = ""
    kinds: list[str] = field(default_factory=list)
    texts: list[TextPart] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    delivery_status: list[str] = field(default_factory=list)
    returned_headers: list[Headers] = field(default_factory=list)
    calendar_method: str = ""
    defects: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands."""

    depth: int = 0
    forwards: int = 0
    group: int = 0
    in_report: bool = False


def read_structure(raw: bytes) -> Structure:
    """Split `raw`; never raises. What could not be split is told in `defects`."""
    raw, defects = _within_limits(raw)
    try:
        root = message_from_bytes(raw, policy=_POLICY)
    except _UNPARSABLE as error:
        root = BytesHeaderParser(policy=_POLICY).parsebytes(raw[:MOST_HEADER_BYTES])
        root.set_payload("")
        del root["Content-Type"]
        defects.append(f"the parts cannot be told apart ({type(error).__name__})")
    found = Structure(_headers_of(root, defects), defects=defects)
    found.kind = root.get_content_type()
    found.report_type = _parameter(root, "report-type").lower()
    _walk(root, found)
    return found


def _within_limits(raw: bytes) -> tuple[bytes, list[str]]:
    """Cut before splitting what the library would need too long for."""
    if raw.count(b"\n--") <= MOST_BOUNDARY_LINES or b"multipart/" not in raw.lower():
        return raw, []
    at = 0
    for _ in range(MOST_BOUNDARY_LINES):
        at = raw.find(b"\n--", at + 1)
    return raw[:at], ["more parts than are read"]


def _headers_of(part: Part, defects: list[str]) -> Headers:
    fields: list[tuple[str, str]] = []
    size = 0
    for name, value in part.raw_items():
        size += len(name) + len(value) + 3
        if size > MOST_HEADER_BYTES:
            defects.append("the header is longer than is read")
            break
        fields.append((name.lower(), str(value)))
    return Headers(tuple(fields))


def _walk(root: Part, found: Structure) -> None:
    """Depth first, in order, without recursion."""
    waiting = [(root, _Place())]
    groups = 0
    while waiting:
        part, place = waiting.pop()
        if len(found.kinds) >= MOST_PARTS:
            found.defects.append("more parts than are read")
            return
        kind = part.get_content_type()
        found.kinds.append(kind)
        groups += 1
        children = list(_children(part, kind, place, groups, found))
        waiting.extend(reversed(children))


def _children(
    part: Part, kind: str, place: _Place, group: int, found: Structure
) -> Iterator[tuple[Part, _Place]]:
    """The parts inside `part`; a part without any is taken as it is."""
    inside = part.get_payload() if part.is_multipart() else None
    if not isinstance(inside, list):
        _take(part, kind, place, group, found)
        return
    if place.depth >= DEEPEST:
        found.defects.append("parts are nested deeper than is read")
        return
    if kind == "message/delivery-status":
        found.delivery_status.extend(_status_block(block) for block in inside)
        return
    forwards = place.forwards + (kind in {"message/rfc822", "message/global"})
    if forwards > DEEPEST_FORWARD:
        found.defects.append("messages are forwarded inside each other deeper than is read")
        return
    if forwards > place.forwards:
        found.returned_headers.extend(_headers_of(child, found.defects) for child in inside)
    together = group if kind == "multipart/alternative" else place.group
    below = _Place(
        depth=place.depth + 1,
        forwards=forwards,
        group=together if forwards == place.forwards else 0,
        in_report=place.in_report or kind == "multipart/report",
    )
    for child in inside:
        yield child, below


def _status_block(block: Part) -> str:
    return "\n".join(f"{name}: {decode_header(str(value))}" for name, value in block.raw_items())


def _take(part: Part, kind: str, place: _Place, group: int, found: Structure) -> None:
    """A leaf: text to read, or an attachment."""
    content = _content(part, found)
    name = _file_name(part)
    disposition = str(part.get("content-disposition", "")).strip().lower()
    attached = disposition.startswith("attachment") or bool(name)
    if kind == "text/calendar" and not found.calendar_method:
        found.calendar_method = _parameter(part, "method").upper()
    if kind == "text/rfc822-headers":
        parsed = BytesHeaderParser(policy=_POLICY).parsebytes(content[:MOST_HEADER_BYTES])
        found.returned_headers.append(_headers_of(parsed, found.defects))
        return
    if kind in {"message/disposition-notification", "message/delivery-status"}:
        found.delivery_status.append(decode_text(content, None)[0][:20_000])
        return
    real = content_type_of(content, kind)
    if kind in {"text/plain", "text/html"} and real == kind and not attached:
        text, repaired = decode_text(content, _parameter(part, "charset"))
        if repaired:
            found.defects.append(repaired)
        found.texts.append(
            TextPart(
                group=place.group or -group,
                is_html=kind == "text/html",
                text=text,
                flowed=_parameter(part, "format").lower() == "flowed",
                delsp=_parameter(part, "delsp").lower() == "yes",
                forwarded=place.forwards > 0,
            )
        )
        return
    if not content and not name:
        return
    inline = disposition.startswith("inline") or bool(part.get("content-id"))
    found.attachments.append(
        Attachment(name, real, content, inline and not disposition.startswith("attachment"))
    )


def _content(part: Part, found: Structure) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, binascii.Error, LookupError, TypeError, AttributeError):
        found.defects.append("a part cannot be decoded")
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _parameter(part: Part, name: str, header: str = "content-type") -> str:
    """One parameter, decoded by RFC 2231, RFC 2047 or from raw bytes; empty when absent."""
    try:
        value = part.get_param(name, "", header)
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        return ""
    if isinstance(value, tuple):
        charset, _, text = value
        return decode_text(text.encode("latin-1", "replace"), charset)[0]
    return decode_header(str(value or ""))


def _file_name(part: Part) -> str:
    name = _parameter(part, "filename", "content-disposition") or _parameter(part, "name")
    return name.replace("\x00", "")[:255].strip()
