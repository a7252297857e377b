"""`mailflow run --shadow`, letting letters go, and `mailflow case reinstate`, as staff use them."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailflow.campaign import TAIPEI
from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.store import cases, lookup
from mailflow.store.casework import Casework, Cause
from mailflow.workflow import Event

ANNE = "t113590001@student.example.edu.tw"


class Clerk:
    """Someone at the terminal of an office whose daemon is another process."""

    def __init__(self, office: SandboxOffice) -> None:
        self.office = office

    def does(self, *words: str, code: int = 0) -> str:
        result = CliRunner().invoke(
            program(), [*words, "--config", str(self.office.config_file)], env={"COLUMNS": "160"}
        )
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.output

    def waits(self) -> list[dict[str, str]]:
        """The letters in the shadow."""
        told = self.does("queue", "list", "--shadow", "--json")
        return [json.loads(line) for line in told.splitlines()]

    def sees(self, count: int) -> list[dict[str, str]]:
        """Wait until so many letters stand in the shadow."""
        end = time.monotonic() + 30
        while len(found := self.waits()) != count:
            assert time.monotonic() < end, found
            time.sleep(0.2)
        return found


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    office = SandboxOffice(tmp_path)
    office.open()
    yield Clerk(office)
    office.close()


@pytest.fixture
def _daemon(clerk: Clerk) -> Iterator[None]:
    """`mailflow run --shadow`, ended by SIGTERM."""
    words = ["run", "--shadow", "--config", str(clerk.office.config_file)]
    process = subprocess.Popen([sys.executable, "-m", "mailflow", *words], stderr=subprocess.PIPE)
    yield
    process.terminate()
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0, told
    assert b"daemon=shadow" in told


@pytest.mark.usefixtures("_daemon")
def test_a_daemon_in_shadow_sends_what_staff_let_go_and_nothing_else(clerk: Clerk):
    clerk.office.import_form()
    letters = clerk.sees(22)
    assert clerk.office.servers.mailbox_of(ANNE) == []
    assert "SHADOW IS ON" in clerk.does("status")
    assert "SHADOW IS ON" in json.loads(clerk.does("status", "--json"))["shadow"]
    one = next(letter for letter in letters if letter["letter"] == "form_receipt")
    words = ("queue", "release", "--shadow", "--why", "looks right")
    said = clerk.does(*words, one["id"][-8:])
    assert said == f"release {one['id'][-8:]} form_receipt {one['case']}\n"
    assert len(clerk.does(*words, "--kind", "form_receipt").splitlines()) == 10
    assert len(clerk.sees(11)) == 11
    end = time.monotonic() + 30
    while not clerk.office.servers.mailbox_of(ANNE):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert len(clerk.office.servers.mailbox_of(ANNE)) == 1
    assert len(clerk.does(*words, "--all").splitlines()) == 11


@pytest.mark.parametrize(
    "words",
    [
        ("--shadow",),
        ("--shadow", "--all", "--kind", "reminder"),
        ("--kind", "reminder"),
        (),
    ],
)
def test_releasing_says_what_is_to_be_named(clerk: Clerk, words: tuple[str, ...]):
    clerk.does("queue", "release", *words, "--why", "x", code=2)


def test_an_empty_shadow_says_so(clerk: Clerk):
    assert "沒有等待放行的信" in clerk.does("queue", "list", "--shadow")
    assert "SHADOW" not in clerk.does("status")
    clerk.does("queue", "release", "--shadow", "--all", "--why", "x", code=1)


def test_the_configuration_may_say_shadow_and_check_says_it_loudly(clerk: Clerk):
    file = clerk.office.config_file
    file.write_text("shadow = true\n" + file.read_text())
    lines = clerk.does("check").splitlines()
    assert any("SHADOW IS ON" in line for line in lines)


def test_reinstating_by_one_command(clerk: Clerk):
    office = clerk.office
    office.import_form()
    with office.store.write() as tx:
        case = cases.load(tx, lookup.by_address(tx, ANNE)[0])
        work = Casework(tx, office.rules, now=office.clock.now())
        work.happen(case, Event.DEADLINE, cause=Cause("mailflow"))
    until = str((office.clock.now().astimezone(TAIPEI) + timedelta(days=9)).date())
    words = ("case", "reinstate", case.number, "--until")
    assert "is over" in clerk.does(*words, "2025-01-01", "--why", "ill", code=1)
    told = clerk.does(*words, until, "--why", "ill")
    assert told == f"reinstate {case.number}=asked until={until}\n"
    assert "nothing to reinstate" in clerk.does(*words, until, "--why", "ill", code=1)
    clerk.does(*words, "soon", "--why", "ill", code=2)
