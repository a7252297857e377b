"""Rows of text → the fields of one proof. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.receipts.accounts import (
    Shown,
    account_told,
    bank_code,
    loose_accounts,
    parse_account,
)
from mailflow.receipts.labels import Entry, entries
from mailflow.receipts.legible import is_clear, sure_characters, sure_letters, unread_below
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.moments import find_date, find_moment, find_time
from mailflow.receipts.money import amount_in_words
from mailflow.receipts.result import Kind, Status
from mailflow.receipts.status import Sign, find_kind, find_status, paid_signs, strange_words
from mailflow.receipts.sums import (
    Figure,
    Sum,
    all_sums,
    figures,
    find_amount,
    maimed,
    money,
    sums_shown,
)
from mailflow.receipts.wording import Role, composed
from mailflow.slips.segments import NO_SEGMENTS, SEGMENT_1, SEGMENT_2, SEGMENT_3, Segments

_NO_TIMES = frozenset(  # rows in which digits may look like a date
    {
        Role.OTHER_TIME,
        Role.MEMO,
        Role.REFERENCE,
        Role.PAYEE,
        Role.PAYER,
        Role.SEGMENT_1,
        Role.SEGMENT_2,
        Role.SEGMENT_3,
    }
)
_PARTY = re.compile(
    rf"轉入|存入|入帳|收款|受款|匯入|對方|(?:收款|受款|轉入|受益|轉帳|交易|入帳)(?:[人方戶]|對象)|{composed('{towards}')}|"
    r"(?:transfer |paid |pay |sen[dt] )?to|into|destination|payee|beneficiary|recipient|receiver",
    re.IGNORECASE,
)
_SPECIMEN = re.compile(
    r"樣張|樣本|範例|範本|[Ss]pecimen|SPECIMEN|SPECIM|CIMEN|(?<!EX)S?AMPLE(?![A-Z])|\bSample\b|"
    r"(?<![A-Z])MPLE(?![A-Z])"
)
_HIDDEN = re.compile(r"[^0-9]{0,12}[*xX•●○]{2,}")
_LETTERED = re.compile("[xX]{3,}")
_RINGED = re.compile("[0-9][Oo○◯〇]+|[Oo○◯〇]{2}")
_TO_HEAD = re.compile(
    rf"(?:轉入|存入|入帳|收款|受款|匯入)(?:帳[號戶]|方|人|銀行)?|{composed('{towards}')}|"
    r"(?:transfer |paid |pay |sen[dt] )?to",
    re.IGNORECASE,
)
_FROM_HEAD = re.compile(
    rf"(?:轉出|付款|扣款|扣帳|來源|匯出|提款)(?:帳[號戶]|方|人|銀行)?|轉自|{composed('{fromwards}')}|"
    r"(?:transfer |paid |pay |sent )?from",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![0-9*,.$/:-])(?<![DT$] )(?P<code>[0-9]{3})(?![0-9*])[^0-9元時分.:]{0,16}$")
_BANK_ROW = re.compile(  # 台灣銀行 (004), and no sum of three digits
    r"(?=.*[A-Za-z\u3400-\u9fff]{2})(?!NT)[^0-9$元*]{0,16}(?P<code>[0-9]{3})[^0-9$元.,]{0,16}"
)
_BANKS = "銀行|商銀|郵政|郵局|農會|富邦|信託|世華|金庫"
_NAMED_BANK = re.compile(  # (004)台灣銀行, 004 台灣銀行, 台北富邦 012
    rf"\(([0-9]{{3}})\)|(?<![0-9,.$*])([0-9]{{3}})(?= ?[\u3400-\u9fff]{{0,4}}(?:{_BANKS}))|"
    rf"(?:{_BANKS})[ (-]?([0-9]{{3}})(?= |\)|$)"
)
_ORNAMENTS = " :▼▲→↓>vVoO○●"
_BELOW_HEAD = 3  # rows: name, bank, number
MIN_NOTED = 12  # a shorter number of a transaction may be anything
_LAST_ONES = re.compile("[後末][四五45]碼")


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
    strange: bool = False  # words under a store's sums that no receipt usually bears
    several: bool = False  # two different amounts are named
    sums: frozenset[int] = frozenset()  # all that is marked as money, whatever names it
    loose: tuple[Shown, ...] = ()  # accounts in full that no label names, or one that may be either
    noted: tuple[Shown, ...] = ()  # long numbers under labels of neither party: 編號
    signs: tuple[Sign, ...] = ()  # of having been paid
    all_sums: tuple[Sum, ...] = ()
    maimed: Box | None = None  # a sum is named there and can't be read
    when_place: Box | None = None
    specimen: bool = False  # 範例, SAMPLE: it shows how a proof looks
    letters: int = 0  # Latin letters and digits that the engine was sure of


def read_fields(lines: Sequence[Line]) -> Fields:
    """Everything one proof says. Several proofs on a page must be split before."""
    found = entries(lines)
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
    return _with_legibility(it, lines, found)


def _with_money(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    amount, entry = find_amount(lines, found), _first(found, Role.AMOUNT)
    return replace(
        it,
        amount=amount,
        amount_row=amount.row if amount else entry.box if entry else None,
        fee=money(found, Role.FEE),
        total=None if amount and amount.from_total else money(found, Role.TOTAL),
        balance=money(found, Role.BALANCE),
        cash=money(found, Role.CASH),
        due=money(found, Role.DUE),
        in_words=amount_in_words(_text(lines)),
        several=len({figure.value for figure in figures(found, Role.AMOUNT)}) > 1,
        sums=sums_shown(lines, found),
        all_sums=all_sums(lines, found),
        maimed=maimed(found),
    )


def _with_account(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    shown, entry = _account(found)
    under = accounts_under_heads(lines)
    if shown is None and len(under[True]) == 1:
        (shown,) = under[True]
    if shown is None:
        told = {one for line in lines if (one := account_told(line.text))}
        shown = told.pop() if len(told) == 1 else None
    return replace(
        it,
        account=shown,
        account_row=entry.box if entry else None,
        account_place=entry.digits_box if entry else None,
        account_hidden=bool(entry and _HIDDEN.match(entry.value)),
        account_ringed=bool(entry and _RINGED.search(entry.value)),
        account_lettered=bool(entry and _LETTERED.search(entry.value)),
        banks=_banks(lines, found),
        bank=_bank(found, shown) or (_bank_beside(lines, shown) if shown else None),
        loose=_loose(lines, found, under) if shown is None else (),
        noted=_noted(found),
        segments=_segments(lines, found),
        reference=_reference(found),
    )


def _with_time(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    whens = [entry for entry in found if entry.role is Role.WHEN and find_moment(entry.value)]
    return replace(it, paid_at=_paid_at(lines, found), when_place=whens[0].box if whens else None)


def _with_legibility(it: Fields, lines: Sequence[Line], found: Sequence[Entry]) -> Fields:
    return replace(
        it,
        labels=len({entry.role for entry in found if entry.value}),
        legible=sure_characters(lines),
        letters=sure_letters(lines),
        unread=_unread(lines, found, it.kind),
        clear=tuple(line.box for line in lines if is_clear(line)),
        strange=it.kind is Kind.STORE and strange_words(lines, found, _sums(found)),
        specimen=is_specimen(_text(lines)),
    )


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


def _account(found: Sequence[Entry]) -> tuple[Shown | None, Entry | None]:
    payees = [entry for entry in found if entry.role is Role.PAYEE]
    payees += [entry for at, entry in enumerate(found) if _means_payee(found, at)]
    for entry in payees:
        for text in (entry.value, *entry.value.split("  ")):
            shown = parse_account(f"*{text}" if _LAST_ONES.search(entry.label) else text)
            if shown:
                return shown, entry
    return None, payees[0] if payees else None


def _means_payee(found: Sequence[Entry], at: int) -> bool:
    """Whether 帳號 is the payee's because a label of the payee stands before it, or 收款人 is
    followed by an account."""
    entry = found[at]
    if entry.role is Role.NAME:
        return bool(_PARTY.fullmatch(entry.label) and parse_account(entry.value))
    if entry.role is not Role.ACCOUNT:
        return False
    for before in reversed(found[max(0, at - 3) : at]):
        if before.role in (Role.PAYER, Role.PAYER_BANK):
            return False
        if before.role is Role.PAYEE_BANK or _PARTY.fullmatch(before.label):
            return True
    return False


def accounts_under_heads(lines: Sequence[Line]) -> dict[bool, tuple[Shown, ...]]:
    """The accounts a few rows below a head of their own: True those of the payee (轉入), False
    those of the payer (轉出)."""
    under: dict[bool, list[Shown]] = {True: [], False: []}
    payee, since = None, 0
    for line in lines:
        since += 1
        head = line.text.strip(_ORNAMENTS)
        if _TO_HEAD.fullmatch(head) or _FROM_HEAD.fullmatch(head):
            payee, since = bool(_TO_HEAD.fullmatch(head)), 0
        elif payee is not None and since <= _BELOW_HEAD:
            under[payee] += loose_accounts(line.text)
    return {side: tuple(dict.fromkeys(shown)) for side, shown in under.items()}


def _loose(
    lines: Sequence[Line], found: Sequence[Entry], under: dict[bool, tuple[Shown, ...]]
) -> tuple[Shown, ...]:
    """Accounts that stand under no contrary label or head."""
    named = {entry.box for entry in found if entry.role not in (Role.ACCOUNT, Role.PAYEE)}
    rows = [line for line in lines if not any(box.same_row(line.box) for box in named)]
    shown = dict.fromkeys(shown for row in rows for shown in loose_accounts(row.text))
    free = (one for one in shown if one not in under[False])
    return tuple(replace(one, bank=one.bank or _bank_beside(lines, one)) for one in free)


def _banks(lines: Sequence[Line], found: Sequence[Entry]) -> frozenset[str]:
    mine = {e.box for e in found if e.role in (Role.PAYER, Role.PAYER_BANK, Role.MEMO)}
    mine -= {e.box for e in found if e.label == "銀行別"}  # whose it is, is not said
    rows = (line.text for line in lines if not any(box.same_row(line.box) for box in mine))
    return frozenset(
        code for row in rows for pair in _NAMED_BANK.findall(row) for code in pair if code
    )


def _bank_beside(lines: Sequence[Line], shown: Shown) -> str | None:
    """The bank's code right before an account, or alone with its name in the row above."""
    for at, line in enumerate(lines):
        if shown not in loose_accounts(line.text):
            continue
        before = re.split(r"[0-9*][0-9*xX●○•·.-]{6,}", line.text)[0]
        found = _CODE.search(before) or (_BANK_ROW.fullmatch(lines[at - 1].text) if at else None)
        return found["code"] if found else None
    return None


def _noted(found: Sequence[Entry]) -> tuple[Shown, ...]:
    """What may be the payee's account though its label says only number or name."""
    values = (e.value for e in found if e.role in (Role.REFERENCE, Role.NAME))
    return tuple(s for v in values for s in loose_accounts(v) if len(s.text) >= MIN_NOTED)


def _bank(found: Sequence[Entry], shown: Shown | None) -> str | None:
    entry = _first(found, Role.PAYEE_BANK)
    return (bank_code(entry.value) if entry else None) or (shown.bank if shown else None)


def _reference(found: Sequence[Entry]) -> str | None:
    for entry in found:
        match = re.search(r"[0-9A-Z][0-9A-Z-]{3,29}", entry.value)
        if entry.role is Role.REFERENCE and match:
            return match[0]
    return None


def _paid_at(lines: Sequence[Line], found: Sequence[Entry]) -> str | None:
    """The labelled time of the transaction; without a label, the only date on the proof."""
    whens = [entry for entry in found if entry.role is Role.WHEN]
    days = {moment[:10] for entry in whens if (moment := find_moment(entry.value))}
    if len(days) > 1:
        return None
    if days:
        moments = [find_moment(e.value) for e in whens]
        full = next((m for m in moments if m and "T" in m), None)
        times = [t for e in whens if not find_date(e.value) and (t := find_time(e.value))]
        day = days.pop()
        return full or (f"{day}T{times[0]}" if times else day)
    other = {entry.box for entry in found if entry.role in _NO_TIMES}
    free = {m for line in lines if line.box not in other and (m := find_moment(line.text))}
    if len({moment[:10] for moment in free}) != 1:
        return None
    return free.pop() if len(free) == 1 else free.pop()[:10]


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
    """Segments printed under their bars without a label; only trusted when they check."""
    texts = [line.text.replace(" ", "") for line in lines]
    for first, second, third in zip(texts, texts[1:], texts[2:], strict=False):
        if (
            SEGMENT_1.fullmatch(first)
            and SEGMENT_2.fullmatch(second)
            and SEGMENT_3.fullmatch(third)
        ):
            segments = Segments(first, second, third)
            return segments if segments.checked else Segments()
    return Segments()
