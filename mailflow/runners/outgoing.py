"""From the outbox to the relay: one letter at a time, each delivery ends in a recorded value."""

import asyncio
import logging
import threading
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from mailflow.config import Config
from mailflow.failpoints import failpoint
from mailflow.imap import CommandRefused, Mailbox, MailboxError
from mailflow.runners.loop import Bell, Now, Progress
from mailflow.smtp import Dsn, Outcome, Relay
from mailflow.store import cases, outbox, shadow, unknown
from mailflow.store.audit import MACHINE
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.due import look
from mailflow.store.outbox import Leaving, Sending
from mailflow.store.queue import is_open, last_decided, open_decision
from mailflow.store.tables import OutboxState
from mailflow.store.vault import SealError
from mailflow.workflow import Event, Letter, State
from mailflow.workflow.clocks import Say

log = logging.getLogger("mailflow")

_STATE_OF = {
    Outcome.SENT: OutboxState.SENT,
    Outcome.DEFERRED: OutboxState.DEFERRED,
    Outcome.BOUNCED: OutboxState.BOUNCED,
    Outcome.UNKNOWN: OutboxState.UNKNOWN,
}
_LOOKS_INTO_SENT = 3
_LAST_SECONDS = 5.0
_TOO_MANY = "too_many_letters_in_an_hour"


class Outgoing:
    """Sends what is due, keeps the pace, and finds out what became of interrupted letters."""

    def __init__(self, config: Config, store: Store, rules: Rules, *, now: Now) -> None:
        self._config = config
        self._store = store
        self._rules = rules
        self._now = now
        self._owner = uuid.uuid4().hex
        self._relay = Relay(config.smtp)
        self._paused_until: datetime | None = None
        self._begun_at = now()

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def recover(self) -> None:
        """What was being sent when the daemon or its store failed may have arrived."""
        wait = timedelta(minutes=self._config.unknown_wait_minutes)
        with self._store.write() as tx:
            count = unknown.orphans(tx, now=self._now(), wait=wait)
        if count:
            log.warning("loop=outgoing unknown=%d", count)

    def run(self, stop: threading.Event, bell: Bell, progress: Progress) -> None:
        """The loop, in its own thread with its own event loop (the only async part)."""
        asyncio.run(self._run(stop, bell, progress))

    async def _run(self, stop: threading.Event, bell: Bell, progress: Progress) -> None:
        failed = False
        while not stop.is_set():
            progress.beat("outgoing")
            try:
                if failed:
                    self.recover()  # a letter may have been handed over and not been recorded
                failed = False
                busy = await self._step_unless_stopped(stop)
            except Exception as error:  # the loop must live; nothing was recorded as sent
                log.error("loop=outgoing error=%s", type(error).__name__)
                await asyncio.sleep(1)
                busy, failed = False, True
            if not busy:
                await asyncio.to_thread(bell.wait, 1.0)
        await self._relay.close()

    async def _step_unless_stopped(self, stop: threading.Event) -> bool:
        """A step; when the daemon ends, a slow relay gets a few seconds more and is then cut off.

        That letter stays `sending`: the next daemon takes it for unknown and looks it up.
        """
        step = asyncio.create_task(self.step())
        while not step.done() and not stop.is_set():
            await asyncio.wait({step}, timeout=0.5)
        if not step.done():
            await asyncio.wait({step}, timeout=_LAST_SECONDS)
        if not step.done():
            step.cancel()
            await asyncio.wait({step})
        return not step.cancelled() and step.result()

    async def step(self) -> bool:
        """Send one letter, or settle unknown ones; False when nothing is due."""
        now = self._now()
        if self._reconcile(now):
            return True
        if self._config.shadow:
            self._hold_in_shadow()
        with self._store.read() as tx:
            due = outbox.next_due(tx)
        if due is None or due > now or self._must_wait(now):
            return False
        letter = self._claim(now)
        if letter is None:
            return True  # it stays here; another one may be due
        failpoint("outbox.claimed")
        dsn = await self._relay.deliver(
            sender=self._config.office,
            recipient=letter.to,
            raw=letter.raw,
            message_id=letter.message_id,
        )
        failpoint("outbox.handed")
        self._record(letter, dsn)
        failpoint("outbox.recorded")
        return True

    def _claim(self, now: datetime) -> Sending | None:
        lease = timedelta(seconds=self._config.smtp.data_timeout_seconds + 300)
        with self._store.write() as tx:
            return outbox.claim_due(
                tx,
                owner=self._owner,
                now=now,
                lease=lease,
                look=partial(self._last_look, now=now),
                only_released=self._config.shadow,
            )

    def _last_look(self, tx: Transaction, letter: Leaving, *, now: datetime) -> Say:
        return look(tx, letter, self._rules.campaign, now=now, begun_at=self._begun_at)

    def _hold_in_shadow(self) -> None:
        """Whoever composed it: in shadow nothing leaves until staff let it go."""
        with self._store.read() as tx:
            if not shadow.any_wants_to_leave(tx):
                return
        with self._store.write() as tx:
            count = shadow.hold(tx)
        log.info("loop=outgoing shadow=%d", count)

    def _record(self, letter: Sending, dsn: Dsn) -> None:
        now = self._now()
        wait = None
        if dsn.outcome is Outcome.UNKNOWN:
            wait = timedelta(minutes=self._config.unknown_wait_minutes)
        with self._store.write() as tx:
            text = f"{dsn.code} {dsn.status} {dsn.text}".strip()[:300]
            outbox.conclude(tx, letter, _STATE_OF[dsn.outcome], dsn=text, now=now, wait=wait)
            if dsn.outcome is Outcome.BOUNCED and dsn.status.startswith("5.1.") and letter.case_id:
                cases.mark_unreachable(tx, letter.case_id)
            if dsn.outcome is Outcome.SENT:
                self._told(tx, letter.letter, letter.case_id, now)
            if dsn.ours:
                self._pause(tx, now)
        log.info("loop=outgoing letter=%s outcome=%s code=%d", letter.letter, dsn.outcome, dsn.code)

    def _told(self, tx: Transaction, letter: str, case_id: str | None, now: datetime) -> None:
        if letter != Letter.PROOF_ACCEPTED or case_id is None:
            return
        for _ in range(2):  # somebody may change the case at this very moment
            try:
                with tx.part():
                    self._complete(tx, case_id, now)
                return
            except SealError:  # the person was erased while the letter was on its way
                return
            except ChangedMeanwhileError:
                continue

    def _complete(self, tx: Transaction, case_id: str, now: datetime) -> None:
        case = cases.load(tx, case_id)
        if case.state is State.PAID:
            cause = Cause(actor=MACHINE, why="letter taken by the relay")
            Casework(tx, self._rules, now=now).happen(case, Event.TOLD, cause=cause)

    def _pause(self, tx: Transaction, now: datetime) -> None:
        """The relay refuses *us*: everything waits, staff are told once."""
        self._paused_until = now + timedelta(minutes=5)
        self._tell_staff(tx, "relay_refuses_the_office", now)

    def _must_wait(self, now: datetime) -> bool:
        """Pace and breaker, counted from the store, so that a restart changes nothing."""
        if self._paused_until is not None and now < self._paused_until:
            return True
        hour_ago = now - timedelta(hours=1)
        with self._store.read() as tx:
            in_minute = outbox.handed_since(tx, now - timedelta(minutes=1))
            stopped = is_open(tx, kind="office", reason=_TOO_MANY)
            # Staff who let the outbox go on have seen what was sent until then.
            released_at = last_decided(tx, kind="office", reason=_TOO_MANY)
            unseen = outbox.handed_since(tx, max(hour_ago, released_at or hour_ago))
        per_minute = self._config.smtp.per_minute
        if per_minute and in_minute >= per_minute:
            return True
        if not stopped and unseen < self._config.limits.letters_per_hour:
            return False
        with self._store.write() as tx:
            self._tell_staff(tx, _TOO_MANY, now)
        return True

    def _tell_staff(self, tx: Transaction, reason: str, now: datetime) -> None:
        if not is_open(tx, kind="office", reason=reason):
            open_decision(tx, kind="office", reasons=(reason,), now=now)
            log.error("loop=outgoing stopped=%s", reason)

    def _reconcile(self, now: datetime) -> bool:
        with self._store.read() as tx:
            due = unknown.due(tx, now=now)
        if not due:
            return False
        if not self._config.imap.sent_folder:
            self._settle_unknown(due, OutboxState.HELD, "no_sent_folder_to_look_into", now)
            return True
        try:
            found, missing = self._look_into_sent(due)
        except CommandRefused:
            self._settle_unknown(due, OutboxState.HELD, "sent_folder_not_found", now)
            return True
        except MailboxError as error:
            log.warning("loop=outgoing sent_folder=%s", type(error).__name__)
            self._look_later(due, now)
            return True
        self._settle_unknown(found, OutboxState.SENT, "found_in_sent_folder", now)
        lost = [letter for letter in missing if letter.checks + 1 >= _LOOKS_INTO_SENT]
        self._settle_unknown(lost, OutboxState.QUEUED, "not_in_sent_folder", now)
        self._look_later(
            [replace(it, checks=it.checks + 1) for it in missing if it not in lost], now
        )
        return True

    def _look_later(self, letters: list[unknown.Unknown], now: datetime) -> None:
        wait = max(timedelta(minutes=self._config.unknown_wait_minutes), timedelta(seconds=1))
        with self._store.write() as tx:
            for letter in letters:
                unknown.look_again(tx, letter, at=now + wait)

    def _look_into_sent(
        self, due: list[unknown.Unknown]
    ) -> tuple[list[unknown.Unknown], list[unknown.Unknown]]:
        folder = self._config.imap.sent_folder
        found = []
        with Mailbox(self._config.imap) as mailbox:
            for letter in due:
                if mailbox.has_message_id(folder, letter.message_id):
                    found.append(letter)
        return found, [letter for letter in due if letter not in found]

    def _settle_unknown(
        self, letters: list[unknown.Unknown], state: OutboxState, reason: str, now: datetime
    ) -> None:
        for letter in letters:
            with self._store.write() as tx:
                settled = unknown.resolve(tx, letter, state, reason=reason, now=now)
                if settled and state is OutboxState.SENT:
                    self._told(tx, outbox.kind_of(tx, letter.id), letter.case_id, now)
            failpoint("outbox.reconciled")
