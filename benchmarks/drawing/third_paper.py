"""Slips of cash machines, forms of counters and receipts of stores of the third family."""

import random
from collections.abc import Sequence

from .facts import Facts
from .layout import PAPER, THERMAL, Drawn, Layout, finished, segments_of
from .sheet import Mark, Printer, Sheet, font
from .third_hand import Row, Scribe, headline, moment_text, titles, words_of
from .third_kit import boxed, fitting, shows, stamped, told_truly


def columns_of(text: str) -> int:
    """What a text takes on a receipt's paper."""
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def printed(page: Printer, rows: Sequence[Row], *, colon: str = ":", right: bool = False) -> None:
    """Rows one below the other; what is too long goes to a line of its own."""
    for label, value in rows:
        if columns_of(label + colon + value) + 1 > page.columns:
            page.line(label + colon)
            page.line(value, at="r")
        elif right:
            page.pair(label, value)
        else:
            page.line(f"{label}{colon}{value}")


def _teller(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's cash machine: label and value by the line."""
    hand = Scribe(
        facts,
        rng,
        money="NT$|元|bare.00|$",
        times="slashes|minguo|tight",
        masks="full|sixteen|last five|ends",
    )
    page = Printer.of(34, cell=15, ground=rng.choice(("#fbfbf8", "#f4f6f2")))
    page.rough = rng.random() < 0.5
    title, note = headline(layout, facts, rng)
    page.line(rng.choice(("海灣商業銀行", "青山銀行", "臺灣銀行", "華南銀行")), at="m", tall=True)
    page.line(rng.choice(("自動櫃員機交易明細表", "ATM 客戶交易明細單")), at="m")
    page.line("-" * 34)
    words = words_of(
        rng.choice(
            (
                "when=交易時間 out=卡片帳號 bank=轉入銀行 to=轉入帳號 sum=交易金額 fee=手續費 left=可用餘額 ref=交易序號",
                "when=日期時間 out=轉出帳號 tocode=轉入帳號 sum=轉帳金額 fee=手續費 left=帳戶餘額 ref=跨行序號",
                "when=DATE/TIME out=CARD_NO. bank=TO_BANK to=TO_ACCOUNT sum=AMOUNT fee=FEE left=BALANCE ref=SEQ_NO.",
            )
        )
    )
    kind = "TRANSACTION" if "DATE" in words["when"] else "交易種類"
    machine = f"{rng.randrange(10_000, 99_999)}"
    rows = [
        ("機號" if kind == "交易種類" else "ATM NO.", machine),
        (kind, rng.choice(("跨行轉帳", "繳費", "轉帳"))),
    ]
    rows += hand.rows(words, "when out bank to tocode sum fee left ref")
    printed(page, rows, right=rng.random() < 0.5)
    page.line("-" * 34)
    page.line(("RESULT " if kind == "TRANSACTION" else "交易訊息 ") + title)
    if note:
        page.line(note)
    page.line("請核對本明細表並妥善保存", at="m")
    return finished(page, hand, below=60)


def _post_teller(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The post office's machine: heads in one line, values below, as in a passbook."""
    hand = Scribe(
        facts,
        rng,
        money="bare|star|stars.00|plain",
        times="minguo_tight|minguo|minguo_dash",
        masks="full|sixteen|gaps|last five",
    )
    page = Printer.of(38, cell=13, ground="#fdfdfa")
    title, note = headline(layout, facts, rng)
    page.line("中華郵政股份有限公司", at="m")
    page.line("儲金自動櫃員機交易明細表", at="m")
    page.line()
    page.line("交易日期  時間      機號      序號")
    page.line(f"{hand.when()}  {rng.randrange(100, 999):06d}  {facts.reference[:6]}")
    page.line()
    rows = [("交易別", rng.choice(("轉帳", "跨行轉出", "繳費"))), ("存簿帳號", hand.say("out"))]
    rows += [("轉入行庫", hand.bank("{code} {name}")), ("轉入帳號", hand.account())]
    rows += [(rng.choice(("交易金額", "金額")), hand.amount()), ("手續費", hand.fee())]
    if facts.balance is not None:
        rows += [("存簿結存", hand.balance())]
    printed(page, rows, colon=" ", right=True)
    page.line()
    page.line(f"訊息：{title}")
    if note:
        page.line(note)
    page.line("＊＊ 歡迎再度使用 ＊＊", at="m")
    return finished(page, hand, below=50)


def _cells(sheet: Sheet, text: str, *, left: int, top: int, side: int, count: int) -> None:
    """A form's row of boxes with a character in each, at the right end."""
    for at in range(count):
        x = left + at * side
        sheet.block((x, top, x + side, top + side + 8), outline="#8a9a8a", thick=1)
        char = text[at - count + len(text)] if at >= count - len(text) else ""
        sheet.pen.text(
            (x + side // 2, top + side // 2 + 4),
            char,
            "#23262c",
            font=font("sans", side - 8),
            anchor="mm",
        )
    right = left + count * side
    sheet.marks.append(Mark(text, (left + (count - len(text)) * side, top, right, top + side)))


def remittance(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A counter's form: boxes for every digit, the sum in words, a stamp."""
    hand = Scribe(facts, rng, money="大寫|新台幣整|元整", times="minguo_long|minguo|minguo_dots")
    page = Sheet.of(1500, 1100, ground=rng.choice(("#fdfcf5", "#f3f9f1", "#fbf3f3")))
    bank = rng.choice(("海灣銀行", "青山銀行", "合作金庫銀行", "第一商業銀行"))
    title, note = headline(layout, facts, rng)
    page.y = 40
    page.middle(f"{bank}　{title}", size=42, face="serif")
    page.put(1440, "客戶收執聯", size=26, y=52, anchor="r")
    stated = rng.choice(("申請日期", "匯款日期", "交易時間"))
    page.put(60, f"{stated}：{hand.when()}", size=28)
    page.put(1440, f"編號：{facts.reference}", size=26, anchor="r")
    page.y += 60
    names = rng.choice(
        (
            ("解款行", "收款人帳號", "收款人戶名", "匯款金額", "匯款人", "手續費", "附言"),
            (
                "收款行庫",
                "收款帳號",
                "收款戶名",
                "匯款金額(大寫)",
                "匯款人姓名",
                "匯費",
                "附言/備註",
            ),
        )
    )
    top, left, right, tall = page.y, 60, 1440, 84
    texts = [
        hand.bank("{name}　代號 {code}"),
        None,
        hand.payee(),
        hand.amount(),
        facts.payer,
        hand.fee(),
        facts.memo or "",
    ]
    for at, (name, text) in enumerate(zip(names, texts, strict=True)):
        y = top + at * tall
        page.block((left, y, left + 260, y + tall), outline="#6a7a6a")
        page.block((left + 260, y, right, y + tall), outline="#6a7a6a")
        page.put(left + 20, name, size=fitting(name, 30, 220), y=y + 22, face="serif")
        if text is None:
            _cells(page, hand.account("full"), left=left + 290, top=y + 14, side=46, count=16)
        else:
            page.put(left + 290, text, size=34, y=y + 20)
    page.y = top + len(names) * tall + 24
    digits = f"{facts.amount:,}"
    page.put(60, f"金額　NT$ {digits}" if rng.random() < 0.5 else f"小寫金額 ${digits}", size=32)
    if note:
        page.put(700, note, size=32, ink="#a02828")
    page.y += 60
    page.put(60, "認證欄", size=24, ink="#777777")
    if facts.status != "unpaid":
        teller = f"{moment_text(facts.at, 'minguo_tight')} {rng.randrange(1000, 9999)} {rng.randrange(10, 99)}"
        page.put(180, f"{teller} TWD{digits}.00", size=30, face="mono")
        state = {"void": "註　銷", "refund": "退　匯"}.get(
            facts.status, rng.choice(("匯　訖", "收　訖"))
        )
        day = f"{facts.at.year - 1911}.{facts.at:%m.%d}"
        stamped(page, (bank[:4], day, state), 1160, page.y - 190, rng, radius=100)
    page.y += 60
    page.put(60, "主管　　　　　　　　經辦　　　　　　　　客戶簽章", size=24, ink="#666666")
    page.y += 50
    return finished(page, hand, below=50)


def _deposit(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A counter's slip for cash paid into an account, with the machine's line."""
    hand = Scribe(
        facts, rng, money="大寫|元整|元", times="minguo|minguo_long|slashes", masks="full|hyphens"
    )
    page = Sheet.of(1300, 900, ground="#fffef8", ink="#1f2b6b")
    bank = rng.choice(("海灣銀行", "臺灣土地銀行", "彰化商業銀行", "青山銀行"))
    title, note = headline(layout, facts, rng)
    page.y = 36
    page.middle(f"{bank} {title}", size=40, face="serif")
    page.put(
        60, f"中華民國 {facts.at.year - 1911} 年 {facts.at.month} 月 {facts.at.day} 日", size=26
    )
    page.put(1240, "第二聯 收據", size=26, anchor="r")
    page.y += 54
    words = words_of(
        rng.choice(
            (
                "bank=存入行 to=存款帳號 payee=戶名 sum=存入金額 payer=存款人 memo=備註 when=交易時間 ref=櫃員序號",
                "tobank=入戶帳號 payee=入戶戶名 sum=新臺幣(大寫) payer=代理人 memo=摘要 when=入帳時間 ref=傳票編號",
            )
        )
    )
    rows = hand.rows(words, " ".join(words))
    boxed(
        page, rows, size=30, left=60, at=300, right=1240, shade="#f0f2fb", line="#7d88bd", tall=2.1
    )
    page.y += 26
    day = f"{facts.at.year - 1911}.{facts.at:%m.%d}"
    page.put(60, f"存入現金 NT${facts.amount:,}", size=28)
    page.y += 50
    line = (
        f"{rng.randrange(100, 999)} {moment_text(facts.at, 'minguo_tight')} *{facts.amount:,}.00 CR"
    )
    page.put(60, line, size=28, face="mono", ink="#333333")
    if note:
        page.put(60, note, size=28, y=page.y + 44, ink="#a02828")
    state = {"void": "作　廢", "refund": "沖　正"}.get(
        facts.status, rng.choice(("現金收訖", "收訖"))
    )
    stamped(page, (bank[:4], day, state), 1010, page.y - 130, rng, radius=92)
    page.y += 80
    return finished(page, hand, below=40)


def _coded(facts: Facts, hand: Scribe, rng: random.Random) -> tuple[str, ...]:
    """The three segments; the account stands in the second."""
    codes = segments_of(facts, rng).texts
    hand.account_shown, hand.mask = codes[1], "segment"
    return codes


def _paid_in_cash(hand: Scribe, facts: Facts, words: dict[str, str]) -> list[Row]:
    if facts.status == "failed":
        return hand.rows(words, "sum")
    if facts.status == "refund":
        words = words | {"sum": "退款金額", "cash": "退還現金"}
    cash, change = hand.cash()
    told = hand.rows(words, "sum fee all")
    return [*told, (words["cash"], cash), (words["change"], change)]


def _sevens(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The chain with the numeral: proof of payment, segments as text."""
    hand = Scribe(facts, rng, money="bare|$|元", times="slashes|short|minguo")
    codes = _coded(facts, hand, rng)
    page = Printer.of(32, cell=15)
    title, note = headline(layout, facts, rng)
    page.line("7-ELEVEN", at="m", big=True)
    page.line("統一超商股份有限公司", at="m")
    page.line(title, at="m", tall=True)
    if note:
        page.line(note, at="m")
    page.line(f"海東門市({rng.randrange(100_000, 299_999)})")
    page.line(hand.when())
    page.line(f"機{rng.randrange(1, 4):02d} 序{facts.reference[:8]}")
    page.line("=" * 32)
    page.line(rng.choice(("[代收] 學校繳費", "代收項目:學雜費(銀行)", "【代收】銀行代收款")))
    names = rng.choice((("第一段條碼", "第二段條碼", "第三段條碼"), ("條碼1", "條碼2", "條碼3")))
    printed(page, list(zip(names, codes, strict=True)))
    words = words_of(
        rng.choice(
            (
                "sum=代收金額 fee=手續費 all=合計 cash=現金 change=找零",
                "sum=實收金額 fee=服務費 all=總計 cash=收現 change=找零",
            )
        )
    )
    page.line("-" * 32)
    printed(page, _paid_in_cash(hand, facts, words), right=True)
    page.line("=" * 32)
    page.line("※查詢繳費狀況請攜帶本單據")
    page.line("※本單據非統一發票", at="l")
    return finished(page, hand, below=60, barcodes=codes)


def _families(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The chain of families: a wide head, a list, the customer's copy."""
    hand = Scribe(facts, rng, money="NT$|元|$ ", times="dashes|slashes|loose")
    codes = _coded(facts, hand, rng)
    page = Printer.of(30, cell=16, ground="#fbfaf3")
    page.rough = rng.random() < 0.4
    title, note = headline(layout, facts, rng)
    page.line("FamilyMart", at="m", big=True)
    page.line("全家便利商店", at="m")
    page.line(f"店舖:{rng.randrange(1000, 19_999):06d} 海東店")
    page.line(f"日期:{hand.when()}")
    page.line(f"收銀機:{rng.randrange(1, 5)} 交易:{facts.reference[:7]}")
    page.line()
    page.line(title, at="m", tall=True)
    if note:
        page.line(note, at="m")
    rows = [
        (
            rng.choice(("代收項目", "繳費項目")),
            rng.choice(("教育規費", "學費類代收", "各類考試報名")),
        )
    ]
    rows += zip(
        rng.choice((("一段", "二段", "三段"), ("BARCODE1", "BARCODE2", "BARCODE3"))),
        codes,
        strict=True,
    )
    printed(page, rows)
    words = words_of(
        rng.choice(
            (
                "sum=應繳金額 fee=手續費 all=實收金額 cash=客戶付款 change=找零金額",
                "sum=繳費金額 fee=代收手續費 all=收款合計 cash=現金 change=找零",
            )
        )
    )
    page.line("- " * 15)
    printed(page, _paid_in_cash(hand, facts, words), right=True)
    page.line()
    page.line("顧客收執聯　請保存三個月", at="m")
    page.line("謝謝惠顧", at="m")
    return finished(page, hand, below=60, barcodes=codes)


def _lives(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The chain of life: bars printed again, texts under them."""
    hand = Scribe(facts, rng, money="$|元|bare", times="minguo|short|tight")
    codes = _coded(facts, hand, rng)
    page = Printer.of(36, cell=17, ground="#fefefb")
    title, note = headline(layout, facts, rng)
    page.line("Hi-Life 萊爾富", at="m", tall=True)
    page.line(title, at="m")
    if note:
        page.line(note, at="m")
    page.line(f"門市 {rng.randrange(1000, 9999)} 海東店  TM:{rng.randrange(1, 4)}")
    page.line(f"交易日期 {hand.when()}")
    page.line("." * 36)
    for code in codes:
        page.sheet.bars(code, left=16, module=2, height=70)
        page.line(code, at="m")
    page.line("." * 36)
    words = words_of(
        rng.choice(
            (
                "sum=代收款 fee=手續費 all=應收 cash=現金 change=找回",
                "sum=代收金額 fee=處理費 all=總金額 cash=收您 change=找您",
            )
        )
    )
    printed(
        page,
        [("項目", rng.choice(("代收-學校", "銀行代收款"))), *_paid_in_cash(hand, facts, words)],
        right=True,
    )
    page.line(f"序號 {facts.reference}")
    page.line("此為代收款證明,不得兌獎", at="m")
    return finished(page, hand, below=60, barcodes=codes)


def _marts(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The chain of OK: no segments but the number of the account, a stamp over the end."""
    hand = Scribe(
        facts, rng, money="元整|NT$|元", times="slashes|minguo_dash|iso", masks="full|sixteen|fours"
    )
    page = Printer.of(30, cell=16)
    title, note = headline(layout, facts, rng)
    page.line("OKmart", at="m", big=True)
    page.line("來來超商股份有限公司", at="m")
    page.line()
    page.line(title, at="m", tall=True)
    if note:
        page.line(note, at="m")
    words = words_of(
        rng.choice(
            (
                "when=繳費時間 ref=交易序號 to=銷帳編號 sum=繳款金額 fee=手續費 all=總計 cash=現金 change=找零",
                "when=收款時間 ref=收據號碼 to=繳款帳號 sum=代收金額 fee=手續費 all=實收 cash=付現 change=找錢",
            )
        )
    )
    rows = [("店名", "海東門市"), *hand.rows(words, "when ref to")]
    printed(page, rows)
    page.line("~" * 30)
    printed(page, _paid_in_cash(hand, facts, words), right=True)
    page.line("~" * 30)
    page.line("本聯由顧客收執", at="m")
    page.line()
    page.line()
    if facts.status in ("success", "sample"):
        day = f"{facts.at:%Y.%m.%d}"
        stamped(page.sheet, ("OK超商", day, "收訖章"), 300, page.sheet.y - 110, rng, radius=76)
    page.sheet.y += 60
    return finished(page, hand, below=40)


def slip_with_parts(facts: Facts, hand: Scribe, rng: random.Random, codes: Sequence[str]) -> Sheet:
    """A school's slip on paper: who, what, until when, three bars. Nothing says that it is paid."""
    page = Sheet.of(1500, 1500)
    page.y = 50
    page.middle(
        rng.choice(("國立海東科技大學 繳費單", "海東科技大學 代收款繳款單", "報名費繳費通知單")),
        size=46,
    )
    page.put(
        60, rng.choice(("繳款人收執聯", "第一聯　收據聯", "（學生存查聯）")), size=28, ink="#555555"
    )
    page.y += 60
    until = f"{facts.slip.until_on.year - 1911}/{facts.slip.until_on:%m/%d}"
    rows = [
        (rng.choice(("繳款人", "姓名")), hand.say("hidden")),
        (rng.choice(("繳費項目", "收費名稱")), rng.choice(("鑑定考試報名費", "證照考試代辦費"))),
        (rng.choice(("繳款金額", "應繳金額", "應繳總額")), hand.amount()),
        (rng.choice(("繳款期限", "繳費截止日")), until),
        ("銀行代碼", hand.bank("{code} {name}")),
        (rng.choice(("繳款帳號", "虛擬帳號", "銷帳編號")), hand.account("full")),
    ]
    boxed(page, rows, size=32, left=60, at=360, right=1440, shade="#f4f4f4", tall=2.0)
    page.y += 36
    page.put(60, "超商繳費專區", size=30)
    page.y += 56
    for code in codes:
        page.bars(code, left=90, module=3, height=80)
        page.put(130, code, size=28, face="mono")
        page.y += 54
    return page


def _stamped_slip(layout: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The school's slip that a counter stamped when it took the money."""
    hand = Scribe(facts, rng, money="NT$|元整|新台幣整|大寫", times="minguo_dots|short|minguo_dash")
    codes = segments_of(facts, rng).texts
    page = slip_with_parts(facts, hand, rng, codes)
    title, note = headline(layout, facts, rng)
    place = rng.choice(("統一超商", "全家海東", "海灣銀行", "第一銀行"))
    day = (
        f"{facts.at:%Y.%m.%d}" if rng.random() < 0.5 else f"{facts.at.year - 1911}.{facts.at:%m.%d}"
    )
    stamped(page, (place, day, title), 1130, page.y - 360, rng, radius=130)
    page.put(
        60,
        f"代收單位認證欄　{hand.when()}　{note or title}　NT${facts.amount:,}",
        size=28,
        face="sans",
    )
    page.y += 60
    page.put(60, "未經收款單位簽章者，本聯無效。", size=24, ink="#777777")
    page.y += 44
    return finished(page, hand, below=60, barcodes=codes)


_MACHINE = titles(
    success="交易成功|OK 交易完成|4001 交易成功",
    scheduled="預約轉帳登錄成功",
    pending="交易處理中/請洽原存行查詢",
    failed="交易失敗/餘額不足 E4202|交易未完成 款項未扣|4507 轉入帳號錯誤",
    void="交易取消|客戶取消交易",
    refund="沖正交易/款項已退回|更正交易",
)
_FORM = titles(
    success="匯款申請書（兼收據）|匯出匯款申請書|國內匯款回條",
    void="匯款申請書/本件註銷",
    refund="退匯通知書/收款人帳號戶名不符，退回匯款人",
)
_INTO = titles(
    success="存款憑條|無摺存入憑條|現金存入收據",
    void="存款憑條/本傳票作廢",
    refund="存款憑條/本筆已沖正",
)
_STORE = titles(
    success="代收款專用繳款證明|代收款繳款證明(顧客聯)|代收收據",
    void="代收交易取消單|作廢 代收收據/本單據作廢",
    refund="代收退款單/款項已退還顧客",
    failed="代收交易失敗/請重新繳費",
)
_CUSTOMER = titles(
    success="代收服務收據|繳費完成證明|繳款收據",
    void="代收取消明細|(作廢)代收收據",
    refund="退款明細/已退還現金",
    failed="繳費未完成/逾繳費期限",
)
_STAMPS = titles(success="收訖|已繳費|現金收訖", void="作廢/作廢", refund="退費/已退費")
_CASH = "fee total cash"

PAPERS = (
    Layout(
        "third-teller", "transfer", THERMAL, told_truly(_teller), _MACHINE, shows("fee balance")
    ),
    Layout(
        "third-post-teller",
        "transfer",
        THERMAL,
        told_truly(_post_teller),
        _MACHINE,
        shows("fee balance"),
    ),
    Layout(
        "third-remittance",
        "transfer",
        PAPER,
        told_truly(remittance),
        _FORM,
        shows("fee memo payee"),
    ),
    Layout("third-deposit", "transfer", PAPER, told_truly(_deposit), _INTO, shows("memo payee")),
    Layout(
        "third-sevens", "store", THERMAL, told_truly(_sevens), _STORE, shows(f"{_CASH} barcodes")
    ),
    Layout(
        "third-families",
        "store",
        THERMAL,
        told_truly(_families),
        _CUSTOMER,
        shows(f"{_CASH} barcodes"),
    ),
    Layout(
        "third-lives", "store", THERMAL, told_truly(_lives), _CUSTOMER, shows(f"{_CASH} barcodes")
    ),
    Layout("third-marts", "store", THERMAL, told_truly(_marts), _STORE, shows(_CASH)),
    Layout("third-stamped", "store", PAPER, told_truly(_stamped_slip), _STAMPS, shows("barcodes")),
)
