"""Pages with the owed sum, the owed account and a word for paid that show something else."""

import pytest
from receipts.judged_rows import ACCOUNT, accepted, rows

from mailflow.receipts.currencies import in_other_money
from mailflow.receipts.keyboard import has_keyboard
from mailflow.receipts.records import said_of_another
from mailflow.receipts.status import Sign

PAID = """轉帳成功
轉帳金額  NT$600
轉入銀行  004 台灣銀行
轉入帳號  98620123456789
手續費  NT$0
交易時間  2026/09/15 10:00
交易序號  A1022143510"""
TILL = """7-ELEVEN
政大門市 12345
代收款專用繳款證明
(顧客聯)
代收項目:台灣銀行學雜費
繳款帳號:98620123456789
日期:2026/09/15 10:00:10
代收金額:600
{total}
現金:1000
找零:400
收銀員 07 序號 0045"""


def test_the_pages_without_it_are_accepted() -> None:
    assert accepted(PAID)
    assert accepted(TILL.format(total="應收合計:600"))


# ---- other money


@pytest.mark.parametrize(
    "row",
    [
        "幣別  泰銖 THB",
        "Currency  THB",
        "轉帳幣別  港幣",
        "(JPY)",
        "約當金額  USD 600",
        "美金",
        "HK$ 600",
    ],
)
def test_six_hundred_of_another_currency_are_no_six_hundred_dollars(row: str) -> None:
    assert in_other_money(rows(row))
    assert not accepted(f"{PAID}\n{row}")


@pytest.mark.parametrize(
    "row",
    [
        "幣別  新台幣 TWD",
        "NT$ 600",
        "美元匯率 31.5",
        "外幣定存優利",
        "日圓換匯優惠開跑",
        "美元大廈",
    ],
)
def test_our_own_money_and_offers_are_not_other_money(row: str) -> None:
    assert not in_other_money(rows(row))


# ---- a sum without the fee


@pytest.mark.parametrize(
    "row", ["Net to payee  NT$585", "受款人淨收  NT$ 590", "對方實際收到  570元", "  NT$588"]
)
def test_what_came_to_the_payee_without_a_fee_is_not_what_was_owed(row: str) -> None:
    assert not accepted(PAID.replace("手續費  NT$0", row))


# ---- not done yet


@pytest.mark.parametrize(
    "keys",
    ["1  2  3\n4  5  6\n7  8  9\n0", "7  8  9\n4  5  6\n1  2  3", "QWERTYUIOP\nASDFGHJKL\nZXCVBNM"],
)
def test_who_sees_a_keyboard_is_still_filling_in(keys: str) -> None:
    assert has_keyboard(rows(keys))
    assert not accepted(f"{PAID}\n完成\n{keys}")


def test_sums_and_numbers_are_no_keyboard() -> None:
    assert not has_keyboard(rows("123\n600\n456 789"))
    assert not has_keyboard(rows(PAID))


@pytest.mark.parametrize(
    "row",
    [
        "流程  經辦√→主管",
        "請款金額  NT$600",
        "交易類別  貸方調整",
        "交易別  開立本行支票",
        "交易類型  沖正",
    ],
)
def test_a_step_on_the_way_or_another_deed_is_for_a_person(row: str) -> None:
    assert not accepted(f"{PAID}\n{row}")


# ---- several transactions


def test_the_success_of_another_row_of_a_list_is_not_ours() -> None:
    head = "轉帳紀錄\n日期  轉入帳號  金額  結果\n"
    ours, theirs = f"2026/09/15  {ACCOUNT}  600", "2026/09/14  70012345678901  {sum}  成功"
    for other in ("600", "800"):
        assert not accepted(f"{head}{ours}\n{theirs.format(sum=other)}")
        assert not accepted(f"{head}{theirs.format(sum=other)}\n{ours}")


def test_a_row_speaks_for_its_own_transaction_alone() -> None:
    head, ours, theirs = rows(
        f"日期  轉入帳號  金額  結果\n2026/09/15  {ACCOUNT}  600\n"
        "2026/09/14  70012345678901  600  成功"
    )
    success = (Sign("paid_word", theirs.box),)
    assert said_of_another((head, ours, theirs), success, ours.box)
    assert not said_of_another((head, ours, theirs), success, theirs.box)
    assert not said_of_another((head, ours, theirs), (Sign("paid_word", head.box),), ours.box)


# ---- given back


def test_a_till_that_counts_below_nothing_gives_back() -> None:
    assert not accepted(TILL.format(total="應收合計:-600"))
    assert accepted(TILL.format(total="應收合計:600\n折扣 -0"))
