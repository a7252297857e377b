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
_PAPER = (
    r"(?:(?:my|the) )?(?:passport|id(?: card)?|national id|arc|residence permit|student (?:id|"
    r"card)|"
    r"documents?|papers)"
)
_PAPERS = rf"{_PAPER}(?:(?:,| and|, and) {_PAPER}){{0,3}}"
_FIELD = (
    r"(?:(?:my|the) )?(?:(?:chinese |english )?names?|birthday|date of birth|id number|arc number|"
    r"phone(?: number)?|address|e?-?mail|student (?:number|id)|department|exam area|data|details)"
)
_FIELDS = rf"{_FIELD}(?:(?:,| and|, and) {_FIELD}){{0,8}}"
_CHECKED = r"(?:check|verifi|verify|compar|review|read|look|go|went|cross-?check)"
_PAPER_ZH = r"(?:護照|身分證|身份證|居留證|學生證|證件)(?:正本|影本)?"
_PAPERS_ZH = rf"{_PAPER_ZH}(?:(?:、|跟|和|與|及){_PAPER_ZH}){{0,3}}"
_MANNER = (
    r"(?:一(?:行|欄|格|項|個|筆)一(?:行|欄|格|項|個|筆)|逐[行欄格項一字]|一一|全部|都|有|仔細|"
    r"認真|再次|重新|地|已經?|來回)*"
)
_BEHIND = r"(?=$|[,。.!~\n )])"
_STOP = r"(?= ?(?:$|[,.!~\n)]))"
_WAS_LATE = (
    r"(?:sorry|(?:my )?apologies) (?:for|about) (?:the |my )?(?:delay|late reply|late response|"
    r"delayed reply),? ?|"
    r"i (?:only|just|have only|have just) (?:saw|got|read|noticed|found|seen|received) "
    rf"(?:the|this|your) (?:mail|e-?mail|letter|message)(?: (?:today|now|yesterday|just now|"
    rf"this morning|tonight))?{_STOP}|"
    rf"sorry,? i(?:'m| am) (?:so )?(?:late|replying (?:so )?late){_STOP}|"
    r"(?:最近|這幾天|這兩天|這陣子|這週|前幾天|前陣子)(?:都|一直|剛好)?(?:在)?(?:趕|忙|忙著|準備|"
    r"做|寫|弄|跑)"
    rf"(?:畢業)?(?:報告|專題|論文|實驗|期[中末]考?|作業|比賽|計畫|活動|畢展|口試|考試)"
    rf"(?:很忙)?{_BEHIND}|"
    r"(?:最近|這幾天|這陣子|前幾天|前陣子)(?:都|在|住)*(?:校外)?(?:實習|出差|上班|打工|考試|"
    r"比賽)?(?:都)?"
    rf"沒(?:空|時間)?(?:收|看)信{_BEHIND}|"
    rf"(?:到)?(?:現在|今天|這麼晚)才(?:有空|有時間)?(?:看到|看|回覆|回信|回|確認|按|點)"
    rf"(?:信)?{_BEHIND}|"
    r"(?:信|這封信|郵件|確認信|通知信?)(?:跑到|跑進|掉到|被丟到|被丟進|被歸到|在)(?:了)?"
    r"垃圾(?:信件?|郵件)?(?:匣|夾|桶|信箱|裡面?)*,?(?:我)?(?:剛剛?|今天|昨天|現在)?才?(?:發現|"
    r"看到|注意到)?"
    rf"{_BEHIND}|(?:抱歉|不好意思|拍謝),?(?:這麼)?晚回(?:覆|信)?(?:了)?{_BEHIND}|"
    rf"(?:這麼)?晚回(?:覆|信)?(?:了)?,?(?:抱歉|不好意思|拍謝){_BEHIND}"
)
_FIELD_ZH = (
    r"(?:中文|英文)?(?:姓名|名字?|姓氏|拼音|拼法|生日|出生(?:年月)?日期?|身[分份]證(?:字號|號碼)|"
    r"居留證(?:號碼)?|證號|號碼|學號|系所|科系|手機|電話|地址|資料)"
)
_AS_THERE = (
    rf"{_FIELD_ZH}(?:(?:、|和|跟|與|及)?{_FIELD_ZH}){{0,5}}(?:[那這]?[欄格項]|部分)?(?:都|也|全|"
    rf"皆|均|就|是|完全)*"
    rf"(?:(?:照|依照?|按照?|跟|和|與|同)著?(?:我的|您寄的)?(?:{_PAPERS_ZH}|表格?|確認信|信件?|"
    rf"卡片|證件|上面|學校系統)"
    r"(?:上面?|裡面?|中)?的?)?(?:一樣|相同|一致|相符|吻合|[填寫打]的|上面那[一個]+|沒錯|正確|無誤)"
)
_SHOWS_PAPER = (
    rf"附上?(?:我的?)?{_PAPERS_ZH}(?:封面|內頁|正反面|正面|反面|影本|照片|掃描檔?)?|"
    rf"(?:附上|附|補上)?(?:我的?)?{_PAPERS_ZH}的?(?:照片|影本|截圖|掃描檔?|資料頁|內頁|封面|那頁|"
    rf"正反面|正面|"
    r"反面)*(?:我?也|一併|都|先|順便)*(?:附上了?|[附放]?在?(?:這裡|這邊|附件|下面|後面|信裡)|"
    r"(?:給|供|讓|提供|拍|掃描?|傳)給?(?:老師|您|你們|承辦人?)+(?:參考|留存|對照|核對|看|備查|"
    r"存查)?(?:一下|用|了)?|"
    r"供(?:參考|留存|對照|核對|備查|存查))"
)
# How the data were checked, beside the click that says they are right.
HOW_CHECKED = re.compile(
    rf"(?<![a-z])(?:{_LITTLE_CHINESE} )?i(?: have|'ve)? "
    rf"(?:went through|gone through|read through|looked through|read|checked|verified|reviewed|"
    rf"went over|compared) {_EACH}"
    rf"(?: (?:with|using|through|by)(?: (?:a|an|my|the))? {_TOOL})?(?![a-z])(?= ?(?:[.!)\n]|$))|"
    rf"(?:我(?:的)?)?中文(?:不太好|不好|不夠好|有限|還在學),?(?:但是?|不過|所以)(?:我)?"
    rf"(?:有)?{_TOOL_ZH}"
    r"(?:一行一行|一欄一欄|逐行|逐欄|逐項|全部|都|仔細)*(?:地)?(?:看|對|核對|檢查|確認|讀)(?:過|"
    r"完)了?"
    r"(?=$|[,。!\n )])|"
    rf"(?<![a-z])i(?: have|'ve)?(?: also)? {_CHECKED}[a-z]* (?:{_EACH}|{_FIELDS})"
    rf"(?: (?:with|against|to) {_PAPERS})?(?: (?:once|twice|again|carefully)){{0,2}}{_STOP}|"
    rf"(?<![a-z])no (?:problems?|issues?|mistakes?|errors?)(?: found| at all)?{_STOP}|"
    r"(?:sorry,? )?i forgot to (?:click|press|reply|answer)(?: (?:the|your) (?:button|mail|"
    r"e-?mail))?"
    rf"(?: yesterday| earlier| before)?{_STOP}|"
    r"looking forward to (?:the |your )?(?:next steps?|further (?:news|information|steps?))|"
    r"(?:中文|英文)?(?:名字?|姓名|拼音)(?:都|也)?是(?:照|依|按照?|依照|對照)(?:著)?(?:我的)?"
    r"(?:護照|身分證|居留證)"
    rf"(?:上的?)?(?:打|寫|填|拼|key)的{_BEHIND}|"
    rf"(?<![a-z])i(?: have|'ve)? used {_TOOL} to (?:read|check|understand|"
    rf"translate) {_EACH}{_STOP}|"
    rf"(?<![a-z])(?:everything|all(?: of it| the (?:data|details))?|it all|the (?:data|details)) "
    rf"(?:match(?:es)?|agrees? with|is the same as|are the same as|is as (?:on|"
    rf"in)) {_PAPERS}{_STOP}|"
    rf"(?<![a-z])no (?:changes?|corrections?|edits?|updates?)(?: (?:is|are))?(?: (?:needed|"
    rf"required|necessary))?"
    rf"(?: (?:on my side|from my side|on my end|from me|at all))?{_STOP}|"
    rf"(?<![a-z])nothing (?:to|needs to be) (?:correct|change|fix|update|edit)(?:ed|d)?{_STOP}|"
    rf"(?:我)?(?:有)?(?:用|拿|對照|對著|照著|依照|跟|和|與)(?:著)?(?:我的?)?{_PAPERS_ZH}{_MANNER}"
    rf"(?:核對|比對|對|看|檢查|確認)(?:過|完|好)了?(?:一次|一遍|兩次|兩遍)?(?:了)?{_BEHIND}|"
    rf"每一?(?:格|欄|項|行|個字|個欄位){_MANNER}(?:我)?(?:都|有)*(?:核對|比對|對|看|檢查|確認)"
    rf"(?:過|完|好)了?{_BEHIND}|"
    rf"(?:^|(?<=[\s,。.!;(]))(?:資料|內容)?(?:都|皆|完全)?(?:沒有?|並?無)(?:什麼|任何|需要?|要|"
    rf"有|必要)*(?:再)?"
    rf"(?:改|更改|修改|更正|更動|修正|調整|變更|變動|異動)(?:的|之)?(?:地方|處|部分|"
    rf"項目)?{_BEHIND}|"
    rf"(?:^|(?<=[\s,。.!;(]))(?:資料|內容)?(?:都|皆|完全)?(?:不用|不需要?|不必|無須|無需|毋須|"
    rf"毋需)(?:再)?(?:做)?(?:任何)?"
    rf"(?:改|更改|修改|更正|更動|修正|調整|變更|變動|異動)(?:了)?{_BEHIND}|{_WAS_LATE}|"
    # what a picture beside the click is
    rf"(?:^|(?<=[\s,。.!;(])){_AS_THERE}{_BEHIND}|(?:^|(?<=[\s,。.!;(])){_SHOWS_PAPER}{_BEHIND}|"
    r"(?:護照|身分證|居留證|學生證)(?:的)?(?:照片|影本|截圖|資料頁)(?:給|供|讓|提供給?)"
    r"(?:老師|您|你們)(?:看|參考|核對|對照)(?:一下)?(?=$|[,。!\n ])"
)
_SENT_UNCHECKED = (
    r"(?:沒有?|未|忘了|忘記|來不及)(?:先|再|好好|仔細|重新)*(?:確認|核對|檢查|對)(?:過|好|完|清楚)?"
    r"(?:報名)?(?:資料|內容|一次|一遍)?(?:是否)?(?:無誤|正確|有無錯誤|有沒有錯)?(?:,)?(?:就|便|"
    r"即)(?:直接|急著|先)?"
    r"(?:送出|提交|按送出|按下送出|交出去|寄出)(?:去)?(?:表單)?了?"
)
SENT_UNCHECKED = re.compile(_SENT_UNCHECKED)
_OLD_PLACE = (
    r"(?:宿舍|學校|租屋處?|外宿|套房|舊家|舊地址|舊址|原地址|原址|那邊|白天家裡)"
    r"(?:那邊|這邊|裡|的)?"
)
# The old value is nobody's any more.
OLD_IS_GONE = re.compile(
    r"(?<![a-z])the (?:old|previous|former|registered) (?:one|number|phone|sim|address|e?-?mail)? ?"
    r"(?:(?:is|was|has been) (?:dead|cancell?ed|disconnected|"
    r"(?:not |no longer )(?:mine|in use|used|valid|working))|"
    r"(?:isn't|is not) (?:mine|in use|valid|working)|(?:does not|doesn't) work)"
    r"(?: (?:any ?more|now))?(?=$|[,.!\n )])"
)
# Another one's number as the old value, beside the own one as the new.
THEIRS_AND_MINE = re.compile(
    r"[填寫打留貼](?:到|成)(?:了)?(?:我)?(?:家人|媽媽?|爸爸?|姊姊?|姐姐?|哥哥?|弟弟?|妹妹?|室友|"
    r"朋友)的"
    r"(?:手機|電話|號碼|門號|信箱)*(?:了)? ?[0-9 -]{0,14}(?:那支)?,? ?"
    r"(?:我自己|我本人|本人|我)的?(?:手機|電話|號碼|門號|信箱)*(?:才|應該)*是"
)
# How an error was made, or why the mail goes elsewhere now.
WHY_CHANGED = re.compile(
    rf"{_SENT_UNCHECKED}|"
    # the new values stand elsewhere in the same mail, and were read there
    r"(?:請)?(?:看|見)(?:下面|下方|下列|以下)的?(?:那張?|這張?)?(?:表格?|內容|資料)|"
    r"(?:錯|有誤)的(?:地方|部分|欄位)?(?:後面|旁邊|下面|底下)(?:都)?(?:有|已)?(?:補|寫|附|"
    r"標)上?正確的?(?=$|[,。!~\n ])|"
    r"(?:都|已經?)?在(?:下面|下方|表格|原文|原信|後面|旁邊)*(?:各|每一?)?[欄列格行]?裡?"
    r"(?:註明|標[註明]|註記|改好|更正|寫[明好]|修正)了?(?=$|[,。!~\n ])|"
    r"(?:我)?(?:把|將)?(?:要|需要?|想)?(?:錯|有誤|改|更正|修改|修正)的?(?:那)?(?:[一二兩三四五幾]?"
    r"(?:個|處|項|格|欄|點))*"
    r"(?:地方|資料|內容|部分)?(?:都|已經?)?(?:我)?(?:都|已經?)?(?:直接)?(?:標|打|寫|填|改|註記?|"
    r"放)(?:註)?在"
    r"(?:原本|原來|原信|來信|原文|表格|表|信|下面|下方|旁邊|後面|資料|欄位|每|那|各|一|列|行|欄|"
    r"格)*的?"
    r"(?:資料|欄位)?(?:底下|旁邊|後面|下面|下方|裡面?|中|內|上)*"
    r"(?:了)?(?:,?(?:您|老師|你們)?應該看得懂[齁吧喔]?)?(?=$|[,。!~\n ])|"
    r"(?<![a-z])i(?: have| had| must have)?(?: accidentally| probably| just)? (?:missed|mistyped|"
    r"misspelled|misspelt|"
    r"forgot|dropped|left out|swapped|mixed up|clicked|selected|chose|picked|typed|entered|put|"
    r"wrote|filled in)"
    r"(?: in| on)?(?: (?:a|one|the|an|it|two|last))*(?: (?:digits?|letters?|numbers?|hyphen|"
    r"space|comma|"
    r"wrong (?:one|option|item|number|date|month|day|year|value|box|line|city|department|code)|"
    r"day and (?:the )?month|month and (?:the )?day))?(?: wrong| wrongly| by (?:mistake|"
    r"accident))?(?=$|[,.!\n )])|"
    r"(?<![a-z])(?:the )?(?:day and (?:the )?month|month and (?:the )?day|"
    r"(?:last )?(?:two|2) (?:digits|letters|numbers)|(?:sur|last |family )name and (?:given|"
    r"first) name)"
    r" (?:were|are|was|got|have been) (?:swapped|reversed|switched|mixed up|exchanged)|"
    r"(?:原本的?)?(?:拼法|拼音|名字|地址)?(?:是|被)?系統(?:自動)?(?:帶|產生|轉|填)(?:入|"
    r"出來)?的(?!才|就|[^,。]{0,3}對)|"
    r"(?:白天|平常|平日|那邊|這邊)*(?:都)?有(?:管理員|警衛|人)(?:可以|會|能|"
    r"幫忙)*(?:代)?收(?:信件?|掛號|包裹)*(?=$|[,。!\n ])|"
    r"[點按選勾]到(?:了)?(?:上面|下面|隔壁|別的|旁邊|錯的|前一個|後一個)(?:的)?(?:那?一?[個項欄]|"
    r"選項)*(?:去)?了?|"
    rf"(?:因為|由於)?{_OLD_PLACE}(?:常常?|經常|有時|平常|平時|白天|幾乎|都|會|沒人|不太|容易)*"
    r"(?:收不到|沒人(?:能|可以)?(?:代)?收|沒辦法收|無法收|不能收|不方便收|不代收)"
    r"(?:掛號|信件?|包裹|郵件|證書|東西)*(?=$|[,。!\n ])|"
    r"改寄(?:到|至|去|回)?(?:老家|家裡|新家|住家|租屋處|宿舍|公司)?(?=[:,是])|"
    r"[寫打填選植輸]成(?:了)?(?:報名|填表|填單|登記|送出|當|今)(?:的)?(?:那一?天|當天|日期|天|"
    r"日)了?|"
    r"姓(?:氏)?(?:跟|和|與|、)名(?:字)?(?:的)?(?:順序|位置|前後|我|被我|是|整個)*(?:寫|填|打|放|"
    r"弄)?"
    r"(?:反|顛倒|相反|對調)(?:了)?(?:過來)?|"
    r"(?:姓氏?|名字?)(?:要|應該?|才|需要|得|是)*(?:放|寫|擺)?在?(?:最)?(?:前面?|"
    r"後面?)(?=[:,。!\n ]|$)|"
    r"是我用[^,。!?;\n不沒未別另也]{0,10}(?:轉換器?|翻譯|網站|輸入法|軟體|對照表|工具)(?:查|轉|"
    r"翻|打|拼)?(?:出來|來)?的|"
    r"(?<![a-z])(?:instead of|not) (?:the )?(?:one|number|name|value|date|address|spelling)?"
    r" ?(?:shown |listed |written )?(?:in|on) (?:the|your) (?:table|letter|list|form|mail|"
    r"e-?mail)(?![a-z])|"
    r"(?<![a-z])(?:should|must) (?:read|be)(?= )"
)
