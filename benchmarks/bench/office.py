"""An office with invented students in a temporary folder, its daemon a process of its own."""

import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlmodel import select

from bench.servers import Servers, servers
from mailflow.config import Config, load_config
from mailflow.demo.office import Row, SlipColumns
from mailflow.demo.people import national_id
from mailflow.demo.students import Letter
from mailflow.desk.importing import import_rows
from mailflow.person import Field
from mailflow.runners.opening import open_office
from mailflow.store import schema
from mailflow.store.keys import new_keys_file
from mailflow.store.tables import Outbox

OFFICE = "ipas@office.example.edu.tw"
_HOST = "student.example.edu.tw"
_EXAM, _SUBJECTS, _FEE = "AI應用規劃師 初級", ("人工智慧基礎概論", "生成式AI應用與規劃"), 600
_FOREVER = timedelta(days=30)


@dataclass(frozen=True)
class Student:
    """One invented student, registered by the form."""

    number: int

    @property
    def student_no(self) -> str:
        return f"113{self.number:06d}"

    @property
    def address(self) -> str:
        return f"t{self.student_no}@{_HOST}"

    def row(self) -> Row:
        """This student's row in the form's export, with a slip."""
        texts = {
            Field.NAME_ZH: "王小明",
            Field.NAME_EN: "WANG, XIAO-MING",
            Field.NATIONAL_ID: national_id(self.number),
            Field.BIRTH_DATE: "2004-05-10",
            Field.SEX: "男",
            Field.STUDENT_NO: self.student_no,
            Field.DEPARTMENT: "資訊工程系",
            Field.PHONE: f"0900{self.number:06d}",
            Field.EMAIL: self.address,
            Field.ADDRESS: f"臺北市大安區忠孝東路三段{self.number}號",
            Field.EXAM: _EXAM,
            Field.SUBJECTS: "、".join(_SUBJECTS),
            Field.EXAM_AREA: "臺北",
            Field.RETAKE: "否",
        }
        slip = SlipColumns(_FEE, f"95821140{self.number:06d}", "822", None)
        return Row(datetime.now(UTC), texts, slip)


class BenchOffice:
    """The office's folder; the daemon is started by `working`."""

    def __init__(self, folder: Path, pair: Servers, students: list[Student]) -> None:
        self.servers = pair
        self.students = students
        self._folder = folder
        self._daemon: subprocess.Popen[bytes] | None = None
        self.config = self._write()
        self._store, self._rules = open_office(self.config)
        schema.upgrade(self._store)
        now = datetime.now(UTC)
        rows = [student.row() for student in students]
        import_rows(self._store, self._rules, rows, actor="benchmark", now=now)

    def letters(self) -> dict[str, Letter]:
        """The confirmation letter of each student, by address."""
        with self._store.read() as tx:
            rows = tx.session.exec(select(Outbox).where(Outbox.letter == "data_confirmation"))
            return {
                tx.vault.open(row.to_sealed, place=f"outbox.to.{row.id}").decode(): Letter.parse(
                    tx.vault.open(row.raw_sealed, place=f"outbox.raw.{row.id}")
                )
                for row in rows
            }

    @contextmanager
    def working(self) -> Iterator[int]:
        """The daemon works, and every letter that is due is out; gives its process id."""
        log = (self._folder / "daemon.log").open("ab")
        run = "from mailflow.cli import main; main()"
        command = [sys.executable, "-c", run, "run", "--config", str(self._folder / "config.toml")]
        daemon = self._daemon = subprocess.Popen(command, stderr=log)
        try:
            self.wait(0, "outbox", "state in ('queued', 'sending')")
            self.wait(1, "folder", "compared_at is not null")
            yield daemon.pid
        finally:
            daemon.terminate()
            daemon.send_signal(signal.SIGCONT)  # it may be asleep
            daemon.wait()
            log.close()

    def ask(self, table: str, where: str = "true") -> int:
        """How many rows there are, read beside the daemon."""
        with sqlite3.connect(f"file:{self._folder}/mailflow.sqlite?mode=ro", uri=True) as base:
            return int(base.execute(f"select count(*) from {table} where {where}").fetchone()[0])

    def when(self, column: str, table: str, where: str = "true") -> float:
        """The latest of some moments, in seconds since the epoch; 0 when there is none."""
        with sqlite3.connect(f"file:{self._folder}/mailflow.sqlite?mode=ro", uri=True) as base:
            found = base.execute(f"select max({column}) from {table} where {where}").fetchone()[0]
        return datetime.fromisoformat(found).replace(tzinfo=UTC).timestamp() if found else 0.0

    def wait(self, count: int, table: str, where: str, *, seconds: float = 600) -> None:
        """Until so many rows are there; raises TimeoutError with the end of the daemon's log, at
        once when the daemon has died."""
        until = time.monotonic() + seconds
        while self.ask(table, where) != count:
            died = self._daemon is not None and self._daemon.poll() is not None
            if died or time.monotonic() > until:
                raise TimeoutError((self._folder / "daemon.log").read_text()[-2000:])
            time.sleep(0.05)

    def _write(self) -> Config:
        new_keys_file(self._folder / "mailflow.keys")
        (self._folder / "campaign.toml").write_text(campaign_text())
        parts = {
            "": {
                "office": OFFICE,
                "office_name": "研究發展處",
                "campaign": "campaign.toml",
            },
            "[imap]": _set(self.servers.imap),
            "[smtp]": _set(self.servers.smtp),
            "[store]": {"url": "sqlite:///mailflow.sqlite", "keys_file": "mailflow.keys"},
            "[limits]": {"letters_per_hour": 1_000_000, "strangers_per_day": 0},
        }
        lines = [f"{head}\n{_toml(values)}" for head, values in parts.items()]
        (self._folder / "config.toml").write_text("\n".join(lines))
        return load_config(self._folder / "config.toml")


@contextmanager
def office(students: int, *, real: bool) -> Iterator[BenchOffice]:
    """An office with so many registered students, on the embedded pair or on real servers."""
    cast = [Student(number) for number in range(1, students + 1)]
    users = {OFFICE: "secret", **{student.address: "secret" for student in cast}}
    with (
        servers(users, OFFICE, real=real) as pair,
        tempfile.TemporaryDirectory(prefix="mf-bench-") as folder,
    ):
        yield BenchOffice(Path(folder), pair, cast)


def campaign_text() -> str:
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "id": "114-9",
        "case_prefix": "BENCH114",
        "title": "iPAS 產業人才能力鑑定",
        "office": "示範大學 研究發展處",
        "student_address": f"t{{student_no}}@{_HOST}",
        "opens_on": f"{now - _FOREVER:%Y-%m-%d}",
        "register_until": (now + _FOREVER).isoformat(),
        "pay_until": (now + _FOREVER).isoformat(),
        "reminder_days": [],
    }
    exam = {"name": _EXAM, "subjects": list(_SUBJECTS), "fee": _FEE}
    return f"{_toml(values)}\n[[exams]]\n{_toml(exam)}"


def _set(settings: BaseModel) -> dict[str, Any]:
    return settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def _toml(values: dict[str, Any]) -> str:
    dates = ("opens_on", "register_until", "pay_until")
    return "".join(
        f"{name} = {value if name in dates else _literal(value)}\n"
        for name, value in values.items()
    )


def _literal(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
