"""What happened before the picture was taken: a genuine payment, or one of the ways in which a
picture fools a clerk in a hurry."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from .facts import Facts, Slip
from .layout import Layout
from .writing import BANKS

AMOUNTS = (600, 600, 700, 1200, 1400, 1800, 600, 350, 900, 1000, 1600, 2000, 2400, 3000, 6000, 650)
_CORPS = ("98620", "50761", "33511", "95228", "99882", "71034")
_SURNAMES, _GIVEN = "陳林黃張李王吳劉蔡楊", "家怡志雅冠佳承宗宜欣柏彥婷豪"
_MEMOS = ("報名費", "考試報名", "B11165230", "iPAS", "學費", "謝謝")


def slip_of(rng: random.Random) -> Slip:
    """A slip that somebody owes."""
    corp = rng.choice(_CORPS)
    account = corp + "".join(str(rng.randrange(10)) for _ in range(rng.choice((14, 16)) - 5))
    from_on = date(2025, 1, 1) + timedelta(days=rng.randrange(800))
    until_on = from_on + timedelta(days=rng.randrange(14, 110))
    return Slip(rng.choice(AMOUNTS), account, rng.choice(tuple(BANKS)), from_on, until_on)


def _at(rng: random.Random, day: date) -> datetime:
    clock = time(rng.randrange(24), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock)


def genuine(layout: Layout, rng: random.Random) -> Facts:
    """The slip was paid, in time, with or without a fee."""
    slip = slip_of(rng)
    days = (slip.until_on - slip.from_on).days
    facts = Facts(
        slip=slip,
        kind=layout.kind,
        status="success",
        amount=slip.amount,
        fee=rng.choice((0, 0, 10, 12, 15) if "fee" in layout.shows else (0,)),
        at=_at(rng, slip.from_on + timedelta(days=rng.randrange(days))),
        account=slip.account,
        bank=slip.bank,
        reference=f"{rng.randrange(10**6, 10**10)}",
        payer=rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN),
    )
    return _with_extras(facts, layout, rng)


def _with_extras(facts: Facts, layout: Layout, rng: random.Random) -> Facts:
    memo = rng.choice(_MEMOS) if "memo" in layout.shows and rng.random() < 0.5 else None
    may_show = "balance!" in layout.shows or ("balance" in layout.shows and rng.random() < 0.5)
    balance = rng.randrange(200, 90_000) if may_show else None
    due = facts.total
    cash = max(rng.choice((due, -(-due // 100) * 100, -(-due // 1000) * 1000)), due)
    return replace(facts, memo=memo, balance=balance, cash=cash)


@dataclass(frozen=True, slots=True)
class Trap:
    """One way to be wrong. `needs` is what a layout must be able to show, `status` too."""

    turn: Callable[[Facts, random.Random], Facts]
    needs: frozenset[str] = frozenset()
    status: str = "success"


def _digit_lost(facts: Facts, _: random.Random) -> Facts:
    return replace(facts, amount=max(facts.amount // 10, 1))


def _digit_added(facts: Facts, rng: random.Random) -> Facts:
    return replace(facts, amount=min(facts.amount * 10 + rng.choice((0, 0, 5)), 19_999))


def _inside(facts: Facts, rng: random.Random) -> Facts:
    """600 stands inside 1,600."""
    more = rng.choice((1, 2, 3)) * 10 ** len(str(facts.amount))
    return replace(facts, amount=min(facts.amount + more, 19_999))


def _near(facts: Facts, rng: random.Random) -> Facts:
    step = rng.choice((-100, -50, -10, 10, 50, 100, 200))
    return replace(facts, amount=facts.amount + step)


def _swapped(facts: Facts, _: random.Random) -> Facts:
    """One digit is another that looks like it."""
    first = str(facts.amount)[0]
    other = {"6": "8", "8": "6", "1": "7", "7": "1", "3": "8", "9": "8", "2": "7"}.get(first, "5")
    return replace(facts, amount=int(other + str(facts.amount)[1:]))


def _fee_included(facts: Facts, rng: random.Random) -> Facts:
    """Amount and fee together are the owed sum: too little was credited."""
    fee = rng.choice((10, 12, 15))
    return replace(facts, amount=facts.amount - fee, fee=fee)


def _memo_says_due(facts: Facts, rng: random.Random) -> Facts:
    short = _near(facts, rng)
    return replace(short, memo=rng.choice((f"報名費{facts.amount}元", f"報名費 {facts.amount}")))


def _balance_is_due(facts: Facts, rng: random.Random) -> Facts:
    return replace(_near(facts, rng), balance=facts.amount)


def _cash_is_due(facts: Facts, rng: random.Random) -> Facts:
    less = facts.amount - rng.choice((50, 100, 150, 200))
    return replace(facts, amount=max(less, 10), fee=0, cash=facts.amount)


def _wrong_account(facts: Facts, rng: random.Random) -> Facts:
    """Another payer's account: same payee, one to three digits of the serial differ."""
    digits = list(facts.account)
    for place in rng.sample(range(len(digits) - 3, len(digits)), rng.choice((1, 2, 3))):
        digits[place] = str((int(digits[place]) + rng.randrange(1, 10)) % 10)
    return replace(facts, account="".join(digits))


def _other_payee(facts: Facts, rng: random.Random) -> Facts:
    account = "".join(str(rng.randrange(10)) for _ in facts.account)
    bank = rng.choice([code for code in BANKS if code != facts.bank])
    return replace(facts, account=account, bank=bank)


def _too_early(facts: Facts, rng: random.Random) -> Facts:
    days = rng.choice((1, 3, 30, 365, 366))
    return replace(facts, at=_at(rng, facts.slip.from_on - timedelta(days=days)))


def _too_late(facts: Facts, rng: random.Random) -> Facts:
    days = rng.choice((1, 2, 5, 30))
    return replace(facts, at=_at(rng, facts.slip.until_on + timedelta(days=days)))


def _half(facts: Facts, _: random.Random) -> Facts:
    """The first of two parts."""
    return replace(facts, amount=facts.amount // 2)


def _double(facts: Facts, _: random.Random) -> Facts:
    """For a friend as well."""
    return replace(facts, amount=min(facts.amount * 2, 19_999))


def _one_digit(facts: Facts, rng: random.Random) -> Facts:
    """One of the last three digits is another that looks like it."""
    at = rng.randrange(len(facts.account) - 3, len(facts.account))
    other = dict(zip("0123456789", "8778965130", strict=True))[facts.account[at]]
    return replace(facts, account=facts.account[:at] + other + facts.account[at + 1 :])


def _neighbours_swapped(facts: Facts, rng: random.Random) -> Facts:
    """Two of the last three digits have changed places."""
    head, tail = facts.account[:-3], facts.account[-3:]
    first, middle, last = tail
    found = [x for x in (middle + first + last, first + last + middle) if x != tail]
    if not found:
        return _one_digit(facts, rng)
    return replace(facts, account=head + rng.choice(found))


def _same_tail(facts: Facts, rng: random.Random) -> Facts:
    """Another payee at another bank whose account ends in the same five digits."""
    other = _other_payee(facts, rng)
    return replace(other, account=other.account[:-5] + facts.account[-5:])


def _to_oneself(facts: Facts, rng: random.Random) -> Facts:
    """To an account of the payer's own name."""
    return _other_payee(facts, rng)


def _as_it_is(facts: Facts, _: random.Random) -> Facts:
    return facts


def _planned(facts: Facts, rng: random.Random) -> Facts:
    return replace(facts, at=facts.at + timedelta(days=rng.randrange(3)))


_WIDER = frozenset({"wider"})
TRAPS: dict[str, Trap] = {
    "wrong_amount:digit_lost": Trap(_digit_lost),
    "wrong_amount:digit_added": Trap(_digit_added),
    "wrong_amount:inside": Trap(_inside),
    "wrong_amount:near": Trap(_near),
    "wrong_amount:swapped": Trap(_swapped),
    "wrong_amount:fee_included": Trap(_fee_included, frozenset({"fee"})),
    "wrong_amount:total_equals_due": Trap(_fee_included, frozenset({"fee", "total"})),
    "wrong_amount:memo_says_due": Trap(_memo_says_due, frozenset({"memo"})),
    "wrong_amount:balance_equals_due": Trap(_balance_is_due, frozenset({"balance"})),
    "wrong_amount:cash_equals_due": Trap(_cash_is_due, frozenset({"cash"})),
    "wrong_account": Trap(_wrong_account),
    "other_payee": Trap(_other_payee),
    "too_early": Trap(_too_early),
    "too_late": Trap(_too_late),
    "scheduled": Trap(_planned, status="scheduled"),
    "pending": Trap(_as_it_is, status="pending"),
    "pending_confirm": Trap(_as_it_is, status="confirm"),
    "failed": Trap(_as_it_is, status="failed"),
    "void": Trap(_as_it_is, status="void"),
    "refund": Trap(_as_it_is, status="refund"),
    "edited": Trap(_near),
    "unreadable": Trap(_as_it_is),
    "faded_tail": Trap(_as_it_is),
    "wrong_amount:half": Trap(_half, _WIDER),
    "wrong_amount:double": Trap(_double, _WIDER),
    "wrong_account:one_digit": Trap(_one_digit, _WIDER),
    "wrong_account:swapped": Trap(_neighbours_swapped, _WIDER),
    "other_payee:same_tail": Trap(_same_tail, _WIDER),
    "to_oneself": Trap(_to_oneself, _WIDER | {"payee"}),
    "inward": Trap(_as_it_is, status="inward"),
    "sample": Trap(_as_it_is, status="sample"),
    "edited_account": Trap(_wrong_account, _WIDER),
    "edited_date": Trap(_too_early, _WIDER),
}
ASKED = frozenset(
    {
        "unreadable",
        "faded_tail",
        "unpaid_slip",
        "pending_confirm",
        "scheduled",
        "planned_list",
        "pending",
        "failed",
        "sample",
        "history",
        "not_receipt",
        "card_bill",
        "invoice",
        "quotation",
        "thin_notice",
        "balance_inquiry",
        "too_early",
        "request_for_money",
        "shop_payment",
        "top_up",
        "standing_order",
        "favourites",
        "teaching",
        "advert",
        "promise",
        "draft",
    }
)
_STATUS_OF_PAGES = {"unpaid_slip": "unpaid", "pending_confirm": "confirm", "history": "none"}


def traps_for(layout: Layout) -> Sequence[str]:
    """The traps that this layout can set."""
    if layout.negative:
        return (layout.negative,)
    shown = layout.shows | ({"balance"} if "balance!" in layout.shows else set())
    return tuple(
        name
        for name, trap in TRAPS.items()
        if trap.needs <= shown
        and trap.status in layout.titles
        and (name != "faded_tail" or (layout.medium == "thermal" and "barcodes" not in shown))
    )


def clerk(negative: str | None, *, legible: bool) -> str:
    """What a careful clerk does with such a picture: money that went wrong, and whatever may be a
    forgery, is for a person; else the student is asked for a better proof, or for another one."""
    if negative is None and legible:
        return "accept"
    return "ask" if negative is None or negative in ASKED else "hold"


def negative(layout: Layout, name: str, rng: random.Random) -> Facts:
    """A payment that must not be accepted for its slip, by the trap of that name."""
    facts = genuine(layout, rng)
    if layout.negative:
        status = _STATUS_OF_PAGES.get(name, "none")
        return replace(facts, status=status, negative=name)
    trap = TRAPS[name]
    turned = trap.turn(facts, rng)
    if turned.cash is not None and turned.cash < turned.total:
        turned = replace(turned, cash=turned.total)
    return replace(turned, status=trap.status, negative=name)


def neighbour(layout: Layout, facts: Facts, rng: random.Random) -> Facts:
    """Another payment whose receipt lies beside: somebody's own. Beside a trap it bears the owed
    sum, so that sum and account of the slip stand in the picture, but never in one receipt."""
    other = genuine(layout, rng)
    if facts.negative is None or other.account == facts.slip.account:
        return other
    return replace(other, amount=facts.slip.amount, cash=facts.slip.amount + other.fee)
