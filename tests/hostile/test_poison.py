"""One bad mail at the head of the queue: the others go on, and it is kept, shown and replayable."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hostile.by_hand import read_all, reader, store
from stories.running import RunningOffice

from mailflow.sandbox import Sandbox, SandboxError

Opened = Callable[..., RunningOffice]
GOOD = "From: a{0}@example.org\r\nSubject: hello {0}\r\nMessage-ID: <{0}@x>\r\n\r\nGood morning\r\n"


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The reader's child chokes on mails with X-Poison."""
    path = [str(Path(__file__).parent / "poison"), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, path)))
    return monkeypatch


@pytest.mark.parametrize("kind", ["hang", "memory", "death"])
def test_poison_at_the_head_of_fifty(kind: str, opened: Opened, poisoned: pytest.MonkeyPatch):
    office = opened(starts_daemon=False, settings={"limits": {"parse_seconds": 2}})
    poison = f"X-Poison: {kind}\r\nSubject: bad\r\n\r\nbad\r\n".encode()
    ids = store(office, [poison, *(GOOD.format(number).encode() for number in range(50))])
    with reader(office) as one:
        begun = time.monotonic()
        while one.step():
            pass
        assert time.monotonic() - begun < 60
        states = [row.state for row in office.mails()]
        assert states[0] == "received"
        assert "received" not in states[1:]
        for strikes in (2, 3):
            office.clock.ahead += timedelta(seconds=31)
            assert one.step()
            assert office.mails()[0].attempts == strikes
    failed = office.mails()[0]
    assert (failed.id, failed.state) == (ids[0], "failed")
    item = office.queue(reason="failed")[0]
    poisoned.undo()  # the program has learnt to read it
    office.desk.requeue(item.id, why="mended")
    read_all(office)
    assert office.mails()[0].state in ("held", "applied", "discarded")
    assert office.audit(item.id) == [("clerk", "requeue")]


def test_a_child_that_stops_reading_is_killed_in_time():
    import signal

    sandbox = Sandbox(megabytes=512)
    sandbox.call("mailflow.mail.wire:read_to_json", b"Subject: x\r\n\r\n", seconds=30)
    assert sandbox._child
    os.kill(sandbox._child.pid, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(SandboxError, match="timeout"):
        sandbox.call("mailflow.mail.wire:read_to_json", b"x" * 5_000_000, seconds=1)
    assert time.monotonic() - begun < 5
    sandbox.close()
