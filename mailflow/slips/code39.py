"""Code 39 (ISO/IEC 16388): a text → bars. Pure.

The stores' slips use it without a check character of its own: segment three carries two.
"""

WIDE = 3  # a wide bar in modules; the standard allows 2 to 3, and 3 reads best from photographs
QUIET = 10  # modules of white that a reader needs on both sides

# Wide and narrow of bar, space, bar, …: nine elements, three of them wide.
_PATTERNS = {
    "0": "000110100", "1": "100100001", "2": "001100001", "3": "101100000", "4": "000110001",
    "5": "100110000", "6": "001110000", "7": "000100101", "8": "100100100", "9": "001100100",
    "A": "100001001", "B": "001001001", "C": "101001000", "D": "000011001", "E": "100011000",
    "F": "001011000", "G": "000001101", "H": "100001100", "I": "001001100", "J": "000011100",
    "K": "100000011", "L": "001000011", "M": "101000010", "N": "000010011", "O": "100010010",
    "P": "001010010", "Q": "000000111", "R": "100000110", "S": "001000110", "T": "000010110",
    "U": "110000001", "V": "011000001", "W": "111000000", "X": "010010001", "Y": "110010000",
    "Z": "011010000", "*": "010010100",
}  # fmt: skip


def bars(text: str) -> tuple[tuple[int, int], ...]:
    """Each bar's place and width in modules, start and stop included, quiet zones left out.

    Raises KeyError for a character that the store barcodes don't have.
    """
    found = []
    at = 0
    for char in f"*{text}*":
        for index, is_wide in enumerate(_PATTERNS[char]):
            width = WIDE if is_wide == "1" else 1
            if index % 2 == 0:
                found.append((at, width))
            at += width
        at += 1  # the gap between characters
    return tuple(found)


def width(text: str) -> int:
    """How wide the bars of a text are together, in modules."""
    last, size = bars(text)[-1]
    return last + size
