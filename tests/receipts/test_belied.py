"""A page that says of one payment two days or two sums, or tells of two bills, is for a person."""

import pytest
from receipts.judged_rows import accepted

PAGE = "轉帳成功\n轉入帳號  004-98620123456789\n轉帳金額  600\n交易序號  8812345\n"
PAID = f"{PAGE}交易時間  2026/09/10 10:20\n"


def test_the_page_itself_is_a_proof() -> None:
    assert accepted(PAID)


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ("轉帳時刻  8月30日 10:20", False),
        ("轉帳時刻  9月10日 10:20", True),
        ("付款日  8/31", False),
        ("付款日  9/10", True),
        ("下次可轉帳  12筆", True),
    ],
)
def test_a_day_without_a_year_must_be_the_day_of_the_payment(row: str, same: bool) -> None:
    assert accepted(PAID + row) is same


@pytest.mark.parametrize(
    ("row", "same"),
    [("繳款  100", False), ("繳款  600", True), ("Collected  0", False), ("實付  600元", True)],
)
def test_what_a_verb_says_was_paid_must_be_the_sum(row: str, same: bool) -> None:
    assert accepted(PAID + row) is same


def test_a_piece_is_counted_of_what_a_store_collects_not_of_what_was_sent() -> None:
    """1  600 may be 1,600 that lost its comma."""
    assert not accepted(PAID.replace("轉帳金額  600", "轉帳金額  1  600"))


STORE = (
    "全家便利商店\n代收收據\n銷帳編號  98620123456789\n{items}合計  600\n現金  1000\n"
    "找零  400\n2026/09/10 10:20\n"
)


def test_two_bills_in_one_receipt_are_not_one() -> None:
    assert accepted(STORE.format(items=""))
    assert not accepted(STORE.format(items="台電  300\n學費  300\n"))


def test_another_transfer_in_a_list_on_the_same_page() -> None:
    listed = "日期  帳號  金額\n2026/09/10  004-98620123456780  600\n"
    assert not accepted(PAID.replace("轉帳成功\n", f"轉帳成功\n{listed}"))


def test_success_in_the_row_of_another_account_says_nothing_of_ours() -> None:
    page = (
        "交易紀錄\n轉入帳號  金額  結果\n004-98620123456789  600  {ours}\n"
        "004-98620123456780  500  轉帳成功\n2026/09/11\n交易序號  8812345"
    )
    assert not accepted(page.format(ours="-"))
