"""A bank's notice in one sentence, over several rows and among other messages. Pure.

「您的帳戶*5824於2026/8/23 10:09成功轉出600元至700中華郵政****99475」. It counts only where the
whole sentence says so, and where nothing else on the page speaks of a payment that is not made yet
or went back; a one-time code is another matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.fields import Fields
from mailflow.receipts.legible import sure_characters, sure_letters
from mailflow.receipts.lines import Line
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_alone
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.status import Sign, find_status
from mailflow.receipts.sums import Figure

DIGIT = 0.56  # of a Chinese character: more than half of it

_WHEN = r"[已業]?於(?P<when>[0-9年月日/.:\- 上下午凌晨中晚]{8,32})[已業]?經?"
_SUM = r"(?P<sum>(?:新?台幣|NT ?\$|TWD|NTD)? ?[0-9][0-9,]{0,10} ?元?)[至到]"
_TO = (
    r"(?P<to>(?:[0-9]{3} ?[\u3400-\u9fff]{2,8} ?|\([0-9]{3}\) ?|"
    r"[\u3400-\u9fff]{2,8} ?\([0-9]{3}\) ?(?:帳[號戶])? ?|[0-9]{3}-)"
    r"[0-9*#xX×•●]{8,20})(?=[,。、(]|$)"
)
_TOLD = re.compile(  # 成功轉出600元至…, or 轉出600元至…,手續費15元,轉帳成功
    rf"您的?(?:[末尾][0-9四五]?[碼號]?)?[0-9]{{0,6}}帳[戶號][0-9*#xX]{{0,16}}{_WHEN}"
    rf"(?:成功(?:轉出|轉帳|匯出){_SUM}{_TO}|"
    rf"(?:轉出|轉帳|匯出){_SUM.replace('<sum>', '<sum2>')}{_TO.replace('<to>', '<to2>')}"
    r"(?:,?手續費(?:NT ?\$|\$)?[0-9]{1,2}元?)?,(?:轉帳|匯款|交易)(?:成功|完成)(?=[。,!]|$))"
)
_BEFORE_NUMBER = re.compile("(?<=[)）]) ?帳[號戶] ?")
_CODE_SENT = re.compile(
    r"(?:【[^】]{1,12}】)?[^。【】]{0,8}驗證碼[^。【】]{0,30}請於[^。【】]{0,12}輸入[^。【】]{0,20}。?"
)


def notices(lines: Sequence[Line]) -> tuple[Fields, ...]:
    """One reading of the notice of a payment made; none on any other page, nor where two stand."""
    text = "".join(line.text for line in lines)
    found = list(_TOLD.finditer(text))
    fields = _notice(lines, found[0]) if len(found) == 1 else None
    if fields is None:
        return ()
    rest = (*_without_codes(lines), Line.of(_CODE_SENT.sub("\n", text)))
    status = find_status(rest, (), kind=Kind.TRANSFER)
    against = status in (Status.VOID, Status.FAILED, Status.NOT_YET)
    return (replace(fields, status=status, signs=()) if against else fields,)


def _without_codes(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows without the message of a one-time code."""
    text, at = "".join(line.text for line in lines), 0
    codes = [found.span() for found in _CODE_SENT.finditer(text)]
    for line in lines:
        kept = [
            char
            for place, char in enumerate(line.text, at)
            if not any(start <= place < end for start, end in codes)
        ]
        at += len(line.text)
        yield Line((replace(line.cells[0], text="".join(kept)),))


def _notice(lines: Sequence[Line], told: re.Match[str]) -> Fields | None:
    to, said = told["to"] or told["to2"], told["sum"] or told["sum2"]
    shown, value = parse_account(_BEFORE_NUMBER.sub("", to)), amount_alone(said)
    figure = _figure(lines, said.strip(), value) if value else None
    if shown is None or figure is None or shown.bank is None:
        return None
    return Fields(
        kind=Kind.TRANSFER,
        status=Status.PAID,
        amount=figure,
        paid_at=find_moment(told["when"]),
        account=shown,
        bank=shown.bank,
        amount_row=figure.row,
        labels=3,
        legible=sure_characters(lines),
        letters=sure_letters(lines),
        sums=frozenset({figure.value}),
        signs=(Sign("paid_word", figure.row),),
    )


def _figure(lines: Sequence[Line], told: str, value: int) -> Figure | None:
    """The sum where it stands; None where it is parted by a row's end, or stands twice."""
    cells = [(line, cell) for line in lines for cell in line.cells if told in cell.text]
    if len(cells) != 1 or cells[0][1].text.count(told) != 1:
        return None
    line, cell = cells[0]
    at = cell.text.index(told)
    each = cell.box.width / max(1.0, _ems(cell.text))
    left = cell.box.left + round(each * _ems(cell.text[:at]))
    place = replace(cell.box, left=left, right=left + round(each * _ems(told)))
    return Figure(value, line.box, place, cell.confidence)


def _ems(text: str) -> float:
    """How wide a screen's letters set a text, in heights of its Chinese ones."""
    return sum(DIGIT if ord(char) < 0x2E80 else 1.0 for char in text)
