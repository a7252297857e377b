"""Which files of the watched folder have been dealt with, and how. The caller commits."""

import json
from collections.abc import Sequence
from datetime import datetime

from mailflow.store.audit import MACHINE, record
from mailflow.store.database import Transaction
from mailflow.store.queue import close, open_decision, open_items
from mailflow.store.tables import ImportedFile

REFUSED = "import_refused"
_MOST_PROBLEMS = 200


def known(tx: Transaction, digest: str) -> bool:
    """Whether a file of exactly these bytes has been dealt with, under whatever name."""
    return tx.session.get(ImportedFile, digest) is not None


def note(
    tx: Transaction, digest: str, *, name: str, size: int, outcome: str, now: datetime
) -> None:
    """Remember the file, and end what was asked about an earlier one of its name."""
    tx.session.add(ImportedFile(digest=digest, name=name, size=size, seen_at=now, outcome=outcome))
    record(tx, f"file_{outcome}", subject=digest[:16], actor=MACHINE, now=now)
    for item in open_items(tx):
        if item.reasons == (REFUSED,) and refused_file(item.proposal)[0] == name:
            close(tx, item.id, verb="discard", actor=MACHINE, why="a newer file came", now=now)


def refuse(tx: Transaction, name: str, problems: Sequence[str], *, now: datetime) -> None:
    """Put a broken file before staff, with every problem; nothing of it was taken in."""
    told = {"file": name, "problems": list(problems[:_MOST_PROBLEMS])}
    open_decision(
        tx,
        kind="office",
        reasons=(REFUSED,),
        proposal=json.dumps(told).encode(),
        key_id=tx.vault.new_key(),
        now=now,
    )


def refused_file(proposal: bytes) -> tuple[str, tuple[str, ...]]:
    """The file that an item is about, and its problems; "" when it is about none."""
    told = json.loads(proposal or b"{}")
    return told.get("file", ""), tuple(told.get("problems", ()))
