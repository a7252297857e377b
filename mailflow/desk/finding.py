"""From a row of a list to the case it is about: everything the row says must fit, else nothing."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

from mailflow import saying
from mailflow.campaign.exams import same_name
from mailflow.person import Field
from mailflow.store import cases, lookup
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.vault import SealError
from mailflow.workflow import State

_DOTS = str.maketrans("·・•．", "‧‧‧‧")


class Person(Protocol):
    """Who a row is about; '' where it does not say."""

    @property
    def number(self) -> int: ...
    @property
    def case(self) -> str: ...
    @property
    def national_id(self) -> str: ...
    @property
    def student_no(self) -> str: ...
    @property
    def name(self) -> str: ...


class NotFoundError(ValueError):
    """The row can't be matched; the text says why, without personal data."""


class Finder:
    """All registered cases of a round, read once."""

    def __init__(self, tx: Transaction, *, campaign: str) -> None:
        ids = lookup.in_states(tx, tuple(State), campaign=campaign)
        self._cases = [case for case_id in ids if (case := _readable(tx, case_id))]

    def find(self, person: Person, *, exam: str = "") -> CaseView:
        """The one case that fits everything the row says; raises NotFoundError."""
        given = [(name, value) for name, value in _keys(person) if value]
        first, wanted = given[0]
        found = [case for case in self._cases if dict(_keys_of(case))[first] == wanted]
        if exam and len(found) > 1:
            found = [case for case in found if same_name(case.data[Field.EXAM], exam)]
        if not found:
            raise NotFoundError(f"報名資料中沒有這個{first}")
        if len(found) > 1:
            raise NotFoundError(f"這個{first}有 {len(found)} 件報名；請加上案號")
        case = found[0]
        own = dict(_keys_of(case))
        differing = [name for name, value in given if own[name] != value]
        if exam and not same_name(case.data[Field.EXAM], exam):
            differing.append("鑑定項目")
        if differing:
            raise NotFoundError(f"{case.number} 的{'、'.join(differing)}與報名資料不同")
        return case


def case_by_number(tx: Transaction, number: str) -> CaseView:
    """The case of that number; raises NotFoundError."""
    case_id = lookup.by_number(tx, number.strip())
    if case_id is None:
        raise NotFoundError(saying.no_case(number))
    return cases.load(tx, case_id)


def _readable(tx: Transaction, case_id: str) -> CaseView | None:
    try:
        return cases.load(tx, case_id)
    except SealError:  # of a person who was erased
        return None


def _keys(person: Person) -> Iterable[tuple[str, str]]:
    yield "案號", person.case.casefold()
    yield "身分證字號", person.national_id.upper()
    yield "學號", person.student_no.upper()
    yield "姓名", _name(person.name)


def _keys_of(case: CaseView) -> Iterable[tuple[str, str]]:
    yield "案號", case.number.casefold()
    yield "身分證字號", case.data[Field.NATIONAL_ID].upper()
    yield "學號", case.data[Field.STUDENT_NO].upper()
    yield "姓名", _name(case.data[Field.NAME_ZH])


def _name(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_DOTS)
    return re.sub(r"\s+", "", folded).casefold()
