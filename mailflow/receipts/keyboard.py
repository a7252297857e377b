"""A keyboard on the screen: somebody is still filling in the form, whatever its key says. Pure."""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Line

_ROWS = (
    ("123", "456", "789"),
    ("789", "456", "123"),
    ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"),
    ("ㄅㄉㄓㄚㄞ", "ㄆㄊㄍㄐ", "ㄇㄋㄎㄑ"),
    ("ㄅㄉˇˋㄓˊ˙ㄚㄞㄢ", "ㄆㄊㄍㄐㄔㄗㄧㄛㄟㄣ", "ㄇㄋㄎㄑㄕㄘㄨㄜㄠㄤ"),
)
_TELEPHONE = re.compile(r"ABC.*DEF|GHI.*JKL|PQRS.*WXYZ")
_LETTERS = re.compile(r"[^0-9A-Z\u3105-\u3129ˇˋˊ˙]")
SHARE = 0.7  # of a row's keys; the engine loses some


def has_keyboard(lines: Sequence[Line]) -> bool:
    """Whether two rows of keys stand on the page, one below the other."""
    if any(_TELEPHONE.search(line.text) for line in lines):
        return True
    read = [_LETTERS.sub("", line.text.upper()) for line in lines]
    return any(
        sum(any(_is_row(text, keys) for text in read) for keys in board) >= 2 for board in _ROWS
    )


def _is_row(text: str, keys: str) -> bool:
    """Whether the text is this row of keys, some lost, none of another row among them."""
    kept = [key for key in text if key in keys]
    in_order = kept == sorted(kept, key=keys.index)
    return in_order and len(kept) == len(text) and len(kept) >= SHARE * len(keys)
