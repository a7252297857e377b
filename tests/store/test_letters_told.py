"""Whoever puts letters into the outbox, the one who sends them hears of it: after the commit."""

import pytest
from store.round import Round

from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.workflow import Letter


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


@pytest.fixture
def told(going: Round) -> list[int]:
    """How many letters could be read from the store each time it told of some."""
    found: list[int] = []
    going.store.on_letters = lambda: found.append(len(going.letters()))
    return found


def writes(going: Round, case: CaseView, *, fails: bool = False) -> None:
    with going.store.write() as tx:
        work = Casework(tx, going.rules, now=going.now)
        work.send(Letter.PRESS_BUTTON, cases.load(tx, case.id), cause=Cause("clerk"))
        if fails:
            raise ZeroDivisionError


def test_a_letter_is_told_of_once_it_is_committed(going: Round, told: list[int]):
    case = going.asked()
    before = len(going.letters())
    told.clear()
    writes(going, case)
    assert told == [before + 1]


def test_a_letter_that_was_taken_back_is_not_told_of(going: Round, told: list[int]):
    case = going.asked()
    told.clear()
    with pytest.raises(ZeroDivisionError):
        writes(going, case, fails=True)
    assert not told


def test_work_without_a_letter_wakes_nobody(going: Round, told: list[int]):
    case = going.asked()
    told.clear()
    with going.store.write() as tx:
        cases.mark_unreachable(tx, case.id)
    assert not told
