"""What the sender wrote now, and what he only sent along: new text, quoted text, answers.

Works on marked lines (see `lines`), in time linear in their number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.mail.attributions import (
    ENDS,
    Strength,
    attribution_strength,
    has_address,
    is_rule,
    is_separator,
    label_family,
    looks_quoted,
    runs_into_quote,
)
from mailflow.mail.lines import Line, Mark
from mailflow.mail.signatures import without_signature

_LONGEST_ATTRIBUTION = 4  # lines: Gmail wraps at 78 columns, and names are long
_LONGEST_BLOCK = 14  # lines
_WRAP_COLUMN = 66
# Every line that a header begins with holds one of these; most lines of a letter hold none.
_IN_HEADERS = re.compile(r"[:：|<@\d_=*—–─-]")
_QUOTES = {Mark.QUOTED, Mark.REST_QUOTED}


@dataclass(frozen=True, slots=True)
class Parted:
    """`answers` are pairs: the quoted line just above, and one own line below it."""

    new_text: str
    quoted_text: str
    answers: tuple[tuple[str, str], ...]
    has_quote: bool
    certain: bool


def part_lines(lines: list[Line]) -> Parted:
    """Tell new from quoted; not `certain` where own words may be quoted ones or the reverse."""
    marked = list(lines)
    cut_at_top = _mark_headers(marked, [_clean(line.text) for line in marked])
    new, quoted, answers = _collect(marked)
    has_quote = any(line.mark in _QUOTES and line.text.strip() for line in marked)
    doubtful = (cut_at_top and not new) or looks_quoted(new) or _has_wrapped_quote(marked)
    return Parted(new, quoted, answers, has_quote, not doubtful)


def _mark_headers(lines: list[Line], texts: list[str]) -> bool:
    """Mark reply headers as quoted, and all that follows one whose quote has no marks itself.

    True when that was an attribution alone: whatever stands below might also be the answer.
    """
    at = 0
    while at < len(lines):
        mark, text = lines[at]
        own = mark is Mark.OWN and bool(_IN_HEADERS.search(text))
        block = _block_header(lines, texts, at) if own else 0
        length = block or (_attribution(lines, texts, at) if own else 0)
        if not length:
            at += 1
            continue
        start = _with_lost_head(lines, at)
        for inside in range(start, at + length):
            lines[inside] = Line(Mark.QUOTED, lines[inside].text)
        at += length
        if not _quote_follows(lines, at):
            lines[at:] = [Line(Mark.REST_QUOTED, line.text) for line in lines[at:]]
            return not block
    return False


def _quote_follows(lines: list[Line], at: int) -> bool:
    return any(line.mark in _QUOTES for line in lines[at : at + 6])


def _with_lost_head(lines: list[Line], at: int) -> int:
    """Gmail may wrap between a long name and its `<address>`: the name is part of the header."""
    above = lines[at - 1] if at else Line(Mark.QUOTED, "")
    wrapped = lines[at].text.lstrip().startswith("<")
    return at - 1 if wrapped and above.mark is Mark.OWN and above.text.strip() else at


def _block_header(lines: list[Line], texts: list[str], at: int) -> int:
    """Length of a separator or a block of labels (`寄件者: … / 寄件日期: …`); 0 for none."""
    text = texts[at]
    if is_separator(text):
        return 1 + _labels(lines, texts, at + 1)[0]
    below = at + 1 if is_rule(text) else at
    length, seen, address = _labels(lines, texts, below)
    needed = 2 if below > at else 3 if address else 4
    if "from" not in seen or len(seen) < needed:
        return 0
    return length + below - at


def _labels(lines: list[Line], texts: list[str], at: int) -> tuple[int, set[str], bool]:
    """Header labels on neighbouring lines: how many lines, which labels, any mail address."""
    seen: set[str] = set()
    length = 0
    for offset, text in enumerate(texts[at : at + _LONGEST_BLOCK]):
        mark = lines[at + offset].mark
        family = label_family(text) if text and mark is Mark.OWN else None
        if not offset and not family:
            break
        if family:
            seen.add(family)
            length = offset + 1
        elif mark is not Mark.OWN or (text and (not seen or offset - length >= 2)):
            break
        if family == "subject" and len(seen) >= 4:
            break
    return length, seen, any(has_address(text) for text in texts[at : at + length])


def _attribution(lines: list[Line], texts: list[str], at: int) -> int:
    """Length of the attribution that starts here; the shortest that is complete wins."""
    if runs_into_quote(texts[at]):
        return 1
    nearest = texts[at : at + _LONGEST_ATTRIBUTION]
    if not any(text.endswith(ENDS) for text in nearest):
        return 0
    for offset, text in enumerate(nearest):
        if lines[at + offset].mark is not Mark.OWN or not text or len(text) > 400:
            break
        if text.endswith(ENDS):
            length = offset + 1
            return length if _is_header(nearest[:length], lines, at + length) else 0
        if not _may_go_on(text):
            break
    return 0


def _is_header(texts: list[str], lines: list[Line], end: int) -> bool:
    marked = _quote_follows(lines, end)
    if not marked and not has_address(" ".join(texts)):
        return False
    if any(_strength(texts[start:]) is Strength.STRONG for start in range(1, len(texts))):
        return False  # it starts further down
    strength = _strength(texts)
    return strength > Strength.NONE if marked else strength is Strength.STRONG


def _strength(texts: list[str]) -> Strength:
    spaced = attribution_strength(" ".join(texts))
    if len(texts) == 1 or spaced is Strength.STRONG:
        return spaced
    return max(spaced, attribution_strength("".join(texts)))


def _may_go_on(text: str) -> bool:
    """A line that goes on in the next one as an attribution holds an address or a date."""
    return "<" in text or any(map(str.isdigit, text)) or has_address(text)


def _has_wrapped_quote(lines: list[Line]) -> bool:
    """An own line glued between long quoted ones: perhaps the rest of a quoted line."""
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line.mark is Mark.OWN and above.mark is below.mark is Mark.QUOTED:
            wide = len(above.text) + sum(letter > "\u2e80" for letter in above.text)
            if line.text.strip() and below.text.strip() and wide >= _WRAP_COLUMN:
                return True
    return False


def _clean(text: str) -> str:
    if "\xa0" in text or "&" in text:
        text = text.replace("&nbsp;", " ").replace("\xa0", " ")
    return text.strip(" \t*\u200b\ufeff\u202a\u202c\u200e")


def _collect(lines: list[Line]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    own: list[str] = []
    quoted: list[str] = []
    answers: list[tuple[str, str]] = []
    stretch: list[str] = []
    above = ""

    def end_stretch() -> None:
        if not stretch:
            return
        kept = _trimmed(without_signature(stretch))
        if above:
            answers.extend((above, line.strip()) for line in kept if line.strip())
        own.extend(kept)
        stretch.clear()

    for mark, text in lines:
        if mark is Mark.OWN:
            stretch.append(text)
            continue
        if mark is Mark.SIGNATURE:
            continue
        end_stretch()
        quoted.append(text)
        above = text.strip() or above
    end_stretch()
    return _joined(own), _joined(quoted), tuple(answers)


def _trimmed(lines: list[str]) -> list[str]:
    """Without blank lines and drawn lines at either end."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and (not lines[end - 1].strip() or is_rule(lines[end - 1])):
        end -= 1
    return lines[start:end]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip()
