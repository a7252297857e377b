"""How each mail client writes the head of a quote, marks quoted lines, and signs by itself.

The forms are those that reply parsers' test suites and public list archives show.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .cast import Registered
from .letters import OFFICE, OFFICE_NAME, Letter

WEEKDAYS = "一二三四五六日"
RULE = "_" * 32


@dataclass(frozen=True, slots=True)
class Client:
    """One client in one language."""

    head: str
    """What stands above the quote; `|` parts lines."""
    prefix: str = ""
    reply: str = "Re: "
    forward: str = "Fwd: "
    html: str = ""
    """Kind of HTML: gmail, outlook, apple, yahoo, qq, samsung; empty = plain text alone."""
    device: str = ""
    """A line the device adds below the text."""
    headers: tuple[str, ...] = ()
    quoted_head: bool = False
    """The attribution itself stands inside of the quote."""


GMAIL_ZH = "{name} <{addr}> 於 {y}年{m}月{d}日 週{wd} {ap}{h}:{mi}寫道："
OUTLOOK_ZH = (
    RULE + "|寄件者: {name} <{addr}>|寄件日期: {y}年{m}月{d}日 {ap} {hh}:{mi}"
    "|收件者: {to}|主旨: {subject}"
)
OUTLOOK_EN = (
    RULE + "|From: {name} <{addr}>|Sent: {WD}, {MON} {d}, {y} {h}:{mi} {AP}"
    "|To: {to}|Subject: {subject}"
)
ORIGINAL_ZH = (
    "-----原始郵件-----|寄件者: {name} [mailto:{addr}]|寄件日期: {y}年{m}月{d}日 {ap} {hh}:{mi}"
    "|收件者: {to}|主旨: {subject}"
)
QQ = (
    '||------------------ 原始邮件 ------------------|发件人: "{name}" <{addr}>;'
    '|发送时间: {y}年{m}月{d}日(星期{wd}) {ap}{h}:{mi}|收件人: "{to}"<{to}>;|主题: {subject}'
)
CLIENTS: dict[str, Client] = {
    "gmail_web": Client(GMAIL_ZH, "> ", html="gmail"),
    "gmail_2026": Client(
        "{name} <{addr}> 於 {y}年{m}月{d}日週{wd} {ap}{h}:{mi}寫道：", "> ", html="gmail"
    ),
    "gmail_wrapped": Client(
        "{name} <{addr}> 於 {y}年{m}月{d}日 週{wd}|{ap}{h}:{mi}寫道：", "> ", html="gmail"
    ),
    "gmail_android": Client(
        "{name} <{addr}> 於 {y}年{m}月{d}日 週{wd} {ap}{h}:{mi} 寫道：", "> ", html="gmail"
    ),
    "gmail_en": Client(
        "On {Wd}, {Mon} {d}, {y} at {h}:{mi} {AP} {name} <{addr}> wrote:", "> ", html="gmail"
    ),
    "gmail_cn": Client(
        "{name} <{addr}> 于{y}年{m}月{d}日周{wd} {hm}写道：", "> ", reply="回复：", html="gmail"
    ),
    "gmail_vi": Client(
        "Vào Th {m}, {d} thg {m}, {y} vào lúc {hm} {name} <{addr}> đã viết:", "> ", html="gmail"
    ),
    "gmail_id": Client(
        "Pada tanggal {Wd}, {d} Sep {y} pukul {hm} {name} <{addr}> menulis:", "> ", html="gmail"
    ),
    "gmail_ja": Client("{y}年{m}月{d}日({jw}) {hm} {name} <{addr}>:", "> ", html="gmail"),
    "outlook_web": Client(OUTLOOK_ZH, reply="回覆: ", forward="轉寄: ", html="outlook"),
    "outlook_en": Client(OUTLOOK_EN, reply="RE: ", forward="FW: ", html="outlook"),
    "outlook_mobile": Client(
        OUTLOOK_ZH, reply="回覆: ", forward="轉寄: ", html="outlook",
        device="取得 iOS 版 Outlook<https://aka.ms/o0ukef>",
    ),
    "outlook_android": Client(
        RULE + "|From: {name} <{addr}>|Sent: {WD}, {MON} {d}, {y} {h}:{mi}:{ss} {AP}"
        "|To: {to} <{to}>|Subject: {subject}",
        reply="回覆: ", html="outlook", device="取得 Android 版 Outlook<https://aka.ms/AAb9ysg>",
    ),
    "outlook_desktop": Client(
        ORIGINAL_ZH, reply="RE: ", forward="FW: ", headers=("X-Mailer: Microsoft Outlook 16.0",)
    ),
    "outlook_cn": Client(
        "-----邮件原件-----|发件人: {name} <{addr}> |发送时间: {y}年{m}月{d}日 {hm}"
        "|收件人: {to}|主题: {subject}",
        reply="答复: ", forward="转发: ",
    ),
    "ios_mail": Client(
        "{name} <{addr}> 於 {y}年{m}月{d}日 {ap}{h}:{mi} 寫道：|", "> ", html="apple",
        device="從我的 iPhone 傳送", headers=("X-Mailer: iPhone Mail (22G86)",), quoted_head=True,
    ),
    "ios_en": Client(
        "On {Mon} {d}, {y}, at {h}:{mi} {AP}, {name} <{addr}> wrote:|", "> ", html="apple",
        device="Sent from my iPhone", headers=("X-Mailer: iPhone Mail (22G86)",), quoted_head=True,
    ),
    "apple_mail": Client(
        "{name} <{addr}> 於 {y}年{m}月{d}日 {ap}{h}:{mi} 寫道：|", "> ", html="apple",
        headers=("X-Mailer: Apple Mail (2.3826.700.81)",), quoted_head=True,
    ),
    "yahoo_tw": Client(
        "    {name} <{addr}> 在 {y}年{m}月{d}日 星期{wd} {ap}{hh}:{mi}:{ss} [GMT+8] 寫道：| ",
        "  ", reply="Re： ", html="yahoo", headers=("X-Mailer: WebService/1.1.24425 YMailNorrin",),
    ),
    "yahoo_app": Client(
        "{name} ({addr}) 在 {y}年{m}月{d}日 星期{wd} {ap}{hh}:{mi} [GMT+8] 寫道：|",
        "  ", reply="回覆： ", html="yahoo", device="從我的 Yahoo奇摩電子郵件 Android App 傳送",
    ),
    "thunderbird": Client(
        "{name} 於 {y}/{m}/{d} {ap} {hh}:{mi} 寫道：", "> ",
        headers=("User-Agent: Mozilla Thunderbird",),
    ),
    "thunderbird_en": Client(
        "On {d}/{m}/{y} {hm}, {name} wrote:", "> ", headers=("User-Agent: Mozilla Thunderbird",)
    ),
    "k9": Client(
        "於 {y}年{m}月{d}日 GMT+08:00 {ap}{h}:{mi}:{ss}，\"{name}\" <{addr}> 寫到：", ">",
        device="使用 K-9 Mail 寄送。來自我的 Android 裝置。",
    ),
    "roundcube": Client("{name} 於 {y}-{mm}-{dd} {hm} 寫到:", "> "),
    "evolution": Client(
        "於 星期{wd}，{y}-{mm}-{dd} 於 {hm} +0800，{name} 提到：", "> ",
        headers=("X-Mailer: Evolution 3.46.4",),
    ),
    "samsung_mail": Client(
        "-------- 原始訊息 --------|寄件者： {name} <{addr}> |日期： {y}/{m}/{d}  {ap}{h}:{mi} "
        " (GMT+08:00) |收件者： {to} |主旨： {subject} |",
        html="samsung", device="從我的 Galaxy 傳送",
    ),
    "qq_mail": Client(QQ, reply="回复：", forward="转发：", html="qq"),
    "mail163": Client(
        "在 {y}-{mm}-{dd} {hm}:{ss}，\"{name}\" <{addr}> 写道：", ">", reply="Re:", html="",
    ),
}  # fmt: skip


def moments(at: datetime) -> dict[str, object]:
    """The parts of a moment as the forms above name them."""
    half = "上午" if at.hour < 12 else "下午"
    hour = at.hour % 12 or 12
    return {
        "y": at.year, "m": at.month, "d": at.day, "mm": f"{at.month:02d}", "dd": f"{at.day:02d}",
        "wd": WEEKDAYS[at.weekday()], "jw": "月火水木金土日"[at.weekday()], "ap": half,
        "h": hour, "hh": f"{hour:02d}", "mi": f"{at.minute:02d}", "ss": f"{at.second:02d}",
        "hm": f"{at.hour}:{at.minute:02d}", "AP": "AM" if at.hour < 12 else "PM",
        "Wd": f"{at:%a}", "WD": f"{at:%A}", "Mon": f"{at:%b}", "MON": f"{at:%B}",
    }  # fmt: skip


def head_lines(client: Client, person: Registered, letter: Letter) -> list[str]:
    """What this client writes above a quote of that letter."""
    at = person.wrote_at - timedelta(hours=4, minutes=1)
    words = moments(at) | {
        "name": OFFICE_NAME, "addr": OFFICE, "to": person.address, "subject": letter.subject
    }  # fmt: skip
    return client.head.format(**words).split("|")
