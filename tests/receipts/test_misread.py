"""Honest papers of which an engine lost a sign: what is there is enough, and nothing is guessed."""

from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageDraw

from benchmarks.drawing.sheet import font
from mailflow.receipts.accounts import Shown, parse_account
from mailflow.receipts.both import Both
from mailflow.receipts.engine import Sheet
from mailflow.receipts.evidence import account_claim
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.money import amount_in_words
from mailflow.receipts.result import Expectation, Status, Verdict
from mailflow.receipts.verdict import judge

STORE = """全家便利商店
日期:2025/9/27 09:56
代收服務收據
{first}
二段:0098620839691902
三段:101146000000700
應繳金額  NT$700
手續費  {fee}
實收金額  {total}
客戶付款  NT$800
找零金額  {change}
顧客收執聯請保存三個月"""
STORE_SLIP = Expectation(700, "98620839691902", "017", date(2025, 9, 27), date(2025, 10, 11))
MACHINE = """華南銀行
DATE/TIME:2026/10/16 05:49:40
TO BANK:(822)中國信託
TO ACCOUNT:9862076066355812
AMOUNT:$1,400
FEE:0元
{result}"""
OURS = "71034937957628"


def fields(text: str) -> Fields:
    return read_fields([Line.of(line, at) for at, line in enumerate(text.splitlines())])


def store(first: str, *, fee: int = 0) -> Findings:
    sums = {"fee": f"NT${fee}", "total": f"NT${700 + fee}", "change": f"NT${100 - fee}"}
    page = fields(STORE.format(first=first, **sums))
    return Findings((page,), amount_looks=(700, 700), keen=True)


@pytest.mark.parametrize(
    "first", ["一段:141011XHM", "—段:141011XHM", "-段:141011XHM", "段:141011XHM"]
)
def test_a_number_that_was_read_as_a_dash_still_counts_the_first_segment(first: str) -> None:
    found = store(first)
    assert found.segments.checked
    assert judge(found, STORE_SLIP)[0] is Verdict.ACCEPT


def test_a_sum_with_its_fee_is_a_second_place_for_what_was_owed() -> None:
    assert store("", fee=12).second_place(700)
    assert not store("").second_place(700), "what was owed, without a fee, says nothing of its own"
    assert not store("", fee=1).second_place(700), "no store takes so little: 12, faded"


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ("RESULT 交易成功", Status.PAID),
        ("RESULT 4001 交易成功", Status.PAID),
        ("RESULT 交易失敗", Status.FAILED),
        ("RESERT 交易成功", Status.UNKNOWN),
    ],
)
def test_an_english_label_before_a_chinese_word(result: str, status: Status) -> None:
    assert fields(MACHINE.format(result=result)).status is status


@pytest.mark.parametrize(
    ("page", "over"),
    [("*5628", True), ("*7628", True), ("*5629", False), ("7*5628", False), ("*57629", False)],
)
def test_a_digit_taken_for_a_mask_says_nothing_of_the_account(page: str, *, over: bool) -> None:
    assert Shown(page).passed_over(OURS) is over


def test_what_the_closer_look_saw_behind_the_masks_counts() -> None:
    paid = """轉帳成功
交易時間  2027/02/07 03:39
轉入帳號  ********{tail}
轉帳金額  TWD 2,400.00
交易序號  8812345"""
    slip = Expectation(2400, OURS, None, date(2027, 2, 1), date(2027, 2, 28))

    def verdict(tail: str, look: str) -> Verdict:
        page = fields(paid.format(tail=tail))
        seen = Findings((page,), amount_looks=(2400,), account_looks=(Shown(look),), keen=True)
        return judge(seen, slip)[0]

    assert verdict("5628", "*57628") is Verdict.ACCEPT
    assert verdict("5629", "*57628") is Verdict.FLAG
    assert verdict("15628", "*57628") is Verdict.FLAG
    assert verdict("5628", "*7628") is Verdict.FLAG


SEGMENTS = ("151130K3A", "8830651353541102", "151139000001800")
OK_MART = """OK mart
光華店(7709)
《代收款繳款證明》
日期  2026-10-09 11:38:38
代收廠商  台灣銀行代收
{segments}
代收金額  NT$1,800
手續費  NT$0
實收金額  NT$1,800
查詢繳費狀況,請攜帶此單據"""


@pytest.mark.parametrize("numbered", ["段{at}  {text}", "{at}){text}", "({at}) {text}", "{text}"])
def test_segments_are_known_by_their_check_whatever_numbers_them(numbered: str) -> None:
    rows = [numbered.format(at=at, text=text) for at, text in enumerate(SEGMENTS, 1)]
    page = fields(OK_MART.format(segments="\n".join(rows)))
    assert page.segments.checked
    slip = Expectation(1800, SEGMENTS[1], "812", date(2026, 8, 15), date(2026, 11, 30))
    found = Findings((page,), amount_looks=(1800, 1800), keen=True)
    assert judge(found, slip)[0] is Verdict.ACCEPT
    wrong = "\n".join(rows).replace("1800", "1900")
    assert not fields(OK_MART.format(segments=wrong)).segments.checked


def test_a_look_that_differs_from_checked_segments_is_a_misread() -> None:
    page = fields(OK_MART.format(segments="\n".join(SEGMENTS)))
    assert set(Findings((page,), amount_looks=(1800, 18004)).amounts) == {1800}
    bare = fields(OK_MART.format(segments=""))
    assert set(Findings((bare,), amount_looks=(1800, 18004)).amounts) == {1800, 18004}


def test_a_bank_s_code_and_name_may_be_joined() -> None:
    assert parse_account("012-台北富邦 55307377617300") == Shown("55307377617300", "012")
    assert parse_account("007-第一銀行 6184XXXXXXXX2262") == Shown("6184********2262", "007")
    assert parse_account("012-5530737761") == Shown("5530737761", "012")


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("壹仟捌佰零拾零元整", 1800),
        ("零萬壹仟零佰伍拾零元整", 1050),
        ("壹佰拾元整", 110),
        ("壹萬零伍拾元整", 10_050),
        ("貳仟壹佰元整", 2100),
    ],
)
def test_a_nothing_before_a_unit_is_nothing(words: str, amount: int) -> None:
    assert amount_in_words(words) == amount


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("交易狀態  處理完成(成功)", Status.PAID),
        ("交易狀態  處理完成(失敗)", Status.FAILED),
        ("交易狀態  處理完成", Status.UNKNOWN),
        ("轉帳至銀行帳戶成功", Status.PAID),
        ("預約轉帳至銀行帳戶成功", Status.NOT_YET),
        ("兆轉帳完成通知", Status.PAID),  # a bank's sign, read as its first character
        ("未轉帳完成通知", Status.UNKNOWN),
    ],
)
def test_further_words_for_paid(words: str, status: Status) -> None:
    page = f"""{words}
交易時間  2026/10/11 10:14
轉入帳號  007-6184003692452262
金額  NT$1,200"""
    assert fields(page).status is status


def test_the_sum_of_a_payment_without_a_fee_is_named_by_its_total() -> None:
    page = """繳費成功
實付金額
$300
繳費帳號  6184008053428601
繳費日期  115.11.01 15:01:17
手續費  {fee}"""
    slip = Expectation(300, "6184008053428601", None, date(2026, 8, 15), date(2026, 11, 30))

    def verdict(fee: str) -> tuple[Verdict, tuple[str, ...]]:
        page_read = fields(page.format(fee=fee))
        return judge(Findings((page_read,), amount_looks=(300, 300), keen=True, photo=True), slip)

    assert verdict("$0")[0] is Verdict.ACCEPT
    assert "amount_unnamed" in verdict("")[1], "the fee may have faded"
    assert verdict("$0\n付款成功  $500")[0] is Verdict.FLAG, "another sum that nothing explains"


def test_a_bare_sum_below_a_verb_goes_on_with_its_sentence() -> None:
    def amount(first: str, height: int) -> int | None:
        rows = (first, "300", "轉入帳戶  (808)玉山銀行 97253019346313", "手續費  10")
        lines = [Line.of(row, at) for at, row in enumerate(rows)]
        (cell,) = lines[1].cells
        lines[1] = Line((replace(cell, box=replace(cell.box, bottom=cell.box.top + height)),))
        found = read_fields(lines).amount
        return found.value if found else None

    assert amount("您已成功轉出", 60) == 300
    assert amount("您已成功轉出", 24) is None, "as small as the other words"
    assert amount("轉帳成功", 60) is None


def test_a_sign_read_as_a_letter_is_read_again() -> None:
    eyes = Both()
    for printed, told in (("$600.00", "$600.00"), ("5600.00", "S600.00")):
        page = Image.new("RGB", (600, 200), "white")
        ImageDraw.Draw(page).text((60, 60), printed, "black", font=font("sans", 60))
        sheet = Sheet(page, (Line((Cell("S600.00", Box(58, 68, 300, 122)),)),))
        assert eyes._sure(sheet).lines[0].text == told


def test_a_table_whose_heads_and_values_ran_together() -> None:
    heads = "項次交易時間  付款帳號  收款行  收款帳號  付款金額  手續費處理結果"
    row = (
        "1 2026/08/17 17:14:47 267****5531 812 台新銀行  9522872889997960 3,000.00  10.00 付款成功"
    )
    page = fields(f"付款交易查詢\n{heads}\n{row}")
    assert page.amount
    assert (page.amount.value, page.fee, page.status) == (3000, 10, Status.PAID)
    assert page.account == Shown("9522872889997960")
    assert page.paid_at == "2026-08-17T17:14"
    lost = fields(f"付款交易查詢\n{heads}\n{row.replace(' 3,000.00', '')}")
    assert lost.amount is None, "a value is missing: nobody knows which"


def test_what_stands_in_brackets_before_a_head_is_no_value() -> None:
    heads = "序號  日期  卡片帳號  (行庫)轉入帳號  金額  手續費帳戶餘額"
    row = "862999  115/08/09 13:27:03  ******74577  (808) 710***802**204  $1,800  $15  $73,576"
    page = fields(f"交易訊息:轉帳交易成功\n{heads}\n{row}")
    assert page.amount
    assert (page.amount.value, page.fee, page.balance) == (1800, 15, 73_576)
    assert page.account == Shown("710***802**204", "808")


def test_a_label_in_two_tongues_with_a_stroke_and_one_behind_the_boxes_of_digits() -> None:
    found = fields(
        "轉入帳號 Credit A/C\nXXXXXXXX178668\n佰拾萬仟佰拾元手續費 NT$15\n匯款金額  1 4 0 0"
    )
    assert found.account == Shown("********178668")
    assert found.fee == 15


@pytest.mark.parametrize(
    ("shown", "enough"),
    [
        ("33511********186", True),
        ("33511*****186", False),  # 33511*******1886, of which a digit and masks were lost
        ("33511*****1886", True),
        ("33511****11886", True),
    ],
)
def test_three_last_digits_tell_the_account_only_where_nothing_is_missing(
    shown: str, *, enough: bool
) -> None:
    owed = "3351166017671186" if shown.endswith("*186") else "3351166017611886"
    page = Fields(account=Shown(shown))
    assert account_claim(Findings((page,)), owed).enough is enough
