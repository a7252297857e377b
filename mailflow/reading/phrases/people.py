"""Who is spoken of, and how somebody treats the office: other people, demands, attacks."""

from mailflow.reading.phrases.gaps import G

PEOPLE: dict[str, str] = {
    "others": (
        r"媽|爸|(?<!學長)[姊姐]|哥哥|弟弟|妹妹|家人|家長|父親|母親|朋友|室友|男友|女友|"
        r"學長(?![姐姊])|學弟|學妹|"
        r"親戚|阿姨|叔叔|老公|老婆|他人|別人|其他人|\bfriend|\bmother|\bfather|\bparents?\b|"
        r"\bsister|\bbrother|roommate|classmate"
    ),
    "relation": "|".join(
        (
            r"我是.{1,8}的?(?:媽媽?|爸爸?|家長|母親|父親|姊|姐|哥|弟|妹|阿姨|叔|朋友|"
            r"同學(?!,|，|。|您|你|$)|室友|女友|男友|助教|導師|代理)",
            rf"(?:幫|替|代|代表|代替){G}{{0,4}}(?:同學|朋友|他|她|室友|女兒|兒子|小孩|弟|妹|姊|"
            r"姐|哥|女友|男友|學長|學姐|學弟|學妹|媽|爸)",
            r"我們?(?:的|系上的?|班上的?)?(?:同學|室友|朋友|男友|女友|男朋友|女朋友|閨蜜|"
            r"學[長弟妹姊姐])"
            r"(?:的|也|都|說|叫|想|要|他|她|跟我說|還|沒|已|可|能|一起)|"
            r"小犬|小女(?!生)|我(?:的)?(?:兒子|女兒|小孩|孩子|學生|先生|太太|老公|老婆)|內人|"
            r"外子|(?<!其)(?:他|她)(?:的資料|叫我|"
            r"請我|託我|委託|要我|這禮拜|最近|人在|手機)",
            rf"(?:媽|爸|姊|姐|哥|朋友|同學|室友|男友|女友){G}{{0,3}}(?:幫我|替我|代|的(?:帳|戶|"
            r"卡|收據|繳費|名|資料|護照|身[分份]證|居留證|學生證|證件))",
            rf"(?:另(?!外其他|外的?[都皆均])|其中){G}{{0,6}}(?:是他|是她|的)|(?:兩|三|四|2|3|"
            rf"4)個?人(?:份|的|"
            rf"一起)|"
            r"一起(?:繳|轉|匯|付)|代(?:為)?(?:繳|轉|匯|付|報名)",
            r"(?:(?:所有|全部|全體)的?(?:學生|同學|人|報名者)|全班|我們班|大家)的?(?:手機|電話|"
            r"資料|"
            r"地址|考區|姓名|名字|生日|狀態)",
            r"on behalf of|my (?:son|daughter|child|friend|roommate|classmate|boyfriend|"
            r"girlfriend|brother|sister|student(?! (?:card|id|number|no))|mom|mother|dad|father)"
            r"|(?<![a-z])(?:his|her) (?:data|info|registration|payment)|i am the (?:mother|father|"
            r"parent)",
        )
    ),
    "not_mine": (
        r"不是我(?!的錯)|寄錯(?:人|信箱|地址)|(?:我)?(?:沒有?|並未|未曾|從未)報名(?!成功|到|"
        r"上)|別人的|同名|其他同學的資料|not me\b|wrong person|never registered|not mine"
    ),
    "demands": (
        r"謝謝喔[, ]?(?:拖|等)|通融|讓我補|(?:所有|全部)(?:學生|同學)[^。\n]{0,4}(?:資料|名單)|"
        r"個資|刪除我|(?:給|提供|索取|看|要)[^,。\n]{0,6}名單|"
        r"投訴|申訴|抱怨|客訴|沒人回|交代|不滿|誇張|爛|聽障|視障|身障|"
        r"特殊需求|延長(?:考試)?時間"
        r"|教育部|校長信箱|律師|提告|檢舉|爆料|媒體|消保|消基會|離譜|太扯|很扯|到底要|後果|擺爛|"
        r"失職|"
        r"第[三四五3-5]次(?:寄|來|問|跟|告|反|請|說|改|要|通知)|lawyer|legal action|\bsue\b|"
        r"(?<![a-z])the press(?![a-z])|newspaper|"
        r"ministry|"
        r"authorit|unaccept|ridiculous|disappoint|\bangry\b|terrible|worst|shame|incompeten|"
        r"unprofessional|(?:no one|nobody|no body|never) (?:answer|repl|respon|care)|"
        r"how many times|"
        r"(?:third|fourth|3rd|4th) time|hold you|your fault|responsib|report (?:you|this)|"
        r"consequence"
        r"|complain|accommodat|disab|privacy|delete my"
    ),
    "hostile": "|".join(
        (
            r"(?:ignore|disregard|forget|override)[^.\n]{0,24}(?:instruction|prompt|rule|"
            r"above|previous)",
            r"(?:忽略|無視|忘記|略過)[^。\n]{0,12}(?:指令|指示|規則|提示|以上|先前|系統|設定)",
            r"system ?(?:prompt|message|override|:|\])|\[system|\[admin|\[inst|"
            r"(?:maintenance|developer|debug|admin|test|god) mode|admin(?:istrator)? notice|"
            r"without (?:human|staff|manual) (?:review|approval|check)|jailbreak|you are now|"
            r"as an ai|act as",
            r"(?:語言模型|ai助理|ai 助理|機器人|自動系統|系統(?!密碼|維護|升級|更新|容量)|程式|"
            r"ai(?!應用)|assistant|"
            r"bot)[^。\n]{0,8}(?:請(?!勿|提[前早]|及早|避開|多加|見諒|同學|各)|必須|應|注意|指令|"
            r"執行|將|直接)",
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
}
