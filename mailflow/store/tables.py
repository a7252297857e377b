"""The tables. Rows stay in `store`; columns named `…_sealed` hold ciphertext only (see `vault`)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class InboxState(StrEnum):
    RECEIVED = "received"
    APPLIED = "applied"
    HELD = "held"
    DISCARDED = "discarded"
    FAILED = "failed"


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"
    HELD = "held"


class Stage(StrEnum):
    """Which worker a received mail waits for."""

    READ = "read"
    PICTURES = "pictures"


def _sealed() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class Person(SQLModel, table=True):
    """One human being over all rounds; erasing destroys the keys, the rows stay as numbers."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    identity_index: bytes = Field(index=True)
    created_at: datetime
    erased_at: datetime | None = None


class DataKey(SQLModel, table=True):
    """A wrapped key. A mail has its own until its person is known; a backup leaves these out."""

    __tablename__ = "datakey"
    id: str = Field(primary_key=True)
    person_id: str | None = Field(default=None, index=True)
    kek_id: str
    wrapped: bytes = Field(sa_column=_sealed())


class Case(SQLModel, table=True):
    """One person's run through a campaign. `row_version` counts changes (compare-and-set)."""

    __tablename__ = "cases"
    id: str = Field(primary_key=True)
    campaign: str = Field(index=True)
    number: str = Field(unique=True)
    person_id: str = Field(index=True)
    key_id: str
    state: str = Field(index=True)
    row_version: int = 1
    data_version: int = 1
    address_index: bytes = Field(index=True)
    student_index: bytes = Field(index=True)
    identity_index: bytes = Field(default=b"", index=True)  # b"": older, see Person's
    reply_tag: str = Field(unique=True)
    form_index: bytes = b""  # of the form row last imported
    edit_link_sealed: bytes | None = None  # where the student edits that answer, if it is known
    unreachable: bool = False
    created_at: datetime
    changed_at: datetime
    letter_at: datetime | None = None
    pay_until: datetime | None = None  # named by staff for this case alone
    settled_at: datetime | None = None  # the bank's fact, whatever the state claims
    settled_amount: int = 0
    reopened_at: datetime | None = None  # staff: the bank did not bear out the claim


class CaseVersion(SQLModel, table=True):
    """The data as they were at one time; `confirmed_at` when the student confirmed exactly them."""

    __tablename__ = "case_version"
    __table_args__ = (UniqueConstraint("case_id", "version"),)
    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    version: int
    data_sealed: bytes = Field(sa_column=_sealed())
    source: str  # form, mail, staff
    created_at: datetime
    confirmed_at: datetime | None = None


class FormRow(SQLModel, table=True):
    """One answer of the form as it was once, however often it was edited since."""

    __tablename__ = "form_row"
    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    data_sealed: bytes = Field(sa_column=_sealed())
    answer_index: bytes
    submitted_at: datetime
    seen_at: datetime


class ImportedFile(SQLModel, table=True):
    """A file of the watched folder that has been dealt with; `digest` is that of its bytes."""

    __tablename__ = "imported_file"
    digest: str = Field(primary_key=True)
    name: str
    size: int = Field(sa_type=BigInteger)
    seen_at: datetime
    outcome: str  # imported, refused


class ConfirmToken(SQLModel, table=True):
    """An issued button; the token itself is derived, only its hash is kept."""

    __tablename__ = "confirm_token"
    token_hash: bytes = Field(primary_key=True)
    case_id: str = Field(index=True)
    version: int
    expires_at: datetime
    used_at: datetime | None = None


class SlipRow(SQLModel, table=True):
    """What is owed; a later slip voids the earlier one."""

    __tablename__ = "slip"
    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    data_sealed: bytes = Field(sa_column=_sealed())
    account_index: bytes = Field(index=True)
    created_at: datetime
    voided_at: datetime | None = None


class SlipPdf(SQLModel, table=True):
    """The paper that came with a slip from the cashier or the bank."""

    __tablename__ = "slip_pdf"
    slip_id: str = Field(primary_key=True)
    pdf_sealed: bytes = Field(sa_column=_sealed())


class Inbox(SQLModel, table=True):
    """One mail as fetched. `identity` is equal for two deliveries of the same mail."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("account", "folder", "uidvalidity", "uid"),)
    id: str = Field(primary_key=True)
    account: str
    folder: str
    uidvalidity: int = Field(sa_type=BigInteger)  # IMAP counts in unsigned 32 bits
    uid: int = Field(sa_type=BigInteger)
    digest: str = Field(index=True)
    identity: str = Field(index=True)
    key_id: str
    raw_sealed: bytes = Field(sa_column=_sealed())
    size: int = Field(sa_type=BigInteger)
    received_at: datetime
    internal_at: datetime | None = None
    state: str = Field(default=InboxState.RECEIVED, index=True)
    stage: str = Stage.READ
    intent: str = ""
    reason: str = ""
    attempts: int = 0
    lease_owner: str = ""
    lease_until: datetime | None = None
    case_id: str | None = Field(default=None, index=True)
    filed: bool = Field(default=False, index=True)  # moved out of the folder, or nothing to move


class Outbox(SQLModel, table=True):
    """One letter to one recipient. `key` is the business key: said once, never twice."""

    __tablename__ = "outbox"
    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    letter: str
    case_id: str | None = Field(default=None, index=True)
    inbox_id: str | None = Field(default=None, index=True)
    key_id: str
    to_sealed: bytes = Field(sa_column=_sealed())
    to_index: bytes = Field(index=True)
    raw_sealed: bytes = Field(sa_column=_sealed())
    message_id: str = Field(unique=True)
    state: str = Field(default=OutboxState.QUEUED, index=True)
    created_at: datetime
    due_at: datetime = Field(index=True)
    attempts: int = 0
    attempted_at: datetime | None = Field(default=None, index=True)
    sent_at: datetime | None = None
    released_at: datetime | None = None  # by staff; in shadow nothing else leaves
    lease_owner: str = ""
    lease_until: datetime | None = None
    dsn: str = ""
    reason: str = ""
    wording: str = ""  # which version of the letter's templates


class Receipt(SQLModel, table=True):
    """One picture that was sent as proof: a claim, with what was read and the verdict."""

    __tablename__ = "receipt"
    id: str = Field(primary_key=True)
    case_id: str | None = Field(default=None, index=True)
    inbox_id: str = Field(index=True)
    key_id: str
    picture_sealed: bytes = Field(sa_column=_sealed())
    picture_index: bytes = Field(index=True)
    facts_index: bytes | None = Field(default=None, index=True)
    number_index: bytes | None = Field(default=None, index=True)
    moment_index: bytes | None = Field(default=None, index=True)
    day_index: bytes | None = Field(default=None, index=True)
    likeness: bytes | None = None  # light and dark, too coarse to show a letter
    reading_sealed: bytes = Field(sa_column=_sealed())
    verdict: str
    reasons: str
    created_at: datetime
    paid_at: str = ""  # as printed: YYYY-MM-DD or YYYY-MM-DDTHH:MM, Asia/Taipei
    sent_at: datetime | None = None  # by the mail's own date
    arrived_at: datetime | None = None  # at our mail server


class SettlementImport(SQLModel, table=True):
    """One file of the bank that was taken in; `covers_until` is the last day it speaks of."""

    __tablename__ = "settlement_import"
    id: str = Field(primary_key=True)
    campaign: str = Field(index=True)
    name: str
    covers_until: date
    imported_at: datetime
    imported_by: str
    undone_at: datetime | None = None


class SettlementSeen(SQLModel, table=True):
    """How often a file names a line; the ledger holds as many as the file that has most."""

    __tablename__ = "settlement_seen"
    import_id: str = Field(primary_key=True)
    line_index: bytes = Field(primary_key=True)
    count: int


class BankLineRow(SQLModel, table=True):
    """A line of the ledger. Each has a key of its own: whose it is may never be known."""

    __tablename__ = "bank_line"
    id: str = Field(primary_key=True)
    campaign: str = Field(index=True)
    import_id: str = Field(index=True)
    line_index: bytes = Field(index=True)
    account_index: bytes = Field(index=True)
    posted_on: date
    paid_on: date | None = None
    amount: int
    key_id: str
    data_sealed: bytes = Field(sa_column=_sealed())
    dismissed_at: datetime | None = None  # staff: nothing is to be done about it
    removed_at: datetime | None = None  # its import was undone


class CreditRow(SQLModel, table=True):
    """A share of a line that counts for a case."""

    __tablename__ = "credit"
    id: str = Field(primary_key=True)
    line_id: str = Field(index=True)
    case_id: str = Field(index=True)
    amount: int
    basis: str
    credited_at: datetime
    credited_by: str
    removed_at: datetime | None = None


class Decision(SQLModel, table=True):
    """What a person has to decide, or has decided. `proposal_sealed` is what accepting does."""

    __tablename__ = "decision"
    id: str = Field(primary_key=True)
    kind: str  # mail, case, letter, office, money
    case_id: str | None = Field(default=None, index=True)
    inbox_id: str | None = Field(default=None, index=True)
    outbox_id: str | None = Field(default=None, index=True)
    receipt_id: str | None = None
    reasons: str
    event: str = ""
    key_id: str = ""
    proposal_sealed: bytes = Field(default=b"", sa_column=_sealed())
    opened_at: datetime = Field(index=True)
    decided_at: datetime | None = Field(default=None, index=True)
    decided_by: str = ""
    verb: str = ""
    why: str = ""


class Audit(SQLModel, table=True):
    """Who did what, when, to what, and why. Append-only: the database refuses change."""

    __tablename__ = "audit"
    seq: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    action: str
    subject: str = Field(index=True)
    why: str = ""


class Folder(SQLModel, table=True):
    """How far a mailbox has been read; only for speed, the ledger is the inbox table."""

    __tablename__ = "folder"
    account: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=BigInteger)
    last_uid: int = Field(sa_type=BigInteger)
    compared_at: datetime | None = None


class LetterText(SQLModel, table=True):
    """The templates behind a version of a letter: what was said to everybody. Nothing personal."""

    __tablename__ = "letter_text"
    version: str = Field(primary_key=True)
    letter: str
    text: str
    first_at: datetime


class LegalHold(SQLModel, table=True):
    """A case whose data must not be erased now: neither by the policy nor by a person."""

    __tablename__ = "legal_hold"
    case_id: str = Field(primary_key=True)
    held_at: datetime
    held_by: str
