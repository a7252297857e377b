"""The fourth family's bank apps: light, dark, torn, in steps, in cards, large."""

import random

from .facts import Facts
from .fourth_hand import Quill, rows
from .fourth_kit import (
    badge,
    bear,
    edge_rows,
    heading,
    layout,
    next_buttons,
    phone,
    tabs,
    tall_rows,
    torn,
)
from .layout import Drawn, Layout, finished

_MINT = {
    "to": "存入帳號",
    "bank": "存入行",
    "fee": "跨行手續費",
    "from": "扣款帳戶",
    "at": "交易日期時間",
    "ref": "交易序號",
    "note": "給自己的備註",
    "balance": "活存可用餘額",
    "at@scheduled": "預約扣款日期",
}


def _mint(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    sheet = phone(rng, 1170, 2532)
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "${n:,}", "{n:,} 元"),
        times=("slash", "half_tail", "slash_week"),
        masks=("whole", "fours", "middle_star"),
    )
    heading(sheet, "轉帳", ink="#15705a", right="首頁")
    badge(sheet, facts.status, 585, sheet.y + 130, 88, fill="#20a386", open=False)
    sheet.y += 270
    sheet.middle(which.titles[facts.status], size=56, face="black")
    word = "轉入金額" if facts.status == "inward" else "轉出金額"
    sheet.middle(word, size=36, ink="#7b828c")
    sheet.middle(quill.amount(), size=84, face="black", ink="#15705a")
    sheet.y += 50
    told = rows(_MINT, facts, quill, "bank to fee from at ref note balance", rng=rng)
    edge_rows(sheet, told, size=40, left=70, right=1100, line="#eef1f3")
    next_buttons(sheet, facts, "#20a386", ("加入常用", "再轉一筆"))
    tabs(sheet, ("轉帳", "帳務", "繳費", "投資", "更多"), ink="#15705a")
    return finished(sheet, quill, below=0)


_NIGHT = {
    "both": "轉入帳號",
    "from": "轉出帳號",
    "amount": "轉帳金額",
    "fee": "手續費",
    "at": "交易時間",
    "ref": "交易編號",
    "balance": "帳戶餘額",
    "note": "附言",
    "both@inward": "轉出帳號（對方）",
    "from@inward": "轉入帳號",
}


def _night(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    sheet = phone(rng, 1080, 2340, ground="#101216", ink="#f2f4f7", island=False)
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "TWD {n:,}"),
        times=("slash", "dots", "dash"),
        masks=("whole", "stars", "middle_x"),
    )
    heading(sheet, "交易結果", ink="#f2f4f7", left="×")
    sheet.block((40, sheet.y, 1040, sheet.y + 190), fill="#1b1f27", radius=30)
    badge(sheet, facts.status, 140, sheet.y + 95, 50, fill="#39c58b", open=True)
    sheet.put(225, which.titles[facts.status], size=54, y=sheet.y + 62, face="black")
    sheet.y += 240
    top = sheet.y
    order = "from both amount fee at ref note balance"
    told = list(rows(_NIGHT, facts, quill, order, rng=rng))
    sheet.block((40, top, 1040, top + 60 + len(told) * 142), fill="#1b1f27", radius=30)
    sheet.y = top + 40
    tall_rows(sheet, told, size=42, left=90, right=990, faint="#8f97a3", line="#2b303a")
    sheet.y = top + 60 + len(told) * 142
    next_buttons(sheet, facts, "#2f8f68", ("分享", "回總覽"))
    return finished(sheet, quill)


_TORN = {
    "bank": "入帳銀行",
    "to": "入帳帳號",
    "payee": "戶名",
    "from": "轉出帳號",
    "payer": "轉出戶名",
    "amount": "轉帳金額",
    "fee": "手續費",
    "total": "扣款總額",
    "at": "轉帳時間",
    "note": "轉帳說明",
    "bank=": "{code} {name}",
}


def _torn(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    sheet = phone(rng, 1125, 2436, ground="#ffd9c7", ink="#3c2a23")
    quill = Quill(
        facts,
        rng,
        sums=("${n:,}", "NT$ {n:,}", "{n:,}元"),
        times=("slash_short", "words_half", "half"),
        masks=("whole", "branch", "middle_star"),
    )
    heading(sheet, "", ink="#3c2a23", left="×", right="儲存圖片")
    bear(sheet, 562, sheet.y + 120, 110)
    top = sheet.y + 210
    sheet.y = top + 70
    sheet.block((60, top, 1065, 2390), fill="white", radius=36)
    sheet.middle(which.titles[facts.status], size=58, face="black")
    sheet.middle("小熊銀行 轉帳憑證", size=34, ink="#9c8579")
    sheet.y += 10
    sheet.rule(left=110, right=1015, ink="#e3cfc5", dash=12, thick=3)
    sheet.y += 40
    order = "amount fee total at bank to payee from payer note"
    told = rows(_TORN, facts, quill, order, rng=rng)
    edge_rows(sheet, told, size=39, left=120, right=1005, faint="#9c8579", step=2.15)
    sheet.y += 30
    sheet.pen.rectangle((0, sheet.y + 20, 1125, 2436), "#ffd9c7")
    torn(sheet, sheet.y + 20, left=60, right=1065, tooth=30, ground="#ffd9c7")
    sheet.y += 50
    sheet.middle("本畫面僅供參考，請以實際入帳為準", size=30, ink="#9c8579")
    return finished(sheet, quill)


_STEPS = {
    "payee": "對方名稱",
    "bank": "對方銀行",
    "to": "對方帳號",
    "from": "付款帳戶",
    "payer": "付款戶名",
    "fee": "手續費",
    "note": "備註",
    "ref": "參考編號",
}


def _steps(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A line of what happened, the last point is what counts."""
    sheet = phone(rng, 1080, 2400, ground="#f5f6fb", island=False)
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "{n:,} 元"),
        times=("slash", "dash"),
        masks=("whole", "fours", "bullets"),
    )
    heading(sheet, "交易進度", ink="#2b2f77")
    sheet.put(70, "匯出金額" if facts.status != "inward" else "匯入金額", size=36, ink="#7b828c")
    sheet.put(1010, quill.amount(), size=76, anchor="r", ink="#2b2f77", face="black")
    sheet.y += 150
    last = which.titles[facts.status]
    first = "等待您確認" if facts.status == "confirm" else "已收到您的指示"
    x, pen = 110, sheet.pen
    pen.line((x, sheet.y + 20, x, sheet.y + 170), "#b9bde4", 6)
    pen.ellipse((x - 16, sheet.y + 6, x + 16, sheet.y + 38), "#b9bde4")
    sheet.put(170, first, size=38)
    sheet.y += 150
    badge(sheet, facts.status, x, sheet.y + 24, 34, fill="#5058c8", open=False)
    sheet.put(170, last, size=44, face="black")
    sheet.y += 66
    if facts.status != "confirm":
        word = "預定執行日 " if facts.status == "scheduled" else ""
        sheet.put(170, word + quill.when(), size=36, ink="#7b828c")
    sheet.y += 110
    sheet.rule(left=70, right=1010, ink="#d9dbe8")
    sheet.y += 40
    told = rows(_STEPS, facts, quill, "payee bank to from payer fee ref note", rng=rng)
    edge_rows(sheet, told, size=38, left=70, right=1010)
    next_buttons(sheet, facts, "#5058c8", ("通知對方", "完成"))
    return finished(sheet, quill)


_OK = {"scheduled": "預約轉帳設定成功", "pending": "交易處理中", "failed": "轉帳失敗"}


APPS = (
    layout(
        "mint",
        "screen",
        _mint,
        titles={
            "success": "轉帳成功",
            "scheduled": "預約成功",
            "pending": "轉帳處理中",
            "failed": "轉帳未成功",
            "confirm": "請確認轉帳資料",
            "inward": "入帳成功",
        },
        shows="fee memo balance",
    ),
    layout(
        "night",
        "screen",
        _night,
        titles={
            **_OK,
            "success": "轉帳完成",
            "inward": "您收到一筆款項",
            "confirm": "確認轉帳資訊",
        },
        shows="fee memo balance!",
    ),
    layout(
        "torn",
        "screen",
        _torn,
        titles={"success": "轉好了！", "scheduled": "已幫您預約", "refund": "款項已退回原帳戶"},
        shows="fee total memo payee",
    ),
    layout(
        "steps",
        "screen",
        _steps,
        titles={
            "success": "對方銀行已入帳",
            "pending": "對方銀行處理中，尚未入帳",
            "scheduled": "預約等待執行",
            "failed": "交易失敗，款項未扣",
            "refund": "對方銀行退回款項",
            "confirm": "尚未送出",
        },
        shows="fee memo payee",
    ),
)
