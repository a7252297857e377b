"""The table of routes: what the machine does alone, and what it never does."""

from dataclasses import replace
from itertools import product

import pytest

from mailflow.reading import Intent, Reading, TokenState
from mailflow.receipts.result import Kind, Proof, Status, Verdict
from mailflow.runners.routing import Paper, Situation, route
from mailflow.workflow import Event, Letter, State

GOOD = Proof(verdict=Verdict.ACCEPT, status=Status.PAID, amount=600)


def situation(intent: Intent, *, flagged: bool = False, **more) -> Situation:
    reasons = more.pop("reasons", ("doubt",) if flagged else ())
    settings = {
        "token": TokenState.NONE,
        "state": State.BILLED,
        "sender_registered": True,
        "has_slip": True,
    }
    return Situation(Reading(intent, flagged=flagged, reasons=reasons), **settings | more)


def acts(it: Situation) -> Event | None:
    """What the machine does without a person."""
    answer = route(it)
    return None if answer.hold else answer.event


@pytest.mark.parametrize(
    ("state", "token", "registered"), list(product(State, TokenState, (True, False)))
)
def test_only_a_valid_button_of_the_registered_sender_confirms(state, token, registered):
    it = situation(Intent.CONFIRM, state=state, token=token, sender_registered=registered)
    pressed = token is TokenState.VALID or (token is TokenState.USED and state is not State.ASKED)
    assert (acts(it) is Event.CONFIRM) == (pressed and registered)


@pytest.mark.parametrize(("intent", "state"), list(product(Intent, State)))
def test_a_flagged_mail_never_makes_anything_happen(intent, state):
    it = situation(intent, flagged=True, state=state, token=TokenState.VALID, proofs=(GOOD,))
    assert acts(it) is None


@pytest.mark.parametrize("state", State)
def test_a_proof_is_accepted_alone_only_where_a_slip_waits_for_it(state):
    it = situation(Intent.PAYMENT_RECEIPT, state=state, proofs=(GOOD,))
    assert (acts(it) is Event.PROOF) == (state is State.BILLED)


@pytest.mark.parametrize("state", [State.PAID, State.COMPLETE])
def test_a_proof_that_comes_after_the_banks_word_needs_nobody(state):
    it = situation(Intent.PAYMENT_RECEIPT, state=state, proofs=(GOOD,), settled=True)
    assert (route(it).hold, route(it).event) == (False, None)
    for doubtful in (Proof(verdict=Verdict.FLAG), Proof(verdict=Verdict.ASK)):
        it = situation(Intent.PAYMENT_RECEIPT, state=state, proofs=(doubtful,), settled=True)
        assert route(it).hold
    stranger = situation(
        Intent.PAYMENT_RECEIPT, state=state, proofs=(GOOD,), settled=True, sender_registered=False
    )
    assert route(stranger).hold


def test_a_picture_against_the_banks_word_is_for_a_person():
    it = situation(Intent.PAYMENT_RECEIPT, proofs=(GOOD,), contradicted=True)
    assert route(it).hold


@pytest.mark.parametrize(
    "other",
    [
        Proof(verdict=Verdict.FLAG),
        Proof(verdict=Verdict.ASK, status=Status.VOID),
        Proof(verdict=Verdict.ASK, status=Status.FAILED),
        Proof(verdict=Verdict.ASK, status=Status.NOT_YET, kind=Kind.TRANSFER),
        Proof(verdict=Verdict.ASK, reasons=("not_a_receipt",), undone=True),
    ],
)
def test_a_good_proof_beside_a_contrary_picture_is_for_a_person(other):
    assert acts(situation(Intent.PAYMENT_RECEIPT, proofs=(GOOD, other))) is None


def test_a_good_proof_beside_the_unpaid_slip_is_accepted():
    slip = Proof(verdict=Verdict.ASK, kind=Kind.SLIP, status=Status.NOT_YET, undone=True)
    assert acts(situation(Intent.PAYMENT_RECEIPT, proofs=(GOOD, slip))) is Event.PROOF


def test_a_good_proof_beside_a_portrait_is_accepted():
    portrait = Proof(verdict=Verdict.ASK, reasons=("not_a_receipt",))
    assert acts(situation(Intent.PAYMENT_RECEIPT, proofs=(GOOD, portrait))) is Event.PROOF


def test_a_doubt_beside_the_missing_button_sends_no_letter():
    plain = situation(
        Intent.CONFIRM, flagged=True, state=State.ASKED, reasons=("confirm_without_token",)
    )
    assert route(plain).letter is Letter.PRESS_BUTTON
    hostile = situation(
        Intent.CONFIRM,
        flagged=True,
        state=State.ASKED,
        reasons=("confirm_without_token", "hostile_words"),
    )
    assert route(hostile).letter is None


def asks(**more) -> Situation:
    settings = {"token": TokenState.NONE, "state": State.BILLED, "sender_registered": True}
    return Situation(Reading(Intent.QUESTION, asks_status=True), **settings | more)


def test_where_the_case_stands_is_told_to_the_registered_sender_alone():
    told = route(asks(tells_standing=True))
    assert (told.letter, told.hold, told.event) == (Letter.STATUS, False, None)
    stranger = route(asks(tells_standing=True, sender_registered=False))
    assert (stranger.letter, stranger.hold) == (None, True)


@pytest.mark.parametrize("more", [{}, {"tells_standing": True, "answerable": False}])
def test_what_only_a_person_can_tell_goes_to_a_person(more):
    told = route(asks(**more))
    assert (told.letter, told.hold) == (None, True)
    assert told.reasons == ("status_question", "standing_needs_staff")


def test_any_other_question_goes_to_a_person():
    assert route(situation(Intent.QUESTION, tells_standing=True)).hold


@pytest.mark.parametrize("registered", [True, False])
@pytest.mark.parametrize("intent", [Intent.REFUND_APPLICATION, Intent.CERTIFICATE_UPLOAD])
def test_a_certificate_is_kept_and_taken_in_only_from_the_registered_address(intent, registered):
    plain = route(situation(intent, state=State.COMPLETE, sender_registered=registered))
    assert (plain.paper is not None and not plain.hold) == registered
    doubtful = route(situation(intent, state=State.COMPLETE, flagged=True))
    assert doubtful.hold
    assert doubtful.paper is not None


@pytest.mark.parametrize(
    ("reasons", "registered", "held"),
    [
        ((), True, False),
        (("words_not_understood", "unclear"), True, False),
        ((), False, True),
        (("authentication_failed",), True, True),
        (("acts_for_someone",), True, True),
    ],
)
def test_an_account_with_any_doubt_about_who_wrote_waits_for_a_person(reasons, registered, held):
    it = situation(
        Intent.OTHER,
        flagged=bool(reasons),
        reasons=reasons,
        state=State.COMPLETE,
        sender_registered=registered,
        tells_account=True,
    )
    assert (route(it).paper, route(it).hold) == (Paper.ACCOUNT, held)


@pytest.mark.parametrize("intent", [Intent.AUTO_REPLY, Intent.BOUNCE, Intent.SPAM])
def test_no_machine_tells_an_account(intent):
    it = situation(intent, state=State.COMPLETE, tells_account=True)
    assert route(it).paper is None


def test_a_stranger_tells_no_account():
    assert route(situation(Intent.OTHER, state=None, tells_account=True)).paper is None


def test_a_plain_question_of_the_registered_sender_is_answered():
    reading = Reading(Intent.QUESTION, topics=("asked_fee",))
    known = Situation(reading, TokenState.NONE, state=State.BILLED, sender_registered=True)
    assert route(known).letter is Letter.ANSWER
    for doubt in ({"sender_registered": False}, {"answerable": False}, {"state": State.WITHDRAWN}):
        told = route(replace(known, **doubt))
        assert (told.letter, told.hold) == (None, True)
