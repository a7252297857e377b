"""What a cashier's PDF says, however its system sets the page."""

import io
from datetime import date

import pypdfium2
import pytest

from mailflow.campaign.slip_settings import SlipSettings
from mailflow.slips import Segments
from mailflow.slips.checking import Owed, Said, checked
from mailflow.slips.foreign import PaperSlip, same_name, segments_among
from mailflow.slips.pages import MAX_BYTES, paper_from_json, read_json
from mailflow.slips.remedies import REMEDIES, remedy

CODES = ("1409226H1", "9999952650000016", "092293000000600")
DUE = date(2025, 9, 22)


def page(text: str, *, scanned: tuple[str, ...] = (), file: str = "a.pdf") -> PaperSlip:
    return PaperSlip(file, b"%PDF-1", text=text, scanned=scanned)


@pytest.mark.parametrize(
    "text",
    [
        "應繳金額：NT$600\n銷帳編號：9999952650000016\n繳款期限：114/09/22",
        "應 繳 總 額  600 元整\n虛 擬 帳 號  9999952650000016\n繳 費 截 止 日 114 年 9 月 22 日",
        "應繳總額\n600\n轉入帳號\n9999952650000016\n繳納期限\n2025/09/22",
        "合計新臺幣 600元\n繳費帳號（16碼）\n9999952650000016\n代收期限 2025-9-22",
        "應繳金額 Amount ６００\n繳款帳號 Account9999952650000016\n繳款期限 Due on 2025/9/22",
    ],
)
def test_labels_and_values_in_many_layouts(text: str):
    read = page(text)
    assert (read.amounts, read.accounts, read.due_days) == ({600}, {"9999952650000016"}, {DUE})


@pytest.mark.parametrize(
    "text",
    [
        "應繳金額\n繳款帳號\n600\n9999952650000016",  # labels first: which value is whose?
        "項目金額 300 300\n帳號長度 16 碼",
        "應繳金額 依規定\n\n9999952650000016",
    ],
)
def test_what_does_not_stand_behind_its_label_is_not_guessed(text: str):
    read = page(text)
    assert (read.amounts, read.accounts) == (set(), set())


def test_sums_with_thousands():
    assert page("應繳總額：1,200 元").amounts == {1200}


def test_numbers_are_found_in_text_and_file_name():
    read = page("學號 113590001 姓名 安妮", file="繳費單_iPAS114-0001.pdf")
    assert {"113590001", "IPAS114-0001"} <= set(read.words)


def test_a_student_number_like_a_first_segment_confuses_nothing():
    assert segments_among(["111012345", *CODES]) == Segments(*CODES)


def test_two_slips_on_one_paper_are_no_slip():
    other = ("1409226H1", "9999952650000025", "092292000000600")
    assert segments_among([*CODES, *other[1:]]) in (None, Segments(*CODES))
    assert segments_among(CODES[:2]) is None


@pytest.mark.parametrize(
    ("shown", "name", "same"),
    [
        ("王大明", "王大明", True),
        ("王 大 明", "王大明", True),
        ("王O明", "王大明", True),
        ("王〇明", "王大明", True),
        ("王*明", "王大明", True),
        ("王O", "王明", True),
        ("歐OO明", "歐陽大明", True),
        ("王O華", "王大明", False),
        ("李O明", "王大明", False),
        ("王小明", "王大明", False),
        ("Wang, Da-Ming", "WANG, DA-MING", True),
        ("WANG D", "WANG, DA-MING", False),
        ("", "王大明", False),
        ("王大明", "", False),
    ],
)
def test_a_name_in_full_or_with_its_middle_hidden(shown: str, name: str, *, same: bool):
    assert page(f"姓名：{shown}").shows_name(name) is same


def test_names_in_tables_are_compared_without_commas_and_blanks():
    assert same_name("WANG DA-MING", "Wang, Daming")
    assert not same_name("", "")
    assert not same_name("王大明", "王大銘")


def test_scanner_and_print_must_agree():
    owed = Owed(names=("安妮",), amount=600, due_days=(DUE,))
    text = "安妮 應繳金額 600\n繳款帳號 9999952650000016\n" + "\n".join(CODES)
    right = page(text, scanned=CODES)
    assert not isinstance(checked(Said(papers=(right,)), owed, SlipSettings()), tuple)
    unscannable = page(text, scanned=CODES[:2])
    assert checked(Said(papers=(unscannable,)), owed, SlipSettings()) == ("barcodes_not_scannable",)
    pasted = page(text, scanned=(CODES[0], "9999952650000025", "092292000000600"))
    assert "barcodes_differ" in checked(Said(papers=(pasted,)), owed, SlipSettings())


def test_of_several_accounts_the_barcodes_tell_which_one():
    owed = Owed(names=("安妮",), amount=600, due_days=(DUE,))
    two = "安妮 應繳金額 600\n繳款帳號 9999952650000016\n退款帳號 12345678901\n"
    plain = checked(Said(papers=(page(two),)), owed, SlipSettings())
    assert plain == ("account_unclear",)
    coded = page(two + "\n".join(CODES), scanned=CODES)
    slip = checked(Said(papers=(coded,)), owed, SlipSettings())
    assert not isinstance(slip, tuple)
    assert slip.account == "9999952650000016"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04", "not_a_pdf"),
        (b"%PDF-1.7\nnothing", "pdf_unreadable"),
        (b"%PDF-" + b"0" * MAX_BYTES, "pdf_too_large"),
    ],
)
def test_what_can_not_be_opened_is_named(content: bytes, problem: str):
    read = paper_from_json(read_json(content), place="a.pdf", pdf=content)
    assert read.problem == problem
    assert remedy(problem) != problem


def test_every_remedy_says_what_to_do():
    assert [code for code, text in REMEDIES.items() if "；" not in text and "，" not in text] == []


def test_a_pdf_that_carries_another_file_is_not_passed_on():
    document = pypdfium2.PdfDocument.new()
    document.new_page(420, 595)
    document.new_attachment("invoice.exe").set_data(b"MZ")
    out = io.BytesIO()
    document.save(out)
    pdf = out.getvalue()
    read = paper_from_json(read_json(pdf), place="a.pdf", pdf=pdf)
    assert read.problem == "pdf_has_active_content"


def test_a_book_is_not_a_slip():
    document = pypdfium2.PdfDocument.new()
    for _ in range(4):
        document.new_page(420, 595)
    out = io.BytesIO()
    document.save(out)
    pdf = out.getvalue()
    assert paper_from_json(read_json(pdf), place="a.pdf", pdf=pdf).problem == "pdf_has_many_pages"
