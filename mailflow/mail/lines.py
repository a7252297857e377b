"""A line of a message body: the common form that plain text and HTML are brought into."""

import re
from enum import IntEnum
from typing import NamedTuple

from mailflow.mail.attributions import Strength, attribution_strength
from mailflow.mail.limits import MOST_RAW_LINES

_QUOTE_MARKS = re.compile(r"[ \t\u200b\ufeff]{0,3}[>＞](?:[ \t]?[>＞]){0,40}")


_QUOTE_AT_LEAST = 3  # lines
_POINTS_AT = 3  # signs
_HEADER_LINES = 3
_FIELD_LINE = re.compile(r"[>＞ \t]{1,6}[^:：\n]{1,16}[:：][ \t]*[^ \t\n][^\n]{0,80}$")
_ENDS = re.compile(r"\r\n|\r|\n")


class Mark(IntEnum):
    """What the client itself says about a line."""

    OWN = 0
    QUOTED = 1
    SIGNATURE = 2
    REST_QUOTED = 3  # from here on everything is the older mail


class Line(NamedTuple):
    mark: Mark
    text: str


def plain_lines(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Line]:
    """The first lines of a text/plain part, `>` taken off and turned into a mark."""
    raws = _ENDS.split(text, maxsplit=MOST_RAW_LINES)[:MOST_RAW_LINES]
    lines = _by_signs(raws)
    return _joined(lines, delsp=delsp) if flowed else lines


def signed_lines(lines: list[Line]) -> list[Line]:
    """Lines of a page where `>` was typed as text below a reply's header, as some webmail does.

    Without that header they may be somebody's own list, and stay.
    """
    own = [line.text for line in lines if line.mark is Mark.OWN]
    signed = [at for at, text in enumerate(own) if _QUOTE_MARKS.match(text)]
    above = [text.strip() for text in own[: signed[0] if signed else 0] if text.strip()]
    if len(signed) < _QUOTE_AT_LEAST or not _is_attribution(above[-_HEADER_LINES:]):
        return lines
    marked = iter(_by_signs(own))
    return [next(marked) if line.mark is Mark.OWN else line for line in lines]


def _is_attribution(above: list[str]) -> bool:
    parts = (" ".join(above[start:]) for start in range(len(above)))
    return any(attribution_strength(part) > Strength.NONE for part in parts)


def _by_signs(raws: list[str]) -> list[Line]:
    quotes = [_QUOTE_MARKS.match(raw) for raw in raws]
    depths = [_depth(quote[0]) if quote else 0 for quote in quotes]
    # 「>>> 0912…」 answers the field right above it; nobody quotes 3 deep at once
    may_point = 1 in depths and 2 not in depths
    lines: list[Line] = []
    below_field = False
    for raw, quote, depth in zip(raws, quotes, depths, strict=True):
        points = may_point and depth >= _POINTS_AT
        if not points and raw.strip():
            below_field = may_point and _is_field(raw)
        if quote and not _looks_like_arrow(raw, quote.end()) and not (points and below_field):
            lines.append(Line(Mark.QUOTED, raw[quote.end() :].removeprefix(" ")))
        else:
            lines.append(Line(Mark.OWN, raw))
    return lines


def _is_field(raw: str) -> bool:
    """A quoted label with its value, and no reply's header."""
    return bool(_FIELD_LINE.match(raw)) and not _is_attribution([raw.strip("> ＞")])


def _depth(signs: str) -> int:
    return signs.count(">") + signs.count("＞")


def _looks_like_arrow(raw: str, end: int) -> bool:
    """`>_<` and `>.<` are faces."""
    return raw[end : end + 2].strip() in {"_<", ".<", "﹏<", "<"} or raw.strip() in {">///<"}


def _joined(lines: list[Line], *, delsp: bool) -> list[Line]:
    """RFC 3676: a line that ends in a space goes on in the next one; `-- ` never does."""
    joined: list[Line] = []
    pieces: list[str] = []
    for mark, text in lines:
        own = text.removeprefix(" ") if mark is Mark.OWN else text  # space-stuffing
        if pieces and joined and joined[-1].mark is mark and own != "-- ":
            pieces.append(own)
        else:
            pieces = [own]
            joined.append(Line(mark, ""))
        soft = own.endswith(" ") and own != "-- "
        if soft and delsp:
            pieces[-1] = own[:-1]
        if not soft:
            joined[-1] = Line(mark, "".join(pieces))
            pieces = []
        else:
            joined[-1] = Line(mark, "".join(pieces) if len(pieces) < 50 else joined[-1].text)
    return joined
