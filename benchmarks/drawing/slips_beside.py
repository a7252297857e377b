"""Slips that a picture does not pay, though nearly: one reading is judged against many. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.result import Expectation

from .facts import Label
from .measuring import expectation


@dataclass(frozen=True, slots=True)
class Beside:
    """A slip, in what it differs from what the picture shows, and whether anybody could see that:
    the digit may stand where the account is masked."""

    kind: str
    slip: Expectation
    visible: bool = True


def slips_beside(label: Label) -> Iterator[Beside]:
    """Slips that this picture must not be accepted for. None for what shows no payment's facts."""
    rng = random.Random(f"beside {label.file}")
    own = expectation(label.due)
    shown = {label.amount, own.amount if label.negative == "edited" else None}
    true = replace(own, account=label.account_true or own.account)
    for kind, amount in _amounts(label):
        if amount > 0 and amount not in shown:
            yield Beside(f"amount:{kind}", replace(true, amount=amount))
    if label.amount is None or not label.account_true:
        return
    paid = replace(own, amount=own.amount if label.negative == "edited" else label.amount)
    for kind, account in _accounts(label.account_true, rng):
        if account != label.account_true:
            seen = _differs(label.account_shown, account)
            yield Beside(f"account:{kind}", replace(paid, account=account), seen)
    yield from _days(replace(paid, account=label.account_true), label)


def _amounts(label: Label) -> Iterator[tuple[str, int]]:
    amount = label.amount
    if amount is None:
        return
    text = str(amount)
    yield "ten times", amount * 10
    yield "a tenth", amount // 10
    yield "a digit before", int(f"1{text}")
    yield "without the first digit", int(text[1:] or 0)
    for at, digit in enumerate(text):
        other = "8" if digit != "8" else "6"
        yield "one digit", int(text[:at] + other + text[at + 1 :])
    if label.fee:
        yield "with the fee", amount + label.fee
        yield "less the fee", amount - label.fee
        yield "the fee", label.fee
    for what, value in (("the total", label.total_shown), ("the balance", label.balance)):
        if value:
            yield what, value
    for value in label.distractors:
        yield "another sum on it", value


def _accounts(account: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for at in (0, 4, 5, 7, 9, len(account) - 3, len(account) - 2, len(account) - 1):
        digit = str((int(account[at]) + rng.randrange(1, 10)) % 10)
        yield "one digit", account[:at] + digit + account[at + 1 :]
    for kept in (5, 9, len(account) - 3):
        tail = "".join(rng.choice("0123456789") for _ in account[kept:])
        yield "another's of the same office", account[:kept] + tail
    yield "two digits swapped", account[:-3] + account[-2] + account[-3] + account[-1]


def _differs(shown: str | None, account: str) -> bool:
    told = parse_account(shown) if shown else None
    return told is None or not told.fits(account)


def _days(slip: Expectation, label: Label) -> Iterator[Beside]:
    if not label.datetime:
        return
    day = date.fromisoformat(label.datetime[:10])
    for kind, begin in (("the day after", 1), ("a month later", 30), ("a year later", 366)):
        begun = day + timedelta(days=begin)
        yield Beside(f"day:{kind}", replace(slip, from_on=begun, until_on=begun + timedelta(60)))
    for kind, back in (("the day before", 1), ("a month before", 30), ("a year before", 365)):
        end = day - timedelta(days=back)
        yield Beside(f"day:{kind}", replace(slip, from_on=end - timedelta(60), until_on=end))
