"""Everything that happened to one case, as values in order of time. Nothing is written."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import col, select

from mailflow import saying
from mailflow.logs import masked
from mailflow.person import Registration, changes_between
from mailflow.store import audit, lookup
from mailflow.store.database import StoreError, Transaction
from mailflow.store.tables import (
    Case,
    CaseVersion,
    CreditRow,
    Decision,
    FormRow,
    Inbox,
    LegalHold,
    Outbox,
    Receipt,
    SlipRow,
)
from mailflow.store.vault import SealError

_BYTES: Any = Inbox.raw_sealed  # which may be many, and are not looked at
# Of a receipt, what anybody may see, and what it is called here.
_READ = {
    "kind": "shows",
    "status": "status",
    "amount": "amount",
    "fee": "fee",
    "paid_at": "paid_at",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A personal value by the name of its field; `old` is what it was before, if it changed."""

    name: str
    value: str = field(repr=False)
    old: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. `told` may be shown to anybody at the desk, `personal` may not.

    `kind` is data, form, confirmed, slip, void, letter, mail, receipt, money, money back,
    question, decided or audit.
    """

    at: datetime
    kind: str
    told: dict[str, str]
    personal: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A case with its whole past. `values` are the data in force; empty when they were erased."""

    number: str
    campaign: str
    state: str
    held: bool
    values: tuple[Value, ...]
    moments: tuple[Moment, ...]


def history(tx: Transaction, number: str) -> History:
    """The past of a case, also of one whose data were erased. Raises StoreError for no case."""
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise StoreError(saying.no_case(number))
    case = tx.session.get_one(Case, case_id)
    moments = [moment for part in _PARTS for moment in part(tx, case)]
    data = _data(tx, _versions(tx, case)[-1])
    return History(
        number=case.number,
        campaign=case.campaign,
        state=case.state,
        held=tx.session.get(LegalHold, case.id) is not None,
        values=_all(data) if data else (),
        moments=tuple(sorted(moments, key=lambda moment: moment.at)),
    )


def _versions(tx: Transaction, case: Case) -> Sequence[CaseVersion]:
    query = select(CaseVersion).where(CaseVersion.case_id == case.id)
    return tx.session.exec(query.order_by(col(CaseVersion.version))).all()


def _data(tx: Transaction, row: CaseVersion) -> Registration | None:
    """None after an erasure."""
    try:
        plain = tx.vault.open(row.data_sealed, place=f"case_version.data.{row.id}")
    except SealError:
        return None
    return Registration.from_json(plain.decode())


def _all(data: Registration) -> tuple[Value, ...]:
    return tuple(Value(name.value, value) for name, value in data.values.items() if value)


def _data_moments(tx: Transaction, case: Case) -> Iterator[Moment]:
    before: Registration | None = None
    for row in _versions(tx, case):
        data = _data(tx, row)
        personal: tuple[Value, ...] = ()
        if data and row.version == 1:
            personal = _all(data)
        elif data and before:
            personal = tuple(
                Value(change.field.value, change.new or "", change.old or "")
                for change in changes_between(before, data)
            )
        told = {"version": str(row.version), "source": row.source}
        yield Moment(row.created_at, "data", told, personal)
        if row.confirmed_at:
            yield Moment(row.confirmed_at, "confirmed", {"version": str(row.version)})
        before = data


def _form(tx: Transaction, case: Case) -> Iterator[Moment]:
    """Answers of the form; what they changed stands in the versions."""
    for row in tx.session.exec(select(FormRow).where(FormRow.case_id == case.id)):
        yield Moment(row.seen_at, "form", {"submitted_at": row.submitted_at.isoformat()})


def _slips(tx: Transaction, case: Case) -> Iterator[Moment]:
    for row in tx.session.exec(select(SlipRow).where(SlipRow.case_id == case.id)):
        told = {"slip": row.id[-8:]}
        personal: tuple[Value, ...] = ()
        slip = _opened(tx, row.data_sealed, f"slip.data.{row.id}")
        if slip:
            told |= {name: str(slip[name]) for name in ("amount", "bank", "due_on")}
            personal = (Value("account", str(slip["account"])),)
        yield Moment(row.created_at, "slip", told, personal)
        if row.voided_at:
            yield Moment(row.voided_at, "void", {"slip": row.id[-8:]})


def _letters(tx: Transaction, case: Case) -> Iterator[Moment]:
    for row in tx.session.exec(select(Outbox).where(Outbox.case_id == case.id)):
        told = {
            "letter": row.letter,
            "state": row.state,
            "sent_at": row.sent_at.isoformat() if row.sent_at else "",
            "wording": row.wording,
            "reason": row.reason,
            "relay": masked(row.dsn),
            "id": row.id,
        }
        yield Moment(row.created_at, "letter", told)


def _mails(tx: Transaction, case: Case) -> Iterator[Moment]:
    query = select(Inbox).options(defer(_BYTES)).where(Inbox.case_id == case.id)
    for row in tx.session.exec(query):
        told = {"intent": row.intent, "state": row.state, "reason": row.reason, "id": row.id}
        yield Moment(row.received_at, "mail", told)


def _receipts(tx: Transaction, case: Case) -> Iterator[Moment]:
    for row in tx.session.exec(select(Receipt).where(Receipt.case_id == case.id)):
        told = {"verdict": row.verdict, "reasons": row.reasons, "mail": row.inbox_id}
        read = _opened(tx, row.reading_sealed, f"receipt.reading.{row.id}")
        told |= {
            here: str(read[name]) for name, here in _READ.items() if read.get(name) is not None
        }
        personal = tuple(
            Value(name, str(read[name])) for name in ("account", "reference") if read.get(name)
        )
        yield Moment(row.created_at, "receipt", told, personal)


def _money(tx: Transaction, case: Case) -> Iterator[Moment]:
    for row in tx.session.exec(select(CreditRow).where(CreditRow.case_id == case.id)):
        told = {"amount": str(row.amount), "basis": row.basis, "by": row.credited_by}
        yield Moment(row.credited_at, "money", told)
        if row.removed_at:
            yield Moment(row.removed_at, "money back", {"amount": str(row.amount)})


def _decisions(tx: Transaction, case: Case) -> Iterator[Moment]:
    for row in tx.session.exec(select(Decision).where(Decision.case_id == case.id)):
        told = {"about": row.kind, "reasons": row.reasons, "proposal": row.event, "id": row.id}
        yield Moment(row.opened_at, "question", told)
        if row.decided_at:
            done = {"verb": row.verb, "by": row.decided_by, "why": row.why, "id": row.id}
            yield Moment(row.decided_at, "decided", done)


def _audit(tx: Transaction, case: Case) -> Iterator[Moment]:
    for line in audit.history(tx, case.number):
        told = {"action": line.action, "by": line.actor, "why": line.why}
        yield Moment(line.at, "audit", told)


def _opened(tx: Transaction, sealed: bytes, place: str) -> dict[str, object]:
    """What is sealed there as JSON; nothing when it was erased."""
    try:
        return dict(json.loads(tx.vault.open(sealed, place=place)) or {})
    except SealError:
        return {}


_PARTS: tuple[Callable[[Transaction, Case], Iterator[Moment]], ...] = (
    _data_moments,
    _form,
    _slips,
    _letters,
    _mails,
    _receipts,
    _money,
    _decisions,
    _audit,
)
