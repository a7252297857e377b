"""What most commands begin with: the configuration, the office, and who is asking."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import OperationalError

from mailflow import saying
from mailflow.campaign import CampaignError
from mailflow.cli.private_files import FileError
from mailflow.config import Config, ConfigError, load_config
from mailflow.desk import Desk, DeskError
from mailflow.desk.case_money import SettlingError
from mailflow.desk.finding import NotFoundError
from mailflow.letters import TemplateError
from mailflow.runners.loop import utc_now
from mailflow.runners.opening import check_schema, open_office
from mailflow.setup import SetupError
from mailflow.sheets import ExportError
from mailflow.store.bank import NoSuchLineError
from mailflow.store.casework import Rules
from mailflow.store.certificates import DecidedError
from mailflow.store.database import ChangedMeanwhileError, Store, StoreError
from mailflow.store.keys import KeysError
from mailflow.store.payees import PayeeError
from mailflow.store.queue import NotOpenError
from mailflow.store.vault import SealError

ConfigFile = Annotated[
    Path, typer.Option("--config", "-c", envvar="MAILFLOW_CONFIG", help="configuration file")
]
Json = Annotated[bool, typer.Option("--json", help="one JSON object per line")]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="say what would be done, and do nothing")]
DEFAULT_CONFIG = Path("config.toml")

_EXPECTED = (
    CampaignError,
    ConfigError,
    DecidedError,
    DeskError,
    ExportError,
    FileError,
    KeysError,
    NoSuchLineError,
    NotFoundError,
    NotOpenError,
    PayeeError,
    SettlingError,
    SetupError,
    StoreError,
    TemplateError,
)


def fail(text: str) -> NoReturn:
    """Say why on standard error and end with 1."""
    print(text, file=sys.stderr)
    raise typer.Exit(1)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what can go wrong in an office into a sentence, without a traceback."""
    try:
        yield
    except _EXPECTED as error:
        fail(str(error))
    except ChangedMeanwhileError as error:
        fail(
            saying.both(
                f"{error} 同時被別人更動，請再執行一次",
                f"{error} was changed at the same moment: run the same command again",
            )
        )
    except SealError as error:
        fail(saying.both("這一項的資料已無法讀取", f"what this is about can't be read: {error}"))
    except OperationalError as error:
        fail(
            saying.both(
                "連不上資料庫，請通知管理者", f"the database can't be reached: {error.orig}"
            )
        )


@contextmanager
def office(path: Path) -> Iterator[tuple[Config, Store, Rules]]:
    """An office whose store is there and of the right version."""
    with clear_errors():
        config = load_config(path)
        store, rules = open_office(config)
        check_schema(store)
        yield config, store, rules


@contextmanager
def desk(path: Path) -> Iterator[Desk]:
    """The desk of whoever is logged in at this terminal."""
    with office(path) as (_, store, rules):
        yield Desk(store, rules, actor=who(), now=utc_now)


def who() -> str:
    """The name for the audit: the person behind sudo, else the user."""
    return os.environ.get("SUDO_USER") or getpass.getuser()
