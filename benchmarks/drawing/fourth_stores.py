"""The fourth family's receipts of the four chains of convenience stores, and one without bars."""

import random

from mailflow.slips.segments import Segments

from .facts import Facts
from .fourth_hand import Quill, Row
from .fourth_kit import layout
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .third_kit import fitting

_ITEMS = ("大專院校學雜費", "學校報名費", "教育規費代收", "代收學雜費")
_SHOPS = ("明湖", "遠山", "新站前", "松林", "城東")


def _bars(sheet: Sheet, told: Segments, quill: Quill, *, left: int, high: int, size: int) -> None:
    """Three bars, each with its letters below; the second is the account."""
    for text in told.texts:
        sheet.bars(text, left=left, height=high)
        sheet.put(left + 20, text, size=size, face="mono")
        sheet.y += round(size * 1.6)
    quill.account_shown, quill.mask = told.second, "whole"


def _sums(quill: Quill, words: tuple[str, str, str]) -> list[Row]:
    """What was collected, for whom, and all together."""
    amount, fee, total = words
    found: list[Row] = [(amount, quill.amount())]
    if fee:
        found.append((fee, quill.fee()))
    if total:
        found.append((total, quill.total()))
    return found


def _red(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    printer = Printer.of(44, cell=15)
    quill = Quill(facts, rng, sums=("{n:,}元", "${n:,}", "{n:,}"), times=("slash", "slash_short"))
    printer.line("7-ELEVEN", at="m", big=True)
    printer.line(which.titles[facts.status], at="m", tall=True)
    printer.line(f"統一超商 {rng.choice(_SHOPS)}門市 ({rng.randrange(10**5, 10**6)})", at="m")
    printer.pair(f"TM:{rng.randrange(1, 4)} 序:{rng.randrange(10**5, 10**6)}", quill.when())
    printer.line("=" * 44)
    printer.line(f"代收項目：{rng.choice(_ITEMS)}")
    told = segments_of(facts, rng)
    printer.sheet.y += 10
    _bars(printer.sheet, told, quill, left=40, high=70, size=26)
    printer.line("-" * 44)
    for label, value in _sums(quill, ("代收金額", "代收手續費", "小計")):
        printer.pair(label, value)
    given, change = quill.cash()
    printer.pair("現金", given)
    printer.pair("找零", change)
    printer.line("本聯請保留六個月以便查詢", at="m")
    return finished(printer, quill, barcodes=told.texts)


def _green(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Sums first, bars last."""
    sheet = Sheet.of(720, 2000, ground="#fcfcfa", ink="#202020")
    quill = Quill(facts, rng, sums=("NT${n:,}", "{n:,} 元"), times=("roc", "slash", "roc_half"))
    sheet.y = 40
    sheet.middle("FamilyMart 全家", size=40, face="black")
    sheet.middle(which.titles[facts.status], size=34)
    sheet.y += 10
    told: list[Row] = [("店名", f"全家{rng.choice(_SHOPS)}店"), ("交易時間", quill.when())]
    told += [("收銀機", f"{rng.randrange(1, 5):02d}"), ("項目", rng.choice(_ITEMS))]
    told += _sums(quill, ("實繳金額", "手續費", "收款合計"))
    for label, value in told:
        sheet.put(50, label, size=30)
        sheet.put(670, value, size=fitting(value, 30, 440), anchor="r")
        sheet.y += 50
    sheet.rule(left=40, right=680, ink="#333333", dash=6)
    sheet.y += 24
    codes = segments_of(facts, rng)
    _bars(sheet, codes, quill, left=30, high=80, size=28)
    sheet.middle("繳費狀況查詢請攜帶本單據", size=26)
    return finished(sheet, quill, barcodes=codes.texts)


def _blue(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Letters of the bars alone, each with its name."""
    printer = Printer.of(36, cell=16)
    printer.rough = True
    quill = Quill(facts, rng, sums=("{n:,}", "${n:,}", "{n}元"), times=("slash", "dash", "tight"))
    printer.line("萊爾富便利商店", at="m", tall=True)
    printer.line(which.titles[facts.status], at="m")
    printer.line(f"{rng.choice(_SHOPS)}店  店號 {rng.randrange(1000, 9999)}")
    printer.line(f"時間 {quill.when()}")
    printer.line(f"收銀員 {rng.randrange(100, 999)}  單號 {facts.reference[:7]}")
    printer.line("*" * 36)
    codes = segments_of(facts, rng)
    for name, text in zip(("條碼一", "條碼二", "條碼三"), codes.texts, strict=True):
        printer.line(f"{name} {text}")
    quill.account_shown, quill.mask = codes.second, "whole"
    printer.line("*" * 36)
    for label, value in _sums(quill, ("繳款金額", "手續費", "應收總額")):
        printer.pair(label, value, gap=".")
    given, change = quill.cash()
    printer.pair("收現", given, gap=".")
    printer.pair("找回", change, gap=".")
    printer.line("顧客收執聯 遺失恕不補發", at="m")
    return finished(printer, quill, barcodes=codes.texts)


def _orange(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Two columns, words and sums squeezed together."""
    sheet = Sheet.of(760, 1700, ground="#fffef9", ink="#1e1e1e")
    quill = Quill(
        facts, rng, sums=("${n:,}", "NT$ {n:,}", "{n:,}元"), times=("slash_short", "dots")
    )
    sheet.y = 36
    sheet.put(40, "OK超商", size=46, face="black")
    sheet.put(720, which.titles[facts.status], size=30, y=sheet.y + 12, anchor="r")
    sheet.y += 84
    sheet.put(40, f"{rng.choice(_SHOPS)}門市", size=28)
    sheet.put(720, quill.when(), size=28, anchor="r")
    sheet.y += 50
    sheet.put(40, f"品名　{rng.choice(_ITEMS)}", size=28)
    sheet.y += 54
    codes = segments_of(facts, rng)
    _bars(sheet, codes, quill, left=50, high=64, size=27)
    sheet.rule(left=40, right=720, ink="#1e1e1e")
    sheet.y += 20
    given, change = quill.cash()
    told = [*_sums(quill, ("金額", "", "")), ("付現", given), ("找零", change)]
    for at, (label, value) in enumerate(told):
        x = 40 + at * 240
        sheet.put(x, label, size=26)
        sheet.put(x, value, size=32, y=sheet.y + 38)
    sheet.y += 110
    sheet.middle("此證明請自行影印保存，感熱紙字跡會消失", size=26)
    return finished(sheet, quill, barcodes=codes.texts)


def _kiosk(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Paid for a ticket of the machine in the shop: a number to settle by, no bars."""
    printer = Printer.of(32, cell=17)
    quill = Quill(
        facts, rng, sums=("{n:,}元", "NT${n:,}"), times=("slash", "roc"), masks=("whole", "fours")
    )
    printer.line(which.titles[facts.status], at="m", tall=True)
    printer.line(f"{rng.choice(('統一超商', '全家便利商店'))}{rng.choice(_SHOPS)}店", at="m")
    printer.line()
    printer.line("收費單位　遠山科技大學")
    printer.line("銷帳編號")
    printer.line(quill.account(), at="r")
    printer.line("收款時間")
    printer.line(quill.when(), at="r")
    for label, value in _sums(quill, ("繳費金額", "服務費", "總計")):
        printer.pair(label, value)
    given, change = quill.cash()
    printer.pair("收您", given)
    printer.pair("找您", change)
    printer.line()
    printer.line("＊＊ 已收款 ＊＊" if facts.status != "void" else "＊＊ 已取消 ＊＊", at="m")
    return finished(printer, quill)


STORES = (
    layout(
        "store-red",
        "thermal",
        _red,
        titles={"success": "代收款繳款證明 顧客聯", "void": "代收款取消單 已退款"},
        shows="fee total cash barcodes",
    ),
    layout(
        "store-green",
        "thermal",
        _green,
        titles={"success": "代收繳款收據（顧客聯）", "void": "代收交易作廢單"},
        shows="fee total barcodes",
    ),
    layout(
        "store-blue",
        "thermal",
        _blue,
        titles={"success": "代收款專用繳款證明", "void": "代收款專用繳款證明【註銷】"},
        shows="fee total cash barcodes",
    ),
    layout(
        "store-orange",
        "thermal",
        _orange,
        titles={"success": "代收款項收據", "void": "代收款項 取消"},
        shows="cash barcodes",
    ),
    layout(
        "store-kiosk",
        "thermal",
        _kiosk,
        titles={"success": "繳費完成收執聯", "void": "繳費取消收執聯"},
        shows="fee total cash",
    ),
)
