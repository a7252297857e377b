"""Public messages, broken and odd: none raises or takes long, no attachment is lost."""

import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from mailflow.mail import Nature, read

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
NOT_MAIL = ("README", "LICENSE", "COMMIT", "MIT", ".")

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the public corpora are not here")


def _messages(folder: str = "") -> list[Path]:
    return [
        path
        for path in sorted((CORPORA / folder).rglob("*"))
        if path.is_file() and not path.name.startswith(NOT_MAIL)
    ]


def _attached(raw: bytes) -> int:
    """Parts with content that are neither text nor boxes, by a plain walk."""
    skipped = {"text", "message", "multipart"}
    return sum(
        bool(not part.is_multipart() and part.get_payload(decode=True))
        for part in message_from_bytes(raw).walk()
        if part.get_content_maintype() not in skipped
    )


@pytest.mark.usefixtures("calm")
def test_every_message_is_read_in_time_with_all_its_attachments() -> None:
    for path in _messages():
        raw = path.read_bytes()
        started = time.process_time()
        message = read(raw)
        assert time.process_time() - started < 2, path.name
        assert len(message.attachments) >= _attached(raw), path.name


@pytest.mark.parametrize(
    ("folder", "least"),
    [("sisimai-set-of-emails", 0.96), ("cfortune-bounce", 0.98), ("flufl-bounce", 0.85)],
)
def test_bounces_are_seen(folder: str, least: float) -> None:
    """Feedback reports, vacation replies and bare bodies in these folders are no bounces."""
    paths = [
        path
        for path in _messages(folder)
        if not path.name.startswith(
            ("arf", "rfc3834", "fbl", "hotmailbounce", "unsubscribe", "exchange")
        )
    ]
    natures = Counter(read(path.read_bytes()).nature for path in paths)
    assert natures[Nature.BOUNCE] / natures.total() >= least


def test_people_are_not_taken_for_bounces() -> None:
    natures = Counter(read(path.read_bytes()).nature for path in _messages("talon"))
    assert set(natures) <= {Nature.HUMAN, Nature.LIST}
