"""The fourth family's pages from a browser: tables of two and of many columns, papers to print."""

import random

from .facts import Facts
from .fourth_hand import Quill, Row, called, narrow, own_account, rows
from .fourth_kit import badge, colon_rows, layout
from .layout import Drawn, Layout, finished
from .sheet import Box, Colour, Sheet
from .third_kit import fitting

_CELLS = {
    "from": "轉出帳號",
    "payer": "轉出戶名",
    "bank": "轉入銀行代碼",
    "to": "轉入帳號",
    "payee": "轉入戶名",
    "amount": "轉帳金額",
    "fee": "手續費",
    "total": "扣帳總額",
    "at": "交易日期時間",
    "ref": "交易序號",
    "note": "轉入帳號註記",
    "note=": "－",
    "bank=": "{code}-{name}",
    "balance": "可用餘額",
}


def _cell(sheet: Sheet, box: Box, text: str, *, size: int, fill: Colour = "white") -> None:
    left, top, right, bottom = box
    sheet.block(box, fill=fill, outline="#bcc5cf")
    fit = fitting(text, size, right - left - size)
    at = top + (bottom - top - round(fit * 1.45)) // 2
    sheet.put(left + size // 2, text, size=fit, y=at)


def _cells(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Word, value, word, value in one line of the table."""
    sheet = Sheet.of(1500, 1200, ground="white")
    sheet.pen.rectangle((0, 0, 1500, 84), "#004f6e")
    sheet.put(40, "遠見銀行 個人網路銀行", size=34, y=18, ink="white")
    sheet.put(1460, "登出　自動登出倒數 09:41", size=26, y=24, ink="#cfe3ea", anchor="r")
    for at, word in enumerate(("帳戶總覽", "臺幣轉帳", "繳費繳稅", "外匯", "信用卡", "設定")):
        sheet.put(60 + at * 190, word, size=28, y=104, ink="#004f6e")
    sheet.y = 170
    sheet.put(40, "首頁 > 臺幣轉帳 > 即時/預約轉帳", size=24, ink="#7f8c97")
    sheet.y += 56
    title = which.titles[facts.status]
    badge(sheet, facts.status, 66, sheet.y + 26, 26, fill="#2f9e60", open=False)
    sheet.put(110, title, size=40, y=sheet.y - 4, face="black")
    sheet.y += 80
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "新臺幣 {n:,}", "{n:,}.00", "{n:,} 元"),
        times=("slash", "roc", "dash"),
        masks=("whole", "sixteen", "fours_dash"),
    )
    order = "from payer bank to payee amount fee total balance at ref note"
    told = list(rows(_CELLS, facts, quill, order, rng=rng))
    for at, (label, value) in enumerate(told):
        left, top = 40 + (at % 2) * 710, sheet.y + (at // 2) * 72
        last = at == len(told) - 1 and at % 2 == 0
        _cell(sheet, (left, top, left + 240, top + 72), label, size=28, fill="#e4eef2")
        right = 1460 if last else left + 710
        _cell(sheet, (left + 240, top, right, top + 72), value, size=28)
    sheet.y += (len(told) + 1) // 2 * 72 + 40
    words = ("上一步", "確認") if facts.status == "confirm" else ("繼續轉帳", "列印")
    for x, word in zip((560, 760), words, strict=True):
        sheet.block((x, sheet.y, x + 180, sheet.y + 60), fill="#004f6e", radius=6)
        sheet.put(x + 90, word, size=28, y=sheet.y + 9, ink="white", anchor="m")
    sheet.y += 60
    return finished(sheet, quill)


_WIZARD = {
    "both": "轉入帳號",
    "from": "轉出帳號",
    "amount": "轉帳金額",
    "fee": "手續費",
    "at": "交易時間",
    "ref": "交易序號",
    "note": "備註",
    "balance": "轉出帳號餘額",
    "bank=": "{code}{name}",
}


def _wizard(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Three steps above, plain lines below, no table at all."""
    sheet = Sheet.of(1280, 1300, ground="#fdfdfd")
    sheet.put(60, "谷雨銀行", size=46, y=30, ink="#a8410c", face="serif")
    sheet.rule(left=0, right=1280)
    sheet.y = 150
    here = 1 if facts.status == "confirm" else 2
    for at, word in enumerate(("1 輸入資料", "2 確認資料", "3 完成")):
        fill = "#a8410c" if at == here else "#eadfd8"
        sheet.block((60 + at * 390, sheet.y, 430 + at * 390, sheet.y + 64), fill=fill)
        ink = "white" if at == here else "#8d7c72"
        sheet.put(245 + at * 390, word, size=30, y=sheet.y + 10, ink=ink, anchor="m")
    sheet.y += 120
    sheet.middle(which.titles[facts.status], size=44, face="black")
    sheet.y += 30
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}元", "TWD {n:,}", "NT${n:,}"),
        times=("slash", "half", "slash_week"),
        masks=("whole", "middle_star", "stars"),
    )
    told = rows(_WIZARD, facts, quill, "at from both amount fee balance note ref", rng=rng)
    colon_rows(sheet, told, size=34, left=180, at=500, right=1220, step=1.95, faint="#8d7c72")
    return finished(sheet, quill)


def _company(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A company's payments: a line for each, many columns; one line here."""
    sheet = Sheet.of(1860, 900, ground="white")
    sheet.pen.rectangle((0, 0, 1860, 76), "#22313f")
    sheet.put(40, "企業金融網 e-Banking", size=34, y=14, ink="white")
    sheet.y = 110
    sheet.put(40, "付款交易查詢 / 臺幣付款（FXML·ACH）", size=34, face="black")
    sheet.y += 70
    quill = Quill(
        facts, rng, sums=("{n:,}", "{n:,}.00"), times=("slash", "dash", "tight"), masks=("whole",)
    )
    sheet.put(40, f"批號 {facts.reference}　付款人 {narrow('啟明社')}　幣別 TWD", size=28)
    sheet.y += 60
    when = called({"at": "交易時間"}, "at", facts.status)
    told: list[Row] = [
        ("項次", "1"),
        (when, quill.when()),
        ("付款帳號", own_account(rng, "{a}****{c}")),
    ]
    told += [("收款行", quill.bank("{code} {name}")), ("收款帳號", quill.account())]
    told += [
        ("付款金額", quill.amount()),
        ("手續費", quill.fee()),
        ("處理結果", which.titles[facts.status]),
    ]
    wide = (80, 330, 220, 240, 320, 190, 130, 270)
    x, top = 40, sheet.y
    for (label, value), room in zip(told, wide, strict=True):
        _cell(sheet, (x, top, x + room, top + 64), label, size=26, fill="#dfe5ea")
        _cell(sheet, (x, top + 64, x + room, top + 140), value, size=28)
        x += room
    sheet.y = top + 180
    sheet.put(40, "總筆數 1　手續費負擔：外加", size=28)
    sheet.y += 60
    return finished(sheet, quill)


_STATE = {"pending": "待主管放行", "failed": "退件", "scheduled": "預約待執行"}


PAGES = (
    layout(
        "cells",
        "web",
        _cells,
        titles={
            "success": "您的轉帳交易已完成",
            "scheduled": "您的預約轉帳已受理",
            "failed": "您的轉帳交易失敗",
            "pending": "交易結果不明，請勿重複交易並查詢明細",
            "confirm": "請確認下列轉帳資料",
        },
        shows="fee total balance memo payee",
    ),
    layout(
        "wizard",
        "web",
        _wizard,
        titles={
            "success": "交易成功",
            "scheduled": "預約設定成功",
            "failed": "交易失敗",
            "confirm": "請核對後按下確定",
        },
        shows="fee balance memo",
    ),
    layout(
        "company",
        "web",
        _company,
        titles={**_STATE, "success": "付款成功", "refund": "退匯"},
        shows="fee",
    ),
)
