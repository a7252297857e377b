"""One message → one JSON object: what the daemon would make of it, and why."""

import re
from datetime import datetime

from mailflow.mail import Message
from mailflow.mail import read as read_mail
from mailflow.mail.tags import Tags, find_tags
from mailflow.reading.office import Office, identify
from mailflow.reading.result import Reading, TokenState
from mailflow.reading.rules import read

_TAGGED = re.compile(r"(?P<local>[^+@]{1,64})\+[cr]\.[^@]{1,60}@(?P<host>[^@]{1,200})")


def explain(
    raw: bytes, *, name: str, office: Office | None, office_address: str | None, now: datetime
) -> dict[str, object]:
    """The object of `mailflow explain --json`; a message of any kind yields one."""
    message = read_mail(raw)
    tags = find_tags(message.recipients, message.subject, office_address or _addressed(message))
    case, token, doubts = (
        identify(message, tags, office) if office else (None, _unjudged(tags), ("case_unknown",))
    )
    reading = read(message, case=case, token=token, tags=tags, now=now, doubts=doubts)
    return {
        "file": name,
        **as_json(reading),
        "new_text": message.new_text,
        "token": reading.token,
        "attachments": [
            {"name": a.name, "type": a.content_type, "bytes": len(a.content)}
            for a in message.attachments
        ],
        "case": case.case if case else None,
    }


def as_json(reading: Reading) -> dict[str, object]:
    return {
        "intent": reading.intent.value,
        "secondary": [intent.value for intent in reading.secondary],
        "flagged": reading.flagged,
        "reasons": list(reading.reasons),
        "corrections": [
            {"field": c.field.value, "new_value": c.new, "old_value": c.old}
            for c in reading.corrections
        ],
        "unread": [
            {"clause": u.clause, "chance": u.chance, "grams": dict(u.grams)} for u in reading.unread
        ],
    }


def _unjudged(tags: Tags) -> TokenState:
    return TokenState.UNKNOWN if tags.confirm_token else TokenState.NONE


def _addressed(message: Message) -> str:
    """Without a configured address: the one that the message's own tags stand on."""
    for address in message.recipients:
        if found := _TAGGED.fullmatch(address):
            return f"{found['local']}@{found['host']}"
    return "office@localhost"
