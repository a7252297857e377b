"""Certificates that came by mail, sealed. The caller commits."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import col, func, select, update

from mailflow.store.after_tables import Certificate, RewardPlace
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import Case
from mailflow.workflow import State


class Purpose(StrEnum):
    """What a certificate was sent for."""

    REFUND = "refund"
    REWARD = "reward"


class CertificateState(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class DecidedError(ValueError):
    """The certificate was decided before, or there is none of that name."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One picture or PDF as it came."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class CertificateView:
    """One certificate and what was decided about it."""

    id: str
    case_id: str
    person_id: str
    inbox_id: str
    purpose: Purpose
    content_type: str
    arrived_at: datetime
    title: str = field(repr=False)
    issued_on: date | None
    state: CertificateState
    reasons: tuple[str, ...]


def keep(
    tx: Transaction, case: CaseView, paper: Paper, *, purpose: Purpose, inbox_id: str, at: datetime
) -> str:
    """Store a paper, the same one of a person once; a code when it was seen before, else ''.

    `certificate_of_another_person`: somebody else brought it. `certificate_sent_before`: this
    person did, for the same purpose (a refund: for the same registration).
    """
    tx.one_at_a_time("certificate")
    index = tx.blind("certificate", hashlib.sha256(paper.content).hexdigest())
    seen = list(tx.session.exec(select(Certificate).where(Certificate.file_index == index)))
    owner = case.id if purpose is Purpose.REFUND else case.person_id
    if any(row.purpose == purpose and owner in (row.case_id, row.person_id) for row in seen):
        return "certificate_sent_before"
    row_id = new_id()
    tx.session.add(
        Certificate(
            id=row_id,
            case_id=case.id,
            person_id=case.person_id,
            inbox_id=inbox_id,
            key_id=case.key_id,
            purpose=purpose,
            file_sealed=tx.vault.seal(
                paper.content, key_id=case.key_id, place=f"certificate.file.{row_id}"
            ),
            file_index=index,
            content_type=paper.content_type,
            arrived_at=at,
            state=CertificateState.RECEIVED,
        )
    )
    tx.session.flush()
    is_anothers = any(row.person_id != case.person_id for row in seen)
    return "certificate_of_another_person" if is_anothers else ""


def content(tx: Transaction, row_id: str) -> Paper:
    """The picture or PDF itself."""
    row = tx.session.get_one(Certificate, row_id)
    plain = tx.vault.open(row.file_sealed, place=f"certificate.file.{row_id}")
    return Paper(plain, row.content_type)


def of_case(tx: Transaction, case_id: str, *, purpose: Purpose) -> list[CertificateView]:
    """A case's certificates for one purpose, oldest first."""
    query = (
        select(Certificate)
        .where(Certificate.case_id == case_id, Certificate.purpose == purpose)
        .order_by(col(Certificate.id))
        .execution_options(populate_existing=True)
    )
    return [_view(tx, row) for row in tx.session.exec(query)]


def for_reward(tx: Transaction, *, campaign: str) -> list[CertificateView]:
    """Everything handed in for the round's reward, oldest first."""
    query = (
        select(Certificate)
        .join(Case, col(Case.id) == Certificate.case_id)
        .where(
            Certificate.purpose == Purpose.REWARD,
            Case.campaign == campaign,
            Case.state != State.WITHDRAWN,  # as an erasure leaves a case
        )
        .order_by(col(Certificate.id))
    )
    return [_view(tx, row) for row in tx.session.exec(query)]


def find(tx: Transaction, name: str) -> CertificateView:
    """The certificate whose id is or ends with `name`; raises DecidedError when none or several."""
    query = select(Certificate).where(col(Certificate.id).endswith(name, autoescape=True))
    rows = list(tx.session.exec(query))
    if len(rows) != 1:
        raise DecidedError(f"{len(rows)} certificates named {name}: see `mailflow reward list`")
    return _view(tx, rows[0])


def decide(
    tx: Transaction,
    found: CertificateView,
    state: CertificateState,
    *,
    actor: str,
    now: datetime,
    title: str = "",
    issued_on: date | None = None,
    reasons: tuple[str, ...] = (),
) -> CertificateView:
    """Accept or refuse once; raises DecidedError when that was done before."""
    place = f"certificate.title.{found.id}"
    key_id = tx.session.get_one(Certificate, found.id).key_id
    result = tx.session.exec(
        update(Certificate)
        .where(col(Certificate.id) == found.id, col(Certificate.state) == CertificateState.RECEIVED)
        .values(
            state=state,
            reasons=" ".join(reasons),
            decided_by=actor,
            decided_at=now,
            issued_on=issued_on,
            title_sealed=tx.vault.seal(title.encode(), key_id=key_id, place=place),
        )
    )
    if result.rowcount != 1:
        raise DecidedError(f"certificate {found.id[-8:]} was decided before")
    return _view(tx, tx.session.get_one(Certificate, found.id, populate_existing=True))


def set_aside(tx: Transaction, inbox_id: str, *, actor: str, now: datetime) -> None:
    """What a mail handed in for the reward and nobody has decided counts no more; no letter."""
    tx.session.exec(
        update(Certificate)
        .where(
            col(Certificate.inbox_id) == inbox_id,
            col(Certificate.purpose) == Purpose.REWARD,
            col(Certificate.state) == CertificateState.RECEIVED,
        )
        .values(
            state=CertificateState.REFUSED, reasons="discarded", decided_by=actor, decided_at=now
        )
    )


def accepted_counts(tx: Transaction, *, campaign: str) -> dict[str, int]:
    """How many certificates count for the round's reward, by person id."""
    query = (
        select(Certificate.person_id, func.count())
        .join(Case, col(Case.id) == Certificate.case_id)
        .where(
            Certificate.purpose == Purpose.REWARD,
            Certificate.state == CertificateState.ACCEPTED,
            Case.campaign == campaign,
            Case.state != State.WITHDRAWN,
        )
        .group_by(Certificate.person_id)
    )
    return dict(tx.session.exec(query).all())


def places(tx: Transaction, period: str) -> dict[str, int]:
    """What staff have said about shared places, by person id."""
    query = select(RewardPlace.person_id, RewardPlace.place).where(RewardPlace.period == period)
    return dict(tx.session.exec(query).all())


def place(
    tx: Transaction, person_id: str, *, period: str, place: int, actor: str, now: datetime
) -> None:
    """Staff give a person a place; said again, the later word counts."""
    row = tx.session.get(RewardPlace, (period, person_id))
    if row is None:
        row = RewardPlace(
            period=period, person_id=person_id, place=place, decided_by=actor, decided_at=now
        )
    row.place, row.decided_by, row.decided_at = place, actor, now
    tx.session.add(row)


def _view(tx: Transaction, row: Certificate) -> CertificateView:
    title = ""
    if row.title_sealed:
        title = tx.vault.open(row.title_sealed, place=f"certificate.title.{row.id}").decode()
    return CertificateView(
        id=row.id,
        case_id=row.case_id,
        person_id=row.person_id,
        inbox_id=row.inbox_id,
        purpose=Purpose(row.purpose),
        content_type=row.content_type,
        arrived_at=row.arrived_at,
        title=title,
        issued_on=row.issued_on,
        state=CertificateState(row.state),
        reasons=tuple(row.reasons.split()),
    )
