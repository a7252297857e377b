"""What was known of a case while its mail was read must still hold when it is decided."""

from datetime import timedelta

import pytest
from store.people import ANNE
from store.round import Round

from mailflow.mail import read
from mailflow.person import Field
from mailflow.reading import Intent, Reading, TokenState
from mailflow.runners.deciding import Decider, Understood
from mailflow.store import cases, inbox
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import ChangedMeanwhileError, Store
from mailflow.store.inbox import Arrival
from mailflow.store.tables import InboxState, Stage
from mailflow.workflow import State

THANKS = f"From: {ANNE[Field.EMAIL]}\r\nSubject: thanks\r\n\r\n謝謝老師".encode()


@pytest.fixture
def going(store: Store, rules: Rules) -> Round:
    return Round(store, rules)


def decided(going: Round, known: CaseView) -> InboxState:
    """A mail that was read when the case stood as `known` is decided now."""
    with going.store.write() as tx:
        arrival = Arrival("office", "INBOX", 1, 1, THANKS, len(THANKS))
        inbox.store_arrivals(tx, [arrival], now=going.now)
        (claimed,) = inbox.claim(
            tx, Stage.READ, owner="t", now=going.now, lease=timedelta(minutes=5)
        )
        understood = Understood(
            message=read(THANKS),
            reading=Reading(intent=Intent.OTHER),
            token=TokenState.NONE,
            case=known,
            sender_registered=True,
        )
        return Decider(tx, going.rules, claimed, now=going.now).decide(understood)


def test_a_case_that_stands_as_it_was_read_is_not_opened_again(going: Round):
    known = going.load(going.asked())
    with going.store.read() as tx:
        assert cases.load(tx, known.id, known=known) is known
    assert decided(going, known) is InboxState.APPLIED


def test_a_case_that_staff_changed_meanwhile_is_read_again(going: Round):
    known = going.load(going.asked())
    with going.store.write() as tx:
        cases.move(tx, known, State.WITHDRAWN, now=going.now)
    with pytest.raises(ChangedMeanwhileError):
        decided(going, known)


def test_what_counts_no_version_is_seen_under_the_lock_too(going: Round):
    """The bank's file and a bounce change a case without a new version of it."""
    known = going.load(going.billed())
    with going.store.write() as tx:
        cases.note_settled(tx, known.id, amount=500, at=None)
    with going.store.read() as tx:
        now = cases.load(tx, known.id, known=known)
    assert now.settled_amount == 500
    assert now.is_contradicted
    with going.store.write() as tx:
        cases.mark_unreachable(tx, known.id)
    with going.store.read() as tx:
        assert cases.load(tx, known.id, known=now).unreachable
