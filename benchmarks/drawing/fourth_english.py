"""The fourth family's apps in English, alone or beside Chinese."""

import random
from collections.abc import Iterator
from dataclasses import replace

from .facts import Facts
from .fourth_hand import Quill, Row, rows
from .fourth_kit import (
    badge,
    edge_rows,
    heading,
    layout,
    phone,
    pill,
    tall_rows,
)
from .layout import Drawn, Layout, finished
from .third_kit import fitting

_ENGLISH = {
    "to": "To account",
    "bank": "Beneficiary bank",
    "payee": "Beneficiary name",
    "payer": "From name",
    "from": "From account",
    "amount": "Amount",
    "fee": "Service charge",
    "total": "Total debit",
    "at": "Transaction time",
    "ref": "Reference no.",
    "note": "Remarks",
    "at@scheduled": "Transfer date",
    "at@pending": "Submitted on",
    "at@failed": "Attempted on",
    "at@refund": "Returned on",
    "to@inward": "From account",
    "from@inward": "To account",
    "payer@inward": "To name",
    "payee@inward": "Sender name",
    "bank@inward": "Sender bank",
    "amount@inward": "Amount received",
    "reason": "Reason",
    "bank=": "{english} ({code})",
    "from=": "****{a}{c}",
}


def _english(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    sheet = phone(rng, 1170, 2532, ground="#f7f8fa")
    quill = Quill(
        facts,
        rng,
        sums=("TWD {n:,}.00", "NT${n:,}.00", "TWD {n:,}"),
        times=("english", "english_half", "english_long"),
        masks=("whole", "fours", "middle_x"),
    )
    sheet.pen.rectangle((0, sheet.y, 1170, sheet.y + 330), "#123b5d")
    sheet.put(60, which.titles[facts.status], size=58, y=sheet.y + 50, ink="white", face="latin")
    sheet.put(60, quill.amount(), size=82, y=sheet.y + 160, ink="#ffd166", face="latin")
    sheet.y += 390
    order = "from to bank payee payer fee total at ref note"
    told = list(_reasoned(rows(_ENGLISH, facts, quill, order, rng=rng)))
    sheet.block((40, sheet.y, 1130, sheet.y + 50 + len(told) * 90), fill="white", radius=20)
    sheet.y += 36
    edge_rows(sheet, told, size=38, left=90, right=1080, step=2.37)
    next_word = "Confirm and send" if facts.status == "confirm" else "Done"
    pill(sheet, next_word, (90, sheet.y + 60, 1080, sheet.y + 190), fill="#123b5d")
    sheet.y += 200
    return finished(sheet, quill)


def _reasoned(told: Iterator[Row]) -> Iterator[Row]:
    """The reason in the language of the page."""
    for label, value in told:
        yield (label, "Insufficient funds") if label == "Reason" else (label, value)


_BOTH = {
    "to": "轉入帳號 Credit A/C",
    "bank": "轉入銀行 Bank",
    "from": "轉出帳號 Debit A/C",
    "amount": "金額 Amount",
    "fee": "手續費 Fee",
    "at": "時間 Time",
    "ref": "編號 Ref. No.",
    "note": "附言 Note",
    "balance": "餘額 Balance",
    "at@scheduled": "預約日 Scheduled for",
    "at@pending": "申請時間 Requested at",
    "to@inward": "轉出帳號 Debit A/C",
    "from@inward": "轉入帳號 Credit A/C",
    "amount@inward": "金額 Amount",
    "bank@inward": "轉出銀行 Bank",
    "bank=": "{code} {name} {english}",
}


def _both(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Two languages in every line."""
    sheet = phone(rng, 1080, 2340, island=False)
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "TWD {n:,}.00"),
        times=("slash", "tight", "dash"),
        masks=("whole", "branch", "crosses"),
    )
    heading(sheet, "轉帳結果 Transfer Result", ink="#0f7ba6")
    sheet.rule(left=0, right=1080, ink="#0f7ba6", thick=5)
    sheet.y += 40
    badge(sheet, facts.status, 110, sheet.y + 44, 46, fill="#2a9d4a", open=False)
    title = which.titles[facts.status]
    sheet.put(185, title, size=fitting(title, 50, 850, "black"), y=sheet.y + 10, face="black")
    sheet.y += 140
    told = rows(_BOTH, facts, quill, "amount to bank from fee at ref balance note", rng=rng)
    tall_rows(sheet, told, size=44, left=60, right=1020, line="#d6e4ea")
    return finished(sheet, quill, below=120)


_ABROAD = {
    **_ENGLISH,
    "to": "Payee account no.",
    "bank": "Payee's bank",
    "from": "Debiting account",
    "at": "Date and time",
    "ref": "Confirmation no.",
    "note": "Message to payee",
    "balance": "Available balance",
    "bank=": "{code} {english}",
}


def _abroad(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank from abroad: no pictures, thin lines, only Latin letters."""
    sheet = phone(rng, 1125, 2436, island=False, ink="#111111")
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}.00 TWD", "TWD {n:,}.00"),
        times=("english_half", "english_week", "english_long"),
        masks=("whole", "fours_dash", "crosses"),
    )
    sheet.put(70, "Meridian Bank", size=46, ink="#b3001b", face="roman")
    sheet.y += 120
    title = which.titles[facts.status]
    sheet.put(70, title, size=fitting(title, 62, 990, "roman"), face="roman")
    sheet.y += 120
    shown = replace(facts, payer="WANG") if facts.negative != "to_oneself" else facts
    order = "amount to bank from at fee ref balance note"
    told = _reasoned(rows(_ABROAD, shown, quill, order, rng=rng))
    tall_rows(sheet, told, size=44, left=70, right=1055, line="#dddddd")
    return finished(sheet, quill, below=100)


_EN = {"success": "Transfer successful", "scheduled": "Transfer scheduled"}


_EN |= {"pending": "Transfer being processed", "failed": "Transfer failed"}


ENGLISH = (
    layout(
        "english",
        "screen",
        _english,
        titles={**_EN, "inward": "You received money", "confirm": "Review and confirm"},
        shows="fee total memo payee",
    ),
    layout(
        "both",
        "screen",
        _both,
        titles={
            "success": "交易成功 Successful",
            "failed": "交易失敗 Unsuccessful",
            "scheduled": "預約完成 Scheduled",
            "pending": "處理中 Processing",
            "inward": "入帳通知 Incoming",
            "confirm": "請確認 Please confirm",
        },
        shows="fee balance memo",
    ),
    layout(
        "abroad",
        "screen",
        _abroad,
        titles={
            **_EN,
            "success": "Your payment has been sent",
            "confirm": "Check the details before you pay",
            "refund": "Your payment was returned",
        },
        shows="fee balance memo",
    ),
)
