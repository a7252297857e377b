"""Letters that a daemon in shadow has composed: listed, and let go by staff."""

from dataclasses import dataclass

from mailflow import saying
from mailflow.desk.verbs import Desk, DeskError
from mailflow.store import lookup, outbox, shadow
from mailflow.store.audit import record
from mailflow.store.database import Transaction
from mailflow.store.shadow import InShadow
from mailflow.store.tables import OutboxState


@dataclass(frozen=True, slots=True)
class Which:
    """Letters of one id (its end suffices), of one case, of one kind, or, with none of them,
    all."""

    name: str = ""
    case: str = ""
    kind: str = ""


def listed(desk: Desk, which: Which) -> list[tuple[InShadow, str]]:
    """The letters that wait in the shadow, oldest first, each with its case number."""
    with desk.store.read() as tx:
        return [(letter, _number(tx, letter)) for letter in _found(tx, which)]


def release(desk: Desk, which: Which, *, why: str) -> list[tuple[InShadow, str]]:
    """Let them go, each looked at once more when it leaves; raises DeskError when there is none."""
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
    now = desk.now()
    with desk.store.write() as tx:
        found = _found(tx, which)
        if not found:
            raise DeskError("no such letter waits: see `mailflow queue list --shadow`")
        if which.name and len(found) > 1:
            raise DeskError(f"{len(found)} letters are named {which.name}: write more of the name")
        for letter in found:
            outbox.set_by_staff(tx, letter.id, OutboxState.QUEUED, now=now)
            record(tx, "release", subject=letter.id, actor=desk.actor, why=why, now=now)
        return [(letter, _number(tx, letter)) for letter in found]


def _found(tx: Transaction, which: Which) -> list[InShadow]:
    case_id = None
    if which.case:
        case_id = lookup.by_number(tx, which.case)
        if case_id is None:
            raise DeskError(saying.no_case(which.case))
    return [
        letter
        for letter in shadow.letters(tx, case_id=case_id)
        if which.kind in ("", letter.letter) and letter.id.endswith(which.name)
    ]


def _number(tx: Transaction, letter: InShadow) -> str:
    return lookup.number_of(tx, letter.case_id) if letter.case_id else ""
