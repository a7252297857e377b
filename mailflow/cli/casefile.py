"""`mailflow case …`: one person's whole history, and what must or must not be kept of it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailflow import saying
from mailflow.cli import database
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, DryRun, Json, desk, fail, office, who
from mailflow.desk.casefile import as_facts, as_lines, case_lines, in_full, label
from mailflow.desk.correcting import correct as take_in
from mailflow.desk.masking import masked_value
from mailflow.desk.reinstating import reinstate as take_up
from mailflow.desk.visible import visible
from mailflow.runners.loop import utc_now
from mailflow.store import holds
from mailflow.store.audit import record
from mailflow.store.history import history
from mailflow.workflow import State

app = typer.Typer(no_args_is_help=True)
app.command("forget")(database.erase)

Number = Annotated[str, typer.Argument(help="a case number")]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit")]


@app.command("list")
def list_cases(
    state: Annotated[
        list[State] | None, typer.Option("--state", help="only these; may be repeated")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """The cases of this round, oldest first; names are masked."""
    with office(config) as (_, store, rules), store.read() as tx:
        lines = list(case_lines(tx, campaign=rules.campaign.id, states=tuple(state or ())))
    if as_json:
        for line in lines:
            print(json.dumps(asdict(line), ensure_ascii=False))
        return
    table = Table()
    for heading in ("案號", "狀態", "姓名", "鑑定項目", "待處理"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        waiting = str(line.waiting or "")
        shown = (line.number, line.state, visible(line.name), visible(line.exam), waiting)
        table.add_row(*map(Text, shown))
    Console().print(table if lines else "沒有案件。")


@app.command("show")
def show(
    number: Number,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="personal values in full; needs --why")
    ] = False,
    why: Annotated[str, typer.Option("--why", help="why they are needed, for the audit")] = "",
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Everything that happened to a case, in order of time; personal values are masked."""
    if reveal and not why.strip():
        raise typer.BadParameter("--reveal needs a reason: --why '…'")
    with office(config) as (_, store, _rules):
        with store.read() as tx:
            past = history(tx, number)
        if reveal:
            with store.write() as tx:
                record(tx, "revealed", subject=past.number, actor=who(), why=why, now=utc_now())
    shown = in_full if reveal else masked_value
    if as_json:
        print(json.dumps(as_facts(past, shown), ensure_ascii=False))
        return
    print(f"{past.number}（{past.state}）" + ("　保留中，不得刪除" if past.held else ""))
    for value in past.values:
        print(f"  {label(value.name)}：{visible(shown(value.name, value.value))}")
    table = Table(show_header=False, box=None)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for at, kind, text in as_lines(past, shown):
        table.add_row(at, kind, Text(text))
    Console().print(table)


@app.command("hold")
def hold(number: Number, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Legal hold: nothing of this case is erased, neither by the policy nor by a person."""
    _needs(why)
    with office(config) as (_, store, _rules), store.write() as tx:
        print(holds.hold(tx, number, actor=who(), why=why, now=utc_now()) + " held")


@app.command("unhold")
def unhold(number: Number, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """End a legal hold."""
    _needs(why)
    with office(config) as (_, store, _rules), store.write() as tx:
        print(holds.unhold(tx, number, actor=who(), why=why, now=utc_now()) + " not held")


def _needs(why: str) -> None:
    if not why.strip():
        fail(saying.NEEDS_REASON)


@app.command()
def reinstate(
    number: Annotated[str, typer.Argument(help="the case number, such as iPAS114-0007")],
    why: Annotated[str, typer.Option("--why", help="the reason, for the audit")],
    until: Annotated[
        datetime,
        typer.Option("--until", formats=["%Y-%m-%d"], help="the last day for payment and proof"),
    ],
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Take up a registration that was given up or withdrawn; one letter tells the student."""
    with desk(config) as staff:
        print(take_up(staff, number, until=until.date(), why=why))


@app.command()
def correct(
    number: Annotated[str, typer.Argument(help="the case number, such as iPAS114-0007")],
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="such as phone=0912345678, 手機=…")
    ],
    told_by: Annotated[
        str, typer.Option("--told-by", help="who told it and how, for the audit: '電話 本人'")
    ],
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take in a correction told by telephone or at the counter; the student confirms it by mail.

    Nothing is taken for confirmed: the letter shows old and new, with a fresh button.
    """
    with desk(config) as staff:
        done = take_in(staff, number, changes, told_by=told_by, dry_run=dry_run)
    if as_json:
        print(json.dumps({**done.facts(), "dry_run": dry_run}, ensure_ascii=False))
        return
    for line in done.lines():
        print(visible(line))
    if dry_run:
        print("（試算，未執行）")
