"""The fourth family's papers and pages from browsers that are never a proof."""

import random

from .facts import Facts
from .fourth_hand import Row, own_account, plain_hand
from .fourth_kit import badge, colon_rows, never
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .third_kit import fitting


def _ticket(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What the machine in the shop prints before anything is paid."""
    sheet = Sheet.of(720, 1900, ground="#fdfdfb", ink="#222222")
    quill = plain_hand(facts, rng)
    sheet.y = 40
    sheet.middle("多媒體機 繳費單", size=44, face="black")
    sheet.middle("請於 3 小時內持本單至櫃檯結帳", size=32)
    sheet.y += 10
    told: list[Row] = [("列印時間", quill.when()), ("代收單位", "遠山科技大學")]
    told += [("銷帳編號", quill.account()), ("繳費金額", quill.amount()), ("手續費", "10元")]
    for label, value in told:
        sheet.put(50, label, size=30)
        sheet.put(670, value, size=fitting(value, 32, 420), anchor="r")
        sheet.y += 54
    sheet.y += 20
    codes = segments_of(facts, rng)
    for text in codes.texts:
        sheet.bars(text, left=30, height=80)
        sheet.middle(text, size=26, face="mono")
    sheet.middle("逾時請重新列印", size=28)
    return finished(sheet, quill, barcodes=codes.texts)


def _school(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The school's own slip, in three parts, without a stamp."""
    sheet = Sheet.of(1240, 1560, ground="white")
    quill = plain_hand(facts, rng)
    codes = segments_of(facts, rng)
    day = facts.slip.until_on
    until = f"{day.year - 1911}年{day:%m}月{day:%d}日"
    for part in ("第一聯　學生收執（收訖後為憑）", "第二聯　代收行留存", "第三聯　超商專用"):
        top = sheet.y + 30
        sheet.put(60, "明湖大學 團體報名費繳費單", size=34, y=top, face="serif")
        sheet.put(1180, part, size=26, y=top + 6, anchor="r", face="serif")
        sheet.y = top + 70
        if "超商" in part:
            for text in codes.texts:
                sheet.bars(text, left=80, height=70)
                sheet.put(110, text, size=26, face="mono")
                sheet.y += 44
            break
        told: list[Row] = [("繳款人", facts.payer), ("應繳金額", quill.amount())]
        told += [("繳費帳號", f"{quill.bank()}　{quill.account()}"), ("繳費期限", until)]
        for label, value in told:
            y = sheet.y
            sheet.block((60, y, 300, y + 62), outline="black")
            sheet.block((300, y, 880, y + 62), outline="black")
            sheet.put(80, label, size=28, y=y + 11, face="serif")
            sheet.put(320, value, size=fitting(value, 28, 540, "serif"), y=y + 11, face="serif")
            sheet.y = y + 62
        sheet.block((900, sheet.y - 248, 1180, sheet.y), outline="black")
        sheet.put(1040, "收訖章", size=28, y=sheet.y - 236, anchor="m", face="serif", ink="#888888")
        sheet.y += 40
        sheet.rule(left=0, right=1240, ink="#999999", dash=12)
    return finished(sheet, quill, barcodes=codes.texts)


def _teaching(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """How to pay, with a picture of what one will see."""
    sheet = Sheet.of(1400, 1500, ground="white")
    sheet.put(
        60, "常見問題 ｜ 報名費怎麼轉？（操作教學）", size=42, y=50, face="black", ink="#1b4965"
    )
    sheet.y = 150
    quill = plain_hand(facts, rng, "whole", "fours")
    for line in (
        "步驟一　登入您的銀行 App，點選「轉帳」。",
        "步驟二　輸入繳費單上的銀行代碼、帳號及金額。",
    ):
        sheet.put(60, line, size=32)
        sheet.y += 60
    sheet.put(60, "步驟三　看到如下圖的畫面即完成，請截圖上傳。", size=32)
    sheet.y += 80
    top = sheet.y
    sheet.block((360, top, 1040, top + 640), fill="#f6fbff", outline="#62b6cb", radius=40, thick=6)
    badge(sheet, "success", 700, top + 100, 56, fill="#62b6cb", open=False)
    sheet.put(700, "轉帳成功", size=44, y=top + 180, anchor="m", face="black")
    sheet.y = top + 270
    told: list[Row] = [("轉入銀行", quill.bank()), ("轉入帳號", quill.account())]
    told += [("轉帳金額", quill.amount()), ("交易時間", quill.when()), ("手續費", "0")]
    colon_rows(sheet, told, size=32, left=410, at=590, right=1020, step=2.0)
    sheet.y = top + 670
    sheet.put(700, "▲ 圖三：完成畫面示意圖", size=30, anchor="m", ink="#5f7a8a")
    sheet.y += 80
    sheet.put(60, "步驟四　將截圖回傳承辦人，等待確認信。", size=32)
    sheet.y += 50
    return finished(sheet, quill)


def _draft(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Somebody's own list in a spreadsheet."""
    sheet = Sheet.of(1600, 800, ground="white")
    sheet.pen.rectangle((0, 0, 1600, 70), "#217346")
    sheet.put(40, "報名費轉帳紀錄.xlsx", size=30, y=16, ink="white")
    quill = plain_hand(facts, rng)
    heads = ("姓名", "銀行", "轉入帳號", "轉帳金額", "轉帳時間", "狀態")
    mine = (facts.payer, quill.bank(), quill.account(), quill.amount(), quill.when(), "轉帳成功")
    others = [
        (name, quill.bank(), "", "600", "", "未轉") for name in ("周小華", "許大同", "何美麗")
    ]
    lines = [heads, mine, *others]
    wide, left = (170, 240, 340, 200, 380, 190), 70
    for at, letter in enumerate("ABCDEF"):
        x = left + sum(wide[:at])
        sheet.block((x, 90, x + wide[at], 136), fill="#e6e6e6", outline="#c8c8c8")
        sheet.put(x + wide[at] // 2, letter, size=26, y=96, anchor="m")
    for row, line in enumerate(lines):
        y = 136 + row * 60
        sheet.block((0, y, left, y + 60), fill="#e6e6e6", outline="#c8c8c8")
        sheet.put(34, f"{row + 1}", size=26, y=y + 12, anchor="m")
        for at, text in enumerate(line):
            x = left + sum(wide[:at])
            sheet.block((x, y, x + wide[at], y + 60), outline="#c8c8c8")
            sheet.put(x + 12, text, size=fitting(text, 28, wide[at] - 24), y=y + 12)
    sheet.y = 520
    return finished(sheet, quill)


def _card(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The bill of one's own card was paid."""
    sheet = Sheet.of(1300, 1000, ground="#fafafa")
    quill = plain_hand(facts, rng)
    sheet.put(60, "信用卡繳款成功通知", size=46, y=50, face="black", ink="#6a1b9a")
    sheet.y = 150
    told: list[Row] = [
        ("卡號", f"**** **** **** {own_account(rng, '{c}')}"),
        ("繳款金額", quill.amount()),
    ]
    told += [("繳款時間", quill.when()), ("繳款方式", "本行帳戶扣繳"), ("剩餘應繳總額", "NT$0")]
    told += [("繳款銀行", quill.bank()), ("交易序號", facts.reference)]
    colon_rows(sheet, told, size=34, left=60, at=380, right=1240, step=2.1)
    return finished(sheet, quill)


def _standing(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An account that one may pay to from now on."""
    sheet = Sheet.of(1300, 1000, ground="white")
    quill = plain_hand(facts, rng, "whole", "fours_dash")
    sheet.pen.rectangle((0, 0, 1300, 90), "#003f5c")
    sheet.put(40, "晴空銀行　線上申請", size=36, y=20, ink="white")
    badge(sheet, "success", 100, 180, 44, fill="#2f9e60", open=True)
    sheet.put(180, "約定轉入帳號設定成功", size=46, y=150, face="black")
    sheet.y = 270
    told: list[Row] = [("約定轉入帳號", f"{quill.bank()} {quill.account()}")]
    told += [("單筆限額", quill.amount()), ("申請時間", quill.when()), ("生效日", "次二營業日")]
    told += [("轉出帳號", own_account(rng)), ("申請編號", facts.reference)]
    colon_rows(sheet, told, size=34, left=60, at=400, right=1240, step=2.1)
    return finished(sheet, quill)


def _invoice(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What was bought, and what it cost."""
    printer = Printer.of(30, cell=18)
    quill = plain_hand(facts, rng)
    printer.line("電子發票證明聯", at="m", tall=True)
    roc, month = facts.at.year - 1911, facts.at.month - 1 | 1
    printer.line(f"{roc}年{month:02d}-{month + 1:02d}月", at="m", tall=True)
    printer.line(f"QK-{rng.randrange(10**7, 10**8)}", at="m", tall=True)
    printer.line(quill.when("slash"))
    printer.line(f"隨機碼 {rng.randrange(1000, 9999)}    總計 {facts.amount}")
    printer.line(f"賣方 {rng.randrange(10**7, 10**8)}")
    printer.line("-" * 30)
    printer.pair("禮券 1 張", quill.amount())
    printer.pair("合計 1 項", quill.amount())
    printer.pair("現金", f"{facts.amount + 100:,}")
    printer.pair("找零", "100")
    printer.line("退貨請持電子發票證明聯", at="m")
    return finished(printer, quill)


def _asked_balance(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """How much there is, from a cash machine."""
    printer = Printer.of(32, cell=16)
    quill = plain_hand(facts, rng)
    printer.line("海星銀行", at="m", big=True)
    printer.line("自動櫃員機 交易明細表", at="m")
    printer.line("-" * 32)
    printer.pair("日期時間", quill.when("roc"))
    printer.pair("交易種類", "餘額查詢")
    printer.pair("帳號", own_account(rng, "{a}****{c}"))
    printer.pair("帳戶餘額", quill.amount())
    printer.pair("可用餘額", quill.amount())
    printer.pair("訊息", "4001 交易成功")
    printer.line("-" * 32)
    return finished(printer, quill)


def _registered(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """One has registered; what is owed, and where to pay it."""
    sheet = Sheet.of(1360, 1100, ground="white")
    quill = plain_hand(facts, rng, "whole", "fours")
    sheet.pen.rectangle((0, 0, 1360, 100), "#0b525b")
    sheet.put(50, "能力鑑定 線上報名系統", size=40, y=22, ink="white")
    sheet.put(680, "報名成功！", size=60, y=150, anchor="m", face="black", ink="#0b525b")
    sheet.y = 270
    told: list[Row] = [
        ("報名時間", quill.when()),
        ("報名序號", facts.reference),
        ("報名費", quill.amount()),
    ]
    told += [("轉入銀行", quill.bank()), ("轉入帳號", quill.account()), ("繳費狀態", "待繳費")]
    told += [("繳費期限", f"{facts.slip.until_on:%Y-%m-%d}")]
    colon_rows(sheet, told, size=36, left=180, at=460, right=1300, step=2.0)
    return finished(sheet, quill)


def _release(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Made by one, to be let go by another."""
    sheet = Sheet.of(1500, 760, ground="white")
    quill = plain_hand(facts, rng)
    sheet.put(50, "企業網銀　待放行交易", size=42, y=40, face="black", ink="#5a189a")
    sheet.put(50, "編輯成功，請通知放行主管於有效期限內放行", size=30, y=112)
    sheet.y = 190
    heads = ("編輯時間", "收款帳號", "金額", "手續費", "放行狀態")
    mine = (
        quill.when(),
        f"{quill.bank('{code}')}-{quill.account()}",
        quill.amount(),
        "15",
        "待放行 (0/1)",
    )
    x = 50
    for head, text, wide in zip(heads, mine, (360, 420, 220, 130, 270), strict=True):
        for y, word, fill in ((190, head, "#efe6fb"), (254, text, "white")):
            sheet.block((x, y, x + wide, y + 64), fill=fill, outline="#b7a3d0")
            sheet.put(x + 14, word, size=fitting(word, 30, wide - 28), y=y + 12)
        x += wide
    sheet.y = 340
    for at, word in enumerate(("修改", "刪除", "送審")):
        sheet.block((50 + at * 160, 360, 190 + at * 160, 420), fill="#5a189a", radius=8)
        sheet.put(120 + at * 160, word, size=28, y=370, ink="white", anchor="m")
    sheet.y = 440
    return finished(sheet, quill)


def _note(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A note to oneself."""
    sheet = Sheet.of(1080, 1100, ground="#fffbe6")
    quill = plain_hand(facts, rng)
    sheet.put(60, "‹ 備忘錄", size=40, y=110, ink="#c9870a")
    sheet.y = 210
    sheet.put(60, "報名費轉帳", size=58, face="black")
    sheet.y += 110
    for line in (
        quill.when(),
        f"轉入 {quill.bank()}",
        quill.account(),
        f"金額 {quill.amount()}",
        "轉帳成功 ok",
    ):
        sheet.put(60, line, size=46)
        sheet.y += 84
    sheet.put(60, "證明單不見了，先記在這裡", size=46)
    sheet.y += 80
    return finished(sheet, quill)


VOID = (
    never("ticket", "thermal", _ticket, "unpaid_slip", kind="slip"),
    never("school", "paper", _school, "unpaid_slip", kind="slip"),
    never("teaching", "web", _teaching, "teaching"),
    never("draft", "web", _draft, "draft"),
    never("card", "web", _card, "card_bill"),
    never("standing", "web", _standing, "standing_order"),
    never("invoice", "thermal", _invoice, "invoice"),
    never("asked-balance", "thermal", _asked_balance, "balance_inquiry"),
    never("registered", "web", _registered, "not_receipt"),
    never("release", "web", _release, "pending"),
    never("note", "screen", _note, "draft"),
)
