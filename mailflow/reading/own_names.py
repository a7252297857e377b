"""The person's own registered data in the text, as in 「資工系 林安妮 113590050 敬上」."""

import re
from collections.abc import Mapping

from mailflow.person import Field
from mailflow.person.places import DEPARTMENTS
from mailflow.reading.evidence import Evidence
from mailflow.reading.words import Words, fold, plain_text

_NUMBER = re.compile(r"(?<![a-z0-9])\+?[0-9](?:[0-9]|[ ().-](?=[0-9])){7,15}(?![a-z0-9])")
_INITIALS = ((".", "."), (". ", "."), (".-", "."), ("", ""))  # S.C. JUAN
# "Cheers, Mike": what friends call somebody, where nothing but the letter's end is left.
_NICKNAME = re.compile(
    r"(?:[Rr]egards|[Cc]heers|[Ss]incerely|[Bb]est(?: wishes)?|[Tt]hank(?:s| you)(?: a lot|"
    r" so much)?"
    r"(?: in advance)?)[,.! ]{0,3}\s{1,3}(?P<who>[A-Z][a-z]{2,11})[. ]*\Z"
)
_NO_NAMES = frozenset(
    ("But", "However", "Please", "Wait", "Not", "Never", "Nobody", "Again", "Bye", "And", "Yet")
)
_GIVEN_AT_LEAST = 4  # letters: a shorter name may be a word, as NG is


def cover_own_names(it: Evidence) -> None:
    """Mark as understood what only repeats the person's own values."""
    values = it.case.values if it.case else it.form.values
    if not values:
        return
    own = [fold(plain_text(value)) for value in values.values() if len(value) >= 2]
    own += [re.sub(r"\s", "", fold(values.get(Field.EXAM, "")))]
    aliases = DEPARTMENTS.get(values.get(Field.DEPARTMENT, ""), ())
    own += [form for alias in aliases for form in (f"{alias}系", alias)]
    own += [own_name[1:] for own_name in own if len(own_name) == 3]
    own += _english_forms(values.get(Field.NAME_EN, ""))
    for value in sorted(filter(None, own), key=len, reverse=True):
        _cover_word(it.words, value)
    _cover_own_numbers(it.words, values)
    for part in _parts(values.get(Field.NAME_EN, "")):  # "Best regards,⏎Chris"
        it.words.cover_all(re.compile(rf"(?<=\n){re.escape(part)}[. ]*(?=\n|\Z)"))
    surname = fold(plain_text(values.get(Field.NAME_EN, ""))).partition(",")[0].strip()
    if surname:  # alone it may be a word, as NG is: only where a letter is signed
        it.words.cover_all(re.compile(rf"(?<=[,\n ]){re.escape(surname)}[. ]*\Z"))


def cover_nickname(words: Words) -> None:
    """The given name below the letter, whatever it is; a sentence ends with no such word."""
    if (found := _NICKNAME.search(words.plain.rstrip())) and found["who"] not in _NO_NAMES:
        words.cover(*found.span("who"))


def _english_forms(name: str) -> list[str]:
    """LIN, AN-NI → an-ni lin, lin an-ni, an-ni; an ni and anni alike."""
    surname, _, given = (part.strip() for part in fold(plain_text(name)).partition(","))
    if not given:
        return []
    spellings = {given, given.replace("-", " "), re.sub("[- ]", "", given)}
    full = [form for g in spellings for form in (f"{g} {surname}", f"{surname} {g}")]
    initials = [part[0] for part in re.split("[ -]+", given)]
    full += [f"{between.join(initials)}{dot} {surname}" for between, dot in _INITIALS]
    return full + [g for g in spellings if len(g) >= _GIVEN_AT_LEAST]


def _parts(name: str) -> list[str]:
    """MULLER, CHRIS JAN → chris: a given name that stands alone."""
    given = re.split("[ -]+", fold(plain_text(name)).partition(",")[2].strip())
    return [part for part in given if len(part) >= _GIVEN_AT_LEAST]


def _cover_word(words: Words, value: str) -> None:
    """Every place where the value stands as a word of its own."""
    text, at = words.folded, words.folded.find(value)
    while at >= 0:
        end = at + len(value)
        before, after = text[at - 1 : at] if at else "", text[end : end + 1]
        if not (_is_latin(before) or _is_latin(after)):
            words.cover(at, end)
        at = text.find(value, end)


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9"


def _cover_own_numbers(words: Words, values: Mapping[Field, str]) -> None:
    """0912-000-111 is the registered 0912000111."""
    own = {values.get(name, "") for name in (Field.PHONE, Field.STUDENT_NO)} - {""}
    for found in _NUMBER.finditer(words.folded):
        if re.sub(r"[ ().-]", "", found[0]).replace("+886", "0") in own:
            words.cover(*found.span())
