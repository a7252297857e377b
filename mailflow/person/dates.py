"""Days, above all birth dates, as people write them: Gregorian or Minguo, Chinese or English.

What can be read in two ways is refused, never guessed.
"""

import re
import unicodedata
from datetime import date

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "兩": 2}
_NUMERAL = "〇○零一二兩三四五六七八九十百廿卅"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YOUNGEST, _OLDEST = 16, 90
_EARLIEST, _LATEST = 1900, 2099

_ERA = r"中華民國|中华民国|民國|民国|民|r\.?o\.?c\.?|西元|公元"
_SEP = r"[ ]?[-/.,、][ ]?"
_YMD = re.compile(
    rf"(?P<era>{_ERA})?[ ]?(?P<y>[0-9]{{1,4}})(?:[ ]?年[ ]?|{_SEP}|[ ])"
    rf"(?P<m>[0-9]{{1,2}})(?:[ ]?月(?:份)?[ ]?|{_SEP}|[ ])(?P<d>[0-9]{{1,2}})[ ]?(?:日|號|号)?",
    re.IGNORECASE,
)
_DMY = re.compile(rf"(?P<a>[0-9]{{1,2}}){_SEP}(?P<b>[0-9]{{1,2}}){_SEP}(?P<y>[0-9]{{4}})")
_PACKED = re.compile(rf"(?P<era>{_ERA})?[ ]?(?P<digits>[0-9]{{6,8}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    r"(?P<m>[a-z]{3,9})\.?[ ](?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ](?P<y>[0-9]{4})", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?:of[ ])?(?P<m>[a-z]{3,9})\.?,?[ -](?P<y>[0-9]{4})",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?P<y>[0-9]{4})[ -](?P<m>[a-z]{3,9})\.?[ -](?P<d>[0-9]{1,2})", re.IGNORECASE
)
_MD = re.compile(rf"(?P<m>[0-9]{{1,2}})(?:[ ]?月[ ]?|{_SEP})(?P<d>[0-9]{{1,2}})[ ]?(?:日|號|号)?")
_AFTERWARDS = re.compile(r"[ ]?[(（](?P<again>[^()（）]{1,30})[)）]$")
_WEEKDAY = re.compile(r"^(?:星期|週|周|禮拜)?(?P<day>[一二三四五六日天])$")
_BARE_WEEKDAY = re.compile(r"[ ]?(?P<again>(?:星期|週|周|禮拜)[一二三四五六日天])$")
_WEEKDAYS = "一二三四五六日"
_CHINESE = re.compile(f"[{_NUMERAL}]+")


def chinese_number(text: str) -> int:
    """九十三 → 93, 二〇〇四 → 2004, 一百零三 → 103, 廿一 → 21."""
    if not set(text) & set("十百廿卅"):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in "廿卅":
            total += 20 if char == "廿" else 30
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def with_arabic_digits(text: str) -> str:
    """Chinese numerals → digits, where they are followed by 年, 月, 日 or 號, or end behind 月."""
    out, last = [], 0
    for found in _CHINESE.finditer(text):
        ends_a_date = found.end() == len(text) and text[: found.start()].endswith("月")
        if ends_a_date or text[found.end() : found.end() + 1] in tuple("年月日號号"):
            out += [text[last : found.start()], str(chinese_number(found[0]))]
            last = found.end()
    return "".join([*out, text[last:]])


def read_date(text: str, *, as_of: date) -> date | str:
    """The birth date that `text` as a whole states, or a code: why there is none.

    Codes: those of `read_day`, and `implausible` (younger than 16 or older than 90 on `as_of`).
    """
    read = read_day(text, as_of=as_of)
    if isinstance(read, date) and not _YOUNGEST <= as_of.year - read.year <= _OLDEST:
        return "implausible"
    return read


def read_day(text: str, *, as_of: date, year: int | None = None) -> date | str:
    """The day that `text` as a whole states; `year` is that of a day written without one.

    Codes for none: `unreadable`, `impossible` (no such day), `ambiguous` (two readings),
    `weekday` (the weekday beside it is another day's), `implausible` (no year of our time).
    """
    folded = with_arabic_digits(" ".join(unicodedata.normalize("NFKC", text).split()))
    folded = re.sub(r"[ ]?(?:出?生|born)$", "", folded)
    if again := _AFTERWARDS.search(folded) or _BARE_WEEKDAY.search(folded):
        first = read_day(folded[: again.start()], as_of=as_of, year=year)
        if weekday := _WEEKDAY.match(again["again"]):
            return _on_weekday(first, weekday["day"])
        second = read_day(again["again"], as_of=as_of, year=year)
        return first if first == second else "ambiguous"
    if year and (found := _MD.fullmatch(folded)):
        return _day(year, int(found["m"]), int(found["d"]))
    for pattern, reader in _READERS:
        if found := pattern.fullmatch(folded):
            return reader(found.groupdict(), as_of)
    return "unreadable"


def _on_weekday(read: date | str, name: str) -> date | str:
    if isinstance(read, str):
        return read
    return read if _WEEKDAYS[read.weekday()] == name.replace("天", "日") else "weekday"


def _day(year: int, month: int, day: int) -> date | str:
    if not _EARLIEST <= year <= _LATEST:
        return "implausible"
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"


def _year(text: str, era: str | None, as_of: date) -> int | str:
    """The Gregorian year; an unmarked short year is Minguo, unless 19xx fits a student as well."""
    number = int(text)
    if era and era.lower() in ("西元", "公元"):
        return number if len(text) == 4 else "ambiguous"
    if era:
        return number + 1911
    if len(text) == 4:
        return "ambiguous" if text.startswith("0") else number
    if len(text) == 3:
        return number + 1911
    too_young = as_of.year - (number + 1911) < _YOUNGEST
    return "ambiguous" if number < 60 or too_young else number + 1911


def _read_ymd(parts: dict[str, str | None], as_of: date) -> date | str:
    year = _year(parts["y"] or "", parts["era"], as_of)
    return year if isinstance(year, str) else _day(year, int(parts["m"] or 0), int(parts["d"] or 0))


def _read_dmy(parts: dict[str, str | None], _as_of: date) -> date | str:
    a, b, year = (int(parts[key] or 0) for key in "aby")
    if a <= 12 and b <= 12 and a != b:
        return "ambiguous"
    return _day(year, min(a, b), max(a, b))


def _read_packed(parts: dict[str, str | None], as_of: date) -> date | str:
    digits = parts["digits"] or ""
    year, month, day = digits[:-4], int(digits[-4:-2]), int(digits[-2:])
    if len(digits) == 8:
        return _day(int(year), month, day) if year[0] in "12" else "ambiguous"
    gregorian = _year(year, parts["era"], as_of)
    return gregorian if isinstance(gregorian, str) else _day(gregorian, month, day)


def _read_english(parts: dict[str, str | None], _as_of: date) -> date | str:
    month = (parts["m"] or "")[:3].lower()
    if month not in _MONTHS:
        return "unreadable"
    return _day(int(parts["y"] or 0), _MONTHS.index(month) + 1, int(parts["d"] or 0))


_READERS = (
    (_YMD, _read_ymd),
    (_DMY, _read_dmy),
    (_PACKED, _read_packed),
    (_MONTH_FIRST, _read_english),
    (_DAY_FIRST, _read_english),
    (_YEAR_FIRST, _read_english),
)
