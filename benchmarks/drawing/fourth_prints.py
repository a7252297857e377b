"""The fourth family's pages to be printed or read as mail."""

import random

from .facts import Facts
from .fourth_hand import Quill, rows
from .fourth_kit import layout, pill
from .layout import Drawn, Layout, finished
from .sheet import Sheet
from .third_kit import fitting

_FORMAL = {
    "kind": "交易項目",
    "kind=": "跨行轉帳",
    "at": "交易時間",
    "from": "轉出帳號",
    "payer": "轉出戶名",
    "bank": "入帳銀行",
    "to": "入帳帳號",
    "payee": "入帳戶名",
    "amount": "金額",
    "fee": "手續費",
    "ref": "序號",
    "note": "摘要",
    "state": "交易狀態",
    "bank=": "{name}（{code}）",
}


def _formal(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A receipt to be printed: a page's width of serif letters, and a seal."""
    sheet = Sheet.of(1240, 1500, ground="white", ink="#1a1a1a")
    sheet.block((50, 50, 1190, 1180), outline="#5a4a2f", thick=4)
    sheet.block((62, 62, 1178, 1168), outline="#5a4a2f")
    sheet.y = 110
    sheet.middle("松林商業銀行", size=52, face="serif")
    sheet.middle("電 子 交 易 證 明", size=40, face="serif")
    sheet.y += 30
    quill = Quill(
        facts,
        rng,
        sums=("新臺幣 {n:,} 元整", "新臺幣{w}", "NT$ {n:,}.00"),
        times=("roc_full", "roc_words", "slash"),
        masks=("whole", "middle_star", "fours"),
    )
    words = {**_FORMAL, "state=": which.titles[facts.status]}
    order = "kind state at from payer bank to payee amount fee ref note"
    for label, value in rows(words, facts, quill, order, rng=rng):
        spaced = "　".join(label) if len(label) == 2 else label
        sheet.put(150, spaced, size=32, face="serif")
        sheet.put(400, value, size=fitting(value, 32, 730, "serif"), face="serif")
        sheet.y += 60
        sheet.y -= 14
        sheet.rule(left=150, right=1090, ink="#cbbf9f", dash=6)
        sheet.y += 14
    _seal(sheet, 930, 960)
    sheet.y = 1110
    sheet.middle("本證明由系統產製，如有疑義以本行帳載為準。", size=26, face="serif", ink="#6d6247")
    sheet.y = 1190
    return finished(sheet, quill)


def _seal(sheet: Sheet, x: int, y: int) -> None:
    sheet.block((x, y, x + 150, y + 150), outline="#c0392b", thick=6)
    for at, word in enumerate(("松林", "銀行")):
        sheet.put(x + 75, word, size=52, y=y + 6 + at * 62, ink="#c0392b", face="serif", anchor="m")


_LATIN = {
    "from": "From account",
    "to": "To account number",
    "bank": "To bank",
    "payee": "Account name",
    "payer": "Remitter",
    "amount": "Transfer amount",
    "fee": "Bank charges",
    "at": "Posted",
    "ref": "Reference number",
    "note": "Narrative",
    "state": "Status",
    "at@scheduled": "Transfer on",
    "at@pending": "Submitted",
    "at@refund": "Returned",
    "reason": "Reason",
    "bank=": "{english}, Taiwan ({code})",
    "from=": "XXX-XXX-{c}",
}


def _latin(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A browser's page in English."""
    sheet = Sheet.of(1320, 1300, ground="white", ink="#1e1e1e")
    sheet.put(50, "HARBOUR", size=52, y=24, ink="#8a1538", face="roman")
    sheet.put(1270, "Log off", size=26, y=40, anchor="r", face="latin")
    sheet.rule(left=0, right=1320, ink="#8a1538", thick=6)
    sheet.y = 140
    state = which.titles[facts.status]
    sheet.put(50, "Move money", size=44, face="latin")
    sheet.y += 90
    sheet.block((50, sheet.y, 1270, sheet.y + 84), fill="#f0efe9")
    sheet.put(80, state, size=fitting(state, 34, 1150, "latin"), y=sheet.y + 20, face="latin")
    sheet.y += 124
    quill = Quill(
        facts,
        rng,
        sums=("TWD {n:,}.00", "{n:,}.00 TWD", "NT$ {n:,}"),
        times=("english", "english_week", "dash"),
        masks=("whole", "fours", "crosses"),
    )
    order = "at from payer to bank payee amount fee ref note"
    for label, value in rows(_LATIN, facts, quill, order, rng=rng):
        shown = "Insufficient balance" if label == "Reason" else value
        sheet.put(80, label, size=30, ink="#6a6a6a", face="latin")
        sheet.put(500, shown, size=fitting(shown, 30, 760))
        sheet.y += 62
    sheet.y += 20
    sheet.put(80, "Print this page    Make another transfer", size=28, ink="#1a4fa3", face="latin")
    sheet.y += 40
    return finished(sheet, quill)


_MAIL = {
    "bank": "受款行",
    "to": "受款帳號",
    "payee": "受款戶名",
    "from": "扣款帳號",
    "payer": "扣款戶名",
    "amount": "交易金額",
    "fee": "手續費",
    "at": "交易時間",
    "ref": "交易序號",
    "note": "備註",
    "kind": "交易類別",
    "kind=": "臺幣非約定轉帳",
}


def _letter(title: str) -> Sheet:
    """The mail program, the sender, and what comes before the table."""
    sheet = Sheet.of(1400, 1800, ground="white")
    sheet.pen.rectangle((0, 0, 1400, 90), "#f1f3f4")
    sheet.block((60, 18, 900, 72), fill="white", radius=27)
    sheet.put(100, "搜尋郵件", size=28, y=26, ink="#80868b")
    sheet.y = 130
    sheet.put(60, f"【雲海銀行】{title}通知", size=42)
    sheet.y += 90
    sheet.pen.ellipse((60, sheet.y, 130, sheet.y + 70), "#5b8def")
    sheet.put(150, "雲海銀行電子通知", size=30, face="black")
    sheet.put(450, "<notice@cloudsea.example>", size=26, ink="#80868b", y=sheet.y + 4)
    sheet.put(150, "寄給 我", size=26, y=sheet.y + 42, ink="#80868b")
    sheet.y += 120
    sheet.pen.rectangle((150, sheet.y, 1250, sheet.y + 96), "#1f4e8c")
    sheet.put(190, "雲海銀行", size=44, y=sheet.y + 18, ink="white", face="serif")
    sheet.y += 130
    sheet.put(150, "親愛的客戶您好：", size=30)
    sheet.y += 54
    sheet.put(150, f"您透過本行網路銀行辦理之交易，結果為「{title}」，明細如下：", size=30)
    sheet.y += 70
    return sheet


def _mail(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A notice by mail, as a mail program in a browser shows it."""
    sheet = _letter(which.titles[facts.status])
    quill = Quill(
        facts,
        rng,
        sums=("新臺幣 {n:,} 元", "TWD {n:,}", "NT$ {n:,}"),
        times=("slash", "dash", "roc_full"),
        masks=("whole", "middle_star", "stars"),
    )
    order = "kind at from payer bank to payee amount fee ref note"
    for at, (label, value) in enumerate(rows(_MAIL, facts, quill, order, rng=rng)):
        top = sheet.y
        sheet.pen.rectangle((150, top, 1250, top + 62), "#f3f7fc" if at % 2 else "white")
        sheet.put(180, label, size=30, y=top + 10, ink="#44546a")
        sheet.put(560, value, size=fitting(value, 30, 660), y=top + 10)
        sheet.y = top + 62
    sheet.y += 40
    sheet.put(150, "此為系統自動發送，請勿直接回覆。", size=26, ink="#80868b")
    sheet.y += 60
    pill(sheet, "回覆", (150, sheet.y, 330, sheet.y + 60), fill="#eef1f4", ink="#44546a")
    sheet.y += 70
    return finished(sheet, quill)


_SENT = {"scheduled": "預約轉帳", "failed": "轉帳失敗"}
PRINTS = (
    layout(
        "formal",
        "web",
        _formal,
        titles={"success": "成功", "failed": "失敗", "void": "已沖正", "scheduled": "預約中"},
        shows="fee memo payee",
    ),
    layout(
        "latin",
        "web",
        _latin,
        titles={
            "success": "Completed. The money has been sent to the beneficiary.",
            "scheduled": "Scheduled. We will move the money on the date below.",
            "pending": "Awaiting second approver",
            "failed": "Rejected. No money has left your account.",
            "refund": "Returned by the beneficiary bank",
        },
        shows="fee memo payee",
    ),
    layout(
        "mail",
        "web",
        _mail,
        titles={
            **_SENT,
            "success": "交易成功",
            "pending": "交易結果待確認",
            "inward": "款項存入",
            "refund": "轉帳退匯",
        },
        shows="fee memo payee",
    ),
)
