"""A bank's notice in one sentence, over several rows and among other messages. Pure.

「您的帳戶*5824於2026/8/23 10:09成功轉出600元至700中華郵政****99475」. It counts only where the
whole sentence says so, and where nothing else on the page speaks of a payment that is not made yet
or went back; a one-time code is another matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.receipts.accounts import parse_account
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.lines import Line
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_alone
from mailflow.receipts.paid_lines import says_paid
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.status import Sign, find_status
from mailflow.receipts.sums import Figure

DIGIT = 0.56  # of a Chinese character: more than half of it

_SUM = r"(?P<sum>(?:新?台幣|NT ?\$|TWD|NTD)? ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}) ?元?整?)"
_TO = (
    r"(?P<to>(?:[0-9]{3} ?[\u3400-\u9fff]{2,8} ?|\((?:代碼)?[0-9]{3}\) ?(?:帳[號戶])? ?|"
    r"[\u3400-\u9fff]{2,8} ?\((?:代碼)?[0-9]{3}\) ?(?:帳[號戶])? ?|[0-9]{3}-)"
    r"[0-9*#xX×•●-]{8,24})(?=[,。、(成]|$)"
)
_NOT = "將欲可擬要請預未約能法"  # 將轉出600元 is no payment
_WENT = f"(?:(?<![{_NOT}])成功|(?<![{_NOT}功]))(?:轉出|轉帳|匯出|匯款)"
_TOLD = tuple(  # 轉出600元至…; 已將600元轉給…; 600元已經轉進…
    re.compile(sentence)
    for sentence in (
        rf"{_WENT}{_SUM}(?:[至到給]|,?(?:存入|轉入|匯入)){_TO}",
        rf"(?<!未)已(?:經)?(?:成功)?將{_SUM}(?:[轉匯][給至到入]|存入){_TO}",
        rf"{_SUM}已(?:經)?(?:成功)?[轉匯][進入到至給]{_TO}",
    )
)
_DONE = re.compile("成功|完成|已經?將|已經?[轉匯]")
_NOT_OF_A_BANK = re.compile(  # who claims it himself, or tells when one would hear of it
    "我(?:已|剛|有|把)|(?:^|[。!?])[^。!?]{0,12}[當若如](?=[您貴])|以此(?:訊息|簡訊)?通知|溢繳|詐騙簡訊"
)
_SENTENCE = re.compile("[^。!?]*")
_BEFORE_NUMBER = re.compile("(?<=[)）]) ?帳[號戶] ?")
_CODE_SENT = re.compile(
    r"(?:【[^】]{1,12}】)?[^。【】]{0,8}驗證碼[^。【】]{0,30}請於[^。【】]{0,12}輸入[^。【】]{0,20}。?"
)


def notices(lines: Sequence[Line]) -> tuple[Fields, ...]:
    """One reading of the notice of a payment made; none on any other page, nor where two stand."""
    text = "".join(line.text for line in lines)
    found = [told for sentence in _TOLD for told in sentence.finditer(text)]
    fields = _notice(lines, text, found[0]) if len(found) == 1 else None
    if fields is None or _NOT_OF_A_BANK.search(text):
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


def _notice(lines: Sequence[Line], text: str, told: re.Match[str]) -> Fields | None:
    to, said = told["to"].replace("代碼", ""), told["sum"]
    shown, value = parse_account(_BEFORE_NUMBER.sub("", to)), amount_alone(said)
    figure = _figure(lines, said.strip(), value) if value else None
    whole = _SENTENCE.match(text, max(text.rfind(end, 0, told.start()) for end in "。!?") + 1)
    done = (whole and _DONE.search(whole[0])) or any(says_paid(line.text) for line in lines)
    if shown is None or figure is None or shown.bank is None or not done:
        return None
    page = read_fields(lines)
    return replace(
        page,
        kind=Kind.TRANSFER,
        status=Status.PAID,
        amount=figure,
        paid_at=page.paid_at or (find_moment(whole[0]) if whole else None),
        account=shown,
        bank=shown.bank,
        amount_row=figure.row,
        loose=(),
        signs=(Sign("paid_word", figure.row),),
        traced=True,  # by the sentence: nobody writes so before it is done
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
