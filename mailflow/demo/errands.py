"""What the office does after the deadline, day by day: the bank's file, results, certificates,
refunds, the reward. Each comes as a file or a command, as in the office itself."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from mailflow.aftercare import AftercareState, RefundState
from mailflow.campaign import Delivery, Exam
from mailflow.campaign.round import TAIPEI
from mailflow.demo.agenda import Agenda, morning
from mailflow.demo.bank import Bank
from mailflow.demo.habits import Asking, Marks
from mailflow.demo.staff import Staff
from mailflow.desk import certifying, paying, refunding, rewarding
from mailflow.desk.bank_files import import_lines
from mailflow.desk.money_report import ask_about_claims
from mailflow.desk.results import import_results
from mailflow.person import Field
from mailflow.sheets import PersonRow, read_results, read_statement, to_csv
from mailflow.store import aftercare, cases, lookup
from mailflow.workflow import State

Plan = Callable[[datetime, Callable[[], object]], None]

_WHY = "rehearsal"
_RESULTS = ("學號", "鑑定項目", "日期", "科目", "成績")
_GOOD, _KEPT, _BAD, _ABSENT = "85", "75", "40", "缺考"
_MONEY_TAKES = timedelta(days=7)  # from the accountant's list to the transfer
_BETWEEN_LISTS = timedelta(days=14)
_COLLECTIONS = (timedelta(days=6), timedelta(days=28))
_GOING = (RefundState.APPLIED, RefundState.VERIFIED, RefundState.LISTED)
_PATIENCE = 2  # so often an account is asked for


@dataclass(slots=True)
class Errands:
    """`plan` calls something at a time."""

    staff: Staff
    bank: Bank
    agenda: Agenda
    plan: Plan
    _asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _sent_back: set[str] = field(default_factory=set)

    def plan_all(self) -> None:
        """Put everything into the calendar."""
        first, last = self.agenda.bank_days
        self._on(first, self._settle)
        self._on(last, self._settle_last)
        for day in self.agenda.results_days:
            self._on(day, partial(self._results, day))
        self._on(self.agenda.certificates_on, self._certificates)
        for later in _COLLECTIONS:
            collect = partial(self._collect, all_of_them=later == _COLLECTIONS[-1])
            self._on(self.agenda.certificates_on + later, collect)
        if self.agenda.campaign.reward:
            self._on(self.agenda.campaign.reward.published_on, self._publish)
        if self.agenda.invitation_days:
            self._plan_refunds()

    def _plan_refunds(self) -> None:
        for day in self.agenda.invitation_days:
            self._on(day, self._invite)
        for day in self.agenda.verifying_days():
            self._on(day, self._verify)
        days = self.agenda.campaign.working_days
        self._on(days.add(self.agenda.closes_on, 3), self._list)

    def _on(self, day: date, deed: Callable[[], object]) -> None:
        """On that day, or the first working day after it."""
        self.plan(morning(self.agenda.campaign.working_days.on_or_after(day)), deed)

    # money

    def _settle(self) -> None:
        office, now = self.staff.office, self.staff.office.clock.now()
        until = now.astimezone(TAIPEI).date() - timedelta(days=1)
        found = read_statement(self.bank.statement(until), campaign=office.rules.campaign)
        import_lines(
            office.store,
            office.rules,
            found.lines,
            name=f"bank-{until}.csv",
            actor="clerk",
            now=now,
            until=until,
        )

    def _settle_last(self) -> None:
        """The last file, and what claims it leaves without money."""
        self._settle()
        office = self.staff.office
        ask_about_claims(office.store, office.rules, now=office.clock.now())

    # results and certificates

    def _results(self, day: date) -> None:
        """The examiner's file of that day."""
        campaign = self.agenda.campaign
        due = {exam.name: exam for exam in campaign.exams if self.agenda.results_on(exam) == day}
        rows = []
        office = self.staff.office
        with office.store.read() as tx:
            for case_id in lookup.in_states(tx, (State.PAID, State.COMPLETE), campaign=campaign.id):
                data = cases.load(tx, case_id).data
                exam = due.get(data[Field.EXAM])
                if exam:
                    marks = self.staff.people[data[Field.EMAIL]].marks
                    head = (data[Field.STUDENT_NO], exam.name, self.agenda.held_on(exam))
                    rows += [(*head, *mark) for mark in _marks(exam, data[Field.SUBJECTS], marks)]
        if not rows:
            return
        subjects = {one.name for exam in due.values() for one in exam.subjects}
        found = read_results(to_csv(_RESULTS, rows), subjects=subjects)
        import_results(self.staff.desk(), found)

    def _certificates(self) -> None:
        on = self.agenda.certificates_on
        for exam in self.agenda.campaign.exams:
            is_school = exam.delivery is Delivery.SCHOOL
            deed = certifying.arrived if is_school else certifying.posted
            deed(self.staff.desk(), exam=exam.name, on=on)

    def _collect(self, *, all_of_them: bool = False) -> None:
        """Every second one comes soon, the others when they find the time."""
        office = self.staff.office
        with office.store.read() as tx:
            campaign = self.agenda.campaign.id
            ready = aftercare.in_states(tx, (AftercareState.READY,), campaign=campaign)
            numbers = [lookup.number_of(tx, case_id) for case_id in ready]
        came = numbers if all_of_them else numbers[::2]
        people = [PersonRow(place, case=number) for place, number in enumerate(came, start=1)]
        if people:
            certifying.collected(self.staff.desk(), people)

    # refunds

    def _invite(self) -> None:
        refunding.invite(self.staff.desk())

    def _verify(self) -> None:
        """Look at every certificate that has come: refuse the wrong ones, then take the rest."""
        desk = self.staff.desk()
        for line in refunding.listing(desk, (RefundState.APPLIED,)):
            person = self.staff.person_of(line.number)
            if person.asking is Asking.WRONG_PICTURE and line.number not in self._sent_back:
                self._sent_back.add(line.number)
                refunding.refuse(desk, line.number, reasons=["other_certificate"], why=_WHY)
                self.staff.decided["refund", "refuse"] += 1
            elif line.doubts:
                refunding.verify(desk, [line.number], why=_WHY)
                self.staff.decided["refund doubt", "verify"] += 1
        done = refunding.verify(desk, why=_WHY).done
        self.staff.decided["refund", "verify"] += len(done)

    def _list(self) -> None:
        """A list for the accountant, as often as somebody waits for money."""
        desk = self.staff.desk()
        self._verify()
        for line in refunding.listing(desk, (RefundState.VERIFIED,)):
            if not line.account and not line.account_waits:
                self._miss_account(line.number)
        lines = refunding.listing(desk, _GOING)
        if any(line.state is RefundState.VERIFIED and line.account for line in lines):
            made = paying.payout(desk)
            self.staff.decided["payout", "list"] += 1
            today = self.staff.office.clock.now().astimezone(TAIPEI).date()
            self._on(today + _MONEY_TAKES, partial(self._pay, made.number))
        if lines:
            today = self.staff.office.clock.now().astimezone(TAIPEI).date()
            self._on(today + _BETWEEN_LISTS, self._list)

    def _miss_account(self, number: str) -> None:
        """Ask again; whoever never answers gets no money."""
        desk = self.staff.desk()
        self._asked[number] += 1
        if self._asked[number] <= _PATIENCE:
            paying.ask_account(desk, number, why=_WHY)
            self.staff.decided["account", "ask"] += 1
        else:
            note = "多次詢問仍未收到匯款帳號，無法退費。"
            refunding.refuse(desk, number, reasons=["other"], note=note, why=_WHY)
            self.staff.decided["account", "refuse"] += 1

    def _pay(self, number: str) -> None:
        """The money leaves; what goes to a closed account comes back."""
        desk = self.staff.desk()
        back = []
        for line in refunding.listing(desk, (RefundState.LISTED,)):
            is_closed = self.staff.person_of(line.number).asking is Asking.CLOSED_ACCOUNT
            if is_closed and line.number not in self._sent_back:
                self._sent_back.add(line.number)
                back.append(line.number)
        on = self.staff.office.clock.now().astimezone(TAIPEI).date()
        paying.paid(desk, number, on=on, why=_WHY, besides=back)
        self.staff.decided["payout", "paid"] += 1

    # the reward

    def _publish(self) -> None:
        """Decide what is left, say who has a shared place, then the list."""
        desk = self.staff.desk()
        self.staff.certificates(desk)
        _, ranked = rewarding.listing(desk)
        taken: dict[int, int] = defaultdict(int)
        for one in ranked:
            rank = one.standing.rank
            if one.standing.tied:
                rewarding.place(desk, one.number, rank + taken[rank], why=_WHY)
                taken[rank] += 1
                self.staff.decided["reward", "place"] += 1
        rewarding.publish(desk)


def _marks(exam: Exam, subjects: str, marks: Marks) -> list[tuple[str, str]]:
    """Each chosen subject with its score."""
    chosen = [one.name for one in exam.chosen(subjects) or exam.subjects]
    scores = {
        Marks.PASSES: [_GOOD] * len(chosen),
        Marks.KEEPS: [_KEPT, *[_BAD] * (len(chosen) - 1)],
        Marks.FAILS: [_BAD] * len(chosen),
        Marks.ABSENT: [_ABSENT] * len(chosen),
    }[marks]
    return list(zip(chosen, scores, strict=True))
