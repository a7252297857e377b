"""`mailflow db …` and `mailflow erase`."""

from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, clear_errors, fail, office, who
from mailflow.config import load_config
from mailflow.runners.loop import utc_now
from mailflow.store import schema
from mailflow.store.backup import backup as make_backup
from mailflow.store.database import Store
from mailflow.store.erasure import (
    cases_of_person,
    erase_person,
    forget_old_pages,
    rows_of_person,
)
from mailflow.store.keys import load_keys

app = typer.Typer(no_args_is_help=True)


@app.command()
def upgrade(config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Bring the database to this program's version; safe to repeat."""
    with clear_errors():
        settings = load_config(config)
        store = Store(settings.store.url, load_keys(settings.store.keys_file))
        schema.upgrade(store)
        print(f"database at version {schema.version(store)[0]}")


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="an own folder for the backups")],
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Copy the database; the persons' keys go into one file that is replaced each time.

    So an erased person's key is in no backup any more, and no old copy can be read.
    """
    with office(config) as (_, store, _rules):
        for path in make_backup(store, folder, now=utc_now()):
            print(path)


def erase(
    case: Annotated[str, typer.Argument(help="a case number of the person")],
    why: Annotated[str, typer.Option("--why", help="the reason, for the audit")],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask again")] = False,
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Make everything about a person unreadable, for ever, in all rounds."""
    with office(config) as (_, store, _rules):
        with store.read() as tx:
            hit = ", ".join(cases_of_person(tx, case))
            rows = rows_of_person(tx, case)
        if not yes and not typer.confirm(f"Erase the person of these cases for ever: {hit}?"):
            fail("nothing erased")
        with store.write() as tx:
            erased = erase_person(tx, case, actor=who(), why=why, now=utc_now())
        counts = ", ".join(f"{name} {count}" for name, count in rows.items())
        print(f"erased: {', '.join(erased)} ({counts})")
        if not forget_old_pages(store):
            fail("the old keys are still in the database's log: run the same command again")
