"""The desk at work on the stores of `tests/store`, and an office on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk.paper_office import PaperOffice
from store.conftest import now, rules, store

__all__ = ["now", "paper", "rules", "store"]


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[PaperOffice]:
    """An office of the sample round with nobody in it yet."""
    office = PaperOffice(tmp_path)
    yield office
    office.store.engine.dispose()
