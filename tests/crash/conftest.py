"""Offices whose daemon is a process of its own."""

from collections.abc import Iterator

import pytest
from crash.daemons import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as started:
        yield started
