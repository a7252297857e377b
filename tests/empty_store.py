"""An SQLite store with today's schema: the migrations run once a process, then it is copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from mailflow.store import schema
from mailflow.store.database import Store
from mailflow.store.keys import load_keys, new_keys_file


def copy_to(file: Path) -> None:
    shutil.copy(_made(), file)


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mf-empty-"))
    new_keys_file(folder / "keys")
    store = Store(f"sqlite:///{folder / 'empty.sqlite'}", load_keys(folder / "keys"))
    schema.upgrade(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.engine.dispose()
    return folder / "empty.sqlite"
