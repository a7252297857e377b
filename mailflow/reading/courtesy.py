"""Words that change nothing: greetings, thanks, closings, and the vocabulary of each errand.

Each set is covered only when its errand is the intent, so that the rest stands out.
"""

import re

from mailflow.reading.words import Words

_OFFICE = (
    r"(?:老師|承辦(?:人員|人)?|小組|團報小組|助教|學長姐?|學姐|研發處|組長|主任|小姐|先生|同仁|"
    r"人員|大家|貴處|師長|您們?|你們?|們)"
)
_THANK = (
    r"(?:感謝|謝謝|謝|多謝|感恩|感激|辛苦|thx|tks|thanks?(?: you)?(?: so much| very much|"
    r" a lot| in advance| again| for your (?:help|time|assistance))?)"
)

ALWAYS = re.compile(
    "|".join(
        (
            rf"(?:親愛的|尊敬的|敬愛的)?{_OFFICE}*(?:早安|午安|晚安|平安|早上好|下午好|晚上好|"
            r"(?:您|你)?好)(?=[^的了]|$)",
            rf"(?:親愛的|尊敬的|敬愛的)?{_OFFICE}(?=[,:! ]|$)|哈囉|嗨+|hello|"
            r"hi+(?: there)?(?![a-z])|dear(?: ?/?(?:sir|madam|teacher|office|team|mr|ms|prof|"
            r"professor|staff|or))*(?![a-z])",
            r"good (?:morning|afternoon|evening|day)|to whom it may concern|(?:sir|madam|"
            r"teacher)(?![a-z])",
            rf"(?:非常|十分|很|真的|再次|先|萬分|致上)*{_THANK}(?:{_OFFICE}|了|囉|喔|唷|啦|"
            r"的?(?:辛勞|辛苦|幫忙|協助|處理|回覆|幫助|提醒|通知|耐心)|告知|大家|!)*",
            rf"辛苦(?:{_OFFICE}|了|囉|啦)*",
            rf"(?:再|還|就)?(?:麻煩|勞煩|拜託|請)(?:{_OFFICE})?(?:再|幫忙|協助|幫我|惠予|"
            r"撥冗)*(?:確認|處理|查收|查看|核對|過目|收(?:下)?|看|查閱|查照|登記|審核|囉|了|"
            r"喔|一下|看看)*(?!不|別|勿|問)",
            r"不好意思|抱歉|對不起|(?:造成|帶來|添)?(?:您|你)?的?(?:困擾|麻煩)(?:了)?|打擾了?|"
            r"so sorry|sorry(?: for (?:the|any) (?:inconvenience|trouble|mistake))?|"
            r"(?:my )?apolog(?:ies|y|ize)",
            r"(?:敬上|謹上|敬啟|上$|拜上|順頌.{0,8}|祝(?:好|福)?(?:您|你|老師|學安|教安|教祺|"
            r"平安|順心|順利|愉快|安好|一切|工作|身體|健康|教師節|中秋節?|佳節|快樂|週末|"
            r"有美好的?一天|大家|研發處|們|,|\s)*)",
            r"(?:best |kind |warm |with )?(?:regards|wishes)|sincerely(?: yours)?|"
            r"yours(?: (?:sincerely|truly|faithfully))?|have a (?:nice|good|great) (?:day|"
            r"weekend|one)|best(?=,|\s*$)|cheers",
            r"(?:國立)?(?:臺北科技大學|臺北科大|北科大?)|ntut|ipas(?:[0-9]{3}-[0-9]{3,6})?|"
            r"團體報名|團報|附註|ps(?![a-z])|如題|以上(?=[,。 ]|$)|跟您說一聲|跟老師說一聲|"
            r"通知(?:您|老師)?一下",
            r"老師(?!的)|我是|我叫|本人|敝姓|學生|同學|(?:大學部|碩士?班?|博士?班?|大|"
            r"研)?[一二三四](?:年級)?[甲乙丙丁]?班?(?= |$|,|\n)",
            r"我的?中文(?:不太好|不好|還在學|很差)|請見諒|多多?包涵",
        )
    ),
    re.MULTILINE,
)
# Why something is asked for. A confirmation needs no reason: one that gives it is read.
_REASON = re.compile(r"(?:因為|由於)[^,。!?;\n不沒未但別錯]{1,20}")

_PARTICLES = re.compile(
    r"的|了|喔|哦|噢|啦|唷|呢|耶|囉|啊|呀|嘿|哈|嗯|嗚|就|也|都|有|是|在|再|和|跟|與|及|以及|"
    r"這|那|我|您|你|已經?|先|請|要|想|把|將|為|到|一下|這邊|這裡|"
    r"目前|現在|剛剛?|剛才|因為|因此|所以|謝|好|個|次|封|信中?|下|上|裡|由|於|至|給|方便|需要|"
    r"直接|之前|以前|來|去|呦|吼|捏|ㄉ|ㄛ|ㄟ|另外|還有|今天|昨天|"
    r"早上|中午|下午|晚上|上午|昨晚|今早|\b(?:the|a|an|my|is|are|was|were|to|of|for|and|in|on|"
    r"it|its|this|that|these|i|you|your|please|pls|kindly|have|has|had|"
    r"been|am|be|me|as|at|with|here|so|very|just|now|would|could|can|will|all|from|by|hi|do|"
    r"did|'s|'m|'ve|s|m|ve|let|know|help|mr|ms|also)\b"
)

ERRAND: dict[str, re.Pattern[str]] = {
    "confirm": re.compile(
        r"(?:我|本人)?(?:已|已經)?確認|收到(?:了|囉)?|好的|(?<![a-z])ok(?:ay)?(?![a-z])|英文(?:姓名|名字)|姓名|名字|護照"
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
        r"(?:錯|要改|修改|有誤|不對)的地方|(?:少|多|漏)(?:打|寫|填|了)+[一二兩1-3]?(?:個)?(?:碼|字母|字|數字|號)?"
        r"|(?:寫|打|填|選)成(?:[0-9]{4}年?|[0-9]{1,2}月[0-9]{1,2}[日號])了?|"
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
        r"對|一樣|照舊)+"
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
        r"已?完成|成功|忘記附|忘了附|補上"
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
        r"(?:我)?(?:還|尚|一直|都|從)?(?:沒有?|未)(?:有)?(?:收|看|接|拿)到(?:電子)?(?:繳費單|"
        r"繳款單|繳費通知|帳單|單子)?|(?:收|找|看)不到|不見了?|(?:被我|不小心|誤)?(?:刪掉|"
        r"刪除|弄丟|遺失|丟|刪)了?|(?:打|開|點)不開|過期"
        r"|(?:繳費單|繳款單|繳費通知|帳單|單子|繳費帳號|虛擬帳號|連結|檔案|附件|pdf)|(?:可以|"
        r"能否|能|能不能|可否|是否可以?|幫我|麻煩|請|再|重新|重|補|另外)*(?:寄|傳|發|"
        r"提供)(?:一次|一份|一封|一遍|給我)*(?:嗎|\?)*|一(?:次|份|封)|電子|嗎|垃圾(?:信件?|"
        r"郵件)|(?:被)?當(?:成)?|被我|好像|能否|請重寄|deleted?|e?mail|之前的?信?|"
        r"原本的?信?|請問|可以"
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
        r"(?:今|明|後)天|收到(?:了|囉|喔)*|好的|了解|瞭解|知道了|沒問題|ok(?:ay)?|(?:晚點|晚上|等等|稍後|"
        r"明天|後天|待會|有空|回家|之後|今晚|週[一二三四五六日]|週末|下班|上午|下午)(?:再|會|"
        r"我|去|才|要|能|發薪水)*(?:看|確認|核對|檢查|回覆|回信|繳|繳費|轉帳|匯款|付款|去繳)+|"
        r"會去繳|下?(?:週|周|星期|禮拜)[一二三四五六日天末]|便利商店|超商|銀行|atm|(?:繳|轉帳|"
        r"匯款|付款|繳款)(?:費|款)?|(?:還沒|尚未)(?:有)?(?:去)?(?:繳|轉|付|匯)(?:費|款)?|會|"
        r"received|got it|noted|will|pay|tomorrow|later|check|look"
    ),
}


def cover_courtesy(words: Words, errand: str) -> None:
    """Mark as understood what is courtesy anywhere, or belongs to this errand."""
    words.cover_all(ALWAYS)
    if errand != "confirm":
        words.cover_all(_REASON)
    if errand in ERRAND:
        words.cover_all(ERRAND[errand])
    words.cover_all(_PARTICLES)
