"""What is no fault but worth a look: the student is told beside the data, nobody is stopped."""

import unicodedata
from enum import StrEnum

from mailflow.person.identity import IdKind, kind_of, sex_of, swapped_twin
from mailflow.person.registration import Field, Registration


class Caution(StrEnum):
    """One thing that only the student can judge."""

    LAST_TWO_DIGITS = "last_two_digits"  # swapping them is the one slip that no check finds
    SEX_DIFFERS = "sex_differs_from_number"
    OLD_RESIDENT_NUMBER = "old_resident_number"  # void from 2031-01-01
    RARE_CHARACTER = "rare_character"  # may look otherwise on another machine


def cautions(registration: Registration) -> tuple[Caution, ...]:
    """In the order of the form."""
    number, sex = registration[Field.NATIONAL_ID], registration[Field.SEX]
    found = []
    if any(is_rare(char) for char in registration[Field.NAME_ZH]):
        found.append(Caution.RARE_CHARACTER)
    if kind_of(number) and swapped_twin(number):
        found.append(Caution.LAST_TWO_DIGITS)
    if kind_of(number) is IdKind.RESIDENT_OLD:
        found.append(Caution.OLD_RESIDENT_NUMBER)
    if sex and (told := sex_of(number)) and told != sex:
        found.append(Caution.SEX_DIFFERS)
    return tuple(found)


def is_rare(char: str) -> bool:
    """Outside of the first plane, or a private-use character (造字)."""
    return ord(char) > 0xFFFF or unicodedata.category(char) == "Co"
