"""Receipts side by side are parted; the columns of one receipt are not."""

from mailflow.receipts.beside import Found, side_by_side
from mailflow.receipts.geometry import Quad

WIDTH = 1000


def found(left: int, *texts: str) -> list[Found]:
    """A column of cells, one under the other."""
    told = []
    for number, text in enumerate(texts):
        top, right = 60 * number, left + 300
        corners = ((left, top), (right, top), (right, top + 30), (left, top + 30))
        told.append(Found(Quad.of(corners), text, 100.0))
    return told


def test_two_receipts_are_read_apart() -> None:
    one = found(0, "轉帳金額 NT$600", "轉入帳號 98620123456789", "交易時間 2026/09/15 10:00")
    two = found(600, "轉帳金額 NT$500", "轉入帳號 98620123456700", "交易時間 2026/09/15 10:00")
    assert side_by_side([*one, *two], width=WIDTH) == [one, two]


def test_tiles_of_one_receipt_stay_together() -> None:
    left = found(0, "金額 NT$600", "收款帳戶 98620123456789", "日期 2026/09/15 10:00")
    right = found(600, "服務費 NT$15", "狀態 交易完成", "憑證號碼 954209383")
    assert side_by_side([*left, *right], width=WIDTH) == [[*left, *right]]
