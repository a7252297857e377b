"""Values → CSV and XLSX in which no cell is ever a formula and no leading zero is lost.

What begins like a formula is text for XLSX by its type, and in CSV, which has no types, by a
leading apostrophe. Full-width forms count as well: some programs fold them when they open a file.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Value = str | int | date | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_XML = {code: None for code in range(32) if code not in (9, 10)}


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a mark that Excel knows, CRLF, everything but numbers in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_in_csv(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One worksheet; texts are texts whatever they look like, numbers are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_in_xlsx(sheet, value, bold=True) for value in header])
    for row in rows:
        sheet.append([_in_xlsx(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    folded = unicodedata.normalize("NFKC", text)
    return any(form.lstrip(" ").startswith(_STARTS_A_FORMULA) for form in (text, folded))


def _in_csv(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = value.isoformat() if isinstance(value, date) else value
    return f"'{text}" if is_dangerous(text) else text


def _in_xlsx(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = value.isoformat() if isinstance(value, date) else (value or "")
    cell = WriteOnlyCell(sheet, text.translate(_NOT_IN_XML))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_dangerous(text)  # stays text when somebody edits the cell
    if bold:
        cell.font = Font(bold=True)
    return cell
