"""What was read of a proof, in words for staff."""

from collections.abc import Mapping
from types import MappingProxyType

from mailflow.desk.reason_words import holding, why_held
from mailflow.receipts.result import Kind, Status, Verdict

# The reader's own words for kinds, states and verdicts, as an office says them.
VALUES: Mapping[str, str] = MappingProxyType(
    {
        Kind.TRANSFER: "轉帳",
        Kind.STORE: "超商或臨櫃收據",
        Kind.SLIP: "繳費單",
        Kind.OTHER: "看不出種類",
        Status.PAID: "交易完成",
        Status.NOT_YET: "尚未完成",
        Status.FAILED: "交易失敗",
        Status.VOID: "已取消或退款",
        Status.UNKNOWN: "看不出是否完成",
        Verdict.ACCEPT: "可接受",
        Verdict.ASK: "請學生重送",
        Verdict.FLAG: "由承辦人決定",
    }
)
# What an item's reasons say against the sum, the account or the payment itself.
_MISFITS = {
    "金額不符": (
        "amount_differs", "barcode_amount_differs", "words_differ", "sum_differs",
        "amount_struck_out",
    ),
    "帳號不符": ("account_differs", "bank_differs", "paid_to_voided_slip"),
    "日期不符": ("paid_before_slip", "paid_after_deadline"),
    "款項未完成": (
        "failed_transfer", "payment_voided", "reservation_not_payment", "unpaid_slip", "specimen",
    ),
    "已用在別的案件": ("picture_or_payment_used_before",),
    "與銀行紀錄不符": ("bank_said_otherwise",),
}  # fmt: skip


def read_in_words(reading: Mapping[str, object]) -> str:
    """Kind, state, sum, time, account and number of one reading; what was not read is left out."""
    fee = reading.get("fee")
    parts = [
        VALUES.get(str(reading.get("kind", "")), ""),
        VALUES.get(str(reading.get("status", "")), ""),
        *(
            f"{label} {reading[key]}{unit}"
            for key, label, unit in (("amount", "金額", " 元"), ("fee", "手續費", " 元"))
            if reading.get(key) is not None and (key != "fee" or fee)
        ),
        *(
            f"{label} {str(reading[key]).replace('T', ' ')}"
            for key, label in (("paid_at", "時間"), ("account", "帳號"), ("reference", "序號"))
            if reading.get(key)
        ),
    ]
    return "，".join(part for part in parts if part)


def judged_in_words(verdict: str, reasons: tuple[str, ...]) -> str:
    """What the machine would do with a picture alone, and why not accept it."""
    told = VALUES.get(verdict, verdict)
    against = holding(reasons)
    return f"{told}：{why_held(against)}" if against else told


def misfits(reasons: tuple[str, ...]) -> str:
    """「帳號不符、金額不符」; '' where nothing is known not to fit."""
    return "、".join(
        words for words, codes in _MISFITS.items() if not set(codes).isdisjoint(reasons)
    )
