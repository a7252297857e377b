"""Pages of the testing family that are never a proof."""

import random

from .facts import Facts
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .writing import BANKS, Hand, masked, moment, money, name_masked


def bill(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The slip itself: three coupons on one sheet, instructions around them."""
    hand = Hand(facts, rng, money=("yuan", "taiwan"), times=("roc_slash",))
    found = segments_of(facts, rng)
    sheet = Sheet.of(1240, 1500, ground="#fffffb")
    sheet.y = 60
    sheet.put(80, "推廣教育收費　繳款通知", size=42, face="serif", bold=True)
    sheet.y += 90
    for label, value in (
        ("姓　　名", name_masked(facts.payer)),
        ("收費項目", "能力鑑定報名"),
        ("應繳金額", hand.amount()),
        ("轉帳銀行", hand.bank("{name} 代號{code}")),
        ("轉帳帳號", hand.account("dash_group")),
        ("截止日期", moment(facts.at, "roc_slash").split(" ")[0]),
    ):
        sheet.put(100, f"{label}：{value}", size=32, face="serif")
        sheet.y += 62
    for coupon in ("收據聯", "銀行留存聯", "超商收執聯"):
        sheet.rule(left=40, right=1200, dash=12, ink="#555555")
        sheet.y += 20
        sheet.put(100, f"{coupon}　{hand.amount()}", size=28, face="serif")
        sheet.y += 70
    for text in found.texts:
        sheet.bars(text, left=500, module=2, height=40)
        sheet.put(560, text, size=20, face="mono")
        sheet.y += 34
    return finished(sheet, hand, barcodes=found.texts)


def kiosk(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A kiosk's paper for the cashier."""
    hand = Hand(facts, rng, money=("dollar", "yuan"), times=("slash", "dash"))
    found = segments_of(facts, rng)
    page = Printer.of(40, cell=15)
    page.line("FamiPort", at="m", big=True)
    page.line("繳費單(非收據)", at="m", tall=True)
    page.line(f"總金額:{hand.amount()}")
    page.line("請於 3 小時內至櫃檯完成繳費")
    page.line(f"列印:{hand.when()}")
    for text in found.texts:
        page.sheet.bars(text, left=4, module=2, height=56)
        page.line(text, at="m")
    return finished(page, hand, below=30, barcodes=found.texts)


def review(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Step two of three: nothing was sent yet."""
    hand = Hand(facts, rng, money=("twd", "nt_tight"), times=("slash",))
    sheet = Sheet.of(1200, 760)
    sheet.put(60, "1 輸入資料  ›  2 核對內容  ›  3 完成", size=26, y=50, ink="#888888")
    sheet.put(60, "核對內容", size=36, y=110, bold=True)
    sheet.y = 190
    for label, value in (
        ("收款帳號", f"{hand.bank('({code})')} {hand.account('full')}"),
        ("金額", hand.amount()),
        ("手續費", hand.fee()),
        ("轉帳時間", "立即"),
        ("驗證碼", "______"),
    ):
        sheet.pair(label, value, size=28, left=80, right=900, step=2.3)
    sheet.block((80, sheet.y + 20, 320, sheet.y + 90), outline="#333333", radius=8)
    sheet.put(200, "上一步", size=26, y=sheet.y + 36, anchor="m")
    sheet.block((360, sheet.y + 20, 700, sheet.y + 90), fill="#0f766e", radius=8)
    sheet.put(530, "送出交易", size=26, y=sheet.y + 36, ink="white", anchor="m")
    sheet.y += 90
    return finished(sheet, hand)


def movements(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A table of movements; sum and account of the slip stand in different rows."""
    hand = Hand(facts, rng, money=("bare",), times=("dash_minute",))
    sheet = Sheet.of(1300, 760)
    sheet.put(40, "存款交易明細", size=34, y=40, bold=True)
    sheet.y = 110
    heads = ("日期時間", "摘要", "支出金額", "存入金額", "對方帳號")
    places = (40, 330, 520, 720, 900)
    for x, head in zip(places, heads, strict=True):
        sheet.put(x, head, size=24, ink="#555555")
    sheet.y += 50
    for number in range(rng.randrange(5, 9)):
        amount = facts.slip.amount if number == 2 else rng.choice((55, 430, 1250, 88))
        account = facts.slip.account if number == 3 else str(rng.randrange(10**13, 10**14))
        texts = (
            moment(facts.at, hand.time),
            "網路轉帳",
            money(amount, "bare"),
            "",
            masked(account, "full"),
        )
        sheet.rule(left=40, right=1260)
        sheet.y += 14
        for x, text in zip(places, texts, strict=True):
            sheet.put(x, text, size=24)
        sheet.y += 50
    return finished(sheet, hand)


def talk(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A dark chat in which somebody promises and somebody confirms."""
    hand = Hand(facts, rng, money=("yuan", "nt"), times=("slash_minute",))
    sheet = Sheet.of(820, 1500, ground="#1f1f24", ink="#ececf1")
    sheet.y = 60
    sheet.middle("系辦 王小姐", size=32)
    sheet.y = 160
    for mine, text in (
        (False, "帳號再給我一次"),
        (True, f"({facts.bank}) {facts.account}"),
        (True, f"金額 {hand.amount()}"),
        (False, f"繳費成功 {hand.when()}"),
        (False, f"{hand.amount()} 已匯到 {facts.account[-5:]}"),
    ):
        wide = 40 + sum(16 if ord(char) < 0x2E80 else 30 for char in text)
        left = 780 - wide if mine else 40
        sheet.block((left, sheet.y, left + wide, sheet.y + 74), fill="#3b3b46", radius=20)
        sheet.put(left + 20, text, size=28, y=sheet.y + 18)
        sheet.y += 104
    return finished(sheet, hand, below=260)


def opening(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's page on a new account."""
    hand = Hand(facts, rng, money=("nt_tight",), times=("slash",))
    sheet = Sheet.of(900, 1300, ground="#f0fdf4")
    sheet.y = 100
    sheet.middle("開戶成功", size=50, bold=True, ink="#15803d")
    sheet.y += 40
    for label, value in (
        ("銀行", f"{facts.bank} {BANKS[facts.bank]}"),
        ("您的帳號", hand.account("full")),
        ("開戶時間", hand.when()),
        ("首存金額", hand.amount()),
    ):
        sheet.above(label, value, size=38, left=80)
    return finished(sheet, hand)


def meal(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A restaurant's receipt over the same sum, paid."""
    hand = Hand(facts, rng, money=("dollar", "yuan"), times=("slash_minute",))
    page = Printer.of(28, cell=14)
    page.line("青田食堂", at="m", big=True)
    page.line(f"桌號 {facts.reference[:2]}  {hand.when()}")
    page.line("-" * 28)
    half = facts.amount // 2
    page.pair("定食 x2", str(half))
    page.pair("套餐 x3", str(facts.amount - half))
    page.pair("應付金額", hand.amount(), tall=True)
    page.pair("付款方式", "行動支付 成功")
    page.pair("交易序號", facts.reference)
    return finished(page, hand, below=30)


OTHERS = (
    Layout("test-bill", "slip", "paper", bill, negative="unpaid_slip"),
    Layout("test-kiosk", "slip", "thermal", kiosk, negative="unpaid_slip"),
    Layout("test-review", "transfer", "web", review, negative="pending_confirm"),
    Layout("test-movements", "transfer", "web", movements, negative="history"),
    Layout("test-talk", "none", "screen", talk, negative="chat"),
    Layout("test-opening", "none", "screen", opening, negative="account_page"),
    Layout("test-meal", "none", "thermal", meal, negative="other_receipt"),
)
