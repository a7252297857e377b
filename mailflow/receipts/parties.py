"""Whose accounts stand on a page: the payee's, the payer's, and those that nothing names. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from mailflow.receipts.accounts import (
    MIN_WHOLE,
    Shown,
    bank_code,
    loose_accounts,
    parse_account,
    with_code,
)
from mailflow.receipts.banks import (
    UNKNOWN,
    WALLET,
    bank_alone,
    bank_named,
    banks_in,
    ends_with_bank,
    is_bank,
)
from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line
from mailflow.receipts.wording import Role, composed

_PARTY = re.compile(
    rf"轉入|存入|入帳|收款|受款|匯入|轉至|匯至|付至|對方|收方|貸方|已(?:經)?[轉匯付][給至到]|(?:收款|受款|轉入|受益|轉帳|交易|入帳)(?:[人方戶]|對象)|{composed('{towards}')}|"
    r"(?:transfer |paid |pay |sen[dt] )?to|into|destination|payee|beneficiary|recipient|receiver",
    re.IGNORECASE,
)
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
_REMARK = re.compile("手寫|[我你應該要請]|正確|改為|更正")  # somebody's words about an account
_OF_PAYER = re.compile(
    "(?:轉出|扣|付款|支付|匯出|提款|提出|出帳|我的|本人|自己|[從由]|自(?!動)|[^ ]{0,4}來源)"
    "(?!.*(?:轉入|存入|[至到給]))|"
    r"(?i:debit|withdr|deduct|charged|(?:pay |paid )?from|funded|funding|source|payer|sender|my |out of|taken)"
    r"(?i:(?!.*\b(?:to|into|credited)\b))"
)
_KEPT = re.compile("活[儲存期]|會員|(?i:savings|linked|charged to)")
_NOT_A_NAME = "(?!銀行|行庫|來源|[帳成日時金行完交費幣額明])"
_GLUED = re.compile(  # 轉出台新銀行(812), the number below
    rf"(?:(?P<to>轉入|存入|匯入|[轉匯]?[到至])|轉出|扣款|匯出|提款|[從由]) ?{_NOT_A_NAME}[^0-9*$]{{2,12}}(?:\(?[0-9]{{3}}\)?)?"
)
_BESIDE_HEAD = re.compile(  # To  Mega Bank (017), the number below
    rf"(?P<head>{_TO_HEAD.pattern}|{_FROM_HEAD.pattern}) {{2}}.{{2,30}}", re.IGNORECASE
)
_LONG_NUMBER = re.compile("[0-9]{5}")
_CODE = re.compile(r"(?<![0-9*,.$/:-])(?<![DT$] )(?P<code>[0-9]{3})(?![0-9*])[^0-9元時分.:]{0,16}$")
_BANK_ROW = re.compile(  # 台灣銀行 (004), and no sum of three digits
    r"(?=.*[A-Za-z\u3400-\u9fff]{2})(?!NT)[^0-9$元*]{0,16}(?P<code>[0-9]{3})[^0-9$元.,]{0,16}"
)
_BANKS = "銀行|商銀|郵政|郵局|農會|富邦|信託|世華|金庫"
_NAMED_BANK = re.compile(  # (004)台灣銀行, 004 台灣銀行, 台北富邦 012
    rf"\(([0-9]{{3}})\)|(?<![0-9,.$*])([0-9]{{3}})(?= ?[\u3400-\u9fff]{{0,4}}(?:{_BANKS}))|"
    rf"(?:{_BANKS})[ (-]?([0-9]{{3}})(?= |\)|$)"
)
_HOTLINES = frozenset({"110", "113", "119", "165"})  # 防詐騙專線 165郵局客服
_NUMBER_SIGN = re.compile(r"# ?[0-9-]{6,}")
_WITHIN = re.compile("(?:本行|自行|同行|行內|聯行)轉帳|轉入本行")
_BEFORE_NUMBER = re.compile(
    r"(?![xX]{3})([\u3400-\u9fffA-Za-z .]{2,12}) *(?=[0-9]{6}|[0-9]{0,6}[*xX•●]{2})"
)
_NO_BANK = re.compile("帳|戶|號|編|碼|專|人|大學|學校|公司|TO|NO|ACC|TWD|NT", re.IGNORECASE)
_ORNAMENTS = " :▼▲→↓>vVoO○●"
_SENT_TO = re.compile("^(?:成功)?[轉匯][到至給入]")
_BELOW_HEAD = 3  # rows: name, bank, number
_AND_BANK = re.compile(r"(?:行|行庫|代碼|代號) ?[/及與、] ?帳[號戶]")
_TO_ACCOUNT = re.compile(r"(?:轉入|收款|受款|存入|匯入|入帳)[^0-9]{0,6}帳[號戶]")
_LAST_ONES = re.compile("[後末][四五45]碼")


def payee_account(found: Sequence[Entry]) -> tuple[Shown | None, Entry | None]:
    """What a label of the payee names, and where; of one that can't be read the place alone."""
    payees = [entry for entry in found if entry.role is Role.PAYEE]
    payees += [entry for at, entry in enumerate(found) if _means_payee(found, at)]
    read = [(shown, entry) for entry in payees if (shown := _shown_by(entry))]
    whole = [one for one in read if "*" in one[0].text or len(one[0].text) >= MIN_WHOLE]
    if read:  # 單據號碼 may be of the paper, beside 銷帳編號
        return (whole or read)[0]
    return None, payees[0] if payees else None


def two_payees(found: Sequence[Entry]) -> bool:
    """Whether two accounts in full stand under labels of the payee, as on two proofs in one
    picture."""
    named = (entry for entry in found if _TO_ACCOUNT.search(entry.label))
    texts = [one.text.lstrip("0") for entry in named if (one := _shown_by(entry))]
    whole = [text for text in texts if "*" not in text and len(text) >= MIN_WHOLE]
    return any(not (a.endswith(b) or b.endswith(a)) for a, b in combinations(set(whole), 2))


def _shown_by(entry: Entry) -> Shown | None:
    for text in (entry.value, *entry.value.split("  ")):
        shown = parse_account(f"*{text}" if _LAST_ONES.search(entry.label) else text)
        if shown:
            return with_code(shown) if _AND_BANK.search(entry.label) else shown
    return None


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
    payee, rows = False, 0
    for at, line in enumerate(lines):
        head = line.text.strip(_ORNAMENTS)
        glued, beside = _GLUED.fullmatch(head), _BESIDE_HEAD.fullmatch(line.text)
        if both := _both_heads(line):
            for row in lines[at + 1 : at + 1 + _BELOW_HEAD]:
                for side, cell in zip(both, row.cells, strict=False):
                    under[side] += loose_accounts(cell.text) if len(row.cells) == 2 else ()
        elif _TO_HEAD.fullmatch(head) or _FROM_HEAD.fullmatch(head):
            payee, rows = bool(_TO_HEAD.fullmatch(head)), _BELOW_HEAD
        elif glued:
            payee, rows = bool(glued["to"]), 1
        elif beside and not _LONG_NUMBER.search(line.text):
            payee = bool(_TO_HEAD.fullmatch(beside["head"]))
            rows = 1 if payee else _BELOW_HEAD  # From  Bank of Taiwan, My salary, the number
        elif rows:
            under[payee] += loose_accounts(line.text)
            rows -= 1
    return {side: tuple(dict.fromkeys(shown)) for side, shown in under.items()}


def _both_heads(line: Line) -> tuple[bool, ...]:
    """Which of two heads side by side is the payee's: 從, 到; () of any other row."""
    heads = [cell.text.strip(_ORNAMENTS) for cell in line.cells]
    sides = tuple(bool(_TO_HEAD.fullmatch(head)) for head in heads)
    known = all(_TO_HEAD.fullmatch(head) or _FROM_HEAD.fullmatch(head) for head in heads)
    return sides if known and len(set(sides)) == len(heads) == 2 else ()


def unnamed_accounts(
    lines: Sequence[Line], found: Sequence[Entry], under: dict[bool, tuple[Shown, ...]]
) -> tuple[Shown, ...]:
    """Accounts that stand under no contrary label or head."""
    named = {entry.box for entry in found if entry.role not in (Role.ACCOUNT, Role.PAYEE)}
    rows = [line for line in lines if not any(box.same_row(line.box) for box in named)]
    rows = [_without_numbers(row) for row in rows]
    rows = [row for row in rows if not (_REMARK.search(row.text) or is_of_payer(row))]
    shown = dict.fromkeys(shown for row in rows for shown in loose_accounts(row.text))
    free = (one for one in shown if one not in under[False])
    return tuple(replace(one, bank=one.bank or bank_beside(lines, one)) for one in free)


def is_of_payer(row: Line) -> bool:
    """Whether a row names the payer's side, or an account that somebody keeps for himself."""
    return bool(_OF_PAYER.match(row.text) or _KEPT.search(row.text))


def _without_numbers(row: Line) -> Line:
    """The row without what calls itself a number: T7 #265973463251."""
    return Line(tuple(replace(c, text=_NUMBER_SIGN.sub(" ", c.text)) for c in row.cells))


def banks_named(lines: Sequence[Line], found: Sequence[Entry]) -> frozenset[str]:
    """Codes that stand beside a bank's name, in rows that are not the payer's."""
    mine = {e.box for e in found if e.role in (Role.PAYER, Role.PAYER_BANK, Role.MEMO)}
    mine -= {e.box for e in found if e.label == "銀行別"}  # whose it is, is not said
    rows = (line.text for line in lines if not any(box.same_row(line.box) for box in mine))
    return frozenset(
        code
        for row in rows
        for pair in _NAMED_BANK.findall(row)
        for code in pair
        if code and code not in _HOTLINES
    )


def bank_beside(lines: Sequence[Line], shown: Shown) -> str | None:
    """The bank's code or name right before an account, or alone in the row above."""
    for at, line in enumerate(lines):
        if shown not in loose_accounts(line.text):
            continue
        before = re.split(r"[0-9*][0-9*xX●○•·.-]{6,}", line.text)[0]
        found = _CODE.search(before) or (_BANK_ROW.fullmatch(lines[at - 1].text) if at else None)
        above = lines[at - 1].text if at and not before.strip(_ORNAMENTS) else ""
        above = _SENT_TO.sub("", above)
        return found["code"] if found else ends_with_bank(before) or is_bank(above)
    return None


def bank_of_payee(found: Sequence[Entry], shown: Shown | None) -> str | None:
    """The bank that a label of the payee's names, by its code or its name, or that stands in the
    account's value or the payee's name."""
    named = (_bank_in(entry.value) for entry in found if entry.role is Role.PAYEE_BANK)
    told = next(filter(None, named), None) or (shown.bank if shown else None)
    told = told or next(filter(None, map(_bank_before, found)), None)
    parties = [e.value for e in found if e.role is Role.NAME and _PARTY.fullmatch(e.label)]
    told = told or next((code for value in parties for code in banks_in(value)), None)
    return told or (UNKNOWN if any(WALLET.search(value) for value in parties) else None)


def bank_of_page(lines: Sequence[Line], found: Sequence[Entry]) -> str | None:
    """The one bank whose page it is, or whose the payer is, where the money stayed in it:
    本行轉帳."""
    text = "\n".join(line.text for line in lines)
    if not _WITHIN.search(text):
        return None
    payers = (parse_account(entry.value) for entry in found if entry.role is Role.PAYER)
    names = banks_in(text) or {shown.bank for shown in payers if shown and shown.bank}
    return next(iter(names)) if len(names) == 1 else None


def _bank_before(entry: Entry) -> str | None:
    """What is named before the payee's number: 國泰 98620123456789; no label or holder."""
    of_payee = entry.role is Role.PAYEE or bool(_PARTY.fullmatch(entry.label))
    words = _BEFORE_NUMBER.match(entry.value) if of_payee else None
    if words is None:
        return None
    named = bank_named(words[1])  # 中華郵政公司 is one, though 公司 is not
    return named or (None if _NO_BANK.search(words[1]) else bank_alone(words[1]))


def _bank_in(text: str) -> str | None:
    """UNKNOWN where code and name are not the same bank's."""
    code, named = bank_code(text), bank_named(text)
    differ = code and banks_in(text) and named != code
    return UNKNOWN if differ else code or bank_alone(text)
