"""A whole office at work: its folder, its store, its mail servers, the daemon in a thread."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self

import empty_store
from servers.office import OFFICE, OfficeServers
from sqlmodel import col, select

from mailflow.campaign.round import TAIPEI
from mailflow.config import Config, load_config
from mailflow.desk import Desk
from mailflow.mail import identity
from mailflow.runners.daemon import Daemon
from mailflow.runners.opening import open_office
from mailflow.store import audit, schema
from mailflow.store.keys import new_keys_file
from mailflow.store.queue import Item, open_items
from mailflow.store.tables import Decision, Folder, Inbox, Outbox

PATIENCE = 30.0  # seconds; only a test that fails waits so long
FEE = 600

CAMPAIGN = """\
id = "114-9"
case_prefix = "TEST114"
title = "iPAS 產業人才能力鑑定"
office = "示範大學 研究發展處"
opens_on = {opens}
register_until = {register}
pay_until = {pay}
reminder_days = {reminder_days}
grace_working_days = 0

[[exams]]
name = "AI應用規劃師 初級"
subjects = ["人工智慧基礎概論", "生成式AI應用與規劃"]
fee = 600
"""


@dataclass(slots=True)
class Clock:
    """The office's time: the real one, until a story lets it jump."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(slots=True)
class Dates:
    """A round of registration, as days from today; each ends at midnight in Taipei.

    `tables` is more of the campaign file, as a story needs it.
    """

    opens: int = -7
    register: int = 3
    pay: int = 6
    reminder_days: tuple[int, ...] = (1,)
    tables: str = ""

    def end_of(self, days: int) -> datetime:
        day = datetime.now(TAIPEI) + timedelta(days=days)
        return day.replace(hour=23, minute=59, second=59, microsecond=0)

    def campaign(self) -> str:
        return (
            CAMPAIGN.format(
                opens=self.end_of(self.opens).date(),
                register=self.end_of(self.register).isoformat(),
                pay=self.end_of(self.pay).isoformat(),
                reminder_days=list(self.reminder_days),
            )
            + self.tables
        )


@dataclass
class RunningOffice:
    """Use it in a `with` block: the store is made, the daemon works until the end.

    `settings` are written over the configuration; a table is merged into the table of that name.
    """

    servers: OfficeServers
    folder: Path
    database: str = ""
    dates: Dates = field(default_factory=Dates)
    settings: Mapping[str, Any] = field(default_factory=dict)
    starts_daemon: bool = True
    clock: Clock = field(default_factory=Clock)
    delivered: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> Self:
        self.write_folder()
        self.config: Config = load_config(self.config_file)
        self.store, self.rules = open_office(self.config)
        if self.database:
            schema.upgrade(self.store)
        if self.starts_daemon:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.store.engine.dispose()

    @property
    def config_file(self) -> Path:
        return self.folder / "config.toml"

    def write_folder(self) -> None:
        """Configuration, campaign, keys and an empty store."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new_keys_file(self.folder / "mailflow.keys")
        if not self.database:
            empty_store.copy_to(self.folder / "mailflow.sqlite")
        self.config_file.write_text(_toml(self._settings()))
        (self.folder / "campaign.toml").write_text(self.dates.campaign())

    def _settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "office": OFFICE,
            "office_name": "研究發展處",
            "campaign": "campaign.toml",
            "unknown_wait_minutes": 0.005,
            "imap": self.servers.imap(compare_seconds=0.5).model_dump(exclude_none=True),
            "smtp": self.servers.smtp().model_dump(exclude_none=True),
            "store": {
                "url": self.database or "sqlite:///mailflow.sqlite",
                "keys_file": "mailflow.keys",
            },
            "receipts": {"workers": 1},
        }
        for name, value in self.settings.items():
            known = settings.get(name)
            settings[name] = known | value if isinstance(known, dict) else value
        return settings

    # The daemon

    def start(self) -> None:
        """Begin to work; returns when the daemon is ready."""
        ready = threading.Event()
        self.daemon = Daemon(self.config, self.store, self.rules, now=self.clock.now)
        self.daemon.on_ready = ready.set
        self._thread = threading.Thread(target=self.daemon.run, name="daemon", daemon=True)
        self._thread.start()
        assert ready.wait(PATIENCE), "the daemon does not get ready"

    def stop(self) -> float:
        """End the work; returns how many seconds that took."""
        begun = time.monotonic()
        if hasattr(self, "daemon"):
            self.daemon.stop()
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the daemon does not end"
        return time.monotonic() - begun

    def jump(self, **ahead: float) -> None:
        """Let time pass; the mailbox is compared as a whole, and then the clock looks."""
        self.clock.ahead += timedelta(**ahead)
        since = self.clock.now()
        self.daemon.compare()
        self.until(lambda: self._compared_at() > since)
        self.daemon.look()

    def _compared_at(self) -> datetime:
        with self.store.read() as tx:
            compared = tx.session.exec(select(Folder.compared_at)).first()
        return compared or datetime.min.replace(tzinfo=UTC)

    # What happens

    def deliver(self, raw: bytes, *, times: int = 1, sender: str | None = None) -> None:
        """A mail comes into the office's mailbox; its envelope sender is the From address."""
        if sender is None:
            sender = parseaddr(str(message_from_bytes(raw)["From"]))[1]
        for _ in range(times):
            self.delivered[identity(raw)] += 1
            self.servers.deliver(OFFICE, raw, sender=sender)

    def until(self, happened: Callable[[], Any], *, patience: float = PATIENCE) -> Any:
        """Wait until something is true, and return it."""
        end = time.monotonic() + patience
        if hasattr(self, "daemon"):
            self.daemon.look()  # an import or a decision of staff rings no bell
        while not (found := happened()):
            assert time.monotonic() < end, f"waited in vain; the office: {self.told()}"
            time.sleep(0.02)
        return found

    def quiet(self) -> None:
        """Wait until every delivered mail is settled and every letter that is due has left."""
        self.until(self._is_quiet)

    def _is_quiet(self) -> bool:
        now = self.clock.now()
        with self.store.read() as tx:
            mails = list(tx.session.exec(select(Inbox.identity, Inbox.state)))
            letters = list(tx.session.exec(select(Outbox.state, Outbox.due_at)))
        seen = Counter(name for name, state in mails if state != "received")
        unsent = [due for state, due in letters if state == "queued" and due <= now]
        busy = any(state == "received" for _, state in mails)
        sending = any(state == "sending" for state, _ in letters)
        erased = sum(count for name, count in seen.items() if name not in self.delivered)
        missing = (self.delivered - seen).total() > erased  # an erasure blanks the identity
        return not (missing or busy or unsent or sending)

    def told(self) -> dict[str, Any]:
        """The whole office in a few words, for the message of a test that fails."""
        undecided = select(Decision).where(col(Decision.decided_at).is_(None))
        with self.store.read() as tx:
            mails = [(row.state, row.intent, row.reason) for row in tx.session.exec(select(Inbox))]
            letters = [(row.letter, row.state, row.dsn) for row in tx.session.exec(select(Outbox))]
            waiting = [(row.kind, row.event, row.reasons) for row in tx.session.exec(undecided)]
        return {"mails": mails, "letters": letters, "queue": waiting}

    # Staff

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.rules, actor="clerk", now=self.clock.now)

    def queue(self, **which: Any) -> list[Item]:
        """What waits for a person: of one case, or with `reason` among its reasons."""
        reason = which.pop("reason", None)
        with self.store.read() as tx:
            items = open_items(tx, **which)
        return [item for item in items if reason is None or reason in item.reasons]

    def audit(self, subject: str) -> list[tuple[str, str]]:
        """Who did what to a case, an item or a letter, oldest first."""
        with self.store.read() as tx:
            return [(line.actor, line.action) for line in audit.history(tx, subject)]

    def mails(self) -> list[Inbox]:
        """The ledger, in the order of arrival."""
        with self.store.read() as tx:
            rows = list(tx.session.exec(select(Inbox).order_by(Inbox.id)))
            tx.session.expunge_all()
            return rows

    def outbox(self, *letters: str) -> list[Outbox]:
        """The letters of these kinds (all without one), in the order of writing."""
        with self.store.read() as tx:
            rows = list(tx.session.exec(select(Outbox).order_by(Outbox.id)))
            tx.session.expunge_all()
            return [row for row in rows if not letters or row.letter in letters]


def _toml(settings: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in settings.items() if not isinstance(value, dict)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for name, table in settings.items():
        if isinstance(table, dict):
            lines.append(f"\n[{name}]")
            lines += [f"{key} = {_value(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Path):
        value = str(value)
    return json.dumps(value, ensure_ascii=False)
