"""A short line below 轉帳成功 that undoes it goes to a person, whatever stands above it."""

import pytest

from mailflow.receipts.lines import Line
from mailflow.receipts.listed_words import doubtful_words

UNDONE = """手續費  NT$15(内扣)
生效日期  2026/12/05
轉帳方式  指定日期
週期  每月一次
11/20 15:02 收款行回存轉出帳戶
款項返還付款人
11/21 10:00 繳費撤件
王小明轉給你
已選擇貨到付款
款項尚在途中，收款行未確認
本筆轉帳須俟收款行確認後生效
對方帳戶已結清，款項原路返還
款項已回存您的轉出帳戶
本筆交易由主管核可後生效
狀態:主管核可中
簽核進度 1/2
尚餘一位覆核人員
生效日:2026/12/05
非營業時間，次營業日撥付
扣款日:次一營業日
約定轉帳帳號設定成功
等候對方收取
對方24小時內未領取將自動還款
已止付
止付成功
帳戶已列警示，款項凍結
疑似詐騙，款項暫扣
暫緩撥付
銀行照會中
風控審查
查證中
收款行回覆:戶名不符
入帳狀態:無
收款方入帳:否
是否成功:否
付款完成:N
回應碼:05
訊息代碼:4808
已取銷
業經客戶取消
扣回 600 元
追回 600 元
不予採認
僅供內部教育訓練
示例
效果圖
版面參考
截圖由編輯軟體合成
電影道具
整人專用
滑動以轉帳
請以指紋核可
同意並轉帳
返回修改
轉帳資料核對
每月20日扣款
指定日:2026/12/05
非即時轉帳
延後轉帳
冷靜期內可撤回
本筆於24小時冷靜期後轉出
明早9點轉出
下週一轉出
預先登記
登記成功
幣別:JPY
訪客體驗
玩具銀行
收款人婉拒
收款人拒收
收款人已將款項轉回
對方轉回 600 元
銀行已把錢還您
錢回到帳戶了
其實沒有扣款
實際扣款 0 元
扣款:無
僅驗證帳號，不扣款
本畫面不代表交易成立，以銀行紀錄為準
最終結果以銀行回覆為準
結果待簡訊告知
俟帳戶有款再行轉出
存款不足
可用餘額不夠
超出每日限額
交易結果不明
客戶提出爭議
已拒付
主管駁回
未獲核准
離線交易 待上傳
單據作費
已廢
廢單
業經客戶取消
已還現
顧客領回現金 600 元
退現 600
退顧客 600 元
刷錯單
店員誤按
店員練機用
訓練模式
請勿採計
僅供內部教育訓練
Funds held for compliance
Recalled by sender
Recall requested
Payment stopped
Beneficiary bank: no such account
Unclaimed
Undone by sender
Nullified
Withdrawn
Effective 05 Dec 2026
Executes tomorrow
Sending...
Waiting for payee
For training only
Not a real transaction
Not valid as proof of payment
No funds were moved
Prank receipt""".splitlines()


@pytest.mark.parametrize("words", UNDONE)
def test_a_line_that_undoes_the_payment_is_a_doubt(words: str) -> None:
    assert doubtful_words((Line.of("轉帳成功", 0), Line.of(words, 1)))


@pytest.mark.parametrize("words", ["交易序號  2026112099", "手續費  15", "幣別  TWD", "回首頁"])
def test_what_any_page_says_is_none(words: str) -> None:
    assert not doubtful_words((Line.of("轉帳成功", 0), Line.of(words, 1)))
