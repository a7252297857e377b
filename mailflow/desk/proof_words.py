"""What was read of a proof, in words for staff."""

from collections.abc import Mapping
from types import MappingProxyType

from mailflow.desk.reason_words import agreeing, holding, why_held
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


def rows_of(line: Mapping[str, object]) -> list[tuple[str, str]]:
    """Label and text of one reading, a row for each thing that was read; for `receipts show`."""
    reasons = line.get("reasons")
    codes = tuple(map(str, reasons)) if isinstance(reasons, list) else ()
    verdict = str(line.get("verdict") or "")
    told = [
        ("種類", VALUES.get(str(line["kind"]), "")),
        ("狀態", VALUES.get(str(line["status"]), "")),
        *(
            (label, f"{line[key]} 元")
            for label, key in (("金額", "amount"), ("手續費", "fee"), ("總額", "total"))
            if line.get(key) is not None
        ),
        ("時間", str(line.get("paid_at") or "").replace("T", " ")),
        ("帳號", str(line.get("account") or "")),
        ("序號", str(line.get("reference") or "")),
        ("判斷", VALUES.get(verdict, verdict)),
        ("理由", why_held(codes) if holding(codes) else ""),
        ("相符", agreeing(codes)),
    ]
    others = line.get("others")
    for other in others if isinstance(others, list) else []:
        told.append(("同檔另一筆", read_in_words(other)))
    return [(label, text) for label, text in told if text]


def owed_in_words(due: Mapping[str, object]) -> str:
    """「金額 600 元，帳號 …，期限 …」; '' where nothing is owed."""
    told = [("金額", "amount", " 元"), ("帳號", "account", ""), ("銀行", "bank", "")]
    parts = [f"{label} {due[key]}{unit}" for label, key, unit in told if due.get(key)]
    if due.get("from"):
        parts.append(f"{due['from']} 起")
    if due.get("until"):
        parts.append(f"期限 {due['until']}")
    voided = due.get("voided")
    if isinstance(voided, list):
        parts.append(f"已作廢的帳號 {' '.join(voided)}")
    return "，".join(parts)


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
