"""What the policy no longer allows to keep: pictures, accounts, raw mail, letters, bank lines that
are nobody's, and in the end the person.

Planning looks and changes nothing; carrying out does exactly what was planned. A case on legal
hold, or with an open question, keeps everything. Rows stay as numbers, their contents go; a mail's
own key is destroyed with it, so that no backup can read it either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import col, delete, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from mailflow.campaign.round import TAIPEI
from mailflow.store import outlived
from mailflow.store.after_tables import Certificate
from mailflow.store.audit import record
from mailflow.store.database import Transaction
from mailflow.store.erasure import erase_person
from mailflow.store.holds import held
from mailflow.store.outlived import parts
from mailflow.store.tables import (
    Case,
    DataKey,
    Decision,
    Inbox,
    InboxState,
    Outbox,
    OutboxState,
    Person,
    Receipt,
)

_SETTLED = (InboxState.APPLIED, InboxState.DISCARDED)
_OVER = (OutboxState.SENT, OutboxState.BOUNCED, OutboxState.HELD)


@dataclass(frozen=True, slots=True)
class Policy:
    """Days after the end of a round. A mail that belongs to no case, and a bank line that staff set
    aside: days after it came."""

    receipts_days: int
    mail_days: int
    cases_days: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due: row ids by table, and the cases whose persons are erased, by id and number.

    `kept` says of cases that would be due why they are kept. Rounds without a campaign file are in
    `unknown_rounds`: nobody knows when they ended, so nothing of them is due.
    """

    receipts: tuple[str, ...] = field(repr=False)
    mails: tuple[str, ...] = field(repr=False)
    letters: tuple[str, ...] = field(repr=False)
    certificates: tuple[str, ...] = field(repr=False)
    payees: tuple[str, ...] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    cases: dict[str, str]
    kept: dict[str, str]
    unknown_rounds: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """How many rows of each table."""
        return {
            "receipt": len(self.receipts),
            "inbox": len(self.mails),
            "outbox": len(self.letters),
            "certificate": len(self.certificates),
            "payee": len(self.payees),
            "bank_line": len(self.lines),
            "cases": len(self.cases),
        }

    @property
    def is_empty(self) -> bool:
        return not any(self.counts().values())


def plan(tx: Transaction, policy: Policy, rounds: Mapping[str, date], *, now: datetime) -> Plan:
    """What is due now; `rounds` are the last days of the rounds, by campaign id."""
    look = _Look(tx, rounds, now.astimezone(TAIPEI).date())
    before = now - timedelta(days=policy.mail_days)
    of_receipts, of_mail = look.due(policy.receipts_days), look.due(policy.mail_days)
    receipts = look.receipts(of_receipts)
    certificates = outlived.certificates_of(tx, [case.id for case in of_receipts])
    mails = look.mails(of_mail, before=before)
    mails |= look.mails_with(Receipt, receipts) | look.mails_with(Certificate, certificates)
    first = min(policy.receipts_days, policy.mail_days, policy.cases_days)
    return Plan(
        receipts=tuple(sorted(receipts)),
        mails=tuple(sorted(mails)),
        letters=tuple(sorted(look.letters(of_mail, before=before))),
        certificates=tuple(sorted(certificates)),
        payees=tuple(sorted(outlived.payees_of(tx, [case.id for case in of_receipts]))),
        lines=tuple(
            sorted(outlived.lines_of_nobody(tx, before=before, rounds=look.over(policy.mail_days)))
        ),
        cases=look.persons(look.due(policy.cases_days)),
        kept=look.kept(first),
        unknown_rounds=look.unknown_rounds(),
    )


def carry_out(tx: Transaction, due: Plan, *, actor: str, now: datetime) -> None:
    """Erase what was planned, and write it down. The caller commits, then `forget_old_pages`."""
    for some in parts(due.receipts):
        gone = update(Receipt).where(col(Receipt.id).in_(some))
        tx.session.exec(gone.values(picture_sealed=b"", reading_sealed=b""))
    for some in parts(due.letters):
        gone = update(Outbox).where(col(Outbox.id).in_(some))
        tx.session.exec(gone.values(raw_sealed=b"", to_sealed=b"", to_index=b""))
    for some in parts(due.mails):
        gone = update(Inbox).where(col(Inbox.id).in_(some))
        tx.session.exec(gone.values(raw_sealed=b"", digest="", identity=""))
    for some in parts(due.mails):
        _destroy_keys(tx, some)
    outlived.empty_certificates(tx, due.certificates)
    outlived.empty_payees(tx, due.payees, now=now)
    outlived.empty_lines(tx, due.lines)
    done: set[str] = set()
    for number in due.cases.values():
        if number not in done:
            done |= set(erase_person(tx, number, actor=actor, why="retention", now=now))
    if not due.is_empty:
        said = " ".join(f"{name}={count}" for name, count in due.counts().items())
        record(tx, "retention", subject="retention", actor=actor, why=said, now=now)


def _destroy_keys(tx: Transaction, mails: Sequence[str]) -> None:
    """The keys of these mails, unless something that is kept was sealed with one of them."""
    keys = set(tx.session.exec(select(Inbox.key_id).where(col(Inbox.id).in_(mails))))
    kept = {
        *tx.session.exec(
            select(Receipt.key_id).where(
                col(Receipt.key_id).in_(keys), func.length(Receipt.picture_sealed) > 0
            )
        ),
        *tx.session.exec(
            select(Outbox.key_id).where(
                col(Outbox.key_id).in_(keys), func.length(Outbox.raw_sealed) > 0
            )
        ),
        *tx.session.exec(
            select(Inbox.key_id).where(
                col(Inbox.key_id).in_(keys), func.length(Inbox.raw_sealed) > 0
            )
        ),
    }
    tx.session.exec(delete(DataKey).where(col(DataKey.id).in_(keys - kept)))


@dataclass(frozen=True, slots=True)
class _Known:
    """A case as far as retention needs it."""

    id: str
    number: str
    campaign: str
    person: str


class _Look:
    """One look at the store, with what is blocked found out once."""

    def __init__(self, tx: Transaction, rounds: Mapping[str, date], today: date) -> None:
        self._tx = tx
        self._rounds = rounds
        self._today = today
        columns = select(Case.id, Case.number, Case.campaign, Case.person_id)
        self._cases = [_Known(*row) for row in tx.session.exec(columns.order_by(col(Case.id)))]
        open_ones = select(Decision.case_id).where(col(Decision.decided_at).is_(None))
        self._open = {case_id for case_id in tx.session.exec(open_ones) if case_id}
        self._held = held(tx)

    def over(self, days: int) -> set[str]:
        """The rounds that ended so many days ago."""
        term = timedelta(days=days)
        return {name for name, ended in self._rounds.items() if ended + term < self._today}

    def _blocked(self, case: _Known) -> str:
        if case.id in self._held:
            return "legal_hold"
        return "open_question" if case.id in self._open else ""

    def due(self, days: int) -> list[_Known]:
        """The cases whose round ended so many days ago, and that nothing keeps."""
        over = self.over(days)
        cases = (case for case in self._cases if case.campaign in over)
        return [case for case in cases if not self._blocked(case)]

    def kept(self, days: int) -> dict[str, str]:
        over = self.over(days)
        cases = (case for case in self._cases if case.campaign in over)
        return {case.number: why for case in cases if (why := self._blocked(case))}

    def unknown_rounds(self) -> tuple[str, ...]:
        return tuple(sorted({case.campaign for case in self._cases} - self._rounds.keys()))

    def receipts(self, due: Sequence[_Known]) -> set[str]:
        full = func.length(Receipt.picture_sealed) > 0
        return {
            row
            for some in parts([case.id for case in due])
            for row in self._ids(select(Receipt.id).where(full, col(Receipt.case_id).in_(some)))
        }

    def mails_with(self, table: type[Receipt | Certificate], papers: set[str]) -> set[str]:
        """The mails that these pictures stand in: they go at the same time."""
        full = func.length(Inbox.raw_sealed) > 0
        brought = select(table.inbox_id)
        return {
            row
            for some in parts(sorted(papers))
            for row in self._ids(
                select(Inbox.id).where(
                    full,
                    col(Inbox.state).in_(_SETTLED),
                    col(Inbox.id).in_(brought.where(col(table.id).in_(some))),
                )
            )
        }

    def mails(self, due: Sequence[_Known], *, before: datetime) -> set[str]:
        waits = select(Decision.inbox_id).where(
            col(Decision.decided_at).is_(None), col(Decision.inbox_id).is_not(None)
        )
        settled = (
            func.length(Inbox.raw_sealed) > 0,
            col(Inbox.state).in_(_SETTLED),
            col(Inbox.id).not_in(waits),
        )
        nobodys = (col(Inbox.case_id).is_(None), col(Inbox.received_at) < before)
        found = set(self._ids(select(Inbox.id).where(*settled, *nobodys)))
        for some in parts([case.id for case in due]):
            found |= set(self._ids(select(Inbox.id).where(*settled, col(Inbox.case_id).in_(some))))
        return found

    def letters(self, due: Sequence[_Known], *, before: datetime) -> set[str]:
        over = (func.length(Outbox.raw_sealed) > 0, col(Outbox.state).in_(_OVER))
        nobodys = (col(Outbox.case_id).is_(None), col(Outbox.created_at) < before)
        found = set(self._ids(select(Outbox.id).where(*over, *nobodys)))
        for some in parts([case.id for case in due]):
            found |= set(self._ids(select(Outbox.id).where(*over, col(Outbox.case_id).in_(some))))
        return found

    def persons(self, due: Sequence[_Known]) -> dict[str, str]:
        """Cases of persons of whom every case, in every round, is due; the erased ones are done."""
        numbers = {case.id: case.number for case in due}
        still = {case.person for case in self._cases if case.id not in numbers}
        erased = set(self._ids(select(Person.id).where(col(Person.erased_at).is_not(None))))
        return {case.id: case.number for case in due if case.person not in still | erased}

    def _ids(self, query: SelectOfScalar[str]) -> list[str]:
        return list(self._tx.session.exec(query))
