"""`mailflow enrolment import`: the registrar's list of who is enrolled."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, DryRun, Json, desk
from mailflow.desk.enrolling import import_enrolment
from mailflow.sheets import read_enrolment

app = typer.Typer(no_args_is_help=True)


@app.callback()
def enrolment() -> None:
    """The registrar's list of who is enrolled."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="student numbers (學號) and 在學狀態, CSV or XLSX")],
    on: Annotated[
        datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="the day the list speaks of")
    ],
    config: ConfigFile = DEFAULT_CONFIG,
    all_enrolled: Annotated[
        bool,
        typer.Option("--all-enrolled", help="the list has no status: everybody on it is enrolled"),
    ] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take in who was enrolled on a day; may be repeated. Only keyed hashes of numbers are kept."""
    with desk(config) as staff:
        rows = read_enrolment(file, all_enrolled=all_enrolled)
        new, changed = import_enrolment(staff, rows, as_of=on.date(), dry_run=dry_run)
    if as_json:
        told = {"read": len(rows), "new": new, "changed": changed, "dry_run": dry_run}
        print(json.dumps(told))
        return
    print(f"讀到 {len(rows)}，新增 {new}，變更 {changed}" + ("（試算，未執行）" if dry_run else ""))
