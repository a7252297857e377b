"""What the sender wrote now, and what he only sent along: new text, quoted text, answers.

Works on marked lines (see `lines`), in time linear in their number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.mail.attributions import (
    has_address,
    is_attribution,
    is_rule,
    is_separator,
    label_family,
)
from mailflow.mail.lines import Line, Mark
from mailflow.mail.signatures import without_signature

_LONGEST_ATTRIBUTION = 4  # lines: Gmail wraps at 78 columns, and names are long
_LONGEST_BLOCK = 9


@dataclass(frozen=True, slots=True)
class Parted:
    """`answers` are pairs: the quoted line just above, and one own line below it."""

    new_text: str
    quoted_text: str
    answers: tuple[tuple[str, str], ...]
    has_quote: bool
    certain: bool


def part_lines(lines: list[Line]) -> Parted:
    """Tell new from quoted; the whole text where nothing would be left and no quote was seen."""
    marked, recognised = _mark_headers(lines)
    new, quoted, answers = _collect(marked)
    has_quote = recognised or any(line.mark is not Mark.OWN and line.text for line in marked)
    certain = True
    if not new and quoted and not recognised and not _is_marked(lines):
        return Parted(_joined(line.text for line in lines), "", (), False, False)
    return Parted(new, quoted, answers, has_quote, certain)


def _is_marked(lines: list[Line]) -> bool:
    return any(line.mark in {Mark.QUOTED, Mark.REST_QUOTED} for line in lines)


def _mark_headers(lines: list[Line]) -> tuple[list[Line], bool]:
    """Mark reply headers as quoted, and all that follows one whose quote has no marks itself."""
    marked = list(lines)
    recognised = False
    at = 0
    while at < len(marked):
        mark, text = marked[at]
        length = _header_length(marked, at) if mark is Mark.OWN and text.strip() else 0
        if not length:
            at += 1
            continue
        recognised = True
        for inside in range(at, at + length):
            marked[inside] = Line(Mark.QUOTED, marked[inside].text)
        at += length
        if not _quote_follows(marked, at):
            marked[at:] = [Line(Mark.REST_QUOTED, line.text) for line in marked[at:]]
            break
    return marked, recognised


def _quote_follows(lines: list[Line], at: int) -> bool:
    for mark, text in lines[at : at + 6]:
        if text.strip():
            return mark is Mark.QUOTED
    return any(line.mark is Mark.QUOTED for line in lines[at : at + 6])


def _header_length(lines: list[Line], at: int) -> int:
    """How many lines from `at` on introduce a quote; 0 when they do not."""
    text = _clean(lines[at].text)
    if is_separator(text):
        return 1 + _block_length(lines, at + 1, families=1)
    if is_rule(text):
        block = _block_length(lines, at + 1, families=2)
        return 1 + block if block else 0
    return _block_length(lines, at, families=3) or _attribution_length(lines, at)


def _attribution_length(lines: list[Line], at: int) -> int:
    joined = ""
    for length in range(1, _LONGEST_ATTRIBUTION + 1):
        if at + length > len(lines) or lines[at + length - 1].mark is not Mark.OWN:
            return 0
        text = _clean(lines[at + length - 1].text)
        if not text or len(joined) > 400:
            return 0
        joined = f"{joined} {text}" if joined else text
        if _ends_like_one(text) and (
            is_attribution(joined) or is_attribution(joined.replace(" ", ""))
        ):
            return length
        if not _may_start(joined):
            return 0
    return 0


def _ends_like_one(text: str) -> bool:
    return text.endswith((":", "：", "wrote", "寫道", "写道"))


def _may_start(text: str) -> bool:
    """A line that goes on in the next one as an attribution holds a date, an address or `On`."""
    return has_address(text) or "<" in text or any(c.isdigit() for c in text)


def _block_length(lines: list[Line], at: int, *, families: int) -> int:
    """Header labels on neighbouring lines: `寄件者: … / 寄件日期: … / 收件者: … / 主旨: …`."""
    seen: set[str] = set()
    last = 0
    for offset, (mark, raw) in enumerate(lines[at : at + _LONGEST_BLOCK * 2]):
        text = _clean(raw)
        if mark is not Mark.OWN:
            break
        family = label_family(text) if text else None
        if family:
            seen.add(family)
            last = offset + 1
        elif offset == 0 and families > 1:
            return 0
        elif text and offset - last >= 3:
            break
        if len(seen) >= 4 and family == "subject":
            break
    enough = len(seen) >= families and (families == 1 or _names_a_sender(lines, at, seen))
    return last if enough else 0


def _names_a_sender(lines: list[Line], at: int, seen: set[str]) -> bool:
    first = label_family(_clean(lines[at].text))
    return (
        "from" in seen and first in {"from", "sent", "subject"} and ("sent" in seen or "to" in seen)
    )


def _clean(text: str) -> str:
    return (
        text.replace("&nbsp;", " ").replace("\xa0", " ").strip(" \t*\u200b\ufeff\u202a\u202c\u200e")
    )


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
