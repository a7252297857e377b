"""What a student is told twice is told in other words, and a third time by a person."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from sqlmodel import col, select
from store.round import Round, at

from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.tables import Outbox
from mailflow.workflow import Event, Letter


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


def asks_for_the_button(going: Round, case: CaseView, occasion: str) -> None:
    with going.store.write() as tx:
        work = Casework(tx, going.rules, now=going.now)
        work.send(Letter.PRESS_BUTTON, cases.load(tx, case.id), cause=Cause("m", occasion=occasion))


def texts(going: Round, letter: str) -> list[str]:
    with going.store.read() as tx:
        query = select(Outbox).where(Outbox.letter == letter).order_by(col(Outbox.id))
        raws = [
            tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}")
            for row in tx.session.exec(query)
        ]
    bodies = [message_from_bytes(raw, policy=policy.default).get_body(("plain",)) for raw in raws]
    return [body.get_content() for body in bodies if body]


def test_the_second_letter_about_the_button_says_that_it_is_the_second(going: Round):
    case = going.asked()
    asks_for_the_button(going, case, "2025-09-10")
    going.sends()
    asks_for_the_button(going, case, "2025-09-11")
    assert ["先前已經寫信" in text for text in texts(going, "press_button")] == [False, True]


def test_a_letter_about_other_data_is_a_first_one(going: Round):
    case = going.asked()
    asks_for_the_button(going, case, "2025-09-10")
    going.sends()
    with going.store.write() as tx:
        cause = Cause("clerk", source="staff", changes={Field.PHONE: "0900000333"})
        Casework(tx, going.rules, now=going.now).happen(
            cases.load(tx, case.id), Event.CORRECT, cause=cause
        )
    asks_for_the_button(going, case, "2025-09-11")
    assert ["先前已經寫信" in text for text in texts(going, "press_button")] == [False, False]


def test_two_reminders_never_have_the_same_words(going: Round):
    case = going.billed()
    going.sends()
    for day, occasion in ((19, "3d"), (21, "1d")):
        going.now = at(9, day)
        going.happens(case, Event.REMIND, occasion=occasion)
    first, second = texts(going, "reminder")
    assert "還有 3 天" in first
    assert "只剩 1 天" in second


def test_a_reminder_composed_in_the_evening_counts_from_the_morning_it_leaves(
    store: Store, rules: Rules
):
    going = Round(store, replace(rules, office_hours=(8, 18)))
    case = going.billed()
    going.now = at(9, 18, 20)
    going.happens(case, Event.REMIND, occasion="3d")
    (text,) = texts(going, "reminder")
    assert "從 2025 年 9 月 19 日（星期五）算起，還有 3 天" in text
