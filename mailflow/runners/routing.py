"""What to do with a mail that has been read: a table from top to bottom, its last line a person.

Pure: values in, a value out. `mailflow.runners.reading` carries it out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mailflow.person import Field
from mailflow.reading.result import BUTTON_DOUBTS, Intent, Reading, TokenState
from mailflow.receipts.result import Proof, Verdict
from mailflow.workflow import Event, Letter, State


class Paper(StrEnum):
    """What a mail after the exam brings; `mailflow.runners.papers` takes it in."""

    APPLICATION = "application"
    CERTIFICATE = "certificate"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Situation:
    """A mail as read, and the case it belongs to as it stands. `proofs` are its pictures, read;
    `tells_account`: it came through the button for a refund's account; `tells_standing`: where the
    case stands can be told without a person."""

    reading: Reading
    token: TokenState
    state: State | None = None
    sender_registered: bool = False
    has_slip: bool = False
    answerable: bool = True
    tells_standing: bool = False
    proofs: tuple[Proof, ...] = ()
    tells_account: bool = False
    late: str = ""  # why these proofs came too late for the machine
    late_is_fine: bool = False  # the campaign lets it accept these proofs of a case given up
    settled: bool = False  # taken for paid, and the bank says so too
    contradicted: bool = False  # the bank has another sum, or a claim was opened again
    shown_before: bool = False  # the case has shown all of these proofs before


@dataclass(frozen=True, slots=True)
class Route:
    """`event` happens, or is what staff may accept when `hold` is set. `letter` is sent beside it
    (to the registered address); `paper` is taken in, or kept for staff; `reasons` explain."""

    event: Event | None = None
    hold: bool = False
    letter: Letter | None = None
    reasons: tuple[str, ...] = ()
    discard: bool = False
    register: bool = False
    paper: Paper | None = None


PROPOSALS = {
    Intent.CONFIRM: Event.CONFIRM,
    Intent.CORRECTION: Event.CORRECT,
    Intent.PAYMENT_RECEIPT: Event.PROOF,
    Intent.WITHDRAW: Event.WITHDRAW,
    Intent.RESEND_SLIP: Event.RESEND_SLIP,
}


PAPERS = {
    Intent.REFUND_APPLICATION: Paper.APPLICATION,
    Intent.CERTIFICATE_UPLOAD: Paper.CERTIFICATE,
}
# An account is read by a parser of its own: what the words' reader makes of it says nothing.
_ACCOUNT_WORDS = {"words_not_understood", "unclear"}

# What the student can put right alone, with the form that is sent back.
_TO_FILL_IN = ("missing:", "invalid:")


def route(situation: Situation) -> Route:
    """The first line of `ROUTES` that fits."""
    return next(answer for rule in ROUTES if (answer := rule(situation)) is not None)


def _machine_mail(it: Situation) -> Route | None:
    intent = it.reading.intent
    if intent in (Intent.AUTO_REPLY, Intent.LIST_OR_BULK, Intent.SPAM) and not it.reading.flagged:
        return Route(discard=True, reasons=(intent,))
    return None


def _bounce(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.BOUNCE:
        return None
    if it.reading.flagged:
        return Route(hold=True, reasons=it.reading.reasons or ("bounce",))
    return Route(discard=True, reasons=it.reading.reasons or ("delayed",))


def _registration(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.REGISTRATION or it.state is not None:
        return None
    if it.reading.registration is not None and not it.reading.flagged:
        return Route(register=True, reasons=it.reading.reasons)
    if all(reason.startswith(_TO_FILL_IN) for reason in it.reading.reasons):
        return Route(letter=Letter.REGISTRATION_FORM, reasons=it.reading.reasons)
    return Route(hold=True, reasons=it.reading.reasons)


def _registration_again(it: Situation) -> Route | None:
    """A whole form from a registered address: the later registration counts."""
    whole = it.reading.intent is Intent.REGISTRATION and it.reading.registration is not None
    if whole and it.sender_registered and not it.reading.flagged:
        return Route(register=True)
    return None


def _no_case(it: Situation) -> Route | None:
    if it.state is None:
        return Route(hold=True, reasons=it.reading.reasons or ("no_case",))
    return None


def _account(it: Situation) -> Route | None:
    """The button for the account was used: from the registered address, or a person looks."""
    if not it.tells_account:
        return None
    doubts = tuple(reason for reason in it.reading.reasons if reason not in _ACCOUNT_WORDS)
    doubts += () if it.sender_registered else ("sender_not_registered",)
    return Route(hold=bool(doubts), paper=Paper.ACCOUNT, reasons=tuple(dict.fromkeys(doubts)))


def _button_needs_another_look(it: Situation) -> Route | None:
    """ "All correct" without a button that fits: a fresh button goes to the registered address.

    The mail waits for staff as well, until the button is pressed. Any other doubt, and no letter.
    """
    if it.reading.intent is not Intent.CONFIRM or it.state is not State.ASKED:
        return None
    if not it.reading.reasons or not set(it.reading.reasons) <= BUTTON_DOUBTS:
        return None
    letter = Letter.PRESS_BUTTON if it.answerable else None
    return Route(Event.CONFIRM, hold=True, letter=letter, reasons=it.reading.reasons)


def _flagged(it: Situation) -> Route | None:
    if it.reading.flagged:
        intent = it.reading.intent
        return Route(
            PROPOSALS.get(intent),
            hold=True,
            paper=PAPERS.get(intent),
            reasons=it.reading.reasons,
        )
    return None


def _paper(it: Situation) -> Route | None:
    paper = PAPERS.get(it.reading.intent)
    return Route(paper=paper) if paper and it.sender_registered else None


def _confirm(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.CONFIRM:
        return None
    again = it.token is TokenState.USED and it.state is not State.ASKED
    if (it.token is TokenState.VALID or again) and it.sender_registered:
        return Route(Event.CONFIRM)
    return Route(Event.CONFIRM, hold=True, reasons=("confirm_without_token",))


def _correction(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.CORRECTION:
        return None
    changes = it.reading.corrections
    if not changes or any(change.new is None for change in changes):
        return Route(hold=True, reasons=("correction_without_usable_value",))
    if any(change.field is Field.EMAIL for change in changes):
        return Route(Event.CORRECT, hold=True, reasons=("change_of_address_needs_staff",))
    if not it.sender_registered:
        return Route(Event.CORRECT, hold=True, reasons=("sender_not_registered",))
    return Route(Event.CORRECT)


def _proof(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.PAYMENT_RECEIPT:
        return None
    reasons = tuple(reason for proof in it.proofs for reason in proof.reasons)
    if it.settled and it.sender_registered and _fits(it.proofs):
        return Route(reasons=("settled_before_the_proof",))  # the bank's word came first
    if it.contradicted:
        return Route(Event.PROOF, hold=True, reasons=("bank_said_otherwise", *reasons))
    if it.shown_before and it.state in (State.PAID, State.COMPLETE) and it.sender_registered:
        return _status(it) or Route(reasons=("proof_shown_again",))  # "did you get it?"
    if not it.has_slip or it.state not in (State.BILLED, State.ABANDONED):
        return Route(Event.PROOF, hold=True, reasons=(f"proof_while_{it.state}", *reasons))
    late = (it.late,) if it.late else ()
    if it.state is State.ABANDONED and not it.late_is_fine:
        return Route(Event.PROOF, hold=True, reasons=("proof_while_abandoned", *late, *reasons))
    if late:
        return Route(Event.PROOF, hold=True, reasons=(*late, *reasons))
    if not it.proofs:
        return Route(Event.PROOF, hold=True, reasons=("claim_without_readable_proof",))
    if not it.sender_registered:
        return Route(Event.PROOF, hold=True, reasons=("sender_not_registered", *reasons))
    if _fits(it.proofs):
        return Route(Event.PROOF, reasons=reasons)
    only_asks = {proof.verdict for proof in it.proofs} == {Verdict.ASK}
    if only_asks and it.answerable and it.state is State.BILLED:
        return Route(Event.PROOF_UNCLEAR, reasons=reasons)
    return Route(Event.PROOF, hold=True, reasons=reasons or ("proof_not_certain",))


def _fits(proofs: tuple[Proof, ...]) -> bool:
    """At least one proof is accepted, and none speaks against it."""
    verdicts = {proof.verdict for proof in proofs}
    against = any(p.speaks_against for p in proofs if p.verdict is not Verdict.ACCEPT)
    return Verdict.ACCEPT in verdicts and Verdict.FLAG not in verdicts and not against


def _slip_again(it: Situation) -> Route | None:
    if it.reading.intent is not Intent.RESEND_SLIP or not it.sender_registered:
        return None
    if it.state is State.BILLED:
        return Route(Event.RESEND_SLIP)
    if it.state is State.ASKED:
        return Route(letter=Letter.PRESS_BUTTON, reasons=("not_confirmed_yet",))
    return None


def _status(it: Situation) -> Route | None:
    """ "Did you get my money?" """
    if not it.reading.asks_status or not it.sender_registered:
        return None
    if it.tells_standing and it.answerable:
        return Route(letter=Letter.STATUS, reasons=("status_question",))
    return Route(hold=True, reasons=("status_question", "standing_needs_staff"))


def _answer(it: Situation) -> Route | None:
    """ "How much is the fee?": the campaign's own words, once; asked again, a person reads it."""
    if not it.reading.topics or not it.sender_registered or not it.answerable:
        return None
    if it.state not in (State.ASKED, State.CONFIRMED, State.BILLED):
        return None
    return Route(letter=Letter.ANSWER, reasons=it.reading.topics)


def _acknowledgement(it: Situation) -> Route | None:
    """Thanks, "I will pay tomorrow": nothing to do, and nothing unclear about it."""
    if it.reading.intent is Intent.OTHER:
        return Route(reasons=("noted",))
    return None


def _person(it: Situation) -> Route | None:
    return Route(PROPOSALS.get(it.reading.intent), hold=True, reasons=(it.reading.intent,))


ROUTES: tuple[Callable[[Situation], Route | None], ...] = (
    _bounce,
    _machine_mail,
    _registration,
    _registration_again,
    _no_case,
    _account,
    _button_needs_another_look,
    _flagged,
    _confirm,
    _correction,
    _proof,
    _paper,
    _slip_again,
    _status,
    _answer,
    _acknowledgement,
    _person,
)
