"""After the exam: results, certificates, refunds, retakes, rewards. Rules alone; pure."""

from mailflow.aftercare.passing import KeptSubject, Mark, Outcome, Result, Sitting, judge
from mailflow.aftercare.payees import Payee
from mailflow.aftercare.retakes import NoOffer, Offer
from mailflow.aftercare.steps import (
    EXAM_STEPS,
    REFUND_STEPS,
    AftercareState,
    AfterEvent,
    AfterHold,
    AfterLetter,
    RefundState,
    decide_exam,
    decide_refund,
)

__all__ = [
    "EXAM_STEPS",
    "REFUND_STEPS",
    "AfterEvent",
    "AfterHold",
    "AfterLetter",
    "AftercareState",
    "KeptSubject",
    "Mark",
    "NoOffer",
    "Offer",
    "Outcome",
    "Payee",
    "RefundState",
    "Result",
    "Sitting",
    "decide_exam",
    "decide_refund",
    "judge",
]
