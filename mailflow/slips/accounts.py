"""Virtual accounts (虛擬帳號) by the rules of several banks. Pure.

Each rule follows one or two published implementations; the bank's contract overrides them. The
test vectors are in `tests/data/barcodes.json`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle

from mailflow.campaign.slip_settings import (
    CORP_DIGITS,
    SERIAL_DIGITS,
    AccountRule,
    Bank,
)

_MINGUO = 1911


def virtual_account(bank: Bank, serial: str, *, amount: int, due_on: date) -> str:
    """The account that only this serial, amount (NT$) and last day have."""
    base = _LAYOUTS[bank.rule](bank.corp_code, serial, due_on)
    return base + check_digit(bank.rule, base, amount=amount)


def check_digit(rule: AccountRule, base: str, *, amount: int) -> str:
    """The last digit of an account; `base` are the digits before it."""
    return str(_CHECKS[rule](base, amount) % 10)


def misfit(bank: Bank, account: str, *, amount: int, due_on: date) -> str | None:
    """Why an account can't be one by this bank's rule: a code; None when it can."""
    base = account[:-1]
    like = _LAYOUTS[bank.rule](bank.corp_code, "0" * SERIAL_DIGITS[bank.rule], due_on)
    if len(base) != len(like):
        return "account_length_differs"
    if not account.startswith(bank.corp_code):
        return "account_of_another_payee"
    if account[-1] != check_digit(bank.rule, base, amount=amount):
        return "account_check_digit_differs"
    serial = base[_serial_at(bank.rule)]
    if base != _LAYOUTS[bank.rule](bank.corp_code, serial, due_on):
        return "account_day_differs"
    return None


def _serial_at(rule: AccountRule) -> slice:
    start = CORP_DIGITS[rule] + {AccountRule.TAISHIN: 0, AccountRule.KGI: 0}.get(rule, 4)
    return slice(start, start + SERIAL_DIGITS[rule])


def _year_day_serial(corp: str, serial: str, due_on: date) -> str:
    return f"{corp}{due_on.year % 10}{due_on:%j}{serial}"


def _serial_year_day(corp: str, serial: str, due_on: date) -> str:
    return f"{corp}{serial}{(due_on.year - _MINGUO) % 10}{due_on:%j}"


def _month_day_serial(corp: str, serial: str, due_on: date) -> str:
    return f"{corp}{due_on:%m%d}{serial}"


def _serial_alone(corp: str, serial: str, _: date) -> str:
    return corp + serial


_LAYOUTS: dict[AccountRule, Callable[[str, str, date], str]] = {
    AccountRule.FIRST: _year_day_serial,
    AccountRule.CTBC: _year_day_serial,
    AccountRule.TAISHIN: _serial_year_day,
    AccountRule.ESUN: _month_day_serial,
    AccountRule.KGI: _serial_alone,
}


def _first(base: str, amount: int) -> int:
    total = _weighted(base, (3, 7, 1)) % 10 + _weighted(f"{amount:08d}", range(8, 0, -1))
    return 10 - total % 10


def _ctbc(base: str, amount: int) -> int:
    weights = (8, 7, 6, 5, 4, 3, 2, 1, 8, 7)
    total = _weighted(base, (3, 7, 1)) % 10 + _weighted(f"{amount:010d}", weights)
    return 10 - total % 10


def _taishin(base: str, amount: int) -> int:
    total = _weighted(base, (3, 1)) + _weighted(f"{amount:07d}", (5, 4, 3, 2, 3, 4, 1))
    return 10 - total % 10


def _esun(base: str, amount: int) -> int:
    weights = (6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    own = _weighted(base, weights[-len(base) :])
    return own % 10 + _weighted(f"{amount:08d}", range(8, 0, -1)) % 10


def _kgi(base: str, _: int) -> int:
    last_digits = (int(d) * w % 10 for d, w in zip(base, cycle((3, 7, 1)), strict=False))
    return 10 - sum(last_digits) % 10


_CHECKS: dict[AccountRule, Callable[[str, int], int]] = {
    AccountRule.FIRST: _first,
    AccountRule.CTBC: _ctbc,
    AccountRule.TAISHIN: _taishin,
    AccountRule.ESUN: _esun,
    AccountRule.KGI: _kgi,
}


def _weighted(digits: str, weights: Sequence[int]) -> int:
    """The sum of digit × weight; weights begin again when there are too few."""
    return sum(int(d) * w for d, w in zip(digits, cycle(weights), strict=False))
