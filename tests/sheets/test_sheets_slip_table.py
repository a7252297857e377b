"""The table of the cashier or the bank: every column's meaning, and nothing taken in by halves."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailflow.sheets import ExportError
from mailflow.sheets.slip_table import read_slip_table
from mailflow.slips import Segments

HEADER = "案號,學號,姓名,應繳金額,銷帳編號,銀行代碼,繳款期限,第一段條碼,第二段條碼,第三段條碼"
ANNE = (
    "iPAS114-0001,113590001,安妮,600,9999952650000016,822,114/9/22,"
    "1409226H1,9999952650000016,092293000000600"
)
BART = "iPAS114-0002,113590002,巴特,600,9999952650000025,822,114/9/22,,,"


@pytest.fixture
def written(tmp_path: Path):
    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "slips.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950"])
def test_a_row_says_whose_slip_it_is_and_what_is_owed(written, encoding: str):
    table = read_slip_table(written(HEADER, ANNE, BART, encoding=encoding))
    anne, bart = table.rows
    assert (anne.case, anne.student_no, anne.name) == ("iPAS114-0001", "113590001", "安妮")
    assert (anne.amount, anne.account, anne.bank) == (600, "9999952650000016", "822")
    assert anne.due_on == date(2025, 9, 22)
    assert anne.barcodes == Segments("1409226H1", "9999952650000016", "092293000000600")
    assert anne.place == "slips.csv 第 2 列"
    assert bart.barcodes is None


def test_a_workbook_with_a_title_above(tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["114-2 iPAS 繳費資料"])
    sheet.append(["學號", "姓名", "金額", "虛擬帳號", "期限", "備註"])
    sheet.append(["113590001", "安妮", 600, "9999952650000016", date(2025, 9, 22), "x"])
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "slips.xlsx"
    path.write_bytes(out.getvalue())
    table = read_slip_table(path)
    (row,) = table.rows
    assert (row.student_no, row.amount, row.account) == ("113590001", 600, "9999952650000016")
    assert row.due_on == date(2025, 9, 22)
    assert table.ignored == ("備註",)


def refusal(path: Path) -> str:
    with pytest.raises(ExportError) as refused:
        read_slip_table(path)
    return str(refused.value)


def test_digits_that_a_spreadsheet_rounded_are_not_guessed(tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["學號", "姓名", "金額", "帳號"])
    sheet.append(["113590001", "安妮", 600, 9999952650000016])
    path = tmp_path / "slips.xlsx"
    book.save(path)
    assert "純文字" in refusal(path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",,安妮,600,9999952650000016,822,114/9/22,,,", "案號"),
        (ANNE.replace(",600,", ",六百,"), "不是金額"),
        (ANNE.replace(",600,", ",-600,"), "不是金額"),
        (ANNE.replace(",9999952650000016,822", ",9.99995E+15,822"), "帳號"),
        (ANNE.replace(",9999952650000016,822", ",999995265000001,822"), "前面的 0"),
        (ANNE.replace("114/9/22", "九月底"), "日期"),
        (ANNE.replace("092293000000600", "92293000000600"), "15 碼"),
        (ANNE.replace("1409226H1", ""), "第 1 段條碼"),
        (ANNE.replace(",822,", ",中信,"), "銀行代碼"),
    ],
)
def test_a_cell_that_can_not_be_right_refuses_the_file(written, line: str, told: str):
    problem = refusal(written(HEADER, BART, line))
    assert told in problem
    assert "第 3 列" in problem


def test_all_problems_are_told_at_once(written):
    broken = [ANNE.replace(",600,", ",?,"), BART.replace("114/9/22", "?")]
    assert len(refusal(written(HEADER, *broken)).splitlines()) == 2


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("姓名,金額,帳號", "案號或學號"),
        ("學號,金額,帳號", "姓名"),
        ("學號,姓名,金額,號碼", "帳號"),
        ("學號,姓名,金額,帳號,銷帳編號", "相同意義"),
        ("學號,姓名,金額,帳號,條碼一", "三段條碼"),
        ("甲,乙,丙", "找不到"),
    ],
)
def test_a_column_that_is_missing_is_named(written, header: str, told: str):
    assert told in refusal(written(header, ",".join("1" for _ in header.split(","))))
