"""A campaign file (TOML): one round of registration, checked as a whole when it is read."""

import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mailflow.campaign.calendar import WorkingDays

TAIPEI = ZoneInfo("Asia/Taipei")


class CampaignError(ValueError):
    """The campaign file can't be used; the text lists every problem with its remedy."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Exam(_Strict):
    """One exam at one level. `fee` is what the student pays for the whole exam, in NT$;
    `retake_fee` for a single retaken subject."""

    name: str = Field(min_length=2)
    subjects: tuple[str, ...] = Field(min_length=1)
    fee: int = Field(gt=0)
    retake_fee: int | None = Field(default=None, gt=0)


class Links(_Strict):
    """Addresses that letters mention; an empty one is left out of the letter."""

    form: str = ""
    line_group: str = ""
    courses: str = ""
    digital_course: str = ""


class Calendar(_Strict):
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()


class SettlementColumns(_Strict):
    """Headers of the bank's file where they differ from the usual ones, by what stands below."""

    posted: str = ""
    paid: str = ""
    time: str = ""
    amount: str = ""
    withdrawn: str = ""
    account: str = ""
    payer: str = ""
    memo: str = ""
    reference: str = ""
    channel: str = ""
    status: str = ""


class SettlementTerms(_Strict):
    """How money reaches the office. `posting_working_days`: a store may pass it on so much later;
    until then nothing is said of a claim without money."""

    posting_working_days: int = Field(default=7, ge=0)
    columns: SettlementColumns = SettlementColumns()


class Campaign(_Strict):
    """One round. All times of day are Asia/Taipei.

    `student_address` is the school's form of a student's address, e.g. `t{student_no}@example.org`.
    `pay_until` is the announced deadline for payment and proof, inclusive; `grace_working_days`
    is hidden and only delays giving up. `reminder_days` count back from the announced day.
    """

    id: Annotated[str, Field(pattern=r"^[0-9]{3}-[0-9]$")]
    case_prefix: Annotated[str, Field(pattern=r"^[A-Za-z]+[0-9]{3}$")]
    title: str
    office: str
    student_address: str = Field(default="", pattern=r"^$|^[a-z]*\{student_no\}@[a-z0-9.-]+$")
    phone: str = ""
    opens_on: date
    register_until: datetime
    pay_until: datetime
    promise_working_days: int = Field(default=3, ge=1)
    grace_working_days: int = Field(default=1, ge=0)
    reminder_days: tuple[int, ...] = (3, 1)
    reminder_minimum_age_hours: int = Field(default=24, ge=0)
    confirm_token_days: int = Field(default=60, ge=1)
    exam_areas: tuple[str, ...] = ("臺北", "新竹", "臺中", "臺南", "高雄")
    exams: tuple[Exam, ...] = Field(min_length=1)
    links: Links = Links()
    calendar: Calendar = Calendar()
    settlement: SettlementTerms = SettlementTerms()

    @model_validator(mode="after")
    def _in_order(self) -> "Campaign":
        for name in ("register_until", "pay_until"):
            if getattr(self, name).tzinfo is None:
                raise ValueError(f"{name}: write the offset too, e.g. 2025-09-17T17:00:00+08:00")
        if not self.opens_on <= self.register_until.date() <= self.pay_until.date():
            raise ValueError("dates are not in order: opens_on ≤ register_until ≤ pay_until")
        if len({exam.name for exam in self.exams}) != len(self.exams):
            raise ValueError("exams: the same name stands twice")
        return self

    @property
    def working_days(self) -> WorkingDays:
        return WorkingDays(self.calendar.closed, self.calendar.open)

    def exam(self, name: str) -> Exam | None:
        """The exam of that name, blanks and brackets ignored; None when there is none."""
        wanted = re.sub(r"[\s()（）]", "", name)
        return next((e for e in self.exams if re.sub(r"[\s()（）]", "", e.name) == wanted), None)

    def address_mismatch(self, address: str, student_no: str) -> bool:
        """A school address that belongs to another student number."""
        host = self.student_address.rpartition("@")[2]
        if not host or address.lower().rpartition("@")[2] != host:
            return False
        return address.lower() != self.student_address.format(student_no=student_no.lower())

    def fee(self, exam_name: str, *, retake: bool) -> int | None:
        """What the student pays, NT$; None when the campaign has no price for it."""
        exam = self.exam(exam_name)
        if exam is None:
            return None
        return exam.retake_fee if retake else exam.fee

    def gives_up_at(self) -> datetime:
        """When an unpaid registration counts as given up: the deadline plus the hidden grace."""
        last = self.working_days.add(self.pay_until.date(), self.grace_working_days)
        return datetime.combine(max(last, self.pay_until.date()), time(23, 59, 59), TAIPEI)

    def reminder_on(self, days: int) -> date:
        return (self.pay_until - timedelta(days=days)).date()


def load_campaign(path: Path) -> Campaign:
    """Read and check a campaign file; raises CampaignError naming every problem."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CampaignError(f"{path}: {error}") from error
    try:
        return Campaign.model_validate(data)
    except ValidationError as error:
        lines = [
            f"{path}: {'.'.join(map(str, problem['loc'])) or 'campaign'}: {problem['msg']}"
            for problem in error.errors()
        ]
        raise CampaignError("\n".join(lines)) from error
