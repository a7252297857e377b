"""Rows that belie what was read of a page: another day, another sum, two bills. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from mailflow.receipts.lines import Line
from mailflow.receipts.moments import find_date
from mailflow.receipts.money import amount_at_start

_ACT = "(?:轉帳|匯款|付款|繳費|繳款|支付|扣款|轉出|交易|實繳|實付){1,2}"
_DAY = re.compile(  # without a year: 轉帳時刻 8月30日
    rf"{_ACT}[^0-9 ]{{0,4}}[ :]{{1,3}}"
    r"(?P<month>[01]?[0-9]) ?[月/] ?(?P<day>[0-3]?[0-9])(?![0-9/]| ?[完步])"
)
_SUM = re.compile(
    rf"(?:^|  )(?:{_ACT}了?|本次[收付繳]|對方(?:入帳|實收|收到)|已[付收繳轉]|"
    r"collected|received|paid)[ :]+"
    r"(?P<sum>(?:NT ?)?\$? ?[0-9][0-9,]*(?:\.00)?(?: ?元)?)(?=  |$)",
    re.IGNORECASE,
)
_SAID = re.compile(  # Payment of NT$1,600 completed
    r"(?:(?:payment|transfer|remittance) of|paid|sent|transferred) "
    r"(?P<sum>(?:NT ?\$|TWD|NTD|\$) ?[1-9][0-9,]*(?:\.00)?)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[\u3400-\u9fff]{2,10} {2}(?P<sum>\$?[1-9][0-9,]*)")


def other_day(lines: Sequence[Line], paid_at: str | None) -> bool:
    """Whether a row says without a year that it was paid on another day than `paid_at`
    (YYYY-MM-DD…)."""
    rows = (line.text for line in lines if not find_date(line.text))
    told = {(int(x["month"]), int(x["day"])) for row in rows for x in _DAY.finditer(row)}
    return paid_at is not None and bool(told - {(int(paid_at[5:7]), int(paid_at[8:10]))})


def other_sum(lines: Sequence[Line], known: Sequence[int | None]) -> bool:
    """Whether a row says that another sum was paid than those known: 繳款 100 below 帳單 600."""
    told = (x for line in lines for one in (_SUM, _SAID) for x in one.finditer(line.text))
    return any(amount_at_start(found["sum"]) not in known for found in told)


def is_of_several(lines: Sequence[Line], amount: int | None) -> bool:
    """Whether two items, with a bare sum each, make up the sum: two bills in one receipt."""
    items = (found for line in lines if (found := _ITEM.fullmatch(line.text)))
    parts = (amount_at_start(item["sum"]) or 0 for item in items)
    return any(a and b and a + b == amount for a, b in pairwise(parts))
