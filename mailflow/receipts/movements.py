"""A passbook's page, or a net bank's list: each row is a movement of its own. Pure.

What is written there has been booked. A row counts only under heads that tell what went out, what
came in and what was left, and only with the other account in full. Amount and account of two rows
never meet: on a page that lies askew they would, so what was left must be what was left before,
less the amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mailflow.receipts.accounts import MANY, PADDED, TAIL, Shown, loose_accounts
from mailflow.receipts.banks import UNKNOWN, WALLET, bank_named, is_code
from mailflow.receipts.booked import NOT_SENT
from mailflow.receipts.currencies import in_other_money
from mailflow.receipts.fields import Fields, is_specimen
from mailflow.receipts.legible import sure_characters, sure_letters
from mailflow.receipts.lines import Box, Cell, Line
from mailflow.receipts.listed_words import doubtful_words
from mailflow.receipts.moments import find_date, find_moment
from mailflow.receipts.money import amount_at_start
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.status import Sign, find_status
from mailflow.receipts.sums import Figure

_OUT = re.compile(r"支出(?:金額)?|提款|提出|轉出|借方|扣款|withdrawals?|debits?", re.IGNORECASE)
_IN = re.compile(r"存[入人](?:金額)?|存款|收入|轉入|貸方|deposits?|credits?", re.IGNORECASE)
_LEFT = re.compile(r"(?:結存|帳戶|存款)?(?:餘額|結餘)|結存|balance", re.IGNORECASE)
_SIGNED = re.compile(  # one column for both, each with its sign
    r"收 ?\(\+\) ?[/、]?付 ?\(-\)|存 ?\(\+\) ?[/、]?提 ?\(-\)|收支金額|存提金額"
)
_NOTE_BEHIND = re.compile(r"(?<=.) ?(?:備註|備考|附註|摘要|說明|對方).*")  # 結餘備註/對方帳號
_HEADS = (_OUT, _IN, _LEFT)
_HEAD = re.compile(
    "支出(?:金額)?|存[入人](?:金額)?|(?:結存|帳戶)?餘額|結存|結餘|備註|摘要|交易日期?|日期|說明|幣別"
)
_RUN_OF_HEADS = re.compile(f"(?:{_HEAD.pattern}){{2,}}")
# What a row of money that was sent is called: 跨行轉, 網銀轉帳, 電匯, ATM 轉出, 繳費, 扣款. A word
# that was read by half (「正」 of 更正) is none of them.
_SENT = re.compile(
    r"轉|匯|跨行|網路|網銀|行動|自動化|ATM|繳|扣|付|transfer|remit|payment|FISC", re.IGNORECASE
)
_NO_BOOK = re.compile(
    "記帳本|收支|規劃|預估|預約|待入帳|未來交易|尚未扣款|圈存|即將|預算|我的記帳|家計|預定"
)
MIN_ACCOUNT = 12
_RAN_INTO = re.compile(  # 22,145006-71034449493267, 24,545台電代繳
    r"(?P<sum>[0-9]{1,3}(?:,[0-9]{3})+(?:\.00)?)"
    r"(?= ?[0-9]{3}[ -]?(?:[0-9]{10,16}|[0-9]{0,6}\*+[0-9]{4,6})$|[0-9]{3}$|"
    r"[A-Z]{2,4}$|[\u3400-\u9fff])"
)
_CODE = re.compile(r"(?<![0-9,.-])([0-9]{3})[ -]{1,2}(?=[0-9]{3}[0-9*]{7,})")
_SUM = re.compile(r"\*{0,6}[-+]?[0-9]{1,3}(?:,[0-9]{3})*(?:\.00)?")


@dataclass(frozen=True, slots=True)
class _Heads:
    out: Box
    into: Box
    left: Box
    signed: bool = False  # what went out and what came in share a column


def movements(lines: Sequence[Line]) -> tuple[Fields, ...]:
    """One reading for each row that names another account in full; none on any other page."""
    for at, line in enumerate(lines):
        heads = _heads(line)
        if heads:
            below = [_parted(row) for row in lines[at + 1 :]]
            return tuple(_rows(below, heads, undone=_undone(lines)))
    return ()


def _parted(line: Line) -> Line:
    """The row with what was left and the words or the account that ran into it in cells of their
    own."""
    return Line(tuple(part for cell in line.cells for part in _parts(cell)))


def _parts(cell: Cell) -> Iterator[Cell]:
    found = _RAN_INTO.match(cell.text)
    if not found:
        yield cell
        return
    each = cell.box.width / len(cell.text)
    edge = round(cell.box.left + each * found.end())
    yield replace(cell, text=found["sum"], box=replace(cell.box, right=edge))
    yield replace(cell, text=cell.text[found.end() :], box=replace(cell.box, left=edge))


def _undone(lines: Sequence[Line]) -> bool:
    """Whether any row speaks of money that went back, or the page of what is not booked: nobody
    knows which."""
    status = find_status(lines, (), kind=Kind.TRANSFER)
    text = "\n".join(line.text for line in lines)
    return (
        status in (Status.VOID, Status.FAILED, Status.NOT_YET)
        or is_specimen(text)
        or bool(doubtful_words(lines))
        or in_other_money(lines)
        or bool(_NO_BOOK.search(text))
    )


def _heads(line: Line) -> _Heads | None:
    found = []
    heads = [_without_note(part) for cell in line.cells for part in _heads_apart(cell)]
    both = [cell.box for cell in heads if _SIGNED.fullmatch(cell.text)]
    left = [cell.box for cell in heads if _LEFT.fullmatch(cell.text)]
    if len(both) == len(left) == 1:
        return _Heads(both[0], both[0], left[0], signed=True)
    for pattern in _HEADS:
        cells = [cell.box for cell in heads if pattern.fullmatch(cell.text.strip("(元) "))]
        if len(cells) != 1:
            return None
        found.append(cells[0])
    out, into, rest = found
    return _Heads(out, into, rest)


def _heads_apart(cell: Cell) -> Iterator[Cell]:
    """The heads of columns between which no space was left: 支出金額存入金額結存餘額備註."""
    if not _RUN_OF_HEADS.fullmatch(cell.text):
        yield cell
        return
    each = cell.box.width / len(cell.text)
    for found in _HEAD.finditer(cell.text):
        left, right = (round(cell.box.left + each * at) for at in found.span())
        yield replace(cell, text=found[0], box=replace(cell.box, left=left, right=right))


def _without_note(cell: Cell) -> Cell:
    """The head without the next column's, where no space was left between them."""
    text = _NOTE_BEHIND.sub("", cell.text)
    right = cell.box.left + round(cell.box.width * len(text) / max(1, len(cell.text)))
    return replace(cell, text=text, box=replace(cell.box, right=right))


def _rows(lines: Sequence[Line], heads: _Heads, *, undone: bool) -> Iterator[Fields]:
    for line in lines:
        accounts = [s for s in loose_accounts(line.text) if _in_full(s)]
        out, day = _went_out(line, heads), find_date(line.text)
        if len(accounts) != 1 or out is None or day is None:
            continue
        status = find_status([line], (), kind=Kind.TRANSFER)
        sent = _SENT.search(line.text) is not None and _adds_up(line, out.value, lines, heads)
        back = any(out.value in _sums(row, heads, "into") for row in lines)
        drawn = NOT_SENT.search(line.text) is not None
        booked = status is Status.UNKNOWN and sent and not (undone or back or drawn)
        yield Fields(
            kind=Kind.TRANSFER,
            status=Status.PAID if booked else status,
            amount=out,
            paid_at=find_moment(line.text),
            account=accounts[0],
            bank=accounts[0].bank or _code_before(line) or _whose(line),
            amount_row=line.box,
            account_row=line.box,
            labels=3,
            legible=sure_characters(lines),
            letters=sure_letters(lines),
            sums=frozenset({out.value}),
            signs=(Sign("booked", line.box),) if booked else (),
        )


def _whose(line: Line) -> str | None:
    """The bank that the row names; a wallet's is none."""
    return UNKNOWN if WALLET.search(line.text) else bank_named(line.text)


def _code_before(line: Line) -> str | None:
    """The bank's code that stands before the account: 004 986201****6789."""
    found = _CODE.search(line.text)
    return found[1] if found and is_code(found[1]) else None


def _adds_up(row: Line, out: int, lines: Sequence[Line], heads: _Heads) -> bool:
    """Whether the row's rest is another row's less the amount; nobody can tell of a single row."""
    rests = [rest for line in lines if line is not row for rest in _sums(line, heads, "left")]
    own = _sums(row, heads, "left")
    return not rests or any(rest - out in own for rest in rests)


def _in_full(shown: Shown) -> bool:
    """Whether it tells whose it is; of a masked one its last five digits must be there, or its
    head besides."""
    if "*" in shown.text:
        if shown.visible >= MANY:
            return shown.tells
        return shown.tail >= TAIL and (shown.bank is not None or shown.text[3:4] == "*")
    return MIN_ACCOUNT <= len(shown.text) <= PADDED


def _went_out(line: Line, heads: _Heads) -> Figure | None:
    """The one sum under 支出, where nothing stands under 存入."""
    out = _cells(line, heads, "out")
    if heads.signed and not all(cell.text.startswith("-") for cell in out):
        return None
    if len(out) != 1 or _cells(line, heads, "into"):
        return None
    value = amount_at_start(out[0].text.removeprefix("-"))
    return Figure(value, line.box, out[0].box, out[0].confidence) if value else None


def _sums(line: Line, heads: _Heads, column: str) -> list[int]:
    cells = (cell.text for cell in _cells(line, heads, column))
    found = (amount_at_start(text.removeprefix("-") if column == "out" else text) for text in cells)
    return [value for value in found if value is not None]


def _cells(line: Line, heads: _Heads, column: str) -> list[Cell]:
    """The sums of a row that stand under this head."""
    sums = (cell for part in line.cells for cell in _pieces(part) if _SUM.fullmatch(cell.text))
    told = [(cell, _nearest(cell.box, heads)) for cell in sums]
    if heads.signed:  # what has a plus came in
        told = [(c, "into" if at == "out" and c.text[0] == "+" else at) for c, at in told]
    return [cell for cell, at in told if at == column]


def _pieces(cell: Cell) -> Iterator[Cell]:
    """A cell's words, placed by their share of its width: columns stand close to each other."""
    each = cell.box.width / max(1, len(cell.text))
    for found in re.finditer(r"\S+", cell.text):
        word = _RAN_INTO.match(cell.text, found.start(), found.end()) or found
        left = round(cell.box.left + each * word.start())
        box = replace(cell.box, left=left, right=round(cell.box.left + each * word.end()))
        yield replace(cell, text=word[0], box=box)


def _nearest(box: Box, heads: _Heads) -> str:
    def distance(name: str) -> float:
        head: Box = getattr(heads, name)
        ends = (abs(box.left - head.left), abs(box.right - head.right))
        return min(*ends, abs(box.left + box.right - head.left - head.right) / 2)

    return min(("out", "into", "left"), key=distance)
