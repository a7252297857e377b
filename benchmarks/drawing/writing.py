"""The many ways in which proofs write money, moments and accounts."""

import random
from collections.abc import Sequence
from datetime import datetime

from .facts import Facts

BANKS = {
    "004": "臺灣銀行",
    "005": "土地銀行",
    "006": "合作金庫",
    "007": "第一銀行",
    "008": "華南銀行",
    "009": "彰化銀行",
    "012": "台北富邦",
    "013": "國泰世華",
    "017": "兆豐銀行",
    "700": "中華郵政",
    "808": "玉山銀行",
    "812": "台新銀行",
    "822": "中國信託",
}
ENGLISH_BANKS = {
    "004": "Bank of Taiwan",
    "005": "Land Bank",
    "006": "Taiwan Cooperative Bank",
    "007": "First Bank",
    "008": "Hua Nan Bank",
    "009": "Chang Hwa Bank",
    "012": "Taipei Fubon Bank",
    "013": "Cathay United Bank",
    "017": "Mega Bank",
    "700": "Chunghwa Post",
    "808": "E.SUN Bank",
    "812": "Taishin Bank",
    "822": "CTBC Bank",
}
_FORMAL = "零壹貳參肆伍陸柒捌玖"
_FULL = str.maketrans("0123456789,.$", "０１２３４５６７８９，．＄")


def in_words(amount: int) -> str:
    """600 → 陸佰元整, as cheques and counters write it; below 100,000."""
    text, gap = "", False
    for unit, name in ((10_000, "萬"), (1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = amount // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _FORMAL[digit] + name
        gap = not digit
    return f"{text}元整"


def money(amount: int, manner: str) -> str:
    """One amount in the given manner, e.g. `NT$ 1,800` or `１，８００元`."""
    sep, plain = f"{amount:,}", str(amount)
    return {
        "nt": f"NT$ {sep}",
        "nt_tight": f"NT${sep}",
        "nt_plain": f"NT${plain}",
        "nt_cents": f"NT${sep}.00",
        "twd": f"TWD {sep}",
        "twd_cents": f"TWD {sep}.00",
        "ntd": f"NTD {sep}",
        "dollar": f"${sep}",
        "dollar_plain": f"${plain}",
        "dollar_cents": f"${sep}.00",
        "yuan": f"{sep}元",
        "yuan_spaced": f"{sep} 元",
        "yuan_plain": f"{plain}元",
        "yuan_whole": f"{sep}元整",
        "taiwan": f"新臺幣 {sep} 元",
        "taiwan_whole": f"新臺幣{sep}元整",
        "words": f"新臺幣{in_words(amount)}",
        "bare": sep,
        "bare_cents": f"{sep}.00",
        "plain": plain,
        "full": f"{sep}元".translate(_FULL),
        "full_dollar": f"＄{sep}".translate(_FULL),
        "starred": f"***{sep}",
    }[manner]


def moment(at: datetime, manner: str) -> str:
    """One moment in the given manner; Minguo where it begins with `roc`."""
    year, roc = at.year, at.year - 1911
    twelve = f"{at.hour % 12 or 12:02d}:{at:%M}"
    half = "上午" if at.hour < 12 else "下午"
    return {
        "slash": f"{at:%Y/%m/%d %H:%M:%S}",
        "slash_minute": f"{at:%Y/%m/%d %H:%M}",
        "dash": f"{at:%Y-%m-%d %H:%M:%S}",
        "dash_minute": f"{at:%Y-%m-%d %H:%M}",
        "dots": f"{at:%Y.%m.%d %H:%M}",
        "half": f"{at:%Y/%m/%d} {half} {twelve}",
        "half_first": f"{year}年{at.month}月{at.day}日 {half}{twelve}",
        "am_pm": f"{at:%Y/%m/%d} {twelve} {at:%p}",
        "english": f"{at:%b} {at.day}, {year} {at:%H:%M}",
        "english_half": f"{at.day} {at:%b} {year}, {twelve} {at:%p}",
        "words": f"{year}年{at.month:02d}月{at.day:02d}日 {at:%H:%M}",
        "compact": f"{at:%Y%m%d %H%M%S}",
        "roc_slash": f"{roc}/{at:%m/%d %H:%M:%S}",
        "roc_slash_minute": f"{roc}/{at:%m/%d %H:%M}",
        "roc_dots": f"{roc}.{at:%m.%d %H:%M:%S}",
        "roc_words": f"{roc}年{at:%m}月{at:%d}日 {at:%H:%M}",
        "roc_full": f"民國{roc}年{at.month}月{at.day}日 {at:%H}時{at:%M}分",
        "roc_half": f"{roc}/{at:%m/%d} {half}{twelve}",
    }[manner]


def day(at: datetime, manner: str) -> str:
    """The day alone, in the manner of `moment`."""
    if manner.startswith("roc"):
        return f"{at.year - 1911}/{at:%m/%d}"
    if manner.startswith("english"):
        return f"{at.day} {at:%b} {at.year}"
    return f"{at:%Y-%m-%d}" if manner.startswith("dash") else f"{at:%Y/%m/%d}"


def masked(account: str, manner: str) -> str:
    """The account with digits hidden as banks hide them; at least five digits stay."""
    size = len(account)
    return {
        "full": account,
        "group": " ".join(account[at : at + 4] for at in range(0, size, 4)),
        "dash": f"{account[:3]}-{account[3:5]}-{account[5:11]}-{account[11:]}",
        "dash_group": "-".join(account[at : at + 4] for at in range(0, size, 4)),
        "padded": account.rjust(16, "0"),
        "tail5": "*" * (size - 5) + account[-5:],
        "tail6": "*" * (size - 6) + account[-6:],
        "x_tail": "X" * (size - 5) + account[-5:],
        "dots": "••••" + account[-5:],
        "mid": account[:6] + "*" * (size - 10) + account[-4:],
        "mid_x": account[:5] + "x" * (size - 9) + account[-4:],
        "holes": account[:4] + "**" + account[6:8] + "*" * (size - 11) + account[-3:],
        "rings": account[:4] + "○" * (size - 8) + account[-4:],
        "head": account[:10] + "*" * (size - 10),
        "dash_tail": f"***-***-{account[-5:]}",
    }[manner]


def name_masked(name: str) -> str:
    return f"{name[0]}○{name[2:]}"


class Hand:
    """One proof's way of writing: chosen once, kept over the whole page, and remembered."""

    def __init__(
        self,
        facts: Facts,
        rng: random.Random,
        *,
        money: Sequence[str],
        times: Sequence[str],
        masks: Sequence[str] = ("full",),
    ) -> None:
        self._facts = facts
        self._money, self.time, self.mask = rng.choice(money), rng.choice(times), rng.choice(masks)
        self.account_shown: str | None = None
        self.dt_display: str | None = None
        self.shown: dict[str, int] = {}

    def amount(self, manner: str | None = None) -> str:
        return money(self._facts.amount, manner or self._money)

    def fee(self) -> str:
        return self._told("fee", self._facts.fee)

    def total(self) -> str:
        return self._told("total", self._facts.total)

    def balance(self) -> str:
        return self._told("balance", self._facts.balance or 0)

    def cash(self) -> tuple[str, str]:
        """The cash handed over, and the change."""
        given = self._facts.cash or self._facts.total
        change = given - self._facts.total
        return self._told("cash", given), self._told("change", change)

    def _told(self, what: str, amount: int) -> str:
        self.shown[what] = amount
        return money(amount, "yuan" if self._money in ("words",) else self._money)

    def account(self, manner: str | None = None) -> str:
        if manner:
            self.mask = manner
        self.account_shown = masked(self._facts.account, self.mask)
        return self.account_shown

    def when(self, manner: str | None = None) -> str:
        self.time = manner or self.time
        if self._facts.status == "scheduled":
            self.dt_display = day(self._facts.at, self.time)
        else:
            self.dt_display = moment(self._facts.at, self.time)
        return self.dt_display

    def bank(self, manner: str = "{code} {name}") -> str:
        code = self._facts.bank
        return manner.format(code=code, name=BANKS[code], english=ENGLISH_BANKS[code])
