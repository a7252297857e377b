"""Pages of the fitting family that are never a proof: slips, lists, chats, covers, purchases."""

import random
from dataclasses import replace
from datetime import timedelta

from .facts import Facts
from .layout import Drawn, Layout, finished, segments_of
from .sheet import Printer, Sheet
from .writing import BANKS, Hand, money, name_masked


def school_slip(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The slip itself, as the school sends it."""
    hand = Hand(facts, rng, money=("nt_tight", "yuan_whole"), times=("roc_slash", "slash"))
    found = segments_of(facts, rng)
    sheet = Sheet.of(1100, 1500)
    sheet.y = 60
    sheet.middle("技能檢定報名費 繳費單", size=44, bold=True)
    sheet.y += 20
    for label, value in (
        ("繳款人", name_masked(facts.payer)),
        ("應繳總額", hand.amount()),
        ("銀行代碼", hand.bank("{code} {name}")),
        ("繳款帳號", hand.account("full")),
        ("繳款期限", f"{facts.slip.until_on:%Y/%m/%d}"),
    ):
        sheet.pair(label, value, size=32, left=100, right=1000)
    sheet.middle("超商繳費專用條碼", size=26)
    for text in found.texts:
        sheet.bars(text, left=100, module=2, height=70)
        sheet.put(160, text, size=26, face="mono")
        sheet.y += 50
    sheet.put(100, "注意事項：逾期請勿繳納，繳費後請保留收據。", size=24)
    sheet.y += 40
    return finished(sheet, hand, barcodes=found.texts)


def machine_slip(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """What a store's machine prints before anything is paid."""
    hand = Hand(facts, rng, money=("yuan", "nt_tight"), times=("slash",))
    found = segments_of(facts, rng)
    page = Printer.of(40, cell=15)
    page.line("ibon 繳費單", at="m", big=True)
    page.line("請持本單至櫃檯繳費", at="m")
    page.line(f"列印時間 {hand.when()}")
    page.line("代收項目 報名費")
    page.line(f"應繳金額 {hand.amount()}", tall=True)
    for text in found.texts:
        page.sheet.bars(text, left=6, module=2, height=50)
        page.line(text, at="m")
    page.line("本單非繳費證明,三小時內有效", at="m")
    return finished(page, hand, below=30, barcodes=found.texts)


def confirm(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The page before the transfer is sent."""
    hand = Hand(facts, rng, money=("nt", "yuan", "dollar"), times=("slash",))
    sheet = Sheet.of(828, 1500)
    sheet.y = 80
    sheet.middle("轉帳確認", size=40)
    sheet.put(50, "請確認以下資料是否正確", size=30, ink="#777777")
    sheet.y += 90
    for label, value in (
        ("轉入銀行", hand.bank()),
        ("轉入帳號", hand.account("full")),
        ("轉帳金額", hand.amount()),
        ("手續費", hand.fee()),
        ("交易日期", f"{facts.at:%Y/%m/%d}（即時）"),
    ):
        sheet.pair(label, value, size=32, left=50, right=778, step=2.6)
    sheet.block((50, sheet.y + 40, 778, sheet.y + 140), fill="#d9541e", radius=16)
    sheet.put(414, "確認轉帳", size=34, y=sheet.y + 68, ink="white", anchor="m")
    sheet.y += 160
    return finished(sheet, hand, below=200)


def history(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A list of movements: the owed sum and the owed account stand in different rows."""
    hand = Hand(facts, rng, money=("dollar", "bare", "nt_tight"), times=("slash_minute",))
    sheet = Sheet.of(828, 1700)
    sheet.y = 70
    sheet.middle("交易明細查詢", size=38)
    rows = []
    for number in range(rng.randrange(5, 8)):
        other = f"{rng.randrange(10**13, 10**14)}"
        at = facts.at - timedelta(hours=7 * number + 1)
        rows.append(replace(facts, amount=rng.choice((85, 120, 999, 2350)), account=other, at=at))
    rows[1] = replace(rows[1], amount=facts.slip.amount)
    rows[3] = replace(rows[3], account=facts.slip.account)
    for row in rows:
        sheet.rule(left=40, right=788)
        sheet.y += 18
        sheet.put(40, f"{row.at:%m/%d %H:%M}  轉帳支出", size=28, ink="#555555")
        sheet.put(788, "-" + money(row.amount, "dollar"), size=34, anchor="r", ink="#b3261e")
        sheet.y += 48
        sheet.put(40, f"轉入 {row.bank}-{row.account}", size=28)
        sheet.y += 66
    return finished(sheet, hand, below=120)


def chat(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Somebody says that it was paid."""
    hand = Hand(facts, rng, money=("nt_tight", "yuan"), times=("slash",))
    sheet = Sheet.of(780, 1500, ground="#8fb0d8")
    sheet.y = 40
    sheet.put(60, "‹  報名小組", size=34)
    sheet.y = 140
    said = [
        (False, f"請問報名費是{hand.amount()}嗎"),
        (True, "對，請匯到這個帳號"),
        (True, f"{facts.bank} {facts.account}"),
        (False, rng.choice(("轉帳成功了喔", "我已經轉帳完成", "已繳費成功，謝謝"))),
        (False, f"{facts.at:%Y/%m/%d %H:%M} 轉了 {hand.amount()}"),
        (True, "收到，謝謝"),
    ]
    for mine, text in said:
        wide = round(sheet.pen.textlength(text, font_size=30)) if text.isascii() else 30 * len(text)
        left = 740 - wide - 40 if mine else 40
        fill = "#7bdc6f" if mine else "white"
        sheet.block((left, sheet.y, left + wide + 40, sheet.y + 76), fill=fill, radius=30)
        sheet.put(left + 20, text, size=28, y=sheet.y + 20)
        sheet.y += 110
    return finished(sheet, hand, below=300)


def cover(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A passbook's cover: an account that was opened, no payment."""
    hand = Hand(facts, rng, money=("yuan",), times=("roc_slash",))
    sheet = Sheet.of(1200, 760, ground="#e9dfc8")
    sheet.y = 80
    sheet.middle(f"{BANKS[facts.bank]} 活期儲蓄存款存摺", size=46, face="serif")
    sheet.y += 70
    for label, value in (
        ("戶名", name_masked(facts.payer)),
        ("帳號", hand.account("dash")),
        ("開戶日期", f"{facts.at.year - 1911}/{facts.at:%m/%d}"),
        ("開戶金額", f"{facts.amount:,}元"),
    ):
        sheet.put(140, f"{label}　{value}", size=40, face="serif")
        sheet.y += 96
    return finished(sheet, hand)


def purchase(_: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A shop's receipt over the same sum."""
    hand = Hand(facts, rng, money=("dollar", "bare"), times=("slash", "roc_slash"))
    page = Printer.of(30, cell=14)
    page.line("電子發票證明聯", at="m", big=True)
    page.line(hand.when())
    page.line(f"隨機碼 {facts.reference[:4]}")
    page.line()
    first = rng.randrange(1, facts.amount)
    page.pair("文具組", f"{first} TX")
    page.pair("參考書", f"{facts.amount - first} TX")
    page.pair("合計", hand.amount(), tall=True)
    page.pair("現金", hand.amount())
    page.line("交易成功 謝謝惠顧", at="m")
    return finished(page, hand, below=30)


OTHERS = (
    Layout("fit-school-slip", "slip", "paper", school_slip, negative="unpaid_slip"),
    Layout("fit-machine-slip", "slip", "thermal", machine_slip, negative="unpaid_slip"),
    Layout("fit-confirm", "transfer", "screen", confirm, negative="pending_confirm"),
    Layout("fit-history", "transfer", "screen", history, negative="history"),
    Layout("fit-chat", "none", "screen", chat, negative="chat"),
    Layout("fit-cover", "none", "paper", cover, negative="account_page"),
    Layout("fit-purchase", "none", "thermal", purchase, negative="other_receipt"),
)
