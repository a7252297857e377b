"""An office's store and rules, for the daemon and for every command."""

from mailflow.campaign import load_campaign
from mailflow.config import Config
from mailflow.runners.rulebook import rules_of
from mailflow.store import schema
from mailflow.store.casework import Rules
from mailflow.store.database import Store, StoreError
from mailflow.store.keys import load_keys


def open_office(config: Config) -> tuple[Store, Rules]:
    """The store and the rules of an office.

    Raises KeysError, CampaignError, TemplateError or StoreError, each with its remedy.
    """
    store = Store(config.store.url, load_keys(config.store.keys_file))
    return store, rules_of(config, load_campaign(config.campaign))


def check_schema(store: Store) -> None:
    """Raises StoreError when the database has another version than this program."""
    current, needed = schema.version(store)
    if current is None:
        raise StoreError("there is no database yet: run `mailflow db upgrade`")
    if current != needed:
        raise StoreError(
            f"the database is at version {current}, this program needs {needed}: "
            "run `mailflow db upgrade`"
        )
