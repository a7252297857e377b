"""An office for the stories of one module: quick on the embedded pair, then on real servers.

Each story of a module has a student of its own, so that all of them can share one office.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from servers.office import EmbeddedOffice, OfficeServers, RealOffice
from stories.running import RunningOffice

REAL = [
    pytest.param("real", marks=pytest.mark.realmail, id="real"),
    pytest.param(
        "real-postgres", marks=[pytest.mark.realmail, pytest.mark.postgres], id="real-postgres"
    ),
]


@pytest.fixture(scope="module", params=["embedded", *REAL])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningOffice]:
    """The running office that the stories of this module share."""
    with ExitStack() as stack:
        servers: OfficeServers
        if request.param == "embedded":
            servers = stack.enter_context(EmbeddedOffice())
        else:
            postfix = request.getfixturevalue("_postfix")
            postfix.dovecot.wipe()
            servers = RealOffice(postfix.dovecot, postfix)
        database = ""
        if request.param == "real-postgres":
            database = stack.enter_context(request.getfixturevalue("postgres").database())
        folder = tmp_path_factory.mktemp("office")
        yield stack.enter_context(RunningOffice(servers, folder, database=database))


@pytest.fixture
def opened(
    embedded: EmbeddedOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., RunningOffice]]:
    """`opened(...)` runs an office of its own for one story, on the embedded pair."""
    with ExitStack() as stack:

        def start(**how: Any) -> RunningOffice:
            folder = tmp_path_factory.mktemp("office")
            return stack.enter_context(RunningOffice(embedded, folder, **how))

        yield start
