"""The fourth family's screens that are never a proof, however much they look like one."""

import random

from .facts import Facts
from .fourth_hand import PAYEES, own_account, plain_hand, rows
from .fourth_kit import badge, bear, edge_rows, heading, never, phone, pill
from .layout import Drawn, Layout, finished
from .third_kit import fitting
from .writing import BANKS

_CONFIRM = {
    "both": "轉入帳號",
    "from": "轉出帳號",
    "fee": "手續費",
    "total": "預計扣款",
    "note": "備註",
}


def _slide(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """All is there but the sending."""
    sheet = phone(rng, 1080, 2100, ground="#5c5f66")
    sheet.block((0, 620, 1080, 2160), fill="white", radius=50)
    quill = plain_hand(facts, rng, "whole", "fours", "middle_star")
    sheet.y = 680
    sheet.middle("確認轉帳內容", size=48, face="black")
    sheet.middle(quill.amount(), size=88, ink="#1565c0", face="black")
    sheet.y += 30
    told = rows(_CONFIRM, facts, quill, "from both fee total note", rng=rng)
    edge_rows(sheet, told, size=40, left=80, right=1000, line="#eceff1")
    sheet.y += 40
    sheet.put(80, "請留意詐騙，轉帳前再次確認對方身分", size=34, ink="#c62828")
    sheet.y += 90
    pill(sheet, "滑動以送出轉帳  >>>", (80, sheet.y, 1000, sheet.y + 130), fill="#1565c0")
    sheet.y += 140
    return finished(sheet, quill)


def _filled(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The fields of a form, filled in."""
    sheet = phone(rng, 1170, 2300, ground="#f4f6f8", island=False)
    heading(sheet, "臺幣轉帳", ink="#222222", right="清除")
    quill = plain_hand(facts, rng)
    told = [
        ("轉出帳號", own_account(rng)),
        ("轉入銀行", quill.bank()),
        ("轉入帳號", quill.account()),
    ]
    told += [
        ("轉帳金額", quill.amount()),
        ("轉帳時間", "立即轉帳"),
        ("備註（選填）", facts.memo or ""),
    ]
    for label, value in told:
        sheet.put(70, label, size=36, ink="#6b7280")
        sheet.y += 56
        sheet.block((70, sheet.y, 1100, sheet.y + 110), fill="white", outline="#c9d1d9", radius=16)
        sheet.put(110, value, size=44, y=sheet.y + 22)
        sheet.y += 150
    pill(sheet, "下一步", (70, sheet.y + 20, 1100, sheet.y + 150), fill="#37474f")
    sheet.y += 160
    return finished(sheet, quill)


def _favourites(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """To whom one often pays."""
    sheet = phone(rng, 1080, 2200, ground="white")
    heading(sheet, "常用轉入帳號", ink="#00695c", right="＋新增")
    quill = plain_hand(facts, rng, "whole", "fours")
    mine = [("報名費", quill.bank("({code}) {name}"), quill.account())]
    for name in ("房東", "媽媽", "社費"):
        code = rng.choice(tuple(BANKS))
        number = "".join(rng.choice("0123456789") for _ in range(14))
        mine.append((name, f"({code}) {BANKS[code]}", number))
    rng.shuffle(mine)
    last = f"上次轉帳 {quill.day()}　{quill.amount()}"
    for at, (name, bank, number) in enumerate(mine):
        sheet.pen.ellipse((60, sheet.y + 10, 170, sheet.y + 120), ("#26a69a", "#ef9a9a")[at % 2])
        sheet.put(115, name[0], size=48, y=sheet.y + 28, ink="white", anchor="m")
        sheet.put(210, name, size=44, face="black")
        sheet.put(210, bank, size=34, y=sheet.y + 62, ink="#6b7280")
        sheet.put(210, number, size=40, y=sheet.y + 112)
        if name == "報名費":
            sheet.put(210, last, size=fitting(last, 32, 820), y=sheet.y + 172, ink="#6b7280")
        sheet.y += 240
        sheet.rule(left=60, right=1020)
        sheet.y += 24
    return finished(sheet, quill)


def _advert(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What a bank would like you to do."""
    sheet = phone(rng, 1080, 1920, ground="#ffe066", ink="#5f3dc4", island=False)
    quill = plain_hand(facts, rng)
    sheet.y += 60
    sheet.middle("數位帳戶 新戶禮", size=72, face="black")
    sheet.middle("轉帳成功 立即回饋", size=60)
    sheet.middle(quill.amount(), size=150, ink="#e8590c", face="black")
    bear(sheet, 540, sheet.y + 230, 160, fur="#ff922b")
    sheet.y += 470
    day = quill.day()
    for line in (f"活動至 {day} 止", "每月前 1,000 名，跨行轉帳手續費 0 元", "本活動詳情請見官網"):
        sheet.middle(line, size=40)
    pill(sheet, "馬上開戶", (240, sheet.y + 40, 840, sheet.y + 180), fill="#5f3dc4")
    sheet.y += 190
    return finished(sheet, quill)


def _promise(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Friends write to each other."""
    sheet = phone(rng, 1080, 2300, ground="#cfe8d5", island=False)
    heading(sheet, "小圓", ink="#111111", right="三")
    quill = plain_hand(facts, rng, "whole", "fours")
    amount, place = quill.amount(), quill.bank("{code}")
    told = [
        (0, "報名費要轉了嗎"),
        (1, "我等等轉"),
        (0, f"帳號 {place} {quill.account()}"),
        (0, f"金額 {amount}"),
        (1, f"好 {quill.when()}"),
        (1, f"已轉帳 {amount} 成功"),
        (0, "有截圖嗎？要上傳證明"),
        (1, "晚點補給你"),
    ]
    for mine, text in told:
        wide = round(fitting(text, 42, 760) * 1.02 * sum(1 if ord(c) > 255 else 0.62 for c in text))
        left = 1030 - wide - 60 if mine else 50
        box = (left, sheet.y, left + wide + 60, sheet.y + 100)
        sheet.block(box, fill="#8ce39a" if mine else "white", radius=36)
        sheet.put(left + 30, text, size=fitting(text, 42, 760), y=sheet.y + 20)
        sheet.y += 134
    return finished(sheet, quill)


_BACK = {
    "both": "原轉入帳號",
    "from": "退回帳號",
    "amount": "退匯金額",
    "fee": "手續費（不退）",
    "at": "退匯時間",
    "why": "退匯原因",
    "why=": "收款帳號與戶名不符",
    "bank=": "{code} {name}",
}


def _returned(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The money came back."""
    sheet = phone(rng, 1080, 2200, ground="#fdf3f2")
    heading(sheet, "通知明細", ink="#9c2f22")
    quill = plain_hand(facts, rng, "whole", "stars")
    badge(sheet, "refund", 540, sheet.y + 90, 80, fill="#9c2f22", open=True)
    sheet.y += 220
    sheet.middle("您有一筆退匯款項", size=54, face="black")
    sheet.y += 40
    told = rows(_BACK, facts, quill, "amount both from at why fee", rng=rng)
    edge_rows(sheet, told, size=40, left=70, right=1010, line="#f0d6d2")
    return finished(sheet, quill, below=160)


def _planned(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What will be sent some day."""
    sheet = phone(rng, 1170, 2300, ground="#f2f0fa", island=False)
    heading(sheet, "預約轉帳查詢／取消", ink="#4527a0")
    quill = plain_hand(facts, rng, "whole", "middle_star")
    first = (quill.day(), quill.bank("{name}"), quill.account(), quill.amount())
    other = ("每月 5 日", "玉山銀行", "**********20417", f"{rng.randrange(3, 9) * 1000:,}元")
    for day, bank, number, amount in (first, other):
        top = sheet.y
        sheet.block((50, top, 1120, top + 330), fill="white", radius=24)
        sheet.put(100, f"預約日期 {day}", size=40, y=top + 36)
        sheet.put(1070, "單次" if day == first[0] else "週期", size=36, y=top + 38, anchor="r")
        sheet.put(100, f"{bank}　{number}", size=40, y=top + 112)
        sheet.put(100, amount, size=60, y=top + 190, ink="#4527a0", face="black")
        sheet.put(1070, "設定成功", size=38, y=top + 210, ink="#2e7d32", anchor="r")
        sheet.y = top + 370
    return finished(sheet, quill)


def _history(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Days, words and sums; nobody can tell to whom."""
    sheet = phone(rng, 1080, 2340, ground="#0e1a2b", ink="#eef3f8")
    heading(sheet, "近期交易", ink="#eef3f8", right="篩選")
    quill = plain_hand(facts, rng)
    told = [("行動跨轉", quill.amount(), quill.when())]
    for word in ("悠遊加值", "薪資轉入", "ATM 提款", "訂閱扣款", "超商消費"):
        told.append((word, f"NT${rng.randrange(30, 3000):,}", ""))
    rng.shuffle(told)
    for word, amount, when in told:
        sheet.put(70, word, size=44)
        sheet.put(1010, amount, size=46, anchor="r")
        sheet.y += 66
        sheet.put(
            70, when or f"{facts.at:%Y/%m}/{rng.randrange(1, 28):02d}", size=34, ink="#8aa0b8"
        )
        sheet.y += 74
        sheet.rule(left=70, right=1010, ink="#22344b")
        sheet.y += 30
    return finished(sheet, quill)


def _asked(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Somebody asks for money."""
    sheet = phone(rng, 1080, 2000, ground="#fff0f6")
    heading(sheet, "收款請求", ink="#a61e4d", left="×")
    quill = plain_hand(facts, rng)
    bear(sheet, 540, sheet.y + 170, 130, fur="#f783ac")
    sheet.y += 350
    sheet.middle(f"{rng.choice(PAYEES)} 向您請款", size=44)
    sheet.middle(quill.amount(), size=100, ink="#a61e4d", face="black")
    sheet.y += 30
    told = [("收款帳號", f"{quill.bank('{code}')} {quill.account()}"), ("請求時間", quill.when())]
    told.append(("付款期限", f"{facts.slip.until_on:%Y/%m/%d}"))
    edge_rows(sheet, told, size=40, left=70, right=1010)
    pill(sheet, "付款", (560, sheet.y + 40, 1010, sheet.y + 170), fill="#a61e4d")
    pill(sheet, "拒絕", (70, sheet.y + 40, 520, sheet.y + 170), fill="#ffdeeb", ink="#a61e4d")
    sheet.y += 180
    return finished(sheet, quill)


SCREENS = (
    never("slide", "screen", _slide, "pending_confirm", kind="transfer"),
    never("filled", "screen", _filled, "pending_confirm", kind="transfer"),
    never("favourites", "screen", _favourites, "favourites"),
    never("advert", "screen", _advert, "advert"),
    never("promise", "screen", _promise, "promise"),
    never("returned", "screen", _returned, "refund"),
    never("planned", "screen", _planned, "planned_list"),
    never("history", "screen", _history, "history"),
    never("asked", "screen", _asked, "request_for_money"),
)
