"""The office of the stories after the exam, on the stores of `tests/store`."""

import pytest
from aftercare.after_office import AfterOffice
from store.conftest import store

from mailflow.store.database import Store

__all__ = ["store"]


@pytest.fixture
def office(store: Store) -> AfterOffice:
    return AfterOffice(store)
