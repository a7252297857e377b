"""`mailflow replay`: mails of the past under the rules of today. It only looks."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.campaign.round import TAIPEI
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, clear_errors, fail, office
from mailflow.cli.private_files import write_private
from mailflow.reading.explain import explain
from mailflow.runners.routing import PROPOSALS
from mailflow.store import inbox
from mailflow.store.office import StoreOffice
from mailflow.store.replaying import Past, past_mails

# What it means that staff accepted what was proposed.
_MEANT = {event: intent for intent, event in PROPOSALS.items()}


def replay(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="first day")],
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only look: needed")] = False,
    everything: Annotated[bool, typer.Option("--all", help="also mails read as before")] = False,
    examples: Annotated[
        Path | None,
        typer.Option(help="an empty folder for mails that staff decided, with labels; personal"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read stored mails again by the present rules and show what would differ.

    Nothing is changed or sent. What the office knows is taken as of now: a button that was fresh
    then is a used one today.
    """
    if not dry_run:
        fail(
            "replay only looks: add --dry-run; one mail is read again with `mailflow queue requeue`"
        )
    now, first = datetime.now(UTC), since.replace(tzinfo=TAIPEI)
    with office(config) as (settings, store, _rules), store.read() as tx:
        known = StoreOffice(tx, now=now)
        lines, labels = [], []
        for past in past_mails(tx, since=first):
            raw = inbox.raw_bytes(tx, past.id)
            said = explain(raw, name=past.id, office=known, office_address=settings.office, now=now)
            lines.append(_line(past, said))
            if examples and (label := _label(past)):
                labels.append(label)
                _keep_mail(examples, past.id, raw)
    if examples and labels:
        _keep_labels(examples, labels)
    for line in lines:
        if everything or line["differs"]:
            print(json.dumps(line, ensure_ascii=False) if as_json else _in_words(line))
    if not as_json:
        print(_sum(lines))


def _keep_mail(folder: Path, name: str, raw: bytes) -> None:
    with clear_errors():
        (folder / "eml").mkdir(parents=True, exist_ok=True)
        write_private(folder / "eml" / f"{name}.eml", raw)


def _keep_labels(folder: Path, labels: list[dict[str, object]]) -> None:
    text = "\n".join(json.dumps(label, ensure_ascii=False) for label in labels)
    write_private(folder / "labels.jsonl", f"{text}\n".encode())


def _line(past: Past, said: dict[str, object]) -> dict[str, object]:
    """Before and now, and what staff took the mail for; no word of the mail itself."""
    meant = _meant(past)
    return {
        "mail": past.id,
        "received_at": past.received_at.isoformat(),
        "case": past.case or None,
        "was": {"intent": past.intent, "held": past.held},
        "now": {key: said[key] for key in ("intent", "flagged", "reasons")},
        "staff": meant or None,
        "differs": past.intent != said["intent"] or past.held != said["flagged"],
    }


def _meant(past: Past) -> str:
    """The intent that staff accepted; "" where they did something else, or nothing yet."""
    if past.verb != "accept":
        return ""
    return next((intent for event, intent in _MEANT.items() if event == past.event), "")


def _label(past: Past) -> dict[str, object] | None:
    """In the form of `mailflow explain --score`; whether a person had to look is not known."""
    meant = _meant(past)
    if not meant:
        return None
    return {"file": f"{past.id}.eml", "intent": str(meant), "flag_level": "may"}


def _in_words(line: dict[str, object]) -> str:
    was, now = line["was"], line["now"]
    assert isinstance(was, dict)
    assert isinstance(now, dict)
    before = was["intent"] + (" ⚑" if was["held"] else "")
    after = now["intent"] + (" ⚑" if now["flagged"] else "")
    staff = f"  staff: {line['staff']}" if line["staff"] else ""
    return f"{str(line['mail'])[-8:]} {line['case'] or '-'}: {before} → {after}{staff}"


def _sum(lines: list[dict[str, object]]) -> str:
    decided = [line for line in lines if line["staff"]]
    agreed = sum(isinstance(n := x["now"], dict) and n["intent"] == x["staff"] for x in decided)
    differ = sum(bool(line["differs"]) for line in lines)
    return (
        f"{len(lines)} mails, {differ} read differently; of {len(decided)} that staff accepted, "
        f"{agreed} are read so now"
    )
