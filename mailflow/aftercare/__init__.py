"""After the exam: results, certificates, refunds, retakes, rewards. Rules alone; pure."""

from mailflow.aftercare.passing import KeptCount, KeptSubject, Mark, Outcome, PassRule, Result
from mailflow.aftercare.payees import Payee
from mailflow.aftercare.plan import AfterPlan, Delivery, ExamPlan
from mailflow.aftercare.refunds import CountsFrom, RefundWindow
from mailflow.aftercare.retakes import NextRound, NoOffer, Offer, RoundExam
from mailflow.aftercare.rewards import RewardRule
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
    "AfterPlan",
    "AftercareState",
    "CountsFrom",
    "Delivery",
    "ExamPlan",
    "KeptCount",
    "KeptSubject",
    "Mark",
    "NextRound",
    "NoOffer",
    "Offer",
    "Outcome",
    "PassRule",
    "Payee",
    "RefundState",
    "RefundWindow",
    "Result",
    "RewardRule",
    "RoundExam",
    "decide_exam",
    "decide_refund",
]
