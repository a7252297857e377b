"""Account numbers as shown: in groups, masked, and compared with the one that is owed. Pure."""

import re
from dataclasses import dataclass

from mailflow.receipts.banks import is_code, starts_with_bank

_MASK = '*xX•●○◯〇·…※#＊∗×"°“”■□▪▫◆◇█▓▒░╳✕✱✲﹡⁎•∙⋅・★☆✩✭'
_JOINTS = "_~–—‐-"  # between groups of digits
_CJK = "\u3400-\u9fff"
_RINGS = re.compile("(?<=[0-9])[OoQ]{2,}|[OoQ]{3,}(?=[0-9])")  # ○○○, read as letters
_DOTS = re.compile(r"\.{2,}|[_~–—‐-]{3,}")  # … in the form that all signs are brought to; a line
_BETWEEN = re.compile(" [·・•] (?=[0-9])")  # 台灣銀行 004 ・ 98620123456789
_SQUARES = re.compile(
    "(?<=[0-9*])[日目口曰田]{1,4}(?=[*])|(?<=[*])[日目口曰田]{1,4}(?=[0-9*])"
)  # ■, misread
_NUMBER_NEXT = re.compile(rf" ?(?=[0-9{_MASK}])")
_LAST = re.compile(r"[後末尾][四五45]?碼[: ]{0,2}(?=[0-9]{4,5}$)")
_GROUP = re.compile(rf"[0-9]{{3}}-[{_MASK}]")
TAIL = 5  # last digits in clear: fewer are many people's
MIN_VISIBLE = 4
MANY = 7  # digits in clear, before and behind the masks
PADDED = 16
MIN_WHOLE = 10
MIN_MASKED = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as printed: digits in clear, `*` for each masked one. `bank` if it stood there."""

    text: str
    bank: str | None = None

    @property
    def visible(self) -> int:
        return sum(char.isdigit() for char in self.text)

    @property
    def tail(self) -> int:
        """Digits in clear at the end, behind the last mask."""
        return len(self.text) - self.text.rfind("*") - 1

    @property
    def tells(self) -> bool:
        """Whether so much is in clear that another account will hardly show the same."""
        return self.tail >= TAIL or (self.tail >= MIN_VISIBLE and self.visible >= MANY)

    def fits(self, account: str) -> bool:
        """Whether the digits in clear are this account's, whatever the masks hide.

        The number of mask characters is not trusted: apps and engines get it wrong.
        """
        if re.fullmatch("[0-9]*".join(re.split(r"\*+", self.text)), account):
            return True
        bare = self.text.removeprefix("0" * max(0, PADDED - len(account)))
        if "*" in bare and len(bare) < len(self.text) == PADDED:
            return Shown(bare).fits(account)
        # Machines pad what they show in full to the 16 digits of 銷帳編號 or of a store's segment.
        padded = account.rjust(PADDED, "0"), account.ljust(PADDED, "0")
        return len(self.text) == PADDED and self.text in padded

    def near(self, account: str) -> bool:
        """Whether the digits at the end are this account's but for one or two: another account of
        the same office, not a reading that went to pieces."""
        return self._digits_off(account) in (0, 1, 2)

    def one_off(self, account: str) -> bool:
        """Whether the digits at the end are this account's but for one."""
        return self._digits_off(account) == 1

    def _digits_off(self, account: str) -> int | None:
        """How many of the digits at the end are not this account's; None of too few."""
        tail = self.text[len(self.text) - self.tail :]
        end = account[-len(tail) :] if tail else ""
        if not len(end) == len(tail) > 2:
            return None
        return sum(a != b for a, b in zip(tail, end, strict=True))

    def odd_head(self, account: str) -> bool:
        """Whether all digits at the end are this account's, and one before the masks is not: an
        engine takes a mask for a digit."""
        tail = self.text[len(self.text) - self.tail :]
        return len(tail) >= TAIL and account.endswith(tail) and self.visible - len(tail) == 1

    def lost_digits(self, account: str) -> bool:
        """Whether an engine passed over digits of this account: too short a number without masks,
        whose digits all stand in the account in their order. It says neither yes nor no."""
        if "*" in self.text or not MIN_VISIBLE < len(self.text) < len(account):
            return False
        rest = iter(account)
        return all(digit in rest for digit in self.text)

    def passed_over(self, account: str) -> bool:
        """Whether an engine took the first digit behind the masks, or one after it, for a mask: of
        a tail too short to tell. It says neither yes nor no."""
        tail = self.text[len(self.text) - self.tail :]
        rest = iter(account[-len(tail) - 1 :])
        masked = set(self.text[: -len(tail)]) == {"*"} and 2 < len(tail) < TAIL
        return masked and all(digit in rest for digit in tail)


_MASKED = re.compile(
    rf"(?<![^\s:;()\[,{_CJK}])(?=[^ ]*[{_MASK}O]{{2}})"  # whole: what is cut off may differ
    rf"[0-9O{_MASK}{_JOINTS}]{{8,20}}(?![^\s:;)\],。{_CJK}])"
)
_SPACED = re.compile(  # 9862 •••• 56789
    rf"(?<![^\s:;()\[,{_CJK}])[0-9]{{3,6}}(?: ?[{_MASK}]{{2,8}}){{1,3}} ?"
    rf"(?:[0-9]{{2,4}} [0-9]{{2,4}}|[0-9]{{2,6}})(?![^\s:;)\],。{_CJK}]| ?[0-9{_MASK}])"
)
_WHOLE = re.compile(
    r"(?<![0-9*xX•●/.-])(?<![0-9]:)[0-9](?:[ -]?[0-9]){9,18}(?![0-9*xX•●/:.,-]|[ -][0-9*])"
)
_PHONE = re.compile(r"0[89][0-9*]{8}")  # with its masks: no account


def loose_accounts(text: str) -> tuple[Shown, ...]:
    """What may be an account, 10 to 16 digits or masks, whatever stands beside it."""
    text = _DOTS.sub(lambda run: "*" * len(run[0]), text)
    spaced, rest = _SPACED.findall(text), _SPACED.sub(" ", text)
    tokens = (*spaced, *_WHOLE.findall(rest), *(match[0] for match in _MASKED.finditer(rest)))
    found = (parse_account(token) for token in tokens)
    return tuple(
        shown
        for shown in found
        if shown
        and not _PHONE.fullmatch(shown.text)
        and (MIN_MASKED if "*" in shown.text else MIN_WHOLE) <= len(shown.text) <= PADDED
    )


_TOLD = re.compile(
    r"(?:至|到|轉入|存入|匯入|給)(?:帳[號戶])? ?"
    rf"(?P<to>(?:(?:[{_CJK}]{{2,8}} ?)?\([0-9]{{3}}\) ?|"
    rf"\(?[0-9]{{3}}\)?[ -]?(?:[{_CJK}]{{2,8}} ?)?)?"
    rf"[0-9{_MASK}.][0-9{_MASK}. {_JOINTS}]{{6,32}})(?![0-9A-Za-z/:])"
)


def with_code(shown: Shown) -> Shown:
    """The account where a label says that the bank's code stands before it (轉入行/帳號); too short
    a number may be the account alone."""
    parted = shown.bank is None and "*" not in shown.text and len(shown.text) > PADDED
    return Shown(shown.text[3:], shown.text[:3]) if parted else shown


def without_bank(shown: Shown, bank: str | None) -> Shown:
    """The account that is masked behind the code of the payee's bank: 822*****89734."""
    head = f"{bank}*"
    if bank and shown.bank is None and shown.text.startswith(head) and shown.tail:
        return Shown(shown.text[len(bank) :], bank)
    return shown


def bank_code(text: str) -> str | None:
    """`004 台灣銀行`, `(822)`, `中國信託(822)` → the three digits, else None."""
    found = re.search(r"(?<![0-9*,.$-])\(?([0-9]{3})\)?(?![0-9*])", text)
    return found[1] if found else None


def account_told(text: str) -> Shown | None:
    """Where a sentence says the money went: 您已轉帳600元至(004)98620123456789, 手續費15元."""
    for found in _TOLD.finditer(text):
        shown = parse_account(found["to"])
        if shown and len(shown.text) >= MIN_MASKED:
            return shown
    return None


def parse_account(text: str) -> Shown | None:
    """The account in a value such as `012 台北富邦 5076**85***204`; None when unclear.

    Letters that are no mask make it unclear: an engine took a digit or a mask for them.
    """
    value = text.strip(" :'‘`|!\"“”▸▶►→>›»").rstrip(",;。")
    value = _BETWEEN.sub(" ", value)
    value = _SQUARES.sub(lambda run: "*" * len(run[0]), value)
    value = _DOTS.sub(lambda run: "*" * len(run[0]), _LAST.sub("*", value))
    bank = None
    found = re.match(
        rf"\(?([0-9]{{3}})\)?(?: {{0,3}}[ /-] {{0,3}}(?=[0-9{_MASK}])|(?<=\))(?=[0-9{_MASK}])|"
        rf"(?= ?[^0-9 {_MASK}{_JOINTS}])|(?=[-–][{_CJK}]))",
        value,
    )
    grouped = _GROUP.match(value) or len(re.findall("[0-9]", value)) <= PADDED
    if found and grouped and not is_code(found[1]):
        found = None  # 335-****_***-1709, 335-172-4875471679: of the account itself
    named = re.match(
        rf"[{_CJK}A-Za-z. ]{{2,24}}[ (-]*([0-9]{{3}})\)? *[ )/-](?=[0-9{_MASK}])", value
    )
    alone = starts_with_bank(value)
    if named and not (alone and alone[0] != named[1] and _NUMBER_NEXT.match(value, alone[1])):
        bank, value = named[1], value[named.end() :]
    elif alone and _NUMBER_NEXT.match(value, alone[1]):
        bank, value = alone[0], value[alone[1] :]
    elif found:
        bank, value = found[1], re.sub(rf"^[^0-9.{_MASK}]*", "", value[found.end() :])
    rings = _RINGS if len(re.findall(f"[{_MASK}]", value)) < 2 else re.compile("[OoQ]")
    value = rings.sub(lambda run: "*" * len(run[0]), value)
    value = "".join("*" if char in _MASK else char for char in value if char not in f" {_JOINTS}")
    if not re.fullmatch(r"[0-9*]{5,32}", value):
        return None
    if bank is None and "*" not in value and PADDED < len(value) <= PADDED + 3:
        bank, value = value[:3], value[3:]  # no account is so long
    shown = Shown(value, bank)
    return shown if shown.visible >= MIN_VISIBLE else None
