"""A round under way in the store: who is asked, who is billed, and what leaves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select
from store.people import ANNE, SLIP

from mailflow.campaign import TAIPEI
from mailflow.person import Registration
from mailflow.store import cases, folders, inbox, outbox
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.due import look
from mailflow.store.inbox import Arrival
from mailflow.store.outbox import Leaving, Sending
from mailflow.store.tables import Inbox, InboxState, Outbox, OutboxState
from mailflow.workflow import Event
from mailflow.workflow.clocks import Say


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """In the year of the sample round, on Taipei's clocks."""
    return datetime(2025, month, day, hour, minute, tzinfo=TAIPEI).astimezone(UTC)


@dataclass
class Round:
    """`now` is the office's time; every letter that leaves does so at once."""

    store: Store
    rules: Rules
    now: datetime = field(default_factory=lambda: at(9, 10))
    begun_at: datetime = field(default_factory=lambda: at(9, 1))
    mails: int = 0
    left: list[str] = field(default_factory=list)

    def ticks(self) -> datetime:
        """The office's time as a real clock tells it: never the same twice."""
        self.now += timedelta(microseconds=1)
        return self.now

    def asked(self, data: Registration = ANNE) -> CaseView:
        with self.store.write() as tx:
            return self._work(tx).register(data, cause=Cause("clerk"), problems=())

    def billed(self, data: Registration = ANNE) -> CaseView:
        case = self.asked(data)
        with self.store.write() as tx:
            cases.put_slip(tx, case, SLIP, now=self.now)
        return self.happens(case, Event.CONFIRM)

    def happens(self, case: CaseView, event: Event, *, occasion: str = "") -> CaseView:
        with self.store.write() as tx:
            cause = Cause("mailflow", occasion=occasion)
            self._work(tx).happen(cases.load(tx, case.id), event, cause=cause)
            return cases.load(tx, case.id)

    def _work(self, tx: Transaction) -> Casework:
        return Casework(tx, self.rules, now=self.now)

    def load(self, case: CaseView) -> CaseView:
        with self.store.read() as tx:
            return cases.load(tx, case.id)

    # Mail

    def compares(self) -> None:
        """The mailbox is compared with the ledger: all that came is known."""
        with self.store.write() as tx:
            folders.note_progress(tx, "office", "INBOX", uidvalidity=1, uid=0, now=self.now)

    def writes(self, case: CaseView, *, intent: str = "other", read: bool = True) -> str:
        """A mail of this student comes, and is read."""
        self.mails += 1
        raw = b"Subject: %d\r\n\r\n" % self.mails
        arrival = Arrival("office", "INBOX", 1, self.mails, raw, len(raw), self.now)
        with self.store.write() as tx:
            (row_id,) = inbox.store_arrivals(tx, [arrival], now=self.now)
            row = tx.session.get_one(Inbox, row_id)
            row.case_id, row.intent = case.id, intent
            row.state = InboxState.APPLIED if read else InboxState.RECEIVED
        return row_id

    # Letters

    def sends(self) -> list[str]:
        """All letters that may leave now do; returns their kinds."""
        left = []
        while letter := self.claims():
            with self.store.write() as tx:
                outbox.conclude(tx, letter, OutboxState.SENT, dsn="250", now=self.now)
            left.append(letter.letter)
        self.left += left
        return left

    def claims(self) -> Sending | None:
        with self.store.write() as tx:
            due = outbox.next_due(tx)
        while due is not None and due <= self.now:
            with self.store.write() as tx:
                letter = outbox.claim_due(
                    tx, owner="t", now=self.now, lease=timedelta(minutes=5), look=self._look
                )
                due = outbox.next_due(tx)
            if letter:
                return letter
        return None

    def _look(self, tx: Transaction, letter: Leaving) -> Say:
        return look(tx, letter, self.rules.campaign, now=self.now, begun_at=self.begun_at)

    def letters(self, *kinds: str) -> list[tuple[str, str, str]]:
        """Kind, state and reason of the letters written so far."""
        with self.store.read() as tx:
            rows = tx.session.exec(select(Outbox).order_by(col(Outbox.id)))
            return [(r.letter, r.state, r.reason) for r in rows if not kinds or r.letter in kinds]
