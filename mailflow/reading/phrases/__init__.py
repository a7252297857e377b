"""What people say, as patterns on folded text. Gaps are bounded, so every search is linear.

`SIGNALS` says that something is meant; a rule may need several. The patterns are written for
the way students write, in Chinese (both scripts) and English; a phrase that none of them knows
is never guessed at: it stays in `Words.left_over` and a person reads it.
"""

import re

from mailflow.reading.phrases.crowd import CROWD
from mailflow.reading.phrases.data import DATA
from mailflow.reading.phrases.money import MONEY
from mailflow.reading.phrases.people import PEOPLE
from mailflow.reading.phrases.wishes import WISHES

_TEXTS = DATA | MONEY | WISHES | PEOPLE | CROWD

SIGNALS: dict[str, re.Pattern[str]] = {
    name: re.compile(text, re.MULTILINE) for name, text in _TEXTS.items()
}

# Said about errors that are not there: taken out before `wrong` is looked for.
NO_ERRORS = re.compile(
    r"(?:沒有?|無)(?:什麼|任何|需要?|要|有)+(?:再)?(?:更改|修改|更正|更動|修正|調整|變更|改)(?:的)?"
    r"(?:地方|部分|資料|內容|欄位)?(?![嗎到好成])|"
    r"(?:沒有?|並無|毫無|無)(?:任何|什麼|哪|一)*(?:嘢|東西|地方|欄位|資料|項目?|個|處|欄|格|內容)+"
    r"(?:是|有|要|需要?|得|應該?)*(?:再)?(?:更改|修改|更正|更動|修正|調整|變更|(?:[打寫填]?錯)|"
    r"改)(?:的)?(?![嗎到成])|"
    r"(?:不用|不需要?|不必|無須|無需|毋須|毋需|免)(?:再)?(?:更動|變更|調整|異動|更改)"
    r"(?:任何(?:資料|內容|東西))?|"
    r"(?:之前|以前|上次|曾經?)[^,。!?\n]{0,8}[打寫填]錯過(?!了)|"
    r"(?:沒有?|並無)(?:任何)?(?:一|半)(?:項|個|處|欄|格|筆)(?:資料|欄位|地方|內容)?(?:是|有)?"
    r"(?:[打寫填]?錯)(?:的|了)?|"
    r"nothing (?:needs?|has|requires?|is|should)? ?(?:to )?(?:be )?(?:chang|correct|updat|fix|"
    r"edit|amend|modif)"
    r"[a-z]*|(?:no need to|(?:don't|do not|needn't|need not)(?: need to| have to)?|without|not) "
    r"(?:chang|correct|updat|fix|edit|amend|modif)[a-z]* (?:anything|any of (?:it|them)|a thing)|"
    r"no (?:corrections?|updates?|edits?|amendments?|modifications?|fix(?:es)?)(?![a-z])|"
    r"(?:沒有?|無|未(?:發現|見)?|毫無|並無|不會)(?:任何)?(?:寫|打|填|拼|弄|有|什麼|"
    r"需要)*(?:錯誤|錯|誤|問題)|無誤"
    r"|有沒有(?:錯|誤|寫錯|打錯|填錯)|(?:有|是否有)?(?:錯|誤|問題)(?:的話|再|請告知)"
    r"|(?:不用|不需要?|無須|無需|沒有?(?:要|需要))(?:再)?(?:修|更)?(?:改|正)|no changes?|"
    r"nothing to change"
    r"|no (?:mistakes?|errors?|typos?|wrong)|not wrong|without (?:mistakes?|errors?)|"
    r"nothing (?:is )?wrong"
)
# The rest is right: beside a correction this contradicts nothing.
REST_IS_RIGHT = re.compile(
    # 「其他我跟我姊一起對過都沒錯」
    r"(?:其他|其它|其餘|剩下|剩餘|別的|除此之外)(?!人|同學|學生|"
    r"[一二三]科)[^,。!?;\n不沒無未別錯改但除]{0,16}(?:(?<=過)了?,(?:也|全|"
    r"通通)?)?[都皆均](?:是)?(?:已經?|有)?(?:核對|確認|檢查|看|對)?(?:過|完)?了? ?"
    r"(?:對的?|正確|無誤|沒錯|沒問題|沒有錯|沒有問題|沒有?變|不變|照舊|一樣|ok(?:ay)?|fine|"
    r"good)+(?![嗎?a-z])|"
    r"(?:其他|其它|其餘|剩下|剩餘|別的|另外的?|除此之外|以外)(?:的|各項|各欄|每項|每欄|資料|欄位|"
    r"部分|項目|都|皆|"
    r"均|內容|全部|資訊|經?核對|檢查|看過|後|,)*"
    r"(?:確認|無誤|正確|沒問題|沒錯|沒有錯|ok|沒有問題|不變|沒有?變|不用[改動]|不需要?[改動]|"
    r"別動|都對|對的?|"
    r"一樣|"
    r"照舊|維持(?:原樣|原狀|不變|(?=[,。!; \n]|$)))+"
    r"|(?:大致|大部分|大多|幾乎)(?:上|都|皆|的資料)*(?:正確|無誤|沒問題|沒錯|對的?|ok)"
    r"|除了?[^,。\n]{1,8}(?:以外|之外|外),?(?:其他|其餘)?(?:的)?(?:資料|欄位)?(?:都|皆|均|全部)?"
    r"(?:是)?"
    r"(?:正確|無誤|沒錯|沒問題|對的?|ok)"
    r"|(?<![a-z])other (?:info|information|data|details|fields|things|parts|items) (?:is|"
    r"are) (?:all )?"
    r"(?:correct|right|fine|ok|good|the same)|(?:其他|其餘|剩下)(?:的)?(?:我)?(?:都|皆|"
    r"全部)?(?:看過|核對過|檢查過|確認過)(?:了)?,?"
    r"(?:都|皆|也)?(?:是)?(?:對的?|正確的?|沒問題|無誤|沒錯)"
    r"|(?:everything|all|the) ?(?:else|rest|other[^.\n]{0,20})(?:(?! but | except |n't| not )"
    r"[^.\n]){0,24}(?:correct|right|fine|ok|good|same)"
)
# "If anything is missing, tell me": an offer, no condition and no question.
OFFERS = re.compile(
    r"(?:再)?(?:麻煩|請)?(?:您|老師)?(?:幫忙|幫我)?看看?(?:一下)?(?:還)?有沒有[缺少漏](?:什麼|"
    r"哪些|件|的|資料)*|"
    r"(?:如果?|若|倘若?|要是)?(?:還|仍|另)?有(?:任何|什麼|哪裡|需要|需|要|不|缺)*(?:問題|疑問|"
    r"補充|補什麼|"
    r"補件|補的|缺漏|缺|不足|不清楚|疑慮|狀況)(?:的話|之處|的地方|的)?,? ?"
    r"(?:再|請|還請|敬請|麻煩|歡迎|煩請|您|老師|隨時|可以|直接)*(?:跟|與|和|向)?(?:我|本人)?"
    r"(?:說|聯絡|聯繫|連絡|告知|告訴我|通知|來信|回信)(?:我)?(?:一聲|一下)?|"
    r"(?:如果?|若|倘若?|要是)?(?:有|還)*[缺漏少](?:了|掉)?(?:什麼|哪些?|任何|東西|文件|資料|"
    r"份)+(?:的話)?,? ?"
    r"(?:再|請|還請|麻煩|您|老師|隨時|可以|直接)+(?:跟|與|和|向)?(?:我|本人)?"
    r"(?:說|聯絡|聯繫|告知|告訴我|通知|來信|回信)(?:我)?(?:一聲|一下)?|"
    r"(?:如果?|若)(?:看|照片|圖|收據)?(?:不清楚|模糊|看不清楚?)(?:的話)?,? ?(?:再|請|麻煩|您|老師)*"
    r"(?:跟|與)?(?:我)?(?:說|聯絡|告知|通知)(?:我)?|"
    r"(?:如果?|若|倘若?)?(?:還|仍|另)?(?:需要|需|要)(?:其他|另外|補|更多|我)*(?:資料|文件|證明|"
    r"補件|什麼|提供)+(?:的話)?"
    r",? ?(?:再|請|還請|敬請|麻煩|您|老師|隨時)*(?:跟|與)?(?:我)?(?:說|聯絡|聯繫|告知|告訴我|"
    r"通知)(?:我)?|"
    r"(?:please )?(?:let me know|contact me|tell me|feel free to (?:contact|email|ask) me)"
    r"(?: if (?:you need|there (?:is|are)|you have|anything)[^,.!?\n]{0,30})|"
    r"if (?:you need|there (?:is|are)|you have|anything)[^,.!?\n]{0,30},? ?(?:please )?"
    r"(?:let me know|contact me|tell me|email me)"
)
# The words of the button, mentioned and not said: 「我已確認資料無誤」.
MENTIONED = re.compile(r"[「『“\"'《【(]\s?(?:我已)?確認資料無誤\s?[」』”\"'》】)]")
