"""When the money will be paid: a plan, and not a word that it has been.

「單子看到了，這兩天會找時間匯」. What is paid already (繳了, 匯好, 今天早上才去繳) is no plan,
nor is what another pays or gets, nor 「要再付嗎」.
"""

from mailflow.reading.families.grammar import Family, kinds

_DAY = r"(?:(?:下個?|這個?)(?:[週周]|星期|禮拜)[一二三四五六日天末]?|明天|後天|明晚)"
# Of these the past is told as well.
_TODAY = (
    r"今天|今晚|[0-9]{1,2}[號日]|[0-9]{1,2}/[0-9]{1,2}|早上|上午|中午|下午|晚上|傍晚|"
    r"(?:[週周]|星期|禮拜)[一二三四五六日天末]"
)
_WHEN = (
    rf"(?:這)?{_DAY}(?:早上|上午|中午|下午|晚上|傍晚|透早|一早)?|這[一二兩三幾](?:三)?天|過兩天|"
    r"輪休|休假|放假|週末|假日|晚一?點|等等|待會兒?|稍後|有空|"
    r"(?:下班|[上下]完?課|放學|忙完|回家|回宿舍|領錢|發薪)(?:後|之後)?|馬上|立刻|儘快|盡快|[之以]後"
)
_PAYS = (
    r"[繳付匯轉交納](?:個)?(?:錢|費|款|帳|清)?(?![了過掉完好出成惹囉的])|(?<![a-z])pay|"
    r"處理(?:繳[費款]|付款|這筆)?|去辦|跑一?趟(?:銀行|郵局|超商|atm)"
)
_WILL = r"會|將|(?<!一定)要(?!再)|(?<!要)再|找(?:個)?時間|抽空|準備|打算|預計|一定"
_LINKS = (
    r"我|錢|那個|這個|那筆|款項?|報名費|費用|(?:繳[費款])?單子?(?:的錢)?|"
    r"(?:單子?)?[收看拿]到(?:了|囉)?|先|報備|講一聲|說一聲|跟(?:您|老師|你們)(?=報備|講|說)|喔|啦|"
    r"囉|哦|在|用|到(?!老師)|去|超商|便利商店|小七|全家|7-?11|萊爾富|atm|銀行|郵局|網銀|好|"
    r"(?<![繳付匯轉交錢])老師(?![會要將明]|[繳付匯轉交]|郵局|銀行)|謝謝|fyi|知道|通知|的|那|就|啊"
)

PROMISED = Family(
    kinds(when=_WHEN, today=_TODAY, pays=_PAYS, will=_WILL, links=_LINKS),
    lambda said: "pays" in said and bool(said & {"when", "will"}),
)
