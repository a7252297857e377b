"""A bank that tells in one sentence what went where."""

import pytest

from mailflow.receipts.lines import Line
from mailflow.receipts.notices import notices
from mailflow.receipts.result import Status

SMS = (
    "【海風銀行】您帳號末5碼82810於2026/10/19 14:17"
    "轉帳NT$700元至(012)50761529671593成功,手續費15元。"
)
MAIL = (
    "您於2026/09/26 22:15透過海風網辦理之台幣轉帳交易已成功。"
    "本次自您尾碼7145之帳戶轉出NT$700,轉入兆豐銀行(代碼017)帳號50761529671593,並收取手續費NT$0。"
)
APP = (
    "交易完成。您於2026-10-30 11:21自台幣活儲"
    "轉出新台幣700元至華南銀行(008)507-615-29671593,手續費10元。"
)


@pytest.mark.parametrize("said", [SMS, MAIL, APP])
def test_a_sentence_tells_sum_and_account(said: str) -> None:
    (page,) = notices([Line.of(said)])
    assert page.status is Status.PAID
    assert page.amount
    assert page.amount.value == 700
    assert page.account
    assert page.account.text.replace("-", "") == "50761529671593"
    assert page.paid_at
    assert page.paid_at.startswith("2026-")


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("轉帳NT$700", "將轉帳NT$700"),
        ("轉帳NT$700", "預約轉帳NT$700"),
        ("成功,手續費", "失敗,手續費"),
        ("成功,手續費", ",手續費"),
        ("15元。", "15元。款項已退回。"),
        ("15元。", "15元。轉帳NT$700元至(012)50761529671593成功。"),
    ],
)
def test_what_was_not_done_is_no_payment(plain: str, other: str) -> None:
    assert plain in SMS
    found = notices([Line.of(SMS.replace(plain, other))])
    assert not any(page.status is Status.PAID for page in found)
