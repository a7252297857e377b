"""Bars in the picture: a store's three segments, decoded, are stronger than any letters read."""

import zxingcpp
from PIL import Image

from mailflow.slips.segments import SEGMENT_1, SEGMENT_2, SEGMENT_3, Segments

MAX_SIDE = 2400
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128])


def decoded_segments(image: Image.Image) -> Segments:
    """The segments whose bars could be read; empty when two bars claim one place."""
    page = image.convert("L")
    page.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    found = zxingcpp.read_barcodes(page, formats=_FORMATS)
    texts = {code.text.strip("* ").upper() for code in found}
    places = [
        sorted(text for text in texts if pattern.fullmatch(text))
        for pattern in (SEGMENT_1, SEGMENT_2, SEGMENT_3)
    ]
    if any(len(place) > 1 for place in places):
        return Segments()
    return Segments(*(place[0] if place else None for place in places))
