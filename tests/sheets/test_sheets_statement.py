"""The bank's file as banks and cashiers save it, read as lines of money or refused as a whole."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailflow.campaign import Campaign, SettlementColumns, load_campaign
from mailflow.settlement import BankLine
from mailflow.sheets import ExportError, Statement, read_statement

ROOT = Path(__file__).parents[2]
HEADER = ("入帳日期", "繳款日期", "虛擬帳號", "金額", "繳費管道", "繳款人", "備註")
ANNE = ("114/09/16", "114/09/15", "95821140000017", "600", "ATM", "安妮", "")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(ROOT / "campaigns" / "114-2.toml")


def csv_of(*rows: Sequence[object], encoding: str = "utf-8") -> bytes:
    quoted = (",".join(f'"{cell}"' for cell in row) for row in rows)
    return "\r\n".join(quoted).encode(encoding)


def xlsx_of(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems(data: bytes, campaign: Campaign) -> list[str]:
    with pytest.raises(ExportError) as refused:
        read_statement(data, campaign=campaign)
    return str(refused.value).splitlines()


def amounts(statement: Statement) -> list[int]:
    return [line.amount for line in statement.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_a_line_is_read_in_every_encoding(campaign: Campaign, encoding: str):
    read = read_statement(csv_of(HEADER, ANNE, encoding=encoding), campaign=campaign)
    assert read.lines == (
        BankLine(
            posted_on=date(2025, 9, 16),
            paid_on=date(2025, 9, 15),
            amount=600,
            account="95821140000017",
            channel="ATM",
            payer="安妮",
        ),
    )


def test_csv_and_xlsx_of_the_same_file_say_the_same(campaign: Campaign):
    posted_on = datetime.fromisoformat("2025-09-16")
    cells = (posted_on, date(2025, 9, 15), "95821140000017", 600, "ATM", "安妮", None)
    by_excel = read_statement(xlsx_of(("銷帳明細",), HEADER, cells), campaign=campaign)
    assert by_excel.lines == read_statement(csv_of(HEADER, ANNE), campaign=campaign).lines


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,200", 1200), ("NT$600", 600), ("NT$ 1,200.00", 1200), ("600元", 600), ("６００", 600),
        ("+600", 600), ("-600", -600), ("(600)", -600), ("600-", -600), ("NT$-600", -600),
        ("−600", -600), (600, 600), (600.0, 600), (-600, -600), ("新臺幣600元整", 600),
    ],
)  # fmt: skip
def test_amounts_in_all_their_spellings(campaign: Campaign, written: object, meant: int):
    read = read_statement(xlsx_of(HEADER, (*ANNE[:3], written, *ANNE[4:])), campaign=campaign)
    assert amounts(read) == [meant]


@pytest.mark.parametrize(
    "written",
    ["六百", "600.5", 600.5, "1.200", "0", "", "--600", "(-600)", "(600", "600 600", "1,20"],
)
def test_what_is_no_sum_is_refused(campaign: Campaign, written: object):
    (told,) = problems(xlsx_of(HEADER, (*ANNE[:3], written, *ANNE[4:])), campaign)
    assert told.startswith("第 2 列「金額」")


@pytest.mark.parametrize(
    "written", ["2025/9/16", "2025-09-16", "114/9/16", "114.09.16", "1140916", "20250916",
                "民國114年9月16日", "2025/09/16 00:00:00"],
)  # fmt: skip
def test_days_of_both_calendars(campaign: Campaign, written: str):
    read = read_statement(csv_of(HEADER, (written, *ANNE[1:])), campaign=campaign)
    assert read.lines[0].posted_on == date(2025, 9, 16)
    assert read.lines[0].clock == ""


@pytest.mark.parametrize("written", ["9/16", "16/9/2025", "2025/13/1", "1024/9/16", "", "昨天"])
def test_a_day_that_is_none_is_refused(campaign: Campaign, written: str):
    (told,) = problems(csv_of(HEADER, (written, *ANNE[1:])), campaign)
    assert told.startswith("第 2 列「入帳日期」")


def test_a_statement_of_an_account_with_money_in_and_out(campaign: Campaign):
    head = ("交易日期", "交易時間", "摘要", "支出金額", "存入金額", "餘額", "備註")
    came = ("2025/09/16", "14:03:05", "ATM轉入", "", "1,200", "5,200", "iPAS114-0001")
    went = ("2025/09/17", "90305", "退款", "600", "", "4,600", "")
    read = read_statement(csv_of(head, came, went), campaign=campaign)
    assert amounts(read) == [1200, -600]
    assert [line.clock for line in read.lines] == ["14:03:05", "09:03:05"]
    assert read.lines[0].memo == "ATM轉入 iPAS114-0001"
    assert read.lines[0].paid_on is None
    assert read.ignored == ("餘額",)


def test_a_day_that_is_the_payers_alone_counts_as_both(campaign: Campaign):
    head = ("繳款日期", "銷帳編號", "實收金額")
    read = read_statement(csv_of(head, ("114/9/22", "95821140000017", "600")), campaign=campaign)
    assert (read.lines[0].posted_on, read.lines[0].paid_on) == (date(2025, 9, 22),) * 2


def test_a_sum_below_the_lines_has_to_be_theirs(campaign: Campaign):
    sums = ("合計", "2筆", "", "1,200")
    assert amounts(read_statement(csv_of(HEADER, ANNE, ANNE, sums), campaign=campaign)) == [600] * 2
    (told,) = problems(csv_of(HEADER, ANNE, sums), campaign)
    assert told == "第 3 列「金額」：讀到「1,200」；與各列相加的 600 不同；請確認檔案完整"


def test_notes_and_headers_of_the_next_page_are_no_lines(campaign: Campaign):
    sums = ("總計", "2筆", "", "1,200", "", "", "")
    file = csv_of(("銷帳明細表",), HEADER, ANNE, HEADER, ANNE, sums, ("本表僅供參考",))
    assert amounts(read_statement(file, campaign=campaign)) == [600] * 2


def test_a_row_that_was_torn_apart_is_no_note(campaign: Campaign):
    assert "欄" in problems(csv_of(HEADER, ANNE, ("114/09/16", "600")), campaign)[0]


def test_an_account_that_excel_rounded_is_refused(campaign: Campaign):
    row = (*ANNE[:2], 9.582114000001e16, *ANNE[3:])
    assert "後面幾位" in problems(xlsx_of(HEADER, row), campaign)[0]
    row = (*ANNE[:2], "9.58211E+13", *ANNE[3:])
    assert "後面幾位" in problems(csv_of(HEADER, row), campaign)[0]


def test_a_masked_account_is_left_to_a_persons_eyes(campaign: Campaign):
    row = (*ANNE[:2], "9582****0017", *ANNE[3:])
    (line,) = read_statement(csv_of(HEADER, row), campaign=campaign).lines
    assert (line.account, line.memo) == ("", "9582****0017")


def test_a_number_of_the_row_is_no_number_of_the_payment(campaign: Campaign):
    head = (*HEADER, "流水號")
    counted = read_statement(csv_of(head, (*ANNE, "1"), (*ANNE, "2")), campaign=campaign)
    assert [line.reference for line in counted.lines] == ["", ""]
    assert "流水號" in counted.remarks[0]
    numbered = read_statement(csv_of(head, (*ANNE, "8801"), (*ANNE, "8802")), campaign=campaign)
    assert [line.reference for line in numbered.lines] == ["8801", "8802"]


def test_what_is_not_booked_is_not_taken_for_money(campaign: Campaign):
    head = (*HEADER, "交易狀態")
    assert read_statement(csv_of(head, (*ANNE, "成功")), campaign=campaign).lines
    assert "看不出這一列已入帳" in problems(csv_of(head, (*ANNE, "沖正")), campaign)[0]


def test_the_campaign_says_what_columns_are_called(campaign: Campaign):
    named = SettlementColumns(posted="撥入", amount="撥入金額", account="編號")
    terms = campaign.settlement.model_copy(update={"columns": named})
    other = campaign.model_copy(update={"settlement": terms})
    rows = ("撥入", "編號", "撥入金額", "金額"), ("114/9/16", "95821140000017", "585", "600")
    read = read_statement(csv_of(*rows), campaign=other)
    assert (amounts(read), read.ignored) == ([585], ("金額",))
    told = problems(csv_of(HEADER, ANNE, encoding="cp950"), other)
    assert len(told) == 1


def test_every_problem_is_told_at_once(campaign: Campaign):
    bad = ("昨天", "114/9/15", "95821140000017", "很多", "ATM", "", "")
    old = ("104/9/16", *ANNE[1:])
    told = problems(csv_of(HEADER, bad, ANNE, old), campaign)
    assert [line.partition("：")[0] for line in told] == [
        "第 2 列「入帳日期」", "第 2 列「金額」", "第 4 列「入帳日期」",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.4", b"<html>", b"\xd0\xcf\x11\xe0",
             csv_of(("金額", "帳號"), (600, 1)), csv_of(("日期", "金額"), ("114/9/16", 600))],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(campaign: Campaign, data: bytes):
    assert problems(data, campaign)


def test_a_spreadsheet_with_damaged_bytes_inside_is_refused(campaign: Campaign):
    """Found by damaging bytes: the zip holds, but what it packs can't be unpacked."""
    hurt = bytearray(xlsx_of(HEADER, ANNE))
    packed = hurt.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    hurt[packed : packed + 8] = b"\xff" * 8
    assert (
        "損壞" in problems(bytes(hurt), campaign)[0]
        or "無法讀取" in problems(bytes(hurt), campaign)[0]
    )
