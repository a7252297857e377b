"""The commands and where they live."""

import os
import sys

import typer

from mailflow.cli import (
    campaign,
    casefile,
    certificates,
    daemon,
    database,
    demonstration,
    enrolment,
    explaining,
    installing,
    keeping,
    letter,
    proofs,
    queue,
    refund,
    replaying,
    results,
    reward,
    roster,
    settling,
    slips,
    status,
)

app = typer.Typer(
    help="The clerk of a university office: registers students for exams, entirely by mail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(daemon.run)
app.command("check")(status.check)
app.command("status")(status.status)
app.command("import")(daemon.import_export)
app.command("explain")(explaining.explain)
app.command("replay")(replaying.replay)
app.command("receipt")(explaining.receipt)
app.command("demo")(demonstration.demo)
app.command("init")(installing.init)
app.command("erase")(database.erase)
app.command("retention")(keeping.retention)
app.add_typer(queue.app, name="queue", help="what waits for a person, and deciding it")
app.add_typer(campaign.app, name="campaign", help="the round: check, clone, calendar, poster")
app.add_typer(
    casefile.app, name="case", help="one registration: history, correct, reinstate, forget"
)
app.add_typer(letter.app, name="letter", help="what letters say: preview, versions")
app.add_typer(roster.app, name="roster", help="the examiner's list, labels, proofs")
app.add_typer(certificates.app, name="certificates", help="certificates at the office or posted")
app.add_typer(enrolment.app, name="enrolment", help="the registrar's list of who is enrolled")
app.add_typer(refund.app, name="refund", help="the half of the fee back, from letter to payment")
app.add_typer(results.app, name="results", help="results of the exam, kept subjects, retakes")
app.add_typer(reward.app, name="reward", help="the reward for certificates handed in")
app.add_typer(proofs.app, name="receipts", help="proofs: why judged so, how well read")
app.add_typer(slips.app, name="slip", help="payment slips: import, make, show")
app.add_typer(settling.app, name="settle", help="the bank's file against what students claim")
app.add_typer(database.app, name="db", help="the store: upgrade, backup")


def main() -> None:
    """The entry point. Output is UTF-8 whatever the terminal says; files are the owner's alone."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()
