"""The three-segment store barcode (超商代收三段式條碼): made, and read as printed text. Pure.

Segment 1: last day (yyMMdd, Minguo) and collection code; 2: the account, padded to 16; 3: four
date digits, two check characters, nine digits of the amount. The check is two sums mod 11 over
odd and even places of all three. Source: published gateway samples and three implementations that
agree; see tests.
"""

import re
from dataclasses import dataclass
from datetime import date

from mailflow.campaign.slip_settings import Store

SEGMENT_1 = re.compile(r"[0-9]{6}[0-9A-Z]{3}")
SEGMENT_2 = re.compile(r"[0-9A-Z]{16}")
SEGMENT_3 = re.compile(r"[0-9]{4}[0-9AB][0-9XY][0-9]{9}")
_ACCOUNT_LENGTH = 16
_PUNCTUATION = {"+": 1, "%": 2, "-": 6, ".": 7, " ": 8, "$": 9, "/": 0}


@dataclass(frozen=True, slots=True)
class Segments:
    """What could be read of the three; None for what could not."""

    first: str | None = None
    second: str | None = None
    third: str | None = None

    @property
    def checked(self) -> bool:
        """All three are there and the check characters agree."""
        if not (self.first and self.second and self.third):
            return False
        return self.third[4:6] == check_characters(self.first, self.second, self.third)

    @property
    def texts(self) -> tuple[str, ...]:
        """The segments that are there, in order."""
        return tuple(text for text in (self.first, self.second, self.third) if text)

    @property
    def complete(self) -> bool:
        """All three are there, of the right length and characters."""
        patterns = (SEGMENT_1, SEGMENT_2, SEGMENT_3)
        return len(self.texts) == 3 and all(
            pattern.fullmatch(text) for pattern, text in zip(patterns, self.texts, strict=True)
        )

    @property
    def due_on(self) -> date | None:
        """The last day that stores take the money; None when there is no such day."""
        if not self.first:
            return None
        year, month, day = (int(self.first[at : at + 2]) for at in (0, 2, 4))
        try:
            return date(_MINGUO_100 + year, month, day)
        except ValueError:
            return None

    @property
    def collection_code(self) -> str | None:
        """The store's code (代收項目) in segment 1."""
        return self.first[6:] if self.first else None

    @property
    def amount(self) -> int | None:
        return int(self.third[6:]) if self.third else None

    def pays_into(self, account: str) -> bool | None:
        """Whether segment 2 is this account, padded with zeros on either side; None: not read."""
        if self.second is None:
            return None
        return self.second in {account.rjust(16, "0"), account.ljust(16, "0")}


NO_SEGMENTS = Segments()
_MINGUO_100 = 2011  # two digits of the year hold from Minguo 100 to 199


def store_barcodes(account: str, amount: int, due_on: date, *, store: Store) -> Segments | None:
    """The three barcodes of a slip; None when stores don't take this amount (NT$) or account."""
    code = store.code_for(amount)
    if code is None or len(account) > _ACCOUNT_LENGTH:
        return None
    year = (due_on.year - _MINGUO_100) % 100
    first = f"{year:02d}{due_on:%m%d}{code}"
    pad = account.rjust if store.account_padding == "left" else account.ljust
    second = pad(_ACCOUNT_LENGTH, "0")
    day = f"{due_on:%m%d}" if store.third_segment_date == "MMdd" else f"{year:02d}{due_on:%m}"
    check = check_characters(first, second, f"{day}00{amount:09d}")
    return Segments(first, second, f"{day}{check}{amount:09d}")


def check_characters(first: str, second: str, third: str) -> str:
    """The two check characters; those standing in `third` are ignored."""
    blank = third[:4] + "00" + third[6:]
    odd = sum(_value(c) for segment in (first, second, blank) for c in segment[::2])
    even = sum(_value(c) for segment in (first, second, blank) for c in segment[1::2])
    one, two = odd % 11, even % 11
    return {0: "A", 10: "B"}.get(one, str(one)) + {0: "X", 10: "Y"}.get(two, str(two))


def _value(char: str) -> int:
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    if "S" <= char <= "Z":
        return ord(char) - ord("S") + 2
    return int(char) if char.isdigit() else (ord(char) - ord("A")) % 9 + 1
