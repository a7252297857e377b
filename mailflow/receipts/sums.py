"""Which of the sums on a page is the one that was credited. Pure.

A labelled amount comes first. Where no label is known, a sum counts that nothing else explains; it
is then marked as such, and the verdict wants more beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from mailflow.receipts.booked import went_out
from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Box, Cell, Line, wide
from mailflow.receipts.money import amount_alone, amount_at_start, amount_in_words
from mailflow.receipts.paid_lines import says_paid_alone
from mailflow.receipts.stamps import dated_stamp
from mailflow.receipts.status import sum_validated
from mailflow.receipts.wording import MONEY, Role

LEAST_FEE, MOST_FEE = 5, 30  # NT$; no bank and no store takes less, if any, or more
_GROSS = re.compile("[總合共]|total", re.IGNORECASE)
_PAID_IN_ALL = re.compile("實[付扣](?:金額)?")
_MAY_BE_PAID = re.compile("(?:代收|繳費|繳款)?費用")
_A_BILL = re.compile("bill|代收|代繳|繳費|繳款|帳單|學雜?費|報名費|檢定費", re.IGNORECASE)
_NO_FEE = re.compile(
    r"免(?:收|費|手續費)?|無|減免|free|waived|none|(?:NT ?)?\$ ?O|O ?元?", re.IGNORECASE
)
_NOT_PAID = re.compile(  # beside a sum: it is not what was credited
    "餘額|額度|限額|優惠|折|點|應|未|待|預|稅|票|購|商品|價|押金|手續|費率|利|回饋|每日|本月|累計|剩|退|"
    "balance|fee|limit|charge|discount|due|tax|point|refund",
    re.IGNORECASE,
)
_LIKE_MONEY = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.00)?|-?[0-9]{1,6}\.00")
_BARE = re.compile(r"-? ?[0-9][0-9,]*(?:\.00)?")
_WENT_OUT = re.compile(r"[-–−] ?[1-9][0-9,]*(?:\.00)?")
_CURRENCY = re.compile(r"新?台幣|NT ?\$|NTD|TWD|元")
TALL = 1.25
_VERB_LAST = re.compile(  # 您已成功轉出, and the sum below
    "(?:轉出|轉帳|匯出|匯款|支付|付款|繳款|繳費|繳納)了?$"
)
_SENTENCE = re.compile(
    r"(?:轉帳|轉出|已[轉匯付繳]|匯款|繳款|繳費|繳納|支付|付款|存入|入帳|收到|paid|transferred|sent|payment of|"
    r"transfer of|remitted)[^0-9$,。.]{0,12}?"
    r"(?P<sum>(?:新?台幣|NT ?\$|NTD|TWD|\$) ?[0-9][0-9,]*(?:\.00)?(?![0-9.])(?: ?元)?|[0-9][0-9,]* ?元)",
    re.IGNORECASE,
)

_SUM_FIRST = re.compile(  # NT$600 已轉入對方帳戶
    r"^(?P<sum>(?:NT ?\$|NTD|TWD|\$) ?[0-9][0-9,]*(?:\.00)?|[0-9][0-9,]* ?元) ?已(?:經|成功)?(?:轉|匯|付|送|撥|存)[入到至給進達]"
)

_USUAL = (Role.FEE, Role.BALANCE, Role.TOTAL, Role.CASH, Role.CHANGE)
_BESIDE_DUE = (Role.FEE, Role.TOTAL, Role.AMOUNT, Role.CASH, Role.CHANGE)
_CUT_OFF = re.compile(r"[$*NTWD ]*[0-9][0-9,.]*")
_CENTS = re.compile(r"[$*NTWD ]*[0-9][0-9,]*\.[0-9]{2,3}")  # 8.213: a comma misread
_NO_SUM = re.compile("訖|^支出$")  # a stamp; what an entry of the account is
_MAY_BE_MONEY = re.compile("[0-9$元圓壹貳參肆伍陸柒捌玖]")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and where it stands: `row` with its label, `place` the number itself."""

    value: int
    row: Box
    place: Box
    confidence: float = 100.0
    labelled: bool = True
    from_total: bool = False
    is_total: bool = False  # it stands nowhere else than there


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as it stands on the page; `role` None: no label names it. `aside`: words in its row say
    that it is no payment (餘額, 限額). `tall`: in larger letters than most."""

    value: int
    row: Box
    place: Box
    role: Role | None = None
    aside: bool = False
    tall: bool = False


def find_amount(lines: Sequence[Line], found: Sequence[Entry]) -> Figure | None:
    """What was credited; None when two different amounts are named, or nothing tells."""
    named = [figure for figure in figures(found, Role.AMOUNT) if figure.value]
    if named:
        return named[0] if len({figure.value for figure in named}) == 1 else None
    sure = _validated(lines) or _booked(lines) or _stamped(lines, found)
    if sure:
        return sure
    if any(entry.role is Role.AMOUNT and _MAY_BE_MONEY.search(entry.value) for entry in found):
        return None  # it is there, but unclear
    return _headline(lines) or _of_total(lines, found) or _lone(lines, found) or _of_due(found)


def figures(found: Sequence[Entry], role: Role) -> list[Figure]:
    """The amounts of one role. `合計 2 項 金額 $1,415` is a sum, though it says 金額; and so is
    繳款總額 beside another amount."""
    sums = {entry.box for entry in found if entry.role in (Role.TOTAL, Role.CASH)}
    gross = _with_fee(found)
    kept = []
    for entry in found:
        value = _value(entry)
        beside = entry.box in sums and not _in_column(entry)
        is_sum = entry.role is Role.AMOUNT and (beside or value in gross)
        if value is not None and (Role.TOTAL if is_sum else entry.role) is role:
            kept.append(Figure(value, entry.box, entry.value_box, entry.confidence))
    return kept


def _in_column(entry: Entry) -> bool:
    """Whether the value stands below its label: all of one table's share a row."""
    return bool(entry.label_box and entry.value_box.top >= entry.label_box.bottom)


def _with_fee(found: Sequence[Entry]) -> set[int]:
    """The amounts that include the fee: the larger of two that differ by it, or a total beside it
    or beside another amount."""
    amounts = {v: e for e in found if e.role is Role.AMOUNT and (v := _value(e)) is not None}
    fees = {value for e in found if e.role is Role.FEE and (value := _value(e))}
    totals = {value for value, entry in amounts.items() if _GROSS.search(entry.label)}
    plain = amounts.keys() - totals
    by_fee = {value for value in amounts if any(value - fee in amounts for fee in fees)}
    return by_fee | (totals if plain or fees else set())


def with_totals(lines: Sequence[Line], found: Sequence[Entry]) -> tuple[Entry, ...]:
    """The labelled values, 實付 as a total where the page also shows the fee and the sum without
    it."""
    fees = {value for e in found if e.role is Role.FEE and (value := _value(e))}
    taken = [entry.box for entry in found if entry.role in MONEY]
    free = {value for _line, _cell, value in _marked(lines, taken)}
    found = tuple(_by_value(found))
    return tuple(
        replace(entry, role=Role.TOTAL)
        if entry.role is Role.AMOUNT
        and _PAID_IN_ALL.fullmatch(entry.label)
        and any((_value(entry) or 0) - fee in free for fee in fees)
        else entry
        for entry in found
    )


def _by_value(found: Sequence[Entry]) -> Iterator[Entry]:
    """The labelled values; as what was paid 代收費用 where it is too much for a fee and the fee
    stands beside it, and 收款 where a sum follows, not a name."""
    fees = [entry for entry in found if entry.role is Role.FEE]
    plain = any(_MAY_BE_PAID.fullmatch(one.label) is None for one in fees)
    for entry in found:
        much = (_value(entry) or 0) > MOST_FEE and _MAY_BE_PAID.fullmatch(entry.label)
        taken = entry.role is Role.NAME and entry.label == "收款" and amount_alone(entry.value)
        is_amount = taken or (entry.role is Role.FEE and plain and much)
        yield replace(entry, role=Role.AMOUNT) if is_amount else entry


def money(found: Sequence[Entry], role: Role) -> int | None:
    """The amount that this label names; None when it names two different ones."""
    values = {figure.value for figure in figures(found, role)}
    return values.pop() if len(values) == 1 else None


def sums_shown(lines: Sequence[Line], found: Sequence[Entry]) -> frozenset[int]:
    """Every sum that is marked as money or named by any label."""
    named = [_value(entry) for entry in found if entry.role in MONEY]
    marked = [amount_alone(cell.text) for line in lines for cell in line.cells]
    return frozenset(value for value in (*named, *marked) if value)


def all_sums(lines: Sequence[Line], found: Sequence[Entry]) -> tuple[Sum, ...]:
    """Every sum on the page, named or not; a memo's are the payer's own words and left out."""
    named = [Sum(f.value, f.row, f.place, role) for role in MONEY for f in figures(found, role)]
    taken = [one.row for one in named]
    taken += [e.box for e in found if e.role in (Role.MEMO, Role.OTHER_TIME)]
    usual = median([line.box.height for line in lines]) if lines else 0
    free = [
        Sum(
            value,
            line.box,
            cell.box,
            aside=bool(_NOT_PAID.search(line.text)),
            tall=cell.box.height > TALL * usual,
        )
        for line, cell, value in _marked(lines, taken, bare=True)
    ]
    return (*named, *free)


def maimed(found: Sequence[Entry]) -> Box | None:
    """A place where a sum is named and none can be read, or only a part (63,68; a fee of 1).

    Where paper has faded, other digits may be gone as well, and the sum that was read is short.
    """
    for entry in found:
        if entry.role in _USUAL:
            value = _value(entry)
            empty = not entry.value.strip("*$ ") and not _NO_SUM.search(entry.label)
            empty &= entry.role is not Role.BALANCE
            cents = entry.role is Role.BALANCE and bool(_CENTS.fullmatch(entry.value))
            part = value is None and bool(_CUT_OFF.fullmatch(entry.value)) and not cents
            if empty or part or (entry.role is Role.FEE and 0 < (value or 0) < LEAST_FEE):
                return entry.box
    return None


def _value(entry: Entry) -> int | None:
    value = amount_at_start(entry.value)
    if value is None and entry.role is Role.AMOUNT:
        return amount_in_words(entry.value)
    if value is None and entry.role is Role.FEE and _NO_FEE.fullmatch(entry.value):
        return 0
    return value


def _validated(lines: Sequence[Line]) -> Figure | None:
    """What a counter's machine has printed beside its stamp."""
    rows = [(line, sum_validated(line.text)) for line in lines]
    found = [Figure(value, line.box, _place_in(line, value)) for line, value in rows if value]
    return found[0] if len({figure.value for figure in found}) == 1 else None


def _stamped(lines: Sequence[Line], found: Sequence[Entry]) -> Figure | None:
    """What was due on a slip that bears the stamp of who took it."""
    due = figures(found, Role.DUE) if dated_stamp(lines) else []
    one = len({figure.value for figure in due}) == 1 and due[0].value
    return replace(due[0], labelled=False, from_total=True) if one else None


def _place_in(line: Line, value: int) -> Box:
    """Where the sum stands in its row, by its share of its cell's width."""
    written = re.compile(rf"(?<![0-9,])(?:NT ?\$|\$)?(?:{value:,}|{value})(?![0-9,])")
    for cell in reversed(line.cells):
        told = written.search(cell.text)
        if told:
            each = cell.box.width / max(1, wide(cell.text))
            left = cell.box.left + round(each * wide(cell.text[: told.start()]))
            return replace(cell.box, left=left, right=left + round(each * wide(told[0])))
    return line.cells[-1].box


def _booked(lines: Sequence[Line]) -> Figure | None:
    """What an account's entry says went out."""
    found = went_out(lines)
    return Figure(found[2], found[0].box, found[1].box, found[1].confidence) if found else None


def _headline(lines: Sequence[Line]) -> Figure | None:
    """The amount beside the paid word, or the large one right under or over it, where no label
    names one."""
    for line in lines:
        *words, last = line.cells
        value = amount_alone(last.text)
        if value and words and says_paid_alone(Line(tuple(words))):
            return Figure(value, line.box, last.box, last.confidence)
    usual = median([line.box.height for line in lines]) if lines else 0
    for line, below in pairwise(lines):
        value = amount_alone(line.text)
        if value and _is_tall(line, usual) and says_paid_alone(below):
            return Figure(value, line.box, line.box, min(c.confidence for c in line.cells))
    for at, (line, below) in enumerate(pairwise(lines)):
        value = amount_alone(below.text)
        if _is_tall(below, usual) and _LIKE_MONEY.fullmatch(below.text):
            value = amount_at_start(below.text.lstrip("- "))
        after = lines[at + 2].text if at + 2 < len(lines) else ""
        if value is None and _BARE.fullmatch(below.text) and _CURRENCY.fullmatch(after):
            value = amount_at_start(below.text.lstrip("- "))
        if value is None and _BARE.fullmatch(below.text) and _VERB_LAST.search(line.text):
            value = amount_at_start(below.text.lstrip("- ")) if _is_tall(below, usual) else None
        if _CURRENCY.fullmatch(line.text) and _WENT_OUT.fullmatch(below.text):
            value = amount_at_start(below.text.lstrip("- "))
            if value:
                return Figure(
                    value, below.box, below.box, below.cells[0].confidence, labelled=False
                )
        if says_paid_alone(line) and value:
            return Figure(value, below.box, below.box, min(c.confidence for c in below.cells))
    return None


def _is_tall(line: Line, usual: float) -> bool:
    return line.box.height > TALL * usual


def _of_total(lines: Sequence[Line], found: Sequence[Entry]) -> Figure | None:
    """The sum without the fee, where the page shows it; the sum itself where there is no fee."""
    totals, fee = figures(found, Role.TOTAL), money(found, Role.FEE)
    net_of = [
        one for one in totals if fee and {one.value, one.value + fee} == {t.value for t in totals}
    ]
    if net_of:  # 小計, 服務費, 合計
        return replace(net_of[0], labelled=False, from_total=True)
    if len({figure.value for figure in totals}) != 1:
        return None
    net = totals[0].value - (fee or 0)
    if not fee and (fee == 0 or not any(entry.role is Role.FEE for entry in found)):
        whole = replace(totals[0], labelled=False, from_total=True, is_total=True)
        return whole if net > 0 else None
    taken = [entry.box for entry in found if entry.role in MONEY]
    free = [(line, cell, value) for line, cell, value in _marked(lines, taken) if value == net]
    free = free or [one for one in _last_bare(lines, taken) if one[2] == net]
    due = [figure for figure in figures(found, Role.DUE) if figure.value == net]
    if fee and due and not free:
        return replace(due[0], labelled=False, from_total=True)
    return _figure(*free[0]) if fee and free else None


def _last_bare(lines: Sequence[Line], taken: Sequence[Box]) -> Iterator[tuple[Line, Cell, int]]:
    """Bare numbers at the ends of rows that name a bill: 01 BILL PAYMENT, 700."""
    for line in lines:
        *words, last = line.cells
        value = amount_at_start(last.text) if _BARE.fullmatch(last.text) else None
        named = words and _A_BILL.search(words[-1].text)
        if named and value and not any(box.same_row(line.box) for box in taken):
            yield line, last, value


def _of_due(found: Sequence[Entry]) -> Figure | None:
    """What was due, on a page that names no other sum but a fee of nothing, or where it is cash
    less change."""
    due, fee = figures(found, Role.DUE), money(found, Role.FEE)
    if len({figure.value for figure in due}) != 1:
        return None
    cash, back = (
        {_value(entry) or 0 for entry in found if entry.role is role}
        for role in (Role.CASH, Role.CHANGE)
    )
    counted = any(one - due[0].value - (fee or 0) in back for one in cash)
    others = any(entry.role in _BESIDE_DUE and _value(entry) != 0 for entry in found)
    if not counted and (others or fee != 0):
        return None
    return replace(due[0], labelled=False, from_total=True) if due[0].value else None


def _lone(lines: Sequence[Line], found: Sequence[Entry]) -> Figure | None:
    """The only sum on the page that no label explains."""
    taken = [e.box for e in found if e.role in MONEY or e.role in (Role.MEMO, Role.OTHER_TIME)]
    free = [one for one in _marked(lines, taken) if one[2] > MOST_FEE]
    if len({value for _line, _cell, value in free}) != 1:
        return _adding_up(lines, found)
    if any(_NOT_PAID.search(line.text) for line, _cell, _value in free):
        return None
    return _figure(*free[0])


def _adding_up(lines: Sequence[Line], found: Sequence[Entry]) -> Figure | None:
    """The sum that makes another one with what can only be a fee."""
    free = list(_marked(lines, [entry.box for entry in found if entry.role is Role.MEMO]))
    values = {value for _line, _cell, value in free} | sums_shown(lines, found)
    fees = {value for value in values if LEAST_FEE <= value <= MOST_FEE}
    nets = {net for net in values - fees for fee in fees if net + fee in values}
    places = [one for one in free if one[2] in nets]
    return _figure(*places[0]) if len(nets) == 1 and places else None


def _figure(line: Line, cell: Cell, value: int) -> Figure:
    return Figure(value, line.box, cell.box, cell.confidence, labelled=False)


def _marked(
    lines: Sequence[Line], taken: Sequence[Box], *, bare: bool = False
) -> Iterator[tuple[Line, Cell, int]]:
    """Sums marked as money, alone in a cell or behind the verb of a sentence; `bare`: also what
    is only written like one (1,200 or 600.00)."""
    for line in lines:
        if any(box.same_row(line.box) for box in taken):
            continue
        for cell in line.cells:
            sentence = _SENTENCE.search(cell.text) or _SUM_FIRST.match(cell.text)
            value = amount_alone(sentence["sum"] if sentence else cell.text)
            if not value and bare and _LIKE_MONEY.fullmatch(cell.text):
                value = amount_at_start(cell.text)
            if value:
                yield line, cell, value
