"""A proof that comes again: refused before, or long taken."""

from dataclasses import replace

import pytest
from store.proving import GOOD, proves, waits
from store.round import Round, at

from mailflow.desk import Desk
from mailflow.receipts.result import Proof, Verdict
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_items
from mailflow.store.tables import InboxState
from mailflow.workflow import State

PAID = replace(GOOD, paid_at="2025-09-15T12:05", account="98620114992497", reference="20250915001")
PICTURE = b"a screenshot"


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    going = Round(store, rules)
    going.now = at(9, 16)
    return going


def held(proof: Proof) -> Proof:
    return replace(proof, verdict=Verdict.FLAG, reasons=("several_receipts",))


@pytest.mark.parametrize("verb", ["reject", "ask"])
@pytest.mark.parametrize(
    "again",
    [
        (PICTURE, PAID),
        (b"the same, saved again", PAID),
        (b"a photo", replace(PAID, reference=None)),
    ],
    ids=["the same file", "another file", "a photo of it"],
)
def test_what_staff_did_not_take_is_not_taken_by_the_machine_either(
    going: Round, verb: str, again: tuple[bytes, Proof]
):
    case = going.billed()
    assert proves(going, case, held(PAID), picture=PICTURE) is InboxState.HELD
    desk = Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)
    with going.store.read() as tx:
        (item,) = open_items(tx, case_id=case.id)
    getattr(desk, verb)(item.id, why="no such money at the bank")
    picture, proof = again
    assert proves(going, case, proof, picture=picture) is InboxState.HELD
    assert waits(going, case)[0] == "refused_by_staff_before"
    assert going.load(case).state is State.BILLED


def test_another_payment_after_a_refused_one_is_taken(going: Round):
    case = going.billed()
    proves(going, case, held(PAID), picture=PICTURE)
    desk = Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)
    with going.store.read() as tx:
        (item,) = open_items(tx, case_id=case.id)
    desk.reject(item.id, why="a payment of somebody else")
    own = replace(PAID, paid_at="2025-09-16T08:11", reference="20250916777")
    assert proves(going, case, own) is InboxState.APPLIED
    assert going.load(case).state is State.PAID


def test_the_same_payment_shown_again_after_it_was_taken_is_only_noted(going: Round):
    """請問有收到嗎？再寄一次。"""
    case = going.billed()
    assert proves(going, case, PAID, picture=PICTURE) is InboxState.APPLIED
    going.sends()
    for picture in (PICTURE, b"a photo of it"):
        assert proves(going, case, PAID, picture=picture) is InboxState.APPLIED
    assert waits(going, case) == ()


def test_a_second_payment_after_the_first_was_taken_is_for_staff(going: Round):
    """Money to give back, and nobody else would tell."""
    case = going.billed()
    proves(going, case, PAID, picture=PICTURE)
    going.sends()
    second = replace(PAID, paid_at="2025-09-16T08:11", reference="20250916777")
    assert proves(going, case, second) is InboxState.HELD
    assert waits(going, case)[0] in ("proof_while_paid", "proof_while_complete")


def test_a_refused_page_with_another_sum_under_the_same_number_is_for_staff(going: Round):
    """Two payments have two numbers: somebody may have written the right sum into the picture."""
    case = going.billed()
    proves(going, case, replace(held(PAID), amount=500), picture=PICTURE)
    desk = Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)
    with going.store.read() as tx:
        (item,) = open_items(tx, case_id=case.id)
    desk.reject(item.id, why="amount too small")
    assert proves(going, case, PAID) is InboxState.HELD
    assert waits(going, case)[0] == "refused_by_staff_before"
