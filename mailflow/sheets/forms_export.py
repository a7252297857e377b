"""The Google Forms export (CSV or XLSX) → rows of raw field texts, or a refusal of the file.

The export grows and is read again and again: the same file always gives the same rows. A value
that is wrong for a person (a check digit) is not a fault of the file; it stays as it was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.person import BASIC, LABELS, Field
from mailflow.sheets import cells
from mailflow.sheets.cells import text_of
from mailflow.sheets.headers import (
    ACCOUNT,
    ACCOUNT_ADDRESS,
    AMOUNT,
    BANK,
    DUE,
    EDIT_LINK,
    LEVEL,
    RETAKE_SUBJECT,
    TIMESTAMP,
    Columns,
    is_header,
    map_columns,
)
from mailflow.sheets.moments import Order, Stamp, due_day, instant, order_of, take_apart
from mailflow.sheets.problems import ExportError, FileProblem
from mailflow.sheets.tables import Cell, Layout, Table, bytes_of, read_table

EMAILS_DIFFER = "email_differs_from_form_account"
NAMES_RETAKE_SUBJECT = "names_retake_subject"
_NOTHING = frozenset({"", "無", "否", "沒有", "不用", "-", "n/a", "na", "no", "none"})
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!"})
_BEFORE, _AFTER = timedelta(days=120), timedelta(days=240)  # around a round, for its own answers


@dataclass(frozen=True, slots=True)
class SlipColumns:
    """What this student owes, from the office's own columns. Amount in NT$; `due_on` inclusive."""

    amount: int
    account: str = field(repr=False)
    bank: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `number` is the spreadsheet's row, `submitted_at` aware UTC; editing an answer
    moves it. `texts` are as written, a missing column is '', an empty retake part 否. `doubts`
    are reason codes for staff. `edit_link` is where this answer may be edited; '' where the file
    does not say it, or says what no letter may carry.
    """

    number: int
    submitted_at: datetime
    texts: Mapping[Field, str] = field(repr=False)
    slip: SlipColumns | None
    doubts: tuple[str, ...] = ()
    edit_link: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Export:
    """The answers in the file's order, exact repetitions left out (`repeats`: their row numbers).

    `ignored` are headers that no field has; `remarks` say what was undone or assumed.
    """

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    repeats: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()


def read_export(source: Path | bytes, *, campaign: Campaign) -> Export:
    """Read a whole export. Raises ExportError with every problem; then nothing of it counts."""
    table = read_table(bytes_of(source), Layout(is_header))
    columns, problems = map_columns(table.header)
    if problems:
        raise ExportError(problems)
    return _Reader(table, columns, campaign).export()


class _Reader:
    """One pass over one table; gathers problems and remarks on the way."""

    def __init__(self, table: Table, columns: Columns, campaign: Campaign):
        self._table = table
        self._columns = columns
        self._campaign = campaign
        self._problems: list[FileProblem] = []
        self._remarks: dict[str, None] = {}

    def export(self) -> Export:
        stamps = {number: self._stamp(row) for number, row in self._table.rows}
        order = order_of(stamp for stamp in stamps.values() if isinstance(stamp, Stamp))
        rows = [self._row(number, row, stamps[number], order) for number, row in self._table.rows]
        self._check_account_lengths()
        self._miss_columns()
        if self._problems:
            raise ExportError(sorted(self._problems, key=lambda problem: problem.row))
        kept, repeats = _without_repeats([row for row in rows if row])
        return Export(kept, self._columns.ignored, repeats, tuple(self._remarks))

    def _row(
        self,
        number: int,
        row: tuple[Cell, ...],
        stamp: Stamp | datetime | None,
        order: Order | None,
    ) -> Row | None:
        at = self._moment(number, row, stamp=stamp, order=order)
        asked = [name for name in Field if name in BASIC or name in self._columns.at]
        texts = {name: self._text(number, row, name) for name in asked}
        slip = self._slip(number, row)
        level = text_of(self._cell(number, row, LEVEL))
        if level and not texts[Field.EXAM].rstrip(" )）").endswith(level):
            texts[Field.EXAM] = f"{texts[Field.EXAM]} {level}"
        doubts = [EMAILS_DIFFER] if self._addresses_differ(row, texts[Field.EMAIL]) else []
        retaken = text_of(self._cell(number, row, RETAKE_SUBJECT))
        if retaken.casefold() not in _NOTHING:
            # The whole part says one thing; a subject alone may only be meant for retakers.
            if not texts.get(Field.KEPT_SUBJECT) or retaken != texts[Field.SUBJECTS]:
                doubts.append(NAMES_RETAKE_SUBJECT)
            texts[Field.RETAKE] = texts[Field.RETAKE] or "是"
        # Only those who retake a subject fill in that part of the form.
        texts[Field.RETAKE] = texts[Field.RETAKE] or "否"
        link = self._edit_link(number, row)
        return Row(number, at, texts, slip, tuple(doubts), link) if at else None

    def _edit_link(self, number: int, row: tuple[Cell, ...]) -> str:
        link = text_of(self._cell(number, row, EDIT_LINK)).strip()
        if not link or self._campaign.links.may_edit_at(link):
            return link
        places = "、".join(self._campaign.links.edit_at)
        self._remark(f"第 {number} 列的編輯連結不是 https 或不在 {places}，信中不會附上")
        return ""

    def _miss_columns(self) -> None:
        """A question that the form does not ask is said once, not person by person alone."""
        missing = [LABELS[f] for f in BASIC if f is not Field.RETAKE and f not in self._columns.at]
        if missing:
            self._remark(_NOT_ASKED.format("、".join(missing)))

    # timestamps

    def _stamp(self, row: tuple[Cell, ...]) -> Stamp | datetime | None:
        cell = row[self._columns.at[TIMESTAMP][0]]
        if isinstance(cell, datetime):
            rounded = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
            return rounded.replace(tzinfo=TAIPEI).astimezone(UTC)
        return take_apart(text_of(cell))

    def _moment(
        self,
        number: int,
        row: tuple[Cell, ...],
        *,
        stamp: Stamp | datetime | None,
        order: Order | None,
    ) -> datetime | None:
        if isinstance(stamp, Stamp):
            at = instant(stamp, order)
            if stamp.offset is None:
                self._remark("時間戳記沒有時區，以臺北時間（GMT+8）計")
        else:
            at = stamp
        read = text_of(row[self._columns.at[TIMESTAMP][0]])
        if at is None:
            ambiguous = isinstance(stamp, Stamp) and stamp.year_last and order is None
            self._problem(number, TIMESTAMP, read, _AMBIGUOUS if ambiguous else _NO_MOMENT)
        elif not self._in_this_round(at):
            self._problem(number, TIMESTAMP, read, _OTHER_ROUND.format(self._campaign.id))
        return at

    def _in_this_round(self, at: datetime) -> bool:
        day = at.astimezone(TAIPEI).date()
        opens, ends = self._campaign.opens_on, self._campaign.pay_until.date()
        return opens - _BEFORE <= day <= ends + _AFTER

    # fields

    def _text(self, number: int, row: tuple[Cell, ...], name: Field) -> str:
        cell = self._cell(number, row, name)
        if name is Field.PHONE:
            found = cells.phone(cell)
        elif name is Field.STUDENT_NO:
            read = cells.student_no(cell)
            if read is None:
                self._problem(number, name, text_of(cell), _LOST_DIGITS)
                return ""
            found = read
        else:
            return text_of(cell)
        if found.changed:
            self._remark(f"第 {number} 列「{self._columns.name(name)}」已還原試算表改掉的數字")
        return found.text

    def _cell(self, number: int, row: tuple[Cell, ...], what: str) -> Cell:
        """The one filled cell among columns of that meaning: an edited question leaves two."""
        filled = [row[index] for index in self._columns.at.get(what, ()) if row[index] != ""]
        for cell in filled:
            if cell in _ERRORS:
                self._problem(number, what, text_of(cell), "儲存格是公式錯誤；請改成值")
        if len({text_of(cell) for cell in filled}) > 1:
            both = " / ".join(text_of(cell) for cell in filled)
            self._problem(number, what, both, "有兩個相同意義的欄位且內容不同；請只留下正確的一個")
        return filled[0] if filled else ""

    def _addresses_differ(self, row: tuple[Cell, ...], email: str) -> bool:
        """The address of the Google account and the one typed: one of them may be mistyped."""
        collected = [text_of(row[index]) for index in self._columns.at.get(ACCOUNT_ADDRESS, ())]
        typed = email.strip().casefold()
        return bool(typed) and any(a and a.strip().casefold() != typed for a in collected)

    # slips

    def _slip(self, number: int, row: tuple[Cell, ...]) -> SlipColumns | None:
        if AMOUNT not in self._columns.at:
            return None
        parts = {what: self._cell(number, row, what) for what in (AMOUNT, ACCOUNT, BANK, DUE)}
        if all(parts[what] == "" for what in (AMOUNT, ACCOUNT, DUE)):
            return None
        amount = cells.amount(parts[AMOUNT])
        account = cells.account(parts[ACCOUNT])
        due_on = self._due(parts[DUE])
        bank = self._bank(number, parts[BANK])
        for what, value, remedy in (
            (AMOUNT, amount, _NO_AMOUNT), (ACCOUNT, account, _NO_ACCOUNT), (DUE, due_on, _NO_DUE),
        ):  # fmt: skip
            if value is None:
                self._problem(number, what, text_of(parts[what]), remedy)
        if amount is None or account is None or due_on is None:
            return None
        return SlipColumns(amount, account, bank, due_on)

    def _due(self, cell: Cell) -> date | None:
        due_on = due_day(text_of(cell), year=self._campaign.pay_until.year)
        earliest, latest = self._campaign.opens_on, self._campaign.pay_until.date() + _AFTER
        return due_on if due_on and earliest <= due_on <= latest else None

    def _bank(self, number: int, cell: Cell) -> str:
        if cell == "":
            return ""
        found = cells.bank(cell)
        if found is None:
            self._problem(number, BANK, text_of(cell), "請填三碼銀行代碼，例如 004")
            return ""
        if found.changed:
            self._remark(f"第 {number} 列「{self._columns.name(BANK)}」已補回前面的 0")
        return found.text

    def _check_account_lengths(self) -> None:
        """A numeric cell shorter than the others may have lost a leading zero: nobody can tell."""
        if ACCOUNT not in self._columns.at:
            return
        index = self._columns.at[ACCOUNT][0]
        read = [(number, row[index], cells.account(row[index])) for number, row in self._table.rows]
        longest = max((len(digits) for _, _, digits in read if digits), default=0)
        for number, cell, digits in read:
            if digits and len(digits) < longest and not isinstance(cell, str):
                self._problem(number, ACCOUNT, digits, _SHORT_ACCOUNT)

    # notes

    def _problem(self, number: int, what: str, read: str, remedy: str) -> None:
        self._problems.append(FileProblem(number, self._columns.name(what), read, remedy))

    def _remark(self, text: str) -> None:
        self._remarks[text] = None


def _without_repeats(rows: list[Row]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    seen: set[object] = set()
    kept, repeats = [], []
    for row in rows:
        key = (row.submitted_at, tuple(row.texts.values()), row.slip)
        if key in seen:
            repeats.append(row.number)
        else:
            seen.add(key)
            kept.append(row)
    return tuple(kept), tuple(repeats)


_NOT_ASKED = (
    "表單沒有問「{}」：每一份報名都會留待處理；請在表單加上這一題並請學生補填，或修正該欄的標題"
)
_NO_MOMENT = "不是看得懂的時間；請寫成 2025/9/10 下午 3:21:05 的樣子"
_AMBIGUOUS = "分不出哪個是月、哪個是日；請把試算表的語言地區設為臺灣後重新下載（2025/9/10 …）"
_OTHER_ROUND = "時間不在 {} 這一梯次前後；請確認是否選對檔案"
_LOST_DIGITS = "學號被試算表改成數字而無法還原；請把該欄設為純文字後重新填入"
_NO_AMOUNT = "不是金額；請填整數的新臺幣，例如 600"
_NO_ACCOUNT = "不是完整的帳號；請把該欄設為純文字，填 8 到 20 位數字"
_NO_DUE = "不是這一梯次的日期；請寫成 2025/9/22"
_SHORT_ACCOUNT = "比其他帳號短，前面的 0 可能遺失；請把該欄設為純文字後重新填入"
