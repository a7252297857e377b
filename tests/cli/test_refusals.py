"""Whatever is wrong with a value of a TOML file is said in the office's own words."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from mailflow.campaign import Campaign, CampaignError, load_campaign
from mailflow.config import Config, ConfigError, load_config
from mailflow.refusals import problems

CONFIG = """\
office = "ipas@example.edu.tw"
office_name = "研發處"
campaign = "campaign.toml"
[imap]
host = "mail.example.edu.tw"
[smtp]
host = "mail.example.edu.tw"
"""
WRONG = ("x", "", 3, -1, 3.5, True, ["x"], [-1], {"x": 1}, [{"x": 1}])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('smtp.per_minute = "many"', "smtp.per_minute: write a whole number without quotes"),
        ("smtp.per_minute = 2.5", "smtp.per_minute: write a whole number without quotes"),
        ("smtp.per_minute = -1", "smtp.per_minute: write 0 or more"),
        ("imap.port = 70000", "imap.port: write less than 65536"),
        ('imap.security = "ssl"', "imap.security: write one of 'tls', 'starttls' or 'none'"),
        ("imap.username = 5", "imap.username: write a text in double quotes"),
        ('shadow = "maybe"', "shadow: write true or false, without quotes"),
        ('limits = "none"', "limits: write a table: its name in square brackets"),
        ("office_hours = 8", "office_hours: write a list in square brackets"),
    ],
)
def test_a_value_of_the_configuration_that_cant_be_used(tmp_path: Path, line: str, told: str):
    file = tmp_path / "config.toml"
    file.write_text(f"{line}\n{CONFIG}" if "." not in line.partition("=")[0] else _into(line))
    with pytest.raises(ConfigError) as refused:
        load_config(file)
    assert f"{file}: {told}" in str(refused.value)


def test_a_wrong_address_is_told_together_with_everything_else(tmp_path: Path):
    file = tmp_path / "config.toml"
    broken = CONFIG.replace(
        "office = ", "colour = 'blue'\noffice_hours = [9, 9]\noffice = ' x'  # ", 1
    )
    file.write_text(broken)
    with pytest.raises(ConfigError) as refused:
        load_config(file)
    for told in (
        "office: write one plain address",
        "office_hours: write [first",
        "colour: no such",
    ):
        assert f"{file}: {told}" in str(refused.value)


def _into(line: str) -> str:
    """The line in its table, where it belongs."""
    table, _, rest = line.partition(".")
    return CONFIG.replace(f"[{table}]\n", f"[{table}]\n{rest}\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('opens_on = "soon"', "opens_on: write a day without quotes, e.g. 2025-09-17"),
        ('pay_until = "9/22"', "pay_until: write a moment with its offset"),
        ("exams = []", "exams: write at least 1"),
        ('case_prefix = "X"', "case_prefix: is not of the form"),
    ],
)
def test_a_value_of_a_round_that_cant_be_used(tmp_path: Path, line: str, told: str):
    file = tmp_path / "114-9.toml"
    file.write_text(f'id = "114-9"\n{line}\n')
    with pytest.raises(CampaignError) as refused:
        load_campaign(file)
    assert f"{file}: {told}" in str(refused.value)


@pytest.mark.parametrize("model", [Config, Campaign])
def test_no_wrong_value_anywhere_is_told_in_the_words_of_a_library(model: type[BaseModel]):
    tried = 0
    for data in _with_one_wrong(model):
        try:
            model.model_validate(data)
        except ValidationError as error:
            for line in problems(Path("x.toml"), error, sample="y.toml"):
                tried += 1
                assert "Input should" not in line
                assert "can't be used" not in line
    assert tried > 500


def _with_one_wrong(model: type[BaseModel]) -> Iterator[dict[str, object]]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield from ({key: wrong} for wrong in WRONG)
        below = _table(field.annotation)
        if below:
            is_list = "tuple" in str(field.annotation)
            for inner in _with_one_wrong(below):
                yield {key: [inner] if is_list else inner}


def _table(kind: object) -> type[BaseModel] | None:
    candidates = [kind, *get_args(kind)]
    return next((k for k in candidates if isinstance(k, type) and issubclass(k, BaseModel)), None)
