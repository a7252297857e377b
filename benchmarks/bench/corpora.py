"""Public corpora: are bounces and automatic replies seen, and is mail by people left alone."""

import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

from mailflow.mail import Nature, read

NOT_MAIL = ("README", "LICENSE", "COMMIT", "MIT", ".", "NEG-")
NO_BOUNCES = ("arf", "rfc3834", "fbl", "hotmailbounce", "unsubscribe", "exchange")
BOUNCES = ("sisimai-set-of-emails", "cfortune-bounce", "flufl-bounce")
PEOPLE = ("talon", "mikel-mail", "flanker", "zbateson", "cpython-test-email")
REPORTS = ("broken-mime.eml", "gmail-invalid-address.eml", "gmail-no-dns.eml", "msg_16.txt")
"""Files of PEOPLE that are reports all the same, told by reading them."""


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(NOT_MAIL):
            yield path


def _is_message(raw: bytes) -> bool:
    headers = message_from_bytes(raw[:20000])
    return bool(headers["From"] and (headers["Date"] or headers["Received"] or headers["Subject"]))


def _share(paths: list[Path], nature: Nature) -> str:
    missed = [path.name for path in paths if read(path.read_bytes()).nature is not nature]
    told = f"{len(paths) - len(missed)}/{len(paths)}"
    return f"{told}; missed: {', '.join(missed[:12])}" if missed else told


def _false(corpora: Path) -> str:
    """Mail by people (and odd mail that is no report) taken for a bounce or an automatic reply."""
    wrong, seen = [], 0
    machines = (Nature.BOUNCE, Nature.AUTOMATIC)
    for folder in PEOPLE:
        for path in _files(corpora / folder):
            raw = path.read_bytes()
            if b"report-type" in raw.lower() or b"auto-submitted: auto" in raw.lower():
                continue
            if path.name in REPORTS or not _is_message(raw):
                continue
            seen += 1
            if read(raw).nature in machines:
                wrong.append(path.name)
    return f"{len(wrong)}/{seen}" + (f": {', '.join(wrong[:12])}" if wrong else "")


def _slowest(corpora: Path) -> str:
    slow, count, total = (0.0, ""), 0, 0.0
    for path in _files(corpora):
        raw = path.read_bytes()
        begun = time.process_time()
        read(raw)
        spent = time.process_time() - begun
        slow, count, total = max(slow, (spent, path.name)), count + 1, total + spent
    return f"{count} files, slowest {slow[0]:.2f} s ({slow[1]}), {count / total:.0f} per second"


def corpora_figures(corpora: Path) -> dict[str, str]:
    """Figures with their N, and the names of what was missed."""
    found: dict[str, str] = {}
    for folder in BOUNCES:
        if (corpora / folder).is_dir():
            paths = [p for p in _files(corpora / folder) if not p.name.startswith(NO_BOUNCES)]
            found[f"bounces of {folder}"] = _share(paths, Nature.BOUNCE)
    replies = corpora / "autoreply-header-samples"
    if replies.is_dir():
        found["automatic replies"] = _share(list(_files(replies)), Nature.AUTOMATIC)
    found["people taken for machines"] = _false(corpora)
    found["time"] = _slowest(corpora)
    return found


def others_figures(folder: Path) -> dict[str, str]:
    """What any messages are taken for; those taken for machines are named, to be read by eye."""
    natures: Counter[str] = Counter()
    machines, slow = [], 0.0
    for path in _files(folder):
        raw = path.read_bytes()
        if not _is_message(raw):
            continue
        begun = time.process_time()
        nature = read(raw).nature
        slow = max(slow, time.process_time() - begun)
        natures[nature.value] += 1
        if nature in (Nature.BOUNCE, Nature.AUTOMATIC):
            machines.append(f"{path.parent.name}/{path.name}")
    told = ", ".join(f"{name} {count}" for name, count in natures.most_common())
    return {
        f"messages of {folder.name}": f"{natures.total()}: {told}; slowest {slow:.2f} s",
        "of them taken for machines": ", ".join(machines) or "none",
    }
