"""A whole round in minutes: the clock jumps, everything else is real.

Whatever happens is a plan: students write to the embedded servers when their sort of people would,
the form's export grows, staff look at their queue on the next working day, the office does its
errands. The clock jumps to the next plan; between the stages of a round that is whole weeks.
"""

import heapq
import itertools
import queue
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_, select

from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.demo.agenda import Agenda, morning
from mailflow.demo.bank import Bank
from mailflow.demo.errands import Errands
from mailflow.demo.habits import Asking, Handing
from mailflow.demo.office import OFFICE, Row, SandboxOffice, SlipColumns
from mailflow.demo.people import BANK
from mailflow.demo.rehearsed import Person
from mailflow.demo.staff import Staff
from mailflow.demo.students import INVITATION, SLIP, Actor, Letter
from mailflow.runners.clock import Clock
from mailflow.store.census import census
from mailflow.store.database import Transaction
from mailflow.store.inbox import any_received
from mailflow.store.tables import Folder, Inbox, Outbox, OutboxState

Tell = Callable[[datetime, str], None]

_SLOT = timedelta(hours=3)  # what people do in so many hours happens at their end
_IMPORTS_AT = (9, 18)
_LONGEST = 300.0  # seconds for what one slot brings
_A_MINUTE = timedelta(minutes=1)
_POLL, _POLL_AT_LAST = 0.02, 0.1  # seconds; looking costs those whom one waits for
_RING = 0.5  # seconds between reminders to the loops, should one have missed its bell
_WAITING = (OutboxState.QUEUED, OutboxState.DEFERRED)
_PAYS_LATE = "olaf"
_WITHOUT_CERTIFICATES = ("silent", "dirk", "gela")  # never write, or are not registered for long


@dataclass(slots=True)
class Rehearsal:
    """One round with invented people; `received` are the letters in each one's mailbox."""

    office: SandboxOffice
    people: Sequence[Person]
    tell: Tell
    seed: int = 1
    received: dict[str, list[Letter]] = field(default_factory=dict)
    staff: Staff = field(init=False)
    agenda: Agenda = field(init=False)
    _bank: Bank = field(init=False)
    _chances: dict[str, random.Random] = field(init=False)
    _plans: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    _post: "queue.Queue[tuple[str, bytes]]" = field(default_factory=queue.Queue)
    _clock: Clock = field(init=False)
    _actors: dict[str, Actor] = field(default_factory=dict)
    _by_address: dict[str, Person] = field(default_factory=dict)
    _registered: dict[str, datetime] = field(default_factory=dict)
    _mornings: set[datetime] = field(default_factory=set)
    _delivered: int = 0

    def __post_init__(self) -> None:
        campaign = self.office.rules.campaign
        self._bank = Bank(campaign.working_days)
        self._by_address = {person.student.address: person for person in self.people}
        # Each has an own one: whose letter comes first is not the same in every run.
        self._chances = {to: random.Random(f"{self.seed} {to}") for to in self._by_address}
        self.staff = Staff(self.office, self._by_address, self._bank)
        self.agenda = Agenda(campaign)

    def perform(self) -> None:
        """From the opening of the round until everybody's end."""
        opens = morning(self.agenda.campaign.opens_on)
        self._jump(opens)
        self._clock = Clock(self.office.store, self.office.rules, now=self.office.clock.now)
        self.office.on_letter(lambda to, raw: self._post.put((to, raw)))
        for person in self.people:
            self._introduce(person, opens)
        for day in self.agenda.clock_days():
            self._wake(morning(day))
        Errands(self.staff, self._bank, self.agenda, self._plan).plan_all()
        self.office.start_daemon()
        while self._plans:
            at = self._slot_of(self._plans[0][0])
            self._jump(at)
            self._slot(at)
        self.tell(self.office.clock.now(), "the round is over")

    # people

    def _introduce(self, person: Person, opens: datetime) -> None:
        student = person.student
        actor = Actor(
            student,
            OFFICE,
            self._send_later(person),
            self.office.clock.now,
            pay=self._bank.take,
            asking=person.asking,
            handing=person.handing,
        )
        self._actors[student.address] = actor
        self.received[student.address] = []
        self._plan(opens + person.registers_after, partial(self._register, student.address))
        self._plan_certificate(person, actor)

    def _register(self, address: str) -> None:
        """The form is filled in; the export has it from the next time on."""
        now = self.office.clock.now().astimezone(TAIPEI)
        self._registered[address] = now
        hour = next((hour for hour in _IMPORTS_AT if hour > now.hour), None)
        day = now.date() if hour else now.date() + timedelta(days=1)
        at = datetime.combine(day, time_of_day(hour or _IMPORTS_AT[0]), TAIPEI)
        self._once(at.astimezone(UTC), self._import_form)

    def _plan_certificate(self, person: Person, actor: Actor) -> None:
        """Some hand in a certificate for the reward."""
        reward = self.agenda.campaign.reward
        if reward is None or person.handing is Handing.NOTHING:
            return
        if person.sort.role in _WITHOUT_CERTIFICATES:
            return
        since = self.agenda.campaign.register_until
        if since < reward.upload_until:
            share = self._chances[person.student.address].uniform(0.3, 0.95)
            self._plan(since + (reward.upload_until - since) * share, actor.hand_in)

    def _send_later(self, person: Person) -> Callable[[str, EmailMessage], None]:
        """What a student writes goes off when she gets round to it."""
        chance = self._chances[person.student.address]

        def send(sender: str, message: EmailMessage) -> None:
            hours = chance.uniform(*person.sort.hours)
            automatic = message["Auto-Submitted"] is not None
            at = self.office.clock.now() + (timedelta() if automatic else timedelta(hours=hours))
            for _ in range(2 if person.sort.role == "twice" else 1):
                self._plan(at, partial(self._deliver, sender, message, at))

        return send

    def _deliver(self, sender: str, message: EmailMessage, at: datetime) -> None:
        del message["From"], message["Date"], message["Delivered-To"]
        message["From"] = sender
        message["Date"] = format_datetime(at)
        message["Delivered-To"] = str(message["To"])
        self.office.servers.deliver(OFFICE, message.as_bytes())
        self._delivered += 1

    def _hand_out(self, recipient: str, raw: bytes) -> None:
        actor = self._actors.get(recipient.lower())
        if actor is None:
            return
        letter = Letter.parse(raw)
        self.received[actor.student.address].append(letter)
        if actor.student.role == "silent":
            return
        at = self._opened_at(self._by_address[actor.student.address], letter)
        if at and at > self.office.clock.now():
            self._plan(at, partial(actor.got, letter))
        else:
            actor.got(letter)

    def _opened_at(self, person: Person, letter: Letter) -> datetime | None:
        """When a letter is opened that is not opened at once."""
        if SLIP in letter.subject and person.sort.role == _PAYS_LATE:
            return self.agenda.campaign.pay_until + timedelta(hours=8)
        if INVITATION not in letter.subject:
            return None
        chance = self._chances[person.student.address]
        since, until = morning(self.agenda.applies_from), morning(self.agenda.closes_on)
        if person.asking is Asking.LATE:
            return until + timedelta(days=chance.uniform(2, 9))
        last = until - timedelta(hours=person.sort.hours[1])
        return since + max(timedelta(), last - since) * chance.random()

    # time

    def _plan(self, at: datetime, deed: Callable[[], object]) -> None:
        heapq.heappush(self._plans, (at, next(self._order), deed))

    def _once(self, at: datetime, deed: Callable[[], object]) -> None:
        """Plan it, but not twice for the same moment."""
        if not any(when == at and planned == deed for when, _, planned in self._plans):
            self._plan(at, deed)

    def _wake(self, at: datetime) -> None:
        """On that morning clock and staff do their work, though nobody may have written."""
        if at not in self._mornings:
            self._mornings.add(at)
            self._plan(at, lambda: None)

    def _slot_of(self, at: datetime) -> datetime:
        """The end of the hours in which that falls, and never now."""
        first = max(at, self.office.clock.now() + timedelta(minutes=1)).astimezone(TAIPEI)
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight + _SLOT * -((midnight - first) // _SLOT)).astimezone(UTC)

    def _jump(self, to: datetime) -> None:
        self.office.clock.ahead = to - datetime.now(UTC)

    def _slot(self, at: datetime) -> None:
        while self._plans and self._plans[0][0] <= at:
            heapq.heappop(self._plans)[2]()
        self._until_quiet()
        if at in self._mornings:
            self._morning(at)
        with self.office.store.read() as tx:
            is_waiting = self._any_letter(tx)
        if is_waiting or self.staff.is_asked():
            days = self.agenda.campaign.working_days
            self._wake(morning(days.add(at.astimezone(TAIPEI).date(), 1)))

    def _morning(self, at: datetime) -> None:
        """The clock's work of the day, and staff's on working days."""
        self.office.daemon.compare()
        self._wait(partial(self._has_compared, at))
        self.office.clock.ahead += _A_MINUTE  # what could not leave before that is looked at again
        self._clock.step()
        if self.agenda.campaign.working_days.is_working(at.astimezone(TAIPEI).date()):
            self.staff.work()
        self.office.clock.ahead += _A_MINUTE
        self._until_quiet()
        states = self._count("cases")
        self.tell(at, " ".join(f"{state}={number}" for state, number in sorted(states.items())))

    # the office

    def _import_form(self) -> None:
        """The export as it stands, grown since the last time."""
        campaign = self.agenda.campaign
        is_made = campaign.slip.method is SlipMethod.MADE
        due = campaign.pay_until.date()
        self.office.import_rows(
            Row(
                submitted_at=self._registered[person.student.address],
                texts=dict(person.student.registration().values),
                slip=None
                if is_made
                else SlipColumns(person.student.fee, person.student.account, BANK, due),
            )
            for person in self.people
            if person.student.address in self._registered
        )

    def _until_quiet(self) -> None:
        """Until every mail is settled, every letter is out, and everybody has read theirs."""
        self._wait(self._all_is_done)

    def _wait(self, done: Callable[[], bool]) -> None:
        begun = rung = time.monotonic()
        pause = _POLL
        self.office.daemon.look()
        while not done():
            now = time.monotonic()
            if now - begun > _LONGEST:
                raise TimeoutError(f"{self._count('inbox')} {self._count('outbox')}")
            if now - rung > _RING:
                rung = now
                self.office.daemon.look()
            time.sleep(pause)
            pause = min(_POLL_AT_LAST, pause * 1.3)

    def _all_is_done(self) -> bool:
        while not self._post.empty():
            self._hand_out(*self._post.get())
        with self.office.store.read() as tx:
            if any_received(tx) or self._any_letter(tx, due_by=self.office.clock.now()):
                return False
            all_in = tx.session.exec(select(func.count()).select_from(Inbox)).one()
        return all_in == self._delivered and self._post.empty()

    def _any_letter(self, tx: Transaction, *, due_by: datetime | None = None) -> bool:
        """Whether a letter is on its way; some may not leave before a question is answered, and
        those are due later."""
        state = col(Outbox.state)
        waits: ColumnElement[bool] = state.in_(_WAITING)
        if due_by:
            waits = and_(waits, col(Outbox.due_at) <= due_by)
        moving = select(Outbox.id).where(or_(waits, state == OutboxState.SENDING)).limit(1)
        return tx.session.exec(moving).first() is not None

    def _has_compared(self, since: datetime) -> bool:
        """The whole mailbox was listed since then: only after that is anybody put out."""
        with self.office.store.read() as tx:
            compared = tx.session.exec(select(func.min(Folder.compared_at))).one()
        return compared is not None and compared >= since

    def _count(self, table: str) -> dict[str, int]:
        with self.office.store.read() as tx:
            return {c.state: c.number for c in census(tx) if c.table == table}
