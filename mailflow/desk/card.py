"""One item of the queue with all that a person needs to decide it."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from mailflow.desk.verbs import Desk
from mailflow.person import LABELS
from mailflow.store import cases, inbox, receipts
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.queue import Item, changes_in, find_item
from mailflow.store.receipts import Claimed


@dataclass(frozen=True, slots=True)
class Card:
    """The item, its case, the mail's raw bytes, and what a picture was read as."""

    item: Item
    case: CaseView | None
    raw: bytes = field(repr=False)
    receipt: Claimed | None = field(repr=False)

    def facts(self) -> dict[str, object]:
        """For `--json`: names and codes; values only where they are what must be decided."""
        changes, _ = changes_in(self.item.proposal)
        return {
            "item": self.item.id,
            "kind": self.item.kind,
            "reasons": list(self.item.reasons),
            "proposal": self.item.event or None,
            "changes": {name.value: value for name, value in changes.items()},
            "case": self.case.number if self.case else None,
            "state": self.case.state if self.case else None,
            "receipt": self._read() or None,
            "expected": self._expected() or None,
            "opened_at": self.item.opened_at.isoformat(),
        }

    def lines(self) -> list[tuple[str, str]]:
        """Label and text, in the order a clerk asks."""
        lines = [("項目", self.item.id), ("原因", " ".join(self.item.reasons))]
        if self.case:
            lines.append(("案件", f"{self.case.number}（{self.case.state}）"))
        changes, _ = changes_in(self.item.proposal)
        for name, new in changes.items():
            old = self.case.data[name] if self.case else ""
            lines.append((LABELS[name], f"{old} → {new}"))
        lines += [(f"讀到 {key}", str(value)) for key, value in self._read().items()]
        lines += [(f"應為 {key}", str(value)) for key, value in self._expected().items()]
        lines.append(("接受後", self.item.event or "（無建議：ask、requeue 或 discard）"))
        return lines

    def save(self, folder: Path) -> list[Path]:
        """Write mail, picture and evidence into a folder that only the owner can read."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = {}
        if self.raw:
            files["mail.eml"] = self.raw
        if self.receipt:
            files["picture"] = self.receipt.picture
            files["reading.json"] = self.receipt.reading
        written = []
        for name, content in files.items():
            path = folder / f"{self.item.id[-8:]}-{name}"
            path.touch(mode=0o600)
            path.write_bytes(content)
            written.append(path)
        return written

    def _read(self) -> dict[str, object]:
        if self.receipt is None:
            return {}
        reading = json.loads(self.receipt.reading)
        told = ("kind", "status", "amount", "fee", "paid_at", "account", "reference", "reasons")
        return {key: reading[key] for key in told if reading.get(key)}

    def _expected(self) -> dict[str, object]:
        if self.case is None or self.case.slip is None:
            return {}
        slip = self.case.slip
        return {"amount": slip.amount, "account": slip.account, "until": slip.due_on.isoformat()}


def load_card(desk: Desk, name: str) -> Card:
    """The open item of that name; raises NotOpenError."""
    with desk.store.read() as tx:
        item = find_item(tx, name)
        return Card(
            item=item,
            case=cases.load(tx, item.case_id) if item.case_id else None,
            raw=inbox.raw_bytes(tx, item.inbox_id) if item.inbox_id else b"",
            receipt=_receipt(tx, item),
        )


def _receipt(tx: Transaction, item: Item) -> Claimed | None:
    return receipts.load(tx, item.receipt_id) if item.receipt_id else None
