"""Whether a proof says paid. Pure.

Apps use the same fields on the confirm page, the reservation page and the result page; only the
wording tells them apart. A word for not-yet, failed or void beats every word for paid, and a paid
word counts only when it stands alone: 預約轉帳成功, or a misread of it, is no payment.
"""

import re
from collections.abc import Iterator, Sequence

from mailflow.receipts.labels import Entry, Role
from mailflow.receipts.lines import Box, Line
from mailflow.receipts.result import Kind, Status

_CJK = "\u3400-\u9fff"
_MENU = re.compile(r"預約(?:轉帳|交易|繳費)?[ /、]{0,2}(?:查.?|取消)[ /、]{0,2}(?:取消|查詢)?")
_IF = re.compile(rf"[若如倘凡][{_CJK}A-Za-z0-9 ]{{0,40}}")
_RULES = re.compile(  # what a notice says of other payments
    r"(?:恕不|不得|無法|不可|概不|不予|申請|辦理|要求|欲|須|需)(?:取消|退款|退費|更正|退貨|撤銷)"
    r"|(?:取消|退款|退費|退貨|更正)(?:請|須|需|方式|規定|辦法|說明|專線|服務|時|者|流程|手續|申請)"
)
_VOID = re.compile(
    r"作廢|退款|退費|沖帳|撤銷|交易更正|更正交易|無效|反向|已沖|已更正|已作|交易取|取消交易|易取消|已註銷|註銷|退貨|已退費|沖銷|沖正|已退款|退款成功"
)
_VOID_ENGLISH = re.compile(r"\bvoid(?:ed)?\b|refunded|reversed|reversal", re.IGNORECASE)
_FAILED = re.compile(
    r"失敗|餘額不足|未完成|無法完成|連線逾時|交易逾時|退回|拒絕|已取消|未成功|不成功|有誤|異常"
)
_NOT_YET = re.compile(
    r"預約|待放行|待覆核|待審核|待確認|待付款|待繳|處理中|請確認|確認送出|確認轉帳|確認交易|未明|尚未|排程|"
    r"未送出|未執行|將於|未入帳|等待|預定轉|預計轉|未付款|未繳|請輸入|輸入密碼|驗證碼|確認付款|確認繳"
)
_FAILED_ENGLISH = re.compile(
    r"fail|unsuccess|not success|declin|insufficient|reject|cancel|revers|refund|not complet|"
    r"timed out|time-?out|error",
    re.IGNORECASE,
)
_NOT_YET_ENGLISH = re.compile(
    r"schedul|pending|process|awaiting|please confirm|confirm (?:transfer|payment)|reserv|"
    r"submitted|"
    r"review|in progress|not yet|future|to be (?:paid|sent)|draft|unpaid|standing order|enter otp",
    re.IGNORECASE,
)
_PAID_ENGLISH = re.compile(
    r"(?:(?:your|the) )?(?:transfer|payment|transaction)(?: (?:is|was|has been))? ?"
    r"(?:successful(?:ly completed)?|succeeded|complete[d]?|success|done)[.!]?",
    re.IGNORECASE,
)
_SLIP = re.compile(
    r"繳費單|代收繳費|請持本|持本單|非繳[費款]證明|[至到]櫃[檯台](?:結帳|繳)|小時內|逾[期時]失效|繳[費款]通知|"
    r"繳[費款]期限|繳款單|後請索取|存查聯"
)
_STAMPED = re.compile(r"收訖|已收款|代收訖|收款章")
_PAID_RUN = re.compile(
    rf"(?:[{_CJK}]{{0,8}}(?:網|銀行|系統|平台|服務|郵局))?"  # whose page it is
    r"[台新臺幣]{0,3}(?:跨行|即時|線上|本次|您的|單筆|非約定|約定)?"
    r"(?:轉帳|交易|繳費|繳款|付款|支付|扣款|匯款|代繳|轉帳交易|繳費交易|行動支付)(?:已)?(?:成功|完成)(?:了)?"
)
_STATUS_RUN = re.compile(r"(?:已)?(?:成功|完成|入帳)")
_STORE = re.compile(
    r"超商|門市|ELEVEN|全家便利|FamilyMart|萊爾富|Hi-?Life|OKmart|代收款專用|收銀機|顧客聯|顧客收執|便利商店",
    re.IGNORECASE,
)
_STORE_PROOF = re.compile(r"繳[款費]證明|代收款專用|顧客聯|顧客收執|繳費者收執|代收收據")


_FEW_WORDS = re.compile(rf"[{_CJK}][{_CJK} ]{{1,7}}")
_USUAL = re.compile(
    r"謝|歡迎|光臨|保管|保留|存查|客服|僅供|發票|憑證|顧客|收執|門市|店|證明|專線|收訖|代收|繳|愉快|"
    r"請|公司|銀行|超商|備查|查詢|單據"
)


def find_kind(lines: Sequence[Line], found: Sequence[Entry]) -> Kind:
    """What kind of paper or screen this is; OTHER when it has too few fields for a proof."""
    text = _plain(lines)
    if _SLIP.search(text):
        return Kind.SLIP
    roles = {entry.role for entry in found if entry.value}
    if _STORE.search(text) and roles & {Role.AMOUNT, Role.TOTAL, Role.SEGMENT_2, Role.PAYEE}:
        return Kind.STORE
    core = {Role.AMOUNT, Role.PAYEE, Role.PAYER, Role.WHEN, Role.REFERENCE, Role.FEE}
    return Kind.TRANSFER if len(roles & core) >= 3 else Kind.OTHER


def find_status(lines: Sequence[Line], found: Sequence[Entry], *, kind: Kind) -> Status:
    """The strongest word wins: void, failed, not yet, then paid; UNKNOWN without any."""
    text = _plain(lines)
    if _VOID.search(text) or _VOID_ENGLISH.search(text):
        return Status.VOID
    if _FAILED.search(text) or _FAILED_ENGLISH.search(text):
        return Status.FAILED
    if kind is Kind.SLIP:
        return Status.UNKNOWN if _STAMPED.search(text) else Status.NOT_YET
    if _NOT_YET.search(text) or _NOT_YET_ENGLISH.search(text):
        return Status.NOT_YET
    if kind is Kind.STORE:
        counted = any(e.role in (Role.TOTAL, Role.CASH, Role.CHANGE) for e in found)
        return Status.PAID if counted and _STORE_PROOF.search(text) else Status.UNKNOWN
    if any(_says_paid(line.text) for line in lines) or any(_status_paid(e) for e in found):
        return Status.PAID
    return Status.UNKNOWN


def strange_words(lines: Sequence[Line], found: Sequence[Entry], below: Box | None) -> bool:
    """Whether a few words stand by themselves under a store's sums that no receipt usually bears.

    So a void that is worded in a way nobody thought of still goes to a person.
    """
    labelled = {entry.box for entry in found}
    return below is not None and any(
        line.box.top >= below.bottom
        and line.box not in labelled
        and _FEW_WORDS.fullmatch(line.text.strip(" *-=()[]【】"))
        and not _USUAL.search(line.text)
        and not _RULES.search(line.text)
        for line in lines
    )


def says_paid_alone(line: Line) -> bool:
    """Whether the row is the headline of a result page: nothing but a paid word (and an icon)."""
    runs = list(_runs(line.text))
    return len(runs) == 1 and bool(_PAID_RUN.fullmatch(runs[0][1]))


def _plain(lines: Sequence[Line]) -> str:
    text = "\n".join(line.text for line in lines)
    return _RULES.sub("", _IF.sub("", _MENU.sub("", text)))


def _says_paid(text: str) -> bool:
    if any(_PAID_ENGLISH.fullmatch(part.strip(" vV√✓✔·•*-")) for part in text.split("  ")):
        return True
    return any(_PAID_RUN.fullmatch(run) and clear for clear, run in _runs(text))


def _status_paid(entry: Entry) -> bool:
    if entry.role is not Role.STATUS:
        return False
    first = next(_runs(entry.value), None)
    return bool(first and first[0] and _STATUS_RUN.fullmatch(first[1]))


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of Chinese characters; False where Latin letters just before may be misread ones."""
    for found in re.finditer(rf"[{_CJK}]+", text):
        before = text[max(0, found.start() - 4) : found.start()]
        yield not re.search(r"[A-Za-z]{2} ?$|[A-Za-z]$", before), found[0]
