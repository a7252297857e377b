"""Whose message is it? Every carrier of identity is looked up; when they disagree, a person looks.

Nothing here gives a right: only a token that the office itself judges as valid does.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from mailflow.mail.message import Message
from mailflow.mail.tags import Tags, normal_token
from mailflow.person import Field
from mailflow.reading.result import CaseFacts, TokenState


class Office(Protocol):
    """What the office knows. Cases are named by their number; unknown things are None or empty."""

    def judge_token(self, token: str) -> tuple[str | None, TokenState]:
        """The case a confirm token was issued for, and what it is worth now."""

    def case_by_reply_tag(self, tag: str) -> str | None: ...

    def case_by_letter(self, message_id: str) -> tuple[str, str] | None:
        """Case number and kind of the letter of ours with this Message-ID."""

    def cases_by_address(self, address: str) -> tuple[str, ...]: ...

    def facts(self, case: str) -> tuple[CaseFacts, str] | None:
        """The case by its number, and its registered address."""


def identify(
    message: Message, tags: Tags, office: Office
) -> tuple[CaseFacts | None, TokenState, tuple[str, ...]]:
    """The case the message belongs to, what its token is worth, and doubts for a person."""
    token_case, token = _judge(tags, office)
    letter = _answered_letter(message, office)
    carriers = _carriers(message, tags, office, token_case=token_case, letter=letter)
    named = tuple(dict.fromkeys(case for case in carriers if case))
    if not named:
        return None, token, ()
    known = office.facts(named[0])
    if known is None:
        return None, token, ("case_unknown",)
    facts, address = known
    author = message.author.address if message.author else ""
    facts = replace(
        facts,
        sender_registered=bool(author) and author == address.strip().lower(),
        replied_letter=letter[1] if letter and letter[0] == facts.case else None,
    )
    if token_case and token_case.upper() != (tags.confirm_case or token_case).upper():
        token = TokenState.FOREIGN
    doubts = ("carriers_disagree",) if len(named) > 1 else ()
    return facts, token, doubts


def _judge(tags: Tags, office: Office) -> tuple[str | None, TokenState]:
    if tags.confirm_token is None:
        return None, TokenState.NONE if tags.confirm_case is None else TokenState.UNKNOWN
    return office.judge_token(tags.confirm_token)


def _answered_letter(message: Message, office: Office) -> tuple[str, str] | None:
    returned = message.bounce.original_message_id if message.bounce else None
    threads = (
        *message.in_reply_to,
        *reversed(message.references),
        *([returned] if returned else []),
    )
    return next((found for m in threads if (found := office.case_by_letter(m))), None)


def _carriers(
    message: Message,
    tags: Tags,
    office: Office,
    *,
    token_case: str | None,
    letter: tuple[str, str] | None,
) -> list[str | None]:
    """Case numbers by carrier, the most telling first; a registered address only when alone."""
    numbers = [known[0].case for n in tags.case_numbers[:5] if (known := office.facts(n))]
    found = [
        token_case,
        office.case_by_reply_tag(tags.reply_tag) if tags.reply_tag else None,
        letter[0] if letter else None,
        *numbers,
    ]
    if any(found):
        return found
    wrote = message.author.address if message.author else ""
    if message.bounce:  # what came back tells who did not get it
        wrote = message.bounce.recipient or ""
    own = office.cases_by_address(wrote) if wrote else ()
    return [own[0]] if len(own) == 1 else []


@dataclass(frozen=True, slots=True)
class _Record:
    facts: CaseFacts
    address: str
    token: str
    letters: dict[str, str] = field(default_factory=dict)


class OfficeFile:
    """An office read from lines of JSON: one registration per line, as `--cases` gives it.

    The token there is an opaque word. Lines that lack a case number are refused with ValueError.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        records = [_record(json.loads(line)) for line in lines if line.strip()]
        self._by_case = {record.facts.case.upper(): record for record in records}
        self._by_token = {r.token: r.facts.case for r in records if r.token}
        self._by_letter = {
            message_id: (record.facts.case, kind)
            for record in records
            for message_id, kind in record.letters.items()
        }
        self._by_address: dict[str, tuple[str, ...]] = {}
        for record in records:
            known = self._by_address.get(record.address, ())
            self._by_address[record.address] = (*known, record.facts.case)

    def judge_token(self, token: str) -> tuple[str | None, TokenState]:
        case = self._by_token.get(normal_token(token))
        return (case, TokenState.VALID) if case else (None, TokenState.UNKNOWN)

    def case_by_reply_tag(self, tag: str) -> str | None:  # noqa: ARG002 — the file knows no tags
        return None

    def case_by_letter(self, message_id: str) -> tuple[str, str] | None:
        return self._by_letter.get(_bare(message_id))

    def cases_by_address(self, address: str) -> tuple[str, ...]:
        return self._by_address.get(address.strip().lower(), ())

    def facts(self, case: str) -> tuple[CaseFacts, str] | None:
        record = self._by_case.get(case.upper())
        return (record.facts, record.address) if record else None


def _bare(message_id: str) -> str:
    return message_id.strip().strip("<>").lower()


def _record(known: dict[str, object]) -> _Record:
    case = known.get("case")
    if not isinstance(case, str) or not case:
        raise ValueError("a line of the cases file has no case number")
    outbox = known.get("outbox")
    sent = (
        [entry for entry in outbox if isinstance(entry, dict)] if isinstance(outbox, list) else []
    )
    letters = {_bare(str(e.get("message_id", ""))): str(e.get("kind", "")) for e in sent}
    fee, account = known.get("fee"), known.get("virtual_account")
    facts = CaseFacts(
        case=case,
        values={name: str(known[name]) for name in Field if known.get(name)},
        sender_registered=False,
        slip_sent=any(kind in ("slip_mail", "payment_slip") for kind in letters.values()),
        fee=fee if isinstance(fee, int) else None,
        account=str(account) if account else None,
    )
    return _Record(
        facts,
        str(known.get("email", "")).strip().lower(),
        normal_token(str(known.get("token", ""))),
        letters,
    )
