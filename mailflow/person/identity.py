"""National ID numbers and resident certificate numbers (身分證字號, 統一證號), old and new.

Source of the rule: the letter counts as two digits, the eleven digits are weighted and the sum
must divide by ten; checked against 97 published and computed numbers. Known blind spot: the
last two digits weigh the same, so swapping them is not seen; only the student can.
"""

import re
import unicodedata
from enum import StrEnum

_LETTERS = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", start=10)}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_LENGTH = 10
_AS_LETTERS = str.maketrans("01", "OI")
_AS_DIGITS = str.maketrans("OI", "01")
_DASHES = re.compile(r"[‐‑‒–—−﹣－]")


class IdKind(StrEnum):
    NATIONAL = "national_id"
    RESIDENT = "resident"  # 統一證號 issued since 2021-01-02
    RESIDENT_OLD = "resident_old"  # usable until 2030-12-31


_SHAPES = (
    (re.compile(r"[A-Z][12][0-9]{8}"), IdKind.NATIONAL),
    (re.compile(r"[A-Z][89][0-9]{8}"), IdKind.RESIDENT),
    (re.compile(r"[A-Z][A-D][0-9]{8}"), IdKind.RESIDENT_OLD),
)


def kind_of(number: str) -> IdKind | None:
    """The kind by shape alone; None when it has the shape of no identity number."""
    for shape, kind in _SHAPES:
        if shape.fullmatch(number):
            return kind
    return None


def check_digit_fits(number: str) -> bool:
    """For a number with a known shape: does the weighted sum divide by ten?"""
    first = _LETTERS[number[0]]
    second = int(number[1]) if number[1].isdigit() else _LETTERS[number[1]] % 10
    digits = (first // 10, first % 10, second, *map(int, number[2:]))
    return sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0


def read_number(text: str) -> tuple[str, str]:
    """The number in capitals, without blanks and hyphens, and what is wrong with it ('' = nothing).

    O and 0, I and 1 are told apart by their place and the check digit then decides. Troubles:
    `length`, `shape` (no identity number looks so), `check_digit`.
    """
    number = re.sub(r"[\s-]+", "", _DASHES.sub("-", unicodedata.normalize("NFKC", text))).upper()
    number = number.strip(".,;:。")
    if len(number) != _LENGTH:
        return number, "length"
    if kind_of(number) is None:
        number = _by_place(number)
    if kind_of(number) is None:
        return number, "shape"
    return number, "" if check_digit_fits(number) else "check_digit"


def _by_place(number: str) -> str:
    """The first place has a letter, the last eight have digits; a mobile number stays one."""
    if number.startswith("09"):
        return number
    tail = number[1:].translate(_AS_DIGITS)
    return number[0].translate(_AS_LETTERS) + tail


def swapped_twin(number: str) -> str | None:
    """The number with its last two digits swapped, which fits as well; None when they are equal."""
    twin = number[:-2] + number[:-3:-1]
    return twin if twin != number else None


def sex_of(number: str) -> str | None:
    """男 or 女 as the second character tells it; None for a number of unknown shape."""
    if kind_of(number) is None:
        return None
    return "男" if number[1] in "18AC" else "女"
