"""PostgreSQL from a temporary folder, on a unix socket, without durability (it lives for a run)."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Self

import psycopg

from servers import process


class Postgres:
    """`url` is for SQLAlchemy; `database()` gives the URL of an empty database."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mf-postgres-", dir="/tmp"))
        self.url = self._url("postgres")
        self._user, _ = process.me_or("postgres")  # PostgreSQL refuses to run as root
        self._numbers = count(1)

    def __enter__(self) -> Self:
        process.give_to(self._user, self.folder)
        data = self.folder / "data"
        options = ["--auth=trust", "--username=mailflow", "--encoding=UTF8", "--locale=C"]
        initdb = [process.program("initdb"), "-D", str(data), "--no-sync", *options]
        subprocess.run(
            process.as_user(self._user, initdb), check=True, capture_output=True, cwd=self.folder
        )
        quick = ["fsync=off", "full_page_writes=off", "max_connections=50", "listen_addresses="]
        command = [process.program("postgres"), "-D", str(data), "-k", str(self.folder)]
        for setting in quick:
            command += ["-c", setting]
        log = self.folder / "log"
        self._process = process.start(process.as_user(self._user, command), log, cwd=self.folder)
        self._wait(log)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(2)  # fast shutdown: does not wait for clients
        self._process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new database, which is dropped at once afterwards: hundreds of them at the
        end of a run are more files than one test's time can take away."""
        name = f"test_{next(self._numbers)}"
        with self._connect() as connection:
            connection.execute(f"create database {name}")  # type: ignore[arg-type]
        yield self._url(name)
        with self._connect() as connection:
            connection.execute(f"drop database {name} with (force)")  # type: ignore[arg-type]

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://mailflow@/{database}?host={self.folder}"

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.folder), user="mailflow", dbname="postgres", autocommit=True
        )

    def _wait(self, log: Path) -> None:
        for _ in range(1000):
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.01)
        raise RuntimeError(f"PostgreSQL does not answer\n{log.read_text()[-2000:]}")
