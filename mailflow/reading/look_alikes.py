"""What sounds like the errand and is another: made of its own words, so that no unread word holds
it.

Found by composing such sentences on purpose out of the words of each family (docs/decisions/0015).
"""

import re

from mailflow.reading.result import Intent

_PAY = "[繳付匯轉交]"
_OFFICE = "(?:老師|您|你們)"
# Paid twice, in part, by or for or to another person.
_ODD_PAYMENT = (
    rf"{_PAY}(?:費|款|帳)?過?了[^\n]{{0,6}}(?:又|再|今天|昨天)[^,。\n]{{0,3}}{_PAY}|"
    r"(?:先生|老婆|太太|老公)的|給我收據|收據給我|"
    rf"也(?:都|已經?|用[^,。\n]{{1,4}})?{_PAY}|(?:一[張份]|先)[^,。\n]{{0,3}}{_PAY}|"
    rf"{_PAY}(?:費|款|帳|錢)?(?:的是|了)?一[張份]|"
    rf"[匯轉交](?:帳|款|費|錢)?(?:過去|出去|了)?給{_OFFICE}(?!看)|錢[也放]?給{_OFFICE}|"
    rf"{_OFFICE}(?:的(?:報名費|錢|(?:繳費)?收據|憑證|atm)|先?(?:已經?)?{_PAY}|用網銀)"
)
# The old values are right, or there is more that is wrong.
_AGAINST_THE_NEW = (
    r"(?:原[本來信]|來信|信[上裡中]|表格[上裡]?|您|下面|旁邊|兩個)的?(?:資料|內容|"
    r"表格)?[都就皆]?是?"
    r"(?:正確|對)的?(?=$|[,。\n])|(?:新的|上面|箭頭後面|改的)[^,。\n]{0,3}錯|"
    r"(?:其他|其餘|剩下|別的)[^,。\n]{0,6}(?:有錯|打錯|不正確|有誤|一樣要改)|"
    r"原本的?(?:有|跟)[^,。\n]{0,2}(?:兩個|新的)"
)
# The papers are broken, old, changed, or were refused.
_BAD_PAPERS = (
    r"(?:附|寄|傳|照片|檔|證照|證書)[^,。\n系網頁]{0,6}(?:(?<!格式)(?<!跳)錯誤|(?<!顯示)空白|壞|錯的)|"
    r"(?:錯誤|空白)的(?:證照|證書|檔|照片)|[改就]?用昨天|(?:上傳|登[錄記])過了?|"
    r"(?:存摺|帳[戶號]|戶[口頭名])[^,。\n]{0,3}是(?!我|本人|同一)|調過|範本|捐|折現|"
    r"公司[^,。\n]{0,4}補助|"
    rf"{_OFFICE}[都說也]*[不沒](?!好意思)|(?:照片|證照|檔案)我?改[了過]"
)
# The slip is to be deleted, or to go to somebody else.
_ANOTHER_SLIP = (
    r"(?:請|麻煩|幫我|想|要|可以|能)[^,。\n]{0,4}刪|多[給寄發]|"
    r"[寄傳發送給]給?(?:繳[費款]單)?給?(?:老師|您|助教|助理|承辦)(?![,。\n]|我)"
)
# To another payee or by another payer, too late, in part, or a question whether at all.
_NO_PLAN = (
    rf"(?:老師|銀行|你們)[^,。\n]{{0,4}}(?:會|要|明天)?[繳付](?!款單|費單)|"
    rf"(?:{_PAY}|跟|到|給)[錢費款]?[到給]?{_OFFICE}(?:郵局|的?銀行|付|繳|$|[,。\n])|"
    rf"(?:考完|下下[個週周星禮])[^,。\n]{{0,8}}{_PAY}|才能[^,。\n]{{0,3}}{_PAY}|要再{_PAY}|"
    rf"先[繳付][這那]|"
    r"我?(?:要|打算|會去)轉去?$|一?定?要[^,。\n]{0,6}[繳付][^,。\n]{0,6}[喔啊]$"
)
# Intent → the sentences, and the doubt that they leave.
LOOK_ALIKES: dict[Intent, tuple[re.Pattern[str], str]] = {
    intent: (re.compile(pattern, re.MULTILINE), doubt)
    for intent, pattern, doubt in (
        (Intent.PAYMENT_RECEIPT, _ODD_PAYMENT, "money_trouble"),
        (Intent.CORRECTION, _AGAINST_THE_NEW, "contradiction"),
        (Intent.REFUND_APPLICATION, _BAD_PAPERS, "question"),
        (Intent.CERTIFICATE_UPLOAD, _BAD_PAPERS, "question"),
        (Intent.RESEND_SLIP, _ANOTHER_SLIP, "more_than_the_slip"),
        (Intent.OTHER, _NO_PLAN, "money_trouble"),
    )
}
_MANY, _PLACES = "[兩二三四五六2-6]", "(?:處|個|項|點|格|欄)"
_TO_CHANGE = "(?:[要需得]|有誤|[錯改修正]|不對)"
_HOW_MANY = re.compile(
    rf"(?P<n>{_MANY}){_PLACES}(?:地方|資料|欄位)?[^,。\n0-9]{{0,3}}{_TO_CHANGE}|"
    rf"(?:{_TO_CHANGE}[^,。\n0-9]{{0,6}}|[有共])(?P<m>{_MANY}){_PLACES}"
)
_NUMBERS = {"兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_BEHIND_THE_VALUE = re.compile(r"(?:^|[\n,。])[我上面那個這]*(?:[打寫]錯了|不對)(?=$|[\n,。])")


def told_to_be_wrong(folded: str) -> int:
    """How many fields are said to be wrong; 0 where no number is told."""
    found = _HOW_MANY.search(folded)
    number = (found["n"] or found["m"]) if found else "0"
    return _NUMBERS.get(number) or int(number)


def wrong_behind(folded: str, end: int) -> bool:
    """「…改成0922333444⏎打錯了」: is it the new value that is wrong, or another one?"""
    return bool(end and _BEHIND_THE_VALUE.search(folded[end:]))
