"""One cell → text, undoing what spreadsheets do to numbers, and saying so."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from mailflow.sheets.tables import Cell

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)  # ="0912…", how some programs keep leading zeros
_SCIENTIFIC = re.compile(r"([0-9](?:\.[0-9]{1,14})?)E\+?([0-9]{1,5})", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:NT\$?|NTD|TWD|\$|新臺幣|新台幣)? ?(?P<sum>[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})"
    r"(?:\.0{1,2})? ?(?:元整?|NTD|TWD)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<open>\()?(?P<head>[^-+()0-9]*)(?P<before>[-+])?(?P<sum>[^-+()]+)(?P<after>-)?(?P<close>\))?"
)
_EXACT_DIGITS = 15  # what a spreadsheet number holds without loss


class Recovered(NamedTuple):
    """What the cell was before a spreadsheet changed it; `changed` when it had to be undone."""

    text: str
    changed: bool = False


def text_of(cell: Cell) -> str:
    """What the cell shows a reader; a whole number without `.0`, a day as YYYY-MM-DD."""
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e22 else repr(cell)
    if isinstance(cell, int):
        return str(cell)
    wrapped = _WRAPPED.fullmatch(cell)
    return wrapped[1] if wrapped else cell


def phone(cell: Cell) -> Recovered:
    """A mobile number that lost its leading zero gets it back."""
    text = text_of(cell)
    digits = re.sub(r"[ -]", "", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"9[0-9]{8}", digits):
        return Recovered("0" + digits, changed=True)
    return Recovered(text)


def student_no(cell: Cell) -> Recovered | None:
    """`1.12E+40014` was `112E40012`; None when digits are lost for good."""
    text = unicodedata.normalize("NFKC", text_of(cell))
    found = _SCIENTIFIC.fullmatch(text)
    if found:
        return _from_power(Decimal(found[1]), int(found[2]))
    if isinstance(cell, int | float) and len(text) >= 12:
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        exponent = number.adjusted()
        return _from_power(number.scaleb(-exponent).normalize(), exponent)
    return Recovered(text_of(cell))


def _from_power(mantissa: Decimal, exponent: int) -> Recovered | None:
    """Year (three digits), the letter E, five digits: the only numbers a program reads so."""
    year = mantissa * 100
    serial = exponent - 2
    if year != year.to_integral_value() or not 100 <= year < 200 or serial < 0:
        return None
    return Recovered(f"{int(year)}E{serial:05d}", changed=True)


def amount(cell: Cell) -> int | None:
    """A whole, positive sum in NT$; None when it is not one."""
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", text_of(cell)).strip())
    value = int(found["sum"].replace(",", "")) if found else 0
    return value or None


def signed_amount(cell: Cell) -> int | None:
    """A whole sum in NT$; `-600`, `(600)` and `600-` are money that went back. None for no sum."""
    text = " ".join(unicodedata.normalize("NFKC", text_of(cell)).split()).replace("−", "-")
    found = _SIGNED.fullmatch(text)
    if not found or (found["open"] is None) != (found["close"] is None):
        return None
    signs = [mark for mark in (found["before"], found["after"], found["open"]) if mark]
    money = _MONEY.fullmatch((found["head"] + found["sum"]).strip())
    if not money or len(signs) > 1:
        return None
    size = int(money["sum"].replace(",", ""))
    return size if signs in ([], ["+"]) else -size


def account(cell: Cell) -> str | None:
    """The digits of an account; None when there are too few or a program rounded them."""
    digits = re.sub(r"[ -]", "", unicodedata.normalize("NFKC", text_of(cell)))
    if not re.fullmatch(r"[0-9]{8,20}", digits):
        return None
    if isinstance(cell, int | float) and len(digits) > _EXACT_DIGITS:
        return None
    return digits


def bank(cell: Cell) -> Recovered | None:
    """A bank's code, with its name if one stands there; `4` was `004`."""
    text = " ".join(unicodedata.normalize("NFKC", text_of(cell)).split())
    if re.fullmatch(r"[0-9]{1,2}", text):
        return Recovered(text.zfill(3), changed=True)
    return Recovered(text) if re.fullmatch(r"[0-9]{3}(?:[0-9]{4})?(?:[^0-9].*)?", text) else None
