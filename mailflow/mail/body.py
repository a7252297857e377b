"""The text of a message: which part to read, and what in it is new."""

import re
from typing import NamedTuple

from mailflow.mail.html import Page, read_page
from mailflow.mail.limits import MOST_LINES, MOST_RAW_LINES, MOST_TEXT
from mailflow.mail.lines import Line, Mark, plain_lines, signed_lines
from mailflow.mail.message import Attachment
from mailflow.mail.quotes import Parted, part_lines
from mailflow.mail.structure import TextPart

_FEW_SIGNED = 20  # letters: a name and 敬上, no block of addresses and numbers
_PLACEHOLDER = re.compile(
    r"\[(?:image|圖片|图片|內嵌圖片|cid)\s?[:：][^\]\n]{0,200}\]", re.IGNORECASE
)
_LINK = re.compile(r"<?https?://[^\s<>]{1,2000}>?|<mailto:[^\s<>]{1,2000}>")
_NO_SIGNATURE = re.compile(r"錯|改|取消|不[對要想]|wrong|change|cancel", re.IGNORECASE)
_DASHES = re.compile(r"\n[-_=─—]{2,80}\n")
_NOT_A_LETTER = re.compile(r"[\W_]+")


class Body(NamedTuple):
    """The text of all parts, brought together."""

    lines: list[Line]
    parted: Parted
    hidden: str = ""
    images: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text.rstrip() for line in self.lines).strip()


def read_body(texts: list[TextPart]) -> Body:
    """Choose between plain text and HTML per alternative, and part new from quoted."""
    groups: dict[int, list[TextPart]] = {}
    for part in texts:
        groups.setdefault(part.group, []).append(part)
    bodies = [_read_group(parts) for parts in groups.values()]
    if len(bodies) == 1:
        return bodies[0]
    lines = [line for body in bodies for line in body.lines][:MOST_LINES]
    return Body(
        lines,
        part_lines(lines),
        " ".join(body.hidden for body in bodies if body.hidden),
        tuple(image for body in bodies for image in body.images),
        tuple(defect for body in bodies for defect in body.defects),
    )


def _read_group(parts: list[TextPart]) -> Body:
    """The lines to read: plain text if it says something, but HTML where the two part ways."""
    plain = [line for part in parts if not part.is_html for line in _plain(part)]
    pages = [read_page(part.text) for part in parts if part.is_html]
    seen = signed_lines([line for page in pages for line in page.lines])
    if parts[0].forwarded:
        plain, seen = _all_quoted(plain), _all_quoted(seen)
    capped, seen = _capped(plain), _capped(seen)
    cut = len(capped) < len(plain) or any(page.cut for page in pages)
    cut = cut or any(part.text.count("\n") >= MOST_RAW_LINES for part in parts if not part.is_html)
    chosen, parted, defects = _choose(capped, seen)
    return Body(
        chosen,
        parted,
        " ".join(page.hidden for page in pages if page.hidden),
        _images(pages),
        (*defects, *(("the text is longer than is read",) if cut else ())),
    )


def _plain(part: TextPart) -> list[Line]:
    return plain_lines(part.text, flowed=part.flowed, delsp=part.delsp)


def _images(pages: list[Page]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment("", kind, content, True) for page in pages for kind, content in page.images
    )


def _all_quoted(lines: list[Line]) -> list[Line]:
    return [Line(Mark.REST_QUOTED, line.text) for line in lines]


def _capped(lines: list[Line]) -> list[Line]:
    left = MOST_TEXT
    for at, line in enumerate(lines):
        left -= len(line.text) + 1
        if left < 0 or at >= MOST_LINES:
            return lines[:at]
    return lines


def _choose(plain: list[Line], seen: list[Line]) -> tuple[list[Line], Parted, tuple[str, ...]]:
    """What a person sees is the HTML; plain text is kept when it says the same."""
    if not _says_something(seen):
        return plain, part_lines(plain), ()
    theirs = part_lines(seen)
    if not _says_something(plain):
        return seen, theirs, ()
    ours = part_lines(plain)
    mine, shown = _essence(ours.new_text), _essence(theirs.new_text)
    if shown and not mine and theirs.has_quote:  # what was written stands below the quote there
        return seen, theirs, ()
    if mine == shown or (mine in shown and ours.has_quote):
        return plain, ours, ()
    if shown in mine and theirs.has_quote:
        return seen, theirs, ()
    if _signs_below_dashes(ours, mine, shown, seen):
        return seen, theirs, ()
    if _are_alike(mine, shown) or _only_signs(ours, mine, shown, seen):
        return plain, ours, ()
    return seen, theirs, ("text and HTML say different things",)


def _signs_below_dashes(ours: Parted, mine: str, shown: str, seen: list[Line]) -> bool:
    """Whether plain text parts by a line of dashes what HTML marks as a signature: the same words,
    so that nothing stands in one of the two alone."""
    said, *signed = _DASHES.split(ours.new_text, maxsplit=1)
    alike = mine == _essence("\n".join(line.text for line in seen))
    if signed and _NO_SIGNATURE.search(signed[0]):
        return False  # words of a wish below the line: they are read
    return bool(shown and signed) and alike and _essence(said) == shown


def _only_signs(ours: Parted, mine: str, shown: str, seen: list[Line]) -> bool:
    """The same words, but HTML marks the last few as a signature; in plain text all are read."""
    signed = mine.removeprefix(shown)
    if not shown or signed == mine or len(signed) > _FEW_SIGNED or re.search(r"\d", signed):
        return False
    return not ours.has_quote and mine == _essence("\n".join(line.text for line in seen))


def _says_something(lines: list[Line]) -> bool:
    return any(line.text.strip() for line in lines)


def _essence(text: str) -> str:
    """Letters and digits only, without what converters add to plain text."""
    return _NOT_A_LETTER.sub("", _LINK.sub("", without_placeholders(text))).lower()


def without_placeholders(text: str) -> str:
    """Without `[image: receipt.png]`, which stands for a picture."""
    return _PLACEHOLDER.sub("", text).strip()


def _are_alike(one: str, other: str) -> bool:
    """Nine tenths of the letter pairs are common."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(pairs & others) * 10 >= 9 * max(len(pairs), len(others), 1)
