"""`mailflow queue …`: what waits for a person, and deciding it."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailflow import saying
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, desk
from mailflow.cli.shadowing import list_shadow, release_shadow
from mailflow.config import Limits
from mailflow.desk.card import Card, accepting_in_short, load_card, mail_lines
from mailflow.desk.reason_words import why_held
from mailflow.desk.shadow import Which
from mailflow.desk.visible import visible
from mailflow.mail.wire import from_json
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.store.queue import Item

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="the item's name, as in `queue list` (its end suffices)")]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit")]
Note = Annotated[str, typer.Option("--note", help="a sentence to the student")]

_KINDS = {
    "mail": "來信",
    "case": "案件",
    "letter": "信件",
    "office": "本室",
    "money": "款項",
    "refund": "退費",
    "reward": "獎勵",
}


@app.command("list")
def list_items(
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    in_shadow: Annotated[
        bool, typer.Option("--shadow", help="letters composed in shadow, which you may release")
    ] = False,
) -> None:
    """All that waits, oldest first."""
    if in_shadow:
        list_shadow(config, as_json=as_json)
        return
    with desk(config) as staff:
        items = staff.items()
    if as_json:
        for item, number in items:
            print(
                json.dumps(
                    {
                        "item": item.id,
                        "kind": item.kind,
                        "case": number or None,
                        "proposal": item.event or None,
                        "reasons": list(item.reasons),
                        "opened_at": item.opened_at.isoformat(),
                    },
                    ensure_ascii=False,
                )
            )
        return
    Console().print(_in_table(items) if items else "沒有待處理的項目。")


def _in_table(items: list[tuple[Item, str]]) -> Table:
    """What holds each, before what accepting would do: to be able to accept is no advice."""
    table = Table()
    for heading, whole in (
        ("項目", True), ("類別", True), ("案號", True), ("原因", False), ("若接受", False),
        ("等候", True),
    ):  # fmt: skip
        table.add_column(heading, no_wrap=whole, overflow="fold")
    for item, number in items:
        kind = _KINDS.get(item.kind, item.kind)
        why = Text(visible(why_held(item.reasons, kind=item.kind)))
        does = accepting_in_short(item.event)
        table.add_row(item.id[-8:], kind, number, why, does, _waited(item.opened_at))
    return table


def _waited(since: datetime) -> str:
    """How long ago, for a person; a clock that was put back counts as no time."""
    age = max(datetime.now(UTC) - since, timedelta())
    return f"{age.days} 天" if age.days else f"{int(age.total_seconds() // 60)} 分"


@app.command()
def show(
    name: Name,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
    save: Annotated[
        Path | None, typer.Option(help="write the mail and its pictures into this folder")
    ] = None,
) -> None:
    """One item: what came, what was read, what was expected, what accepting would do."""
    with desk(config) as staff:
        card = load_card(staff, name)
        if save:
            _tell_saved(card.save(save))
    if as_json:
        print(json.dumps(card.facts(), ensure_ascii=False))
        return
    _print_card(card)


def _tell_saved(written: list[Path]) -> None:
    """The files, one a line."""
    for path in written:
        print(path)
    if not written:
        print(saying.NOTHING_TO_SAVE, file=sys.stderr)


def _print_card(card: Card) -> None:
    """What strangers wrote is printed as plain text: no markup, no control characters."""
    table = Table(show_header=False, box=None)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in [*card.lines(), *_mail_lines(card.raw)]:
        table.add_row(label, Text(text))
    Console().print(table)


def _mail_lines(raw: bytes) -> list[tuple[str, str]]:
    """The mail of an item, parsed in a child process as the daemon does it."""
    if not raw:
        return []
    limits = Limits()
    sandbox = Sandbox(megabytes=limits.child_megabytes)
    try:
        answer = sandbox.call("mailflow.mail.wire:read_to_json", raw, seconds=limits.parse_seconds)
    except SandboxError as error:
        return [("來信", f"無法讀取（{error}），請用 --save 取出原始信件")]
    finally:
        sandbox.close()
    return mail_lines(from_json(answer))


@app.command()
def accept(name: Name, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Do what is proposed; the student gets the same letter as from the machine."""
    with desk(config) as staff:
        print(staff.accept(name, why=why))


@app.command()
def reject(name: Name, why: Why, note: Note = "", config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Refuse the claim; a proof is asked for again."""
    with desk(config) as staff:
        print(staff.reject(name, why=why, note=note))


@app.command()
def ask(name: Name, why: Why, note: Note = "", config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Ask the student: for another proof, for the button, or what `--note` says."""
    with desk(config) as staff:
        print(staff.ask(name, why=why, note=note))


@app.command()
def release(
    why: Why,
    name: Annotated[str, typer.Argument(help="the item's name; with --shadow, the letter's")] = "",
    config: ConfigFile = DEFAULT_CONFIG,
    in_shadow: Annotated[bool, typer.Option("--shadow", help="letters composed in shadow")] = False,
    case: Annotated[str, typer.Option("--case", help="with --shadow: all of this case")] = "",
    kind: Annotated[str, typer.Option("--kind", help="with --shadow: all of this kind")] = "",
    everything: Annotated[bool, typer.Option("--all", help="with --shadow: all of them")] = False,
) -> None:
    """Let a held letter go out, or let the outbox go on after a stop.

    With --shadow: what a daemon in shadow composed; name one letter, or --case, --kind or --all.
    """
    if in_shadow:
        which = Which(name, case, kind)
        if everything is (which != Which()):
            raise typer.BadParameter("name a letter, --case, --kind, or --all alone")
        release_shadow(config, which, why=why)
        return
    if not name or case or kind or everything:
        raise typer.BadParameter("name the item (--case, --kind and --all go with --shadow)")
    with desk(config) as staff:
        print(staff.release(name, why=why))


@app.command()
def requeue(name: Name, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Read a held or failed mail again, by today's rules."""
    with desk(config) as staff:
        print(staff.requeue(name, why=why))


@app.command()
def discard(name: Name, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Nothing is to be done about it."""
    with desk(config) as staff:
        print(staff.discard(name, why=why))
