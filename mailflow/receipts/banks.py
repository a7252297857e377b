"""Which bank is named: by its name in Chinese or English, full or as people shorten it. Pure.

The same account number may be anybody's at another bank, so a bank that is named where the money
went must be the slip's; one that is named and not known is not the slip's either.
"""

import re
from functools import cache

WALLET = re.compile(  # no bank: who is paid there is not paid by its account
    "電支|電子支付|街口|一卡通|悠遊付|全支付|錢包|wallet|iPASS|PX ?Pay|LINE ?Pay", re.IGNORECASE
)
UNKNOWN = "?"  # a bank, none of those below

# Codes as the clearing house (財金公司, 金融機構代號) gives them; the names that a page may use
# without the code. In front of `|` what is only a bank's name when 銀行 or the like follows it
# (台中, 第一); behind it what is a bank's name by itself.
_CHINESE = {
    "004": "台灣|台銀",
    "005": "土地,台灣土地|土銀",
    "006": "合作金庫|合作金庫,合庫",
    "007": "第一|一銀,iLEO",
    "008": "華南|華銀",
    "009": "彰化|彰銀",
    "011": "上海,上海儲蓄|上海商銀,上海商業儲蓄",
    "012": "富邦,台北富邦|台北富邦,北富銀",
    "013": "國泰,國泰世華|國泰世華,KOKO",
    "015": "中國輸出入|",
    "016": "高雄|高銀",
    "017": "兆豐,兆豐國際|兆豐",
    "018": "|全國農業金庫,農業金庫",
    "020": "瑞穗,瑞穗實業|",
    "021": "花旗,花旗台灣|花旗",
    "022": "美國|",
    "023": "盤谷,泰國盤谷|",
    "048": "王道|王道",
    "050": "台灣中小企業,台灣企業,中小企業|台灣企銀,台企銀",
    "052": "渣打,渣打國際|渣打",
    "053": "台中|台中銀,台中商銀",
    "054": "京城|京城銀",
    "081": "匯豐,滙豐,匯豐台灣|匯豐,滙豐",
    "101": "瑞興|",
    "102": "華泰|",
    "103": "新光,台灣新光|",
    "108": "陽信|陽信",
    "118": "板信|板信",
    "147": "三信|",
    "700": "|中華郵政,郵局,郵政存簿,郵政劃撥",
    "803": "聯邦|聯邦銀",
    "805": "遠東,遠東國際|遠東商銀,遠銀",
    "806": "元大|元大",
    "807": "永豐|永豐,DAWHO",
    "808": "玉山|玉山",
    "809": "凱基|凱基",
    "810": "星展,星展台灣|星展",
    "812": "台新,台新國際|台新,Richart",
    "815": "日盛,日盛國際|",
    "816": "安泰|",
    "822": "|中國信託,中信銀,中信",
    "823": "將來|",
    "824": "連線|LINE Bank",
    "826": "樂天,樂天國際|",
}
_ENGLISH = {
    "004": "Bank of Taiwan",
    "005": "Land Bank(?: of Taiwan)?",
    "006": "Taiwan Cooperative(?: Bank)?|TCB Bank",
    "007": "First (?:Commercial )?Bank",
    "008": "Hua ?Nan",
    "009": "Chang ?Hwa",
    "011": "Shanghai Commercial|SCSB",
    "012": "Taipei Fubon|Fubon",
    "013": "Cathay(?: United)?",
    "016": "Bank of Kaohsiung",
    "017": "Mega(?: International| Bank)",
    "018": "Agricultural Bank of Taiwan",
    "021": "Citi ?bank",
    "048": "O-?Bank",
    "050": "Taiwan Business(?: Bank)?|TBB",
    "052": "Standard Chartered",
    "053": "Taichung (?:Commercial )?Bank",
    "054": "King'?s Town Bank",
    "081": "HSBC",
    "101": "Taipei Star Bank",
    "102": "Hwatai(?: Bank)?",
    "103": "(?:Taiwan )?Shin Kong",
    "108": "Sunny Bank",
    "118": "Bank of Panhsin",
    "147": "COTA",
    "700": "Chunghwa Post|Post (?:Office|Account)",
    "803": "Union Bank(?: of Taiwan)?",
    "805": "Far Eastern(?: International)?",
    "806": "Yuanta",
    "807": "(?:Bank )?Sino ?Pac",
    "808": r"E\.? ?SUN",
    "809": "KGI",
    "810": "DBS",
    "812": "Taishin",
    "816": "En ?Tie",
    "822": "CTBC|Chinatrust",
    "823": "Next Bank",
    "824": "LINE ?Bank",
    "826": "Rakuten(?: International)?",
}
_KIND = r"(?:\(台灣\))?(?:國際|實業)?(?:商業|儲蓄)*(?:銀行|商銀|銀)"
_NO_FIRM = "(?!證券|人壽|保險|產險|投信|期貨)"  # of the same name
_SOME_BANK = re.compile(
    r"[\u3400-\u9fffA-Za-z]{2}(?:銀行|商銀|農會|漁會|信用合作社|信合社|金庫)|"
    r"(?i:\bbank\b(?! ?(?:code|account|name)))"
)
_WORDS = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
_WITHOUT_NAME = re.compile(  # no bank's name: 收款銀行, 本行, 他行
    r"(?:轉入|轉出|收款|付款|匯入|匯出|入帳|受款|對方|代收|行動|網路|本國|解款|指定|其他|跨|同|此|該|的|往來|約定)"
    "(?:人|方)?銀行|(?i:(?:mobile|internet|online|your|receiving|the|my) bank)"
)


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = []
    for code, names in _CHINESE.items():
        stems, whole = (part.split(",") if part else [] for part in names.split("|"))
        words = [re.escape(one) for one in sorted(whole, key=len, reverse=True)]
        if stems:
            longest_first = "|".join(sorted(stems, key=len, reverse=True))
            words.insert(0, f"(?:{longest_first}){_KIND}")
        english = f"|\\b(?:{_ENGLISH[code]})(?![a-z])" if code in _ENGLISH else ""
        told.append((code, re.compile(f"(?:{'|'.join(words)}){_NO_FIRM}{english}", re.IGNORECASE)))
    return tuple(told)


def is_code(text: str) -> bool:
    """Whether these three digits are a bank's, or those of a cooperative or a farmers' credit
    department, of which there are too many to name."""
    return text in _CHINESE or re.fullmatch("[569][0-9]{2}", text) is not None


def banks_in(text: str) -> frozenset[str]:
    """Codes of the banks that a text names without them; a name within a longer one is not
    counted: 台灣土地銀行 names 005 alone."""
    found = [(m.span(), code) for code, pattern in _names() for m in pattern.finditer(text)]
    spans = [span for span, _ in found]
    return frozenset(code for span, code in found if not any(_inside(span, big) for big in spans))


def _inside(span: tuple[int, int], big: tuple[int, int]) -> bool:
    return span != big and big[0] <= span[0] and span[1] <= big[1]


def bank_named(text: str) -> str | None:
    """The code of the one bank that is named; UNKNOWN of one that is not known, or of two; None
    where no bank is named."""
    codes = banks_in(text)
    if len(codes) == 1:
        return next(iter(codes))
    named = codes or _SOME_BANK.search(_WITHOUT_NAME.sub(" ", text))
    return UNKNOWN if named else None


def starts_with_bank(text: str) -> tuple[str, int] | None:
    """The bank whose name begins a text, and where the name ends: 台灣銀行 98620123456789."""
    found = [(m.end(), code) for code, pattern in _names() if (m := pattern.match(text))]
    if not found:
        return None
    end, code = max(found)
    return code, end


def ends_with_bank(text: str) -> str | None:
    """The bank whose name ends a text: 轉帳至國泰世華銀行."""
    text = text.rstrip(" (:,-/帳號戶")
    found = [
        (m.start(), code) for code, p in _names() for m in p.finditer(text) if m.end() == len(text)
    ]
    return min(found)[1] if found else None


def is_bank(text: str) -> str | None:
    """The bank that is all a text names, maybe with its branch: 台灣銀行 政大分行."""
    found = starts_with_bank(text)
    rest = text[found[1] :].strip(" ()") if found else ""
    if found is None:
        return _stem(text.strip())
    return found[0] if found and re.fullmatch(r"(?:[\u3400-\u9fff]{2,6}分行)?", rest) else None


def _stem(text: str) -> str | None:
    """The bank whose name without 銀行 this is: 台灣土地."""
    stems = ((code, names.split("|")[0].split(",")) for code, names in _CHINESE.items())
    return next((code for code, told in stems if text in told), None) if text else None


def bank_alone(text: str) -> str | None:
    """The bank of a value that should name one and nothing else: 國泰 too; UNKNOWN of words that
    name none that is known (一卡通, 本行); None without words."""
    plain = text.strip(" ()-/:")
    named = _stem(plain) or bank_named(plain)
    return named or (UNKNOWN if _WORDS.search(_WITHOUT_NAME.sub(" ", plain)) else None)
