"""The state machine of a case, as data. `docs/states.md` tells it in words; a test compares."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"  # data are in; the confirmation letter has not been composed
    ASKED = "asked"  # the confirmation letter shows the current data version
    CONFIRMED = "confirmed"  # the student confirmed exactly that version; no slip yet
    BILLED = "billed"  # the payment slip was composed
    PAID = "paid"  # a proof was accepted as plausible (a claim, not yet the bank's word)
    COMPLETE = "complete"  # the student has been told
    ABANDONED = "abandoned"  # deadline and grace passed: 視為放棄
    WITHDRAWN = "withdrawn"  # staff carried out the student's withdrawal


class Event(StrEnum):
    """What happens to a case; mail, clock and staff use the same words."""

    ASK = "ask"
    CONFIRM = "confirm"
    CORRECT = "correct"
    BILL = "bill"
    PROOF = "proof"  # a proof that fits this student's own slip
    PROOF_UNCLEAR = "proof_unclear"  # a proof that the student must send again
    RESEND_SLIP = "resend_slip"
    SETTLED = "settled"  # the bank's file says that exactly what was owed has come
    REOPEN = "reopen"  # an accepted claim was not borne out by the bank; always by staff
    TOLD = "told"  # the relay took the letter that ends the registration
    REMIND = "remind"
    DEADLINE = "deadline"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"  # always by staff: the data are asked for again
    RESUME = "resume"  # always by staff: back to the slip, for data that were confirmed


class Letter(StrEnum):
    """The letters; the value is the name of the template folder."""

    REGISTRATION_FORM = "registration_form"
    FORM_RECEIPT = "form_receipt"
    RETAKE_PART = "retake_part"  # asks which subject was passed before
    DATA_CONFIRMATION = "data_confirmation"
    DATA_CHANGED = "data_changed"
    PRESS_BUTTON = "press_button"
    PAYMENT_SLIP = "payment_slip"
    PROOF_ACCEPTED = "proof_accepted"
    PROOF_UNCLEAR = "proof_unclear"
    REMINDER = "reminder"
    ABANDONED = "abandoned"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    STAFF_NOTE = "staff_note"
    STATUS = "status"  # where the case stands, for those who ask
    ANSWER = "answer"  # to questions that the campaign answers
    EXAM_RESULT = "exam_result"
    CERTIFICATE_READY = "certificate_ready"
    RETAKE_OFFER = "retake_offer"
    REFUND_INVITATION = "refund_invitation"
    REFUND_REMINDER = "refund_reminder"
    REFUND_RECEIVED = "refund_received"
    REFUND_OUTSIDE = "refund_outside"
    REFUND_REFUSED = "refund_refused"
    REFUND_PAID = "refund_paid"
    PAYEE_REQUEST = "payee_request"
    PAYEE_NOTED = "payee_noted"
    REWARD_RECEIVED = "reward_received"
    REWARD_REFUSED = "reward_refused"
    STAFF_DIGEST = "staff_digest"  # to staff


@dataclass(frozen=True, slots=True)
class Step:
    """Go to `state`, send `letter` if any; `then` is tried next in the same transaction."""

    state: State
    letter: Letter | None = None
    then: Event | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing happens; a person looks."""

    reason: str


S, E, L = State, Event, Letter

STEPS: dict[tuple[State, Event], Step] = {
    (S.REGISTERED, E.ASK): Step(S.ASKED, L.DATA_CONFIRMATION),
    (S.REGISTERED, E.CORRECT): Step(S.REGISTERED, then=E.ASK),
    (S.ASKED, E.CONFIRM): Step(S.CONFIRMED, then=E.BILL),
    (S.ASKED, E.CORRECT): Step(S.ASKED, L.DATA_CHANGED),
    (S.ASKED, E.REMIND): Step(S.ASKED, L.REMINDER),
    (S.ASKED, E.DEADLINE): Step(S.ABANDONED, L.ABANDONED),
    (S.CONFIRMED, E.CONFIRM): Step(S.CONFIRMED),  # pressed twice
    (S.CONFIRMED, E.CORRECT): Step(S.ASKED, L.DATA_CHANGED),
    (S.CONFIRMED, E.BILL): Step(S.BILLED, L.PAYMENT_SLIP),
    (S.BILLED, E.CONFIRM): Step(S.BILLED),
    (S.BILLED, E.CORRECT): Step(S.ASKED, L.DATA_CHANGED),  # by staff alone: the slip is out
    (S.BILLED, E.PROOF): Step(S.PAID, L.PROOF_ACCEPTED),
    (S.BILLED, E.PROOF_UNCLEAR): Step(S.BILLED, L.PROOF_UNCLEAR),
    (S.BILLED, E.SETTLED): Step(S.PAID, L.PROOF_ACCEPTED),
    (S.BILLED, E.RESEND_SLIP): Step(S.BILLED, L.PAYMENT_SLIP),
    (S.BILLED, E.REMIND): Step(S.BILLED, L.REMINDER),
    (S.BILLED, E.DEADLINE): Step(S.ABANDONED, L.ABANDONED),
    (S.PAID, E.CONFIRM): Step(S.PAID),
    (S.PAID, E.SETTLED): Step(S.PAID),
    (S.PAID, E.REOPEN): Step(S.BILLED, L.PROOF_UNCLEAR),
    (S.PAID, E.TOLD): Step(S.COMPLETE),
    (S.COMPLETE, E.CONFIRM): Step(S.COMPLETE),
    (S.COMPLETE, E.SETTLED): Step(S.COMPLETE),
    (S.COMPLETE, E.REOPEN): Step(S.BILLED, L.PROOF_UNCLEAR),
    (S.ABANDONED, E.PROOF): Step(S.PAID, L.PROOF_ACCEPTED),  # by staff alone: a late proof
    (S.ABANDONED, E.SETTLED): Step(S.PAID, L.PROOF_ACCEPTED),  # by staff alone: late money
    (S.ABANDONED, E.PROOF_UNCLEAR): Step(S.ABANDONED, L.PROOF_UNCLEAR),
    (S.ABANDONED, E.REINSTATE): Step(S.ASKED, L.REINSTATED),
    (S.ABANDONED, E.RESUME): Step(S.BILLED, L.REINSTATED),
    (S.WITHDRAWN, E.REINSTATE): Step(S.ASKED, L.REINSTATED),
    **{
        (state, E.WITHDRAW): Step(S.WITHDRAWN, L.WITHDRAWN)
        for state in (S.REGISTERED, S.ASKED, S.CONFIRMED, S.BILLED)
    },
}


WITH_BUTTON = (L.DATA_CONFIRMATION, L.DATA_CHANGED, L.PRESS_BUTTON)
# The last two only once the case is billed.
WITH_SLIP = (L.PAYMENT_SLIP, L.PROOF_UNCLEAR, L.REMINDER, L.REINSTATED)

# Letters that have become untrue once a case has come to a state; they are not sent any more.
# What time brings (`workflow.clocks.TIMED`) is looked at more closely still.
_OPEN = (L.REMINDER, L.REINSTATED)
OVERTAKEN: dict[State, tuple[Letter, ...]] = {
    S.ASKED: (L.RETAKE_PART, L.ABANDONED, L.PAYMENT_SLIP),  # the latter of before a correction
    S.CONFIRMED: (*WITH_BUTTON, L.REINSTATED),
    S.BILLED: (*WITH_BUTTON, L.ABANDONED, L.PROOF_ACCEPTED),  # … when a case was opened again
    S.PAID: (*WITH_BUTTON, *_OPEN, L.ABANDONED, L.PROOF_UNCLEAR),
    S.COMPLETE: (*WITH_BUTTON, *_OPEN, L.ABANDONED, L.PROOF_UNCLEAR),
    S.ABANDONED: (*WITH_BUTTON, *_OPEN, L.PAYMENT_SLIP),
    S.WITHDRAWN: (*WITH_BUTTON, *_OPEN, L.RETAKE_PART, L.PAYMENT_SLIP, L.PROOF_UNCLEAR),
}


def decide(state: State, event: Event) -> Step | Hold:
    """What the table says; anything it does not list is for a person."""
    return STEPS.get((state, event)) or Hold(f"{event}_while_{state}")
