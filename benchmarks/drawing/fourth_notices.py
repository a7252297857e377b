"""The fourth family's notices: what banks send by LINE, push, text message and mail."""

import random

from .facts import Facts
from .fourth_hand import Quill, own_account, rows
from .fourth_kit import bear, colon_rows, heading, layout, phone, tall_rows
from .layout import Drawn, Layout, finished
from .sheet import Mark, Sheet, font
from .third_kit import fitting

MOST_LINES = 9


def broken(text: str, *, size: int, room: int) -> list[str]:
    """Running text in lines; a break falls between Chinese characters, never in a number."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and font("sans", size).getlength(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def written(sheet: Sheet, lines: list[str], *, size: int, left: int, ink: str) -> None:
    """The lines. Marks are as many whatever the text, since edited pages are compared by them."""
    for line in lines:
        sheet.put(left, line, size=size, ink=ink)
        sheet.y += round(size * 1.55)
    missing = MOST_LINES - len(lines)
    sheet.marks += [Mark("", (left, sheet.y, left + 1, sheet.y + 1))] * missing


def _pieces(text: str) -> list[str]:
    """Letters and digits that belong together stay so."""
    found: list[str] = []
    for char in text:
        if found and ord(char) < 0x2E80 and ord(found[-1][-1]) < 0x2E80 and found[-1] != " ":
            found[-1] += char
        else:
            found.append(char)
    return found


_LINE = {
    "amount": "轉出金額",
    "to": "轉入帳號",
    "bank": "轉入銀行",
    "from": "轉出帳號",
    "at": "交易時間",
    "fee": "手續費",
    "note": "備註",
    "balance": "可用餘額",
    "bank=": "{name} {code}",
}


def _flex(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bank's account in a messenger, that sends cards."""
    sheet = phone(rng, 1080, 2400, ground="#8fabc9", island=False)
    sheet.pen.rectangle((0, sheet.y - 10, 1080, sheet.y + 110), "#7d9bbb")
    heading(sheet, "小島銀行 官方帳號", ink="#1b2733", right="≡")
    sheet.y += 40
    sheet.block((430, sheet.y, 650, sheet.y + 54), fill="#7a93ae", radius=27)
    sheet.put(540, rng.choice(("今天", "昨天")), size=30, y=sheet.y + 5, ink="white", anchor="m")
    sheet.y += 90
    sheet.pen.ellipse((30, sheet.y, 120, sheet.y + 90), "#fff1c9")
    bear(sheet, 75, sheet.y + 50, 26)
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "{n:,}元", "NTD {n:,}"),
        times=("slash", "slash_short", "dash"),
        masks=("stars", "middle_x", "starred_dash"),
    )
    top = sheet.y
    told = list(rows(_LINE, facts, quill, "amount from bank to fee at balance note", rng=rng))
    bottom = top + 250 + 74 * len(told)
    sheet.block((150, top, 960, bottom), fill="white", radius=26)
    sheet.block((150, top, 960, top + 110), fill="#0f9d8a", radius=26)
    sheet.put(190, "帳務通知", size=34, y=top + 30, ink="white")
    sheet.y = top + 150
    title = which.titles[facts.status]
    sheet.put(190, title, size=fitting(title, 44, 740, "black"), face="black")
    sheet.y += 84
    colon_rows(
        sheet, told, size=36, left=190, at=380, right=930, step=2.05, faint="#7b828c", colon=""
    )
    sheet.put(975, f"{rng.randrange(1, 13)}:{rng.randrange(60):02d}", size=26, y=bottom - 46)
    sheet.y = bottom + 20
    return finished(sheet, quill, below=160)


def _said(facts: Facts, quill: Quill, rng: random.Random) -> str:
    """One sentence that says all; every bank has its own."""
    mine, at, amount = own_account(rng, "*{c}"), quill.when(), quill.amount()
    theirs = f"{quill.bank()} {quill.account()}"
    note = f"，附言：{facts.memo}" if facts.memo else ""
    if facts.status == "inward":
        return f"您的帳戶{mine}於{at}收到由{theirs}轉入之款項{amount}{note}。"
    if facts.status == "scheduled":
        return f"您已預約於{at}自帳戶{mine}轉帳{amount}至{theirs}{note}，請於扣款日前備妥款項。"
    if facts.status == "failed":
        return f"您於{at}自帳戶{mine}轉帳{amount}至{theirs}未成功，款項並未扣除，請查明後重新交易。"
    if facts.status == "refund":
        return f"您轉至{theirs}之款項{amount}因故退回，已於{at}存回您的帳戶{mine}。"
    return f"您的帳戶{mine}於{at}成功轉出{amount}至{theirs}{note}。如非本人操作請速洽客服。"


def _push(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A locked screen; of its notices one is the bank's."""
    sheet = phone(rng, 1170, 1900, ground="#2c3e50", ink="white")
    sheet.put(585, "週四 通知中心", size=44, y=sheet.y + 40, anchor="m")
    clock = f"{rng.randrange(24)}:{rng.randrange(60):02d}"
    sheet.put(585, clock, size=190, y=sheet.y + 100, anchor="m")
    sheet.y += 430
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "{n:,}元", "新臺幣{n:,}元"),
        times=("slash_short", "slash", "words_half"),
        masks=("stars", "whole", "crosses"),
    )
    others = ("氣象站", "明天白天多雲，早晚偏涼，記得帶件外套。"), ("日曆", "上午十點 小組討論")
    banks = ("湖光銀行", f"【{which.titles[facts.status]}】{_said(facts, quill, rng)}")
    for name, text in (others[0], banks, others[1]):
        top, lines = sheet.y, broken(text, size=38, room=890)
        bottom = top + 130 + len(lines) * 59
        sheet.block((40, top, 1130, bottom), fill="#dfe6ec", radius=40)
        sheet.block((80, top + 38, 160, top + 118), fill="#e17055", radius=18)
        sheet.y = top + 34
        sheet.put(190, name, size=38, ink="#1a1a1a", face="black")
        sheet.put(1095, "現在", size=32, ink="#5d6d7e", anchor="r")
        sheet.y += 58
        written(sheet, lines, size=38, left=190, ink="#1a1a1a")
        sheet.y = bottom + 24
    return finished(sheet, quill)


def _sms(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Text messages of one sender, the last one counts."""
    sheet = phone(rng, 1080, 1900, ground="white", island=False)
    heading(sheet, "BANK-INFO", ink="#111111", left="←")
    quill = Quill(
        facts,
        rng,
        sums=("NT${n:,}", "{n:,}元", "TWD{n:,}"),
        times=("slash_short", "slash", "roc"),
        masks=("stars", "hashes", "whole"),
    )
    code = f"您的驗證碼為{rng.randrange(10**6):06d}，請於五分鐘內輸入，切勿告知他人。"
    told = f"{which.titles[facts.status]}：{_said(facts, quill, rng)}"
    for text in (f"【海風銀行】{code}", f"【海風銀行】{told}"):
        top, lines = sheet.y, broken(text, size=42, room=800)
        bottom = top + 70 + len(lines) * 65
        sheet.block((40, top, 920, bottom), fill="#eceff3", radius=36)
        sheet.y = top + 34
        written(sheet, lines, size=42, left=84, ink="#111111")
        sheet.y = bottom + 60
    return finished(sheet, quill, below=200)


def _thread(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The list of notices inside a bank's app, the newest unfolded."""
    sheet = phone(rng, 1080, 2340, ground="#fafafa")
    heading(sheet, "訊息中心", ink="#7b1e3a", right="全部已讀")
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "{n:,}元"),
        times=("slash", "words_week"),
        masks=("whole", "fours", "middle_star"),
    )
    for tab, x in (("帳務", 180), ("優惠", 540), ("公告", 900)):
        first = tab == "帳務"
        sheet.put(x, tab, size=40, ink="#7b1e3a" if first else "#999999", anchor="m")
    sheet.y += 80
    sheet.pen.rectangle((90, sheet.y, 270, sheet.y + 8), "#7b1e3a")
    sheet.y += 50
    top = sheet.y
    told = list(rows(_THREAD, facts, quill, "both amount fee at from ref note", rng=rng))
    sheet.block((40, top, 1040, top + 150 + len(told) * 128), fill="white", radius=20)
    sheet.y = top + 36
    sheet.put(90, which.titles[facts.status], size=46, ink="#7b1e3a", face="black")
    sheet.y += 96
    tall_rows(sheet, told, size=40, left=90, right=990, step=1.95)
    sheet.y = top + 200 + len(told) * 128
    for text in ("登入成功通知", "信用卡電子帳單，本期應繳 NT$3,480"):
        sheet.put(90, text, size=38, ink="#666666")
        sheet.y += 70
        sheet.rule(left=40, right=1040)
        sheet.y += 30
    return finished(sheet, quill, distractors=(3480,))


_THREAD = {
    "both": "轉入行／帳號",
    "amount": "臺幣金額",
    "fee": "收取手續費",
    "at": "時間",
    "from": "轉出帳號",
    "ref": "序號",
    "note": "註記",
    "bank=": "{code}／",
}


_SENT = {"success": "轉帳成功", "scheduled": "預約轉帳", "failed": "轉帳失敗"}


NOTICES = (
    layout(
        "flex",
        "screen",
        _flex,
        titles={
            **_SENT,
            "success": "臺幣轉出成功通知",
            "inward": "臺幣入帳通知",
            "refund": "轉帳退回通知",
        },
        shows="fee balance memo",
    ),
    layout(
        "push",
        "screen",
        _push,
        titles={**_SENT, "success": "轉帳通知", "inward": "入帳通知", "refund": "退款通知"},
        shows="memo",
    ),
    layout(
        "sms",
        "screen",
        _sms,
        titles={**_SENT, "inward": "存入通知"},
        shows="memo",
    ),
    layout(
        "thread",
        "screen",
        _thread,
        titles={
            **_SENT,
            "success": "非約定轉帳成功",
            "inward": "收到轉帳",
            "refund": "轉帳沖正退款",
        },
        shows="fee memo",
    ),
)
