"""What must hold for any bytes that come by mail or as a file; who looks for some that break it."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mutations import mutant, sheet_mutant
from pace import slower

from mailflow.campaign import load_campaign
from mailflow.mail import Nature, read
from mailflow.mail.html import read_page
from mailflow.mail.limits import MOST_LINES
from mailflow.mail.wire import from_json, to_json
from mailflow.person import Field
from mailflow.person.fields import normalise
from mailflow.reading import Office
from mailflow.reading.explain import explain
from mailflow.reading.form import read_form
from mailflow.reading.words import Words
from mailflow.receipts.fields import read_fields
from mailflow.receipts.lines import Line
from mailflow.sheets import (
    ExportError,
    read_enrolment,
    read_export,
    read_government_calendar,
    read_people,
    read_results,
    read_statement,
)

NOW = datetime(2025, 9, 20, tzinfo=UTC)
SECONDS = 2.0
CAMPAIGN = load_campaign(Path(__file__).parents[1] / "campaigns" / "114-2.toml")
SUBJECTS = ("人工智慧基礎概論", "生成式AI應用與規劃")
DAEMON = (
    b"From: MAILER-DAEMON@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;"
    b' boundary="b"'
    b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2})?")
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


def page_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """Lines and hidden text of any HTML."""
    page = read_page(raw.decode("utf-8", "replace"))
    assert len(page.lines) <= MOST_LINES + 100, "more lines than are read"
    assert all("\n" not in line.text for line in page.lines), "a line of two lines"


def bounce_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """Whatever a mail system reports: a bounce or none, and never a person's words."""
    message = read(DAEMON + raw.partition(b"\r\n\r\n")[2])
    assert from_json(to_json(message)) == message, "differs after JSON"
    assert message.bounce is not None or message.nature is not Nature.BOUNCE


def form_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """A form's values are in normal form, and none is both missing and there."""
    form = read_form(Words(raw[-4000:].decode("utf-8", "replace")), as_of=NOW.date())
    for field, value in form.values.items():
        assert normalise(field, value, as_of=NOW.date()) == value, f"{field} is not settled"
        assert field not in (*form.missing, *form.invalid)


def sheet_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """A file is read, or refused as a whole with a remedy."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_export(raw, campaign=CAMPAIGN),
        lambda: read_statement(raw, campaign=CAMPAIGN),
        lambda: read_enrolment(raw),
        lambda: read_people(raw),
        lambda: read_results(raw, subjects=SUBJECTS),
        lambda: read_government_calendar(raw),
    )
    for reader in readers:
        remedy = "none needed"
        try:
            reader()
        except ExportError as refused:
            remedy = str(refused)
        assert remedy.strip(), "refused without a remedy"


def receipt_is_read(raw: bytes, _tokens: Mapping[str, str], _office: Office | None) -> None:
    """The fields of any rows of text: sums that may be sums, moments that may be moments."""
    rows = [row for row in raw[:4000].decode("utf-8", "replace").splitlines() if row.strip()]
    fields = read_fields([Line.of(row, number) for number, row in enumerate(rows)])
    sums = (fields.fee, fields.total, fields.balance, fields.cash, fields.due, fields.in_words)
    assert all(value is None or value >= 0 for value in sums)
    assert fields.amount is None or fields.amount.value >= 0
    assert fields.paid_at is None or MOMENT.fullmatch(fields.paid_at)


PARSERS: dict[str, Check] = {
    "mail": mail_is_parsed, "reading": mail_is_read, "person": value_is_read,
    "html": page_is_read, "bounce": bounce_is_read, "form": form_is_read,
    "sheets": sheet_is_read, "receipts": receipt_is_read,
}  # fmt: skip
# What is damaged for a parser that reads no mail.
KINDS = {"sheets": "sheets", "receipts": "receipts", "form": "forms"}


def made(parser: str, seed: int, corpora: Mapping[str, Sequence[bytes]]) -> bytes:
    """What this seed makes for the parser, of what it reads."""
    kind = KINDS.get(parser, "mail")
    return (sheet_mutant if kind == "sheets" else mutant)(seed, corpora[kind])


def hunt(
    parser: str,
    corpora: Mapping[str, Sequence[bytes]],
    *,
    tokens: Mapping[str, str],
    office: Office | None,
    seconds: float,
    first_seed: int = 0,
) -> Iterator[Broken | int]:
    """Every broken promise that is found in that time, and last the number of mutants tried."""
    check, seed, until = PARSERS[parser], first_seed, time.monotonic() + seconds
    while time.monotonic() < until:
        raw, begun = made(parser, seed, corpora), time.process_time()
        try:
            check(raw, tokens, office)
        except Exception as error:  # the hunt goes on: all that is found is told
            yield Broken(parser, seed, f"{type(error).__name__}: {error}")
        spent = time.process_time() - begun
        if spent > SECONDS * slower():
            yield Broken(parser, seed, f"takes {spent:.1f} s for {len(raw)} bytes")
        seed += 1
    yield seed - first_seed
