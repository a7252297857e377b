"""Mail straight into the ledger and one reader turned by hand: the real path without servers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from stories.running import RunningOffice

from mailflow.runners.reading import Reader
from mailflow.store import inbox
from mailflow.store.inbox import Arrival
from mailflow.store.tables import Stage


def store(office: RunningOffice, mails: Iterable[bytes]) -> list[str]:
    """Store mails as the mailbox would; returns the rows' ids."""
    first = len(office.mails())
    arrivals = [
        Arrival("office", "INBOX", 1, first + uid, raw, len(raw))
        for uid, raw in enumerate(mails, start=1)
    ]
    with office.store.write() as tx:
        return inbox.store_arrivals(tx, arrivals, now=office.clock.now())


@contextmanager
def reader(office: RunningOffice, stage: Stage = Stage.READ) -> Iterator[Reader]:
    one = Reader(office.config, office.store, office.rules, stage=stage, now=office.clock.now)
    try:
        yield one
    finally:
        one.close()


def read_all(office: RunningOffice) -> None:
    """Both stages until nothing is left, three strikes included."""
    for stage in Stage:
        with reader(office, stage) as one:
            for _ in range(3):
                while one.step():
                    pass
                office.clock.ahead += timedelta(seconds=31)
