"""The words of a message, folded for comparison, and which of them have been understood.

The machine acts alone only on a message of which it has understood every word; `Words` keeps
the account: rules cover what they understood, and `left_over` tells what nobody has.
"""

import re
import unicodedata

from mailflow.reading.simplified import TO_TRADITIONAL

READ_AT_MOST = 4000  # characters; nobody writes the office more, and rules stay fast

_VARIANTS = str.maketrans(
    {
        **{"台": "臺", "裏": "裡", "妳": "你", "鑒": "鑑", "賬": "帳", "爲": "為", "牠": "他"},
        # Cantonese and bopomofo as they are typed in chats
        **{"嘅": "的", "啱": "對", "咗": "了", "喺": "在", "唔": "不", "冇": "沒", "佢": "他"},
        **{"嚟": "來", "畀": "給", "嗰": "那", "睇": "看", "哋": "們", "咩": "嗎", "啲": "些"},
        **{"ㄉ": "的", "ㄛ": "喔", "ㄟ": "欸", "ㄌ": "了", "ㄇ": "嗎", "ㄅ": "吧", "ㄚ": "啊"},
        **{"ㄋ": "呢", "ㄏ": "哈", "ㄎ": "哈", "ㄙ": "是", "ㄍ": "個"},
    }
)
_SIGNIFICANT = re.compile(r"[a-z]+|[0-9]+|[^\W_a-z0-9]")


def plain_text(text: str) -> str:
    """NFKC, without invisible characters; line ends kept. Values are taken from this."""
    # One look at each kind of character, not at each character.
    hidden = {ord(c) for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in _INVISIBLE}
    visible = text.translate(dict.fromkeys(hidden)) if hidden else text
    return unicodedata.normalize("NFKC", visible)


# Private-use characters stay: names are written with them.
_INVISIBLE = frozenset({"Cc", "Cf", "Cn"})


def fold(plain: str) -> str:
    """Lower case, traditional characters, one for one: the same length as `plain`."""
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a letter whose small form takes two
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in plain)
    return lowered.translate(TO_TRADITIONAL).translate(_VARIANTS)


class Words:
    """Text with an account of what has been understood of it."""

    def __init__(self, text: str) -> None:
        text = text.strip()
        self.too_long = len(text) > READ_AT_MOST
        self.plain = plain_text(text[:READ_AT_MOST]).strip()[:READ_AT_MOST]
        self.folded = fold(self.plain)
        self._covered = bytearray(len(self.plain))

    def cover(self, start: int, end: int) -> None:
        """Mark plain[start:end] as understood."""
        self._covered[start:end] = b"\x01" * (end - start)

    def cover_all(self, pattern: re.Pattern[str]) -> None:
        """Mark every place where the pattern fits the folded text."""
        for found in pattern.finditer(self.folded):
            self.cover(*found.span())

    def uncovered(self) -> str:
        """The folded text with blanks for whatever has been understood."""
        return "".join(
            " " if covered and char != "\n" else char
            for char, covered in zip(self.folded, self._covered, strict=True)
        )

    def left_over(self, start: int = 0) -> list[str]:
        """Words, numbers and Chinese characters that no rule has understood, in order."""
        return _SIGNIFICANT.findall(self.uncovered(), start)
