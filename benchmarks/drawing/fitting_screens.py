"""Screens of the fitting family: bank apps, net banks, wallets. Invented, no bank's own."""

import random

from .facts import Facts
from .layout import Drawn, Layout, finished
from .sheet import Colour, Sheet
from .writing import Hand, name_masked

_SIGNS = {"success": "#12994a", "failed": "#c9302c"}
_AMBER = "#d98a00"


def _sign(sheet: Sheet, status: str, *, x: int, y: int, r: int) -> None:
    """The round sign that apps put above a result."""
    colour: Colour = _SIGNS.get(status, _AMBER)
    sheet.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    if status == "success":
        tick = [(x - r // 2, y), (x - r // 8, y + r // 3), (x + r // 2, y - r // 3)]
        sheet.pen.line(tick, "white", max(4, r // 6))
    elif status == "failed":
        for way in (1, -1):
            cross = (x - r // 3, y - way * r // 3, x + r // 3, y + way * r // 3)
            sheet.pen.line(cross, "white", max(4, r // 6))
    else:
        sheet.pen.line([(x, y - r // 2), (x, y), (x + r // 3, y + r // 4)], "white", max(4, r // 7))


def _phone(sheet: Sheet, rng: random.Random, *, ink: Colour) -> None:
    """The telephone's own line at the top."""
    clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
    sheet.put(50, clock, size=28, y=18, ink=ink, face="latin")
    sheet.put(sheet.width - 50, f"4G  {rng.randrange(9, 99)}%", size=24, y=20, ink=ink, anchor="r")
    sheet.y = 84


def _when_label(facts: Facts, paid: str, planned: str) -> str:
    return planned if facts.status == "scheduled" else paid


def card(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A big amount, and below it a white card of label and value."""
    hand = Hand(
        facts,
        rng,
        money=("nt", "nt_tight", "dollar", "twd"),
        times=("slash", "slash_minute", "half"),
        masks=("full", "full", "group", "tail5", "holes", "mid"),
    )
    sheet = Sheet.of(rng.choice((780, 900, 1080)), 1950, ground="#f3f5f8")
    size, width = sheet.width // 26, sheet.width
    _phone(sheet, rng, ink="#333333")
    sheet.middle("交易結果", size=size)
    sheet.y += size
    _sign(sheet, facts.status, x=width // 2, y=sheet.y + size * 2, r=size * 2)
    sheet.y += round(size * 4.8)
    sheet.middle(layout.titles[facts.status], size=round(size * 1.3), bold=True)
    sheet.middle(hand.amount(), size=round(size * 2.1), bold=True)
    sheet.y += size
    rows = [
        ("轉入銀行", hand.bank("{code} {name}")),
        ("轉入帳號", hand.account()),
        ("轉出帳號", "********" + facts.reference[:4]),
        ("手續費", hand.fee()),
        (_when_label(facts, "交易時間", "預約轉帳日"), hand.when()),
        ("交易序號", facts.reference),
    ]
    if facts.memo:
        rows.append(("備註", facts.memo))
    if facts.balance is not None:
        rows.append(("帳戶餘額", hand.balance()))
    top = sheet.y
    sheet.block(
        (30, top, width - 30, top + size * 2 * len(rows) + size * 2), fill="white", radius=24
    )
    sheet.y += size
    for label, value in rows:
        sheet.pair(label, value, size=size, left=64, right=width - 64)
    sheet.y += size * 2
    sheet.block((64, sheet.y, width - 64, sheet.y + size * 3), fill="#1769e0", radius=size)
    sheet.put(width // 2, "完成", size=size, y=sheet.y + size, ink="white", anchor="m")
    sheet.y += size * 3
    return finished(sheet, hand, below=rng.choice((80, 240)))


def stacked(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A coloured bar, then every label above its value."""
    hand = Hand(
        facts,
        rng,
        money=("yuan", "yuan_spaced", "yuan_whole", "taiwan"),
        times=("dash", "roc_slash", "words"),
        masks=("full", "full", "dash", "tail6", "mid_x"),
    )
    colour = rng.choice(("#7a1f3d", "#00695c", "#283593", "#b23a00"))
    sheet = Sheet.of(828, 2100, ground="white")
    sheet.block((0, 0, 828, 190), fill=colour)
    _phone(sheet, rng, ink="white")
    sheet.middle("臺幣轉帳", size=38, ink="white")
    sheet.y = 240
    sheet.put(60, layout.titles[facts.status], size=44, bold=True, ink=colour)
    sheet.y += 100
    rows = [
        (_when_label(facts, "交易日期時間", "預約日期"), hand.when()),
        ("轉出帳號", "*****" + facts.reference[-5:]),
        ("轉入帳號", f"{hand.bank('{name}({code})')}  {hand.account()}"),
        ("交易金額", hand.amount()),
        ("手續費用", hand.fee()),
    ]
    if facts.memo:
        rows.append(("交易附言", facts.memo))
    if facts.balance is not None:
        rows.append(("可用餘額", hand.balance()))
    rows.append(("交易編號", facts.reference))
    for label, value in rows:
        sheet.above(label, value, size=36, left=60)
        sheet.y -= 12
        sheet.rule(left=60, right=768)
        sheet.y += 20
    return finished(sheet, hand, below=140)


def dark(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Dark mode: white and grey on near black."""
    hand = Hand(
        facts,
        rng,
        money=("dollar", "nt_tight", "bare", "dollar_plain"),
        times=("slash_minute", "am_pm", "dots"),
        masks=("full", "group", "dots", "tail5", "rings"),
    )
    ground, faint = rng.choice((("#000000", "#8e8e93"), ("#16181d", "#9aa0ab")))
    sheet = Sheet.of(828, 1800, ground=ground, ink="#f5f5f7")
    _phone(sheet, rng, ink="#f5f5f7")
    sheet.middle(layout.titles[facts.status], size=36, ink=_SIGNS.get(facts.status, _AMBER))
    sheet.y += 40
    sheet.middle("轉帳金額", size=28, ink=faint)
    sheet.middle(hand.amount(), size=76)
    sheet.y += 50
    rows = [
        ("收款銀行", hand.bank("{name} {code}")),
        ("收款帳號", hand.account()),
        ("付款帳號", "••••" + facts.reference[-4:]),
        (_when_label(facts, "完成時間", "預計轉帳日"), hand.when()),
        ("手續費", hand.fee()),
    ]
    if facts.memo:
        rows.append(("給收款人的話", facts.memo))
    rows.append(("序號", facts.reference))
    for label, value in rows:
        sheet.pair(label, value, size=32, left=56, right=772, step=2.4, faint=faint)
        sheet.rule(left=56, right=772, ink="#2c2f36")
        sheet.y += 18
    return finished(sheet, hand, below=220)


def netbank(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A net bank's page on a wide screen: menu, and a table of two columns."""
    hand = Hand(
        facts,
        rng,
        money=("twd_cents", "bare_cents", "nt_tight", "taiwan"),
        times=("slash", "roc_slash", "dash"),
        masks=("full", "full", "mid", "tail5", "dash_group"),
    )
    colour = rng.choice(("#0b4f8a", "#8a1020", "#1b6b3a"))
    sheet = Sheet.of(1280, 900, ground="#fafafa")
    sheet.block((0, 0, 1280, 70), fill=colour)
    sheet.put(30, "網路銀行", size=30, y=16, ink="white")
    sheet.put(
        1250, f"{name_masked(facts.payer)} 您好　登出", size=18, y=26, ink="white", anchor="r"
    )
    for number, word in enumerate(("帳務總覽", "臺幣轉帳", "繳費繳稅", "信用卡", "個人設定")):
        sheet.put(40, word, size=18, y=110 + number * 46, ink="#555555")
    sheet.put(260, "臺幣轉帳 ＞ 交易結果", size=20, y=100, ink="#777777")
    sheet.put(260, layout.titles[facts.status], size=28, y=144, bold=True, ink=colour)
    rows = [
        ("交易時間" if facts.status != "scheduled" else "預約轉帳日期", hand.when()),
        ("轉出帳號", "0" + facts.reference[:5] + "****" + facts.reference[-3:]),
        ("轉入銀行代碼", hand.bank("{code}-{name}")),
        ("轉入帳號", hand.account()),
        ("轉帳金額", hand.amount()),
        ("手續費", hand.fee()),
        ("扣款總額", hand.total()),
    ]
    if facts.balance is not None:
        rows.append(("轉出後餘額", hand.balance()))
    if facts.memo:
        rows.append(("附註", facts.memo))
    rows.append(("交易序號", facts.reference))
    sheet.y = 210
    for label, value in rows:
        sheet.block((260, sheet.y, 480, sheet.y + 48), fill="#e9eef3", outline="#c5ccd4", thick=1)
        sheet.block((480, sheet.y, 1180, sheet.y + 48), fill="white", outline="#c5ccd4", thick=1)
        sheet.put(276, label, size=20, y=sheet.y + 11, ink="#333333")
        sheet.put(500, value, size=20, y=sheet.y + 11)
        sheet.y += 48
    return finished(sheet, hand, below=90)


def post(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The post office's green pages; dates by the Minguo calendar."""
    hand = Hand(
        facts,
        rng,
        money=("yuan_whole", "yuan", "taiwan_whole", "full"),
        times=("roc_words", "roc_slash", "roc_full"),
        masks=("full", "group", "tail5", "holes"),
    )
    sheet = Sheet.of(900, 1800, ground="#fbfbf4")
    sheet.block((0, 0, 900, 150), fill="#00703c")
    sheet.put(40, "‹ 郵政存簿儲金", size=40, y=50, ink="white")
    sheet.y = 210
    sheet.middle(layout.titles[facts.status], size=46, ink="#00703c", bold=True)
    sheet.rule(left=60, right=840, ink="#00703c", thick=4)
    sheet.y += 34
    rows = [
        ("轉出存簿", "000****" + facts.reference[-4:]),
        ("轉入行庫", hand.bank("{code}{name}")),
        ("轉入帳號", hand.account()),
        ("轉帳金額", hand.amount()),
        ("手續費", hand.fee()),
        (_when_label(facts, "交易時間", "預約日期"), hand.when()),
        ("交易序號", facts.reference),
    ]
    if facts.balance is not None:
        rows.append(("結存金額", hand.balance()))
    for label, value in rows:
        sheet.put(70, f"{label}：", size=34, ink="#44604f")
        sheet.put(330, value, size=34)
        sheet.y += 78
    return finished(sheet, hand, below=160)


def wallet(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A messenger's wallet: a ticket with a torn edge."""
    hand = Hand(
        facts,
        rng,
        money=("nt_tight", "dollar", "nt"),
        times=("slash_minute", "half", "dots"),
        masks=("full", "full", "group", "tail5"),
    )
    sheet = Sheet.of(750, 1500, ground="#06c755")
    _phone(sheet, rng, ink="white")
    sheet.block((40, 130, 710, 1180), fill="white", radius=30)
    sheet.y = 180
    sheet.middle(layout.titles[facts.status], size=34, bold=True)
    sheet.middle(hand.bank("{name} ({code})"), size=28, ink="#777777")
    sheet.middle(hand.amount(), size=72, bold=True)
    sheet.y += 20
    sheet.rule(left=70, right=680, dash=10)
    sheet.y += 36
    rows = [
        ("轉入帳號", hand.account()),
        ("付款方式", "帳戶餘額"),
        ("轉帳金額", hand.amount()),
        ("手續費", hand.fee()),
        ("實際扣款", hand.total()),
        (_when_label(facts, "交易時間", "預約時間"), hand.when()),
        ("交易單號", facts.reference),
    ]
    if facts.memo:
        rows.append(("訊息", facts.memo))
    for label, value in rows:
        sheet.pair(label, value, size=29, left=80, right=670, step=2.5)
    sheet.y = 1180
    return finished(sheet, hand, below=rng.choice((60, 260)))


def english(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's app for students from abroad."""
    hand = Hand(
        facts,
        rng,
        money=("nt", "twd", "nt_tight", "ntd", "twd_cents"),
        times=("english", "slash", "english_half"),
        masks=("full", "full", "group", "tail5"),
    )
    sheet = Sheet.of(828, 1800, ground="white")
    _phone(sheet, rng, ink="#333333")
    _sign(sheet, facts.status, x=414, y=190, r=64)
    sheet.y = 290
    sheet.middle(layout.titles[facts.status], size=42, bold=True)
    sheet.y += 40
    rows = [
        ("Amount", hand.amount()),
        ("To bank", hand.bank("{english} ({code})")),
        ("To account", hand.account()),
        ("From account", "******" + facts.reference[-4:]),
        ("Fee", hand.fee()),
        (_when_label(facts, "Date & time", "Scheduled for"), hand.when()),
        ("Reference no.", facts.reference),
    ]
    if facts.memo:
        rows.append(("Note", facts.memo))
    if facts.balance is not None:
        rows.append(("Available balance", hand.balance()))
    for label, value in rows:
        sheet.pair(label, value, size=31, left=56, right=772, step=2.3)
    return finished(sheet, hand, below=300)


_APP = {
    "success": "轉帳成功",
    "scheduled": "預約轉帳成功",
    "pending": "交易處理中",
    "failed": "轉帳失敗",
}
_MONEY = frozenset({"fee", "memo", "balance"})
SCREENS = (
    Layout("fit-card", "transfer", "screen", card, _APP, _MONEY),
    Layout(
        "fit-stacked",
        "transfer",
        "screen",
        stacked,
        {
            "success": "交易成功",
            "scheduled": "預約交易已受理",
            "pending": "處理中，請稍後查詢",
            "failed": "交易失敗(餘額不足)",
        },
        _MONEY,
    ),
    Layout(
        "fit-dark",
        "transfer",
        "screen",
        dark,
        {**_APP, "success": "轉帳完成", "scheduled": "已設定預約轉帳"},
        frozenset({"fee", "memo"}),
    ),
    Layout(
        "fit-netbank",
        "transfer",
        "web",
        netbank,
        {
            "success": "轉帳交易成功",
            "scheduled": "預約轉帳設定成功",
            "pending": "交易結果未明，請查詢",
            "failed": "轉帳交易失敗",
            "confirm": "請確認以下交易資料後送出",
        },
        _MONEY | {"total"},
    ),
    Layout(
        "fit-post",
        "transfer",
        "screen",
        post,
        {
            "success": "轉帳成功",
            "scheduled": "預約轉帳登錄成功",
            "failed": "交易失敗",
            "confirm": "請確認轉帳資料",
        },
        frozenset({"fee", "balance"}),
    ),
    Layout(
        "fit-wallet",
        "transfer",
        "screen",
        wallet,
        {"success": "轉帳成功", "pending": "轉帳處理中", "failed": "轉帳失敗"},
        frozenset({"fee", "total", "memo"}),
    ),
    Layout(
        "fit-english",
        "transfer",
        "screen",
        english,
        {
            "success": "Transfer Successful",
            "scheduled": "Scheduled Transfer Created",
            "pending": "Transfer Processing",
            "failed": "Transfer Failed",
            "confirm": "Please confirm your transfer",
        },
        _MONEY,
    ),
)
