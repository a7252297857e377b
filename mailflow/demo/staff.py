"""The staff of a rehearsal: what they decide about whatever waits, knowing what really happened."""

from collections import Counter
from dataclasses import dataclass, field

from mailflow.demo.office import SandboxOffice
from mailflow.demo.rehearsed import Person
from mailflow.desk import Desk, DeskError
from mailflow.store import cases
from mailflow.store.queue import Item, NotOpenError
from mailflow.workflow import Event

_UNDERPAYS = "cris"
_AGREED_TO = frozenset(
    {
        Event.CORRECT,
        Event.WITHDRAW,
        Event.ASK,
        Event.BILL,
        Event.DEADLINE,
        Event.RESEND_SLIP,
    }
)


@dataclass(slots=True)
class Staff:
    """One member of staff. `decided` counts verbs by what was asked, `stuck` what can't be done."""

    office: SandboxOffice
    people: dict[str, Person]
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)

    def work(self) -> None:
        """Decide everything that waits now."""
        desk = Desk(self.office.store, self.office.rules, actor="clerk", now=self.office.clock.now)
        for item, _ in desk.items():
            asked = item.event or item.reasons[0]
            try:
                self.decided[asked, self._decide(desk, item)] += 1
            except NotOpenError:
                continue  # decided together with another one
            except DeskError:
                self.stuck[asked] += 1
                desk.discard(item.id, why="rehearsal: nothing can be done here")

    def _decide(self, desk: Desk, item: Item) -> str:
        why = "rehearsal"
        if item.kind in ("letter", "office"):
            desk.discard(item.id, why=why)
            return "discard"
        if item.event == Event.PROOF:
            if self._has_paid(item):
                desk.accept(item.id, why=why)
                return "accept"
            desk.ask(item.id, why=why, note="金額不足，請補足差額後再寄一次證明。")
            return "ask"
        if item.event == Event.CONFIRM:
            desk.ask(item.id, why=why)
            return "ask"
        if item.event in _AGREED_TO:
            desk.accept(item.id, why=why)
            return "accept"
        return self._answer(desk, item)

    def _answer(self, desk: Desk, item: Item) -> str:
        """A question gets an answer in staff's own words; what belongs to nobody gets none."""
        if item.case_id is None or "bounce_failed" in item.reasons:
            desk.discard(item.id, why="rehearsal")
            return "discard"
        desk.ask(item.id, why="rehearsal", note="您好，可以提早離場，請依監試人員說明。")
        return "ask"

    def _has_paid(self, item: Item) -> bool:
        assert item.case_id
        with self.office.store.read() as tx:
            person = self.people.get(cases.load(tx, item.case_id).address)
        return person is not None and person.sort.role != _UNDERPAYS
