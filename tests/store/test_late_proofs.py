"""Paid in time, proof late: decided on three times that are kept with the receipt."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import select
from store.proving import GOOD, proves, waits
from store.round import Round, at

from mailflow.campaign.round import LateProof
from mailflow.desk import Desk
from mailflow.desk.card import load_card
from mailflow.receipts.result import Proof, Verdict
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_items
from mailflow.store.tables import InboxState, Receipt
from mailflow.workflow import Event, State


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


@pytest.fixture
def lenient(store: Store, rules: Rules) -> Round:
    """The office accepts for three days what was paid in time."""
    three = LateProof(accept_if_paid_in_time_within_days=3)
    campaign = rules.campaign.model_copy(update={"late_proof": three})
    return Round(store, replace(rules, campaign=campaign))


def given_up(going: Round) -> CaseView:
    case = going.billed()
    going.sends()
    going.now = at(9, 24, 0)
    going.compares()
    return going.happens(case, Event.DEADLINE)


def test_within_the_hidden_grace_a_proof_is_in_time(going: Round):
    """逾期未繳/未上傳繳費證明皆視為放棄報名。"""
    case = going.billed()
    going.now = at(9, 23, 20)
    assert proves(going, case) is InboxState.APPLIED
    assert going.load(case).state is State.PAID


def test_after_giving_up_a_late_proof_is_for_staff(going: Round):
    """逾期未繳/未上傳繳費證明皆視為放棄報名。"""
    case = given_up(going)
    going.now = at(9, 24, 9)
    assert proves(going, case) is InboxState.HELD
    assert waits(going, case)[:2] == ("proof_while_abandoned", "proof_late")
    assert going.load(case).state is State.ABANDONED


def test_after_the_grace_it_is_late_though_nobody_has_given_her_up(going: Round):
    case = going.billed()
    going.now = at(9, 25)
    assert proves(going, case) is InboxState.HELD
    assert waits(going, case)[0] == "proof_late"
    assert going.load(case).state is State.BILLED


def test_the_daemon_was_down_but_her_proof_arrived_in_time(going: Round):
    case = going.billed()
    going.now = at(9, 26)
    arrived = at(9, 23, 12)
    assert proves(going, case, sent_at=arrived, arrived_at=arrived) is InboxState.APPLIED


def test_the_machine_accepts_what_the_campaign_lets_it(lenient: Round):
    case = given_up(lenient)
    lenient.now = at(9, 24, 9)
    assert proves(lenient, case) is InboxState.APPLIED
    assert lenient.load(case).state is State.PAID
    assert lenient.sends() == ["proof_accepted"]  # and nobody tells her that she was given up


@pytest.mark.parametrize(
    ("proof", "how"),
    [
        (replace(GOOD, paid_at="2025-09-23T00:01"), {}),
        (replace(GOOD, paid_at=None), {}),
        (replace(GOOD, verdict=Verdict.FLAG), {}),
        (replace(GOOD, verdict=Verdict.ASK), {}),
        (GOOD, {"sent_at": at(9, 22, 22)}),
        (GOOD, {"arrived_at": at(9, 22, 22)}),
    ],
    ids=["paid late", "day unread", "flagged", "asks", "sent long ago", "arrived before sent"],
)
def test_whatever_is_unsure_goes_to_staff(lenient: Round, proof: Proof, how: dict[str, datetime]):
    case = given_up(lenient)
    lenient.now = at(9, 24, 9)
    assert proves(lenient, case, proof, **how) is InboxState.HELD
    assert lenient.load(case).state is State.ABANDONED


def test_a_case_given_up_before_anything_was_billed_is_never_paid(lenient: Round):
    case = lenient.asked()
    lenient.sends()
    lenient.now = at(9, 24, 0)
    lenient.compares()
    lenient.happens(case, Event.DEADLINE)
    lenient.now = at(9, 24, 9)
    assert proves(lenient, case) is InboxState.HELD


def test_all_three_times_are_kept_and_shown(going: Round):
    case = given_up(going)
    going.now = at(9, 24, 9)
    proves(going, case)
    with going.store.read() as tx:
        row = tx.session.exec(select(Receipt)).one()
        (item,) = open_items(tx, case_id=case.id)
    assert row.paid_at == "2025-09-22T21:10"
    assert (row.sent_at, row.arrived_at) == (at(9, 24, 8, 58), at(9, 24, 8, 59))
    desk = Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)
    card = load_card(desk, item.id)
    assert card.facts()["times"] == {
        "paid_at": "2025-09-22 21:10",
        "sent_at": "2025-09-24 08:58",
        "arrived_at": "2025-09-24 08:59",
        "until": "2025-09-22 23:59",
    }
    told = dict(card.lines())
    assert told["繳款時間（證明上）"] == "2025-09-22 21:10"
    assert told["截止時間"] == "2025-09-22 23:59"


def test_staff_may_accept_the_late_proof(going: Round):
    case = given_up(going)
    going.now = at(9, 24, 9)
    proves(going, case)
    with going.store.read() as tx:
        (item,) = open_items(tx, case_id=case.id)
    desk = Desk(going.store, going.rules, actor="clerk", now=lambda: going.now)
    desk.accept(item.id, why="paid in time")
    assert going.load(case).state is State.PAID
