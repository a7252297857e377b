"""Lists after the exam: results and enrolment as offices save them, and lists that harm nobody."""

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mailflow.sheets import (
    ExportError,
    read_enrolment,
    read_people,
    read_results,
    to_csv,
    to_xlsx,
)

FIRST, SECOND, OTHER = "人工智慧基礎概論", "生成式AI應用與規劃", "資訊安全管理概論"
SUBJECTS = (FIRST, SECOND, OTHER)


def as_csv(*rows: object) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(*rows: object) -> bytes:
    book = Workbook()
    assert book.active is not None
    for cells in rows:
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems_of(read, *args, **more) -> str:
    with pytest.raises(ExportError) as caught:
        read(*args, **more)
    return str(caught.value)


WIDE = (
    ("案號", "姓名", FIRST, f"{SECOND}成績", f"{OTHER}（分數）", "考試日期"),
    ("TEST114-0001", "安妮", 68, 72.5, None, "114/11/08"),
    ("TEST114-0002", "巴特", "缺考", "８０", "", "2025-11-08"),
)


@pytest.mark.parametrize("save", [as_csv, as_xlsx])
def test_a_column_per_subject(save):
    anne, bart = read_results(save(*WIDE), subjects=SUBJECTS)
    assert (anne.person.case, anne.person.name, anne.exam_on) == (
        "TEST114-0001", "安妮", date(2025, 11, 8),
    )  # fmt: skip
    assert [(m.subject, m.score) for m in anne.marks] == [
        (FIRST, Decimal(68)), (SECOND, Decimal("72.5")),
    ]  # fmt: skip
    assert [(m.score, m.absent) for m in bart.marks] == [(Decimal(0), True), (Decimal(80), False)]


def test_a_row_per_subject_is_put_together():
    rows = read_results(
        as_csv(
            ("身分證字號", "鑑定項目", "科目", "成績"),
            ("a123456789", "AI應用規劃師 初級", FIRST, "58"),
            ("B123456780", "AI應用規劃師 初級", FIRST, "70"),
            ("A123456789", "AI應用規劃師 初級", SECOND, "82分"),
        ),
        subjects=SUBJECTS,
    )
    assert [(r.person.national_id, len(r.marks)) for r in rows] == [
        ("A123456789", 2), ("B123456780", 1),
    ]  # fmt: skip


def test_a_file_with_any_problem_is_refused_with_all_of_them():
    told = problems_of(
        read_results,
        as_csv(
            ("案號", "科目", "成績", "日期"),
            ("T-0001", FIRST, "101", ""),
            ("T-0002", FIRST, "七十", "11/8"),
            ("", FIRST, "70", ""),
            ("T-0003", FIRST, "70", ""),
            ("T-0003", FIRST, "71", ""),
            ("T-0004", "", "70", ""),
        ),
        subjects=SUBJECTS,
    )
    said = (
        "第 2 列", "讀到「101」", "讀到「七十」", "第 3 列「日期」", "第 4 列", "看不出是誰",
        "第 5 列是同一人同一科", "沒有科目名稱",
    )  # fmt: skip
    assert [words for words in said if words not in told] == []


def test_a_row_without_any_mark_is_no_result():
    told = problems_of(read_results, as_csv(("案號", FIRST), ("T-1", "")), subjects=SUBJECTS)
    assert "缺考請寫「缺考」或 0" in told


def test_another_file_is_told_which_columns_are_needed():
    told = problems_of(read_results, as_csv(("品名", "數量"), ("筆", "3")), subjects=SUBJECTS)
    assert "身分證字號" in told
    assert "品名" in told


@pytest.mark.parametrize("save", [as_csv, as_xlsx])
def test_the_registrars_list(save):
    rows = read_enrolment(
        save(
            ("學號", "在學狀態"), ("113590001", "在學"), ("113590002", "休學"), (113590003, "畢業")
        )
    )
    assert [(r.student_no, r.is_enrolled) for r in rows] == [
        ("113590001", True), ("113590002", False), ("113590003", False),
    ]  # fmt: skip
    assert "113590001" not in repr(rows)


def test_a_list_without_a_status_is_taken_only_when_staff_say_that_all_are_enrolled():
    """註冊組只給在學名單。"""
    numbers = as_csv(("學號", "姓名", "系所"), ("113590001", "安妮", "電機系"))
    told = problems_of(read_enrolment, numbers)
    assert "沒有「在學狀態」這一欄" in told
    assert "--all-enrolled" in told
    (row,) = read_enrolment(numbers, all_enrolled=True)
    assert row.is_enrolled
    both = as_csv(("學號", "在學狀態"), ("113590001", "休學"))
    assert "請勿加" in problems_of(read_enrolment, both, all_enrolled=True)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (("時間戳記", "學號", "姓名"), ("2025/9/2 10:00", "113590001", "安妮"), "mailflow import"),
        (("學號", "姓名", FIRST, "成績"), ("113590001", "安妮", 80, 80), "results import"),
        (("學號", "姓名", "金額", "虛擬帳號"), ("113590001", "安妮", 600, "9582"), "slip import"),
        (("入帳日期", "學號", "金額"), ("2025/9/16", "113590001", 600), "settle file"),
        (("報名編號", "中文姓名", "學號", "鑑定項目"), ("iPAS114-0001", "安妮", "113590001", "AI"),
         "名冊"),
        (("案號", "學號", "匯款帳號"), ("iPAS114-0001", "113590001", "700"), "撥款清冊"),
        (("學號", "姓名", "領取日期"), ("113590001", "安妮", "2026/1/21"), "領取證書"),
        (("學號", "金額", "交易日期", "狀態"), ("113590001", 600, "2025/9/16", "成功"), "款項檔"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("all_enrolled", [False, True])
def test_another_file_of_the_office_is_no_enrolment_list(header, row, said, all_enrolled):
    """Each has a column 學號; taken in, it would say who is enrolled."""
    told = problems_of(read_enrolment, as_csv(header, row), all_enrolled=all_enrolled)
    assert "這看起來是" in told
    assert said in told
    assert "在學名冊要有「學號」與「在學狀態」兩欄" in told


def test_a_roster_that_the_registrar_filled_in_is_an_enrolment_list():
    header = ("報名編號", "學號", "鑑定項目", "學籍狀態")
    (row,) = read_enrolment(as_csv(header, ("iPAS114-0001", "113590001", "AI", "休學")))
    assert not row.is_enrolled


def test_a_column_of_something_else_and_an_empty_list_are_refused():
    names = as_csv(("學號", "在學狀態"), ("安妮", "在學"), ("巴特", "在學"), ("113590001", "在學"))
    assert "這一欄多半不是學號" in problems_of(read_enrolment, names)
    assert "沒有任何學生" in problems_of(read_enrolment, as_csv(("學號", "在學狀態")))


def test_a_status_that_nobody_knows_is_not_guessed():
    told = problems_of(
        read_enrolment,
        as_csv(("學號", "狀態"), ("113590001", "?"), ("113590002", "在學"), ("113590002", "退學")),
    )
    assert "讀到「?」" in told
    assert "兩種狀態" in told


def test_a_student_number_that_a_spreadsheet_read_as_a_power_is_restored():
    (row,) = read_enrolment(as_csv(("學號",), ("1.12E+40014",)), all_enrolled=True)
    assert row.student_no == "112E40012"


def test_people_are_named_by_whatever_the_list_has():
    anne, bart = read_people(as_csv(("案號", "學號"), ("T-0001", ""), ("", "113590002")))
    assert (anne.case, bart.student_no) == ("T-0001", "113590002")


DANGEROUS = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠x", " =1")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_ever_a_formula(text: str):
    header, rows = ("姓名", "金額"), [(text, 600)]
    written = to_csv(header, rows).decode("utf-8-sig")
    (_, first) = list(csv.reader(io.StringIO(written, newline="")))
    assert first[0] == "'" + text
    sheet = load_workbook(io.BytesIO(to_xlsx("清冊", header, rows))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    assert sheet["B2"].value == 600


@given(st.text(min_size=1, max_size=30))
def test_whatever_stands_in_a_cell_no_program_sees_a_formula(text: str):
    """As a spreadsheet reads the file: neither the cell nor its half-width form begins like one."""
    written = to_csv(("a",), [(text,)]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    for form in (cell, unicodedata.normalize("NFKC", cell)):
        assert not form.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_leading_zeros_and_control_characters_survive_or_go():
    rows = [("0012345678901234", "004"), ("王\x00小\x0b明", "1")]
    sheet = load_workbook(io.BytesIO(to_xlsx("清冊", ("a", "b"), rows))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["0012345678901234", "004"]
    assert sheet["A3"].value == "王小明"
    assert '"0012345678901234","004"' in to_csv(("a", "b"), rows).decode("utf-8-sig")
