"""Screens of the testing family, by other designers than those of the fitting family."""

import random

from .facts import Facts
from .layout import Drawn, Layout, finished
from .sheet import Colour, Sheet
from .writing import ENGLISH_BANKS, Hand, day, name_masked


def _planned(facts: Facts, done: str, later: str) -> str:
    return later if facts.status == "scheduled" else done


def sentence(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A result told in sentences, with the details folded out below."""
    hand = Hand(
        facts,
        rng,
        money=("nt", "yuan", "dollar"),
        times=("half_first", "words", "slash"),
        masks=("full", "full", "dash_group", "tail5"),
    )
    sheet = Sheet.of(1080, 1900, ground="#fff7ef", ink="#3a2a1e")
    sheet.put(60, "✕" if rng.random() < 0.5 else "←", size=44, y=60, face="latin")
    sheet.y = 190
    sheet.put(60, layout.titles[facts.status], size=64, face="serif", bold=True)
    sheet.y += 130
    sheet.put(60, _planned(facts, "您已轉出", "將轉出"), size=40)
    sheet.put(1010, hand.amount(), size=60, anchor="r", ink="#c2410c", y=sheet.y - 14)
    sheet.y += 90
    sheet.put(60, "至", size=40)
    sheet.put(1010, hand.bank("{name}（{code}）"), size=40, anchor="r")
    sheet.y += 70
    sheet.put(1010, hand.account(), size=44, anchor="r", face="narrow")
    sheet.y += 110
    sheet.block((40, sheet.y, 1040, sheet.y + 420), fill="#ffe8d2", radius=30)
    sheet.y += 40
    rows = [
        (_planned(facts, "成交時間", "扣款日"), hand.when()),
        ("跨行手續費", hand.fee()),
        ("轉出帳戶", f"活儲 {facts.reference[:3]}***{facts.reference[-3:]}"),
        ("流水號", facts.reference),
    ]
    for label, value in rows:
        sheet.pair(label, value, size=36, left=90, right=990, step=2.4, faint="#9a6b45")
    if facts.memo:
        sheet.y += 40
        sheet.put(60, f"「{facts.memo}」", size=36, face="serif")
        sheet.y += 60
    return finished(sheet, hand, below=200)


def tiles(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Two columns of tiles."""
    hand = Hand(
        facts,
        rng,
        money=("nt_tight", "twd", "bare"),
        times=("dots", "dash_minute", "roc_slash_minute"),
        masks=("full", "full", "group", "mid"),
    )
    colour = rng.choice(("#4c1d95", "#0e7490", "#9d174d"))
    sheet = Sheet.of(1000, 1900, ground="#ffffff")
    sheet.y = 70
    sheet.middle("交易憑證", size=40, ink=colour, bold=True)
    sheet.block((300, 150, 700, 230), fill=colour, radius=40)
    sheet.put(500, layout.titles[facts.status], size=36, y=166, ink="white", anchor="m")
    cells = [
        ("金額", hand.amount()),
        ("服務費", hand.fee()),
        ("收款銀行", hand.bank("{code} {name}")),
        ("狀態", layout.titles[facts.status]),
        (_planned(facts, "日期", "預計扣款"), hand.when()),
        ("憑證號碼", facts.reference),
    ]
    if facts.balance is not None:
        cells += [("剩餘可用", hand.balance()), ("分行", "網路")]
    sheet.y = 280
    for number, (label, value) in enumerate(cells):
        x = 40 if number % 2 == 0 else 510
        sheet.block((x, sheet.y, x + 450, sheet.y + 150), outline="#d4d4d8", radius=18)
        sheet.put(x + 24, label, size=26, y=sheet.y + 18, ink="#71717a")
        sheet.put(x + 24, value, size=34, y=sheet.y + 74)
        if number % 2:
            sheet.y += 170
    sheet.block((40, sheet.y, 960, sheet.y + 150), outline="#d4d4d8", radius=18)
    sheet.put(64, "收款帳戶", size=26, y=sheet.y + 18, ink="#71717a")
    sheet.put(64, hand.account(), size=40, y=sheet.y + 70, face="mono")
    sheet.y += 150
    return finished(sheet, hand, below=120)


def night(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Dark blue, labels above values, the sum in the accent's colour."""
    hand = Hand(
        facts,
        rng,
        money=("nt", "yuan_spaced", "dollar_cents"),
        times=("slash", "half", "dash"),
        masks=("full", "full", "x_tail", "dash_tail", "group"),
    )
    sheet = Sheet.of(900, 1900, ground="#0b1630", ink="#e7ecf7")
    sheet.y = 90
    sheet.put(50, layout.titles[facts.status], size=50, bold=True)
    sheet.y += 110
    rows = [
        ("實際入帳", hand.amount(), "#5eead4", 60),
        ("對方銀行", hand.bank("{name} / {code}"), "#e7ecf7", 38),
        ("對方帳號", hand.account(), "#e7ecf7", 38),
        (_planned(facts, "處理時間", "排定日期"), hand.when(), "#e7ecf7", 34),
        ("費用", hand.fee(), "#e7ecf7", 34),
        ("從我的帳戶", "尾號 " + facts.reference[-4:], "#e7ecf7", 34),
    ]
    if facts.balance is not None:
        rows.append(("帳戶現有餘額", hand.balance(), "#e7ecf7", 34))
    if facts.memo:
        rows.append(("留言", facts.memo, "#e7ecf7", 34))
    for label, value, ink, size in rows:
        sheet.put(50, label, size=26, ink="#8fa1c7")
        sheet.y += 42
        sheet.put(50, value, size=size, ink=ink)
        sheet.y += size + 46
    return finished(sheet, hand, below=150)


def ledger(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A net bank's one-row table, heads above values."""
    hand = Hand(
        facts,
        rng,
        money=("bare_cents", "bare", "twd"),
        times=("roc_slash", "dash", "slash_minute"),
        masks=("full", "full", "mid_x", "group"),
    )
    sheet = Sheet.of(1440, 620, ground="white")
    sheet.block((0, 0, 1440, 8), fill="#d4a017")
    sheet.put(50, "企業暨個人網銀", size=30, y=40, face="serif", bold=True)
    sheet.put(1390, name_masked(facts.payer), size=22, y=46, anchor="r", ink="#666666")
    sheet.put(50, layout.titles[facts.status], size=26, y=120, ink="#8a6500")
    table = [
        ("時間", hand.when(), 250),
        ("入帳行庫", hand.bank("{code}{name}"), 210),
        ("入帳帳號", hand.account(), 300),
        ("金額(新臺幣)", hand.amount(), 200),
        ("手續費", hand.fee(), 130),
        ("交易號碼", facts.reference, 250),
    ]
    x = 50
    for head, value, wide in table:
        sheet.block((x, 190, x + wide, 240), fill="#f6ecd0", outline="#c9b77d", thick=1)
        sheet.block((x, 240, x + wide, 300), outline="#c9b77d", thick=1)
        sheet.put(x + wide // 2, head, size=21, y=202, anchor="m")
        sheet.put(x + wide // 2, value, size=21, y=256, anchor="m")
        x += wide
    sheet.y = 320
    if facts.balance is not None:
        sheet.put(1390, f"交易後結餘 {hand.balance()}", size=21, anchor="r")
        sheet.y += 40
    if facts.memo:
        sheet.put(50, f"摘要 {facts.memo}", size=21)
        sheet.y += 40
    sheet.put(50, "※ 本網頁列印僅供參考", size=18, ink="#888888")
    return finished(sheet, hand, below=80)


def notice(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The bank's letter by mail, printed from the browser."""
    hand = Hand(
        facts,
        rng,
        money=("taiwan", "nt_tight", "words"),
        times=("roc_words", "words", "roc_full"),
        masks=("full", "full", "rings", "tail6"),
    )
    sheet = Sheet.of(1100, 1200, ground="white", ink="#222222")
    sheet.y = 70
    sheet.put(80, f"主旨：{layout.titles[facts.status]}", size=32, face="serif", bold=True)
    sheet.y += 70
    sheet.rule(left=80, right=1020, ink="#222222")
    sheet.y += 40
    sheet.put(80, f"親愛的 {name_masked(facts.payer)} 客戶，您好：", size=28, face="serif")
    sheet.y += 70
    rows = [
        (_planned(facts, "一、時　　間", "一、指定日期"), hand.when()),
        ("二、解款行別", hand.bank("{name}（代號 {code}）")),
        ("三、存入帳號", hand.account()),
        ("四、匯款金額", hand.amount()),
        ("五、手續費　", hand.fee()),
        ("六、交易代號", facts.reference),
    ]
    for label, value in rows:
        sheet.put(110, f"{label}　{value}", size=28, face="serif")
        sheet.y += 58
    sheet.y += 30
    sheet.put(80, "此信由系統自動寄發，請勿回覆。", size=24, face="serif", ink="#777777")
    sheet.y += 40
    return finished(sheet, hand, below=100)


def red_wallet(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A red wallet that pays bills; the sum stands below the rows."""
    hand = Hand(
        facts,
        rng,
        money=("dollar", "nt_tight", "yuan"),
        times=("slash", "am_pm", "dash"),
        masks=("full", "full", "group"),
    )
    sheet = Sheet.of(800, 1600, ground="#f4f4f5")
    sheet.block((0, 0, 800, 260), fill="#dc2626")
    sheet.put(400, "口袋支付", size=34, y=60, ink="white", anchor="m")
    sheet.put(400, layout.titles[facts.status], size=52, y=140, ink="white", anchor="m", bold=True)
    sheet.block((40, 230, 760, 960), fill="white", radius=20)
    sheet.y = 280
    rows = [
        ("繳費機構", hand.bank("{name}")),
        ("銀行代碼", facts.bank),
        ("銷帳編號", hand.account()),
        ("付款時間", hand.when()),
        ("訂單編號", facts.reference),
        ("繳費金額", hand.amount()),
        ("手續費", hand.fee()),
    ]
    for label, value in rows:
        sheet.pair(label, value, size=30, left=80, right=720, step=2.5)
    sheet.rule(left=80, right=720, dash=6)
    sheet.y += 30
    sheet.pair("付款總額", hand.total(), size=42, left=80, right=720, bold=True)
    sheet.y = 960
    return finished(sheet, hand, below=160)


def english_web(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A net bank in English, with a table."""
    hand = Hand(
        facts,
        rng,
        money=("ntd", "twd_cents", "nt_cents", "twd"),
        times=("english", "dash", "english_half"),
        masks=("full", "full", "tail5", "dash_group"),
    )
    sheet = Sheet.of(1200, 900, ground="white", ink="#102a43")
    sheet.put(50, "Online Banking", size=36, y=40, face="roman", bold=True)
    sheet.put(50, layout.titles[facts.status], size=30, y=120, face="latin")
    rows: list[tuple[str, str]] = [
        ("Beneficiary bank", f"{facts.bank} - {ENGLISH_BANKS[facts.bank]}"),
        ("Beneficiary account", hand.account()),
        ("Remittance amount", hand.amount()),
        ("Handling charge", hand.fee()),
        ("Total debit", hand.total()),
        (_planned(facts, "Transaction time", "Execution date"), hand.when()),
        ("Transaction ID", facts.reference),
    ]
    if facts.balance is not None:
        rows.append(("Balance after transaction", hand.balance()))
    if facts.memo:
        rows.append(("Remark", facts.memo))
    sheet.y = 200
    for number, (label, value) in enumerate(rows):
        ground: Colour = "#f0f4f8" if number % 2 == 0 else "white"
        sheet.block((50, sheet.y, 1150, sheet.y + 56), fill=ground)
        sheet.put(70, label, size=22, y=sheet.y + 15, face="latin", ink="#486581")
        sheet.put(560, value, size=22, y=sheet.y + 15, face="latin" if value.isascii() else "sans")
        sheet.y += 56
    return finished(sheet, hand, below=80)


def receipt_share(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A picture made for sharing: little on it, a pattern behind it, no phone's line."""
    hand = Hand(
        facts,
        rng,
        money=("nt", "full_dollar", "yuan_whole", "dollar"),
        times=("slash_minute", "half", "dots"),
        masks=("full", "full", "tail5", "holes"),
    )
    light = rng.choice(("#e0f2fe", "#fce7f3", "#ecfccb"))
    sheet = Sheet.of(900, 1100, ground=light)
    for x in range(0, 900, 60):
        sheet.pen.line((x, 0, x - 300, 1100), "#ffffff", 2)
    sheet.block((60, 60, 840, 1000), fill="white", radius=36)
    sheet.y = 120
    sheet.middle(layout.titles[facts.status], size=44, face="black")
    sheet.y += 10
    sheet.middle(day(facts.at, "slash"), size=26, ink="#94a3b8")
    sheet.y += 20
    for label, value in (
        ("轉入", hand.bank("{code} {name}")),
        ("帳號", hand.account()),
        ("金額", hand.amount()),
        ("時間", hand.when()),
        ("備註", facts.memo or "無"),
    ):
        sheet.put(120, label, size=30, ink="#64748b")
        sheet.put(260, value, size=38)
        sheet.y += 120
    return finished(sheet, hand, below=40)


_MONEY = frozenset({"fee", "memo"})
_PLAIN = {
    "success": "匯款成功",
    "scheduled": "預約成功",
    "pending": "處理中",
    "failed": "匯款失敗",
}
SCREENS = (
    Layout(
        "test-sentence",
        "transfer",
        "screen",
        sentence,
        {
            "success": "轉帳成功！",
            "scheduled": "已為您預約轉帳",
            "pending": "交易正在處理中",
            "failed": "轉帳未成功",
            "confirm": "請確認轉帳內容",
        },
        _MONEY,
    ),
    Layout(
        "test-tiles",
        "transfer",
        "screen",
        tiles,
        {**_PLAIN, "success": "交易完成"},
        frozenset({"fee", "balance"}),
    ),
    Layout("test-night", "transfer", "screen", night, _PLAIN, _MONEY | {"balance"}),
    Layout(
        "test-ledger",
        "transfer",
        "web",
        ledger,
        {
            "success": "交易結果：交易成功",
            "scheduled": "交易結果：預約交易成功",
            "pending": "交易結果：待放行",
            "failed": "交易結果：交易失敗，存款不足",
            "void": "交易結果：已沖正",
        },
        _MONEY | {"balance"},
    ),
    Layout(
        "test-notice",
        "transfer",
        "web",
        notice,
        {
            "success": "網路銀行轉帳成功通知",
            "scheduled": "網路銀行預約轉帳受理通知",
            "failed": "網路銀行轉帳失敗通知",
            "refund": "匯款退匯通知",
        },
        frozenset({"fee"}),
    ),
    Layout(
        "test-red-wallet",
        "transfer",
        "screen",
        red_wallet,
        {"success": "繳費成功", "pending": "繳費處理中", "failed": "付款失敗", "refund": "已退款"},
        frozenset({"fee", "total"}),
    ),
    Layout(
        "test-english-web",
        "transfer",
        "web",
        english_web,
        {
            "success": "Your transaction has been completed successfully.",
            "scheduled": "Your scheduled transaction has been accepted.",
            "pending": "Your transaction is pending approval.",
            "failed": "Your transaction was unsuccessful: insufficient balance.",
            "confirm": "Please verify the details and press Submit.",
        },
        _MONEY | {"total", "balance"},
    ),
    Layout(
        "test-share",
        "transfer",
        "screen",
        receipt_share,
        {"success": "轉帳成功", "scheduled": "預約轉帳", "failed": "轉帳失敗"},
        frozenset({"memo"}),
    ),
)
