"""Raw bytes → `Message`: the one way in."""

import re

from mailflow.mail.arrival import received_at, received_by
from mailflow.mail.body import read_body, without_placeholders
from mailflow.mail.headers import Headers, mail_addresses, message_ids, parse_date, strict_author
from mailflow.mail.message import Message
from mailflow.mail.nature import is_answerable, tell_nature
from mailflow.mail.structure import read_structure

_ONCE = ("from", "subject", "date", "to", "message-id", "sender", "reply-to", "in-reply-to")
_AUTH_RESULT = re.compile(r"(?:^|;)\s{0,9}(spf|dkim|dmarc|arc)\s{0,3}=\s{0,3}([a-z]{1,20})\b", re.I)


def read(raw: bytes) -> Message:
    """Parse one message as fetched. Never raises; what was odd stands in `defects`."""
    found = read_structure(raw)
    headers = found.headers
    body = read_body(found.texts)
    text = _clean(body.text)
    nature, reason, bounce = tell_nature(found, text)
    author, doubt = strict_author(headers.every("from"))
    defects = [*found.defects, *body.defects, *_repeated(headers), *([doubt] if doubt else [])]
    ids = message_ids(headers.every("message-id"))
    return Message(
        message_id=ids[0] if ids else _clean(headers.first("message-id"))[:500],
        in_reply_to=message_ids(headers.every("in-reply-to")),
        references=message_ids(headers.every("references")),
        author=author,
        return_path=_return_path(headers),
        recipients=mail_addresses(
            value
            for name in ("to", "cc", "delivered-to", "x-original-to")
            for value in headers.every(name)
        ),
        subject=_clean(headers.text("subject"))[:2000],
        sent_at=parse_date(headers.first("date")),
        nature=nature,
        nature_reason=_clean(reason),
        bounce=bounce,
        text=text,
        new_text=_clean(without_placeholders(body.parted.new_text)),
        quoted_text=_clean(body.parted.quoted_text),
        hidden_text=_clean(body.hidden),
        new_text_certain=body.parted.certain,
        attachments=(*found.attachments, *body.images),
        authentication=_authentication(headers),
        defects=tuple(dict.fromkeys(_clean(defect) for defect in defects)),
        answers=tuple((_clean(above), _clean(line)) for above, line in body.parted.answers),
        answerable=is_answerable(found, nature),
        received_at=received_at(headers),
        received_by=received_by(headers),
    )


def _repeated(headers: Headers) -> list[str]:
    names = list(headers.names())
    return [f"{name} stands more than once" for name in _ONCE if names.count(name) > 1]


def _return_path(headers: Headers) -> str | None:
    """The envelope sender in lower case; empty for `<>`; None when the field is absent."""
    values = headers.every("return-path")
    if not values:
        return None
    return _clean(values[0]).strip("<> \t").lower()[:254]


def _authentication(headers: Headers) -> tuple[str, ...]:
    """`spf=pass` and so on, from the topmost Authentication-Results alone: others may be forged."""
    value = re.sub(r"\([^()]*\)", " ", headers.first("authentication-results")[:4000])
    results = value.partition(";")[2] if not _AUTH_RESULT.match(value) else value
    found = _AUTH_RESULT.findall(";" + results)
    return tuple(f"{method.lower()}={result.lower()}" for method, result in found)


def _clean(text: str) -> str:
    """Text that can be stored and sent on: no NUL, no lone surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
