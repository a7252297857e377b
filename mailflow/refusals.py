"""What is wrong with a value in a TOML file, in the house's own words: what to write instead.

Values are never repeated: one of them may be a secret that stands in the wrong place.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

_KINDS = {
    "int": "write a whole number without quotes, e.g. 3",
    "float": "write a number without quotes, e.g. 1.5",
    "bool": "write true or false, without quotes",
    "string": 'write a text in double quotes, e.g. "…"',
    "path": "write a path in double quotes",
    "date": "write a day without quotes, e.g. 2025-09-17",
    "datetime": "write a moment with its offset, without quotes, e.g. 2025-09-17T17:00:00+08:00",
    "tuple": "write a list in square brackets, e.g. [3, 1]",
    "list": "write a list in square brackets, e.g. [3, 1]",
    "set": "write a list in square brackets, e.g. [3, 1]",
    "frozen_set": "write a list in square brackets, e.g. [3, 1]",
    "dict": "write a table: its name in square brackets on a line of its own, its keys below",
    "model": "write a table: its name in square brackets on a line of its own, its keys below",
}
_WORDS = {
    **{f"{kind}_type": words for kind, words in _KINDS.items()},
    **{f"{kind}_parsing": words for kind, words in _KINDS.items()},
    "int_from_float": _KINDS["int"],
    "date_from_datetime_parsing": _KINDS["date"],
    "date_from_datetime_inexact": _KINDS["date"],
    "datetime_from_date_parsing": _KINDS["datetime"],
    "model_attributes_type": _KINDS["model"],
    "literal_error": "write one of {expected}",
    "enum": "write one of {expected}",
    "greater_than": "write more than {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than": "write less than {lt}",
    "less_than_equal": "write {le} or less",
    "string_too_short": "write at least {min_length} character(s)",
    "too_short": "write at least {min_length}",
    "too_long": "write {max_length} at most",
    "string_pattern_mismatch": "is not of the form {pattern}: compare the sample {sample}",
    "extra_forbidden": "no such key: mistyped, or in another table? Compare the sample {sample}",
    "missing": "is missing: write it as in the sample {sample}",
    "value_error": "{error}",
}


def problems(path: Path, error: ValidationError, *, sample: str) -> Iterator[str]:
    """A line for each: file, key, and what to write. `sample` is a file that shows how."""
    for problem in error.errors():
        place = ".".join(map(str, problem["loc"])) or path.stem
        words = _WORDS.get(problem["type"], f"can't be used: compare the sample {sample}")
        told = {"sample": sample, **problem.get("ctx", {})}
        yield f"{path}: {place}: {words.format_map(told)}"
