"""One reading against its label: which intent, what is dangerous, which values, how clean the text.

D1 = read as a confirmation that is none, D2 = not held though a careful clerk would, D3 = acted on
with a wrong or invented value. What is held for a person is never dangerous. Values are compared in
normal forms of its own, on purpose without the product's.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Line = Mapping[str, Any]
MACHINES = ("bounce", "auto_reply", "spam", "list_or_bulk")
LONG_LINE = 20
GROSS_LINES = 3
UNKNOWN_WORDS = "words_not_understood"
SHORT_DEPARTMENTS = {
    "資工": "資訊工程系", "電機": "電機工程系", "電子": "電子工程系", "資財": "資訊與財金管理系",
    "機械": "機械工程系", "車輛": "車輛工程系", "光電": "光電工程系", "工管": "工業工程與管理系",
    "經管": "經營管理系", "互動": "互動設計系", "應英": "應用英文系",
}  # fmt: skip
_WORDS = {
    "sex": {"m": "男", "male": "男", "f": "女", "female": "女", "男生": "男", "女生": "女"},
    "retake": {"yes": "是", "true": "是", "no": "否", "false": "否"},
}


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("台", "臺")


def _department(text: str) -> str:
    found = _tidy(text)
    return SHORT_DEPARTMENTS.get(found.removesuffix("系"), found)


def _phone(text: str) -> str:
    digits = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^\+?886", "0", digits)


def _name_en(text: str) -> str:
    found = re.sub(r"[‐‑–—−]", "-", unicodedata.normalize("NFKC", text).upper())
    return re.sub(r"\s+", " ", re.sub(r"\s*([,-])\s*", r"\1", found)).strip()


def normal(name: str, value: object) -> object:
    """A field's value as the label guide compares it."""
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    simple = {
        "name_zh": lambda: re.sub(r"\s+", "", text),
        "name_en": lambda: _name_en(text),
        "national_id": lambda: re.sub(r"[\s-]+", "", _tidy(text)).upper(),
        "student_no": lambda: re.sub(r"[\s-]+", "", _tidy(text)).upper(),
        "department": lambda: _department(text),
        "phone": lambda: _phone(text),
        "email": lambda: _tidy(text).lower(),
        "address": lambda: re.sub(r"^\d{3,6}(?=\D)", "", _tidy(text)).lower(),
        "exam": lambda: re.sub(r"[()「」–-]", "", _tidy(text)).lower(),
        "exam_area": lambda: re.sub(r"(考區|市|縣)$", "", _tidy(text)),
        "subjects": lambda: tuple(sorted(re.split(r"[、,;/|]+", _tidy(text)))),
    }
    if name in simple:
        return simple[name]()
    return _WORDS.get(name, {}).get(text.strip().lower(), text.strip())


@dataclass(slots=True)
class Marks:
    """What one reading got right and wrong."""

    file: str
    wanted: str
    read: str
    lenient: bool = False
    held: bool = False
    level: str = "no"
    danger: list[str] = field(default_factory=list)
    value_errors: list[str] = field(default_factory=list)
    values_right: int = 0
    values_wanted: int = 0
    invented: int = 0
    text: str = ""
    """clean, untidy, lost or gross; empty = not marked (machines' mail)"""
    ratio: float = 1.0
    by_words_alone: bool = False
    """A mail that must be held, held for nothing but words that the reading doesn't know"""

    @property
    def sure(self) -> bool:
        return not self.held

    @property
    def needless(self) -> bool:
        return self.held and self.level == "no"


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))


def _mark_text(marks: Marks, *, wanted: str, read: str) -> None:
    a, b = _bare(read), _bare(wanted)
    marks.ratio = 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    ours = [_bare(line) for line in wanted.split("\n") if _bare(line)]
    extra = [line for line in map(_bare, read.split("\n")) if line and line not in b]
    if any(line not in a for line in ours):
        marks.text = "lost"
    elif len(extra) >= GROSS_LINES and sum(map(len, extra)) > LONG_LINE:
        marks.text = "gross"
    else:
        marks.text = "untidy" if any(len(line) >= LONG_LINE for line in extra) else "clean"


def _mark_values(marks: Marks, wanted: Sequence[Line], read: Sequence[Line]) -> None:
    got = {line["field"]: line.get("new_value") for line in read}
    for line in wanted:
        name, value = line["field"], got.pop(line["field"], None)
        rights = [normal(name, x) for x in [line["new_value"], *line.get("accept", [])] if x]
        counted = line["new_value"] is not None and not line.get("optional")
        marks.values_wanted += counted
        if value in (None, ""):
            if counted:
                marks.value_errors.append(f"{name} missed")
        elif normal(name, value) in rights:
            marks.values_right += counted
        else:
            marks.invented += line["new_value"] is None
            marks.value_errors.append(f"{name} wrong")
    for name, value in got.items():
        if value not in (None, ""):
            marks.invented += 1
            marks.value_errors.append(f"{name} invented")


def mark(label: Line, read: Line) -> Marks:
    """The marks of one message; `read` is a line of `mailflow explain`."""
    held = bool(read["flagged"])
    marks = Marks(label["file"], label["intent"], read["intent"], held=held)
    marks.level, marks.lenient = label["flag_level"], read["intent"] in label["intent_accept"]
    _mark_values(marks, label["corrections"], read["corrections"])
    if not held:
        if read["intent"] == "confirm" and label["intent"] != "confirm":
            marks.danger.append("D1")
        if label["must_flag_for_staff"]:
            marks.danger.append("D2")
        if any(not error.endswith("missed") for error in marks.value_errors):
            marks.danger.append("D3")
    marks.by_words_alone = label["must_flag_for_staff"] and read["reasons"] == [UNKNOWN_WORDS]
    if label["intent"] not in MACHINES:
        _mark_text(marks, wanted=label["new_text"], read=read["new_text"])
    return marks


def macro_f1(all_marks: Sequence[Marks]) -> float:
    """The mean F1 over the intents that are present."""
    scores = []
    for intent in {marks.wanted for marks in all_marks}:
        right = sum(m.wanted == m.read == intent for m in all_marks)
        named = sum(m.wanted == intent for m in all_marks) + sum(
            m.read == intent for m in all_marks
        )
        scores.append(2 * right / named)
    return sum(scores) / len(scores) if scores else 0.0
