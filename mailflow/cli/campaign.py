"""`mailflow campaign …`: the round as data."""

import typer

from mailflow.cli import calendar

app = typer.Typer(no_args_is_help=True)
app.command("close")(calendar.close)
app.command("reopen")(calendar.reopen)
app.add_typer(calendar.app, name="calendar", help="the government's working days")
