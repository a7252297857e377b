"""The form export as Google, Excel and the office's own hands leave it."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailflow.campaign import Campaign, load_campaign
from mailflow.person import BASIC, Field
from mailflow.sheets import Export, ExportError, FileProblem, SlipColumns, read_export

HEADER = (
    "時間戳記", "中文姓名", "英文姓名（請全部大寫）", "身分證字號/居留證號", "出生年月日", "性別",
    "學號", "系所", "手機", "Email", "通訊地址", "鑑定項目", "報考科目", "考區", "補考單科",
    "應繳金額", "繳款帳號", "銀行代碼", "繳款期限",
)  # fmt: skip
ANNE = (
    "2025/9/10 下午 3:21:05", "安妮", "AN, NI", "A123456789", "2004/5/6", "女",
    "112590001", "資訊工程系", "0912345678", "anne@example.org", "臺北市\n大安區",
    "AI應用規劃師 初級", "人工智慧基礎概論;生成式AI應用與規劃", "臺北", "否",
    "600", "99990000111122", "004", "2025/9/22",
)  # fmt: skip
IN_UTC = datetime(2025, 9, 10, 7, 21, 5, tzinfo=UTC)
Cells = Sequence[object]


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")


def row(**changes: object) -> tuple[object, ...]:
    """Anne's answer with other cells, named by the column's place in HEADER."""
    cells: list[object] = list(ANNE)
    for name, value in changes.items():
        cells[PLACES[name]] = value
    return tuple(cells)


PLACES: Mapping[str, int] = {
    "at": 0, "name": 1, "national_id": 3, "birth": 4, "student": 6, "phone": 8, "email": 9,
    "retake": 14, "amount": 15, "account": 16, "bank": 17, "due": 18,
}  # fmt: skip


def as_csv(*rows: Cells, header: Cells = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def as_xlsx(*rows: Cells, header: Cells = HEADER) -> bytes:
    book = Workbook()
    assert book.active is not None
    for cells in (header, *rows):
        book.active.append(list(cells))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems_of(data: bytes, campaign: Campaign) -> tuple[FileProblem, ...]:
    with pytest.raises(ExportError) as caught:
        read_export(data, campaign=campaign)
    assert caught.value.problems
    assert all(problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def only(export: Export) -> Mapping[Field, str]:
    (one,) = export.rows
    return one.texts


OWN_ANSWER = "https://docs.google.com/forms/d/e/1FAIpQL/viewform?edit2=2_ABaOnud"


@pytest.mark.parametrize("header", ["編輯連結", "Edit Response URL", "editUrl", "修改回覆連結"])
def test_a_link_to_ones_own_answer_is_an_optional_column(campaign: Campaign, header: str) -> None:
    data = as_csv((*ANNE, OWN_ANSWER), header=(*HEADER, header)).encode()
    export = read_export(data, campaign=campaign)
    assert [one.edit_link for one in export.rows] == [OWN_ANSWER]
    assert export.ignored == ()
    assert only(export) == only(read_export(as_csv(ANNE).encode(), campaign=campaign))


@pytest.mark.parametrize(
    "link",
    [
        "http://docs.google.com/forms/d/e/x/viewform",
        "https://docs.google.com.example.net/forms/d/x",
        "https://anne@docs.google.com/forms/d/x",
        "https://docs.google.com/forms/../evil",
        "https://docs.google.com/document/d/x",
        "https://forms.gle",
        "https://forms.gle/x y",
        "javascript:alert(1)",
        "https://example.org/?next=https://docs.google.com/forms/d/x",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_passed_on(campaign: Campaign, link: str) -> None:
    export = read_export(
        as_csv((*ANNE, link), header=(*HEADER, "編輯連結")).encode(), campaign=campaign
    )
    assert [one.edit_link for one in export.rows] == [""]
    assert any("編輯連結" in remark for remark in export.remarks)


def test_where_answers_are_edited_is_for_the_round_to_say(campaign: Campaign) -> None:
    links = campaign.links.model_copy(update={"edit_at": ("forms.example.edu.tw/ipas/",)})
    own = campaign.model_copy(update={"links": links})
    for link, passed_on in (("https://forms.example.edu.tw/ipas/7", True), (OWN_ANSWER, False)):
        data = as_csv((*ANNE, link), header=(*HEADER, "編輯連結")).encode()
        (one,) = read_export(data, campaign=own).rows
        assert bool(one.edit_link) is passed_on


def test_an_answer_is_read_as_it_was_written(campaign: Campaign) -> None:
    export = read_export(as_csv(ANNE).encode(), campaign=campaign)
    (anne,) = export.rows
    assert anne.number == 2
    assert anne.submitted_at == IN_UTC
    assert anne.submitted_at.tzinfo is UTC
    assert list(anne.texts.values()) == list(ANNE[1:15])
    assert tuple(anne.texts) == BASIC
    assert anne.slip == SlipColumns(600, "99990000111122", "004", date(2025, 9, 22))
    assert anne.doubts == ()
    assert (export.ignored, export.repeats) == ((), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_program_may_have_saved_it(campaign: Campaign, encoding: str, delimiter: str) -> None:
    data = as_csv(ANNE, delimiter=delimiter).encode(encoding)
    assert only(read_export(data, campaign=campaign)) == dict(zip(BASIC, ANNE[1:15], strict=True))


def test_csv_xlsx_and_zip_give_the_same(campaign: Campaign, tmp_path: Path) -> None:
    text = as_csv(ANNE)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("回覆.csv", text)
    file = tmp_path / "answers.csv"
    file.write_text(text, encoding="utf-8")
    expected = read_export(text.encode(), campaign=campaign)
    for source in (as_xlsx(ANNE), out.getvalue(), file):
        assert read_export(source, campaign=campaign) == expected


def test_reading_again_as_it_grows_repeats_the_same_rows(campaign: Campaign) -> None:
    bart = row(name="巴特", email="bart@example.org", at="2025/9/11 上午 9:00:00")
    first = read_export(as_csv(ANNE).encode(), campaign=campaign)
    later = read_export(as_csv(ANNE, bart).encode(), campaign=campaign)
    assert later.rows[:1] == first.rows
    assert read_export(as_csv(ANNE, bart).encode(), campaign=campaign) == later


def test_a_row_that_stands_twice_counts_once(campaign: Campaign) -> None:
    corrected = row(phone="0987654321", at="2025/9/11 上午 9:00:00")
    export = read_export(as_csv(ANNE, ANNE, corrected, ANNE).encode(), campaign=campaign)
    assert [one.number for one in export.rows] == [2, 4]
    assert export.repeats == (3, 5)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025/9/10 下午 3:21:05", "2025-09-10T07:21:05"),
        ("2025/09/10 3:21:05 下午 GMT+8", "2025-09-10T07:21:05"),
        ("2025/9/17 上午 12:00:05", "2025-09-16T16:00:05"),
        ("2025/9/17 下午 12:30:00", "2025-09-17T04:30:00"),
        ("2025/9/17 下午 5:00:00", "2025-09-17T09:00:00"),
        ("2025/9/17 下午 5:00:01", "2025-09-17T09:00:01"),
        ("2025/09/10 3:21:05 PM GMT+8", "2025-09-10T07:21:05"),
        ("2025/09/10 15:21:05", "2025-09-10T07:21:05"),
        ("2025/9/10 15:21", "2025-09-10T07:21:00"),
        ("2025-09-10 15:21:05.250", "2025-09-10T07:21:05"),
        ("2025-09-10T15:21:05+08:00", "2025-09-10T07:21:05"),
        ("2025-09-10T07:21:05Z", "2025-09-10T07:21:05"),
        ("2025/09/10 9:21:05 上午 GMT+2", "2025-09-10T07:21:05"),
        ("2025/09/10 1:51:05 AM GMT-5:30", "2025-09-10T07:21:05"),
        ("114/9/10 下午 3:21:05", "2025-09-10T07:21:05"),
        ("2025年9月10日 下午3:21:05", "2025-09-10T07:21:05"),
        ("２０２５／９／１０　下午　３：２１：０５", "2025-09-10T07:21:05"),
    ],
)
def test_timestamps_in_every_form(campaign: Campaign, text: str, utc: str) -> None:
    (anne,) = read_export(as_csv(row(at=text)).encode(), campaign=campaign).rows
    assert anne.submitted_at == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_zone_that_is_assumed_is_said(campaign: Campaign) -> None:
    without = read_export(as_csv(ANNE).encode(), campaign=campaign)
    assert any("GMT+8" in remark for remark in without.remarks)
    given = row(at="2025/09/10 3:21:05 下午 GMT+8")
    assert not read_export(as_csv(given).encode(), campaign=campaign).remarks


@pytest.mark.parametrize(
    ("others", "utc"),
    [
        ("9/13/2025 14:44:14", datetime(2025, 9, 10, 7, 0, tzinfo=UTC)),
        ("13/9/2025 14:44:14", datetime(2025, 10, 9, 7, 0, tzinfo=UTC)),
    ],
)
def test_month_or_day_first_is_taken_from_rows_that_leave_no_choice(
    campaign: Campaign, others: str, utc: datetime
) -> None:
    data = as_csv(row(at="9/10/2025 15:00:00"), row(name="巴特", at=others)).encode()
    assert read_export(data, campaign=campaign).rows[0].submitted_at == utc


@pytest.mark.parametrize(
    "stamps",
    [("9/10/2025 15:00:00",), ("9/13/2025 15:00:00", "13/9/2025 15:00:00", "9/10/2025 15:00:00")],
)
def test_month_or_day_first_is_never_guessed(campaign: Campaign, stamps: Sequence[str]) -> None:
    data = as_csv(*(row(at=stamp) for stamp in stamps)).encode()
    problems = problems_of(data, campaign)
    assert len(problems) == len(stamps)
    assert "哪個是月" in problems[0].remedy


@pytest.mark.parametrize(
    "text",
    ["", "昨天", "2025/13/40 下午 3:21:05", "2025/2/30 15:00", "2025/9/10", "2025/9/10 25:00:00",
     "2025/9/10 上午 15:00:00", "2024/9/10 下午 3:21:05", "2026/9/10 下午 3:21:05",
     "10/9/25 15:00"],
)  # fmt: skip
def test_a_time_that_is_none_or_of_another_round_is_refused(campaign: Campaign, text: str) -> None:
    (problem,) = problems_of(as_csv(row(at=text)).encode(), campaign)
    assert (problem.row, problem.column, problem.read) == (2, "時間戳記", text)


def test_a_spreadsheet_gives_dates_and_numbers_as_such(campaign: Campaign) -> None:
    cells = row(
        at=datetime.fromisoformat("2025-09-10T15:21:05.000400"),
        birth=datetime.fromisoformat("2004-05-06"),
        student=112590001,
        phone=912345678,
        amount=1200.0,
        account=99990000111122,
        bank=4,
        due=datetime.fromisoformat("2025-09-22"),
    )
    export = read_export(as_xlsx(cells), campaign=campaign)
    (anne,) = export.rows
    assert anne.submitted_at == IN_UTC
    assert anne.texts[Field.BIRTH_DATE] == "2004-05-06"
    assert anne.texts[Field.STUDENT_NO] == "112590001"
    assert anne.texts[Field.PHONE] == "0912345678"
    assert anne.slip == SlipColumns(1200, "99990000111122", "004", date(2025, 9, 22))
    assert [remark for remark in export.remarks if "第 2 列" in remark]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("112E40012", "112E40012"),
        ("1.12E+40014", "112E40012"),
        ("1.1E+40015", "110E40013"),
        ("1.12e40014", "112E40012"),
        ("1.12E+14", "112E00012"),
        ("113590001", "113590001"),
        ("113C70007", "113C70007"),
    ],
)
def test_student_numbers_that_excel_took_for_powers_come_back(
    campaign: Campaign, cell: str, number: str
) -> None:
    export = read_export(as_csv(row(student=cell)).encode(), campaign=campaign)
    assert only(export)[Field.STUDENT_NO] == number
    assert bool([r for r in export.remarks if "學號" in r]) is (cell != number)


@pytest.mark.parametrize("cell", ["1.1235E+40014", "9.12E+40014", "1.12E+1"])
def test_a_student_number_that_is_lost_is_reported(campaign: Campaign, cell: str) -> None:
    (problem,) = problems_of(as_csv(row(student=cell)).encode(), campaign)
    assert (problem.column, problem.read) == ("學號", cell)


def test_values_that_are_wrong_for_a_person_are_no_fault_of_the_file(campaign: Campaign) -> None:
    odd = row(national_id="A123456780", email="anne@gmial", birth="昨天", phone="不方便", name="")
    texts = only(read_export(as_csv(odd).encode(), campaign=campaign))
    assert texts[Field.NATIONAL_ID] == "A123456780"
    assert texts[Field.EMAIL] == "anne@gmial"
    assert texts[Field.BIRTH_DATE] == "昨天"
    assert texts[Field.PHONE] == "不方便"
    assert texts[Field.NAME_ZH] == ""


@pytest.mark.parametrize(
    ("place", "header", "field"),
    [
        (1, "1. 姓名", Field.NAME_ZH),
        (2, "英文姓名 English Name", Field.NAME_EN),
        (2, "護照英文姓名\n(例：WANG, HSIAO-MING)", Field.NAME_EN),
        (3, "身份證字號或居留證號", Field.NATIONAL_ID),
        (3, "身分證字號（外籍生請填居留證號）*", Field.NATIONAL_ID),
        (4, "出生年月日(西元)", Field.BIRTH_DATE),
        (6, "請填寫您的學號", Field.STUDENT_NO),
        (7, "就讀系所/年級", Field.DEPARTMENT),
        (8, "手機號碼 Mobile phone", Field.PHONE),
        (9, "聯絡信箱（請勿填寫學校信箱）", Field.EMAIL),
        (10, "通訊地址（證書寄送用）", Field.ADDRESS),
        (11, "【必填】報考鑑定項目", Field.EXAM),
        (12, "考試科目", Field.SUBJECTS),
        (13, "應試考區", Field.EXAM_AREA),
        (14, "是否補考（補考單科者才須填寫）", Field.RETAKE),
    ],
)
def test_headers_are_known_by_many_names(
    campaign: Campaign, place: int, header: str, field: Field
) -> None:
    headers = [*HEADER[:place], header, *HEADER[place + 1 :]]
    export = read_export(as_csv(ANNE, header=headers).encode(), campaign=campaign)
    assert only(export)[field] == ANNE[place]
    assert not export.ignored


@pytest.mark.parametrize(
    "header",
    ["緊急聯絡人姓名", "手機（緊急聯絡人）",
     "Email / 指導教授", "指導教授 Email",
     "家長手機", "銀行帳號", "我已閱讀並同意個資告知", "年級",
     "學號/系所", "備註"],
)  # fmt: skip
def test_columns_about_other_things_are_left_alone(campaign: Campaign, header: str) -> None:
    cells, headers = (*ANNE, "其他"), (*HEADER, header)
    export = read_export(as_csv(cells, header=headers).encode(), campaign=campaign)
    assert export.ignored == (header,)
    assert "其他" not in only(export).values()


def test_all_needed_columns_that_are_missing_are_named_at_once(campaign: Campaign) -> None:
    keep = [0, 1, 4, 5, 9, 11, 15]
    headers = [HEADER[index] for index in keep] + ["護照上的名字"]
    cells = [ANNE[index] for index in keep] + ["AN, NI"]
    problems = problems_of(as_csv(cells, header=headers).encode(), campaign)
    assert {problem.column for problem in problems} == {
        "英文姓名", "身分證字號", "學號", "手機", "繳款帳號", "繳款期限",
    }  # fmt: skip
    assert all("護照上的名字" in problem.remedy for problem in problems)


def test_a_question_that_was_replaced_leaves_two_columns_of_one_name(campaign: Campaign) -> None:
    headers = (*HEADER, "手機")
    old = row(phone="0911111111")
    data = as_csv((*row(phone=""), "0912345678"), (*old, ""), header=headers).encode()
    phones = [one.texts[Field.PHONE] for one in read_export(data, campaign=campaign).rows]
    assert phones == ["0912345678", "0911111111"]
    (problem,) = problems_of(as_csv((*old, "0922222222"), header=headers).encode(), campaign)
    assert "0911111111 / 0922222222" in problem.read


def test_the_account_s_address_stands_in_for_a_missing_question(campaign: Campaign) -> None:
    headers = ["電子郵件地址" if text == "Email" else text for text in HEADER]
    export = read_export(as_csv(ANNE, header=headers).encode(), campaign=campaign)
    assert only(export)[Field.EMAIL] == "anne@example.org"
    both = ("時間戳記", "電子郵件地址", *HEADER[1:])
    same = (ANNE[0], "Anne@Example.org", *ANNE[1:])
    other = (ANNE[0], "anne.typo@example.org", *ANNE[1:])
    (agree,) = read_export(as_csv(same, header=both).encode(), campaign=campaign).rows
    (differ,) = read_export(as_csv(other, header=both).encode(), campaign=campaign).rows
    assert agree.doubts == ()
    assert differ.doubts == ("email_differs_from_form_account",)
    assert differ.texts[Field.EMAIL] == "anne@example.org"


def test_an_empty_retake_part_means_no_retake(campaign: Campaign) -> None:
    assert (
        only(read_export(as_csv(row(retake="")).encode(), campaign=campaign))[Field.RETAKE] == "否"
    )
    headers = (*HEADER, "補考科目")
    named = as_csv((*row(retake=""), "生成式AI應用與規劃"), header=headers).encode()
    (cris,) = read_export(named, campaign=campaign).rows
    assert cris.texts[Field.RETAKE] == "是"
    assert cris.doubts == ("names_retake_subject",)
    none = as_csv((*row(retake=""), "無"), header=headers).encode()
    (dirk,) = read_export(none, campaign=campaign).rows
    assert (dirk.texts[Field.RETAKE], dirk.doubts) == ("否", ())


def test_without_slip_columns_or_with_empty_ones_there_is_no_slip(campaign: Campaign) -> None:
    short = as_csv(ANNE[:15], header=HEADER[:15]).encode()
    assert read_export(short, campaign=campaign).rows[0].slip is None
    empty = row(amount="", account="", bank="", due="")
    assert read_export(as_csv(empty).encode(), campaign=campaign).rows[0].slip is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("600", 600), ("1,200", 1200), ("NT$1,200", 1200), ("600元", 600), ("$ 600", 600),
     ("６００", 600), ("600.00", 600), ("新臺幣 1200 元整", 1200)],
)  # fmt: skip
def test_amounts_as_people_write_them(campaign: Campaign, cell: str, amount: int) -> None:
    (anne,) = read_export(as_csv(row(amount=cell)).encode(), campaign=campaign).rows
    assert anne.slip is not None
    assert anne.slip.amount == amount


@pytest.mark.parametrize(
    ("cell", "day"),
    [("9/22", 22), ("2025-09-22", 22), ("114/9/22", 22), ("2025年9月22日", 22), ("9/22(一)", 22),
     ("2025/9/22 23:59", 22), ("9月22日（一）", 22), ("2025/9/22 下午 11:59:59", 22)],
)  # fmt: skip
def test_due_dates_as_people_write_them(campaign: Campaign, cell: str, day: int) -> None:
    (anne,) = read_export(as_csv(row(due=cell)).encode(), campaign=campaign).rows
    assert anne.slip is not None
    assert anne.slip.due_on == date(2025, 9, day)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"amount": ""}, "應繳金額"),
        ({"amount": "六百"}, "應繳金額"),
        ({"amount": "0"}, "應繳金額"),
        ({"amount": "-600"}, "應繳金額"),
        ({"amount": "600.5"}, "應繳金額"),
        ({"amount": "12,00"}, "應繳金額"),
        ({"amount": "#REF!"}, "應繳金額"),
        ({"account": ""}, "繳款帳號"),
        ({"account": "9.99900001E+13"}, "繳款帳號"),
        ({"account": "1234"}, "繳款帳號"),
        ({"bank": "臺灣銀行"}, "銀行代碼"),
        ({"due": ""}, "繳款期限"),
        ({"due": "9/31"}, "繳款期限"),
        ({"due": "9/22/2025"}, "繳款期限"),
        ({"due": "2024/9/22"}, "繳款期限"),
    ],
)
def test_a_slip_that_is_not_whole_refuses_the_file(
    campaign: Campaign, changes: dict[str, str], column: str
) -> None:
    problems = problems_of(as_csv(row(**changes)).encode(), campaign)
    assert {problem.column for problem in problems} == {column}


def test_a_number_too_long_for_a_spreadsheet_is_no_account(campaign: Campaign) -> None:
    (problem,) = problems_of(as_xlsx(row(account=9999000011112222)), campaign)
    assert problem.column == "繳款帳號"


def test_an_account_whose_leading_zero_may_be_lost_is_reported(campaign: Campaign) -> None:
    bart = row(name="巴特", account=1230000111122)
    (problem,) = problems_of(as_xlsx(row(account="09990000111122"), bart), campaign)
    assert (problem.row, problem.read) == (3, "1230000111122")


def test_every_problem_of_a_file_is_told_with_its_place(campaign: Campaign) -> None:
    data = as_csv(ANNE, row(at="昨天", amount="六百"), ("",) * 19, row(due="某日")).encode()
    problems = problems_of(data, campaign)
    assert [(problem.row, problem.column) for problem in problems] == [
        (3, "時間戳記"), (3, "應繳金額"), (5, "繳款期限"),
    ]  # fmt: skip
    assert str(problems[0]).startswith("第 3 列「時間戳記」：讀到「昨天」；")
    assert "昨天" not in repr(problems[0])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff\xfe not text",
        b"<html><table><tr><td>x</td></tr></table></html>",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"PK\x03\x04 broken",
        as_csv(ANNE).replace("時間戳記", "時間").encode(),
        as_csv(ANNE).rpartition(",")[0].encode(),
        (as_csv(ANNE) + '"never closed').encode(),
        as_csv((*ANNE, "torn")).encode(),
        as_csv(ANNE).encode() + b"\0",
        as_xlsx(ANNE)[:2000],
    ],
    ids=["empty", "noise", "web page", "old excel", "broken zip", "no timestamp", "cut off",
         "open quote", "too wide", "nul", "cut xlsx"],
)  # fmt: skip
def test_what_is_no_export_is_refused_with_a_remedy(campaign: Campaign, data: bytes) -> None:
    problems_of(data, campaign)


def test_a_zip_with_two_files_is_refused(campaign: Campaign) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", as_csv(ANNE))
        archive.writestr("b.csv", as_csv(ANNE))
    (problem,) = problems_of(out.getvalue(), campaign)
    assert "一個 CSV" in problem.remedy


def test_a_zip_bomb_is_refused_before_it_is_opened(campaign: Campaign) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(301):
            file.write(bytes(1_000_000))
    assert len(out.getvalue()) < 5_000_000
    (problem,) = problems_of(out.getvalue(), campaign)
    assert "過大" in problem.remedy


def test_a_file_that_is_not_there_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere"):
        read_export(tmp_path / "nowhere.csv", campaign=campaign)


def test_the_export_may_stand_on_the_second_sheet_below_a_title(campaign: Campaign) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["說明"])
    sheet = book.create_sheet("表單回應 1")
    for cells in (("114-2 報名資料",), HEADER, ANNE):
        sheet.append(list(cells))
    out = io.BytesIO()
    book.save(out)
    export = read_export(out.getvalue(), campaign=campaign)
    assert [one.number for one in export.rows] == [3]
    book.copy_worksheet(sheet)
    out = io.BytesIO()
    book.save(out)
    (problem,) = problems_of(out.getvalue(), campaign)
    assert "工作表" in problem.remedy


def test_formulas_and_markup_in_answers_stay_text(campaign: Campaign) -> None:
    for payload in ("=1+1", "+886912345678", "@SUM(A1)", "{{7*7}}", '<a href="x">'):
        texts = only(read_export(as_csv(row(name=payload)).encode(), campaign=campaign))
        assert texts[Field.NAME_ZH] == payload
    kept = row(phone='="0912345678"')
    assert only(read_export(as_csv(kept).encode(), campaign=campaign))[Field.PHONE] == "0912345678"


def test_no_personal_value_shows_in_a_repr(campaign: Campaign) -> None:
    export = read_export(as_csv(ANNE).encode(), campaign=campaign)
    for value in (ANNE[3], ANNE[8], ANNE[16]):
        assert value not in repr(export)


def test_a_thousand_answers_are_read_in_a_moment(campaign: Campaign) -> None:
    rows = [row(name=f"學生{n}", account=f"9999{n:010d}") for n in range(1000)]
    assert len(read_export(as_csv(*rows).encode(), campaign=campaign).rows) == 1000


def test_a_question_that_the_form_does_not_ask_is_said_once(campaign: Campaign):
    places = [HEADER.index(name) for name in ("性別", "通訊地址")]
    header, one = ([c for i, c in enumerate(line) if i not in places] for line in (HEADER, ANNE))
    other = [*one]
    other[0], other[5] = "2025/9/10 下午 3:25:05", "112590002"
    export = read_export(as_csv(one, other, header=header).encode(), campaign=campaign)
    (said,) = [remark for remark in export.remarks if "表單沒有問" in remark]
    assert "「性別、通訊地址」" in said
    whole = read_export(as_csv(ANNE).encode(), campaign=campaign)
    assert not any("表單沒有問" in remark for remark in whole.remarks)
