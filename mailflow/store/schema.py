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
    """Bring the schema to this program's version, as one transaction; safe to repeat."""
    with store.engine.connect() as connection:
        writing = connection.execution_options(mailflow_begin="BEGIN IMMEDIATE")
        with writing.begin():
            command.upgrade(_config(writing), "head")


def version(store: Store) -> tuple[str | None, str | None]:
    """The store's schema version and the one this program needs; equal when all is well."""
    with store.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory(str(_FOLDER)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
