"""The account a refund goes to: read from the mail that the button opened, and shown masked."""

import re
import unicodedata
from dataclasses import dataclass, field

LABELS = {"bank": "銀行代碼", "account": "帳號", "holder": "戶名"}
_LINE = re.compile(r"^[>\s]*(?P<label>銀行代碼|帳號|戶名)\s*[:：]\s*(?P<value>.*)$")
_BANK = re.compile(r"(?P<code>[0-9]{3})(?:[0-9]{4})?(?:[^0-9].*)?")
_NAME_DOTS = str.maketrans("·・•．", "‧‧‧‧")


@dataclass(frozen=True, slots=True)
class Payee:
    """A bank account. `bank` is its code of three digits."""

    bank: str
    account: str = field(repr=False)
    holder: str = field(repr=False)

    @property
    def masked(self) -> str:
        """`822 *********0123`: enough to know it again, not enough to use it."""
        hidden = max(len(self.account) - 4, 0)
        return f"{self.bank} {'*' * hidden}{self.account[hidden:]}"


def read_payee(text: str) -> Payee | tuple[str, ...]:
    """The account in a mail's new words, or all codes of what is wrong with it; never a guess."""
    told: dict[str, list[str]] = {label: [] for label in LABELS.values()}
    for line in unicodedata.normalize("NFKC", text).splitlines():
        if found := _LINE.match(line):
            told[found["label"]].append(" ".join(found["value"].split()))
    if any(len(set(values)) > 1 for values in told.values()):
        return ("payee_said_twice",)
    bank, account, holder = (told[label][0] if told[label] else "" for label in LABELS.values())
    return payee_of(bank, account, holder=holder)


def payee_of(bank: str, account: str, *, holder: str) -> Payee | tuple[str, ...]:
    """An account in normal form, or the codes `payee_bank`, `payee_account`, `payee_holder`."""
    code = _BANK.fullmatch(bank.strip())
    digits = re.sub(r"[\s-]", "", account)
    name = " ".join(holder.split())
    wrong = [] if code else ["payee_bank"]
    wrong += [] if re.fullmatch(r"[0-9]{8,16}", digits) else ["payee_account"]
    wrong += [] if 2 <= len(name) <= 60 else ["payee_holder"]
    if wrong or code is None:
        return tuple(wrong)
    return Payee(code["code"], digits, name)


def is_holder(payee: Payee, *names: str) -> bool:
    """Whether the account is in the student's own name, as one of `names` writes it."""
    return _folded(payee.holder) in {_folded(name) for name in names if name}


def _folded(name: str) -> str:
    """Blanks, commas, hyphens, dots and capitals don't tell people apart."""
    text = unicodedata.normalize("NFKC", name).translate(_NAME_DOTS).casefold()
    return re.sub(r"[\s,.-]", "", text)
