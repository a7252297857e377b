"""Which column of a bank's file is which: by the campaign's map, else by usual names."""

import unicodedata
from collections.abc import Iterator, Sequence

from mailflow.campaign import SettlementColumns
from mailflow.sheets.headers import Columns, meaning
from mailflow.sheets.problems import FileProblem

POSTED, PAID, DATE, TIME = "posted", "paid", "date", "time"
AMOUNT, WITHDRAWN, ACCOUNT, PAYER = "amount", "withdrawn", "account", "payer"
MEMO, REFERENCE, CHANNEL, STATUS = "memo", "reference", "channel", "status"

_NAMES = {
    POSTED: "入帳日 入帳日期 記帳日 記帳日期 帳務日 帳務日期 撥款日 撥款日期 銷帳日 銷帳日期",
    PAID: "繳款日 繳款日期 繳費日 繳費日期 付款日 付款日期 代收日 代收日期 收款日 收款日期",
    DATE: "日期 交易日 交易日期 date",
    TIME: "時間 交易時間 繳款時間 繳費時間 入帳時間 time",
    AMOUNT: "金額 繳款金額 繳費金額 交易金額 存入金額 入帳金額 實收金額 實繳金額 收款金額 代收金額 "
    "銷帳金額 存入 收入 收入金額 貸方 貸方金額 amount deposit credit",
    WITHDRAWN: "支出 支出金額 提出 提出金額 提款金額 借方 借方金額 退款金額 withdrawal debit",
    ACCOUNT: "虛擬帳號 銷帳編號 銷帳帳號 繳款帳號 繳費帳號 虛擬繳款帳號 繳款虛擬帳號 轉入帳號 "
    "存入帳號 入帳帳號 帳號 account virtualaccount",
    PAYER: "繳款人 繳費人 付款人 匯款人 繳款人姓名 繳費人姓名 付款人姓名 匯款人姓名 姓名 戶名 "
    "轉出戶名 對方戶名 繳款人戶名 payer name",
    MEMO: "備註 摘要 附言 說明 註記 交易備註 存摺備註 交易說明 存摺摘要 交易摘要 memo note "
    "description",
    REFERENCE: "交易序號 交易編號 銀行序號 流水號 交易流水號 參考號碼 收據號碼 reference",
    CHANNEL: "通路 管道 繳款通路 繳費通路 代收通路 繳款管道 繳費管道 繳款方式 繳費方式 交易類別 "
    "代收機構 channel",
    STATUS: "狀態 交易狀態 入帳狀態 處理狀態 處理結果 交易結果 銷帳狀態 status",
}
_BY_NAME = {name: what for what, names in _NAMES.items() for name in names.split()}
_DATES, _SUMS = (POSTED, DATE, PAID), (AMOUNT, WITHDRAWN)
_TELL_WHOSE = (ACCOUNT, MEMO, REFERENCE, PAYER)


class BankColumns:
    """The map of one kind of file. `named` are headers that the campaign sets by itself."""

    def __init__(self, named: SettlementColumns) -> None:
        self._named = {_tight(text): what for what, text in named if text}

    def is_header(self, cells: Sequence[str]) -> bool:
        """The row that names both a day and an amount."""
        found = {self._meaning(cell) for cell in cells}
        return any(what in found for what in _DATES) and any(what in found for what in _SUMS)

    def map(self, header: Sequence[str]) -> tuple[Columns, tuple[FileProblem, ...]]:
        """The columns and what is wrong with them."""
        at: dict[str, tuple[int, ...]] = {}
        ignored = []
        for index, text in enumerate(header):
            what = self._meaning(text)
            if what is None:
                ignored += [text] if text.strip() else []
            else:
                at[what] = (*at.get(what, ()), index)
        columns = Columns(at, tuple(header), tuple(ignored))
        return columns, tuple(self._problems(columns))

    def _meaning(self, header: str) -> str | None:
        named = self._named.get(_tight(header))
        usual = meaning(header, _BY_NAME)
        return named or (None if usual in self._named.values() else usual)

    def _problems(self, columns: Columns) -> Iterator[FileProblem]:
        present = {_tight(text) for text in columns.header}
        for text, what in self._named.items():
            if text not in present:
                remedy = f"沒有梯次設定檔 settlement.columns.{what} 所說的這一欄；請改設定或標題"
                yield FileProblem(1, text, "", remedy)
        if not any(what in columns.at for what in _TELL_WHOSE):
            unknown = "、".join(text[:30] for text in columns.ignored)
            remedy = "沒有帳號、備註、付款人或交易序號的欄位，無從得知是誰的款項"
            yield FileProblem(
                1, "虛擬帳號", "", remedy + (f"（認不得：{unknown}）" * bool(unknown))
            )


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
