"""Words that take back, or leave open, what was just written: a person asks what is meant.

「手機改成…，喔不對，還是維持原本的好了」 names a valid value and does not want it.
Beside a value only what follows it is heard: what stands before tells what was wrong.
"""

import re

from mailflow.person import Field
from mailflow.reading.evidence import Evidence
from mailflow.reading.mentions import find_mentions
from mailflow.reading.reasons import HOW_CHECKED
from mailflow.reading.words import fold, plain_text

_BEFORE = r"(?:原本|原來|原先|原有|本來|最初|一開始|第一次|以前|之前|先前|舊)"
_REST = re.compile(
    r"(?:其他|其它|其餘|剩下|別的|另外的?|以外)[^,。;!?\n]{0,12}"
    r"(?:維持|不變|照舊|保留|一樣|不用|不必|無須|無需|毋須|沿用|同|可以|沒問題|ok)[^,。;!?\n]{0,6}"
)
_CLAUSE = re.compile(r"[^,。;!?\n]+")
_STAYS = re.compile(
    r"[都皆均也仍就則](?:是|還是)?(?:照舊|維持(?:原樣|不變)?|不變|一樣|沿用|不用改|不必改|"
    r"照原本的?)"
    r"(?:就好|即可|就可以|就行)?(?:了|喔)?$"
)
_TAKEN_BACK = (
    r"(?:喔|噢|哦|啊|阿|欸|ㄟ|咦|呃|唉|糟|等等|等一下|慢著)[,.!~… ]{0,4}"
    r"(?:不對|不是|不行|[打寫改講說弄記填]?錯|[打寫講說]?反了)",
    r"維持|還原|照舊|如舊|恢復|回復|沿用|續用",
    rf"(?:保留|繼續用|仍用|還?是用|照|依照|按照|以|用|留|回到)[著回成我]?{_BEFORE}",
    r"原(?:資料|號碼?|地址|樣|狀)[^,。\n]{0,4}(?:即可|就好|就行|可以|ok)",
    rf"{_BEFORE}(?:的|那[支個組]|號碼?|資料|地址|填|寫|版本?)*(?:其實)?[也就還都才仍]?"
    r"(?:可以|可行|行|好了?(?=[,。! ]|$)|ok|能通|能用|在用|對的?(?=[,。! ]|$)|即可|留著|沒錯)",
    r"算了|騙|唬|假的|才怪|亂[講說寫]|瞎掰|說笑|當(?:我|作|做|成)?沒(?:說|講|提|寄|收|看|這)|"
    r"開玩笑|鬧著玩|惡作劇|"
    r"測試一?下?(?=[,。! ]|$)",
    r"忽略|略過|無視|[別不用]{1,2}理(?:我|它|會|這)|收回(?!房|租|店|套房|宿舍|押金)|作廢|不算|"
    r"反悔|後悔|改變[主心]意",
    r"(?:不用|不必|不要|別|毋須|無須|無需|毋需|免)再?(?:改|更動|動|更改|修改|換|更正|處理|變更)",
    r"重[講說](?:一次|一遍)?|(?:錯|,)重來|改來改去|[改講說看]錯|[講說]反|(?:^|[,。;!])(?:更正|"
    r"修正|訂正)(?:一下)?[,:。]",
)
_LEFT_OPEN = (
    r"(?<!舊)(?<!原本)[這那](?:支|個|組|邊)?(?:也)?[是為](?:我)?(?:家裡|老家|家用|公司|共用|家人|"
    r"備用|別人)|"
    r"等[^,。\n]{1,10}(?:再|才|以後|之後)[^,。\n]{0,4}(?:改|換|說|更|處理|動)",
    r"(?:表單|學校系統|校務系統|系統)上?的?(?:資料)?(?:為準|為主|填的才對|才對)|借來|借用|暫借|"
    r"隨便|都行|都可以?(?!以?[聯打接找])|都好|兩[個者支種]都|[皆均]可|擇一|哪個好|"
    r"看(?:老師|您|你們?)(?:方便|決定|覺得)|由(?:您|老師)(?:決定|選)|你們?決定|您決定",
    r"也(?:要改|要換|錯|有誤|不對|[打寫填]錯|怪)|想想|再想|考慮|討論|商量|斟酌|待(?:定|確認|查|"
    r"補|核)|未定|暫定|暫時|暫且|先(?:放|擺|擱|緩|等|別|這樣|暫)|有變[動化更]|"
    r"可能(?:還|再|會|又)|再[說議]|等我[^,。\n]{0,6}(?:確認|問|決定|查)",
    r"才(?:會|能|可以?|要)?(?:啟用|開通|生效|用|換|搬|辦)|(?<![已剛經])(?:啟用|生效|開通)",
)
_ENGLISH = (
    r"never ?mind|scratch that|forget (?:it|that|what|about)|second thoughts?|kidding|joking|"
    r"just (?:a )?test(?:ing)?\b|"
    r"oops|undo|revert|(?:go|change|put) (?:it )?back|take (?:it|that) back|disregard|"
    r"ignore (?:this|that|it|my)|on hold|for now|tentativ|temporar|let me think|up to you|"
    r"whichever|whatever|(?:actually|wait|hmm),? (?:no|keep|leave|wait|never|don't|it)",
    r"(?:leave|keep|stick)[^.\n]{0,24}(?:as |old|original|same|was|previous|current|first)|"
    r"keep it|leave it|either (?:is|one|way|of)|both (?:are|is|work|numbers|ok|fine)",
    r"(?:want|prefer|like|use|using) (?:to (?:keep|use) )?(?:the |my )?"
    r"(?:old|original|previous|former)|"
    r"(?:old|original|previous|first|former) [^.\n]{0,16}(?:still|works?\b|fine|ok|better|too\b)|"
    r"(?:old|original|previous|former) (?:one |number |phone |sim )?(?:is|was) "
    r"(?:in use|used|valid|active|right|correct|good|working)|"
    r"still (?:valid|fine|works|in use)|(?:effective|starting|valid|active|from|until|till) "
    r"(?:on |from |in )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|the end)",
)
# Between two values as well: 「…改成A，啊不對，是B」.
_SLIP = re.compile(_TAKEN_BACK[0])
_TAKES_BACK = re.compile("|".join((*_TAKEN_BACK, *_ENGLISH)), re.MULTILINE)
_LEAVES_OPEN = re.compile("|".join(_LEFT_OPEN), re.MULTILINE)


def _of_others(clause: str, fixed: set[Field]) -> str:
    """Nothing of 「手機、地址都照舊就好」 beside another field's new value."""
    named = {mention.field for mention in find_mentions(clause)}
    return " " if named and not named & fixed and _STAYS.search(clause) else clause


def thinks_again(it: Evidence, *, only_plans: bool, confirms: bool) -> bool:
    """Is something taken back or left open, after the last new value where there is one?

    Whoever only tells a plan leaves everything open, and asks nothing of us.
    """
    said = _REST.sub(" ", it.words.folded[it.fixes.end :])
    fixed = {change.field for change in it.fixes.changes if change.new}
    said = _CLAUSE.sub(lambda clause: _of_others(clause[0], fixed), said)
    if confirms:  # 「都看過，不用改」 changes nothing
        said = HOW_CHECKED.sub(" ", said)
    open_end = not only_plans and _LEAVES_OPEN.search(said)
    slip = _SLIP.search(it.words.folded, it.fixes.begin, it.fixes.end)
    above = _TAKES_BACK.search(fold(plain_text(it.subject)))
    return bool(_TAKES_BACK.search(said) or open_end or slip or above)
