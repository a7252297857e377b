"""Whose slip is it? Rows and papers from elsewhere, brought to the cases of a campaign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mailflow.person import Field
from mailflow.slips.checking import Said
from mailflow.slips.foreign import PaperSlip, TableRow
from mailflow.store.cases import CaseView


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that was not taken: where it stands, whose it seems to be ('' when unknown), and
    why: a code of `mailflow.slips.remedies` or a reason of the workflow."""

    place: str
    case: str
    code: str


@dataclass(slots=True)
class Matched:
    """What was brought for each case, by its number; what belongs to none is a misfit."""

    said: dict[str, Said] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)


class Directory:
    """The cases of a campaign, by the numbers that a slip may bear."""

    def __init__(self, cases: Iterable[CaseView]) -> None:
        self._by_number = {case.number.upper(): case for case in cases}
        self._by_student: dict[str, list[CaseView]] = {}
        for case in self._by_number.values():
            student = case.data[Field.STUDENT_NO].upper()
            self._by_student.setdefault(student, []).append(case)

    def of_row(self, row: TableRow) -> CaseView | str:
        """The case of a row, or why there is none."""
        students = self._by_student.get(row.student_no.upper(), []) if row.student_no else []
        if row.case:
            case = self._by_number.get(row.case.upper())
            if case is None:
                return "no_such_case"
            return case if not row.student_no or case in students else "numbers_disagree"
        if not students:
            return "no_such_case"
        return students[0] if len(students) == 1 else "number_of_several_cases"

    def of_words(self, words: Sequence[str]) -> list[CaseView]:
        """The cases whose case number or student number is among the words."""
        found = {}
        for word in words:
            numbered = self._by_number.get(word)
            for case in [numbered] if numbered else self._by_student.get(word, []):
                found[case.number] = case
        return list(found.values())

    def of_account(self, accounts: Iterable[str]) -> list[CaseView]:
        """The cases whose slip in force has one of these accounts."""
        wanted = set(accounts)
        known = self._by_number.values()
        return [case for case in known if case.slip and case.slip.account in wanted]


def match(rows: Iterable[TableRow], papers: Iterable[PaperSlip], directory: Directory) -> Matched:
    """Each row and paper to the one case whose number it bears.

    A paper without a number goes where a row, or the slip in force, has its account.
    """
    matched = Matched()
    by_account: dict[str, set[str]] = {}
    for row in rows:
        case = directory.of_row(row)
        if isinstance(case, str):
            matched.misfits.append(Misfit(row.place, row.case, case))
            continue
        _add(matched, case.number, rows=(row,))
        if row.account:
            by_account.setdefault(row.account, set()).add(case.number)
    for paper in papers:
        numbers, code = _of_paper(paper, directory, by_account)
        if code:
            matched.misfits.append(Misfit(paper.place, "、".join(sorted(numbers)), code))
        else:
            _add(matched, numbers.pop(), papers=(paper,))
    return matched


def _of_paper(
    paper: PaperSlip, directory: Directory, by_account: dict[str, set[str]]
) -> tuple[set[str], str]:
    """The numbers of the cases that a paper may be for, and why it can't be taken, if so."""
    if paper.problem:
        return set(), paper.problem
    numbers = {case.number for case in directory.of_words(paper.words)}
    if not numbers:
        for account in paper.accounts:
            numbers |= by_account.get(account, set())
        numbers = numbers or {case.number for case in directory.of_account(paper.accounts)}
    if not numbers:
        return numbers, "no_case_found"
    return numbers, "names_several_cases" if len(numbers) > 1 else ""


def _add(
    matched: Matched,
    number: str,
    *,
    rows: tuple[TableRow, ...] = (),
    papers: tuple[PaperSlip, ...] = (),
) -> None:
    said = matched.said.get(number, Said())
    matched.said[number] = Said((*said.rows, *rows), (*said.papers, *papers))
