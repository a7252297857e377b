"""The adapters' stories run against both kinds of server."""

import pytest
from servers.office import OfficeServers


@pytest.fixture(params=["embedded", pytest.param("realmail", marks=pytest.mark.realmail)])
def office(request: pytest.FixtureRequest) -> OfficeServers:
    """A small office on the embedded pair, then on Postfix and Dovecot."""
    servers: OfficeServers = request.getfixturevalue(request.param)
    return servers
