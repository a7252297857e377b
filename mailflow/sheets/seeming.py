"""Which other file of the office this seems to be, told by its headers alone."""

from collections.abc import Callable, Sequence, Set

from mailflow.campaign import SettlementColumns
from mailflow.sheets.bank_headers import BankColumns
from mailflow.sheets.headers import is_header as is_forms_export
from mailflow.sheets.named import key

_MARKS = frozenset({"成績", "分數", "得分", "平均", "score", "考試結果", "鑑定結果", "及格"})
_SLIPS = frozenset({"虛擬帳號", "繳款帳號", "繳費帳號", "繳費期限", "繳款期限", "條碼一", "條碼1"})
_PAYOUT = frozenset({"匯款帳號", "戶名", "受款人", "退費金額", "撥款金額", "獎勵金額"})
_ROSTER = frozenset({"鑑定項目", "考科", "考區", "級等", "報名編號", "補考", "報考項目"})
_HANDED = frozenset({"領取日期", "領取", "簽收", "領證"})


def _any_of(words: Set[str]) -> Callable[[Sequence[str]], bool]:
    return lambda header: not words.isdisjoint(key(cell) for cell in header)


_KINDS: tuple[tuple[Callable[[Sequence[str]], bool], str], ...] = (
    (is_forms_export, "報名表單的匯出檔（mailflow import）"),
    (_any_of(_MARKS), "成績檔（mailflow results import）"),
    (_any_of(_PAYOUT), "退費或獎勵的撥款清冊"),
    (_any_of(_SLIPS), "繳費單的表（mailflow slip import）"),
    (BankColumns(SettlementColumns()).is_header, "銀行或出納的款項檔（mailflow settle file）"),
    (_any_of(_ROSTER), "報名名冊（mailflow roster export 寫出的）"),
    (_any_of(_HANDED), "領取證書的名單（mailflow certificates collected --file）"),
)


def seeming(header: Sequence[str]) -> str:
    """In words for staff, with the command that takes it; '' when it seems to be no other file."""
    return next((words for fits, words in _KINDS if fits(header)), "")
