"""Conditions, rules and services under a proof say nothing of it; what speaks of it does."""

import pytest

from mailflow.receipts.fields import read_fields
from mailflow.receipts.lines import Line
from mailflow.receipts.result import Status

PAID = (
    "轉帳成功\n轉入帳號  (004) 98620123456789\n轉帳金額  NT$600\n"
    "交易時間  2026/09/15 10:00\n{}\n回首頁  分享"
)


def status(words: str) -> Status:
    rows = PAID.format(words).splitlines()
    return read_fields(tuple(Line.of(row, at) for at, row in enumerate(rows))).status


OTHERS = """若轉入帳號有誤致無法入帳,款項將退回原轉出帳號
如有退費需求請於考前十日向主辦單位申請
預約轉帳請於前一日備妥款項
預約交易如遇假日將順延執行,詳情請洽本行客服
退費、更正請逕洽收款機構,本店恕不受理。
電子支付帳戶款項移轉完成後,不得請求撤銷。
授權失敗者請改以其他方式繳納
「處理中」或「失敗」者請稍後再查
匯款不成功時將以電話通知申請人
繳費結果將於次一營業日傳送學校
未繳費之單據請勿使用本聯
想固定轉給同一個人?試試「預約轉帳」
轉出後如遇帳號錯誤將自動退回錢包
收款行若退回款項,系統會自動存回您的帳戶並發送通知
If the account is closed, funds will be returned to you
登入失敗次數  0
沖正註記  無
未繳金額  0
本收據無經手人及機關首長簽章無效
信貸試算  小額保險
本行不會以簡訊要求您提供密碼或驗證碼
Transfers to bank accounts cannot be reversed once completed
Payments marked "Pending" or "Scheduled" are shown on a separate tab
Failed or returned transfers are shown with a red label
收款人帳號戶名不符致退匯時,本行將電話通知匯款人""".splitlines()


@pytest.mark.parametrize("words", OTHERS)
def test_what_is_said_of_other_payments_leaves_a_proof_alone(words: str) -> None:
    assert status(words) is Status.PAID


THIS = """本交易已取消
本筆款項已退回原轉出帳號
若有疑問請洽客服,本交易已取消
交易處理中,請稍後再查詢結果
轉帳失敗,請洽客服
交易失敗
狀態  處理中
預約日期  2026/12/01
此筆轉帳尚未完成,請於期限前確認
尚未入帳,如有疑問請洽客服
已退款
待放行
請確認以下資料後按下確認
繳費後已辦理退費
您的交易遇系統異常未完成
遇系統異常,交易失敗
若已扣款,本次交易失敗
轉帳失敗需重新操作
轉帳未成功應重新操作
交易已沖正得洽客服
無法取消的交易:已退款
預約轉帳 請於12/01確認
設定預約轉帳完成
本筆繳費已沖正
如下列交易失敗
如圖交易失敗請重新操作
若干筆交易失敗
如數退回
已取消之交易
已退費之收據
作廢之收據,請勿使用
處理中的交易
您預約的轉帳
預約的轉帳已設定
此為預約之交易
本筆需主管放行後始生效
尚待銀行處理,如成功將另行通知
凡此交易皆已取消
若於扣款日餘額不足,本筆預約將失敗
林宛如 轉帳失敗
若瑄 轉帳失敗
收銀員 林宛如 已作廢
收款人  若瑄 已退回
萬泰銀行預約轉帳
如附件所示交易失敗
倘帳戶餘額不足本筆將不予扣款
若餘額足夠,將於 10/05 扣款
如未完成驗證,本筆交易將自動取消
交易失敗者
交易結果  失敗時
轉帳狀態  「處理中」狀態
交易方式  預約轉帳服務
未完成之交易
待付款的帳單
If you see this your transfer failed
Should be noted: payment failed
Once sent the transfer was refunded""".splitlines()


@pytest.mark.parametrize("words", THIS)
def test_what_is_said_of_this_payment_is_heard(words: str) -> None:
    assert status(words) in (Status.VOID, Status.FAILED, Status.NOT_YET)


@pytest.mark.parametrize(
    "words",
    [
        "儲值成功",
        "帳戶互轉",
        "交易類別  提款",
        "您的帳戶有一筆款項存入",
        "摘要  跨行轉入",
        "交貨便 取貨付款",
        "收到轉帳",
    ],
)
def test_another_deed_is_no_payment(words: str) -> None:
    assert status(words) is Status.UNKNOWN


def test_a_sentence_goes_on_in_the_next_row() -> None:
    rows = "2.若轉入帳號有誤致無法入帳,或收款銀行因故\n退匯時,款項扣除費用後退回原帳戶。"
    assert status(rows) is Status.PAID
    assert status("退回原帳戶") is Status.FAILED
