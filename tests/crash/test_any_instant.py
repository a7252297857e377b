"""Killed at any instant, again and again, while students write."""

import random
import subprocess
import sys
import time

import pytest
from crash.daemons import DaemonProcess, Zygote
from crash.test_failpoints import ALL_LETTERS, ManyStudents
from stories.cast import Student, register
from stories.running import RunningOffice

from mailflow.store.inbox import STRIKES
from mailflow.workflow import State

KILLINGS = 20
USUAL_START = 0.5  # seconds until an interpreter has what reads a mail


@pytest.mark.timeout(300)
def test_killed_twenty_times_and_nothing_is_lost_or_said_twice(
    zygote: Zygote, tmp_path_factory: pytest.TempPathFactory
):
    chance = random.Random(1)
    folder = tmp_path_factory.mktemp("office")
    with ManyStudents() as servers, RunningOffice(servers, folder, starts_daemon=False) as office:
        students = [Student(office, a, 10 + n) for n, a in enumerate(servers.PEOPLE[:8])]
        register(*students)
        pressed: set[str] = set()
        slower = how_much_slower()
        for _ in range(KILLINGS):
            with DaemonProcess(zygote, office) as daemon:
                end = time.monotonic() + slower * chance.uniform(0.3, 2.5)
                while time.monotonic() < end:
                    press_what_came(students, pressed)
                    time.sleep(0.02)
                daemon.kill()
        with DaemonProcess(zygote, office):
            office.until(lambda: press_what_came(students, pressed) == len(students))
            office.quiet()
            office.until(lambda: {row.state for row in office.outbox()} <= {"sent", "held"})
            office.until(lambda: all(mail.filed for mail in office.mails()))
        for student in students:
            assert student.case.state is State.BILLED
            assert student.kinds() == ALL_LETTERS
        assert {mail.state for mail in office.mails()} <= {"applied", "discarded"}


def let_it_end_what_is_near_its_last_try(office: RunningOffice, zygote: Zygote) -> None:
    """A mail under which the daemon dies too often is put before a person, as it should be; here
    everyone is to be billed without one."""

    def near() -> bool:
        tried = (mail for mail in office.mails() if mail.state == "received")
        return any(mail.attempts >= STRIKES - 1 for mail in tried)

    if near():
        with DaemonProcess(zygote, office):
            office.until(lambda: not near())


def how_much_slower() -> float:
    """Than the machine for which these lives were chosen."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import mailflow.reading.wire"], check=True)
    return max(1.0, (time.monotonic() - begun) / USUAL_START)


def press_what_came(students: list[Student], pressed: set[str]) -> int:
    """Everybody who has the letter with the button presses it, some of them twice."""
    for number, student in enumerate(students):
        if student.address in pressed:
            continue
        letter = next((it for it in student.letters() if it.kind == "data_confirmation"), None)
        if letter:
            pressed.add(student.address)
            for _ in range(1 + number % 2):
                student.presses(letter)
    return len(pressed)
