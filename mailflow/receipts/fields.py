"""Rows of text → the fields of one proof. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.receipts.accounts import (
    Shown,
    account_told,
    loose_accounts,
)
from mailflow.receipts.belied import is_of_several, other_day, other_sum
from mailflow.receipts.columns import ends_early
from mailflow.receipts.currencies import in_other_money
from mailflow.receipts.initials import without_initial
from mailflow.receipts.keyboard import has_keyboard
from mailflow.receipts.labels import Entry, entries
from mailflow.receipts.legible import is_clear, sure_characters, sure_letters, unread_below
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.listed_words import doubtful_words
from mailflow.receipts.moments import find_moment
from mailflow.receipts.money import amount_at_start, amount_in_words
from mailflow.receipts.other_payments import paragraphs
from mailflow.receipts.paid_at import when_paid
from mailflow.receipts.paid_lines import odd_status
from mailflow.receipts.parties import (
    accounts_under_heads,
    bank_beside,
    bank_of_page,
    bank_of_payee,
    banks_named,
    is_of_payer,
    payee_account,
    two_payees,
    unnamed_accounts,
)
from mailflow.receipts.records import other_transfer, said_of_another
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.status import (
    Sign,
    find_kind,
    find_status,
    paid_signs,
    strange_words,
)
from mailflow.receipts.sums import (
    Figure,
    Sum,
    all_sums,
    figures,
    find_amount,
    maimed,
    money,
    sums_shown,
    with_totals,
)
from mailflow.receipts.undoing import undoing_rows
from mailflow.receipts.wording import Role
from mailflow.slips.segments import NO_SEGMENTS, SEGMENT_1, SEGMENT_2, SEGMENT_3, Segments

_TRACES = frozenset(
    {
        *(Role.PAYER, Role.PAYER_BANK, Role.FEE, Role.TOTAL, Role.CASH, Role.CHANGE, Role.BALANCE),
        *(Role.REFERENCE, Role.SEGMENT_1, Role.SEGMENT_2, Role.SEGMENT_3),
    }
)
_OF_WORDS = frozenset({"paid_word", "status_row"})  # signs that are words alone
_SENT_WORD = re.compile(
    r"轉|匯|已繳[費款清]|繳訖|代收(?:完成|訖)|已入帳|\bpaid\b|transfer|remit", re.IGNORECASE
)
_RECEIVED = frozenset({Role.AMOUNT, Role.TOTAL, Role.CASH})
_SPECIMEN = re.compile(
    r"樣張|樣本|範例|範本|示意|教學|操作手冊|(?i:how to pay)|"
    r"[Ss]pecimen|SPECIMEN|SPECIM|CIMEN|(?<!EX)S?AMPLE(?![A-Z])|\bSample\b|"
    r"(?<![A-Z])MPLE(?![A-Z])"
)
_MACHINE = re.compile(  # whose slips exist on paper alone
    r"(?<!網路)自動櫃員機|自動化服務(?:設備|機)|[本此]明細表|機台編號|機器代號|機號|ATM ?NO|"
    r"(?<![A-Za-z])ATM ?(?:客戶)?交易(?:明細|紀錄)|(?:銀行|庫) ?ATM$",
    re.MULTILINE,
)
_HIDDEN = re.compile(r"[^0-9]{0,12}[*xX•●○]{2,}")
_LETTERED = re.compile("[xX]{3,}")
_RINGED = re.compile("[0-9][Oo○◯〇]+|[Oo○◯〇]{2}")
_NUMBERED = re.compile(
    r"^[^0-9A-Z]{0,4}(?:BAR(?:CODE)?|BC|B|NO)?[123一二三]?[]):.、]|"
    r"^(?:BAR(?:CODE)?|BC) ?[123] +|^條碼[123一二三]? "
)
_OF_ORDER = re.compile(
    "訂單|交易|序號|授權|電文|追蹤|流水|參考|order|transaction|trace|ref", re.IGNORECASE
)
_OF_BILL = re.compile(r"ref\.?(?: ?no\.?)?", re.IGNORECASE)  # BILL PAYMENT, REF 9862…
MIN_NOTED = 12  # a shorter number of a transaction may be anything


@dataclass(frozen=True, slots=True)
class Fields:
    """One reading of one proof. None: not read, or not clear; never a guess."""

    kind: Kind = Kind.OTHER
    status: Status = Status.UNKNOWN
    amount: Figure | None = None
    fee: int | None = None
    total: int | None = None
    balance: int | None = None
    cash: int | None = None
    in_words: int | None = None
    due: int | None = None
    paid_at: str | None = None
    account: Shown | None = None
    bank: str | None = None
    reference: str | None = None
    segments: Segments = NO_SEGMENTS
    amount_row: Box | None = None  # where the amount's label stands, read or not
    account_row: Box | None = None
    account_place: Box | None = None  # its digits alone
    account_hidden: bool = False  # what stands there begins with masks, readable or not
    account_ringed: bool = False  # it is masked with rings, which look like zeros
    account_lettered: bool = False  # it is masked with XXX, as high as digits
    banks: frozenset[str] = frozenset()  # codes that stand beside a bank's name, but the payer's
    labels: int = 0
    legible: int = 0  # Chinese characters that the engine was sure of
    unread: tuple[Box, ...] = ()  # rows under a store's sums that make no words
    clear: tuple[Box, ...] = ()  # rows that do
    doubtful: tuple[Box, ...] = ()  # rows that may undo it
    named_doubt: bool = False  # known words that undo a page, or a status that is no known one
    # Such a row or word, nothing received, a second payee, other money, a keyboard, another day,
    # sum, transfer or success than was read, or under a store's sums what no receipt bears.
    strange: bool = False
    several: bool = False  # two different amounts are named
    sums: frozenset[int] = frozenset()  # all that is marked as money, whatever names it
    loose: tuple[Shown, ...] = ()  # accounts in full that no label names, or one that may be either
    noted: tuple[Shown, ...] = ()  # long numbers under labels of neither party: 編號
    signs: tuple[Sign, ...] = ()  # of having been paid
    all_sums: tuple[Sum, ...] = ()
    maimed: Box | None = None  # a sum is named there and can't be read
    ends_early: bool = False  # the amount ends before the edge that the values around it share
    when_place: Box | None = None
    of_machine: bool = False  # a cash machine's slip
    traced: bool = True  # a payment's own traces stand there, or a word that means nothing else
    specimen: bool = False  # 範例, SAMPLE: it shows how a proof looks
    letters: int = 0  # Latin letters and digits that the engine was sure of


def read_fields(lines: Sequence[Line]) -> Fields:
    """Everything one proof says. Several proofs on a page must be split before."""
    lines = without_initial(lines)
    found = with_totals(lines, entries(lines))
    it = _with_time(_with_account(_with_money(Fields(), lines, found), lines, found), lines, found)
    kind = find_kind(
        lines,
        found,
        sum_found=it.amount is not None,
        account_found=any(len(shown.text) >= MIN_NOTED for shown in (*it.loose, *it.noted)),
        day_found=it.paid_at is not None,
    )
    status = find_status(lines, found, kind=kind)
    it = replace(it, kind=kind, status=status, signs=paid_signs(lines, found, kind=kind))
    it = replace(it, traced=_is_traced(it, lines, found))
    return _with_legibility(it, lines, found)


def _with_money(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    amount, entry = find_amount(lines, found), _first(found, Role.AMOUNT)
    return replace(
        it,
        amount=amount,
        amount_row=amount.row if amount else entry.box if entry else None,
        fee=money(found, Role.FEE),
        total=None if amount and amount.is_total else money(found, Role.TOTAL),
        balance=money(found, Role.BALANCE),
        cash=money(found, Role.CASH),
        due=money(found, Role.DUE),
        in_words=amount_in_words(_text(lines)),
        several=len({figure.value for figure in figures(found, Role.AMOUNT)}) > 1,
        sums=sums_shown(lines, found),
        all_sums=all_sums(lines, found),
        maimed=maimed(found),
        ends_early=amount is not None and ends_early(lines, amount.place),
    )


def _with_account(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    shown, entry = payee_account(found)
    under = accounts_under_heads(lines)
    if shown is None and len(under[True]) == 1:
        (shown,) = under[True]
    if shown is None:
        told = {one for text in paragraphs(lines) if (one := account_told(text))}
        shown = told.pop() if len(told) == 1 else None
    return replace(
        it,
        account=shown,
        account_row=entry.box if entry else None,
        account_place=entry.digits_box if entry else None,
        account_hidden=bool(entry and _HIDDEN.match(entry.value)),
        account_ringed=bool(entry and _RINGED.search(entry.value)),
        account_lettered=bool(entry and _LETTERED.search(entry.value)),
        banks=banks_named(lines, found),
        bank=bank_of_payee(found, shown)
        or (bank_beside(lines, shown) if shown else None)
        or bank_of_page(lines, found),
        loose=unnamed_accounts(lines, found, under) if shown is None else (),
        noted=_noted(found),
        segments=_segments(lines, found),
        reference=_reference(found),
    )


def _with_time(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    whens = [entry for entry in found if entry.role is Role.WHEN and find_moment(entry.value)]
    return replace(it, paid_at=when_paid(lines, found), when_place=whens[0].box if whens else None)


def _with_legibility(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    named = doubtful_words(lines)
    doubtful = _boxes_of((*named, *undoing_rows(lines, found)), lines)
    return replace(
        it,
        doubtful=doubtful,
        labels=len({entry.role for entry in found if entry.value}),
        legible=sure_characters(lines),
        letters=sure_letters(lines),
        unread=_unread(lines, found, it.kind),
        clear=tuple(line.box for line in lines if is_clear(line)),
        named_doubt=bool(named) or any(map(odd_status, found)),
        strange=bool(doubtful) or _is_strange(it, lines, found),
        of_machine=bool(_MACHINE.search(_text(lines))),
        specimen=is_specimen(_text(lines)),
    )


def _is_traced(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> bool:
    """Whether the page shows what only a payment leaves (whose money it was, a fee, a total, cash,
    a number of its own, what was left, a stamp), or says 轉帳 or 匯款 where it says it is done.

    An order that is to be paid has a sum, an account and 交易成功 too. A card made to be shared
    shows no more than 轉帳成功, but no order says that.
    """
    said = {sign.box for sign in it.signs}
    return (
        any(entry.role in _TRACES and entry.value for entry in found)
        or any(sign.code not in _OF_WORDS for sign in it.signs)
        or any(is_of_payer(line) and loose_accounts(line.text) for line in lines)
        or any(_SENT_WORD.search(line.text) for line in lines if line.box in said)
    )


def _is_strange(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> bool:
    """What else than a row's words makes a page one for a person."""
    amount = it.amount.value if it.amount else None
    return (
        any(odd_status(entry) or _is_nothing(entry) for entry in found)
        or two_payees(found)
        or in_other_money(lines)
        or has_keyboard(lines)
        or other_day(lines, it.paid_at)
        or other_sum(lines, (amount, it.fee, it.total, it.cash, (amount or 0) + (it.fee or 0)))
        or other_transfer(lines, it.account, it.reference)
        or is_of_several(lines, amount)
        or said_of_another(lines, it.signs, it.amount.place if it.amount else None)
        or (it.kind is Kind.STORE and strange_words(lines, found, _sums(found)))
    )


def _boxes_of(told: Sequence[str], lines: Sequence[Line]) -> tuple[Box, ...]:
    """The rows that hold one of these sentences, or are part of one."""
    rows = (line for line in lines if len(line.text) > 1)
    return tuple(x.box for x in rows if any(x.text in row or row in x.text for row in told))


def _is_nothing(entry: Entry) -> bool:
    """Whether no money was received: 實收 0."""
    return entry.role in _RECEIVED and amount_at_start(entry.value) == 0


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def is_specimen(text: str) -> bool:
    """Whether the page says that it only shows how one looks; a watermark may be read in part."""
    return bool(_SPECIMEN.search(text))


def _unread(lines: Sequence[Line], found: Sequence[Entry], kind: Kind) -> tuple[Box, ...]:
    if kind is not Kind.STORE:
        return ()
    return tuple(line.box for line in unread_below(lines, _sums(found)))


def _sums(found: Sequence[Entry]) -> Box | None:
    """The last row of a store's sums."""
    rows = [e.box for e in found if e.role in (Role.TOTAL, Role.CASH, Role.CHANGE)]
    return max(rows, key=lambda box: box.bottom, default=None)


def _first(found: Sequence[Entry], role: Role) -> Entry | None:
    return next((entry for entry in found if entry.role is role), None)


def _noted(found: Sequence[Entry]) -> tuple[Shown, ...]:
    """What may be the payee's account though its label says only number or name; the number of an
    order or a transaction is none."""
    entries_of = (e for e in found if e.role in (Role.REFERENCE, Role.NAME))
    values = (
        e.value for e in entries_of if _OF_BILL.fullmatch(e.label) or not _OF_ORDER.search(e.label)
    )
    return tuple(s for v in values for s in loose_accounts(v) if len(s.text) >= MIN_NOTED)


def _reference(found: Sequence[Entry]) -> str | None:
    for entry in found:
        match = re.search(r"[0-9A-Z][0-9A-Z-]{3,29}", entry.value)
        if entry.role is Role.REFERENCE and match:
            return match[0]
    return None


def _segments(lines: Sequence[Line], found: Sequence[Entry]) -> Segments:
    def labelled(role: Role, pattern: re.Pattern[str]) -> str | None:
        entry = _first(found, role)
        match = pattern.fullmatch(entry.value.replace(" ", "")) if entry else None
        return match[0] if match else None

    segments = Segments(
        labelled(Role.SEGMENT_1, SEGMENT_1),
        labelled(Role.SEGMENT_2, SEGMENT_2),
        labelled(Role.SEGMENT_3, SEGMENT_3),
    )
    return segments if any((segments.first, segments.second, segments.third)) else _bare(lines)


def _bare(lines: Sequence[Line]) -> Segments:
    """Segments printed under their bars without a label that is known (1), 段1); only trusted when
    they check. A stamp may stand behind them."""
    in_one_row = [line.text.split(" / ") for line in lines if line.text.count(" / ") == 2]
    in_rows = [[line.cells[at].text for line in lines] for at in (-1, 0)]
    for texts in (*in_one_row, *in_rows):
        found = _checked([_NUMBERED.sub("", text).replace(" ", "") for text in texts])
        if found != NO_SEGMENTS:
            return found
    return NO_SEGMENTS


def _checked(texts: Sequence[str]) -> Segments:
    """Three texts that follow each other and are segments; none where they do not check."""
    for rows in zip(texts, texts[1:], texts[2:], strict=False):
        # ①, ② and ③ are read as digits of the segment; 一 stands before it.
        circled = [text.lstrip("一二三").removeprefix(str(at)) for at, text in enumerate(rows, 1)]
        for texts_of in (rows, circled):
            segments = Segments(*texts_of)
            if segments.complete:  # of a check that fails, one digit may be any
                return segments if segments.checked else Segments(second=segments.second)
    return NO_SEGMENTS
