"""The words that name a value on a proof, and the values they name. Pure.

A label counts only where a label can stand: at the beginning of a cell or behind another value,
never inside a sentence. A misread label counts when only one role is one character away, so that
轉?帳號 (in or out?) and ?帳金額 (transferred or debited?) name nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mailflow.receipts.lines import Box, Cell, Line, union


class Role(StrEnum):
    AMOUNT = "amount"
    FEE = "fee"
    TOTAL = "total"
    BALANCE = "balance"
    CASH = "cash"
    CHANGE = "change"
    DUE = "due"
    PAYEE = "payee"  # the account that was credited
    PAYER = "payer"
    PAYEE_BANK = "payee_bank"
    PAYER_BANK = "payer_bank"
    WHEN = "when"
    OTHER_TIME = "other_time"
    REFERENCE = "reference"
    STATUS = "status"
    MEMO = "memo"
    SEGMENT_1 = "segment_1"
    SEGMENT_2 = "segment_2"
    SEGMENT_3 = "segment_3"
    NAME = "name"


_LABELS: dict[Role, str] = {
    Role.AMOUNT: (
        "轉帳金額 轉入金額 轉出金額 交易金額 繳費金額 繳款金額 代收金額 付款金額 支付金額 "
        "匯款金額 存入金額 入帳金額 繳納金額 代繳金額 本次轉帳金額 繳款總額 金額 交易金額(元) "
        "轉帳金額(元) 轉帳金額(台幣) 實繳金額 代收款 轉出金額(元) 存款金額 繳費總金額 "
        "付款總額 "
        "小寫金額 匯款金額(小寫) 轉帳總額 繳費金額(元) 交易額 轉帳金額(NT$) 扣繳金額 收款金額"
    ),
    Role.FEE: (
        "手續費 代收手續費 交易手續費 轉帳手續費 跨行手續費 手續費用 手續費(元) 服務費 處理費 "
        "手續費金額 匯費 匯款手續費 轉帳費用 交易費用 手續費(NT$)"
    ),
    Role.TOTAL: (
        "扣帳金額 扣款金額 轉帳金額加手續費 轉帳金額含手續費 合計 總計 總金額 合計金額 總額 "
        "小計 應收 應收金額 實收金額 實付金額 扣款總額 總扣款金額 總扣帳金額 扣帳總額 "
        "扣款總金額 實際扣款金額 總支出 交易總額"
    ),
    Role.BALANCE: (
        "餘額 可用餘額 帳戶餘額 轉出後餘額 結存金額 轉出帳號可用餘額 結餘 帳面餘額 交易後餘額 "
        "存款餘額 轉帳後餘額 活存餘額 帳戶可用餘額 轉出帳戶餘額 可用金額 目前餘額 錢包餘額 "
        "扣款後餘額 剩餘額度 即時餘額 結存"
    ),
    Role.CASH: "現金 收現 收您 實收現金 收您現金 付現 實收 現金支付 收受現金",
    Role.CHANGE: "找零 找您 找零金額 找錢 找",
    Role.DUE: "應繳金額 應繳總額 應繳總金額 應付金額 待繳金額 應繳 未繳金額",
    Role.PAYEE: (
        "轉入帳號 轉入帳戶 收款帳號 收款帳戶 銷帳編號 用戶編號 用戶號碼 存入帳號 入帳帳號 "
        "繳款帳號 虛擬帳號 繳費編號 收款人帳號 對方帳號 受款帳號 受款人帳號 繳款編號 繳費帳號 "
        "轉入帳號/銷帳編號 銷帳編號/帳號 轉入虛擬帳號 入帳帳戶 繳費代碼 轉入銀行/帳號 "
        "轉入行庫/帳號 收款銀行/帳號 銷帳帳號 轉入方帳號 存入帳戶 匯入帳號 "
        "收款人帳戶 入帳帳號/銷帳編號 受款帳戶 存入帳號/銷帳編號 對方帳戶 "
        "繳款人編號 收款帳號/銷帳編號"
    ),
    Role.PAYER: (
        "轉出帳號 轉出帳戶 卡片帳號 卡號 扣款帳號 扣款帳戶 付款帳號 付款帳戶 轉出帳號後五碼 "
        "扣帳帳號 扣帳帳戶 提款卡號 金融卡號 我的帳戶 轉出銀行/帳號 付款方式 晶片卡帳號"
    ),
    Role.PAYEE_BANK: (
        "轉入銀行 轉入銀行代碼 收款銀行 收款行 入帳銀行 轉入行 轉入行庫 銀行代碼 存入銀行 "
        "轉入機構 收款行庫 轉入銀行代號 銀行代號 轉入銀行別 入帳行"
    ),
    Role.PAYER_BANK: "轉出銀行 付款銀行 轉出行 扣款銀行 發卡銀行 轉出銀行代碼 銀行別 轉出行庫",
    Role.WHEN: (
        "交易時間 交易日期 交易日期時間 交易日期/時間 轉帳時間 轉帳日期 繳費時間 繳費日期 "
        "付款時間 付款日期 繳款時間 繳款日期 日期 時間 日期時間 日期/時間 入帳時間 入帳日期 "
        "完成時間 交易日 扣款時間 扣款日期 匯款日期 代收日期 代收時間 交易時間日期 轉帳日 "
        "收款日期 支付時間 收款時間"
    ),
    Role.OTHER_TIME: (
        "列印時間 列印日期 繳費期限 繳款期限 預約轉帳日 預約轉帳日期 預約日期 預約日 "
        "預計轉帳日 登錄日期 預約設定日 預約繳費日 預約交易日 預定轉帳日 有效期限 截止日期 "
        "繳款截止日 預計扣款日 預約扣款日 繳費截止日 帳務日期 列帳日 製表時間 查詢時間 "
        "開立日期"
    ),
    Role.REFERENCE: (
        "交易序號 交易編號 序號 訂單編號 交易代號 參考編號 流水號 交易流水號 電文序號 "
        "收據編號 訂單號碼 交易識別碼 交易單號 收銀機/序號 跨行序號"
    ),
    Role.STATUS: (
        "交易狀態 交易結果 訊息代號 處理結果 狀態 訊息 轉帳結果 繳費結果 交易訊息 付款狀態 "
        "繳費狀態 轉帳狀態 執行結果 交易種類 交易類別 交易類型 失敗原因 交易項目"
    ),
    Role.MEMO: (
        "備註 給自己的備註 存摺摘要 摘要 附言 交易備註 留言 給對方的訊息 交易摘要 註記 "
        "轉帳備註 給收款人的訊息 存摺備註 備註(對方) 備註(自己) 給對方留言 轉帳附言 "
        "收款人附言 我的備註 交易附言"
    ),
    Role.SEGMENT_1: "第1段 第一段 第1段條碼 第一段條碼 條碼1 條碼一",
    Role.SEGMENT_2: "第2段 第二段 第2段條碼 第二段條碼 條碼2 條碼二",
    Role.SEGMENT_3: "第3段 第三段 第3段條碼 第三段條碼 條碼3 條碼三",
    Role.NAME: (
        "收費單位 代收機構 代收項目 費用名稱 收款人 收款戶名 戶名 機器代號 機號 店號 客服專線 "
        "繳費項目 繳費種類 委託單位 代收單位 收款單位 週期 店名 門市 櫃員機代號"
    ),
}
_ENGLISH: dict[Role, str] = {
    Role.AMOUNT: "amount|transfer amount|payment amount|transaction amount|amount transferred",
    Role.FEE: "fee|handling fee|transfer fee|service fee|service charge|transaction fee",
    Role.TOTAL: "total|total amount|total debit|amount debited|total deducted",
    Role.BALANCE: "balance|available balance|account balance",
    Role.DUE: "amount due|amount payable",
    Role.PAYEE: (
        "to account|to account no.|payee account|beneficiary account|receiving account|"
        "recipient account|account to|transfer to account|credit account|to a/c|to a/c no."
    ),
    Role.PAYER: "from account|from account no.|payer account|debit account|from a/c|from|card no.",
    Role.PAYEE_BANK: "to bank|payee bank|beneficiary bank|receiving bank|recipient bank|bank code",
    Role.PAYER_BANK: "from bank|payer bank",
    Role.WHEN: (
        "date & time|date and time|date/time|transaction time|transaction date|transfer time|"
        "transfer date|payment date|payment time|date|time|completed at|paid at"
    ),
    Role.OTHER_TIME: "scheduled date|scheduled for|due date|print date|valid until|execution date",
    Role.REFERENCE: (
        "reference no.|reference number|reference|transaction no.|transaction id|ref. no.|ref no.|"
        "transaction number|serial no.|order no."
    ),
    Role.STATUS: "status|result|transaction status|transfer status|payment status",
    Role.MEMO: "memo|note|notes|remark|remarks|message|note to self|note to payee",
    Role.NAME: "payee|payee name|beneficiary|recipient|payment type|item",
}
_ROLE = {label: role for role, labels in _LABELS.items() for label in labels.split()}
_ENGLISH_ROLE = {label: role for role, labels in _ENGLISH.items() for label in labels.split("|")}
_CJK = "\u3400-\u9fff"
_ANY = re.compile(
    rf"(?:(?<![{_CJK}])|(?<=^[{_CJK}])|(?<=項))(?P<label>"
    + "|".join(re.escape(label) for label in sorted(_ROLE, key=len, reverse=True))
    + rf")(?:\([^()]{{0,8}}\))?(?=$|[^{_CJK}]|[新台]台?幣)"
)
_ANY_ENGLISH = re.compile(
    r"(?:^|(?<=  ))(?P<label>"
    + "|".join(re.escape(label) for label in sorted(_ENGLISH_ROLE, key=len, reverse=True))
    + r")(?=$| *:|  | (?=NT|TWD|[$0-9*]))",
    re.IGNORECASE,
)
_FUZZY_LENGTH = 4
MONEY = frozenset(
    {Role.AMOUNT, Role.FEE, Role.TOTAL, Role.BALANCE, Role.CASH, Role.CHANGE, Role.DUE}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside or below it. `box` is the row (or rows) of both."""

    role: Role
    value: str
    box: Box
    value_box: Box
    confidence: float = 100.0
    digits_box: Box | None = None  # the widest cell of the value that holds no Chinese


def entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """All labelled values in reading order; a label without a value has an empty one."""
    found: list[Entry] = []
    labelled = [tuple(_in_line(line)) for line in lines]
    for index, (line, row) in enumerate(zip(lines, labelled, strict=True)):
        below = lines[index + 1] if index + 1 < len(lines) and not labelled[index + 1] else None
        for entry in row:
            last = entry is row[-1]
            found.append(_with_below(entry, line, below) if last and below else entry)
    return tuple(found)


def _in_line(line: Line) -> Iterator[Entry]:
    text = line.text
    marks = [(m.start(), m.end(), _ROLE[m["label"]]) for m in _ANY.finditer(text)]
    if not marks:
        marks = [
            (m.start(), m.end(), _ENGLISH_ROLE[m["label"].lower()])
            for m in _ANY_ENGLISH.finditer(text)
        ]
    if not marks:
        fuzzy = _fuzzy(line)
        marks = [fuzzy] if fuzzy else []
    marks = _before_memo(marks)
    for index, (_start, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        cells = _cells_between(line, end, stop)
        yield Entry(
            role,
            text[end:stop].strip(" :"),
            line.box,
            union(cell.box for cell in cells) if cells else line.box,
            min(cell.confidence for cell in line.cells),
            _digits_box(cells),
        )


def _before_memo(marks: list[tuple[int, int, Role]]) -> list[tuple[int, int, Role]]:
    """What stands behind a memo label in its row was written by the payer, whatever it says."""
    kept = []
    for mark in marks:
        kept.append(mark)
        if mark[2] is Role.MEMO:
            break
    return kept


def _fuzzy(line: Line) -> tuple[int, int, Role] | None:
    head = re.match(rf"[^{_CJK}]{{0,3}}(?P<label>[{_CJK}]{{3,10}})(?=[: ]|$)", line.text)
    if not head or len(head["label"]) < _FUZZY_LENGTH:
        return None
    roles = {role for label, role in _ROLE.items() if _one_off(head["label"], label)}
    return (head.start("label"), head.end("label"), roles.pop()) if len(roles) == 1 else None


def _one_off(seen: str, label: str) -> bool:
    """One character replaced, added or lost."""
    if len(seen) == len(label):
        return sum(a != b for a, b in zip(seen, label, strict=True)) == 1
    short, long = sorted((seen, label), key=len)
    cut = (long[:at] + long[at + 1 :] for at in range(len(long)))
    return len(long) - len(short) == 1 and len(short) >= _FUZZY_LENGTH and short in cut


def _cells_between(line: Line, start: int, stop: int) -> list[Cell]:
    """The cells that hold the characters from start to stop of the line's text."""
    at, inside = 0, []
    for cell in line.cells:
        if at < stop and at + len(cell.text) > start:
            inside.append(cell)
        at += len(cell.text) + 2
    return inside


def _digits_box(cells: Sequence[Cell]) -> Box | None:
    plain = [cell.box for cell in cells if not re.search(f"[{_CJK}]", cell.text)]
    return max(plain, key=lambda box: box.width, default=None)


def _with_below(entry: Entry, line: Line, below: Line) -> Entry:
    """The row below belongs to a label whose own row is empty, or names only the bank."""
    height = line.box.height
    near = below.box.top - line.box.bottom < 2.5 * height
    wants = not entry.value or (
        entry.role is Role.PAYEE and not re.search(r"[0-9]{5}", entry.value)
    )
    if not (near and wants):
        return entry
    value = f"{entry.value} {below.text}".strip()
    return Entry(
        entry.role,
        value,
        line.box.union(below.box),
        below.box,
        min(cell.confidence for cell in below.cells),
        _digits_box(below.cells),
    )
