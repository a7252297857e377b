"""What a page says of itself and of its own payment, in sentences: known phrases, or a doubt. Pure.

請保留本收據 and 本通知由系統自動發送 stand under honest proofs; 此畫面僅為示範 and
上列交易自始不生效力 undo what stands above them. Nobody lists all of these, so what is none
of the known phrases goes to a person.
"""

import re
from collections.abc import Iterator, Sequence

from mailflow.receipts.lines import Line
from mailflow.receipts.other_payments import of_this_payment, paragraphs

_OF_ITSELF = re.compile(
    "[本此該這](?:次|筆|頁|畫面|通知|信件?|郵件|簡訊|聯|單|單據|收據|憑證|明細表?|證明|交易|轉帳|匯款|繳費|付款|圖片?|回單|回條|"
    "APP|App|帳單|資料|結果|紀錄|金額|款項)|上[列述]|以上|您本次|您的(?:轉帳|款項|交易|繳費|付款)|聲明|說明:"
)
_KNOWN = re.compile(
    "請(?:妥善|妥為|務必|您)?(?:保存|保留|保管|收存|留存|核對|攜帶|出示|交付|持|勿)|妥善保|備查|存查|留存|"
    "作為?[^。;]{0,14}(?:憑證|證明|收據|參考|依據|使用)|(?:為|係|即)[^。;不未非]{0,6}(?:憑證|憑據|證明|收據)|憑證使用|參考|為[準憑主]|"
    "自動(?:發送|發出|產生|寄發|傳送|回覆|印錄)|系統(?:發送|產生|發出)|電腦(?:列印|產生|製作|印)|[無毋]須|免(?:簽|蓋)|"
    "蓋章|簽章|收訖|客服|洽|疑義|疑問|有效|生效(?!日)|發票|兌獎|報稅|報帳|遺失|補發|查詢|不另|寄送|寄發|下載|列印|"
    "由[^。;]{1,12}(?:收執|保管|產生|留存|提供)|產製|影印保存|自行保管|登出|佐證|查驗|分享|驗證|塗改|變造|撤銷|累積|加蓋|"
    "(?:結果|紀錄|明細)(?:通知|紀錄|如下)?$|如下|以下[為是]|交[^。;]{1,6}收執|匯訖|電腦入帳|即時入帳|我們已收到|儲存|機密|個資|追訴|設定|退件或|"
    "手續費|非(?:您)?本人|直接回|回覆|找零|點數|回饋|優惠|活動|剩餘?|額度|限額|訂閱|隱私|"
    "(?:轉帳|匯款|繳費|付款|交易|扣款)(?:已經?|業已?經?|均已)?[^。;,]{0,10}(?:成功|完成|辦妥)(?!係|是指|僅|表示|率)|"
    "已(?:經)?(?:順利|成功)?(?:完成|入帳|銷帳|收訖|轉出|匯出|扣款|繳費|繳清|轉帳|付款|撥入|即時撥入)|感謝|謝謝"
)
_UNDOING = re.compile(
    "示範|體驗(?:版|帳[戶號])|假(?:的|資料|造|冒)|AI ?生成|專題|反詐騙宣導|(?i:if you had|would see|try it for real)|"
    "視為撤回|不予銷帳|並退款|無此序號|查無此|沒有拿走|還你|未同意|狀態查詢|由銀行填寫|填寫後請|"
    "模擬|練習|測試|試用版?|虛構|演練|實作單元|假轉帳|產生器|娛樂|記帳工具|自行輸入|未與任何|純屬|說明之用|"
    r"\bTEST\b|\bDEMO\b|(?<![A-Za-z])(?:SIT|UAT)(?![a-z])|sandbox|(?i:illustration|fictitious|mock-?up)|"
    "票據(?:存入|號碼|收妥)|支票存入|兌現|圈存|未同步|離線模式|連上網路|收件章|僅表示|係指|意指|視為未|不生效力|自始|回補|異動紀錄|未曾|"
    "登錄一筆|轉帳生效日|上述情形|改日再|表單回覆|您的回覆|問卷|查詢中|才會(?:撥|送|轉|匯)|退件\\)|請補件|未收,|[□☐] ?已|"
    "申請取消|收到您的(?:繳費|轉帳|付款)?申請|電訪|"
    "在途|俟[^。;]{0,8}(?:確認|核可|有款)|原路返還|回存您|核可[中後]|簽核進度|尚餘[^。;]{0,3}[位關人]|次一?營業日(?:撥付|扣款|轉出)|"
    "等候對方|未領取|止付|列(?:為)?警示|凍結|暫扣|暫緩|照會中|風控審|查證中|戶名不符$|入帳狀態[: ]*無|(?:入帳|是否成功)[: ]*否|扣款[: ]*無|"
    "客戶取消|取銷|扣回|追回|不予採|請勿採|教育訓練|訓練模式|練機|示例|效果圖|版面參考|軟體合成|道具|整人|玩具銀行|訪客體驗|"
    "滑動以|以指紋核可|同意並轉帳|返回修改|資料核對$|每月[0-9]+日扣款|指定日[: ]*[0-9]|生效日期?[: ]*[0-9]|指定日期$|每[月週季]一次|回存轉出|返還付款|撤件|轉給[你您]|貨到付款|目前[: ]*[0-9]|非即時轉帳|延後轉帳|冷靜期|明早|"
    "下週[一二三四五六日]轉|預先登記|登記成功|帳號設定成功|婉拒|拒收|(?:款項|對方|已)轉回|錢還[您你]|錢回到|沒有扣款|不扣款|不代表交易|最終結果|"
    "原交易[序編號日]|原收據|廢單|還現|刷錯|實際扣款 ?0|扣款日[: ]*次|(?:付款|轉帳|交易)完成[: ]*N$|(?:回應碼|訊息代碼)[: ]*(?!0+(?![0-9])|4001)E?[0-9]{2,5}$|"
    "(?:JPY|USD|CNY|日圓|日幣|幣別[: ]*[日美人]|[¥€£]|US\\$) ?(?:[0-9]|$|元)|內扣|"
    "支票 ?[0-9一] ?張|票據須|交換收妥|合計收票|(?i:demo environment|no real money|exit demo)|結果待|存款不足|餘額不夠|超出每日|結果不明|提出爭議|拒付|駁回|未獲|待上傳|作費|已廢|領回現金|退現|退顧客|店員誤|自動還款|"
    "(?i:held for|recall|payment stopped|no such account|unclaimed|undone|nullified|withdrawn|effective [0-9]|executes|"
    r"sending\.\.|waiting for|for training|not a real|not valid as|no funds|prank)"
)
_SHORT = 14  # characters of a row
_LEAST = 7  # Chinese characters of a sentence; fewer are a label


SURE = 90.0  # of 100: what an engine read less surely is no sentence


def doubtful_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """Sentences that may undo the payment above them; () of a page that says the usual."""
    short = [line.text for line in lines if len(line.text) <= _SHORT]  # no clause hides these
    rows = (*of_this_payment(lines).split("\n"), *short)
    undoing = tuple(row for row in dict.fromkeys(rows) if _UNDOING.search(row))
    read = [x for x in lines if min(cell.confidence for cell in x.cells) >= SURE]
    return undoing + tuple(told for told in _sentences(read) if _is_doubtful(told))


def _is_doubtful(told: str) -> bool:
    of_itself = _OF_ITSELF.search(told) and len(re.findall("[\u3400-\u9fff]", told)) >= _LEAST
    return bool(of_itself) and not _KNOWN.search(told)


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    for row in paragraphs(lines):
        for cell in row.split("  "):
            yield from re.split("[。;!]", cell)
