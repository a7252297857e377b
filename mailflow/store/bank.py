"""The bank's lines: taken in file by file, never twice, and taken back. The caller commits."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select, update

from mailflow import saying
from mailflow.logs import masked
from mailflow.settlement import BankLine, additions, identity_of, surplus
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import BankLineRow, CreditRow, SettlementImport, SettlementSeen
from mailflow.store.vault import SealError


class NoSuchLineError(ValueError):
    """No line or import of that name; the text says where to look."""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line of the ledger; `dismissed` by staff: nothing is proposed for it any more."""

    id: str
    import_id: str
    key_id: str
    line: BankLine
    dismissed: bool


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was taken in; `lines` are those of the ledger that it brought."""

    id: str
    name: str
    covers_until: date
    imported_at: datetime
    imported_by: str
    undone_at: datetime | None
    lines: int


def take_in(
    tx: Transaction,
    lines: Sequence[BankLine],
    *,
    campaign: str,
    name: str,
    covers_until: date,
    actor: str,
    now: datetime,
    at_most: int | None = None,
) -> tuple[str, int]:
    """Add what the ledger lacks, `at_most` so many lines; the import's id, and how many it added.

    A file that says exactly what one import said is that import, and adds nothing but what that
    one was stopped before.
    """
    keys = [_index(tx, line) for line in lines]
    told = Counter(keys)
    same = next((one for one, seen in _seen(tx, campaign).items() if seen == told), None)
    row = tx.session.get_one(SettlementImport, same) if same else None
    if row is None:
        row = SettlementImport(
            id=new_id(),
            campaign=campaign,
            name=masked(name),
            covers_until=covers_until,
            imported_at=now,
            imported_by=actor,
        )
        tx.session.add(row)
        for key, count in told.items():
            tx.session.add(SettlementSeen(import_id=row.id, line_index=key, count=count))
    new = additions(keys, _ledger(tx, campaign))[:at_most]
    for position in new:
        _add_line(tx, lines[position], keys[position], row)
    tx.session.flush()
    return row.id, len(new)


def take_back(tx: Transaction, import_id: str, *, now: datetime) -> list[str]:
    """Undo an import; returns the ids of the lines that went. Others keep what they said too."""
    row = tx.session.get_one(SettlementImport, import_id)
    row.undone_at = now
    tx.session.add(row)
    tx.session.flush()
    others = _seen(tx, row.campaign)
    going = surplus(_ledger(tx, row.campaign), others.values())
    gone = []
    query = select(BankLineRow).where(
        BankLineRow.import_id == import_id, col(BankLineRow.removed_at).is_(None)
    )
    for line in tx.session.exec(query.order_by(col(BankLineRow.id).desc())):
        if going.get(line.line_index, 0):
            going[line.line_index] -= 1
            line.removed_at = now
            gone.append(line.id)
        else:  # another file says it too: now it is that file's
            line.import_id = next(one for one, seen in others.items() if seen[line.line_index])
        tx.session.add(line)
    tx.session.flush()
    return gone


def _index(tx: Transaction, line: BankLine) -> bytes:
    return tx.blind("bank_line", identity_of(line))


def _seen(tx: Transaction, campaign: str) -> dict[str, Counter[bytes]]:
    """What each import in force says, by its id, newest first."""
    query = (
        select(SettlementSeen)
        .join(SettlementImport, col(SettlementImport.id) == SettlementSeen.import_id)
        .where(SettlementImport.campaign == campaign, col(SettlementImport.undone_at).is_(None))
        .order_by(col(SettlementImport.id).desc())
    )
    found: dict[str, Counter[bytes]] = {}
    for row in tx.session.exec(query):
        found.setdefault(row.import_id, Counter())[row.line_index] = row.count
    return found


def _ledger(tx: Transaction, campaign: str) -> Mapping[bytes, int]:
    query = select(BankLineRow.line_index).where(
        BankLineRow.campaign == campaign, col(BankLineRow.removed_at).is_(None)
    )
    return Counter(tx.session.exec(query))


def _add_line(tx: Transaction, line: BankLine, index: bytes, row: SettlementImport) -> None:
    line_id = new_id()
    key_id = tx.vault.new_key()
    told = {
        "account": line.account,
        "payer": line.payer,
        "memo": line.memo,
        "reference": line.reference,
        "channel": line.channel,
        "clock": line.clock,
    }
    tx.session.add(
        BankLineRow(
            id=line_id,
            campaign=row.campaign,
            import_id=row.id,
            line_index=index,
            account_index=tx.blind("account", line.account) if line.account else b"",
            posted_on=line.posted_on,
            paid_on=line.paid_on,
            amount=line.amount,
            key_id=key_id,
            data_sealed=tx.vault.seal(
                json.dumps(told).encode(), key_id=key_id, place=f"bank_line.data.{line_id}"
            ),
        )
    )


def open_lines(tx: Transaction, campaign: str) -> list[StoredLine]:
    """The lines that count for no case yet, in the order of the files; erased ones left out."""
    credited = select(CreditRow.line_id).where(col(CreditRow.removed_at).is_(None))
    query = (
        select(BankLineRow)
        .where(BankLineRow.campaign == campaign, col(BankLineRow.removed_at).is_(None))
        .where(col(BankLineRow.id).not_in(credited))
        .order_by(col(BankLineRow.id))
    )
    return list(_readable(tx, tx.session.exec(query)))


def is_open(tx: Transaction, line_id: str) -> bool:
    """Whether the line stands in the ledger and counts for no case."""
    credited = select(CreditRow.line_id).where(
        CreditRow.line_id == line_id, col(CreditRow.removed_at).is_(None)
    )
    query = select(BankLineRow.id).where(
        BankLineRow.id == line_id,
        col(BankLineRow.removed_at).is_(None),
        col(BankLineRow.dismissed_at).is_(None),
        col(BankLineRow.id).not_in(credited),
    )
    return tx.session.exec(query).first() is not None


def _readable(tx: Transaction, rows: Iterable[BankLineRow]) -> Iterable[StoredLine]:
    for row in rows:
        try:
            yield _stored(tx, row)
        except SealError:
            continue


def line_named(tx: Transaction, name: str, *, campaign: str) -> StoredLine:
    """The line of the ledger whose id ends with `name`; raises NoSuchLineError."""
    query = select(BankLineRow).where(
        BankLineRow.campaign == campaign,
        col(BankLineRow.removed_at).is_(None),
        col(BankLineRow.id).endswith(name, autoescape=True),
    )
    found = list(tx.session.exec(query))
    if len(found) != 1:
        raise NoSuchLineError(
            saying.not_one(
                len(found), of=("款項", "bank line"), name=name, see="mailflow settle report"
            )
        )
    return _stored(tx, found[0])


def _stored(tx: Transaction, row: BankLineRow) -> StoredLine:
    told = json.loads(tx.vault.open(row.data_sealed, place=f"bank_line.data.{row.id}"))
    line = BankLine(posted_on=row.posted_on, paid_on=row.paid_on, amount=row.amount, **told)
    return StoredLine(row.id, row.import_id, row.key_id, line, row.dismissed_at is not None)


def dismiss(tx: Transaction, line_id: str, *, now: datetime) -> None:
    """Staff: nothing is to be done about this line."""
    tx.session.exec(
        update(BankLineRow).where(col(BankLineRow.id) == line_id).values(dismissed_at=now)
    )


def imports(tx: Transaction, campaign: str) -> list[Import]:
    """All files that were taken in, oldest first, those undone too."""
    query = select(SettlementImport).where(SettlementImport.campaign == campaign)
    brought = Counter(
        tx.session.exec(
            select(BankLineRow.import_id).where(
                BankLineRow.campaign == campaign, col(BankLineRow.removed_at).is_(None)
            )
        )
    )
    return [
        Import(
            id=row.id,
            name=row.name,
            covers_until=row.covers_until,
            imported_at=row.imported_at,
            imported_by=row.imported_by,
            undone_at=row.undone_at,
            lines=brought[row.id],
        )
        for row in tx.session.exec(query.order_by(col(SettlementImport.id)))
    ]


def import_named(tx: Transaction, name: str, *, campaign: str) -> Import:
    """The import in force whose id ends with `name`; raises NoSuchLineError."""
    found = [one for one in imports(tx, campaign) if one.id.endswith(name) and not one.undone_at]
    if len(found) != 1:
        raise NoSuchLineError(
            saying.not_one(
                len(found), of=("對帳檔", "import"), name=name, see="mailflow settle report"
            )
        )
    return found[0]
