"""Raw bytes → `Message`: the one way in."""

import re
from typing import NamedTuple

from mailflow.mail.headers import Headers, mail_addresses, message_ids, parse_date, strict_author
from mailflow.mail.html import read_page
from mailflow.mail.lines import Line, Mark, plain_lines
from mailflow.mail.message import Message
from mailflow.mail.nature import is_answerable, tell_nature
from mailflow.mail.quotes import Parted, part_lines
from mailflow.mail.structure import Structure, TextPart, read_structure

MOST_TEXT = 200_000
_ONCE = ("from", "subject", "date", "to", "message-id", "sender", "reply-to", "in-reply-to")
_AUTH_RESULT = re.compile(r"(?:^|;)\s{0,9}(spf|dkim|dmarc|arc)\s{0,3}=\s{0,3}([a-z]{1,20})\b", re.I)
_PLACEHOLDER = re.compile(r"\[(?:image|圖片|图片|cid|內嵌圖片)\s?[:：][^\]\n]{0,200}\]|\[cid:[^\]\s]{1,200}\]", re.I)


class _Body(NamedTuple):
    """The text of all parts, brought together."""

    text: str
    parted: Parted
    hidden: str
    defects: list[str]


def read(raw: bytes) -> Message:
    """Parse one message as fetched. Never raises; what was odd stands in `defects`."""
    found = read_structure(raw)
    headers = found.headers
    body = _read_body(found)
    nature, reason, bounce = tell_nature(found, body.text)
    author, doubt = strict_author(headers.every("from"))
    defects = [*found.defects, *body.defects, *_repeated(headers), *([doubt] if doubt else [])]
    ids = message_ids(headers.every("message-id"))
    return Message(
        message_id=ids[0] if ids else headers.first("message-id")[:500],
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
        nature_reason=reason,
        bounce=bounce,
        text=body.text,
        new_text=body.parted.new_text,
        quoted_text=body.parted.quoted_text,
        hidden_text=body.hidden,
        new_text_certain=body.parted.certain,
        attachments=tuple(found.attachments),
        authentication=_authentication(headers),
        defects=tuple(dict.fromkeys(_clean(defect) for defect in defects)),
        answers=body.parted.answers,
        answerable=is_answerable(found, nature),
    )


def _repeated(headers: Headers) -> list[str]:
    names = list(headers.names())
    return [f"{name} stands more than once" for name in _ONCE if names.count(name) > 1]


def _return_path(headers: Headers) -> str | None:
    """The envelope sender in lower case; empty for `<>`; None when the field is absent."""
    values = headers.every("return-path")
    if not values:
        return None
    return values[0].strip("<> \t").lower()[:254]


def _authentication(headers: Headers) -> tuple[str, ...]:
    """`spf=pass` and so on, from the topmost Authentication-Results alone: others may be forged."""
    value = re.sub(r"\([^()]*\)", " ", headers.first("authentication-results")[:4000])
    results = value.partition(";")[2] if not _AUTH_RESULT.match(value) else value
    found = _AUTH_RESULT.findall(";" + results)
    return tuple(f"{method.lower()}={result.lower()}" for method, result in found)


def _read_body(found: Structure) -> _Body:
    """Choose between plain text and HTML per alternative, and part new from quoted."""
    groups: dict[int, list[TextPart]] = {}
    for part in found.texts:
        groups.setdefault(part.group, []).append(part)
    lines: list[Line] = []
    hidden: list[str] = []
    defects: list[str] = []
    for parts in groups.values():
        chosen, unseen, defect = _choose(parts)
        if parts[0].forwarded:
            chosen = [Line(Mark.REST_QUOTED, line.text) for line in chosen]
        lines.extend(chosen)
        hidden.extend(unseen)
        defects.extend(defect)
    text = _clean("\n".join(line.text.rstrip() for line in lines)).strip()
    if len(text) > MOST_TEXT:
        defects.append("the text is longer than is read")
    parted = part_lines(_capped(lines))
    return _Body(text, _cleaned(parted), _clean(" ".join(hidden)), defects)


def _capped(lines: list[Line]) -> list[Line]:
    left = MOST_TEXT
    for at, line in enumerate(lines):
        left -= len(line.text) + 1
        if left < 0:
            return [*lines[:at], Line(line.mark, line.text[: max(left + len(line.text) + 1, 0)])]
    return lines


def _choose(parts: list[TextPart]) -> tuple[list[Line], list[str], list[str]]:
    """The lines to read: plain text if it says something, but HTML where the two part ways."""
    plain = [
        line
        for part in parts
        if not part.is_html
        for line in plain_lines(part.text, flowed=part.flowed, delsp=part.delsp)
    ]
    pages = [read_page(part.text) for part in parts if part.is_html]
    seen = [line for page in pages for line in page.lines]
    hidden = [page.hidden for page in pages if page.hidden]
    if not any(line.text.strip() for line in plain):
        return seen, hidden, []
    if not any(line.text.strip() for line in seen):
        return plain, hidden, []
    return _better(plain, seen, hidden)


def _better(
    plain: list[Line], seen: list[Line], hidden: list[str]
) -> tuple[list[Line], list[str], list[str]]:
    """What a person sees is the HTML; plain text is kept when it says the same."""
    ours, theirs = part_lines(plain), part_lines(seen)
    mine, shown = _essence(ours.new_text), _essence(theirs.new_text)
    if mine == shown:
        return plain, hidden, []
    if shown in mine and theirs.has_quote:
        return seen, hidden, []
    if mine in shown and ours.has_quote:
        return plain, hidden, []
    if _alike(mine, shown):
        return plain, hidden, []
    return seen, hidden, ["text and HTML say different things"]


def _essence(text: str) -> str:
    """Letters and digits only, without what converters add to plain text."""
    bare = re.sub(r"<?https?://[^\s<>]{1,2000}>?|<mailto:[^\s<>]{1,2000}>", "", _PLACEHOLDER.sub("", text))
    return re.sub(r"[\W_]+", "", bare).lower()


def _alike(one: str, other: str) -> bool:
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(pairs & others) * 10 >= 9 * max(len(pairs), len(others), 1)


def _cleaned(parted: Parted) -> Parted:
    return Parted(
        _clean(_PLACEHOLDER.sub("", parted.new_text)).strip(),
        _clean(parted.quoted_text),
        tuple((_clean(above), _clean(line)) for above, line in parted.answers),
        parted.has_quote,
        parted.certain,
    )


def _clean(text: str) -> str:
    """Text that can be stored and sent on: no NUL, no lone surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
