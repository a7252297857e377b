"""What waits for a person, and what a person decided."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, delete, func, select, update

from mailflow import saying
from mailflow.logs import masked
from mailflow.person import Field
from mailflow.settlement import Share
from mailflow.slips import Slip
from mailflow.store.database import Transaction, new_id
from mailflow.store.tables import DataKey, Decision


class NotOpenError(ValueError):
    """No open item of that id: it was never there, or somebody has decided it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One open question. `event` is what accepting does; `proposal` its sealed details."""

    id: str
    kind: str
    reasons: tuple[str, ...]
    event: str
    case_id: str | None
    inbox_id: str | None
    outbox_id: str | None
    receipt_id: str | None
    opened_at: datetime
    proposal: bytes = field(default=b"", repr=False)


def open_decision(
    tx: Transaction,
    *,
    kind: str,
    reasons: Sequence[str],
    now: datetime,
    event: str = "",
    case_id: str | None = None,
    inbox_id: str | None = None,
    outbox_id: str | None = None,
    receipt_id: str | None = None,
    proposal: bytes = b"",
    key_id: str = "",
) -> str:
    """Put something before staff; returns the item's id. `proposal` needs a `key_id`."""
    item_id = new_id()
    sealed = b""
    if proposal:
        sealed = tx.vault.seal(proposal, key_id=key_id, place=f"decision.proposal.{item_id}")
    tx.session.add(
        Decision(
            id=item_id,
            kind=kind,
            reasons=" ".join(dict.fromkeys(reasons)),
            event=event,
            case_id=case_id,
            inbox_id=inbox_id,
            outbox_id=outbox_id,
            receipt_id=receipt_id,
            key_id=key_id,
            proposal_sealed=sealed,
            opened_at=now,
        )
    )
    return item_id


def open_items(tx: Transaction, *, case_id: str | None = None) -> list[Item]:
    """All that waits, oldest first."""
    query = select(Decision).where(col(Decision.decided_at).is_(None))
    if case_id is not None:
        query = query.where(Decision.case_id == case_id)
    return [_item(tx, row) for row in tx.session.exec(query.order_by(col(Decision.id)))]


def waiting(tx: Transaction) -> tuple[int, datetime | None]:
    """How many items wait, and since when the oldest does."""
    query = select(func.count(), func.min(Decision.opened_at))
    return tx.session.exec(query.where(col(Decision.decided_at).is_(None))).one()


def is_open(tx: Transaction, *, kind: str, reason: str) -> bool:
    """Whether such a question waits already, so that it is asked once."""
    query = select(Decision.id).where(
        Decision.kind == kind, Decision.reasons == reason, col(Decision.decided_at).is_(None)
    )
    return tx.session.exec(query).first() is not None


def last_decided(tx: Transaction, *, kind: str, reason: str) -> datetime | None:
    """When such a question was decided last."""
    query = select(func.max(Decision.decided_at)).where(
        Decision.kind == kind, Decision.reasons == reason
    )
    return tx.session.exec(query).first()


def find_item(tx: Transaction, prefix: str) -> Item:
    """The open item whose id, mail or letter begins or ends with `prefix`; raises NotOpenError."""
    found = [
        item
        for item in open_items(tx)
        if any(
            name and (name.startswith(prefix) or name.endswith(prefix))
            for name in (item.id, item.inbox_id, item.outbox_id)
        )
    ]
    if len(found) != 1:
        words = ("待處理項目", "open item")
        raise NotOpenError(
            saying.not_one(len(found), of=words, name=prefix, see="mailflow queue list")
        )
    return found[0]


def close(tx: Transaction, item_id: str, *, verb: str, actor: str, why: str, now: datetime) -> None:
    """Decide an item once; raises NotOpenError when somebody was faster."""
    result = tx.session.exec(
        update(Decision)
        .where(col(Decision.id) == item_id, col(Decision.decided_at).is_(None))
        .values(decided_at=now, decided_by=actor, verb=verb, why=masked(why))
    )
    if result.rowcount != 1:
        raise NotOpenError(
            saying.both(f"{item_id} 已由他人決定", f"{item_id} has been decided meanwhile")
        )
    row = tx.session.get_one(Decision, item_id, populate_existing=True)
    if row.key_id and row.kind == "office":
        # Its key is nobody's: what a refused file said of people ends with the question.
        tx.session.exec(
            delete(DataKey).where(col(DataKey.id) == row.key_id, col(DataKey.person_id).is_(None))
        )


def close_answered(
    tx: Transaction, case_id: str, *, event: str, verb: str, actor: str, why: str, now: datetime
) -> None:
    """Close what asked about a case for this event; questions of mails stay."""
    for item in open_items(tx, case_id=case_id):
        if item.kind == "case" and item.event == event:
            close(tx, item.id, verb=verb, actor=actor, why=why, now=now)


def _item(tx: Transaction, row: Decision) -> Item:
    proposal = b""
    if row.proposal_sealed:
        proposal = tx.vault.open(row.proposal_sealed, place=f"decision.proposal.{row.id}")
    return Item(
        id=row.id,
        kind=row.kind,
        reasons=tuple(row.reasons.split()),
        event=row.event,
        case_id=row.case_id,
        inbox_id=row.inbox_id,
        outbox_id=row.outbox_id,
        receipt_id=row.receipt_id,
        opened_at=row.opened_at,
        proposal=proposal,
    )


def proposal_of(
    changes: Mapping[Field, str], reasons: Sequence[str], *, slip: Slip | None = None
) -> bytes:
    """What accepting an item would change, as it is sealed into the item."""
    told: dict[str, object] = {"changes": dict(changes), "reasons": list(reasons)}
    if slip:
        told["slip"] = slip.to_dict()
    return json.dumps(told).encode()


def changes_in(proposal: bytes) -> tuple[dict[Field, str], tuple[str, ...]]:
    """The new values and the reasons of a proposal; empty when there is none."""
    data = json.loads(proposal or b"{}")
    changes = {Field(name): value for name, value in data.get("changes", {}).items()}
    return changes, tuple(data.get("reasons", ()))


@dataclass(frozen=True, slots=True)
class MoneyProposal:
    """About a bank line: the shares that accepting would credit, and the cases that were found."""

    line_id: str
    shares: tuple[Share, ...] = ()
    candidates: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        shares = [[share.case, share.amount] for share in self.shares]
        told = {"line": self.line_id, "shares": shares, "candidates": self.candidates}
        return json.dumps(told).encode()


def money_in(proposal: bytes) -> MoneyProposal | None:
    """The bank line that an item is about, if any."""
    told = json.loads(proposal or b"{}")
    if "line" not in told:
        return None
    shares = tuple(Share(case, amount) for case, amount in told["shares"])
    return MoneyProposal(told["line"], shares, tuple(told["candidates"]))


def slip_in(proposal: bytes) -> Slip | None:
    """The slip that accepting would put in force, if any."""
    told = json.loads(proposal or b"{}").get("slip")
    return Slip.from_dict(told) if told else None
