"""`mailflow replay`: yesterday's mail under today's rules, and nothing changes."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.store import inbox
from mailflow.store.queue import close, open_decision
from mailflow.store.tables import InboxState, Stage

MAIL = (
    "From: t113590001@student.example.edu.tw\r\nTo: ipas@office.example.edu.tw\r\n"
    "Subject: Re: [DEMO114-0001] x\r\nMessage-ID: <1@example.org>\r\n\r\n手機改 0900-000-333\r\n"
).encode()


@pytest.fixture
def office(tmp_path: Path):
    sandbox = SandboxOffice(tmp_path / "office")
    sandbox.open()
    yield sandbox
    sandbox.close()


def replayed(office: SandboxOffice, *words: str, code: int = 0) -> str:
    config = str(office.config_file)
    done = CliRunner().invoke(program(), ("replay", "--config", config, *words))
    assert done.exit_code == code, done.output
    return done.output


def was_read_as(office: SandboxOffice, intent: str, *, accepted: str = "") -> str:
    """A mail that came and was read so; staff accepted this event."""
    now = office.clock.now()
    arrival = inbox.Arrival("office@host", "INBOX", 1, 1, MAIL, len(MAIL))
    with office.store.write() as tx:
        (row_id,) = inbox.store_arrivals(tx, [arrival], now=now)
        lease = timedelta(minutes=1)
        (claimed,) = inbox.claim(tx, Stage.READ, owner="a", now=now, lease=lease)
        inbox.settle(tx, claimed, InboxState.HELD, intent=intent)
        if accepted:
            item = open_decision(
                tx, kind="mail", reasons=("question",), event=accepted, inbox_id=row_id, now=now
            )
            close(tx, item, verb="accept", actor="eva", why="read it", now=now)
    return row_id


def test_what_is_read_differently_is_shown_and_nothing_changes(office: SandboxOffice):
    row_id = was_read_as(office, "question", accepted="correct")
    (line,) = map(
        json.loads, replayed(office, "--since", "2020-01-01", "--dry-run", "--json").splitlines()
    )
    assert line["mail"] == row_id
    assert line["was"] == {"intent": "question", "held": True}
    assert line["now"]["intent"] == "correction"
    assert line["staff"] == "correction"
    with office.store.read() as tx:
        assert inbox.raw_bytes(tx, row_id) == MAIL
    assert "1 mails, 1 read differently; of 1 that staff accepted, 1 are read so now" in replayed(
        office, "--since", "2020-01-01", "--dry-run"
    )


def test_what_staff_decided_becomes_examples_that_can_be_scored(
    office: SandboxOffice, tmp_path: Path
):
    was_read_as(office, "question", accepted="correct")
    folder = tmp_path / "examples"
    replayed(office, "--since", "2020-01-01", "--dry-run", "--examples", str(folder))
    assert (folder / "labels.jsonl").stat().st_mode & 0o077 == 0
    done = CliRunner().invoke(program(), ("explain", "--score", str(folder), "--json"))
    told = json.loads(done.output)
    assert (told["messages"], told["intent_right"]) == (1, 1)


def test_it_only_looks_and_says_so(office: SandboxOffice):
    assert "--dry-run" in replayed(office, "--since", "2020-01-01", code=1)
