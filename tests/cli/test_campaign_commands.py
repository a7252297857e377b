"""The round at the command line: closures, the official calendar, and the daemon that follows."""

import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from campaign.rounds import SAMPLE, official_csv, official_rows
from PIL import Image
from typer.testing import CliRunner

from mailflow.campaign import WorkingDays, load_campaign
from mailflow.campaign.files import CALENDAR, CLOSURES
from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.letters import default_templates
from mailflow.runners.rulebook import Rulebook
from mailflow.store import cases, lookup
from mailflow.store.audit import history
from mailflow.store.casework import Casework, Cause
from mailflow.workflow import Event, State


@dataclass(frozen=True)
class Terminal:
    """Runs `mailflow …` in the office's folder."""

    office: SandboxOffice

    def __call__(self, *words: str, code: int = 0) -> str:
        return told_by(words, folder=self.office.folder, code=code)


def told_by(words: tuple[str, ...], *, folder: Path, code: int) -> str:
    """What the command prints, in that folder; its exit code must be `code`."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(program(), words, env={"COLUMNS": "200"})
    finally:
        os.chdir(before)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


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
    assert "closed already" in told
    weekend = next(d for d in (day + timedelta(days=n) for n in range(1, 8)) if d.weekday() == 6)
    told = terminal("campaign", "close", str(weekend), "--why", "again", code=1)
    assert "is no working day anyway" in told
    terminal("campaign", "reopen", str(day), "--why", "was a false alarm")
    assert load_campaign(file) == announced
    assert "was not closed" in terminal("campaign", "reopen", str(day), "--why", "x", code=1)
    with terminal.office.store.read() as tx:
        lines = [(line.action, line.why) for line in history(tx, str(day))]
    assert lines == [("closed", "颱風"), ("reopened", "was a false alarm")]


def test_who_was_given_up_already_is_named_for_staff(terminal: Terminal):
    day = lost_day(terminal)
    office = terminal.office
    office.import_form()
    with office.store.write() as tx:
        (case_id, *_) = lookup.in_states(tx, (State.ASKED,), campaign="114-9")
        case = cases.load(tx, case_id)
        cause = Cause(actor="mailflow", why="clock")
        Casework(tx, office.rules, now=office.clock.now()).happen(case, Event.DEADLINE, cause=cause)
    told = terminal("campaign", "close", str(day), "--why", "颱風")
    assert f"given up already, reinstate: {case.number}" in told


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


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the round of 114 and nothing else: no configuration, no store."""
    (tmp_path / "114-2.toml").write_bytes(SAMPLE.read_bytes())
    return tmp_path


def mailflow(folder: Path, *words: str, code: int = 0) -> str:
    return told_by(("campaign", *words), folder=folder, code=code)


def objects(told: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in told.splitlines()]


def test_the_check_of_114_names_the_impossible_schedule_and_the_open_prices(here: Path):
    told = mailflow(here, "check", "114-2.toml", code=1)
    assert "promises and deadline are not jointly possible" in told
    assert "4 errors, 2 warnings" in told
    lines = objects(mailflow(here, "check", "114-2.toml", "--json", code=1))
    assert all(set(line) == {"severity", "place", "text", "remedy"} for line in lines)
    assert {line["severity"] for line in lines} == {"error", "warning", "note"}


def test_with_a_price_for_mixed_subjects_the_round_of_114_may_open(here: Path):
    file = here / "114-2.toml"
    file.write_text(file.read_text().replace("# mixed = …  ", "mixed = 1800"))
    assert "0 errors" in mailflow(here, "check", "114-2.toml")


def test_a_file_that_can_not_be_read_is_all_errors(here: Path):
    (here / "bad.toml").write_text('id = "2025"\nhead = 1\n')
    lines = objects(mailflow(here, "check", "bad.toml", "--json", code=1))
    assert {"id", "head", "title", "exams"} <= {line["place"] for line in lines}
    mailflow(here, "check", "absent.toml", code=1)


def test_the_check_reads_the_offices_own_letters(terminal: Terminal):
    office = terminal.office
    shutil.copytree(default_templates(), office.folder / "templates")
    letter = office.folder / "templates" / "reminder" / "body.txt"
    letter.write_text(letter.read_text() + "{{ nmae }}")
    config = office.config_file.read_text()
    office.config_file.write_text(config.replace("[imap]", 'templates = "templates"\n\n[imap]', 1))
    assert "reminder/body.txt: 'nmae' is undefined" in terminal("campaign", "check", code=1)


def test_a_roster_column_that_nobody_can_fill_is_an_error(terminal: Terminal):
    file = terminal.office.folder / "campaign.toml"
    roster = '\n[[roster]]\nheader = "姓名"\nfield = "name"\n[[roster]]\nheader = "備註"\n'
    file.write_text(file.read_text() + roster)
    told = terminal("campaign", "check", code=1)
    assert "roster.姓名: name: no such field" in told
    assert "name_zh" in told
    assert "1 error," in told
    told = terminal("check", code=1)
    assert "✗ campaign:" in told
    assert "1 error(s): `mailflow campaign check` names each" in told


def test_the_sandbox_round_passes_its_own_check(terminal: Terminal):
    assert "0 errors" in terminal("campaign", "check")


def test_a_round_is_cloned_once_and_can_be_loaded_at_once(here: Path):
    told = mailflow(here, "new", "115-1", "--from", "114-2.toml")
    assert "moved by 26 weeks" in told
    assert "□ opens_on = 2026-03-02 (一) was 2025-09-01" in told
    assert load_campaign(here / "115-1.toml").id == "115-1"
    told = mailflow(here, "check", "115-1.toml", code=1)
    assert "still to be checked: was 2025-09-17" in told
    assert "exists and is kept" in mailflow(here, "new", "115-1", "--from", "114-2.toml", code=1)
    later = ("--opens", "2026-09-08", "--out", "b.toml")
    mailflow(here, "new", "115-2", "--from", "114-2.toml", *later)
    assert load_campaign(here / "b.toml").opens_on == date(2026, 9, 7)  # a Monday, as before
    told = mailflow(here, "new", "115-3", "--from", "absent.toml", code=1)
    assert "absent.toml does not exist: name a campaign file" in told
    assert "Errno" not in told
    assert "no round" in mailflow(here, "new", "2026", "--from", "114-2.toml", code=1)


def test_a_round_is_shown_with_what_students_pay(here: Path):
    told = json.loads(mailflow(here, "show", "114-2.toml", "--json"))
    assert told["last_registration"] == {
        "on": "2025-09-17", "letter_by": "2025-09-22", "slip_by": "2025-09-25",
    }  # fmt: skip
    (print_exam,) = [exam for exam in told["exams"] if exam["key"] == "3DP 初級"]
    assert [way["fee"] for way in print_exam["ways"]] == [600, 1200, 1200]
    assert print_exam["retakes"]["3D列印概論"] == 300
    assert "1200 元" in mailflow(here, "show", "114-2.toml")


def test_the_catalogue_is_printed_as_blocks_to_copy(here: Path):
    told = mailflow(here, "catalogue", "AIAP")
    exams = tomllib.loads(told)["exams"]
    assert [exam["level"] for exam in exams] == ["初級", "中級"]
    assert "not in the catalogue" in mailflow(here, "catalogue", "太空人", code=1)


def test_the_poster_is_written_for_the_offices_mailbox(terminal: Terminal):
    terminal("campaign", "poster", "--out", "poster.png")
    page = Image.open(terminal.office.folder / "poster.png")
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text.startswith("mailto:ipas@office.example.edu.tw?subject=")
    told = terminal("campaign", "poster", "--out", "absent/p.png", code=1)
    assert "absent/p.png: No such file or directory; name a file in a folder" in told
    assert "Errno" not in told


def test_a_rehearsal_needs_at_least_one_price(here: Path):
    file = here / "114-2.toml"
    text = file.read_text().replace("written = 600", "").replace(", price = 700", "")
    file.write_text(text)
    assert "no exam has a price" in mailflow(here, "rehearse", "114-2.toml", code=1)
