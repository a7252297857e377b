"""A file → a Proof. Calls the OCR engine; meant to run in a sandboxed child process."""

import io
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from PIL import Image

from mailflow.receipts import ocr
from mailflow.receipts.accounts import Shown
from mailflow.receipts.alone import Alone
from mailflow.receipts.blockers import LOST_DIGITS
from mailflow.receipts.both import Both
from mailflow.receipts.editing import signs_of_editing
from mailflow.receipts.engine import Eyes, OcrError, Seen
from mailflow.receipts.findings import Findings
from mailflow.receipts.installed import ENGINES, has_rapidocr, has_tesseract
from mailflow.receipts.joining import Joined, joined
from mailflow.receipts.layer import layer_differs
from mailflow.receipts.likeness import likeness
from mailflow.receipts.lines import Box, Word, union
from mailflow.receipts.origin import signs_in_file
from mailflow.receipts.pictures import Page, PictureError, open_pages, picture_type
from mailflow.receipts.result import PART_OF_A_PAGE, Expectation, Kind, Proof, Status, Verdict
from mailflow.receipts.struck import is_struck_out
from mailflow.receipts.verdict import Judgement, weigh

SECONDS = 28.0  # no further reading is begun after this; the child is killed at 45
EVIDENCE_BYTES = 300_000


@cache
def eyes_of(engines: tuple[str, ...] = ENGINES) -> Eyes:
    """The eyes that these engines make, as far as they are installed."""
    tesseract = ocr.Tesseract() if "tesseract" in engines and has_tesseract() else None
    if "rapidocr" in engines and has_rapidocr():
        return Both(witness=tesseract)
    return Alone()


def read_proof(content: bytes, *, expected: Expectation | None, eyes: Eyes | None = None) -> Proof:
    """What one picture or PDF says, and the verdict when something is expected.

    Never raises for a bad picture or a failing engine: that is a Proof with the reason.
    Of several pages the one that fits best is told, the rest stand in `others`. It is never
    accepted beside a page that shows a payment voided, failed or not made yet: a person decides.
    """
    return examined(content, expected=expected, eyes=eyes)[0]


def examined(
    content: bytes, *, expected: Expectation | None, eyes: Eyes | None = None
) -> tuple[Proof, Seen | None]:
    """The same, and the page that was told as it was read; None where nothing could be read."""
    begun = time.monotonic()
    eyes = eyes or eyes_of()
    read: list[tuple[Proof, Seen | None]]
    try:
        read = [
            one
            for page in open_pages(content)
            for one in _read_page(page, expected, eyes, until=begun + SECONDS)
        ]
    except PictureError as error:
        read = [(_refused(error.code, Verdict.ASK, expected), None)]
    except OcrError:
        read = [(_refused("ocr_failed", Verdict.FLAG, expected), None)]
    read.sort(key=lambda one: _rank(one[0], expected))
    (first, seen), *others = read
    told = _looked_at(_beside(first, [proof for proof, _ in others]), signs_in_file(content))
    return replace(told, seconds=round(time.monotonic() - begun, 3)), seen


def read_parts(
    contents: Sequence[bytes], *, expected: Expectation | None, eyes: Eyes | None = None
) -> Proof | None:
    """What the page says of which these pictures show a part each; None where they don't, where one
    of them is a document, and where two neighbours share neither sum nor account. That one part
    proves it by itself (`Proof.proves_by_itself`) is for who has read each.

    Never raises for a bad picture or a failing engine.
    """
    begun = time.monotonic()
    if any(picture_type(content) == "PDF" for content in contents):
        return None
    try:
        whole = joined([page.image for content in contents for page in open_pages(content)])
        looks = (eyes or eyes_of()).look(whole.image, until=begun + SECONDS) if whole else ()
    except (PictureError, OcrError):
        return None
    if whole is None or len(looks) != 1 or not _share_what_counts(looks[0], whole):
        return None
    signs = tuple(sign for content in contents for sign in signs_in_file(content))
    proof = _looked_at(_looked_at(_judged(looks[0], expected), _odd(looks[0], ())), signs)
    reasons = (*proof.reasons, PART_OF_A_PAGE)
    return replace(proof, reasons=reasons, seconds=round(time.monotonic() - begun, 3))


def _share_what_counts(seen: Seen, whole: Joined) -> bool:
    """Whether each two neighbours show the sum or the account: what two payments don't share."""
    turned = (seen.page.width > seen.page.height) != (whole.image.width > whole.image.height)
    if turned:
        return False  # its rows are not where they were joined
    scale = seen.page.height / whole.image.height
    fields = seen.findings.pages[0]
    places = (fields.amount.place if fields.amount else None, fields.account_place)
    shared = [band.scaled(scale) for band in whole.shared]
    return all(any(_in(band, place) for place in places if place) for band in shared)


def _in(rows: Box, place: Box) -> bool:
    return rows.top <= place.top and place.bottom <= rows.bottom


def _beside(first: Proof, others: Sequence[Proof]) -> Proof:
    """The proof with the other pages that say something; none of those may undo what it shows."""
    kept = tuple(replace(p, evidence=None) for p in others if p.kind is not Kind.OTHER)
    first = replace(first, others=kept)
    contrary = any(page.speaks_against for page in others)
    if first.verdict is Verdict.ACCEPT and contrary:
        return replace(first, verdict=Verdict.FLAG, reasons=("contrary_page", *first.reasons))
    return first


def _refused(code: str, verdict: Verdict, expected: Expectation | None) -> Proof:
    return Proof(verdict=verdict if expected else None, reasons=(code,))


def _rank(proof: Proof, expected: Expectation | None) -> tuple[bool, ...]:
    return (
        proof.verdict is not Verdict.ACCEPT,
        _other_account(proof, expected),
        expected is None or proof.amount != expected.amount,
        proof.kind is Kind.OTHER,
        proof.status is not Status.PAID,
        proof.amount is None,
    )


def _read_page(
    page: Page, expected: Expectation | None, eyes: Eyes, *, until: float
) -> list[tuple[Proof, Seen | None]]:
    """Each receipt on a page, with what looks changed about it."""
    looks = eyes.look(page.image, until=until)
    words = page.words if len(looks) == 1 else ()  # else nobody knows whose words they are
    return [(_looked_at(_judged(seen, expected), _odd(seen, words)), seen) for seen in looks]


def _odd(seen: Seen, words: tuple[Word, ...]) -> tuple[str, ...]:
    """Signs that amount or account were changed after the page was made."""
    findings = seen.findings
    amount = next((page.amount.place for page in findings.pages if page.amount), None)
    account = next((page.account_place for page in findings.pages if page.account_place), None)
    signs = signs_of_editing(seen.page, seen.lines, amount=amount, account=account)
    struck = amount is not None and is_struck_out(seen.page, amount)
    signs = (*signs, "amount_struck_out") if struck else signs
    differs = layer_differs(words, amount=findings.amount, status=findings.status)
    return (*signs, "text_layer_differs") if differs else signs


def _looked_at(proof: Proof, signs: tuple[str, ...]) -> Proof:
    """A sign of editing is a reason for a person to look; it never refuses anything."""
    if not signs or proof.verdict not in (Verdict.ACCEPT, Verdict.FLAG):
        return proof
    return replace(proof, verdict=Verdict.FLAG, reasons=(*signs, *proof.reasons))


def _other_account(proof: Proof, expected: Expectation | None) -> bool:
    """Of two receipts in a picture the one that shows the owed account is the student's."""
    if expected is None or expected.account is None or proof.account is None:
        return False
    return not Shown(proof.account).fits(expected.account)


def _judged(seen: Seen, expected: Expectation | None) -> Proof:
    findings = seen.findings
    judged = weigh(findings, expected) if expected else None
    account = _best_account(findings, expected)
    return Proof(
        kind=findings.kind,
        status=findings.status,
        amount=_believed(findings, expected, judged),
        fee=findings.value(lambda page: page.fee),
        total=findings.value(lambda page: page.total),
        paid_at=findings.paid_at,
        account=account.text if account else findings.segments.second,
        reference=findings.value(lambda page: page.reference),
        verdict=judged.verdict if judged else None,
        reasons=judged.reasons if judged else (),
        evidence=_evidence(seen),
        pieces=judged.pieces if judged else (),
        readings=judged.readings if judged else (),
        likeness=likeness(seen.page, seen.lines),
        undone=any(page.specimen or page.named_doubt for page in findings.pages),
    )


def _believed(
    findings: Findings, expected: Expectation | None, judged: Judgement | None
) -> int | None:
    """What was read for the amount, or what was accepted without a name; what may have lost its
    last digits is no amount."""
    if expected and judged and judged.verdict is Verdict.ACCEPT:
        return expected.amount
    return None if judged and LOST_DIGITS in judged.reasons else findings.amount


def _best_account(findings: Findings, expected: Expectation | None) -> Shown | None:
    owed = expected.account if expected else None
    ranked = sorted(findings.accounts, key=lambda s: (not (owed and s.fits(owed)), -s.visible))
    return ranked[0] if ranked else None


def _evidence(seen: Seen) -> bytes | None:
    """The rows of amount and account as PNG of at most EVIDENCE_BYTES."""
    boxes = [
        box
        for fields in seen.findings.pages
        for box in (fields.amount_row, fields.account_row)
        if box
    ]
    if not boxes:
        return None
    box = union(boxes)
    pad = 24
    area = Box(0, max(0, box.top - pad), seen.page.width, min(seen.page.height, box.bottom + pad))
    crop = seen.page.crop((area.left, area.top, area.right, area.bottom))
    crop.thumbnail((1200, 1200))
    while len(png := _png(crop)) > EVIDENCE_BYTES:
        crop = crop.resize((crop.width * 3 // 4, crop.height * 3 // 4))
    return png


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("L").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
