"""Which rows were read and which only look like words. Pure.

A store's receipt is voided by a line or stamp under the sums. When such a line is there and no
reading makes words of it, nobody may say that the receipt is valid.
"""

from collections.abc import Iterable, Sequence
from statistics import median

from mailflow.receipts.lines import Box, Line

SURE = 60
CLEAR_SHARE = 0.6  # of a row's characters Chinese: read; garbage is mostly Latin
MIN_CHARACTERS = 3


def chinese(text: str) -> int:
    """How many Chinese characters."""
    return sum("\u3400" <= char <= "\u9fff" for char in text)


def sure_characters(lines: Iterable[Line]) -> int:
    """Chinese characters that the engine was sure of."""
    cells = (cell for line in lines for cell in line.cells if cell.confidence >= SURE)
    return sum(chinese(cell.text) for cell in cells)


def sure_letters(lines: Iterable[Line]) -> int:
    """Latin letters and digits that the engine was sure of."""
    cells = (cell for line in lines for cell in line.cells if cell.confidence >= SURE)
    return sum(char.isascii() and char.isalnum() for cell in cells for char in cell.text)


def is_clear(line: Line) -> bool:
    """Whether the row makes words: mostly Chinese, or Latin that the engine was sure of."""
    characters = [char for char in line.text if char.isalnum()]
    if chinese(line.text) >= max(MIN_CHARACTERS, CLEAR_SHARE * len(characters)):
        return True
    return min(cell.confidence for cell in line.cells) >= 85


def unread_below(lines: Sequence[Line], above: Box | None) -> tuple[Line, ...]:
    """Rows of letter height under `above` that make no words."""
    heights = [line.box.height for line in lines if is_clear(line)]
    if above is None or not heights:
        return ()
    tall = 0.6 * median(heights)
    return tuple(
        line
        for line in lines
        if line.box.top >= above.bottom - above.height // 4
        and line.box.height >= tall
        and line.box.width >= 2 * tall
        and sum(char.isalnum() for char in line.text) >= MIN_CHARACTERS
        and not is_clear(line)
    )
