"""Lists of people: the registrar's enrolment list, and who has collected a certificate."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mailflow.person import Field, normalise
from mailflow.sheets import cells
from mailflow.sheets.named import (
    CASE,
    NAME,
    NATIONAL_ID,
    PERSONS,
    STATUS,
    STUDENT_NO,
    Named,
    key,
    read_named,
)
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.seeming import seeming
from mailflow.sheets.tables import Cell

_ENROLLED = frozenset({"在學", "在校", "復學", "延修", "enrolled", "active"})
_GONE = frozenset(
    {"休學", "退學", "畢業", "離校", "應退", "保留入學", "開除", "轉學", "graduated", "withdrawn"}
)
_STATUS_ALONE = frozenset({"在學狀態", "學籍狀態", "學籍"})  # no other file has such a column
_NEEDED = "在學名冊要有「學號」與「在學狀態」兩欄，例如「113590001、在學」"
_OR_ALL = "若註冊組給的名冊只列在學的人，請加 --all-enrolled"
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


def read_enrolment(source: Path | bytes, *, all_enrolled: bool = False) -> tuple[EnrolmentRow, ...]:
    """The registrar's list: a student number and a status in each row.

    Only where staff say that `all_enrolled` it may lack the status; then everybody on it is.
    Raises ExportError with every problem, for a file that seems to be another one too.
    """
    named = read_named(source, needs=lambda names: STUDENT_NO in names, wanted="學號、在學狀態")
    problems = list(_no_enrolment_list(named, all_enrolled=all_enrolled))
    if problems:
        raise ExportError(problems)
    found: dict[str, bool] = {}
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


def _no_enrolment_list(named: Named, *, all_enrolled: bool) -> Iterator[FileProblem]:
    """Why this is not the list that was asked for, before any row is looked at."""
    header = named.table.header
    says_status = any(key(cell) in _STATUS_ALONE for cell in header)
    other = "" if says_status else seeming(header)
    if other:
        yield FileProblem(0, "", "", f"這看起來是{other}，不是在學名冊；{_NEEDED}")
    elif STATUS not in named.at and not all_enrolled:
        yield FileProblem(0, "", "", f"沒有「在學狀態」這一欄；{_NEEDED}；{_OR_ALL}")
    elif STATUS in named.at and all_enrolled:
        yield FileProblem(0, "", "", "檔案已有在學狀態，請勿加 --all-enrolled")
    numbers = [student_no_in(named, row) for _, row in named.table.rows]
    if not numbers:
        yield FileProblem(0, "", "", "標題列下沒有任何學生；請確認是否選對檔案")
    elif 2 * sum(_looks_like_number(one) for one in numbers) < len(numbers):
        yield FileProblem(0, STUDENT_NO, "", "這一欄多半不是學號；請確認是否選對檔案")


def _looks_like_number(text: str | None) -> bool:
    return not text or isinstance(
        normalise(Field.STUDENT_NO, text), str
    )  # a gap is told by its row


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
