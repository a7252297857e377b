"""The daily letter to staff: once on every working day, through the outbox like any other."""

import logging
from datetime import date, datetime

from mailflow.campaign import TAIPEI
from mailflow.config import Config
from mailflow.letters import Digest, LetterData
from mailflow.runners.loop import Now
from mailflow.store import audit, outbox
from mailflow.store.attention import digest_of
from mailflow.store.audit import MACHINE
from mailflow.store.casework import Rules, new_message_id
from mailflow.store.database import Store, Transaction
from mailflow.workflow import Letter

log = logging.getLogger("mailflow")

_EMPTY = "nothing waits"


class DailyDigest:
    """`step` composes today's digest once it is time; its business key is the day."""

    def __init__(self, config: Config, store: Store, rules: Rules, *, now: Now) -> None:
        self._config = config
        self._store = store
        self._rules = rules
        self._now = now
        self._done: date | None = None

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def step(self) -> bool:
        """Compose the digest if it is due and was not yet; False, for there is one a day."""
        now = self._now()
        local = now.astimezone(TAIPEI)
        today = local.date()
        staff = self._config.staff
        if not staff.digest_to or self._done == today or local.hour < staff.digest_at:
            return False
        if self._rules.campaign.working_days.is_working(today):
            self._once(today, now)
        self._done = today
        return False

    def _once(self, today: date, now: datetime) -> None:
        key = f"{Letter.STAFF_DIGEST}/{today}"
        with self._store.write() as tx:
            tx.one_at_a_time(key)
            if outbox.said(tx, key) or audit.history(tx, key):
                return
            digest = digest_of(tx, self._rules.campaign, now=now)
            if digest.is_empty and not self._config.staff.digest_when_empty:
                # Written down, so that what opens later today waits for tomorrow's.
                audit.record(tx, _EMPTY, subject=key, actor=MACHINE, now=now)
                return
            self._queue(tx, key, digest, now)
        log.info("loop=digest on=%s", today)

    def _queue(self, tx: Transaction, key: str, digest: Digest, now: datetime) -> None:
        to = self._config.staff.digest_to
        message_id = new_message_id(self._rules.office)
        rendered = self._rules.composer.compose(
            Letter.STAFF_DIGEST,
            LetterData(case="", digest=digest),
            to=to,
            message_id=message_id,
            now=now,
        )
        draft = outbox.Draft(
            key=key,
            letter=Letter.STAFF_DIGEST,
            to=to,
            raw=rendered.raw,
            message_id=message_id,
            key_id=tx.vault.new_key(),
        )
        outbox.enqueue(tx, draft, due_at=now, now=now)
