"""What the clock knows of a case, and the last look at a letter that time brought."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.campaign import Campaign
from mailflow.store import cases, inbox, outbox
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.outbox import Leaving
from mailflow.store.queue import open_items
from mailflow.workflow import Letter, State
from mailflow.workflow.clocks import (
    TIMED,
    WAITING_FOR_STUDENT,
    Due,
    Say,
    Standing,
    due,
    is_of_today,
    last_look,
    minimum_age,
)

_FRESH = timedelta(hours=1)  # a mailbox that was not compared for so long may hold anything


def mail_is_read(tx: Transaction, campaign: Campaign, *, begun_at: datetime, now: datetime) -> bool:
    """Whether the mail is read that must be before anybody is reminded: all that came while
    nobody worked (the daemon began at `begun_at`), and all but what has just come.

    A mail that nobody understood may be anybody's step: it counts as long as a step does.
    """
    return inbox.caught_up(
        tx, since=max(begun_at, now - _FRESH), doubts_since=now - minimum_age(campaign)
    )


def may_be_due(tx: Transaction, campaign: Campaign, *, now: datetime) -> list[str]:
    """Ids of the campaign's waiting cases for which their rows alone say that something is due.

    One question for all: most days nothing is due for anybody, and no case is opened.
    """
    return [
        row.id
        for row in cases.waiting(tx, WAITING_FOR_STUDENT, campaign=campaign.id)
        if due(_alone(row), campaign, now=now)
    ]


def due_for(tx: Transaction, case: CaseView, campaign: Campaign, *, now: datetime) -> Due | None:
    """What is due for a case; the store is asked only where the case alone leaves it open."""
    if due(_alone(case), campaign, now=now) is None:
        return None
    return due(standing_of(tx, case), campaign, now=now)


def standing_of(tx: Transaction, case: CaseView) -> Standing:
    """The case as the clock sees it."""
    written_at, left_at = case.letter_at, outbox.last_sent_at(tx, case.id)
    return replace(
        _alone(case),
        slip_at=case.slip_at,
        letter_at=max(written_at, left_at) if written_at and left_at else written_at,
        heard_at=inbox.heard_at(tx, case.id),
        questions=bool(open_items(tx, case_id=case.id)),
        unsent=outbox.any_unsent(tx, case.id),
    )


def _alone(case: CaseView | cases.Waiting) -> Standing:
    """What the case itself says; what it leaves out can only put things off."""
    return Standing(
        state=State(case.state),
        until=case.pay_until,
        changed_at=case.changed_at,
        slip_at=None,
        letter_at=case.letter_at,
        heard_at=None,
        questions=False,
        unsent=False,
        inexact=bool(case.settled_amount),
    )


def look(
    tx: Transaction, letter: Leaving, campaign: Campaign, *, now: datetime, begun_at: datetime
) -> Say:
    """Whether this letter is still true and may leave; `begun_at` is when the daemon began.

    The mailbox is read first: nobody is reminded of, or given up for, what is on its way to us.
    """
    kind = Letter(letter.letter)
    if kind not in TIMED:
        return Say.NOW
    if kind is Letter.STAFF_DIGEST:
        return Say.NOW if is_of_today(letter.composed_at, now=now) else Say.NEVER
    if letter.case_id is None:
        return Say.NEVER
    standing = standing_of(tx, cases.load(tx, letter.case_id))
    said = last_look(
        kind,
        standing,
        campaign,
        occasion=letter.occasion,
        composed_at=letter.composed_at,
        now=now,
    )
    if said is not Say.NOW or kind is Letter.REINSTATED:
        return said
    is_read = mail_is_read(tx, campaign, begun_at=begun_at, now=now)
    return said if is_read else Say.LATER
