"""The three-segment store barcode (超商代收三段式條碼) as printed text. Pure.

Segment 1: last day (yyMMdd, Minguo) and collection code; 2: the account, padded to 16; 3: four
date digits, two check characters, nine digits of the amount. The check is two sums mod 11 over
odd and even places of all three. Source: published gateway samples and three implementations that
agree; see tests.
"""

import re
from dataclasses import dataclass

SEGMENT_1 = re.compile(r"[0-9]{6}[0-9A-Z]{3}")
SEGMENT_2 = re.compile(r"[0-9A-Z]{16}")
SEGMENT_3 = re.compile(r"[0-9]{4}[0-9AB][0-9XY][0-9]{9}")
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
    def amount(self) -> int | None:
        return int(self.third[6:]) if self.third else None

    def pays_into(self, account: str) -> bool | None:
        """Whether segment 2 is this account, padded with zeros on either side; None: not read."""
        if self.second is None:
            return None
        return self.second in {account.rjust(16, "0"), account.ljust(16, "0")}


NO_SEGMENTS = Segments()


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
