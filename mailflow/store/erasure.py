"""Erasing a person: destroying the wrapped keys makes every sealed value unreadable."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, col, delete, func, or_, select, update

from mailflow import saying
from mailflow.logs import masked
from mailflow.store import lookup
from mailflow.store.after_tables import (
    AftercareRow,
    Certificate,
    Enrolment,
    PayeeRow,
    PayeeToken,
    RefundRow,
)
from mailflow.store.audit import record
from mailflow.store.database import Store, StoreError, Transaction
from mailflow.store.holds import held
from mailflow.store.tables import (
    BankLineRow,
    Case,
    CaseVersion,
    CreditRow,
    DataKey,
    Decision,
    FormRow,
    Inbox,
    InboxState,
    Outbox,
    OutboxState,
    Person,
    Receipt,
    SlipRow,
)
from mailflow.workflow import State


@dataclass(frozen=True, slots=True)
class _Traces:
    """What belongs to a person, by id, while the keys that tell it are still there."""

    person: str
    cases: dict[str, str]  # id to number
    keys: list[str]
    mails: list[str]
    letters: list[str]
    lines: list[str]  # of the bank, that count for the person's cases


def cases_of_person(tx: Transaction, number: str) -> list[str]:
    """The numbers of all cases, in all rounds, that erasing the person of this case hits.

    Raises StoreError when there is no such case.
    """
    return sorted(_traces(tx, number).cases.values())


def rows_of_person(tx: Transaction, number: str) -> dict[str, int]:
    """How many rows of which table erasing the person of this case makes unreadable."""
    traces = _traces(tx, number)
    of_cases = {
        "case_version": col(CaseVersion.case_id).in_(traces.cases),
        "form_row": col(FormRow.case_id).in_(traces.cases),
        "slip": col(SlipRow.case_id).in_(traces.cases),
        "receipt": _its_receipt(traces),
        "decision": _about(traces),
        "aftercare": col(AftercareRow.case_id).in_(traces.cases),
        "refund": col(RefundRow.case_id).in_(traces.cases),
        "payee": col(PayeeRow.case_id).in_(traces.cases),
        "certificate": col(Certificate.case_id).in_(traces.cases),
        "bank_line": col(BankLineRow.id).in_(traces.lines),
    }
    tables: dict[str, type[SQLModel]] = {
        "case_version": CaseVersion, "form_row": FormRow, "slip": SlipRow, "receipt": Receipt,
        "decision": Decision, "aftercare": AftercareRow, "refund": RefundRow, "payee": PayeeRow,
        "certificate": Certificate, "bank_line": BankLineRow,
    }  # fmt: skip
    counted = {
        name: tx.session.exec(select(func.count()).select_from(tables[name]).where(where)).one()
        for name, where in of_cases.items()
    }
    known = {"cases": len(traces.cases), "inbox": len(traces.mails), "outbox": len(traces.letters)}
    return {name: count for name, count in (known | counted).items() if count}


def erase_person(tx: Transaction, number: str, *, actor: str, why: str, now: datetime) -> list[str]:
    """Destroy all keys of the person behind a case; returns the numbers of the person's cases.

    Raises StoreError when there is no such case, or one of them is on legal hold. Rows stay, as
    numbers without a meaning: blind indexes and digests are overwritten, waiting letters are held
    back, waiting mails discarded, cases and open questions closed.
    The caller commits, and then calls `forget_old_pages`.
    """
    traces = _traces(tx, number)
    kept = sorted(traces.cases[case_id] for case_id in held(tx) & traces.cases.keys())
    if kept:
        raise StoreError(f"{', '.join(kept)} is on legal hold: see `mailflow case unhold`")
    _close_questions(tx, traces, actor=actor, why=why, now=now)
    _blank_aftercare(tx, traces)
    _blank_cases(tx, traces)
    _blank_mails(tx, traces)
    _blank_letters(tx, traces)
    _blank_lines(tx, traces)
    tx.session.exec(
        update(Person)
        .where(col(Person.id) == traces.person)
        .values(erased_at=now, identity_index=b"")
    )
    of_person = col(DataKey.person_id) == traces.person
    tx.session.exec(delete(DataKey).where(or_(of_person, col(DataKey.id).in_(traces.keys))))
    numbers = sorted(traces.cases.values())
    for one in numbers:
        record(tx, "erased", subject=one, actor=actor, why=why, now=now)
    return numbers


def forget_old_pages(store: Store) -> bool:
    """Empty SQLite's write-ahead log, where the erased keys still lie in older pages.

    False when another process kept it in use; call it again then. PostgreSQL recycles its own log.
    """
    if store.engine.dialect.name != "sqlite":
        return True
    connection = store.engine.raw_connection()  # a checkpoint can't be within a transaction
    try:
        cursor = connection.cursor()
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return not busy


def _traces(tx: Transaction, number: str) -> _Traces:
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise StoreError(saying.no_case(number))
    person = tx.session.get_one(Case, case_id).person_id
    query = select(Case.id, Case.number).where(Case.person_id == person)
    owned = dict(tx.session.exec(query).all())
    keys = list(tx.session.exec(select(DataKey.id).where(DataKey.person_id == person)))
    counted = select(CreditRow.line_id).where(col(CreditRow.case_id).in_(owned))
    its_line = select(BankLineRow.id, BankLineRow.key_id).where(col(BankLineRow.id).in_(counted))
    lines = dict(tx.session.exec(its_line).all())
    keys += lines.values()
    its_mail = or_(col(Inbox.case_id).in_(owned), col(Inbox.key_id).in_(keys))
    its_letter = or_(col(Outbox.case_id).in_(owned), col(Outbox.key_id).in_(keys))
    return _Traces(
        person=person,
        cases=owned,
        keys=keys,
        mails=list(tx.session.exec(select(Inbox.id).where(its_mail))),
        letters=list(tx.session.exec(select(Outbox.id).where(its_letter))),
        lines=list(lines),
    )


def _close_questions(
    tx: Transaction, traces: _Traces, *, actor: str, why: str, now: datetime
) -> None:
    """What they propose can't be read any more."""
    tx.session.exec(
        update(Decision)
        .where(_about(traces), col(Decision.decided_at).is_(None))
        .values(decided_at=now, decided_by=actor, verb="erase", why=masked(why))
    )


def _about(traces: _Traces) -> ColumnElement[bool]:
    return or_(
        col(Decision.case_id).in_(traces.cases),
        col(Decision.key_id).in_(traces.keys),
        col(Decision.inbox_id).in_(traces.mails),
        col(Decision.outbox_id).in_(traces.letters),
    )


def _its_receipt(traces: _Traces) -> ColumnElement[bool]:
    return or_(
        col(Receipt.case_id).in_(traces.cases),
        col(Receipt.inbox_id).in_(traces.mails),
        col(Receipt.key_id).in_(traces.keys),
    )


def _blank_aftercare(tx: Transaction, traces: _Traces) -> None:
    """What is found by an index after the exam; the sums of refunds stay, as numbers."""
    numbers = select(Case.student_index).where(col(Case.id).in_(traces.cases))
    tx.session.exec(delete(Enrolment).where(col(Enrolment.student_index).in_(numbers)))
    tx.session.exec(delete(PayeeToken).where(col(PayeeToken.case_id).in_(traces.cases)))
    tx.session.exec(
        update(PayeeRow).where(col(PayeeRow.case_id).in_(traces.cases)).values(account_index=b"")
    )
    tx.session.exec(
        update(Certificate).where(col(Certificate.case_id).in_(traces.cases)).values(file_index=b"")
    )


def _blank_cases(tx: Transaction, traces: _Traces) -> None:
    tx.session.exec(
        update(Case)
        .where(col(Case.id).in_(traces.cases))
        .values(
            address_index=b"",
            student_index=b"",
            identity_index=b"",
            form_index=b"",
            edit_link_sealed=None,
            state=State.WITHDRAWN,
        )
    )
    tx.session.exec(
        update(FormRow).where(col(FormRow.case_id).in_(traces.cases)).values(answer_index=b"")
    )
    tx.session.exec(
        update(SlipRow).where(col(SlipRow.case_id).in_(traces.cases)).values(account_index=b"")
    )


def _blank_mails(tx: Transaction, traces: _Traces) -> None:
    mails = col(Inbox.id).in_(traces.mails)
    tx.session.exec(update(Inbox).where(mails).values(digest="", identity=""))
    tx.session.exec(
        update(Inbox)
        .where(mails, col(Inbox.state) != InboxState.APPLIED)
        .values(state=InboxState.DISCARDED, reason="erased", lease_owner="", lease_until=None)
    )
    tx.session.exec(
        update(Receipt)
        .where(_its_receipt(traces))
        .values(
            picture_index=b"",
            facts_index=None,
            number_index=None,
            moment_index=None,
            day_index=None,
            likeness=None,
        )
    )


def _blank_letters(tx: Transaction, traces: _Traces) -> None:
    letters = col(Outbox.id).in_(traces.letters)
    waiting = [OutboxState.QUEUED, OutboxState.DEFERRED, OutboxState.HELD]
    tx.session.exec(update(Outbox).where(letters).values(to_index=b""))
    tx.session.exec(
        update(Outbox)
        .where(letters, col(Outbox.state).in_(waiting))
        .values(state=OutboxState.HELD, reason="erased")
    )


def _blank_lines(tx: Transaction, traces: _Traces) -> None:
    """Sum and day stay, as in any ledger; `line_index` too, or the file would bring them back."""
    tx.session.exec(
        update(BankLineRow).where(col(BankLineRow.id).in_(traces.lines)).values(account_index=b"")
    )
