"""A PDF → its text layer and the barcodes that a scanner finds. Runs in a sandboxed child."""

import json

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import zxingcpp

from mailflow.slips.foreign import PaperSlip

MAX_BYTES = 5_000_000
MAX_PAGES = 3
MAX_TEXT = 20_000
MAX_POINTS = 1_300  # A3; a slip is A4 or smaller
_DPI = 200
_POINTS = 72
_CODE_39 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39])


def read_json(pdf: bytes) -> bytes:
    """What the child runs: bytes of a PDF → text and barcodes, or a problem, as JSON."""
    try:
        text, scanned = _read(pdf)
    except _UnusableError as error:
        return json.dumps({"problem": str(error)}).encode()
    return json.dumps({"text": text, "scanned": scanned}).encode()


def paper_from_json(answer: bytes, *, place: str, pdf: bytes) -> PaperSlip:
    """The child's answer as a value; raises ValueError when it is none."""
    told = json.loads(answer)
    return PaperSlip(
        place=place,
        pdf=pdf,
        text=str(told.get("text", "")),
        scanned=tuple(map(str, told.get("scanned", ()))),
        problem=str(told.get("problem", "")),
    )


class _UnusableError(ValueError):
    """Nothing of this file can be used; the text is a code."""


def _read(pdf: bytes) -> tuple[str, list[str]]:
    if len(pdf) > MAX_BYTES:
        raise _UnusableError("pdf_too_large")
    if b"%PDF-" not in pdf[:1024]:
        raise _UnusableError("not_a_pdf")
    try:
        document = pypdfium2.PdfDocument(pdf)
        if not 1 <= len(document) <= MAX_PAGES:
            raise _UnusableError("pdf_has_many_pages")
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) or (
            pdfium.FPDFDoc_GetAttachmentCount(document)
        ):
            raise _UnusableError("pdf_has_active_content")
        pages = [document[number] for number in range(len(document))]
        texts = [page.get_textpage().get_text_range() for page in pages]
        codes = [code for page in pages for code in _scan(page)]
    except pypdfium2.PdfiumError as error:
        raise _UnusableError("pdf_unreadable") from error
    return "\n".join(texts)[:MAX_TEXT], codes


def _scan(page: pypdfium2.PdfPage) -> list[str]:
    if max(page.get_size()) > MAX_POINTS:
        raise _UnusableError("pdf_page_too_large")
    image = page.render(scale=_DPI / _POINTS, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(image, formats=_CODE_39)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]
