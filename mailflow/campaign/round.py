"""A campaign file (TOML): one round of registration, checked as a whole when it is read."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from mailflow.campaign.calendar import OfficialYear, WorkingDays
from mailflow.campaign.exams import Exam, PassRules, same_name
from mailflow.campaign.fees import Fees, NoFee, quote
from mailflow.campaign.materials import ROSTER, Added, Course, Links, RosterColumn
from mailflow.campaign.settlement_terms import SettlementTerms
from mailflow.campaign.slip_settings import SlipSettings
from mailflow.campaign.strict import Strict
from mailflow.campaign.windows import Certificates, Refund, Reward

TAIPEI = ZoneInfo("Asia/Taipei")


class Closure(Strict):
    """A day on which the office turned out to be closed after the round was announced."""

    on: date
    why: str = Field(min_length=1)
    noted_at: datetime | None = None
    noted_by: str = ""


class Calendar(Strict):
    """The office's own days off and extra working days, known when the round is announced.

    `closures` came later (a typhoon day) and `years` were imported from the government's file;
    `mailflow campaign close` and `mailflow campaign calendar import` keep both in files beside the
    campaign file.
    """

    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    closures: tuple[Closure, ...] = ()
    years: tuple[OfficialYear, ...] = ()

    @property
    def closed_since(self) -> frozenset[date]:
        return frozenset(closure.on for closure in self.closures)


class LateProof(Strict):
    """A payment in time whose proof came late is accepted by the machine for so many days after
    the end, if payment, mail and arrival are all sure; anything unsure is for staff."""

    accept_if_paid_in_time_within_days: int = Field(ge=1, le=60)


class Campaign(Strict):
    """One round. All times of day are Asia/Taipei.

    `student_address` is the school's form of a student's address, e.g. `t{student_no}@example.org`.
    `register_until` and `pay_until` (payment and proof) are announced, inclusive; the properties
    of these names are what counts after the office's later closures. `grace_working_days` is
    hidden and only delays giving up. `reminder_days` count back from the day that counts.
    `late_proof` is what happens to a proof that comes when a case counts as given up.
    `privacy_notice` is the version of the personal data notice that letters carry.
    """

    id: Annotated[str, Field(pattern=r"^[0-9]{3}-[0-9]$")]
    case_prefix: Annotated[str, Field(pattern=r"^[A-Za-z]+[0-9]{3}$")]
    title: str
    office: str
    student_address: str = Field(default="", pattern=r"^$|^[a-z]*\{student_no\}@[a-z0-9.-]+$")
    phone: str = ""
    opens_on: date
    announced_register_until: datetime = Field(alias="register_until")
    announced_pay_until: datetime = Field(alias="pay_until")
    promise_working_days: int = Field(default=3, ge=1)
    grace_working_days: int = Field(default=1, ge=0)
    reminder_days: tuple[int, ...] = (3, 1)
    reminder_minimum_age_hours: int = Field(default=24, ge=0)
    late_proof: Literal["staff"] | LateProof = "staff"
    confirm_token_days: int = Field(default=60, ge=1)
    exam_areas: tuple[str, ...] = ("臺北", "新竹", "臺中", "臺南", "高雄")
    privacy_notice: str = Field(default="1", pattern=r"^[0-9A-Za-z.-]+$")
    show_personal_numbers: bool = True
    group_code: str = ""
    fees: Fees = Fees()
    pass_rules: PassRules = PassRules()
    exams: tuple[Exam, ...] = Field(min_length=1)
    certificates: Certificates = Certificates()
    refund: Refund = Refund()
    reward: Reward | None = None
    links: Links = Links()
    slip: SlipSettings = SlipSettings()
    courses: tuple[Course, ...] = ()
    texts: dict[str, Added] = Field(default_factory=dict)
    roster: tuple[RosterColumn, ...] = ROSTER
    calendar: Calendar = Calendar()
    settlement: SettlementTerms = SettlementTerms()

    @model_validator(mode="after")
    def _in_order(self) -> "Campaign":
        for name in ("register_until", "pay_until"):
            if getattr(self, f"announced_{name}").tzinfo is None:
                raise ValueError(f"{name}: write the offset too, e.g. 2025-09-17T17:00:00+08:00")
        ends = [_day(self.announced_register_until), _day(self.announced_pay_until)]
        if not self.opens_on <= ends[0] <= ends[1]:
            raise ValueError("dates are not in order: opens_on ≤ register_until ≤ pay_until")
        if len({exam.name for exam in self.exams}) != len(self.exams):
            raise ValueError("exams: the same name stands twice")
        return self

    @property
    def working_days(self) -> WorkingDays:
        closed = self.calendar.closed | self.calendar.closed_since
        return WorkingDays(closed, self.calendar.open, self.calendar.years)

    @property
    def register_until(self) -> datetime:
        """The last moment to register; on a day that the office closed, the next working day."""
        return self._moved(self.announced_register_until)

    @property
    def pay_until(self) -> datetime:
        """The last moment for payment and proof; moved like `register_until`."""
        return max(self._moved(self.announced_pay_until), self.register_until)

    def with_deadline(self, until: datetime | None) -> "Campaign":
        """The same round for a case whose deadline staff have named; itself without one.

        Grace, closures and reminders follow from that day as from the announced one.
        """
        if until is None:
            return self
        local = until.astimezone(TAIPEI)
        ends = {"announced_register_until": local, "announced_pay_until": local}
        return self.model_copy(update=ends)

    def exam(self, name: str) -> Exam | None:
        """The exam of that name, blanks and brackets ignored; None when there is none."""
        return next((exam for exam in self.exams if same_name(exam.name, name)), None)

    def rules_of(self, exam: Exam) -> PassRules:
        """What passing this exam means."""
        return exam.pass_rules or self.pass_rules

    def areas_of(self, exam: Exam) -> tuple[str, ...]:
        """Where this exam is held."""
        return exam.exam_areas or self.exam_areas

    def courses_for(self, exam_name: str) -> tuple[Course, ...]:
        """The school's courses for an exam; a course names it without the level."""
        exam = self.exam(exam_name)
        bare = exam.name.removesuffix(exam.level) if exam else exam_name
        return tuple(course for course in self.courses if same_name(course.exam, bare))

    def address_mismatch(self, address: str, student_no: str) -> bool:
        """A school address that belongs to another student number."""
        host = self.student_address.rpartition("@")[2]
        if not host or address.lower().rpartition("@")[2] != host:
            return False
        return address.lower() != self.student_address.format(student_no=student_no.lower())

    def quote(self, exam_name: str, subjects: str, *, retake: bool) -> int | NoFee:
        """What the student pays for the subjects as the form names them, NT$, or why it is open."""
        exam = self.exam(exam_name)
        if exam is None:
            return NoFee.EXAM
        return quote(exam, subjects, retake=retake, fees=self.fees)

    def fee(self, exam_name: str, subjects: str, *, retake: bool) -> int | None:
        """`quote` as an amount; None when there is none, and then a person decides."""
        amount = self.quote(exam_name, subjects, retake=retake)
        return None if isinstance(amount, NoFee) else amount

    def promised_by(self, on: date) -> date:
        """The last day on which the office keeps its promise for what came in on `on`."""
        return self.working_days.add(on, self.promise_working_days)

    def counts_until(self, due_on: date) -> date:
        """The day until which a slip with this printed date may be paid: it moves along with the
        announced deadline when the office closed on that day."""
        announced = _day(self.announced_pay_until)
        return _day(self.pay_until) if due_on == announced else due_on

    def gives_up_at(self) -> datetime:
        """When an unpaid registration counts as given up.

        The deadline plus the hidden grace, and one working day more for each one that the office
        lost between the end of registration and the deadline.
        """
        ends = _day(self.pay_until)
        last = self.working_days.add(ends, self.grace_working_days + self._lost_days())
        return datetime.combine(last, time(23, 59, 59), TAIPEI)

    def reminder_on(self, days: int) -> date:
        """The day of the reminder; on a day that the office closed, the next one before the end."""
        ends = _day(self.pay_until)
        on = wanted = ends - timedelta(days=days)
        while on in self.calendar.closed_since and on < ends:
            on += timedelta(days=1)
        return on if on < ends else wanted

    def refund_invited_on(self) -> date | None:
        """The first working day after `refund.invite_after`."""
        after = self.refund.invite_after
        return self.working_days.add(after, 1) if after else None

    def refund_counted_from(self) -> date | None:
        """The day from which the window for refund applications runs; None while unknown."""
        starts = {
            "invitation": (self.refund_invited_on(),),
            "certificates": (self.certificates.issued_from,),
            "later": (self.refund_invited_on(), self.certificates.issued_from),
        }[self.refund.counted_from]
        known = [day for day in starts if day]
        return max(known) if len(known) == len(starts) else None

    def refund_until(self) -> date | None:
        """The last day for refund applications: a working day; None while unknown."""
        start = self.refund_counted_from()
        if start is None:
            return None
        return self.working_days.on_or_after(_months_later(start, self.refund.window_months))

    def _moved(self, announced: datetime) -> datetime:
        local = announced.astimezone(TAIPEI)
        if local.date() not in self.calendar.closed_since:
            return announced
        return datetime.combine(self.working_days.add(local.date(), 1), local.timetz())

    def _lost_days(self) -> int:
        """Working days on which the office turned out to be closed while slips went out."""
        usual = self.working_days.without(self.calendar.closed_since)
        first, ends = _day(self.announced_register_until), _day(self.announced_pay_until)
        return sum(
            usual.is_working(day) for day in self.calendar.closed_since if first <= day < ends
        )


def _day(at: datetime) -> date:
    return at.astimezone(TAIPEI).date()


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = date(day.year + (day.month + months) // 12, (day.month + months) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
