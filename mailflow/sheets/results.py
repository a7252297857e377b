"""The examiner's results (CSV, XLSX) → one row of marks per person and exam.

Either one row a person with a column per subject, or one row a subject with 科目 and 成績.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from mailflow.aftercare import Mark
from mailflow.sheets.cells import text_of
from mailflow.sheets.moments import due_day
from mailflow.sheets.named import (
    DAY,
    EXAM,
    PERSONS,
    SCORE,
    SUBJECT,
    Named,
    key,
    read_named,
)
from mailflow.sheets.people import PersonRow, person_in
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell

_ABSENT = frozenset({"缺考", "缺", "未到", "未到考", "absent"})
_SCORE = re.compile(r"(?P<score>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?分?")
_SUFFIXES = ("", "成績", "分數", "得分")
_WANTED = "案號、身分證字號、學號或姓名，以及科目與成績（或每科一欄）"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One person's marks in one exam; `number` is the (first) row in the spreadsheet."""

    number: int
    person: PersonRow
    exam: str
    exam_on: date | None
    marks: tuple[Mark, ...] = field(repr=False)


def read_results(source: Path | bytes, *, subjects: Collection[str]) -> tuple[ResultRow, ...]:
    """Read a whole file; `subjects` are the round's, by which columns are known.

    A blank cell in a subject's column means that the person did not register for it; who was
    absent has 缺考 or 0. Raises ExportError with every problem; then nothing of it counts.
    """
    more = {key(name + suffix): name for name in subjects for suffix in _SUFFIXES}
    named = read_named(
        source, needs=lambda names: _is_results(names, set(subjects)), wanted=_WANTED, more=more
    )
    return _Reader(named, [name for name in subjects if name in named.at]).rows()


def _is_results(names: set[str], subjects: set[str]) -> bool:
    return bool(names & set(PERSONS)) and ({SUBJECT, SCORE} <= names or bool(names & subjects))


class _Reader:
    """One pass over one table; gathers all problems on the way."""

    def __init__(self, named: Named, columns: list[str]) -> None:
        self._named = named
        self._columns = columns
        self._problems: list[FileProblem] = []
        self._found: dict[tuple[object, ...], ResultRow] = {}

    def rows(self) -> tuple[ResultRow, ...]:
        for number, row in self._named.table.rows:
            self._row(number, row)
        if self._problems:
            raise ExportError(self._problems)
        return tuple(self._found.values())

    def _row(self, number: int, row: tuple[Cell, ...]) -> None:
        person = person_in(self._named, number, row)
        exam_on = self._day(number, row)
        marks = self._marks(number, row)
        if isinstance(person, FileProblem):
            self._problems.append(person)
            return
        if not marks:
            if not self._problems or self._problems[-1].row != number:
                self._refuse(number, SCORE, "", "這一列沒有任何成績；缺考請寫「缺考」或 0")
            return
        exam = unicodedata.normalize("NFKC", self._named.text(row, EXAM))
        who = (person.case, person.national_id, person.student_no, person.name, exam)
        known = self._found.get(who)
        if known is None:
            self._found[who] = ResultRow(number, person, exam, exam_on, marks)
            return
        if {mark.subject for mark in known.marks} & {mark.subject for mark in marks}:
            self._refuse(number, SUBJECT, "", f"與第 {known.number} 列是同一人同一科；請只留一列")
            return
        self._found[who] = ResultRow(
            known.number, person, exam, known.exam_on or exam_on, known.marks + marks
        )

    def _marks(self, number: int, row: tuple[Cell, ...]) -> tuple[Mark, ...]:
        if self._columns:
            told = [(name, self._named.cell(row, name)) for name in self._columns]
            told = [(name, cell) for name, cell in told if text_of(cell).strip()]
        else:
            subject = unicodedata.normalize("NFKC", self._named.text(row, SUBJECT))
            told = [(subject, self._named.cell(row, SCORE))]
            if not subject:
                self._refuse(number, SUBJECT, "", "沒有科目名稱；請補上")
        marks = [self._mark(number, subject, cell) for subject, cell in told]
        return tuple(mark for mark in marks if mark)

    def _mark(self, number: int, subject: str, cell: Cell) -> Mark | None:
        text = unicodedata.normalize("NFKC", text_of(cell)).strip()
        if text.casefold() in _ABSENT:
            return Mark(subject, Decimal(0), absent=True)
        found = _SCORE.fullmatch(text)
        score = Decimal(found["score"]) if found else None
        if score is None or score > 100:
            remedy = "成績要是 0 到 100 的數字（最多兩位小數），缺考請寫「缺考」"
            self._refuse(number, subject or SCORE, text, remedy)
            return None
        return Mark(subject, score)

    def _day(self, number: int, row: tuple[Cell, ...]) -> date | None:
        cell = self._named.cell(row, DAY)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = text_of(cell).strip()
        if not text:
            return None
        found = due_day(text, year=0)
        if found is None:
            self._refuse(number, DAY, text, "日期要含年份，例如 2025-11-08 或 114/11/08")
        return found

    def _refuse(self, number: int, column: str, read: str, remedy: str) -> None:
        self._problems.append(FileProblem(number, column, read, remedy))
