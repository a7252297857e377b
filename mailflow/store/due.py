"""What the clock knows of a case, and the last look at a letter that time brought."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.aftercare import RefundState
from mailflow.aftercare.refunds import HOLDS_CERTIFICATE, reminder
from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.store import aftercare, cases, inbox, lookup, outbox, refunds
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

_PAID = (State.PAID, State.COMPLETE)
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
        for row in lookup.waiting(tx, WAITING_FOR_STUDENT, campaign=campaign.id)
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


def _alone(case: CaseView | lookup.Waiting) -> Standing:
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


def unreminded(tx: Transaction, campaign: Campaign, *, now: datetime) -> list[str]:
    """Ids of the cases whose window for the refund closes soon, and who were not told so yet."""
    if not campaign.refund.remind_days:
        return []
    today = now.astimezone(TAIPEI).date()
    told = outbox.occasions(tx, Letter.REFUND_REMINDER)
    found = []
    for case_id, since, until in refunds.open_windows(tx, campaign=campaign.id, today=today):
        occasion = reminder(campaign, invited_on=since, closes_on=until, today=today)
        if occasion and (case_id, occasion) not in told:
            found.append(case_id)
    return found


def window_reminder(tx: Transaction, case: CaseView, campaign: Campaign, *, now: datetime) -> str:
    """The occasion of the reminder of the refund's window that is due for a case; '' for none.

    Like any other it keeps its distance from what either side did last.
    """
    occasion = _window_occasion(tx, case, campaign, now=now)
    it = standing_of(tx, case)
    waits = it.questions or it.unsent or now - it.last_step_at < minimum_age(campaign)
    return "" if waits else occasion


def _window_occasion(tx: Transaction, case: CaseView, campaign: Campaign, *, now: datetime) -> str:
    """Of whom an application is waited for: invited, still paid, and holding a certificate."""
    refund = refunds.load(tx, case.id)
    if refund.state is not RefundState.INVITED or case.state not in _PAID:
        return ""
    if refund.closes_on is None or refund.invited_on is None:
        return ""
    if aftercare.load(tx, case.id).state not in HOLDS_CERTIFICATE:
        return ""
    today = now.astimezone(TAIPEI).date()
    return reminder(campaign, invited_on=refund.invited_on, closes_on=refund.closes_on, today=today)


def _look_at_window(
    tx: Transaction, letter: Leaving, case: CaseView, campaign: Campaign, *, now: datetime
) -> Say:
    """Untrue once the application came or another reminder is due; not now while a question is
    open, or the student wrote or was written to just now."""
    if letter.occasion != _window_occasion(tx, case, campaign, now=now):
        return Say.NEVER
    it = standing_of(tx, case)
    heard = it.heard_at is not None and now - it.heard_at < minimum_age(campaign)
    written = it.letter_at is not None and it.letter_at > letter.composed_at
    return Say.LATER if it.questions or heard or written else Say.NOW


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
    case = cases.load(tx, letter.case_id)
    if kind is Letter.REFUND_REMINDER:
        said = _look_at_window(tx, letter, case, campaign, now=now)
    else:
        said = last_look(
            kind,
            standing_of(tx, case),
            campaign,
            occasion=letter.occasion,
            composed_at=letter.composed_at,
            now=now,
        )
    if said is not Say.NOW or kind is Letter.REINSTATED:
        return said
    is_read = mail_is_read(tx, campaign, begun_at=begun_at, now=now)
    return said if is_read else Say.LATER
