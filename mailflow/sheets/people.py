"""Lists of people: the registrar's enrolment list, and who has collected a certificate."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from mailflow.sheets import cells
from mailflow.sheets.named import (
    CASE,
    NAME,
    NATIONAL_ID,
    PERSONS,
    STATUS,
    STUDENT_NO,
    Named,
    read_named,
)
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell

_ENROLLED = frozenset({"在學", "在校", "復學", "延修", "enrolled", "active"})
_GONE = frozenset(
    {"休學", "退學", "畢業", "離校", "應退", "保留入學", "開除", "轉學", "graduated", "withdrawn"}
)
_LOST = "試算表改動了這個學號，無法還原；請把欄位設成「純文字」再匯出"


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One student number and whether it is enrolled."""

    student_no: str = field(repr=False)
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a list, by whatever the list knows; '' where it does not."""

    number: int
    case: str = ""
    national_id: str = field(default="", repr=False)
    student_no: str = field(default="", repr=False)
    name: str = field(default="", repr=False)


def read_enrolment(source: Path | bytes) -> tuple[EnrolmentRow, ...]:
    """The registrar's list; without a status column everybody on it counts as enrolled.

    Raises ExportError with every problem.
    """
    named = read_named(source, needs=lambda names: STUDENT_NO in names, wanted="學號（、在學狀態）")
    found: dict[str, bool] = {}
    problems = []
    for number, row in named.table.rows:
        student = student_no_in(named, row)
        if student is None:
            problems.append(FileProblem(number, STUDENT_NO, named.text(row, STUDENT_NO), _LOST))
            continue
        status = _status(named.text(row, STATUS)) if STATUS in named.at else True
        if not student:
            problems.append(FileProblem(number, STUDENT_NO, "", "這一列沒有學號；請補上或刪除"))
        elif status is None:
            remedy = "認不得的狀態；請寫「在學」「休學」「退學」或「畢業」"
            problems.append(FileProblem(number, STATUS, named.text(row, STATUS), remedy))
        elif found.get(student, status) != status:
            problems.append(FileProblem(number, STUDENT_NO, "", "同一學號有兩種狀態；請只留一列"))
        else:
            found[student] = status
    if problems:
        raise ExportError(problems)
    return tuple(EnrolmentRow(student, status) for student, status in found.items())


def read_people(source: Path | bytes) -> tuple[PersonRow, ...]:
    """A list of people, each named by at least one of case number, ID number, student number,
    name. Raises ExportError with every problem."""
    named = read_named(
        source, needs=lambda names: bool(names & set(PERSONS)), wanted="、".join(PERSONS)
    )
    rows, problems = [], []
    for number, row in named.table.rows:
        person = person_in(named, number, row)
        if isinstance(person, FileProblem):
            problems.append(person)
        else:
            rows.append(person)
    if problems:
        raise ExportError(problems)
    return tuple(rows)


def person_in(named: Named, number: int, row: tuple[Cell, ...]) -> PersonRow | FileProblem:
    """Who a row is about, or why that can't be told."""
    student = student_no_in(named, row)
    if student is None:
        return FileProblem(number, STUDENT_NO, named.text(row, STUDENT_NO), _LOST)
    person = PersonRow(
        number,
        case=_folded(named.text(row, CASE)),
        national_id=_folded(named.text(row, NATIONAL_ID)).upper(),
        student_no=student,
        name=named.text(row, NAME),
    )
    if not (person.case or person.national_id or person.student_no or person.name):
        return FileProblem(number, "", "", "這一列看不出是誰；請填案號、身分證字號或學號")
    return person


def student_no_in(named: Named, row: tuple[Cell, ...]) -> str | None:
    """The student number in capitals; None when a spreadsheet has destroyed it."""
    recovered = cells.student_no(named.cell(row, STUDENT_NO))
    return None if recovered is None else _folded(recovered.text).upper()


def _status(text: str) -> bool | None:
    word = _folded(text).casefold()
    return True if word in _ENROLLED else False if word in _GONE else None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
