"""The daemon is killed at every arrow of `docs/states.md`, started again, and must go on.

Nothing is lost, nothing is said twice, the bytes of each mail stay what they were.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count

import pytest
from crash.daemons import DaemonProcess, Zygote
from servers.office import OFFICE, EmbeddedOffice, OfficeServers, RealOffice
from stories.cast import Student, register
from stories.running import Dates, RunningOffice

from mailflow.failpoints import NAMES
from mailflow.store import inbox
from mailflow.store.inbox import STRIKES
from mailflow.store.outbox import claim_due, conclude
from mailflow.store.tables import OutboxState
from mailflow.workflow import State

ALL_LETTERS = ["data_confirmation", "form_receipt", "payment_slip"]
MAIL = [name for name in NAMES if not name.startswith("clock.")]
CLOCK = [name for name in NAMES if name.startswith("clock.")]
Take = Callable[[], Student]


class ManyStudents(EmbeddedOffice):
    """The embedded pair with a mailbox for each killing."""

    PEOPLE = tuple(f"student{number}@student.example.edu" for number in range(30))

    def __init__(self) -> None:
        super().__init__()
        for address in self.PEOPLE:
            self._users[address] = "secret"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Take]:
    """Students of one office who have their letter with the button; each is taken once."""
    folder = tmp_path_factory.mktemp("office")
    with ManyStudents() as servers, RunningOffice(servers, folder) as office:
        yield ready(office, servers.PEOPLE[: len(MAIL) + 3])


def ready(office: RunningOffice, addresses: tuple[str, ...]) -> Take:
    """Send all of them their first letters, then let the daemon rest."""
    students = [Student(office, address, 10 + n) for n, address in enumerate(addresses)]
    register(*students)
    office.until(lambda: {row.state for row in office.outbox()} == {"sent"})
    office.stop()
    del office.daemon
    left = iter(students)
    return lambda: next(left)


@pytest.mark.parametrize("name", MAIL)
def test_killed_at(name: str, asked: Take, zygote: Zygote):
    die_and_go_on(name, asked(), zygote)


def die_and_go_on(name: str, student: Student, zygote: Zygote) -> None:
    office = student.office
    pressed = student.presses(student.gets("data_confirmation"))
    if name == "outbox.reconciled":
        die_at("outbox.handed", office, zygote)
    die_at(name, office, zygote)
    with DaemonProcess(zygote, office) as daemon:
        student.reaches(State.BILLED)
        office.quiet()
        office.until(lambda: {row.state for row in office.outbox()} == {"sent"})
        office.until(lambda: all(mail.filed for mail in office.mails()))
        assert student.kinds() == ALL_LETTERS
        assert student.queue == []
        nothing_is_lost(office, student, pressed)
        office.until(daemon.is_ready)
        daemon.kill(signal.SIGTERM)
        assert daemon.ends() == 0


def die_at(name: str, office: RunningOffice, zygote: Zygote) -> None:
    with DaemonProcess(zygote, office, failpoint=name) as daemon:
        assert daemon.ends() == -signal.SIGKILL, daemon.log()


def nothing_is_lost(office: RunningOffice, student: Student, pressed: bytes) -> None:
    mine = [mail for mail in office.mails() if mail.case_id == student.case.id]
    assert [mail.state for mail in mine] == ["applied"]
    assert mine[0].attempts <= STRIKES
    with office.store.read() as tx:
        raw = inbox.raw_bytes(tx, mine[0].id)
    assert _same(raw, pressed)
    assert office.servers.mailbox_of(OFFICE) == []
    processed = office.servers.mailbox_of(OFFICE, folder="Processed")
    assert len([it for it in processed if _same(it, pressed)]) == 1
    slips = [row for row in office.outbox("payment_slip") if row.case_id == student.case.id]
    assert len(slips) == 1
    if slips[0].attempts > 1:  # sent again: that must be written down
        assert ("mailflow", "letter queued") in office.audit(slips[0].id)


def _same(stored: bytes, sent: bytes) -> bool:
    """Apart from what a mail server writes above it, and the look of its line ends."""
    stored, sent = (raw.replace(b"\r\n", b"\n").rstrip(b"\n") for raw in (stored, sent))
    return stored.endswith(sent)


def test_every_name_is_killed_at():
    assert sorted(MAIL + CLOCK) == sorted(NAMES)


@pytest.mark.parametrize("name", CLOCK)
def test_killed_while_the_clock_reminds(
    name: str, embedded: EmbeddedOffice, zygote: Zygote, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("office")
    dates = Dates(register=0, pay=1, reminder_days=(1,))
    with RunningOffice(embedded, folder, dates=dates, starts_daemon=False) as office:
        anne = Student(office, "anne@student.example.edu")
        office.clock.ahead = -timedelta(days=3)
        anne.registers()
        _leave(office)
        office.clock.ahead = timedelta()
        die_at(name, office, zygote)
        with DaemonProcess(zygote, office):
            anne.gets("reminder")
            office.quiet()
            assert anne.kinds() == ["reminder"]


def _leave(office: RunningOffice) -> None:
    """Her first letters left at once: a reminder keeps its distance from them."""
    now = office.clock.now()
    with office.store.write() as tx:
        while letter := claim_due(tx, owner="t", now=now, lease=timedelta(minutes=1)):
            conclude(tx, letter, OutboxState.SENT, dsn="250", now=now)


@pytest.mark.postgres
@pytest.mark.slow
def test_killed_everywhere_on_postgresql(
    zygote: Zygote, postgres_url: str, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("office")
    with (
        ManyStudents() as servers,
        RunningOffice(servers, folder, database=postgres_url) as office,
    ):
        take = ready(office, servers.PEOPLE[: len(MAIL)])
        for name in MAIL:
            die_and_go_on(name, take(), zygote)


@pytest.mark.realmail
@pytest.mark.slow
def test_killed_everywhere_on_real_servers(
    realmail: RealOffice, zygote: Zygote, tmp_path_factory: pytest.TempPathFactory
):
    servers: OfficeServers = realmail
    folder = tmp_path_factory.mktemp("office")
    people = [f"{name}@student.example.edu" for name in ("anne", "bart", "cris", "eva", "faye")]
    numbers = count(30)
    with RunningOffice(servers, folder) as office, ExitStack():
        students = [Student(office, address, next(numbers)) for address in people]
        take = ready(office, tuple(student.address for student in students))
        for name in ("inbox.stored", "inbox.decided", "inbox.moved", "outbox.handed"):
            die_and_go_on(name, take(), zygote)
