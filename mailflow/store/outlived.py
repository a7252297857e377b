"""What a round leaves behind besides its mail: certificates, accounts for refunds, bank lines that
are nobody's. Which of them the policy no longer allows to keep, and emptying them.

Rows, sums, days and blind indexes stay: they tell a certificate, an account or a line that comes
a second time. The caller commits.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlmodel import col, delete, func, or_, select, update

from mailflow.aftercare import RefundState
from mailflow.store.after_tables import Certificate, PayeeRow, RefundRow
from mailflow.store.certificates import CertificateState, Purpose
from mailflow.store.database import Transaction
from mailflow.store.tables import BankLineRow, CreditRow, DataKey, Decision, SettlementImport

_MONEY_TO_COME = (RefundState.APPLIED, RefundState.VERIFIED, RefundState.LISTED)
_AT_ONCE = 500  # ids in one question


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, so many at once as a question to the database may name."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def certificates_of(tx: Transaction, case_ids: Sequence[str]) -> set[str]:
    """Certificates of these cases that still say something; not those of a refund on its way, nor
    one for the reward that nobody has decided."""
    waits = select(RefundRow.case_id).where(col(RefundRow.state).in_(_MONEY_TO_COME))
    over = or_(
        (col(Certificate.purpose) == Purpose.REFUND) & col(Certificate.case_id).not_in(waits),
        (col(Certificate.purpose) == Purpose.REWARD)
        & (col(Certificate.state) != CertificateState.RECEIVED),
    )
    full = func.length(Certificate.file_sealed) > 0
    return {
        row
        for some in parts(case_ids)
        for row in tx.session.exec(
            select(Certificate.id).where(full, over, col(Certificate.case_id).in_(some))
        )
    }


def payees_of(tx: Transaction, case_ids: Sequence[str]) -> set[str]:
    """Accounts of these cases to which no money is on its way any more."""
    waits = select(RefundRow.case_id).where(col(RefundRow.state).in_(_MONEY_TO_COME))
    over = (func.length(PayeeRow.data_sealed) > 0, col(PayeeRow.case_id).not_in(waits))
    return {
        row
        for some in parts(case_ids)
        for row in tx.session.exec(
            select(PayeeRow.id).where(*over, col(PayeeRow.case_id).in_(some))
        )
    }


def lines_of_nobody(tx: Transaction, *, before: datetime, rounds: Collection[str]) -> set[str]:
    """Bank lines that count for no case, taken in before that moment.

    While a round runs, money without an owner is a question, whether or not an item asks it: only
    what staff dismissed or took back goes then. `rounds` are the campaigns of which the term has
    passed too. A line that an open item is about stays.
    """
    credited = select(CreditRow.line_id).where(col(CreditRow.removed_at).is_(None))
    asked = select(Decision.key_id).where(col(Decision.decided_at).is_(None))
    query = (
        select(BankLineRow.id)
        .join(SettlementImport, col(SettlementImport.id) == BankLineRow.import_id)
        .where(
            func.length(BankLineRow.data_sealed) > 0,
            col(SettlementImport.imported_at) < before,
            col(BankLineRow.id).not_in(credited),
            col(BankLineRow.key_id).not_in(asked),
            or_(
                col(BankLineRow.dismissed_at).is_not(None),
                col(BankLineRow.removed_at).is_not(None),
                col(BankLineRow.campaign).in_(rounds),
            ),
        )
    )
    return set(tx.session.exec(query))


def empty_certificates(tx: Transaction, ids: Sequence[str]) -> None:
    """Picture and title go; what was decided stays."""
    for some in parts(ids):
        gone = update(Certificate).where(col(Certificate.id).in_(some))
        tx.session.exec(gone.values(file_sealed=b"", title_sealed=b""))


def empty_payees(tx: Transaction, ids: Sequence[str], *, now: datetime) -> None:
    """Nobody can be paid to these accounts any more."""
    for some in parts(ids):
        gone = update(PayeeRow).where(col(PayeeRow.id).in_(some))
        tx.session.exec(
            gone.values(data_sealed=b"", voided_at=func.coalesce(PayeeRow.voided_at, now))
        )


def empty_lines(tx: Transaction, ids: Sequence[str]) -> None:
    """Sum and day stay, as in any ledger; `line_index` too, or the file would bring them back."""
    for some in parts(ids):
        keys = select(BankLineRow.key_id).where(col(BankLineRow.id).in_(some))
        tx.session.exec(delete(DataKey).where(col(DataKey.id).in_(keys)))
        gone = update(BankLineRow).where(col(BankLineRow.id).in_(some))
        tx.session.exec(gone.values(data_sealed=b"", account_index=b""))
