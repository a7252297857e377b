"""What the student should look at twice, in words."""

from collections.abc import Mapping

from mailflow.letters.wording import Both
from mailflow.person import Caution, Registration, cautions

_WORDS: Mapping[Caution, Both] = {
    Caution.LAST_TWO_DIGITS: Both(
        "證號最後兩碼若前後對調，系統無法察覺，請再核對一次。",
        "If the last two digits of the ID number are swapped, no check can find it: look again.",
    ),
    Caution.SEX_DIFFERS: Both(
        "性別與證號第二碼所示的不同，請確認兩者都正確。",
        "The sex differs from what the second character of the ID number says: check both.",
    ),
    Caution.OLD_RESIDENT_NUMBER: Both(
        "您的統一證號是舊式號碼；若已換發新式號碼，請回信更正。",
        "Your resident number is of the old kind; if you have a new one, reply with it.",
    ),
    Caution.RARE_CHARACTER: Both(
        "姓名中有罕用字，請確認這封信中顯示的字形正確；不正確請回信說明。",
        "Your name has a rare character: if it looks wrong in this letter, reply and tell us.",
    ),
}


def in_words(registration: Registration) -> tuple[Both, ...]:
    """Each caution about these data, in the order of the form."""
    return tuple(_WORDS[caution] for caution in cautions(registration))
