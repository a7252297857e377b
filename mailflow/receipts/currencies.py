"""Money that is not Taiwan's: 600 泰銖 are no NT$ 600. Pure.

A bank's page offers other currencies all over; they count only where a sum or a currency's label
stands in the same row, or where a cell holds nothing else.
"""

import re
from collections.abc import Sequence

from mailflow.receipts.lines import Line

_CODES = (
    "USDT|BTC|ETH|USD|EUR|JPY|CNY|CNH|RMB|HKD|GBP|AUD|CAD|NZD|CHF|SGD|KRW|THB|VND|IDR|MYR|PHP|INR|"
    "MOP|ZAR|SEK"
)
_NAMES = (
    "美[金元]|歐元|日[圓幣円]|人民幣|港[幣元]|英鎊|澳[幣元]|加[幣元]|紐[幣元]|瑞士法郎|新加坡[幣元]|星幣|"
    "韓[元圜圓]|泰[銖株铢]|越南盾|印尼盾|馬幣|令吉|披索|盧比|澳門[幣元]|南非幣"
)
_ANY = rf"(?:(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])|{_NAMES}|US\$|HK\$|A\$|S\$|[€£฿₩₫])"
_BESIDE_SUM = re.compile(rf"{_ANY}[ :]{{0,3}}-?[0-9]|[0-9][0-9,.]* ?\(?{_ANY}|{_ANY}(?:活期|帳戶)")
_ACCOUNT = re.compile("外[幣匯](?:轉帳|匯款|存摺|存款|帳戶|交易)")
_ALONE = re.compile(rf"[(]?(?:{_ANY}[ ()/]*)+")
_LABELLED = re.compile(rf"(?:幣別|幣種|貨幣|(?i:currency|ccy))[ :/]*[^0-9]{{0,8}}(?:{_ANY}|外幣)")
_RATE = re.compile("匯率|牌告|利率|匯價|rate", re.IGNORECASE)


def in_other_money(lines: Sequence[Line]) -> bool:
    """Whether a sum of the page is, or may be, in another currency."""
    rows = [line for line in lines if not _RATE.search(line.text)]
    whole = (_BESIDE_SUM, _LABELLED, _ACCOUNT)
    if any(one.search(row.text) for row in rows for one in whole):
        return True
    return any(_ALONE.fullmatch(cell.text.strip()) for row in rows for cell in row.cells)
