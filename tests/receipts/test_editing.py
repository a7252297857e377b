"""Signs that a proof was changed: what honest pictures show is none of them."""

import io
import random
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

from benchmarks.drawing import proofs, stories
from benchmarks.drawing.damage import DAMAGES
from benchmarks.drawing.layout import Layout
from benchmarks.drawing.sheet import font
from mailflow.receipts.editing import signs_of_editing
from mailflow.receipts.layer import layer_differs
from mailflow.receipts.lines import Box, Line, Word, words_to_lines
from mailflow.receipts.origin import signs_in_file
from mailflow.receipts.pictures import open_pages
from mailflow.receipts.result import Status
from mailflow.receipts.struck import is_struck_out

ROWS = ("2026/09/15 12:05:33", "98620114992497", "20260915001634", "600", "15", "1000062")


def page(*, face: str = "sans", blur: float = 0.0) -> tuple[Image.Image, tuple[Line, ...], Box]:
    """A page of numbers; the fourth is the amount, in a face of its own or with soft edges."""
    image, words, place = Image.new("RGB", (700, 500), "white"), [], Box(0, 0, 1, 1)
    for number, text in enumerate(ROWS):
        letters = font(face if text == "600" else "sans", 36)
        box = Box(
            *map(round, ImageDraw.Draw(image).textbbox((60, 40 + 70 * number), text, letters))
        )
        ImageDraw.Draw(image).text((60, 40 + 70 * number), text, (20, 20, 20), letters)
        words.append(Word(text, box))
        if text == "600":
            place = box
            area = (box.left - 8, box.top - 8, box.right + 8, box.bottom + 8)
            image.paste(image.crop(area).filter(ImageFilter.GaussianBlur(blur)), area)
    return image, words_to_lines(words), place


def signs(**changed: object) -> tuple[str, ...]:
    image, lines, place = page(**changed)  # type: ignore[arg-type]
    return signs_of_editing(image, lines, amount=place)


def resaved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("quality", [30, 60, 90])
def test_a_page_of_one_hand_shows_no_sign(quality: int) -> None:
    image, lines, amount = page()
    again = Image.open(io.BytesIO(resaved(image, quality=quality)))
    assert signs_of_editing(again, lines, amount=amount) == ()
    blurred = again.filter(ImageFilter.GaussianBlur(1))
    assert signs_of_editing(blurred, lines, amount=amount) == ()


def test_digits_of_another_face_are_a_sign() -> None:
    """後來貼上的數字，字形不同。"""
    assert "amount_in_another_face" in signs(face="narrow")


def test_digits_softer_than_the_rest_are_a_sign() -> None:
    assert "amount_softer_than_its_page" in signs(blur=1.5)


@pytest.mark.parametrize("slope", [0, 4, -7], ids=["level", "falling", "rising"])
@pytest.mark.parametrize("ink", ["red", "blue", "black"])
def test_a_sum_that_was_struck_out_is_seen(slope: int, ink: str) -> None:
    """金額上劃了一槓。"""
    image, _, place = page()
    middle, pen = (place.top + place.bottom) // 2 + 1, ImageDraw.Draw(image)
    ends = (place.left - 9, middle - slope, place.right + 9, middle + slope)
    pen.line(ends, fill=ink, width=4)
    assert is_struck_out(image, place)
    cut_too_high = replace(place, top=place.top - 6, bottom=place.bottom - 6)
    assert is_struck_out(image, cut_too_high)
    small = image.resize((350, 250))
    assert is_struck_out(small, place.scaled(0.5))


@pytest.mark.parametrize("off", [6, 10, -26, -32])
def test_a_rule_below_or_above_a_sum_strikes_nothing_out(off: int) -> None:
    image, _, place = page()
    high = place.bottom + off
    ImageDraw.Draw(image).line((40, high, 660, high), fill="black", width=3)
    assert not is_struck_out(image, place)
    assert not is_struck_out(image.filter(ImageFilter.GaussianBlur(1.5)), place)


def test_an_account_softer_than_the_rest_is_a_sign() -> None:
    """Its face is none: in honest receipts it often differs."""
    for changed, found in (
        ({"blur": 1.5}, ("account_softer_than_its_page",)),
        ({"face": "narrow"}, ()),
    ):
        image, lines, place = page(**changed)  # type: ignore[arg-type]
        assert signs_of_editing(image, lines, amount=None, account=place) == found


def test_an_empty_page_shows_no_sign() -> None:
    blank = Image.new("RGB", (300, 300), "white")
    assert signs_of_editing(blank, (), amount=Box(10, 10, 60, 30)) == ()
    _, lines, amount = page()
    assert signs_of_editing(blank, lines, amount=amount) == ()  # boxes beyond the picture, no ink


@pytest.mark.parametrize("program", ["Adobe Photoshop 25.0 (Macintosh)", "GIMP 2.10", "PicsArt"])
def test_a_program_that_paints_is_named_by_the_file(program: str) -> None:
    exif = Image.Exif()
    exif[0x0131] = program
    words = PngInfo()
    words.add_text("Software", program)
    photo = Image.new("RGB", (400, 300))
    assert signs_in_file(resaved(photo, exif=exif)) == ("saved_by_an_editor",)
    assert signs_in_file(resaved(photo, "PNG", pnginfo=words)) == ("saved_by_an_editor",)


@pytest.mark.parametrize("program", ["17.5.1", "HUAWEI P30", "Screenshot", "CamScanner", ""])
def test_a_phone_s_own_words_are_no_sign(program: str) -> None:
    exif = Image.Exif()
    exif[0x0131] = program
    assert signs_in_file(resaved(Image.new("RGB", (400, 300)), exif=exif)) == ()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"])
def test_a_broken_file_says_nothing_of_itself(content: bytes) -> None:
    assert signs_in_file(content) == ()


def test_a_document_that_was_added_to_is_looked_at() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    out = io.BytesIO()
    document.save(out)
    once = out.getvalue()
    later = b"\n9 0 obj<<>>endobj\nxref\n0 0\ntrailer<</Size 10>>\nstartxref\n99\n%%EOF\n"
    assert signs_in_file(once) == ()
    assert signs_in_file(once + later) == ("document_changed_later",)
    signed = b"\n9 0 obj<</ByteRange[0 1 2 3]>>endobj" + later
    assert signs_in_file(once + signed) == ()
    by_editor = once.replace(b"%PDF-1.7", b"%PDF-1.7\n% /Producer (Sejda 5)", 1)
    assert signs_in_file(by_editor) == ("saved_by_an_editor",)


SCREENS = [
    layout
    for family in proofs.FAMILIES
    if family != "fourth"  # it is there to be measured once, not to be tested against
    for layout in proofs.layouts(family)
    if layout.medium in ("screen", "web") and not layout.negative
]


@pytest.mark.parametrize("layout", SCREENS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("edited", [False, True])
def test_the_text_of_a_pdf_is_a_witness_of_what_it_shows(layout: Layout, edited: bool) -> None:
    """The old sum stands below the one that was painted over it."""
    rng = random.Random(layout.name)
    if edited and "edited" not in stories.traps_for(layout):
        pytest.skip("nobody edits this one")
    if edited and layout.name.startswith("third"):
        pytest.skip("its edits are pasted pictures, which bring no text")
    facts = stories.negative(layout, "edited", rng) if edited else stories.genuine(layout, rng)
    drawn = proofs.draw(layout, facts, DAMAGES["pdf-text"], seed=1)
    words = open_pages(drawn.content)[-1].words
    assert words
    assert layer_differs(words, amount=facts.slip.amount, status=Status.PAID) is edited


def test_one_number_written_over_another_is_a_sign() -> None:
    below, above = Word("6,000", Box(100, 100, 200, 130)), Word("600", Box(100, 100, 180, 130))
    beside = Word("600", Box(300, 100, 380, 130))
    told = {"amount": None, "status": Status.UNKNOWN}
    assert layer_differs([below, above], **told)  # type: ignore[arg-type]
    assert not layer_differs([below, beside], **told)  # type: ignore[arg-type]
    assert not layer_differs([above, above], **told)  # type: ignore[arg-type]
