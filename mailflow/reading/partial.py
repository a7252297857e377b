"""A value given in part (尾碼是3, 門牌是12號, 是18號不是8號), completed from the registered one.

Or not at all: what could be completed in two ways is None.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailflow.person import Field
from mailflow.person.dates import chinese_number

_TAIL = re.compile(
    r"(?:最後|尾|末|後)(?:面)?(?P<count>[一二兩三四五六1-6])?(?:個)?(?:數字|位數|位|碼|個字|"
    r"數)?(?:數字)?"
)
_DIGITS = re.compile(r"(?<![0-9])[0-9]{1,6}(?![0-9])")
_FURTHEST = 30  # characters from the word for the end to its digits
_NUMERAL = "[0-9一二三四五六七八九十廿卅]{1,3}"
_ROAD = re.compile(r"[^縣市區鄉鎮]{1,12}?(?:路|街|大道)(?:[一二三四五六七八九十]段)?")
_PARTS = {
    "lane": re.compile(r"[0-9]+巷"),
    "alley": re.compile(r"[0-9]+弄"),
    "number": re.compile(r"[0-9]+(?:[之-][0-9]+)?號(?:之[0-9]+)?"),
    "floor": re.compile(rf"(?:{_NUMERAL}|b[1-9])樓(?:之[0-9]+)?"),
    "room": re.compile(r"[0-9]{1,4}室"),
}
_UNITS = (
    (0, re.compile(rf"(?:民國|西元)?(?P<n>[0-9]{{2,4}}|{_NUMERAL})年(?!級)")),
    (1, re.compile(rf"(?P<n>[0-9]{{1,2}}|{_NUMERAL})月")),
    (2, re.compile(rf"(?P<n>[0-9]{{1,2}}|{_NUMERAL})[日號]")),
)
_MONTH_AND_DAY = re.compile(
    r"(?<![0-9/.-])(?:(?P<m>[0-9]{1,2})[/.-](?P<d>[0-9]{1,2})"
    r"|(?P<mm>0[1-9]|1[0-2])(?P<dd>[0-3][0-9]))(?![0-9/.-])"
)


class Completed(NamedTuple):
    """The whole value; `certain` when the text leaves no other reading of the part; and where in
    the text the parts stand."""

    value: str
    certain: bool
    places: tuple[tuple[int, int], ...] = ()


def complete_tail(said: str, registered: str) -> Completed | None:
    """「最後一碼是3」 with 0912000111 → 0912000113; None when counts disagree."""
    named = _TAIL.search(said)
    if not named or not registered:
        return None
    found = list(_DIGITS.finditer(said, named.end(), named.end() + _FURTHEST))
    fresh = [digits for digits in found if not registered.endswith(digits[0])]
    if len({digits[0] for digits in fresh}) != 1 or len(fresh[0][0]) >= len(registered):
        return None
    tail, count = fresh[0][0], named["count"]
    wanted = _number(count) if count else None
    if wanted not in (None, len(tail)) or any(len(digits[0]) != len(tail) for digits in found):
        return None
    places = (named.span(), *(digits.span() for digits in found))
    certain = wanted is not None or len(found) > len(fresh)
    return Completed(registered[: -len(tail)] + tail, certain, places)


def complete_address(said: str, registered: str) -> Completed | None:
    """House number, lane, floor or room replaced in the registered address."""
    given: dict[str, str] = {}
    places = []
    for kind, shape in _PARTS.items():
        old = shape.search(registered)
        found = list(shape.finditer(said))
        fresh = {part[0] for part in found} - ({old[0]} if old else set())
        if len(fresh) > 1:
            return None  # two of a kind: which is the new one?
        if fresh:
            given[kind] = fresh.pop()
            places += [part.span() for part in found]
    if not given or not registered:
        return None
    pieces, place = [], 0
    for kind, shape in (("road", _ROAD), *_PARTS.items()):
        old = shape.search(registered, place)
        if old:
            pieces.append(registered[place : old.start()])
            place = old.end()
        pieces.append(given.get(kind, old[0] if old else ""))
    return Completed("".join([*pieces, registered[place:]]), True, tuple(places))


def complete_date(said: str, registered: str) -> Completed | None:
    """「是18號不是8號」 with 2004-03-08 → 2004-03-18; certain when the old part is named too."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", registered):
        return None
    old = [int(part) for part in registered.split("-")]
    new, denied, places = list(old), False, []
    for at in range(3):
        stated = list(_stated(said, at))
        fresh = {number for number, _ in stated} - {old[at]}
        if len(fresh) > 1:
            return None
        denied = denied or (bool(fresh) and any(number == old[at] for number, _ in stated))
        new[at] = fresh.pop() if fresh else old[at]
        places += [place for _, place in stated]
    if new == old:
        return None
    whole_day = all(_UNITS[at][1].search(said) for at in (1, 2))  # 8月3日: only the year is kept
    certain = denied or whole_day
    return Completed(f"{new[0]:04}-{new[1]:02}-{new[2]:02}", certain, tuple(places))


def _stated(said: str, unit: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The years (0), months (1) or days (2) that stand in the text."""
    for found in _UNITS[unit][1].finditer(said):
        number = _number(found["n"])
        if number is not None:
            yield number + 1911 if unit == 0 and number < 200 else number, found.span()
    if unit:
        for found in _MONTH_AND_DAY.finditer(said):
            month, day = found["m"] or found["mm"], found["d"] or found["dd"]
            yield int(month if unit == 1 else day), found.span()


def _number(text: str) -> int | None:
    if text.isascii():
        return int(text)
    return None if set(text) & set("0123456789") else chinese_number(text)


_SINGLE = r"[「『\"]?([\u3400-\u9fff])[」』\"]?"
_ENDS = r"(?![\u3400-\u9fff])"
_RATHER = re.compile(rf"是{_SINGLE}(?:字)?,?(?:而)?不是{_SINGLE}{_ENDS}")
_NOT_BUT = re.compile(rf"不是{_SINGLE}(?:字)?,?(?:而)?是{_SINGLE}{_ENDS}")


def replace_character(plain: str, name: str) -> str | None:
    """「妮」要改成「霓」 with 林安妮 → 林安霓; None unless exactly one such character is named."""
    found = re.findall(
        r"[「『\"]?([\u3400-\u9fff])[」』\"]?(?:字)?(?:應該?|需)?(?:要|是)?(?:改|更正|"
        r"換)?(?:成|為|是)[「『\"]?([\u3400-\u9fff])[」』\"]?(?![\u3400-\u9fff])",
        plain,
    )
    found += [(old, new) for new, old in _RATHER.findall(plain)] + _NOT_BUT.findall(plain)
    fitting = {(old, new) for old, new in found if name.count(old) == 1 and old != new}
    if len(fitting) != 1:
        return None
    old, new = fitting.pop()
    return name.replace(old, new)


def fields_with_tails() -> frozenset[Field]:
    return frozenset({Field.PHONE, Field.NATIONAL_ID, Field.STUDENT_NO})
