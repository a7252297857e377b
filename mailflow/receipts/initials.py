"""The initial of a bank in its round picture, which engines put before the first word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mailflow.receipts.lines import Cell, Line

_NAME = "[^\\W\\d_轉匯付繳到至從由出入收款帳號]"  # no word of what is done with money
_BANK = re.compile(
    "(?<![\u3400-\u9fff])(?P<initial>[^預約排未不非無待尚將已])"
    f"{_NAME}{{1,7}}(?:銀行|商銀|郵局|農會|漁會|信用|支付)"
)
_WORDS = re.compile("[\u3400-\u9fff](?:轉帳|匯款|繳費|繳款|付款|支付|交易)")


def without_initial(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows, 海轉帳成功通知 as 轉帳成功通知 where 海潮銀行 wrote it.

    Only the initial of a bank that the page names: of 預轉帳 nothing is taken away.
    """
    banks = {found["initial"] for line in lines for found in _BANK.finditer(line.text)}
    if not banks:
        return tuple(lines)
    return tuple(Line(tuple(_without(cell, banks) for cell in line.cells)) for line in lines)


def _without(cell: Cell, banks: set[str]) -> Cell:
    own = cell.text[:1] in banks and _WORDS.match(cell.text)
    return replace(cell, text=cell.text[1:]) if own else cell
