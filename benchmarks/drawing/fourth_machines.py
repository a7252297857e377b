"""The fourth family's slips from cash machines."""

import random

from .facts import Facts
from .fourth_hand import (
    Quill,
    face_for,
    rows,
)
from .fourth_kit import layout
from .layout import Drawn, Layout, finished
from .sheet import Printer, Sheet
from .third_kit import fitting

_MACHINE = {
    "bank": "轉入行庫",
    "to": "轉入帳號",
    "from": "卡片帳號",
    "amount": "交易金額",
    "fee": "手續費",
    "balance": "可用餘額",
    "bank=": "{code}",
    "from=": "{a}****{c}***",
    "reason": "",  # the centre's message says it
}


def _machine(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What a cash machine prints, as it always was: Minguo days, the centre's message."""
    printer = Printer.of(34, cell=16)
    printer.rough = rng.random() < 0.5
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}", "NT${n:,}", "{n:,}.00"),
        times=("roc",),
        masks=("whole", "middle_star"),
    )
    printer.line("磐石銀行", at="m", big=True)
    printer.line("自動櫃員機交易明細表", at="m")
    printer.line("-" * 34)
    if facts.status == "scheduled":
        printer.pair("預約轉帳日", quill.day_and_clock()[0])
    else:
        printer.pair("交易日期時間", quill.when())
    printer.pair("機台編號", f"{rng.randrange(10**5, 10**6)}")
    printer.pair("交易序號", facts.reference[:8])
    printer.pair("交易類別", "跨行轉帳")
    for label, value in rows(_MACHINE, facts, quill, "from bank to amount fee balance", rng=rng):
        printer.pair(label, value)
    printer.pair("訊息", which.titles[facts.status])
    printer.line("-" * 34)
    printer.line("請核對交易內容，本表請妥善保存", at="m")
    return finished(printer, quill)


_RECORD = {
    "to": "存入帳號 TO A/C",
    "bank": "存入銀行 TO BANK",
    "from": "轉出帳號 FROM A/C",
    "amount": "轉帳金額 AMOUNT",
    "fee": "手續費 FEE",
    "at": "日期時間 DATE/TIME",
    "ref": "序號 SEQ NO.",
    "balance": "帳戶餘額 BALANCE",
    "at@scheduled": "預約日 EFFECTIVE",
    "bank=": "{code} {name}",
    "reason": "原因 REASON",
}


def _record(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A machine's slip in two languages, each word above its value."""
    sheet = Sheet.of(620, 1700, ground="#f7f6f1", ink="#2a2a2a")
    sheet.y = 40
    sheet.middle("CITYLINK BANK 城聯銀行", size=34, face="black")
    sheet.middle("ATM TRANSACTION RECORD", size=26, face="mono")
    sheet.y += 16
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "TWD {n:,}", "${n:,}.00"),
        times=("slash", "dash", "english"),
        masks=("whole", "stars"),
    )
    order = "at ref from bank to amount fee balance"
    for label, value in rows(_RECORD, facts, quill, order, rng=rng):
        sheet.put(40, label, size=25)
        sheet.y += 36
        face = face_for(value, "mono")
        sheet.put(580, value, size=fitting(value, 32, 530, face), anchor="r", face=face)
        sheet.y += 54
    sheet.rule(left=40, right=580, ink="#555555", dash=8)
    sheet.y += 20
    title = which.titles[facts.status]
    sheet.middle(title, size=fitting(title, 34, 560, "black"), face="black")
    return finished(sheet, quill)


MACHINES = (
    layout(
        "machine",
        "thermal",
        _machine,
        titles={
            "success": "4001 交易成功",
            "failed": "4206 超過轉帳限額",
            "scheduled": "預約轉帳登錄成功",
            "pending": "9999 請洽發卡行",
        },
        shows="fee balance",
    ),
    layout(
        "record",
        "thermal",
        _record,
        titles={
            "success": "交易完成 APPROVED",
            "failed": "交易失敗 DECLINED",
            "scheduled": "預約已登錄 NOT YET SENT",
            "refund": "沖正 REVERSED",
        },
        shows="fee balance",
    ),
)
