"""Pages of the third family that are never a proof, though sum and account may stand on them."""

import random
from dataclasses import replace
from datetime import timedelta

from .facts import Facts
from .layout import PAPER, SCREEN, THERMAL, WEB, Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .third_hand import Scribe, moment_text, sum_text, words_of
from .third_kit import Draw, aligned, boxed, button, phone_bar, sign, spread, stacked, told_truly
from .third_paper import printed, remittance, slip_with_parts


def _kiosk(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What a store's machine prints before anybody has paid."""
    hand = Scribe(facts, rng, money="$|元|NT$", times="slashes|minguo")
    codes = segments_of(facts, rng).texts
    hand.account_shown, hand.mask = codes[1], "segment"
    page = Printer.of(36, cell=16)
    page.line(rng.choice(("ibon 便利生活站", "FamiPort 全家", "Life-ET 生活通")), at="m", tall=True)
    page.line(rng.choice(("代收繳費單", "繳費單(非收據)", "服務單")), at="m")
    page.line(rng.choice(("繳費項目:學雜費", "項目:各級學校代收")))
    page.line(f"列印時間:{moment_text(facts.at, 'slashes')}")
    page.line(rng.choice(("應繳金額", "繳費金額", "金額")) + ":" + hand.amount())
    page.line("-" * 36)
    for code in codes:
        page.sheet.bars(code, left=8, module=2, height=66)
        page.line(code, at="m")
    page.line("-" * 36)
    for line in rng.choice(
        (
            ("請於3小時內持本單至櫃檯繳費", "逾時請重新列印"),
            ("請將本單交由店員刷條碼結帳", "未結帳前交易尚未成立"),
            ("本單據非繳費證明", "請至收銀台完成付款"),
        )
    ):
        page.line(line)
    return finished(page, hand, below=60, barcodes=codes)


def _bare_slip(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The school's slip, as it came."""
    hand = Scribe(facts, rng, money="NT$|元整|新台幣整|元", times="minguo_dots|short")
    codes = segments_of(facts, rng).texts
    page = slip_with_parts(facts, hand, rng, codes)
    page.put(60, "收款單位蓋章：", size=28)
    page.y += 90
    page.put(60, "未經收款單位簽章者，本聯無效。", size=24, ink="#777777")
    page.y += 44
    return finished(page, hand, below=60, barcodes=codes)


def _number_given(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A shop's or school's page: the number to pay to was given with success."""
    hand = Scribe(facts, rng, money="NT$|NT$ |元", times="short|slashes", masks="full|fours")
    page = Sheet.of(1080, 2000)
    phone_bar(page, rng, ink="#222222")
    page.y += 60
    sign(page, "success", 540, page.y, 60, "#2e7d32")
    page.y += 100
    page.middle(rng.choice(("取號成功", "訂單成立！", "報名成功")), size=54, bold=True)
    page.middle(
        rng.choice(("請於期限內完成轉帳", "尚未付款，請依下列資料繳費")), size=34, ink="#9a5b13"
    )
    page.y += 30
    until = facts.slip.until_on
    rows = [
        ("付款方式", "ATM 轉帳"),
        ("銀行代碼", hand.bank("{code}（{name}）")),
        (rng.choice(("轉帳帳號", "虛擬帳號", "繳費帳號")), hand.account()),
        (rng.choice(("應付金額", "訂單金額", "轉帳金額")), hand.amount()),
        ("繳費期限", f"{until:%Y/%m/%d} 23:59"),
        ("訂單編號", facts.reference),
    ]
    spread(page, rows, size=38, left=70, right=1010, step=2.4, rule="#eeeeee")
    return finished(page, hand, below=100)


def _blank_form(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The counter's form, filled in, not handed in."""
    return remittance(replace(layout, titles=_BLANK), replace(facts, status="unpaid"), rng)


def _machine_asks(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A cash machine's screen that asks whether all is right."""
    hand = Scribe(facts, rng, money="元|NT$|bare.00", times="short", masks="full|fours|sixteen")
    page = Sheet.of(1280, 960, ground=rng.choice(("#123a7a", "#0d5c63", "#1b1f3b")), ink="white")
    page.y = 70
    page.middle(rng.choice(("請確認您的交易內容", "轉帳資料確認", "請核對轉入帳號及金額")), size=56)
    page.y += 40
    words = words_of(
        rng.choice(
            ("bank=轉入銀行 to=轉入帳號 sum=轉帳金額", "tocode=轉入帳號 sum=交易金額 fee=手續費")
        )
    )
    rows = hand.rows(words, " ".join(words))
    aligned(page, rows, size=46, left=180, at=470, right=1240, faint="#ffe082", step=2.1)
    page.y += 60
    button(page, "更正", (120, page.y, 480, page.y + 110), fill="#b23b3b", ink="white")
    button(page, "正確請按此", (760, page.y, 1160, page.y + 110), fill="#2e8b57", ink="white")
    page.y += 110
    return finished(page, hand, below=80)


def _list(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Transactions of an account; one of them has the owed sum, none names an account."""
    hand = Scribe(facts, rng, money="bare|$", times="short")
    page = Sheet.of(1080, 2000)
    phone_bar(page, rng, ink="#222222")
    page.put(540, rng.choice(("交易明細", "帳戶往來明細", "近期紀錄")), size=46, anchor="m")
    page.y += 110
    sums = []
    place = rng.randrange(2, 6)
    for at in range(8):
        amount = facts.amount if at == place else rng.randrange(30, 9000)
        day = facts.at - timedelta(days=at, hours=rng.randrange(12))
        what = (
            "跨行轉帳" if at == place else rng.choice(("轉帳", "消費", "電費", "ATM提款", "悠遊付"))
        )
        page.put(60, what, size=40)
        page.put(1020, f"-{hand.amount()}" if at == place else f"-{amount:,}", size=42, anchor="r")
        page.put(60, moment_text(day, "short"), size=28, y=page.y + 56, ink="#8a8a8a")
        page.put(1020, f"餘額 {rng.randrange(900, 90_000):,}", size=28, y=page.y + 58, anchor="r")
        page.y += 130
        sums.append(amount)
    return finished(page, hand, below=70, distractors=tuple(sums))


def _planned_list(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Transfers that are set up for later days."""
    hand = Scribe(facts, rng, money="NT$|元", times="short", masks="full|last five|ends")
    page = Sheet.of(1080, 1900, ground="#f5f5f7")
    phone_bar(page, rng, ink="#222222")
    page.put(540, rng.choice(("預約轉帳查詢", "預約清單", "已排定的轉帳")), size=46, anchor="m")
    page.y += 120
    for first in (True, False):
        page.block((40, page.y, 1040, page.y + 430), fill="white", radius=24)
        page.y += 36
        amount = hand.amount() if first else sum_text(rng.randrange(100, 9000), "NT$")
        to = hand.account() if first else f"*****{rng.randrange(10_000, 99_999)}"
        day = facts.at + timedelta(days=0 if first else 30)
        rows = [("狀態", rng.choice(("等待執行", "預約中", "未到期")))]
        rows += [
            ("轉入帳號", to),
            ("金額", amount),
            ("預約日", f"{day:%Y/%m/%d}"),
            ("週期", "單次"),
        ]
        spread(page, rows, size=36, left=80, right=1000, step=2.1)
        page.y += 50
    return finished(page, hand, below=60)


def _card_bill(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A credit card's bill: what is to be paid, and to which number."""
    hand = Scribe(facts, rng, money="NT$|元|新台幣", times="short")
    page = Sheet.of(1240, 1500)
    page.block((0, 0, 1240, 120), fill="#6d1b3b")
    page.put(60, "海灣銀行 信用卡電子帳單", size=42, y=34, ink="white")
    page.y = 170
    page.put(60, f"{facts.at.year - 1911} 年 {facts.at.month:02d} 月　{facts.payer} 君", size=32)
    page.y += 76
    until = facts.at + timedelta(days=15)
    rows = [
        ("本期應繳總金額", hand.amount()),
        ("本期最低應繳金額", sum_text(min(facts.amount, 1000), "NT$")),
        ("繳款截止日", f"{until:%Y/%m/%d}"),
        ("上期應繳總額", sum_text(rng.randrange(300, 9000), "NT$")),
        ("已繳款金額", sum_text(facts.amount, "NT$")),
        ("轉帳繳款銀行代碼", hand.bank("{code}")),
        ("轉帳繳款帳號", "".join(str(rng.randrange(10)) for _ in range(14))),
    ]
    boxed(page, rows, size=30, left=60, at=480, right=1180, shade="#f7eef2", tall=2.1)
    page.y += 40
    page.put(60, "消費明細", size=32, bold=True)
    page.y += 60
    sums = []
    for shop in ("海東書局", "超商", "網路購物", "交通"):
        amount = rng.randrange(40, 2000)
        sums.append(amount)
        day = facts.at - timedelta(days=rng.randrange(3, 28))
        spread(page, [(f"{day:%m/%d}　{shop}", f"{amount:,}")], size=28, left=60, right=1180)
    return finished(page, hand, below=60, distractors=tuple(sums))


def _invoice(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A shop's electronic invoice."""
    hand = Scribe(facts, rng, money="$|元|NT$", times="dashes|slashes")
    page = Printer.of(28, cell=16)
    page.line(rng.choice(("海東書局", "統一超商", "全家便利商店")), at="m", tall=True)
    page.line("電子發票證明聯", at="m", tall=True)
    roc, pair = facts.at.year - 1911, (facts.at.month + 1) // 2 * 2
    page.line(f"{roc}年{pair - 1:02d}-{pair:02d}月", at="m", tall=True)
    letters = "".join(rng.choice("ABCDEFGHKLMNPRST") for _ in range(2))
    page.line(f"{letters}-{rng.randrange(10**7, 10**8)}", at="m", tall=True)
    page.line(hand.when())
    page.line(f"隨機碼 {rng.randrange(1000, 9999)}  總計 {facts.amount:,}")
    page.line(f"賣方 {rng.randrange(10**7, 10**8)}")
    page.sheet.bars(f"{roc}{pair:02d}{letters}{rng.randrange(1000, 10_000)}", left=20, height=60)
    page.line("-" * 28)
    printed(
        page,
        [("禮券", hand.amount()), ("合計", hand.amount()), ("現金", hand.amount())],
        right=True,
    )
    page.line("退貨請攜帶證明聯")
    return finished(page, hand, below=60)


def _quotation(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An offer: a sum and an account to send it to."""
    hand = Scribe(facts, rng, money="新台幣整|NT$|大寫", times="short")
    page = Sheet.of(1300, 1300)
    page.y = 60
    page.middle(rng.choice(("報　價　單", "估　價　單", "請　款　單")), size=54, face="serif")
    page.put(60, "客戶：國立海東科技大學 研發處", size=28)
    page.put(1240, f"日期：{facts.at:%Y/%m/%d}", size=28, anchor="r")
    page.y += 60
    rows = [
        ("品名", rng.choice(("證照教材一式", "考場佈置", "印刷品"))),
        ("數量", "1 式"),
        ("單價", sum_text(facts.amount, "NT$")),
        ("總計", hand.amount()),
        ("付款方式", "月結 30 天，匯款"),
        ("匯款銀行", hand.bank("{name}（{code}）")),
        ("匯款帳號", hand.account("full")),
    ]
    boxed(page, rows, size=32, left=60, at=330, right=1240, tall=2.1)
    page.y += 40
    page.put(60, "本報價單有效期限 14 日", size=26, ink="#666666")
    page.y += 50
    return finished(page, hand, below=120)


def _chat(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Talk about a payment, without a proof."""
    hand = Scribe(facts, rng, money="元 plain|NT$ plain|元", times="short")
    page = Sheet.of(1080, 1700, ground="#9bb4d4")
    phone_bar(page, rng, ink="#22324a")
    page.put(60, "‹ 室友", size=44)
    page.y += 130
    account = hand.account("full")
    talk = rng.choice(
        (
            (
                "報名費幫我轉一下",
                f"帳號 {facts.bank}-{account}",
                f"{hand.amount()} 對吧",
                "轉帳成功了喔！",
                "太好了謝謝",
            ),
            (
                f"{account}",
                f"學校的帳號 ({facts.bank})",
                f"要 {hand.amount()}",
                "我剛剛匯了",
                "收到！",
            ),
        )
    )
    for at, text in enumerate(talk):
        wide = 60 + sum(20 if ord(char) < 0x2E80 else 38 for char in text)
        left = 60 if at % 2 else 1020 - wide
        page.block(
            (left, page.y, left + wide, page.y + 92),
            fill="white" if at % 2 else "#8de055",
            radius=30,
        )
        page.put(left + 28, text, size=36, y=page.y + 20)
        page.y += 134
    return finished(page, hand, below=80)


def _push(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A locked screen: the bank says what went out, not to whom."""
    hand = Scribe(facts, rng, money="NT$|元|$", times="short")
    page = Sheet.of(1080, 2100, ground="#30405c", ink="white")
    for y in range(2100):
        page.pen.line((0, y, 1080, y), (40 + y // 40, 60 + y // 50, 110 - y // 60))
    phone_bar(page, rng, ink="white")
    page.y = 260
    page.middle(f"{facts.at.month}月{facts.at.day}日", size=50, ink="white")
    page.middle(f"{facts.at:%H:%M}", size=190, ink="white")
    page.y = 760
    text = rng.choice(
        (
            (f"您的帳戶轉出 {hand.amount()}", "轉帳交易成功，點擊查看明細"),
            (f"帳務通知：支出 {hand.amount()}", f"帳戶末五碼 {rng.randrange(10_000, 99_999)}"),
            (f"轉帳成功！金額 {hand.amount()}", "如非本人操作請速洽客服"),
        )
    )
    page.block((40, page.y, 1040, page.y + 250), fill="#dfe5ee", radius=40)
    page.put(
        90, rng.choice(("海灣銀行", "LINE", "青山行動銀行")), size=30, y=page.y + 28, ink="#44506a"
    )
    page.put(990, "現在", size=28, y=page.y + 30, ink="#6a748a", anchor="r")
    page.put(90, text[0], size=40, y=page.y + 82, ink="#111111", bold=True)
    page.put(90, text[1], size=36, y=page.y + 150, ink="#222222")
    page.y += 640
    return finished(page, hand, below=100)


def _inquiry(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A machine's slip of a question for the balance, which is the owed sum."""
    hand = Scribe(facts, rng, money="NT$|元|bare.00", times="slashes|minguo")
    page = Printer.of(32, cell=15)
    page.line("青山銀行", at="m", tall=True)
    page.line("自動櫃員機交易明細表", at="m")
    page.line("-" * 32)
    rows = [("交易時間", hand.when()), ("交易種類", "餘額查詢"), ("卡片帳號", hand.say("out"))]
    rows += [("帳戶餘額", hand.amount()), ("可用餘額", hand.amount()), ("訊息", "交易成功")]
    printed(page, rows)
    page.line("-" * 32)
    page.line("謝謝光臨", at="m")
    return finished(page, hand, below=60)


def _request(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A code that asks for money."""
    hand = Scribe(facts, rng, money="NT$|$|元", times="short", masks="full|last five")
    page = Sheet.of(1080, 1900, ground="#06b050", ink="white")
    phone_bar(page, rng, ink="white")
    page.middle(rng.choice(("收款碼", "向我付款", "台灣Pay 收款")), size=50, ink="white")
    page.block((120, page.y + 30, 960, page.y + 1240), fill="white", radius=40)
    top, side = page.y + 80, 20
    for row in range(33):
        for column in range(33):
            if rng.random() < 0.5:
                x, y = 210 + column * side, top + row * side
                page.pen.rectangle((x, y, x + side - 1, y + side - 1), "black")
    page.y = top + 34 * side
    ink = "#222222"
    page.middle(hand.amount(), size=80, ink=ink)
    page.middle(hand.bank("{name}({code})"), size=38, ink=ink)
    page.middle(hand.account(), size=44, ink=ink)
    page.middle("掃描條碼即可轉帳給我", size=32, ink="#777777")
    page.y += 150
    return finished(page, hand, below=60)


def _purchase(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A wallet's payment to a shop: the owed sum, nobody's account."""
    hand = Scribe(facts, rng, money="NT$|NT$ |$", times="slashes|short")
    page = Sheet.of(1080, 1800)
    phone_bar(page, rng, ink="#222222")
    page.y += 60
    sign(page, "success", 540, page.y, 64, "#06c755")
    page.y += 110
    page.middle(rng.choice(("付款完成", "付款成功", "交易完成")), size=52, bold=True)
    page.middle(hand.amount(), size=92, face="black")
    page.y += 30
    rows = [
        (rng.choice(("商店名稱", "特店")), rng.choice(("海東書局", "早安美芝屋", "海東影印"))),
        ("付款方式", rng.choice(("帳戶餘額", "信用卡 **** 1234", "LINE Pay"))),
        ("付款時間", hand.when()),
        ("交易編號", facts.reference),
        ("回饋點數", f"{facts.amount // 100} 點"),
    ]
    spread(page, rows, size=38, left=80, right=1000, step=2.4)
    return finished(page, hand, below=90)


def _top_up(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A store's slip for money put on a card."""
    hand = Scribe(facts, rng, money="$|元|bare", times="slashes|dashes")
    page = Printer.of(30, cell=15)
    page.line("FamilyMart", at="m", big=True)
    page.line(rng.choice(("悠遊卡加值交易", "一卡通 儲值證明", "遊戲點數 代收")), at="m", tall=True)
    page.line(hand.when())
    card = f"{rng.randrange(10**9, 10**10)}"
    rows = [("卡號", card), ("加值前餘額", str(rng.randrange(0, 300))), ("加值金額", hand.amount())]
    rows += [("加值後餘額", str(facts.amount + rng.randrange(0, 300))), ("現金", hand.amount())]
    printed(page, rows, right=True)
    page.line("交易成功 請保留收據", at="m")
    return finished(page, hand, below=60)


def _standing_order(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An order to debit was set up; nothing was debited."""
    hand = Scribe(facts, rng, money="NT$|元|NT$ ", times="short", masks="full|ends|last five")
    page = Sheet.of(1080, 1900, ground="#f7f8fa")
    phone_bar(page, rng, ink="#222222")
    page.y += 50
    sign(page, "success", 540, page.y, 60, "#1769aa")
    page.y += 90
    page.middle(
        rng.choice(("約定轉入帳號設定成功", "自動扣繳申請成功", "常用帳號新增成功")),
        size=50,
        bold=True,
    )
    page.y += 40
    rows = [
        ("轉入銀行", hand.bank()),
        ("轉入帳號", hand.account()),
        (rng.choice(("單筆限額", "扣款上限", "每次金額")), hand.amount()),
        ("設定時間", hand.when()),
        ("生效日", f"{facts.at + timedelta(days=1):%Y/%m/%d}"),
    ]
    stacked(page, rows, size=42, left=80, right=1000, rule="#e3e6ea")
    return finished(page, hand, below=90)


def _abroad(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The owed figure in another currency."""
    hand = Scribe(facts, rng, money="bare.00", times="british|iso", masks="full", english=True)
    page = Sheet.of(1240, 1300)
    currency = rng.choice(("JPY", "USD", "CNY", "VND"))
    page.y = 60
    page.put(
        60, rng.choice(("外幣匯款交易成功", "Foreign remittance completed")), size=46, bold=True
    )
    page.y += 100
    rows = [
        ("匯款金額 Amount", f"{currency} {hand.amount()}"),
        ("收款銀行 Bank", hand.bank("{english}")),
        ("收款帳號 Account", hand.account()),
        ("郵電費 Charges", f"TWD {rng.choice((300, 420, 600))}"),
        ("交易時間 Time", hand.when()),
        ("交易編號 Ref.", facts.reference),
    ]
    boxed(page, rows, size=30, left=60, at=440, right=1180, tall=2.2)
    return finished(page, hand, below=90)


def _registered(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The school's own page after signing up: done, and still to be paid."""
    hand = Scribe(facts, rng, money="元|NT$|新台幣", times="short")
    page = Sheet.of(1300, 1200)
    page.block((0, 0, 1300, 110), fill="#234e70")
    page.put(60, "海東科大 證照報名系統", size=40, y=30, ink="white")
    page.y = 160
    page.put(60, rng.choice(("✓ 報名資料送出成功", "您的報名已完成")), size=42, ink="#1c7c3c")
    page.y += 90
    rows = [
        ("報名編號", facts.reference),
        ("姓名", facts.payer),
        ("應繳費用", hand.amount()),
        ("繳費狀態", rng.choice(("未繳費", "待繳費", "尚未入帳"))),
        ("繳費帳號", f"{facts.bank} - {hand.account('full')}"),
        ("報名時間", hand.when()),
    ]
    boxed(page, rows, size=30, left=60, at=340, right=1240, tall=2.2)
    return finished(page, hand, below=100)


_BLANK = {"unpaid": "匯款申請書|國內匯款申請書（代傳票）"}


def _page(name: str, kind: str, medium: str, draw: Draw, negative: str) -> Layout:
    """A page that sets one trap only, as often as others set many."""
    return Layout(f"third-{name}", kind, medium, told_truly(draw), negative=negative, weight=8)


NEVER = (
    _page("kiosk", "slip", THERMAL, _kiosk, "unpaid_slip"),
    _page("bare-slip", "slip", PAPER, _bare_slip, "unpaid_slip"),
    _page("number-given", "slip", SCREEN, _number_given, "unpaid_slip"),
    _page("blank", "transfer", PAPER, _blank_form, "unpaid_slip"),
    _page("registered", "slip", WEB, _registered, "unpaid_slip"),
    _page("asks", "transfer", SCREEN, _machine_asks, "pending_confirm"),
    _page("list", "transfer", SCREEN, _list, "history"),
    _page("planned-list", "none", SCREEN, _planned_list, "planned_list"),
    _page("card-bill", "none", WEB, _card_bill, "card_bill"),
    _page("invoice", "none", THERMAL, _invoice, "invoice"),
    _page("quotation", "none", PAPER, _quotation, "quotation"),
    _page("chat", "none", SCREEN, _chat, "not_receipt"),
    _page("push", "none", SCREEN, _push, "thin_notice"),
    _page("inquiry", "none", THERMAL, _inquiry, "balance_inquiry"),
    _page("request", "none", SCREEN, _request, "request_for_money"),
    _page("purchase", "none", SCREEN, _purchase, "shop_payment"),
    _page("top-up", "none", THERMAL, _top_up, "top_up"),
    _page("standing-order", "none", SCREEN, _standing_order, "standing_order"),
    _page("abroad", "none", WEB, _abroad, "other_currency"),
)
