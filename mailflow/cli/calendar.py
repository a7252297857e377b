"""`mailflow campaign close|reopen|calendar`: days on which the office does not work."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mailflow.campaign import TAIPEI, Campaign, CampaignError, Closure, OfficialYear
from mailflow.campaign.calendar import differences
from mailflow.campaign.files import (
    CALENDAR,
    CLOSURES,
    calendar_toml,
    closures_toml,
    load_beside,
    with_calendar,
)
from mailflow.campaign.weekdays import written
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, fail, office, who
from mailflow.runners.loop import utc_now
from mailflow.sheets import read_government_calendar
from mailflow.store import lookup
from mailflow.store.audit import record
from mailflow.store.database import Store
from mailflow.workflow import State

app = typer.Typer(no_args_is_help=True, help="the government's working days")

Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit: 颱風")]
Yes = Annotated[bool, typer.Option("--yes", help="apply without asking")]


def close(day: Day, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """The office is closed on that day: pending clocks and deadlines move, and nobody is late."""
    on = day.date()
    with office(config) as (settings, store, rules):
        campaign = rules.campaign
        if not why.strip():
            fail("say why: --why 颱風")
        ends = (campaign.register_until, campaign.pay_until)
        is_deadline = on in [at.astimezone(TAIPEI).date() for at in ends]
        if on in campaign.calendar.closed_since:
            fail(f"{written(on)} is closed already")
        if not (campaign.working_days.is_working(on) or is_deadline):
            fail(f"{written(on)} is no working day anyway: nothing moves")
        now = utc_now()
        closure = Closure(on=on, why=why.strip(), noted_at=now, noted_by=who())
        with _calendar_change(store, "closed", subject=str(on), why=why):
            known = load_beside(settings.campaign.parent).closures
            write_beside(settings.campaign, CLOSURES, closures_toml([*known, closure]))
        after = with_calendar(campaign, settings.campaign.parent)
        print(f"{written(on)} closed: {why.strip()}")
        for line in (*_moves(campaign, after), *_given_up(store, after, now)):
            print(line)


def reopen(day: Day, why: Why, config: ConfigFile = DEFAULT_CONFIG) -> None:
    """Take a closure back: clocks and deadlines are as if it had never been noted."""
    on = day.date()
    with office(config) as (settings, store, rules):
        campaign = rules.campaign
        if not why.strip():
            fail("say why: --why '…'")
        if on not in campaign.calendar.closed_since:
            fail(f"{written(on)} was not closed: {_listed(campaign) or 'no day is'}")
        with _calendar_change(store, "reopened", subject=str(on), why=why):
            known = load_beside(settings.campaign.parent).closures
            left = [closure for closure in known if closure.on != on]
            write_beside(settings.campaign, CLOSURES, closures_toml(left))
        after = with_calendar(campaign, settings.campaign.parent)
        print(f"{written(on)} is open again")
        for line in _moves(campaign, after):
            print(line)


@app.command("import")
def import_calendar(
    file: Path, config: ConfigFile = DEFAULT_CONFIG, yes: Yes = False, as_json: Json = False
) -> None:
    """Take a year from the government's file (辦公日曆表, CSV); shows first what it changes."""
    with office(config) as (settings, store, rules):
        official = _official(file)
        changes = differences(official)
        if as_json:
            for day, works in changes:
                print(json.dumps({"day": str(day), "working": works}))
        else:
            print(f"{official.year}: {len(changes)} day(s) differ from the built-in calendar")
            for day, works in changes:
                print(f"  {written(day)}: {'working' if works else 'off'}")
        if not yes and not typer.confirm("apply?", err=True):
            fail("nothing was changed")
        with _calendar_change(
            store, "calendar_imported", subject=str(official.year), why=file.name
        ):
            known = load_beside(settings.campaign.parent).years
            years = [year for year in known if year.year != official.year]
            write_beside(settings.campaign, CALENDAR, calendar_toml([*years, official]))
        if not as_json:
            after = with_calendar(rules.campaign, settings.campaign.parent)
            for line in _moves(rules.campaign, after):
                print(line)


def _official(file: Path) -> OfficialYear:
    try:
        return read_government_calendar(file)
    except OSError as error:
        fail(f"{file}: {error}")


def write_beside(campaign_file: Path, name: str, text: str) -> None:
    """Replace a file beside the campaign as a whole; the daemon may read it as it may that one."""
    target = campaign_file.parent / name
    partial = target.with_name(f".{name}.{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8")
        shutil.copymode(campaign_file, partial)
        if os.geteuid() == 0:
            owner = campaign_file.stat()
            os.chown(partial, owner.st_uid, owner.st_gid)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CampaignError(f"{target}: can't be written: {error.strerror}") from error


@contextmanager
def _calendar_change(store: Store, action: str, *, subject: str, why: str) -> Iterator[None]:
    """One change at a time, with its line in the audit."""
    with store.write() as tx:
        tx.one_at_a_time("calendar")
        yield
        record(tx, action, subject=subject, actor=who(), why=why, now=utc_now())


def _moves(before: Campaign, after: Campaign) -> list[str]:
    """What a student or the office notices, old and new."""
    clocks = {
        "registration until": (before.register_until, after.register_until),
        "payment and proof until": (before.pay_until, after.pay_until),
        "given up after": (before.gives_up_at(), after.gives_up_at()),
    }
    lines = [f"{what}: {_moment(a)} → {_moment(b)}" for what, (a, b) in clocks.items() if a != b]
    if before.pay_until != after.pay_until:
        lines.append(
            "slips already sent still print the old date: proofs until the new one are accepted, "
            "but ask the bank whether it takes the money"
        )
    return lines or ["no deadline moves; promises in working days do"]


def _given_up(store: Store, campaign: Campaign, now: datetime) -> list[str]:
    """Cases the clock has ended although, after this closure, they still have time."""
    if now > campaign.gives_up_at():
        return []
    with store.read() as tx:
        ids = lookup.in_states(tx, (State.ABANDONED,), campaign=campaign.id)
        numbers = [lookup.number_of(tx, case_id) for case_id in ids]
    return [f"given up already, reinstate: {', '.join(numbers)}"] if numbers else []


def _listed(campaign: Campaign) -> str:
    return ", ".join(str(closure.on) for closure in campaign.calendar.closures)


def _moment(at: datetime) -> str:
    local = at.astimezone(TAIPEI)
    return f"{written(local.date())} {local:%H:%M}"
