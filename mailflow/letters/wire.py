"""One letter as an RFC 5322 message: exactly our headers, both parts in UTF-8 and base64."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

from mailflow.campaign.round import TAIPEI

_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,240}@[!-;=?A-~]{1,240}>")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9-]{1,63}"
_ADDRESS = re.compile(
    rf"(?=.{{3,254}}$)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
)
_REFERENCES_LENGTH = 900
_FOLD = "\r\n "


class _WirePolicy(EmailPolicy):
    """SMTP's policy, but Message-IDs are never folded inside nor wrapped as encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in {"message-id", "in-reply-to", "references"}:
            return f"{name}: {_FOLD.join(value.split())}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_WIRE = _WirePolicy(linesep="\r\n", raise_on_defect=False, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom about which message. `reply_to` is an address or None."""

    sender_name: str
    sender: str
    to: str
    message_id: str
    at: datetime
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF that goes with a letter; `name` is plain ASCII."""

    name: str
    content: bytes = field(repr=False)


def build(
    envelope: Envelope, *, subject: str, text: str, html: str, attached: Attached | None = None
) -> EmailMessage:
    """The message; the same input gives the same bytes. Raises ValueError on a bad address,
    a bad Message-ID or a time without a zone."""
    message = EmailMessage(policy=_WIRE)
    _address_headers(message, envelope)
    message["Subject"] = subject
    _thread_headers(message, envelope)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["X-Mailflow-Loop"] = "1"
    message.set_content(text, charset="utf-8", cte="base64")
    message.make_alternative(boundary=_boundary(envelope.message_id))
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    if attached:
        message.make_mixed(boundary=_boundary(f"mixed {envelope.message_id}"))
        message.add_attachment(
            attached.content, maintype="application", subtype="pdf", filename=attached.name
        )
    message["Content-Language"] = "zh-TW, en"  # last: make_… moves such headers down
    return message


def _address_headers(message: EmailMessage, envelope: Envelope) -> None:
    for address in (envelope.sender, envelope.to, envelope.reply_to):
        if address is not None and not _ADDRESS.fullmatch(address):
            raise ValueError("not a plain ASCII mail address")
    message["From"] = Address(envelope.sender_name, addr_spec=envelope.sender)
    if envelope.reply_to:
        message["Reply-To"] = envelope.reply_to
    message["To"] = envelope.to


def _thread_headers(message: EmailMessage, envelope: Envelope) -> None:
    if envelope.at.tzinfo is None:
        raise ValueError("the time of a letter needs a zone")
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise ValueError("the Message-ID is not of the form <left@right>")
    message["Date"] = envelope.at.astimezone(TAIPEI).replace(microsecond=0)
    message["Message-ID"] = envelope.message_id
    parent = message_ids([envelope.in_reply_to or ""])
    if parent:
        message["In-Reply-To"] = parent[0]
    chain = trimmed(message_ids([*envelope.references, *parent]))
    if chain:
        message["References"] = " ".join(chain)


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The well-formed Message-IDs, each once; strangers write these headers."""
    return tuple(dict.fromkeys(value for value in values if _MESSAGE_ID.fullmatch(value)))


def trimmed(chain: Sequence[str]) -> tuple[str, ...]:
    """The first id and as many of the newest as fit into the header."""
    if not chain:
        return ()
    first, rest = chain[0], chain[1:]
    room = _REFERENCES_LENGTH - len(first)
    kept: list[str] = []
    for value in reversed(rest):
        room -= len(value) + 1
        if room < 0:
            break
        kept.append(value)
    return (first, *reversed(kept))


def _boundary(message_id: str) -> str:
    """`=_` can't occur in base64; taken from the id so that equal input gives equal bytes."""
    return "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32]
