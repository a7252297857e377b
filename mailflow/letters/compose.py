"""Fill a letter's templates and build the RFC 5322 message."""

from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from mailflow.campaign import Campaign
from mailflow.person import Change, Registration
from mailflow.workflow import Letter


@dataclass(frozen=True, slots=True)
class Slip:
    """What one student owes. Amount in NT$; `due_on` is inclusive, Asia/Taipei."""

    amount: int
    account: str = field(repr=False)
    bank: str
    due_on: date


@dataclass(frozen=True, slots=True)
class LetterData:
    """Everything a template may use; what a letter does not need stays at its default.

    `token` is the confirm token for the button. `changes` are old and new values side by side.
    `reasons` are codes that the proof letters put into words. `missing` are fields that a
    registration by mail lacks. `note` is a sentence written by staff. `in_reply_to` and
    `references` are Message-IDs.
    """

    case: str
    registration: Registration | None = None
    token: str | None = None
    changes: tuple[Change, ...] = ()
    slip: Slip | None = None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    reply_tag: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it will go over the wire, byte for byte; `message_id` stands in it."""

    message_id: str
    subject: str
    raw: bytes = field(repr=False)


class Composer:
    """Holds the loaded templates. Raises TemplateError (all problems at once) when built."""

    def __init__(self, templates: Path, campaign: Campaign, *, office: str, sender_name: str):
        raise NotImplementedError

    def compose(
        self, letter: Letter, data: LetterData, *, to: str, message_id: str, now: datetime
    ) -> Rendered:
        """Render one letter to one recipient; every header of `architecture.md` is set."""
        raise NotImplementedError

    def message(self, letter: Letter, data: LetterData) -> EmailMessage:
        raise NotImplementedError
