"""Fill a letter's templates and build the RFC 5322 message."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from mailflow.campaign import Campaign
from mailflow.letters.content import LetterData, words_of
from mailflow.letters.folder import HTML, SUBJECT, TEXT, Folder, TemplateError
from mailflow.letters.paper import slip_pdf
from mailflow.letters.proofread import proofread
from mailflow.letters.wire import Attached, Envelope, build
from mailflow.letters.wording import one_line
from mailflow.mail.tags import recipient_tag
from mailflow.workflow import Letter


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it will go over the wire, byte for byte; `message_id` stands in it. `wording`
    is the version of the templates that it was made with."""

    message_id: str
    subject: str
    raw: bytes = field(repr=False)
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates of one letter. `version` is a short digest of `text` (JSON: file name → text,
    and what the campaign adds), so that equal words have equal versions."""

    letter: Letter
    version: str
    text: str = field(repr=False)


class Composer:
    """Holds the loaded templates. Raises TemplateError (all problems at once) when built."""

    def __init__(self, templates: Path, campaign: Campaign, *, office: str, sender_name: str):
        self._folder = Folder(templates)
        self._campaign = campaign
        self._office = office
        self._sender_name = one_line(sender_name)
        problems = self._folder.problems
        if templates.is_dir():
            problems = [*problems, *proofread(self._folder, campaign, mailbox=office)]
        if problems:
            raise TemplateError(tuple(problems))
        self._wordings = {letter: self._wording(letter) for letter in Letter}
        self._notice = self._folder.notice(campaign.privacy_notice, office=campaign.office)

    def compose(
        self, letter: Letter, data: LetterData, *, to: str, message_id: str, now: datetime
    ) -> Rendered:
        """Render one letter to one recipient; every header of `architecture.md` is set.

        Equal input gives equal bytes. Raises LetterError when `data` lacks what the letter needs,
        ValueError when an address can't be written.
        """
        message = self.message(letter, data, to=to, message_id=message_id, now=now)
        wording = self.wording(letter).version
        return Rendered(message_id, str(message["Subject"]), message.as_bytes(), wording)

    def wording(self, letter: Letter) -> "Wording":
        """What this letter says before a case is filled in: the templates as they were loaded."""
        return self._wordings[letter]

    def message(
        self, letter: Letter, data: LetterData, *, to: str, message_id: str, now: datetime
    ) -> EmailMessage:
        """The same letter before it is written out as bytes."""
        words = words_of(
            letter, data, campaign=self._campaign, mailbox=self._office, notice=self._notice
        )
        tag = data.reply_tag
        envelope = Envelope(
            sender_name=self._sender_name,
            sender=self._office,
            to=to,
            message_id=message_id,
            at=now,
            reply_to=recipient_tag(self._office, "r", tag) if tag else None,
            in_reply_to=data.in_reply_to,
            references=data.references,
        )
        return build(
            envelope,
            subject=one_line(self._folder.render(letter, SUBJECT, words)),
            text=self._folder.render(letter, TEXT, words),
            html=self._folder.render(letter, HTML, words),
            attached=self._attached(letter, data),
        )

    def _wording(self, letter: Letter) -> Wording:
        added = self._campaign.texts.get(letter)
        said = self._folder.sources(letter) | (
            {"added": f"{added.zh}\n{added.en}"} if added else {}
        )
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return Wording(letter, hashlib.sha256(text.encode()).hexdigest()[:12], text)

    def _attached(self, letter: Letter, data: LetterData) -> Attached | None:
        """The slip as paper goes with the letter that first brings it, or brings it again."""
        if letter is not Letter.PAYMENT_SLIP:
            return None
        content = slip_pdf(data, self._campaign)
        return Attached(f"{one_line(data.case)}.pdf", content) if content else None
