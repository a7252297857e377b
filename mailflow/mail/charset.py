"""Bytes that claim a charset → text. Trusts the label, then strict UTF-8, and guesses last."""

import codecs
import re

# What senders write → what their bytes really are. Windows calls its supersets by the name of the
# standard: `big5` mail from Windows holds cp950 characters (碁 銹 恒), `gb2312` mail holds GBK.
_REAL_NAMES = {
    "big5": ("cp950", "big5hkscs"),
    "big5-hkscs": ("big5hkscs", "cp950"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "cp950": ("cp950", "big5hkscs"),
    "ms950": ("cp950", "big5hkscs"),
    "x-big5": ("cp950", "big5hkscs"),
    "gb2312": ("gb18030",),
    "gb_2312-80": ("gb18030",),
    "x-gbk": ("gb18030",),
    "gbk": ("gb18030",),
    "cp936": ("gb18030",),
    "ks_c_5601-1987": ("cp949",),
    "euc-kr": ("cp949",),
    "shift_jis": ("cp932",),
    "iso-2022-jp": ("iso2022_jp_ext", "iso2022_jp_3"),
}
# Labels that say nothing: software writes them when it does not know.
_EMPTY_LABELS = {
    "",
    "ascii",
    "us-ascii",
    "default",
    "default_charset",
    "unknown",
    "unknown-8bit",
    "x-unknown",
    "x-user-defined",
    "8bit",
    "binary",
    "none",
}
_NOT_FOR_MAIL = {"utf_7", "punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"}
_AFTER_A_LETTER = re.compile(rb"[a-z][\x80-\xff]")
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"}


def decode_text(data: bytes, label: str | None) -> tuple[str, str | None]:
    """Decode `data`; the second value says in words what had to be repaired, or is None."""
    name = (label or "").strip(" \t\"'").lower()
    text = _ascii(data, name)
    if text is not None:
        return text, None
    if name in _EMPTY_LABELS or _is_unknown(name):
        text, found = _guess(data)
        return text, None if found == "utf-8" else f"charset {name or 'missing'}, read as {found}"
    text = _strict(data, ("utf-8", "cp1252") if name in _LATIN else _REAL_NAMES.get(name, (name,)))
    if text is not None:
        return text, None
    return _repair(data, name)


def _ascii(data: bytes, name: str) -> str | None:
    """Seven-bit text needs no charset, unless the charset switches by escapes (ISO-2022, HZ)."""
    if not data.isascii() or b"\x1b" in data or name in {"hz", "hz-gb-2312"}:
        return None
    if name.startswith(("utf-16", "utf16", "utf-32", "utf32")):
        return None
    return data.decode("ascii")  # UTF-7 is not decoded on purpose: it hides markup


def _is_unknown(name: str) -> bool:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return True
    return not getattr(info, "_is_text_encoding", True) or (
        info.name.replace("-", "_") in _NOT_FOR_MAIL
    )


def _strict(data: bytes, names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return None


def _guess(data: bytes) -> tuple[str, str]:
    """Unlabelled bytes: strict UTF-8, then Big5 or GB by the look of the byte pairs."""
    for name in ("utf-8", *_chinese_candidates(data), "cp1252"):
        text = _strict(data, (name,))
        if text is not None:
            return text, name
    return data.decode("utf-8", "replace"), "utf-8 with losses"


def _chinese_candidates(data: bytes) -> tuple[str, ...]:
    """Big5 has second bytes below 0x80, GB 2312 none; else the commoner leads decide."""
    pairs = _byte_pairs(data[:20_000])
    if len(_AFTER_A_LETTER.findall(data[:20_000])) * 3 > len(pairs):
        return ()  # high bytes inside words: a Latin text
    low = sum(0x40 <= second <= 0x7E for _, second in pairs)
    big5 = sum(0xA4 <= lead <= 0xC6 for lead, _ in pairs)
    gb = sum(0xB0 <= lead <= 0xD7 for lead, _ in pairs)
    first_big5 = low > 0 or big5 >= gb
    return ("cp950", "big5hkscs", "gb18030") if first_big5 else ("gb18030", "cp950", "big5hkscs")


def _byte_pairs(data: bytes) -> list[tuple[int, int]]:
    pairs = []
    at = 0
    while at + 1 < len(data):
        if data[at] >= 0x80:
            pairs.append((data[at], data[at + 1]))
            at += 2
        else:
            at += 1
    return pairs


def _repair(data: bytes, name: str) -> tuple[str, str]:
    """The label is known and wrong: keep it when few characters are damaged, else guess."""
    labelled = data.decode(_REAL_NAMES.get(name, (name,))[0], "replace")
    if labelled.count("\ufffd") * 50 <= len(labelled):
        return labelled, f"charset {name} with damaged characters"
    text, found = _guess(data)
    if found == "cp1252":
        return labelled, f"charset {name} with damaged characters"
    return text, f"charset {name} is wrong, read as {found}"
