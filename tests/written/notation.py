"""The notation in which the mails are written down (tests/data/written_mail/README.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEPARATOR = "; "
ONCE = ("why", "fix", "data", "also", "accept", "subject", "from", "new", "who", "lang", "note")
INTENTS = [
    "registration",
    "confirm",
    "correction",
    "payment_receipt",
    "question",
    "resend_slip",
    "withdraw",
    "refund_application",
    "certificate_upload",
    "auto_reply",
    "bounce",
    "list_or_bulk",
    "spam",
    "other",
]
LEVELS = ("no", "may", "must")


class NotationError(ValueError):
    """A written mail can't be read; the text names file, mail and remedy."""


@dataclass(frozen=True, slots=True)
class Written:
    """One mail as its writer put it down: what it is, how it travels, and its text."""

    key: str
    intent: str
    level: str
    client: str
    answers: str
    options: frozenset[str]
    fields: dict[str, str]
    attachments: tuple[str, ...]
    body: str

    def listed(self, field: str) -> list[str]:
        """The parts of a field that holds several, separated by `; `."""
        return [
            part.strip() for part in self.fields.get(field, "").split(SEPARATOR) if part.strip()
        ]


def _one(block: str, *, file: str) -> Written:
    head, _, rest = block.partition("\n")
    words = head.split()
    if len(words) < 5 or words[1] not in INTENTS or words[2] not in LEVELS:
        raise NotationError(f"{file}: '## {head}' wants: key intent level client answers [options]")
    fields: dict[str, str] = {}
    attachments: list[str] = []
    lines = rest.split("\n")
    while lines and lines[0].strip():
        name, colon, value = lines.pop(0).partition(":")
        if not colon or name not in (*ONCE, "att"):
            raise NotationError(
                f"{file}, {words[0]}: '{name}' is no field; an empty line ends them"
            )
        if name == "att":
            attachments.append(value.strip())
        else:
            fields[name] = value.strip()
    body = "\n".join(lines[1:]).rstrip("\n")
    return Written(*words[:5], frozenset(words[5:]), fields, tuple(attachments), body)


def read_folder(folder: Path) -> Iterator[Written]:
    """Every mail of the `*.txt` files in a folder, in order; keys are unique."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        blocks = ("\n" + path.read_text(encoding="utf-8")).split("\n## ")[1:]
        for block in blocks:
            written = _one(block, file=path.name)
            if written.key in seen:
                raise NotationError(f"{path.name}: the key {written.key} is used twice")
            seen.add(written.key)
            yield written
