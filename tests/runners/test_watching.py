"""The office drops the form's export into a folder; the daemon takes each file in once."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import text
from sqlmodel import select
from store.people import ANNE, BART

from mailflow.config import Config
from mailflow.desk import Desk
from mailflow.person import BASIC, LABELS, Field, Registration
from mailflow.runners.watching import Watching
from mailflow.store import cases
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.imported_files import refused_file
from mailflow.store.queue import Item, open_items
from mailflow.store.tables import Audit, Case

REST = 0.05  # seconds until a file counts


def as_csv(*people: Registration, at: str = "2025/9/10 下午 3:21:05") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["時間戳記", *(LABELS[name] for name in BASIC)])
    writer.writerows([at, *(person[name] for name in BASIC)] for person in people)
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "form"
    made.mkdir()
    return made


@pytest.fixture
def watching(folder: Path, store: Store, rules: Rules, now: datetime) -> Iterator[Watching]:
    watcher = Watching(config(folder), store, rules, now=lambda: now)
    yield watcher
    watcher.close()


def config(folder: Path, *, rest: float = REST) -> Config:
    server = {"host": "127.0.0.1", "port": 1, "security": "none"}
    return Config.model_validate(
        {
            "office": "ipas@example.edu.tw",
            "office_name": "研發處",
            "campaign": "campaign.toml",
            "imap": server,
            "smtp": server,
            "store": {"url": "sqlite:///nowhere", "keys_file": "nowhere"},
            "import": {"folder": str(folder), "stable_seconds": rest},
        }
    )


def looks(watching: Watching) -> int:
    """Look until nothing is left to do; how many files were dealt with."""
    watching.step()
    sleep(2 * REST)
    dealt = 0
    while watching.step():
        dealt += 1
    return dealt


def names(store: Store) -> list[str]:
    with store.read() as tx:
        ids = tx.session.exec(select(Case.id).order_by(Case.number))
        return [cases.load(tx, case_id).data[Field.NAME_ZH] for case_id in ids]


def waiting(store: Store) -> list[Item]:
    with store.read() as tx:
        return open_items(tx)


def test_a_growing_file_is_taken_in_each_time_it_has_grown(
    watching: Watching, folder: Path, store: Store
):
    export = folder / "報名表.csv"
    export.write_bytes(as_csv(ANNE))
    assert looks(watching) == 1
    assert looks(watching) == 0
    export.write_bytes(as_csv(ANNE, BART))
    assert looks(watching) == 1
    assert names(store) == ["安妮", "巴特"]
    assert waiting(store) == []


def test_the_same_file_is_never_taken_in_twice(
    watching: Watching, folder: Path, store: Store, rules: Rules, now: datetime
):
    (folder / "one.csv").write_bytes(as_csv(ANNE))
    assert looks(watching) == 1
    (folder / "copy of one.csv").write_bytes(as_csv(ANNE))
    os.utime(folder / "one.csv")
    assert looks(watching) == 0
    after_a_restart = Watching(config(folder), store, rules, now=lambda: now)
    assert looks(after_a_restart) == 0
    after_a_restart.close()
    with store.read() as tx:
        taken = [row for row in tx.session.exec(select(Audit)) if row.action == "file_imported"]
    assert len(taken) == 1


def test_a_file_that_still_grows_is_left_alone(
    folder: Path, store: Store, rules: Rules, now: datetime
):
    patient = Watching(config(folder, rest=60), store, rules, now=lambda: now)
    (folder / "one.csv").write_bytes(as_csv(ANNE))
    assert looks(patient) == 0
    assert names(store) == []
    patient.close()


def test_a_broken_file_is_refused_as_a_whole_and_asked_about_once(
    watching: Watching, folder: Path, store: Store
):
    wrong = as_csv(BART, at="昨天").splitlines(keepends=True)[1]
    (folder / "報名表.csv").write_bytes(as_csv(ANNE) + wrong)
    assert looks(watching) == 1
    assert looks(watching) == 0
    assert names(store) == []
    (item,) = waiting(store)
    assert (item.kind, item.reasons) == ("office", ("import_refused",))
    name, problems = refused_file(item.proposal)
    assert name == "報名表.csv"
    assert len(problems) == 1
    assert "第 3 列" in problems[0]
    assert "2025/9/10 下午 3:21:05" in problems[0]  # what to write
    (folder / "報名表.csv").write_bytes(as_csv(ANNE))
    assert looks(watching) == 1
    assert names(store) == ["安妮"]
    assert waiting(store) == []


def test_the_zip_that_the_form_gives_is_opened(watching: Watching, folder: Path, store: Store):
    with zipfile.ZipFile(folder / "responses.zip", "w") as archive:
        archive.writestr("responses.csv", as_csv(ANNE))
    assert looks(watching) == 1
    assert names(store) == ["安妮"]


def test_what_is_no_export_is_not_touched(watching: Watching, folder: Path, store: Store):
    outside = folder.parent / "outside.csv"
    outside.write_bytes(as_csv(ANNE))
    (folder / "link.csv").symlink_to(outside)
    (folder / "~$open.xlsx").write_bytes(b"lock")
    (folder / ".hidden.csv").write_bytes(as_csv(ANNE))
    (folder / "download.csv.part").write_bytes(as_csv(ANNE))
    (folder / "empty.csv").touch()
    (folder / "folder.csv").mkdir()
    assert looks(watching) == 0
    assert names(store) == []
    assert waiting(store) == []


def test_a_file_that_breaks_its_reader_stops_no_other(
    watching: Watching, folder: Path, store: Store
):
    (folder / "a.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    (folder / "b.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "c.csv").write_bytes(b"<html>log in first</html>")
    with (folder / "d.csv").open("wb") as huge:
        huge.truncate(31_000_000)
    (folder / "e.csv").write_bytes(as_csv(ANNE))
    assert looks(watching) == 5
    assert names(store) == ["安妮"]
    told = sorted(refused_file(item.proposal)[0] for item in waiting(store))
    assert told == ["a.xlsx", "b.csv", "c.csv", "d.csv"]


def test_a_fault_of_ours_is_tried_three_times_and_then_stops_nobody(
    watching: Watching, folder: Path, store: Store
):
    with store.write() as tx:
        tx.session.execute(text("ALTER TABLE form_row RENAME TO away"))
    (folder / "one.csv").write_bytes(as_csv(ANNE))
    watching.step()
    sleep(2 * REST)
    for _ in range(2):
        with pytest.raises(Exception, match="form_row"):
            watching.step()
    assert watching.step()
    assert not watching.step()
    assert names(store) == []
    (item,) = waiting(store)
    assert "程式錯誤" in refused_file(item.proposal)[1][0]


def test_problems_are_sealed_in_the_store(watching: Watching, folder: Path, store: Store):
    (folder / "one.csv").write_bytes(b"name,phone\nAnne,0912345678\n")
    assert looks(watching) == 1
    with store.read() as tx:
        rows = tx.session.execute(text("SELECT proposal_sealed, reasons FROM decision")).all()
    assert len(rows) == 1
    assert json.dumps("one.csv").encode() not in bytes(rows[0][0])
    assert "one.csv" not in rows[0][1]
    with store.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM datakey")).scalar() == 1


def test_what_a_refused_file_said_of_people_ends_with_the_question(
    watching: Watching, folder: Path, store: Store, rules: Rules, now: datetime
):
    (folder / "one.csv").write_bytes(b"name,phone\nAnne,0912345678\n")
    assert looks(watching) == 1
    (item,) = waiting(store)
    Desk(store, rules, "clerk", lambda: now).discard(item.id, why="wrong file")
    with store.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM datakey")).scalar() == 0


def test_a_folder_that_is_away_for_a_while_is_looked_at_again(
    watching: Watching, folder: Path, store: Store
):
    away = folder.rename(folder.parent / "away")
    assert looks(watching) == 0
    away.rename(folder)
    (folder / "one.csv").write_bytes(as_csv(ANNE))
    assert looks(watching) == 1
    assert names(store) == ["安妮"]
