"""The form's own link to edit an answer: kept sealed, and told to nobody but the student."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy

from sqlmodel import col, select, text
from store.people import ANNE
from store.test_registering_twice import Row, row

from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.form_import import import_rows
from mailflow.store.tables import Case, Outbox
from mailflow.workflow import Event

LINK = "https://docs.google.com/forms/d/e/1FAIpQL/viewform?edit2=2_ABaOnud&x=1"


def takes_in(store: Store, rules: Rules, now: datetime, answer: Row) -> cases.CaseView:
    import_rows(store, rules, [answer], actor="clerk", now=now)
    with store.read() as tx:
        (case_id,) = tx.session.exec(select(Case.id))
        return cases.load(tx, case_id)


def letter(store: Store, kind: str) -> tuple[str, str]:
    """Text and HTML of the latest letter of that kind."""
    with store.read() as tx:
        query = select(Outbox).where(Outbox.letter == kind).order_by(col(Outbox.id).desc())
        found = tx.session.exec(query).first()
        assert found
        raw = tx.vault.open(found.raw_sealed, place=f"outbox.raw.{found.id}")
    message = message_from_bytes(raw, policy=policy.default)
    bodies = [message.get_body((part,)) for part in ("plain", "html")]
    plain, html = (body.get_content() for body in bodies if body)
    return plain, html


def test_the_confirmation_letter_leads_to_ones_own_answer(
    store: Store, rules: Rules, now: datetime
):
    """報名表單: 資料有誤時，請一併更正."""
    takes_in(store, rules, now, replace(row(ANNE), edit_link=LINK))
    plain, html = letter(store, "data_confirmation")
    assert LINK in plain
    assert LINK.replace("&", "&amp;") in html
    assert "更正信" not in plain + html
    for part in letter(store, "form_receipt"):
        assert "edit2" not in part


def test_without_the_link_a_mail_is_opened_as_ever(store: Store, rules: Rules, now: datetime):
    takes_in(store, rules, now, row(ANNE))
    for part in letter(store, "data_confirmation"):
        assert "更正信" in part
        assert "edit2" not in part


def test_a_link_that_comes_with_a_later_export_stands_in_the_next_letter(
    store: Store, rules: Rules, now: datetime
):
    takes_in(store, rules, now, row(ANNE))
    case = takes_in(store, rules, now, replace(row(ANNE), edit_link=LINK))
    assert case.edit_link == LINK
    assert takes_in(store, rules, now, row(ANNE)).edit_link == LINK  # and is not forgotten
    with store.write() as tx:
        cause = Cause("mailflow", changes={Field.PHONE: "0900000555"})
        Casework(tx, rules, now=now).happen(case, Event.CORRECT, cause=cause)
    assert all("edit2" in part for part in letter(store, "data_changed"))


def test_the_link_is_sealed(store: Store, rules: Rules, now: datetime):
    case = takes_in(store, rules, now, replace(row(ANNE), edit_link=LINK))
    assert LINK not in repr(case)
    with store.read() as tx:
        (stored,) = tx.session.exec(text("SELECT edit_link_sealed FROM cases")).one()  # type: ignore[call-overload]
    assert b"google" not in bytes(stored)
