"""Backups in two files: the data, many generations; the persons' keys, only the latest.

An erased person's key is then in no backup, so that no old copy of the data can be read.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from mailflow.store.database import Store, StoreError

_KEYS = "datakey"


def backup(store: Store, folder: Path, *, now: datetime) -> list[Path]:
    """Copy a running SQLite store; raises StoreError for PostgreSQL, whose own tools do it.

    Each file has its name only when it is whole, and no key is ever written into the data's.
    """
    if store.engine.dialect.name != "sqlite":
        raise StoreError(
            "use pg_dump --exclude-table-data=datakey for the data, and "
            "pg_dump --table=datakey for the keys, keeping only the latest of those"
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = folder / f"mailflow-{now:%Y%m%dT%H%M%SZ}.sqlite"
    keys = folder / "mailflow-keys.sqlite"
    if data.exists():
        raise StoreError(f"{data} exists and is kept: try again in a second")
    new_data, new_keys = _empty(folder / "mailflow-data.new"), _empty(folder / "mailflow-keys.new")
    try:
        with closing(sqlite3.connect(new_data, isolation_level=None)) as copy:
            copy.execute("ATTACH ? AS live", (str(store.engine.url.database),))
            copy.execute("ATTACH ? AS keys", (str(new_keys),))
            _copy(copy)
        new_keys.replace(keys)  # first: data without their keys would be lost, the reverse is not
        new_data.replace(data)
    finally:
        new_data.unlink(missing_ok=True)
        new_keys.unlink(missing_ok=True)
    return [data, keys]


def _empty(path: Path) -> Path:
    path.unlink(missing_ok=True)  # what a crash has left
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def _copy(copy: sqlite3.Connection) -> None:
    """All that `live` holds at one moment: the keys into `keys`, everything else into `main`."""
    copy.execute("PRAGMA busy_timeout=60000")
    copy.execute("BEGIN")
    made = "SELECT name, sql FROM live.sqlite_master WHERE sql IS NOT NULL AND {} ORDER BY rowid"
    for name, sql in copy.execute(made.format("type = 'table'")).fetchall():
        copy.execute(sql)
        if name != _KEYS:
            copy.execute(f'INSERT INTO main."{name}" SELECT * FROM live."{name}"')  # noqa: S608 - our own names
    for _, sql in copy.execute(made.format("type != 'table'")).fetchall():
        copy.execute(sql)
    copy.execute(f"CREATE TABLE keys.{_KEYS} AS SELECT * FROM live.{_KEYS}")  # noqa: S608
    copy.execute("COMMIT")
