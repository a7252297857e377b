"""Play the demo: students write, the daemon works, the terminal tells what happens."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from mailflow.demo.office import ELSEWHERE, OFFICE, SandboxOffice
from mailflow.demo.people import CAST, Student
from mailflow.demo.students import Actor, Letter
from mailflow.store import cases, lookup
from mailflow.store.census import census
from mailflow.store.inbox import any_received
from mailflow.store.queue import open_items
from mailflow.workflow import State

Tell = Callable[[str, str, str], None]  # from, to, what

_QUIET_SECONDS = 1.5
_LONGEST = 240.0


@dataclass(frozen=True, slots=True)
class Ending:
    """How one student's round ended. `alone`: no person was needed."""

    student: Student
    case: str
    state: State | None
    letters: int
    waiting: tuple[str, ...]

    @property
    def alone(self) -> bool:
        return not self.waiting and self.state in (State.COMPLETE, State.ABANDONED)


@dataclass(slots=True)
class Play:
    """One performance in one sandbox office."""

    office: SandboxOffice
    tell: Tell
    _post: "queue.Queue[tuple[str, bytes]]" = field(default_factory=queue.Queue)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def perform(self) -> list[Ending]:
        """From the first registration to the deadline; returns how it ended for each student."""
        self.office.on_letter(lambda to, raw: self._post.put((to, raw)))
        for student in CAST:
            actor = Actor(student, OFFICE, self._send, self.office.clock.now)
            self._actors[student.address] = actor
        self.office.start_daemon()
        self.tell("研發處", "mailflow", "匯入報名表單")
        self.office.import_form()
        for actor in self._actors.values():
            actor.begin()
        self._until_quiet()
        self.tell("研發處", "mailflow", "再次匯入（表單已增長）")
        self.office.import_late_slips()
        self._until_quiet()
        self.tell("時間", "", "繳費期限已過")
        self.office.after_deadline()
        time.sleep(3)  # a full comparison of the mailbox must fall after the deadline
        self.office.daemon.look()
        self._until_quiet()
        return self._endings()

    def _send(self, sender: str, message: EmailMessage) -> None:
        message["From"] = sender
        message["Delivered-To"] = str(message["To"])
        self.tell(self._name(sender), "研發處", str(message["Subject"]))
        self.office.servers.deliver(OFFICE, message.as_bytes())

    def _until_quiet(self) -> None:
        """Hand out letters until nothing has moved for a while and nothing is being worked on."""
        quiet_since = time.monotonic()
        give_up = quiet_since + _LONGEST
        while time.monotonic() - quiet_since < _QUIET_SECONDS and time.monotonic() < give_up:
            try:
                recipient, raw = self._post.get(timeout=0.1)
            except queue.Empty:
                if self._busy():
                    quiet_since = time.monotonic()
                continue
            quiet_since = time.monotonic()
            self._hand_out(recipient, raw)

    def _hand_out(self, recipient: str, raw: bytes) -> None:
        letter = Letter.parse(raw)
        self.tell("研發處", self._name(recipient), letter.subject)
        actor = self._actors.get(recipient.lower())
        if actor:
            actor.got(letter)

    def _busy(self) -> bool:
        with self.office.store.read() as tx:
            moving = {c.state for c in census(tx) if c.table == "outbox"}
            return any_received(tx) or bool(moving & {"queued", "sending"})

    def _name(self, address: str) -> str:
        if address == ELSEWHERE:
            return "胡戈（私人信箱）"
        actor = self._actors.get(address.lower())
        return actor.student.name if actor else address

    def _endings(self) -> list[Ending]:
        with self.office.store.read() as tx:
            endings = []
            for student in CAST:
                found = lookup.by_address(tx, student.address)
                if not found:
                    endings.append(Ending(student, "", None, 0, ("not_registered",)))
                    continue
                case = cases.load(tx, found[0])
                waiting = tuple(
                    reason for item in open_items(tx, case_id=case.id) for reason in item.reasons
                )
                letters = len(self._actors[student.address].letters)
                endings.append(Ending(student, case.number, case.state, letters, waiting))
            return endings
