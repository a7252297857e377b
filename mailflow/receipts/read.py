"""A file → a Proof. Calls the OCR engine; meant to run in a sandboxed child process."""

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from PIL import Image

from mailflow.receipts import ocr
from mailflow.receipts.accounts import Shown, parse_account
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.lines import Box, Line, union
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.ocr import Engine, OcrError, Tesseract
from mailflow.receipts.pictures import Page, PictureError, open_pages
from mailflow.receipts.result import Expectation, Kind, Proof, Status, Verdict
from mailflow.receipts.verdict import Findings, judge

SECONDS = 28.0  # no further reading is begun after this; the child is killed at 45
EVIDENCE_BYTES = 300_000
MAX_ROW_LOOKS = 3
ENOUGH_LABELS = 3  # a page turned the wrong way never shows so many


def read_proof(
    content: bytes, *, expected: Expectation | None, engine: Engine | None = None
) -> Proof:
    """What one picture or PDF says, and the verdict when something is expected.

    Never raises for a bad picture or a failing engine: that is a Proof with the reason.
    Of several pages the one that fits best is told, the rest stand in `others`. It is never
    accepted beside a page that shows a payment voided or failed: a person decides.
    """
    begun = time.monotonic()
    engine = engine or Tesseract()
    try:
        proofs = [
            _judged(_Reader(engine, begun + SECONDS).read(page), expected)
            for page in open_pages(content)
        ]
    except PictureError as error:
        proofs = [_refused(error.code, Verdict.ASK, expected)]
    except OcrError:
        proofs = [_refused("ocr_failed", Verdict.FLAG, expected)]
    proofs.sort(key=lambda proof: _rank(proof, expected))
    first, *others = proofs
    return replace(_beside(first, others), seconds=round(time.monotonic() - begun, 3))


def _beside(first: Proof, others: Sequence[Proof]) -> Proof:
    """The proof with the other pages that say something; none of those may undo what it shows."""
    kept = tuple(replace(p, evidence=None) for p in others if p.kind is not Kind.OTHER)
    first = replace(first, others=kept)
    contrary = any(page.status in (Status.VOID, Status.FAILED) for page in others)
    if first.verdict is Verdict.ACCEPT and contrary:
        return replace(first, verdict=Verdict.FLAG, reasons=("contrary_page", *first.reasons))
    return first


def _refused(code: str, verdict: Verdict, expected: Expectation | None) -> Proof:
    return Proof(verdict=verdict if expected else None, reasons=(code,))


def _rank(proof: Proof, expected: Expectation | None) -> tuple[bool, ...]:
    return (
        proof.verdict is not Verdict.ACCEPT,
        expected is None or proof.amount != expected.amount,
        proof.kind is Kind.OTHER,
        proof.status is not Status.PAID,
        proof.amount is None,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """One page as read: all findings and the picture they stand in."""

    findings: Findings
    page: Image.Image


@dataclass(frozen=True, slots=True)
class _Reader:
    engine: Engine
    until: float

    def read(self, page: Page) -> _Read:
        photo = ocr.is_photo(page.image)
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
        return _Read(replace(findings, row_looks=looks), image)

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

    def _upright(self, page: Page) -> tuple[Image.Image, tuple[Line, ...]]:
        """The page as it reads best, level, and its rows."""
        normal = ocr.normal(page.image)
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


def _judged(read: _Read, expected: Expectation | None) -> Proof:
    findings = read.findings
    verdict, reasons = judge(findings, expected) if expected else (None, ())
    account = _best_account(findings, expected)
    return Proof(
        kind=findings.kind,
        status=findings.status,
        amount=findings.amount,
        fee=findings.value(lambda page: page.fee),
        total=findings.value(lambda page: page.total),
        paid_at=findings.paid_at,
        account=account.text if account else findings.segments.second,
        reference=findings.value(lambda page: page.reference),
        verdict=verdict,
        reasons=reasons,
        evidence=_evidence(read),
    )


def _best_account(findings: Findings, expected: Expectation | None) -> Shown | None:
    owed = expected.account if expected else None
    ranked = sorted(findings.accounts, key=lambda s: (not (owed and s.fits(owed)), -s.visible))
    return ranked[0] if ranked else None


def _evidence(read: _Read) -> bytes | None:
    """The rows of amount and account as PNG of at most EVIDENCE_BYTES."""
    boxes = [
        box
        for fields in read.findings.pages
        for box in (fields.amount_row, fields.account_row)
        if box
    ]
    if not boxes:
        return None
    box = union(boxes)
    pad = 24
    area = Box(0, max(0, box.top - pad), read.page.width, min(read.page.height, box.bottom + pad))
    crop = read.page.crop((area.left, area.top, area.right, area.bottom))
    crop.thumbnail((1200, 1200))
    while len(png := _png(crop)) > EVIDENCE_BYTES:
        crop = crop.resize((crop.width * 3 // 4, crop.height * 3 // 4))
    return png


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def proof_line(name: str, proof: Proof) -> dict[str, object]:
    """One line of `mailflow receipt --json`: the keys of the contract, and `others`."""
    line: dict[str, object] = {
        "file": PurePath(name).name,
        "kind": proof.kind.value,
        "status": proof.status.value,
        "amount": proof.amount,
        "fee": proof.fee,
        "total": proof.total,
        "paid_at": proof.paid_at,
        "account": proof.account,
        "reference": proof.reference,
        "verdict": proof.verdict.value if proof.verdict else None,
        "reasons": list(proof.reasons),
        "seconds": proof.seconds,
    }
    if proof.others:
        line["others"] = [proof_line(name, other) for other in proof.others]
    return line
