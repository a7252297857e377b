"""A value given in part (尾碼是3, 門牌是12號), completed from the registered one, or not at all."""

import re

from mailflow.person import Field

_TAIL = re.compile(
    r"(?:最後|尾|末|後)(?:面)?(?P<count>[一二三四五六1-6])?(?:個)?(?:數字|位數|位|碼|"
    r"個字)?(?:數字)?[^0-9\n。]{0,10}?(?P<digits>[0-9]{1,6})(?![0-9])"
)
_COUNTS = {"一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_PARTS = (
    ("road", re.compile(r"[^縣市區鄉鎮]{1,12}?(?:路|街|大道)(?:[一二三四五六七八九十]段)?")),
    ("lane", re.compile(r"[0-9]+巷")),
    ("alley", re.compile(r"[0-9]+弄")),
    ("number", re.compile(r"[0-9]+(?:[之-][0-9]+)?號(?:之[0-9]+)?")),
    ("floor", re.compile(r"[0-9一二三四五六七八九十]{1,3}樓(?:之[0-9]+)?")),
    ("room", re.compile(r"[0-9]{1,4}室")),
)
_SAID = re.compile(
    r"[0-9]+巷|[0-9]+弄|[0-9]+(?:[之-][0-9]+)?號(?:之[0-9]+)?|[0-9]{1,2}樓(?:之[0-9]+)?|"
    r"[0-9]{1,4}室"
)


def complete_tail(said: str, registered: str) -> str | None:
    """「最後一碼是3」 with 0912000111 → 0912000113; None when counts disagree."""
    found = _TAIL.search(said)
    if not found or not registered:
        return None
    digits, count = found["digits"], found["count"]
    wanted = (
        _COUNTS.get(count, int(count) if count and count.isdigit() else None) if count else None
    )
    if wanted is not None and wanted != len(digits):
        return None
    return registered[: -len(digits)] + digits if len(digits) < len(registered) else None


def complete_address(said: str, registered: str) -> str | None:
    """House number, lane, floor or room replaced in the registered address."""
    given = {}
    for found in _SAID.finditer(said):
        kind = next(name for name, shape in _PARTS[1:] if shape.fullmatch(found[0]))
        if kind in given:
            return None  # two of a kind: which is the new one?
        given[kind] = found[0]
    if not given or not registered:
        return None
    pieces, place = [], 0
    for kind, shape in _PARTS:
        old = shape.search(registered, place)
        if old:
            pieces.append(registered[place : old.start()])
            place = old.end()
        pieces.append(given.get(kind, old[0] if old else ""))
    return "".join([*pieces, registered[place:]])


def replace_character(plain: str, name: str) -> str | None:
    """「妮」要改成「霓」 with 林安妮 → 林安霓; None unless exactly one such character is named."""
    found = re.findall(
        r"[「『\"]?([\u3400-\u9fff])[」』\"]?(?:字)?(?:應該?|需)?(?:要|是)?(?:改|更正|"
        r"換)?(?:成|為|是)[「『\"]?([\u3400-\u9fff])[」』\"]?(?![\u3400-\u9fff])",
        plain,
    )
    fitting = {(old, new) for old, new in found if name.count(old) == 1 and old != new}
    if len(fitting) != 1:
        return None
    old, new = fitting.pop()
    return name.replace(old, new)


def fields_with_tails() -> frozenset[Field]:
    return frozenset({Field.PHONE, Field.NATIONAL_ID, Field.STUDENT_NO})
