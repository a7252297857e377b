"""Pictures drawn for the test → verdicts, through the real engine: Cris, Fang, Jack and others."""

import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps
from pylopdf_fonts_zh_tw import sans_path

from benchmarks.drawing.sheet import font
from mailflow.demo import pictures
from mailflow.receipts import wire
from mailflow.receipts.alone import Alone
from mailflow.receipts.child import read_json
from mailflow.receipts.engine import OcrError
from mailflow.receipts.lines import Word
from mailflow.receipts.read import EVIDENCE_BYTES, read_proof
from mailflow.receipts.result import Expectation, Kind, Proof, Status, Verdict

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "examples" / "receipts"
PAID_AT = datetime(2026, 9, 15, 12, 5, tzinfo=ZoneInfo("Asia/Taipei"))
ACCOUNT = "98620114992497"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))

needs_engine = pytest.mark.skipif(
    shutil.which("tesseract") is None or not pictures.draws_chinese(),
    reason="Tesseract or a Chinese font is missing",
)


def transfer(amount: int = 600, **options: object) -> bytes:
    return pictures.draw_transfer(
        amount=amount,
        account=ACCOUNT,
        bank="004",
        paid_at=PAID_AT,
        **options,  # type: ignore[arg-type]
    )


def redrawn(content: bytes, kind: str = "JPEG", *, turn: int = 0, dark: bool = False) -> bytes:
    image = Image.open(io.BytesIO(content)).convert("RGB").rotate(turn, expand=True)
    out = io.BytesIO()
    (ImageOps.invert(image) if dark else image).save(out, kind)
    return out.getvalue()


def written_across(content: bytes, text: str) -> bytes:
    """The picture with large half transparent letters that run slantwise over its rows."""
    page = Image.open(io.BytesIO(content)).convert("RGB")
    layer = Image.new("RGBA", (page.width, page.width), (0, 0, 0, 0))
    font = ImageFont.truetype(str(sans_path()), page.width // 5)
    middle = (page.width // 2, page.width // 2)
    ImageDraw.Draw(layer).text(middle, text, (205, 60, 60, 120), font=font, anchor="mm")
    turned = layer.rotate(24)
    page.paste(turned, (0, (page.height - page.width) // 2), turned)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def pdf_with_unseen_text(jpeg: bytes, rows: Sequence[str]) -> bytes:
    """A page that shows the picture and carries `rows` as text that is never painted (3 Tr)."""
    width, height = Image.open(io.BytesIO(jpeg)).size
    shown = "".join(
        f"1 0 0 1 40 {height - 60 - 40 * number} Tm <{row.encode('utf-16-be').hex()}> Tj\n"
        for number, row in enumerate(rows)
    )
    drawn = f"q {width} 0 0 {height} 0 0 cm /I Do Q\nBT /F 24 Tf 3 Tr\n{shown}ET".encode()
    code = "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    meaning = f"begincmap {code} 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>>>" % (width, height),
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%b\nendstream"
        % (width, height, len(jpeg), jpeg),
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H"
        b"/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(meaning), meaning),
    ]
    objects = (b"%d 0 obj\n%b\nendobj\n" % numbered for numbered in enumerate(parts, 1))
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer<</Root 1 0 R>>\n"


UNSEEN = (
    "轉帳成功",
    "轉入銀行    004",
    f"轉入帳號    {ACCOUNT}",
    "轉帳金額    600",
    "手續費    0",
    "交易時間    2026/09/15 12:05",
    "交易序號    20260915001",
)


@needs_engine
def test_what_a_pdf_says_without_showing_it_proves_nothing() -> None:
    another_s = redrawn(transfer(shown_account="33515757191922"))
    proof = read_proof(pdf_with_unseen_text(another_s, UNSEEN), expected=SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.FLAG, ("account_differs",))


@needs_engine
def test_a_pdf_that_says_what_it_shows_is_accepted() -> None:
    content = pdf_with_unseen_text(redrawn(transfer()), UNSEEN)
    assert read_proof(content, expected=SLIP).verdict is Verdict.ACCEPT


@needs_engine
@pytest.mark.parametrize(
    "said",
    [("轉帳失敗", *UNSEEN[1:]), (*UNSEEN[:3], "轉帳金額    6,000", *UNSEEN[4:])],
    ids=["failed", "another amount"],
)
def test_a_pdf_whose_text_contradicts_what_it_shows_is_looked_at(said: tuple[str, ...]) -> None:
    """It may have been painted over; it may be an old scan. A person decides."""
    proof = read_proof(pdf_with_unseen_text(redrawn(transfer()), said), expected=SLIP)
    assert (proof.verdict, proof.reasons[0]) == (Verdict.FLAG, "text_layer_differs")


@needs_engine
def test_the_right_transfer_is_accepted_with_its_evidence() -> None:
    """轉帳證明"""
    proof = read_proof(transfer(), expected=SLIP)
    assert (proof.verdict, proof.amount, proof.status) == (Verdict.ACCEPT, 600, Status.PAID)
    assert (proof.account, proof.paid_at) == (ACCOUNT, "2026-09-15T12:05")
    assert proof.evidence
    assert len(proof.evidence) <= EVIDENCE_BYTES
    assert Image.open(io.BytesIO(proof.evidence)).format == "PNG"


@needs_engine
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_lying_on_its_side_is_read(turn: int) -> None:
    proof = read_proof(redrawn(transfer(), turn=turn), expected=SLIP)
    assert (proof.verdict, proof.amount) == (Verdict.ACCEPT, 600)


@needs_engine
def test_dark_mode_is_read() -> None:
    proof = read_proof(redrawn(transfer(), dark=True), expected=SLIP)
    assert (proof.verdict, proof.amount) == (Verdict.ACCEPT, 600)


@needs_engine
def test_a_masked_account_fits_by_its_last_digits() -> None:
    masked = transfer(shown_account="*********92497")
    assert read_proof(masked, expected=SLIP).verdict is Verdict.ACCEPT
    other = replace(SLIP, account="98620114992498")
    assert read_proof(masked, expected=other).verdict is not Verdict.ACCEPT


@needs_engine
def test_cris_pays_the_wrong_amount() -> None:
    proof = read_proof(transfer(500), expected=SLIP)
    assert (proof.verdict, proof.amount) == (Verdict.FLAG, 500)
    assert "amount_differs" in proof.reasons


@needs_engine
@pytest.mark.parametrize("amount", [60, 1600, 6000, 585])
def test_amounts_that_look_alike_are_not_accepted(amount: int) -> None:
    proof = read_proof(transfer(amount, fee=15), expected=SLIP)
    assert proof.verdict is Verdict.FLAG


@needs_engine
def test_jack_sends_a_reservation() -> None:
    picture = pictures.draw_reservation(amount=600, account=ACCOUNT, bank="004", paid_at=PAID_AT)
    proof = read_proof(picture, expected=SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.ASK, ("reservation_not_payment",))


@needs_engine
def test_a_failed_transfer_is_asked_again() -> None:
    proof = read_proof(transfer(failed=True), expected=SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.ASK, ("failed_transfer",))


@needs_engine
def test_money_for_another_account_goes_to_a_person() -> None:
    proof = read_proof(transfer(shown_account="33515757191922"), expected=SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.FLAG, ("account_differs",))


@needs_engine
def test_a_payment_of_last_year_is_not_this_one() -> None:
    late = replace(SLIP, from_on=date(2026, 9, 16))
    assert read_proof(transfer(), expected=late).reasons == ("paid_before_slip",)


@needs_engine
@pytest.mark.parametrize("faded", [False, True])
def test_fang_pays_at_a_store(faded: bool) -> None:
    """超商繳費證明"""
    picture = pictures.draw_store_receipt(amount=600, account=ACCOUNT, paid_at=PAID_AT, faded=faded)
    proof = read_proof(picture, expected=SLIP)
    assert (proof.kind, proof.verdict) == (Kind.STORE, Verdict.ACCEPT)
    assert (proof.amount, proof.fee, proof.total) == (600, 10, 610)


def pdf_of(*pictures: bytes) -> bytes:
    first, *others = (Image.open(io.BytesIO(picture)) for picture in pictures)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()


@needs_engine
def test_a_failed_transfer_beside_the_right_one_goes_to_a_person() -> None:
    proof = read_proof(pdf_of(transfer(), transfer(failed=True)), expected=SLIP)
    assert (proof.verdict, proof.reasons[0]) == (Verdict.FLAG, "contrary_page")
    assert (proof.status, proof.amount) == (Status.PAID, 600)
    assert [other.status for other in proof.others] == [Status.FAILED]


def page_of(*rows: str) -> bytes:
    image = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(image)
    for at, row in enumerate(rows):
        pen.text((80, 80 + 90 * at), row, font=font("sans", 40), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@needs_engine
def test_a_page_that_says_it_is_an_exercise_undoes_the_proof_before_it() -> None:
    """Though nobody knows what kind of paper it is."""
    told = page_of("附註", "本件為課堂作業之模擬範本", "圖中銀行及帳號均屬虛構")
    proof = read_proof(pdf_of(transfer(), told), expected=SLIP)
    assert (proof.verdict, proof.reasons[0]) == (Verdict.FLAG, "contrary_page")
    plain = page_of("收件人 註冊組", "主旨 繳費證明", "附件如上")
    assert read_proof(pdf_of(transfer(), plain), expected=SLIP).verdict is Verdict.ACCEPT


@needs_engine
def test_of_two_pages_the_fitting_one_is_told() -> None:
    proof = read_proof(pdf_of(transfer(1800), transfer(600)), expected=SLIP)
    assert (proof.verdict, proof.amount) == (Verdict.ACCEPT, 600)
    assert [other.amount for other in proof.others] == [1800]


@needs_engine
def test_without_an_expectation_there_is_no_verdict() -> None:
    proof = read_proof(transfer(), expected=None)
    assert (proof.verdict, proof.reasons, proof.amount) == (None, (), 600)


@needs_engine
def test_a_white_sheet_is_asked_again() -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 1200), "white").save(out, "PNG")
    assert read_proof(out.getvalue(), expected=SLIP).reasons == ("unreadable",)


class Broken:
    """An engine that has gone away."""

    def read(self, image: Image.Image, *, sparse: bool = False) -> tuple[Word, ...]:
        raise OcrError("timeout")

    def read_digits(self, image: Image.Image) -> tuple[Word, ...]:
        raise OcrError("timeout")


def test_without_an_engine_a_person_looks() -> None:
    proof = read_proof(transfer(), expected=SLIP, eyes=Alone(Broken()))
    assert (proof.verdict, proof.reasons) == (Verdict.FLAG, ("ocr_failed",))


def test_what_is_no_picture_is_told() -> None:
    proof = read_proof(b"%!PS-Adobe-3.0 EPSF-3.0", expected=SLIP)
    assert (proof.verdict, proof.reasons) == (Verdict.ASK, ("not_a_picture",))


def test_a_proof_survives_the_pipe() -> None:
    proof = Proof(amount=600, evidence=b"\x89PNG", others=(Proof(kind=Kind.SLIP),))
    assert wire.proof_from_json(wire.proof_to_json(proof)) == proof
    request = wire.request_to_json(wire.Request(b"hello", SLIP))
    assert (answer := wire.proof_from_json(read_json(request)))
    assert answer.reasons == ("not_a_picture",)


def test_the_line_has_the_keys_of_the_contract() -> None:
    line = wire.proof_line("some/where/a.jpg", Proof(verdict=Verdict.ASK, reasons=("unreadable",)))
    assert list(line) == [
        "file",
        "kind",
        "status",
        "amount",
        "fee",
        "total",
        "paid_at",
        "account",
        "reference",
        "verdict",
        "reasons",
        "seconds",
    ]
    assert line["file"] == "a.jpg"
    assert json.loads(json.dumps(line)) == line


def rows(name: str) -> dict[str, dict[str, object]]:
    lines = (EXAMPLES / name).read_text("utf-8").splitlines()
    return {Path(row["file"]).name: row for row in map(json.loads, lines)}


def expectation(row: dict[str, object]) -> Expectation:
    return Expectation(
        int(str(row["amount"])),
        str(row["account"]),
        str(row["bank"]),
        date.fromisoformat(str(row["from"])),
        date.fromisoformat(str(row["until"])),
    )


@needs_engine
@pytest.mark.timeout(900)
@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the labelled examples are not here")
def test_labelled_examples_none_accepted_wrongly_and_clean_ones_mostly() -> None:
    labels, expected = rows("labels.jsonl"), rows("expect.jsonl")
    clean = []
    for name, label in labels.items():
        if label["degradations"] != ["clean"]:
            continue  # all of them: benchmarks/receipts.py
        content = (EXAMPLES / "img" / name).read_bytes()
        proof = read_proof(content, expected=expectation(expected[name]))
        if proof.verdict is Verdict.ACCEPT:
            assert label["should_accept"], f"{name}: {label['negative']}"
            assert proof.amount == label["amount"], name
        if label["should_accept"]:
            clean.append(proof.verdict is Verdict.ACCEPT)
    assert sum(clean) >= 0.6 * len(clean)


@needs_engine
@pytest.mark.parametrize("text", ["SAMPLE", "作廢", "範例"])
def test_what_is_written_slantwise_over_a_page_is_read(text: str) -> None:
    proof = read_proof(written_across(transfer(), text), expected=SLIP)
    assert proof.verdict is not Verdict.ACCEPT
    assert proof.reasons[0] in ("specimen", "payment_voided")


@needs_engine
def test_the_schools_name_over_a_page_takes_nothing_back() -> None:
    proof = read_proof(written_across(transfer(), "海灣"), expected=SLIP)
    assert not {"specimen", "payment_voided"} & set(proof.reasons)
