"""Tables → XLSX and CSV in which no cell is ever a formula and no leading zero is lost.

What begins like a formula is text in XLSX by the cell's type, and in CSV, which has no types, by
an apostrophe before it. XLSX is for people: numbers such as telephones stay texts there. CSV is
for programs, because Excel drops leading zeros when it opens one by a double click.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Value = str | int | date | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_UNSEEN = frozenset({"Cf", "Zs"})  # passed over before a formula is looked for: BOM, blanks
# What XML can't hold: control characters, lone surrogates, the two non-characters.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_UTF8 = re.compile(r"[\ud800-\udfff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\'\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TITLE = 31


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark that Excel knows it by, CRLF, everything but numbers in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_in_csv(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One worksheet; texts are texts whatever they look like, numbers are numbers."""
    from openpyxl import Workbook  # half a second that every command would pay

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:_LONGEST_TITLE] or "1")
    sheet.freeze_panes = "A2"
    sheet.append([_in_xlsx(sheet, value, bold=True) for value in header])
    for row in rows:
        sheet.append([_in_xlsx(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula.

    Full-width forms count too: some programs fold them when they open a file.
    """
    return any(
        _from_first_seen(form).startswith(_STARTS_A_FORMULA)
        for form in (text, unicodedata.normalize("NFKC", text))
    )


def _from_first_seen(text: str) -> str:
    unseen = (unicodedata.category(char) in _UNSEEN for char in text)
    return text[next((place for place, skip in enumerate(unseen) if not skip), len(text)) :]


def _in_csv(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = _text(value)
    shown = _NOT_IN_UTF8.sub("", text)
    return f"'{shown}" if is_dangerous(text) else shown


def _in_xlsx(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = _text(value)
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_dangerous(text)  # stays text when somebody edits the cell
    if bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else (value or "")
