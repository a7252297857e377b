"""How the fourth family writes: sums, moments, accounts, and the rows of words around them."""

import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from .facts import Facts
from .writing import BANKS, ENGLISH_BANKS, Hand, in_words

Row = tuple[str, str]
Words = Mapping[str, str]
_WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
_HEADED = ("whole", "fours", "fours_dash", "branch", "middle_star", "middle_x", "middle_dots")
_MOMENTS = {
    "slash": ("{y}/{m:02}/{d:02}", " {H:02}:{M:02}:{S:02}"),
    "slash_short": ("{y}/{m:02}/{d:02}", " {H:02}:{M:02}"),
    "slash_week": ("{y}/{m:02}/{d:02} ({w})", " {H:02}:{M:02}"),
    "dash": ("{y}-{m:02}-{d:02}", " {H:02}:{M:02}:{S:02}"),
    "dots": ("{y}.{m:02}.{d:02}", " {H:02}:{M:02}"),
    "half": ("{y}/{m:02}/{d:02}", " {half} {h:02}:{M:02}:{S:02}"),
    "half_tail": ("{y}/{m:02}/{d:02}", " {h:02}:{M:02}:{S:02} {ap}"),
    "words_week": ("{y}年{m}月{d}日 週{w}", " {H:02}:{M:02}"),
    "words_half": ("{y}年{m}月{d}日", " {half}{h}:{M:02}"),
    "tight": ("{y}{m:02}{d:02}", " {H:02}:{M:02}:{S:02}"),
    "english": ("{d} {Mon} {y}", ", {H:02}:{M:02}"),
    "english_half": ("{d:02} {Mon} {y}", " {h:02}:{M:02} {ap}"),
    "english_long": ("{Month} {d}, {y}", " at {h}:{M:02} {ap}"),
    "english_week": ("{Day}, {d:02} {Mon} {y}", " {H:02}:{M:02}:{S:02}"),
    "roc": ("{roc}/{m:02}/{d:02}", " {H:02}:{M:02}:{S:02}"),
    "roc_dash": ("{roc}-{m:02}-{d:02}", " {H:02}:{M:02}"),
    "roc_dots": ("{roc}.{m:02}.{d:02}", " {H:02}:{M:02}:{S:02}"),
    "roc_words": ("{roc}年{m:02}月{d:02}日", " {H:02}時{M:02}分"),
    "roc_full": ("中華民國{roc}年{m:02}月{d:02}日", " {H:02}:{M:02}:{S:02}"),
    "roc_half": ("{roc}年{m:02}月{d:02}日", " {half} {h:02}:{M:02}"),
    "roc_tight": ("{roc}{m:02}{d:02}", " {H:02}{M:02}{S:02}"),
}
PAYEES = ("遠山科技大學", "國立明湖大學", "明湖大學研發處", "遠山科大推廣中心", "湖畔大學考試專戶")
OTHERS = ("宏遠文理補習班", "晨光租屋", "張Ｏ翔", "好日子團購", "青山旅行社")
REASONS = ("存款餘額不足", "轉入帳號有誤", "超過每日轉帳限額", "晶片密碼驗證失敗", "連線逾時")
_ALWAYS = {
    "to@inward": "付款帳號",
    "from@inward": "入帳帳號",
    "payee@inward": "付款人",
    "bank@inward": "對方銀行",
    "both@inward": "對方帳號",
    "amount@inward": "存入金額",
    "at@scheduled": "預約轉帳日",
    "at@pending": "申請時間",
    "at@refund": "退回時間",
    "at@failed": "嘗試時間",
    "reason": "失敗原因",
    "payer": "付款人",
    "payer@inward": "收款人",
}


def digits_hidden(account: str, manner: str) -> str:
    """The account as printed; its last three digits, and five in all, always stand there."""
    return MASKS[manner](account)


def _grouped(account: str, by: str) -> str:
    return by.join(account[at : at + 4] for at in range(0, len(account), 4))


MASKS: Mapping[str, Callable[[str], str]] = {
    "whole": lambda account: account,
    "fours": lambda account: _grouped(account, " "),
    "fours_dash": lambda account: _grouped(account, "-"),
    "branch": lambda account: f"{account[:4]}-{account[4:7]}-{account[7:]}",
    "sixteen": lambda account: account.rjust(16, "0"),
    "stars": lambda account: "*" * (len(account) - 5) + account[-5:],
    "crosses": lambda account: "X" * (len(account) - 6) + account[-6:],
    "hashes": lambda account: "#" * (len(account) - 5) + account[-5:],
    "bullets": lambda account: f"●●●●{account[-5:]}",
    "dotted": lambda account: f"...{account[-5:]}",
    "starred_dash": lambda account: f"****-****-{account[-6:]}",
    "middle_star": lambda account: account[:5] + "*" * (len(account) - 10) + account[-5:],
    "middle_x": lambda account: account[:6] + "x" * (len(account) - 10) + account[-4:],
    "middle_dots": lambda account: f"{account[:4]} •••• {account[-5:]}",
}


def sum_written(amount: int, manner: str) -> str:
    """One sum; `n` is the number, `w` cheque words, `f` full-width digits with their comma."""
    wide = f"{amount:,}".translate(_WIDE)
    words = in_words(amount) if "{w}" in manner else ""
    return manner.format(n=amount, w=words, f=wide)


def moment_parts(at: datetime, manner: str) -> tuple[str, str]:
    """The day, and the clock with what joins it to the day."""
    told = {"y": at.year, "roc": at.year - 1911, "m": at.month, "d": at.day}
    told |= {"H": at.hour, "M": at.minute, "S": at.second, "h": at.hour % 12 or 12}
    names = {"half": "上午" if at.hour < 12 else "下午", "ap": "AM" if at.hour < 12 else "PM"}
    names |= {"w": "一二三四五六日"[at.weekday()], "Mon": f"{at:%b}", "Month": f"{at:%B}"}
    names |= {"Day": f"{at:%a}"}
    day, clock = _MOMENTS[manner]
    return day.format(**told, **names), clock.format(**told, **names)


class Quill(Hand):
    """One page's way of writing, chosen once; it remembers what the label must know."""

    def __init__(
        self,
        facts: Facts,
        rng: random.Random,
        *,
        sums: Sequence[str],
        times: Sequence[str],
        masks: Sequence[str] = ("whole",),
    ) -> None:
        super().__init__(facts, rng, money=("nt",), times=("slash",))
        self.way, self.time, self.mask = rng.choice(sums), rng.choice(times), rng.choice(masks)
        if facts.negative == "other_payee:same_tail" and self.mask not in _HEADED:
            self.mask = rng.choice(_HEADED[:4])  # else nothing on the page would differ

    def amount(self, manner: str | None = None) -> str:
        return sum_written(self._facts.amount, manner or self.way)

    def _told(self, what: str, amount: int) -> str:
        self.shown[what] = amount
        return sum_written(amount, "NT${n:,}" if "{w}" in self.way else self.way)

    def account(self, manner: str | None = None) -> str:
        self.mask = manner or self.mask
        self.account_shown = digits_hidden(self._facts.account, self.mask)
        return self.account_shown

    def when(self, manner: str | None = None) -> str:
        self.time = manner or self.time
        day, clock = moment_parts(self._facts.at, self.time)
        self.dt_display = day if self._facts.status == "scheduled" else day + clock
        return self.dt_display

    def day_and_clock(self) -> tuple[str, str]:
        """Both, for pages that have a place for each; a planned one has no clock."""
        day, clock = moment_parts(self._facts.at, self.time)
        planned = self._facts.status == "scheduled"
        self.dt_display = day if planned else day + clock
        return day, "－" if planned else clock.strip(" ,")

    def day(self) -> str:
        """The day alone, where the page has no clock."""
        self.dt_display = moment_parts(self._facts.at, self.time)[0]
        return self.dt_display

    def bank(self, manner: str = "{code} {name}") -> str:
        code = self._facts.bank
        return manner.format(code=code, name=BANKS[code], english=ENGLISH_BANKS[code])


def own_account(rng: random.Random, manner: str = "{a}****{c}") -> str:
    """The payer's own account as apps show it: `a` three digits, `c` four."""
    return manner.format(a=f"{rng.randrange(1000):03d}", c=f"{rng.randrange(10_000):04d}")


def payee_name(facts: Facts, rng: random.Random) -> str:
    """Whose account it is: the school's, somebody else's, or the payer's own."""
    if facts.negative == "to_oneself":
        return facts.payer
    return rng.choice(OTHERS if (facts.negative or "").startswith("other_payee") else PAYEES)


def payer_name(facts: Facts) -> str:
    """The payer, with the second letter hidden but where it shows that she paid herself."""
    name = facts.payer
    return name if facts.negative == "to_oneself" else f"{name[0]}Ｏ{name[2:]}"


def called(words: Words, key: str, status: str) -> str:
    """The layout's own word for a field under that status, else what all say."""
    told = {**_ALWAYS, **words}
    there = f"{key}@{status}"
    return told[there] if there in told else told[key]


def rows(
    words: Words, facts: Facts, quill: Quill, order: str, *, rng: random.Random
) -> Iterator[Row]:
    """The page's fields in their order, but for those that such a page does not have."""
    for key in order.split():
        if facts.status == "confirm" and key in ("at", "ref", "balance", "state"):
            continue
        if facts.status == "inward" and key in ("fee", "total"):
            continue
        value = _value(key, words, facts, quill, rng=rng)
        if value:
            yield called(words, key, facts.status), value
    if facts.status == "failed" and words.get("reason") != "":
        yield called(words, "reason", "failed"), rng.choice(REASONS)


def _value(key: str, words: Words, facts: Facts, quill: Quill, *, rng: random.Random) -> str | None:
    bank = words.get("bank=", "{name}({code})")
    made = {
        "to": quill.account,
        "both": lambda: f"{quill.bank(bank)} {quill.account()}",
        "bank": lambda: quill.bank(bank),
        "amount": quill.amount,
        "fee": quill.fee,
        "total": quill.total,
        "at": quill.when,
        "ref": lambda: words.get("ref=", "{}").format(facts.reference),
        "note": lambda: facts.memo or words.get("note="),
        "balance": lambda: quill.balance() if facts.balance is not None else None,
        "from": lambda: own_account(rng, words.get("from=", "{a}****{c}")),
        "payee": lambda: payee_name(facts, rng),
        "payer": lambda: payer_name(facts),
    }
    return made[key]() if key in made else words.get(f"{key}=")


def face_for(text: str, face: str) -> str:
    """The face, if it has all the letters."""
    return face if all(ord(char) < 0x2E80 for char in text) else "sans"


def narrow(text: str) -> str:
    """Half-width, as printers without such letters write it."""
    return unicodedata.normalize("NFKC", text)


def plain_hand(facts: Facts, rng: random.Random, *masks: str) -> Quill:
    """The hand of pages that are never a proof."""
    sums = ("NT${n:,}", "{n:,}元", "NT$ {n:,}", "{n:,} 元")
    times = ("slash", "slash_short", "dash", "roc")
    return Quill(facts, rng, sums=sums, times=times, masks=masks or ("whole",))
