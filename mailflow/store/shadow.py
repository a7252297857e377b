"""Whether the daemon works in shadow: written into the audit when that changes."""

from datetime import datetime

from mailflow.store.audit import MACHINE, history, record
from mailflow.store.database import Transaction

_SUBJECT, _ON, _OFF = "daemon", "shadow on", "shadow off"


def note(tx: Transaction, *, is_on: bool, now: datetime) -> None:
    """The daemon starts so."""
    if is_on is not was_on(tx):
        record(tx, _ON if is_on else _OFF, subject=_SUBJECT, actor=MACHINE, now=now)


def was_on(tx: Transaction) -> bool:
    """Whether the daemon that was started last works in shadow."""
    said = [line.action for line in history(tx, _SUBJECT) if line.action in (_ON, _OFF)]
    return said[-1:] == [_ON]
