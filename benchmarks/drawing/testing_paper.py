"""Paper of the testing family: other machines, other chains' printers, a form, a passbook."""

import random
from dataclasses import replace

from .facts import Facts
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .writing import BANKS, Hand, in_words, name_masked


def atm_form(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A cash machine that prints into a form with heads."""
    hand = Hand(
        facts,
        rng,
        money=("nt_cents", "bare_cents", "starred", "yuan"),
        times=("roc_slash", "compact", "dots"),
        masks=("full", "full", "group", "tail5"),
    )
    page = Printer.of(38, cell=12, ground="#f7f9fc")
    page.rough = True
    page.line(f"{rng.choice(tuple(BANKS.values()))} ATM", at="m", big=True)
    page.line("客戶交易紀錄", at="m")
    page.line("+" + "-" * 36 + "+")
    page.line("日期　　　　時間　　　　機台")
    page.line(f"{hand.when()}　{facts.reference[:4]}")
    page.line("+" + "-" * 36 + "+")
    page.line("交易項目　　　　交易金額")
    what = "跨行轉帳" if facts.status != "scheduled" else "預約轉帳"
    page.line(f"{what}　　　　{hand.amount()}")
    page.line("轉入帳號")
    page.line(f"　{facts.bank} {hand.account()}")
    page.line(f"手續費　{hand.fee()}")
    if facts.balance is not None:
        page.line(f"帳戶餘額　{hand.balance()}")
    page.line("+" + "-" * 36 + "+")
    page.line(f"訊息：{layout.titles[facts.status]}")
    page.line(f"序號：{facts.reference}")
    return finished(page, hand, below=40)


def atm_stacked(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A narrow slip: label in one line, value at the right of the next."""
    hand = Hand(
        facts,
        rng,
        money=("nt_tight", "dollar", "twd", "full"),
        times=("roc_dots", "slash", "roc_half"),
        masks=("full", "full", "tail6", "mid_x"),
    )
    page = Printer.of(24, cell=14)
    page.face = rng.choice(("mono", "narrow"))
    page.line("自動化服務設備", at="m")
    page.line("交易明細", at="m", tall=True)
    for label, value in (
        ("【時間】", hand.when()),
        ("【轉入行代號】", hand.bank("{code}")),
        ("【轉入帳戶】", hand.account()),
        ("【轉帳金額】", hand.amount()),
        ("【手續費】", hand.fee()),
        ("【交易序號】", facts.reference),
        ("【交易結果】", layout.titles[facts.status]),
    ):
        page.line(label)
        page.line(value, at="r")
    return finished(page, hand, below=30)


def chain_a(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chain that prints the barcodes' texts in one block at the end."""
    hand = Hand(facts, rng, money=("dollar", "yuan", "nt"), times=("slash_minute", "dash"))
    found = segments_of(facts, rng)
    page = Printer.of(34, cell=13)
    page.face = "narrow"
    page.line("統一超商", at="m", big=True)
    page.line("繳款證明(顧客聯)", at="m", tall=True)
    page.line(f"*{facts.reference[:6]} 校園店  {hand.when()}")
    page.line("報名費代收")
    page.pair("　金額", hand.amount(), gap=".")
    page.pair("　手續費", hand.fee(), gap=".")
    page.pair("　小計", hand.total(), gap=".", tall=True)
    cash, change = hand.cash()
    page.line(f"收現 {cash}  找 {change}")
    _undone(page, layout, facts)
    page.line("-" * 34)
    page.line(f"條碼一 {found.first}")
    page.line(f"條碼二 {found.second}")
    page.line(f"條碼三 {found.third}")
    hand.account_shown = found.second
    page.line("此聯為繳費憑證,遺失不補發", at="m")
    return finished(page, hand, below=40, barcodes=found.texts)


def chain_b(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chain with a boxed sum and formal characters."""
    hand = Hand(facts, rng, money=("yuan", "yuan_whole", "nt_tight"), times=("roc_words", "slash"))
    page = Printer.of(30, cell=14, ground="#fffdf5")
    page.line("全家便利商店", at="m", tall=True)
    page.line("代收服務 繳費收執聯", at="m")
    page.line()
    page.line(f"收訖時間：{hand.when()}")
    page.line(f"帳單號碼：{hand.account('full')}")
    top = page.sheet.y
    page.line()
    page.line(f"繳款金額 {hand.amount()}", at="m", tall=True)
    page.line(f"({in_words(facts.amount)})", at="m")
    page.sheet.block((40, top + 10, page.sheet.width - 40, page.sheet.y + 10), outline="#222222")
    page.sheet.y += 30
    page.line(f"處理費：{hand.fee()}")
    page.line(f"實收：{hand.total()}")
    _undone(page, layout, facts)
    page.line(f"交易碼 {facts.reference}", at="m")
    return finished(page, hand, below=40)


def chain_c(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chain that prints one barcode, the third, and names the rest."""
    hand = Hand(facts, rng, money=("bare", "dollar"), times=("slash", "roc_slash"))
    found = segments_of(facts, rng)
    page = Printer.of(42, cell=14)
    page.line("HiLife", at="m", big=True)
    page.line("代 收 證 明", at="m", tall=True)
    page.line(hand.when(), at="m")
    page.pair("代收類別", "學雜報名")
    page.pair("繳款編號", hand.account("full"))
    page.pair("代收金額(元)", hand.amount())
    page.pair("代收手續費(元)", hand.fee())
    page.line("~" * 42)
    page.sheet.bars(found.third or "", left=20, module=2, height=54)
    page.line(found.third or "", at="m")
    _undone(page, layout, facts)
    page.line(f"店號{facts.reference[:4]} 機{facts.reference[4]} 序{facts.reference}")
    return finished(page, hand, below=40, barcodes=(found.third or "",))


def chain_d(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chain with three receipts' worth of small print around few facts."""
    hand = Hand(facts, rng, money=("nt_tight", "yuan_plain"), times=("dash", "roc_dots"))
    page = Printer.of(32, cell=13)
    page.rough = rng.random() < 0.5
    page.line("來來超商 OK", at="l", tall=True)
    page.line("服務電話 0800-000-000")
    page.line(f"日期 {hand.when()}")
    page.line("[代收繳費]")
    page.line("繳款人請核對以下內容")
    page.line(f"編號:{hand.account('full')}")
    page.line(f"金額:{hand.amount()}  手續費:{hand.fee()}")
    page.line(f"總額:{hand.total()}")
    cash, change = hand.cash()
    page.line(f"收:{cash}  找:{change}")
    _undone(page, layout, facts)
    page.line("已繳費,本聯請保存六個月" if facts.status == "success" else "", at="l")
    page.line(f"#{facts.reference}")
    return finished(page, hand, below=40)


def _undone(page: Printer, layout: Layout, facts: Facts) -> None:
    if facts.status != "success":
        page.line(layout.titles[facts.status], at="m", tall=True)


def form(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A counter's form: digits in boxes of ten thousands to ones, formal characters, a stamp."""
    hand = Hand(facts, rng, money=("words",), times=("roc_words", "roc_slash"))
    sheet = Sheet.of(1400, 900, ground="#fdfbf2", ink="#1f2a44")
    sheet.y = 50
    sheet.middle("國內匯款申請書（代收入傳票） 收據聯", size=38, face="serif")
    sheet.put(1340, f"{hand.when()}", size=28, anchor="r")
    sheet.y += 60
    for label, value in (
        ("解款行", hand.bank("{name} {code}")),
        ("收款帳號", hand.account("full")),
        ("匯款人", name_masked(facts.payer)),
        ("匯款金額", f"NT$ {facts.amount:,}"),
        ("（大寫）", hand.amount()),
        ("手續費", f"{facts.fee} 元"),
        ("編號", facts.reference),
    ):
        sheet.put(80, label, size=32, face="serif", ink="#6b2f2f")
        sheet.put(330, value, size=34, face="serif")
        sheet.y += 78
        sheet.rule(left=70, right=1330, ink="#b9a77c", thick=1)
        sheet.y += 8
    red = "#c0282d"
    sheet.pen.ellipse((1060, 330, 1290, 560), outline=red, width=6)
    sheet.put(1175, layout.titles[facts.status], size=50, y=400, ink=red, anchor="m", face="serif")
    return finished(sheet, hand, below=70)


def book(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A passbook's page with earlier lines of other kinds above the transfer."""
    hand = Hand(facts, rng, money=("bare", "starred"), times=("roc_dots",))
    sheet = Sheet.of(1400, 640, ground="#f6eef3")
    heads = (
        (40, "年月日"),
        (220, "交易"),
        (420, "提款"),
        (620, "存款"),
        (830, "結存"),
        (1030, "資料"),
    )
    for x, head in heads:
        sheet.put(x, head, size=26, y=50, ink="#7a2850")
    sheet.y = 100
    sheet.rule(left=30, right=1370, ink="#b06a8c")
    sheet.y += 24
    day = hand.when().split(" ")[0]
    rest = (facts.balance or 0) + facts.amount
    before = (
        (day, "薪資", "", "12,345", f"{rest + 800:,}", ""),
        (day, "提款", "800", "", f"{rest:,}", ""),
    )
    for row in before:
        _book_line(sheet, heads, row)
    note = f"{facts.bank}-{hand.account('full')}"
    row = (day, layout.titles[facts.status], hand.amount(), "", hand.balance(), note)
    _book_line(sheet, heads, row)
    hand.dt_display = day
    drawn = finished(sheet, hand, below=120)
    return replace(drawn, distractors=(800, 12_345))


def _book_line(sheet: Sheet, heads: tuple[tuple[int, str], ...], texts: tuple[str, ...]) -> None:
    for (x, _), text in zip(heads, texts, strict=True):
        if text:
            sheet.put(x, text, size=24, face="mono" if text.isascii() else "sans", ink="#32323c")
    sheet.y += 58


_STORE = {"success": "", "void": "本筆交易作廢", "refund": "退 款"}
_CASH = frozenset({"fee", "total", "cash"})
PAPERS = (
    Layout(
        "test-atm-form",
        "transfer",
        "thermal",
        atm_form,
        {"success": "交易成功", "failed": "4206 超過累計限額", "scheduled": "預約完成"},
        frozenset({"fee", "balance"}),
    ),
    Layout(
        "test-atm-stacked",
        "transfer",
        "thermal",
        atm_stacked,
        {"success": "OK", "failed": "失敗", "void": "已沖正"},
        frozenset({"fee"}),
    ),
    Layout("test-chain-a", "store", "thermal", chain_a, _STORE, _CASH | {"barcodes"}),
    Layout(
        "test-chain-b", "store", "thermal", chain_b, _STORE, frozenset({"fee", "total", "words"})
    ),
    Layout("test-chain-c", "store", "thermal", chain_c, _STORE, frozenset({"fee", "barcodes"})),
    Layout("test-chain-d", "store", "thermal", chain_d, {**_STORE, "void": "取消代收"}, _CASH),
    Layout(
        "test-form",
        "transfer",
        "paper",
        form,
        {"success": "收訖", "void": "註銷"},
        frozenset({"fee", "words"}),
    ),
    Layout(
        "test-book",
        "transfer",
        "paper",
        book,
        {"success": "轉帳", "void": "更正"},
        frozenset({"balance!"}),
    ),
)
