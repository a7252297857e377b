"""Does the message ask where its own case stands, and nothing else?

"Did you get my money?" is answered from the case, so this must be sure: every word, of the subject
too, is a greeting, the person's own name, or one of the questions below. A claim of having paid, a
correction, a file, a word nobody knows: then it is an ordinary question, and a person reads it.
"""

import re

from mailflow.reading.courtesy import cover_courtesy
from mailflow.reading.evidence import Evidence
from mailflow.reading.own_names import cover_own_names
from mailflow.reading.pressing import strange_signs
from mailflow.reading.words import Words

_OPENS = r"(?:(?:不好意思)?,? ?(?:想|我想)?(?:請問|詢問|請教|問|確認|知道|了解)(?:一下)?,? ?)?"
_YOU = r"(?:你們|您們|您|你|老師|承辦人?|貴處|學校|系統)?(?:那邊|這邊|那裡|這裡)?(?:目前|現在)?"
_MY = (
    r"(?:我|本人)?(?:(?:昨天|前天|今天|剛剛?|剛才|之前|上週|早上|下午|晚上)?"
    r"(?:寄|傳|上傳|附)(?:出|過去|給您|的)?)?的?"
)
_PROOF = (
    r"(?:(?:ipas)?(?:報名)?(?:繳費|繳款|轉帳|匯款|付款)的?(?:證明|憑證|收據|截圖|明細|紀錄|款項)"
    r"|報名費|款項|匯款|轉帳|繳費|繳款|付款|錢)"
)
_PROOF_EN = (
    r"(?:payment (?:proof|receipt)|payment|money|fee|transfer|receipt|"
    r"proof(?: of (?:the )?(?:payment|transfer))?)"
)
_ENDS = r"(?:了)?(?:嗎|呢|沒有?|没)?(?: ?\?)*"
_GOT = r"(?:是否|有沒有|有無|有|是不是)?(?:已經?|成功|確實|都)?(?:有)?(?:收|接)到"
_DONE = r"(?:是否|有沒有|有|是不是|算)?(?:已經?|都)?(?:成功|完成|報名成功|報名完成|報名好|沒問題)"

_QUESTIONS = re.compile(
    "|".join(
        (
            rf"{_OPENS}{_YOU}{_GOT}(?:了)?{_MY}{_PROOF}{_ENDS}",
            rf"{_OPENS}{_YOU}{_MY}{_PROOF},? ?{_YOU}{_GOT}{_ENDS}",
            rf"{_OPENS}{_MY}(?:ipas)?(?:的)?(?:團體)?報名(?:手續|程序)?(?:這樣)?{_DONE}{_ENDS}",
            rf"{_OPENS}(?:我)?(?:這樣)?{_DONE}報名{_ENDS}",
            rf"{_OPENS}(?:我)?(?:這樣)?(?:是否|有沒有|有|算)?(?:已經?)?(?:報名成功|報名完成|"
            rf"完成報名)"
            rf"{_ENDS}",
            rf"{_OPENS}{_MY}(?:ipas)?(?:的)?報名(?:的)?(?:目前|現在)?(?:的)?(?:進度|狀態|狀況)"
            rf"(?:是|為)?(?:如何|怎樣|怎麼樣|什麼|到哪(?:裡|了)?){_ENDS}",
            r"(?:i (?:would|'d) like to (?:know|ask)|(?:can|could) (?:you|i) (?:please )?"
            r"(?:check|confirm|know|tell me|ask)|i (?:want to know|was wondering|wonder))?,? ?"
            r"(?:(?:if|whether)? ?(?:did|have|has|do) ?(?:you|the office)|"
            r"(?:if|whether) you(?: have)?)(?: already)? "
            rf"(?:get|got|receive|received)(?: of)? my {_PROOF_EN}(?: yet)? ?\?*",
            rf"(?:has|did|was|is) my {_PROOF_EN} (?:been |already )?"
            r"(?:received|arrived?|accepted|come in)(?: yet)? ?\?*",
            r"is my registration (?:already )?(?:completed?|done|successful|finished)"
            r"(?: now| yet)? ?\?*",
            r"what(?: is|'s) the (?:current )?status of my (?:registration|payment)(?: now)? ?\?*",
        )
    )
)
_ASKED = re.compile(r"嗎|\?|呢|沒有?$|了沒|是否|有沒有|有無|如何|怎|什麼|到哪|did|have|has|is|what")
_TITLE = re.compile(
    r"(?:ipas ?)?(?:團體)?(?:報名|繳費|繳款|轉帳|匯款|付款)?(?:的)?(?:證明|進度|狀態|問題|詢問|"
    r"查詢|請問|確認|相關|一事|事宜)+|question|inquiry|status|payment|registration|proof|about"
)
_AFTER_NAMES = re.compile("系")  # of 資工系, where the case knows 資訊工程系
# Said beside the question, these make it another one.
_MORE = (
    "withdraws", "takes_back_cancellation", "revokes", "wrong", "change", "refund", "certificate",
    "not_paid", "promises_payment", "conditional", "contrast", "relation", "others", "not_mine",
    "hostile", "demands", "link", "attached", "in_picture", "identity_change", "money_trouble",
    "adds_exam", "again", "asks_slip", "tells_later", "hedged",
)  # fmt: skip


def asks_status(it: Evidence) -> bool:
    """Whether the machine may answer this with where the case stands."""
    if not it.registered or it.pressed or it.papers or it.odd_files or it.blank:
        return False
    if it.fixes.changes or it.fixes.doubts or it.says(*_MORE):
        return False
    asked = [found for found in _QUESTIONS.finditer(it.words.folded) if found[0].strip()]
    if not any(_ASKED.search(found[0]) for found in asked):
        return False
    for found in asked:
        it.words.cover(*found.span())
    cover_own_names(it)
    it.words.cover_all(_AFTER_NAMES)
    cover_courtesy(it.words, "question")
    is_plain = not strange_signs(it.message.new_text) and _is_plain(it.subject)
    return is_plain and not it.words.left_over()


def _is_plain(subject: str) -> bool:
    """A subject that adds nothing: empty, a title, or the question itself."""
    words = Words(subject)
    for pattern in (_QUESTIONS, _TITLE):
        for found in pattern.finditer(words.folded):
            words.cover(*found.span())
    cover_courtesy(words, "question")
    return not words.left_over()
