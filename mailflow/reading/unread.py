"""The rest of words that nobody understood, and how much of it may be passed over."""

from mailflow.reading.courtesy import cover_courtesy
from mailflow.reading.echoes import cover_echoes
from mailflow.reading.evidence import Evidence
from mailflow.reading.own_names import cover_own_names
from mailflow.reading.pressing import strange_signs
from mailflow.reading.result import Intent
from mailflow.reading.strangers import matters_alone, may_matter

_UNREAD_AT_MOST = 1  # a name has two characters or more: an unknown one is never passed over
# What may stay unread beside an errand that is understood, as long as it is no name, no number and
# stands beside no mark of something else: a correction goes back to be confirmed, papers are looked
# at by a person anyway, a proof must fit the slip, a plan is only noted.
_PASSED_OVER = {
    Intent.CORRECTION: 12,
    Intent.REFUND_APPLICATION: 16,
    Intent.CERTIFICATE_UPLOAD: 16,
    Intent.OTHER: 10,
    Intent.PAYMENT_RECEIPT: 8,
    Intent.RESEND_SLIP: 8,
}
_CONTRARY = frozenset("不沒未別勿非無但卻若如錯誤除仍反停")
_CONTRARY_ENGLISH = "not no but if except however wrong never only don didn isn wasn won cannot"
_CONTRARY_WORDS = frozenset(_CONTRARY_ENGLISH.split())


def is_unread(it: Evidence, intent: Intent) -> bool:
    """Words that nobody has understood; contrary ones weigh at once."""
    cover_own_names(it)
    cover_courtesy(it.words, intent.value)
    if intent is Intent.CORRECTION:
        cover_echoes(it.words, it.fixes.changes)
    rest = it.words.left_over()
    contrary = any(word in _CONTRARY or word in _CONTRARY_WORDS for word in rest)
    weight = sum(map(_weight, rest))
    if intent is Intent.CONFIRM:  # one letter is enough for a no: X, 否, 👎
        unread = bool(rest or strange_signs(it.message.new_text))
    else:
        unread = weight > _UNREAD_AT_MOST and (
            weight > _PASSED_OVER.get(intent, 0)
            or may_matter(it.words)
            or (intent is Intent.CORRECTION and _after_the_value(it))
            or (intent is Intent.OTHER and not it.says("promises_payment", "tells_later"))
        )
    return bool(contrary or unread or matters_alone(it.words))


def _weight(word: str) -> int:
    """A Chinese character is a third of a number and half of an English word."""
    if word.isdigit():
        return 3
    return 2 if word.isascii() and len(word) > 1 else 1


def _after_the_value(it: Evidence) -> bool:
    """Before a new value stands how the old one came about; what follows it may take it back."""
    return bool(it.fixes.end) and len(it.words.left_over(it.fixes.end)) > _UNREAD_AT_MOST
