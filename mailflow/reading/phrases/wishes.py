"""What a person wants of the office, or says about the own plans."""

from mailflow.reading.phrases.gaps import CLAUSE, G

_NOT = r"(?:不|沒|未|別|勿|無法)"
_SAT = (
    r"(?:考了|報了|報名了|參加了|去考|來考|應考|應試|考試了|考這|報考了|參加這|參加本|"
    r"參加考試|參加鑑定)"
)
_EXAM = r"(?:報名|報考|考試|應考|應試|參加|資格|團報|鑑定|這次|本次|此次)"

WISHES: dict[str, str] = {
    "withdraws": "|".join(
        (
            rf"(?<!不是要)(?<!不是想)(?<!沒有要)(?<!沒要)(?:取消|放棄|撤銷|撤回|退出|"
            rf"終止){G}{{0,6}}{_EXAM}",
            rf"(?:報名|報考|考試){G}{{0,4}}(?:取消|作廢|撤銷|撤回|退掉|撤掉)",
            rf"{_NOT}{CLAUSE}{{0,5}}{_SAT}",
            r"(?:不能|無法|沒辦法|沒法|不克|沒空|不方便)(?:再|前往|過?去|來)*(?:考|應試|應考|"
            r"參加|出席|到場)"
            r"(?![慮上])",
            r"(?:不想|不要|不打算|不會|不再|決定不|先不|就不)(?:要|去|再)?(?:考|報名|報|"
            r"參加)(?![慮上])",
            r"(?<![後])退(?:報|考|選|出)(?!名?費)",
            rf"(?:改|換|延|轉|移|挪){G}{{0,6}}(?:梯(?!次?的?(?:虛擬)?帳)|場次|下次|下一次|明年|"
            rf"下半年|下學期)",
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
    "certificate": (
        r"證書|證照(?!片)|我最專業|獎勵(?:活動|登[錄記])|合格證|檢定證|certificate|"
        r"certification(?! exam)"
    ),
    "registers": "|".join(
        (
            r"(?:想|要|欲|希望|打算)(?:要|參加|來|再)?(?:報名|報考|參加團報|註冊|團報|"
            r"登記)(?!資料|費|表|的)",
            rf"(?:直接|用信|用(?:e-?)?mail|補|來信|信件|這封信|回信){G}{{0,6}}報名|"
            rf"幫我{G}{{0,2}}報名|我報名|"
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
    "asks": (
        r"嗎|\?|請問|想問|請教(?!授)|詢問|如何|怎麼(?!會?變|會?寫成)|怎樣|(?<!沒)(?<!沒有)"
        r"(?:什麼|甚麼|"
        r"啥)|何時|哪|多少|"
        r"(?<![這那過好前後列])幾(?:[點天元號]|"
        r"個(?!地方|欄位|錯|資料))|是否|"
        r"能不能|可不可以|有沒有"
        r"|會不會|是不是|為何|why|how|what|when|where|which|whether|could you|can i|can you|do i|"
        r"is it|is there|may i"
    ),
    "tells_later": (
        r"(?:晚一?點|晚上|今晚|等等|等一下|等會|稍後|稍晚|明[天早晚]|後天|待會|有空|回家|回去|到家|"
        r"回宿舍|下課|下班|放學|考完|忙完|拿到|找到|週末|假日|[這過][兩幾]天|之後|(?<!有)再)"
        r"[^。,!?\n]{0,8}?(?:再|會|來)?(?:看(?!到|見)|確認|核對|檢查|回覆|回信|回[您你]|對一下|"
        r"對照)|"
        r"(?:^|[ ,。我])先(?:仔細)?(?:看|核對|檢查|確認)(?:一下|看)?(?![過完了])"
        r"|(?:look|check|read|reply)[^.\n]{0,16}(?:later|tomorrow|tonight|soon)"
    ),
    "acknowledges": r"收到|好的|了解|瞭解|知道了|ok|謝|感謝|thank|got it|noted|👍|🙏|received",
}
