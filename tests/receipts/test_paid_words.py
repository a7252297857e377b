"""Whether a few words say that a payment was made, in whatever way a bank words it."""

import time

import pytest
from pace import slower

from mailflow.receipts.paid_lines import says_paid
from mailflow.receipts.paid_words import says_it_is_done, says_it_is_paid

PAID = (
    "轉帳成功|轉出去了 ✓|您的帳戶轉出成功|本次交易結果為:成功|已自貴帳戶扣款完成|"
    "已成功轉入對方帳戶|"
    "本次轉帳成功 交易金額已自您的帳戶扣除|WebATM交易成功通知函|匯款已匯出|交易完成 機器認證|"
    "台端所為之轉帳交易已辦妥|台端下列轉帳交易業經本行處理成功|帳單繳納完成|V 此交易已成功|"
    "客戶您好,您使用晶片金融卡完成轉帳|交易成功 謝謝惠顧|交易狀態交易成功(已放行)|搞定!錢錢已送達|"
    "Transfer successful 轉帳已完成|Your payment was successful"
)
UNSAID = (
    "預約轉帳成功|約轉帳成功|轉帳申請已完成|轉帳設定成功|登入成功|轉帳未成功|尚未完成轉帳|完成轉帳前|轉帳成功率|"
    "待轉帳完成|若轉帳成功|轉帳成功後|是否完成轉帳|轉入成功|收款成功|款項已存入您的帳戶|轉入至您的帳戶成功|"
    "轉帳處理完成|交易|轉帳|完成|轉帳金額|請完成付款|付款成功才算報名成功|範例:轉帳成功畫面"
)


@pytest.mark.parametrize("text", PAID.split("|"))
def test_a_bank_says_that_it_was_paid(text: str) -> None:
    assert says_it_is_paid(text)


@pytest.mark.parametrize("text", UNSAID.split("|"))
def test_words_beside_it_leave_it_unsaid(text: str) -> None:
    assert not says_it_is_paid(text)


@pytest.mark.parametrize(
    "text", ["成功", "V完成", "已完成", "執行成功", "成功 SUCCESS", "完成 Completed"]
)
def test_done_by_itself_is_a_status(text: str) -> None:
    assert says_it_is_done(text)


@pytest.mark.parametrize(
    "text", ["完成", "下載成功", "分享成功", "未成功", "處理完成", "不成功", "成功?"]
)
def test_what_one_may_press_or_something_else_done_is_none(text: str) -> None:
    assert not says_it_is_done(text)


def test_a_page_of_such_words_is_parted_in_no_time() -> None:
    begun = time.process_time()
    for at in range(200):
        says_it_is_paid("轉帳付款" * 12 + str(at))
    assert time.process_time() - begun < 2 * slower()


@pytest.mark.parametrize(
    "text",
    """交易認證成功
付款認證完成
繳費通知書已送達
付款通知已成功送達對方
約定轉帳辦理完成
自動扣款辦妥
轉帳明細已送達
轉帳成功 0 筆
轉帳成功?
Transfer for Monday confirmed
Payment for approval sent
Successfully completed step 1 of 2
Payment of NT$0 completed""".splitlines(),
)
def test_another_deed_that_is_done_is_no_payment(text: str) -> None:
    assert not says_paid(text)
