"""The vocabulary of each errand: words that belong to it and change nothing beside it."""

import re

# Why something is asked for. A confirmation needs no reason: one that gives it is read.
REASON = re.compile(r"(?:因為|由於)[^,。!?;\n不沒未但別錯]{1,20}")

# Words of every day that change nothing beside an errand that is understood; a confirmation is read
# without them. No name, no number, no word of doubt stands among them.
EVERYDAY = re.compile(
    r"校園入口網|依規定|檢送|供(?:查驗|查核|參考|核對|備查)|查驗|備查|乙份|更正事項|"
    r"(?<![一二三四五六七八九十])[一二三四五六](?=、)|誤植|誤填|舊的?|新的?|留著|留到|忘記更新|"
    r"還是|現在(?:用|改用|使用)|空白的?|打開(?:來)?(?:是)?空白|入口網站?|網站|網頁|系統|平臺|"
    r"登不進去?|登入不了|登不上去?|登入|上傳|下載|失敗|"
    r"當機|卡住|一直|重試|"
    r"所需|相關|文件|資料|申請表|表格|正本|影本|掃描|拍照|照片|圖片|截圖|檔案|附檔|信件|郵件|"
    r"信箱裡|"
    r"按鈕|(?:沒有?|無)(?:任何)?反應|[這那][一二兩三幾]天|期[中末]考|重新整理|重開|"
    r"(?<![a-z])(?:accidentally|by accident|by mistake|this|(?:mon|tues|wednes|thurs|fri|satur|sun)"
    r"day|weekend)(?![a-z])|"
    r"宿舍|家裡|學校|課程|上課|下課|打工|實習|電腦|平板|領錢|薪水|"
    r"此致[ \n]{0,3}(?:[^\n,。]{2,12}(?:組|處|中心|辦公室|老師))?|就業輔導組|研究發展處|"
    r"造成(?:您|老師|貴處)?的?(?:諸多)?(?:不便|麻煩|困擾)(?:之處)?|(?:敬請|尚祈|還請|請)?(?:見諒|"
    r"海涵|包涵|體諒)|"
    r"如題|如上|如下|以下|以上|這些?|那些?|這樣|一樣|一起|一併|順便|先|再|然後|後來|剛好|其實|原來|"
    r"要?(?:改|更正|修改|修正|更改)?(?:的)?[一二兩三四五幾1-5](?:個|處|項|點|件)(?:地方|欄位|"
    r"資料|事|項目)?|"
    r"(?:最後|末|尾|後|前)[一二兩三四五六1-6](?:碼|位|個字|個數字)|對調|顛倒|"
    r"[^\s(),。、]{2,8}(?:甲|乙|丙|單一)級|(?:跟|和|與|同)?(?:身分證|身份證|護照|學生證|"
    r"居留證)(?:上)?(?:一樣|相同|一致|為準)?|"
    r"拍謝|歹勢|呵呵|哈哈+|嘻嘻|(?<![a-z])(?:lol|btw|halo|madam|two|three|things?|as|in|passport|"
    r"spell(?:ed|ing)?|the following|below|above|already|now|today|yesterday|teacher|dear|kindly|"
    r"help)(?![a-z])"
)
PARTICLES = re.compile(
    r"非常|十分|發現|敬啟者|敬祝|今日|昨日|日前|一紙|乙份|一份|qq+(?![a-z])|der(?![a-z])|"
    r"xd+(?![a-z])|(?<![a-z])(?:office|found|registration|data|already|exam|there|some|one|check|"
    r"sorry)(?![a-z])|的|了|喔|哦|噢|啦|唷|呢|耶|囉|啊|呀|嘿|哈|嗯|嗚|就|也|都|有|是|在|再|和|跟|"
    r"與|及|以及|"
    r"這|那|我|您|你|已經?|先|請|要|想|把|將|為|到|一下|這邊|這裡|"
    r"目前|現在|剛剛?|剛才|因為|因此|所以|謝|好|個|次|封|信中?|下|上|裡|由|於|至|給|方便|需要|"
    r"直接|之前|以前|來|去|呦|吼|捏|另外|還有|今天|昨天|"
    r"早上|中午|下午|晚上|上午|昨晚|今早|\b(?:the|a|an|my|is|are|was|were|to|of|for|and|in|on|"
    r"it|its|this|that|these|i|you|your|please|pls|kindly|have|has|had|"
    r"been|am|be|me|as|at|with|here|so|very|just|now|would|could|can|will|all|from|by|hi|do|"
    r"did|'s|'m|'ve|s|m|ve|let|know|help|mr|ms|also)\b"
)

_PHRASES: dict[str, re.Pattern[str]] = {
    "confirm": re.compile(
        r"(?:沒有?|無)(?:什麼|任何|需要?|要|有)+(?:再)?(?:更改|修改|更正|更動|修正|調整|變更|改)(?:的)?(?:地方|資料|內容|欄位)?"
        r"(?=$|[,。!~ \n])|"
        r"(?:再|並)?(?:請|麻煩|煩請|勞煩|拜託)(?:老師|您)?(?:幫忙|協助|幫我)?(?:寄發|寄送|寄|提供|發送|核發)(?:電子)?"
        r"(?:繳費單|繳款單|繳費資訊)(?:給我)?|(?:協助|幫忙|煩請|敬請|麻煩|辦理|完成|幫我)(?:我)?(?:後續|團體|的|辦理)*報名"
        r"(?:事宜|作業|手續|程序)?(?=$|[,。!\n 了囉])|"
        r"(?:之後|接下來|再來|再|就|那|後續|,)*(?:靜候|等候|等待|等|期待|期待收到)(?:您們?的?|老師的?)?"
        r"(?:寄|發|傳|寄發|收到)?(?:來)?的?(?:電子)?(?:繳費單|繳款單|後續通知|通知|下一步)(?:囉|了|喔|的信)?|"
        r"(?:department|dept\.?|institute|college) of [a-z &]{2,40}(?=$|[,\n])|"
        r"(?:最近)?天氣(?:變|轉|很)*(?:冷|熱|涼|好)了?|(?:颱風天?|下雨天?|變天)?(?:請|記得|也|要)*(?:多)?(?:注意|保重)(?:身體|"
        r"保暖|安全|健康)*|多喝水|"
        r"(?:中秋|端午|聖誕|新年|教師|雙十|國慶|連假|週末|假期|節日)節?(?:愉快|快樂|順心)?|加油|"
        r"(?:系統|流程|信|說明|介面|按鈕|操作|網頁|表單|團報|設計|使用|起來|用|的|、)*(?:真的|也)*(?:很|好|非常|超|滿|蠻)"
        r"(?:方便|清楚|貼心|快速|詳細|順暢?|簡單|好用|棒|快|"
        r"仔細|用心)|"
        r"(?:您們?|老師)?(?:的)?(?:服務|幫助|協助|用心|細心|耐心|回覆)|"
        r"(?:我|本人)?(?:已|已經)?確認|收到(?:了|囉)?|好的|(?<![a-z])ok(?:ay)?(?![a-z])|"
        r"英文(?:姓名|名字)|姓名|名字|護照"
        r"|(?:報名)?(?:資料|資訊|內容|信息|欄位|姓名|英文|拼音|護照|身分證|"
        r"居留證)?(?:我)?(?:已|已經)?(?:全部|都|再次|仔細|重新|逐項|逐一)?(?:確認|核對|檢查|"
        r"看|對|比對|查)(?:過|完|好|無誤|了|清楚)+"
        r"|(?:資料|內容|信息|資訊|個資)(?:皆|都|均|全部|全)*(?:無誤|正確|沒錯|沒有錯|沒問題|"
        r"沒有問題|ok|對的|對)+"
        r"|附(?:上|件是?|圖是?)(?:我的)?(?:護照|身分證|居留證|學生證)(?:封面|內頁|供核對|"
        r"供參考|正面|反面|"
        r"影本|照片|正反面|截圖|掃描|資料頁)*|(?:英文)?(?:姓名|名字?|拼音|拼法)?(?:跟|與|和|"
        r"同)護照(?:上)?(?:的)?(?:一樣|一致|相同)?"
        r"|(?:可以|等|期待|期待您?|麻煩|再|請|並|以便|後續)*(?:等候|寄送?|提供|傳送?|收到|"
        r"等待|發送?)(?:電子)?(?:繳費單|繳款單|繳費通知|後續通知|通知|繳費資訊)(?:給我|囉|"
        r"了)*|期待(?:您|你)?的?(?:後續)?(?:回覆|通知)|(?:期待|希望|祝)?考試順利|對照過?|"
        r"從頭到尾|一遍|後續作業|looking forward to (?:hearing from you|"
        r"your (?:reply|letter|mail)|the (?:exam|slip))"
        r"|(?:all|everything|information|info|data|details|confirm(?:ed)?|correct|right|"
        r"accurate|fine|good|looks?|checked|verified)(?![a-z])"
    ),
    "correction": re.compile(
        r"(?:修改|更正|改)(?:完|好|後|之後)*再?(?:請|麻煩)?(?:幫我)?(?:寄|傳|發)(?:一次|一份|"
        r"一封)?(?:確認信)?(?:給我)?(?=$|[,。!~ \n謝])|"
        r"月份?(?:跟|和|與|、)日期?(?:顛倒|相反|填反|寫反|打反|反了|對調)?|日期?(?:跟|和|與|、)月份?(?:顛倒|相反|填反|寫反|反了|對調)?|"
        r"(?<=[北中南雄竹市區場])(?:那邊|這邊|去|來)*(?:應)?考(?:試|場)?(?=[,。!? 嗎了吧]|$)|"
        r"才(?:會|能)?(?:跟|與|和)?(?:護照|身分證|證件)?(?:上)?(?:的)?(?:一樣|一致|相同|相符)|之後(?=再|請|,)|"
        r"(?:收到|看到)(?:新的?|更正後的?)?(?:確認信|信件?|回覆|通知)(?:之?後)?,?(?:我)?(?:會|就|再)*(?:馬上|立刻|重新)?"
        r"(?:按|點|回覆|做|點選)?(?:一次|一遍)?(?:確認)?|(?:麻煩|請)?(?:再|重新|重)+(?:幫我)?(?:寄|發)(?:一次|一份|一封)?"
        r"(?:新的)?(?:資料)?確認信(?:件)?(?:給我)?|(?:以免|免得|避免|怕)[^,。\n]{0,10}(?:聯絡|聯繫|收|找|接)不到(?:我|信|通知|電話)?|"
        r"(?:沒有?|無|不用|不需)(?:加|要)?(?:連字號|橫線|空格|空白|逗號|一槓|那一槓|hyphen)|"
        r"(?:舊|原本|原來|之前|以前|先前|本來)(?:填|寫|留|用|打|的|那)*(?:支|個|組|門號|號碼|電話|手機|信箱|地址)*"
        r"(?:我|已經|已|都|就|現在|目前|早就)*(?:停用|停話|停掉|停機|不用|沒有?在?使?用|不再使用|不能用|"
        r"打不通|掉|壞|退租|解約|換掉|註銷|失效|退掉|丟)(?:了|囉|掉|啦)+|"
        r"(?:年份?|月份?|日期?|姓氏?|名字?|前面|後面|前半|後半|其他數字|其他碼)(?:的|都|部分)*"
        r"(?:沒錯|沒有錯|是對的|對的|沒問題|正確|不變|不用改|一樣)|"
        r"(?:與|跟|和|同)(?:我的?)?(?:護照|身分證|身份證|證件|居留證|學生證)(?:上)?(?:的)?"
        r"(?:不符|不同|不一樣|不一致|有出入|不合|對不起來|對不上)|"
        r"誤填(?:為|成)?|經?(?:核對|檢查)(?:報名)?(?:資料)?|no hyphens?|(?:於|在)?(?:核對|檢查|"
        r"確認|查看|看|收到|比對)(?:信件|資料|內容|確認信|後|時|完|過|了)*(?:後|時|才)?(?:發現|"
        r"發覺|看到|注意到)|"
        r"(?:填寫|填報|登錄|登打|輸入|鍵入|填表|報名)(?:時|資料)?|連字號|樓層|門牌|加上?|逗號|"
        r"空格|空白|疏忽|筆誤|"
        r"(?:想|要|可以|可否|能否|能不能|是否可以?)?(?:請您?|麻煩您?|拜託)?(?:協助|幫忙|代為|"
        r"幫我)(?:更正|修改|修正|更改|調整|改)|"
        r"(?:錯|要改|修改|有誤|不對)的地方|(?:少|多|漏)(?:打|寫|填|了)+[一二兩1-3]?(?:個)?(?:碼|"
        r"字母|字|數字|號)?"
        r"|(?:寫|打|填|選|植)成(?:[0-9]{4}年?(?![0-9/.-])|[0-9]{1,2}月[0-9]{1,2}[日號]|"
        r"[0-9]{1,2}[/.-][0-9]{1,2}(?![0-9/.-]))了?|"
        r"(?:資料|內容|欄位|報名資料|報名|表單)?(?:中|裡|內|上)?(?:有)?(?:一|兩|二|三|四|幾|"
        r"[0-9])?(?:個|處|點|項|些)?(?:地方|欄位|部分|資料|項目|東西|內容)?(?:有)?"
        r"(?:需要?|要|想|得|應該?|幫我|幫忙|可以|能)*(?:(?:打|寫|填|拼|輸入|key|選|誤植|弄|登|"
        r"按|貼|給)(?:成)?錯誤?|錯(?:了|誤|的|字)?|有誤|不對|不正確|寫反|打反|少打|漏打|多打|"
        r"少寫|漏寫|誤植|更改|更正|修正|修改|變更|更新|更換|調整|改正|改|換|為準)"
        r"(?:成|為|到|一下|掉|了|用|在|的|是|如下|如上|以下|下列|資料|內容)*|(?:應該?|正確|"
        r"原本|原來|舊|新|對|現在)(?:的)?(?:資料|號碼|寫法|拼法|地址|日期|名字?|值)?(?:是|為|"
        r"應為|應該是|寫|填|改為|:)*|(?:才是|才|就是)(?:對的?|正確的?)?|(?:不是|而不是|而非|"
        r"並非|非)(?=\s*$|\s*[,。])"
        r"|(?:打|寫|填|選|key|誤植|按|植|輸入)(?:成)(?:了)?|不小心|一時|手誤|粗心|當初|當時|"
        r"報名時|填表時|因為搬家|表單上?|回條|系統|搬家了?|剛搬家|換了?(?:門號|號碼)|換門號|"
        r"跟護照(?:一樣|一致|"
        r"相同)|與護照(?:一致|相同)|依護照|護照上(?:是|的)?(?:寫)?|照護照"
        r"|(?:其他|其它|其餘|剩下|別的|另外的?)(?:的|資料|欄位|部分|項目|都|皆|均|內容|"
        r"全部)*(?:確認|無誤|正確|沒問題|沒錯|沒有錯|ok|沒有問題|不變|不用改|不需要?改|都對|"
        r"對|一樣|照舊|維持(?:原樣|原狀|不變|(?=[,。!; \n]|$)))+"
        r"|(?:不是|而不是|並非|寫成|打成|填成|選成|誤植為|"
        r"(?<![a-z])not )(?:[0-9]{1,2}月[0-9]{1,2}[日號]|"
        r"[0-9]{1,2}[/.-][0-9]{1,2}(?![0-9])|[0-9]{1,2}[日號])|那?(?:欄|格|支)(?:位)?|(?:少|"
        r"多|漏)(?:打|寫|填|了)*[一二兩1-3]?(?:個)?(?:碼|字母|字|數字|號)?|(?:已經?)?停用了?|"
        r"顛倒|相反|對調|月份|日期|年份|(?:輸入)?錯誤|轉系|嗎|號碼|門號|順序|越南|印尼|馬來西亞|"
        r"泰國|日本|香港|澳門|國外|當地|(?:上|下)(?:面|方|述|列|表)|以下|如下|表格(?:裡|中)?|"
        r"直接(?:寫|改|回|填)(?:在)?|(?:錯|要改|修改)的地方|第?[一二三四五六1-6][.、)]|"
        r"[0-9]+[.、)](?=\s)|→|->|=>"
        r"|\b(?:change[sd]?|should|correct(?:ed|ion|ions)?|wrong|typo|mistake|misspelled|"
        r"incorrect|update[sd]?|instead|not|rest|everything else|else|fine|ok|number|typed|"
        r"wrote|entered|there|actually|but|new|old|following|everything|other|others|"
        r"information|info|right)\b"
    ),
    "payment_receipt": re.compile(
        r"(?:後|末|尾)(?:五|5)碼(?:為|是|:)? ?[0-9]{5}(?![0-9])|"
        r"繳納|支付|檢附|憑證|敬請|查收|(?:[0-9]{1,2}[/月][0-9]{1,2}[日號]?)|後續|已?完成|成功|"
        r"忘記附|忘了附|補上"
        r"|(?:已經?|剛剛?|剛才|昨天|今天|都|有|也)?(?:用|在|去|到|透過|於)?(?:網銀|網路銀行|"
        r"行動銀行|手機|超商|便利商店|7-11|7-eleven|seven|小七|全家|萊爾富|ok超商|atm|銀行|"
        r"郵局|臨櫃|街口|line ?pay|臺灣pay|悠遊付|app)*(?:繳|付|轉|匯)(?:費|款|帳|錢)?"
        r"(?:完成|完|好|成功|過|了|出去|清|畢)*|(?:繳費|繳款|轉帳|匯款|付款|交易|報名費?|"
        r"款項)(?:的)?(?:證明|憑證|收據|明細|截圖|紀錄|記錄|單據|畫面|成功|完成|完畢|費用)*|"
        r"收據|收執聯|證明|明細|截圖|畫面|費用|報名費|款項|網銀|網路銀行|超商|便利商店|全家|"
        r"7-11|seven|小七|萊爾富|atm|郵局|銀行|臺灣pay|街口|line ?pay|手機|app"
        r"|附(?:上|件|檔|圖|在|給)?(?:是|為|在|於)?|如(?:附件?|下圖?|附檔|圖|上圖)|請(?:您|"
        r"老師)?(?:查收|確認|過目|查看|參閱|見|看)|上傳|補(?:上|傳|寄)|傳給|如圖所示|所示|"
        r"紀錄|記錄|小白單|感熱紙|掃描檔?|電子檔|"
        r"影本|圖片|照片|檔案|檢附|隨信"
        r"|\b(?:payment|paid|pay|proof|receipt|attached|attachment|screenshot|transfer|"
        r"transferred|done|made|find|see|below|fee|confirm|receive[sd]?|when|completed|"
        r"successful(?:ly)?|bank|file|slip)\b"
    ),
    "refund_application": re.compile(
        r"(?:我|已)?(?:考過|通過|考到|拿到|取得|獲得|合格)(?:了|證書|證照)*|(?:附(?:上|件|"
        r"檔)?(?:是|為)?|檢附|如附件?|申請|辦理|請領|領取)+|(?:證書|證照|存摺|存簿|帳戶|"
        r"學生證|在學證明|身分證|影本|封面|正反面|正面|反面|掃描檔?|補助|報名費|退費|文件|"
        r"資料|照片|獲證|領據|切結書|、)+"
        r"|\b(?:attached|certificate|passbook|bank ?book|student|card|apply|application|"
        r"refund|subsidy|documents?|copy|passed|exam|application|fee|find|reimbursement)\b"
    ),
    "certificate_upload": re.compile(
        r"參加|(?:上傳|繳交|提供|補上|附(?:上|件|檔)?(?:給您)?(?:是|為)?|檢附|如附件?|拿到|取得|"
        r"考到|通過)+|(?:證書|證照|掃描檔?|電子檔|檔案|影本|照片|獎勵|活動|獎勵活動|正本|"
        r"正反面|請查收|張|、)+"
        r"|(?:系統|網頁|網站|表單)(?:一直|都)?(?:轉圈圈?|當掉|壞了|打不開|上傳不了|傳不上去|"
        r"失敗|,)*(?:上傳不了|傳不上去)?|tqc\+?|python|java|aca|mos|ccna|excel|ceh|aws|google|"
        r"office|autocad|solidworks|多益以外"
        r"|\b(?:attached|certificate|upload|reward|find|here|file)\b"
    ),
    "resend_slip": re.compile(
        r"(?:但|可是|不過)(?:是|我)?(?:還|都|一直|仍|尚|也|就)*(?=沒|未|找不到|收不到|打不開|看不到)|"
        r"(?:也|都|還是|仍|依然)?沒有(?=繳費單|繳款單|看到|收到|找到|[,。! ]|$)|"
        r"but (?=it|i |still|the)|(?:is|was) not (?:there|in)|isn't there|"
        r"(?:have|has|did|do|can|could)(?: not|n't|not) (?:yet )?(?:receive[d]?|got|get|seen|"
        r"see|find|open)|"
        r"(?:我)?(?:還|尚|一直|都|從)?(?:沒有?|未)(?:有)?(?:收|看|接|拿)到(?:電子)?(?:繳費單|"
        r"繳款單|繳費通知|帳單|單子)?|(?:收|找|看)不到|不見了?|開不了|讀不到|(?:被我|不小心|"
        r"誤)?(?:刪掉|"
        r"刪除|弄丟|遺失|丟|刪)了?|(?:打|開|點)不開|過期"
        r"|(?:繳費單|繳款單|繳費通知|帳單|單子|繳費帳號|虛擬帳號|連結|檔案|附件|pdf)|(?:可以|"
        r"能否|能|能不能|可否|是否可以?|幫我|麻煩|請|再|重新|重|補|另外)*(?:寄|傳|發|"
        r"提供)(?:一次|一份|一封|一遍|給我)*(?:嗎|\?)*|一(?:次|份|封)|電子|嗎|還沒(?:寄)?(?:來|"
        r"到)|忘記了?|垃圾(?:信件?|"
        r"郵件)|(?:被)?當(?:成)?|被我|好像|能否|請重寄|deleted?|e?mail|之前的?信?|"
        r"原本的?信?|請問|可以|能不能|可不可以"
        r"|\b(?:payment|slip|resend|send|again|not|haven't|didn't|received?|get|got|lost|find|"
        r"can't|yet|the|one|more|time|pdf|open)\b"
    ),
    "registration": re.compile(
        r"(?:想|要|欲|希望|我要|申請)*(?:報名|報考|參加|團報|考試|鑑定)|(?:如何|怎麼|"
        r"怎樣)(?:報名|弄|做|辦理|填)?|(?:第[一二三]梯次)|表單(?:一直)?(?:送不出去|打不開)?|"
        r"(?:直接)?用信|以下是?|我的|資料|如下|欄位|內容|項目|報名表單?|填寫|填好|附上|補上|補齊|"
        r"(?<![0-9])[0-9]{3}-[0-9](?![0-9])"
    ),
    "other": re.compile(
        r"(?<![0-9])(?:[0-9]{1,2}月|[0-9]{1,2}/)?[0-9]{1,2}(?:號|日|(?<=/[0-9])|(?<=/[0-9][0-9]))(?:前|之前|左右|發薪|領薪|發薪日|領薪水|那天)*|"
        r"(?:今|明|後)天|收到(?:了|囉|喔)*|好的|了解|瞭解|知道了|沒問題|ok(?:ay)?|(?:晚點|晚上|"
        r"等等|稍後|"
        r"明天|後天|待會|有空|回家|之後|今晚|週[一二三四五六日]|週末|下班|上午|下午)(?:再|會|"
        r"我|去|才|要|能|發薪水)*(?:看|確認|核對|檢查|回覆|回信|繳|繳費|轉帳|匯款|付款|去繳)+|"
        r"會去繳|(?:這|下|本)?個?(?:週|周|星期|禮拜)[一二三四五六日天末]?|7-11|7-eleven|seven|"
        r"小七|全家|萊爾富|便利商店|超商|銀行|atm|(?:繳|轉帳|"
        r"匯款|付款|繳款)(?:費|款)?|(?:還沒|尚未)(?:有)?(?:去)?(?:繳|轉|付|匯)(?:費|款)?|會|"
        r"received|got it|noted|will|pay|tomorrow|later|check|look"
    ),
}

# Single words of an errand, the longest first at each place. A no stands among them only where it
# is part of a word that says the contrary: 沒問題, 不用改.
_WORDS = {
    "confirm": """
        資料 資訊 內容 信息 欄位 個資 報名資料 確認信 確認函 信件 郵件 表格 這封信 各項 每項
        每一項 每個 每一個 各欄 每欄 每一欄 每個欄位 逐項 逐一 逐字 全部 全都 所有 一切 通通
        統統 完全 整份 上面 上述 下方 以上 裡面 每筆 一條一條 一一 看過 看完 看了 對過 對完 核對
        比對 檢查 確認 查看 過目 檢視 過 完 完畢 完成 清楚 仔細 認真 再次 重新 反覆 兩遍 一遍
        兩次 一次 三次 三遍 已 已經 我 本人 都 皆 均 也 全 眼睛 確定 確實 肯定 絕對 百分之百
        沒意見 無意見 同意 按下 送出 回覆 回信 寄出 身分證 護照 學生證 證件 居留證 對照 對著
        拿著 照著 正確 無誤 沒錯 沒問題 沒有問題 無問題 沒有錯 沒有錯誤 沒有任何錯誤
        沒有任何問題 無任何錯誤 沒有誤 無錯誤 零錯誤 對的 是對的 都對 皆對 全對 屬實 相符 符合
        一致 相同 一樣 不用改 不需要改 不需要修改 不需修改 不必改 不必修改 無須修改 無需修改
        無需更正 沒有要改 沒有要改的 沒有要修改 沒有需要修改 沒有需要更改 沒有地方要改 不用修改
        不用更改 不用再改 沒有缺漏 沒有漏 無缺漏 完整 讚 讚啦 棒 太好了 太棒了 水啦 耶 嘿嘿 呵呵
        嘻嘻 收到 好 好的 好喔 好哦 早安 午安 晚安 辛苦了 辛苦啦 謝啦 謝謝 三克油 感恩 感謝
        大感謝 感激 đúng rồi hết tất cả thông 後續 流程 作業 事宜 程序 手續 經 續辦 續行 辦理
        沒打錯 沒寫錯 沒填錯 好險 還好 幸好 學長姐 學長姊 們 用手機回 格式跑掉 手機排版 加油
        可以用 才確認 才回 才回覆 才按 見諒 按鈕 恩恩 恩 已讀 進修部 日間部 夜間部 四技 二技
        碩專班 在職專班 正常 詳閱 已閱 閱讀 並
        3q above acknowledge agree always anything appreciate appreciate'd appreciated arranging
        autumn been below benar best betul bunch card carefully cheers confirmation confirming
        data department done double each effort efforts every everyone everything exactly exam
        festival field fields great happy hard help hereby holiday holidays id item items kind
        kindly lengkap line lines listed lot lots luck match matched matches mid million moon
        much name national nice office ok okay okok organising organizing passport patience
        proceed process professor prompt quick read really regards reply respectfully response
        reviewed row rows same semua shown sincerely student students sudah support sure taipei
        teacher team tech technology them these they those through thx tin tks ton tons truly
        twice ty university verify warm was were wishes wonderful work yeah yep yes yup
    """,
    "correction": """
        唔該 不該 返 係 是 我的 應該 應 改為 改成 才對 才是 對 正確 這個 那個 這支 那支 這組
        這一支 時候 當下 那時 那時候 的時候 太快 太急 太趕 太久 沒注意 沒注意到 沒發現 沒看清楚
        沒看仔細 沒檢查 手殘 眼殘 眼花 恍神 迷糊 粗心大意 一時不察 不小心 自動填入 自動帶入
        自動校正 輸入法 選字 複製 貼上 複製貼上 瀏覽器 表單 填表 填單 填寫 填 打 打字 寫 選 選到
        填到 打到 按到 點到 寫到 拼 拼音 拼法 拼寫 搞混 搞錯 弄混 記錯 習慣 以前 從前 高中 國中
        家裡 老家 租屋 租屋處 宿舍 外宿 新家 新居 搬來 搬到 搬去 搬回 住在 住 現居 目前住 改住
        已搬 剛搬 搬遷 新竹 臺中 臺南 高雄 臺北 住家 附近 比較近 較近 很近 近 太遠 很遠 遠
        離家近 交通 方便 實習 工作 上班 公司 人在 人 在 上個月 上週 上禮拜 這學期 上學期 下學期
        開學 今年 去年 暑假 寒假 目前 現在 剛 剛好 後 後來 才發現 發現 看到 注意到 掉了 手機掉了
        被偷 壞了 摔壞 換新 換新的 辦新的 新辦 新辦的 新門號 新號碼 新的 舊的 舊 新 舊門號
        舊號碼 攜碼 辦理 續約 約滿 中華電信 遠傳 臺灣大哥大 預付卡 門號 一個 一碼 兩碼 一字
        一個字 兩個字 最後 前面 後面 中間 開頭 第一個 第二個 倒數 開始 結尾 字尾 字首 上面 寫的
        填的 打的 登記的 報名的 給的 麻煩 幫忙 更新 協助 更改 修改 修正 更正 訂正 改正 調整 變更
        改一下 換一下 處理 惠予 惠請 懇請 感恩 感謝 辛苦 抱歉 打擾 拍謝 救救我 拜託 跪求
        拜託拜託 嗚嗚 哭 哭哭 上傳 確認信 信上 信裡 信件 信中 表格 表格裡 表上 護照 護照上
        身分證 身分證上 學生證 學生證上 居留證 居留證上 證件 證件上 為主 為準 依照 按照 比照
        根據 以 照 跟 與 和 同 一樣 一致 相同 才會一樣 才會一致 才能一致 完整 完整的 英文名
        中文名 收信 收件 收掛號 比較 那裡 那邊 這裡 實在 抓到 填反 反了 寫反 兩項 三項 這兩項
        各項 兩處 三處 原 號碼需 需 需要 麻煩幫我 造成 姓氏 其實 唯 大致 誤植為 誤植成 聯絡 聯繫
        好聯絡 進修部 碩專班 誤打 誤按 關係 很 困擾 變成 漢語拼音 威妥瑪 通用拼音 證書 寄到 差點
        怎麼變 怎麼變成 仔細 仔細看 生 數字 一個數字 字母 一個字母 系級 系統里 信里 表格里 漏看
        翻 不一樣 不同 不符 不一致 也是這樣 沒用了
        accidentally actual address ago also am amend and apartment arc are area as at be
        because birth birthday bought by can card change character chemical chinese civil closer
        computer correct could current currently d date department digit digits dorm dormitory
        edit electrical electronic email engineering english entered entering error exam extra
        family filled filling first fix for form found from gender given got had has have help
        here home i id in inconvenience information instead institute internship is it its just
        kindly last letter letters like live lives living ll location longer lost major match
        matches me mechanical missing misspelled mistake mistakenly mobile modify month move
        moved much my name near need needs new no noticed now number of old on one orz outdated
        passport phone please printed put qaq qq re realised realized recently registered
        registering registration revise same saw says school science see semester sex should
        shown shows sim since site so sorry spelled spelling submitted surname switched taiwan
        thank thanks that the there this to today transfer transferred trouble typed typing typo
        update use ve venue very want was week when with work would written wrong wrote year
        yesterday you your
    """,
    "payment_receipt": """
        有點 歪 拍 拍得 拍照 拍的 照得 拖 拖到 現在 才 這麼 那麼 晚 久 收據聯 收執聯 客戶聯
        存根聯 明細表 交易明細 明細 供參 供參考 供您 核對 過目 查驗 末五碼 後五碼 末5碼 後5碼
        帳號 轉出 轉入 轉進 匯出 匯入 轉過去 匯過去 繳過去 過去 過 轉 匯 繳 付 轉好 匯好 臺新
        臺新銀行 中國信託 中信 國泰 國泰世華 玉山 玉山銀行 富邦 臺北富邦 第一銀行 華南 華南銀行
        彰銀 兆豐 合庫 合作金庫 土銀 臺銀 臺灣銀行 永豐 元大 郵政 郵局 中華郵政 將來銀行 連線
        數位帳戶 王道 凱基 聯邦 臺企銀 機臺 櫃檯 店員 店 門市 小七 全家 萊爾富 超商 便利商店
        條碼 繳費單 銷帳 手續費 餘額 晚上 早上 中午 下午 昨天 昨晚 今天 今早 今日 昨日 剛 剛剛
        剛才 才有空 有空 回家 回宿舍 下課 下班 掃描 掃 彩色 黑白 正面 反面 清楚 完整 檔 檔名
        忘記 忘了 忘 夾檔 夾帶 附檔 上一封 前一封 上封 補上 補件 補寄 補傳 重寄 再寄 重傳 更清楚
        附圖 如圖 圖 圖檔 左 喇 啦 囉 ㄌ 惹 這是 這張 以上 為 我的 是我的 給老師 給您 給你們 收
        收到 是否 有無 再麻煩 麻煩 幫忙 確認 一下 姓名 學號 系級 班級 報名 考試 費 費用 元 đã
        chuyển khoản nộp tiền rồi biên đây là 完成 提醒 匯款單 轉帳單 查照 惠予 回傳 回傳證明
        600 afternoon already amount app at atm attach attached attaching bank banking bayar
        berhasil bukti buktinya by check completed convenience done eleven evening evidence exam
        family familymart famiport fee fees file find for have here hi-life i ibon image in ini
        ipas is it just kindly lai late line made mart mobile money morning my noon now of
        office on online paid pay payment pdf pembayaran photo picture please post proof receipt
        record registration reply richart saya screenshot see seven slip sorry store success
        successfully sudah thank thanks the these this through today transfer transferred using
        via was yesterday you
    """,
    "resend_slip": """
        三天 兩天 幾天 好幾天 一週 一個禮拜 一星期 一個多禮拜 已經 確認 資料 按 按了 點了 回覆
        回信 過了 之後 到現在 至今 仍 仍然 還是 依然 都 垃圾 垃圾信 垃圾信件 垃圾郵件 垃圾信箱
        垃圾桶 找過 找了 翻過 看過 檢查過 也 裡 裡面 收到 看到 找到 找不到 收不到 看不到 打不開
        開不了 點不開 讀不到 讀不出來 刷不過 刷不出來 掃不到 掃不出來 印不出來 列印 印 印表機
        超商 便利商店 店員 條碼 機臺 亂碼 空白 壞掉 壞掉了 損毀 損壞 毀損 破圖 附件 檔案 附檔
        電子檔 手機 電腦 平板 換手機 換電腦 重灌 信 信都 信箱 收件匣 爆掉 爆了 滿了 誤刪 刪到
        清掉 清到 洗掉 消失 再要 跟老師 跟您 跟您們 想 請 想請 麻煩 拜託 一份 一次 一張 新的
        一封 補 補發 補寄 重發 重寄 再寄 再傳 再發 重新 寄 發 傳 給我 可以 方便 是否 因為 所以
        不好意思 不知道 是不是 被 歸類 歸到 分類 到 幫我 看看 查 查一下 看一下 查看 確認一下 耶
        欸 幾日 到現在都 來 完 後 確認完 公用電腦 學校電腦 學校 公司電腦 漏寄 漏掉 漏了 等到
        想確認 快 出來 開出來 是空白的 每個 資料夾 夾 下載 下載不了 載不下來 下不來 擋掉 擋 過濾
        攔截
        accidentally again ago another attachment bill by can checked confirm confirmed copy
        could day days deleted email few file find folder get got have i in inbox invoice is it
        junk kindly last looked lost mail mailbox mistake more my one open opened opening
        payment pdf please receive received resend send since slip spam still the there three
        time two week would yet you
    """,
    "certificate_upload": """
        兩張 三張 一張 幾張 我有 有 要 張 證照 上傳 這張 之前 那張 太 模糊 了 清楚 重新 掃描 掃
        補上 補 附上 直接 寄給 您 給您 給老師 獎勵 金 獎勵金 活動 方案 系統 表單 傳不上去
        上傳不了 傳不了 失敗 考過 考到 附檔 檔 以外 以外的 網站 檔案 太大 格式 錯誤 不給傳 顯示
        先 寄過來 登錄 入口網站 今年 去年 上個月 可以嗎 登不進去
        are attached certificate certificates clearer copy find for got here is it my passed
        please program reward scan scanned see thank the this three two upload uploading you
    """,
    "refund_application": """
        成績 公布 公告 放榜 通過 及格 合格 考過 上榜 錄取 證書 下來 拿到 領到 收到 寄來 紙本
        電子 掃描 掃描好 好了 都 在 附件 補助 退費 報名費 相關 所需 資料 文件 證明 存摺 封面
        存簿 帳簿 影本 學生證 正反面 正面 反面 領據 申請表 申請 辦理 請領 協助 麻煩 以下 如下
        齊全 備齊 準備 準備好 完成 獲證 獲證證書 檔案 壓成 一個 檔
        and application apply applying are attached back bank book both card certificate copy
        documents exam fee find for front here id is my of passbook passed pdf please refund
        required result results sides student subsidy the
    """,
    "other": """
        等 等等 等下 等會 等一下 待會 待會兒 一會兒 晚點 晚一點 稍後 稍晚 回家 回去 到家 回宿舍
        回租屋處 下課 下班 放學 上課 上課中 上班 上班中 開會 開會中 在外面 外面 路上 騎車 開車
        打工 實習 社團 練球 吃飯 睡醒 起床 洗澡 忙 有點忙 忙完 考試 考完 期中考 期末考 小考 報告
        交完 專題 這幾天 這兩天 這週 這禮拜 本週 下週 下禮拜 週末 假日 連假 明天 明早 明晚 後天
        今天 今晚 今早 今日 晚上 早上 中午 下午 午休 月底 月初 月中 領錢 發薪 薪水 發薪水 領薪水
        零用錢 生活費 入帳 有空 有時間 沒空 沒時間 比較有空 再 先 會 去 來 要 才 就 一定 盡快
        盡速 馬上 立刻 儘快 儘速 拿到 找到 帶 護照 身分證 證件 居留證 對 對一下 對照 核對
        核對一下 確認 確認一下 看 看看 看一下 檢查 檢查一下 仔細 仔細看 詳細看 好好看 回 回您
        回信 回覆 回覆您 跟您說 跟老師說 告訴您 通知您 給您 給老師 您 老師 繳 繳費 繳錢 繳款
        繳完 繳好 繳清 付 付款 付錢 轉 轉帳 轉過去 匯 匯款 匯過去 處理 弄 寄 寄給 傳 傳給 證明
        收據 截圖 繳費證明 繳費單 銀行 關了 關門 打烊 休息 沒開 郵局 超商 小七 全家 網銀
        網路銀行 用 提款卡 收到 收到了 看到 看到了 知道 知道了 了解 好 好的 好喔 好哦 嗯嗯
        沒問題 謝謝 感謝 提醒 通知 不好意思 抱歉 還沒 尚未 還 現在 目前 手邊 手上 沒帶 帶在身上
        不在身邊 不在手邊 不方便 按 按鈕 點 點確認 說一聲 說聲 報告一下 完 完畢 之前 前 一下
        沒有空 沒有時間 沒有帶 找 找時間 抽空 撥空 對完 完再 寄給您 完成 儘早 盡早 盡量 儘量 信
        訊號不好 網路不好 收訊不好 不太方便 高鐵 火車 捷運 公車 車上 可以喔 可以哦 來不及
        今天來不及 期限內 期限前 時間內
        7-11 a after afternoon am and at atm back bank before busy can carefully check class
        confirm convenience currently deadline dorm email evening exam exams family fee first
        for friday get go going got has have home i i'll in it later let letter look mail mart
        me midterm monday morning my next night noted now of ok okay okok on passport pay
        payment proof read receipt received reply right saturday send soon store sunday sure
        thank thanks the then this thursday to today tomorrow tonight transfer tuesday we
        wednesday week weekend when will work you your
    """,
}


def _any_of(words: str) -> re.Pattern[str]:
    ordered = sorted(set(words.split()), key=len, reverse=True)
    latin = [re.escape(word) for word in ordered if word.isascii()]
    rest = [re.escape(word) for word in ordered if not word.isascii()]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])|{'|'.join(rest)}")


ERRAND = {
    errand: (*([_PHRASES[errand]] if errand in _PHRASES else []), _any_of(_WORDS[errand]))
    if errand in _WORDS
    else (_PHRASES[errand],)
    for errand in _PHRASES | _WORDS
}
