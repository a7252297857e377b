"""What people say, as patterns on folded text. Gaps are bounded, so every search is linear.

`SIGNALS` says that something is meant; a rule may need several. The patterns are written for
the way students write, in Chinese (both scripts) and English; a phrase that none of them knows
is never guessed at: it stays in `Words.left_over` and a person reads it.
"""

import re

G = r"[^。!?;\n]"  # within one sentence (text is NFKC, so full-width marks are folded)
CLAUSE = r"[^。!?;,\n]"

PREFILLED = "我已確認資料無誤"

_NOT = r"(?:不|沒|未|別|勿|無法)"
_SAT = (
    r"(?:考了|報了|報名了|參加了|去考|來考|應考|應試|考試了|考這|報考了|參加這|參加本|"
    r"參加考試|參加鑑定)"
)
_EXAM = r"(?:報名|報考|考試|應考|應試|參加|資格|團報|鑑定|這次|本次|此次)"
_PAY = r"(?:繳|付|轉|匯|刷|交)"

_SIGNAL_TEXTS: dict[str, str] = {
    "withdraws": "|".join(
        (
            rf"(?:取消|放棄|撤銷|撤回|退出|終止){G}{{0,6}}{_EXAM}",
            rf"(?:報名|報考|考試){G}{{0,4}}(?:取消|作廢|撤銷|撤回|退掉|撤掉)",
            rf"{_NOT}{CLAUSE}{{0,5}}{_SAT}",
            r"(?:不能|無法|沒辦法|沒法|不克|沒空|不方便)(?:再|前往|過?去|來)*(?:考|應試|應考|"
            r"參加|出席|到場)"
            r"(?![慮上])",
            r"(?:不想|不要|不打算|不會|不再|決定不|先不|就不)(?:要|去|再)?(?:考|報名|報|"
            r"參加)(?![慮上])",
            r"(?<![後])退(?:報|考|選|出)(?!名?費)",
            rf"(?:改|換|延|轉|移|挪){G}{{0,6}}(?:梯|場次|下次|下一次|明年|下半年|下學期)",
            rf"(?:下一?個?|明年|後面|其他|別的)(?:梯次?|場次){G}{{0,4}}(?:再|考|報)",
            rf"(?:明年|下次|下學期|下半年){G}{{0,3}}再{G}{{0,3}}(?:考|報|參加)",
            r"(?:要|想|決定|選擇|只好|先)放棄|放棄了?(?=[。,!\s]|$)|不(?:去|來|考|報|參加)了|"
            r"^(?:ok|好的?|那)?[ ,]?取消(?=$|[,。!])|棄考|棄權|保留到(?:下|明)|"
            r"(?:考試|應考|報考)?延(?:後|期)(?:到|至)?(?:考|應|報|下|明)",
            r"(?:幫我|幫忙|我要|我想|想要|請|麻煩|決定|申請)(?:您|你|"
            r"老師)?取消(?=[了吧,。!\s]|$|謝)",
            rf"(?:取消|放棄)(?:掉)?(?:我|我們)的?(?=[,。!\s]|$)|取消{G}{{0,4}}(?:科目|項目)",
            r"(?:把|將)我[^。\n]{0,10}(?:移除|剔除|刪掉|刪除|除名|拿掉)|(?:名單|"
            r"報名)[^。\n]{0,4}(?:移除|剔除|除名)|remove me|"
            r"withdraw|drop out|give up (?:the|my|this)|cancel+(?:ation|ing)?[^.\n]{0,24}"
            r"(?:registration|application|exam|enrol|sign)",
            r"(?:don't|do not|not|no longer|won't|can't|cannot)[^.\n]{0,20}(?:take|sit|attend|join)"
            r"[^.\n]{0,12}(?:exam|test|certif)",
            r"(?:next|another|later|different|following) (?:session|round|sitting|batch)",
            r"cancel (?:it|mine|me|my spot)|(?:need|want|have|like|decided?) to cancel|"
            r"(?:暫停|停止)[^。\n]{0,4}報名",
        )
    ),
    "takes_back_cancellation": "|".join(
        (
            rf"(?:不|別|不要)(?:要)?取消(?!訂)|取消{G}{{0,10}}(?:不算|反悔|收回|作廢|改變|撤回)",
            r"(?:還是|又|仍然?)(?:想|要|決定|會)?(?:要|去|繼續)?(?:考|報名|參加)(?!完)",
            rf"改變主意|反悔|恢復(?:我的)?報名|(?:收回|撤回){G}{{0,6}}(?:取消|退|放棄)",
            r"reinstate|changed my mind|don't cancel|do not cancel|keep my registration",
        )
    ),
    "hypothetical": (
        r"如果|若是?|假如|要是|的話|會不會|會退|能退|可以退|來得及|規定|what if|if i|would"
    ),
    "wants": (
        r"我(?:決定)?(?:要|想|不)|幫我|麻煩|請(?!問)|決定|因為|拜託|please|i want|i'd like|"
        r"i would like"
    ),
    "paid": "|".join(
        (
            rf"(?<![不沒未])(?<!沒有)(?<!尚未){_PAY}(?:費|款|錢|帳)?(?:完|好|清|過|了|惹|囉|成功|"
            rf"畢|出去|妥)"
            r"(?!之?後|才|以後|嗎|沒|單|再)",
            rf"已(?:經)?(?:於|在)?{G}{{0,12}}?(?:繳(?!費單|款單)|付(?!款單)|轉帳|匯款|匯出|刷卡)"
            r"(?!之?後)",
            r"(?:轉帳|繳費|匯款|付款|繳款|扣款|交易|轉款)(?:已|已經|都)?(?:成功|完成|完畢|"
            r"ok)(?!之?後|才)",
            rf"(?:今天|昨天|前天|剛剛?|剛才|早上|中午|下午|晚上|上午|昨晚){G}{{0,12}}"
            r"(?:轉帳|匯款|(?:繳費|付款|繳款)(?!單|帳號|通知|期)|繳的|轉的|匯的|付的|繳清)",
            r"(?:轉|匯|繳|付)(?:帳|款|費)?(?:成|錯)?了?[0-9]{2,}|(?:多|少|重複|重覆)(?:繳|"
            r"轉|匯|付)",
            r"(?:匯款?|轉帳|轉(?![到去]?.{0,8}[系所班]))(?:到|錯)|才(?:去)?(?:繳|轉|匯|付)(?!單|"
            r"錢)",
            rf"(?:幫|替|代)(?:我|他|她|你|忙)?{G}{{0,3}}(?:繳的|匯的|轉的|付的|匯款|轉帳|繳費|"
            r"代繳)",
            r"(?:have|i've|already|just|i|^) ?(?:already |just )?(?:paid|transferred|remitted|"
            r"(?:did|made) (?:the )?(?:payment|transfer))(?! (?:yet|tomorrow))",
            r"payment (?:is |was |has been |have been )?(?:done|made|complete|successful|sent)",
            r"(?:made|completed|did|finished)[^.\n]{0,12}(?:payment|transfer|paying)|"
            r"paid (?:at|via|by|today)|sent (?:the )?(?:money|payment)",
        )
    ),
    "promises_payment": "|".join(
        (
            r"(?:明天|後天|晚點|等等|等一下|待會|下班|(?:週|周|星期|禮拜)[一二三四五六日末]|"
            r"下週|過幾天|"
            rf"月底|之後|發薪|今晚){G}{{0,12}}(?:再|才|去|會|要|能){G}{{0,4}}{_PAY}",
            r"(?:會|準備|打算|預計|將|才能|要|再)(?:去|再)?(?:便利商店|超商|銀行|"
            rf"atm)?{_PAY}(?!過|了|完了)",
            r"(?:will|going to|gonna|plan to) (?:pay|transfer)|pay (?:it |this )?(?:tomorrow|"
            r"later|next|on )",
        )
    ),
    "not_paid": (
        rf"(?:還沒|尚未|未|沒有?|忘記|忘了|來不及|無法|不能)(?:去|有)?{_PAY}|(?:not|"
        rf"haven't)[^.\n]{{0,8}}paid"
    ),
    "proof": "|".join(
        (
            r"(?:繳費|繳款|轉帳|匯款|付款|交易|扣款|轉款)的?(?:證明|憑證|收據|明細|截圖|紀錄|"
            r"記錄|單據|畫面|成功)",
            r"(?<!文)(?<!康)(?<!學)(?<!分)證明(?!文件|書)|收據|收執聯|存根|(?:後|末|尾)(?:五|"
            r"5)碼|匯款帳號後|繳費單?照片|明細(?:表|如)",
            r"(?:proof|evidence) of (?:my |the )?(?:payment|transfer)|(?:payment|transfer|"
            r"bank|store) "
            r"(?:proof|receipt|screenshot|confirmation|record)|receipt|last (?:5|five) digits",
        )
    ),
    "attached": (
        r"附(?:上|件|檔|圖|在|給|加)|如附|夾帶|隨信|檢附|截圖|截屏|如(?:下|上)?圖|下圖|上圖|"
        r"圖片|照片"
        r"|上傳|補(?:上|傳|寄|件|交)|(?:證明|收據|畫面|明細).{0,4}如下|attach|enclos|screenshot|"
        r"see below"
    ),
    "refund": (
        rf"(?:申請|辦理|領取?|請領|核發){G}{{0,8}}(?:補助|退費|退款|退還|報名費)|(?:補助|"
        rf"退費){G}{{0,2}}申請"
        rf"|獲證補助|補助款?(?:文件|資料)|(?:拿回|退還|退回){G}{{0,6}}(?:報名費|費用|錢)"
        r"|refund|reimburse|subsid"
    ),
    "certificate": r"證書|證照|合格證|檢定證|certificate|certification(?! exam)",
    "slip": r"繳費單|繳款單|繳費通知|繳費(?:帳號|資訊|信|代碼|連結)|帳單|虛擬帳號|單子|銷帳編號"
    r"|payment (?:slip|info|details|notice|form)|the slip|pay ?slip|bill|invoice",
    "again": (
        r"再(?:次)?(?:寄|傳|發|給|補[寄發傳給]|提供)|重(?:新|複)?(?:寄|傳|發|給|提供)|補(?:寄|"
        r"發|傳|給)"
        r"|resend|re-send|send[^.\n]{0,24}again|again"
    ),
    "missing": (
        rf"(?:沒|未|尚未|還沒|從沒){G}{{0,8}}(?:收到|看到|拿到|接到|寄來|寄到|寄給我|(?:來|"
        rf"到)(?=[,。!?耶欸 ]|$))|(?:收|找|"
        r"看)不到|不見|刪(?:掉|除|了)|弄丟|遺失|丟了"
        r"|(?:打|點|開|讀)不(?:開|了|到)|(?<!超)過期|(?:繳費單|繳款單)(?:呢|在哪|怎麼還)"
        r"|(?:not|haven't|didn't|never|n't)[^.\n]{0,12}(?:receive|got|get|seen)|lost|"
        r"(?:can't|cannot|couldn't) (?:find|open|see)|delet|missing"
    ),
    "asks_slip": (
        r"(?:繳費單|繳款單)[^。\n]{0,4}(?:寄|傳|發)(?:到|給|去)|(?:寄|給|傳|發|提供|要|"
        r"索取).{0,8}(?:繳費單|繳款單|虛擬帳號|繳費帳號)"
        r"|send[^.\n]{0,12}(?:slip|bill|invoice)"
    ),
    "registers": "|".join(
        (
            r"(?:想|要|欲|希望|打算)(?:要|參加|來|再)?(?:報名|報考|參加團報|註冊|團報|"
            r"登記)(?!資料|費|表|的)",
            rf"(?:直接|用信|補|來信|信件|這封信|回信){G}{{0,3}}報名|幫我{G}{{0,2}}報名|我報名|"
            r"本人報名|報名(?:iPAS|ipas)",
            r"(?:如何|怎麼|怎樣|去哪|哪裡)(?:才能|可以)?報名|報名申請|^報名$|^ipas ?報名$|"
            r"^報名 ?ipas",
            r"(?:want|like|wish|would love|try|need) to (?:register|sign up|enrol|apply|join)"
            r"|please register|register me|sign me up|how (?:to|can i|do i) (?:register|sign up)",
        )
    ),
    "adds_exam": (
        r"(?:加|再|多|另外|追加|同時|也)(?:想|要)?(?:報|考)(?:名|考)?(?:一|另|兩|ai|資|物|塑|"
        r"電|3d|中級|初級|[^\s]{2,12}師)"
        r"|(?:also|another|second|additional)[^.\n]{0,20}(?:register|exam|certification)"
    ),
    "confirms": "|".join(
        (
            r"(?:資料|資訊|信息|內容|以上|全部|所有|每個|每項|都|皆|均|一切|核對|確認|檢查|"
            r"看過|對過|比對|通通|完全|"
            rf"欄位|個資|逐項|逐一|姓名|這邊){G}{{0,14}}?(?:無誤|(?<![不否])正確(?!的?嗎|的話|"
            r"的?是|應)|沒錯|沒有錯|"
            r"沒問題|沒有問題|沒有寫錯|沒寫錯|(?:是|都|也)對的|都對|皆對|(?<![a-z])ok(?![a-z])|"
            r"不用改|不用修改|不需(?:要)?修?改|無須修改|無需修改|沒有要改|沒有需要修?改)",
            r"^(?:[^\n]{0,8}[, ])?(?:無誤|正確|沒錯|沒有錯誤?|沒有任何錯誤|都對|全對|確認無誤|"
            r"ok確認|"
            r"確認ok){1,3}[,。!~ 喔了的]{0,4}(?:謝|$)",
            r"^(?:[^\n]{0,12}[, ])?(?:都|並|完全)?(?:沒有|無|不)(?:任何)?(?:需要?|要|必)*"
            r"(?:更正|修改|更改|修正|改|調整)(?:的|之)?(?:地方|部分|處|資料|內容|"
            r"欄位)?(?=[,。! ]|$)(?!嗎)",
            r"(?:都|全部?|大概|應該|好像|似乎|看起來|這些?)(?:都|是|也|應該|大概)*(?:對(?:的|滴|"
            r"了|喔|$|,|。)|正確(?!的?是|嗎|答)|沒錯|沒問題|無誤|ok(?![a-z]))",
            r"^(?:[^.\n?]{0,30}[ ,])?(?:i think|i guess|probably|mostly|yes,?|it is|it's|its|"
            r"they are|seems?|looks?)(?: to be| all| it'?s|"
            r" like)*[^.\n]{0,10}(?:correct|right|fine)",
            r"(?:all|everything|information|data|details|info|particulars)[^.\n?]{0,30}"
            r"(?<!not )(?<!not all )(?:correct|right|accurate|true|fine|good|ok(?:ay)?|in order)"
            r"(?![a-z])(?![^.\n]{0,3}\?)",
            r"(?<!not )(?:no|without|any) (?:mistakes?|errors?|problems?|changes?)(?: needed)?",
            r"(?:i|hereby) confirm(?:ed)?|(?:it|all|they) looks? (?:good|right|correct|fine)|"
            r"confirmed",
            r"(?:我|本人)?(?:已|已經)?確認(?:了|過了|完畢|完成)(?!嗎)|確認無誤|核對無誤|資料ok",
        )
    ),
    "affirms": (
        r"無誤|(?<!不)相符|無錯漏|屬實|準確|(?<!不)正確(?!的?(?:是|應|為|:|資料|號碼|地址|日期))|"
        r"沒錯|沒有錯|無錯誤|無任何錯|"
        r"^(?:是的?[, ])?(?:都)?對(?:的|滴|ㄉ|喔)?[,。! ]{0,3}$|(?:都|皆|全)對|^(?:已|"
        r"我)?(?:已經)?確認了?[,。! ]{0,3}$|"
        r"(?<!not )(?<!not all )(?<![a-z])(?:correct|accurate|confirm(?:ed)?)(?![a-z])(?! (?:is|"
        r"to|it|me|my|name|phone))"
        r"|looks? (?:good|fine|right)|i agree"
    ),
    "wrong": (
        r"(?<!沒)(?<!否)(?<!沒有)有(?:點|些)?問題(?!想|要|請|可以|再|嗎|的話)|"
        r"有[^。,\n是]{1,4}錯(?!誤?的話|嗎)|好像(?:打|寫|填|"
        r"少|多|有誤)|怪怪|顛倒|對調|有誤|有錯|錯了|錯誤|錯的|錯字|弄錯|(?:打|寫|填|拼|輸入?|"
        r"key|選|按|印|登|登記|貼|記|弄|報|給|點|植|拚)"
        r"(?:成)?錯|寫反|打反|相反|誤植|不是(?:這|那)(?:支|樣|組|天|間)|怎麼會?(?:變|寫成)|"
        r"打顛倒|(?<!有)(?<!什麼)不同|不一致|不是我的?(?:正確|對)?的?(?:資料|名字|姓名|生日|電話|"
        r"手機)|"
        r"differs?(?: from|ent(?:ly)? from)|(?:does|do)(?:n't| not) match|mismatch|"
        r"not my (?:correct |right |real )?(?:data|name|phone|information|birthday|address)|"
        r"reversed|swapped|"
        r"不對|不正確|不符|不一樣|少(?:打|寫|填|了|一|個)|多(?:打|"
        r"寫|了一|一個)"
        r"|漏(?:打|寫|填|了|掉|字)|被我(?:選|填|打|寫)成|(?:打|寫|填|選|key|植)成"
        r"|typo|wrong|incorrect|mistake|misspel|misprint|inaccurate|not (?:correct|right)|"
        r"(?<!no )error"
    ),
    "change": (
        r"轉系|轉(?:到|去|至)[^。,\n]{1,10}[系所班]|(?:最後|尾|末)[^。\n]{0,8}(?:是|為)[0-9a-z]|"
        r"(?:要|請|想|能|可以|幫我|幫忙|麻煩|"
        r"需要?|需|申請|希望|得)?(?:更改|改(?:成|為|"
        r"到|一下|掉|正|用|報|回|選|寄)?"
        r"|更正|修正|修改|變更|更新|更換|換(?:成|到|為|一個|過)?|調整)|應該?(?:是|為|改)|"
        r"才(?:是|對)"
        r"|正確(?:的)?[^。\n]{0,6}(?:是|為|應|:)|(?:以|用)[^。\n]{2,20}為準"
        r"|是[^。\n]{1,24}不是|不是[^。\n]{1,24}[,而 ]是"
        r"|chang(?:e|ing)|correct(?:ion)? (?:to|is|it|one)|should (?:be|read)|updat|amend|"
        r"instead of|←|→|->|=>|⇒|➡"
    ),
    "supposed": (
        r"(?:原本|本來|原先|一開始)?以為|本來(?:想說|覺得)|原本覺得|是我看錯|我看錯|誤會|"
        r"i thought|my mistake"
    ),
    "not_confirmed": (
        r"(?:還沒|尚未|沒有?|未|不)(?:有|要|想|能)?(?:確認|核對|看)|not (?:yet )?(?:confirm|"
        r"check)"
    ),
    "others": (
        r"媽|爸|姊|姐|哥哥|弟弟|妹妹|家人|家長|父親|母親|朋友|室友|男友|女友|學長|學弟|學妹|"
        r"親戚|阿姨|叔叔|老公|老婆|他人|別人|其他人|\bfriend|\bmother|\bfather|\bparents?\b|"
        r"\bsister|\bbrother|roommate|classmate"
    ),
    "revokes": "|".join(
        (
            rf"(?:按|點|寄|回|送|點選){G}{{0,6}}(?:太快|手滑|不算|收回|取消|撤回)|誤按|手滑|"
            r"按錯|點錯|不算數|不要算",
            r"(?:先|請)?(?:不要|別|勿)(?:先)?(?:確認|送出|採用)|先不要(?:確認|處理|算)",
            rf"(?:收回|取消|撤回|撤銷|作廢){G}{{0,8}}(?:確認|回覆|來信|修改|更正|那封|前信|"
            r"上一?封)",
            rf"(?:忽略|無視|作廢|不用理){G}{{0,6}}(?:上|前|剛|那|之前)|(?:上|前|剛才那|"
            rf"那)一?封{G}{{0,6}}(?:不算|作廢|錯)",
            rf"(?:剛剛?|剛才|之前|先前|昨天|前天|上次){G}{{0,10}}確認{G}{{0,8}}(?:錯|但|可是|"
            r"不過|取消|不算|其實)",
            r"(?:ignore|disregard) my (?:last|previous|earlier)|pressed[^.\n]{0,12}(?:mistake|"
            r"accident|too (?:fast|soon))",
            r"(?:改回|恢復)(?:原|成原|原來)|原本的?(?:才|就)(?:是)?對",
        )
    ),
    "asks": (
        r"嗎|\?|請問|想問|請教|詢問|如何|怎麼(?!會?變|會?寫成)|怎樣|(?<!沒)(?<!沒有)(?:什麼|甚麼|"
        r"啥)|何時|哪|多少|"
        r"幾(?:[點天元號]|"
        r"個(?!地方|欄位|錯|資料))|是否|"
        r"能不能|可不可以|有沒有"
        r"|會不會|是不是|為何|why|how|what|when|where|which|whether|could you|can i|can you|do i|"
        r"is it|is there|may i"
    ),
    "demands": (
        r"通融|讓我補|(?:所有|全部)(?:學生|同學)[^。\n]{0,4}(?:資料|名單)|個資|刪除我|名單|"
        r"投訴|申訴|抱怨|客訴|沒人回|交代|不滿|誇張|爛|聽障|視障|身障|"
        r"特殊需求|延長(?:考試)?時間"
        r"|教育部|校長信箱|律師|提告|檢舉|爆料|媒體|消保|消基會|離譜|太扯|很扯|到底要|後果|擺爛|"
        r"失職|"
        r"第[三四五3-5]次(?:寄|來|問|跟|告|反)|lawyer|legal action|\bsue\b|press|newspaper|"
        r"ministry|"
        r"authorit|unaccept|ridiculous|disappoint|\bangry\b|terrible|worst|shame|incompeten|"
        r"unprofessional|(?:no one|nobody|no body|never) (?:answer|repl|respon|care)|"
        r"how many times|"
        r"(?:third|fourth|3rd|4th) time|hold you|your fault|responsib|report (?:you|this)|"
        r"consequence"
        r"|complain|accommodat|disab|privacy|delete my"
    ),
    "tells_later": (
        r"(?:晚點|晚上|今晚|等等|稍後|明天|待會|有空|回家|回宿舍|下課|下班|之後|"
        r"再)[^。,!?\n]{0,6}?(?:再|會)?(?:看|確認|核對|檢查|"
        r"回覆|回信)"
        r"|(?:look|check|read|reply)[^.\n]{0,16}(?:later|tomorrow|tonight|soon)"
    ),
    "acknowledges": r"收到|好的|了解|瞭解|知道了|ok|謝|感謝|thank|got it|noted|👍|🙏|received",
    "hedged": (
        r"應該(?!是[^沒對]|為|改|要|跟|和|與|填|寫)|大概|可能|好像|似乎|或許|也許|不確定|"
        r"不太確定|不知道|聽說|據說|優先|其次|首選|次選|第[一二]志願|"
        r"農曆|陰曆|雙主修|輔系|系所?[再也]?加|lunar|"
        r"還沒(?:核對|看|確認|仔細)|"
        r"沒(?:仔細|空)看|差不多|吧|but not|maybe|probably|perhaps|i think|i guess|not sure|seems"
    ),
    "conditional": (
        r"如果|若(?![曦薇瑄琳彤涵妍])|假如|假設|倘|(?<!應該)(?<!應)要是|的話|除非|\bif\b|unless|"
        r"in case"
    ),
    "contrast": (
        r"但(?!是?願)|可是|不過|只是|然而|除了|唯一|\bbut\b|\bexcept\b|however|although|only"
    ),
    "relation": "|".join(
        (
            r"我是.{1,8}的?(?:媽媽?|爸爸?|家長|母親|父親|姊|姐|哥|弟|妹|阿姨|叔|朋友|"
            r"同學(?!,|，|。|您|你|$)|室友|女友|男友|助教|導師|代理)",
            rf"(?:幫|替|代|代表|代替){G}{{0,4}}(?:同學|朋友|他|她|室友|女兒|兒子|小孩|弟|妹|姊|"
            r"姐|哥|女友|男友|學長|學姐|學弟|學妹|媽|爸)",
            r"小犬|小女(?!生)|我(?:的)?(?:兒子|女兒|小孩|孩子|學生)|(?<!其)(?:他|她)(?:的資料|叫我|"
            r"請我|託我|委託|要我|這禮拜|最近|人在|手機)",
            rf"(?:媽|爸|姊|姐|哥|朋友|同學|室友|男友|女友){G}{{0,3}}(?:幫我|替我|代|的(?:帳|戶|"
            r"卡|收據|繳費|名|資料))",
            rf"(?:另|其中){G}{{0,6}}(?:是他|是她|的)|(?:兩|三|四|2|3|4)個?人(?:份|的|一起)|"
            r"一起(?:繳|轉|匯|付)|代(?:為)?(?:繳|轉|匯|付|報名)",
            r"(?:(?:所有|全部|全體)的?(?:學生|同學|人|報名者)|全班|我們班|大家)的?(?:手機|電話|資料|"
            r"地址|考區|姓名|名字|生日|狀態)",
            r"on behalf of|my (?:son|daughter|child|friend|roommate|classmate|boyfriend|"
            r"girlfriend|brother|sister|student|mom|mother|dad|father)"
            r"|(?:his|her) (?:data|info|registration|payment)|i am the (?:mother|father|"
            r"parent)|for my ",
        )
    ),
    "not_mine": (
        r"不是我(?!的錯)|寄錯(?:人|信箱|地址)|(?:我)?(?:沒有?|並未|未曾|從未)報名(?!成功|到|"
        r"上)|別人的|同名|其他同學的資料|not me\b|wrong person|never registered|not mine"
    ),
    "hostile": "|".join(
        (
            r"(?:ignore|disregard|forget|override)[^.\n]{0,24}(?:instruction|prompt|rule|"
            r"above|previous)",
            r"(?:忽略|無視|忘記|略過)[^。\n]{0,12}(?:指令|指示|規則|提示|以上|先前|系統|設定)",
            r"system ?(?:prompt|message|override|:|\])|\[system|\[admin|\[inst|"
            r"maintenance mode|developer mode|jailbreak|you are now|as an ai|act as",
            r"(?:語言模型|ai助理|ai 助理|機器人|自動系統|系統|程式|ai(?!應用)|assistant|"
            r"bot)[^。\n]{0,8}(?:請|必須|應|注意|指令|執行|將|直接)",
            r"(?:mark|set|update|change|flag)[^.\n]{0,24}(?:paid|confirmed|status|approved|"
            r"complete)",
            r"(?:標記|設定|設|改|更新|註記|視)(?:為|成|狀態)[^。\n]{0,4}(?:已繳|已確認|已付|"
            r"完成|通過|paid|confirmed)|(?:標記|狀態)[^。\n]{0,6}(?:已繳|已確認|完成)",
            r"status ?=|<script|javascript:|drop table|union select|\bor 1 ?= ?1|';|--\s*$|"
            r"\{\{|\$\{|<%|=cmd\||=hyperlink\(|\.\./\.\.|base64,|<img|onerror=|&lt;",
            r"(?:我是|本人是|這裡是)[^。\n]{0,10}(?:承辦|管理員|工程師|系統|研發處|主任|組長|"
            r"校長|資訊中心|計網中心|ipas(?:小組|辦公室))",
            r"i am (?:the )?(?:administrator|admin|staff|system|developer|manager)|(?:export|"
            r"dump|send me)[^.\n]{0,24}(?:all|list|database|csv|records)",
        )
    ),
    "link": (
        r"https?://|www\.|drive\.google|雲端|dropbox|onedrive|line\.me|imgur|reurl|goo\.gl|"
        r"連結"
    ),
    "money_trouble": (
        r"少(?:繳|轉|匯|付)|多(?:繳|轉|匯|付)|(?:繳|轉|匯|付)(?:錯|太多|太少)|金額(?:不|錯|"
        r"有)|預約|排程|(?<!上傳)(?<!登入)(?<!送出)失敗|處理中|待處理|模糊|看不清|不清楚|差額|"
        r"重複|重覆|兩次|"
        r"兩筆|二次|逾期|超過|遲|晚(?:了|一天|繳)|過期|截止|來不及|補(?:差|繳)|退(?:款|給|還|回)|"
        r"別人|戶名|一半|部分|分期|分次|訂金|尾款|統編|統一編號|抬頭|發票|報帳|上一?次|去年|上學期|"
        r"草稿|範例|樣本|(?:戶頭|帳戶|卡)是(?!我)|[檔件圖]是(?:證書|證照|學生證|護照|身分證|存摺)|"
        r"wrong amount|\bhalf\b|for two|last (?:year|time|month)|invoice|"
        r"overpaid|underpaid|twice|double|late|past the|deadline|another account|wrong account"
    ),
    "identity_change": (
        r"改名|更名|新(?:的)?(?:身分證|身份證|居留證|名字|姓名)|換(?:發|證|新證)|"
        r"換了?(?:身分證|身份證|居留證|名字|姓名)|歸化|新證件|legal name|"
        r"name change|changed my name|new (?:id|arc|passport)|戶政"
    ),
    "in_picture": (
        r"圈起來|圈出|標(?:示|記|註|紅)|紅(?:字|色|筆)|(?:改|寫|標|填)在(?:下|圖|附|表|原|照|"
        r"信|裡|檔)|直接(?:改|標|修)|如附(?:件|檔)?(?:修|改|更)|"
        r"正確(?:的)?(?:資料|版)?(?:如|在|請見|見)(?:附|圖|下圖|截)|circled|marked in|highlighted|"
        r"in red"
    ),
    "spam": "|".join(
        (
            r"中獎|恭喜您?(?:獲|中|被)|免費(?:領取|試用|送)|限時|優惠|折扣|貸款|借款|急用錢|"
            r"免保人|免擔保|撥款|放款|加 ?line|投資|"
            r"獲利|加密貨幣|比特幣|飆股|賺錢|兼職|副業|娛樂城|博弈|色情",
            r"(?:信箱|帳號|帳戶|郵箱|密碼|郵件)[^。\n]{0,16}(?:停用|過期|異常|驗證|凍結|升級|"
            r"終止|已滿|容量|到期|鎖)",
            r"(?:點擊|點選|點按)(?:以下|下方|下列|此|這|連結|鏈結|按鈕)?[^。\n]{0,24}(?:連結|"
            r"驗證|登入|網址|領取|http)|業務合作|詢價|報價單|代購|代寫|代考|保證(?:通過|及格|"
            r"過)|包過|題庫|補習|課程優惠",
            r"lottery|winner|you(?:'ve| have) won|million|bitcoin|crypto|invest|loan|casino|"
            r"viagra|seo |backlink|marketing|discount|"
            r"limited (?:time )?offer|click (?:here|below|the link)|verify your|your account|"
            r"password (?:will )?expire|mailbox (?:is )?(?:full|quota)|"
            r"call for papers|manuscript|impact factor|dear (?:esteemed|customer|friend|"
            r"beneficiary)|inheritance|wire transfer|"
            r"supplier|quotation|wholesale|guest post|rank(?:ing)? on google",
        )
    ),
    "bulk": (
        r"各位(?:同學|老師|同仁|師長|系所|單位)|各(?:系所|單位|處室|院系)|公告|電子報|週報|"
        r"周報|敬邀|敬請(?:轉知|公告|踴躍)|轉知|研討會|說明會|講座|活動通知|"
        r"取消訂閱|訂閱|newsletter|unsubscribe|digest|dear (?:all|colleagues|members|subscribers|"
        r"students)|announcement|webinar|workshop|invitation"
    ),
}

SIGNALS: dict[str, re.Pattern[str]] = {
    name: re.compile(text, re.MULTILINE) for name, text in _SIGNAL_TEXTS.items()
}

# Said about errors that are not there: taken out before `wrong` is looked for.
NO_ERRORS = re.compile(
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
    r"(?:其他|其它|其餘|剩下|剩餘|別的|另外的?|除此之外|以外)(?:的|資料|欄位|部分|項目|都|皆|"
    r"均|內容|全部|資訊|,)*"
    r"(?:確認|無誤|正確|沒問題|沒錯|沒有錯|ok|沒有問題|不變|不用改|不需要?改|都對|對的?|一樣|照舊|維持(?:原樣|原狀|不變))+"
    r"|(?:everything|all|the) ?(?:else|rest|other[^.\n]{0,20})[^.\n]{0,12}(?:correct|right|"
    r"fine|ok|good|same)"
)
# The words of the button, mentioned and not said: 「我已確認資料無誤」.
MENTIONED = re.compile(r"[「『“\"'《【(]\s?(?:我已)?確認資料無誤\s?[」』”\"'》】)]")
