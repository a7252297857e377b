"""What surely changes nothing is put aside, and the message is read again without it.

Chat beside an errand holds words that no rule understands, and words on which a rule of doubt fires
(「媽媽提醒我」, 「好像快下雨了」). Where nothing but such doubts keeps a message back and each clause
behind them weighs as harmless, the rest must speak for itself: it has to say the same without them.
"""

import re
from dataclasses import replace

from mailflow.mail.message import Message
from mailflow.reading.evidence import Evidence
from mailflow.reading.phrases import SIGNALS
from mailflow.reading.pressing import strange_signs
from mailflow.reading.result import Intent
from mailflow.reading.weighing import Weighed, clauses, pieces_of, weigh

UNREAD = "words_not_understood"
# Doubts that hear a word and not its sense.
SOFT = frozenset({"acts_for_someone", "hedged", "question", UNREAD})
_FIRE = (
    *("relation", "not_mine", "others", "hedged", "conditional", "contrast", "tells_later"),
    *("asks", "demands"),
)
# Up to this chance that it matters a clause is put aside; of an errand that is not named here, none
# is. Chosen on writers that the weights had not learned from (docs/decisions/0013).
_UP_TO = {
    Intent.CONFIRM: 0.05,
    Intent.CORRECTION: 0.08,
    Intent.PAYMENT_RECEIPT: 0.06,
    Intent.OTHER: 0.08,
    Intent.RESEND_SLIP: 0.1,
    Intent.REFUND_APPLICATION: 0.1,
    Intent.CERTIFICATE_UPLOAD: 0.1,
}
_SOFT_UP_TO = 0.03
_NUMBER_OR_NO = re.compile("[0-9✖✗✘❌❎🚫⛔👎🙅]")


def without_chat(
    it: Evidence, intent: Intent, reasons: tuple[str, ...]
) -> tuple[Message | None, tuple[Weighed, ...]]:
    """The message without its harmless clauses, None if any may matter; and the clauses, weighed."""
    if not SOFT.issuperset(reasons) or intent not in _UP_TO or it.blank or it.words.too_long:
        return None, ()
    folded, uncovered = it.words.folded, it.words.uncovered()
    put = [
        (start, end)
        for start, end in pieces_of(folded)
        if re.search(r"\w", uncovered[start:end]) or _fires(folded[start:end])
    ]
    weighed = tuple(weigh(clause, intent.value) for clause in clauses(folded, put))
    limit = _UP_TO[intent] if reasons == (UNREAD,) else _SOFT_UP_TO
    told = "".join(it.words.plain[start:end] for start, end in put)
    if (
        not weighed
        or any(clause.chance > limit for clause in weighed)
        or _NUMBER_OR_NO.search(told)
        or strange_signs(it.message.new_text)
    ):
        return None, weighed
    kept, at = [], 0
    for start, end in put:
        kept.append(it.words.plain[at:start])
        at = end
    return replace(it.message, new_text="".join((*kept, it.words.plain[at:]))), weighed


def _fires(piece: str) -> bool:
    return any(SIGNALS[name].search(piece) for name in _FIRE)
