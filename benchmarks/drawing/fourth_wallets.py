"""The fourth family's other apps: English ones, wallets, the post's, cards made to be shared."""

import random

from .facts import Facts
from .fourth_hand import Quill, own_account, payee_name, rows
from .fourth_kit import (
    badge,
    banner,
    confetti,
    edge_rows,
    heading,
    layout,
    phone,
    tabs,
    tall_rows,
)
from .layout import Drawn, Layout, finished
from .third_kit import fitting

_WALLET = {
    "both": "提領至",
    "fee": "手續費",
    "total": "實付",
    "at": "完成時間",
    "ref": "訂單編號",
    "from": "付款方式",
    "note": "備註",
    "at@pending": "申請時間",
    "bank=": "{name}",
    "from=": "電子支付帳戶 {a}-{c}",
    "ref=": "WP{}",
}


def _wallet(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """An electronic purse that sends to a bank's account."""
    sheet = phone(rng, 1170, 2532, ground="#ffb703")
    quill = Quill(
        facts,
        rng,
        sums=("${n:,}", "NT${n:,}", "$ {n:,}"),
        times=("slash", "slash_short", "dash"),
        masks=("whole", "dotted", "stars"),
    )
    sheet.pen.rectangle((0, sheet.y + 200, 1170, 2532), "#fff7e8")
    sheet.put(60, "‹", size=60, ink="#3b2a00")
    sheet.put(585, "轉到銀行帳戶", size=50, ink="#3b2a00", anchor="m", face="black")
    sheet.block((60, sheet.y + 120, 1110, sheet.y + 500), fill="white", radius=40)
    sheet.y += 160
    badge(sheet, facts.status, 585, sheet.y + 55, 55, fill="#2bb673", open=False)
    sheet.y += 130
    sheet.middle(which.titles[facts.status], size=50, face="black")
    sheet.middle(quill.amount(), size=70, ink="#d97b00", face="black")
    sheet.y += 80
    told = rows(_WALLET, facts, quill, "both total fee from at ref note", rng=rng)
    edge_rows(sheet, told, size=40, left=80, right=1090, line="#f0dfbb", faint="#8d7b55")
    banner(sheet, "邀請好友註冊，最高各領 NT$500", fill="#2f5d50", ink="white")
    return finished(sheet, quill, below=160, distractors=(500,))


_BILL = {
    "what": "繳費項目",
    "what=": "學雜費／報名費",
    "payee": "代收單位",
    "bank": "收款銀行",
    "to": "銷帳編號",
    "amount": "繳款金額",
    "fee": "平台服務費",
    "total": "實際付款金額",
    "at": "付款時間",
    "from": "扣款來源",
    "ref": "交易單號",
    "from=": "儲值餘額",
    "payer": "付款人",
    "at@pending": "受理時間",
}


def _bill(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A bill paid out of a purse; dark above, a ticket below."""
    sheet = phone(rng, 1080, 2400, ground="#27213f", ink="white", island=False)
    sheet.ink = "#2a2440"
    quill = Quill(
        facts,
        rng,
        sums=("{n:,} 元", "NT$ {n:,}", "${n:,}"),
        times=("slash", "words_week", "roc"),
        masks=("whole", "fours"),
    )
    heading(sheet, "生活繳費", ink="white", left="×")
    top = sheet.y
    sheet.block((60, top, 1020, 2340), fill="white", radius=28)
    sheet.y = top + 60
    sheet.put(110, which.titles[facts.status], size=56, face="black")
    badge(sheet, facts.status, 930, sheet.y + 38, 48, fill="#7a4fd0", open=False)
    sheet.y += 130
    order = "what payee payer bank to amount fee total from at ref"
    told = rows(_BILL, facts, quill, order, rng=rng)
    tall_rows(sheet, told, size=40, left=110, right=970, step=1.6)
    sheet.pen.rectangle((0, sheet.y + 30, 1080, 2400), "#27213f")
    for x in (60, 1020):
        sheet.pen.ellipse((x - 24, top + 138, x + 24, top + 186), "#27213f")
    sheet.y += 60
    return finished(sheet, quill)


_POST = {
    "bank": "轉入行庫",
    "to": "轉入帳號",
    "from": "轉出局帳號",
    "amount": "轉帳金額",
    "fee": "手續費",
    "at": "交易日期",
    "ref": "跨行序號",
    "balance": "結存金額",
    "note": "附記",
    "at@scheduled": "預約執行日",
    "bank=": "{code}{name}",
    "from=": "000{c}-****{a}",
}


def _post(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """The post's: green, everything of the account counted in two parts."""
    sheet = phone(rng, 1080, 2340, ground="#e6f2ea")
    quill = Quill(
        facts,
        rng,
        sums=("{n:,}元", "新臺幣 {n:,} 元", "NT${n:,}"),
        times=("roc", "roc_half", "roc_words"),
        masks=("whole", "sixteen", "middle_star"),
    )
    sheet.pen.rectangle((0, sheet.y - 10, 1080, sheet.y + 120), "#00693e")
    sheet.put(540, "郵局行動服務", size=48, y=sheet.y + 20, ink="white", anchor="m")
    sheet.y += 170
    sheet.middle(which.titles[facts.status], size=52, ink="#00693e", face="black")
    sheet.y += 20
    order = "at from bank to amount fee balance ref note"
    for label, value in rows(_POST, facts, quill, order, rng=rng):
        top = sheet.y
        sheet.block((40, top, 380, top + 104), fill="#cfe5d7", outline="#9dc3ad")
        sheet.block((380, top, 1040, top + 104), fill="white", outline="#9dc3ad")
        sheet.put(64, label, size=38, y=top + 24)
        sheet.put(404, value, size=fitting(value, 40, 610), y=top + 24)
        sheet.y = top + 104
    tabs(sheet, ("儲匯", "壽險", "郵務", "設定"), ink="#00693e")
    return finished(sheet, quill, below=0)


_SHARED = {"both": "轉入", "from": "轉出", "at": "時間", "note": "留言", "at@scheduled": "預約日"}


def _shared(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """A square card that the app makes for the other side, gay and short of words."""
    sheet = phone(rng, 1080, 1700, ground="#6c5ce7", ink="#2d2a4a")
    confetti(sheet, (60, 110, 1000, 460), rng)
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "NT${n:,}", "{n:,} 元"),
        times=("slash_short", "dots", "words_half"),
        masks=("whole", "middle_star", "stars"),
    )
    sheet.block((70, 360, 1010, 1320), fill="white", radius=60)
    sheet.y = 420
    sheet.middle(which.titles[facts.status], size=60, face="black")
    sheet.middle(quill.amount(), size=110, ink="#6c5ce7", face="black")
    sheet.y += 50
    words = {**_SHARED, "bank=": "{name}"}
    told = rows(words, facts, quill, "both from at note", rng=rng)
    tall_rows(sheet, told, size=46, left=140, right=940, step=1.7)
    sheet.y = max(sheet.y + 20, 1320)
    sheet.middle("喵喵銀行 陪你生活每一天", size=36, ink="white")
    return finished(sheet, quill)


def _code(which: Layout, facts: Facts, rng: random.Random) -> Drawn:
    """Paid by scanning the slip's own code with a bank's app."""
    sheet = phone(rng, 1170, 2532, ground="white")
    quill = Quill(
        facts,
        rng,
        sums=("NT$ {n:,}", "$ {n:,}"),
        times=("slash", "half_tail"),
        masks=("whole", "fours"),
    )
    heading(sheet, "掃碼繳費", ink="#d6006d", right="明細")
    sheet.pen.rectangle((0, sheet.y, 1170, sheet.y + 14), "#d6006d")
    sheet.y += 60
    sheet.put(70, payee_name(facts, rng), size=48, face="black")
    sheet.y += 96
    sheet.put(70, which.titles[facts.status], size=42, ink="#d6006d")
    sheet.put(1100, quill.amount(), size=72, y=sheet.y - 30, anchor="r", face="black")
    sheet.y += 110
    sheet.rule(left=70, right=1100, dash=10, ink="#cccccc")
    sheet.y += 40
    words = {
        "bank": "收款行",
        "to": "繳款帳號",
        "fee": "手續費",
        "total": "扣款總金額",
        "at": "繳費時間",
    }
    words |= {"from": "扣款帳號", "ref": "財金序號", "note": "備註", "from=": "{a}-*****{c}"}
    words |= {"at@pending": "送出時間", "at@failed": "送出時間", "reason": "回應訊息"}
    told = rows(words, facts, quill, "bank to fee total from at ref note", rng=rng)
    edge_rows(sheet, told, size=40, left=70, right=1100)
    sheet.y += 10
    own = own_account(rng, "{c}{a}")
    sheet.put(70, f"發票載具 /{own}", size=32, ink="#999999")
    sheet.y += 60
    return finished(sheet, quill)


WALLETS = (
    layout(
        "wallet",
        "screen",
        _wallet,
        titles={
            "success": "轉帳成功",
            "pending": "轉帳處理中",
            "failed": "轉帳失敗",
            "refund": "已退款至電支帳戶",
        },
        shows="fee total memo",
    ),
    layout(
        "bill",
        "screen",
        _bill,
        titles={
            "success": "繳費成功",
            "pending": "已受理，待入帳",
            "failed": "繳費失敗",
            "refund": "繳費已退款",
        },
        shows="fee total",
    ),
    layout(
        "post-app",
        "screen",
        _post,
        titles={"success": "轉帳交易完成", "scheduled": "預約轉帳登錄完成", "failed": "交易不成功"},
        shows="fee balance memo",
    ),
    layout(
        "shared",
        "screen",
        _shared,
        titles={
            "success": "錢轉過去囉！",
            "scheduled": "已約好轉帳時間",
            "inward": "叮咚！錢進來了",
        },
        shows="memo",
    ),
    layout(
        "code",
        "screen",
        _code,
        titles={
            "success": "付款成功",
            "pending": "付款結果確認中",
            "failed": "付款失敗",
            "confirm": "待付款",
        },
        shows="fee total memo",
    ),
)
