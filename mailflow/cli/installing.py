"""`mailflow init`: a few questions, and everything an office needs to start."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.office import clear_errors, fail
from mailflow.setup import SYSTEM_FOLDER, ask_for, set_up, take_default


def init(
    folder: Annotated[
        Path | None, typer.Argument(help="where to write (default: here, or /etc/mailflow)")
    ] = None,
    system: Annotated[
        bool, typer.Option("--system", help="also the system user and the systemd unit, as root")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="ask nothing, take the defaults")] = False,
    office: Annotated[str | None, typer.Option(help="address that students write to")] = None,
    office_name: Annotated[str | None, typer.Option(help="name that letters come from")] = None,
    imap: Annotated[str | None, typer.Option(help="IMAP server, host or host:port")] = None,
    smtp: Annotated[str | None, typer.Option(help="SMTP server, host or host:port")] = None,
    login: Annotated[str | None, typer.Option(help="password, oauth or none")] = None,
    username: Annotated[str | None, typer.Option(help="user name at both servers")] = None,
    campaign: Annotated[str | None, typer.Option(help="campaign file to copy")] = None,
) -> None:
    """Write configuration, keys and password files; nothing is overwritten."""
    options = {
        "office": office,
        "office_name": office_name,
        "imap": imap,
        "smtp": smtp,
        "login": login,
        "username": username,
        "campaign": campaign,
    }
    if system:
        os.umask(0o022)  # the service's user reads the program; each secret has a mode of its own
    given = {name: value for name, value in options.items() if value is not None}
    silent = yes or not sys.stdin.isatty()
    lacking = [name for name in ("office", "office_name") if name not in given]
    if silent and lacking:
        named = " and ".join(f"--{name.replace('_', '-')} '…'" for name in lacking)
        fail(f"nothing is asked here and there is no default: give {named}")
    with clear_errors():
        answers = ask_for(take_default if silent else _ask, given)
        target = folder or (SYSTEM_FOLDER if system else Path.cwd())
        for line in set_up(answers, target, system=system):
            print(line)


def _ask(question: str, *, default: str = "", secret: bool = False) -> str:
    answer: str = typer.prompt(
        question, default=default, hide_input=secret, show_default=not secret
    )
    return answer
