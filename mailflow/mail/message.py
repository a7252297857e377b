"""What a received mail is, once parsed. Values only."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Nature(StrEnum):
    """Who or what wrote a message: decided before anything else is read.

    The order of the rules matters: half of all bounces also say that they are automatic.
    """

    HUMAN = "human"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"  # autoresponder, read receipt, calendar acceptance
    LIST = "list"  # mailing list, newsletter, bulk
    OURS = "ours"  # a letter of our own that came back to the inbox


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: the display name as decoded, the address in lower case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One MIME part that is not message text.

    `name` is what the sender wrote (decoded) and is never used as a path.
    `content_type` is told by the bytes where they tell it, else as declared.
    `inline` is true for a part that the HTML shows in place (signature logos among them).
    """

    name: str
    content_type: str
    content: bytes = field(repr=False)
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Bounce:
    """A non-delivery report.

    `outcome` is failed, delayed, or unknown; `recipient` is the address that did not get the
    mail; `status` is the RFC 3463 code; `original_message_id` names the letter that came back;
    `cause` is mailbox_full, unknown_user, or empty.
    """

    outcome: str
    recipient: str | None
    status: str | None
    original_message_id: str | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A received mail, parsed. Built by `mailflow.mail.read`, which never raises.

    `author` is None unless there is exactly one From field with exactly one plain mailbox.
    `recipients` are the addresses of To, Cc, Delivered-To and X-Original-To, in lower case.
    `text` is all visible text; `new_text` what this sender wrote now, `quoted_text` the rest.
    `hidden_text` was in the HTML but invisible to a reader.
    `new_text_certain` is false when quotes could not be told apart and `new_text` is a fallback.
    `defects` names in words everything that was odd (duplicate headers, repaired charset, caps).
    `answers` are lines written below quoted ones: (quoted line just above, new line).
    `answerable` is false when no automatic letter may go back to this message, whoever wrote it.
    `received_at` and `received_by` are told by the topmost Received field, our own host's.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    author: Address | None
    return_path: str | None
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    nature: Nature
    nature_reason: str
    bounce: Bounce | None
    text: str = field(repr=False)
    new_text: str = field(repr=False)
    quoted_text: str = field(repr=False)
    hidden_text: str = field(repr=False)
    new_text_certain: bool
    attachments: tuple[Attachment, ...]
    authentication: tuple[str, ...] = ()  # e.g. ("spf=pass", "dkim=fail", "dmarc=fail")
    defects: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    answerable: bool = True
    received_at: datetime | None = None
    received_by: str | None = None
