"""A child and its temporary files: a student's receipt does not outlive the reading of it."""

import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailflow.sandbox import Sandbox, SandboxError

READER = """
import contextlib, os, struct, subprocess, tempfile

def folder(payload):
    return tempfile.gettempdir().encode()

def leaves(payload):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(payload)
    os.mkdir(os.path.join(tempfile.gettempdir(), "deeper"))
    return file.name.encode()

def hangs(payload):
    leaves(payload)
    subprocess.run(["sleep", "60"])

def dies(payload):
    leaves(payload)
    os._exit(1)

def forges(payload):
    answer = struct.pack(">BQI", 0, 999, 0)
    for descriptor in range(3, 10):
        with contextlib.suppress(OSError):
            os.write(descriptor, answer)
    return payload

def does(payload):
    if payload == b"hang":
        hangs(payload)
    if payload == b"die":
        os._exit(1)
    if payload == b"raise":
        raise ValueError("a secret")
    return payload
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine keeps temporary files; the children know the module `slow_reader`."""
    modules, files = tmp_path / "modules", tmp_path / "files"
    modules.mkdir()
    files.mkdir()
    (modules / "slow_reader.py").write_text(READER, "utf-8")
    path = (str(modules), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, path)))
    monkeypatch.setattr(tempfile, "tempdir", str(files))
    return files


@pytest.fixture
def sandbox(temporary: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(megabytes=512)
    yield sandbox
    sandbox.close()


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_child_has_a_folder_that_only_its_user_sees(sandbox: Sandbox, temporary: Path) -> None:
    folder = Path(sandbox.call("slow_reader:folder", b"", seconds=20).decode())
    assert folder.parent == temporary
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("end", ["hangs", "dies"])
def test_a_child_killed_while_reading_leaves_no_receipt(
    end: str, sandbox: Sandbox, temporary: Path
) -> None:
    sandbox.warm()
    with pytest.raises(SandboxError):
        sandbox.call(f"slow_reader:{end}", b"a receipt", seconds=3)
    assert list(temporary.iterdir()) == []


def test_a_reading_that_is_interrupted_leaves_no_receipt(sandbox: Sandbox, temporary: Path) -> None:
    def stop() -> None:
        wait_for(lambda: kept(temporary))
        sandbox.interrupt()

    stopping = threading.Thread(target=stop)
    stopping.start()
    with pytest.raises(SandboxError, match="died"):
        sandbox.call("slow_reader:hangs", b"a receipt", seconds=30)
    stopping.join()
    assert list(temporary.iterdir()) == []


def test_a_child_that_is_replaced_or_closed_takes_its_folder_along(temporary: Path) -> None:
    sandbox = Sandbox(megabytes=512, calls=1)
    first = Path(sandbox.call("slow_reader:leaves", b"a receipt", seconds=20).decode())
    assert first.read_bytes() == b"a receipt"
    second = Path(sandbox.call("slow_reader:leaves", b"another", seconds=20).decode())
    assert kept(temporary) == [second]
    sandbox.close()
    assert list(temporary.iterdir()) == []


def asked(sandbox: Sandbox, row: list[bytes], seconds: float = 20) -> list[bytes | str]:
    """Ask for a whole row, then listen."""
    tickets = [sandbox.ask("slow_reader:does", payload, seconds=seconds) for payload in row]
    return [answer_of(sandbox, ticket) for ticket in tickets]


def answer_of(sandbox: Sandbox, ticket: int) -> bytes | str:
    try:
        return sandbox.answer(ticket)
    except SandboxError as error:
        return str(error)


def test_of_a_row_of_mails_only_the_poisoned_ones_fail(sandbox: Sandbox) -> None:
    row = [b"one", b"hang", b"two", b"raise", b"die", b"three"]
    told = [b"one", "timeout", b"two", "raised ValueError", "died", b"three"]
    assert asked(sandbox, row, seconds=2) == told


def test_a_row_of_long_mails_passes_both_ways_at_once(sandbox: Sandbox) -> None:
    row = [bytes([number]) * 3_000_000 for number in range(8)]
    assert asked(sandbox, row) == row


def test_questions_put_meanwhile_are_answered_in_their_turn(sandbox: Sandbox) -> None:
    one = sandbox.ask("slow_reader:does", b"one", seconds=20)
    dies = sandbox.ask("slow_reader:does", b"die", seconds=20)
    assert sandbox.answer(one) == b"one"
    two = sandbox.ask("slow_reader:does", b"two", seconds=20)
    assert [answer_of(sandbox, dies), answer_of(sandbox, two)] == ["died", b"two"]


def test_nobody_gets_the_answer_to_another_mail(sandbox: Sandbox) -> None:
    given_up = [sandbox.ask("slow_reader:does", word, seconds=20) for word in (b"a", b"die")]
    mine = sandbox.ask("slow_reader:does", b"mine", seconds=20)
    assert answer_of(sandbox, mine) == b"mine"
    assert [answer_of(sandbox, ticket) for ticket in given_up] == ["not_asked", "not_asked"]


def test_who_closes_it_hears_no_old_answer_later(sandbox: Sandbox) -> None:
    old = sandbox.ask("slow_reader:does", b"old", seconds=20)
    sandbox.close()
    assert sandbox.call("slow_reader:does", b"new", seconds=20) == b"new"
    assert answer_of(sandbox, old) == "not_asked"


def test_a_child_that_died_of_itself_harms_no_mail(sandbox: Sandbox) -> None:
    assert asked(sandbox, [b"one"]) == [b"one"]
    sandbox.interrupt()
    time.sleep(0.2)
    assert asked(sandbox, [b"two"]) == [b"two"]


def test_a_child_is_replaced_in_the_middle_of_a_row(temporary: Path) -> None:
    sandbox = Sandbox(megabytes=512, calls=2)
    row = [b"%d" % number for number in range(5)]
    assert asked(sandbox, row) == row
    sandbox.close()


def test_a_child_that_was_taken_over_answers_for_no_other_mail(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="answered_another_question"):
        sandbox.call("slow_reader:forges", b"one", seconds=20)
    assert sandbox.call("slow_reader:does", b"two", seconds=20) == b"two"
