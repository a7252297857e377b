"""Servers for the tests; the real ones start once a run, and only if a test asks for them."""

import gc
from collections.abc import Iterator

import pytest
from servers import process
from servers.authority import Authority
from servers.dovecot import Dovecot
from servers.office import EmbeddedOffice, RealOffice, dovecot_for, postfix_for
from servers.postfix import Postfix
from servers.postgres import Postgres


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """What a file of tests leaves behind stays until the end; looking through it again and again
    made the last of nine thousand tests pause for seconds."""
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def calm() -> Iterator[None]:
    """No pause inside a timed call: the collector looks through all that a long test run holds."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def embedded() -> Iterator[EmbeddedOffice]:
    """A fresh in-process pair (a few milliseconds)."""
    with EmbeddedOffice() as office:
        yield office


@pytest.fixture(scope="session")
def _dovecot(authority: Authority) -> Iterator[Dovecot]:
    process.needed("dovecot")
    with dovecot_for(authority) as server:
        yield server


@pytest.fixture(scope="session")
def _postfix(_dovecot: Dovecot, authority: Authority) -> Iterator[Postfix]:
    process.needed("postfix", root=True)
    with postfix_for(_dovecot, authority) as server:
        yield server


@pytest.fixture
def dovecot(_dovecot: Dovecot) -> Dovecot:
    """Dovecot with empty mailboxes."""
    _dovecot.wipe()
    return _dovecot


@pytest.fixture
def realmail(_postfix: Postfix, dovecot: Dovecot) -> RealOffice:
    """Postfix before Dovecot, with empty mailboxes."""
    return RealOffice(dovecot, _postfix)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    process.needed("initdb", "postgres")
    with Postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy URL of a database that is new and empty."""
    with postgres.database() as url:
        yield url
