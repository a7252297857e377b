"""Nothing personal lies readable in the store, and an erased person is gone from backups too."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel
from store.people import ANNE, SLIP

from mailflow.person import Field
from mailflow.store import cases, inbox
from mailflow.store.backup import backup
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.erasure import erase_person
from mailflow.store.inbox import Arrival
from mailflow.store.keys import KeysError, load_keys, new_keys_file
from mailflow.store.vault import SealError

MAIL = b"From: Anne <anne@example.org>\r\nMessage-ID: <1@example.org>\r\n\r\nsecret words\r\n"


def fill(store: Store, rules: Rules, now: datetime) -> str:
    with store.write() as tx:
        case = Casework(tx, rules, now=now).register(
            ANNE, cause=Cause(actor="mailflow"), problems=()
        )
        cases.put_slip(tx, case, SLIP, now=now)
        inbox.store_arrivals(tx, [Arrival("a", "INBOX", 1, 1, MAIL, len(MAIL))], now=now)
    return case.id


def everything(store: Store) -> bytes:
    """All values of all tables, as bytes."""
    found = bytearray()
    with store.engine.connect() as connection:
        names = sorted(SQLModel.metadata.tables)
        for name in names:
            for row in connection.execute(text(f"SELECT * FROM {name}")):
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
    return bytes(found)


def test_no_personal_value_can_be_read_in_any_table(store: Store, rules: Rules, now: datetime):
    fill(store, rules, now)
    stored = everything(store)
    personal = [ANNE[name] for name in (Field.NAME_ZH, Field.NATIONAL_ID, Field.PHONE)]
    personal += [ANNE[Field.EMAIL], ANNE[Field.ADDRESS], SLIP.account, "secret words"]
    assert [value for value in personal if value.encode() in stored] == []


def test_a_value_moved_to_another_row_cannot_be_opened(store: Store, rules: Rules, now: datetime):
    fill(store, rules, now)
    with store.write() as tx:
        row = tx.session.exec(text("SELECT id, data_sealed FROM case_version")).one()
        sealed = bytes(row.data_sealed)
        assert tx.vault.open(sealed, place=f"case_version.data.{row.id}")
        for place in (f"case_version.data.{row.id}x", f"slip.data.{row.id}"):
            with pytest.raises(SealError):
                tx.vault.open(sealed, place=place)


def test_an_erased_person_cannot_be_read_any_more(store: Store, rules: Rules, now: datetime):
    case_id = fill(store, rules, now)
    with store.write() as tx:
        assert erase_person(tx, "iPAS114-0001", actor="staff", why="asked", now=now) >= 1
    with store.read() as tx, pytest.raises(SealError):
        cases.load(tx, case_id)
    with store.read() as tx:
        assert cases.by_address(tx, ANNE[Field.EMAIL]) == []


def test_an_erased_person_is_gone_from_earlier_backups(
    store: Store, rules: Rules, now: datetime, tmp_path: Path
):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has tools of its own for backups (see docs/runbook.md)")
    case_id = fill(store, rules, now)
    data, keys = backup(store, tmp_path / "backup", now=now)
    assert ANNE[Field.NAME_ZH].encode() not in data.read_bytes()
    with sqlite3.connect(data) as copy:
        assert copy.execute("SELECT count(*) FROM datakey").fetchone() == (0,)
    with store.read() as tx:
        key_id = cases.load(tx, case_id).key_id
    with store.write() as tx:
        erase_person(tx, "iPAS114-0001", actor="staff", why="asked", now=now)
    _, keys = backup(store, tmp_path / "backup", now=now.replace(hour=3))
    with sqlite3.connect(keys) as kept:
        left = [row[0] for row in kept.execute("SELECT id FROM datakey")]
    assert key_id not in left
    assert left  # the mail of somebody unknown keeps its key


def test_the_audit_can_be_added_to_but_not_changed(store: Store, rules: Rules, now: datetime):
    fill(store, rules, now)
    for statement in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="append-only"), store.write() as tx:
            tx.session.exec(text(statement))


def test_foreign_keys_files_are_told_apart(store: Store, rules: Rules, now: datetime, tmp_path):
    case_id = fill(store, rules, now)
    new_keys_file(tmp_path / "other.keys")
    stranger = Store(store.url, load_keys(tmp_path / "other.keys"))
    with stranger.read() as tx, pytest.raises(KeysError, match="does not belong"):
        cases.load(tx, case_id)
    stranger.engine.dispose()


def test_a_keys_file_is_never_overwritten_and_only_its_owner_reads_it(tmp_path: Path):
    path = tmp_path / "office.keys"
    new_keys_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(KeysError, match="exists"):
        new_keys_file(path)
    assert path.read_bytes() == before
