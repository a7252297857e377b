"""The fourth family's further bank apps: an entry, an arrow, letters of the largest size."""

import random

from .facts import Facts
from .fourth_hand import Quill, own_account, rows
from .fourth_kit import (
    edge_rows,
    heading,
    layout,
    next_buttons,
    phone,
    tall_rows,
)
from .layout import Drawn, Layout, finished
from .third_kit import fitting


def _entry(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """One entry of the account's list, opened."""
    sheet = phone(rng, 1170, 2400, ground="#eef2f7")
    sign = "+" if facts.status in ("inward", "refund") else "-"
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}", "{n:,}.00"),
        times=("slash", "slash_short", "roc"),
        masks=("whole", "sixteen", "middle_star"),
    )
    heading(sheet, "明細內容", ink="#20242b")
    sheet.block((45, sheet.y, 1125, sheet.y + 290), fill="white", radius=24)
    sheet.put(95, which.titles[facts.status], size=42, y=sheet.y + 45)
    red = "#c0392b" if sign == "-" else "#1d8348"
    sheet.put(1075, f"{sign}{quill.amount()}", size=86, y=sheet.y + 120, ink=red, anchor="r")
    sheet.put(95, "新臺幣 (TWD)", size=34, y=sheet.y + 165, ink="#7b828c")
    sheet.y += 340
    words = {"at": "帳務時間", "from": "我的帳號", "both": "對方帳號", "balance": "交易後餘額"}
    words |= {"note": "存摺備註", "channel": "交易管道", "channel=": "行動銀行"}
    words |= {
        "bank=": "{code}-",
        "fee": "手續費",
        "from@inward": "我的帳號",
        "both@inward": "對方帳號",
    }
    words |= {"at@scheduled": "預約日期", "state": "狀態", "state=": which.titles[facts.status]}
    told = list(rows(words, facts, quill, "at channel from both note fee balance", rng=rng))
    sheet.block((45, sheet.y, 1125, sheet.y + 60 + 98 * len(told)), fill="white", radius=24)
    sheet.y += 40
    edge_rows(sheet, told, size=40, left=95, right=1075, step=2.45)
    return finished(sheet, quill, below=140)


def _arrow(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """From whom, an arrow, to whom."""
    sheet = phone(rng, 1080, 2340, ground="#fbfaf7")
    quill = Quill(
        facts,
        rng,
        sums=("$ {n:,}", "NT$ {n:,}", "TWD {n:,}"),
        times=("words_week", "slash_week", "half"),
        masks=("whole", "fours_dash", "middle_dots"),
    )
    heading(sheet, which.titles[facts.status], ink="#73343b", left="", right="關閉")
    inward = facts.status == "inward"
    mine = ("我的薪轉戶", own_account(rng, "{a}-**-****{c}"))
    theirs = (quill.bank("{name}（{code}）"), quill.account())
    for at, (name, number) in enumerate((theirs, mine) if inward else (mine, theirs)):
        top = sheet.y
        sheet.block((50, top, 1030, top + 210), fill="white", outline="#e8e0d6", radius=26)
        sheet.pen.ellipse((85, top + 55, 185, top + 155), "#73343b" if at else "#c9a66b")
        tag = "入" if at else "轉"
        sheet.put(135, tag, size=44, y=top + 74, ink="white", anchor="m")
        sheet.put(
            220, f"{'轉出' if at == 0 else '轉入'}　{name}", size=36, y=top + 38, ink="#8a7f75"
        )
        sheet.put(220, number, size=fitting(number, 50, 780, "black"), y=top + 104, face="black")
        sheet.y = top + 250
        if at == 0:
            sheet.put(540, "▼", size=44, y=top + 220, ink="#c9a66b", anchor="m")
            sheet.y += 50
    sheet.y += 10
    sheet.middle("金額", size=36, ink="#8a7f75")
    sheet.middle(quill.amount(), size=92, ink="#73343b", face="black")
    sheet.y += 30
    words = {"fee": "手續費", "total": "實際扣款", "at": "日期", "ref": "序號", "note": "留言"}
    told = rows(words, facts, quill, "fee total at ref note", rng=rng)
    edge_rows(sheet, told, size=38, left=70, right=1010, faint="#8a7f75", line="#eee7dd")
    next_buttons(sheet, facts, "#73343b", ("截圖分享", "回首頁"))
    return finished(sheet, quill)


def _huge(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Letters as large as the phone allows, for who does not see well."""
    sheet = phone(rng, 1080, 3400, ink="black", island=False)
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}元", "{n}元", "新臺幣{n:,}元"),
        times=("words_half", "roc_half", "slash_short"),
        masks=("whole", "fours", "stars"),
    )
    sheet.pen.rectangle((0, sheet.y, 1080, sheet.y + 170), "#0a3d91")
    sheet.put(540, "友善專區", size=72, y=sheet.y + 36, ink="white", anchor="m", face="black")
    sheet.y += 220
    title = which.titles[facts.status]
    sheet.middle(title, size=fitting(title, 96, 1000, "black"), face="black")
    sheet.y += 20
    words = {
        "amount": "轉多少錢",
        "bank": "轉到哪家銀行",
        "to": "轉到哪個帳號",
        "at": "什麼時候轉的",
    }
    words |= {
        "fee": "手續費",
        "at@scheduled": "哪一天要轉",
        "bank=": "{name}",
        "to@inward": "從哪個帳號轉來",
    }
    words |= {
        "amount@inward": "收到多少錢",
        "bank@inward": "從哪家銀行轉來",
        "at@inward": "什麼時候收到",
    }
    told = rows(words, facts, quill, "amount bank to at fee", rng=rng)
    tall_rows(sheet, told, size=72, left=60, right=1020, faint="#333333", line="#9aa3ad")
    return finished(sheet, quill)


_OK = {"scheduled": "預約轉帳設定成功", "pending": "交易處理中", "failed": "轉帳失敗"}
CARDS = (
    layout(
        "entry",
        "screen",
        _entry,
        titles={
            "success": "跨行轉出",
            "inward": "跨行轉入",
            "refund": "轉帳退回",
            "failed": "轉帳失敗 沖正",
        },
        shows="fee memo balance!",
    ),
    layout(
        "arrow",
        "screen",
        _arrow,
        titles={
            **_OK,
            "success": "交易成功",
            "confirm": "再看一次，沒問題就送出",
            "inward": "轉入成功",
        },
        shows="fee total memo",
    ),
    layout(
        "huge",
        "screen",
        _huge,
        titles={
            "success": "轉帳成功",
            "failed": "沒有轉成功",
            "scheduled": "預約好了，當天才會轉",
            "inward": "收到一筆轉帳",
        },
        shows="fee",
    ),
)
