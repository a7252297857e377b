"""Tesseract as the only eye, for machines without the other: several readings that must agree."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PIL import Image

from mailflow.receipts import ocr
from mailflow.receipts.accounts import Shown, parse_account
from mailflow.receipts.engine import Seen
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.ocr import Engine, Tesseract
from mailflow.receipts.result import Status

MAX_ROW_LOOKS = 3
ENOUGH_LABELS = 3  # a page turned the wrong way never shows so many


@dataclass(frozen=True, slots=True)
class Alone:
    """Reads a page twice or thrice in other sizes and darkness, and the deciding rows again."""

    engine: Engine = field(default_factory=Tesseract)

    def look(self, page: Image.Image, *, until: float) -> tuple[Seen, ...]:
        """All findings of one page. Begins no reading after `until` (monotonic)."""
        return (_Reading(self.engine, until).of(page),)


@dataclass(frozen=True, slots=True)
class _Reading:
    engine: Engine
    until: float

    def of(self, page: Image.Image) -> Seen:
        photo = ocr.is_photo(page)
        image, lines = self._upright(page)
        readings = [read_fields(lines)]
        if readings[0].labels >= 2 or readings[0].legible >= 20:
            readings.extend(self._again(image, lines, readings[0], photo=photo))
        findings = Findings(
            tuple(readings),
            amount_looks=tuple(self._amount_looks(image, readings)),
            account_looks=tuple(self._account_looks(image, readings)),
            photo=photo,
        )
        looks = tuple(self._row_looks(image, findings))
        return Seen(replace(findings, row_looks=looks), image, lines)

    def _again(
        self, image: Image.Image, lines: tuple[Line, ...], first: Fields, *, photo: bool
    ) -> Iterator[Fields]:
        """Another reading in another size and darkness; a third when the first two miss much."""
        scale = ocr.second_scale(image, lines, photo=photo)
        dark = ocr.darker(image)
        second = None
        if self._time_left():
            second = read_fields(ocr.read_lines(self.engine, dark, scale=scale, sparse=True))
            yield second
        if second and self._time_left() and _missing(first, second):
            yield read_fields(ocr.read_lines(self.engine, dark, scale=1.2 * scale))

    def _time_left(self) -> bool:
        return time.monotonic() < self.until

    def _upright(self, page: Image.Image) -> tuple[Image.Image, tuple[Line, ...]]:
        """The page as it reads best, level, and its rows."""
        normal = ocr.normal(page)
        best: tuple[int, Image.Image, tuple[Line, ...]] | None = None
        for angle in ocr.likely_turns(normal):
            image = ocr.without_rules(ocr.level(normal.rotate(angle, expand=True)))
            lines = ocr.read_lines(self.engine, image, scale=ocr.first_scale(image))
            fields = read_fields(lines)
            if best is None or fields.labels > best[0]:
                best = (fields.labels, image, lines)
            if fields.labels >= ENOUGH_LABELS or fields.legible >= 12 or not self._time_left():
                break
        assert best is not None
        return best[1], best[2]

    def _amount_looks(self, page: Image.Image, readings: list[Fields]) -> Iterator[int | None]:
        """The number alone, with room for a digit lost on either side; else the whole row."""
        figure = next((f.amount for f in readings if f.amount), None)
        row = next((f.amount_row for f in readings if f.amount_row), None)
        places = [_with_room(figure.place)] if figure else []
        for box in [*places, *([row] if row else [])]:
            line = ocr.read_row(self.engine, page, box) if self._time_left() else None
            value = amount_in_row(line) if line else None
            if value is not None:
                yield value
                return

    def _row_looks(self, page: Image.Image, findings: Findings) -> Iterator[Fields]:
        """Rows that may void the receipt, each by itself."""
        for box in findings.unread[:MAX_ROW_LOOKS]:
            line = ocr.read_row(self.engine, page, box) if self._time_left() else None
            if line:
                fields = read_fields([line])
                yield replace(fields, clear=(box,) if fields.clear else ())

    def _account_looks(self, page: Image.Image, readings: list[Fields]) -> Iterator[Shown]:
        box = next((f.account_place for f in readings if f.account_place), None)
        if box and self._time_left():
            shown = parse_account(ocr.read_masked(self.engine, page, box))
            if shown:
                yield shown


def _missing(*readings: Fields) -> bool:
    """Whether no reading has the amount, the account, the date, or whether it is paid."""
    return not (
        any(fields.amount for fields in readings)
        and any(fields.account for fields in readings)
        and any(fields.paid_at for fields in readings)
        and any(fields.status is not Status.UNKNOWN for fields in readings)
    )


def _with_room(place: Box) -> Box:
    return replace(place, left=max(0, place.left - 2 * place.height))


def amount_in_row(line: Line) -> int | None:
    """The amount in a row read alone: behind its label, or the only one among its cells."""
    fields = read_fields([line])
    if fields.amount:
        return fields.amount.value
    values = [value for cell in line.cells if (value := amount_at_start(cell.text)) is not None]
    return values[0] if len(values) == 1 else None
