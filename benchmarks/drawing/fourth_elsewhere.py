"""The fourth family's screens of money that went elsewhere: to a shop, a purse, oneself."""

import random

from .facts import Facts
from .fourth_hand import own_account, plain_hand, rows
from .fourth_kit import badge, edge_rows, heading, never, phone, tall_rows
from .layout import Drawn, Layout, finished
from .sheet import Sheet
from .third_kit import fitting


def _topped(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """One's own purse was filled."""
    sheet = phone(rng, 1170, 2200, ground="#eefcf9", island=False)
    heading(sheet, "儲值", ink="#00796b", left="×")
    quill = plain_hand(facts, rng)
    badge(sheet, "success", 585, sheet.y + 110, 90, fill="#00bfa5", open=False)
    sheet.y += 260
    sheet.middle("儲值成功", size=60, face="black")
    sheet.middle(quill.amount(), size=90, ink="#00796b")
    sheet.y += 40
    told = [
        ("儲值帳戶", f"電子票證 {own_account(rng, '{c} {c} {a}')}"),
        ("扣款銀行", quill.bank("{name}")),
    ]
    told += [("儲值時間", quill.when()), ("交易序號", facts.reference)]
    tall_rows(sheet, told, size=42, left=80, right=1090, line="#cdeee8")
    return finished(sheet, quill)


def _thin(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Only that money went, not where to."""
    sheet = Sheet.of(1080, 1500, ground="#3b4a6b", ink="white")
    sheet.y = 150
    sheet.middle(f"{facts.at:%H:%M}", size=190)
    sheet.y += 160
    quill = plain_hand(facts, rng)
    text = f"您已成功轉出 {quill.amount()}，詳情請至 App 查看"
    sheet.block((40, sheet.y, 1040, sheet.y + 220), fill="#e9edf5", radius=40)
    sheet.put(90, "星河銀行", size=38, y=sheet.y + 34, ink="#222222", face="black")
    sheet.put(90, text, size=fitting(text, 40, 900), y=sheet.y + 110, ink="#222222")
    sheet.y += 320
    return finished(sheet, quill)


def _bought(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Something was bought in a shop."""
    sheet = phone(rng, 1080, 2200, ground="#1d7a46", ink="white")
    heading(sheet, "付款完成", ink="white", left="")
    quill = plain_hand(facts, rng)
    sheet.ink = "#222222"
    sheet.block((50, sheet.y, 1030, sheet.y + 900), fill="white", radius=36)
    sheet.y += 50
    badge(sheet, "success", 540, sheet.y + 70, 70, fill="#1d7a46", open=False)
    sheet.y += 180
    sheet.middle("綠豆書店 校園店", size=50, face="black")
    sheet.middle(quill.amount(), size=90)
    sheet.y += 30
    told = [("付款方式", f"金融卡 {own_account(rng)}"), ("付款時間", quill.when())]
    told += [("店家編號", facts.reference[:6]), ("點數回饋", f"{max(1, facts.amount // 100)} 點")]
    edge_rows(sheet, told, size=38, left=110, right=970)
    sheet.y += 180
    return finished(sheet, quill)


_CAME = {
    "both": "轉出帳號",
    "payee": "轉出戶名",
    "from": "存入帳號",
    "amount": "存入金額",
    "at": "時間",
}


def _came(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Money came in from the very account that should have got it."""
    sheet = phone(rng, 1170, 2100, ground="white", island=False)
    heading(sheet, "交易明細", ink="#0d47a1")
    quill = plain_hand(facts, rng, "whole", "fours")
    badge(sheet, "success", 120, sheet.y + 60, 54, fill="#1976d2", open=False)
    sheet.put(210, "轉帳存入成功", size=54, y=sheet.y + 22, face="black")
    sheet.y += 170
    told = rows(_CAME, facts, quill, "amount both payee from at", rng=rng)
    tall_rows(sheet, told, size=44, left=70, right=1100, line="#dbe7f5")
    return finished(sheet, quill)


ELSEWHERE = (
    never("topped", "screen", _topped, "top_up"),
    never("thin", "screen", _thin, "thin_notice"),
    never("bought", "screen", _bought, "shop_payment"),
    never("came", "screen", _came, "inward"),
)
