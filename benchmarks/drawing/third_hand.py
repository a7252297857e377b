"""How the third family writes: its own forms of money, moments and accounts, words by the key."""

import random
from collections.abc import Mapping
from datetime import datetime

from .facts import Facts
from .layout import Layout
from .writing import BANKS, ENGLISH_BANKS, Hand, in_words

Row = tuple[str, str]
_WIDE = str.maketrans("0123456789,.$-:/ ", "０１２３４５６７８９，．＄－：／　")
_DAYS = "一二三四五六日"
# Where a moment's day ends, for pages that tell only the day.
_DAY_ENDS = {"wordy": "日", "weekday": "）", "comma": ",", "minguo_long": "日"}
MASKS = (
    "full",
    "fours",
    "hyphens",
    "sixteen",
    "last five",
    "last five #",
    "last five dots",
    "last five short",
    "last six",
    "ends",
    "ends X",
    "ends hyphens",
    "gaps",
    "rings",
    "wide",
)
_PAYEES = ("國立海東科技大學", "海東科大研發處", "海東科大４０１專戶", "國立海東科大")
_INWARD_FROM = ("付款帳號", "匯款帳號", "轉出帳號")
_INWARD_INTO = ("入帳帳號", "存入帳號", "收款帳號")


def words_of(line: str) -> dict[str, str]:
    """`to=轉入帳號 sum=金額` as a table; `_` stands for a space."""
    return {key: text.replace("_", " ") for key, text in (x.split("=", 1) for x in line.split())}


def sum_text(amount: int, manner: str) -> str:
    """One amount; at least its digits stand together."""
    comma = f"{amount:,}"
    return {
        "NT$": f"NT${comma}",
        "NT$ ": f"NT$ {comma}",
        "-NT$": f"-NT${comma}",
        "$": f"${comma}",
        "$ ": f"$ {comma}",
        "$.00": f"${comma}.00",
        "NTD": f"NTD {comma}",
        "TWD.00": f"TWD {comma}.00",
        "TWD after": f"{comma} TWD",
        "TWD.00 after": f"{comma}.00 TWD",
        "NT$ plain": f"NT${amount}",
        "元": f"{comma}元",
        "元 apart": f"{comma} 元",
        "元 plain": f"{amount}元",
        "元整": f"{comma}元整",
        "新台幣": f"新台幣 {comma}元",
        "新台幣整": f"新台幣{comma}元整",
        "臺幣": f"臺幣 {comma}",
        "bare": comma,
        "bare.00": f"{comma}.00",
        "plain": str(amount),
        "star": f"*{comma}",
        "stars.00": f"***{comma}.00",
        "wide": comma.translate(_WIDE),
        "wide元": f"{comma}元".translate(_WIDE),
        "wide$": f"NT${comma}".translate(str.maketrans("NT", "ＮＴ") | _WIDE),
        "大寫": f"新台幣{in_words(amount)}",
    }[manner]


def moment_text(at: datetime, manner: str) -> str:
    """One moment; `minguo…` counts years from 1912."""
    year, roc = at.year, at.year - 1911
    half, hour = ("上午" if at.hour < 12 else "下午"), at.hour % 12 or 12
    return {
        "slashes": f"{at:%Y/%m/%d %H:%M:%S}",
        "short": f"{at:%Y/%m/%d %H:%M}",
        "dashes": f"{at:%Y-%m-%d %H:%M:%S}",
        "dotted": f"{at:%Y.%m.%d %H:%M:%S}",
        "weekday": f"{at:%Y/%m/%d}（{_DAYS[at.weekday()]}）{at:%H:%M}",
        "wordy": f"{year}年{at.month}月{at.day}日 {at:%H:%M}",
        "half": f"{at:%Y/%m/%d} {half} {hour}:{at:%M}",
        "loose": f"{year}/{at.month}/{at.day} {at:%H:%M}",
        "tight": f"{at:%Y%m%d %H:%M:%S}",
        "british": f"{at.day} {at:%b %Y} {at:%H:%M}",
        "comma": f"{at:%b} {at.day} {year}, {hour}:{at:%M %p}",
        "iso": f"{at:%Y-%m-%d %H:%M}",
        "minguo": f"{roc}/{at:%m/%d %H:%M:%S}",
        "minguo_dash": f"{roc}-{at:%m-%d %H:%M}",
        "minguo_long": f"{roc}年{at:%m}月{at:%d}日 {at:%H:%M:%S}",
        "minguo_tight": f"{roc}{at:%m%d} {at:%H%M%S}",
        "minguo_dots": f"{roc}.{at:%m.%d} {at:%H:%M}",
        "minguo_wide": f"{roc}/{at:%m/%d}".translate(_WIDE) + f" {at:%H:%M:%S}",
    }[manner]


def day_text(at: datetime, manner: str) -> str:
    """The day alone, written as in `moment_text`."""
    whole = moment_text(at, manner)
    if manner == "british":
        return " ".join(whole.split()[:3])
    ends = _DAY_ENDS.get(manner)
    if ends:
        return whole[: whole.index(ends) + (ends != ",")]
    return whole.split()[0]


def account_text(account: str, manner: str) -> str:
    """The account with some digits hidden; never fewer than five are left, always the last."""
    size = len(account)
    return {
        "full": account,
        "fours": " ".join(account[at : at + 4] for at in range(0, size, 4)),
        "hyphens": f"{account[:5]}-{account[5:9]}-{account[9:]}",
        "sixteen": account.rjust(16, "0"),
        "last five": "*" * (size - 5) + account[-5:],
        "last five #": "#" * (size - 5) + account[-5:],
        "last five dots": f"•••• •••• {account[-5:]}",
        "last five short": f"***{account[-5:]}",
        "last six": "x" * (size - 6) + account[-6:],
        "ends": account[:4] + "*" * (size - 8) + account[-4:],
        "ends X": account[:3] + "X" * (size - 7) + account[-4:],
        "ends hyphens": f"{account[:3]}-****-***-{account[-5:]}",
        "gaps": account[:3] + "***" + account[6:9] + "*" * (size - 12) + account[-3:],
        "rings": account[:5] + "○" * (size - 9) + account[-4:],
        "wide": account.translate(_WIDE),
    }[manner]


def headline(layout: Layout, facts: Facts, rng: random.Random) -> tuple[str, str]:
    """Title and the line below it, of `title/note|title/note|…` for the status."""
    title, _, note = rng.choice(layout.titles[facts.status].split("|")).partition("/")
    return title, note


def titles(**by_status: str) -> Mapping[str, str]:
    """Headlines by status; specimens bear those of a success."""
    return {**by_status, "sample": by_status["success"]}


class Scribe(Hand):
    """One page's way of writing, chosen once; says each thing by its key."""

    def __init__(
        self,
        facts: Facts,
        rng: random.Random,
        *,
        money: str,
        times: str,
        masks: str = "full",
        english: bool = False,
    ) -> None:
        """The manners as lists with `|` between them."""
        super().__init__(
            facts,
            rng,
            money=money.split("|"),
            times=times.split("|"),
            masks=masks.split("|"),
        )
        free = ("Waived", "Free") if english else ("免手續費", "0元")
        self._no_fee = rng.choice(("", "", *free))
        own = "".join(str(rng.randrange(10)) for _ in range(rng.choice((12, 13, 14))))
        own_mask = "full" if self.mask.startswith("last") else "last five"
        self._own = account_text(own, rng.choice((own_mask, "ends", "last five")))
        self._payee = rng.choice(_PAYEES)
        sender, into = rng.choice(_INWARD_FROM), rng.choice(_INWARD_INTO)
        if english:
            sender, into = "From account", "Credited to"
        self._inward = {"out": into, "to": sender, "tobank": sender, "tocode": sender}
        self._inward |= {"bank": "From bank" if english else "付款銀行"}
        self._inward |= {"payee": "Sender" if english else "付款人"}
        self._inward |= {"sum": "Amount" if english else "入帳金額"}
        self._inward |= {"when": "Received on" if english else "入帳時間", "fee": "", "all": ""}

    def amount(self, manner: str | None = None) -> str:
        return sum_text(self._facts.amount, manner or self._money)

    def fee(self) -> str:
        told = self._told("fee", self._facts.fee)
        return self._no_fee if self._no_fee and not self._facts.fee else told

    def _told(self, what: str, amount: int) -> str:
        self.shown[what] = amount
        plain = {"大寫": "元", "-NT$": "NT$"}
        return sum_text(amount, plain.get(self._money, self._money))

    def account(self, manner: str | None = None) -> str:
        self.mask = manner or self.mask
        self.account_shown = account_text(self._facts.account, self.mask)
        return self.account_shown

    def when(self, manner: str | None = None) -> str:
        self.time = manner or self.time
        tell = day_text if self._facts.status == "scheduled" else moment_text
        self.dt_display = tell(self._facts.at, self.time)
        return self.dt_display

    def payee(self) -> str:
        return self._facts.payer if self._facts.negative == "to_oneself" else self._payee

    def bank(self, manner: str = "({code}){name}") -> str:
        code = self._facts.bank
        return manner.format(code=code, name=BANKS[code], english=ENGLISH_BANKS[code])

    def say(self, key: str) -> str:
        """The value of one row; empty where this payment has none."""
        facts = self._facts
        told = {
            "out": lambda: self._own,
            "to": self.account,
            "bank": self.bank,
            "tobank": lambda: f"{self.bank()} {self.account()}",
            "tocode": lambda: f"({facts.bank}) {self.account()}",
            "sum": self.amount,
            "inwords": lambda: self.amount("大寫"),
            "fee": self.fee,
            "all": self.total,
            "when": self.when,
            "ref": lambda: facts.reference,
            "memo": lambda: facts.memo or "",
            "left": lambda: "" if facts.balance is None else self.balance(),
            "payee": self.payee,
            "payer": lambda: facts.payer,
            "hidden": lambda: f"{facts.payer[0]}＊{facts.payer[-1]}",
        }[key]
        return told()

    def rows(self, words: Mapping[str, str], order: str) -> list[Row]:
        """The rows of a page in that order, those which it has words and values for. Money that
        comes in is written from the other side; what is not sent yet has no moment or number."""
        found = []
        for key in order.split():
            label = words.get(key, "")
            if self._facts.status == "inward":
                label = label and self._inward.get(key, label)
            if self._facts.status == "scheduled" and key == "when":
                label = words.get("on", "預約轉帳日")
            if self._facts.status == "confirm" and key in ("when", "ref"):
                continue
            value = self.say(key) if label else ""
            if value:
                found.append((label, value))
        return found
