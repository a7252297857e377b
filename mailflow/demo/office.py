"""The sandbox office: a folder with configuration, campaign and keys, and its own mail servers."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mailflow.campaign.round import TAIPEI
from mailflow.config import Config, load_config
from mailflow.demo.people import AI, BANK, CAST, PLASTICS, PRINT, STUDENT_HOST, Student
from mailflow.demo.servers import EmbeddedPair
from mailflow.desk.importing import import_rows
from mailflow.person import Field
from mailflow.runners.daemon import Daemon
from mailflow.runners.opening import open_office
from mailflow.store import schema
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.keys import new_keys_file

OFFICE = "ipas@office.example.edu.tw"
PASSWORD = "demo"
ELSEWHERE = "hugo.private@example.org"

_CONFIG = """\
office = "{office}"
office_name = "研究發展處 iPAS 團報（示範）"
campaign = "campaign.toml"
unknown_wait_minutes = 0.05

[imap]
host = "127.0.0.1"
port = {imap}
security = "none"
username = "{office}"
password_file = "password"
sent_folder = "Sent"
compare_seconds = 2

[smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"
username = "{office}"
password_file = "password"
per_minute = 0

[store]
url = "sqlite:///mailflow.sqlite"
keys_file = "mailflow.keys"
"""

_CAMPAIGN = """\
id = "114-9"
case_prefix = "DEMO114"
title = "iPAS 產業人才能力鑑定（示範梯次）"
office = "示範大學 研究發展處"
student_address = "t{{student_no}}@{host}"
opens_on = {opens}
register_until = {register}
pay_until = {pay}
reminder_days = [1]

[links]
line_group = "https://line.example.org/demo"
courses = "https://www.example.org/courses"
"""


@dataclass(slots=True)
class Clock:
    """The demo's time: the real one, until it jumps."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class SlipColumns:
    amount: int
    account: str = field(repr=False)
    bank: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form's export."""

    submitted_at: datetime
    texts: dict[Field, str] = field(repr=False)
    slip: SlipColumns | None = field(repr=False)
    doubts: tuple[str, ...] = ()
    edit_link: str = ""


class SandboxOffice:
    """Everything an office needs, on loopback, in one folder."""

    def __init__(
        self,
        folder: Path,
        *,
        cast: Sequence[Student] = CAST,
        campaign: str = "",
        settings: str = "",
        begins: datetime | None = None,
        imap_port: int = 0,
        smtp_port: int = 0,
    ) -> None:
        """`campaign` is the text of a campaign file (a round that runs now when it is empty);
        `settings` are further lines of the configuration, `begins` is when its time does."""
        self.folder = folder
        self.cast = cast
        self.clock = Clock(begins - datetime.now(UTC) if begins else timedelta())
        self.pay_until = self._end_of_day(6)
        self._campaign_text = campaign or self._campaign()
        self._settings = settings
        users = {student.address: PASSWORD for student in cast if student.role != "dirk"}
        self.servers = EmbeddedPair(
            {OFFICE: PASSWORD, ELSEWHERE: PASSWORD, **users},
            keep_sent=(OFFICE,),
            imap_port=imap_port,
            smtp_port=smtp_port,
        )

    def open(self) -> None:
        """Start the servers, write the folder, make the store."""
        self.servers.start()
        self.config_file = self.folder / "config.toml"
        self._write_folder()
        self.config: Config = load_config(self.config_file)
        self.store: Store
        self.rules: Rules
        self.store, self.rules = open_office(self.config)
        schema.upgrade(self.store)
        self.daemon = Daemon(self.config, self.store, self.rules, now=self.clock.now)
        self._thread = threading.Thread(target=self.daemon.run, name="daemon")

    def start_daemon(self) -> None:
        """Begin to work; returns when the daemon is ready."""
        ready = threading.Event()
        self.daemon.on_ready = ready.set
        self._thread.start()
        ready.wait(30)

    def close(self) -> None:
        self.daemon.stop()
        if self._thread.is_alive():
            self._thread.join()
        self.store.engine.dispose()
        self.servers.stop()

    def import_form(self) -> None:
        """The office imports the form's export: all but the student who registers by mail.

        Her slip is imported too, once her registration is there (`import_late_slips`).
        """
        self.import_rows(self._row(student) for student in self.cast if student.role != "iris")

    def import_late_slips(self) -> None:
        """The export again, grown: what is known already changes nothing."""
        self.import_rows(map(self._row, self.cast))

    def import_rows(self, rows: Iterable[Row]) -> None:
        """The form's export as it stands now."""
        import_rows(self.store, self.rules, rows, actor="demo", now=self.clock.now())

    def _row(self, student: Student) -> Row:
        return Row(
            submitted_at=self.clock.now(),
            texts=dict(student.registration().values),
            slip=SlipColumns(student.fee, student.account, BANK, self.pay_until.date()),
        )

    def after_deadline(self) -> None:
        """Let time jump to the day when unpaid registrations are given up."""
        over = self.rules.campaign.gives_up_at() + timedelta(hours=30)
        self.clock.ahead = over - datetime.now(UTC)
        self.daemon.look()

    def on_letter(self, told: Callable[[str, bytes], None]) -> None:
        """Call `told(recipient, raw)` for every letter that the relay takes from the office."""
        self.servers.on_accept = lambda it: told(it.recipient, it.raw) if _ours(it.sender) else None

    def _write_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o600)
        keys = self.folder / "mailflow.keys"
        if not keys.exists():
            new_keys_file(keys)
        ports = {"imap": self.servers.imap_port, "smtp": self.servers.smtp_port}
        self.config_file.write_text(_CONFIG.format(office=OFFICE, **ports) + self._settings)
        (self.folder / "campaign.toml").write_text(self._campaign_text)

    def _campaign(self) -> str:
        today = self.clock.now().astimezone(TAIPEI).date()
        text = _CAMPAIGN.format(
            host=STUDENT_HOST,
            opens=today - timedelta(days=7),
            register=self._end_of_day(3).isoformat(),
            pay=self.pay_until.isoformat(),
        )
        for name, subjects, fee in (AI, PLASTICS, PRINT):
            listed = ", ".join(f'"{subject}"' for subject in subjects.split("、"))
            text += f'\n[[exams]]\nname = "{name}"\nsubjects = [{listed}]\nfee = {fee}\n'
        return text

    def _end_of_day(self, days: int) -> datetime:
        day = self.clock.now().astimezone(TAIPEI) + timedelta(days=days)
        return day.replace(hour=23, minute=59, second=59, microsecond=0)


def _ours(sender: str) -> bool:
    return sender.partition("+")[0] == OFFICE.partition("@")[0] or sender == OFFICE
