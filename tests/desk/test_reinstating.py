"""A registration that was given up goes on: one command, one letter, a deadline of its own."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from desk.test_importing import row
from sqlmodel import select
from store.people import ANNE, SLIP
from store.round import Round, at
from store.test_billing import making

from mailflow.desk import Desk, DeskError
from mailflow.desk.importing import import_rows
from mailflow.desk.reinstating import reinstate
from mailflow.reading.result import TokenState
from mailflow.runners.clock import Clock
from mailflow.slips import make_slip
from mailflow.store import cases, tokens
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.queue import open_decision, open_items
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, State

UNTIL = date(2025, 10, 3)  # a Friday


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


@pytest.fixture
def clerk(going: Round) -> Desk:
    return Desk(going.store, going.rules, actor="clerk", now=going.ticks)


def clock_looks(going: Round) -> None:
    going.compares()
    Clock(going.store, going.rules, now=lambda: going.now).step()


def given_up(going: Round, *, billed: bool) -> CaseView:
    case = going.billed() if billed else going.asked()
    going.sends()
    going.now = at(9, 24, 0)
    clock_looks(going)
    assert going.load(case).state is State.ABANDONED
    going.sends()
    going.now = at(9, 25)
    return case


def last_letter(going: Round) -> str:
    with going.store.read() as tx:
        row = tx.session.exec(select(Outbox).order_by(Outbox.id.desc())).first()
        raw = tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}")
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return body.get_content()


def test_who_had_confirmed_gets_the_slip_with_the_new_day(going: Round, clerk: Desk):
    case = given_up(going, billed=True)
    said = reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    assert said == f"reinstate {case.number}=billed until=2025-10-03"
    assert going.sends() == ["reinstated"]
    text = last_letter(going)
    assert "您的截止時間為 2025 年 10 月 3 日（星期五）23:59" in text
    assert "繳款期限 Due on：2025 年 10 月 3 日" in text
    assert "+c." not in text
    slip = going.load(case).slip
    assert slip.due_on == UNTIL
    assert (slip.amount, slip.account) == (case.slip.amount, case.slip.account)


def test_where_slips_are_made_here_a_new_one_with_the_new_day_is_made(store: Store, rules: Rules):
    going = Round(store, making(rules))
    desk = Desk(store, going.rules, actor="clerk", now=lambda: going.now)
    case = going.happens(going.asked(), Event.CONFIRM)
    going.sends()
    going.now = at(9, 24, 0)
    clock_looks(going)
    going.now = at(9, 25)
    reinstate(desk, case.number, until=UNTIL, why="was in hospital")
    slip = going.load(case).slip
    assert slip.due_on == UNTIL
    assert slip.account != case.slip.account
    assert slip.barcodes
    assert "reinstated" in going.sends()


def test_a_store_would_refuse_the_old_barcodes_so_the_new_slip_has_none(going: Round, clerk: Desk):
    paper = making(going.rules).campaign.slip
    barcodes = make_slip(paper, case="iPAS114-0001", amount=600, due_on=SLIP.due_on).barcodes
    case = going.billed()
    with going.store.write() as tx:
        cases.put_slip(tx, going.load(case), replace(SLIP, barcodes=barcodes), now=going.now)
    going.sends()
    going.now = at(9, 24, 0)
    clock_looks(going)
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    assert going.load(case).slip == replace(SLIP, due_on=UNTIL, barcodes=None)


def test_the_growing_export_does_not_bring_back_the_old_day(going: Round, clerk: Desk):
    case = given_up(going, billed=True)
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    for slip in (SLIP, replace(SLIP, due_on=UNTIL)):
        rows = [row(ANNE, slip=slip)]
        import_rows(going.store, going.rules, rows, actor="clerk", now=going.now)
        assert going.load(case).slip.due_on == UNTIL
    with going.store.read() as tx:
        assert open_items(tx, case_id=case.id) == []


def test_who_had_not_is_asked_again_and_only_the_new_button_counts(going: Round, clerk: Desk):
    case = given_up(going, billed=False)
    with going.store.write() as tx:
        old = tokens.issue_token(tx, cases.load(tx, case.id), now=at(9, 10), days=60)
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    assert going.load(case).state is State.ASKED
    assert going.sends() == ["reinstated"]
    assert "+c." in last_letter(going)
    with going.store.read() as tx:
        assert tokens.check_token(tx, old, now=going.now)[0] is TokenState.STALE


def test_she_is_not_given_up_at_once_but_reminded_and_in_the_end_given_up(
    going: Round, clerk: Desk
):
    case = given_up(going, billed=True)
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    going.sends()
    told = []
    for day in range(26, 39):
        going.now = at(9, 26) + timedelta(days=day - 26)
        clock_looks(going)
        told += [(going.now.day, kind) for kind in going.sends()]
    assert told == [(30, "reminder"), (2, "reminder"), (8, "abandoned")]  # 10/6 is a day off
    assert going.load(case).state is State.ABANDONED


def test_reinstated_twice_she_is_told_twice(going: Round, clerk: Desk):
    case = given_up(going, billed=True)
    reinstate(clerk, case.number, until=date(2025, 9, 26), why="was in hospital")
    assert going.sends() == ["reinstated"]
    going.now = at(10, 1)  # 9/29 is a day off
    clock_looks(going)
    assert going.sends() == ["abandoned"]
    reinstate(clerk, case.number, until=UNTIL, why="still in hospital")
    assert going.sends() == ["reinstated"]


def test_asked_again_and_confirmed_she_gets_a_slip(going: Round, clerk: Desk):
    """Withdrawn after the slip went out: the letters of the first time do not stand in the way."""
    case = going.billed()
    going.sends()
    going.happens(case, Event.WITHDRAW)
    going.sends()
    going.now = at(9, 15)
    reinstate(clerk, case.number, until=UNTIL, why="changed her mind")
    assert going.sends() == ["reinstated"]
    assert going.happens(case, Event.CONFIRM).state is State.BILLED
    assert going.sends() == ["payment_slip"]
    assert "2025 年 10 月 3 日" in last_letter(going)


def test_the_letter_of_giving_up_that_has_not_left_does_not_leave(going: Round, clerk: Desk):
    case = going.billed()
    going.sends()
    going.now = at(9, 24, 0)
    clock_looks(going)
    reinstate(clerk, case.number, until=UNTIL, why="a mistake of ours")
    assert going.sends() == ["reinstated"]
    assert going.letters("abandoned") == [("abandoned", "held", "overtaken")]


def test_who_did_it_and_why_is_written_down(going: Round, clerk: Desk):
    case = given_up(going, billed=True)
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    with going.store.read() as tx:
        line = next(one for one in history(tx, case.number) if one.action == "resume")
    assert (line.actor, line.why) == ("clerk", "was in hospital")


def test_the_question_whether_to_give_up_is_answered_by_it(going: Round, clerk: Desk):
    case = given_up(going, billed=True)
    with going.store.write() as tx:
        open_decision(
            tx, kind="case", reasons=("late",), event=Event.DEADLINE, case_id=case.id,
            now=going.now,
        )  # fmt: skip
    reinstate(clerk, case.number, until=UNTIL, why="was in hospital")
    with going.store.read() as tx:
        assert open_items(tx, case_id=case.id) == []


@pytest.mark.parametrize(
    ("until", "why"),
    [(date(2025, 9, 24), "because"), (UNTIL, " ")],
    ids=["a day that is over", "no reason"],
)
def test_what_is_not_possible_is_said_and_changes_nothing(
    going: Round, clerk: Desk, until: date, why: str
):
    case = given_up(going, billed=True)
    before = going.load(case)
    with pytest.raises(DeskError):
        reinstate(clerk, case.number, until=until, why=why)
    assert going.load(case) == before


def test_only_what_was_given_up_or_withdrawn_is_reinstated(going: Round, clerk: Desk):
    case = going.asked()
    with pytest.raises(DeskError, match="nothing to reinstate"):
        reinstate(clerk, case.number, until=UNTIL, why="because")
    with pytest.raises(DeskError, match="no case"):
        reinstate(clerk, "iPAS114-9999", until=UNTIL, why="because")


def test_what_staff_have_not_decided_does_not_come_in_by_this_door(going: Round, clerk: Desk):
    case = given_up(going, billed=False)
    with going.store.write() as tx:
        open_decision(
            tx, kind="case", reasons=("doubtful",), event=Event.ASK, case_id=case.id,
            now=going.now,
        )  # fmt: skip
    with pytest.raises(DeskError, match="decide"):
        reinstate(clerk, case.number, until=UNTIL, why="because")
