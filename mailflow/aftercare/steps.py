"""After the exam, as data: two state machines, one of the exam and one of the money back.

`docs/states.md` tells them in words; a test compares.
"""

from dataclasses import dataclass
from enum import StrEnum


class AftercareState(StrEnum):
    """Where a registration stands after the exam."""

    AWAITED = "awaited"  # no result yet
    PASSED = "passed"
    KEPT = "kept"  # not passed, but a subject is kept for a retake
    FAILED = "failed"
    READY = "ready"  # the certificate lies at the office
    COLLECTED = "collected"
    POSTED = "posted"  # the examiner sends the certificate by post


class RefundState(StrEnum):
    """Where the refund of one registration stands."""

    UNINVITED = "uninvited"
    INVITED = "invited"
    APPLIED = "applied"
    VERIFIED = "verified"
    LISTED = "listed"  # on a list for the accountant
    REFUNDED = "refunded"
    REFUSED = "refused"
    VOID = "void"  # the window closed without an application: 逾時不候


class AfterEvent(StrEnum):
    """What happens after the exam; mail, clock and staff use the same words."""

    PASS = "pass"  # noqa: S105 - a word, not a secret
    KEEP = "keep"
    FAIL = "fail"
    ARRIVE = "arrive"
    POST = "post"
    COLLECT = "collect"
    UNARRIVE = "unarrive"  # staff take a tick back that was set by mistake
    UNPOST = "unpost"
    UNCOLLECT = "uncollect"
    OFFER = "offer"
    INVITE = "invite"
    REMIND = "remind"
    APPLY = "apply"
    VERIFY = "verify"
    REFUSE = "refuse"
    LIST = "list"
    UNLIST = "unlist"
    PAY = "pay"
    EXPIRE = "expire"
    REOPEN = "reopen"
    UPLOAD = "upload"  # of a certificate for the reward; moves no state


class AfterLetter(StrEnum):
    """The letters after the exam; the value is the name of the template folder."""

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


@dataclass(frozen=True, slots=True)
class ExamStep:
    """Go to `state`, send `letter` if any."""

    state: AftercareState
    letter: AfterLetter | None = None


@dataclass(frozen=True, slots=True)
class RefundStep:
    """Go to `state`, send `letter` if any."""

    state: RefundState
    letter: AfterLetter | None = None


@dataclass(frozen=True, slots=True)
class AfterHold:
    """Nothing happens; a person looks."""

    reason: str


A, R, E, L = AftercareState, RefundState, AfterEvent, AfterLetter

# A result may be corrected while no certificate is there; the desk asks for a reason then.
_OPEN_TO_CORRECTION = (A.AWAITED, A.PASSED, A.KEPT, A.FAILED)

EXAM_STEPS: dict[tuple[AftercareState, AfterEvent], ExamStep] = {
    **{(state, E.PASS): ExamStep(A.PASSED, L.EXAM_RESULT) for state in _OPEN_TO_CORRECTION},
    **{(state, E.KEEP): ExamStep(A.KEPT, L.EXAM_RESULT) for state in _OPEN_TO_CORRECTION},
    **{(state, E.FAIL): ExamStep(A.FAILED, L.EXAM_RESULT) for state in _OPEN_TO_CORRECTION},
    (A.KEPT, E.OFFER): ExamStep(A.KEPT, L.RETAKE_OFFER),
    (A.PASSED, E.ARRIVE): ExamStep(A.READY, L.CERTIFICATE_READY),
    (A.PASSED, E.POST): ExamStep(A.POSTED),
    (A.READY, E.COLLECT): ExamStep(A.COLLECTED),
    (A.READY, E.UNARRIVE): ExamStep(A.PASSED),
    (A.POSTED, E.UNPOST): ExamStep(A.PASSED),
    (A.COLLECTED, E.UNCOLLECT): ExamStep(A.READY),
}

REFUND_STEPS: dict[tuple[RefundState, AfterEvent], RefundStep] = {
    (R.UNINVITED, E.INVITE): RefundStep(R.INVITED, L.REFUND_INVITATION),
    (R.INVITED, E.REMIND): RefundStep(R.INVITED, L.REFUND_REMINDER),
    (R.INVITED, E.APPLY): RefundStep(R.APPLIED, L.REFUND_RECEIVED),
    (R.INVITED, E.EXPIRE): RefundStep(R.VOID, L.REFUND_OUTSIDE),
    (R.APPLIED, E.VERIFY): RefundStep(R.VERIFIED),
    (R.APPLIED, E.REFUSE): RefundStep(R.REFUSED, L.REFUND_REFUSED),
    (R.VERIFIED, E.REFUSE): RefundStep(R.REFUSED, L.REFUND_REFUSED),
    (R.VERIFIED, E.LIST): RefundStep(R.LISTED),
    (R.LISTED, E.UNLIST): RefundStep(R.VERIFIED, L.PAYEE_REQUEST),  # the bank sent it back
    (R.LISTED, E.PAY): RefundStep(R.REFUNDED, L.REFUND_PAID),
    (R.REFUSED, E.REOPEN): RefundStep(R.APPLIED),
    (R.VOID, E.REOPEN): RefundStep(R.INVITED, L.REFUND_INVITATION),
}


def decide_exam(state: AftercareState, event: AfterEvent) -> ExamStep | AfterHold:
    """What the table says; anything it does not list is for a person."""
    return EXAM_STEPS.get((state, event)) or AfterHold(f"{event}_while_{state}")


def decide_refund(state: RefundState, event: AfterEvent) -> RefundStep | AfterHold:
    """What the table says; anything it does not list is for a person."""
    return REFUND_STEPS.get((state, event)) or AfterHold(f"{event}_while_{state}")
