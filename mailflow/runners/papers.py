"""Mails after the exam: an application for the refund, a certificate, an account.

Each is taken in or put before staff, in the caller's one transaction; none is decided here.
"""

from datetime import datetime

from mailflow.mail import Message
from mailflow.reading.evidence import is_logo
from mailflow.runners.routing import Paper
from mailflow.store import inbox
from mailflow.store.afterpapers import AfterPapers, Held
from mailflow.store.cases import CaseView
from mailflow.store.casework import Cause, Rules
from mailflow.store.certificates import Paper as File
from mailflow.store.certificates import Purpose
from mailflow.store.database import Transaction

_PAPERS = ("image/", "application/pdf")


class PaperMail:
    """One mail. The caller settles it and commits."""

    def __init__(self, tx: Transaction, rules: Rules, inbox_id: str, *, now: datetime) -> None:
        self._inbox_id = inbox_id
        self._papers = AfterPapers(tx, rules, now=now)
        self._arrived_at = inbox.arrived_at(tx, inbox_id)

    def take(
        self,
        paper: Paper,
        message: Message,
        case: CaseView,
        *,
        cause: Cause,
        doubts: tuple[str, ...] = (),
        token: str | None = None,
    ) -> Held | None:
        """None when it is taken in; else why a person must look. Files are kept either way."""
        if paper is Paper.ACCOUNT:
            return self._papers.account(
                case, token or "", text=message.new_text, cause=cause, doubts=doubts
            )
        is_refund = paper is Paper.APPLICATION
        purpose = Purpose.REFUND if is_refund else Purpose.REWARD
        files = _files(message)
        seen = self._papers.keep(
            case, files, purpose=purpose, inbox_id=self._inbox_id, at=self._arrived_at
        )
        if is_refund:
            return self._papers.application(
                case, cause=cause, at=self._arrived_at, doubts=doubts, seen=seen
            )
        names = " ".join(part.name or "" for part in message.attachments)
        return self._papers.certificate(
            case,
            cause=cause,
            at=self._arrived_at,
            words=f"{message.subject} {message.new_text} {names}",
            doubts=doubts,
            seen=seen,
        )


def _files(message: Message) -> list[File]:
    """Pictures and PDFs, but not the small pictures of a signature."""
    return [
        File(part.content, part.content_type)
        for part in message.attachments
        if part.content_type.startswith(_PAPERS) and not is_logo(part)
    ]
