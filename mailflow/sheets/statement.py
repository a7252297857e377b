"""The bank's or cashier's file (CSV or XLSX) → lines of money, or a refusal of the file.

Nothing is left out in silence: a row that is no payment and no sum makes the file be refused.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from mailflow.campaign import Campaign
from mailflow.settlement import BankLine
from mailflow.sheets import bank_headers as of
from mailflow.sheets import cells
from mailflow.sheets.bank_headers import BankColumns
from mailflow.sheets.cells import text_of
from mailflow.sheets.headers import Columns
from mailflow.sheets.moments import bank_day, clock_of
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell, Layout, Table, bytes_of, read_table

_MIDNIGHT = "00:00:00"  # what programs write behind a day without a time
_AROUND = timedelta(days=400)  # a statement may begin in another term, but not in another century
_SUM = re.compile(r"(?:合|總|小)計|(?:總|合計)(?:筆數|金額)|總和|total", re.IGNORECASE)
_GRAND = re.compile(r"(?:合|總)計|total", re.IGNORECASE)
_BOOKED = frozenset(
    {"成功", "交易成功", "繳款成功", "繳費成功", "入帳", "已入帳", "入帳成功", "正常", "完成",
     "已完成", "已繳", "已繳費", "已繳款", "已銷帳", "銷帳成功", "success", "ok"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines in the file's order. `ignored` are headers that nobody reads; `remarks` say what
    was assumed."""

    lines: tuple[BankLine, ...]
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_statement(source: Path | bytes, *, campaign: Campaign) -> Statement:
    """Read a whole file. Raises ExportError with every problem; then nothing of it counts."""
    known = BankColumns(campaign.settlement.columns)
    layout = Layout(
        known.is_header,
        headline="入帳日期」與「金額",
        is_tail=lambda row: _is_no_line(row) or known.is_header([text_of(cell) for cell in row]),
    )
    table = read_table(bytes_of(source), layout)
    columns, problems = known.map(table.header)
    if problems:
        raise ExportError(problems)
    return _Reader(table, columns, campaign).statement()


def _is_no_line(row: Sequence[Cell]) -> bool:
    """A sum, or a note: a payment has at least a day and an amount."""
    filled = [text_of(cell) for cell in row if cell != ""]
    return len(filled) < 2 or bool(_SUM.match(_tight(filled[0])))


class _Reader:
    """One pass over one table; gathers problems on the way."""

    def __init__(self, table: Table, columns: Columns, campaign: Campaign) -> None:
        self._table = table
        self._columns = columns
        self._campaign = campaign
        self._problems: list[FileProblem] = []
        self._remarks: list[str] = []
        self._counts_rows = self._is_row_counter()

    def statement(self) -> Statement:
        lines = [self._line(number, row) for number, row in self._table.rows]
        read = tuple(line for line in lines if line)
        if not self._problems:
            self._check_sums(sum(line.amount for line in read))
        if self._problems:
            raise ExportError(sorted(self._problems, key=lambda problem: problem.row))
        return Statement(read, self._columns.ignored, tuple(self._remarks))

    def _line(self, number: int, row: tuple[Cell, ...]) -> BankLine | None:
        self._check_status(number, row)
        posted_on, paid_on = self._days(number, row)
        amount = self._amount(number, row)
        account, unread = self._account(number, row)
        clock = self._clock(number, row)
        if posted_on is None or amount is None:
            return None
        return BankLine(
            posted_on=posted_on,
            amount=amount,
            account=account,
            payer=self._texts(row, of.PAYER),
            memo=" ".join(filter(None, (self._texts(row, of.MEMO), unread))),
            reference="" if self._counts_rows else self._texts(row, of.REFERENCE),
            channel=self._texts(row, of.CHANNEL),
            clock=clock,
            paid_on=paid_on,
        )

    # days

    def _days(self, number: int, row: tuple[Cell, ...]) -> tuple[date | None, date | None]:
        """The bank's day and the payer's; with one column alone there is no telling them apart."""
        posted, paid, plain = (
            self._day(number, row, what) for what in (of.POSTED, of.PAID, of.DATE)
        )
        if of.POSTED in self._columns.at:
            return posted, paid or plain
        if of.DATE in self._columns.at:
            return plain, paid
        return paid, paid

    def _day(self, number: int, row: tuple[Cell, ...], what: str) -> date | None:
        if what not in self._columns.at:
            return None
        cell = self._cell(number, row, what)
        day = bank_day(text_of(cell))
        if day is None:
            if cell != "" or what == self._main_day():
                self._problem(number, what, text_of(cell), _NO_DAY)
        elif not self._is_near(day):
            self._problem(number, what, text_of(cell), _OTHER_TIME.format(self._campaign.id))
        return day

    def _main_day(self) -> str:
        return next(what for what in (of.POSTED, of.DATE, of.PAID) if what in self._columns.at)

    def _is_near(self, day: date) -> bool:
        ends = self._campaign.pay_until.date() + _AROUND
        return self._campaign.opens_on - _AROUND <= day <= ends

    def _clock(self, number: int, row: tuple[Cell, ...]) -> str:
        """From a column of its own, or from behind the day."""
        cell = self._cell(number, row, of.TIME)
        if cell == "":
            behind = clock_of(text_of(self._cell(number, row, self._main_day())), alone=False)
            return "" if behind in (None, _MIDNIGHT) else str(behind)
        clock = clock_of(text_of(cell), alone=True)
        if clock is None:
            self._problem(number, of.TIME, text_of(cell), _NO_CLOCK)
        return clock or ""

    # money

    def _amount(self, number: int, row: tuple[Cell, ...]) -> int | None:
        """What came less what went; a line with neither is none."""
        came = self._money(number, row, of.AMOUNT)
        went = self._money(number, row, of.WITHDRAWN)
        if came is None or went is None:
            return None
        what = of.AMOUNT if of.AMOUNT in self._columns.at else of.WITHDRAWN
        if came and went:
            self._problem(number, of.WITHDRAWN, str(went), "同一列既有存入又有支出；請分成兩列")
        elif not came and not went:
            self._problem(number, what, "", "沒有金額；若不是款項，請刪除這一列")
        return came - abs(went)

    def _money(self, number: int, row: tuple[Cell, ...], what: str) -> int | None:
        cell = self._cell(number, row, what)
        if cell == "":
            return 0
        sum_ = cells.signed_amount(cell)
        if sum_ is None:
            self._problem(number, what, text_of(cell), "不是整數的新臺幣金額；請寫成 600 或 -600")
        return sum_

    def _check_sums(self, total: int) -> None:
        """A grand total below the lines has to be theirs, else lines are missing."""
        for number, row in self._table.tail:
            first = next(text_of(cell) for cell in row if cell != "")
            index = self._columns.at.get(of.AMOUNT, (len(row),))[0]
            told = cells.signed_amount(row[index]) if index < len(row) else None
            if told is not None and told != total and _GRAND.match(_tight(first)):
                remedy = f"與各列相加的 {total} 不同；請確認檔案完整"
                self._problem(number, of.AMOUNT, text_of(row[index]), remedy)

    # the rest

    def _account(self, number: int, row: tuple[Cell, ...]) -> tuple[str, str]:
        """The digits, or the text of what is none (a mask): that is for a person's eyes."""
        cell = self._cell(number, row, of.ACCOUNT)
        if cell == "":
            return "", ""
        account = cells.account(cell)
        if account:
            return account, ""
        if isinstance(cell, int | float) or re.search(r"[0-9]E\+?[0-9]", text_of(cell)):
            self._problem(number, of.ACCOUNT, text_of(cell), _LOST_ACCOUNT)
        return "", text_of(cell)

    def _check_status(self, number: int, row: tuple[Cell, ...]) -> None:
        status = self._texts(row, of.STATUS)
        if status and _tight(status) not in _BOOKED:
            self._problem(number, of.STATUS, status, _NOT_BOOKED)

    def _texts(self, row: tuple[Cell, ...], what: str) -> str:
        found = (text_of(row[index]).strip() for index in self._columns.at.get(what, ()))
        return " ".join(dict.fromkeys(filter(None, found)))

    def _cell(self, number: int, row: tuple[Cell, ...], what: str) -> Cell:
        filled = [row[i] for i in self._columns.at.get(what, ()) if text_of(row[i]).strip()]
        if len({text_of(cell) for cell in filled}) > 1:
            both = " / ".join(text_of(cell) for cell in filled)
            self._problem(number, what, both, "有兩個相同意義的欄位且內容不同；請只留下正確的一個")
        return filled[0] if filled else ""

    def _is_row_counter(self) -> bool:
        """1, 2, 3 … belongs to the file, not to the payment: it changes with every download."""
        if of.REFERENCE not in self._columns.at:
            return False
        told = [self._texts(row, of.REFERENCE) for _, row in self._table.rows]
        counts = bool(told) and all(
            text.isdecimal() and int(text) == position for position, text in enumerate(told, 1)
        )
        if counts:
            self._remarks.append(
                f"「{self._columns.name(of.REFERENCE)}」只是列的編號，不用於辨識款項"
            )
        return counts

    def _problem(self, number: int, what: str, read: str, remedy: str) -> None:
        self._problems.append(FileProblem(number, self._columns.name(what), read, remedy))


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


_NO_DAY = "不是日期；請寫成 2025/9/22 或 114/9/22"
_OTHER_TIME = "日期不在 {} 這一梯次前後；請確認是否選對檔案"
_NO_CLOCK = "不是時間；請寫成 14:03:05"
_LOST_ACCOUNT = "帳號被試算表改成數字而失去後面幾位；請把該欄設為純文字，或改用銀行的原始檔"
_NOT_BOOKED = "看不出這一列已入帳；請刪除沒有入帳的列，已入帳者請改寫「成功」"
