"""The fourth family's papers: machines' slips, a passbook, forms from counters, stamps."""

import random
from datetime import timedelta

from PIL import Image, ImageDraw

from .facts import Facts
from .fourth_hand import (
    Quill,
    Row,
    moment_parts,
    own_account,
    payee_name,
    rows,
    sum_written,
)
from .fourth_kit import layout
from .layout import Drawn, Layout, finished
from .sheet import Mark, Sheet, font
from .third_kit import fitting
from .writing import in_words


def _lines(which: Layout, facts: Facts, quill: Quill) -> list[tuple[str, int, int, int, str]]:
    """Word, paid, come, left and a note of five entries; the third one counts."""
    given = facts.status in ("inward", "refund")
    after = max(facts.balance or 0, facts.amount if given else 0)
    before = after + (-facts.amount if given else facts.amount)
    quill.shown["balance"] = after
    out, into = (0, facts.amount) if given else (facts.amount, 0)
    return [
        ("承前頁", 0, 0, before + 235, ""),
        ("電費", 235, 0, before, "台電代繳"),
        (which.titles[facts.status], out, into, after, f"{facts.bank}-{quill.account()}"),
        ("利息", 0, 3, after + 3, ""),
        ("薪資", 0, 28_000, after + 28_003, ""),
    ]


def _passbook(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Lines of a bankbook; the one that counts has a ring around it."""
    sheet = Sheet.of(1500, 980, ground="#eef4ee", ink="#2b2b33")
    sheet.put(60, "活期儲蓄存款　帳號 " + own_account(rng, "{c}{a}-{c}"), size=30, y=36)
    columns = (
        (60, "日期", "l"),
        (230, "摘要", "l"),
        (640, "支出金額", "r"),
        (840, "存入金額", "r"),
    )
    columns += ((1070, "結餘", "r"), (1100, "備註／對方帳號", "l"))
    for x, word, anchor in columns:
        sheet.put(x, word, size=26, y=98, anchor=anchor, ink="#2f6b46")
    for at in range(7):
        sheet.pen.line((40, 140 + at * 62, 1460, 140 + at * 62), "#a9c8b4", 2)
    quill = Quill(
        facts, rng, sums=("{n:,}", "{n:,}.00"), times=("roc_tight",), masks=("whole", "sixteen")
    )
    quill.day()
    for at, (word, paid, came, left, note) in enumerate(_lines(which, facts, quill)):
        y = 152 + at * 62
        day = moment_parts(facts.at + timedelta(days=(-9, -3, 0, 2, 5)[at]), quill.time)[0]
        sheet.put(60, day, size=30, y=y, face="mono")
        sheet.put(230, word, size=30, y=y)
        for x, amount in ((640, paid), (840, came), (1070, left)):
            text = sum_written(amount, quill.way) if amount or x == 1070 else ""
            sheet.put(x, text, size=30, y=y, face="mono", anchor="r")
        sheet.put(1100, note, size=fitting(note, 30, 360), y=y)
        if at == 2:
            sheet.pen.rounded_rectangle((46, y - 10, 1474, y + 52), 26, outline="#d63031", width=4)
    sheet.y = 540
    return finished(sheet, quill, distractors=(235, 28_000, 3))


def _postmark(sheet: Sheet, lines: tuple[str, ...], x: int, y: int, rng: random.Random) -> None:
    """A round stamp of a counter; between two bars the day."""
    side = 220
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, ink = ImageDraw.Draw(layer), (150, 30, 50, 210)
    pen.ellipse((4, 4, side - 4, side - 4), outline=ink, width=5)
    pen.line((18, 80, side - 18, 80), ink, 3)
    pen.line((18, 140, side - 18, 140), ink, 3)
    for text, at in zip(lines, (52, 110, 168), strict=True):
        size = fitting(text, 34, 196 if at == 110 else 140)
        pen.text((side // 2, at), text, ink, font=font("sans", size), anchor="mm")
    turned = layer.rotate(rng.uniform(-10, 10), resample=Image.Resampling.BICUBIC)
    sheet.image.paste(turned, (x, y), turned)
    sheet.marks += [Mark(text, (x, y, x + side, y + side)) for text in lines]


_POST = {
    "at": "交易時間",
    "bank": "解款行",
    "to": "收款人帳號",
    "payee": "收款人",
    "payer": "匯款人",
    "amount": "匯款金額",
    "fee": "匯費",
    "total": "合計收款",
    "ref": "匯款序號",
    "note": "附言",
    "bank=": "{code} {name}",
}


def _post_office(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The post's paper for who sends money at its counter."""
    sheet = Sheet.of(1240, 1200, ground="#f6fbf4", ink="#1f2a22")
    sheet.put(
        620, "郵政跨行匯款　匯款人收執聯", size=42, y=50, anchor="m", ink="#00693e", face="serif"
    )
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}元", "NT${n:,}", "＄{f}"),
        times=("roc", "roc_words", "roc_dots"),
        masks=("whole", "fours"),
    )
    sheet.y = 140
    told = list(
        rows(_POST, facts, quill, "at bank to payee payer amount fee total ref note", rng=rng)
    )
    told.insert(6, ("（大寫）", f"新臺幣{in_words(facts.amount)}"))
    for label, value in told:
        top = sheet.y
        sheet.block((70, top, 330, top + 68), outline="#00693e")
        sheet.block((330, top, 1170, top + 68), outline="#00693e")
        sheet.put(92, label, size=30, y=top + 12, ink="#00693e", face="serif")
        sheet.put(352, value, size=fitting(value, 32, 560), y=top + 12)
        sheet.y = top + 68
    day = quill.when("roc_dots").split(" ")[0]
    _postmark(sheet, ("明湖郵局", day, which.titles[facts.status]), 935, sheet.y - 230, rng)
    told_at = next(value for _, value in told)
    quill.dt_display = told_at
    sheet.y += 30
    sheet.put(70, "請核對內容，如有錯誤請於當日向原局更正。", size=26, face="serif")
    sheet.y += 40
    return finished(sheet, quill)


def _counter(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's form with a box for every digit, and the machine's line across its foot."""
    sheet = Sheet.of(1500, 1000, ground="#fffdf6", ink="#26262b")
    sheet.put(750, "國內匯款申請書（客戶收執聯）", size=42, y=40, anchor="m", face="serif")
    quill = Quill(
        facts, rng, sums=("NT${n:,}", "{n:,}"), times=("roc", "roc_dots", "slash"), masks=("whole",)
    )
    told: list[Row] = [("受款行", quill.bank("{name}（{code}）")), ("受款人帳號", quill.account())]
    told += [("受款人戶名", payee_name(facts, rng))]
    told += [("匯款人", facts.payer), ("附言", facts.memo or "－")]
    top = 130
    for label, value in told:
        sheet.block((60, top, 300, top + 70), fill="#f0ead6", outline="#8c7d55")
        sheet.block((300, top, 1440, top + 70), outline="#8c7d55")
        sheet.put(80, label, size=30, y=top + 14, face="serif")
        sheet.put(325, value, size=34, y=top + 12, ink="#1d2f6f")
        top += 70
    sheet.block((60, top, 300, top + 130), fill="#f0ead6", outline="#8c7d55")
    sheet.put(80, "匯款金額", size=30, y=top + 44, face="serif")
    digits = f"{facts.amount}".rjust(7)
    for at, (unit, digit) in enumerate(zip("佰拾萬仟佰拾元", digits, strict=True)):
        left = 300 + at * 100
        sheet.block((left, top, left + 100, top + 46), fill="#f0ead6", outline="#8c7d55")
        sheet.block((left, top + 46, left + 100, top + 130), outline="#8c7d55")
        sheet.put(left + 50, unit, size=28, y=top + 3, anchor="m", face="serif")
        sheet.put(left + 50, digit.strip(), size=46, y=top + 56, anchor="m", ink="#1d2f6f")
    fee = f"手續費 {quill.fee()}"
    sheet.put(1030, fee, size=32, y=top + 12)
    sheet.put(1030, f"合計 {quill.total()}", size=32, y=top + 70)
    sheet.y = top + 170
    sheet.put(60, "認證欄", size=28, face="serif", ink="#8c7d55")
    line = f"{quill.when()} 匯款 {quill.amount()} {facts.reference}"
    sheet.put(190, line, size=30)
    sheet.y += 56
    sheet.put(190, which.titles[facts.status], size=34, face="black", ink="#b03a2e")
    sheet.y += 50
    return finished(sheet, quill)


def _stamped(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The school's slip that a bank's counter has stamped: only the stamp makes it a receipt."""
    sheet = Sheet.of(1240, 1100, ground="white")
    quill = Quill(
        facts, rng, sums=("{n:,}元", "NT${n:,}", "{n:,}"), times=("roc_dots",), masks=("whole",)
    )
    sheet.put(620, "遠山科技大學　報名費繳費收據", size=42, y=50, anchor="m", face="serif")
    sheet.put(620, "第一聯：繳款人收執", size=28, y=116, anchor="m", face="serif")
    student = f"1{rng.randrange(10)}3{rng.randrange(10**5):05d}"
    told: list[Row] = [
        ("姓名", facts.payer),
        ("學號", student),
        ("繳費銀行", quill.bank("{name} {code}")),
    ]
    told += [
        ("存入帳號", quill.account()),
        ("項目", "專業證照團體報名費"),
        ("應繳金額", quill.amount()),
    ]
    told += [("實收金額", quill.amount())]
    top = 180
    for label, value in told:
        sheet.block((90, top, 360, top + 72), outline="black")
        sheet.block((360, top, 1150, top + 72), outline="black")
        sheet.put(115, label, size=32, y=top + 13, face="serif")
        sheet.put(385, value, size=32, y=top + 13, face="serif")
        top += 72
    _postmark(sheet, (quill.bank("{name}"), quill.day(), which.titles[facts.status]), 860, 560, rng)
    sheet.y = top + 40
    sheet.put(90, "本收據須經代收行蓋章始生效力。", size=28, face="serif")
    sheet.y += 40
    return finished(sheet, quill)


PAPERS = (
    layout(
        "passbook",
        "paper",
        _passbook,
        titles={"success": "跨行轉出", "inward": "跨行轉入", "refund": "轉帳退回"},
        shows="balance!",
    ),
    layout(
        "post-office",
        "paper",
        _post_office,
        titles={"success": "收訖", "refund": "退匯", "void": "作廢"},
        shows="fee total memo payee",
    ),
    layout(
        "counter",
        "paper",
        _counter,
        titles={
            "success": "匯出成功　經辦 021",
            "refund": "解款行退匯",
            "void": "更正註銷",
            "pending": "待解款行確認，尚未入帳",
        },
        shows="fee total memo payee",
    ),
    layout("stamped", "paper", _stamped, titles={"success": "收訖章", "void": "註銷"}),
)
