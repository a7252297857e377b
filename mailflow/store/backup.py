"""Backups in two files: the data, many generations; the persons' keys, only the latest.

An erased person's key is then in no backup, so that no old copy of the data can be read.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from mailflow.store.database import Store, StoreError


def backup(store: Store, folder: Path, *, now: datetime) -> list[Path]:
    """Copy a running SQLite store; raises StoreError for PostgreSQL, whose own tools do it."""
    if store.engine.dialect.name != "sqlite":
        raise StoreError(
            "use pg_dump --exclude-table-data=datakey for the data, and "
            "pg_dump --table=datakey for the keys, keeping only the latest of those"
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = folder / f"mailflow-{now:%Y%m%dT%H%M%SZ}.sqlite"
    keys = folder / "mailflow-keys.sqlite"
    fresh = folder / "mailflow-keys.new"
    source = str(store.engine.url.database)
    with closing(sqlite3.connect(source)) as live:
        _copy(live, data)
    with closing(sqlite3.connect(data, isolation_level=None)) as copy:
        fresh.unlink(missing_ok=True)
        copy.execute("ATTACH ? AS keys", (str(fresh),))
        copy.execute("CREATE TABLE keys.datakey AS SELECT * FROM main.datakey")
        copy.execute("DETACH keys")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("DELETE FROM datakey")
        copy.execute("VACUUM")
    fresh.replace(keys)
    return [data, keys]


def _copy(live: sqlite3.Connection, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
