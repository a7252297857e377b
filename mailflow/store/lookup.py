"""Which cases are meant: by number, address, student, person, tag or state."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from mailflow.store.cases import CaseView, load
from mailflow.store.database import Transaction
from mailflow.store.tables import Case, Person
from mailflow.store.vault import SealError
from mailflow.workflow import State


class Waiting(NamedTuple):
    """What a case's row says of time."""

    id: str
    state: str
    changed_at: datetime
    letter_at: datetime | None
    pay_until: datetime | None
    settled_amount: int


_BY_NUMBER = select(Case.id).where(func.lower(Case.number) == bindparam("number"))
_BY_ADDRESS = select(Case.id).where(Case.address_index == bindparam("address"))


def number_of(tx: Transaction, case_id: str) -> str:
    """The case number."""
    return tx.session.get_one(Case, case_id).number


def by_number(tx: Transaction, number: str) -> str | None:
    """Case id by case number."""
    return tx.session.exec(_BY_NUMBER, params={"number": number.lower()}).first()


def by_address(tx: Transaction, address: str, *, campaign: str | None = None) -> list[str]:
    """Ids of the cases registered with this address, in one round or in all."""
    index = tx.blind("address", address.lower())
    if campaign is None:
        return list(tx.session.exec(_BY_ADDRESS, params={"address": index}))
    query = select(Case.id).where(Case.address_index == index, Case.campaign == campaign)
    return list(tx.session.exec(query))


def by_student(tx: Transaction, student_no: str, *, campaign: str) -> list[str]:
    """Ids of the campaign's cases with this student number."""
    query = select(Case.id).where(
        Case.student_index == tx.blind("student_no", student_no.upper()),
        Case.campaign == campaign,
    )
    return list(tx.session.exec(query))


def by_identity(tx: Transaction, national_id: str, *, campaign: str) -> list[str]:
    """Ids of the campaign's cases that have this identity number now."""
    index = tx.blind("national_id", national_id.upper())
    own = select(Case.id).where(Case.identity_index == index, Case.campaign == campaign)
    older = (  # two questions, so that each has an index to look into
        select(Case.id)
        .join(Person, col(Person.id) == Case.person_id)
        .where(
            Person.identity_index == index, Case.campaign == campaign, Case.identity_index == b""
        )
    )
    return [*tx.session.exec(own), *tx.session.exec(older)]


def by_person(tx: Transaction, person_id: str, *, campaign: str) -> list[str]:
    """Ids of the campaign's cases of this person."""
    query = select(Case.id).where(Case.person_id == person_id, Case.campaign == campaign)
    return list(tx.session.exec(query))


def by_reply_tag(tx: Transaction, tag: str) -> str | None:
    """Case id by the rightless reply tag."""
    return tx.session.exec(select(Case.id).where(Case.reply_tag == tag.lower())).first()


def in_states(tx: Transaction, states: tuple[State, ...], *, campaign: str) -> list[str]:
    """Ids of the campaign's cases in these states, oldest first."""
    query = (
        select(Case.id)
        .where(col(Case.state).in_(states), Case.campaign == campaign)
        .order_by(col(Case.id))
    )
    return list(tx.session.exec(query))


def waiting(tx: Transaction, states: tuple[State, ...], *, campaign: str) -> list[Waiting]:
    """The campaign's cases in these states, oldest first, without anything sealed."""
    query = (
        select(*(getattr(Case, name) for name in Waiting._fields))
        .where(col(Case.state).in_(states), Case.campaign == campaign)
        .order_by(col(Case.id))
    )
    return [Waiting(*row) for row in tx.session.exec(query)]


def in_campaign(tx: Transaction, campaign: str) -> list[CaseView]:
    """All cases of the campaign as they stand, oldest first; erased ones are left out."""
    found = []
    for case_id in in_states(tx, tuple(State), campaign=campaign):
        with suppress(SealError):
            found.append(load(tx, case_id))
    return found
