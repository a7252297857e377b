"""When a page says that it was paid: the labelled time, or the only day that stands there. Pure."""

import re
from collections.abc import Sequence

from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line
from mailflow.receipts.moments import find_date, find_moment, find_time
from mailflow.receipts.other_payments import paragraphs
from mailflow.receipts.status import cash_counted
from mailflow.receipts.wording import Role

_NO_TIMES = frozenset(  # rows in which digits may look like a date
    {
        Role.OTHER_TIME,
        Role.MEMO,
        Role.REFERENCE,
        Role.PAYEE,
        Role.PAYER,
        Role.SEGMENT_1,
        Role.SEGMENT_2,
        Role.SEGMENT_3,
    }
)
_CREDITED = re.compile("入帳|撥款|銷帳|記帳")
_BOOKED = re.compile("(?:帳務|入帳|記帳)日期?")
_PRINTED = re.compile("列印(?:時間|日期)?")
_OF_FILE = re.compile(
    "擷取|截圖|分享於|下載於|匯出(?:檔案|時間)|寄送|更新時間|資料日期|補登"
)  # not of the payment
_NUMBER_AND_MINUTE = re.compile(
    r"[0-9A-Z-]+ +(?P<minute>[0-9]{2,4}[/.-][0-9]{2}[/.-][0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)$"
)


def when_paid(lines: Sequence[Line], found: Sequence[Entry]) -> str | None:
    """The labelled time of the transaction; without a label, the only date on the proof."""
    whens = _of_paying([entry for entry in found if entry.role is Role.WHEN])
    days = {moment[:10] for entry in whens if (moment := find_moment(entry.value))}
    if days:
        return _to_the_minute(days.pop(), whens) if len(days) == 1 else None
    booked = {m for e in found if _BOOKED.fullmatch(e.label) and (m := find_moment(e.value))}
    if len(booked) == 1:
        return booked.pop()
    printed = {m for e in found if _PRINTED.fullmatch(e.label) and (m := find_moment(e.value))}
    if len(printed) == 1 and cash_counted(found):
        return printed.pop()  # by the till that took the cash
    return _only_one(lines, found)


def _to_the_minute(day: str, whens: Sequence[Entry]) -> str:
    """The labelled day with its time, which may stand under a label of its own."""
    full = (m for e in whens if (m := find_moment(e.value)) and "T" in m)
    times = (t for e in whens if not find_date(e.value) and (t := find_time(e.value)))
    time = next(times, None)
    return next(full, f"{day}T{time}" if time else day)


def _only_one(lines: Sequence[Line], found: Sequence[Entry]) -> str | None:
    """The only day of the page that no label puts aside."""
    other = {entry.box for entry in found if entry.role in _NO_TIMES}
    told = [line for line in lines if line.box not in other and not _OF_FILE.search(line.text)]
    free = {m for line in told if (m := find_moment(line.text))}
    free |= {m for line in lines if line.box in other and (m := _before_labels(line, found))}
    free |= {m for entry in found if (m := _behind_number(entry))}
    free = {m for m in free if "T" in m} or free  # a day alone may be an advertisement's
    free = free or {m for text in paragraphs(told) if (m := find_moment(text))}
    if len({moment[:10] for moment in free}) != 1:
        return None
    return free.pop() if len(free) == 1 else free.pop()[:10]


def _before_labels(line: Line, found: Sequence[Entry]) -> str | None:
    """The day that stands before the first label of its row: 2026/10/06 17:07 單號 22767273."""
    starts = [line.text.find(entry.label) for entry in found if entry.box == line.box]
    first = min((at for at in starts if at > 0), default=0)
    return find_moment(line.text[:first]) if first else None


def _behind_number(entry: Entry) -> str | None:
    """The minute that stands in the row of a number, behind it."""
    found = _NUMBER_AND_MINUTE.match(entry.value) if entry.role is Role.REFERENCE else None
    return find_moment(found["minute"]) if found else None


def _of_paying(whens: Sequence[Entry]) -> Sequence[Entry]:
    """The times of the payment, where those stand beside when the payee was credited."""
    own = [entry for entry in whens if not _CREDITED.match(entry.label)]
    return own if any(find_moment(entry.value) for entry in own) else whens
