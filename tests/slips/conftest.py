"""The round of `tests/store`."""

from store.conftest import rules

__all__ = ["rules"]
