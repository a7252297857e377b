"""What counts for which case: debts as the settling room sees them, and credits. Never commits."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import col, select, update

from mailflow.campaign.round import TAIPEI
from mailflow.person import Field
from mailflow.settlement import Basis, Credit, Debt, Share, Stage
from mailflow.store import cases, lookup, slips
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import BankLineRow, CreditRow
from mailflow.store.vault import SealError
from mailflow.workflow import State

_STAGES = {
    State.REGISTERED: Stage.NOT_BILLED,
    State.ASKED: Stage.NOT_BILLED,
    State.CONFIRMED: Stage.NOT_BILLED,
    State.BILLED: Stage.OWED,
    State.PAID: Stage.CLAIMED,
    State.COMPLETE: Stage.CLAIMED,
    State.ABANDONED: Stage.GIVEN_UP,
    State.WITHDRAWN: Stage.ENDED,
}


_FEW = 50  # so many are asked for by name


def all_cases(tx: Transaction, campaign: str) -> list[CaseView]:
    """Every case of the round whose data can still be read."""
    found = []
    for case_id in lookup.in_states(tx, tuple(State), campaign=campaign):
        try:
            found.append(cases.load(tx, case_id))
        except SealError:  # erased
            continue
    return found


def debts_of(tx: Transaction, found: list[CaseView], *, campaign: str) -> list[Debt]:
    """What each of these cases of one campaign owes, and what was credited to it."""
    void = slips.void_accounts(tx, campaign)
    credited = credits_by_case(tx, [case.id for case in found])
    return [_debt(case, void.get(case.id, ()), tuple(credited[case.id])) for case in found]


def debt_of(tx: Transaction, case: CaseView) -> Debt:
    """The same of one case; accounts of void slips are left out."""
    return _debt(case, (), tuple(credits_by_case(tx, [case.id])[case.id]))


def _debt(case: CaseView, void: tuple[str, ...], credited: tuple[Credit, ...]) -> Debt:
    slip = case.slip
    return Debt(
        case=case.number,
        stage=_STAGES[case.state],
        due=slip.amount if slip else None,
        account=slip.account if slip else "",
        void_accounts=tuple(account for account in void if not slip or account != slip.account),
        name=case.data[Field.NAME_ZH],
        student_no=case.data[Field.STUDENT_NO],
        slip_on=case.slip_at.astimezone(TAIPEI).date() if case.slip_at else None,
        credits=credited,
    )


def credits_by_case(tx: Transaction, case_ids: list[str]) -> dict[str, list[Credit]]:
    """The credits in force of these cases, oldest first; an empty list where there is none."""
    query = (
        select(CreditRow, BankLineRow)
        .join(BankLineRow, col(BankLineRow.id) == CreditRow.line_id)
        .where(col(CreditRow.removed_at).is_(None))
        .order_by(col(CreditRow.id))
    )
    if len(case_ids) <= _FEW:
        query = query.where(col(CreditRow.case_id).in_(case_ids))
    found: dict[str, list[Credit]] = defaultdict(list)
    for row, line in tx.session.exec(query):
        found[row.case_id].append(
            Credit(row.amount, Basis(row.basis), posted_on=line.posted_on, paid_on=line.paid_on)
        )
    return found


def credit(
    tx: Transaction, line_id: str, share: Share, *, case_id: str, basis: Basis, actor: str,
    now: datetime,
) -> None:  # fmt: skip
    """Let a share of a line count for a case."""
    tx.session.add(
        CreditRow(
            id=new_id(),
            line_id=line_id,
            case_id=case_id,
            amount=share.amount,
            basis=basis,
            credited_at=now,
            credited_by=actor,
        )
    )
    tx.session.flush()


def is_credited(tx: Transaction, line_id: str) -> bool:
    """Whether the line counts for a case already."""
    query = select(CreditRow.id).where(
        CreditRow.line_id == line_id, col(CreditRow.removed_at).is_(None)
    )
    return tx.session.exec(query).first() is not None


def uncredit(tx: Transaction, line_ids: list[str], *, now: datetime) -> list[str]:
    """These lines count for nobody any more; returns the ids of the cases that lose by it."""
    which = (col(CreditRow.line_id).in_(line_ids), col(CreditRow.removed_at).is_(None))
    losing = sorted(set(tx.session.exec(select(CreditRow.case_id).where(*which))))
    tx.session.exec(update(CreditRow).where(*which).values(removed_at=now))
    return losing
