"""What a label on a proof names, told by its parts: who or what, and then a noun. Pure.

No bank words its labels like another, but all compose them of the same few parts: 轉帳 or 繳款 or
入帳, then 金額; 收款人 or 銷帳, then 帳號. So the tables hold parts, and `role_of` tries the
compositions from the top: what must never be taken for the amount (a balance, a fee, a limit) or
for the payee's account (the payer's) stands above it.
"""

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    AMOUNT = "amount"
    FEE = "fee"
    TOTAL = "total"
    BALANCE = "balance"
    CASH = "cash"
    CHANGE = "change"
    DUE = "due"
    APART = "apart"  # money that is none of these: a limit, points, a discount, a tax
    PAYEE = "payee"  # the account that was credited
    PAYER = "payer"
    ACCOUNT = "account"  # one of the two; what stands before it tells which
    PAYEE_BANK = "payee_bank"
    PAYER_BANK = "payer_bank"
    WHEN = "when"
    OTHER_TIME = "other_time"
    REFERENCE = "reference"
    STATUS = "status"
    MEMO = "memo"
    SEGMENT_1 = "segment_1"
    SEGMENT_2 = "segment_2"
    SEGMENT_3 = "segment_3"
    NAME = "name"


MONEY = frozenset(
    {
        Role.AMOUNT,
        Role.FEE,
        Role.TOTAL,
        Role.BALANCE,
        Role.CASH,
        Role.CHANGE,
        Role.DUE,
        Role.APART,
    }
)

_PARTS = {
    # ---- Chinese
    "this": (
        "本次|此次|本筆|此筆|該筆|這筆|單筆|本期|您的|您|你的|本|台幣|新台幣|原|實際|線上|跨行|即時|國內|非約定|約定|"
        "網路|行動|自動|臨櫃|帳戶|款項|已"
    ),
    "act": (
        "轉帳|轉出|轉入|入款|匯款|匯出|匯入|匯|繳費單|繳款單|繳款|繳費|繳納|代繳|實繳|扣繳|代收|代收款|付款|支付|付費|交易|"
        "入帳|存入|存款|收款|受款|撥款|撥入|解款|結帳|帳單|費用|匯轉|給付|付帳|撥付|無摺存款|劃撥|繳費款|帳單款|轉給|轉撥|貸記|提轉|報名費?|小寫|已付|已繳|已收|收費|代收代付|繳交|消費|發生|訂單|送出"
    ),
    "sum": "金額|款項|款額|總額|總金額|總款項|數額|總數|合計|總計|金額合計|金額總計|金額小計|總價|費用|額|款|小計|淨額",
    "gross": "扣款|扣帳|扣除|實付|實收|實扣|支出|扣|外扣",
    "in": (
        "轉入|存入|入帳|收款|受款|匯入|撥入|進帳|解款|入款|入戶|收帳|給付|轉給|目的|目標|對方|受益|轉至|匯至|付至|付款至|轉帳至|貸方|收方|對象|收受|送金"
    ),
    "out": (
        "轉出|扣款|扣帳|付款|支付|匯出|匯款|提款|提出|出款|撥出|付帳|支出|來源|我的|本人|自己|借方|付方|出帳|晶片|晶片卡|金融卡?|信用卡|"
        "提款卡|卡片|連結|綁定|扣繳|約定扣款"
    ),
    "bill": "銷帳|虛擬|專屬|繳款|繳費|繳納|繳費單|繳款單|帳單|代收|用戶|消帳|收費|專戶|單據",
    "man": "人|方|者|戶|行|單位|機構",
    "acc": "帳號|帳戶|戶口|戶口號碼|帳戶號碼|帳號號碼|戶號|帳戶帳號|號帳|戶頭|戶頭號碼",
    "bank": "銀行|行庫|行庫局|行|機構|金融機構|銀行別|行別|分行|解款行|銀行名稱",
    "clock": "日期|時間|日|時刻|日時|時點|時分|日期時間|日期/時間|日期及時間|日期與時間|日期、時間|時間日期|日期暨時間|年月日",
    "number": "序號|編號|號碼|單號|代號|識別碼|流水號|流水|序|單據號|代碼|收據號|明細編號|號|碼|識別號|序列號|查詢碼|紀錄號|帳務序號",
    # ---- everyday words
    "did": "轉帳|匯款|付款|繳款|繳費|存款|轉|匯|付|繳|存|撥",
    "whose": "我的|你的|您的|自己的|誰的|這個|哪個|哪一個|那個",
    "purse": "帳[戶號]|戶口|戶頭|錢包|銀行|卡片?|錢",
    "towards": (
        "(?:錢|款項)?(?:{did}|進|送|提領)?(?:到|至|給|進|往|去)了?(?:誰|哪裡|哪兒?|這裡|對方|(?:{whose})?的?(?:{purse})|的?(?:人|對象))?的?|"
        "收[錢款]的?(?:人|一方|對象|{purse})|收款戶|入戶"
    ),
    "fromwards": (
        "(?:錢|款項|提領)?(?:從|由|自)(?:哪裡|哪兒?|這裡|{whose})?(?:{purse})?(?:{did})?[出的走]?|"
        "(?:用|扣)(?:{whose})(?:{purse})?(?:{did})?的?|(?:扣款|付款|扣帳|轉出)(?:來源|工具|對象)"
    ),
    # ---- English; an engine may lose any space
    "e_act": (
        "transfer(?:red)?|payment|pay|paid|remit(?:tance|ted)?|transaction|txn|trans\\.?|deposit(?:ed)?|credit(?:ed)?|sent|"
        "received|principal|bill|settlement|collected|collection|instructed"
    ),
    "e_this": "your|the|this|net|actual|local|fund|funds|bank|online|interbank|original",
    "e_sum": "amount|amt\\.?|sum|value",
    "e_acc": "account|a/c|acct\\.?|acc\\.?|acnt",
    "e_no": "numbers?|no\\.?|num\\.?|#|id|code",
    "e_in": (
        "to|into|payee(?:'?s)?|beneficiary(?:'?s)?|recipient(?:'?s)?|receiver(?:'?s)?|receiving|credit(?:ed)?|destination|"
        "deposit(?:ed)?|crediting|in|virtual|counterparty|transfer(?:red)?-? ?(?:to|in)|paid to|target|payment|bill|biller|collection"
    ),
    "e_out": (
        "from|payer(?:'?s)?|debit(?:ed)?|debiting|out|source|paying|sender(?:'?s)?|remitter(?:'?s)?|remitting|my|withdrawal|"
        "transfer(?:red)?-? ?(?:from|out)|paid from|funding|ordering"
    ),
}

# Tried from the top. {name}: one of the parts above; in English a space may be missing.
_CHINESE: tuple[tuple[Role, str], ...] = (
    (Role.SEGMENT_1, "(?:第?[1一—–-]?段|段[1一—–-]|條碼[1一—–-]|第[1一]段條碼|條碼第?[1一]段?)"),
    (
        Role.SEGMENT_2,
        "(?:第?[2二]段|段[2二]|(?:帳單|代收|繳費)?條碼[2二]|第[2二]段條碼|條碼第?[2二]段?)",
    ),
    (Role.SEGMENT_3, "(?:第?[3三]段|段[3三]|條碼[3三]|第[3三]段條碼|條碼第?[3三]段?)"),
    (
        Role.MEMO,
        ".{0,6}(?:備註|附言|留言|摘要|註記|附註|備忘錄?|用途|筆記)(?:對方|自己|欄)?|給.{0,6}(?:訊息|話|備註)|"
        "轉帳訊息|訊息給.{0,4}|(?:轉帳|附註|交易)說明",
    ),
    (Role.PAYER, "轉自|{fromwards}|(?:{in}|{out}|資金|款項|轉帳|匯款)來源(?:{bank}|{acc})?"),
    (
        Role.BALANCE,
        "(?:(?:{did}|扣)完|{purse}|口袋|裡面)?(?:還|只)?剩(?:下|餘)?(?:多少)?錢?|"
        "(?:(?:{did}|扣)完|{purse}|口袋|裡面)還有(?:多少錢?)?|還有多少錢?|"
        "(?:帳戶|可用|存款|帳面|交易後)餘額|.{0,8}(?:餘額|結餘|結存|結存金額|賸餘|剩餘|餘款)|帳戶[額金]額?|可用額|(?:可用|剩餘|可動用|現有)(?:金額|額度|餘額|存款)?|剩餘可用|帳面金額",
    ),
    (
        Role.APART,
        ".{0,8}(?:限額|額度|上限|點數|紅利|回饋|折抵|折扣|優惠|折讓|稅額|稅|罰金|滯納金|利息|匯率|押金|定價|"
        "原價|退費金額|退款金額|開戶金額)(?:金額)?",
    ),
    (
        Role.CASH,
        "(?:客戶|顧客)(?:付款|支付|付現|交付)(?:金額)?|實收|收|現|現付|客付|現金(?:收|繳納|投入)|付現金?|刷卡(?:金額)?|信用卡(?:付款|支付|金額)|電子票證|悠遊卡付款|(?:實收|收受|已收|收到|收取|投入)?(?:現金|收現|付現|收您)(?:現金|支付|付款|金額|收入)?|收款現金|投入金額|投幣金額",
    ),
    (
        Role.TOTAL,
        "(?![外另]加).{0,6}(?:[加含及]手續費).{0,4}|{this}*{act}?(?:總計|合計|共計)|{this}*{gross}(?:總)?{sum}?|(?:總|合計|總計|共計){gross}{sum}?|"
        "{this}*{act}?{gross}{sum}|{gross}|(?:金額)?(?:合計|總計)金額?|交易總金?額|{act}合計|總?(?:總額|總金額|小計|總計|合計|合計金額|共計|總共|共收|合收|合收現金|總付|總收款|總支付|含手續費共[扣計]|應收(?:總額|總計|合計|總金額)|交易總額|總付款金額|總支付金額)",
    ),
    (
        Role.FEE,
        "(?:{this}|客戶|通路|平台|系統|金流|門市|超商|付款人|付款方|外加|內扣|自付|應付|客付|另付)*{act}?(?:手續費?|酌收費用|資費|行際費|附加費|服務費|處理費|代辦費|通路費|匯費|作業費|工本費|跨轉費|跨行費|平台費|匯水|郵電費|電匯費|通匯費)(?:用|金額|額)?|費用|(?:轉帳|交易|匯款|跨行|代收)費用?|另收手續費",
    ),
    (
        Role.CHANGE,
        "(?:應?找|找出)?零錢|應?找零?(?:您|錢|金額|現金|現)?|找回|退找|找付|找補|找還|退零|退幣",
    ),
    (Role.DUE, "{this}*(?:應繳|應付|應收|應扣|待繳|未繳|待付|欲繳|須繳|需繳|最低應繳).{0,4}"),
    (
        Role.PAYER,
        "(?:約定)?{out}{man}?(?:銀行|行庫)?/?(?:{acc}|卡號|存簿|存摺)(?:後[五5]碼|末[五5]碼|後[四4]碼|末[四4]碼)?|"
        "(?:繳款|繳費)(?:人|方|者)(?:銀行)?/?{acc}|(?:金融|信用|提款|晶片|卡片)?卡?卡號|付款方式|{out}{man}?(?:卡號|工具|卡片)|從?我的帳[戶號]",
    ),
    (
        Role.PAYEE,
        "(?:約定|指定)?{in}{man}?(?:銀行|行庫|行|行別)?(?:代碼|代號)?[/及與、]?(?:虛擬)?{acc}(?:[/及與、或]?.{0,6})|"
        "(?:{in})?(?:專屬)?{bill}{man}?(?:虛擬)?(?:{acc}|編號|號碼|代號|代碼|條碼|識別碼)(?:[/及與、或].{0,6})?|入帳(?:編號|號碼)[/、]銷帳(?:編號|號碼|{acc})|繳款人編號|虛擬帳戶號碼|銷帳碼|用戶碼|收款專戶|收受帳[號戶]|虛擬繳款帳[號戶]|轉入卡號|轉帳(?:繳款|繳費)(?:帳號)?|繳款專戶|入戶帳號|受款戶",
    ),
    (Role.PAYEE, "(?:{in}|入戶|存入){man}?(?:號碼?|戶|資料|資訊|明細|戶名/?{acc})"),
    (Role.PAYER, "(?:{out}){man}?(?:戶|資料|資訊|明細)|支付方式|本行{acc}"),
    (Role.ACCOUNT, "{acc}|(?:銀行|存款|轉帳)帳[號戶]|銀行(?:代碼|代號)/{acc}|帳號\\(.*"),
    (
        Role.PAYER,
        "轉出|付款|扣款|轉出方|付款方|付方|借方|(?:悠遊付|街口|全支付|全盈|電支|電子支付|錢包|iPASS|會員){acc}",
    ),
    (
        Role.PAYER_BANK,
        "{out}{man}?{bank}(?:代碼|代號|名稱|別)?|(?:繳款|繳費)(?:銀行|行庫)(?:代碼|代號|名稱)?|發卡(?:銀行|行|單位)|銀行別",
    ),
    (
        Role.PAYEE_BANK,
        "{in}{man}?{bank}(?:代碼|代號|名稱|別)?|代收(?:銀行|行庫)(?:代碼|代號|名稱)?|(?:銀行|電支|機構)(?:代碼|代號)|解款行",
    ),
    (
        Role.WHEN,
        "(?:帳務|建立|成立|入帳|登錄|記帳)時間|(?:結帳|付訖|記帳|撥款|撥付|執行|辦理|受理|系統|主機|登帳|付款|收款)(?:交易)?(?:時間|時刻|日時|時點)|登錄日期|(?:什麼時候|何時|幾點|哪一?天|幾時)(?:{did}的?)?|時間點|日時|時點|時刻|交寄日|服務日|時間/日期|系統時間",
    ),
    (
        Role.OTHER_TIME,
        ".{0,6}(?:期限|截止日?|到期日?|有效日?|列印|列帳|預約|預定|預計|登錄|製表|查詢|開立|生效|排定|指定|下次|起始|結束|"
        "登入|帳務|帳單|結帳|發票|申請|出生|開戶|印表|製作|產生)(?:轉帳|繳費|交易|扣款|設定|繳款)?{clock}?",
    ),
    (
        Role.WHEN,
        "{this}*(?:{act}|扣款|扣帳|完成|成交|送出|營業|銷售|處理|執行|繳交|收件|作業|收訖|消費|付訖)*(?:完成|成功)?{clock}|記帳日",
    ),
    (
        Role.STATUS,
        "{this}*(?:{act}|扣款|處理|執行|付款|作業)*(?:狀態|結果|訊息|情形|進度)|交易(?:種類|類別|類型|項目)|訊息代號|處理碼|回應碼|結果碼|狀態碼|訊息代碼|訊息欄|"
        "(?:回應|回覆)(?:訊息|代碼|碼)|交易訊息欄|失敗原因|狀況|狀態說明|交易說明",
    ),
    (
        Role.REFERENCE,
        "流水|{this}*(?:{act}|參考|訂單|核准|端末|受理|主機|機台|收銀|憑單|收據|憑證|電文|單據|授權|查詢|追蹤|處理|財金|收銀機|櫃員機|帳務|訊息|機號|傳票|金融|通匯|系統|明細)*/?{number}",
    ),
    (Role.NAME, "{towards}"),
    (
        Role.AMOUNT,
        "(?:這次|本次|此次|這筆|我|你|您)?(?:{did}|給)(?:了|過去的?|出去?的?|的)?(?:多少錢?|幾元|錢|金額|數目|額)|"
        "(?:這次|本次|此次|這筆|[你您我]已?經?)(?:{did})(?:了|出去?|過去)?|{did}(?:出去|過去)(?:了|的)?",
    ),
    (
        Role.NAME,
        "{in}|{in}方|對方|(?:受理|承辦|經辦|收件)(?:分行|行|單位|局|門市)|.{0,6}(?:戶名|企業|名目|店舖|櫃號|類別|收款人|付款人|匯款人|受款人|繳款人|繳費人|姓名|單位|項目|機構|店號|店名|門市|機號|機器代號|代號|專線|電話|"
        "統編|統一編號|名稱|商家|廠商|對象|商店|經辦|地點|週期|種類|學號|收款方|付款方|收款者)",
    ),
    (
        Role.AMOUNT,
        "(?:您|你|我)(?:已經|已)?{act}了?|實際{act}|本金|(?:轉出|匯出|存入|轉付)數|元數|(?:儲值|帳戶|錢包)?餘額(?:轉出|支付|付款|提領)(?:金額)?|代收數|數額|收到金額|收取金額|(?:對方|收款人)(?:實收|收到)(?:金額)?|{this}*已?(?:支付|繳)金額|款項金額|實轉金額|金額/幣別|幣別/金額|(?!(?:額|款|費用)$){this}*{act}{0,3}{this}?{sum}|(?:{act}){0,2}金額(?:大寫|小寫)?|實繳|金額",
    ),
)
_ENGLISH: tuple[tuple[Role, str], ...] = (
    (Role.SEGMENT_1, "barc[o0]de ?-?1"),
    (Role.SEGMENT_2, "barc[o0]de ?-?2"),
    (Role.SEGMENT_3, "barc[o0]de ?-?3"),
    (
        Role.MEMO,
        "memos?|(?:transfer |payment |your |my )?notes?|details|remarks?|messages?|descriptions?|note to .+|message to .+|comments?|purpose|payment details|memo to (?:self|payee)|narrative",
    ),
    (
        Role.BALANCE,
        "(?:you have |what'?s |still )?left|available|remaining(?: funds)?|.{0,24}balances?|avail(?:able|\\.)? (?:funds|credit|amount|bal\\.?)|bal\\.?|balance (?:after|before).*",
    ),
    (Role.APART, ".{0,20}(?:limit|points|discount|rebate|cashback|tax|exchange rate|quota)"),
    (
        Role.FEE,
        "(?:{e_this} )?(?:(?:handling|{e_act}|service|processing|bank|wire|interbank|cross-?bank) )?(?:fees?|charges?|commission)"
        "(?: (?:amount|charged))?|service charges?",
    ),
    (
        Role.DUE,
        "(?:total )?(?:amount|amt\\.?|sum) (?:due|payable|owed|outstanding)|outstanding.*|(?:payment )?due",
    ),
    (Role.CASH, "cash(?: (?:received|tendered|paid|in))?|(?:amount )?tendered"),
    (Role.CHANGE, "change(?: (?:due|given))?"),
    (
        Role.TOTAL,
        "(?:grand |sub ?)?total(?: (?:{e_act}|debit(?:ed)?|deducted|charged))?(?: {e_sum})?|(?:amount|sum) (?:debited|deducted|charged|withdrawn)|"
        "debit(?:ed)? {e_sum}|total (?:debit|deducted|charged|paid)",
    ),
    (
        Role.AMOUNT,
        "(?:{e_this} )?(?:{e_act} )?{e_sum}(?: (?:{e_act}|of {e_act}))?|(?:you|we) (?:paid|sent|transferred|received|remitted)|"
        "amount \\(.{2,4}\\)|paid|(?:recipient|payee|beneficiary|receiver|they) (?:gets?|receives?|received|will get)",
    ),
    (
        Role.PAYER,
        "(?:transfer |pay )?from|payment account|your account|funding source|source of funds|{e_out} (?:bank )?{e_acc}(?: {e_no})?|{e_acc} (?:debited|from)|from|card {e_no}|paid (?:from|with|by)|payment method|debited from|"
        "from (?:{e_acc})",
    ),
    (
        Role.PAYEE,
        "{e_in} (?:bank )?{e_acc}(?: {e_no})?|{e_acc} (?:to|credited)(?: {e_no})?|(?:to )?{e_in} {e_acc}(?: {e_no})?|"
        "{e_acc} {e_no} \\((?:payee|to)\\)|transferee(?:'s)? {e_acc}|credited to|beneficiary {e_no}|payment code|virtual {e_no}|account to credit|(?:payee|recipient|beneficiary) details",
    ),
    (
        Role.PAYEE_BANK,
        "(?:{e_in}) bank(?: (?:code|name))?|bank(?: code| name)?|bank (?:of )?(?:payee|beneficiary)",
    ),
    (Role.ACCOUNT, "(?:bank )?{e_acc}(?: {e_no})?"),
    (Role.PAYER_BANK, "{e_out} bank(?: (?:code|name))?|issuing bank"),
    (
        Role.OTHER_TIME,
        "(?:scheduled?|due|print(?:ed|ing)?|valid|expir[a-z]*|execution|effective|statement|payment due|next)(?: {e_act})? ?(?:date|time|on|at|for|until|by)?",
    ),
    (
        Role.WHEN,
        "(?:(?:{e_act}|completed|processed|posting|posted|value|processing|completion|booking) )?(?:date|time)(?: ?(?:&|and|/|,)? ?time)?"
        "(?: of {e_act})?|timestamp|(?:completed|paid|transferred|processed|sent|credited|received|executed|created) (?:at|on)|completed|when|date of {e_act}",
    ),
    (
        Role.STATUS,
        "(?:{e_act} |processing |current |order )?(?:status|result|state|outcome)|resp(?:onse|\\.)?(?: {e_no})?",
    ),
    (
        Role.REFERENCE,
        "(?:(?:{e_act}|bank|our|customer) )?(?:reference|ref\\.?|trace|confirmation|receipt|serial|sequence|seq\\.?|order|tracking|stan|rrn)(?: {e_no})?|"
        "(?:transaction|transfer|txn|remittance|payment) (?!code){e_no}|(?:auth(?:ori[sz]ation)?|approval) code",
    ),
    (
        Role.NAME,
        "(?:{e_in} )?(?:payee|beneficiary|recipient|receiver|biller|merchant|item|{e_act} type|name|payer|sender|remitter|to|counterparty|store|purpose|into|destination)(?: name)?|"
        "(?:payee|beneficiary|recipient|account) name|(?:paid|transfer|sen[dt]|transferred|pay) to",
    ),
)
_SHORTEST = 2  # characters of a label among others
_LONG = 4  # characters of a label in which one may be misread
_SUFFIX = re.compile(r"[(（][^()（）]{0,10}[)）]$")


_ACT_ALONE = re.compile(  # no label: what was done
    f"(?:(?:{_PARTS['this']})|(?:{_PARTS['act']}))+(?:成功|完成)?"
)
_FREE = re.compile(r"\.(?:\{0,[0-9]+\}|[*+])")  # any word: not beside a misread character
Rules = tuple[tuple[Role, re.Pattern[str]], ...]


def _built(table: tuple[tuple[Role, str], ...], flags: int = 0, *, free: bool = True) -> Rules:
    built = []
    for role, pattern in table:
        pattern = composed(pattern if free else _FREE.sub("", pattern))
        if flags:
            pattern = pattern.replace(" ", " ?").replace(" ??", " ?")
        built.append((role, re.compile(pattern, flags)))
    return tuple(built)


def composed(pattern: str) -> str:
    """The pattern with the words of its parts; parts may hold parts."""
    for _depth in range(3):
        for part, words in _PARTS.items():
            pattern = pattern.replace(f"{{{part}}}", f"(?:{words})")
    return pattern


_CHINESE_RULES = _built(_CHINESE)
_CLOSED_RULES = _built(_CHINESE, free=False)
_ANY_CLOSED = re.compile(
    f"^(?:{'|'.join(rule.pattern for _, rule in _CLOSED_RULES)})$", re.MULTILINE
)
_ENGLISH_RULES = _built(_ENGLISH, re.IGNORECASE)
# What may stand where a character was misread: all that the tables know.
_ALPHABET = "".join(
    sorted(set(re.findall("[\u3400-\u9fff]", str(_CHINESE) + "".join(_PARTS.values()))))
)


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role | None:
    """What a whole label names; what stands in brackets behind it does not matter."""
    plain = (
        _SUFFIX.sub("", label.strip(" :：."))
        .strip()
        .replace(" ", "" if not label.isascii() else " ")
    )
    rules = _ENGLISH_RULES if plain.isascii() else _CHINESE_RULES
    return _first(rules, plain) or _of_two(rules, plain)


def _of_two(rules: Rules, label: str) -> Role | None:
    """轉帳金額/手續費: the value begins with the sum."""
    roles = [_first(rules, one) for one in label.split("/")]
    return Role.AMOUNT if roles == [Role.AMOUNT, Role.FEE] else None


@lru_cache(maxsize=1024)
def parted(run: str) -> tuple[str, ...]:
    """Several labels that stand without a space between them, the head of a table: 金額手續費餘額.
    Empty when it is not made of labels alone."""
    if len(run) < 2 * _SHORTEST or _first(_CLOSED_RULES, run):
        return ()
    for end in range(len(run) - _SHORTEST, _SHORTEST - 1, -1):
        if _first(_CLOSED_RULES, run[:end]):
            whole = _first(_CLOSED_RULES, run[end:])
            rest = (run[end:],) if whole else parted(run[end:])
            if rest:
                return (run[:end], *rest)
    return ()


@lru_cache(maxsize=1024)
def role_of_misread(label: str) -> Role | None:
    """What a label names of which one character is wrong, missing or too many; None when that may
    be two things: 轉?帳號 (in or out?)."""
    if not _LONG <= len(label) <= 8 or _ACT_ALONE.fullmatch(label):
        return None
    known = sum(char in _ALPHABET for char in label)
    if known < len(label) - 1:
        return None
    near = (
        {label[:at] + label[at + 1 :] for at in range(len(label))} if len(label) > _LONG else set()
    )
    for at in range(len(label)):
        near |= {label[:at] + char + label[at + 1 :] for char in _ALPHABET}
    labels = _ANY_CLOSED.finditer("\n".join(near))  # one search for two thousand words
    roles = {_first(_CLOSED_RULES, found[0]) for found in labels}
    return roles.pop() if len(roles) == 1 else None


def _first(rules: Rules, label: str) -> Role | None:
    return next((role for role, rule in rules if rule.fullmatch(label)), None)
