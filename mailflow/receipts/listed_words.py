"""Words that undo a page wherever they stand in it: 示範, 圈存, 止付, 代碼 E1103. Pure.

A list holds only what somebody thought of; what nobody did is weighed (`undoing`). A word of the
list holds a page though its row is blurred or looks like what honest pages say.
"""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Line
from mailflow.receipts.other_payments import of_this_payment

_UNDOING = re.compile(
    "示範|體驗(?:版|帳[戶號])|假(?:的|資料|造|冒)|AI ?生成|專題|反詐騙宣導|(?i:if you had|would see|try it for real)|"
    "視為撤回|不予銷帳|並退款|無此序號|查無此|沒有拿走|還你|未同意|狀態查詢|由銀行填寫|填寫後請|"
    "模擬|練習|測試|試用版?|虛構|演練|實作單元|假轉帳|產生器|娛樂|記帳工具|自行輸入|未與任何|純屬|說明之用|"
    r"\bTEST\b|\bDEMO\b|(?<![A-Za-z])(?:SIT|UAT)(?![a-z])|sandbox|(?i:illustration|fictitious|mock-?up)|"
    "票據(?:存入|號碼|收妥)|支票存入|兌現|(?<!不含)圈存|未同步|離線模式|連上網路|收件章|僅表示|係指|意指|視為未|(?<!章)(?<!印)(?<!戳)不生效力|自始|回補|異動紀錄|未曾|"
    "登錄一筆|轉帳生效日|上述情形|改日再|表單回覆|您的回覆|問卷|查詢中|才會(?:撥|送|轉|匯)|退件\\)|請補件|未收,|[□☐] ?已|"
    "申請取消|收到您的(?:繳費|轉帳|付款)?申請|電訪|"
    "在途|俟[^。;]{0,8}(?:確認|核可|有款)|原路返還|回存您|核可[中後]|簽核進度|尚餘[^。;]{0,3}[位關人]|次一?營業日(?:撥付|扣款|轉出)|"
    "等候對方|未領取|止付|列(?:為)?警示|凍結|暫扣|暫緩|照會中|風控審|查證中|戶名不符$|入帳狀態[: ]*無|(?:入帳|是否成功)[: ]*否|扣款[: ]*無|"
    "客戶取消|取銷|扣回|追回|不予採|請勿採|教育訓練(?!費|中心|所|班|處|協會|基金會)|訓練模式|練機|示例|效果圖|版面參考|軟體合成|道具|整人|玩具銀行|訪客體驗|"
    "滑動以|以指紋核可|同意並轉帳|返回修改|資料核對$|每月[0-9]+日扣款|指定日[: ]*[0-9]|生效日期?[: ]*[0-9]|指定日期$|每[月週季]一次|回存轉出|返還付款|撤件|轉給[你您]|貨到付款|目前[: ]*[0-9]|非即時轉帳|延後轉帳|冷靜期|明早|"
    "下週[一二三四五六日]轉|預先登記|登記成功|帳號設定成功|婉拒|拒收|(?:款項|對方|已)轉回|錢還[您你]|錢回到|沒有扣款|不扣款|不代表交易|最終結果|"
    "原交易[序編號日]|原收據|廢單|還現|刷錯|實際扣款 ?0|扣款日[: ]*次|(?:付款|轉帳|交易)完成[: ]*N$|(?:回應碼|訊息代碼)[: ]*(?!0+(?![0-9])|4001)E?[0-9]{2,5}$|"
    "(?:JPY|USD|CNY|日圓|日幣|幣別[: ]*[日美人]|[¥€£]|US\\$) ?(?:[0-9]|$|元)|內扣|"
    "支票 ?[0-9一] ?張|票據須|交換收妥|合計收票|(?i:demo environment|no real money|exit demo)|結果待|存款不足|餘額不夠|超出每日|結果不明|提出爭議|拒付|駁回|未獲|待上傳|作費|已廢|領回現金|退現|退顧客|店員誤|自動還款|"
    "請款(?:金額|單|成功|完成|通知)|索款|收款請求|請求付款|付款請求|(?:→|->|=>|>|＞) ?(?:主管|覆核|複核|放行|核准|審核)|"
    "交易(?:類別|別|類型|種類|項目|摘要)[: ]*[^ ]{0,6}(?:支票|本票|調整|沖|更正|定存|貸款|預借|贖回|申購|補發|查詢|開戶|掛失|扣押|驗證|請款|代扣|外幣|收款|退|儲值|加值|提款|提領(?!轉帳))|手續費[^0-9]{0,3}(?:內含|內扣|自[^0-9]{0,8}扣)|含手續費 {1,2}[0-9]{1,2}(?![0-9,])|非即時$|代收申請書|寄件單|"
    "取號|付款資訊|轉帳資訊|付款期限|訂單時間|交易成立|繳款單產生|付款方式[: ]*ATM|限額變更|帳號新增|請對方掃描|收款碼|"
    "負擔[: ]*(?:收款人|受款人|對方|BEN)|由[^ ]{0,4}金額中?扣|淨[收得]|付訂|訂金|點數(?:折)?抵|取消[者人]|臨櫃辦理(?:匯款|轉帳)|(?<!解除)分期|尚欠|餘額應繳|先收|部分繳|"
    "資料核對|核對$|建檔$|開發機|設計稿|截自|官網說明|空格|換行|清除|未收現|"
    r"(?i:net of|\bBEN\b|cheque|mandate|add(?:ing)? payee|invoice|instal?lment|for approval|checker|pay now|order status|pay by bank)|"
    "(?i:held for|recall|payment stopped|no such account|unclaimed|undone|nullified|withdrawn|effective [0-9]|executes|"
    r"sending\.\.|waiting for|for training|not a real|not valid as|no funds|prank)"
)
_SHORT = 14  # characters of a row


def doubtful_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """The rows that hold such a word; () of a page that says the usual."""
    short = [line.text for line in lines if len(line.text) <= _SHORT]  # no clause hides these
    rows = (*of_this_payment(lines).split("\n"), *short)
    return tuple(row for row in dict.fromkeys(rows) if _UNDOING.search(row))
