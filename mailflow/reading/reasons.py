"""Whole clauses that tell how something came about, and change nothing beside it: how the data
were checked, how an error was made, why the mail goes elsewhere now.
"""

import re

_TOOL = (
    r"(?:(?:google )?(?:translat(?:e|or|ion)|dictionary|deepl|chatgpt)"
    r"(?: (?:app|tool|software|website|program))?)"
)
_EACH = (
    r"(?:(?:every|each|all)(?: of)?(?: the| single| my)? "
    r"(?:line|field|item|row|entry|detail|column|word)s?|everything|(?:all )?the (?:data|details))"
)
_LITTLE_CHINESE = (
    r"my (?:chinese|mandarin) is (?:limited|poor|weak|bad|basic|not (?:very |so |that |too )?good)"
    r"(?:, ?| )(?:but|so)"
)
_TOOL_ZH = (
    r"(?:用|靠|透過|拿)(?:著)?(?:google|deepl|chatgpt|手機|線上)?(?:的)?"
    r"(?:翻譯|字典)(?:軟體|app|程式|網站|工具|機)?"
)
# How the data were checked, beside the click that says they are right.
HOW_CHECKED = re.compile(
    rf"(?<![a-z])(?:{_LITTLE_CHINESE} )?i(?: have|'ve)? "
    rf"(?:went through|gone through|read through|looked through|read|checked|verified|reviewed|"
    rf"went over|compared) {_EACH}"
    rf"(?: (?:with|using|through|by)(?: (?:a|an|my|the))? {_TOOL})?(?![a-z])(?= ?(?:[.!)\n]|$))|"
    rf"(?:我(?:的)?)?中文(?:不太好|不好|不夠好|有限|還在學),?(?:但是?|不過|所以)(?:我)?(?:有)?{_TOOL_ZH}"
    r"(?:一行一行|一欄一欄|逐行|逐欄|逐項|全部|都|仔細)*(?:地)?(?:看|對|核對|檢查|確認|讀)(?:過|完)了?"
    r"(?=$|[,。!\n )])|"
    # what a picture beside the click is
    r"(?:護照|身分證|居留證|學生證)(?:的)?(?:照片|影本|截圖|資料頁)(?:給|供|讓|提供給?)"
    r"(?:老師|您|你們)(?:看|參考|核對|對照)(?:一下)?(?=$|[,。!\n ])"
)
_SENT_UNCHECKED = (
    r"(?:沒有?|未|忘了|忘記|來不及)(?:先|再|好好|仔細|重新)*(?:確認|核對|檢查|對)(?:過|好|完|清楚)?"
    r"(?:報名)?(?:資料|內容|一次|一遍)?(?:是否)?(?:無誤|正確|有無錯誤|有沒有錯)?(?:,)?(?:就|便|即)(?:直接|急著|先)?"
    r"(?:送出|提交|按送出|按下送出|交出去|寄出)(?:去)?(?:表單)?了?"
)
SENT_UNCHECKED = re.compile(_SENT_UNCHECKED)
_OLD_PLACE = (
    r"(?:宿舍|學校|租屋處?|外宿|套房|舊家|舊地址|舊址|原地址|原址|那邊|白天家裡)"
    r"(?:那邊|這邊|裡|的)?"
)
# Another one's number as the old value, beside the own one as the new.
THEIRS_AND_MINE = re.compile(
    r"[填寫打留貼](?:到|成)(?:了)?(?:我)?(?:家人|媽媽?|爸爸?|姊姊?|姐姐?|哥哥?|弟弟?|妹妹?|室友|朋友)的"
    r"(?:手機|電話|號碼|門號|信箱)*(?:了)? ?[0-9 -]{0,14}(?:那支)?,? ?"
    r"(?:我自己|我本人|本人|我)的?(?:手機|電話|號碼|門號|信箱)*(?:才|應該)*是"
)
# How an error was made, or why the mail goes elsewhere now.
WHY_CHANGED = re.compile(
    rf"{_SENT_UNCHECKED}|"
    rf"(?:因為|由於)?{_OLD_PLACE}(?:常常?|經常|有時|平常|平時|白天|幾乎|都|會|沒人|不太|容易)*"
    r"(?:收不到|沒人(?:能|可以)?(?:代)?收|沒辦法收|無法收|不能收|不方便收|不代收)"
    r"(?:掛號|信件?|包裹|郵件|證書|東西)*(?=$|[,。!\n ])|"
    r"改寄(?:到|至|去|回)?(?:老家|家裡|新家|住家|租屋處|宿舍|公司)?(?=[:,是])|"
    r"[寫打填選植輸]成(?:了)?(?:報名|填表|填單|登記|送出|當|今)(?:的)?(?:那一?天|當天|日期|天|日)了?|"
    r"姓(?:氏)?(?:跟|和|與|、)名(?:字)?(?:的)?(?:順序|位置|前後|我|被我|是|整個)*(?:寫|填|打|放|弄)?"
    r"(?:反|顛倒|相反|對調)(?:了)?(?:過來)?|"
    r"(?:姓氏?|名字?)(?:要|應該?|才|需要|得|是)*(?:放|寫|擺)?在?(?:最)?(?:前面?|"
    r"後面?)(?=[:,。!\n ]|$)|"
    r"是我用[^,。!?;\n不沒未別另也]{0,10}(?:轉換器?|翻譯|網站|輸入法|軟體|對照表|工具)(?:查|轉|翻|打|拼)?(?:出來|來)?的|"
    r"(?<![a-z])(?:instead of|not) (?:the )?(?:one|number|name|value|date|address|spelling)?"
    r" ?(?:shown |listed |written )?(?:in|on) (?:the|your) (?:table|letter|list|form|mail|"
    r"e-?mail)(?![a-z])|"
    r"(?<![a-z])(?:should|must) (?:read|be)(?= )"
)
