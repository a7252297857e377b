"""Deadlines and reminders: what time alone brings about."""

import logging
from datetime import datetime, timedelta

from mailflow.campaign.round import TAIPEI
from mailflow.failpoints import failpoint
from mailflow.runners.loop import Now
from mailflow.store import cases, inbox
from mailflow.store.audit import MACHINE
from mailflow.store.cases import CaseView, ChangedMeanwhileError
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.queue import open_decision, open_items
from mailflow.store.vault import SealError
from mailflow.workflow import Event, State

log = logging.getLogger("mailflow")

_WAITING_FOR_STUDENT = (State.ASKED, State.BILLED)


class Clock:
    """`step` does one case at a time, each in its own transaction, re-read under the lock."""

    def __init__(self, store: Store, rules: Rules, *, now: Now) -> None:
        self._store = store
        self._rules = rules
        self._now = now

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def step(self) -> bool:
        """Look at every case that waits for its student; False, for it is done with all."""
        now = self._now()
        with self._store.read() as tx:
            waiting = cases.in_states(tx, _WAITING_FOR_STUDENT, campaign=self._rules.campaign.id)
        for case_id in waiting:
            try:
                self._case(case_id, now)
            except (SealError, ChangedMeanwhileError) as error:
                # One case must not stop the clock for all; the next look tries again.
                log.error("loop=clock case=%s error=%s", case_id, type(error).__name__)
        return False

    def _case(self, case_id: str, now: datetime) -> None:
        with self._store.read() as tx:
            if self._due(cases.load(tx, case_id), now) is None:
                return
        with self._store.write() as tx:
            case = cases.load(tx, case_id)
            due = self._due(case, now)
            if due is None:
                return
            event, occasion = due
            if event is Event.DEADLINE:
                if not inbox.caught_up(tx, since=self._rules.campaign.gives_up_at()):
                    return
                if self._needs_a_person(tx, case):
                    self._ask_staff(tx, case, now)
                    return
            cause = Cause(actor=MACHINE, why="clock", occasion=occasion)
            Casework(tx, self._rules, now=now).happen(case, event, cause=cause)
            failpoint("clock.deciding")
        failpoint("clock.decided")

    def _due(self, case: CaseView, now: datetime) -> tuple[Event, str] | None:
        """What is due for a case now. The office's own delay is never the student's fault."""
        campaign = self._rules.campaign
        if case.state not in _WAITING_FOR_STUDENT:
            return None
        if now > campaign.gives_up_at():
            return Event.DEADLINE, ""
        minimum_age = timedelta(hours=campaign.reminder_minimum_age_hours)
        if case.letter_at is None or now - case.letter_at < minimum_age:
            return None
        if now > campaign.pay_until:
            return None
        today = now.astimezone(TAIPEI).date()
        for days in sorted(campaign.reminder_days):
            on = campaign.reminder_on(days)
            # Only the latest reminder that is due: after a downtime none is sent twice or stale.
            if on <= today:
                sent = case.letter_at.astimezone(TAIPEI).date() >= on
                return None if sent else (Event.REMIND, f"{days}d")
        return None

    def _needs_a_person(self, tx: Transaction, case: CaseView) -> bool:
        """A mail of this student waits for staff, or our own letter went out too late."""
        late = case.letter_at is not None and case.letter_at > self._rules.campaign.pay_until
        return late or bool(open_items(tx, case_id=case.id))

    def _ask_staff(self, tx: Transaction, case: CaseView, now: datetime) -> None:
        """Nobody is put out by the clock for what the office has not done: ask once."""
        reason = "deadline_passed_while_office_was_late"
        if any(reason in item.reasons for item in open_items(tx, case_id=case.id)):
            return
        open_decision(
            tx, kind="case", reasons=(reason,), event=Event.DEADLINE, case_id=case.id, now=now
        )
