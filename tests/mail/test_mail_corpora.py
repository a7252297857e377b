"""Public messages, broken and odd: none raises or takes long, no attachment is lost."""

import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from pace import slower

from mailflow.mail import Nature, read

_PLACES = [folder / "shared" / "corpora" for folder in Path(__file__).parents[3:]]
CORPORA = next(filter(Path.is_dir, _PLACES), Path("no corpora"))
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
        assert time.process_time() - started < 2 * slower(), path.name
        assert len(message.attachments) >= _attached(raw), path.name


# No reports of what was not delivered: complaints, vacations, notices of lists, bare bodies.
NO_BOUNCES = (
    "arf", "rfc3834", "fbl", "hotmailbounce", "unsubscribe", "exchange", "lhost-fml-0",
    "lhost-amazonses-11", "lhost-amazonses-12", "lhost-amazonses-13", "groupwise_03", "qmail_08",
)  # fmt: skip


def _natures(*folders: str, leave_out: tuple[str, ...] = ()) -> Counter[Nature]:
    paths = [
        path
        for folder in folders
        for path in _messages(folder)
        if not path.name.startswith(leave_out)
    ]
    return Counter(read(path.read_bytes()).nature for path in paths)


def test_bounces_are_seen() -> None:
    folders = (
        "sisimai-set-of-emails",
        "cfortune-bounce",
        "flufl-bounce",
        "flanker/tests/fixtures/messages/bounce",
    )
    natures = _natures(*folders, leave_out=NO_BOUNCES)
    assert natures.total() > 600
    assert natures[Nature.BOUNCE] / natures.total() >= 0.98


def test_autoresponders_and_reports_are_seen() -> None:
    vacations = [*_messages("autoreply-header-samples")]
    vacations += [p for p in _messages("sisimai-set-of-emails") if p.name.startswith("rfc3834")]
    by_name = {path.name: read(path.read_bytes()).nature for path in vacations}
    people = {name: nature for name, nature in by_name.items() if name.startswith("NEG-")}
    assert set(people.values()) == {Nature.HUMAN}
    rest = Counter(nature for name, nature in by_name.items() if name not in people)
    assert rest[Nature.AUTOMATIC] / rest.total() >= 0.95


def test_complaints_are_no_letters_of_people() -> None:
    paths = [p for p in _messages("sisimai-set-of-emails") if p.name.startswith("arf-")]
    natures = Counter(read(path.read_bytes()).nature for path in paths)
    assert natures[Nature.AUTOMATIC] == natures.total()


def test_people_are_not_taken_for_machines() -> None:
    natures = _natures("talon", "crisp-erp", "zapier-erp", "zbateson")
    assert natures.total() > 180
    assert set(natures) <= {Nature.HUMAN, Nature.LIST}
