"""A whole round in minutes: the clock jumps, everything else is real.

Students write to the embedded servers when their sort of people would, the daemon works, staff look
at their queue every working day, and the form's export grows.
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

from sqlmodel import func, select

from mailflow.campaign.round import TAIPEI
from mailflow.demo.office import OFFICE, Row, SandboxOffice, SlipColumns
from mailflow.demo.people import BANK
from mailflow.demo.rehearsed import Person
from mailflow.demo.staff import Staff
from mailflow.demo.students import Actor, Letter
from mailflow.runners.clock import Clock
from mailflow.store.census import census
from mailflow.store.tables import Folder, Inbox, Outbox, OutboxState

Tell = Callable[[datetime, str], None]

_SLOT = timedelta(hours=3)  # what people do in so many hours happens at their end
_IMPORTS_AT = (9, 15, 18)
_STAFF_AT = 9
_LONGEST = 300.0  # seconds for what one slot brings
_ON_ITS_WAY = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.DEFERRED)


@dataclass(slots=True)
class Rehearsal:
    """One round with invented people; `received` are the letters in each one's mailbox."""

    office: SandboxOffice
    people: Sequence[Person]
    tell: Tell
    seed: int = 1
    received: dict[str, list[Letter]] = field(default_factory=dict)
    staff: Staff = field(init=False)
    _chance: random.Random = field(init=False)
    _plans: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    _post: "queue.Queue[tuple[str, bytes]]" = field(default_factory=queue.Queue)
    _actors: dict[str, Actor] = field(default_factory=dict)
    _registered: dict[str, datetime] = field(default_factory=dict)
    _delivered: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self.staff = Staff(self.office, {person.student.address: person for person in self.people})

    def perform(self) -> None:
        """From the opening of the round until everybody's end."""
        campaign = self.office.rules.campaign
        opens = datetime.combine(campaign.opens_on, time_of_day(9), TAIPEI).astimezone(UTC)
        self._jump(opens)
        self.office.on_letter(lambda to, raw: self._post.put((to, raw)))
        for person in self.people:
            self._introduce(person, opens)
        self.office.start_daemon()
        over = campaign.gives_up_at() + timedelta(days=3)
        while (at := self._next_slot()) <= over:
            self._jump(at)
            self._slot(at)
        self.tell(over, "the round is over")

    def _introduce(self, person: Person, opens: datetime) -> None:
        student = person.student
        actor = Actor(student, OFFICE, self._send_later(person), self.office.clock.now)
        self._actors[student.address] = actor
        self.received[student.address] = []
        at = opens + person.registers_after
        self._plan(at, lambda: self._registered.setdefault(student.address, at))

    def _send_later(self, person: Person) -> Callable[[str, EmailMessage], None]:
        """What a student writes goes off when she gets round to it."""

        def send(sender: str, message: EmailMessage) -> None:
            hours = self._chance.uniform(*person.sort.hours)
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

    def _plan(self, at: datetime, deed: Callable[[], object]) -> None:
        heapq.heappush(self._plans, (at, next(self._order), deed))

    def _next_slot(self) -> datetime:
        """The next moment at which somebody does something: a student, staff, or the clock."""
        now = self.office.clock.now().astimezone(TAIPEI)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        slots = (midnight + _SLOT * number for number in itertools.count(1))
        later = (slot for slot in slots if slot > now + timedelta(minutes=1))
        return next(slot for slot in later if self._is_busy(slot)).astimezone(UTC)

    def _is_busy(self, slot: datetime) -> bool:
        return slot.hour in _IMPORTS_AT or bool(self._plans and self._plans[0][0] <= slot)

    def _jump(self, to: datetime) -> None:
        self.office.clock.ahead = to - datetime.now(UTC)

    def _slot(self, at: datetime) -> None:
        while self._plans and self._plans[0][0] <= at:
            heapq.heappop(self._plans)[2]()
        local = at.astimezone(TAIPEI)
        if local.hour in _IMPORTS_AT:
            self._import_form()
        self._until_quiet()
        if local.hour == _STAFF_AT:
            self._morning(local)

    def _morning(self, local: datetime) -> None:
        """The clock's work of the day, and staff's on working days."""
        campaign = self.office.rules.campaign
        if local > campaign.gives_up_at():
            self._wait(self._has_compared)
        Clock(self.office.store, self.office.rules, now=self.office.clock.now).step()
        if campaign.working_days.is_working(local.date()):
            self.staff.work()
        self._until_quiet()
        states = self._count("cases")
        self.tell(local, " ".join(f"{state}={number}" for state, number in sorted(states.items())))

    def _import_form(self) -> None:
        """The export as it stands, grown since the last time."""
        campaign = self.office.rules.campaign
        if not self._registered or self.office.clock.now() > campaign.gives_up_at():
            return
        self.office.import_rows(
            Row(
                submitted_at=self._registered[person.student.address],
                texts=dict(person.student.registration().values),
                slip=SlipColumns(
                    person.student.fee, person.student.account, BANK, campaign.pay_until.date()
                ),
            )
            for person in self.people
            if person.student.address in self._registered
        )

    def _until_quiet(self) -> None:
        """Until every mail is settled, every letter is out, and everybody has read theirs."""
        self.office.daemon.look()
        self._wait(self._all_is_done)

    def _wait(self, done: Callable[[], bool]) -> None:
        give_up = time.monotonic() + _LONGEST
        while not done():
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self._count('inbox')} {self._count('outbox')}")
            self.office.daemon.look()
            time.sleep(0.05)

    def _all_is_done(self) -> bool:
        while not self._post.empty():
            self._hand_out(*self._post.get())
        with self.office.store.read() as tx:
            counts = census(tx)
        mails = {c.state: c.number for c in counts if c.table == Inbox.__tablename__}
        letters = {c.state for c in counts if c.table == Outbox.__tablename__}
        all_in = sum(mails.values()) == self._delivered and "received" not in mails
        return all_in and letters.isdisjoint(_ON_ITS_WAY) and self._post.empty()

    def _has_compared(self) -> bool:
        """The whole mailbox was listed since the round ended: only then is anybody given up."""
        with self.office.store.read() as tx:
            compared = tx.session.exec(select(func.min(Folder.compared_at))).one()
        return compared is not None and compared >= self.office.rules.campaign.gives_up_at()

    def _hand_out(self, recipient: str, raw: bytes) -> None:
        actor = self._actors.get(recipient.lower())
        if actor is None:
            return
        self.received[actor.student.address].append(Letter.parse(raw))
        if actor.student.role != "silent":
            actor.got(raw)

    def _count(self, table: str) -> dict[str, int]:
        with self.office.store.read() as tx:
            return {c.state: c.number for c in census(tx) if c.table == table}
