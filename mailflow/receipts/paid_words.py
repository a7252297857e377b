"""Whether a few words say that a payment was made, whoever words them. Pure.

No bank says it like another, but all put together the same few words: whose it is, what was done,
that it is done. A text says so only when it is made of such words and of nothing else, so that
預約, 申請, 未 or anything that nobody thought of leaves it unsaid.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mailflow.receipts.banks import starts_with_bank

ACT, DONE, TO, MONEY_WORD, IN, OWN = 1, 2, 4, 8, 16, 32
_MOST = 48  # characters; a longer text is a paragraph

_TABLE: dict[int, str] = {
    # Whose it is, by which way, and what says nothing by itself.
    0: (
        "您|您的|你|你的|本|主機|回應|回覆|訊息欄|經辦章|請取回卡片|請取卡|貴客戶|貴戶|貴會員|台端|客戶|親愛的客戶|您好|本行|本公司|本次|此次|這次|本筆|此筆|該筆|這筆|一筆|此|該|"
        "下列|上列|前列|上述|以下|所為|之|的|於|在|經|由|以|自|已|業|業已|業經|已經|均|均已|都|順利|正常|即時|跨行|線上|網路|行動|數位|"
        "提款卡|自動櫃員機|櫃員機|掃碼|通路|銀行|網銀|晶片|金融卡|使用|辦理|非約定|約定|台幣|新台幣|外加|為您|幫您|替您|處理|執行|作業|手續|程序|動作|全部|"
        "單筆|通知|通知書|通知函|通知信|明細|結果|畫面|頁面|憑條|憑證|回條|收據|訊息|如下|茲|謝謝|感謝|惠顧|您的|光臨|支持|"
        "resp code|response code|return code|rc|yes|yeah|嗨|哈囉|咻|櫃台|櫃檯|門市|系統|自行|安全|"
        "無須再次操作|無需重複操作|請勿重複操作|學分費|了|囉|啦|喔|耶|哦|好了|恭喜|太好了|全國|超商|臨櫃|自動|報名費|學雜費|帳單|"
        "費用|銷帳|編號|狀態|為|是|網|機器認證|認證|已放行|訊息代碼|代碼|webatm|eatm|atm|e-bill|ebill|app|"
        "has been|was|your|the|is"
    ),
    ACT: (
        "轉帳|轉出|撥款|匯撥|送金|存入作業|無摺存款|無摺存入|現金存款|劃撥存款|入扣帳|扣帳入帳|匯款|匯出|匯轉|給付|繳費|繳款|繳納|付款|支付|交易|扣款|扣帳|代收|代繳|結帳|"
        "提領轉帳|轉帳提領|付帳|轉|匯|付|繳|撥付|transfer|payment|transaction"
    ),
    MONEY_WORD: "款項|交易金額|金額|錢|錢錢|資金|款",
    IN: "轉入|匯入|存入|撥入|入帳",
    OWN: "您的帳戶|您帳戶|貴帳戶|您的戶頭|我的帳戶|您的錢包",
    ACT | DONE: (
        "已撥款至銀行帳戶|已撥款至銀行|已撥入對方銀行帳戶|已撥入對方帳戶|已匯入對方帳戶|已存入對方帳戶|已轉入對方帳戶|已入對方帳戶|已轉入收款帳戶|已匯入收款帳戶|"
        "訂單已付款|paid|已轉出|已匯出|已付款|已繳費|已繳款|已繳納|已轉帳|已扣款|已匯款|已支付|已繳清|已付清|已代收|款項已收|已收款|對方銀行已確認入帳|收款行已確認入帳|交易已入帳|已結帳|已結清|已扣帳入戶|款項已轉|已登帳|繳清|付清"
    ),
    IN | DONE: "已入帳|已即時入帳",
    DONE: (
        "成功|完成|完畢|完竣|順利結束|指示已執行完畢|指示已執行完成|指示已處理完畢|指示已成功執行|指示已執行成功|辦妥|辦訖|匯達|繳畢|辦理完成|付訖|收訖|繳訖|匯訖|送達|收妥|銷帳完成|"
        "已銷帳|OK|過去了|出去了|扣除|搞定|successfully|successful|success|completed|"
        "approved"
    ),
    TO: (
        "至對方|到對方|給對方|對方|對方帳戶|對方銀行帳戶|對方銀行|收款人|受款人|收款方|收款方帳戶|受款方|收款帳戶|收款戶|受款帳戶|收款人帳戶|銀行帳戶|指定帳戶|銀行戶|至|到|給|予"
    ),
}
_WORDS: tuple[tuple[str, int], ...] = tuple(
    (word, kind) for kind, words in _TABLE.items() for word in words.split("|")
)
_LONGEST = max(len(word) for word, _ in _WORDS)
_KINDS = {word.lower(): kind for word, kind in _WORDS}
_SILENT = re.compile(
    r"[\s*!！,，。.~:：;；()（）\[\]【】「」✓✔√☑✅⊙•·\-—>]+|[VvOo](?=$|\W|[\u3400-\u9fff])"
)
_SUM = re.compile(
    r"(?:NT ?\$|\$|TWD ?)? ?[0-9][0-9,]*(?:\.00)? ?元整?|(?:NT ?\$|\$|TWD) ?[0-9][0-9,]*(?:\.00)?"
)
# What to do with the paper stands behind it.
_KEEP = re.compile(
    "[,。;! ]*請(?:妥善|務必|核對無誤後|確認無誤後)?(?:保留|保存|收存)[^,。;:]{0,14}$"
)
_OTHER_DEED = re.compile(  # what was verified, notified, arranged, or nothing
    "(?<!機器)認證(?!欄)|通知[書函信]?(?:已|業)|通知(?:已)?(?:成功)?送達|(?<!非)約定(?:轉帳|扣款)?辦|憑證辦|自動扣款辦|"
    r"(?:明細|帳單|憑證|收據)(?:已)?(?:成功)?送達|帳單(?:已經?|業已)?(?:成功|完成)|(?:編號|代碼)(?:成功|完成)|^對方已|通知(?:已經?)?(?:成功|完成)|"
    r"[?？]|(?<![0-9,.])0 ?[元筆]"
)
_STARS = re.compile(  # ** around it, misread
    "^[申中米卡]{1,4}(?=交易)|(?<=交易完成)[申中字米卡]{1,4}$|(?<=交易成功)[申中字米卡]{1,4}$"
)
_LOGO = re.compile(r"^(?:iP|JK|Pi|PX|LP) (?=[\u3400-\u9fff])")  # beside the headline
_VAGUE = re.compile("處理(?:已經?)?完[成畢](?!.{0,4}成功| ?[(]?00)")  # of what, and how it ended?
_FIRM = re.compile(
    "(?:已|[V√✓✔✅☑] ?)(?:經|執行|處理)?完成|success|completed|00 ?-? ?approved|"
    "完[成畢] ?[(]?00[)]?$",
    re.IGNORECASE,
)
_THERE = re.compile(  # 已轉到對方帳戶
    "(?:已|業已|已經|業經)(?:成功|順利)?(?:轉帳|匯款|付款|[轉匯付])[至到給](?=..)"
)
_SHORT = 20
_MOMENT = re.compile(  # when
    r"(?:20[0-9]{2}|1[0-9]{2})[-/.年][01]?[0-9][-/.月][0-3]?[0-9]日?"
    r"(?: ?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
)
_CODE = re.compile(r"(?:0000|4001|00)(?![0-9])")


def says_it_is_paid(text: str) -> bool:
    """Whether the words name a payment and that it is done: 台端所為之轉帳交易已辦妥.

    Words of what came in to whoever reads it (轉入成功) count only with a word of to whom.
    """
    if _OTHER_DEED.search(text):
        return False
    text = _LOGO.sub("", text.strip())
    told = _STARS.sub("", _KEEP.sub("", text.strip()))
    there = _THERE.search(told) is not None
    return not _VAGUE.search(told) and any(
        _is_payment(found) or (there and found & TO) for found in _readings(told)
    )


def says_it_is_done(text: str) -> bool:
    """Whether the words say that it is done, and name nothing: 成功, 執行成功, V完成, 已完成.

    完成 by itself is what one may press.
    """
    plain = text.strip()
    firm = ("成功" in plain or _FIRM.search(plain)) and not _OTHER_DEED.search(plain)
    return bool(firm) and len(plain) <= _SHORT and DONE in _readings(plain)


def _is_payment(found: int) -> bool:
    if found & IN:
        return bool(found & DONE and found & TO and not found & OWN)
    return bool(found & DONE and found & (ACT | MONEY_WORD))


@lru_cache(maxsize=1024)
def _readings(text: str) -> frozenset[int]:
    """The kinds of words of which the whole text is made, for every way to part it; empty when
    some of it is none of them."""
    if not text or len(text) > _MOST:
        return frozenset()
    reached: list[set[int]] = [set() for _ in range(len(text) + 1)]
    reached[0].add(0)
    for at in range(len(text)):
        if reached[at]:
            for end, kind in _steps(text, at):
                reached[end] |= {before | kind for before in reached[at]}
    return frozenset(reached[-1])


def _steps(text: str, at: int) -> Iterator[tuple[int, int]]:
    silent = _SILENT.match(text, at) or _CODE.match(text, at) or _SUM.match(text, at)
    silent = _MOMENT.match(text, at) or silent
    if silent:
        yield silent.end(), 0
    named = starts_with_bank(text[at:])  # whom it went to, or whose page it is
    if named:
        yield at + named[1], 0
    for end in range(at + 1, min(len(text), at + _LONGEST) + 1):
        kind = _KINDS.get(text[at:end].lower())
        if kind is not None:
            yield end, kind
