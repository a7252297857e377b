"""The same stories on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import empty_store
import pytest

from mailflow.campaign import load_campaign
from mailflow.letters import Composer, default_templates
from mailflow.store import schema
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.keys import load_keys, new_keys_file

OFFICE = "office@example.edu.tw"
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    keys = tmp_path / "office.keys"
    new_keys_file(keys)
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    else:
        empty_store.copy_to(tmp_path / "office.sqlite")
    opened = Store(url, load_keys(keys))
    schema.upgrade(opened)  # of the copy, nothing
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def rules() -> Rules:
    campaign = load_campaign(ROOT / "campaigns" / "114-2.toml")
    return Rules(
        campaign=campaign,
        composer=Composer(default_templates(), campaign, office=OFFICE, sender_name="研發處"),
        office=OFFICE,
        answers_per_day=10,
        strangers_per_day=5,
    )


@pytest.fixture
def now() -> datetime:
    """Wednesday morning in the week of registration."""
    return datetime(2025, 9, 10, 2, 0, tzinfo=UTC)
