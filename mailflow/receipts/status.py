"""Whether a proof says paid. Pure.

Apps use the same fields on the confirm page, the reservation page and the result page; only the
wording tells them apart. A word for not-yet, failed or void beats every word for paid, and a paid
word counts only when it stands alone: 預約轉帳成功, or a misread of it, is no payment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.booked import went_out
from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.menus import without_menu
from mailflow.receipts.moments import find_moment, find_time
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.other_payments import of_this_payment, without_clauses
from mailflow.receipts.paid_words import says_it_is_done, says_it_is_paid
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.wording import Role

_CJK = "\u3400-\u9fff"
_MENU = re.compile(
    r"預約(?:轉帳|交易|繳費)?[ /、]{0,2}(?:查.?|取消)[ /、]{0,2}(?:取消|查詢)?|預約(?:轉帳|交易|繳費)?(?:請至|專區|服務|功能)[^\n]{0,12}"
)
_PLACE = re.compile(  # 首頁>台幣轉帳>即時/預約轉帳: where one may do either
    r"(?<=[>›»]) ?(?:即時|立即)(?:轉帳)? ?[/、及或] ?預約(?:轉帳|交易)?(?= ?(?:[>›»]|$))",
    re.MULTILINE,
)
_IF = re.compile(
    rf"[若如倘凡萬][{_CJK}A-Za-z0-9 ]{{0,40}}|\b(?:if|in case of|should|for any|to request)\b[^.\n]{{0,80}}",
    re.IGNORECASE,
)
_RULES = re.compile(  # what a notice says of other payments, and what to do with this paper
    r"(?:恕不|不得|無法|不可|概不|不予|不能|不再|不|(?<![已經業])申請|(?<![已經業])辦理|要求|欲|須|需)(?:取消|退款|退費|退還|更正|退貨|撤銷)"
    r"|(?:取消|退款|退費|退貨|更正)(?:請|須|需|方式|規定|辦法|說明|專線|服務|時|者|流程|手續|申請)"
    r"|請(?:當場|當面|務必|您)?(?:確認|核對|檢查|點清)[^\n]{0,14}(?:離開|離櫃|保留|保管|妥存|收據|找零|發票|本聯|此聯|本單據)"
    r"|遺失(?:恕不|不予|不再|概不|無法|不)?[^\n]{0,4}(?:補發|補印|補開|負責)"
    r"|非(?:統一)?發票|非會員(?:交易)?|不得作為[^\n]{0,10}(?:憑證|證明|收據)|請[^\n]{0,8}(?:保留|保管|收存|留存)[^\n]{0,12}|逾期未[繳付]款?|[勿別不][^\n]{0,8}(?:驗證碼|密碼)"
    r"|將於[^\n]{0,16}(?:傳送|傳輸|回傳|提供|銷帳|入帳|通知|寄送|寄發|更新|查詢)|(?:銷帳|入帳)[^\n]{0,8}(?:工作天|工作日)"
    r"|(?:(?:[未非]經?|無)[^\n]{0,14}(?:簽章|蓋章|收款章|收訖章|認證|簽名|蓋印)者?[,，]?|未蓋|加蓋|塗改|影印|影本|毀損|重印|補印|列印|複印|翻拍|剪貼|改寫|撕毀|撕去|逾期)(?:(?!作廢|取消|註銷)[^\n,，。;；]){0,14}無效"
    r"|rights reserved|non-?refundable|not refundable|no refunds?|refund policy|process(?:ing)? (?:fee|time|charge|date)s?"
    r"|(?:successfully )?processed|processing bank|please review our",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"作廢|退款|退費|沖帳|撤銷|交易更正|更正交易|無效|反向|已沖|已更正|已作|交易取|取消交易|易取消|已註銷|註銷|退貨|已退|沖銷|沖正|沖回|回沖|銷案|樣張|作癈|"
    r"取消(?:代收|代繳|繳[費款]|收款|付款|本筆|此筆|本次|單|聯)|"
    r"(?:代收|代繳|繳[費款]|付款|收款|本筆|此筆|本單|本聯)(?:業|已|經)*(?:取消|更正|撤回|失效)"
)
_VOID_ENGLISH = re.compile(r"\bvoid(?:ed)?\b|refund|revers(?:ed|al)|charge-?back", re.IGNORECASE)
_FAILED = re.compile(
    r"失敗|餘額不足|未完成|無法完成|連線逾時|交易逾時|退回|拒絕|已取消|未成功|不成功|有誤|異常|取消成功|遭退|退匯"
)
_NOT_YET = re.compile(
    r"預約|待放行|待覆核|待審核|待確認|待付款|待繳(?! ?[0-9]+ ?筆)|待處理|待轉|待扣|待授權|待簽核|待入帳|處理中|確認中|審核中|請確認|確認送出|確認轉帳|確認交易|"
    r"未明|尚未|排程|未送出|未執行|將於|未入帳|等待|預定轉|預計轉|未付款|未繳|未扣款|請輸入|輸入密碼|驗證碼|確認付款|確認繳|"
    r"已受理|受理中|(?<!信貸)(?<!貸款)(?<!房貸)(?<!保險)(?<!保費)(?<!匯率)試算|預覽|草稿"
)
_FAILED_ENGLISH = re.compile(
    r"fail|unsuccess|not success|declin|insufficient|reject|cancell?ed|cancell?ation|^ *cancel *$|not complet|incomplete|"
    r"went wrong|could ?n[o']t|oops|sorry|timed out|time-?out|\berror|returned|bounced|aborted|expired",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_YET_ENGLISH = re.compile(
    r"schedul|pending|process|awaiting|confirm (?:the |your )?(?:transfer|payment|details)|please confirm|reserv|submitted|"
    r"under review|review|in progress|not yet|future|to be (?:paid|sent|transferred)|will be (?:paid|sent|transferred|debited)|"
    r"draft|unpaid|standing order|enter otp|queued|on hold|authori[sz]ation required|preview|accepted for",
    re.IGNORECASE,
)
# In a cell of few words; in a sentence they tell of rules.
_SHORT = 10
LARGE = 1.3
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
    r"(?:存入|轉入|匯入|入帳|撥入)(?:至|到|了)?[您你我]|[您你我]的?帳[戶號][^\n]{0,8}(?:有一筆|收到)|轉帳給[您你我]|"
    r"(?:摘要|類[型別]|種類)[ :]{0,3}(?:跨行|行動|網路|自動)?(?:轉入|匯入|存入) *$|收到(?:一筆)?(?:轉帳|匯款)|"
    r"儲值(?:成功|完成|來源|金額)|帳戶互轉|自有帳戶|取貨付款|交貨便|店到店|"
    r"^(?:交易(?:類別|種類|項目|別|類型)|服務項目|類別|項目|交易)[ :]{0,3}(?:卡片|跨行|現金|國內|金融卡|自動化)*提[款領] *$|"
    r"^ *(?:ATM)?(?:卡片|跨行|現金|國內)*提款 *$|提領現金|現金提領|鈔票",
    re.MULTILINE,
)
_ABOUT_IT = "(?:您的?|親愛的客戶|提領|台幣|新台幣|本次|本筆|此筆|該筆|這筆|單筆|款項|線上|跨行|即時|非約定|約定|手機|行動|網路|臨櫃|自動|超商|全國|學雜費|報名費|費用|恭喜您?)"
_ACT = "(?:轉帳|匯款|繳費|繳款|付款|支付|交易|扣款|扣帳|繳納|代繳|代收|入帳|存款|收款|轉出|轉入|結帳|繳交)"
_THING = "(?:作業|手續|程序|動作|處理|結果|狀態)"
_DONE = "(?:成功|完成|完畢|付訖|收訖|繳訖)"
_BEHIND = "(?:了|通知書?|通知信|畫面|頁面|明細|結果|訊息|電子收據)?"
_PAID_RUN = re.compile(
    rf"(?:[{_CJK}]{{0,8}}(?:網|銀行|系統|平台|服務|郵局))?[兆玉富郵土合彰華永]?"  # whose page it is
    rf"{_ABOUT_IT}{{0,4}}(?:"
    rf"(?:{_ACT}){{1,2}}{_THING}?(?:已經|業已|已)?{_DONE}|(?:已經|業已|已)?{_DONE}(?:{_ACT}){{1,2}}|"
    rf"(?:已經|業已|已)(?:{_ACT}){{1,2}}{_DONE}?|(?:轉帳|提領|匯款)[至到](?:銀行)?(?:帳戶|戶頭){_DONE}|已(?:經)?(?:轉帳|匯款)[至到](?:銀行)?(?:帳戶|戶頭)|[轉付繳匯]好了|入帳通知|行動支付成功){_BEHIND}"
)
_CAME_IN = re.compile(
    f"^(?:台幣|新台幣|款項|您的)?(?:轉入|匯入|存入|收款|進帳|儲值){_DONE}"
)  # to whoever shows it
_DID = "(?:轉帳|匯款|付款|繳費|繳款|支付|轉|匯|付|繳|存)"
_SOFTLY = "(?:了|囉|啦|喔|嚕|哦|耶)"
_PAID_SAID = re.compile(  # in everyday words: 搞定,錢轉出去了!
    rf"(?:(?:[O0]K|好|太好|成功|搞定|完成|恭喜您?|耶){_SOFTLY}?[!,。~ ]*)?(?:"
    rf"(?:您的|你的|這筆)?(?:錢|款項|款|費用|報名費|帳單|這筆)(?:已經?|都|全)*"
    rf"(?:{_DID}(?:好|完|出|過|出去|過去|進去|成功|完成|完畢|清)|(?:成功)?送達|過去|出去|付清){_SOFTLY}?|"
    rf"(?:已經?|都)*{_DID}[好完]{_SOFTLY}|已(?:經)?(?:[轉匯付繳][出清訖]?|完成){_SOFTLY}?|"
    rf"{_ABOUT_IT}?{_ACT}(?:(?:成功|完成){_SOFTLY}?|OK)|"
    rf"(?:成功|完成|搞定)(?:{_SOFTLY}|(?=[!~]))|搞定|成功[轉匯付繳]出{_SOFTLY}?)[!~。 ]*"
)
_SAID_LARGE = re.compile("完成|成功|Done|Complete|Success", re.IGNORECASE)  # small: a button
_PAID_SENTENCE = re.compile(
    r"(?:您|款項|本行|本校|本筆|貴客戶|此筆|該筆)[^。\n]{0,36}(?:已|業已)(?:經|於)?[^。\n]{0,24}?"
    r"(?:成功|完成|順利|入帳|繳納|繳訖|收訖|收到)[^。,\n]{0,10}|已收到[^。\n]{0,16}(?:繳款|繳費|付款|匯款)"
)
_PAID_RESULT = re.compile(
    rf"(?:【[^】]{{1,12}}】)?{_ABOUT_IT}{{0,3}}{_ACT}結果(?:通知)? ?: ?{_DONE}"
)
_OTHER_MATTER = re.compile("申請|設定|登入|驗證|註冊|預|尚|未|待|請")
_STATUS_RUN = re.compile(rf"(?:已)?(?:成功|完成|入帳|付訖|收訖)|已{_ACT}|正常|{_ACT}{_DONE}")
_STATUS_CODE = re.compile(
    r" *(?:0000|4001)?[ :\-]*(?:OK|Success(?:ful)?|Completed?|Paid|Done|Settled|Credited|Approved)?[ .!]*",
    re.IGNORECASE,
)
_OF = (
    r"(?:(?:your|the|this) )?(?:(?:fund|money|bill|online|interbank|bank|instant|domestic|local) )?"
)
_PAID_ENGLISH = re.compile(
    rf"(?:{_OF}(?:transfer|payment|transaction|remittance)(?: (?:of|for|to) [^.!?]{{1,48}}?)?"
    r"(?: (?:is|was|were|has been|have been))? ?(?:now )?"
    r"(?:successful(?:ly)?(?: (?:completed|made|processed|sent|paid|received|transferred))?|succeeded|"
    r"completed?(?: successfully)?|success|done|received|confirmed|made successfully|sent|credited|settled)"
    r"|(?:(?:you|we)(?:'ve| have)? )?successfully (?:transferred|paid|sent|remitted|completed|credited|received)(?: [^.!?]{1,60})?"
    r"|(?:your )?money (?:is |was |has been )?(?:sent|transferred)(?: successfully)?"
    r"|(?:we|you) have (?:received|made) (?:your|a|the) payment[^.!?]{0,40}"
    r"|success(?:ful)?|completed|(?:it'?s |all )done|(?:done|sent)(?=!)|(?:transfer|payment|transaction) made|paid(?: in full)?|payment (?:success )?receipt|(?:official|electronic|transfer|e-?) ?receipt)[.!]*",
    re.IGNORECASE,
)
_PAID_PROSE = re.compile(  # Completed. The money has been sent to the beneficiary.
    r"(?:(?:completed?|done|success(?:ful)?)[.!] ?)?(?:the|your) (?:money|funds?|payment|transfer) (?:has|have) been "
    r"(?:successfully )?(?:sent|transferred|paid)(?: to the (?:beneficiary|recipient|payee|receiver))?(?: successfully)?[.!]?",
    re.IGNORECASE,
)
_SLIP = re.compile(  # only what is not paid yet says so
    r"代收繳費單|持本單(?:據)?[^\n]{0,12}(?:櫃|繳|付款|結帳)|非繳[費款]證明|非收據|[至到]櫃[檯台](?:結帳|繳)|"
    r"小時內(?:有效|失效|繳|付|至|到|完成|持)|逾[期時]失效|後請索取|ibon ?繳費單|繳費單(?:號碼)?列印"
)
_LIKE_A_SLIP = re.compile(
    r"繳費單|繳[費款]通知|繳[費款]期限|繳[費款]截止|繳款單|存查聯|payment slip", re.IGNORECASE
)
_STAMPED = re.compile(
    r"[收付繳匯轉][款費帳]?訖|已收款|代收訖|收款章|代收章|收款專用章|已繳[費款]?章"
)
_RECEIPT = re.compile(  # a title that no unpaid paper bears
    r"(?:[^ ]{0,10}(?:銀行|大學|學校|超商|郵局))?(?:(?:代收|繳費|繳款|匯款|電子|付款|收款|轉帳|款項){1,2}|代收款(?:專用)?)(?:項)?"
    r"(?:收據|繳款證明|憑證|證明(?:書|單)?)(?:\([^()]{1,8}\)|[^ ]{0,3}聯)?|收據|繳[款費](?:完成|成功)?證明(?:書|單)?(?:\([^()]{1,8}\)|顧客聯)?"
)
_STORE = re.compile(
    r"超商|門市|ELEVEN|全家便利|FamilyMart|萊爾富|Hi-?Life|OK ?mart|全聯|福利中心|美廉社|家樂福|量販|超級市場|代收服務|代收業務|代收款?(?:項)?收執聯|服務台|代收款專用|收銀[機員台檯]|店員|顧客聯|顧客收執|便利商店",
    re.IGNORECASE,
)
_STORE_PROOF = re.compile(
    r"(?<!非)繳[款費](?:完成|成功)?證明|代收款證明|代收款專用|(?:顧客|客戶|繳[費款][人者])(?:收執)?聯|顧客收執|繳費者收執|查詢繳[費款](?:狀況|情形)[^\n]{0,4}(?:攜帶|憑|持)|代收款?收據|代收款?憑證|代收款?明細|繳[費款]收據|收執聯|"
    r"[本此](?:收執聯|收據|聯|單|單據|明細表?)(?:為|係|即|[可得]?作?為)[^\n經蓋非始]{0,8}(?:憑證|證明|收據)(?![^\n]{0,6}[經蓋始方])"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that says paid: paid_word, status_row, cash_counted, store_proof, stamp, booked (a
    passbook's row, an account's entry) or receipt_title."""

    code: str
    box: Box


_SUM_BEHIND = re.compile(r"(?:NT ?\$|\$|TWD) ?[0-9][0-9,]*(?:\.00)?$|[0-9][0-9,]* ?元整?$")
_MACHINE_BOX = re.compile(r"(?:認證欄|機器認證|收款認證) ?:? ?(.*)")
_OF_MACHINE = re.compile(r"(?<![0-9])[0-9]{7,}(?![0-9])|(?:櫃員|經辦|TLR|序號?) ?:?[0-9]+|臨櫃代收")
_BY_WHOM = re.compile(r"(?:櫃員|經辦|主管|機號|TLR|序號?) ?:?[0-9]+")
_TOKEN = re.compile(  # a number by itself, neither day nor hour nor the long one of a receipt
    r"(?<![0-9A-Za-z,.:/$-])(?:NT ?\$|\$|TWD ?)?[1-9][0-9]{0,2}(?:,?[0-9]{3})?(?:\.00)?元?(?![0-9A-Za-z,.:/-])"
)
_ICONS = " vV√✓✔·•*-☑✅"
_TALK = re.compile(  # people who write to each other
    r"請問|麻煩你|幫我|給我|[我你妳]已|(?:嗎|喔|呢|囉|哦)[?!。~ ]*$|收到(?:了)?[,， ]*謝|好的|沒問題|等等|晚點",
    re.MULTILINE,
)
_FEW_WORDS = re.compile(rf"[{_CJK}][{_CJK} ]{{1,7}}")
_USUAL = re.compile(
    r"謝|歡迎|光臨|保管|保留|存查|客服|僅供|發票|憑證|顧客|收執|門市|店|證明|專線|收訖|代收|繳|愉快|"
    r"請|公司|銀行|超商|備查|查詢|單據"
)


_TAKES_BACK = re.compile("取消|廢|癈|沖|退|註銷|撤|誤|更正|停|失|無效|未|非")
_CORE = frozenset(
    {Role.AMOUNT, Role.PAYEE, Role.PAYER, Role.WHEN, Role.REFERENCE, Role.FEE, Role.TOTAL}
)
_BESIDE = frozenset({Role.PAYEE_BANK, Role.STATUS, Role.BALANCE})
_COUNTED = frozenset({Role.TOTAL, Role.CASH, Role.CHANGE})


def find_kind(
    lines: Sequence[Line],
    found: Sequence[Entry],
    *,
    sum_found: bool = False,
    account_found: bool = False,
    day_found: bool = False,
) -> Kind:
    """What kind of paper or screen this is; OTHER when it has too few fields for a proof.

    `sum_found`, `account_found`, `day_found`: it stands there, though no label names it. That
    counts on a page that names two other things: people who talk about a payment rarely do.
    """
    text = _plain(lines)
    roles = {entry.role for entry in found if entry.value}
    numbered = {e.role for e in found if e.role is Role.ACCOUNT and parse_account(e.value)}
    labelled = len(roles & _CORE | numbered) >= 2 and not _TALK.search(text)
    roles |= {Role.AMOUNT} if sum_found else set()
    if _SLIP.search(text):
        return Kind.SLIP
    if _LIKE_A_SLIP.search(text) and not _shows_payment(lines, roles):
        return Kind.SLIP
    if _STORE.search(text) and roles & {Role.AMOUNT, Role.TOTAL, Role.SEGMENT_2, Role.PAYEE}:
        return Kind.STORE
    paid = any(_says_paid(line.text) for line in lines)
    if labelled:
        roles |= {Role.PAYEE} if account_found else set()
        roles |= {Role.WHEN} if day_found else set()
    core, more = len(roles & _CORE), len(roles & _BESIDE) + paid
    return Kind.TRANSFER if core >= 3 or (core == 2 and more) else Kind.OTHER


def _shows_payment(lines: Sequence[Line], roles: set[Role]) -> bool:
    """Whether a page with the words of a slip is one that was made after paying."""
    if any(_says_paid(line.text) for line in lines):
        return True
    shown = _STORE_PROOF.search(_plain(lines)) or _is_receipt(lines)
    return bool(shown and roles & {Role.CASH, Role.CHANGE})


def find_status(lines: Sequence[Line], found: Sequence[Entry], *, kind: Kind) -> Status:
    """The strongest word wins: void, failed, not yet, then paid; UNKNOWN without any."""
    lines = without_menu(lines)
    text, short = _plain(lines), _short_cells(lines)
    if _VOID.search(text) or _VOID_ENGLISH.search(text) or _VOID_SHORT.search(short):
        return Status.VOID
    if _FAILED.search(text) or _FAILED_ENGLISH.search(text) or _FAILED_SHORT.search(short):
        return Status.FAILED
    if kind is Kind.SLIP and not any(sum_validated(line.text) for line in lines):
        return Status.UNKNOWN if _STAMPED.search(text) else Status.NOT_YET
    if _NOT_YET.search(text) or _NOT_YET_ENGLISH.search(text) or _NOT_YET_SHORT.search(short):
        return Status.NOT_YET
    if _OTHER_DEED.search(text):
        return Status.UNKNOWN
    return Status.PAID if paid_signs(lines, found, kind=kind) else Status.UNKNOWN


def paid_signs(lines: Sequence[Line], found: Sequence[Entry], *, kind: Kind) -> tuple[Sign, ...]:
    """What says that it was paid, and where; the contrary words are not looked at here."""
    signs = [Sign("paid_word", line.box) for line in lines if _says_paid(line.text)]
    signs += [Sign("paid_word", line.box) for line in _said_large(lines)]
    entry = went_out(lines)
    signs += [Sign("booked", entry[0].box)] if entry else []
    signs += [Sign("status_row", entry.box) for entry in found if _status_paid(entry)]
    stamps = [Sign("stamp", line.box) for line in lines if _STAMPED.search(line.text)]
    signs += [Sign("validated", line.box) for line in lines if sum_validated(line.text)]
    titles = [Sign("receipt_title", line.box) for line in lines if _is_receipt([line])]
    if kind is Kind.STORE:
        signs += [Sign("cash_counted", box) for box in cash_counted(found)]
        counted = any(entry.role in _COUNTED for entry in found)
        proofs = [Sign("store_proof", x.box) for x in lines if _STORE_PROOF.search(x.text)]
        signs += proofs if counted or stamps or titles else []
    if any(find_time(line.text) for line in lines):
        signs += titles  # an unpaid slip has titles too, but no time of day
    return (*signs, *stamps)


def sum_validated(text: str) -> int | None:
    """The sum (NT$) that a counter's machine prints on a slip, with the minute and its stamp; or,
    in the box that is kept for it, with its number or the clerk's."""
    moment = find_moment(text)
    if not moment or "T" not in moment:
        return None
    box = _MACHINE_BOX.search(text)
    if box and _OF_MACHINE.search(box[1]):
        sums = {amount_at_start(x[0].strip()) for x in _TOKEN.finditer(_BY_WHOM.sub("", box[1]))}
        return sums.pop() if len(sums) == 1 else None
    found = _SUM_BEHIND.search(text)
    return amount_at_start(found[0]) if found and _STAMPED.search(text) else None


def _said_large(lines: Sequence[Line]) -> list[Line]:
    """完成 or Done by itself, as a page's headline; in small letters it is what one may press."""
    usual = median([line.box.height for line in lines]) if lines else 0
    large = (line for line in lines if line.box.height > LARGE * usual)
    return [line for line in large if _SAID_LARGE.fullmatch(line.text.strip(f"{_ICONS}!"))]


def cash_counted(found: Sequence[Entry]) -> list[Box]:
    """Where cash was taken and change given: no till prints that before."""
    told = [entry for entry in found if amount_at_start(entry.value) is not None]
    roles = {entry.role for entry in told}
    if not {Role.CASH, Role.CHANGE} <= roles:
        return []
    return [entry.box for entry in told if entry.role is Role.CASH][:1]


def _is_receipt(lines: Sequence[Line]) -> bool:
    """Whether a cell is the title of a receipt and nothing else."""
    cells = (
        cell.text.strip(" *-=[]【】<>《》〈〉「」『』") for line in lines for cell in line.cells
    )
    return any(_RECEIPT.fullmatch(cell) for cell in cells)


def strange_words(lines: Sequence[Line], found: Sequence[Entry], below: Box | None) -> bool:
    """Whether a few words stand by themselves under a store's sums that no receipt usually bears.

    So a void that is worded in a way nobody thought of still goes to a person.
    """
    return below is not None and any(
        line.box.top >= below.bottom
        and not any(_holds(entry.box, line.box) for entry in found)
        and _FEW_WORDS.fullmatch(line.text.strip(" *-=()[]【】"))
        and (_TAKES_BACK.search(line.text) or not _USUAL.search(line.text))
        and not _RULES.search(line.text)
        for line in lines
    )


def _holds(box: Box, row: Box) -> bool:
    return box.top <= row.top and row.bottom <= box.bottom


def says_paid_alone(line: Line) -> bool:
    """Whether the row is the headline of a result page: nothing but a paid word (and an icon)."""
    runs = list(_runs(line.text))
    alone = len(runs) == 1 and bool(_PAID_RUN.fullmatch(runs[0][1]))
    text = line.text.strip(_ICONS)
    if says_it_is_paid(text) or says_it_is_done(line.text):
        return True
    return alone or bool(_PAID_SAID.fullmatch(text) or _PAID_RESULT.fullmatch(text))


def _plain(lines: Sequence[Line]) -> str:
    text = of_this_payment(lines)
    return _RULES.sub("", _IF.sub("", _MENU.sub("", _PLACE.sub("", text))))


def _short_cells(lines: Sequence[Line]) -> str:
    cells = (cell.text.strip() for line in lines for cell in line.cells)
    few = [_RULES.sub("", _IF.sub("", cell)) for cell in cells if len(cell) <= _SHORT]
    return without_clauses("\n".join(few))


def _says_paid(text: str) -> bool:
    if _CAME_IN.match(text.strip(_ICONS)):
        return False
    parts = [part.strip(_ICONS) for part in text.split("  ")]
    if any(says_it_is_paid(part) or says_it_is_done(part) for part in (text, *text.split("  "))):
        return True
    if any(_PAID_ENGLISH.fullmatch(part) or _PAID_PROSE.fullmatch(part) for part in parts):
        return True
    if _PAID_SAID.fullmatch(text.strip(_ICONS)):
        return True
    if any(_PAID_RUN.fullmatch(run) and clear for clear, run in _runs(text)):
        return True
    if _PAID_RESULT.fullmatch(text.strip()):
        return True
    told = _PAID_SENTENCE.search(_IF.sub("", text))
    return bool(told and re.search(_ACT, told[0]) and not _OTHER_MATTER.search(told[0]))


def _status_paid(entry: Entry) -> bool:
    if entry.role is not Role.STATUS or not entry.value:
        return False
    if _STATUS_CODE.fullmatch(entry.value):
        return True
    runs = [run for run in _runs(entry.value) if run != (True, "處理完成")]  # 處理完成(成功)
    return bool(runs and runs[0][0] and _STATUS_RUN.fullmatch(runs[0][1]))


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of Chinese characters; False where Latin letters just before may be misread ones."""
    for found in re.finditer(rf"[{_CJK}]+", text):
        before = text[max(0, found.start() - 4) : found.start()]
        before = re.sub(r"(?:^|(?<=[ :]))(?:[vV√]|[O0]K ?)$", "", before)  # a tick
        yield not re.search(r"[A-Za-z]{2} ?$|[A-Za-z]$", before), found[0]
