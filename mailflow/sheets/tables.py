"""The bytes of a CSV or XLSX file → rows of cells, whatever program saved it."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from mailflow.sheets.problems import ExportError, FileProblem

Cell = str | int | float | datetime | date

_LARGEST_FILE = 30_000_000
_LARGEST_CONTENT = 300_000_000
_HEADER_WITHIN = 10
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
_XLSX_ERRORS = (
    *_ZIP_ERRORS,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    OSError,
)
_WAYS_OUT = (
    "請用試算表（Google 試算表、Excel）另存為「逗號分隔值 (.csv)」或「Microsoft Excel (.xlsx)」"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Header cells as text, and the filled rows, each with its number in the spreadsheet.

    `tail` are the rows of sums below them, if the reader knows any.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    tail: tuple[tuple[int, tuple[Cell, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How to know a kind of table. `headline` names a header that staff can look for."""

    is_header: Callable[[Sequence[str]], bool]
    headline: str = "時間戳記"
    is_tail: Callable[[Sequence[Cell]], bool] = lambda _row: False


def read_table(data: bytes, layout: Layout) -> Table:
    """The table whose header row `layout` knows, within the first ten rows.

    Raises ExportError when the bytes are no such table, in the first sheet that has one.
    """
    if len(data) > _LARGEST_FILE:
        raise refused(f"檔案超過 {_LARGEST_FILE // 1_000_000} MB；請確認是否選對檔案")
    if data.startswith(b"PK"):
        return _from_zip(data, layout)
    if data.startswith(_OLD_EXCEL):
        raise refused("這是舊的 .xls 格式；請另存為 .xlsx 或 CSV (UTF-8)")
    if data.lstrip()[:1] == b"<":
        raise refused(f"這是網頁而不是表格；{_WAYS_OUT}")
    return _from_csv(data, layout)


def bytes_of(source: Path | bytes) -> bytes:
    """The file's content; raises ExportError when it can't be read."""
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise refused(f"無法讀取 {source.name}（{error.strerror}）；請確認路徑與權限") from error


def refused(remedy: str) -> ExportError:
    return ExportError([FileProblem(0, "", "", remedy)])


def _from_zip(data: bytes, layout: Layout) -> Table:
    """An .xlsx is a zip file; so is what Google Forms gives for "download responses"."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_CONTENT:
                raise refused("壓縮檔解開後過大；請確認是否選對檔案")
            names = archive.namelist()
            if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
                return _from_xlsx(data, layout)
            inside = [name for name in names if name.lower().endswith(".csv")]
            if len(inside) != 1:
                raise refused("壓縮檔裡要剛好有一個 CSV 檔；請先解壓縮再選檔案")
            return _from_csv(archive.read(inside[0]), layout)
    except _ZIP_ERRORS as error:
        raise refused(f"壓縮檔或 .xlsx 損壞，無法讀取；{_WAYS_OUT}") from error


def _from_xlsx(data: bytes, layout: Layout) -> Table:
    from openpyxl import load_workbook  # half a second that every command would pay

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [_cells(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        book.close()
    except _XLSX_ERRORS as error:
        raise refused(f"無法讀取這個 .xlsx（{type(error).__name__}）；{_WAYS_OUT}") from error
    tables = [table for table in (_table(rows, layout) for rows in sheets) if table]
    if len(tables) > 1:
        raise refused("有一個以上的工作表看起來像要匯入的資料；請只留下一個，或另存成 CSV")
    if not tables:
        raise no_header(sheets[0][0] if sheets and sheets[0] else (), layout.headline)
    return _padded(tables[0])


def _cells(sheet: Any) -> list[tuple[Cell, ...]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    return [tuple(_cell(value) for value in row) for row in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | datetime | date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    return str(value).strip()


def _from_csv(data: bytes, layout: Layout) -> Table:
    text = _decode(data)
    if "\0" in text:
        raise refused(f"檔案含有不是文字的內容；{_WAYS_OUT}")
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    try:
        rows = [tuple(cell.strip() for cell in row) for row in reader]
    except csv.Error as error:
        remedy = f"這一列的引號或長度不合 CSV 規則（{error}）；請重新下載檔案"
        raise ExportError([FileProblem(reader.line_num, "", "", remedy)]) from error
    table = _table(rows, layout)
    if table is None:
        raise no_header(rows[0] if rows else (), layout.headline)
    _same_width(table)
    return table


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp950", "big5hkscs"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused("看不出文字編碼（不是 UTF-8，也不是 Big5）；請另存為 CSV (UTF-8)")


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: whichever stands most often in the first lines."""
    head = "\n".join(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN])
    return max((",", "\t", ";"), key=head.count)


def _table(rows: Sequence[tuple[Cell, ...]], layout: Layout) -> Table | None:
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        header = tuple(str(cell) for cell in row)
        if layout.is_header(header):
            below = enumerate(rows[index + 1 :], index + 2)
            body = [(n, cells) for n, cells in below if any(c != "" for c in cells)]
            tail = [(n, cells) for n, cells in body if layout.is_tail(cells)]
            kept = [(n, cells) for n, cells in body if not layout.is_tail(cells)]
            return Table(header, tuple(kept), tuple(tail))
    return None


def _padded(table: Table) -> Table:
    """A worksheet leaves out empty cells at the end of a row."""
    width = len(table.header)
    rows, tail = (
        tuple((n, c + ("",) * (width - len(c))) for n, c in part)
        for part in (table.rows, table.tail)
    )
    return replace(table, rows=rows, tail=tail)


def _same_width(table: Table) -> None:
    """A CSV row that is longer or shorter than the header was torn apart or cut off."""
    width = len(table.header)
    torn = [
        FileProblem(number, "", "", f"有 {len(cells)} 欄，標題有 {width} 欄；請重新下載檔案")
        for number, cells in table.rows
        if len(cells) < width or any(cell != "" for cell in cells[width:])
    ]
    if torn:
        raise ExportError(torn)


def no_header(first: Iterable[Cell], headline: str) -> ExportError:
    read = "、".join(str(cell) for cell in first if cell != "")
    remedy = f"前十列中找不到含有「{headline}」的標題列；請不要刪改匯出檔的標題"
    return ExportError([FileProblem(1, "", read, remedy)])
