"""Files of the bank taken in (by portions) and taken back (in one transaction)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from mailflow import saying
from mailflow.campaign.round import TAIPEI
from mailflow.desk.case_money import Settled, SettlingError
from mailflow.desk.posting import Posting
from mailflow.desk.settling import Settling
from mailflow.settlement import BankLine
from mailflow.store.casework import Rules
from mailflow.store.database import Store


class _DryRunError(Exception):
    """Rolls back what a dry run did."""


def import_lines(
    store: Store,
    rules: Rules,
    lines: Sequence[BankLine],
    *,
    name: str,
    actor: str,
    now: datetime,
    until: date | None = None,
    dry_run: bool = False,
) -> Settled:
    """Take in a file of the bank; with `dry_run` tell what that would do, and change nothing.

    `name` is for staff to know the file again, `until` the last day it speaks of (default: today).
    """
    until = until or now.astimezone(TAIPEI).date()
    if dry_run:
        return _rehearse(store, rules, lines, name=name, actor=actor, now=now, until=until)
    posting = Posting(store, rules, lines, name=name, until=until, actor=actor, now=now)
    posting.run()
    return posting.report


def _rehearse(
    store: Store, rules: Rules, lines: Sequence[BankLine], *, name: str, actor: str, now: datetime,
    until: date,
) -> Settled:  # fmt: skip
    """The same in one transaction, which is taken back."""
    report = Settled(lines=len(lines))
    with suppress(_DryRunError), store.write() as tx:
        tx.one_at_a_time("settlement")
        work = Settling(tx, rules, actor=actor, now=now, report=report)
        work.take_in(lines, name=name, until=until)
        raise _DryRunError
    return report


def undo_import(
    store: Store, rules: Rules, name: str, *, actor: str, why: str, now: datetime
) -> Settled:
    """Take a wrong file back: its lines, their credits, their questions. Letters stay sent."""
    _needs(why)
    with store.write() as tx:
        tx.one_at_a_time("settlement")
        work = Settling(tx, rules, actor=actor, now=now, report=Settled())
        work.take_back(name, why=why)
        return work.report


def book_line(
    store: Store, rules: Rules, name: str, numbers: Sequence[str], *, actor: str, why: str,
    now: datetime,
) -> Settled:  # fmt: skip
    """Staff say whose money a line is: of one case, or of several whose sum is exactly that."""
    _needs(why)
    with store.write() as tx:
        tx.one_at_a_time("settlement")
        work = Settling(tx, rules, actor=actor, now=now, report=Settled())
        work.book(name, numbers, why=why)
        return work.report


def _needs(why: str) -> None:
    if not why.strip():
        raise SettlingError(saying.NEEDS_REASON)
