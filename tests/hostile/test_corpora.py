"""Real and broken mail of other projects, through the real path."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.by_hand import read_all, store
from stories.cast import Student, register
from stories.running import RunningOffice

from mailflow.mail import Nature, read
from mailflow.store import inbox

SHARED = Path(__file__).parents[3] / "shared"
FOLDERS = [SHARED / "corpora", SHARED / "examples" / "mail"]
Opened = Callable[..., RunningOffice]


def found() -> list[bytes]:
    files = [path for folder in FOLDERS for path in sorted(folder.rglob("*.eml"))]
    files += sorted((SHARED / "corpora" / "flufl-bounce").rglob("*.txt"))
    return [path.read_bytes() for path in files]


@pytest.mark.timeout(300)
@pytest.mark.skipif(not all(f.is_dir() for f in FOLDERS), reason="CORPORA NOT TESTED: not here")
def test_every_mail_of_the_corpora_ends_in_a_named_state(opened: Opened):
    office = opened(starts_daemon=False, settings={"limits": {"strangers_per_day": 10_000}})
    register(*(Student(office, f"s{number}@example.org", number) for number in range(1, 4)))
    before = len(office.outbox())
    mails = found()
    assert len(mails) > 700
    ids = store(office, mails)
    read_all(office)
    rows = {row.id: row for row in office.mails()}
    states = Counter(rows[name].state for name in ids)
    assert set(states) <= {"applied", "held", "discarded"}, broken(office)
    with office.store.read() as tx:
        assert all(inbox.raw_bytes(tx, n) == raw for n, raw in zip(ids, mails, strict=True))
    answered = {row.inbox_id: row for row in office.outbox()[before:]}
    assert {row.letter for row in answered.values()} <= {"registration_form"}
    for name, raw in zip(ids, mails, strict=True):
        if name in answered:
            may_be_answered(raw)


def may_be_answered(raw: bytes) -> None:
    message = read(raw)
    assert message.nature is Nature.HUMAN
    assert message.answerable
    assert message.author


def broken(office: RunningOffice) -> list[str]:
    return [row.reason for row in office.mails() if row.state in ("failed", "received")]
