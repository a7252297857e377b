"""Which questions of a message can the campaign's data answer: the fee, the deadline, what counts
as proof, how data are changed.

`topics` is sure: every word, of the subject too, is understood, so that the answer may go out
without a person. `touched` is a guess for staff: what an answer might be about.
"""

import re

from mailflow.reading.courtesy import cover_courtesy
from mailflow.reading.evidence import Evidence
from mailflow.reading.own_names import cover_own_names
from mailflow.reading.pressing import strange_signs
from mailflow.reading.words import Words

_OPENS = (
    r"(?:(?:不好意思|那)?,? ?(?:我)?(?:想)?(?:請問|詢問|請教|問|知道|"
    r"了解|確認)(?:一下|您|老師)?,? ?)?"
)
_THE_EXAM = r"(?:這次|本次|我的?|團體|團報|ipas|ipas的?|ai應用規劃師|初級|中級|考試|的| )*"
_IS = r"(?:要|是|為|大概|總共|一共|到底|需要?|應該?)*"
_ENDS = r"(?:了)?(?:呢|啊|呀|嗎|元|塊|錢)?(?: ?\?)*"
_MONEY = r"(?:報名費用?|費用|繳費金額|應繳金額|金額|費用金額)"
_DUE = r"(?:繳費|繳款|付款|繳錢|轉帳|匯款|回傳證明|上傳證明)"
_PROOF = r"(?:繳費|繳款|付款|轉帳|匯款)的?(?:證明|憑證|收據)"

_SAID: dict[str, str] = {
    "asked_fee": "|".join(
        (
            rf"{_OPENS}{_THE_EXAM}{_MONEY}{_IS}(?:多少|幾)(?:錢|元|塊)?{_ENDS}",
            rf"{_OPENS}{_THE_EXAM}{_IS}(?:繳|付|交)多少(?:錢|元)?{_ENDS}",
            rf"{_OPENS}{_THE_EXAM}(?:報名)?{_IS}多少錢{_ENDS}",
            r"how much (?:is|are|was|do i (?:need|have) to pay(?: for)?|should i pay(?: for)?)"
            r"(?: (?:the|my|this|it|(?:exam|registration|test|total)|fees?|payment|cost))* ?\?*",
            r"what(?: is|'s) (?:the|my) (?:exam |registration |test )?(?:fee|price|cost|amount)"
            r"(?: of (?:the|this) (?:exam|test|registration))? ?\?*",
        )
    ),
    "asked_deadline": "|".join(
        (
            rf"{_OPENS}{_THE_EXAM}{_DUE}的?(?:截止|最後|最晚)?(?:期限|日期|時間|日)?{_IS}"
            rf"(?:到)?(?:什麼時候|何時|哪(?:一)?天|幾號|幾月幾號)(?:前|截止|之前|為止)?{_ENDS}",
            rf"{_OPENS}{_THE_EXAM}(?:最晚|最遲){_IS}(?:什麼時候|何時|哪(?:一)?天|幾號)"
            rf"(?:之?前)?(?:要)?{_DUE}(?:完成)?{_ENDS}",
            rf"{_OPENS}{_THE_EXAM}{_IS}(?:什麼時候|何時|哪(?:一)?天|幾號)(?:之?前){_IS}"
            rf"{_DUE}{_ENDS}",
            r"when(?: is|'s) the (?:(?:payment )?deadline|last day)"
            r"(?: (?:of|for|to) (?:the )?(?:pay(?:ment|ing)?))? ?\?*",
            r"when (?:do|should|must) i pay(?: (?:by|it|the fee))* ?\?*",
        )
    ),
    "asked_proof": "|".join(
        (
            rf"{_OPENS}{_PROOF}{_IS}(?:附|給|傳|交|準備|長|提供|寄)*(?:什麼|哪些|怎麼樣|如何)"
            rf"(?:樣子|資料|東西|文件|才算|才行)*{_ENDS}",
            rf"{_OPENS}(?:什麼|哪些|怎樣|怎麼樣|如何)(?:東西|資料|文件)?(?:才)?(?:可以|能)?"
            rf"(?:算|當|當作|作為|算是)(?:是)?{_PROOF}{_ENDS}",
            rf"{_OPENS}{_PROOF}{_IS}(?:寄|傳|交|上傳|回傳|給)(?:到|去|給)?"
            rf"(?:哪裡?|哪邊|誰|什麼地方){_ENDS}",
            rf"{_OPENS}(?:如何|怎麼|怎樣|要怎麼)(?:寄|傳|交|上傳|回傳|提供|繳交)"
            rf"(?:您們?|你們)?{_PROOF}{_ENDS}",
            r"what (?:counts|is accepted|can i use|should i send) as (?:the )?(?:payment proof|"
            r"proof(?: of payment)?) ?\?*",
            r"(?:how|where) (?:do|should|can) i (?:send|upload) (?:you )?(?:the |my )?(?:payment "
            r"proof|proof(?: of payment)?|receipt)(?: to)? ?\?*",
        )
    ),
    "asked_change": "|".join(
        (
            rf"{_OPENS}(?:我)?(?:要|該|應該)?(?:如何|怎麼|怎樣)(?:才能|可以)?"
            rf"(?:更改|修改|更正|改|變更)(?:我的|報名|填寫|已填)*(?:的)?資料{_ENDS}",
            rf"{_OPENS}(?:我的|報名)*(?:的)?資料(?:要|該|應該)?(?:如何|怎麼|怎樣)"
            rf"(?:更改|修改|更正|改|變更){_ENDS}",
            r"how (?:do|can|should) i (?:change|correct|update|"
            r"modify) (?:my|the) (?:registration )?"
            r"(?:data|information|details) ?\?*",
        )
    ),
}
_QUESTIONS = {name: re.compile(said) for name, said in _SAID.items()}
_TITLE = re.compile(
    r"(?:ipas ?)?(?:團體)?(?:報名|繳費|繳款|費用|考試|資料|修改)?(?:的)?"
    r"(?:問題|詢問|請問|請教|查詢|相關|一事|事宜)+|(?:a )?question|inquiry|about|fee|deadline"
)
_AFTER_NAMES = re.compile("系")
# Said beside the question, these make it another one.
_MORE = (
    "withdraws", "takes_back_cancellation", "revokes", "wrong", "refund", "certificate", "paid",
    "not_paid", "promises_payment", "conditional", "contrast", "relation", "others", "not_mine",
    "hostile", "link", "attached", "in_picture", "identity_change", "adds_exam",
    "again", "asks_slip", "missing", "tells_later", "hedged", "confirms", "registers",
)  # fmt: skip
# What the question may be about, where a person reads it.
_TOUCHES = {
    "asked_fee": re.compile(r"多少錢|費用|報名費|金額|how much|\bfee\b"),
    "asked_deadline": re.compile(r"期限|截止|最晚|什麼時候[^。\n]{0,4}繳|deadline|due date"),
    "asked_proof": re.compile(r"(?:繳費|繳款|轉帳|匯款)的?(?:證明|憑證|收據)|proof of payment"),
    "asked_change": re.compile(r"(?:改|更正|修改)[^。\n]{0,6}資料|資料[^。\n]{0,6}(?:改|更正)"),
}


def topics(it: Evidence) -> tuple[str, ...]:
    """What is asked, when all of it can be answered from campaign and case; else nothing."""
    if not it.registered or it.pressed or it.papers or it.odd_files or it.blank:
        return ()
    if it.fixes.changes or it.fixes.doubts or it.says(*_MORE):
        return ()
    asked = []
    for name, question in _QUESTIONS.items():
        found = [place for place in question.finditer(it.words.folded) if place[0].strip()]
        if found:
            asked.append(name)
        for place in found:
            it.words.cover(*place.span())
    if not asked:
        return ()
    cover_own_names(it)
    it.words.cover_all(_AFTER_NAMES)
    cover_courtesy(it.words, "question")
    is_plain = not strange_signs(it.message.new_text) and _is_plain(it.subject)
    return tuple(asked) if is_plain and not it.words.left_over() else ()


def touched(it: Evidence) -> tuple[str, ...]:
    """What an answer by a person might be about."""
    return tuple(name for name, word in _TOUCHES.items() if word.search(it.words.folded))


def _is_plain(subject: str) -> bool:
    words = Words(subject)
    for pattern in (*_QUESTIONS.values(), _TITLE):
        words.cover_all(pattern)
    cover_courtesy(words, "question")
    return not words.left_over()
