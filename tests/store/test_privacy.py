"""Nothing personal lies readable in the store, and an erased person is gone from backups too."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel
from store.people import ANNE, BART, SLIP
from typer.testing import CliRunner

from mailflow.cli import database
from mailflow.cli import queue as queue_commands
from mailflow.cli.app import main
from mailflow.cli.app import program as commands
from mailflow.cli.office import clear_errors
from mailflow.desk import Desk
from mailflow.logs import masked
from mailflow.mail import identity
from mailflow.person import Field
from mailflow.receipts.reuse import Marks
from mailflow.store import cases, inbox, lookup, queue, receipts, schema
from mailflow.store.audit import history
from mailflow.store.backup import backup
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.erasure import cases_of_person, erase_person, forget_old_pages
from mailflow.store.inbox import Arrival
from mailflow.store.keys import KeysError, load_keys, new_keys_file
from mailflow.store.queue import open_decision
from mailflow.store.receipts import Claimed
from mailflow.store.tables import DataKey, InboxState, Stage
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
        assert erase_person(tx, "iPAS114-0001", actor="staff", why="asked", now=now) == [
            "iPAS114-0001"
        ]
    with store.read() as tx, pytest.raises(SealError):
        cases.load(tx, case_id)
    with store.read() as tx:
        assert lookup.by_address(tx, ANNE[Field.EMAIL]) == []


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


def bring_in(store: Store, now: datetime, case_id: str) -> str:
    """A mail of the case with a picture, held for a decision; returns the item."""
    with store.write() as tx:
        (mail,) = inbox.store_arrivals(
            tx, [Arrival("a", "INBOX", 1, 2, MAIL + b"mine", len(MAIL) + 4)], now=now
        )
        (claim,) = inbox.claim(
            tx, Stage.READ, owner="w", now=now, lease=timedelta(minutes=1), row_id=mail
        )
        inbox.settle(tx, claim, InboxState.HELD, case_id=case_id)
        key_id = inbox.key_of(tx, mail)
        marks = Marks("600 today", "the reference", "the minute")
        claimed = Claimed(b"picture", b"{}", "flag", (), marks=marks, likeness=b"light and dark")
        receipts.keep(tx, claimed, inbox_id=mail, case_id=case_id, key_id=key_id, now=now)
        return open_decision(tx, kind="mail", reasons=("doubt",), inbox_id=mail, now=now)


def erase_anne(store: Store, now: datetime, *, why: str = "asked") -> list[str]:
    with store.write() as tx:
        return erase_person(tx, "iPAS114-0001", actor="staff", why=why, now=now)


def test_nothing_known_about_an_erased_person_equals_a_stored_index(
    store: Store, rules: Rules, now: datetime
):
    bring_in(store, now, fill(store, rules, now))
    blind = store.keyring.blind
    known = [
        blind("address", ANNE[Field.EMAIL]),
        blind("student_no", ANNE[Field.STUDENT_NO]),
        blind("national_id", ANNE[Field.NATIONAL_ID]),
        blind("account", SLIP.account),
        blind("picture", hashlib.sha256(b"picture").hexdigest()),
        blind("payment", "600 today"),
        blind("payment number", "the reference"),
        blind("payment moment", "the minute"),
        b"light and dark",
        hashlib.sha256(MAIL + b"mine").hexdigest().encode(),
        identity(MAIL + b"mine").encode(),
    ]
    with store.write() as tx:  # the mail of somebody unknown is another one
        tx.session.exec(text("UPDATE inbox SET identity = 'other' WHERE uid = 1"))
    assert [value in everything(store) for value in known] == [True] * len(known)
    erase_anne(store, now)
    assert [value in everything(store) for value in known] == [False] * len(known)


def test_the_mail_of_a_decision_closed_by_erasing_is_discarded(
    store: Store, rules: Rules, now: datetime
):
    item = bring_in(store, now, fill(store, rules, now))
    erase_anne(store, now)
    with store.read() as tx:
        rows = tx.session.exec(text("SELECT state FROM inbox ORDER BY uid")).all()
        assert [row.state for row in rows] == [InboxState.RECEIVED, InboxState.DISCARDED]
        assert queue.open_items(tx) == []
        with pytest.raises(queue.NotOpenError):
            queue.find_item(tx, item)


def test_erasing_names_every_case_of_the_person_and_no_other(
    store: Store, rules: Rules, now: datetime
):
    fill(store, rules, now)
    with store.write() as tx:
        work = Casework(tx, rules, now=now)
        work.register(BART, cause=Cause(actor="mailflow"), problems=())
        again = ANNE.with_changes({Field.STUDENT_NO: "115590001"})
        work.register(again, cause=Cause(actor="mailflow"), problems=())
    both = ["iPAS114-0001", "iPAS114-0003"]
    with store.read() as tx:
        assert cases_of_person(tx, "iPAS114-0003") == both
    assert erase_anne(store, now) == both
    with store.read() as tx:
        assert [history(tx, number)[-1].action for number in both] == ["erased"] * 2
        assert lookup.by_address(tx, BART[Field.EMAIL]) != []


def test_the_erased_key_is_in_no_file_of_the_database(store: Store, rules: Rules, now: datetime):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL recycles its own log")
    case_id = fill(store, rules, now)
    with store.read() as tx:
        key = tx.session.get_one(DataKey, cases.load(tx, case_id).key_id).wrapped
    path = Path(str(store.engine.url.database))

    def files() -> bytes:
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))

    erase_anne(store, now)
    assert key in files()
    assert forget_old_pages(store)
    assert key not in files()


def test_a_reader_that_keeps_the_log_in_use_is_told(store: Store, rules: Rules, now: datetime):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL recycles its own log")
    fill(store, rules, now)
    with store.engine.connect() as ours:  # the pool hands the same connection out again
        ours.exec_driver_sql("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(str(store.engine.url.database))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM audit").fetchone()
        erase_anne(store, now)
        assert not forget_old_pages(store)
    assert forget_old_pages(store)


def test_personal_numbers_in_staffs_own_words_are_masked(store: Store, rules: Rules, now: datetime):
    fill(store, rules, now)
    erase_anne(store, now, why="A123456789、AC12345678 的 0912-345-678 或 anne@example.org 來電")
    with store.read() as tx:
        assert history(tx, "iPAS114-0001")[-1].why == "***、*** 的 *** 或 *** 來電"


def test_a_rows_id_is_not_taken_for_a_personal_number():
    assert masked("mail=18a0123456789012ffabcdef0123") == "mail=18a0123456789012ffabcdef0123"


def test_what_goes_wrong_in_the_database_is_told_without_values(store: Store):
    with pytest.raises(DatabaseError) as told, store.write() as tx:
        tx.session.connection().execute(text("SELECT :name FROM nowhere"), {"name": "secret"})
    assert "secret" not in str(told.value)


def test_a_backup_is_whole_and_for_the_owner_alone(
    store: Store, rules: Rules, now: datetime, tmp_path: Path
):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has tools of its own for backups (see docs/runbook.md)")
    case_id = fill(store, rules, now)
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / "mailflow-data.new").write_bytes(b"left by a crash")
    data, keys = backup(store, folder, now=now)
    assert sorted(folder.iterdir()) == sorted([data, keys])
    assert [path.stat().st_mode & 0o777 for path in (data, keys)] == [0o600, 0o600]
    with sqlite3.connect(data) as copy:
        copy.execute("ATTACH ? AS k", (str(keys),))
        copy.execute("INSERT INTO datakey SELECT * FROM k.datakey")
    restored = Store(f"sqlite:///{data}", store.keyring)
    assert schema.version(restored)[0] == schema.version(restored)[1]
    with restored.read() as tx:
        assert cases.load(tx, case_id).data == ANNE
    with pytest.raises(DatabaseError, match="append-only"), restored.write() as tx:
        tx.session.exec(text("DELETE FROM audit"))
    restored.engine.dispose()


def test_a_backup_that_breaks_leaves_no_file(
    store: Store, rules: Rules, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has tools of its own for backups (see docs/runbook.md)")
    fill(store, rules, now)
    with store.read() as tx:
        keys = [bytes(row.wrapped) for row in tx.session.exec(text("SELECT * FROM datakey"))]
    left: list[bytes] = []

    def power_cut(path: Path, _target: Path) -> None:
        left.extend(file.read_bytes() for file in path.parent.glob("mailflow-data*"))
        raise OSError("power cut")

    monkeypatch.setattr(Path, "replace", power_cut)
    with pytest.raises(OSError, match="power cut"):
        backup(store, tmp_path / "backup", now=now)
    assert left
    assert [key for key in keys if any(key in content for content in left)] == []
    assert list((tmp_path / "backup").iterdir()) == []


def test_staff_see_all_cases_that_erasing_hits_and_are_asked_once(
    store: Store, rules: Rules, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    fill(store, rules, now)
    with store.write() as tx:
        again = ANNE.with_changes({Field.STUDENT_NO: "115590001"})
        Casework(tx, rules, now=now).register(again, cause=Cause(actor="mailflow"), problems=())
    monkeypatch.setattr(database, "office", lambda _: nullcontext((None, store, rules)))
    erase = ["erase", "iPAS114-0002", "--why", "asked"]
    refused = CliRunner().invoke(commands(), erase, input="n\n")
    assert refused.exit_code == 1
    assert refused.output.count("iPAS114-0001, iPAS114-0002") == 1
    done = CliRunner().invoke(commands(), erase, input="y\n")
    assert (done.exit_code, done.output.count("[y/N]")) == (0, 1)
    if store.engine.dialect.name == "sqlite":
        assert Path(f"{store.engine.url.database}-wal").stat().st_size == 0


def test_an_item_of_an_erased_person_is_a_sentence_and_no_crash(
    store: Store, rules: Rules, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    case_id = fill(store, rules, now)
    erase_anne(store, now)
    with store.write() as tx:
        item = open_decision(tx, kind="case", reasons=("late",), case_id=case_id, now=now)
    staff = Desk(store, rules, actor="staff", now=lambda: now)

    @contextmanager
    def desk(_path: Path) -> Iterator[Desk]:
        with clear_errors():
            yield staff

    monkeypatch.setattr(queue_commands, "desk", desk)
    shown = CliRunner().invoke(commands(), ["queue", "show", item])
    assert isinstance(shown.exception, SystemExit)
    assert (shown.exit_code, "the key is erased" in shown.output) == (1, True)


def test_every_file_a_command_makes_is_the_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mailflow.cli.app.program", lambda _names: (tmp_path / "file").touch)
    before = os.umask(0o022)
    try:
        main()
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
