"""Which text was sent to whom: the templates behind each version of a letter. Never erased."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select

from mailflow.letters import Wording
from mailflow.store.database import Transaction
from mailflow.store.tables import LetterText, Outbox


def keep(tx: Transaction, wording: Wording, *, now: datetime) -> None:
    """Remember this version of a letter; known ones change nothing."""
    if tx.session.get(LetterText, wording.version) is not None:
        return
    on_sqlite = tx.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if on_sqlite else postgresql.insert
    row = insert(LetterText).values(
        version=wording.version, letter=wording.letter.value, text=wording.text, first_at=now
    )
    tx.session.connection().execute(row.on_conflict_do_nothing())  # two may begin at once


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that letters were made with. `text` is JSON: file name → text."""

    version: str
    letter: str
    first_at: datetime
    letters: int
    text: str = field(repr=False)


def kept(tx: Transaction) -> list[Kept]:
    """Every version that was ever used, by letter, oldest first, with how many letters it made."""
    counts = dict(
        tx.session.exec(select(Outbox.wording, func.count()).group_by(Outbox.wording)).all()
    )
    query = select(LetterText).order_by(col(LetterText.letter), col(LetterText.first_at))
    return [
        Kept(row.version, row.letter, row.first_at, counts.get(row.version, 0), row.text)
        for row in tx.session.exec(query)
    ]
