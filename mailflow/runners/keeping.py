"""Once a day: erase what the office's policy no longer allows to keep."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mailflow.campaign import CampaignError, load_campaign
from mailflow.campaign.ending import ends_on
from mailflow.campaign.round import TAIPEI
from mailflow.config import Retention
from mailflow.runners.loop import Now
from mailflow.store.audit import MACHINE
from mailflow.store.database import Store
from mailflow.store.erasure import forget_old_pages
from mailflow.store.retention import Plan, Policy, carry_out, plan

log = logging.getLogger("mailflow")


class Keeper:
    """`step` does the day's work once; `rounds` tells when each round ended."""

    def __init__(
        self, store: Store, policy: Policy, rounds: Callable[[], dict[str, date]], *, now: Now
    ) -> None:
        self._store = store
        self._policy = policy
        self._rounds = rounds
        self._now = now
        self._done_on: date | None = None

    def step(self) -> bool:
        """False: there is nothing more to do before tomorrow."""
        today = self._now().astimezone(TAIPEI).date()
        if self._done_on == today:
            return False
        due = self._apply()
        self._done_on = today
        if not due.is_empty:
            counts = " ".join(f"{name}={count}" for name, count in due.counts().items())
            log.info("loop=keeper erased %s", counts)
        return False

    def _apply(self) -> Plan:
        now = self._now()
        with self._store.write() as tx:
            due = plan(tx, self._policy, self._rounds(), now=now)
            carry_out(tx, due, actor=MACHINE, now=now)
        if not due.is_empty and not forget_old_pages(self._store):
            log.warning("loop=keeper old_pages_in_use")  # the next checkpoint takes them
        return due


def policy_of(retention: Retention) -> Policy:
    """The configuration's policy as a value of the store."""
    return Policy(
        receipts_days=retention.receipts_days,
        mail_days=retention.mail_days,
        cases_days=retention.cases_days,
    )


def rounds_beside(campaign: Path) -> dict[str, date]:
    """When each round of the campaign files in this folder ended; what is no campaign is passed
    over."""
    found: dict[str, date] = {}
    for path in sorted(campaign.parent.glob("*.toml")):
        try:
            one = load_campaign(path)
        except CampaignError:
            continue
        found[one.id] = max(ends_on(one), found.get(one.id, date.min))
    return found
