"""Sentences that tell what would be: 若轉帳失敗,款項將退回 says nothing of this payment. Pure.

A condition begins a clause (林宛如 and 萬泰銀行 begin none) and goes on to a rule: what it asks
for, allows, or will do. What it states as a fact (若已扣款,本次交易失敗), says of this payment
(本筆預約將取消), or puts on a day is no condition and stays.
"""

import re

_CJK = "\u3400-\u9fff"
AGAINST = (
    "(?:取消|退款|退費|退貨|退還|撤銷|沖正|沖銷|更正|退匯|作廢|無效|"
    "失敗|未成功|不成功|未完成|逾時|異常|有誤|退回|不符|餘額不足|"
    "預約|處理中|待付款|待放行|待覆核|未繳款?費?|未付款?|未入帳|尚未繳費)"
)
_CONDITION = re.compile(
    rf"(?:(?:^|(?<=[^{_CJK}A-Za-z]))(?:若(?!干)|[倘凡]|如(?![下何期實左右同數圖此上附])|萬一|一旦)|"
    "(?:預約(?:轉帳|交易|繳費|扣款)?)?[若如](?=[需有遇經您仍因對欲無非逾超])|"  # 轉出後如遇…
    "若(?=退))"
    r"(?:(?!  )[^。;!?\n]){1,160}",
    re.MULTILINE,
)
_RULE = re.compile(
    "請|[將會得可應須需則恕概]|扣除[^,]{0,8}後|即(?!時)|不[得予另再受負]|無法|由|視[同為]|依|洽|無需|毋|勿"
)
_PARTED = re.compile(f"[,，]|(?<=[{_CJK}]) (?=[{_CJK}])")
_ALSO_A_CONDITION = re.compile(r"^[或及致且與因經而]|[時者後]$")
_OF_THIS = re.compile(
    "(?:[本此該這](?:筆|次|項|張|交易|轉帳|繳費|付款|匯款|預約)|[下上][列述]|"
    "您(?:的|本次)?(?:交易|轉帳|匯款|預約|繳費))"
    f"[^,]{{0,12}}(?:將|不予|業已|已經?(?!付|繳|完成|成功)|{AGAINST})"
)
_DONE = re.compile(
    "(?:已|業已)(?:經|遭|被|予)?(?:取消|退款|退費|退回|沖正|作廢|撤銷|失敗|註銷|退還)(?![的者之])"
)
_DATED = re.compile(r"將[於在] ?[0-9]")
_ENGLISH = re.compile(
    r"(?:\b(?:if|when|once|unless|in case(?: of)?|for any|to request)\b"
    r"|(?:^|(?<=[.;] ))should (?!be\b))[^.\n]{1,120}",
    re.IGNORECASE | re.MULTILINE,
)
_STATED_ENGLISH = re.compile(
    r"\b(?:transfer|payment|transaction|money|funds?) (?:has|have|had|was|were|failed|did)\b",
    re.IGNORECASE,
)


def without_conditions(text: str) -> str:
    """Rows of text (two spaces between cells) without their conditions."""
    return _ENGLISH.sub(_unless_stated, _CONDITION.sub(_unless_fact, text))


def _unless_fact(found: re.Match[str]) -> str:
    return "" if _is_condition(found[0]) else found[0]


def _unless_stated(found: re.Match[str]) -> str:
    return found[0] if _STATED_ENGLISH.search(found[0]) else ""


def _is_condition(sentence: str) -> bool:
    if not _RULE.search(sentence) or _DONE.search(sentence) or _DATED.search(sentence):
        return False
    first, *later = _PARTED.split(sentence)
    one_clause_of_this = not later and _OF_THIS.search(first)
    return not one_clause_of_this and all(_is_rule(clause) for clause in later)


def _is_rule(clause: str) -> bool:
    """Whether what follows the condition speaks of what would be, if it is against a payment."""
    against = re.search(AGAINST, clause)
    if against is None or _ALSO_A_CONDITION.search(clause):
        return True
    return not _OF_THIS.search(clause) and bool(_RULE.search(clause, 0, against.end()))
