"""What surely changes nothing is put aside, and the message is read again without it.

Chat beside an errand holds words that no rule understands, and words that sound like a doubt
(「媽媽提醒我」, 「好像快下雨了」). Where nothing else keeps a message back and each such clause
weighs as harmless, the rest must speak for itself: it has to say the same without them.
"""

import re
from dataclasses import dataclass, replace

from mailflow.reading.evidence import Evidence
from mailflow.reading.phrases import SIGNALS
from mailflow.reading.pressing import strange_signs
from mailflow.reading.result import Intent, Reading, Weighed
from mailflow.reading.unread import NO_SIGNS
from mailflow.reading.weighing import clauses, pieces_of, unread_pieces, weigh

UNREAD = "words_not_understood"
# Doubts that hear a word and not its sense.
SOFT = frozenset({"acts_for_someone", "hedged", "question", UNREAD})
_FIRE = (
    *("relation", "not_mine", "others", "hedged", "conditional", "contrast", "tells_later"),
    *("asks", "demands"),
)
# Up to this chance that it matters a clause is put aside; of an errand that is not named here, none
# is. Chosen on writers that the weights had not learned from (docs/decisions/0014).
_UP_TO = {
    Intent.CONFIRM: 0.045,
    Intent.CORRECTION: 0.08,
    Intent.PAYMENT_RECEIPT: 0.08,
    Intent.OTHER: 0.08,
    Intent.RESEND_SLIP: 0.08,
    Intent.REFUND_APPLICATION: 0.08,
    Intent.CERTIFICATE_UPLOAD: 0.08,
}
_SOFT_UP_TO = 0.06
_FEW, _LESS = 8, 0.5  # characters or words: so short a clause tells little of itself
_UNIT = re.compile("[a-z']+|[^a-z\\W_]")
_DIGIT = re.compile("[0-9]")
_BARE_NO = re.compile(r"(?:^|[ ,.!])(?:no|nope|not?|[否不])(?=$|[ ,.!])")
# 「柏特的繳費單」, 「學生柏特」: unread characters where a name stands.
_NAMED = re.compile(
    r"(?:學生|同學|名叫|叫做?)(?P<one>[\u3400-\u9fff]{2})[\u3400-\u9fff]{0,2}(?=$|[,。! ])|"
    r"(?P<two>[\u3400-\u9fff]{2})的(?=繳[費款]單|單子|資料|手機|電話|生日|名字|姓名|地址|學號|"
    r"系所|考區|護照|"
    r"身[分份]證|收據|證書)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Chat:
    """The clauses that hold unread words or sound like a doubt, and where their pieces stand."""

    pieces: tuple[tuple[int, int], ...]
    clauses: tuple[Weighed, ...]


def may_be_put_aside(first: Reading) -> bool:
    """Is there anything to weigh? Most mail is settled, or held for another reason."""
    return first.flagged and SOFT.issuperset(first.reasons) and first.intent in _UP_TO


def find_chat(it: Evidence, intent: Intent) -> Chat:
    folded, unread = it.words.folded, unread_pieces(it.words)
    pieces = tuple(p for p in pieces_of(folded) if p in unread or _fires(folded[slice(*p)]))
    return Chat(pieces, tuple(weigh(told, intent.value) for told in clauses(folded, pieces)))


def changes_nothing(it: Evidence, intent: Intent, *, reasons: tuple[str, ...], chat: Chat) -> bool:
    """May all of it be put aside? No unread number, and no strange sign, ever may."""
    limit = _UP_TO.get(intent, 0.0) if reasons == (UNREAD,) else _SOFT_UP_TO
    unread = "".join(it.words.uncovered()[start:end] for start, end in chat.pieces)
    return (
        bool(chat.clauses)
        and all(_is_sure(clause, limit) for clause in chat.clauses)
        and not (it.blank or it.words.too_long or _names_somebody(it) or it.says("demands"))
        and not (
            _DIGIT.search(unread)
            or _BARE_NO.search(unread)
            or NO_SIGNS.search(unread)
            or strange_signs(it.message.new_text)
        )
    )


def _names_somebody(it: Evidence) -> bool:
    unread = it.words.uncovered()
    return any(
        " " not in unread[slice(*found.span(found.lastgroup or 0))]
        for found in _NAMED.finditer(it.words.folded)
    )


def _is_sure(clause: Weighed, limit: float) -> bool:
    few = len(_UNIT.findall(clause.clause)) < _FEW
    return clause.chance <= (limit * _LESS if few else limit)


def without(it: Evidence, chat: Chat) -> Evidence:
    """The same message without these pieces."""
    kept, at = [], 0
    for start, end in chat.pieces:
        kept.append(it.words.plain[at:start])
        at = end
    text = "".join((*kept, it.words.plain[at:]))
    return replace(it, message=replace(it.message, new_text=text), _heard={})


def _fires(piece: str) -> bool:
    return any(SIGNALS[name].search(piece) for name in _FIRE)
