"""History, wordings, holds and retention on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select
from store.people import ANNE, SLIP

from mailflow.letters import Standing
from mailflow.receipts.result import Proof, Verdict
from mailflow.receipts.wire import proof_to_json
from mailflow.store import cases, holds, inbox, lookup, receipts, wordings
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, StoreError
from mailflow.store.history import history
from mailflow.store.inbox import Arrival
from mailflow.store.proven import accepted
from mailflow.store.receipts import Claimed
from mailflow.store.retention import Policy, carry_out, plan
from mailflow.store.standing import standing
from mailflow.store.tables import Inbox, InboxState, Outbox, OutboxState, Stage
from mailflow.workflow import Event, Letter

MAIL = b"From: Anne <anne@example.org>\r\nMessage-ID: <1@example.org>\r\n\r\nwords\r\n"
MACHINE = Cause(actor="mailflow")


@pytest.fixture
def number(store: Store, rules: Rules, now: datetime) -> str:
    """Anne has paid, and everything she wrote is read."""
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        case = work.register(ANNE, cause=MACHINE, problems=())
        case = cases.put_slip(tx, case, SLIP, now=now)
        work.happen(case, Event.CONFIRM, cause=MACHINE)
        (mail,) = inbox.store_arrivals(tx, [Arrival("a", "INBOX", 1, 1, MAIL, 9)], now=now)
        row = tx.session.get_one(Inbox, mail)
        row.state, row.case_id = InboxState.APPLIED, case.id
        proof = Proof(amount=600, account="***17", verdict=Verdict.ACCEPT)
        claimed = Claimed(b"PNG", proof_to_json(proof), "accept", ())
        receipts.keep(tx, claimed, inbox_id=mail, case_id=case.id, key_id=row.key_id, now=now)
        work.happen(cases.load(tx, case.id), Event.PROOF, cause=MACHINE)
    return case.number


def test_the_past_is_told_in_order(store: Store, number: str, now: datetime):
    with store.read() as tx:
        past = history(tx, number)
    assert past.moments[0].kind == "data"
    assert [it.at for it in past.moments] == sorted(it.at for it in past.moments)
    assert {"letter", "mail", "receipt", "audit", "confirmed"} <= {it.kind for it in past.moments}
    assert {it.name for it in past.values} >= {"name_zh", "national_id"}
    assert "A123456789" not in repr(past)
    with store.read() as tx, pytest.raises(StoreError, match="no case x"):
        history(tx, "x")


def test_a_wording_is_kept_once(store: Store, rules: Rules, number: str, now: datetime):
    wording = rules.composer.wording(Letter.STATUS)
    for _ in range(2):
        with store.write() as tx:
            wordings.keep(tx, wording, now=now)
    with store.read() as tx:
        kept = {it.letter: it for it in wordings.kept(tx)}
    assert (kept["status"].version, kept["status"].letters) == (wording.version, 0)
    assert kept["status"].first_at == now
    assert kept["proof_accepted"].letters == 1


def test_what_was_accepted_is_known_and_told(
    store: Store, rules: Rules, number: str, now: datetime
):
    with store.read() as tx:
        case = cases.load(tx, lookup.by_number(tx, number) or "")
        (claim,) = accepted(tx, case.id)
    stands = told(store, rules, number, now)
    assert not claim.by_staff
    assert stands
    assert (stands.step, stands.accepted_on) == ("done", date(2025, 9, 10))


def test_the_policy_erases_unless_a_hold_keeps(store: Store, number: str, now: datetime):
    policy, rounds = Policy(0, 0, 0), {"114-2": now.date()}
    later = now + timedelta(days=2)
    with store.write() as tx:
        for row in tx.session.exec(select(Outbox)):
            row.state = OutboxState.SENT
            tx.session.add(row)
        holds.hold(tx, number, actor="clerk", why="x", now=now)
    with store.read() as tx:
        assert plan(tx, policy, rounds, now=later).kept == {number: "legal_hold"}
    with store.write() as tx:
        holds.unhold(tx, number, actor="clerk", why="x", now=now)
    with store.write() as tx:
        due = plan(tx, policy, rounds, now=later)
        found = {name: count for name, count in due.counts().items() if count}
        assert found == {"receipt": 1, "inbox": 1, "outbox": 4, "cases": 1}
        carry_out(tx, due, actor="mailflow", now=later)
    with store.read() as tx:
        assert plan(tx, policy, rounds, now=later).is_empty
        assert history(tx, number).values == ()


def test_where_a_person_must_look_nothing_is_told(
    store: Store, rules: Rules, number: str, now: datetime
):
    """A picture that nobody has read yet, or another sum in the bank's file."""
    with store.write() as tx:
        case_id = lookup.by_number(tx, number) or ""
        (mail,) = inbox.store_arrivals(tx, [Arrival("a", "INBOX", 1, 2, MAIL, 9)], now=now)
        row = tx.session.get_one(Inbox, mail)
        row.stage, row.case_id = Stage.PICTURES, case_id
        tx.session.add(row)
    assert told(store, rules, number, now) is None
    with store.write() as tx:
        tx.session.get_one(Inbox, mail).state = InboxState.APPLIED
    assert told(store, rules, number, now)
    with store.write() as tx:
        cases.note_settled(tx, case_id, amount=500, at=None)
    assert told(store, rules, number, now) is None


def told(store: Store, rules: Rules, number: str, now: datetime) -> Standing | None:
    with store.read() as tx:
        case = cases.load(tx, lookup.by_number(tx, number) or "")
        return standing(tx, case, campaign=rules.campaign, now=now)


def test_after_the_deadline_a_person_tells_who_has_not_paid(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = Casework(tx, rules, now=now).register(ANNE, cause=MACHINE, problems=())
    waits = told(store, rules, case.number, now)
    assert waits
    assert waits.step == "button"
    assert told(store, rules, case.number, rules.campaign.pay_until + timedelta(seconds=1)) is None
