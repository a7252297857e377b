"""The glossary knows every state, letter, event, verb and configuration key."""

from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from mailflow.campaign import Campaign
from mailflow.config import Config
from mailflow.reading import Intent
from mailflow.store.tables import InboxState, OutboxState
from mailflow.workflow import Event, Letter, State

DOCS = Path(__file__).parents[1] / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")


def keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        name = field.alias or name
        kind = _table(field.annotation)
        if kind:
            found += keys(kind, f"{prefix}{name}.")
        else:
            found.append(f"{prefix}{name}")
    return found


def _table(kind: object) -> type[BaseModel] | None:
    """The model of a table or of each table in a list, if it is one."""
    candidates = [kind, *get_args(kind)]
    return next((k for k in candidates if isinstance(k, type) and issubclass(k, BaseModel)), None)


@pytest.mark.parametrize("word", [*State, *Event, *Letter, *Intent, *InboxState, *OutboxState])
def test_every_word_of_the_house_is_explained(word: str):
    assert f"`{word}`" in GLOSSARY


@pytest.mark.parametrize("key", keys(Config))
def test_every_configuration_key_is_explained(key: str):
    assert f"`{key}`" in GLOSSARY


@pytest.mark.parametrize("key", keys(Campaign))
def test_every_campaign_key_is_explained(key: str):
    assert f"`{key}`" in GLOSSARY
