"""`mailflow certificates …`: arrived at the office, posted by the examiner, collected; and back."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow import saying
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, DryRun, Json, Why, desk
from mailflow.cli.telling import tell
from mailflow.desk import certifying
from mailflow.desk.certifying import Done, Tick
from mailflow.desk.verbs import DeskError
from mailflow.sheets import PersonRow, read_people

app = typer.Typer(no_args_is_help=True)

Exam = Annotated[str, typer.Option(help="the exam's name: everybody who passed it")]
People = Annotated[Path | None, typer.Option("--file", help="a list of people, CSV or XLSX")]
IssuedOn = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="the day on which they were issued"),
]


@app.command()
def arrived(
    exam: Exam = "",
    file: People = None,
    on: IssuedOn = None,
    tell_again: Annotated[
        bool, typer.Option("--tell-again", help="write also to whom an earlier letter has called")
    ] = False,
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Certificates lie at the office: write to everybody who can collect one."""
    with desk(config) as staff:
        people = _people(exam, file)
        report = certifying.arrived(
            staff, exam=exam, people=people, on=_day(on), tell_again=tell_again, dry_run=dry_run
        )
    tell(report, as_json=as_json, dry_run=dry_run)
    _tell_called(report, "先前已寄過領取通知，未再寄（要再寄：--tell-again）", as_json=as_json)


@app.command()
def posted(
    exam: Exam = "",
    file: People = None,
    on: IssuedOn = None,
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """The examiner posts them: noted with the day of issue; nobody is written to."""
    with desk(config) as staff:
        people = _people(exam, file)
        report = certifying.posted(staff, exam=exam, people=people, on=_day(on), dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)


@app.command()
def collected(
    cases: Annotated[list[str] | None, typer.Argument(help="case numbers")] = None,
    file: People = None,
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Tick what was collected."""
    with desk(config) as staff:
        report = certifying.collected(staff, _named(cases, file), dry_run=dry_run)
    tell(report, as_json=as_json, dry_run=dry_run)


@app.command()
def undo(
    tick: Annotated[Tick, typer.Argument(help="which tick was a mistake")],
    why: Why,
    cases: Annotated[list[str] | None, typer.Argument(help="case numbers")] = None,
    exam: Annotated[str, typer.Option(help="the exam's name: everybody with that tick")] = "",
    file: People = None,
    config: ConfigFile = DEFAULT_CONFIG,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take a tick back that was set by mistake; nobody is written to.

    Back from `collected` the certificate lies at the office again; back from `arrived` or `posted`
    there is none yet, and its day of issue is forgotten too.
    """
    with desk(config) as staff:
        if exam and (cases or file):
            raise DeskError("say who: case numbers, a list with --file, or --exam alone")
        people = () if exam else _named(cases, file)
        report = certifying.taken_back(
            staff, tick, why=why, exam=exam, people=people, dry_run=dry_run
        )
    tell(report, as_json=as_json, dry_run=dry_run)
    _tell_called(report, "領取通知已經寄出，請另行告知本人", as_json=as_json)


def _tell_called(report: Done, text: str, *, as_json: bool) -> None:
    if report.called and not as_json:
        print(f"{text}：{' '.join(report.called)}")


def _named(cases: list[str] | None, file: Path | None) -> list[PersonRow]:
    named = [PersonRow(place, case=one) for place, one in enumerate(cases or [], start=1)]
    people = [*named, *(read_people(file) if file else ())]
    if not people:
        raise DeskError(saying.WHO)
    return people


def _people(exam: str, file: Path | None) -> tuple[PersonRow, ...]:
    if bool(exam) == bool(file):
        raise DeskError(saying.WHO_OF_EXAM)
    return read_people(file) if file else ()


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None
