"""The commands as staff and scripts use them, against a sandbox office on disk."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailflow.campaign import CampaignError, load_campaign
from mailflow.cli.app import program
from mailflow.cli.daemon import _tell
from mailflow.config import ConfigError, load_config
from mailflow.demo.office import SandboxOffice
from mailflow.desk.importing import Imported
from mailflow.sheets import Export


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


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    office = SandboxOffice(Path(tmp_path_factory.mktemp("cli")))
    office.open()
    office.import_form()
    yield Terminal(office)
    office.close()


def test_status_counts_every_state_and_the_age_of_the_oldest(terminal: Terminal):
    told = json.loads(terminal("status", "--json"))
    assert told["cases"]["asked"]["count"] == 11
    assert told["outbox"]["queued"]["count"] == 22
    assert told["outbox"]["queued"]["oldest_seconds"] >= 0
    assert "asked" in terminal("status")


def test_check_finds_everything_in_order(terminal: Terminal):
    lines = terminal("check").splitlines()
    looked_at = [line[2:].partition(":")[0] for line in lines]
    assert looked_at == [
        "configuration", "campaign", "slips", "templates", "address", "store", "accounts",
        "imap", "smtp", "shadow", "staff", "ocr",
    ]  # fmt: skip


def test_check_tells_whether_the_host_keeps_plus_tags(terminal: Terminal):
    def told() -> str:
        return next(line for line in terminal("check").splitlines() if line[2:].startswith("imap"))

    local, _, host = terminal.office.config.office.partition("@")
    assert f"send one to {local}+test@{host} and check again" in told()
    for to in (f"{local}@{host}", f"{local}+test@{host}"):
        mail = f"From: clerk@example.org\r\nTo: {to}\r\nSubject: test\r\n\r\ntest\r\n"
        terminal.office.servers.deliver(terminal.office.config.office, mail.encode())
        assert ("keeps plus-tags" in told()) is ("+" in to)


def test_check_names_every_problem_and_the_remedy(terminal: Terminal, tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text('office = "x"\nunheard_of = 1\n[imap]\nhost = "mail.example.org"\nport = 0\n')
    told = terminal("check", "--config", str(config), code=1)
    for wrong in ("office_name", "campaign", "imap.port", "smtp", "unheard_of"):
        assert wrong in told


def test_each_problem_of_a_configuration_or_campaign_comes_with_its_remedy(tmp_path: Path):
    file = tmp_path / "x.toml"
    file.write_text('office = "x"\nunheard_of = 1\n[store]\nurl = "somewhere://x"\n')
    with pytest.raises(ConfigError) as refused:
        load_config(file)
    told = str(refused.value)
    assert f"{file}: unheard_of: no such key: mistyped" in told
    assert f"{file}: imap: is missing: write it as in the sample" in told
    assert f"{file}: store.url: write sqlite:///FILE or postgresql" in told
    file.write_text("unheard_of = 1\n")
    with pytest.raises(CampaignError, match="unheard_of: no such key: mistyped") as refused:
        load_campaign(file)
    assert "exams: is missing: write it as in the sample" in str(refused.value)


def test_check_says_where_nobody_listens_and_what_to_look_at(
    terminal: Terminal, office_without_servers: Path
):
    told = terminal("check", "--config", str(office_without_servers), code=1)
    for line in told.splitlines():
        if line[2:].startswith(("imap", "smtp")):
            assert "127.0.0.1:1: " in line
            assert "is the server up, are host and port right?" in line
    assert told.count("is the server up") == 2


@pytest.fixture
def office_without_servers(terminal: Terminal) -> Iterator[Path]:
    config = terminal.office.folder / "nobody.toml"
    text = terminal.office.config_file.read_text()
    config.write_text(re.sub(r"(?m)^port = [0-9]+$", "port = 1", text))
    yield config
    config.unlink()


def test_check_says_that_a_round_is_over_and_a_campaign_fault_once(terminal: Terminal):
    campaign, config = terminal.office.folder / "old.toml", terminal.office.folder / "past.toml"
    text = (terminal.office.folder / "campaign.toml").read_text()
    campaign.write_text(
        re.sub(r"(opens_on|register_until|pay_until) = 20[0-9]{2}", r"\1 = 2020", text)
    )
    config.write_text(terminal.office.config_file.read_text().replace("campaign.toml", "old.toml"))
    lines = terminal("check", "--config", str(config)).splitlines()
    assert lines[1].startswith("✓ campaign:")
    assert lines[1].endswith("this round is over")
    campaign.write_text("id = 7\n")
    told = terminal("check", "--config", str(config), code=1)
    assert all("old.toml" not in line for line in told.splitlines() if "templates" in line)
    assert "✗ templates: can't be tried before the campaign is right" in told


def test_a_missing_configuration_is_said_in_one_line(terminal: Terminal):
    told = terminal("run", "--config", "nowhere.toml", code=1)
    assert "nowhere.toml does not exist" in told
    assert "Traceback" not in told


def test_a_broken_export_is_refused_as_a_whole(terminal: Terminal, tmp_path: Path):
    export = tmp_path / "form.csv"
    export.write_text("時間戳記,中文姓名\n昨天,安妮\n", encoding="utf-8")
    before = terminal("status", "--json")
    told = terminal("import", str(export), code=1)
    assert "學號" in told
    assert json.loads(before)["cases"]["asked"]["count"] == 11
    assert json.loads(terminal("status", "--json"))["cases"]["asked"]["count"] == 11


def test_an_empty_queue_says_so(terminal: Terminal):
    assert "沒有待處理的項目" in terminal("queue", "list")
    assert terminal("queue", "list", "--json") == ""


def test_deciding_something_that_is_not_there_is_a_clear_error(terminal: Terminal):
    told = terminal("queue", "accept", "abcdef", "--why", "test", code=1)
    assert told.strip() == (
        "沒有名為 abcdef 的待處理項目，見 mailflow queue list"
        " / no open item named abcdef: see `mailflow queue list`"
    )


def test_a_staff_verb_needs_a_reason(terminal: Terminal):
    assert "--why" in terminal("queue", "accept", "abcdef", code=2)


def test_explain_shows_no_character_that_moves_the_cursor(terminal: Terminal, tmp_path: Path):
    mail = tmp_path / "c.eml"
    mail.write_bytes(
        "From: anne@example.org\r\nSubject: hi\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        "請問\x1b[2J\x9b31m\u202e考試\x07地點？\r\n".encode()
    )
    told = terminal("explain", str(mail))
    assert "考試" in told
    assert not set(told) & set("\x1b\x9b\u202e\x07")


def test_expecting_an_account_without_an_amount_is_wrong_usage(terminal: Terminal, tmp_path: Path):
    assert "--amount" in terminal("receipt", "x.jpg", "--account", "123", code=2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--account", "abc"), "digits"),
        (("--from", "2026-12-01", "--until", "2026-11-01"), "later"),
    ],
)
def test_what_can_be_no_slip_is_wrong_usage(terminal: Terminal, words: tuple[str, ...], told: str):
    assert told in terminal("receipt", "x.jpg", "--amount", "600", *words, code=2)


def test_what_is_no_picture_is_told_in_the_words_that_the_student_would_read(
    terminal: Terminal, tmp_path: Path
):
    noise = tmp_path / "x.jpg"
    noise.write_bytes(bytes(range(1, 200)))
    assert "檔案無法開啟" in terminal("receipt", str(noise))


def test_explain_gives_the_contracts_keys_for_any_bytes(terminal: Terminal, tmp_path: Path):
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"From: anne@example.org\r\nSubject: hi\r\n\r\n\xff\xfe\x00 ok")
    line = json.loads(terminal("explain", str(mail), "--json"))
    assert set(line) >= {
        "file", "intent", "secondary", "flagged", "reasons", "corrections", "new_text", "token",
        "attachments",
    }  # fmt: skip
    assert line["file"] == "a.eml"
    assert line["flagged"] is True


def test_explain_looks_a_case_up_in_the_store(terminal: Terminal, tmp_path: Path):
    mail = tmp_path / "b.eml"
    mail.write_text(
        "From: t113590001@student.example.edu.tw\r\nTo: ipas@office.example.edu.tw\r\n"
        "Subject: Re: [DEMO114-0001] x\r\nMessage-ID: <1@example.org>\r\n\r\n"
        "手機改 0900-000-333\r\n"
    )
    line = json.loads(terminal("explain", str(mail), "--json", "--config", "config.toml"))
    assert line["intent"] == "correction"
    assert line["corrections"] == [
        {"field": "phone", "new_value": "0900000333", "old_value": "0900000101"}
    ]


def test_receipt_gives_the_contracts_keys_and_an_unreadable_file_is_no_crash(
    terminal: Terminal, tmp_path: Path
):
    picture = tmp_path / "broken.jpg"
    picture.write_bytes(b"\xff\xd8\xff not a picture")
    line = json.loads(terminal("receipt", str(picture), "--json", "--amount", "600"))
    assert set(line) >= {
        "file", "kind", "status", "amount", "fee", "total", "paid_at", "account", "reference",
        "verdict", "reasons", "seconds",
    }  # fmt: skip
    assert line["verdict"] in ("ask", "flag")


def test_only_the_upgrade_makes_a_database(terminal: Terminal, tmp_path: Path):
    office = tmp_path / "office"
    answers = ("--office", "ipas@office.example.edu.tw", "--office-name", "研發處")
    servers = ("--imap", "127.0.0.1:1", "--smtp", "127.0.0.1:1")  # nobody listens there
    told = terminal("init", str(office), "--yes", *servers, code=1)
    assert "give --office '…' and --office-name '…'" in told
    assert not office.exists()
    terminal("init", str(office), "--yes", *answers, *servers)
    config = ("--config", str(office / "config.toml"))
    before = sorted(office.rglob("*"))
    for command in ("check", "status"):
        assert "no database yet: run `mailflow db upgrade`" in terminal(command, *config, code=1)
    assert sorted(office.rglob("*")) == before
    terminal("db", "upgrade", *config)
    assert terminal("status", *config) == "尚無任何資料。\n"


def test_a_backup_can_be_taken_while_the_office_is_open(terminal: Terminal, tmp_path: Path):
    written = terminal("db", "backup", str(tmp_path / "b")).split()
    assert [Path(name).exists() for name in written] == [True, True]


@pytest.mark.parametrize(
    "words",
    [(), ("run",), ("check",), ("status",), ("import",), ("explain",), ("receipt",), ("demo",),
     ("init",), ("erase",), ("queue",), ("queue", "list"), ("queue", "show"), ("queue", "accept"),
     ("queue", "reject"), ("queue", "ask"), ("queue", "release"), ("queue", "requeue"),
     ("queue", "discard"), ("case",), ("case", "reinstate"), ("db", "upgrade"), ("db", "backup")],
    ids=" ".join,
)  # fmt: skip
def test_every_command_has_help(words: tuple[str, ...]):
    done = CliRunner().invoke(program(), [*words, "--help"])
    assert done.exit_code == 0
    assert "Usage" in done.output


def test_the_help_of_retention_names_the_table_that_holds_the_policy():
    done = CliRunner().invoke(program(), ["retention", "--help"], env={"COLUMNS": "200"})
    assert "the table retention of config.toml" in done.output.replace("`", "")


def test_an_import_names_what_it_did_not_use(capsys: pytest.CaptureFixture[str]):
    export = Export(rows=(), ignored=("備註\x1b",), repeats=(4,), remarks=("民國年",))
    _tell(Imported(), export, as_json=False)
    told = capsys.readouterr().out
    assert "未使用的欄位：備註\ufffd\n" in told
    assert "重複而略過的列：4\n備註：民國年\n" in told
    _tell(Imported(), export, as_json=True)
    line = json.loads(capsys.readouterr().out)
    assert (line["ignored"], line["repeats"], line["remarks"]) == (["備註\x1b"], [4], ["民國年"])


def test_a_demo_on_a_busy_port_says_so_and_leaves_no_folder(terminal: Terminal, tmp_path: Path):
    port = terminal.office.servers.imap_port
    done = subprocess.run(
        [sys.executable, "-m", "mailflow", "demo", "--once", "--port", str(port)],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 1
    assert f"can't open ports {port}" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_is_ended_leaves_no_folder(tmp_path: Path):
    demo = subprocess.Popen(
        [sys.executable, "-m", "mailflow", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
    )
    assert demo.stdout
    demo.stdout.readline()
    assert list(tmp_path.glob("mailflow-demo-*"))
    demo.terminate()
    assert demo.wait(60) == 143
    assert list(tmp_path.glob("mailflow-demo-*")) == []
