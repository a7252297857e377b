"""The deciding numbers looked at again: what a second look confirms, and what it must not."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from benchmarks.drawing.sheet import font
from mailflow.receipts.account_looks import with_masks
from mailflow.receipts.both import Both
from mailflow.receipts.crops import narrow_row, neighbours, own_letters, wide_row
from mailflow.receipts.engine import Sheet
from mailflow.receipts.fields import Fields, Figure, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.money import only_amount
from mailflow.receipts.result import Kind, Status

PLACE = Box(300, 100, 380, 130)


def findings(amount: int, *, fee: int | None = None, total: int | None = None) -> Findings:
    page = Fields(
        kind=Kind.STORE,
        status=Status.PAID,
        amount=Figure(amount, PLACE, PLACE),
        fee=fee,
        total=total,
    )
    return Findings((page,), keen=True)


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ("NT$1,800", 1800),
        ("交易金額：$1,400.00", 1400),
        ("頁1,200元", 1200),
        ("TWD 600.00", 600),
        ("****700", 700),
        ("-2,000", 2000),
        ("600-700", None),
        ("出TWD1,600至", 1600),
        ("出1,600至700", None),
        ("出6,000元至7", 6000),
        ("出NT$6,000至70", 6000),
        ("600月", None),
        ("NT52,400", None),
        ("NT 2,400", 2400),
        ("600元 600元", None),
        ("1項600元", 600),
        ("600 7", None),
        ("$600I", None),
        ("60O", None),
        ("", None),
    ],
)
def test_a_row_by_itself_says_one_amount_or_none(row: str, amount: int | None) -> None:
    assert only_amount(row) == amount


def test_a_sum_is_a_second_place_only_with_a_fee_that_exists() -> None:
    assert findings(600, fee=10, total=610).second_place(600)
    assert findings(600, fee=0, total=600).second_place(600)
    assert not findings(600, fee=1, total=601).second_place(600), "6,000 + 15 = 6,015, faded"
    assert not findings(600, total=600).second_place(600)


def test_a_look_that_lost_digits_says_nothing_against_a_sum_that_adds_up() -> None:
    summed = replace(findings(600, fee=15, total=615), amount_looks=(600, 60))
    assert summed.amounts == {600: 2}
    alone = replace(findings(600), amount_looks=(600, 60))
    assert set(alone.amounts) == {600, 60}
    longer = replace(findings(600, fee=15, total=615), amount_looks=(6000,))
    assert set(longer.amounts) == {600, 6000}, "it may have seen what faded"


def test_the_second_look_reaches_beyond_the_number() -> None:
    page = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(page).rectangle((390, 105, 400, 125), fill=(235, 235, 235))  # faint
    row = wide_row(page, PLACE)
    assert row.width > PLACE.width + 4 * PLACE.height
    assert row.getextrema()[0] < 60, "what is faint comes out"


def test_the_second_look_ends_where_another_column_begins() -> None:
    page = Image.new("RGB", (800, 300), "white")
    between = (PLACE.left - 4, PLACE.right + 10)
    assert wide_row(page, PLACE, between=between).width == PLACE.width + 14


def test_light_letters_on_dark_are_turned_for_tesseract() -> None:
    page = Image.new("RGB", (800, 300), "black")
    ImageDraw.Draw(page).text((310, 105), "600", fill="white", font_size=24)
    assert narrow_row(page, PLACE).resize((1, 1)).getpixel((0, 0)) > 180


def test_masks_are_put_back_where_they_stood() -> None:
    assert with_masks("30471", (20, 40, 60), ink=(90, 0, 200, 48)) == "*30471"
    assert with_masks("5076 85 204", (80, 130), ink=(10, 0, 200, 48)) == "5076*85*204"
    assert with_masks("98620114", (), ink=(10, 0, 200, 48)) == "98620114"


def test_a_sum_at_the_end_of_its_words_keeps_the_room_for_a_lost_last_digit() -> None:
    page = Image.new("RGB", (900, 400), "white")

    def room(cell_ends: int) -> int:
        cell = Cell("金額 NT$600", Box(100, 100, cell_ends, 130))
        return neighbours(Sheet(page, (Line((cell,)),)), PLACE)[1]

    assert room(PLACE.right) == page.width  # 6000 may have stood here
    assert room(PLACE.right + 200) == PLACE.right + 21  # the sentence goes on


def test_the_witness_sees_nothing_of_the_word_before_a_sum() -> None:
    page = Image.new("RGB", (800, 300), "white")

    def margin(cell_begins: int) -> int:
        cell = Cell("成功轉出NT$600元至", Box(cell_begins, 100, 500, 130))
        return own_letters(Sheet(page, (Line((cell,)),)), PLACE).left - PLACE.left

    assert margin(100) == 7  # 出 stands right before it
    assert margin(PLACE.left) == 0  # the number begins its cell


@pytest.mark.parametrize(
    ("printed", "value", "gap", "looks"),
    [
        ("600.00", 600, 70, (600, 600)),  # the paper's edge, read as a 1
        ("NT$1,800", 1800, 80, (1800, 1800)),
        ("600.00", 600, 4, ()),  # so near it belongs to the number
        ("NT$1,800", 1800, 4, ()),
        ("600", 600, 4, ()),
        ("1,200.00", 200, 70, ()),  # more than one sign is too many
    ],
)
def test_a_stroke_beside_the_paper_is_no_digit_of_the_sum(
    printed: str, value: int, gap: int, looks: tuple[int, ...]
) -> None:
    page, face = Image.new("RGB", (900, 300), "white"), font("sans", 40)
    right = 300 + round(face.getlength(printed))
    draw = ImageDraw.Draw(page)
    draw.text((300, 100), printed, "black", font=face)
    draw.text((right + gap, 100), "1", "black", font=face)
    place = Box(300, 104, right, 146)
    sheet = Sheet(page, (Line((Cell(printed, place),)),))
    found = Both()._amount_again(
        sheet, Figure(value, place, place), replace(findings(value), photo=True)
    )
    assert found.amount_looks == looks


def test_one_look_at_a_screen_yields_to_two_engines() -> None:
    """900 by the page and by Tesseract, 500 by a look; on paper a person decides."""
    page = "轉帳成功\n轉帳金額  NT$900\n轉入帳號  98620123456789\n時間  2026/09/15 10:00"
    lines = [Line.of(row, at) for at, row in enumerate(page.splitlines())]
    seen = Findings((read_fields(lines),), keen=True, amount_looks=(500,), witnesses=(900,))
    assert seen.amounts == {900: 2}
    assert set(replace(seen, photo=True).amounts) == {500, 900}
    assert set(replace(seen, witnesses=()).amounts) == {500, 900}
    assert set(replace(seen, amount_looks=(90,)).amounts) == {90, 900}  # a digit may be lost
