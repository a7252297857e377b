"""Offices that hostile mail comes to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from servers.office import EmbeddedOffice
from stories.running import RunningOffice


@pytest.fixture
def opened(
    embedded: EmbeddedOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., RunningOffice]]:
    """`opened(...)` runs an office of its own for one test, on the embedded pair."""
    with ExitStack() as stack:

        def start(**how: Any) -> RunningOffice:
            folder = tmp_path_factory.mktemp("office")
            return stack.enter_context(RunningOffice(embedded, folder, **how))

        yield start
