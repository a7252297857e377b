"""`mailflow explain` and `mailflow receipt`: what the machine would make of files."""

import json
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailflow import saying
from mailflow.campaign import load_campaign
from mailflow.cli.office import Json, clear_errors, fail, office
from mailflow.config import Limits
from mailflow.desk.visible import visible
from mailflow.letters.reasons import in_words
from mailflow.reading import Office, OfficeFile
from mailflow.reading.explain import explain as explain_mail
from mailflow.reading.scoring import score as score_lines
from mailflow.receipts import wire
from mailflow.receipts.installed import has_rapidocr, has_tesseract
from mailflow.receipts.result import Expectation, Proof, Status, Verdict
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.store.office import StoreOffice

Files = Annotated[list[Path], typer.Argument(help="files to look at", show_default=False)]


def explain(
    files: Annotated[
        list[Path] | None, typer.Argument(help="files to look at", show_default=False)
    ] = None,
    as_json: Json = False,
    score: Annotated[
        Path | None,
        typer.Option(help="folder with eml/ and labels.jsonl: how well is it read"),
    ] = None,
    cases: Annotated[
        Path | None, typer.Option(help="what the office knows: one registration per line, JSON")
    ] = None,
    campaign: Annotated[Path | None, typer.Option(help="campaign file: dates and prices")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help="look the case up in the store")
    ] = None,
) -> None:
    """What the daemon would make of each message; nothing is changed anywhere."""
    now = datetime.now(UTC)
    if campaign:
        with clear_errors():
            load_campaign(campaign)
    labels = _labels(score) if score else []
    if score:
        files = sorted((score / "eml").glob("*.eml"))
        cases = cases or _registered(score)
    if not files:
        raise typer.BadParameter("name files to look at, or --score FOLDER")
    said = _explained(files, cases, config, now=now)
    if score:
        _tell_score(labels, {str(line["file"]): line for line in said}, as_json=as_json)
        return
    for line in said:
        told = json.dumps(line, ensure_ascii=False) if as_json else visible(_in_words(line))
        print(told)


def _explained(
    files: list[Path], cases: Path | None, config: Path | None, *, now: datetime
) -> Iterator[dict[str, object]]:
    """One line for each message, as it is read."""
    with _known_office(cases, config, now) as (known, address):
        for file in files:
            content = _bytes_of(file)
            yield explain_mail(
                content, name=file.name, office=known, office_address=address, now=now
            )


def _registered(folder: Path) -> Path | None:
    """What the office knew when the examples were labelled, if that lies beside them."""
    file = folder / "registrations.jsonl"
    return file if file.exists() else None


def _labels(folder: Path) -> list[dict[str, object]]:
    try:
        lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        fail(saying.unreadable_file(folder / "labels.jsonl", error.strerror or ""))
    except ValueError as error:
        fail(f"{folder / 'labels.jsonl'}: {error}")


def _tell_score(
    labels: list[dict[str, object]], said: dict[str, dict[str, object]], *, as_json: bool
) -> None:
    missing = sorted(str(label["file"]) for label in labels if label["file"] not in said)
    if missing:
        fail(f"{missing[0]} is labelled but not in eml/ ({len(missing)} such)")
    told = score_lines(labels, said)
    if as_json:
        print(json.dumps(told))
        return
    for name, count in told.items():
        print(f"{name.replace('_', ' '):14} {count:6}")


@contextmanager
def _known_office(
    cases: Path | None, config: Path | None, now: datetime
) -> Iterator[tuple[Office | None, str | None]]:
    if cases is not None:
        try:
            yield OfficeFile(cases.read_text(encoding="utf-8").splitlines()), None
        except (OSError, ValueError) as error:
            fail(f"{cases}: {error}")
    elif config is not None:
        with office(config) as (settings, store, _rules), store.read() as tx:
            yield StoreOffice(tx, now=now), settings.office
    else:
        yield None, None


def _in_words(line: dict[str, object]) -> str:
    told = [f"{line['file']}: {line['intent']}" + (" ⚑" if line["flagged"] else "")]
    shown_keys = ("secondary", "reasons", "corrections", "unread", "token", "attachments")
    for key in (*shown_keys, "new_text"):
        if line.get(key):
            text = line[key]
            shown = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
            told.append(f"  {key}: {shown}")
    return "\n".join(told)


def receipt(
    files: Files,
    as_json: Json = False,
    amount: Annotated[int | None, typer.Option(help="what is owed, NT$", min=1)] = None,
    account: Annotated[str | None, typer.Option(help="the slip's account, digits")] = None,
    bank: Annotated[str | None, typer.Option(help="bank code")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="first day")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="last day")] = None,
    expect: Annotated[
        Path | None, typer.Option(help="expectations per file, one JSON object per line")
    ] = None,
) -> None:
    """What a picture or PDF says, and whether it proves what is owed."""
    one = owed_by(amount, account, bank, since, until)
    expected = _expectations(expect) if expect else {}
    if not (has_rapidocr() or has_tesseract()):
        print("neither rapidocr nor tesseract is here: pictures can't be read", file=sys.stderr)
    asked = [(_bytes_of(file), expected.get(file.name, one)) for file in files]
    for file, proof in zip(files, read_all(asked), strict=True):
        line = wire.proof_line(file.name, proof)
        print(json.dumps(line, ensure_ascii=False) if as_json else in_table(line), flush=True)
        if not as_json and (told := sentences(proof)):
            print(f"→ {told}", flush=True)


def owed_by(
    amount: int | None,
    account: str | None,
    bank: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Expectation | None:
    """What the options say is owed; None of none. Raises BadParameter for half an expectation."""
    if (account or bank or since or until) and amount is None:
        raise typer.BadParameter(
            "--account, --bank, --from and --until say what is expected: give --amount too"
        )
    if account and not re.fullmatch(r"[0-9][0-9 -]*", account):
        raise typer.BadParameter("--account is the slip's account in digits")
    if since and until and since > until:
        raise typer.BadParameter("--from is later than --until")
    if amount is None:
        return None
    return Expectation(
        amount,
        re.sub("[ -]", "", account) if account else None,
        bank,
        since.date() if since else None,
        until.date() if until else None,
    )


def sentences(proof: Proof) -> str:
    """The sentences that the student would read, where the proof does not do; else "".

    Below the table, whose cells are cut at the terminal's width.
    """
    unknown = proof.verdict is None and proof.status is Status.UNKNOWN
    does_not = unknown or proof.verdict in (Verdict.ASK, Verdict.FLAG)
    return "".join(words.zh for words in in_words(proof.reasons)) if does_not else ""


def read_all(asked: list[tuple[bytes, Expectation | None]]) -> Iterator[Proof]:
    """In the order asked, as many at once as there are cores, each in a child of its own."""
    idle: SimpleQueue[Sandbox] = SimpleQueue()
    sandboxes = [Sandbox(megabytes=Limits().child_megabytes) for _ in range(os.cpu_count() or 1)]
    for sandbox in sandboxes:
        idle.put(sandbox)

    def read(one: tuple[bytes, Expectation | None]) -> Proof:
        sandbox = idle.get()
        try:
            return _read(sandbox, *one)
        finally:
            idle.put(sandbox)

    try:
        with ThreadPoolExecutor(len(sandboxes)) as workers:
            yield from workers.map(read, asked)
    finally:
        for sandbox in sandboxes:
            sandbox.close()


def _read(sandbox: Sandbox, content: bytes, expected: Expectation | None) -> Proof:
    request = wire.request_to_json(wire.Request(content, expected))
    try:
        answer = sandbox.call(
            "mailflow.receipts.child:read_json", request, seconds=Limits().picture_seconds
        )
    except SandboxError as error:
        return Proof(
            verdict=Verdict.FLAG if expected else None,
            reasons=(f"picture_{error}".replace(" ", "_"),),
        )
    return wire.proof_from_json(answer) or Proof()


def _expectations(file: Path) -> dict[str, Expectation]:
    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        return {
            Path(line["file"]).name: Expectation(
                amount=int(line["amount"]),
                account=line.get("account"),
                bank=line.get("bank"),
                from_on=_day(line.get("from")),
                until_on=_day(line.get("until")),
            )
            for line in lines
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        fail(f"{file}: {type(error).__name__}: {error}; one JSON object per line, e.g. "
             '{"file": "a.jpg", "amount": 600, "account": "…"}')  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(saying.unreadable_file(file, error.strerror or ""))


def _in_cell(value: object) -> str:
    """A value as a person reads it: what is known of several, one behind the other."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {told}" for key, told in value.items() if told is not None)
    parts = value if isinstance(value, list) else [value]
    between = "; " if any(isinstance(part, dict) for part in parts) else " "
    return between.join(_in_cell(p) if isinstance(p, dict) else str(p) for p in parts)


def in_table(line: dict[str, object]) -> str:
    """Key and value for a terminal, what is empty left out."""
    console = Console()
    table = Table(show_header=False, box=None, title=Text(visible(str(line["file"]))))
    for key, value in line.items():
        if key not in ("file", "others") and value not in (None, []):
            table.add_row(key, Text(visible(_in_cell(value))))
    with console.capture() as capture:
        console.print(table)
    return capture.get()
