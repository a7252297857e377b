"""`mailflow campaign …`: the round as data: check it before it opens, clone it, show it."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.campaign import Campaign, CampaignError, load_campaign
from mailflow.campaign.catalogue import blocks, load_catalogue
from mailflow.campaign.clone import clone, weeks_between
from mailflow.campaign.findings import Finding, Severity, error
from mailflow.campaign.lint import lint
from mailflow.campaign.materials import OFFICE_FIELDS
from mailflow.campaign.summary import summary
from mailflow.campaign.weekdays import written
from mailflow.cli import calendar, rehearsing
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, clear_errors, fail
from mailflow.config import Config, load_config
from mailflow.letters import Composer, TemplateError, default_templates
from mailflow.letters.rehearsal import rehearse
from mailflow.person import Field
from mailflow.workflow.paths import loose_ends

app = typer.Typer(no_args_is_help=True)
app.command("rehearse")(rehearsing.rehearse)
app.command("close")(calendar.close)
app.command("reopen")(calendar.reopen)
app.add_typer(calendar.app, name="calendar", help="the government's working days")

OfFile = Annotated[
    Path | None, typer.Argument(help="campaign file; without it, the one of config.toml")
]

_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
_ROSTER_FIELDS = f"write one of {', '.join((*Field, *OFFICE_FIELDS))}, or leave it empty"
_SAMPLE_MAILBOX = "office@example.edu.tw"  # when only a campaign file is given


@app.command("check")
def check(file: OfFile = None, config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Would this round work? Prices, choices, dates, promises, letters, paths; 1 on errors."""
    with clear_errors():
        settings, path = _settings(file, config)
        try:
            findings = _check(path, settings)
        except CampaignError as problem:
            findings = [_unusable(line, path) for line in str(problem).splitlines()]
    for finding in findings:
        if as_json:
            print(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            print(f"{_SIGNS[finding.severity]} {finding.place}: {finding.text}")
            print(f"    → {finding.remedy}")
    counts = {s: sum(finding.severity is s for finding in findings) for s in Severity}
    if not as_json:
        totals = (f"{n} {word}{'' if n == 1 else 's'}" for word, n in counts.items())
        print(f"{path}: {', '.join(totals)}")
    if counts[Severity.ERROR]:
        raise typer.Exit(1)


def _settings(file: Path | None, config: Path) -> tuple[Config | None, Path]:
    """The configuration, if there is one, and the campaign file that is meant."""
    if file is not None and not config.exists():
        return None, file
    settings = load_config(config)
    return settings, file or settings.campaign


def _check(path: Path, settings: Config | None) -> list[Finding]:
    campaign = load_campaign(path)
    return findings_of(campaign, path) + _letters(campaign, settings)


def findings_of(campaign: Campaign, path: Path) -> list[Finding]:
    """What is wrong with the file at `path`, its letters left aside."""
    findings = lint(campaign, path.read_text(encoding="utf-8-sig"))
    findings += [
        error("docs/states.md", end, remedy="the program's own table: report it as a fault")
        for end in loose_ends()
    ]
    return findings + [
        error(f"roster.{column.header}", f"{column.field}: no such field", remedy=_ROSTER_FIELDS)
        for column in campaign.roster
        if column.field and column.field not in {*Field, *OFFICE_FIELDS}
    ]


def _letters(campaign: Campaign, settings: Config | None) -> list[Finding]:
    folder = (settings and settings.templates) or default_templates()
    mailbox = settings.office if settings else _SAMPLE_MAILBOX
    name = settings.office_name if settings else campaign.office
    try:
        composer = Composer(folder, campaign, office=mailbox, sender_name=name)
    except TemplateError as problem:
        remedy = "correct the template; the ones that come along are right"
        return [error("templates", text, remedy=remedy) for text in problem.problems]
    return rehearse(composer, campaign)


def _unusable(line: str, path: Path) -> Finding:
    place, _, text = line.removeprefix(f"{path}: ").partition(": ")
    return error(place if text else str(path), text or line, remedy="correct the file")


@app.command("show")
def show(file: OfFile = None, config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """The round in force: dates after closures, promises, exams with what a student pays."""
    with clear_errors():
        _, path = _settings(file, config)
        told = summary(load_campaign(path))
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    exams = told.pop("exams")
    for key, value in told.items():
        print(f"{key}: {value if value not in (None, []) else '—'}")
    for exam in exams:
        day = "、".join(exam["held_on"]) or "日期未定"
        print(f"\n{exam['name']}（{exam['key'] or '—'}，{day}，證書 {exam['delivery']}）")
        for way in exam["ways"]:
            print(f"  {'＋'.join(way['subjects'])}: {_money(way['fee'])}")
        for name, fee in exam["retakes"].items():
            print(f"  補考 {name}: {_money(fee)}")


def _money(amount: int | None) -> str:
    return f"{amount} 元" if amount is not None else "no price: waits for staff"


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="the new round, such as 115-1")],
    source: Annotated[Path, typer.Option("--from", help="campaign file to start from")],
    opens: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="when it opens; dates move by whole weeks"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="file to write; else ID.toml beside it")] = None,
) -> None:
    """Clone a round: dates move, days of exams are taken out, and a list says what is to do."""
    with clear_errors():
        old = load_campaign(source)
        if not _is_round(name):
            fail(f"{name} is no round: write year and number, such as 115-1")
        target = out or source.with_name(f"{name}.toml")
        if target.exists():
            fail(f"{target} exists and is kept: move it away, or give --out")
        weeks = weeks_between(old.id, name)
        if opens:
            weeks = round((opens.date() - old.opens_on).days / 7)
        made = clone(source.read_text(encoding="utf-8-sig"), old, new_id=name, weeks=weeks)
        _write_checked(target, made.text)
    print(f"wrote {target}: {old.id} moved by {weeks} weeks. To do before it opens:")
    for line in made.to_do:
        print(f"  □ {line}")
    print(f"  □ mailflow campaign check {target}")


def _is_round(name: str) -> bool:
    return re.fullmatch(r"[0-9]{3}-[1-9]", name) is not None


def _write_checked(target: Path, text: str) -> None:
    """Write the file if it can be loaded; else nothing is left behind."""
    target.write_text(text, encoding="utf-8")
    try:
        load_campaign(target)
    except CampaignError:
        target.unlink()
        raise


@app.command("catalogue")
def catalogue(
    words: Annotated[str, typer.Argument(help="code, name or both: AIAP, 資訊安全")] = "",
) -> None:
    """The iPAS exams, ready to copy into a campaign file; prices and days are not in it."""
    found = blocks(words)
    if not found:
        fail(f"{words}: not in the catalogue")
    known = load_catalogue()
    print(f"# as of {known.as_of}: {known.source}\n")
    print("\n\n".join(found))


@app.command("poster")
def poster(
    out: Annotated[Path, typer.Option(help="PNG file to write")] = Path("poster.png"),
    config: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """The poster with the QR code that opens the registration mail (A4, PNG)."""
    from mailflow.letters.poster import draw_poster  # heavy to load, and only this needs it

    with clear_errors():
        settings = load_config(config)
        campaign = load_campaign(settings.campaign)
        try:
            out.write_bytes(draw_poster(campaign, settings.office))
        except OSError as problem:
            fail(f"{out}: {problem.strerror}; name a file in a folder that is there: --out FILE")
        except ValueError as problem:
            fail(f"{out}: {problem}")
    print(f"wrote {out}: registration until {written(campaign.register_until.date())}")
