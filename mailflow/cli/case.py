"""`mailflow case …`: what staff do to one registration."""

from datetime import datetime
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, desk
from mailflow.desk.reinstating import reinstate as take_up

app = typer.Typer(no_args_is_help=True)


@app.callback()
def case() -> None:
    """What staff do to one registration."""


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
