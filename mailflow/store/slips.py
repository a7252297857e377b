"""Slips: the one in force, the voided ones, and the papers that came with them. The caller
commits; a case's slip is put by `cases.put_slip`."""

import json
from datetime import datetime

from sqlmodel import col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from mailflow.slips import Slip
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import Case, SlipPdf, SlipRow


def replace(tx: Transaction, slip: Slip, *, case_id: str, key_id: str, now: datetime) -> None:
    """Put a slip in force and void the one before."""
    tx.session.exec(
        update(SlipRow)
        .where(col(SlipRow.case_id) == case_id, col(SlipRow.voided_at).is_(None))
        .values(voided_at=now)
    )
    slip_id = new_id()
    plain = json.dumps(slip.to_dict()).encode()
    tx.session.add(
        SlipRow(
            id=slip_id,
            case_id=case_id,
            data_sealed=tx.vault.seal(plain, key_id=key_id, place=f"slip.data.{slip_id}"),
            account_index=tx.blind("account", slip.account),
            created_at=now,
        )
    )
    tx.session.flush()


def amend(tx: Transaction, slip: Slip, *, case_id: str, key_id: str) -> None:
    """More is known about the slip in force (bank, barcodes); the money is the same."""
    row = tx.session.exec(select(SlipRow).where(col(SlipRow.id).in_(_in_force(case_id)))).one()
    plain = json.dumps(slip.to_dict()).encode()
    row.data_sealed = tx.vault.seal(plain, key_id=key_id, place=f"slip.data.{row.id}")
    tx.session.add(row)
    tx.session.flush()


def opened(tx: Transaction, sealed: bytes, *, slip_id: str) -> Slip:
    """What a row says."""
    return Slip.from_dict(json.loads(tx.vault.open(sealed, place=f"slip.data.{slip_id}")))


def voided(tx: Transaction, case_id: str) -> tuple[Slip, ...]:
    """The slips of a case that are void, oldest first."""
    query = (
        select(SlipRow)
        .where(SlipRow.case_id == case_id, col(SlipRow.voided_at).is_not(None))
        .order_by(col(SlipRow.id))
    )
    return tuple(opened(tx, row.data_sealed, slip_id=row.id) for row in tx.session.exec(query))


def until(
    tx: Transaction, case_id: str, *, at: datetime | None = None
) -> tuple[tuple[Slip, datetime], ...]:
    """The slips that were put by then (or by now), oldest first, each with its time: the last one
    was in force."""
    query = select(SlipRow).where(SlipRow.case_id == case_id).order_by(col(SlipRow.id))
    if at is not None:
        query = query.where(col(SlipRow.created_at) <= at)
    return tuple(
        (opened(tx, row.data_sealed, slip_id=row.id), row.created_at)
        for row in tx.session.exec(query)
    )


def shared_accounts(tx: Transaction, campaign: str) -> tuple[tuple[str, int], ...]:
    """Accounts that stand on the slips in force of several cases of the round, each with how many
    cases; the most shared first."""
    shared = (
        select(SlipRow.account_index, func.count(), func.min(SlipRow.id))
        .join(Case, col(Case.id) == SlipRow.case_id)
        .where(Case.campaign == campaign, col(SlipRow.voided_at).is_(None))
        .where(col(SlipRow.account_index).not_in((b"", tx.blind("account", ""))))
        .group_by(col(SlipRow.account_index))
        .having(func.count() > 1)
    )
    found = []
    for _, count, slip_id in tx.session.exec(shared):
        row = tx.session.get_one(SlipRow, slip_id)
        found.append((opened(tx, row.data_sealed, slip_id=slip_id).account, count))
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def void_accounts(tx: Transaction, campaign: str) -> dict[str, tuple[str, ...]]:
    """The accounts of the round's void slips, by case id."""
    query = (
        select(SlipRow)
        .join(Case, col(Case.id) == SlipRow.case_id)
        .where(Case.campaign == campaign, col(SlipRow.voided_at).is_not(None))
        .where(SlipRow.account_index != b"")
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.session.exec(query):
        account = opened(tx, row.data_sealed, slip_id=row.id).account
        found[row.case_id] = (*found.get(row.case_id, ()), account)
    return found


def issued(tx: Transaction, case_id: str) -> int:
    """How many slips a case has had."""
    return tx.session.exec(select(func.count()).where(SlipRow.case_id == case_id)).one()


def account_of_another(tx: Transaction, account: str, *, case_id: str, campaign: str) -> str | None:
    """The number of another case of the campaign that has, or had, this account."""
    query = (
        select(Case.number)
        .join(SlipRow, col(SlipRow.case_id) == Case.id)
        .where(
            SlipRow.account_index == tx.blind("account", account),
            Case.id != case_id,
            Case.campaign == campaign,
        )
    )
    return tx.session.exec(query).first()


def keep_pdf(tx: Transaction, pdf: bytes, *, case_id: str, key_id: str) -> None:
    """Keep the paper of the slip in force, instead of one kept before."""
    slip_id = tx.session.exec(_in_force(case_id)).one()
    sealed = tx.vault.seal(pdf, key_id=key_id, place=f"slip_pdf.pdf.{slip_id}")
    tx.session.merge(SlipPdf(slip_id=slip_id, pdf_sealed=sealed))
    tx.session.flush()


def pdf_of(tx: Transaction, case_id: str) -> bytes:
    """The paper that came with the slip in force; b"" when there is none."""
    in_force = col(SlipPdf.slip_id).in_(_in_force(case_id))
    row = tx.session.exec(select(SlipPdf).where(in_force)).first()
    return tx.vault.open(row.pdf_sealed, place=f"slip_pdf.pdf.{row.slip_id}") if row else b""


def _in_force(case_id: str) -> SelectOfScalar[str]:
    return (
        select(SlipRow.id)
        .where(SlipRow.case_id == case_id, col(SlipRow.voided_at).is_(None))
        .order_by(col(SlipRow.id).desc())
        .limit(1)
    )
