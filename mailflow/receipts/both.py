"""RapidOCR reads the page; what decides is looked at again, by it and by Tesseract.

A confidence of 1.00 proves nothing where paper has faded: a last digit that has vanished leaves
no trace (6000 reads as 600). So the amount is read again from a wider, equalised crop, and an
engine of another family reads its row where no second place on the paper says the same.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PIL import Image, ImageOps, ImageStat

from mailflow.receipts import ocr
from mailflow.receipts.accounts import TAIL, Shown, parse_account
from mailflow.receipts.across import writing_across
from mailflow.receipts.barcodes import decoded_segments
from mailflow.receipts.engine import OcrError, Seen, Sheet
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line, normalise
from mailflow.receipts.masks import ink_in, unmasked
from mailflow.receipts.money import only_amount
from mailflow.receipts.movements import movements
from mailflow.receipts.notices import notices
from mailflow.receipts.ocr import Engine
from mailflow.receipts.rapid import Rapid
from mailflow.receipts.result import Kind
from mailflow.receipts.sums import Figure
from mailflow.receipts.wording import Role

MAX_SIDE = 2000
DIGIT_HEIGHT = 48
WHOLE = 12  # digits of an account in full, at least
MAX_OTHERS = 4  # sums without a label that are looked at again
ROOM = 3.0  # heights of a row, behind the number
NEAR = 1.5  # room for two digits, less of what lies beside the paper
LEFT = 1.2  # heights of a row: room for two digits that were lost before the number
DARK = 110  # of 255: a row that is darker shows light letters


_LETTERS_IN_SUM = re.compile(  # NT$2,O00
    r"(?:NT ?\$|\$|TWD|NTD)? ?(?=[0-9OQo,]*[OQo])(?=[0-9OQo,]*[0-9])"
    r"[0-9OQo]{1,3}(?:,?[0-9OQo]{3})*(?:\.[0Oo]{2})? ?元?|"
    r"S[0-9]{1,3}(?:,[0-9]{3})*\.00"
)
_ONE_TOO_MANY = re.compile(r"(?P<sum>.*[0-9](?:\.00|,[0-9]{3}))[0-9]")  # 600.001, NT$ 1,8008
_ZEROS = str.maketrans("OQoS", "000$")


@dataclass(frozen=True, slots=True)
class Both:
    """The usual eyes. Without `witness` an amount needs a second place or a second look."""

    rapid: Rapid = field(default_factory=Rapid)
    witness: Engine | None = None

    def look(self, page: Image.Image, *, until: float) -> tuple[Seen, ...]:
        """All findings of one page. Begins no reading after `until` (monotonic)."""
        photo = ocr.is_photo(page)
        page = page.copy()
        page.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        read = []
        for sheet in map(self._sure, self.rapid.read_page(page)):
            told = movements(sheet.lines) or notices(sheet.lines) or (read_fields(sheet.lines),)
            across = self._across(sheet, told) if time.monotonic() < until else ()
            read += [
                (sheet, Findings((one,), keen=True, photo=photo, across=across)) for one in told
            ]
        alone = len(read) == 1  # else nobody knows to whose receipt the bars belong
        if alone and any(findings.kind in (Kind.STORE, Kind.SLIP) for _sheet, findings in read):
            read = [(sheet, replace(one, decoded=decoded_segments(page))) for sheet, one in read]
        return tuple(self._closer(sheet, findings, until=until) for sheet, findings in read)

    def _across(self, sheet: Sheet, told: Sequence[Fields]) -> tuple[str, ...]:
        """What large slanted writing says, where a page looks like a proof without it."""
        if all(one.kind is Kind.OTHER or one.specimen for one in told):
            return ()
        return writing_across(sheet.image, sheet.lines, lambda view: self.rapid.read_lines(view)[1])

    def _closer(self, sheet: Sheet, findings: Findings, *, until: float) -> Seen:
        (fields,) = findings.pages
        findings = replace(findings, account_looks=self._account_looks(sheet, fields))
        if fields.amount and time.monotonic() < until:
            findings = self._amount_again(sheet, fields.amount, findings)
        elif time.monotonic() < until:
            findings = self._others_again(sheet, findings)
        return Seen(findings, sheet.image, sheet.lines)

    def _sure(self, sheet: Sheet) -> Sheet:
        """The sheet with sums whose zeros were read as letters, where another look reads digits."""
        lines = (Line(tuple(self._digits(sheet, cell) for cell in x.cells)) for x in sheet.lines)
        return replace(sheet, lines=tuple(lines))

    def _digits(self, sheet: Sheet, cell: Cell) -> Cell:
        if not _LETTERS_IN_SUM.fullmatch(cell.text):
            return cell
        wanted = cell.text.translate(_ZEROS)
        row = narrow_row(sheet.image, cell.box)
        looks = {only_amount(normalise(self.rapid.read_row(x)[0])) for x in (row, soft(row))}
        return replace(cell, text=wanted) if looks == {only_amount(wanted)} - {None} else cell

    def _amount_again(self, sheet: Sheet, figure: Figure, findings: Findings) -> Findings:
        rows = zip(
            self._rows(sheet, figure.place, findings),
            self._rows(sheet, figure.place, findings, room=NEAR),
            strict=True,
        )
        looks = [only_amount(self._told(row, near, figure.value)) for row, near in rows]
        edge = 10 * figure.value + 1  # the paper's edge reads as a 1 behind the number
        kept = tuple(look for look in looks if look and look != edge)
        findings = replace(findings, amount_looks=kept)
        # On paper Tesseract makes noise of a row, not a second opinion.
        if self.witness is None or findings.on_paper or findings.second_place(figure.value):
            return findings
        try:
            row = narrow_row(sheet.image, _own_letters(sheet, figure.place))
            words = self.witness.read_amount(row)
        except OcrError:
            return findings
        told = only_amount(normalise(" ".join(word.text for word in words)))
        return replace(findings, witnesses=(told,) if told is not None else ())

    def _told(self, row: Image.Image, near: Image.Image, value: int) -> str:
        """What a row says; where the paper's edge gave it a digit that no such sum can have
        (600.001), what it says with less room behind."""
        text = normalise(self.rapid.read_row(row)[0])
        too_many = _ONE_TOO_MANY.fullmatch(text)
        if too_many and only_amount(too_many["sum"]) == value:
            return normalise(self.rapid.read_row(near)[0])
        return text

    def _others_again(self, sheet: Sheet, findings: Findings) -> Findings:
        """Where no amount is named, every sum that may be it."""
        (fields,) = findings.pages
        free = [s for s in fields.all_sums if s.role in (None, Role.TOTAL) and not s.aside]
        looks = [
            only_amount(normalise(self.rapid.read_row(image)[0]))
            for one in free[:MAX_OTHERS]
            for image in self._rows(sheet, one.place, findings)
        ]
        return replace(findings, other_looks=tuple(looks))

    def _rows(
        self, sheet: Sheet, place: Box, findings: Findings, *, room: float = ROOM
    ) -> tuple[Image.Image, ...]:
        row = wide_row(sheet.image, place, between=_neighbours(sheet, place), room=room)
        return (row, soft(row)) if findings.on_paper else (row,)

    def _account_looks(self, sheet: Sheet, fields: Fields) -> tuple[Shown, ...]:
        """A masked account, or one the page's reading left out, read again without its masks."""
        shown, place = fields.account, fields.account_place
        if (
            not place
            or (shown and (fields.account_ringed or fields.account_lettered))
            or (shown and "*" not in shown.text and len(shown.text) >= WHOLE)
        ):
            return ()
        row, masks = unmasked(narrow_row(sheet.image, place, room=1))
        text = normalise(self.rapid.read_row(row)[0])
        again = parse_account(with_masks(text, masks, ink=ink_in(row)))
        if again and fields.account_hidden and "*" not in again.text:
            again = replace(again, text=f"*{again.text}")
        if again is None or (
            shown and again.visible < shown.visible and not _mask_read(again, shown)
        ):
            return ()
        lost_masks = shown and "*" in shown.text and "*" not in again.text
        return () if lost_masks else (again,)


def _mask_read(again: Shown, shown: Shown) -> bool:
    """Whether the page's reading may have taken a mask or two for digits."""
    return again.visible >= shown.visible - 2 and again.tail >= TAIL


def with_masks(text: str, masks: tuple[int, ...], *, ink: tuple[int, int, int, int] | None) -> str:
    """The digits between the masks that were painted over: a gap, or a mask outside of the ink."""
    if not masks or ink is None:
        return text
    before = "*" if masks[0] < ink[0] else ""
    after = "*" if masks[-1] > ink[2] else ""
    return before + text.replace(" ", "*") + after


def _neighbours(sheet: Sheet, place: Box) -> tuple[int, int]:
    """Where the numbers beside it in its row end and begin: the columns of a table."""
    cells = [cell for line in sheet.lines for cell in line.cells if cell.box.same_row(place)]
    numbers = [cell.box for cell in cells if any(char.isdigit() for char in cell.text)]
    left = [box.right for box in numbers if box.right <= place.left]
    right = [box.left for box in numbers if box.left >= place.right]
    # Of a sentence only its own words; a lost last digit leaves no word behind. Most of the next
    # one stays to be seen: half of 至 looks like a 3.
    if any(_in_sentence(place, box) for box in numbers):
        left.append(place.left - place.height // 2)
        right.append(place.right + place.height * 7 // 10)
    return max(left, default=0), min(right, default=sheet.image.width)


def _in_sentence(place: Box, cell: Box) -> bool:
    """Whether words stand before and behind the number in its cell."""
    before = cell.left + place.height < place.left
    return before and place.right + place.height < cell.right


def _own_letters(sheet: Sheet, place: Box) -> Box:
    """The number without the margin that is put before it, where a word stands there: Tesseract
    takes the end of 出 for a 1."""
    cells = (cell.box for line in sheet.lines for cell in line.cells if cell.box.same_row(place))
    if any(cell.left + place.height < place.left < cell.right for cell in cells):
        return replace(place, left=place.left + place.height // 4)
    return place


def wide_row(
    page: Image.Image, place: Box, *, between: tuple[int, int] | None = None, room: float = ROOM
) -> Image.Image:
    """The number with room for digits lost on either side, its contrast equalised; the room ends
    where other numbers stand. `room`: behind it, in its heights."""
    high = place.height
    first, last = between or (0, page.width)
    area = _inside(
        page,
        Box(
            max(first, place.left - round(LEFT * high)),
            place.top,
            min(last, place.right + round(room * high)),
            place.bottom,
        ),
        high // 4,
    )
    return ImageOps.autocontrast(page.crop(area).convert("L"), cutoff=(0.5, 10))


def soft(row: Image.Image) -> Image.Image:
    """The same in other eyes: smaller, its strokes darker."""
    small = row.resize((row.width * 7 // 10 + 1, row.height * 7 // 10 + 1), Image.Resampling.BOX)
    return small.point([round(255 * (value / 255) ** 1.8) for value in range(256)])


def narrow_row(page: Image.Image, place: Box, *, room: int = 2) -> Image.Image:
    """The number as Tesseract likes it: dark on light, 48 pixels high, with a margin; behind it
    `room` for so many of its heights."""
    high = place.height
    box = Box(place.left - high // 3, place.top, place.right + room * high, place.bottom)
    row = page.crop(_inside(page, box, high // 10)).convert("L")
    width = max(1, round(row.width * DIGIT_HEIGHT / row.height))
    row = row.resize((width, DIGIT_HEIGHT), Image.Resampling.LANCZOS)
    if ImageStat.Stat(row).median[0] < DARK:
        row = ImageOps.invert(row)
    return ImageOps.expand(ImageOps.autocontrast(row, cutoff=(0.5, 10)), border=16, fill=255)


def _inside(page: Image.Image, box: Box, pad: int) -> tuple[int, int, int, int]:
    left, top = max(0, box.left), max(0, box.top - pad)
    right, bottom = min(page.width, box.right), min(page.height, box.bottom + pad)
    return (
        min(left, page.width - 1),
        min(top, page.height - 1),
        max(right, left + 1),
        max(bottom, top + 1),
    )
