"""Refunds and the lists for the accountant. The caller commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, or_, select, update

from mailflow.aftercare import RefundState
from mailflow.store.after_tables import Payout, RefundRow
from mailflow.store.cases import CaseView
from mailflow.store.database import ChangedMeanwhileError, Transaction, new_id
from mailflow.store.tables import Case
from mailflow.workflow import State


@dataclass(frozen=True, slots=True)
class RefundView:
    """A refund as it stands, NT$; `row_id` is '' before the first event."""

    row_id: str
    case_id: str
    state: RefundState
    row_version: int
    own: int = 0
    earlier: int = 0
    earlier_case_id: str | None = None
    invited_on: date | None = None
    closes_on: date | None = None
    applied_at: datetime | None = None
    payout_id: str | None = None
    paid_on: date | None = None

    @property
    def total(self) -> int:
        return self.own + self.earlier


@dataclass(frozen=True, slots=True)
class PayoutView:
    """One list for the accountant."""

    id: str
    number: str
    made_by: str
    count: int
    total: int
    paid_on: date | None


def load(tx: Transaction, case_id: str) -> RefundView:
    """As it stands now; `uninvited` when nothing has happened yet."""
    row = tx.session.exec(
        select(RefundRow)
        .where(RefundRow.case_id == case_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return RefundView("", case_id, RefundState.UNINVITED, 0)
    return RefundView(
        row_id=row.id,
        case_id=row.case_id,
        state=RefundState(row.state),
        row_version=row.row_version,
        own=row.own,
        earlier=row.earlier,
        earlier_case_id=row.earlier_case_id,
        invited_on=row.invited_on,
        closes_on=row.closes_on,
        applied_at=row.applied_at,
        payout_id=row.payout_id,
        paid_on=row.paid_on,
    )


def move(
    tx: Transaction,
    case: CaseView,
    refund: RefundView,
    *,
    state: RefundState,
    now: datetime,
    **values: object,
) -> RefundView:
    """Compare-and-set of the state and `values` (columns); raises ChangedMeanwhileError."""
    row_id = refund.row_id or _insert(tx, case, now)
    version = refund.row_version or 1
    result = tx.session.exec(
        update(RefundRow)
        .where(col(RefundRow.id) == row_id, col(RefundRow.row_version) == version)
        .values(state=state, row_version=version + 1, changed_at=now, **values)
    )
    if result.rowcount != 1:
        raise ChangedMeanwhileError(case.number)
    return load(tx, case.id)


def _insert(tx: Transaction, case: CaseView, now: datetime) -> str:
    row = RefundRow(
        id=new_id(),
        case_id=case.id,
        key_id=case.key_id,
        state=RefundState.UNINVITED,
        changed_at=now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row.id


def in_states(tx: Transaction, states: Iterable[RefundState], *, campaign: str) -> list[str]:
    """Ids of the round's cases whose refund is in these states, by case number; persons who were
    erased are left out."""
    query = (
        select(RefundRow.case_id)
        .join(Case, col(Case.id) == RefundRow.case_id)
        .where(
            col(RefundRow.state).in_(list(states)),
            Case.campaign == campaign,
            Case.state != State.WITHDRAWN,
        )
        .order_by(col(Case.number))
    )
    return list(tx.session.exec(query))


def open_windows(tx: Transaction, *, campaign: str, today: date) -> list[tuple[str, date, date]]:
    """Whose application is waited for: case id, day of the invitation, last day; by case number."""
    invited = in_states(tx, (RefundState.INVITED,), campaign=campaign)
    rows = tx.session.exec(select(RefundRow).where(col(RefundRow.closes_on) >= today))
    days = {row.case_id: (row.invited_on, row.closes_on) for row in rows}
    found = ((case_id, *days[case_id]) for case_id in invited if case_id in days)
    return [(case_id, since, until) for case_id, since, until in found if since and until]


def overdue(tx: Transaction, *, campaign: str, today: date) -> list[str]:
    """Ids of the round's cases whose window is over without an application."""
    invited = in_states(tx, (RefundState.INVITED,), campaign=campaign)
    query = select(RefundRow.case_id).where(col(RefundRow.closes_on) < today)
    over = set(tx.session.exec(query))
    return [case_id for case_id in invited if case_id in over]


def was_refunded(tx: Transaction, case_id: str, *, besides: str) -> bool:
    """Whether a registration's half was paid back or is about to be, by itself or with another."""
    going = [RefundState.VERIFIED, RefundState.LISTED, RefundState.REFUNDED]
    query = select(RefundRow.id).where(
        RefundRow.case_id != besides,
        col(RefundRow.state).in_(going),
        or_(col(RefundRow.case_id) == case_id, col(RefundRow.earlier_case_id) == case_id),
    )
    return tx.session.exec(query).first() is not None


def new_payout(
    tx: Transaction, *, campaign: str, actor: str, count: int, total: int, now: datetime
) -> PayoutView:
    """The next list of the round, numbered `<campaign>-R01`, `-R02`, …"""
    tx.one_at_a_time(f"payout {campaign}")
    made = tx.session.exec(select(func.count()).where(col(Payout.campaign) == campaign)).one()
    row = Payout(
        id=new_id(),
        number=f"{campaign}-R{made + 1:02d}",
        campaign=campaign,
        made_by=actor,
        made_at=now,
        count=count,
        total=total,
    )
    tx.session.add(row)
    tx.session.flush()
    return _payout(row)


def payouts(tx: Transaction, *, campaign: str) -> list[PayoutView]:
    """All lists of the round, oldest first."""
    query = select(Payout).where(Payout.campaign == campaign).order_by(col(Payout.number))
    return [_payout(row) for row in tx.session.exec(query)]


def payout_by_number(tx: Transaction, number: str) -> PayoutView | None:
    row = tx.session.exec(select(Payout).where(Payout.number == number)).first()
    return _payout(row) if row else None


def on_payout(tx: Transaction, payout_id: str) -> list[str]:
    """Case ids on a list, by case number."""
    query = (
        select(RefundRow.case_id)
        .join(Case, col(Case.id) == RefundRow.case_id)
        .where(RefundRow.payout_id == payout_id, Case.state != State.WITHDRAWN)
        .order_by(col(Case.number))
    )
    return list(tx.session.exec(query))


def note_paid(tx: Transaction, payout_id: str, *, on: date) -> None:
    """The accountant has paid this list on that day."""
    tx.session.exec(update(Payout).where(col(Payout.id) == payout_id).values(paid_on=on))


def _payout(row: Payout) -> PayoutView:
    return PayoutView(row.id, row.number, row.made_by, row.count, row.total, row.paid_on)
