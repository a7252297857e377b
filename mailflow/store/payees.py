"""Accounts for refunds, sealed: asked for by a one-time token, changed by two people only.

The caller commits.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, select, update

from mailflow.aftercare import Payee
from mailflow.mail.tags import normal_token
from mailflow.store.after_tables import PayeeRow, PayeeToken
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import Case

STUDENT = "student"


class PayeeError(ValueError):
    """The account can't be confirmed; the text says by whom it can."""


class Button(StrEnum):
    """What a token for an account is worth."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PayeeView:
    """An account and who has vouched for it; `is_in_force` when it may be paid to."""

    id: str
    payee: Payee = field(repr=False)
    entered_by: str
    first_by: str
    is_in_force: bool


def issue_token(tx: Transaction, case: CaseView, *, now: datetime, days: int) -> str:
    """A token bound to purpose, case and expiry: 160 bit, derived by HMAC, stored as a hash."""
    expires_at = (now + timedelta(days=days)).replace(microsecond=0)
    token = _derive(tx, case.campaign, case.number, expires_at)
    known = tx.session.get(PayeeToken, _hash(token), populate_existing=True)
    while known is not None and known.used_at is not None:  # within one second
        expires_at += timedelta(seconds=1)
        token = _derive(tx, case.campaign, case.number, expires_at)
        known = tx.session.get(PayeeToken, _hash(token), populate_existing=True)
    if known is None:
        row = PayeeToken(token_hash=_hash(token), case_id=case.id, expires_at=expires_at)
        tx.session.add(row)
        tx.session.flush()
    return token


def check_token(tx: Transaction, token: str, *, now: datetime) -> tuple[Button, str | None]:
    """What a token found in a mail is worth, and for which case."""
    row = tx.session.get(PayeeToken, _hash(normal_token(token)), populate_existing=True)
    case = tx.session.get(Case, row.case_id) if row else None
    if row is None or case is None:
        return Button.UNKNOWN, None
    derived = _derive(tx, case.campaign, case.number, row.expires_at)
    if not hmac.compare_digest(derived, normal_token(token)):
        return Button.UNKNOWN, None
    if row.used_at is not None:
        return Button.USED, row.case_id
    return (Button.EXPIRED if row.expires_at < now else Button.VALID), row.case_id


def use_tokens(tx: Transaction, case_id: str, *, now: datetime) -> None:
    """The case's buttons are used up."""
    tx.session.exec(
        update(PayeeToken)
        .where(col(PayeeToken.case_id) == case_id, col(PayeeToken.used_at).is_(None))
        .values(used_at=now)
    )


def enter(
    tx: Transaction, case: CaseView, payee: Payee, *, by: str, now: datetime, confirmed: bool
) -> str:
    """Keep an account; an earlier one that still waits gives way. Returns the row's id.

    `confirmed` puts it in force at once: only for the first account, by the student's own token.
    """
    tx.session.exec(
        update(PayeeRow)
        .where(
            col(PayeeRow.case_id) == case.id,
            col(PayeeRow.confirmed_at).is_(None),
            col(PayeeRow.voided_at).is_(None),
        )
        .values(voided_at=now)
    )
    row_id = new_id()
    plain = json.dumps(asdict(payee), ensure_ascii=False).encode()
    tx.session.add(
        PayeeRow(
            id=row_id,
            case_id=case.id,
            key_id=case.key_id,
            data_sealed=tx.vault.seal(plain, key_id=case.key_id, place=f"payee.data.{row_id}"),
            account_index=_account_index(tx, payee),
            entered_by=by,
            entered_at=now,
            first_by="" if by == STUDENT else by,
            confirmed_by=STUDENT if confirmed else "",
            confirmed_at=now if confirmed else None,
        )
    )
    tx.session.flush()
    return row_id


def confirm(tx: Transaction, case: CaseView, *, by: str, now: datetime) -> bool:
    """One more person vouches for the account that waits; True when it is in force now.

    Raises PayeeError when nothing waits, or `by` has entered or vouched for it already.
    """
    row = _row(tx, case.id, in_force=False)
    if row is None:
        raise PayeeError(f"{case.number}: no account waits for a confirmation")
    if by in (row.first_by, row.entered_by):
        raise PayeeError(f"{case.number}: a second person must confirm; {by} was the first")
    if not row.first_by:
        row.first_by = by
        tx.session.add(row)
        return False
    void(tx, case.id, now=now)
    row.confirmed_by, row.confirmed_at = by, now
    tx.session.add(row)
    tx.session.flush()
    return True


def void(tx: Transaction, case_id: str, *, now: datetime) -> None:
    """The account in force is not to be paid to any more."""
    tx.session.exec(
        update(PayeeRow)
        .where(
            col(PayeeRow.case_id) == case_id,
            col(PayeeRow.confirmed_at).is_not(None),
            col(PayeeRow.voided_at).is_(None),
        )
        .values(voided_at=now)
    )


def in_force(tx: Transaction, case_id: str) -> PayeeView | None:
    """The account that may be paid to."""
    row = _row(tx, case_id, in_force=True)
    return _view(tx, row) if row else None


def waiting(tx: Transaction, case_id: str) -> PayeeView | None:
    """An account that waits for a second person."""
    row = _row(tx, case_id, in_force=False)
    return _view(tx, row) if row else None


def was_told(tx: Transaction, case_id: str) -> bool:
    """Whether an account was ever in force for the case: any other is a change."""
    query = select(PayeeRow.id).where(
        PayeeRow.case_id == case_id, col(PayeeRow.confirmed_at).is_not(None)
    )
    return tx.session.exec(query).first() is not None


def is_of_another(tx: Transaction, payee: Payee, *, person_id: str) -> bool:
    """Whether another person's case has or had this account."""
    query = (
        select(PayeeRow.id)
        .join(Case, col(Case.id) == PayeeRow.case_id)
        .where(PayeeRow.account_index == _account_index(tx, payee), Case.person_id != person_id)
    )
    return tx.session.exec(query).first() is not None


def _row(tx: Transaction, case_id: str, *, in_force: bool) -> PayeeRow | None:
    confirmed = col(PayeeRow.confirmed_at)
    query = (
        select(PayeeRow)
        .where(
            PayeeRow.case_id == case_id,
            col(PayeeRow.voided_at).is_(None),
            confirmed.is_not(None) if in_force else confirmed.is_(None),
        )
        .order_by(col(PayeeRow.id).desc())
        .execution_options(populate_existing=True)
    )
    return tx.session.exec(query).first()


def _view(tx: Transaction, row: PayeeRow) -> PayeeView:
    told = json.loads(tx.vault.open(row.data_sealed, place=f"payee.data.{row.id}"))
    return PayeeView(
        id=row.id,
        payee=Payee(**told),
        entered_by=row.entered_by,
        first_by=row.first_by,
        is_in_force=row.confirmed_at is not None,
    )


def _account_index(tx: Transaction, payee: Payee) -> bytes:
    return tx.blind("payee", f"{payee.bank}|{payee.account}")


def _derive(tx: Transaction, campaign: str, number: str, expires_at: datetime) -> str:
    bound = "|".join(("payee", campaign, number, str(int(expires_at.timestamp()))))
    mac = hmac.digest(tx.keyring.token_key, bound.encode(), hashlib.sha256)
    return base64.b32encode(mac[:20]).decode()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
