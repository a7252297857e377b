"""The MIME tree of a message, walked once, with limits on all that a stranger can make big.

The standard library splits (compat32 keeps what is broken and does not judge); this one walks.
"""

import binascii
import re
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

_BOUNDARY_LINE = re.compile(
    rb"^--([^\s-][^\r\n]{0,69}|-{1,30}[^\s-][^\r\n]{0,69}(?=[ \t\r]{0,9}\ncontent-))[ \t\r]{0,9}$",
    re.MULTILINE | re.IGNORECASE,
)
_FORWARDED = {"message/rfc822", "message/global"}
_MOST_REPORT = 20_000
_UNPARSABLE = (RecursionError, ValueError, TypeError, LookupError, AttributeError, AssertionError)


class _Policy(Compat32):
    """Fields cut while they are read (the library takes quadratic time), 8-bit bytes kept."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        content = name[:8].lower() == "content-"
        return name, value[: MOST_PARAMETER_BYTES if content else MOST_HEADER_BYTES]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value


_POLICY = _Policy()


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
    kind: str
    report_type: str
    defects: list[str]
    kinds: list[str] = field(default_factory=list)
    texts: list[TextPart] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    delivery_status: list[str] = field(default_factory=list)
    returned_headers: list[Headers] = field(default_factory=list)
    calendar_method: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: how deep, and in which alternative (0: in none)."""

    depth: int = 0
    forwards: int = 0
    group: int = 0


def read_structure(raw: bytes) -> Structure:
    """Split `raw`; never raises. What could not be split is told in `defects`."""
    defects: list[str] = []
    try:
        root = message_from_bytes(_within_limits(raw, defects), policy=_POLICY)
    except _UNPARSABLE as error:
        root = BytesHeaderParser(policy=_POLICY).parsebytes(raw[:MOST_HEADER_BYTES])
        root.set_payload("")
        del root["Content-Type"]
        defects.append(f"the parts cannot be told apart ({type(error).__name__})")
    walk = _Walk(
        Structure(
            headers=_headers_of(root, defects),
            kind=_kind(root),
            report_type=_parameter(root, "report-type").lower(),
            defects=defects,
        )
    )
    walk.through(root)
    return walk.found


def _within_limits(raw: bytes, defects: list[str]) -> bytes:
    """Cut before splitting what the library would need too long for."""
    if raw.count(b"\n--") <= MOST_BOUNDARY_LINES or b"multipart/" not in raw.lower():
        return raw
    defects.append("more parts than are read")
    at = 0
    for _ in range(MOST_BOUNDARY_LINES):
        at = raw.find(b"\n--", at + 1)
    return raw[:at]


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


def _kind(part: Part) -> str:
    """The declared type; raw bytes in it become `?`, so that what is read can be passed on."""
    return part.get_content_type().encode("ascii", "replace").decode("ascii")


class _Walk:
    """Depth first, in order, without recursion."""

    def __init__(self, found: Structure) -> None:
        self.found = found

    def through(self, root: Part) -> None:
        waiting = [(root, _Place())]
        while waiting:
            if len(self.found.kinds) >= MOST_PARTS:
                self.found.defects.append("more parts than are read")
                return
            part, place = waiting.pop()
            self.found.kinds.append(_kind(part))
            waiting.extend(reversed(list(self._enter(part, place))))

    def _enter(self, part: Part, place: _Place) -> Iterator[tuple[Part, _Place]]:
        """The parts inside `part`; a part without any is taken as it is."""
        kind = _kind(part)
        inside = self._inside(part, kind)
        if not inside:
            self._take(part, kind, place)
            return
        if kind == "message/delivery-status":
            self.found.delivery_status.extend(_status_block(block) for block in inside)
            return
        forwarded = kind in _FORWARDED
        if place.depth >= DEEPEST or place.forwards + forwarded > DEEPEST_FORWARD:
            self.found.defects.append("parts are nested deeper than is read")
            return
        group = place.group
        if kind == "multipart/alternative" or forwarded:
            group = 0 if forwarded else len(self.found.kinds)
        if forwarded:
            self.found.returned_headers.append(_headers_of(inside[0], self.found.defects))
        for child in inside:
            yield child, _Place(place.depth + 1, place.forwards + forwarded, group)

    def _inside(self, part: Part, kind: str) -> list[Part]:
        """The parts of a container, also where it is broken; empty for a leaf."""
        if part.is_multipart():
            children = _children(part)
            if kind in _FORWARDED and _encoding(part) in {"base64", "quoted-printable"}:
                return [self._decoded(part, child) for child in children]
            return children + self._behind_the_end(part)
        if kind.startswith("multipart/"):
            return self._rescued(_content(part, self.found))
        return []

    def _decoded(self, part: Part, child: Part) -> Part:
        """A forwarded message may not be encoded (RFC 2046), but some programs do."""
        if child.keys() or child.is_multipart():
            return child
        child["Content-Transfer-Encoding"] = _encoding(part)
        self.found.defects.append("a forwarded message is encoded")
        return self._parsed(_content(child, self.found))

    def _behind_the_end(self, part: Part) -> list[Part]:
        """Parts that follow the closing boundary: the library takes them for an epilogue."""
        epilogue = part.epilogue or ""
        if "content-" not in epilogue.lower():
            return []
        return self._rescued(epilogue.encode("utf-8", "surrogateescape"))

    def _rescued(self, content: bytes) -> list[Part]:
        """Split by the boundary that the text shows, whatever the header says."""
        line = _BOUNDARY_LINE.search(content)
        if line is None:
            return []
        self.found.defects.append("the boundary of the parts is wrong")
        head = b'Content-Type: multipart/mixed; boundary="' + line[1].strip() + b'"\n\n'
        return _children(self._parsed(head + content))

    def _parsed(self, raw: bytes) -> Part:
        try:
            return message_from_bytes(raw, policy=_POLICY)
        except _UNPARSABLE as error:
            self.found.defects.append(f"a part cannot be told apart ({type(error).__name__})")
            return Part(_POLICY)

    def _take(self, part: Part, kind: str, place: _Place) -> None:
        """A leaf: text to read, a report, or an attachment."""
        content = _content(part, self.found)
        if self._is_report(part, kind, content):
            return
        name = _file_name(part)
        disposition = str(part.get("content-disposition", "")).strip().lower()
        attached = disposition.startswith("attachment") or bool(name)
        real = content_type_of(content, kind)
        if kind in {"text/plain", "text/html"} and real == kind and not attached:
            self._take_text(part, kind, place, content)
        elif kind.startswith("text/") and place.group and not attached:
            return  # another view of the same text: AMP, a calendar entry, an emoji reaction
        elif content or name:
            inline = not disposition.startswith("attachment") and (
                disposition.startswith("inline") or "content-id" in part
            )
            self.found.attachments.append(Attachment(name, real, content, inline))

    def _take_text(self, part: Part, kind: str, place: _Place, content: bytes) -> None:
        text, repaired = decode_text(content, _parameter(part, "charset"))
        if repaired:
            self.found.defects.append(repaired)
        self.found.texts.append(
            TextPart(
                group=place.group or -len(self.found.kinds),
                is_html=kind == "text/html",
                text=text,
                flowed=_parameter(part, "format").lower() == "flowed",
                delsp=_parameter(part, "delsp").lower() == "yes",
                forwarded=place.forwards > 0,
            )
        )

    def _is_report(self, part: Part, kind: str, content: bytes) -> bool:
        if kind == "text/calendar" and not self.found.calendar_method:
            self.found.calendar_method = _parameter(part, "method").upper()
        if kind in {"message/disposition-notification", "message/delivery-status"}:
            self.found.delivery_status.append(decode_text(content, None)[0][:_MOST_REPORT])
            return True
        if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            parsed = BytesHeaderParser(policy=_POLICY).parsebytes(content[:MOST_HEADER_BYTES])
            self.found.returned_headers.append(_headers_of(parsed, self.found.defects))
            return True
        return False


def _children(part: Part) -> list[Part]:
    """Not `get_payload` on a leaf: without `decode` it trusts the charset, which may not exist."""
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Part)]


def _status_block(block: Part) -> str:
    fields = "\n".join(f"{name}: {decode_header(str(value))}" for name, value in block.raw_items())
    return fields[:_MOST_REPORT]


def _encoding(part: Part) -> str:
    return str(part.get("content-transfer-encoding", "")).strip().lower()


def _content(part: Part, found: Structure) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, binascii.Error, LookupError, TypeError, AttributeError):
        found.defects.append("a part cannot be decoded")
        return b""
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
