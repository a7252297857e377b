"""A long file is taken in by portions: others get their turn, and it may be repeated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread

import pytest
from sqlmodel import func, select
from store.people import ANNE

from mailflow.desk.importing import import_rows
from mailflow.person import Field
from mailflow.store.audit import record
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.tables import Case, Outbox

MANY = 48


@dataclass(frozen=True)
class Row:
    submitted_at: datetime
    texts: Mapping[Field, str]
    slip: None = None
    doubts: tuple[str, ...] = ()


class PowerCutError(Exception):
    """The machine stops."""


class PowerCut(tuple[str, ...]):
    """Doubts that nobody reads to their end."""

    def __iter__(self) -> Iterator[str]:
        raise PowerCutError


def student(number: int, now: datetime) -> Row:
    told = {
        Field.STUDENT_NO: f"113591{number:03d}",
        Field.EMAIL: f"t113591{number:03d}@student.example.edu.tw",
        Field.NATIONAL_ID: national_id(number),
    }
    return Row(now, {**ANNE.values, **told})


def national_id(number: int) -> str:
    """Invented, with the right check digit."""
    digits = f"10{1:01d}{number:07d}"
    weighed = zip(map(int, digits), (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)
    return f"A{digits[2:]}{-sum(digit * weight for digit, weight in weighed) % 10}"


def counted(store: Store, table: type[Case | Outbox]) -> int:
    with store.read() as tx:
        return tx.session.exec(select(func.count()).select_from(table)).one()


def test_an_import_that_was_stopped_is_repeated(store: Store, rules: Rules, now: datetime):
    rows = [student(number, now) for number in range(MANY)]
    stopped = [*rows[:40], replace(rows[40], doubts=PowerCut()), *rows[41:]]
    with pytest.raises(PowerCutError):
        import_rows(store, rules, stopped, actor="clerk", now=now)
    before = counted(store, Case)
    assert 0 < before < 40
    report = import_rows(store, rules, rows, actor="clerk", now=now)
    assert (report.unchanged, len(report.created), report.held) == (before, MANY - before, [])
    assert counted(store, Case) == MANY
    assert counted(store, Outbox) == 2 * MANY  # form_receipt and data_confirmation, once each


def test_others_write_while_a_long_file_is_taken_in(store: Store, rules: Rules, now: datetime):
    rows = [student(number, now) for number in range(MANY)]
    importing = Thread(
        target=import_rows, args=(store, rules, rows), kwargs={"actor": "clerk", "now": now}
    )
    importing.start()
    seen = set()
    while importing.is_alive():
        with store.write() as tx:
            record(tx, "turn", subject="mail", actor="mailflow", why="", now=now)
            seen.add(tx.session.exec(select(func.count()).select_from(Case)).one())
        importing.join(0.05)
    importing.join()
    assert seen - {0, MANY}
