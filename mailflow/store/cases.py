"""Cases with versioned data and slips. The caller commits."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, inspect
from sqlalchemy import select as select_columns
from sqlmodel import col, func, select, update

from mailflow.person import Field, Registration
from mailflow.slips import Slip
from mailflow.store import slips
from mailflow.store.database import ChangedMeanwhileError, Transaction, new_id
from mailflow.store.tables import Case, CaseVersion, ConfirmToken, DataKey, Person, SlipRow
from mailflow.workflow import State


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands: the current data version, its digest, the open slip."""

    id: str
    number: str
    campaign: str
    state: State
    row_version: int
    data_version: int
    key_id: str
    person_id: str
    reply_tag: str
    data: Registration = field(repr=False)
    digest: str
    slip: Slip | None
    slip_at: datetime | None
    unreachable: bool
    created_at: datetime
    changed_at: datetime
    letter_at: datetime | None
    pay_until: datetime | None  # a deadline that staff named for this case alone
    settled_at: datetime | None
    settled_amount: int
    reopened_at: datetime | None
    edit_link: str = field(repr=False)  # where the student edits the form's answer, or ''
    row: Row[Any] = field(repr=False, compare=False)  # all of it as stored, to see a change by

    @property
    def address(self) -> str:
        """The registered address: the only one that ever gets personal data."""
        return self.data[Field.EMAIL]

    @property
    def is_settled(self) -> bool:
        """Taken for paid, and borne out by the bank."""
        return self.settled_at is not None and self.state in (State.PAID, State.COMPLETE)

    @property
    def is_contradicted(self) -> bool:
        """The bank has another sum than is owed, or a claim was opened again: no picture is
        believed without a person."""
        if self.settled_at:
            return False
        owed = self.slip.amount if self.slip else 0
        return self.reopened_at is not None or self.settled_amount not in (0, owed)


def create(
    tx: Transaction,
    data: Registration,
    *,
    campaign: str,
    prefix: str,
    source: str,
    created_at: datetime,
) -> CaseView:
    """A new case in state `registered` with data version 1."""
    person_id = _person(tx, data, created_at)
    key_id = tx.vault.new_key(person_id)
    row = Case(
        id=new_id(),
        campaign=campaign,
        number=_next_number(tx, prefix),
        person_id=person_id,
        key_id=key_id,
        state=State.REGISTERED,
        address_index=tx.blind("address", data[Field.EMAIL].lower()),
        student_index=tx.blind("student_no", data[Field.STUDENT_NO].upper()),
        identity_index=_identity(tx, data),
        reply_tag=secrets.token_hex(8),
        created_at=created_at,
        changed_at=created_at,
    )
    tx.session.add(row)
    _insert_version(tx, row, data, version=1, source=source, now=created_at)
    tx.session.flush()
    return load(tx, row.id)


def _person(tx: Transaction, data: Registration, now: datetime) -> str:
    known = known_person(tx, data[Field.NATIONAL_ID])
    if known:
        return known
    person = Person(id=new_id(), identity_index=_identity(tx, data), created_at=now)
    tx.session.add(person)
    return person.id


def known_person(tx: Transaction, national_id: str) -> str | None:
    """Whoever has registered with this identity number before, in any round; None for nobody."""
    if not national_id:
        return None
    identity = tx.blind("national_id", national_id.upper())
    query = select(Person.id).where(
        Person.identity_index == identity, col(Person.erased_at).is_(None)
    )
    return tx.session.exec(query).first()


def _identity(tx: Transaction, data: Registration) -> bytes:
    return tx.blind("national_id", data[Field.NATIONAL_ID].upper() or new_id())


def _next_number(tx: Transaction, prefix: str) -> str:
    latest = tx.session.exec(
        select(func.max(Case.number)).where(col(Case.number).startswith(f"{prefix}-"))
    ).one()
    return f"{prefix}-{int(latest.rpartition('-')[2]) + 1 if latest else 1:04d}"


def _insert_version(
    tx: Transaction, row: Case, data: Registration, *, version: int, source: str, now: datetime
) -> None:
    version_id = new_id()
    tx.session.add(
        CaseVersion(
            id=version_id,
            case_id=row.id,
            version=version,
            data_sealed=tx.vault.seal(
                data.to_json().encode(),
                key_id=row.key_id,
                place=f"case_version.data.{version_id}",
            ),
            source=source,
            created_at=now,
        )
    )


def _case_as_it_stands() -> Select[Any]:
    """The case's row, its data in force, its slip and the key to both, in one question."""
    is_current = (col(CaseVersion.case_id) == Case.id) & (
        col(CaseVersion.version) == Case.data_version
    )
    is_open = (col(SlipRow.case_id) == Case.id) & col(SlipRow.voided_at).is_(None)
    return (
        select_columns(
            *inspect(Case).columns,
            col(CaseVersion.id).label("version_id"),
            col(CaseVersion.data_sealed),
            col(SlipRow.id).label("slip_id"),
            col(SlipRow.data_sealed).label("slip_sealed"),
            col(SlipRow.created_at).label("slip_at"),
            col(DataKey.kek_id),
            col(DataKey.wrapped),
        )
        .join(CaseVersion, is_current)
        .outerjoin(SlipRow, is_open)
        .outerjoin(DataKey, col(DataKey.id) == Case.key_id)
        .where(col(Case.id) == bindparam("case_id"))
        .order_by(col(SlipRow.id).desc())
        .limit(1)
    )


# Asked for every mail: built once, because building takes longer than the database's answer.
_AS_IT_STANDS = _case_as_it_stands()


def load(tx: Transaction, case_id: str, *, known: CaseView | None = None) -> CaseView:
    """The case as it stands now: `known` itself, when nothing of it has changed since."""
    tx.session.flush()
    row = tx.session.connection().execute(_AS_IT_STANDS, {"case_id": case_id}).one()
    if known is not None and known.row == row:
        return known
    if row.wrapped is not None:
        tx.vault.learn(row.key_id, wrapped=row.wrapped, kek_id=row.kek_id)
    data = _opened(tx, row.data_sealed, version_id=row.version_id)
    return CaseView(
        id=row.id,
        number=row.number,
        campaign=row.campaign,
        state=State(row.state),
        row_version=row.row_version,
        data_version=row.data_version,
        key_id=row.key_id,
        person_id=row.person_id,
        reply_tag=row.reply_tag,
        data=data,
        digest=data.digest(),
        slip=slips.opened(tx, row.slip_sealed, slip_id=row.slip_id) if row.slip_id else None,
        slip_at=row.slip_at,
        unreachable=row.unreachable,
        created_at=row.created_at,
        changed_at=row.changed_at,
        letter_at=row.letter_at,
        pay_until=row.pay_until,
        settled_at=row.settled_at,
        settled_amount=row.settled_amount,
        reopened_at=row.reopened_at,
        edit_link=_edit_link(tx, row),
        row=row,
    )


def _edit_link(tx: Transaction, row: Row[Any]) -> str:
    if not row.edit_link_sealed:
        return ""
    return tx.vault.open(row.edit_link_sealed, place=f"cases.edit_link.{row.id}").decode()


def note_edit_link(tx: Transaction, case: CaseView, link: str) -> CaseView:
    """Keep where the student edits the answer to the form; letters from now on tell it."""
    if not link or link == case.edit_link:
        return case
    sealed = tx.vault.seal(link.encode(), key_id=case.key_id, place=f"cases.edit_link.{case.id}")
    tx.session.exec(update(Case).where(col(Case.id) == case.id).values(edit_link_sealed=sealed))
    return load(tx, case.id)


def data_of_version(tx: Transaction, case_id: str, version: int) -> Registration:
    """The data as they were in one version."""
    row = tx.session.exec(
        select(CaseVersion).where(CaseVersion.case_id == case_id, CaseVersion.version == version)
    ).one()
    return _opened(tx, row.data_sealed, version_id=row.id)


def _opened(tx: Transaction, sealed: bytes, *, version_id: str) -> Registration:
    plain = tx.vault.open(sealed, place=f"case_version.data.{version_id}")
    return Registration.from_json(plain.decode())


def move(tx: Transaction, case: CaseView, state: State, *, now: datetime) -> CaseView:
    """Compare-and-set of the state; raises ChangedMeanwhileError."""
    return _change(tx, case, now=now, state=state)


def new_version(
    tx: Transaction, case: CaseView, data: Registration, *, source: str, now: datetime
) -> CaseView:
    """Put a new data version in force; earlier ones are kept, earlier buttons become stale."""
    row = tx.session.get_one(Case, case.id)
    version = case.data_version + 1
    _insert_version(tx, row, data, version=version, source=source, now=now)
    moved = data[Field.EMAIL].lower() != case.address.lower()
    return _change(
        tx,
        case,
        now=now,
        unreachable=case.unreachable and not moved,
        data_version=version,
        address_index=tx.blind("address", data[Field.EMAIL].lower()),
        student_index=tx.blind("student_no", data[Field.STUDENT_NO].upper()),
        identity_index=_identity(tx, data),
    )


def confirmed(tx: Transaction, case: CaseView, *, now: datetime) -> None:
    """The student has confirmed exactly the current version; its buttons are used up."""
    tx.session.exec(
        update(CaseVersion)
        .where(col(CaseVersion.case_id) == case.id, col(CaseVersion.version) == case.data_version)
        .values(confirmed_at=now)
    )
    tx.session.exec(
        update(ConfirmToken)
        .where(
            col(ConfirmToken.case_id) == case.id,
            col(ConfirmToken.version) == case.data_version,
            col(ConfirmToken.used_at).is_(None),
        )
        .values(used_at=now)
    )


def name_deadline(tx: Transaction, case: CaseView, until: datetime, *, now: datetime) -> CaseView:
    """From now on this case has a deadline of its own."""
    return _change(tx, case, now=now, pay_until=until)


def is_confirmed(tx: Transaction, case: CaseView) -> bool:
    """Whether the student confirmed the data in force."""
    query = select(CaseVersion.confirmed_at).where(
        CaseVersion.case_id == case.id, CaseVersion.version == case.data_version
    )
    return tx.session.exec(query).one() is not None


def has_changed_since(tx: Transaction, case: CaseView, at: datetime) -> bool:
    """Whether the data in force are younger than that."""
    query = select(CaseVersion.created_at).where(
        CaseVersion.case_id == case.id, CaseVersion.version == case.data_version
    )
    return tx.session.exec(query).one() > at


def form_row_is_new(tx: Transaction, case: CaseView, data: Registration) -> bool:
    """Whether the form says something else than at its last import; remembers what it says."""
    row = tx.session.get_one(Case, case.id)
    index = tx.blind("form_row", data.to_json())
    if row.form_index == index:
        return False
    tx.session.exec(update(Case).where(col(Case.id) == case.id).values(form_index=index))
    return True


def note_letter(tx: Transaction, case_id: str, *, now: datetime) -> None:
    """A letter to the student was composed (reminders keep their distance from it)."""
    tx.session.exec(update(Case).where(col(Case.id) == case_id).values(letter_at=now))


def note_settled(tx: Transaction, case_id: str, *, amount: int, at: datetime | None) -> None:
    """What the bank says has come for the case, NT$; `at` when that was all that is owed."""
    tx.session.exec(
        update(Case).where(col(Case.id) == case_id).values(settled_amount=amount, settled_at=at)
    )


def note_reopened(tx: Transaction, case_id: str, *, now: datetime) -> None:
    """The bank did not bear out the claim: the mark is taken away."""
    tx.session.exec(
        update(Case).where(col(Case.id) == case_id).values(reopened_at=now, settled_at=None)
    )


def mark_unreachable(tx: Transaction, case_id: str) -> None:
    """The registered address bounced for good; a new address, or staff, end this."""
    tx.session.exec(update(Case).where(col(Case.id) == case_id).values(unreachable=True))


def _change(tx: Transaction, case: CaseView, *, now: datetime, **values: object) -> CaseView:
    result = tx.session.exec(
        update(Case)
        .where(col(Case.id) == case.id, col(Case.row_version) == case.row_version)
        .values(row_version=case.row_version + 1, changed_at=now, **values)
    )
    if result.rowcount != 1:
        raise ChangedMeanwhileError(case.number)
    return load(tx, case.id)


def put_slip(
    tx: Transaction, case: CaseView, slip: Slip, *, pdf: bytes = b"", now: datetime
) -> CaseView:
    """Set what is owed; the same money again voids nothing, another slip voids the earlier.

    `pdf` is the paper that came with it; a paper is kept, or takes the place of the one before.
    """
    if slip.is_same_money(case.slip):
        if case.slip != slip:
            slips.amend(tx, slip, case_id=case.id, key_id=case.key_id)
    else:
        slips.replace(tx, slip, case_id=case.id, key_id=case.key_id, now=now)
    if pdf:
        slips.keep_pdf(tx, pdf, case_id=case.id, key_id=case.key_id)
    return load(tx, case.id, known=case)
