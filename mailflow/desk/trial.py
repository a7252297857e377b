"""A change that may be tried without being made."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mailflow.store.database import Store, Transaction


class _NotMeantError(Exception):
    """Raised and caught here alone: it takes the transaction back."""


@contextmanager
def changing(store: Store, *, dry_run: bool) -> Iterator[Transaction]:
    """A write transaction; after a dry run nothing of it stays."""
    with suppress(_NotMeantError), store.write() as tx:
        yield tx
        if dry_run:
            raise _NotMeantError
