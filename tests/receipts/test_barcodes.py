"""Bars of a store's slip, drawn and decoded."""

import zxingcpp
from PIL import Image

from mailflow.receipts.barcodes import decoded_segments

SEGMENTS = ("1409226H1", "9999952650000016", "092293000000600")


def bars(*texts: str) -> Image.Image:
    page = Image.new("L", (1200, 60 + 240 * len(texts)), "white")
    for number, text in enumerate(texts):
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code39)
        drawn = Image.fromarray(code.to_image(scale=3))
        page.paste(drawn.resize((drawn.width, 120)), (60, 60 + 240 * number))
    return page


def test_the_three_segments_are_decoded() -> None:
    found = decoded_segments(bars(*SEGMENTS))
    assert found.texts == SEGMENTS
    assert (found.checked, found.amount) == (True, 600)


def test_one_bar_is_better_than_none() -> None:
    assert decoded_segments(bars(SEGMENTS[2])).amount == 600


def test_two_slips_in_one_picture_say_nothing() -> None:
    assert decoded_segments(bars(SEGMENTS[2], "0922A5000001200")).texts == ()


def test_a_page_without_bars_has_none() -> None:
    assert decoded_segments(Image.new("RGB", (400, 400), "white")).texts == ()
