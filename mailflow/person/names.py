"""Chinese and English names: kept as written, but for blanks, width and punctuation."""

import re
import unicodedata

DOTS = "‧·・•．.･∙⋅˙ㆍ"  # between the parts of an Indigenous or foreign name
_ENGLISH = re.compile(r"[A-Z][A-Z'. -]*(?:, [A-Z][A-Z'. -]*)?")
_LONGEST = 39  # as printed in a passport
_DASHES = re.compile(r"[‐‑‒–—−﹣－]")


def chinese_name(text: str) -> str | None:
    """Variants are kept apart (温 is not 溫), so nothing is changed but white space.

    Rare characters count as letters, private-use ones too: in Taiwan names are written with them.
    """
    name = "".join(text.split()).strip("。,，.;；:：")
    letters = [c for c in name if c not in DOTS and c not in "-'"]
    count = sum(1 for c in letters if unicodedata.category(c) != "Mn")
    if not 2 <= count <= 40 or not all(_is_letter(c) for c in letters):
        return None
    return name


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char) == "Co" or _selects_variant(char)


def _selects_variant(char: str) -> bool:
    """How a font is told which form of a character is meant."""
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def english_name(text: str) -> str | None:
    """`SURNAME, GIVEN-NAME` in capitals, at most 39 characters; a single name stays one."""
    name = _tidy(text)
    if not _ENGLISH.fullmatch(name) or len(name) > _LONGEST:
        return None
    return name if ", " in name else _with_comma(name)


def english_trouble(text: str) -> str:
    """Why `text` is no English name, as the beginning of a sentence; '' for nothing particular."""
    name = _tidy(text)
    if len(name) > _LONGEST:
        return f"有 {len(name)} 個字元，"
    if foreign := re.sub(r"[A-Z',. -]", "", name):
        return f"含有「{foreign[0]}」，"
    return "看不出哪個是姓、哪個是名，" if _ENGLISH.fullmatch(name) else ""


def _tidy(text: str) -> str:
    name = _DASHES.sub("-", " ".join(unicodedata.normalize("NFKC", text).split()))
    name = name.upper().strip(" .,;:。、")
    name = re.sub(r" ?[,、] ?", ", ", re.sub(r" ?- ?", "-", name))
    return re.sub(r"[’‘`´ʼ]", "'", name)


def _with_comma(name: str) -> str | None:
    """A hyphen tells the given name (CHEN YI-JUN, YI-JUN CHEN); else only one word is clear."""
    words = name.split()
    if len(words) == 1:
        return name if "-" not in name else None
    hyphenated = [word for word in words if "-" in word]
    if len(words) != 2 or len(hyphenated) != 1:
        return None
    given = hyphenated[0]
    surname = words[0] if words[1] == given else words[1]
    return f"{surname}, {given}"
