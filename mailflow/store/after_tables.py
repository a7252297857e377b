"""The tables of the time after the exam. Like `tables`: `…_sealed` holds ciphertext only."""

from datetime import date, datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


def _sealed() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class AftercareRow(SQLModel, table=True):
    """One registration after its exam: result, kept subjects, certificate."""

    __tablename__ = "aftercare"
    id: str = Field(primary_key=True)
    case_id: str = Field(unique=True)
    person_id: str = Field(index=True)
    key_id: str
    state: str = Field(index=True)
    row_version: int = 1
    result_sealed: bytes = Field(default=b"", sa_column=_sealed())
    certificate_on: date | None = None
    changed_at: datetime


class RefundRow(SQLModel, table=True):
    """The refund of one registration, NT$. `earlier_case_id`: whose half is paid back with it;
    unique, for that happens once."""

    __tablename__ = "refund"
    id: str = Field(primary_key=True)
    case_id: str = Field(unique=True)
    key_id: str
    state: str = Field(index=True)
    row_version: int = 1
    own: int = 0
    earlier: int = 0
    earlier_case_id: str | None = Field(default=None, unique=True)
    invited_on: date | None = None
    closes_on: date | None = None
    applied_at: datetime | None = None
    verified_by: str = ""
    payout_id: str | None = Field(default=None, index=True)
    paid_on: date | None = None
    changed_at: datetime


class PayeeRow(SQLModel, table=True):
    """An account. In force from `confirmed_at` until `voided_at`; between `entered_at` and then a
    change waits for its two people, `first_by` and `confirmed_by`."""

    __tablename__ = "payee"
    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    key_id: str
    data_sealed: bytes = Field(sa_column=_sealed())
    account_index: bytes = Field(index=True)
    entered_by: str
    entered_at: datetime
    first_by: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    voided_at: datetime | None = None


class PayeeToken(SQLModel, table=True):
    """An issued button for the account; the token itself is derived, only its hash is kept."""

    __tablename__ = "payee_token"
    token_hash: bytes = Field(primary_key=True)
    case_id: str = Field(index=True)
    expires_at: datetime
    used_at: datetime | None = None


class Certificate(SQLModel, table=True):
    """A certificate's picture or PDF that came by mail, for a refund or for the reward."""

    __tablename__ = "certificate"
    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    person_id: str = Field(index=True)
    inbox_id: str = Field(index=True)
    key_id: str
    purpose: str = Field(index=True)
    file_sealed: bytes = Field(sa_column=_sealed())
    file_index: bytes = Field(index=True)
    content_type: str
    arrived_at: datetime
    title_sealed: bytes = Field(default=b"", sa_column=_sealed())
    issued_on: date | None = None
    state: str = Field(index=True)
    reasons: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


class Payout(SQLModel, table=True):
    """One list for the accountant; sums in NT$."""

    __tablename__ = "payout"
    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    campaign: str = Field(index=True)
    made_by: str
    made_at: datetime
    count: int
    total: int
    paid_on: date | None = None


class Enrolment(SQLModel, table=True):
    """Whether a student number was enrolled on a day, as the registrar's list says."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("student_index", "as_of"),)
    id: str = Field(primary_key=True)
    student_index: bytes = Field(index=True)
    as_of: date = Field(index=True)
    is_enrolled: bool


class RewardPlace(SQLModel, table=True):
    """What staff said about people who share a place in the ranking."""

    __tablename__ = "reward_place"
    period: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    place: int
    decided_by: str
    decided_at: datetime
