"""Small lists with named columns: header by alias, rows as texts."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailflow.sheets.cells import text_of
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell, Layout, Table, bytes_of, read_table

CASE, NATIONAL_ID, STUDENT_NO, NAME = "案號", "身分證字號", "學號", "姓名"
EXAM, DAY, SUBJECT, SCORE, STATUS = "鑑定項目", "日期", "科目", "成績", "在學狀態"
PERSONS = (CASE, NATIONAL_ID, STUDENT_NO, NAME)

_ALIASES: Mapping[str, str] = {
    CASE: "案號 報名編號 案件編號 case casenumber",
    NATIONAL_ID: "身分證字號 身份證字號 身分證號 身分證號碼 身分證統一編號 國民身分證統一編號 證號 "
    "居留證號 統一證號 idnumber nationalid",
    STUDENT_NO: "學號 studentno studentnumber studentid",
    NAME: "姓名 中文姓名 考生姓名 name",
    EXAM: "鑑定項目 考試項目 報考項目 鑑定名稱 考試名稱 證書名稱 exam",
    DAY: "日期 考試日期 應考日 應考日期 鑑定日期 領取日期 examdate date",
    SUBJECT: "科目 考科 考試科目 科目名稱 鑑定科目 subject",
    SCORE: "成績 分數 得分 score",
    STATUS: "在學狀態 學籍狀態 狀態 學籍 status",
}
_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_NOTES = re.compile(r"\([^()]*\)|\[[^][]*\]|【[^【】]*】")


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose columns are known. `at` maps our names to column indexes."""

    table: Table
    at: Mapping[str, int]

    def text(self, row: tuple[Cell, ...], name: str) -> str:
        """What stands there, '' without such a column."""
        return " ".join(text_of(self.cell(row, name)).split())

    def cell(self, row: tuple[Cell, ...], name: str) -> Cell:
        return row[self.at[name]] if name in self.at else ""


def key(header: str) -> str:
    """A header as compared: width, case, blanks and notes in brackets don't count."""
    text = _NOTES.sub("", unicodedata.normalize("NFKC", header))
    return re.sub(r"[\s*:_]+", "", text).casefold()


def read_named(
    source: Path | bytes,
    *,
    needs: Callable[[set[str]], bool],
    wanted: str,
    more: Mapping[str, str] | None = None,
) -> Named:
    """The first table whose header satisfies `needs` (a predicate over our column names).

    `more` maps further header keys to names. `wanted` says in words which columns are looked
    for. Raises ExportError when there is no such table or a column stands twice.
    """
    known = {**_BY_ALIAS, **(more or {})}

    def names(cells: Sequence[str]) -> list[str | None]:
        return [known.get(key(cell)) for cell in cells]

    def is_header(cells: Sequence[str]) -> bool:
        return needs({name for name in names(cells) if name})

    table = read_table(bytes_of(source), Layout(is_header, headline=wanted))
    at: dict[str, int] = {}
    twice = []
    for index, name in enumerate(names(table.header)):
        if name in at:
            twice.append(FileProblem(1, table.header[index], "", "這一欄出現兩次；請只留一欄"))
        elif name:
            at[name] = index
    if twice:
        raise ExportError(twice)
    return Named(table, at)
