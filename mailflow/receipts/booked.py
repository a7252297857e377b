"""One entry of an account's list, opened: what left the account, and what was left of it. Pure.

No word of success stands there. But a page of details (明細) that shows a sum with a minus and the
balance after it, or names it as what was paid out beside a balance, shows what has been booked.
"""

import re
from collections.abc import Iterator, Sequence

from mailflow.receipts.lines import Cell, Line
from mailflow.receipts.money import amount_at_start

_DETAILS = re.compile("明細")
_LEFT_AFTER = re.compile("(?:交易後|帳面|帳後|異動後|轉帳後|扣款後)(?:餘額|結餘)")
_LEFT = re.compile("餘額|結餘")
_WENT_OUT = re.compile(
    r"[-–—−] ?(?P<sum>(?:NT ?\$|\$|TWD|NTD)? ?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.00)?)(?: ?元)?"
)
_OUT = re.compile("(?:支出|提出|轉出|扣款)金額")
_TO_ANOTHER = re.compile(
    "(?:對方|轉入|收款|受款|存入|入帳|匯入|銷帳|繳款|目的)[^ ]{0,4}[帳編][號戶]|[存轉]入銀行"
)
_SENT = re.compile("(?:摘要|類型|說明|類別)[: ]+[^ ]*(?:轉帳|轉出|匯款|匯出|跨行轉)")
NOT_SENT = re.compile(
    "定存|誤|外幣|貸款|基金|票扣|轉退|提款|提領|自扣|預扣|卡款|卡費|保險費|電信費"
)  # by an entry of an account
_NO_ACCOUNT = re.compile("點數|外幣|記帳本|記帳明細|儲存|刪除")
_IN = re.compile("存入|收入")


def went_out(lines: Sequence[Line]) -> tuple[Line, Cell, int] | None:
    """The one sum (NT$) that went out by such an entry, and where it stands."""
    text = "\n".join(line.text for line in lines)
    if not (_DETAILS.search(text) and _TO_ANOTHER.search(text)):
        return None
    if NOT_SENT.search(text) or _NO_ACCOUNT.search(text):
        return None
    found = list(_below_nothing(lines)) if _LEFT_AFTER.search(text) else []
    if not found and _LEFT.search(text) and _SENT.search(text) and not _IN.search(text):
        found = list(_named(lines))
    return found[0] if len({value for _line, _cell, value in found}) == 1 else None


def _below_nothing(lines: Sequence[Line]) -> Iterator[tuple[Line, Cell, int]]:
    for line in lines:
        for cell in line.cells:
            told = _WENT_OUT.fullmatch(cell.text)
            value = amount_at_start(told["sum"]) if told else None
            if value:
                yield line, cell, value


def _named(lines: Sequence[Line]) -> Iterator[tuple[Line, Cell, int]]:
    """支出金額 600, on a page with a head of the same meaning: 支出."""
    if not any(line.text.strip() in ("支出", "支出明細", "支出交易") for line in lines):
        return
    for line in lines:
        *words, last = line.cells
        value = amount_at_start(last.text)
        if len(words) == 1 and value and _OUT.fullmatch(words[0].text.strip(" :")):
            yield line, last, value
