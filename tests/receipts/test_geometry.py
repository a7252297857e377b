"""Rows of tilted, bent and turned pages come to lie flat, so that labels meet their values."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mailflow.receipts.geometry import Quad, trend, upright_turn


def line(left: float, top: float, *, width: float, slope: float, height: float = 40) -> Quad:
    right, drop = left + width, slope * width
    return Quad(
        (
            (left, top),
            (right, top + drop),
            (right, top + drop + height),
            (left, top + height),
        )
    )


def bent_page() -> list[Quad]:
    """Ten rows of a label and a value far to its right, the lower the steeper."""
    rows = []
    for number in range(10):
        slope = 0.02 + 0.008 * number
        top = 100.0 + 60 * number
        rows.append(line(100, top, width=200, slope=slope))
        rows.append(line(800, top + 700 * slope, width=150, slope=slope))
    return rows


def test_on_a_bent_paper_a_value_stands_beside_its_own_label() -> None:
    quads = bent_page()
    assert abs(quads[-2].middle[1] - quads[-1].middle[1]) > 40, "or nothing was bent"
    bent = trend(quads, width=1000)
    for label, value in zip(quads[::2], quads[1::2], strict=True):
        assert abs(bent.level(label).middle - bent.level(value).middle) < 8


def test_the_picture_is_flattened_as_its_boxes_are() -> None:
    page = Image.new("L", (1000, 800), "white")
    quads = [line(50, 80 + 70 * n, width=900, slope=0.06) for n in range(8)]
    for quad in quads:
        ImageDraw.Draw(page).polygon(quad.corners, fill=0)
    bent = trend(quads, width=1000)
    box = bent.level(quads[4])
    flat = np.asarray(bent.flatten(page))
    inside = flat[box.top + 6 : box.bottom - 6, box.left + 6 : box.right - 6]
    assert (inside < 40).mean() > 0.97


@pytest.mark.parametrize(("down", "turn"), [(False, 1), (True, 3)])
def test_a_page_on_its_side_is_told_by_its_lines(down: bool, turn: int) -> None:
    lying = [Quad(((x, 0), (x + 40, 0), (x + 40, 300), (x, 300))) for x in (0, 60, 120)]
    assert upright_turn(lying, lambda _longest: down) == turn


def test_a_page_without_lines_is_left_as_it_is() -> None:
    assert upright_turn([], lambda _longest: True) == 0
    assert trend([], width=100).drop(40, 40) == 0
