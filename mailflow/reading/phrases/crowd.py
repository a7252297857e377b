"""What mail to many looks like: adverts, phishing, announcements; and links."""

CROWD: dict[str, str] = {
    "link": (
        r"https?://|www\.|drive\.google|雲端|dropbox|onedrive|line\.me|imgur|reurl|goo\.gl|"
        r"連結"
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
            r"(?:包裹|快遞|貨件|郵包)[^。\n]{0,24}(?:退回|暫存|投遞|配送|地址不完整|清關|關稅|"
            r"補繳|銷毀)|"
            r"封(?:郵件|來信|信件)[^。\n]{0,10}(?:隔離|攔截|扣留)|(?:以|用)您的帳號(?:及|和|"
            r"與)?密碼登入|"
            r"keynote speaker|respected researcher|early-?bird|price list|factory price|"
            r"professional manufacturer|export experience|purchasing manager|"
            r"(?:雲端|儲存|硬碟)空間(?:已|即將)滿|book chapter|contribute a chapter|isbn|"
            r"abstract (?:submission|deadline)|guaranteed indexing|due to popular demand|"
            r"(?:帳號|帳戶)[^。\n]{0,8}(?:境外|異地|異常)|重新輸入密碼|異常登入|"
            r"respected (?:author|colleague)|open access book|acceptance guaranteed|"
            r"processing charge|your paper in volume|last call|nominat(?:ed|ion fee)|"
            r"best researcher|indexed (?:in|everywhere)|acceptance within|"
            r"lottery|winner|you(?:'ve| have) won|million|bitcoin|crypto|invest|loan|casino|"
            r"viagra|seo |backlink|marketing|discount|"
            r"limited (?:time )?offer|click (?:here|below|the link)|verify your|your account|"
            r"password (?:will )?expire|mailbox (?:is )?(?:full|quota)|"
            r"call for papers|manuscript|impact factor|dear (?:esteemed|customer|friend|"
            r"beneficiary)|inheritance|wire transfer|"
            r"信用卡(?:卡號)?|末三碼|卡號|dear (?:author|(?:distinguished )?researcher|webmaster)|"
            r"publish (?:your|it)|(?:research )?grant of|release the fund|world congress|"
            r"distinguished|"
            r"(?:top|first page|page 1) of google|your website[^.\n]{0,40}(?:google|traffic|rank|"
            r"page|errors)|"
            r"website and found|editorial board|email list|contact list|(?:verified|"
            r"targeted) (?:list|leads)|"
            r"page one|"
            r"webmaster|extra income|work from home|world summit|抽中|加碼金|提款卡|運費|貨運|"
            r"海關|物流|"
            r"supplier|quotation|wholesale|guest post|rank(?:ing)? on google",
        )
    ),
    "bulk": (
        r"各位(?:同學|老師|同仁|師長|系所|單位)|各(?:系所|單位|處室|院系|[^,。\n]{1,6}(?:負責人|"
        r"主管|同仁))|公告|電子報|週報|"
        r"周報|敬邀|敬請(?:轉知|公告|踴躍)|轉知|研討會|說明會|講座|活動通知|"
        r"(?:全校|全體|各位)(?:師生|教職員工?|同學)|師生(?:您好|們)|計算機與網路中心|"
        r"pass (?:this|it) on|"
        r"dear (?:faculty|staff)|subscribed to|you receive this|取消訂閱|訂閱|newsletter|"
        r"unsubscribe|digest|dear (?:all|colleagues|members|subscribers|"
        r"students)|announcement|webinar|workshop|invitation"
    ),
}
