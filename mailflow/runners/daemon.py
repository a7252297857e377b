"""`mailflow run`: incoming, reading, outgoing and clock in one process, and how it ends."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from mailflow.config import Config
from mailflow.runners.clock import Clock
from mailflow.runners.digest import DailyDigest
from mailflow.runners.incoming import Incoming
from mailflow.runners.keeping import Keeper, policy_of, rounds_beside
from mailflow.runners.loop import Bell, Loop, Now, Progress, utc_now
from mailflow.runners.notify import sd_notify, watchdog_seconds
from mailflow.runners.opening import check_schema
from mailflow.runners.outgoing import Outgoing
from mailflow.runners.reading import Reader
from mailflow.runners.rulebook import Rulebook
from mailflow.runners.watching import Watching
from mailflow.store import inbox, shadow
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.tables import Stage

log = logging.getLogger("mailflow")

_LAST_SECONDS = 5.0  # for what is being read when the daemon ends


class Daemon:
    """All loops of one office. `run` returns after `stop`, or raises before anything began."""

    def __init__(self, config: Config, store: Store, rules: Rules, *, now: Now = utc_now) -> None:
        self._config = config
        self._store = store
        self._now = now
        self._stop = threading.Event()
        self._progress = Progress()
        self._rulebook = Rulebook(config, rules)
        self._following = threading.Lock()
        bells = ("read", "pictures", "outgoing", "clock", "digest", "keeper")
        self._bells = {name: Bell() for name in bells}
        self._incoming = Incoming(config, store, news=self._bells["read"].ring, now=now)
        self._outgoing = Outgoing(config, store, rules, now=now)
        store.on_letters = self._bells["outgoing"].ring
        self._clock = Clock(store, rules, now=now)
        self._digest = DailyDigest(config, store, rules, now=now)
        self._readers = [
            Reader(config, store, rules, stage=stage, now=now)
            for stage in (Stage.READ, *[Stage.PICTURES] * config.receipts.workers)
        ]
        self._incoming.on_compared = self._bells["clock"].ring  # it waits until mail is known
        for reader in self._readers:
            reader.on_pictures = self._bells["pictures"].ring
            reader.on_settled = self._incoming.settled
        self._watching = Watching(config, store, rules, now=now) if config.imports.folder else None
        if self._watching:
            self._bells["watching"] = Bell()
        self.on_ready: Callable[[], None] = lambda: None

    def stop(self) -> None:
        """End every loop after its present step; safe from a signal handler."""
        self._stop.set()

    def look(self) -> None:
        """Let every loop look now: somebody outside has written into the store or changed the
        calendar, or time jumped."""
        self._follow_calendar()
        self._ring()

    def compare(self) -> None:
        """List the whole mailbox now: nothing is overlooked that is in it."""
        self._incoming.compare()

    def _ring(self) -> None:
        self._incoming.wake()
        for bell in self._bells.values():
            bell.ring()

    def run(self) -> None:
        """Work until `stop`."""
        check_schema(self._store)
        with self._store.only_daemon():
            self._recover()
            threads = self._start()
            sd_notify("READY=1", "STATUS=working")
            log.info("daemon=ready")
            if self._config.shadow:
                log.warning("daemon=shadow nothing is sent until staff release it")
            self.on_ready()
            self._watch()
            sd_notify("STOPPING=1")
            self._end(threads)
            log.info("daemon=stopped")

    def run_until_signal(self) -> None:
        """`run`, ended cleanly by SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        self.run()

    def _recover(self) -> None:
        with self._store.write() as tx:
            inbox.release_leases(tx)
            shadow.note(tx, is_on=self._config.shadow, now=self._now())
        self._outgoing.recover()

    def _start(self) -> list[threading.Thread]:
        for reader in self._readers:
            reader.warm()
        limits = self._config.limits
        slowest = 60 + 3 * max(limits.parse_seconds, limits.picture_seconds)
        self._progress.expect("incoming", within=self._config.imap.idle_seconds + 300)
        self._incoming.on_progress = partial(self._progress.beat, "incoming")
        self._progress.expect("outgoing", within=self._config.smtp.data_timeout_seconds + 300)
        loops = [
            Loop("clock", self._clock_step, self._bells["clock"], self._progress, 30.0),
            Loop("digest", self._digest.step, self._bells["digest"], self._progress, 30.0),
        ]
        if self._config.retention:
            rounds = partial(rounds_beside, self._config.campaign)
            policy = policy_of(self._config.retention)
            keeper = Keeper(self._store, policy, rounds, now=self._now)
            loops.append(Loop("keeper", keeper.step, self._bells["keeper"], self._progress, 60.0))
        for number, reader in enumerate(self._readers):
            bell = self._bells["read" if number == 0 else "pictures"]
            loop = Loop(f"reader{number}", reader.step, bell, self._progress, 5.0)
            reader.on_progress = partial(self._progress.beat, loop.name)
            loops.append(loop)
        if self._watching:
            pause = self._config.imports.poll_seconds
            bell = self._bells["watching"]
            loops.append(Loop("watching", self._watching.step, bell, self._progress, pause))
        threads = [
            threading.Thread(target=self._incoming.run, args=(self._stop, self._progress)),
            threading.Thread(
                target=self._outgoing.run,
                args=(self._stop, self._bells["outgoing"], self._progress),
            ),
        ]
        for loop in loops:
            self._progress.expect(loop.name, within=slowest)
            threads.append(threading.Thread(target=loop.run, args=(self._stop,)))
        for thread in threads:
            thread.start()
        return threads

    def _watch(self) -> None:
        """Feed the watchdog, but only while every loop comes round."""
        interval = watchdog_seconds()
        while not self._stop.wait(min(interval / 2, 30.0) if interval else 30.0):
            self._follow_calendar()
            stuck = self._progress.stuck()
            if stuck:
                log.critical("daemon=stuck loops=%s", ",".join(stuck))
            else:
                sd_notify("WATCHDOG=1")

    def _clock_step(self) -> bool:
        """A closure that was noted a moment ago counts before anybody is given up."""
        self._follow_calendar()
        return self._clock.step()

    def _follow_calendar(self) -> None:
        """The office closed, or a calendar was imported: every clock goes by it from now on."""
        with self._following:
            rules = self._rulebook.changed()
            if rules is None:
                return
            self._adopt(rules)
        self._ring()

    def _adopt(self, rules: Rules) -> None:
        self._clock.adopt(rules)
        self._digest.adopt(rules)
        self._outgoing.adopt(rules)
        for worker in self._workers:
            worker.adopt(rules)

    @property
    def _workers(self) -> list[Reader | Watching]:
        """Those who have a child of their own."""
        return [*self._readers, *([self._watching] if self._watching else [])]

    def _end(self, threads: list[threading.Thread]) -> None:
        for worker in self._workers:
            worker.finish()
        patient_until = time.monotonic() + _LAST_SECONDS
        for thread in threads:
            while thread.is_alive():
                self._ring()  # again and again: a loop may begin to wait just after
                if time.monotonic() > patient_until:
                    for worker in self._workers:
                        worker.interrupt()
                thread.join(0.05)
        for worker in self._workers:
            worker.close()
