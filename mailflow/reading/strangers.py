"""May the words that nobody understood matter? A clause that holds them is passed over only when
nothing in it speaks of another person, money, a time, a condition, a no, a question, a second wish.
"""

import re
from collections.abc import Iterator

from mailflow.reading.words import Words

_RUN = re.compile(r"[a-z]+|[0-9]+|[\u3400-\u9fff]+|[^\W_a-z0-9]")
# The family names of Taiwan, the commonest hundred; a run of up to four that begins with one.
_SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊江呂何羅高蕭潘簡朱鍾彭游詹胡施沈余趙盧"
    "梁顏柯翁魏孫戴方宋范鄧杜侯薛傅丁曹溫阮藍馬連唐董石卓程馮姚康古姜湯汪白田涂鄒巫尤鐘龔嚴韓"
    "袁黎金夏歐陸倪童柏章練鄺甘牛"
)
_LONGEST_NAME = 4
_NICKNAME = re.compile(r"[阿小老][\u3400-\u9fff]{1,2}")
# Enough by itself, even where one unread character is passed over: 「我弟的也一起改」.
_WEIGHTY = frozenset("媽爸爹娘姊姐哥弟妹爺奶叔姨舅嬸伯姑他她伊兩雙半另或假")
_STARTS = re.compile(r"(?:^|[\n.!?。:;])[^\w\n]{0,4}$")


# Marks of what a clerk would read twice, wherever they stand in the clause.
MARKS = re.compile(
    r"[媽爸爹娘姊姐哥弟妹爺奶叔姨舅他她]|家人|家長|父親|母親|兒子|女兒|小孩|朋友|室友|男友|女友|"
    r"同事|"
    r"學[長姊姐弟妹]|同學(?!您|你|好)|別人|本人親|代[繳付匯轉領收辦為]|[幫替](?!我|忙)|"
    r"[錢元塊]|金額|費用多|差額|刷卡|信用卡|現金|支票|分期|合併|重複|"
    r"期限|截止|逾期|過期|延[期後長]|來不及|趕不上|"
    r"如果|若是|要是|的話|萬一|除非|恐怕|怕|擔心|不過|可是|但|除了|除外|算了|卻|反而|只(?:有|能|"
    r"好)|"
    r"[不沒未別勿非]|無法|取消|放棄|退[出費款報考]|撤|作廢|停權|[?嗎呢]|什麼|怎麼?|哪裡?|為何|"
    r"寄給|寄到|匯[給到入]|轉給|改寄|另寄|另外|順便|也要|還要|密碼|壓縮|解壓|連結|雲端|"
    r"帳[戶號]|銀行|收據|梯次|下次|暫|先別|等|下(?:週|周|個月|學期)|之前|同一|共用|一起|辦理中|"
    r"還在|申請中|"
    r"生病|住院|開刀|車禍|喪|休學|退學|畢業|轉學|當兵|兵役|懷孕|延畢|離校|出國|回國|請假|"
    r"主任|校長|管理員|指令|系統請|假的|騙|才怪|"
    r"(?<![a-z])(?:he|she|his|her|they|their|we|our|friend|mother|father|mom|dad|brother|sister|"
    r"roommate|parents?|son|daughter|money|amount|cash|card|cheque|deadline|late|tomorrow|later|"
    r"if|unless|but|however|except|although|though|only|afraid|maybe|not|no|never|cannot|[a-z]+n't|"
    r"cancel|withdraw|refund|what|when|where|why|how|who|which|password|zip|link|sick|ill|hospital|"
    r"pay|paid|transfer|bank|account|fee|receipt|session|next|month|week|year|before|after|until|"
    r"someone|somebody|person|same|share|wait|hold|stop|ignore|today|tonight|yet|still|want|need|"
    r"leave|graduat[a-z]*|abroad|instead|another|also|or|please send|admin|system)(?![a-z])"
)
_CLAUSE = re.compile(r"[^,.。!;:\n]+[?]?")


def may_matter(words: Words) -> bool:
    """A marked clause with unknown words, or unknown words that may be a name or a number."""
    uncovered = words.uncovered()
    for clause in _CLAUSE.finditer(words.folded):
        unknown = _RUN.search(uncovered, clause.start(), clause.end())
        if unknown and MARKS.search(clause[0]):
            return True
    return any(_looks_like_a_name(words, found) for found in _runs(words))


def _runs(words: Words) -> Iterator[re.Match[str]]:
    return _RUN.finditer(words.uncovered())


def _looks_like_a_name(words: Words, found: re.Match[str]) -> bool:
    run = found[0]
    if run.isdigit():
        return True
    if run.isascii():
        begins = _STARTS.search(words.plain[max(0, found.start() - 6) : found.start()])
        return len(run) == 1 or (words.plain[found.start()].isupper() and not begins)
    if _NICKNAME.fullmatch(run):
        return True
    return run[0] in _SURNAMES and len(run) <= _LONGEST_NAME


def matters_alone(words: Words) -> bool:
    """Is another person, another thing or a choice among the unread characters?"""
    return not _WEIGHTY.isdisjoint(words.left_over())
