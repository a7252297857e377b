"""Net banks on a desktop, letters of a bank, chats and wallets of the third family."""

import random

from .facts import Facts
from .layout import SCREEN, WEB, Drawn, Layout, finished, segments_of
from .sheet import Sheet
from .third_hand import Scribe, headline, titles, words_of
from .third_kit import (
    aligned,
    boxed,
    button,
    fitting,
    phone_bar,
    shows,
    sign,
    spread,
    stacked,
    told_truly,
)


def _portal(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A net bank's page: menu at the left, path, a table of two columns."""
    hand = Scribe(
        facts,
        rng,
        money="NT$ |bare.00|元|TWD.00",
        times="slashes|dashes|minguo",
        masks="full|hyphens|ends",
    )
    page = Sheet.of(1360, 1300)
    colour = rng.choice(("#0a4c86", "#8a1538", "#31572c"))
    page.block((0, 0, 1360, 84), fill=colour)
    page.put(
        40,
        rng.choice(("個人網路銀行", "網路銀行 e 化服務", "MyBank 網銀")),
        size=34,
        y=20,
        ink="white",
    )
    page.put(1320, "登出　剩餘 09:41", size=22, y=28, ink="white", anchor="r")
    page.block((0, 84, 250, 1300), fill="#f2f4f6")
    for at, text in enumerate(
        ("帳戶總覽", "轉帳/繳費", "　台幣轉帳", "　繳費", "　預約查詢", "定存", "外匯", "基金")
    ):
        page.put(36, text, size=24, y=130 + 56 * at, ink=colour if "台幣" in text else "#555555")
    page.put(290, "首頁 › 轉帳/繳費 › 台幣轉帳 › 交易結果", size=20, y=112, ink="#8a8a8a")
    title, note = headline(layout, facts, rng)
    page.y = 160
    page.put(290, title, size=34, ink=colour, bold=True)
    page.y += 62
    page.put(290, note or "請妥善保存本交易紀錄。", size=22, ink="#777777")
    page.y += 50
    words = words_of(
        rng.choice(
            (
                "out=轉出帳號 bank=轉入銀行 to=轉入帳號 payee=收款人名稱 sum=轉帳金額 fee=手續費 when=交易時間"
                " ref=交易序號 memo=備註 left=帳戶餘額",
                "ref=交易編號 when=交易日期 out=付款帳號 bank=收款行 to=收款帳號 payee=戶名 sum=交易金額"
                " fee=手續費 left=可用餘額 memo=附言",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    boxed(page, rows, size=24, left=290, at=520, right=1310, tall=2.1)
    page.y += 40
    button(page, "列印", (290, page.y, 430, page.y + 56), fill=colour, ink="white")
    button(page, "再轉一筆", (450, page.y, 620, page.y + 56), fill="#dddddd", ink="#333333")
    page.y += 56
    return finished(page, hand, below=80)


def _columns(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A web ATM's record: one row under many column heads, the sum in it."""
    hand = Scribe(
        facts,
        rng,
        money="bare|bare.00|$",
        times="minguo|slashes|tight",
        masks="full|last five|gaps",
    )
    page = Sheet.of(1500, 800)
    title, note = headline(layout, facts, rng)
    page.y = 40
    page.put(
        40,
        rng.choice(("WebATM 網路自動櫃員機", "晶片金融卡網路 ATM", "eATM 交易明細")),
        size=34,
        bold=True,
    )
    page.y += 70
    page.put(40, f"交易訊息：{title}" + (f"（{note}）" if note else ""), size=26)
    page.y += 60
    words = words_of(
        rng.choice(
            (
                "when=交易日期時間 out=轉出帳號 tocode=轉入帳號 sum=交易金額 fee=手續費 left=餘額 ref=交易序號",
                "ref=序號 when=日期 out=卡片帳號 tocode=(行庫)轉入帳號 sum=金額 fee=手續費 left=帳戶餘額",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    natural = [max(len(label) * 22, fitting_width(value)) + 28 for label, value in rows]
    spare = max(0, 1420 - sum(natural)) // len(natural)
    x = 40
    for (label, value), wide in zip(rows, natural, strict=True):
        right = min(x + wide + spare, 1470)
        page.block((x, page.y, right, page.y + 56), fill="#4a6a8a", outline="#33506b")
        page.block((x, page.y + 56, right, page.y + 122), outline="#33506b")
        middle = (x + right) // 2
        head = fitting(label, 22, right - x - 8)
        page.put(middle, label, size=head, y=page.y + 14, ink="white", anchor="m")
        size = fitting(value, 22, right - x - 8)
        page.put(middle, value, size=size, y=page.y + 74, anchor="m")
        x = right
    page.y += 170
    for line in (
        "1. 交易若有疑義，請洽發卡銀行客服。",
        "2. 本明細可列印留存，帳務以實際入帳為準。",
    ):
        page.put(40, line, size=22, ink="#666666")
        page.y += 40
    return finished(page, hand, below=60)


def fitting_width(text: str) -> int:
    """About what a value takes in a column of the record."""
    return sum(13 if ord(char) < 0x2E80 else 23 for char in text)


def _letter(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's letter of notice, opened in a mail program."""
    hand = Scribe(
        facts,
        rng,
        money="NT$|元|新台幣|TWD.00",
        times="slashes|wordy|half",
        masks="last five|ends|gaps|full",
    )
    page = Sheet.of(1200, 1600)
    title, note = headline(layout, facts, rng)
    bank = rng.choice(("海灣銀行", "青山銀行", "玉山銀行", "第一銀行", "永豐銀行"))
    page.y = 40
    page.put(60, f"【{bank}】{title}", size=40)
    page.y += 76
    page.pen.ellipse((60, page.y, 124, page.y + 64), "#5c6bc0")
    page.put(92, bank[0], size=34, y=page.y + 10, ink="white", anchor="m")
    page.put(146, f"{bank}電子通知", size=26)
    page.put(146, "寄給 我", size=20, y=page.y + 36, ink="#888888")
    page.y += 100
    page.rule(left=60, right=1140)
    page.y += 36
    page.put(60, f"親愛的客戶 {hand.say('hidden')} 您好：", size=28)
    page.y += 56
    page.put(60, note or "您於本行辦理之交易明細如下，敬請核對：", size=28)
    page.y += 64
    words = words_of(
        rng.choice(
            (
                "when=交易時間 out=轉出帳號 bank=轉入銀行 to=轉入帳號 sum=轉帳金額 fee=手續費 memo=交易備註",
                "sum=交易金額 out=扣款帳號 tobank=存入帳號 fee=手續費 when=交易日期 ref=通知序號 memo=附言",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    if rng.random() < 0.5:
        boxed(page, rows, size=26, left=60, at=340, right=1140, shade="#f4f4f4", tall=2.1)
    else:
        aligned(page, rows, size=28, left=60, at=290, right=1140)
    page.y += 40
    for line in ("※ 本郵件由系統自動發送，請勿直接回覆。", "※ 本行不會以電子郵件要求您提供密碼。"):
        page.put(60, line, size=22, ink="#8a8a8a")
        page.y += 38
    return finished(page, hand, below=60)


def _bubble(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chat with a bank's official account: its notice as a small card among other talk."""
    hand = Scribe(
        facts, rng, money="NT$|元|$", times="short|slashes|iso", masks="last five|full|ends"
    )
    page = Sheet.of(1080, 2200, ground=rng.choice(("#8cabd9", "#b7c7d8", "#1d2733")))
    page.block((0, 0, 1080, 190), fill="#2b3a52")
    phone_bar(page, rng, ink="white")
    page.put(
        60,
        "‹ " + rng.choice(("海灣銀行", "青山銀行", "第一銀行")) + " 官方帳號",
        size=42,
        ink="white",
    )
    page.y = 240
    page.put(
        540,
        rng.choice(("昨天", "今天", f"{facts.at.month}/{facts.at.day}")),
        size=28,
        ink="#33415a",
        anchor="m",
    )
    page.y += 70
    sums = tuple(rng.sample((120, 85, 1500, 3200, 90, 450), 1))
    page.block((120, page.y, 860, page.y + 130), fill="white", radius=28)
    page.put(150, "【消費通知】您的簽帳金融卡消費", size=30, y=page.y + 22)
    page.put(150, f"金額 NT${sums[0]:,}，特店：便利商店", size=30, y=page.y + 72)
    page.y += 190
    title, note = headline(layout, facts, rng)
    words = words_of(
        rng.choice(
            (
                "sum=金額 tobank=轉入 out=轉出 fee=手續費 when=時間 memo=備註",
                "out=轉出帳號 bank=轉入銀行 to=轉入帳號 sum=轉帳金額 fee=手續費 when=交易時間 memo=附言",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    foot = page.y + 190 + (50 if note else 0) + 66 * len(rows)
    page.block((120, page.y, 1000, foot), fill="white", radius=28)
    page.block((120, page.y, 1000, page.y + 96), fill="#0a7d5c", radius=28)
    page.put(160, title, size=38, y=page.y + 20, ink="white")
    page.y += 130
    if note:
        page.put(160, note, size=28, ink="#a34a2a")
        page.y += 50
    spread(page, rows, size=31, left=160, right=960, step=2.1)
    page.y = foot + 30
    page.block((620, page.y, 1040, page.y + 90), fill="#8de055", radius=30)
    page.put(650, rng.choice(("查詢餘額", "我要繳費", "謝謝")), size=34, y=page.y + 20)
    page.y += 90
    return finished(page, hand, below=90, distractors=sums)


def _wallet(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A wallet that sends money to a bank's account."""
    hand = Scribe(
        facts, rng, money="$|NT$|元", times="slashes|short|half", masks="full|last five|fours"
    )
    colour = rng.choice(("#e3243b", "#d6001c", "#ff6a13"))
    page = Sheet.of(1080, 2200, ground="#fafafa")
    page.block((0, 0, 1080, 200), fill=colour)
    phone_bar(page, rng, ink="white")
    page.put(
        540,
        rng.choice(("轉帳至銀行", "提領/轉帳", "轉出至銀行帳戶")),
        size=44,
        ink="white",
        anchor="m",
    )
    page.block((50, 250, 1030, 640), fill="white", outline="#e6e6e6", radius=30)
    title, note = headline(layout, facts, rng)
    sign(page, facts.status, 540, 330, 46, colour)
    page.y = 396
    page.middle(title, size=40)
    page.middle(hand.amount(), size=84, face="black")
    if note:
        page.put(540, note, size=28, y=590, anchor="m", ink="#b3541e")
    page.y = 700
    words = words_of(
        rng.choice(
            (
                "payee=收款人 bank=收款銀行 to=收款帳號 fee=手續費 all=總計 when=交易時間 ref=交易編號 memo=留言",
                "tobank=轉入銀行帳號 payee=收款戶名 fee=手續費 all=實付金額 ref=訂單編號 when=建立時間 memo=備註",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    spread(page, rows, size=36, left=70, right=1010, step=2.5)
    page.y += 20
    return finished(page, hand, below=100)


def _bill(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A wallet that pays a store's slip by its three barcodes."""
    hand = Scribe(facts, rng, money="NT$|元|$", times="slashes|short|minguo")
    codes = segments_of(facts, rng).texts
    hand.account_shown, hand.mask = codes[1], "segment"
    colour = rng.choice(("#00a0e9", "#5b2d90", "#00863d"))
    page = Sheet.of(1080, 2200)
    phone_bar(page, rng, ink="#222222")
    page.put(540, rng.choice(("生活繳費", "繳帳單", "條碼繳費")), size=44, anchor="m")
    page.y += 150
    title, note = headline(layout, facts, rng)
    sign(page, facts.status, 540, page.y, 60, colour)
    page.y += 90
    page.middle(title, size=46, bold=True)
    if note:
        page.middle(note, size=32, ink="#a3542b")
    page.y += 30
    words = words_of(
        rng.choice(
            (
                "sum=繳費金額 fee=手續費 all=扣款總額 when=繳費時間 ref=交易序號",
                "sum=帳單金額 fee=服務費 all=付款金額 when=付款時間 ref=繳費編號",
            )
        )
    )
    what = ("繳費項目", rng.choice(("超商代收帳單", "學雜費用", "其他代收款")))
    rows = [what, *zip(("條碼一", "條碼二", "條碼三"), codes, strict=True)]
    rows += hand.rows(words, " ".join(words))
    (stacked if rng.random() < 0.4 else spread)(page, rows, size=38, left=80, right=1000)
    page.y += 50
    button(page, "看繳費證明", (80, page.y, 1000, page.y + 104), fill=colour, ink="white")
    page.y += 104
    return finished(page, hand, below=90, barcodes=codes)


def _code_pay(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's app paying by a QR code of 台灣Pay: a ticket with a blue head."""
    hand = Scribe(
        facts, rng, money="NT$ |元|$.00", times="slashes|iso|tight", masks="full|sixteen|ends"
    )
    page = Sheet.of(900, 1800, ground="#eaf1f8")
    phone_bar(page, rng, ink="#24435f")
    page.put(450, "台灣Pay", size=44, anchor="m", ink="#1565a8", bold=True)
    page.y += 90
    title, note = headline(layout, facts, rng)
    words = words_of(
        rng.choice(
            (
                "bank=轉入銀行 to=銷帳編號 sum=繳費金額 fee=手續費 all=總金額 when=交易日期 ref=交易序號 out=付款帳號",
                "payer=繳款人 tocode=繳款帳號 sum=交易金額 fee=外加手續費 all=合計金額 when=交易時間 ref=系統追蹤號 out=扣款帳號",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    foot = page.y + 220 + (54 if note else 0) + 70 * len(rows)
    page.block((40, page.y, 860, foot), fill="white", radius=22)
    page.block((40, page.y, 860, page.y + 110), fill="#1565a8", radius=22)
    page.put(450, title, size=42, y=page.y + 26, ink="white", anchor="m")
    page.y += 150
    if note:
        page.put(450, note, size=28, anchor="m", ink="#a33d2c")
        page.y += 54
    spread(page, rows, size=32, left=80, right=820, step=2.2, face="sans")
    page.y = foot + 20
    return finished(page, hand, below=80)


_NET = titles(
    success="轉帳交易成功|交易結果：成功|台幣轉帳完成",
    scheduled="預約轉帳登錄完成/實際扣款結果請於轉帳日查詢|預約交易已受理",
    pending="交易待放行/須經主管覆核後始生效|已送出，待審核",
    confirm="請確認交易內容/輸入密碼後送出|步驟 2 確認資料",
    failed="交易失敗/存款不足|轉帳失敗/訊息代號 4501 轉出帳號有誤",
    void="交易已取消|本筆交易已註銷",
    refund="退匯通知/款項已退回原轉出帳戶",
    inward="轉入款項通知|跨行轉入交易成功",
)
_NOTICE = titles(
    success="轉帳交易成功通知|台幣轉帳結果通知：成功|網路轉帳成功",
    scheduled="預約轉帳設定成功通知|預約轉帳提醒/您設定的預約轉帳將於下列日期執行",
    pending="轉帳交易受理通知/處理結果將另行通知",
    failed="轉帳交易失敗通知/因餘額不足，本次交易未完成",
    void="交易取消通知/您已取消下列交易",
    refund="轉帳退回通知/款項已退回您的帳戶",
    inward="台幣轉入通知/您的帳戶有一筆款項存入|入帳通知",
)
_PAID = titles(
    success="繳費成功|付款完成|已繳費",
    scheduled="預約繳費成功/將於指定日期自動扣款",
    pending="處理中/帳單機構尚未回覆",
    confirm="確認繳費資訊|請確認帳單/確認後將立即扣款",
    failed="繳費失敗/帳戶餘額不足|付款失敗/條碼已逾繳費期限",
    void="繳費已取消|此筆已作廢",
    refund="已退款/款項退回錢包餘額",
)

PAGES = (
    Layout(
        "third-portal", "transfer", WEB, told_truly(_portal), _NET, shows("fee memo balance payee")
    ),
    Layout("third-columns", "transfer", WEB, told_truly(_columns), _NET, shows("fee balance")),
    Layout("third-letter", "transfer", WEB, told_truly(_letter), _NOTICE, shows("fee memo")),
    Layout("third-bubble", "transfer", SCREEN, told_truly(_bubble), _NOTICE, shows("fee memo")),
    Layout(
        "third-wallet", "transfer", SCREEN, told_truly(_wallet), _NET, shows("fee total memo payee")
    ),
    Layout("third-code-pay", "transfer", SCREEN, told_truly(_code_pay), _PAID, shows("fee total")),
    Layout("third-bill", "store", SCREEN, told_truly(_bill), _PAID, shows("fee total barcodes")),
)
