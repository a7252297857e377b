"""What a clerk may answer to a question that was held for staff.

Where the machine knows what is asked, its own letter is proposed, and `accept` sends it. Any other
question gets words to begin with: the place for the answer, and how the case stands.
"""

from datetime import datetime

from mailflow.campaign.round import TAIPEI
from mailflow.letters import TOPICS, LetterData, LetterError, Standing
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import Transaction
from mailflow.store.queue import Item
from mailflow.store.standing import standing
from mailflow.workflow import Letter

_ASKS = frozenset({"question", "status_question"})
_ENGLISH_BELOW = "\n----------"
_STANDS = {
    "button": "目前等候您核對資料，並按下「確認資料無誤」",
    "slip": "資料已經確認，繳費單會寄到您登記的信箱",
    "done": "報名手續已經完成，不需要再做任何事",
}


def topics_of(item: Item) -> tuple[str, ...]:
    """What is asked that campaign and case can answer."""
    return tuple(reason for reason in item.reasons if reason in TOPICS)


def proposed_answer(
    tx: Transaction, item: Item, case: CaseView | None, *, rules: Rules, now: datetime
) -> str:
    """The answer in Chinese; '' where nothing is asked, or nobody knows whose mail it is."""
    if case is None or item.kind != "mail" or item.event:
        return ""
    if asked := topics_of(item):
        return _letter(case, asked, rules=rules, now=now)
    if not _ASKS.intersection(item.reasons):
        return ""
    stands = standing(tx, case, campaign=rules.campaign, now=now, beside=item.id)
    told = _told(stands, case, rules) if stands else ""
    return f"您好：\n您來信詢問的事，答覆如下：（請填寫）{told}"


def _letter(case: CaseView, asked: tuple[str, ...], *, rules: Rules, now: datetime) -> str:
    data = LetterData(case=case.number, registration=case.data, slip=case.slip, reasons=asked)
    try:
        message = rules.composer.message(
            Letter.ANSWER, data, to=case.address, message_id="<answer@mailflow.invalid>", now=now
        )
    except LetterError:
        return ""
    body = message.get_body(("plain",))
    text = "\n".join(str(body.get_content()).splitlines()) if body else ""
    return text.partition(_ENGLISH_BELOW)[0].strip()


def _told(stands: Standing, case: CaseView, rules: Rules) -> str:
    if stands.step == "payment" and case.slip:
        until = rules.campaign.with_deadline(case.pay_until).pay_until.astimezone(TAIPEI)
        due = f"繳費與回傳證明的期限是 {until:%Y-%m-%d %H:%M}"
        return f"\n您的案件 {case.number}：應繳 {case.slip.amount} 元，{due}。"
    return f"\n您的案件 {case.number}：{_STANDS[stands.step]}。" if stands.step in _STANDS else ""
