"""Deadlines and reminders: what time alone brings about."""

import logging
from datetime import datetime

from mailflow.aftercare import AfterEvent
from mailflow.campaign.round import TAIPEI
from mailflow.failpoints import failpoint
from mailflow.runners.loop import Now
from mailflow.store import cases, inbox, refunds
from mailflow.store.afterwork import AfterWork
from mailflow.store.audit import MACHINE
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.due import due_for, mail_is_read, may_be_due, unreminded, window_reminder
from mailflow.store.queue import open_decision, open_items
from mailflow.store.vault import SealError
from mailflow.workflow import Event
from mailflow.workflow.clocks import Due

log = logging.getLogger("mailflow")


class Clock:
    """`step` does one case at a time, each in its own transaction, re-read under the lock."""

    def __init__(self, store: Store, rules: Rules, *, now: Now) -> None:
        self._store = store
        self._rules = rules
        self._now = now
        self._begun_at = now()  # what came while nobody worked is read before anybody is reminded

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def step(self) -> bool:
        """Look at every case that waits for its student; False, for it is done with all."""
        now = self._now()
        with self._store.read() as tx:
            campaign = self._rules.campaign
            waiting = may_be_due(tx, campaign, now=now)
            over = refunds.overdue(tx, campaign=campaign.id, today=now.astimezone(TAIPEI).date())
            closing = unreminded(tx, campaign, now=now)
        looks = [(self._case, one) for one in waiting] + [(self._window, one) for one in over]
        looks += [(self._closing, one) for one in closing]
        for look, case_id in looks:
            try:
                look(case_id, now)
            except (SealError, ChangedMeanwhileError) as error:
                # One case must not stop the clock for all; the next look tries again.
                log.error("loop=clock case=%s error=%s", case_id, type(error).__name__)
        return False

    def _case(self, case_id: str, now: datetime) -> None:
        with self._store.read() as tx:
            if self._due(tx, cases.load(tx, case_id), now) is None:
                return
        with self._store.write() as tx:
            case = cases.load(tx, case_id)
            what = self._due(tx, case, now)
            if what is None:
                return
            if what.for_staff:
                self._ask_staff(tx, case, now)
                return
            cause = Cause(actor=MACHINE, why="clock", occasion=what.occasion)
            Casework(tx, self._rules, now=now).happen(case, what.event, cause=cause)
            failpoint("clock.deciding")
        failpoint("clock.decided")

    def _window(self, case_id: str, now: datetime) -> None:
        """A window for refunds that ended without an application."""
        with self._store.write() as tx:
            work = AfterWork(tx, self._rules, now=now)
            work.expire(cases.load(tx, case_id), cause=Cause(actor=MACHINE, why="clock"))

    def _closing(self, case_id: str, now: datetime) -> None:
        """A window for refunds that closes soon, and no application yet."""
        with self._store.read() as tx:
            if not self._reminder(tx, cases.load(tx, case_id), now):
                return
        with self._store.write() as tx:
            case = cases.load(tx, case_id)
            occasion = self._reminder(tx, case, now)
            if not occasion:
                return
            cause = Cause(actor=MACHINE, why="clock", occasion=occasion)
            AfterWork(tx, self._rules, now=now).refund(case, AfterEvent.REMIND, cause=cause)

    def _reminder(self, tx: Transaction, case: CaseView, now: datetime) -> str:
        """The occasion, once all mail that may bring the application is read; '' for none."""
        campaign = self._rules.campaign
        occasion = window_reminder(tx, case, campaign, now=now)
        is_read = occasion and mail_is_read(tx, campaign, begun_at=self._begun_at, now=now)
        return occasion if is_read else ""

    def _due(self, tx: Transaction, case: CaseView, now: datetime) -> Due | None:
        """What is due for a case now, once all mail that could speak against it is read."""
        campaign = self._rules.campaign
        what = due_for(tx, case, campaign, now=now)
        if what is None:
            return None
        if what.event is Event.DEADLINE:
            ends = campaign.with_deadline(case.pay_until).gives_up_at()
            is_read = inbox.caught_up(tx, since=ends)
        else:
            is_read = mail_is_read(tx, campaign, begun_at=self._begun_at, now=now)
        return what if is_read else None

    def _ask_staff(self, tx: Transaction, case: CaseView, now: datetime) -> None:
        """Nobody is put out by the clock for what the office has not done: ask once."""
        late = "deadline_passed_while_office_was_late"
        reason = "deadline_passed_but_money_came" if case.settled_amount else late
        if any(reason in item.reasons for item in open_items(tx, case_id=case.id)):
            return
        open_decision(
            tx, kind="case", reasons=(reason,), event=Event.DEADLINE, case_id=case.id, now=now
        )
