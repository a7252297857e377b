"""The database lets somebody else go first while a row of mails is decided: nobody's fault."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import cast

import pytest
from hostile.by_hand import reader, store
from stories.running import RunningOffice

from mailflow.store.database import ChangedMeanwhileError, Store, Transaction

MAIL = "From: a{0}@example.org\r\nMessage-ID: <a{0}@example.org>\r\nSubject: x\r\n\r\nhello {0}\r\n"


class GivesWay:
    """A store in which the writes of these numbers give way to another's, as PostgreSQL's do."""

    def __init__(self, store: Store, *numbers: int) -> None:
        self._store, self._numbers, self._count = store, numbers, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def write(self) -> AbstractContextManager[Transaction]:
        self._count += 1
        if self._count in self._numbers:
            raise ChangedMeanwhileError("another transaction went first")
        return self._store.write()


@pytest.mark.parametrize("numbers", [(1,), (2,), (3, 4)], ids=["taking", "ahead", "deciding"])
def test_mails_are_read_again_at_once_and_it_counts_as_no_attempt(
    opened: Callable[..., RunningOffice], numbers: tuple[int, ...]
):
    office = opened(starts_daemon=False)
    store(office, [MAIL.format(number).encode() for number in range(3)])
    with reader(office) as one:
        one._store = cast(Store, GivesWay(office.store, *numbers))
        assert one.step()
        assert [(mail.state, mail.attempts) for mail in office.mails()] == [("received", 0)] * 3
        while one.step():
            pass
    assert {(mail.state, mail.attempts) for mail in office.mails()} == {("held", 1)}
