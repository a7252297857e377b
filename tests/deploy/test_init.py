"""An office sets itself up: a few answers, and everything is in place."""

import stat
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from mailflow.config import Config, load_config
from mailflow.setup import SetupError, ask_for, set_up, shipped, take_default
from mailflow.setup.install import unit_text

GIVEN = {
    "office": "ipas@office.example.edu.tw",
    "office_name": '王小姐 "iPAS"',
    "imap": "imap.example.edu.tw",
    "smtp": "smtp.example.edu.tw:587",
    "imap_password": "wrong-horse",
}


class Office:
    """A person at the keyboard who answers in order, and what was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str, *, default: str = "", secret: bool = False) -> str:
        self.asked.append(question)
        return (self.answers.pop(0) if self.answers else "") or default


def set_up_office(folder: Path, **options: str) -> list[str]:
    return set_up(ask_for(take_default, GIVEN | options), folder)


def test_the_written_configuration_loads_and_says_what_was_answered(tmp_path: Path) -> None:
    done = set_up_office(tmp_path / "office")

    config = load_config(tmp_path / "office/config.toml")
    assert config.office == "ipas@office.example.edu.tw"
    assert config.office_name == '王小姐 "iPAS"'
    assert (config.imap.port, config.imap.security) == (993, "tls")
    assert (config.smtp.port, config.smtp.security) == (587, "starttls")
    assert config.imap.username == "ipas@office.example.edu.tw"
    assert config.campaign.exists()
    assert config.store.url == f"sqlite:///{tmp_path}/office/var/mailflow.sqlite"
    assert done[-1].startswith("next: mailflow check --config ")


def test_servers_not_named_are_guessed_with_tls_from_the_first_byte() -> None:
    answers = ask_for(take_default, {"office": "ipas@example.edu.tw", "office_name": "王小姐"})

    assert (answers.imap.host, answers.imap.port) == ("imap.example.edu.tw", 993)
    assert (answers.smtp.host, answers.smtp.port) == ("smtp.example.edu.tw", 465)
    assert (answers.imap.security, answers.smtp.security) == ("tls", "tls")


def test_secrets_are_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    set_up_office(tmp_path)

    for name in ("mailflow.keys", "imap-password", "smtp-password"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert (tmp_path / "smtp-password").read_text() == "wrong-horse\n"
    assert "wrong-horse" not in (tmp_path / "config.toml").read_text()


def test_a_second_time_nothing_is_overwritten(tmp_path: Path) -> None:
    set_up_office(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    with pytest.raises(SetupError, match="exists and is kept"):
        set_up_office(tmp_path, office="other@office.example.edu.tw")

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_step_that_fails_leaves_no_new_file(tmp_path: Path) -> None:
    (tmp_path / "campaigns").write_text("a file where a folder should be")

    with pytest.raises(SetupError, match="nothing was set up"):
        set_up_office(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["campaigns"]


def test_every_wrong_option_is_named_at_once() -> None:
    wrong = GIVEN | {"office": "不是信箱", "smtp": "relay:99999", "login": "kerberos"}

    with pytest.raises(SetupError) as caught:
        ask_for(take_default, wrong)

    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "office",
        "smtp",
        "login",
    ]


def test_a_wrong_answer_is_asked_again_with_what_is_needed() -> None:
    office = Office("not an address", "ipas@office.example.edu.tw", "王小姐")

    answers = ask_for(office, {})

    assert answers.office == "ipas@office.example.edu.tw"
    assert office.asked[1] == (
        "Address that students write to (one plain address, at most 24 characters before the @)"
    )
    assert len(office.asked) == 10  # few questions: nine, and one of them twice


def test_with_oauth_nobody_asks_for_a_password(tmp_path: Path) -> None:
    office = Office()
    answers = ask_for(office, GIVEN | {"login": "oauth"})

    done = set_up(answers, tmp_path)

    written = tomllib.loads((tmp_path / "config.toml").read_text())
    assert written["imap"]["oauth_token_file"] == "imap-token"
    assert "password_file" not in written["imap"]
    assert not (tmp_path / "imap-password").exists()
    assert not any("Password" in question for question in office.asked)
    assert any("imap-token" in line for line in done)


def test_a_relay_on_this_machine_needs_neither_login_nor_tls(tmp_path: Path) -> None:
    set_up_office(tmp_path, login="none", imap="localhost:143", smtp="127.0.0.1:25")

    config = load_config(tmp_path / "config.toml")
    assert (config.smtp.security, config.smtp.username) == ("none", "")


def test_the_unit_of_an_oauth_office_waits_for_no_password_file() -> None:
    answers = ask_for(take_default, GIVEN | {"login": "oauth"})

    text = unit_text(answers, folder=Path("/srv/ipas"), program=Path("/usr"))

    assert "password" not in text.partition("[Unit]")[2]
    assert "LoadCredential=mailflow.keys:/srv/ipas/mailflow.keys" in text
    assert "ExecStart=/usr/bin/mailflow run --config /srv/ipas/config.toml" in text
    assert "/opt/mailflow" not in text


def test_a_program_in_a_private_folder_is_refused_as_a_service() -> None:
    answers = ask_for(take_default, GIVEN)

    with pytest.raises(SetupError, match="install mailflow"):
        unit_text(answers, folder=Path("/etc/mailflow"), program=Path("/home/wang/.venv"))


def test_the_sample_loads_and_names_every_key() -> None:
    sample = shipped("config.toml")
    load_config(sample)

    text = sample.read_text(encoding="utf-8")
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line
        for line in text.splitlines()
    )
    documented = {
        f"{section}.{key}" if isinstance(value, dict) else section
        for section, value in tomllib.loads(uncommented).items()
        for key in (value if isinstance(value, dict) else [section])
    }
    assert documented == keys_of(Config)


def keys_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    keys: set[str] = set()
    for field, described in model.model_fields.items():
        name = described.alias or field
        kinds = get_args(described.annotation) or (described.annotation,)  # `Table | None`, too
        table = next((k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)), None)
        keys |= keys_of(table, f"{prefix}{name}.") if table else {prefix + name}
    return keys
