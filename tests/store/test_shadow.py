"""In shadow everything is composed and decided, and nothing leaves by itself."""

from datetime import timedelta

import pytest
from store.people import BART
from store.round import Round, at

from mailflow.desk import Desk, DeskError
from mailflow.desk.shadow import Which, listed, release
from mailflow.runners.clock import Clock
from mailflow.store import outbox, shadow
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_items
from mailflow.workflow import Event


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


@pytest.fixture
def clerk(going: Round) -> Desk:
    return Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)


def shadowed(going: Round) -> None:
    """What the daemon in shadow does before it looks what is due."""
    with going.store.write() as tx:
        shadow.hold(tx)


def leaves(going: Round) -> list[str]:
    """What a daemon in shadow sends."""
    left = []
    shadowed(going)
    with going.store.write() as tx:
        while letter := outbox.claim_due(
            tx, owner="t", now=going.now, lease=timedelta(minutes=1), only_released=True
        ):
            left.append(letter.letter)
    return left


def test_nothing_leaves_and_everything_is_there_to_be_read(going: Round, clerk: Desk):
    case = going.billed()
    assert leaves(going) == []
    told = [(letter.letter, number) for letter, number in listed(clerk, Which())]
    kinds = ["form_receipt", "data_confirmation", "payment_slip"]
    assert told == [(kind, case.number) for kind in kinds if kind != "data_confirmation"]
    assert ("data_confirmation", "held", "overtaken") in going.letters()  # she has pressed since


def test_even_without_the_hold_nothing_unreleased_is_taken(going: Round):
    going.asked()
    with going.store.write() as tx:
        letter = outbox.claim_due(
            tx, owner="t", now=going.now, lease=timedelta(minutes=1), only_released=True
        )
    assert letter is None


def test_one_letter_a_case_a_kind_or_all(going: Round, clerk: Desk):
    anne = going.asked()
    going.asked(BART)
    shadowed(going)
    first = listed(clerk, Which())[0][0].id
    release(clerk, Which(name=first[-8:]), why="looks right")
    assert leaves(going) == ["form_receipt"]
    release(clerk, Which(kind="data_confirmation", case=anne.number), why="looks right")
    assert leaves(going) == ["data_confirmation"]
    release(clerk, Which(), why="all right")
    assert leaves(going) == ["form_receipt", "data_confirmation"]
    assert listed(clerk, Which()) == []


def test_what_does_not_wait_there_is_told(going: Round, clerk: Desk):
    going.asked()
    shadowed(going)
    for which in (Which(kind="reminder"), Which(name="nothing"), Which(case="iPAS114-9999")):
        with pytest.raises(DeskError):
            release(clerk, which, why="because")
    with pytest.raises(DeskError):
        release(clerk, Which(), why=" ")
    assert len(listed(clerk, Which())) == 2


def test_a_slip_that_has_become_wrong_in_the_shadow_is_not_released(going: Round, clerk: Desk):
    case = going.billed()
    shadowed(going)
    going.happens(case, Event.WITHDRAW)
    shadowed(going)
    release(clerk, Which(), why="all right")
    assert leaves(going) == ["form_receipt", "withdrawn"]


def test_nobody_is_given_up_whose_letters_stayed_in_the_shadow(going: Round):
    case = going.asked()
    shadowed(going)
    clock = Clock(going.store, going.rules, now=lambda: going.now)
    going.now = at(9, 24)
    going.compares()
    clock.step()
    assert going.load(case).state == "asked"
    with going.store.read() as tx:
        (item,) = open_items(tx, case_id=case.id)
    assert item.reasons == ("deadline_passed_while_office_was_late",)


def test_whether_the_daemon_works_in_shadow_is_written_down(going: Round):
    with going.store.write() as tx:
        assert not shadow.was_on(tx)
        for is_on in (True, True, False, True):
            shadow.note(tx, is_on=is_on, now=going.now)
            assert shadow.was_on(tx) is is_on
