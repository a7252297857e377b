"""Where the new values stand in the same mail, and that the rest is right.

「要改的兩處我插在欄位底下」, 「沒提到的就是對的」: the values are read where they stand.
A mere 「下面的不對」 points at nothing: it must say where, how many, or that it is written. Behind
the last value it points at something that was not read.
"""

from dataclasses import replace

from mailflow.reading.families.grammar import Family, Kinds, kinds

_WHAT = (
    r"(?:要|需要?|得|該|想)?(?:修?改|更[正改動]|動|修正?|調整|換|補)的|不對的?|有?錯的?|有誤的?|"
    r"有問題的?|不正確的?|[改動]|更動|回[覆答]|[打填寫選勾點按]錯(?:了|的)?|不一樣的?|"
    r"(?:正確的|對的|新的|答案)(?=.*[寫打補插標放填註在看])|修改處|更正處|更正|改正|修正"
)
_PLACE = (
    r"(?:原(?:本|來)?(?:[信文]|表格?)的?|來信|信[裡中]|表格?[裡上]?|欄位?|格子?|"
    r"[那該原][一兩二三]?[行列欄格項]|[哪每各]一?[行列欄格項]|引文|內文|下方|下面|底下|後面|往下|下一行|"
    r"旁邊|裡面|中間|上面|下列|以下|如下|紅[字色]|括[號弧](?:裡)?|箭頭(?:後面?)?|>+)+"
)
_WRITTEN = r"(?:穿插|夾|回|接)[於在]|[寫打補插標放填加註改附](?:註|明|記|好|上|入|在|了)*"
_COUNT = r"[一二兩三四五六1-6][處個項點格欄]"
_SLIP = r"[打填寫選勾點按]錯(?:了|的)?"
_AT = r"在|看|見|如下|往下|捲|滑|拉|穿插|夾"
_LINKS = (
    r"共|會?看到|[您你]|於|皆|我的?|原本|個|字|都|用|有|已經?|直接|了|的|請(?:您)?(?:看|見)?|往下|"
    r"老師|[一二兩三四五六幾1-6][處個項點格欄]|這|那|些|地方|部分|資料|內容|就是?|是|到|後|核對完|"
    r"看完|檢查完|對完|喔|囉|啦|哦|麻煩"
)
_REST = (
    r"(?:其他|其它|其餘|剩下|別的|(?:沒(?:有)?|未)(?:提到|寫到?|列到?|標到?|動到?|改到?|說到?|"
    r"講到?)[的者]?)(?:部分|欄位?|資料|地方)?"
)
_FINE = r"皆對|對的?|正確|無誤|沒有?錯|沒有?問題|可以|ok|沒有?[變動]|不變|不用[改動]|照舊|一樣"


def _holds(said: Kinds) -> bool:
    if said & {"rest", "fine"} or not said & {"what", "place"}:
        return False
    return bool(said & {"written", "at", "count"}) or {"slip", "place"} <= said


POINTED = Family(
    kinds(
        rest=_REST,
        what=_WHAT,
        place=_PLACE,
        written=_WRITTEN,
        count=_COUNT,
        slip=_SLIP,
        at=_AT,
        fine=_FINE,
        links=_LINKS,
    ),
    _holds,
)
# What is told nowhere is right.
REST_RIGHT = replace(
    POINTED, holds=lambda said: {"rest", "fine"} <= said and not said & {"what", "written"}
)
