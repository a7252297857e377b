"""What is said about paying: done, promised, proven, in trouble; and about the slip."""

from mailflow.reading.phrases.gaps import CLAUSE, G

_PAY = r"(?:繳|付|轉|匯|刷|交)"

MONEY: dict[str, str] = {
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
            rf"月底|之後|發薪|今晚){G}{{0,12}}(?:再|才|去|會|要|能){G}{{0,4}}{_PAY}(?![的了過完好])",
            r"(?:明[天早晚日]|後天|等下|等等|等一下|等會|待會兒?|晚一?點|稍後|稍晚|過幾天|月底|月初|"
            r"(?<!上)(?<!上個)(?:下個?)?(?:[週周]|星期|禮拜)[一二三四五六日天末]?|領錢|領薪水|回家|下課|"
            rf"下班|放學|考完){CLAUSE}{{0,10}}?(?:(?:再|才|去|會|要|能|一定|就|用)+{CLAUSE}{{0,6}})?"
            rf"{_PAY}(?![了過完好的到]|系|學|考|告|寄|發|交|換|達|得)",
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
    "money_trouble": (
        r"少(?:繳|轉|匯|付)|多(?:繳|轉|匯|付)|(?:繳|轉|匯|付)(?:錯|太多|太少)|金額(?:不|錯|"
        r"有)|最後一天|最後期限|(?:明|後|下)[天日週周][^,。\n]{0,4}[才會](?:會|能)?(?:入帳|扣|到帳|轉出|生效)|預約|排程|(?<!上傳)(?<!登入)(?<!送出)失敗|處理中|待處理|模糊|看不清|不清楚|差額|"
        r"重複|重覆|兩次|"
        r"兩筆|二次|逾期|超過|遲|晚(?:了|一天|繳)|過期|截止|來不及|補(?:差|繳)|退(?:款|給|還|回)|"
        r"別人|戶名|一半|部分|分期|分次|訂金|尾款|統編|統一編號|抬頭|發票|報帳|上一?次|去年|上學期|"
        r"草稿|範例|樣本|(?:戶頭|帳戶|卡)是(?!我)|[檔件圖]是(?:證書|證照|學生證|護照|身分證|存摺)|"
        r"wrong amount|\bhalf\b|for two|last (?:year|time|month)|invoice|"
        r"overpaid|underpaid|twice|double|late|past the|deadline|another account|wrong account"
    ),
    "slip": r"繳費單|繳款單|繳費通知|繳費(?:帳號|資訊|信|代碼|連結)|帳單|虛擬帳號|單子|銷帳編號"
    r"|payment (?:slip|info|details|notice|form)|the slip|pay ?slip|bill|invoice",
    "again": (
        r"再(?:次)?(?:寄|傳|發|給|補[寄發傳給]|提供)"
        r"(?!(?:證明|收據|憑證|截圖|畫面|明細|檔|照片|過去|回去|給?(?:您|老師|你們?)))|重(?:新|複)?(?:寄|傳|發|給|提供)|補(?:寄|"
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
}
