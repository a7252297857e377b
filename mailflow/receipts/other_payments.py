"""What a page says of other payments than its own: conditions, rules, lists of services. Pure.

若轉帳失敗, 退費依規定辦理, 預約轉帳請於前一日備妥款項 stand under honest proofs and say nothing of
them. A word against the payment is passed over only where such a clause is told by its own words;
whatever speaks of this payment (本筆已…, 您的款項將於…) stays.
"""

import re
from collections.abc import Iterator, Sequence

from mailflow.receipts.conditions import without_conditions
from mailflow.receipts.lines import Line

_CJK = "\u3400-\u9fff"
_LONG_ROW = 14  # Chinese characters: a row of a paragraph, which goes on below
_END = "[^。;!?\n]"
_VOIDED = "取消|退款|退費|退貨|退還|撤銷|沖正|沖銷|更正|退匯|作廢|無效"
_FAILED = "失敗|未成功|不成功|未完成|逾時|異常|有誤|退回|不符"
_WAITING = "預約|處理中|待付款|待放行|待覆核|未繳款?費?|未付款?|未入帳|尚未繳費|Pending|Scheduled"
_AGAINST = f"(?:{_VOIDED}|{_FAILED}|{_WAITING})"
_RULE_FOLLOWS = (  # so that 交易失敗者 by itself is heard
    r"(?=[^。;\n]{0,30}(?:請|[將會得可應須需則恕概]|不[得予另再受負]|無法|由|視[同為]|依|洽|勿|方|始))"
)
_KIND = (  # behind the word against: it tells of a kind of payments, not of a value of this one
    f"(?:(?:者|時(?!間)|之(?=[{_CJK}])|的(?=(?:交易|帳單|款項|轉帳))){_RULE_FOLLOWS}|"
    "功能|服務|專區|次數|事宜|規定|辦法|須知|流程|怎麼辦)"
)
_NONE = r"(?:註記|金額|餘額|筆數|次數)? {0,3}[(:]? ?(?:0(?![0-9.,]| ?元)|無(?!效))"
_CLAUSES = re.compile(
    "|".join(
        (
            rf"(?:注意|怎麼辦|怎麼做)[^\n]{{0,2}}[?>]|[^。\n]{{0,16}}{_AGAINST}[^。\n]{{0,8}}(?:\?|嗎|怎麼辦)",
            # kinds of payments
            rf"(?<![已您])(?<!已經)(?<!  )(?!(?:作廢|處理中|預約)[之的者]){_AGAINST}"
            rf"(?:[、或及與和][{_CJK}]{{2,6}}){{0,2}}{_KIND}",
            f"{_AGAINST}{_NONE}",
            rf"(?:「[^」\n]{{1,12}}」[、或及與和]?)+(?:者|的|之|時|狀態){_RULE_FOLLOWS}",
            # what is not to be had
            rf"(?:不得|無法|不可|不能|無權|恕不|恕|概不|不受理|不予(?=退|受理|更正|取消|補)|不適用|無須|毋須|請勿|不再)"
            rf"[^。;,:\n]{{0,8}}?(?:{_VOIDED}|退回|收回|受理)(?!的)",
            r"(?:退費|退款|更正)(?:[、及或](?:退費|退款|更正|取消))*請[逕另]?洽(?:收款|委託|原|學校|主辦)",
            # services, where one may go
            r"(?:試試|改用|也可|只有|使用|前往|想)[^。\n]{0,8}「?預約(?:轉帳|交易|繳費|扣款)」?[^。\n]{0,8}",
            rf"未繳(?:之|的)?帳單|預約(?:轉帳|交易|繳費)?(?:[如若遇][^。\n]{{0,12}}|[、及或與][{_CJK}]{{2,8}})*"
            r"(?:之結果|也能|可以|不適用|,詳情|」| ?>|請(?!確認|輸入|核對|按|於 ?[0-9]))[^。\n]{0,24}",
            r"轉帳 ?預約 ?(?:繳費|換匯|信用卡|基金)[^\n]{0,12}",
            r"預約[/、]即時 {1,3}即時",
            r"不會[^。,\n]{0,8}(?:待處理|處理中)[^。,\n]{0,4}",
            r"請確認(?:來源|網址|寄件)[^。\n]{0,8}",
            r"[勿別不][^。\n]{0,24}(?:驗證碼|密碼)[^。\n]{0,8}",
        )
    )
)
_ENGLISH = re.compile(
    r"(?:cannot|can ?not|can't) be (?:reversed|cancell?ed|refunded|returned|changed)[^.\n]{0,60}"
    r"|\b(?:failed|expired|voided|returned|unpaid|pending|scheduled|cancell?ed)\b(?: or \w+)? "
    r"(?:transfers|payments|bills|items|orders|transactions|funds)\b[^.\n]{0,80}"
    r"|\b(?:transfers|payments|bills|items|orders|receipts|transactions) "
    r"(?:marked|awaiting|altered|that are|which are)\b[^.\n]{0,90}"
    r"|\b(?:refunds?|cancellations?|refund requests?) "
    r"(?:follow|must|are|can|may|is not available|should)\b[^.\n]{0,60}"
    r"|all rights reserved|void if altered|^reserved\.?$",
    re.IGNORECASE | re.MULTILINE,
)
_BEGINS = re.compile(r"[※*•·◆▪●>-]|[(（]?[0-9一二三四五六七八九十]{1,2}[).、)）]|[^:]{2,10}[::]")


def of_this_payment(lines: Sequence[Line]) -> str:
    """The page's text, a row a line, without the clauses that speak of other payments; rows of one
    paragraph are put together first."""
    return without_clauses("\n".join(paragraphs(lines)))


def without_clauses(text: str) -> str:
    """Rows of text without those clauses."""
    return _ENGLISH.sub("", _CLAUSES.sub("", without_conditions(text)))


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    whole = ""
    for line in lines:
        text = line.text
        if whole and (_BEGINS.match(text) or len(line.cells) > 1 or not _goes_on(whole)):
            yield whole
            whole = ""
        space = " " if whole and whole[-1].isascii() and text[:1].isascii() else ""
        whole += space + text
        if len(line.cells) > 1:
            yield whole
            whole = ""
    if whole:
        yield whole


def _goes_on(text: str) -> bool:
    """Whether the sentence is not at its end, and the row was as long as a paragraph's."""
    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    return wide >= 2 * _LONG_ROW and not text.endswith(("。", "!", "?", ";", ".", ":"))
