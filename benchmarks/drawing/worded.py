"""Pages as rows of words, from a seed: hundreds of verdicts a second, and no picture.

    for page in pages(seed=1, count=1000, words="open"):
        page.lines, page.slip, page.genuine, page.trap

What an engine would read is laid out as a designer might: labels beside, above or without values,
tiles, tables, sentences, a chat. A trap shows the same page with one thing that must not be
accepted. What is measured is the reading of words, not of pixels.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.result import Expectation

from .worded_words import HELD, OPEN

SETS = {"open": OPEN, "held": HELD}
BANK = "004"
NAMES = {  # a bank by its code, as pages name it
    "004": ("臺灣銀行", "台灣銀行", "台銀", "BOT"),
    "812": ("台新銀行", "台新", "Taishin"),
}
HIGH = 24  # pixels of a letter
WIDE = 760
TRAPS = (
    "not_yet",
    "failed",
    "void",
    "other_account",
    "neighbour",
    "other_amount",
    "owed_is_balance",
    "owed_is_total",
    "owed_in_memo",
    "from_owed",
    "due_only",
    "specimen",
    "no_word",
    "too_late",
    "row_below",
    "extra_digit",
    "other_bank",
)
LABELS = ("amount", "payee", "payer", "fee", "balance", "when", "reference", "memo", "due")
_BELOW = "已取消|預約轉帳|交易失敗|退款|待覆核|已沖正|處理中|此筆已退回|尚未入帳|Pending|Reversed"


@dataclass(frozen=True, slots=True)
class Worded:
    """One page. `trap` None: genuine. `made` tells how it was laid out, for tables of failures."""

    lines: tuple[Line, ...]
    slip: Expectation
    trap: str | None
    made: tuple[tuple[str, str], ...]

    @property
    def genuine(self) -> bool:
        return self.trap is None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Facts:
    title: str
    amount: int
    fee: int
    account: str
    bank: str
    payer: str
    balance: int
    at: datetime
    reference: str
    memo: str


def pages(*, seed: int, count: int, words: str = "open", traps: bool = False) -> Iterator[Worded]:
    """So many pages, the same for the same seed and words."""
    for number in range(count):
        yield one(random.Random(f"{words} {seed} {number} {traps}"), words=words, trap=traps)


def one(rng: random.Random, *, words: str, trap: bool) -> Worded:
    """One page with its truth."""
    tongue = rng.choice(("zh", "zh", "zh", "zh", "en", "both"))
    said = {name: _in(tongue, told.split("|"), name) for name, told in SETS[words].items()}
    slip = Expectation(
        rng.choice((350, 600, 700, 1000, 1200, 1800, 2400, 3600)),
        _account(rng),
        BANK,
        date(2026, 9, 1),
        date(2026, 9, 22),
    )
    facts = _paid(slip, said, rng)
    name = rng.choice(TRAPS) if trap else None
    if name:
        facts = _trapped(name, facts, slip, said, rng)
    return _Page(rng, said, name, facts, slip).made()


def _in(tongue: str, told: list[str], name: str) -> tuple[str, ...]:
    """The words of one tongue; masks are every tongue's."""
    if name == "masks":
        return tuple(told)
    chinese = [word for word in told if not word.isascii()]
    english = [word for word in told if word.isascii()]
    if tongue == "both":  # 轉帳金額 Amount
        return (
            tuple(f"{a} {b}" for a in chinese for b in english) if name in LABELS else tuple(told)
        )
    return tuple((english if tongue == "en" else chinese) or told)


def _account(rng: random.Random) -> str:
    return (
        f"9862{rng.randrange(10**10):010}"
        if rng.random() < 0.6
        else f"9862{rng.randrange(10**12):012}"
    )


def _paid(slip: Expectation, said: dict[str, tuple[str, ...]], rng: random.Random) -> _Facts:
    minute = time(rng.randrange(24), rng.randrange(60), rng.randrange(60))
    at = datetime.combine(date(2026, 9, rng.randrange(2, 22)), minute)
    return _Facts(
        title=rng.choice(said["paid"]),
        amount=slip.amount,
        fee=rng.choice((0, 0, 10, 12, 15)),
        account=slip.account or "",
        bank=BANK,
        payer=f"{rng.randrange(10**11, 10**12):012}",
        balance=rng.randrange(4000, 90000),
        at=at,
        reference=f"{rng.randrange(10**9):09}",
        memo=rng.choice(("報名費", "iPAS", "謝謝", "王小明", "考試")),
    )


def _trapped(
    name: str,
    facts: _Facts,
    slip: Expectation,
    said: dict[str, tuple[str, ...]],
    rng: random.Random,
) -> _Facts:
    """The facts with what the trap changes; what it changes about the page is `_Page`'s."""
    account, owed = slip.account or "", slip.amount
    other = rng.choice(
        [v for v in (350, 500, 650, 900, 1500, 2100) if v not in (owed, owed + facts.fee)]
    )
    match name:
        case "not_yet" | "failed" | "void":
            return replace(facts, title=rng.choice(said[name]))
        case "other_account":
            return replace(facts, account=f"{rng.randrange(10**13, 10**14)}")
        case "neighbour":  # another payer of the same office: the last digits differ
            tail = (int(account[-5:]) + rng.randrange(1, 99998)) % 100000
            return replace(facts, account=f"{account[:-5]}{tail:05}")
        case "other_amount":
            return replace(facts, amount=other)
        case "owed_is_balance":
            return replace(facts, amount=other, balance=owed)
        case "owed_is_total":
            fee = rng.choice((10, 12, 15))
            return replace(facts, amount=owed - fee, fee=fee)
        case "owed_in_memo":
            return replace(
                facts,
                amount=other,
                memo=rng.choice((f"NT${owed}", f"報名費{owed}元", f"{owed:,}元")),
            )
        case "from_owed":
            return replace(facts, account=facts.payer, payer=account)
        case "too_late":
            return replace(facts, at=facts.at + timedelta(days=rng.choice((25, 60, 400))))
        case "extra_digit":
            return replace(facts, amount=rng.choice((owed * 10, 10000 + owed, owed // 10)))
        case "other_bank":
            return replace(facts, bank="812")
    return facts


@dataclass
class _Page:
    """A designer's choices, and the words placed by them."""

    rng: random.Random
    said: dict[str, tuple[str, ...]]
    trap: str | None
    facts: _Facts
    slip: Expectation

    def made(self) -> Worded:
        self.words: list[Word] = []
        self.y = 20
        self.choices: list[tuple[str, str]] = []
        rng = self.rng
        layout = self._choose(
            "layout",
            ("rows", "rows", "colon", "stacked", "tiles", "table", "sentence", "chat", "cards"),
        )
        if rng.random() < 0.5:
            self._row((40, f"{rng.randrange(24)}:{rng.randrange(60):02}"))
        if self.trap not in ("no_word", "due_only"):
            self._row((260, self._note("title", self.facts.title)), high=rng.choice((24, 36)))
        getattr(self, f"_{layout}")()
        if self.trap == "row_below":
            self._row((40, self._note("below", rng.choice(_BELOW.split("|")))))
        if self.trap == "specimen":
            self._row((200, rng.choice(("SAMPLE", "範例", "樣張"))), high=60)
        for tail in rng.sample(self.said["tail"], rng.choice((0, 1, 2))):
            self._row((60, self._note("tail", tail)))
        lines = words_to_lines(self.words)
        return Worded(lines, self.slip, self.trap, tuple(self.choices))

    # ---- words and places

    def _choose(self, what: str, among: Sequence[str]) -> str:
        return self._note(what, self.rng.choice(among))

    def _note(self, what: str, told: str) -> str:
        self.choices.append((what, told))
        return told

    def _row(self, *cells: tuple[int, str], high: int = HIGH) -> None:
        for left, text in cells:
            if text:
                wide = sum(high if ord(char) > 0x2E80 else high // 2 for char in text)
                self.words.append(Word(text, Box(left, self.y, left + wide, self.y + high)))
        self.y += round(high * 1.9)

    # ---- values

    def _money(self, value: int) -> str:
        comma = f"{value:,}"
        if not hasattr(self, "coin"):
            self.coin = self.rng.choice(
                (
                    "NT${}",
                    "NT$ {}",
                    "${}",
                    "{}元",
                    "{} 元",
                    "新臺幣{}元",
                    "TWD {}",
                    "NT${}.00",
                    "{}.00",
                    "{}元整",
                )
            )
        return self.coin.format(comma if self.rng.random() < 0.9 else str(value))

    def _clock(self) -> str:
        at, roc = self.facts.at, self.facts.at.year - 1911
        half = f"{'上午' if at.hour < 12 else '下午'}{(at.hour - 1) % 12 + 1}:{at:%M}"
        return self.rng.choice(
            (
                f"{at:%Y/%m/%d %H:%M:%S}",
                f"{at:%Y-%m-%d %H:%M}",
                f"{roc}/{at:%m/%d %H:%M:%S}",
                f"{at:%Y年%-m月%-d日 %H:%M}",
                f"{at:%Y.%m.%d} {half}",
                f"{at:%b %-d, %Y %-I:%M %p}",
                f"{at:%d %b %Y, %H:%M}",
                f"{at:%Y%m%d %H:%M:%S}",
                f"{roc}年{at:%m月%d日%H時%M分}",
                f"{at:%Y/%m/%d(三)%H:%M}",
            )
        )

    def _shown(self, account: str) -> str:
        rng = self.rng
        how = self._choose(
            "mask",
            ("full", "full", "full", "grouped", "dashed", "padded", "tail", "middle", "both"),
        )
        mask = rng.choice(self.said["masks"])
        if how in ("tail", "middle", "both"):
            self._note("sign", mask)
        match how:
            case "grouped":
                return " ".join(account[at : at + 4] for at in range(0, len(account), 4))
            case "dashed":
                return f"{account[:5]}-{account[5:9]}-{account[9:]}"
            case "padded":
                return account.rjust(16, "0")
            case "tail":
                return mask * rng.choice((len(account) - 5, 3, 8)) + account[-5:]
            case "middle":
                return account[:4] + mask * rng.choice((len(account) - 8, 4)) + account[-4:]
            case "both":
                return (
                    account[:3]
                    + mask * 3
                    + account[6:9]
                    + mask * max(2, len(account) - 13)
                    + account[-4:]
                )
        return account

    def _into(self) -> str:
        """Where it was paid into: bank and account in one value."""
        shown = self._shown(self.facts.account)
        code = self.facts.bank
        bank = self.rng.choice(NAMES[code])
        form = self._choose(
            "bank",
            (
                "({c}) {a}" if self.trap == "other_bank" else "{a}",
                "({c}) {a}",
                "{c}-{a}",
                "{c} {a}",
                "({c}){b} {a}",
                "{b}({c}) {a}",
                "{b} ({c})  {a}",
                "{c} {b} {a}",
            ),
        )
        return form.format(a=shown, c=code, b=bank)

    def _mine(self) -> str:
        payer = self.facts.payer
        if self.trap == "from_owed":
            return payer
        return self.rng.choice(
            (f"*******{payer[-5:]}", f"{payer[:4]}****{payer[-4:]}", payer, f"***{payer[-5:]}")
        )

    def _label(self, what: str) -> str:
        return self._note(f"label:{what}", self.rng.choice(self.said[what]))

    def _fields(self) -> list[tuple[str, str]]:
        """Labels and values in a designer's order; what is optional may be left out."""
        rng, facts = self.rng, self.facts
        amount = "due" if self.trap == "due_only" else "amount"
        must = [
            (self._label(amount), self._money(facts.amount)),
            (self._label("payee"), self._into()),
            (self._label("when"), self._clock()),
        ]
        may = [
            (self._label("payer"), self._mine()),
            (self._label("fee"), self._money(facts.fee)),
            (self._label("reference"), facts.reference),
            (self._label("memo"), facts.memo),
            (self._label("balance"), self._money(facts.balance)),
        ]
        need = {
            "from_owed": (0,),
            "owed_is_total": (1,),
            "owed_in_memo": (3,),
            "owed_is_balance": (4,),
        }.get(self.trap or "", ())
        kept = [one for at, one in enumerate(may) if at in need or rng.random() < 0.6]
        if self.trap == "owed_is_total" and rng.random() < 0.7:
            kept.append(
                (
                    rng.choice(("合計", "扣款金額", "總金額", "Total")),
                    self._money(facts.amount + facts.fee),
                )
            )
        if rng.random() < 0.1:
            kept.append((self._label("other_sum"), self._money(rng.choice((100000, 30000, 50000)))))
        rng.shuffle(must)
        mixed = [*must, *kept]
        if rng.random() < 0.5:
            rng.shuffle(mixed)
        return mixed

    # ---- layouts

    def _rows(self) -> None:
        for label, value in self._fields():
            self._row((40, label), (WIDE - 12 * len(value), value))

    def _colon(self) -> None:
        for label, value in self._fields():
            self._row((40, f"{label}{self.rng.choice((':', ': ', '：'))}{value}"))

    def _stacked(self) -> None:
        for label, value in self._fields():
            self._row((40, label), high=20)
            self._row((40, value))

    def _cards(self) -> None:
        """Who and whom as heads over a name, a bank and a number; the rest in rows."""
        facts, rng = self.facts, self.rng
        self._row((220, self._money(facts.amount)), high=48)
        bank = rng.choice(NAMES[facts.bank])
        mine = (
            rng.choice(("轉出", "從", "From", "轉出帳戶")),
            (rng.choice(("台幣活存", "我的帳戶", "薪轉戶")), self._mine()),
        )
        into = (
            rng.choice(("轉入", "到", "To", "轉入帳戶")),
            (f"{bank} {facts.bank}", self._shown(facts.account)),
        )
        for head, below in (mine, into):
            self._row((60, head), high=20)
            for row in below:
                self._row((60, row))
        self._row((40, self._label("fee")), (600, self._money(facts.fee)))
        self._row((40, self._label("when")), (500, self._clock()))
        if self.trap == "owed_is_balance" or rng.random() < 0.5:
            self._row((40, self._label("balance")), (600, self._money(facts.balance)))
        if self.trap == "owed_in_memo":
            self._row((40, self._label("memo")), (600, facts.memo))

    def _tiles(self) -> None:
        fields = self._fields()
        for at in range(0, len(fields), 2):
            pair = fields[at : at + 2]
            self._row(*((40 + 420 * side, label) for side, (label, _) in enumerate(pair)), high=20)
            self._row(*((40 + 420 * side, value) for side, (_, value) in enumerate(pair)))

    def _table(self) -> None:
        fields = self._fields()
        left, heads, values = 20, [], []
        for label, value in fields:
            heads.append((left, label))
            values.append((left, value))
            left += 40 + max(
                sum(24 if ord(c) > 0x2E80 else 12 for c in text) for text in (label, value)
            )
        self._row(*heads)
        self._row(*values)

    def _sentence(self) -> None:
        """A notice by mail or message."""
        facts, money, rng = self.facts, self._money(self.facts.amount), self.rng
        shown, clock = self._shown(facts.account), self._clock()
        unsaid = ("not_yet", "failed", "void", "no_word")
        verb = "請於期限前轉帳" if self.trap == "due_only" else "已轉帳"
        verb = "轉帳" if self.trap in unsaid else verb
        form = self._choose(
            "sentence",
            (
                "您於{t}{v}{m}至({c}){a}",
                "您的帳戶*{p}於{t}{v}{m}至{c}-{a},手續費{f}元",
                "{t} 您{v}{m}到帳號{a}"
                if self.trap != "other_bank"
                else "{t} 您{v}{m}到帳號{c}-{a}",
                "親愛的客戶,您{v}{m},轉入銀行{c},轉入帳號{a},時間{t}",
            ),
        )
        text = form.format(
            t=clock, v=verb, m=money, c=facts.bank, a=shown, f=facts.fee, p=facts.payer[-5:]
        )
        if self.trap == "from_owed":
            text = f"您於{clock}已從{facts.payer}轉帳{money}至({facts.bank}){facts.account}"
        self._row((40, text))
        self._row((40, self._label("reference")), (500, facts.reference))
        if self.trap in ("owed_is_balance", "owed_is_total") or rng.random() < 0.4:
            self._row((40, f"{self._label('balance')}{self._money(facts.balance)}"))
        if self.trap == "owed_in_memo":
            self._row((40, f"{self._label('memo')}:{facts.memo}"))

    def _chat(self) -> None:
        """A large sum, and what belongs to it below each other with hardly a label."""
        facts, rng = self.facts, self.rng
        self._row((220, self._money(facts.amount)), high=48)
        self._row((220, self._label("payee")), high=20)
        self._row((180, self._into()))
        if rng.random() < 0.6 or self.trap == "from_owed":
            self._row((220, self._label("payer")), high=20)
            self._row((220, self._mine()))
        self._row((200, self._clock()))
        if rng.random() < 0.5:
            self._row((60, self._label("fee")), (500, self._money(facts.fee)))
        if rng.random() < 0.5 or self.trap == "owed_is_balance":
            self._row((60, self._label("balance")), (500, self._money(facts.balance)))
        if rng.random() < 0.5 or self.trap == "owed_in_memo":
            self._row((60, self._label("memo")), (500, facts.memo))
        self._row((60, f"{self._label('reference')}{facts.reference}"))
