"""What a page says against its payment: void, failed, not yet made, or another deed. Pure.

Any such word is enough, whatever else the page says; so rules and conditions, which tell of other
payments, are left aside first.
"""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Line
from mailflow.receipts.other_payments import of_this_payment, without_clauses
from mailflow.receipts.result import Status

_CJK = "\u3400-\u9fff"
_MENU = re.compile(
    r"預約(?:轉帳|交易|繳費)?[ /、]{0,2}(?:查.?|取消)[ /、]{0,2}(?:取消|查詢)?|(?<!  )預約(?:轉帳|交易|繳費)?(?:請至|專區|服務|功能)[^\n]{0,12}"
)
_PLACE = re.compile(  # 首頁>台幣轉帳>即時/預約轉帳: where one may do either
    r"(?<=[>›»]) ?(?:即時|立即)(?:轉帳)? ?[/、及或] ?預約(?:轉帳|交易)?(?= ?(?:[>›»]|$))",
    re.MULTILINE,
)
_RULES = re.compile(  # what a notice says of other payments, and what to do with this paper
    r"(?:恕不|不得|無法|不可|概不|不予|不能|不再|不|(?<![已經業])申請|(?<![已經業])辦理|要求|欲|須|需)(?:取消|退款|退費|退還|更正|退貨|撤銷)"
    r"|(?:取消|退款|退費|退貨|更正)(?:請|須|需|方式|規定|辦法|說明|專線|服務|時|者(?=[,，請須恕概將])|流程|手續|申請|問題|疑義)"
    r"|請(?:當場|當面|務必|您)?(?:確認|核對|檢查|點清)[^\n]{0,14}(?:離開|離櫃|保留|保管|妥存|收據|找零|發票|本聯|此聯|本單據)"
    r"|遺失(?:恕不|不予|不再|概不|無法|不)?[^\n]{0,4}(?:補發|補印|補開|負責)"
    r"|非(?:統一)?發票|非會員(?:交易)?|不得作為(?!付款|已?繳[費款]|收款)[^\n]{0,10}(?:憑證|證明|收據)|請(?:(?!退款|退費|作廢|取消)[^\n]){0,8}(?:保留|保管|收存|留存)[^\n]{0,12}|逾期未[繳付]款?(?=[者,，視將恕則])|逾[^\n,。]{0,12}將(?:予以|自動)?拒絕|[勿別不][^\n]{0,8}(?:驗證碼|密碼)"
    r"|將於[^\n]{0,16}(?:登出|傳送|傳輸|回傳|提供|銷帳|入帳|通知|寄送|寄發|更新|查詢)|(?:銷帳|入帳)(?:(?!失敗|錯誤|異常|未)[^\n]){0,8}(?:工作天|工作日)"
    r"|(?:(?:[未非]經?|無)[^\n]{0,14}(?:簽章|.章|收款章|收訖章|認證|簽名|蓋印)者?[,，]?|未蓋|加蓋|塗改|影印|影本|毀損|重印|補印|列印|複印|翻拍|剪貼|改寫|撕毀|撕去|逾期)(?:(?!作廢|取消|註銷)[^\n,，。;；]){0,14}無效"
    r"|(?:交付|投入|實付|收現|付現|現金)(?:現金|金額)? *(?:NT)?[$]?[0-9][0-9,]* ?元?,?[,\n]? *退回 *(?:NT)?[$]?[0-9]"  # change given
    r"|rights reserved|non-?refundable|not refundable|no refunds?|refund policy|process(?:ing)? (?:fee|time|charge|date)s?"
    r"|(?:successfully )?processed|processing bank|please review our",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"作廢|退款|退費|沖帳|撤銷|交易更正|更正交易|無效|反向|已沖|已更正|已作|交易取(?![出卡回款])|取消交易|易取消|已註銷|註銷|退貨|已退|沖銷|沖正|沖回|回沖|銷案|樣張|作癈|"
    r"取消(?:代收|代繳|繳[費款]|收款|付款|本筆|此筆|本次|單|聯)|"
    r"(?:代收|代繳|繳[費款]|付款|收款|本筆|此筆|本單|本聯)(?:業|已|經)*(?:取消|更正|撤回|失效)"
)
_VOID_ENGLISH = re.compile(r"\bvoid(?:ed)?\b|refund|revers(?:ed|al)|charge-?back", re.IGNORECASE)
_FAILED = re.compile(
    r"失敗|餘額不足|未完成|無法完成|連線逾時|交易逾時|退回|拒絕|已取消|已由?[^ ,。\n]{1,6}取消|成功[: ]{0,2}0 ?筆|失[效敗][: ]{0,2}[1-9] ?筆|未成功|不成功|有誤|異常|取消成功|遭退|退匯"
)
_NOT_YET = re.compile(
    r"預約|待放行|主管放行[後始]|尚待|待覆核|待審核|待確認|待付款|待繳(?! ?[0-9]+ ?筆)|待處理|待轉|待扣|待授權|待簽核|待入帳|處理中|確認中|審核中|請確認|確認送出|確認轉帳|確認交易|"
    r"未明|尚未|排程|未送出|未執行|將於|未入帳|等待|預定轉|預計轉|未付款|未繳|未扣款|請輸入|輸入密碼|驗證碼|確認付款|確認繳|"
    r"已受理|受理中|(?:交易|轉帳|繳費|匯款|手續費|費用|金額)試算|試算(?:結果|金額|頁|中)|^ *試算 *$|預覽|草稿"
)
_FAILED_ENGLISH = re.compile(
    r"fail|unsuccess|not success|declin|insufficient|reject|cancell?ed|cancell?ation|^ *cancel *$|not complet|incomplete|"
    r"went wrong|could ?n[o']t|oops|sorry|timed out|time-?out|\berror|returned|bounced|aborted|expired",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_YET_ENGLISH = re.compile(
    r"schedul|pending|process|awaiting|confirm (?:the |your )?(?:transfer|payment|details)|please confirm|reserv|submitted|"
    r"under review|review|in progress|not yet|future|to be (?:paid|sent|transferred)|will be (?:paid|sent|transferred|debited)|"
    r"draft|unpaid|standing order|enter otp|queued|on hold|payment (?:link|request)|authori[sz]ation required|preview|accepted for",
    re.IGNORECASE,
)
# In a cell of few words; in a sentence they tell of rules.
_SHORT = 10
_VOID_SHORT = re.compile(
    "返還|歸還|退還|現金退|誤繳|(?<!轉)錯帳|更正(?!請|須|方)|測試|樣本|停止代收|非繳[費款]憑證|退(?:回)?給[你您]|還給[你您]|退好|"
    "已收回|已撤回|已回收|取消好|錢回來"
)
_FAILED_SHORT = re.compile(
    "逾時|失效|錯誤(?!代碼|訊息)|審核未|未通過|系統忙碌|重複(?:交易|繳)|無此帳|請重新(?:繳|操作|轉|交易)|出錯|出了?點?問題|"
    "沒有?(?:完成|成功|通過|過[!。]?$|[轉付繳匯扣](?:帳|款|費)?(?:成|到|過|出))|[轉付繳匯][帳款費]?不(?:出|過|成|了)|錢不夠|錢還在|退回來"
)
_NOT_YET_SHORT = re.compile(
    "待對方|待收款|(?<!銀行)受理(?!結果|銀行|編|時間|單位|日|序|分行|門市|店|行|局|郵局|人|員)|圈存|保留款|"
    "定期(?:轉帳|扣款|付款)|請至櫃|^繳費單$|還沒|還在|即將[轉付繳匯]|快(?:要|好|搞定|完成)|差一[步點]|再一步|下一步|準備[轉付繳匯]|"
    "要[轉付繳匯][帳款費]?(?:了嗎|嗎|囉|\\?)|確定要|[轉付匯][帳款出]中(?![心華信國山文正])|排定|排好|約好|幫[你您][轉付繳匯]|會在|"
    "(?:明天|後天|到時候?|自動(?!繳費機|繳費設定|櫃員|提款))[^\\n]{0,2}[轉付繳匯扣]|等一下|已送審|待主管|按下",
    re.MULTILINE,
)
_OTHER_DEED = re.compile(  # money that came in, was drawn, or went from one's own account to another
    r"(?:存入|轉入|匯入|入帳|撥入)(?:至|到|了)?[您你我](?!指定)|[您你我]的?帳[戶號][^\n]{0,8}(?:有一筆|收到)|轉帳給[您你我]|"
    r"(?:摘要|類[型別]|種類)[ :]{0,3}(?:跨行|行動|網路|自動)?(?:轉入|匯入|存入) *$|收到(?:一筆)?(?:轉帳|匯款)|"
    r"儲值(?:成功|完成|來源|金額)|帳戶互轉|自有帳戶|取貨付款|交貨便|店到店|"
    r"^(?:交易(?:類別|種類|項目|別|類型)|服務項目|類別|項目|交易)[ :]{0,3}(?:卡片|跨行|現金|國內|金融卡|自動化)*提[款領] *$|"
    r"^ *(?:ATM)?(?:卡片|跨行|現金|國內)*提款 *$|提領現金|現金提領|鈔票",
    re.MULTILINE,
)


def said_against(lines: Sequence[Line]) -> Status | None:
    """VOID, FAILED or NOT_YET by the strongest word; None without any. `lines`: without menus."""
    text, short = plain_text(lines), _short_cells(lines)
    if _VOID.search(text) or _VOID_ENGLISH.search(text) or _VOID_SHORT.search(short):
        return Status.VOID
    if _FAILED.search(text) or _FAILED_ENGLISH.search(text) or _FAILED_SHORT.search(short):
        return Status.FAILED
    if _NOT_YET.search(text) or _NOT_YET_ENGLISH.search(text) or _NOT_YET_SHORT.search(short):
        return Status.NOT_YET
    return None


def is_another_deed(lines: Sequence[Line]) -> bool:
    """Whether money came in, was drawn, topped up, or stayed its owner's."""
    return bool(_OTHER_DEED.search(plain_text(lines)))


def is_rule(text: str) -> bool:
    """Whether a row tells what to do with the paper, or with others like it."""
    return bool(_RULES.search(text))


def plain_text(lines: Sequence[Line]) -> str:
    """The rows, without what they say of other payments."""
    text = of_this_payment(lines)
    return _RULES.sub("", _MENU.sub("", _PLACE.sub("", text)))


def _short_cells(lines: Sequence[Line]) -> str:
    cells = (cell.text.strip() for line in lines for cell in line.cells)
    few = [_RULES.sub("", cell) for cell in cells if len(cell) <= _SHORT]
    return without_clauses("\n".join(few))
