"""Where a form says what: labels and the words behind or below them, in whatever layout is left.

Mail programs lose line ends, quote, number, indent, turn tables into lines and blanks into `+`.
A value is only ever taken from behind its own label, and ends where the next label begins: also
one that nobody asked for, or that is about somebody else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mailflow.person.labels import LEVEL_NAMES, NAMES, SOMEBODY_ELSE
from mailflow.reading.words import fold

_CJK = re.compile(r"[\u3400-\u9fff]")
_BULLETS = r"[ \t>|*•·‧●○■□◆◇▪※_#【\[「『〔\-–—]{0,12}"
_NUMERAL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-z])"
_LINE_START = re.compile(rf"{_BULLETS}(?:[(\[]?{_NUMERAL}[)\]]?[.、:)]?)?[ \t*_]{{0,4}}")
_NOTE = r"(?:[(\[][^()\[\]\n]{0,40}[)\]])?"
_UP_TO_VALUE = r"(?:[ \t*_:]|\+(?![0-9]{7})){0,6}"  # +84… is a phone number
_STRONG = re.compile(
    rf"[ \t*_]{{0,4}}{_NOTE}[ \t*_]{{0,4}}(?::|=>?|->|→|︰|\.{{3,}}){_UP_TO_VALUE}"
)
_CLOSING = re.compile(rf"[】\]」』〕]{_UP_TO_VALUE}")
_WEAK = re.compile(
    rf"[*_]{{0,2}}(?:{_NOTE}(?=[ \t|]+[^\s|]))?(?:[ \t]*[|\t–—-][ \t|]*|[ ]{{1,40}}|(?=\n|$))"
)
_CELL_BEFORE = re.compile(r"(?:\t|\||[ ]{2})[ \t|]*$")
_CELL_BEHIND = re.compile(r"[ ]?\t[ \t]*|[ ]*\|[ \t]*|[ ]{2,40}")
_UNKNOWN = re.compile(r"[^\s:,。0-9][^\s:,。]{0,15}[ ]?:(?!//)")
_ABOUT_OTHERS = re.compile(rf"(?:(?:{SOMEBODY_ELSE})(?:人|的|之|'s|[ (/]){{0,3}})+$")
_BREAK = re.compile(r"<br ?/?>|%0d%0a|%0a", re.IGNORECASE)
_PLUS = re.compile(r"(?<=[^\s+])\+(?=[^\s])")
_FEWEST_PLUSES = 5  # behind colons: then each of them was a blank
_TRIMMED = " \t,，;；。、*_•·‧|/"
_CELLS = re.compile(r"[ ]*(?:\t|\|)[ \t|]*|[ ]{2,}")
_FEWEST_CELLS = 4
_CHINESE = ("零", *"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands behind one label. `name` is the label as the list of names has it; `below` are
    the lines under it up to the next label, each with its place; `end` is where `said` ends.

    `by_line`: no colon, the label only stands in front. `closed`: another label follows.
    """

    name: str
    said: str = field(repr=False)
    start: int
    end: int
    below: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    by_line: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    start: int  # with the bullet or number in front
    behind: int  # where the value begins
    strong: bool
    foreign: bool


def tidy(plain: str) -> str:
    """Line breaks that were written out and blanks that became `+`, undone; the length stays."""
    plain = _BREAK.sub(lambda found: "\n" + " " * (len(found[0]) - 1), plain)
    if len(re.findall(r":\+", plain)) < _FEWEST_PLUSES:
        return plain
    words = re.split(r"(\s|(?<=:)\+)", plain)
    words = [" " if word == "+" else word for word in words]
    return "".join(word if "@" in word else _PLUS.sub(" ", word) for word in words)


def entries(plain: str) -> list[Entry]:
    """Everything that stands behind a label, in order; `plain` is NFKC and tidy."""
    columns = list(_columns(plain))
    if columns:
        return columns
    folded = fold(plain)
    labels = list(_labels(folded))
    found: list[Entry] = []
    below = False
    for at, label in enumerate(labels):
        following = labels[at + 1] if at + 1 < len(labels) else None
        entry, from_below = _entry(plain, folded, label, following)
        # Below the last label stands anything, unless all values stand below.
        if from_below and following is None and not below:
            entry = replace(entry, said="", end=label.behind)
        below = from_below
        found += [] if label.foreign else [entry]
    return found


def _pattern() -> re.Pattern[str]:
    """Every name, the longest first; grouped by first character, which makes it fast."""
    names = sorted({*NAMES, *LEVEL_NAMES}, key=len, reverse=True)
    latin, chinese = (
        "|".join(_spaced(group) for group in _by_first(names, chinese=kind))
        for kind in (False, True)
    )
    return re.compile(rf"(?<![a-z])(?:{latin})s?(?![a-z])|(?:{chinese})")


def _by_first(names: list[str], *, chinese: bool) -> Iterator[list[str]]:
    own = [name for name in names if bool(_CJK.match(name)) is chinese]
    for first in sorted({name[0] for name in own}):
        yield [name for name in own if name[0] == first]


def _spaced(group: list[str]) -> str:
    """Names with one first character, and whatever may stand between their characters."""
    rests = "|".join(
        "".join(f"{_BLANKS if _CJK.search(name) else _SIGNS}{re.escape(c)}" for c in name[1:])
        for name in group
    )
    return f"{re.escape(group[0][0])}(?:{rests})"


_BLANKS, _SIGNS = r"[ \t/]{0,4}", r"[ ._/-]{0,3}"
_LABEL = _pattern()
_BETWEEN = re.compile(r"[\s._/\-]+")


def _tight(written: str) -> str:
    bare = _BETWEEN.sub("", written)
    return bare if bare in NAMES or bare in LEVEL_NAMES else bare.removesuffix("s")


def holds_label(text: str) -> bool:
    """Does a label stand where a value should be, or as a word within it?"""
    folded = fold(text.lstrip(_TRIMMED))
    found = (match.start() for match in _LABEL.finditer(folded))
    return any(at == 0 or folded[at - 1].isspace() for at in found)


def _labels(folded: str) -> Iterator[_Label]:
    last, number = 0, 0
    for match in _LABEL.finditer(folded):
        line = folded.rfind("\n", 0, match.start()) + 1
        at_start = _LINE_START.fullmatch(folded, line, match.start())
        gap = folded[max(last, match.start() - 64) : match.start()]
        strong = _STRONG.match(folded, match.end())
        if folded[match.start() - 1 : match.start()] in tuple("【[「『〔"):
            strong = strong or _CLOSING.match(folded, match.end())
        weak = _WEAK if at_start else _CELL_BEHIND if _CELL_BEFORE.search(gap) else None
        behind = strong or (weak.match(folded, match.end()) if weak else None)
        if not behind or match.start() < last:
            continue
        marker = _marker(gap, number)
        number = marker[0] if marker else number
        whose = _ABOUT_OTHERS.search(folded, max(last, match.start() - 24), match.start())
        start = max(line, last) if at_start else match.start() - (marker[1] if marker else 0)
        yield _Label(
            name=_tight(match[0]),
            start=whose.start() if whose else start,
            behind=behind.end(),
            strong=bool(strong),
            foreign=bool(whose),
        )
        last = behind.end()


def _marker(gap: str, number: int) -> tuple[int, int] | None:
    """The number in front of a label that goes on from `number`, and its length.

    A form without a `1` before its first label has no numbers: digits there belong to a value.
    """
    for value in range(number + 1, number + (5 if number else 2)):
        for written in (str(value), _CHINESE[min(value, 20)]):
            found = re.search(rf"[(\[]?{written}(?P<mark>[)\]]?[.、:)]?)[ \t]*$", gap)
            glued = found and re.search(r"[0-9一二三四五六七八九十]$", gap[: found.start()])
            if found and (found["mark"] or (not glued and written.isdigit())):
                return value, len(found[0])
    return None


def _entry(plain: str, folded: str, label: _Label, following: _Label | None) -> tuple[Entry, bool]:
    """What is said behind the label, or below it when nothing stands behind; which of the two."""
    stop = following.start if following else len(plain)
    line_end = plain.find("\n", label.behind, stop)
    end = line_end if line_end >= 0 else stop
    said = plain[label.behind : end]
    entry = Entry(
        name=label.name,
        said=said.strip(_TRIMMED),
        start=label.start,
        end=label.behind + len(said.rstrip()),
        below=tuple(_below(plain, folded, end, stop)),
        by_line=not label.strong,
        closed=following is not None,
    )
    if entry.said or not entry.below:
        return entry, False
    at, line = entry.below[0]
    if plain.count("\n", label.behind, at) > 2:
        return entry, False
    said = line.strip(_TRIMMED)
    return replace(entry, said=said, end=at + len(line), below=entry.below[1:]), True


def _below(plain: str, folded: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """The filled lines up to the next label, known or not."""
    at = start
    for line in plain[start:stop].split("\n"):
        bare = line.strip(" \t>|")
        place = plain.find(bare, at)
        mark = _LINE_START.match(folded, place)
        if bare and _UNKNOWN.match(folded, mark.end() if mark else place):
            return
        if bare:
            yield place, bare
        at += len(line) + 1


def _columns(plain: str) -> Iterator[Entry]:
    """A table with its labels in the first row and the values in the second."""
    lines = [line for line in plain.split("\n") if line.strip()]
    for head, row in pairwise(lines):
        names = [_tight(fold(cell)) for cell in _CELLS.split(head.strip(" \t|"))]
        cells = _CELLS.split(row.strip(" \t|"))
        known = sum(name in NAMES for name in names)
        if known < _FEWEST_CELLS or len(cells) != len(names):
            continue
        at = plain.index(row, plain.index(head) + len(head))
        start = plain.index(head)
        for name, cell in zip(names, cells, strict=True):
            place = plain.index(cell, at)
            if name in NAMES or name in LEVEL_NAMES:
                yield Entry(name, cell.strip(_TRIMMED), start, place + len(cell))
            start = at = place + len(cell)
        return
