"""What happens to a case, carried out in the store."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select, update
from store.people import ANNE, BART, SLIP

from mailflow.person import Field
from mailflow.reading.result import TokenState
from mailflow.store import cases, outbox, tokens, unknown
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.queue import open_items
from mailflow.store.tables import Outbox, OutboxState
from mailflow.workflow import Event, Hold, State

MACHINE = Cause(actor="mailflow")


def register(tx: Transaction, rules: Rules, now: datetime, data=ANNE) -> CaseView:
    return Casework(tx, rules, now=now).register(data, cause=MACHINE, problems=())


def letters(tx: Transaction, case: CaseView) -> list[str]:
    query = select(Outbox.letter).where(Outbox.case_id == case.id).order_by(Outbox.id)
    return list(tx.session.exec(query))


def happen(tx: Transaction, rules: Rules, now: datetime, case: CaseView, event: Event, **more):
    cause = Cause(actor="mailflow", **more)
    step = Casework(tx, rules, now=now).happen(cases.load(tx, case.id), event, cause=cause)
    return step, cases.load(tx, case.id)


def test_anne_registers_confirms_pays_and_is_told(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        case = register(tx, rules, now)
        assert case.state is State.ASKED
        cases.put_slip(tx, case, SLIP, now=now)
    with store.write() as tx:
        _, case = happen(tx, rules, now, case, Event.CONFIRM)
        assert case.state is State.BILLED
    with store.write() as tx:
        _, case = happen(tx, rules, now, case, Event.PROOF)
        _, case = happen(tx, rules, now, case, Event.TOLD)
        assert case.state is State.COMPLETE
        assert letters(tx, case) == [
            "form_receipt",
            "data_confirmation",
            "payment_slip",
            "proof_accepted",
        ]
        done = [line.action for line in history(tx, case.number)]
        assert [action for action in done if action != "privacy_notice_shown"] == [
            "registered", "ask", "confirm", "bill", "proof", "told",
        ]  # fmt: skip


def test_the_case_knows_which_notice_of_personal_data_anne_was_shown(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = register(tx, rules, now)
        shown = [line for line in history(tx, case.number) if "privacy" in line.action]
        assert [line.why for line in shown] == [
            "version 1 in form_receipt", "version 1 in data_confirmation",
        ]  # fmt: skip
        assert {line.at for line in shown} == {now}


def test_pressing_the_button_twice_sends_one_slip(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        case = cases.put_slip(tx, register(tx, rules, now), SLIP, now=now)
        happen(tx, rules, now, case, Event.CONFIRM)
        step, case = happen(tx, rules, now, case, Event.CONFIRM)
        assert not isinstance(step, Hold)
        assert letters(tx, case).count("payment_slip") == 1


def test_without_a_slip_the_confirmed_case_waits_for_staff(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        _, case = happen(tx, rules, now, register(tx, rules, now), Event.CONFIRM)
        assert case.state is State.CONFIRMED
        assert [item.reasons for item in open_items(tx)] == [("slip_missing",)]


def test_a_slip_with_another_amount_than_the_fee_is_never_sent(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = register(tx, rules, now)
        cases.put_slip(tx, case, replace(SLIP, amount=60), now=now)
        _, case = happen(tx, rules, now, case, Event.CONFIRM)
        assert case.state is State.CONFIRMED
        assert open_items(tx)[0].reasons == ("slip_amount_differs_from_fee",)


def test_a_correction_makes_a_new_version_and_voids_the_old_button(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = register(tx, rules, now)
        old = tokens.issue_token(tx, case, now=now, days=60)
        assert tokens.check_token(tx, old, now=now)[0] is TokenState.VALID
        _, case = happen(tx, rules, now, case, Event.CORRECT, changes={Field.PHONE: "0987654321"})
        assert case.data[Field.PHONE] == "0987654321"
        assert case.data_version == 2
        assert tokens.check_token(tx, old, now=now)[0] is TokenState.STALE
        new = tokens.issue_token(tx, case, now=now, days=60)
        assert tokens.check_token(tx, new, now=now)[0] is TokenState.VALID
        assert letters(tx, case)[-1] == "data_changed"


def test_a_letter_that_shows_outdated_data_is_held_back(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        case = register(tx, rules, now)
        happen(tx, rules, now, case, Event.CORRECT, changes={Field.PHONE: "0987654321"})
        states = dict(tx.session.exec(select(Outbox.letter, Outbox.state)).all())
        assert states["data_confirmation"] == "held"
        assert states["data_changed"] == "queued"


@pytest.mark.parametrize("change", ["flip", "shorten", "lengthen"])
def test_an_altered_token_is_worth_nothing(store: Store, rules: Rules, now: datetime, change: str):
    with store.write() as tx:
        token = tokens.issue_token(tx, register(tx, rules, now), now=now, days=60)
        altered = {
            "flip": ("A" if token[0] != "A" else "B") + token[1:],
            "shorten": token[:-1],
            "lengthen": token + "A",
        }[change]
        assert tokens.check_token(tx, altered, now=now)[0] is TokenState.UNKNOWN
        assert tokens.check_token(tx, token.lower(), now=now)[0] is TokenState.VALID
        later = now + timedelta(days=61)
        assert tokens.check_token(tx, token, now=later)[0] is TokenState.EXPIRED


def test_a_correction_after_the_slip_is_for_a_person(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        case = cases.put_slip(tx, register(tx, rules, now), SLIP, now=now)
        happen(tx, rules, now, case, Event.CONFIRM)
        step, after = happen(
            tx, rules, now, case, Event.CORRECT, changes={Field.PHONE: "0987654321"}
        )
        assert isinstance(step, Hold)
        assert after.data == ANNE


def test_two_who_change_a_case_at_once_do_not_overwrite_each_other(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = register(tx, rules, now)
    with store.write() as tx:
        happen(tx, rules, now, case, Event.CORRECT, changes={Field.PHONE: "0987654321"})
    with store.write() as tx, pytest.raises(ChangedMeanwhileError):
        cases.move(tx, case, State.CONFIRMED, now=now)


def test_one_person_gets_so_many_letters_a_day_and_no_more(
    store: Store, rules: Rules, now: datetime
):
    with store.write() as tx:
        case = register(tx, rules, now)
        for number in range(12):
            happen(
                tx, rules, now, case, Event.CORRECT, changes={Field.PHONE: f"09876543{number:02}"}
            )
        queued = outbox.answers_since(tx, ANNE[Field.EMAIL], since=now - timedelta(hours=1))
        held = [item for item in open_items(tx) if "too_many_letters_today" in item.reasons]
        assert queued == 14
        assert len(held) == 4


def test_case_numbers_follow_each_other(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        assert register(tx, rules, now).number == "iPAS114-0001"
        assert register(tx, rules, now, BART).number == "iPAS114-0002"


def test_the_same_address_for_two_people_waits_for_staff(store: Store, rules: Rules, now: datetime):
    with store.write() as tx:
        register(tx, rules, now)
        second = register(tx, rules, now, BART.with_changes({Field.EMAIL: ANNE[Field.EMAIL]}))
        assert second.state is State.REGISTERED
        assert letters(tx, second) == []
        assert open_items(tx)[0].reasons == ("address_registered_twice",)


def test_a_slip_that_was_replaced_is_never_sent_late(store: Store, rules: Rules, now: datetime):
    later = now + timedelta(hours=1)
    with store.write() as tx:
        case = cases.put_slip(tx, register(tx, rules, now), SLIP, now=now)
        _, case = happen(tx, rules, now, case, Event.CONFIRM)
        tx.session.exec(
            update(Outbox).where(Outbox.letter == "payment_slip").values(state="unknown")
        )
        case = cases.put_slip(tx, case, replace(SLIP, account="95821140009999"), now=later)
        happen(tx, rules, later, case, Event.RESEND_SLIP, occasion="new")
        (lost,) = unknown.due(tx, now=later)
        unknown.resolve(tx, lost, OutboxState.QUEUED, reason="not_in_sent_folder", now=later)
    sent = []
    for _ in range(4):
        with store.write() as tx:
            letter = outbox.claim_due(tx, owner="a", now=later, lease=timedelta(minutes=1))
        sent += [letter] if letter else []
    slips = [letter for letter in sent if letter.letter == "payment_slip"]
    assert [letter.id == lost.id for letter in slips] == [False]
