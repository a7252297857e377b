"""Rows that say that the payment was made: in a headline, a sentence, a status. Pure.

A paid word counts only when it stands alone: 預約轉帳成功, or a misread of it, is no payment.
"""

import re
from collections.abc import Iterator

from mailflow.receipts.conditions import without_conditions
from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line
from mailflow.receipts.paid_words import says_it_is_done, says_it_is_paid
from mailflow.receipts.wording import Role

_CJK = "\u3400-\u9fff"
SURE = 80.0  # of 100
ICONS = " vV√✓✔·•*-☑✅"
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
_NOTHING_DONE = re.compile(
    "^當(?=[您貴])|以此(?:訊息|簡訊)通知|(?:成功|完成)[: ]{0,3}(?:0 ?[元筆]|[?]|[(]?預計)|step [0-9]",
    re.IGNORECASE,
)
_STEPS = re.compile("[\u3400-\u9fff] *[>›→] *[\u3400-\u9fff]|^ *[☐□✗✕]")  # 輸入 > 確認 > 交易完成
_BAR = re.compile(r"[1①] ?[.、]?\S{2,8} +[2②] ?[.、]?\S{2,8}")  # 1輸入  2核對  3轉帳完成
_DID = "(?:轉帳|匯款|付款|繳費|繳款|支付|轉|匯|付|繳|存)"
_SOFTLY = "(?:了|囉|啦|喔|嚕|哦|耶)"
_PAID_SAID = re.compile(  # in everyday words: 搞定,錢轉出去了!
    rf"(?:(?:[O0]K|Done|Yes|嗨|好|太好|成功|搞定|完成|恭喜您?|耶){_SOFTLY}?[!,。~ ]*)?(?:"
    rf"(?:您的|你的|這筆)?(?:錢|款項|款|費用|報名費|這筆)(?:已經?|都|全)*"
    rf"(?:{_DID}(?:好|完|出|過|出去|過去|進去|成功|完成|完畢|清)|(?:成功)?送[達到]|過去|出去|付清){_SOFTLY}?|"
    rf"{_DID}(?:出去|過去)(?:了|囉|啦)|"
    rf"帳單(?:已經?|都|全)*(?:{_DID}(?:好|完|清)|付清){_SOFTLY}?|"
    rf"(?:已經?|都)*{_DID}[好完]{_SOFTLY}|已(?:經)?(?:[轉匯付繳][出清訖]?|完成){_SOFTLY}?|"
    rf"{_ABOUT_IT}?{_ACT}(?:(?:成功|完成){_SOFTLY}?|OK)|"
    rf"(?:成功|完成|搞定)(?:{_SOFTLY}|(?=[!~]))|搞定|成功[轉匯付繳]出{_SOFTLY}?)[!~。 ]*"
)
_PAID_SENTENCE = re.compile(
    r"(?:您|款項|本行|本校|本筆|貴客戶|此筆|該筆)[^。\n]{0,36}(?:已|業已)(?:經|於)?[^。\n]{0,24}?"
    r"(?:成功|完成|順利|入帳|繳納|繳訖|收訖|收到)[^。,\n]{0,10}|已收到[^。\n]{0,16}(?:繳款|繳費|付款|匯款)"
)
_PAID_RESULT = re.compile(
    rf"(?:【[^】]{{1,12}}】)?{_ABOUT_IT}{{0,3}}{_ACT}結果(?:通知)? ?: ?{_DONE}"
)
_OTHER_MATTER = re.compile("申請|設定|開通|開啟|變更|階段|登入|驗證|註冊|預|尚|未|待|請")
_STATUS_RUN = re.compile(
    rf"(?:已)?(?:成功|正常完成|完成|入帳|付訖|收訖)|已{_ACT}|{_ACT}?正常|{_ACT}{_DONE}"
)
_STATUS_CODE = re.compile(
    r"(?=.*[0-9A-Za-z]) *(?:00 ?\((?:正常|成功|完成)\)|(?:0000|4001)?[ :\-]*(?:OK|Success(?:ful)?|Completed?|Paid|Done|Settled|Credited|(?<=0000[ :-])Approved)?[ .!]*)",
    re.IGNORECASE,
)
_RESPONSE = re.compile("resp", re.IGNORECASE)
_OF_STATUS = re.compile("(?:狀態|結果|進度|status|result)$", re.IGNORECASE)
_ODD = re.compile(f"[{_CJK}]{{1,4}}|[A-Za-z0-9]{{1,6}}|[✗✕×☐○]")
_NOT_ODD = frozenset(  # the title goes on; or it says so; a rule below it
    [
        "一",
        "通知",
        "明細",
        "畫面",
        "頁面",
        "如下",
        "顯示",
        "說明",
        "查詢",
        "分享",
        "列印",
        "資訊",
        "正常",
        "有效",
        "已入戶",
        "繳訖",
        "已送達",
        "O",
        "V",
        "v",
    ]
)
_OF = (
    r"(?:(?:your|the|this) )?(?:(?:fund|money|bill|online|interbank|bank|instant|domestic|local) )?"
)
_SLOT = (  # of how much, to whom; no free words: payment to supervisor sent
    r"(?: (?:of|for) (?:NT ?\$|TWD|NTD|\$) ?[1-9][0-9,]*(?:\.00)?)?"
    r"(?: to (?:(?:the|your) )?(?:payee|beneficiary|recipient|receiver|bank account|account|"
    r"(?:account |a/c )?[0-9*xX -]{4,24}|[A-Za-z .]{0,30}(?:bank|university|college|school|association|foundation)))?"
)
_ENGLISH_DAY = (
    "(?:[0-9]{1,2} [a-z]{3,9},? 20[0-9]{2}|[a-z]{3,9} [0-9]{1,2},? 20[0-9]{2}|"
    "20[0-9]{2}[-/][0-9]{2}[-/][0-9]{2})"
)
_PAID_ENGLISH = re.compile(
    rf"(?:{_OF}(?:transfer|payment|transaction|remittance){_SLOT}"
    r"(?: (?:is|was|were|has been|have been))? ?(?:now )?"
    r"(?:successful(?:ly)?(?: (?:completed|made|processed|sent|paid|received|transferred))?|succeeded|"
    r"completed?(?: successfully)?|processed successfully|success|done|received|made successfully|sent|credited|settled)"
    rf"|completed on {_ENGLISH_DAY}(?:,? (?:at )?[0-9:]{{4,8}} ?(?:[ap]m)?)?|(?:(?:you|we)(?:'ve| have)? )?successfully (?:transferred|paid|sent|remitted|completed|credited)(?: (?:NT ?\$|TWD|\$) ?[1-9][0-9,]*(?:\.00)?)?{_SLOT}"
    r"|(?:your )?money (?:is |was |has been )?(?:sent|transferred)(?: successfully)?"
    r"|the (?:payee|beneficiary|recipient) has been credited|(?:transferred|sent|paid) successfully|your payment (?:has been|was) (?:made|sent|received)"
    r"|(?:transfer|payment|transaction) (?:result|status)[: ]+(?:successful|success|completed)"
    r"|(?:we|you) have (?:received|made) (?:your|the) payment(?: of (?:NT ?\$|TWD|\$) ?[1-9][0-9,]*(?:\.00)?)?"
    r"|success(?:ful)?|completed|(?:it'?s |all )done|(?:done|sent)(?=!)|(?:transfer|payment|transaction) made|paid(?: in full)?|payment (?:success )?receipt|(?:official|electronic|transfer|e-?) ?receipt)[.!]*",
    re.IGNORECASE,
)
_PAID_PROSE = re.compile(  # Completed. The money has been sent to the beneficiary.
    r"(?:(?:completed?|done|success(?:ful)?)[.!] ?)?(?:the|your) (?:money|funds?|payment|transfer) (?:has|have) been "
    r"(?:successfully )?(?:sent|transferred|paid)(?: to the (?:beneficiary|recipient|payee|receiver))?(?: successfully)?[.!]?",
    re.IGNORECASE,
)


_KEEP_IT = re.compile(  # what to do with the page
    r"(?<=[a-z][.!]) (?:please )?(?:keep|save|retain|print) [a-z ,]{4,60}\.?$", re.IGNORECASE
)
_GREETING = re.compile("^(?:thank you|thanks|great|congratulations)[.!,] ", re.IGNORECASE)


def says_paid_alone(line: Line) -> bool:
    """Whether the row is the headline of a result page: nothing but a paid word (and an icon)."""
    runs = list(_runs(line.text))
    alone = len(runs) == 1 and bool(_PAID_RUN.fullmatch(runs[0][1]))
    text = line.text.strip(ICONS)
    if says_it_is_paid(text) or says_it_is_done(line.text):
        return True
    return alone or bool(_PAID_SAID.fullmatch(text) or _PAID_RESULT.fullmatch(text))


def only_says_paid(text: str) -> bool:
    """Whether the text says so and nothing else."""
    plain = text.strip(ICONS)
    whole = (_PAID_SAID, _PAID_RESULT, _PAID_ENGLISH, _PAID_PROSE)
    return says_it_is_paid(text) or says_it_is_done(text) or any(x.fullmatch(plain) for x in whole)


def says_paid(text: str) -> bool:
    """Whether a row (two spaces between its cells) says so."""
    if _NOTHING_DONE.search(text) or _STEPS.search(text) or _BAR.match(text):
        return False
    if _CAME_IN.match(text.strip(ICONS)):
        return False
    parts = [part.strip(ICONS) for part in text.split("  ")]
    if any(says_it_is_paid(part) or says_it_is_done(part) for part in (text, *text.split("  "))):
        return True
    plain = [_KEEP_IT.sub("", _GREETING.sub("", part)) for part in parts]
    if any(_PAID_ENGLISH.fullmatch(one) or _PAID_PROSE.fullmatch(one) for one in plain):
        return True
    if _PAID_SAID.fullmatch(text.strip(ICONS)):
        return True
    if any(_PAID_RUN.fullmatch(run) and clear for clear, run in _runs(text)):
        return True
    if _PAID_RESULT.fullmatch(text.strip()):
        return True
    told = _PAID_SENTENCE.search(without_conditions(text))
    return bool(told and re.search(_ACT, told[0]) and not _OTHER_MATTER.search(told[0]))


def status_paid(entry: Entry) -> bool:
    """Whether the value of a status says so."""
    if entry.role is not Role.STATUS or not entry.value:
        return False
    if _STATUS_CODE.fullmatch(entry.value) or says_it_is_done(entry.value):
        return True
    if _RESPONSE.match(entry.label) and entry.value.strip(" .!").upper() == "APPROVED":
        return True  # by the machine that sent it; a Status may be approved by somebody
    runs = [run for run in _runs(entry.value) if run != (True, "處理完成")]  # 處理完成(成功)
    return bool(runs and runs[0][0] and _STATUS_RUN.fullmatch(runs[0][1]))


def odd_status(entry: Entry) -> bool:
    """Whether a status or a result has a short value that says nothing known: 狀態 退, 結果 X."""
    told = entry.role is Role.STATUS and _OF_STATUS.search(entry.label)
    beside = entry.label_box is not None and entry.value_box.same_row(entry.label_box)
    # An engine is not sure of the cross that closes a window, beside its title.
    closes = entry.value in ("X", "x", "×") and entry.confidence < SURE
    odd = _ODD.fullmatch(entry.value) and entry.value not in _NOT_ODD and not closes
    return bool(told and beside and odd and not status_paid(entry) and not says_paid(entry.value))


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of Chinese characters; False where Latin letters just before may be misread ones."""
    for found in re.finditer(rf"[{_CJK}]+", text):
        before = text[max(0, found.start() - 4) : found.start()]
        before = re.sub(r"(?:^|(?<=[ :]))(?:[vV√]|[O0]K ?)$", "", before)  # a tick
        yield not re.search(r"[A-Za-z]{2} ?$|[A-Za-z]$", before), found[0]
