"""The commands and where they live."""

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

import typer

# Command → module here and function, or module alone for a group with its help.
_COMMANDS = {
    "run": "daemon.run",
    "check": "status.check",
    "status": "status.status",
    "import": "daemon.import_export",
    "explain": "explaining.explain",
    "replay": "replaying.replay",
    "receipt": "explaining.receipt",
    "demo": "demonstration.demo",
    "init": "installing.init",
    "erase": "database.erase",
    "retention": "keeping.retention",
}
_GROUPS = {
    "queue": ("queue", "what waits for a person, and deciding it"),
    "campaign": ("campaign", "the round: check, clone, calendar, poster"),
    "case": ("casefile", "one registration: history, correct, reinstate, forget"),
    "letter": ("letter", "what letters say: preview, versions"),
    "roster": ("roster", "the examiner's list, labels, proofs"),
    "certificates": ("certificates", "certificates at the office or posted"),
    "enrolment": ("enrolment", "the registrar's list of who is enrolled"),
    "refund": ("refund", "the half of the fee back, from letter to payment"),
    "results": ("results", "results of the exam, kept subjects, retakes"),
    "reward": ("reward", "the reward for certificates handed in"),
    "receipts": ("proofs", "proofs: why judged so, how well read"),
    "slip": ("slips", "payment slips: import, make, show"),
    "settle": ("settling", "the bank's file against what students claim"),
    "db": ("database", "the store: upgrade, backup"),
}
NAMES = (*_COMMANDS, *_GROUPS)


def program(names: Iterable[str] = NAMES) -> typer.Typer:
    """mailflow with these commands; only their modules are loaded, for all of them take seconds."""
    app = typer.Typer(
        help="The clerk of a university office: registers students for exams, entirely by mail.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(lambda: None)  # a group, though it may hold one command alone
    for name in names:
        if name in _COMMANDS:
            module, _, function = _COMMANDS[name].partition(".")
            app.command(name)(getattr(_loaded(module), function))
        else:
            module, told = _GROUPS[name]
            app.add_typer(_loaded(module).app, name=name, help=told)
    return app


def _loaded(module: str) -> ModuleType:
    return import_module(f"mailflow.cli.{module}")


def main() -> None:
    """The entry point. Output is UTF-8 whatever the terminal says; files are the owner's alone."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    asked = sys.argv[1:2]
    program(asked if set(asked) & set(NAMES) else NAMES)()
