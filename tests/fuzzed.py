"""What must hold for any bytes that come by mail, and who looks for bytes that break it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mutations import mutant

from mailflow.mail import read
from mailflow.mail.wire import from_json, to_json
from mailflow.person import Field
from mailflow.person.fields import normalise
from mailflow.reading import Office
from mailflow.reading.explain import explain

NOW = datetime(2025, 9, 20, tzinfo=UTC)
SECONDS = 2.0
INTENTS = {
    "registration", "confirm", "correction", "payment_receipt", "question", "resend_slip",
    "withdraw", "refund_application", "certificate_upload", "auto_reply", "bounce",
    "list_or_bulk", "spam", "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that some bytes broke; the seed makes the same bytes again."""

    parser: str
    seed: int
    why: str


Check = Callable[[bytes, Mapping[str, str], Office | None], None]


def mail_is_parsed(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """`read` never raises, and what it says survives the way out of the child."""
    message = read(raw)
    assert from_json(to_json(message)) == message, "differs after JSON"


def mail_is_read(raw: bytes, tokens: Mapping[str, str], office: Office | None) -> None:
    """A line for any bytes; and nothing confirms but the token that was issued for the case."""
    line = explain(raw, name="x.eml", office=office, office_address=None, now=NOW)
    json.dumps(line, ensure_ascii=False).encode("utf-8")
    assert line["intent"] in INTENTS
    if line["intent"] == "confirm" and not line["flagged"]:
        assert line["token"], "confirms without a token"
        assert line["token"] == tokens.get(str(line["case"])), "confirms with another's token"


def value_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """A field's value or a problem, for any text; a normal form is its own normal form."""
    text = raw[-60:].decode("utf-8", "replace")
    for field in Field:
        first = normalise(field, text)
        if isinstance(first, str):
            assert normalise(field, first) == first, f"{field} is not settled"


PARSERS: dict[str, Check] = {
    "mail": mail_is_parsed, "reading": mail_is_read, "person": value_is_read,
}  # fmt: skip


def hunt(
    parser: str,
    corpus: Sequence[bytes],
    *,
    tokens: Mapping[str, str],
    office: Office | None,
    seconds: float,
    first_seed: int = 0,
) -> Iterator[Broken | int]:
    """Every broken promise that is found in that time, and last the number of messages tried."""
    check, seed, until = PARSERS[parser], first_seed, time.monotonic() + seconds
    while time.monotonic() < until:
        raw, begun = mutant(seed, corpus), time.process_time()
        try:
            check(raw, tokens, office)
        except Exception as error:  # the hunt goes on: all that is found is told
            yield Broken(parser, seed, f"{type(error).__name__}: {error}")
        spent = time.process_time() - begun
        if spent > SECONDS:
            yield Broken(parser, seed, f"takes {spent:.1f} s for {len(raw)} bytes")
        seed += 1
    yield seed - first_seed
