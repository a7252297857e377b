"""RapidOCR reads the page; what decides is looked at again, by it and by Tesseract.

A confidence of 1.00 proves nothing where paper has faded: a last digit that has vanished leaves
no trace (6000 reads as 600). So the amount is read again from a wider, equalised crop, and an
engine of another family reads its row where no second place on the paper says the same.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PIL import Image

from mailflow.receipts import ocr
from mailflow.receipts.account_looks import account_again
from mailflow.receipts.accounts import Shown
from mailflow.receipts.across import stamped_aside, writing_across
from mailflow.receipts.amount_looks import looks_at_amount, looks_at_others
from mailflow.receipts.barcodes import decoded_segments
from mailflow.receipts.crops import narrow_row, own_letters, soft
from mailflow.receipts.engine import OcrError, Seen, Sheet
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Cell, Line, normalise
from mailflow.receipts.money import only_amount
from mailflow.receipts.movements import movements
from mailflow.receipts.notices import notices
from mailflow.receipts.ocr import Engine
from mailflow.receipts.rapid import Rapid
from mailflow.receipts.result import Kind
from mailflow.receipts.sums import Figure

MAX_SIDE = 2000


_LETTERS_IN_SUM = re.compile(  # NT$2,O00
    r"(?:NT ?\$|\$|TWD|NTD)? ?(?=[0-9OQo,]*[OQo])(?=[0-9OQo,]*[0-9])"
    r"[0-9OQo]{1,3}(?:,?[0-9OQo]{3})*(?:\.[0Oo]{2})? ?元?|"
    r"S[0-9]{1,3}(?:,[0-9]{3})*\.00"
)
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
        """What stamps and large slanted writing say, where a page looks like a proof without."""
        if all(one.kind is Kind.OTHER or one.specimen for one in told):
            return ()
        return stamped_aside(sheet.image, sheet.odd, self.rapid.read_row) or writing_across(
            sheet.image, sheet.lines, lambda view: self.rapid.read_lines(view)[1]
        )

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
        looks = looks_at_amount(sheet, figure, findings, read=self.rapid.read_row)
        findings = replace(findings, amount_looks=looks)
        # On paper Tesseract makes noise of a row, not a second opinion.
        if self.witness is None or findings.on_paper or findings.second_place(figure.value):
            return findings
        try:
            row = narrow_row(sheet.image, own_letters(sheet, figure.place))
            words = self.witness.read_amount(row)
        except OcrError:
            return findings
        told = only_amount(normalise(" ".join(word.text for word in words)))
        return replace(findings, witnesses=(told,) if told is not None else ())

    def _others_again(self, sheet: Sheet, findings: Findings) -> Findings:
        """Where no amount is named, every sum that may be it."""
        (fields,) = findings.pages
        looks = looks_at_others(
            sheet, fields.all_sums, on_paper=findings.on_paper, read=self.rapid.read_row
        )
        return replace(findings, other_looks=looks)

    def _account_looks(self, sheet: Sheet, fields: Fields) -> tuple[Shown, ...]:
        if not fields.account_place:
            return ()
        row = narrow_row(sheet.image, fields.account_place, room=1)
        return account_again(row, fields, read=self.rapid.read_row)
