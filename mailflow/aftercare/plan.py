"""What a round has set for the time after its exams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mailflow.aftercare.passing import PassRule
from mailflow.aftercare.refunds import RefundWindow
from mailflow.aftercare.rewards import RewardRule


class Delivery(StrEnum):
    """How a certificate reaches the student."""

    SCHOOL = "school"
    POST = "post"


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """One exam; `exam_on` is None while its day is not known."""

    exam_on: date | None = None
    delivery: Delivery = Delivery.POST
    rule: PassRule = field(default_factory=PassRule)


@dataclass(frozen=True, slots=True)
class AfterPlan:
    """The round's settings by exam name; an exam that is not listed has the default ones.

    `successors` maps a stopped exam to the one that takes its kept subjects as an exemption.
    `pickup` says in the office's words where and when certificates are collected; `payee_days`
    is how long the button for the account works.
    """

    exams: Mapping[str, ExamPlan] = field(default_factory=dict)
    window: RefundWindow = field(default_factory=RefundWindow)
    reward: RewardRule = field(default_factory=RewardRule)
    successors: Mapping[str, str] = field(default_factory=dict)
    pickup: str = ""
    payee_days: int = 60

    def exam(self, name: str) -> ExamPlan:
        return self.exams.get(name, ExamPlan())
