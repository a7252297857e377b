"""The round at the command line: closures, the official calendar, and the daemon that follows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from campaign.rounds import official_csv, official_rows

from mailflow.campaign import WorkingDays, load_campaign
from mailflow.campaign.files import CALENDAR, CLOSURES
from mailflow.demo.office import SandboxOffice
from mailflow.runners.rulebook import Rulebook
from mailflow.store.audit import history


@dataclass(frozen=True)
class Terminal:
    """Runs `mailflow …` in a process of its own, in the office's folder."""

    office: SandboxOffice

    def __call__(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mailflow", *words],
            cwd=self.office.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout if code == 0 else done.stderr + done.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    office = SandboxOffice(tmp_path / "office")
    office.open()
    yield Terminal(office)
    office.close()


def lost_day(terminal: Terminal) -> date:
    """The announced deadline's day, made a working day whatever today is."""
    campaign = terminal.office.rules.campaign
    day = campaign.pay_until.date()
    if not WorkingDays().is_working(day):
        file = terminal.office.folder / "campaign.toml"
        extra = f"\n[calendar]\nopen = [{day}]\n"
        file.write_text(file.read_text().replace("\n[links]", f"{extra}\n[links]"))
    return day


def test_a_typhoon_day_moves_what_is_pending_and_can_be_undone(terminal: Terminal):
    day = lost_day(terminal)
    file = terminal.office.folder / "campaign.toml"
    announced = load_campaign(file)
    told = terminal("campaign", "close", str(day), "--why", "颱風")
    moved = load_campaign(file)
    assert moved.pay_until.date() == announced.working_days.add(day, 1)
    assert f"{day}({'一二三四五六日'[day.weekday()]}) closed: 颱風" in told
    assert "payment and proof until: " in told
    assert f"→ {moved.pay_until.date()}" in told
    assert "ask the bank" in told
    assert (terminal.office.folder / CLOSURES).stat().st_mode == file.stat().st_mode
    told = terminal("campaign", "close", str(day), "--why", "again", code=1)
    assert "is no working day anyway" in told
    terminal("campaign", "reopen", str(day), "--why", "was a false alarm")
    assert load_campaign(file) == announced
    assert "was not closed" in terminal("campaign", "reopen", str(day), "--why", "x", code=1)
    with terminal.office.store.read() as tx:
        lines = [(line.action, line.why) for line in history(tx, str(day))]
    assert lines == [("closed", "颱風"), ("reopened", "was a false alarm")]


def test_a_closure_needs_a_day_and_a_reason(terminal: Terminal):
    day = str(lost_day(terminal))
    assert "say why" in terminal("campaign", "close", day, "--why", " ", code=1)
    terminal("campaign", "close", day, code=2)
    terminal("campaign", "close", "9/22", "--why", "颱風", code=2)
    assert not (terminal.office.folder / CLOSURES).exists()


def test_the_daemon_goes_by_a_closure_without_a_restart(terminal: Terminal):
    day = lost_day(terminal)
    office = terminal.office
    rules = office.rules
    rulebook = Rulebook(office.config, rules)
    assert rulebook.changed() is None
    terminal("campaign", "close", str(day), "--why", "颱風")
    changed = rulebook.changed()
    assert changed is not None
    assert changed.campaign.pay_until > rules.campaign.pay_until
    assert changed.campaign.calendar.closed_since == {day}
    assert rulebook.changed() is None
    (office.folder / CLOSURES).write_text("on = yesterday\n")
    assert rulebook.changed() is None  # said in the log; what was in force stays
    (office.folder / CLOSURES).unlink()
    reopened = rulebook.changed()
    assert reopened is not None
    assert reopened.campaign == rules.campaign


def test_the_official_calendar_is_shown_before_it_is_applied(terminal: Terminal, tmp_path: Path):
    rows = official_rows(2026)
    rows = [row.replace("20261123,一,0,", "20261123,一,2,") for row in rows]
    file = tmp_path / "115.csv"
    file.write_bytes(official_csv(rows, encoding="big5"))
    told = terminal("campaign", "calendar", "import", str(file), code=1)
    assert "2026-11-23(一): off" in told
    assert "nothing was changed" in told or "Aborted" in told
    assert not (terminal.office.folder / CALENDAR).exists()
    terminal("campaign", "calendar", "import", str(file), "--yes")
    terminal("campaign", "calendar", "import", str(file), "--yes")  # twice is once
    days = load_campaign(terminal.office.folder / "campaign.toml").working_days
    assert len(days.years) == 1
    assert days.add(date(2026, 11, 20), 1) == date(2026, 11, 24)


def test_a_wrong_calendar_is_refused_and_changes_nothing(terminal: Terminal, tmp_path: Path):
    file = tmp_path / "114.csv"
    rows = [row.replace("20250929,一,2", "20250929,一,0") for row in official_rows(2025)]
    file.write_bytes(official_csv(rows))
    assert "2025-09-29" in terminal("campaign", "calendar", "import", str(file), "--yes", code=1)
    absent = str(tmp_path / "absent.csv")
    assert "absent.csv" in terminal("campaign", "calendar", "import", absent, "--yes", code=1)
    assert not (terminal.office.folder / CALENDAR).exists()
