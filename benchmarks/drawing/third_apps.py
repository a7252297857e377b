"""Bank apps of the third family."""

import random

from .facts import Facts
from .layout import SCREEN, Drawn, Layout, finished
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

_TRANSFER = titles(
    success="轉帳成功|轉帳完成|台幣轉帳成功",
    scheduled="預約轉帳成功|預約轉帳設定完成/系統將於預約日執行，請備妥款項",
    pending="轉帳處理中/結果請稍後至交易紀錄查詢|交易已受理/尚待銀行確認入帳結果",
    confirm="請確認轉帳資料|轉帳確認/請核對後按「確認轉帳」",
    failed="轉帳失敗/帳戶可用餘額不足|轉帳未成功/收款帳號有誤（E4507）|轉帳失敗/超過每日限額",
    void="轉帳已取消|此筆交易已取消",
    refund="款項已退回/收款行退匯，款項已退回轉出帳戶|退匯通知",
    inward="轉入成功|入帳成功|收到一筆轉帳",
)


def _harbor(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """White page, green sign, the sum in the middle, cards of rows below."""
    words = words_of(
        rng.choice(
            (
                "out=轉出帳號 tobank=轉入帳號 fee=手續費 when=交易時間 ref=交易序號 memo=附言",
                "out=付款帳戶 tobank=收款帳戶 fee=本次手續費 when=轉帳時間 ref=交易編號 memo=備註",
                "out=從 tobank=轉到 fee=跨行手續費 when=完成時間 ref=參考編號 memo=給對方的附言",
            )
        )
        + " left=帳戶餘額"
    )
    hand = Scribe(
        facts, rng, money="NT$|NT$ |$", times="slashes|short|weekday", masks="full|fours|last five"
    )
    page = Sheet.of(1080, 2400, ground="#f3f5f6")
    phone_bar(page, rng, ink="#222222")
    page.put(540, "轉帳結果", size=44, anchor="m")
    page.put(990, "×", size=56, anchor="m", ink="#555555")
    page.y += 160
    title, note = headline(layout, facts, rng)
    sign(page, facts.status, 540, page.y, 64, "#0b9a6d")
    page.y += 100
    page.middle(title, size=50, bold=True)
    if note:
        page.middle(note, size=34, ink="#9a5b13")
    page.y += 20
    page.middle(hand.amount(), size=88, face=rng.choice(("sans", "black")))
    page.y += 40
    rows = hand.rows(words, "out tobank fee when memo ref left")
    top = page.y
    page.block((40, top, 1040, top + 60 + 92 * len(rows)), fill="white", radius=28)
    page.y += 46
    spread(page, rows, size=38, left=90, right=990, step=2.42)
    page.y += 70
    button(page, "回首頁", (90, page.y, 520, page.y + 110), fill="#e4e8ea", ink="#333333")
    button(page, "分享明細", (560, page.y, 990, page.y + 110), fill="#0b9a6d", ink="white")
    page.y += 110
    return finished(page, hand, below=90)


def _cubic(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """From above to below with an arrow between two cards."""
    words = words_of(
        rng.choice(
            (
                "sum=轉出金額 fee=手續費 all=總扣款金額 when=交易日期 ref=交易序號 memo=轉出備註",
                "sum=轉帳金額 fee=手續費 all=實際扣款 when=交易時間 ref=交易代碼 memo=我的備註",
            )
        )
    )
    hand = Scribe(
        facts,
        rng,
        money="TWD.00 after|TWD after|NT$",
        times="short|slashes|half",
        masks="full|sixteen|ends",
    )
    page = Sheet.of(1170, 2532)
    phone_bar(page, rng, ink="#111111")
    title, note = headline(layout, facts, rng)
    page.y += 30
    sign(page, facts.status, 110, page.y + 40, 40, "#2bb04a")
    page.put(180, title, size=58, bold=True)
    page.y += 100
    if note:
        page.put(180, note, size=36, ink="#b0542c")
        page.y += 80
    inward = facts.status == "inward"
    near, far = ("轉入", "轉出") if inward else ("轉出", "轉入")
    for label, first, second, ground in (
        (
            near,
            "台幣活存 " + rng.choice(("數位帳戶", "薪轉戶", "綜合存款")),
            hand.say("out"),
            "#f1f6ef",
        ),
        (far, hand.bank("{name} {code}"), hand.account(), "#f7f7f7"),
    ):
        page.block((60, page.y, 1110, page.y + 210), fill=ground, radius=20)
        page.put(100, label, size=34, y=page.y + 28, ink="#7b7b7b")
        page.put(100, first, size=38, y=page.y + 82)
        page.put(100, second, size=46, y=page.y + 136, face="sans", bold=True)
        page.y += 240
    page.put(585, "▼", size=34, y=page.y - 262, ink="#2bb04a", anchor="m")
    page.y += 30
    spread(
        page,
        hand.rows(words, "sum fee all when ref memo"),
        size=40,
        left=80,
        right=1090,
        step=2.5,
        rule="#e6e6e6",
    )
    page.y += 60
    button(page, "完成", (60, page.y, 1110, page.y + 120), fill="#16a34a", ink="white")
    page.y += 120
    return finished(page, hand, below=80)


def _jade(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An older app: a coloured bar, a message, a ruled table."""
    words = words_of(
        rng.choice(
            (
                "when=交易日期時間 out=轉出帳號 bank=轉入銀行 to=轉入帳號 sum=交易金額 fee=手續費"
                " memo=交易備註 left=可用餘額 ref=交易序號",
                "ref=交易流水號 when=交易時間 out=扣款帳號 bank=存入行 to=存入帳號 sum=轉帳金額(元)"
                " fee=手續費(元) memo=附註 left=轉帳後餘額",
                "when=日期/時間 bank=收款銀行 to=收款人帳號 out=付款人帳號 sum=金額 fee=應付手續費"
                " memo=摘要 left=帳面餘額 ref=序號",
            )
        )
    )
    hand = Scribe(
        facts,
        rng,
        money="元|bare|TWD.00|NT$",
        times="slashes|dashes|minguo",
        masks="full|hyphens|gaps",
    )
    page = Sheet.of(1080, 2300)
    colour = rng.choice(("#00857c", "#12706a", "#2a6f62"))
    page.block((0, 0, 1080, 210), fill=colour)
    phone_bar(page, rng, ink="white")
    page.put(
        540, rng.choice(("新臺幣轉帳", "台幣轉帳", "非約定轉帳")), size=46, ink="white", anchor="m"
    )
    page.y = 260
    title, note = headline(layout, facts, rng)
    page.put(60, title, size=48, ink=colour, bold=True)
    page.y += 84
    if note:
        page.put(60, note, size=34, ink="#b3382c")
        page.y += 70
    order = list(words)
    boxed(
        page,
        hand.rows(words, " ".join(order)),
        size=36,
        left=40,
        at=400,
        right=1040,
        shade="#e7f3f1",
        tall=2.7,
    )
    page.y += 40
    page.put(50, "※ 如有疑問請洽 24 小時客服專線。", size=30, ink="#7a7a7a")
    page.y += 60
    return finished(page, hand, below=100)


def _blush(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A chatty app: a pink head, sentences instead of labels."""
    hand = Scribe(facts, rng, money="$|NT$|元", times="loose|short|wordy", masks="full|last five")
    page = Sheet.of(1080, 2200)
    page.block((0, 0, 1080, 620), fill=rng.choice(("#ef5a6f", "#e8505b", "#f0647f")))
    phone_bar(page, rng, ink="white")
    title, note = headline(layout, facts, rng)
    page.y += 80
    page.put(80, title, size=64, ink="white", bold=True)
    page.y += 120
    if note:
        page.put(80, note, size=36, ink="#fff0f0")
        page.y += 66
    page.put(80, hand.amount(), size=100, ink="white", face="black")
    page.y = 680
    words = words_of(
        rng.choice(
            (
                "tobank=轉給 out=從哪裡轉 fee=手續費 when=什麼時候 memo=悄悄話 left=還剩下",
                "tobank=收款帳號 out=我的帳戶 fee=手續費 when=時間 memo=留言 left=帳戶剩餘",
                "payee=收款人 tobank=對方帳號 out=扣款帳戶 fee=手續費 when=轉帳時間 memo=備註 left=餘額",
            )
        )
    )
    stacked(
        page,
        hand.rows(words, "payee tobank out fee when memo left"),
        size=44,
        left=80,
        right=1000,
        rule="#f3dfe2",
        faint="#a0767c",
    )
    page.y += 20
    page.put(540, "交易序號 " + hand.say("ref"), size=28, ink="#b7a5a8", anchor="m")
    page.y += 70
    return finished(page, hand, below=90)


def _line(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Much white, black letters, one sentence with the sum, rows in grey."""
    hand = Scribe(
        facts,
        rng,
        money="NT$|NT$ |-NT$",
        times="short|dotted|weekday",
        masks="full|last six|last five",
    )
    page = Sheet.of(828, 1792)
    phone_bar(page, rng, ink="#111111")
    page.y += 20
    page.put(60, "×", size=56)
    page.y += 110
    title, note = headline(layout, facts, rng)
    page.put(
        60, title, size=38, ink="#06b050" if facts.status in ("success", "sample") else "#888888"
    )
    page.y += 66
    page.put(60, hand.amount(), size=76, face="black")
    page.y += 120
    if note:
        page.put(60, note, size=28, ink="#c05621")
        page.y += 56
    page.rule(left=60, right=768, ink="#111111")
    page.y += 36
    words = words_of(
        rng.choice(
            (
                "payee=收款人 bank=收款銀行 to=收款帳號 out=付款帳戶 fee=手續費 when=日期 memo=備註",
                "bank=入帳銀行 to=入帳帳號 out=出帳帳號 when=轉帳日期 fee=手續費 memo=轉帳備忘 left=出帳後餘額",
            )
        )
    )
    order = "payee bank to out when fee memo left"
    spread(page, hand.rows(words, order), size=30, left=60, right=768, step=2.3, faint="#949494")
    page.y += 10
    page.rule(left=60, right=768, ink="#e4e4e4")
    page.y += 60
    button(page, "分享", (60, page.y, 400, page.y + 90), fill="#f2f2f2", ink="#111111")
    button(page, "確定", (428, page.y, 768, page.y + 90), fill="#06c755", ink="white")
    page.y += 90
    return finished(page, hand, below=70)


def _night(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Dark mode, gold on navy."""
    ground, card, faint = rng.choice(
        (
            ("#0e1420", "#1a2333", "#8c99ad"),
            ("#000000", "#1c1c1e", "#98989f"),
            ("#16171d", "#23252e", "#a5a8b5"),
        )
    )
    hand = Scribe(
        facts,
        rng,
        money="NT$|$.00|bare",
        times="slashes|iso|short",
        masks="full|fours|ends hyphens",
    )
    page = Sheet.of(1080, 2340, ground=ground, ink="#f2f2f2")
    phone_bar(page, rng, ink="#f2f2f2")
    page.put(540, "交易結果", size=42, anchor="m")
    page.y += 150
    title, note = headline(layout, facts, rng)
    sign(page, facts.status, 540, page.y + 10, 56, "#c9a24b")
    page.y += 96
    page.middle(title, size=48, ink="#e6c67a")
    if note:
        page.middle(note, size=32, ink=faint)
    page.y += 24
    words = words_of(
        rng.choice(
            (
                "sum=轉帳金額 bank=轉入銀行 to=轉入帳號 out=轉出帳號 fee=手續費 all=合計 when=交易時間"
                " ref=交易序號 memo=備註 left=可用餘額",
                "out=來源帳戶 tobank=目的帳戶 sum=金額 fee=費用 all=扣款總計 when=時間 ref=編號"
                " memo=附註 left=目前餘額",
            )
        )
    )
    rows = hand.rows(words, "sum out bank to tobank fee all when ref memo left")
    page.block((40, page.y, 1040, page.y + 50 + 96 * len(rows)), fill=card, radius=30)
    page.y += 44
    spread(page, rows, size=38, left=84, right=996, step=2.52, faint=faint)
    page.y += 50
    page.middle("截圖保存 ｜ 加入常用帳號", size=34, ink="#c9a24b")
    return finished(page, hand, below=100)


def _violet(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A purple frame, a paper card with a torn edge, small labels above their values."""
    hand = Scribe(
        facts,
        rng,
        money="元 apart|NT$ |新台幣",
        times="slashes|half|minguo_dots",
        masks="full|rings|last five",
    )
    page = Sheet.of(1080, 2500, ground=rng.choice(("#5b3f93", "#6a4aa0", "#4d4690")))
    phone_bar(page, rng, ink="white")
    page.y += 60
    title, note = headline(layout, facts, rng)
    words = words_of(
        rng.choice(
            (
                "sum=轉帳金額 out=轉出帳號 bank=轉入行庫 to=轉入帳號 fee=手續費 when=交易時間 ref=交易序號 memo=附言",
                "sum=交易金額 out=我的帳號 bank=銀行別 to=對方帳號 fee=轉帳手續費 when=交易日期 ref=交易序號 memo=摘要",
            )
        )
    )
    rows = hand.rows(words, "sum out bank to fee when memo ref")
    foot = page.y + 250 + (60 if note else 0) + 132 * len(rows)
    page.block((60, page.y, 1020, foot), fill="white", radius=24)
    for x in range(60, 1020, 48):
        page.pen.ellipse((x, foot - 20, x + 40, foot + 20), page.image.getpixel((10, 300)))
    page.y += 50
    page.put(540, title, size=52, anchor="m", ink="#4d3a7d", bold=True)
    page.y += 90
    if note:
        page.put(540, note, size=32, anchor="m", ink="#a33333")
        page.y += 60
    page.rule(left=110, right=970, ink="#cbbfe4", dash=14)
    page.y += 40
    stacked(page, rows, size=42, left=110, right=970, faint="#8f82ac", step=1.98)
    page.y = foot + 40
    return finished(page, hand, below=60)


def _union(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An old app of a cooperative bank: everything `label：value`, years of the republic."""
    hand = Scribe(
        facts,
        rng,
        money="元整|元|新台幣整|wide元",
        times="minguo|minguo_long|minguo_dash",
        masks="full|wide|last five",
    )
    page = Sheet.of(720, 1400, ground="#fffdf6")
    page.block((0, 0, 720, 150), fill="#1d4f91")
    phone_bar(page, rng, ink="white")
    page.put(360, "轉帳／繳費　結果", size=32, ink="white", anchor="m")
    page.y = 180
    title, note = headline(layout, facts, rng)
    page.put(36, f"交易結果：{title}", size=32, ink="#1d4f91", bold=True)
    page.y += 56
    if note:
        page.put(36, f"訊息說明：{note}", size=fitting(note, 26, 500), ink="#aa2222")
        page.y += 50
    words = words_of(
        rng.choice(
            (
                "when=交易時間 ref=跨行序號 out=轉出帳號 bank=轉入行 to=轉入帳號 sum=轉帳金額 fee=手續費"
                " all=轉出總額 memo=附言 left=帳戶餘額",
                "out=付款帳號 bank=金融機構 to=銷帳編號 sum=繳款金額 fee=手續費 all=扣帳金額 when=繳款時間"
                " ref=交易序號 memo=備註 left=可用餘額",
            )
        )
    )
    order = rng.choice(
        ("when ref out bank to sum fee all memo left", "out bank to sum fee all memo when ref left")
    )
    aligned(page, hand.rows(words, order), size=30, left=36, at=230, right=690, step=1.95)
    page.y += 20
    page.rule(left=36, right=690, ink="#9fb2cc")
    page.y += 24
    page.put(36, "存款餘額以本行帳務資料為準", size=22, ink="#8a8a8a")
    page.y += 50
    return finished(page, hand, below=70)


def _postal(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The post office's app: a green head, striped rows."""
    hand = Scribe(
        facts,
        rng,
        money="元|bare|NT$ ",
        times="minguo|slashes|minguo_dots",
        masks="full|sixteen|hyphens",
    )
    page = Sheet.of(1080, 2200)
    page.block((0, 0, 1080, 200), fill="#0f7a3d")
    phone_bar(page, rng, ink="white")
    page.put(
        540, rng.choice(("跨行轉帳", "轉帳/繳費", "即時轉帳")), size=44, ink="white", anchor="m"
    )
    page.y = 250
    title, note = headline(layout, facts, rng)
    page.middle(title, size=50, ink="#0f7a3d", bold=True)
    page.middle(note or "感謝您使用行動郵局", size=32, ink="#6f6f6f")
    page.y += 20
    words = words_of(
        rng.choice(
            (
                "out=轉出帳號(局帳號) tocode=轉入帳號 sum=轉帳金額 fee=手續費 left=結存金額 when=交易日期時間"
                " ref=交易序號 memo=備註",
                "out=存簿局號帳號 bank=轉入機構 to=轉入帳號 sum=金額 fee=跨行手續費 left=帳戶結存 when=交易時間"
                " ref=網路序號 memo=附言",
            )
        )
    )
    rows = hand.rows(words, "when ref out bank to tocode sum fee memo left")
    for at, row in enumerate(rows):
        if at % 2 == 0:
            page.block((0, page.y, 1080, page.y + 96), fill="#edf6ee")
        page.y += 24
        spread(page, [row], size=38, left=50, right=1030, step=1.9)
    page.y += 50
    button(page, "存成圖片", (300, page.y, 780, page.y + 100), fill="#0f7a3d", ink="white")
    page.y += 100
    return finished(page, hand, below=90)


def _soil(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A state bank's app: a code of the result, terms of bookkeeping."""
    hand = Scribe(
        facts,
        rng,
        money="bare.00|TWD.00|wide$|臺幣",
        times="minguo|tight|minguo_wide",
        masks="full|ends X|last five #",
    )
    page = Sheet.of(1080, 2300, ground="#f6f3ea")
    phone_bar(page, rng, ink="#333333")
    page.put(540, "轉帳交易結果", size=46, anchor="m", ink="#5b4a1e", bold=True)
    page.y += 110
    title, note = headline(layout, facts, rng)
    code = {"success": "0000", "sample": "0000", "failed": "4501", "pending": "9999"}
    words = words_of(
        rng.choice(
            (
                "bank=入帳行庫 to=入帳帳號 out=扣帳帳號 sum=入帳金額 fee=手續費 all=扣帳金額 when=帳務時間"
                " memo=存摺摘要 left=扣帳後餘額 ref=電文序號",
                "out=轉出帳號 bank=轉入銀行代號 to=轉入帳號 sum=轉出金額 fee=手續費金額 all=合計扣款 when=交易時間"
                " memo=交易附註 left=帳戶餘額 ref=交易追蹤碼",
            )
        )
    )
    state = f"{code.get(facts.status, '')} {title}".strip()
    rows = [("處理結果", state), *([("說明", note)] if note else [])]
    rows += hand.rows(words, "when out bank to sum fee all memo left ref")
    boxed(
        page, rows, size=36, left=50, at=390, right=1030, shade="#e9e1c8", line="#c9bb90", tall=2.5
    )
    page.y += 50
    page.put(540, "本畫面僅供參考，實際入帳以存摺登錄為準", size=30, ink="#8b8063", anchor="m")
    page.y += 50
    return finished(page, hand, below=90)


def _morrow(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A net-only bank: a huge sum on a gradient, hardly any labels."""
    hand = Scribe(
        facts,
        rng,
        money="$|$ |NT$",
        times="short|weekday|loose",
        masks="full|fours|last five short",
    )
    page = Sheet.of(1125, 2436)
    for y in range(1000):
        page.pen.line((0, y, 1125, y), (40 + y // 12, 120 + y // 20, 200 - y // 25))
    phone_bar(page, rng, ink="white")
    page.y = 300
    title, note = headline(layout, facts, rng)
    page.middle(title, size=56, ink="white")
    if note:
        page.middle(note, size=36, ink="white")
    page.middle(hand.amount(), size=150, ink="white", face="black")
    page.middle(hand.when(), size=36, ink="#e9f4ff")
    page.y = 1080
    page.put(90, hand.bank("{name}({code})"), size=46, bold=True)
    page.y += 76
    page.put(90, hand.account(), size=50)
    page.y += 130
    words = words_of(
        rng.choice(
            (
                "out=付款帳戶 fee=手續費 memo=備註 ref=交易序號 left=付款後餘額",
                "out=從這個帳戶 fee=手續費(本月跨轉優惠剩 memo=小紙條 ref=單號 left=帳戶餘額",
            )
        )
    )
    if "優惠" in words["fee"]:
        words["fee"] += f"{rng.randrange(1, 20)}次)"
    rows = hand.rows(words, "out fee memo ref left")
    spread(page, rows, size=40, left=90, right=1035, step=2.5, rule="#e9edf2")
    page.y += 30
    return finished(page, hand, below=120)


def _english(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """English words, light or dark."""
    dark = rng.random() < 0.4
    hand = Scribe(
        facts,
        rng,
        money="NTD|TWD.00|NT$|TWD after",
        times="british|comma|iso",
        masks="full|fours|last five",
        english=True,
    )
    ink = "#f4f4f5" if dark else "#1f2328"
    page = Sheet.of(1080, 2300, ground="#111315" if dark else "white", ink=ink)
    phone_bar(page, rng, ink=ink)
    title, note = headline(layout, facts, rng)
    page.y += 40
    page.put(70, title, size=58, bold=True)
    page.y += 100
    if note:
        page.put(70, note, size=34, ink="#d08a2e")
        page.y += 70
    page.rule(left=70, right=1010, ink="#c8102e", thick=6)
    page.y += 50
    words = words_of(
        rng.choice(
            (
                "out=From tobank=To sum=Amount fee=Fee all=Total_debited when=Date ref=Reference_no. memo=Message",
                "sum=Transfer_amount out=Debit_account bank=Payee's_bank to=Payee's_account"
                " fee=Service_charge when=Transaction_time ref=Transaction_ID memo=Note left=Available_balance",
                "payee=Payee bank=Receiving_bank to=Account_number sum=You_sent fee=Bank_charges when=Sent_on"
                " on=Will_be_sent_on ref=Confirmation_number memo=Remarks",
            )
        )
    )
    words.setdefault("on", "Scheduled date")
    rows = hand.rows(words, "payee out bank to tobank sum fee all when ref memo left")
    english = hand.bank("{english} ({code})")
    rows = [(label, value.replace(hand.bank(), english)) for label, value in rows]
    if rng.random() < 0.5:
        stacked(page, rows, size=42, left=70, right=1010, faint="#8b949e")
    else:
        spread(page, rows, size=38, left=70, right=1010, step=2.5, faint="#8b949e")
    page.y += 40
    button(page, "Done", (70, page.y, 1010, page.y + 110), fill="#c8102e", ink="white")
    page.y += 110
    return finished(page, hand, below=80)


_ENGLISH = titles(
    success="Transfer completed|Transfer successful|Money sent",
    scheduled="Transfer scheduled/It will be sent on the date below|Future transfer set up",
    pending="Transfer in progress/We will notify you of the result|Submitted, awaiting processing",
    confirm="Review your transfer/Check the details, then tap Confirm|Confirm details",
    failed="Transfer failed/Insufficient funds|Transfer unsuccessful/Invalid payee account",
    void="Transfer cancelled",
    refund="Transfer returned/The receiving bank returned the funds|Refunded to your account",
    inward="You received money|Incoming transfer",
)
_CHATTY = titles(
    success="轉好囉！|搞定，錢轉出去了|轉帳成功！",
    scheduled="預約好囉！/到時候會幫你轉|已幫你排好預約轉帳",
    pending="正在幫你轉…/等等再回來看結果",
    confirm="這樣對嗎？/確認沒問題再往下|再看一眼，準備轉囉",
    failed="糟糕，沒轉成功/戶頭錢不夠|轉帳失敗了/請再試一次",
    void="已經幫你取消了",
    refund="錢退回來了/對方銀行退回這筆款項",
    inward="有錢進來囉！|叮咚！入帳了",
)
_SENT = titles(
    success="已轉帳|轉帳完成|已完成轉帳",
    scheduled="已預約轉帳|預約轉帳",
    pending="處理中/完成後將以推播通知",
    confirm="確認轉帳內容",
    failed="未完成轉帳/餘額不足|轉帳失敗",
    void="已取消",
    refund="已退款|退回款項",
    inward="已收款|收到轉帳",
)
_FORMAL = titles(
    success="交易成功|您的轉帳交易已完成|轉帳交易成功",
    scheduled="預約交易登錄成功|預約轉帳已受理",
    pending="交易待覆核|交易結果未明/請稍後查詢交易明細|交易處理中",
    confirm="請確認下列交易資料|交易確認",
    failed="交易失敗/餘額不足|交易失敗/轉入帳號錯誤|交易失敗/逾時未回應",
    void="交易已取消|交易已更正沖銷",
    refund="沖正交易/本筆款項已沖回轉出帳號|退匯/款項已退回",
    inward="入帳通知|轉入交易成功",
)

SCREENS = (
    Layout(
        "third-harbor",
        "transfer",
        SCREEN,
        told_truly(_harbor),
        _TRANSFER,
        shows("fee memo balance"),
    ),
    Layout(
        "third-cubic", "transfer", SCREEN, told_truly(_cubic), _TRANSFER, shows("fee total memo")
    ),
    Layout("third-jade", "transfer", SCREEN, told_truly(_jade), _FORMAL, shows("fee memo balance")),
    Layout(
        "third-blush", "transfer", SCREEN, told_truly(_blush), _CHATTY, shows("fee memo balance")
    ),
    Layout("third-line", "transfer", SCREEN, told_truly(_line), _SENT, shows("fee memo")),
    Layout(
        "third-night",
        "transfer",
        SCREEN,
        told_truly(_night),
        _FORMAL,
        shows("fee total memo balance"),
    ),
    Layout("third-violet", "transfer", SCREEN, told_truly(_violet), _TRANSFER, shows("fee memo")),
    Layout(
        "third-union",
        "transfer",
        SCREEN,
        told_truly(_union),
        _FORMAL,
        shows("fee total memo balance"),
    ),
    Layout(
        "third-postal",
        "transfer",
        SCREEN,
        told_truly(_postal),
        _TRANSFER,
        shows("fee memo balance"),
    ),
    Layout(
        "third-soil",
        "transfer",
        SCREEN,
        told_truly(_soil),
        _FORMAL,
        shows("fee total memo balance"),
    ),
    Layout(
        "third-morrow", "transfer", SCREEN, told_truly(_morrow), _SENT, shows("fee memo balance")
    ),
    Layout("third-english", "transfer", SCREEN, told_truly(_english), _ENGLISH, shows("fee memo")),
)
