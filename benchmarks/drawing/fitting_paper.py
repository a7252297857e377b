"""Paper of the fitting family: cash machines, the four chains' stores, a counter, a passbook."""

import random

from .facts import Facts
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .writing import BANKS, Hand, name_masked


def atm_colons(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A cash machine's slip: label, colon, value."""
    hand = Hand(
        facts,
        rng,
        money=("nt_plain", "dollar", "yuan", "nt_tight", "starred"),
        times=("roc_slash", "slash"),
        masks=("full", "full", "tail5", "tail6", "mid"),
    )
    page = Printer.of(32, cell=rng.choice((12, 14)))
    page.rough = rng.random() < 0.5
    page.line(rng.choice(tuple(BANKS.values())), at="m", tall=True)
    page.line("自動櫃員機交易明細表", at="m")
    page.line("-" * 32)
    when = hand.when().split(" ")
    page.line(f"交易日期:{when[0]}")
    if len(when) > 1:
        page.line(f"交易時間:{when[1]}")
    page.line(f"機　　號:{facts.reference[:5]}")
    page.line(f"交易序號:{facts.reference}")
    page.line(f"卡片帳號:***{facts.reference[-4:]}**")
    page.line(f"交易種類:{'預約轉帳' if facts.status == 'scheduled' else '轉帳'}")
    page.line(f"轉入銀行:{hand.bank('{code}')}")
    page.line(f"轉入帳號:{hand.account()}")
    page.line(f"轉帳金額:{hand.amount()}", tall=rng.random() < 0.3)
    page.line(f"手 續 費:{hand.fee()}")
    if facts.balance is not None:
        page.line(f"可用餘額:{hand.balance()}")
    page.line("-" * 32)
    page.line(f"交易訊息:{layout.titles[facts.status]}")
    page.line("請妥善保存本明細表", at="m")
    return finished(page, hand, below=30)


def atm_columns(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Another maker's machine: labels left, values right, a 16-digit number is paid as a bill."""
    hand = Hand(
        facts,
        rng,
        money=("bare", "yuan", "dollar_cents", "bare_cents"),
        times=("roc_dots", "roc_slash", "dash"),
        masks=("full", "full", "padded", "tail5"),
    )
    page = Printer.of(36, cell=12)
    page.line("交　易　明　細", at="m", big=True)
    page.line()
    page.pair("銀行別", rng.choice(tuple(BANKS)))
    page.pair("日期/時間", hand.when())
    page.pair("交易別", "繳費" if len(facts.account) == 16 else "轉帳")
    page.pair("轉入行", hand.bank("{code}"))
    page.pair("轉入帳號", hand.account())
    page.pair("交易金額", hand.amount())
    page.pair("手續費", hand.fee())
    if facts.balance is not None:
        page.pair("餘額", hand.balance())
    page.pair("序號", facts.reference)
    page.line("=" * 36)
    page.line(layout.titles[facts.status], at="m", tall=True)
    return finished(page, hand, below=30)


def seven(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A store's receipt with the segments as text."""
    hand = Hand(
        facts,
        rng,
        money=("yuan", "nt_tight", "yuan_spaced", "dollar"),
        times=("slash", "roc_slash"),
    )
    found = segments_of(facts, rng)
    page = Printer.of(30, cell=14)
    page.line("7-ELEVEN", at="m", big=True)
    page.line("代收款專用繳款證明(顧客聯)", at="m")
    page.line(f"學苑門市 ({facts.reference[:6]})", at="m")
    page.line(hand.when())
    page.line(f"機號:{facts.reference[-1]} 序號:{facts.reference}")
    page.line()
    page.line("代收項目:學校報名費")
    for number, text in zip("123", found.texts, strict=True):
        page.line(f"第{number}段:{text}")
    hand.account_shown = found.second
    page.line(f"代收金額:{hand.amount()}", tall=rng.random() < 0.6)
    page.line(f"手續費:{hand.fee()}")
    page.line("- " * 15)
    page.line(f"合計 1 項 {hand.total()}")
    cash, change = hand.cash()
    page.line(f"現金 {cash} 找零 {change}")
    _last(page, layout, facts)
    return finished(page, hand, below=30, barcodes=found.texts)


def family(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A store's receipt in two columns; the number without barcodes."""
    hand = Hand(facts, rng, money=("dollar", "bare", "yuan"), times=("slash_minute", "roc_slash"))
    page = Printer.of(32, cell=13)
    page.line("FamilyMart 全家", at="m", tall=True)
    page.line("代收繳款證明", at="m")
    page.line("=" * 32)
    page.pair("店名", "大學城店")
    page.pair("時間", hand.when())
    page.pair("代收業者", "金融代收")
    page.pair("銷帳編號", hand.account("full"))
    page.pair("代收金額", hand.amount())
    page.pair("手續費", hand.fee())
    page.line("-" * 32)
    page.pair("應收合計", hand.total())
    cash, change = hand.cash()
    page.pair("現金", cash)
    page.pair("找零", change)
    page.pair("交易序號", facts.reference)
    _last(page, layout, facts)
    return finished(page, hand, below=30)


def hilife(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A store's receipt that prints the three barcodes again."""
    hand = Hand(facts, rng, money=("nt_tight", "yuan", "dollar"), times=("slash", "roc_dots"))
    found = segments_of(facts, rng)
    page = Printer.of(40, cell=15)
    page.line("Hi-Life 萊爾富", at="m", big=True)
    page.line("代收款繳費收據", at="m")
    page.line(f"交易時間 {hand.when()}")
    page.line(f"序號 {facts.reference}")
    page.line()
    page.line("繳費項目 檢定報名費")
    for text in found.texts:
        page.sheet.bars(text, left=10, module=2, height=46)
        page.line(text, at="m")
    hand.account_shown = found.second
    page.line(f"繳費金額 {hand.amount()}")
    page.line(f"手續費   {hand.fee()}")
    page.line(f"總金額   {hand.total()}")
    _last(page, layout, facts)
    return finished(page, hand, below=30, barcodes=found.texts)


def okmart(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A store's receipt of few, big lines."""
    hand = Hand(facts, rng, money=("yuan", "dollar", "yuan_plain"), times=("slash_minute", "slash"))
    page = Printer.of(28, cell=15)
    page.rough = rng.random() < 0.5
    page.line("OK mart", at="m", big=True)
    page.line("代收款專用繳款證明", at="m")
    page.line("第一聯 顧客聯", at="m")
    page.line("*" * 28)
    page.line(hand.when())
    page.line(f"代收機構 {hand.bank('{name}')}")
    page.line("用戶編號")
    page.line(hand.account("full"), at="r")
    page.pair("代收金額", hand.amount(), tall=True)
    page.pair("手續費", hand.fee())
    page.pair("總計", hand.total())
    cash, change = hand.cash()
    page.pair("現金", cash)
    page.pair("找零", change)
    page.line(f"NO.{facts.reference}")
    _last(page, layout, facts)
    return finished(page, hand, below=30)


def _last(page: Printer, layout: Layout, facts: Facts) -> None:
    """The last lines of a store's receipt: that it is one, or that it was undone."""
    if facts.status != "success":
        page.line()
        page.line(layout.titles[facts.status], at="m", big=True)
    page.line("本繳款證明請妥善保管", at="m")


def counter(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank counter's receipt in a serif face, the sum in formal characters."""
    hand = Hand(facts, rng, money=("words", "taiwan_whole"), times=("roc_words", "roc_full"))
    sheet = Sheet.of(1240, 1000, ground="#fffef9")
    sheet.y = 70
    sheet.middle(f"{hand.bank('{name}')} 匯款回條聯", size=46, face="serif")
    sheet.y += 30
    rows = [
        ("交易日期", hand.when()),
        ("收款行", hand.bank("{code} {name}")),
        ("收款人帳號", hand.account()),
        ("匯款人", name_masked(facts.payer)),
        ("匯款金額", hand.amount()),
        ("小寫金額", f"NT$ {facts.amount:,}"),
        ("匯費", f"{facts.fee} 元"),
        ("狀態", layout.titles[facts.status]),
    ]
    for label, value in rows:
        sheet.block((110, sheet.y, 390, sheet.y + 82), outline="#444444")
        sheet.block((390, sheet.y, 1130, sheet.y + 82), outline="#444444")
        sheet.put(130, label, size=34, y=sheet.y + 18, face="serif")
        sheet.put(414, value, size=34, y=sheet.y + 18, face="serif")
        sheet.y += 82
    return finished(sheet, hand, below=70)


def passbook(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A passbook's page with one line, printed by a needle printer."""
    hand = Hand(facts, rng, money=("bare", "bare_cents"), times=("roc_slash_minute",))
    sheet = Sheet.of(1300, 700, ground="#eef4ee")
    heads = (
        (40, "日期"),
        (230, "摘要"),
        (400, "支出"),
        (600, "存入"),
        (770, "餘額"),
        (960, "備註"),
    )
    sheet.block((30, 60, 1270, 130), fill="#cfe0d2")
    for x, head in heads:
        sheet.put(x, head, size=28, y=76, face="serif", ink="#23422c")
    for y in range(130, 640, 66):
        sheet.y = y
        sheet.rule(left=30, right=1270, ink="#b5cbb9", thick=1)
    sheet.y = 150
    day = hand.when().split(" ")[0]
    cells = (day, layout.titles[facts.status], hand.amount(), "", hand.balance(), "")
    for (x, _), text in zip(heads, cells, strict=True):
        if text:
            sheet.put(x, text, size=27, face="mono" if text.isascii() else "sans", ink="#2a2a55")
    sheet.put(960, hand.bank("{code}"), size=25, face="mono", ink="#2a2a55")
    sheet.put(1020, hand.account(), size=25, face="mono", ink="#2a2a55")
    hand.dt_display = day
    sheet.y = 640
    return finished(sheet, hand, below=60)


_ATM = {"success": "交易成功", "failed": "交易失敗 4501", "scheduled": "預約交易受理"}
_STORE = {"success": "", "void": "交易取消", "refund": "退款"}
_CASH = frozenset({"fee", "total", "cash"})
PAPERS = (
    Layout(
        "fit-atm-colons", "transfer", "thermal", atm_colons, _ATM, frozenset({"fee", "balance"})
    ),
    Layout(
        "fit-atm-columns",
        "transfer",
        "thermal",
        atm_columns,
        {"success": "0000 交易成功", "failed": "4507 轉入帳號錯誤"},
        frozenset({"fee", "balance"}),
    ),
    Layout("fit-seven", "store", "thermal", seven, _STORE, _CASH | {"barcodes"}),
    Layout("fit-family", "store", "thermal", family, {**_STORE, "void": "＊作廢＊"}, _CASH),
    Layout(
        "fit-hilife", "store", "thermal", hilife, _STORE, frozenset({"fee", "total", "barcodes"})
    ),
    Layout("fit-okmart", "store", "thermal", okmart, {**_STORE, "void": "已取消"}, _CASH),
    Layout(
        "fit-counter",
        "transfer",
        "paper",
        counter,
        {"success": "交易完成", "failed": "已退匯", "void": "沖正"},
        frozenset({"fee", "words"}),
    ),
    Layout(
        "fit-passbook",
        "transfer",
        "paper",
        passbook,
        {"success": "跨行轉帳", "void": "沖正"},
        frozenset({"balance!"}),
    ),
)
