"""Honest papers of which an engine lost a sign: what is there is enough, and nothing is guessed."""

from datetime import date

import pytest

from mailflow.receipts.accounts import Shown
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Line
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
轉帳金額  TWD 2,400.00"""
    slip = Expectation(2400, OURS, None, date(2027, 2, 1), date(2027, 2, 28))

    def verdict(tail: str, look: str) -> Verdict:
        page = fields(paid.format(tail=tail))
        seen = Findings((page,), amount_looks=(2400,), account_looks=(Shown(look),), keen=True)
        return judge(seen, slip)[0]

    assert verdict("5628", "*57628") is Verdict.ACCEPT
    assert verdict("5629", "*57628") is Verdict.FLAG
    assert verdict("15628", "*57628") is Verdict.FLAG
    assert verdict("5628", "*7628") is Verdict.FLAG
