"""Signatures: what a program or a saved block adds below the words. Typed closings are words."""

import re

from mailflow.mail.words import one_of

_THING = one_of(r"""
    iPhone|iPad|iPod|Android|Galaxy|Samsung|三星|HTC|Sony|Xperia|OPPO|vivo|Xiaomi|小米|紅米|红米|Redmi
    realme|ASUS|ZenFone|Pixel|華為|华为|HUAWEI|Honor|Nokia|Outlook|Windows|Mail\b|Gmail|Yahoo|K-9
    Spark|BlueMail|Foxmail|QQ|网易|網易|手機|手机|平板|行動裝置|移动设备|裝置|設備|Mac\b|Thunderbird
    Proton|phone|device|tablet|BlackBerry
""")
# What may stand behind it; any other word was typed by somebody.
_MODEL = one_of(r"""
    for|on|using|via|with|my|the|an?\b|app|e?mail|mobile|smartphone|secure|iOS|macOS|Desktop|Web|Pro\b|Max
    Plus|Mini|Ultra|Air|SE\b|Lite|Note|Tab\b|Fold|Flip|Edge|5G|4G|LTE|T-Mobile|Verizon|AT&T|Tapatalk
    奇摩|電子|信箱|郵件|版|[A-Z]{0,2}[0-9]{1,4}[A-Z+]{0,3}\b
""")
_DEVICE_LINES = (
    r"(?:從|从|由|透過|通过|使用|用|以|傳送自|寄自|寄件自)[^。，,]{0,30}(?:THING)[^。，,]{0,40}"
    r"(?:傳送|寄出|寄送|發送|发送|發出|发出|送出|傳出)(?:回應)?(?:[。.!！]\s?(?:請.{0,4}(?:原諒|見諒|包涵).{0,20}|(?:來自|来自|發自|寄自).{0,30})?)?",
    r"(?:發自|发自|傳送自|寄自|寄件自)[^。，,]{0,30}(?:THING)[^。，,]{0,12}[。.]?",
    r"(?:來自|来自)(?:我的|我)[^。，,]{0,25}(?:THING)[^。，,]{0,12}[。.]?",
    r"(?:取得|下載|获取|獲取)\s?.{0,12}Outlook(?:\s?(?:for|適用).{1,20})?",
    r"Get Outlook for .{1,80}",
    r".{1,60} reacted via Gmail.{0,3}",
    r"Sent (?:from|via|using|with) [^.,;，。]{0,30}(?:THING)(?:[ -]?(?:THING|_MODEL)){0,8}"
    r"(?:[.,;]\s?(?:(?:please )?(?:excuse|pardon|forgive|apologi|sorry).{0,60})?)?",
    r"(?:Đã |Được )?gửi từ .{0,20}(?:THING|điện thoại|máy).{0,40}",
    r"(?:Dikirim|Terkirim) (?:dari|melalui) .{0,20}(?:THING|ponsel|HP).{0,40}",
    r".{0,20}(?:THING).{0,10}(?:から送信|에서 보냄|에서 보낸 메일).{0,20}",
    r"(?:Von meinem|Envoyé de(?:puis)?|Enviado desde) .{0,20}(?:THING).{0,40}",
)
_DEVICE = re.compile(
    "|".join(_DEVICE_LINES).replace("_MODEL", _MODEL).replace("THING", _THING), re.IGNORECASE
)
_LINK = re.compile(r"\s{0,3}[<(\[]?https?://[^\s<>]{1,300}[>)\]]?")
_DASHES = re.compile(r"^(?:-- ?|--\xa0|—|﹣﹣)$")
_RULE = re.compile(r"^\s{0,3}[-_=*~–—─━＿－]{4,120}\s{0,3}$")
_CONTACT_WORDS = one_of(r"""
    Tel\b|Mobile|Phone|Fax|E-?mail|電話|分機|手機|傳真|地址|信箱|大學|University|學院|系所|實驗室|公司|http
    @|研究生|碩士生|博士生|助理|Department|\bLab\b|Student ID|學號
""")
_CONTACT = re.compile(_CONTACT_WORDS, re.IGNORECASE)
_DISCLAIMER_WORDS = one_of("""
    本(?:電子)?[信郵]件.{0,40}(?:機密|保密|隱私)|This (?:e-?mail|message).{0,80}confidential
    Virus-free[.]|無病毒|不含病毒
""")
_DISCLAIMER = re.compile(rf"^.{{0,10}}(?:{_DISCLAIMER_WORDS})", re.IGNORECASE)
_CHANGES = re.compile(
    r"改|更正|修正|訂正|應為|應該|錯|不是|→|->|wrong|correct|change|should be", re.IGNORECASE
)
_SAYS_MORE = re.compile(
    rf"{_CHANGES.pattern}|[不沒没未別别退嗎吗補决決？?]|取消|資料|无误|無誤|\b(?:not|but|wait|cancel|except|only|no)\b",
    re.IGNORECASE,
)
_LONGEST_BLOCK = 12
_FURTHEST_FROM_THE_END = 60  # lines


def without_signature(lines: list[str]) -> list[str]:
    """The lines of one stretch of own text without device line, block signature and disclaimer.

    A block that speaks of changes stays: better a signature too many than a correction lost.
    """
    kept = lines[:-_FURTHEST_FROM_THE_END]
    for at, line in enumerate(lines[len(kept) :], start=len(kept)):
        words = next((text.strip() for text in reversed(kept) if text.strip()), "")
        if _starts_signature(line, lines[at + 1 :], words):
            break
        if not is_device_line(line.strip()):
            kept.append(line)
    return kept


def _starts_signature(line: str, below: list[str], words: str) -> bool:
    bare = line.strip()
    if _DASHES.match(line.lstrip()) or _DASHES.match(bare) or _DISCLAIMER.match(bare):
        return _may_go(below, longest=_FURTHEST_FROM_THE_END)
    announced = not words or words.endswith((":", "："))
    return not announced and bool(_RULE.match(bare)) and _is_contact_block(below)


def is_device_line(line: str) -> bool:
    """`從我的 iPhone 傳送`, `取得 iOS 版 Outlook<…>`, `Sent from my Galaxy`."""
    if len(line) > 400 or not line:
        return False
    bare = _LINK.sub("", line).strip("*_[] ")
    if _SAYS_MORE.search(bare):
        return False  # somebody went on writing behind it
    return bool(_DEVICE.fullmatch(bare))


def _may_go(block: list[str], *, longest: int) -> bool:
    filled = [line for line in block if line.strip()]
    return len(filled) <= longest and not any(_CHANGES.search(line) for line in filled)


def _is_contact_block(block: list[str]) -> bool:
    filled = [line for line in block if line.strip()]
    contacts = sum(bool(_CONTACT.search(line)) for line in filled)
    return contacts >= 2 and _may_go(block, longest=_LONGEST_BLOCK)
