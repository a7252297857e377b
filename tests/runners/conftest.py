"""The loops at work on the stores of `tests/store`."""

from store.conftest import now, rules, store

__all__ = ["now", "rules", "store"]
