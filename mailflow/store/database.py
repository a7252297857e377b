"""The one way to open the store: SQLite by default, PostgreSQL by URL."""

import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, create_engine

from mailflow.store.keys import Keyring
from mailflow.store.vault import Vault

_T = TypeVar("_T")
_TURN = 0.15  # seconds
_LOOKS_EVERY = 0.11


class StoreError(RuntimeError):
    """The store can't be used; the text says what to do."""


class ChangedMeanwhileError(RuntimeError):
    """Somebody else came first, to the case or (as the database saw it) to any row. Nothing of this
    was done, and nobody is at fault: read again and decide again."""


def new_id() -> str:
    """A row id that sorts by time of making."""
    return f"{time.time_ns():016x}{secrets.token_hex(6)}"


class Store:
    """Hands out transactions. A write transaction holds the database's only write lock on SQLite,
    so nothing slow (OCR, SMTP, IMAP) may happen inside one.

    `on_letters` is called, in the thread of the writer, once letters are committed to the outbox.
    """

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url = url
        self.keyring = keyring
        self.engine = _engine(url)
        self.on_letters: Callable[[], None] = lambda: None

    @contextmanager
    def write(self) -> Iterator["Transaction"]:
        """Commits at the end of the block, rolls back when it raises.

        Raises ChangedMeanwhileError when the database let another transaction go first.
        """
        with _giving_way(), self.engine.connect() as connection:
            writing = connection.execution_options(mailflow_begin="BEGIN IMMEDIATE")
            with Session(writing, expire_on_commit=False) as session, session.begin():
                tx = Transaction(session, self.keyring)
                yield tx
        if tx.has_letters:
            self.on_letters()

    @contextmanager
    def read(self) -> Iterator["Transaction"]:
        """A consistent view; nothing is written."""
        with self.engine.connect() as connection, Session(connection) as session:
            yield Transaction(session, self.keyring)

    def in_turns(self, parts: Iterable[_T]) -> Iterator[_T]:
        """Parts of long work, each for a write transaction of its own: others get theirs between.

        SQLite keeps no queue of those who wait: they look again every 0.1 s at the latest, and who
        begins anew at once would always be first.
        """
        begun = time.monotonic()
        for part in parts:
            if self.engine.dialect.name == "sqlite" and time.monotonic() - begun > _TURN:
                time.sleep(_LOOKS_EVERY)
                begun = time.monotonic()
            yield part

    @property
    def exists(self) -> bool:
        """Whether there is a database to look into: SQLite would make one by looking."""
        if self.engine.dialect.name != "sqlite":
            return True
        return Path(str(self.engine.url.database)).exists()

    @contextmanager
    def only_daemon(self) -> Iterator[None]:
        """Held by the one daemon of this store; raises StoreError when another has it.

        A lock file beside an SQLite database, an advisory lock on PostgreSQL: both end with the
        process that holds them, however it dies.
        """
        if self.engine.dialect.name == "sqlite":
            with _file_lock(Path(f"{self.engine.url.database}.lock")):
                yield
            return
        engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(7261001)")):
                raise StoreError("another mailflow daemon works on this database: stop it first")
            connection.detach()  # back in the pool it would keep the lock
            yield


class Transaction:
    """A session and its vault; functions of `store` take it and never commit.

    `has_letters` tells whether a letter was put into the outbox.
    """

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self.session = session
        self.keyring = keyring
        self.vault = Vault(session, keyring)
        self.has_letters = False

    @contextmanager
    def part(self) -> Iterator[None]:
        """When the block raises, what it did is undone, and only that.

        Raises ChangedMeanwhileError when the database let another transaction go first.
        """
        with _giving_way(), self.session.begin_nested():
            yield

    def one_at_a_time(self, what: str) -> None:
        """Until this transaction ends, nobody else gets past here with the same `what`.

        On SQLite a write transaction is alone anyway.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(hashtext(:what))")
            self.session.connection().execute(lock, {"what": what})

    def blind(self, kind: str, plain: str) -> bytes:
        return self.keyring.blind(kind, plain)


_GAVE_WAY = ("40P01", "40001")  # PostgreSQL's deadlock_detected and serialization_failure


@contextmanager
def _giving_way() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") not in _GAVE_WAY:
            raise
        raise ChangedMeanwhileError("another transaction went first") from error


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            _with_psycopg(url), pool_size=10, pool_pre_ping=True, hide_parameters=True
        )
    engine = create_engine(url, connect_args={"timeout": 60}, pool_size=10, hide_parameters=True)
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _with_psycopg(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred, and an upgrade from read to write ignores the busy
    # timeout: take transactions into our own hands.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=60000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("mailflow_begin", "BEGIN"))


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise StoreError(f"another mailflow daemon holds {path}: stop it first") from error
    try:
        yield
    finally:
        os.close(handle)
