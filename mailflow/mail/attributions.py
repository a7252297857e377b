"""The lines by which mail programs introduce what they quote, in the languages of the inbox.

Forms as seen in mail of Gmail, Outlook, Apple Mail, Yahoo奇摩, Thunderbird, K-9, Roundcube,
Evolution, Samsung, QQ, 163; labels from the translations of those programs.
"""

import re
from enum import IntEnum
from functools import lru_cache

from mailflow.mail.words import one_of

_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[A-Za-z0-9.-]{1,200}")
_DATE = re.compile(
    r"[0-9]{1,4}\s{0,2}[年년/.-]\s{0,2}[0-9]{1,2}|\d{1,2}:\d{2}|[0-9]{1,2}\s{0,2}[月월]"
    r"|星期|[週周][一二三四五六日]|\b(?:19|20)[0-9]{2}\b"
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\b"
)
_VERB_WORDS = one_of(r"""
    寫道|写道|寫到|写到|提到|寫說|写说|寫入|來信寫道|寫了|写了|表示
    \bwrote|\bwrites|viết|menulis|tulis|schrieb|écrit|escribió|escreveu|ha scritto|schreef|skrev
    napisał\(a\)|написал\(а\)|пишет|пише|бичсэн|yazdı|ने लिखा|បានសរសេរ|ရေး(?:သား)?ခဲ့သည်|
    書きました|のメール|님이 ?(?:작성|씀)|작성|เขียนว่า
""")
ENDS = (":", "：", "៖", "wrote", "寫道", "写道", "သည်", "သည်-", "သည် -")
_VERB = re.compile(rf"(?:{_VERB_WORDS})\s{{0,2}}[:：៖-]?$", re.IGNORECASE)
# Yahoo's app sets the quote behind the attribution, on the same line.
_RUNS_ON = re.compile(
    rf"^(?P<head>.{{6,250}}?<[^<>@\s]{{1,100}}@[^<>\s]{{1,200}}>\s?(?:{_VERB_WORDS})[:：])\s{{2,}}\S",
    re.IGNORECASE,
)
_BY_DATE = re.compile(
    r"[於于在]|\bon\b|\bVào\b|\bPada\b|\bAm\b|\bLe\b|\bEl\b|\bOp\b", re.IGNORECASE
)
_LEFT_OVER = re.compile(
    r"(?:寫道|写道|寫到|写到|wrote)\s?[:：]\s{0,3}$|mailto:[^\s>]{1,200}\?subject=", re.MULTILINE
)
_SEPARATOR_WORDS = one_of(r"""
    原始[郵邮信]件|[郵邮]件原件|原件|轉寄的?訊息|原始訊息|原信件|原[郵邮]件|回[复覆]的原[邮郵]件|原文|轉[寄遞發]的?[郵信]件|轉寄訊息
    轉寄者.{0,60}|转发的?[邮信]件|已轉寄[郵信]件|已转发邮件
    Original (?:Message|mail|E-?mail)|Forwarded (?:Message|mail|by .{1,60})|Forwarded|Reply message
    Weitergeleitete Nachricht|Ursprüngliche Nachricht|Message (?:d'origine|transféré)
    元のメッセージ|転送メッセージ|원본 ?메[시세]지|원본 ?메일|전달된 메[시세]지
    Thư gốc|Tin nhắn gốc|Thư (?:đã )?chuyển tiếp|Pesan asli|Pesan (?:yang )?diteruskan|Pesan terusan
""")
_SEPARATOR = re.compile(
    rf"^[-_=*—–─\s]{{2,60}}(?:{_SEPARATOR_WORDS})\s{{0,3}}[-_=*—–─\s]{{2,60}}$", re.IGNORECASE
)
_BARE_WORDS = one_of("""
    開始轉寄[郵信]件|开始转发邮件|Begin forwarded message|Reply to message|転送されたメッセージ
""")
_BARE_SEPARATOR = re.compile(rf"^(?:{_BARE_WORDS})\s?[:：]$", re.IGNORECASE)
# The labels of the header block that Outlook and others print above a quote.
_LABELS = {
    "from": """
        寄件者|寄件人|發件人|发件人|發信人|从|從|來自|From|差出人|보낸 ?사람|보낸이
        Từ|Người gửi|Daripada|Dari|Pengirim|Von|De|จาก|От кого|От|Kimden|Від
    """,
    "sent": """
        寄件日期|寄信日期|寄件時間|傳送時間|傳送日期|已傳送|送件日期|發送時間|发送时间|发件时间|發送日期
        发送日期|日期|時間|时间|Sent|Date|送信日時|送信日|日時|日付|보낸 ?날짜|날짜
        Đã gửi|Ngày gửi|Ngày|Gửi|Dikirim|Dihantar|Tarikh|Tanggal|Terkirim|Gesendet|Datum|Envoyé
        Enviado|ส่งเมื่อ|ส่ง|วันที่|Отправлено|Дата|Gönderildi|Gönderilme|Tarih|Надіслано|Inviato|Wysłano
    """,
    "to": """
        收件者|收件人|收信人|至|到|To|宛先|받는 ?사람|받는이|Tới|Đến
        Người nhận|Kepada|Ke|Untuk|An|À|Para|ถึง|Кому|Kime
    """,
    "cc": "副本抄送|密件副本|副本|抄送|Cc|Bcc|참조|Tembusan|Salinan|สำเนา|Копия|Bilgi",
    "subject": """
        主旨|主題|主题|标题|標題|Subject|件名|제목|Chủ đề|Tiêu đề|Subjek|Perihal
        Betreff|Objet|Asunto|เรื่อง|ชื่อเรื่อง|Тема|Konu|Oggetto|Temat
    """,
}
_LABEL = re.compile(
    r"^[\s*|>\u200e\u202a-\u202e]{0,6}(?:"
    + "|".join(f"(?P<{family}>{one_of(words)})" for family, words in _LABELS.items())
    + r")\s{0,3}\*{0,2}\s{0,3}[:：|]",
    re.IGNORECASE,
)
_DRAWN = "-_=*—–─"
_RULE = re.compile(r"^[\s_\-=─—–]{5,200}$")


class Strength(IntEnum):
    """How sure a line is an attribution; a weak one counts only when marked quotes follow."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def attribution_strength(text: str) -> Strength:
    """`Anne <a@example.org> 於 2025年9月16日 週二 上午10:44寫道：` and its relatives.

    Strong: who, when, and a verb. Weak: two of them before a colon, which covers other languages
    and Japanese Gmail, where no verb stands.
    """
    if not text or len(text) > 400:
        return Strength.NONE
    address, date = bool(_ADDRESS.search(text)), bool(_DATE.search(text))
    colon = text.endswith(ENDS)
    if _VERB.search(text[-40:]) and (colon or address):
        if date and (address or _BY_DATE.search(text)):
            return Strength.STRONG
        return Strength.WEAK if date or address else Strength.NONE
    if not colon or not date or _LABEL.match(text):
        return Strength.NONE
    return Strength.WEAK if ("<" in text and address) or "wrote on" in text else Strength.NONE


def runs_into_quote(text: str) -> bool:
    """An attribution with the beginning of the quote behind it on the same line."""
    found = _RUNS_ON.match(text) if "@" in text else None
    return found is not None and attribution_strength(found["head"]) is Strength.STRONG


def looks_quoted(text: str) -> bool:
    """Own text that holds what only a quote holds: the words of an attribution, a button's link."""
    return bool(_LEFT_OVER.search(text))


def is_separator(text: str) -> bool:
    """`-----Original Message-----`, `開始轉寄郵件：`."""
    if not text or len(text) > 160 or (text[0] not in _DRAWN and text[-1] not in ":："):
        return False
    return bool(_SEPARATOR.match(text) or _BARE_SEPARATOR.match(text))


def is_rule(text: str) -> bool:
    """A line of underscores or dashes."""
    return text.lstrip()[:1] in _DRAWN and bool(_RULE.match(text))


@lru_cache(maxsize=64)  # neighbouring lines are asked about again and again
def label_family(text: str) -> str | None:
    """`寄件者: …` → "from"; the labels of the header block that Outlook and others print."""
    head = text[:80]
    if not any(sign in head for sign in ":：|"):
        return None
    found = _LABEL.match(head)
    return found.lastgroup if found else None


def has_address(text: str) -> bool:
    return "@" in text and bool(_ADDRESS.search(text))
