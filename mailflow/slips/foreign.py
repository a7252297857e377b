"""Slips that the cashier or the bank made: what a table's row and a PDF's page say. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from mailflow.slips.segments import SEGMENT_1, SEGMENT_2, SEGMENT_3, Segments

_MINGUO = 1911
# From a label to its value: a note in brackets, a colon, a line's end; never another number.
_TO_VALUE = r"(?:\([^()\n]{1,20}\))?[^0-9\n]{0,20}\n?[^0-9\n]{0,10}"
_ACCOUNT = re.compile(
    rf"(?:銷帳編號|帳號|帳戶|account){_TO_VALUE}(?P<value>[0-9]{{8,20}})(?![0-9])", re.IGNORECASE
)
_AMOUNT = re.compile(
    rf"(?:(?:應繳|應付|繳款|繳費|總)總?(?:金額|費用|額|計)|合計){_TO_VALUE}"
    r"(?P<value>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?![0-9,])",
)
_DUE = re.compile(
    rf"(?:繳款|繳費|繳納|代收)(?:期限|截止日?期?|到期日|期間){_TO_VALUE}"
    r"(?P<year>[0-9]{3,4})[年/.-](?P<month>[0-9]{1,2})[月/.-](?P<day>[0-9]{1,2})(?![0-9])"
)
_WORD = re.compile(r"[0-9A-Za-z]+(?:-[0-9]+)?")
_HIDING = "O0〇○Ｏ*＊●X"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table of accounts; `place` names file and row. What it doesn't say is empty.

    `amount` in NT$; `due_on` inclusive.
    """

    place: str
    case: str
    student_no: str
    name: str = field(repr=False)
    amount: int
    account: str = field(default="", repr=False)
    bank: str = ""
    due_on: date | None = None
    barcodes: Segments | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """One PDF: its text layer, and the barcodes that a scanner finds on it, from top to bottom.

    `problem` is a code when nothing could be read of it.
    """

    place: str
    pdf: bytes = field(repr=False)
    text: str = field(default="", repr=False)
    scanned: tuple[str, ...] = field(default=(), repr=False)
    problem: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What may be a case or student number: in the text, then in the file's name."""
        stem = self.place.rpartition(".")[0] or self.place
        plain = unicodedata.normalize("NFKC", self.text)
        found = [w for text in (_tight(plain), plain, stem) for w in _WORD.findall(text)]
        return tuple(dict.fromkeys(word.upper() for word in found if 5 <= len(word) <= 20))

    @property
    def accounts(self) -> frozenset[str]:
        """Every account that stands behind its label."""
        return frozenset(found["value"] for found in _ACCOUNT.finditer(_tight(self.text)))

    @property
    def amounts(self) -> frozenset[int]:
        """Every sum that stands behind a label of what is owed, NT$."""
        found = _AMOUNT.finditer(_tight(self.text))
        return frozenset(int(one["value"].replace(",", "")) for one in found)

    @property
    def due_days(self) -> frozenset[date]:
        """Every day that stands behind a label of the last day, either calendar."""
        days = (_day(found) for found in _DUE.finditer(_tight(self.text)))
        return frozenset(day for day in days if day)

    @property
    def printed(self) -> Segments | None:
        """The three barcodes as text under the bars; None when they are not all there."""
        return segments_among(_tight(self.text).split("\n"))

    @property
    def barcodes(self) -> Segments | None:
        """The three barcodes as a scanner reads them; None when it doesn't find all three."""
        return segments_among(self.scanned)

    def shows(self, text: str) -> bool:
        """Whether a text stands on the paper, blanks and upper or lower case aside."""
        return bool(text) and _solid(text) in _solid(self.text)

    def shows_name(self, name: str) -> bool:
        """Whether a name stands there, in full or with its middle hidden (王O明)."""
        whole = _solid(name)
        if self.shows(name):
            return True
        if len(whole) < 2 or not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff]+", whole):
            return False
        hidden = len(whole) - 2 or 1
        last = whole[-1] if len(whole) > 2 else ""
        pattern = f"{whole[0]}[{re.escape(_HIDING.casefold())}]{{{hidden}}}{last}"
        return re.search(pattern, _solid(self.text)) is not None


def segments_among(texts: Iterable[str]) -> Segments | None:
    """The one barcode of each of the three kinds among these texts; None without all three.

    A student number may look like a first segment: then the check characters decide.
    """
    bare = tuple(dict.fromkeys(text.strip("* ") for text in texts))
    kinds = [[t for t in bare if p.fullmatch(t)] for p in (SEGMENT_1, SEGMENT_2, SEGMENT_3)]
    found = [Segments(*three) for three in product(*kinds)]
    if len(found) > 1:
        found = [one for one in found if one.checked and one.due_on]
    return found[0] if len(found) == 1 else None


def same_name(one: str, other: str) -> bool:
    """Whether two names are written the same, blanks, commas and case aside."""
    return re.sub("[,.-]", "", _solid(one)) == re.sub("[,.-]", "", _solid(other)) != ""


def _day(found: re.Match[str]) -> date | None:
    year = int(found["year"])
    try:
        return date(year + _MINGUO if year < 1000 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _tight(text: str) -> str:
    """Without blanks, lines kept: PDFs set blanks between the characters of a word."""
    lines = unicodedata.normalize("NFKC", text).splitlines()
    return "\n".join("".join(line.split()) for line in lines)


def _solid(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
