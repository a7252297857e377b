"""The schema's version: `mailflow db upgrade` and the check at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from mailflow.store.database import Store

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(store: Store) -> None:
    """Bring the schema to this program's version, as one transaction; safe to repeat.

    Only here an SQLite database is made, by whoever will own it.
    """
    if not store.exists:
        Path(str(store.engine.url.database)).parent.mkdir(parents=True, exist_ok=True)
    with store.engine.connect() as connection:
        writing = connection.execution_options(mailflow_begin="BEGIN IMMEDIATE")
        with writing.begin():
            command.upgrade(_config(writing), "head")


def version(store: Store) -> tuple[str | None, str | None]:
    """The store's schema version (None: not made yet) and the one this program needs; equal when
    all is well. Nothing is made by looking."""
    needed = ScriptDirectory(str(_FOLDER)).get_current_head()
    if not store.exists:
        return None, needed
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), needed


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
