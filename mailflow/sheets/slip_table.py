"""The cashier's or bank's table of accounts and barcodes (CSV or XLSX) → rows, or a refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mailflow.sheets import cells
from mailflow.sheets.cells import text_of
from mailflow.sheets.headers import Columns, meaning
from mailflow.sheets.moments import bank_day
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell, Layout, Table, bytes_of, read_table
from mailflow.slips.foreign import TableRow
from mailflow.slips.segments import SEGMENT_1, SEGMENT_2, SEGMENT_3, Segments

CASE, STUDENT, NAME, AMOUNT, ACCOUNT = "case", "student", "name", "amount", "account"
BANK, DUE, FIRST, SECOND, THIRD = "bank", "due", "first", "second", "third"

_NAMES = {
    CASE: "案號 案件編號 報名編號 case casenumber",
    STUDENT: "學號 學生學號 studentno studentnumber studentid",
    NAME: "姓名 中文姓名 學生姓名 繳款人 繳費人 繳款人姓名 繳費人姓名 name",
    AMOUNT: "金額 應繳金額 應繳總額 繳費金額 繳款金額 應繳費用 總金額 amount",
    ACCOUNT: "帳號 繳款帳號 虛擬帳號 繳費帳號 轉入帳號 銷帳編號 銷帳帳號 虛擬繳款帳號 account "
    "virtualaccount",
    BANK: "銀行代碼 銀行代號 銀行 收款銀行 行庫代碼 bank bankcode",
    DUE: "期限 繳款期限 繳費期限 截止日 繳費截止日 繳款截止日 繳費截止日期 繳款截止日期 duedate",
    FIRST: "條碼一 條碼1 第一段條碼 超商條碼一 超商條碼1 超商第一段條碼 barcode1",
    SECOND: "條碼二 條碼2 第二段條碼 超商條碼二 超商條碼2 超商第二段條碼 barcode2",
    THIRD: "條碼三 條碼3 第三段條碼 超商條碼三 超商條碼3 超商第三段條碼 barcode3",
}
_BY_NAME = {name: what for what, names in _NAMES.items() for name in names.split()}
_SEGMENTS = {FIRST: SEGMENT_1, SECOND: SEGMENT_2, THIRD: SEGMENT_3}
_LENGTHS = {FIRST: 9, SECOND: 16, THIRD: 15}

_NO_NUMBER = "沒有案號也沒有學號；請至少填一個"
_NO_AMOUNT = "不是金額；請填整數的新臺幣，例如 600"
_NO_ACCOUNT = "不是完整的帳號；請把該欄設為純文字，填 8 到 20 位數字"
_SHORT = "比其他帳號短，前面的 0 可能遺失；請把該欄設為純文字後重新填入"
_NO_DUE = "不是看得懂的日期；請寫成 2025/9/22 或 114/9/22"
_NO_BANK = "請填三碼銀行代碼，例如 004"
_NO_CODE = "不是第 {} 段條碼；請把該欄設為純文字，填完整的 {} 碼"


@dataclass(frozen=True, slots=True)
class SlipTable:
    """The rows in the file's order; `ignored` are headers that nobody reads."""

    rows: tuple[TableRow, ...]
    ignored: tuple[str, ...] = ()


def read_slip_table(source: Path) -> SlipTable:
    """Read a whole table. Raises ExportError with every problem; then nothing of it counts."""
    layout = Layout(_is_header, headline="姓名」與「金額")
    table = read_table(bytes_of(source), layout)
    columns = _columns(table.header)
    problems = list(_missing(columns))
    if problems:
        raise ExportError(problems)
    return _Reader(table, columns, source.name).slips()


def _meaning(header: str) -> str | None:
    return meaning(header, _BY_NAME)


def _is_header(row: Sequence[str]) -> bool:
    found = {_meaning(cell) for cell in row}
    return AMOUNT in found and bool(found & {NAME, CASE, STUDENT})


def _columns(header: Sequence[str]) -> Columns:
    at: dict[str, tuple[int, ...]] = {}
    ignored = []
    for index, text in enumerate(header):
        what = _meaning(text)
        if what is None:
            ignored += [text] if text.strip() else []
        else:
            at[what] = (*at.get(what, ()), index)
    return Columns(at, tuple(header), tuple(ignored))


def _missing(columns: Columns) -> Iterator[FileProblem]:
    """A number, a name and an amount say whose slip it is; account or barcodes what it is."""
    unknown = "、".join(text[:30] for text in columns.ignored)
    hint = f"（認不得的標題：{unknown}）" if unknown else ""
    for what in (NAME, AMOUNT, ACCOUNT):
        if what not in columns.at:
            name = _NAMES[what].split()[0]
            yield FileProblem(1, name, "", f"沒有這一欄；請把對應的標題改成「{name}」{hint}")
    if not {CASE, STUDENT} & set(columns.at):
        yield FileProblem(1, "案號", "", f"沒有案號或學號的欄位，無從得知是誰的{hint}")
    for what, places in columns.at.items():
        if len(places) > 1:
            yield FileProblem(1, columns.name(what), "", "有兩個相同意義的欄位；請只留下一個")
    codes = [what for what in _SEGMENTS if what in columns.at]
    if codes and len(codes) < len(_SEGMENTS):
        yield FileProblem(1, columns.name(codes[0]), "", "三段條碼要有三欄，或都不要")


class _Reader:
    """One pass over one table; gathers problems on the way."""

    def __init__(self, table: Table, columns: Columns, file: str) -> None:
        self._table = table
        self._columns = columns
        self._file = file
        self._problems: list[FileProblem] = []

    def slips(self) -> SlipTable:
        rows = [self._row(number, row) for number, row in self._table.rows]
        self._check_lengths()
        if self._problems:
            raise ExportError(sorted(self._problems, key=lambda problem: problem.row))
        return SlipTable(tuple(row for row in rows if row), self._columns.ignored)

    def _row(self, number: int, row: tuple[Cell, ...]) -> TableRow | None:
        case, student = self._text(row, CASE), self._student(number, row)
        if not (case or student):
            self._problem(number, CASE if CASE in self._columns.at else STUDENT, "", _NO_NUMBER)
        amount = cells.amount(self._cell(row, AMOUNT))
        account = cells.account(self._cell(row, ACCOUNT))
        if amount is None:
            self._problem(number, AMOUNT, self._text(row, AMOUNT), _NO_AMOUNT)
        if account is None:
            self._problem(number, ACCOUNT, self._text(row, ACCOUNT), _NO_ACCOUNT)
        due_on, bank = self._due(number, row), self._bank(number, row)
        barcodes = self._barcodes(number, row)
        if amount is None or account is None:
            return None
        return TableRow(
            place=f"{self._file} 第 {number} 列",
            case=case,
            student_no=student,
            name=self._text(row, NAME),
            amount=amount,
            account=account,
            bank=bank,
            due_on=due_on,
            barcodes=barcodes,
        )

    def _check_lengths(self) -> None:
        """One bank gives accounts of one length: a shorter one lost a zero in the spreadsheet."""
        read = {n: cells.account(self._cell(row, ACCOUNT)) for n, row in self._table.rows}
        longest = max((len(digits) for digits in read.values() if digits), default=0)
        for number, digits in read.items():
            if digits and len(digits) < longest:
                self._problem(number, ACCOUNT, digits, _SHORT)

    def _student(self, number: int, row: tuple[Cell, ...]) -> str:
        cell = self._cell(row, STUDENT)
        found = cells.student_no(cell)
        if found is None:
            remedy = "學號被試算表改成數字而無法還原；請把該欄設為純文字後重新填入"
            self._problem(number, STUDENT, text_of(cell), remedy)
        return found.text.strip() if found else ""

    def _due(self, number: int, row: tuple[Cell, ...]) -> date | None:
        text = self._text(row, DUE)
        due_on = bank_day(text) if text else None
        if text and due_on is None:
            self._problem(number, DUE, text, _NO_DUE)
        return due_on

    def _bank(self, number: int, row: tuple[Cell, ...]) -> str:
        cell = self._cell(row, BANK)
        found = cells.bank(cell) if cell != "" else None
        if cell != "" and found is None:
            self._problem(number, BANK, text_of(cell), _NO_BANK)
        return found.text if found else ""

    def _barcodes(self, number: int, row: tuple[Cell, ...]) -> Segments | None:
        """All three or none; a number lost its zeros or its last digits in the spreadsheet."""
        read = {what: self._cell(row, what) for what in _SEGMENTS}
        if all(cell == "" for cell in read.values()):
            return None
        texts = []
        for place, (what, cell) in enumerate(read.items(), 1):
            text = text_of(cell).strip("* ").upper()
            if not isinstance(cell, str) or not _SEGMENTS[what].fullmatch(text):
                self._problem(number, what, text_of(cell), _NO_CODE.format(place, _LENGTHS[what]))
            texts.append(text)
        return Segments(*texts)

    def _cell(self, row: tuple[Cell, ...], what: str) -> Cell:
        return row[self._columns.at[what][0]] if what in self._columns.at else ""

    def _text(self, row: tuple[Cell, ...], what: str) -> str:
        return text_of(self._cell(row, what)).strip()

    def _problem(self, number: int, what: str, read: str, remedy: str) -> None:
        self._problems.append(FileProblem(number, self._columns.name(what), read, remedy))
