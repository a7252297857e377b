"""From the office's mailbox into the store, and out of the folder once it is settled."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from mailflow.config import Config
from mailflow.failpoints import failpoint
from mailflow.imap import Fetched, Mailbox, Throttled
from mailflow.runners.loop import Now, Progress
from mailflow.store import folders, inbox
from mailflow.store.database import Store
from mailflow.store.inbox import Arrival
from mailflow.store.tables import InboxState

log = logging.getLogger("mailflow")

_BATCH_MESSAGES, _BATCH_BYTES = 50, 16_000_000
_FILE_EVERY = 1.0  # seconds
_FILE_AT_LAST = 5.0  # while mail waits to be read, which goes first
_FILE_AT_ONCE = 200


class Incoming:
    """One connection to one folder. The ledger decides what is new, never a flag on the server."""

    def __init__(self, config: Config, store: Store, *, news: Callable[[], None], now: Now) -> None:
        self._settings = config.imap
        self._store = store
        self._news = news
        self._now = now
        self._account = f"{config.imap.username}@{config.imap.host}"
        self._mailbox: Mailbox | None = None
        self._compare_at = 0.0
        self._to_compare = threading.Event()
        self._to_file = threading.Event()
        self._file_at = 0.0
        self._filed_at = 0.0
        self._failures = 0
        self.on_progress: Callable[[], None] = lambda: None
        self.on_compared: Callable[[], None] = lambda: None

    def run(self, stop: threading.Event, progress: Progress) -> None:
        """Connect, fetch, wait for news; reconnect with growing pauses for ever."""
        while not stop.is_set():
            progress.beat("incoming")
            pause = 0.0
            try:
                with Mailbox(self._settings) as mailbox:
                    self._mailbox = mailbox
                    self._compare_at = 0.0
                    self._serve(mailbox, stop, progress)
            except Throttled as error:
                pause = error.seconds + random.uniform(0, 5)  # noqa: S311 (no secret)
            except Exception as error:  # server, store or secrets: the loop must live
                self._failures += 1
                pause = min(900.0, 2.0**self._failures)
                name = type(error).__name__
                log.error("loop=incoming error=%s failures=%d", name, self._failures)
            self._mailbox = None
            _sleep(pause, stop, progress)

    def wake(self) -> None:
        """Interrupt the wait for news (to stop, or to file what is settled)."""
        mailbox = self._mailbox
        if mailbox is not None:
            mailbox.wake()

    def compare(self) -> None:
        """List the whole mailbox now, not only when it is time again."""
        self._to_compare.set()
        self.wake()

    def _serve(self, mailbox: Mailbox, stop: threading.Event, progress: Progress) -> None:
        uidvalidity = mailbox.select(self._settings.folder)
        self._to_file.set()  # what was settled before the last connection ended
        while not stop.is_set():
            progress.beat("incoming")
            busy = self.step(mailbox, uidvalidity)
            self._failures = 0
            if busy:
                continue
            if self._may_file():
                self._file_settled(mailbox, uidvalidity)
            mailbox.wait(self._pause())

    def _may_file(self) -> bool:
        """Once a second; seldom while mail waits to be read: that is what people wait for."""
        now = time.monotonic()
        if not self._to_file.is_set() or now < self._file_at:
            return False
        self._file_at = now + _FILE_EVERY
        if now < self._filed_at + _FILE_AT_LAST:
            with self._store.read() as tx:
                if inbox.any_received(tx):
                    return False
        self._filed_at = now
        return True

    def _pause(self) -> float:
        """How long to wait for news: until something else is due, and never beyond IDLE's age."""
        now = time.monotonic()
        due = self._file_at if self._to_file.is_set() else self._compare_at
        return min(self._settings.idle_seconds, max(0.01, due - now))

    def step(self, mailbox: Mailbox, uidvalidity: int) -> bool:
        """Fetch and store what is new; True when something was."""
        compare = self._to_compare.is_set() or time.monotonic() >= self._compare_at
        self._to_compare.clear()
        listed_at = self._now()
        new = self._missing(mailbox, uidvalidity, compare=compare)
        stored = 0
        for batch in _batches(mailbox.fetch(new, max_bytes=self._settings.max_message_bytes)):
            failpoint("inbox.fetched")
            self.on_progress()
            stored += self._store_batch(batch, uidvalidity)
        if compare:
            self._note(uidvalidity, max(new, default=0), listed_at)
            self._compare_at = time.monotonic() + self._settings.compare_seconds
        return stored > 0

    def _missing(self, mailbox: Mailbox, uidvalidity: int, *, compare: bool) -> list[int]:
        """UIDs that the ledger lacks: the tail of the folder, or now and then its whole set."""
        folder = self._settings.folder
        with self._store.read() as tx:
            last = folders.last_uid(tx, self._account, folder, uidvalidity=uidvalidity)
        after = 0 if compare else last
        present = mailbox.uids(after)
        if not present:
            return []
        with self._store.read() as tx:
            known = folders.known_uids(
                tx, self._account, folder, uidvalidity=uidvalidity, after=after
            )
        return [uid for uid in present if uid not in known]

    def _store_batch(self, batch: list[Fetched], uidvalidity: int) -> int:
        folder = self._settings.folder
        arrivals = [
            Arrival(
                account=self._account,
                folder=folder,
                uidvalidity=uidvalidity,
                uid=mail.uid,
                raw=mail.raw or b"",
                size=mail.size,
                internal_at=mail.internal_at,
                problem=mail.problem or "",
            )
            for mail in batch
            if mail.problem != "gone"
        ]
        now = self._now()
        with self._store.write() as tx:
            stored = inbox.store_arrivals(tx, arrivals, now=now)
            last = max((arrival.uid for arrival in arrivals), default=0)
            folders.note_progress(
                tx, self._account, folder, uidvalidity=uidvalidity, uid=last, now=None
            )
        failpoint("inbox.stored")
        log.info("loop=incoming stored=%d", len(stored))
        self._news()
        return len(stored)

    def _note(self, uidvalidity: int, uid: int, compared_at: datetime) -> None:
        """The whole folder was listed at that time, and everything in it is stored."""
        with self._store.write() as tx:
            folders.note_progress(
                tx,
                self._account,
                self._settings.folder,
                uidvalidity=uidvalidity,
                uid=uid,
                now=compared_at,
            )
        self.on_compared()

    def settled(self) -> None:
        """Some mail is settled and may be filed, together with what else comes in a second."""
        if not self._to_file.is_set():
            self._to_file.set()
            self.wake()

    def _file_settled(self, mailbox: Mailbox, uidvalidity: int) -> None:
        """Move settled mails out of the folder."""
        self._to_file.clear()
        folder = self._settings.folder
        with self._store.read() as tx:
            settled = folders.to_file(
                tx, self._account, folder, uidvalidity=uidvalidity, limit=_FILE_AT_ONCE
            )
        if len(settled) == _FILE_AT_ONCE:
            self._to_file.set()
        for target, rows in (
            (self._settings.held_folder, [r for r in settled if _is_held(r[2])]),
            (self._settings.processed_folder, [r for r in settled if not _is_held(r[2])]),
        ):
            if not rows:
                continue
            mailbox.move([uid for _, uid, _ in rows], target)
            failpoint("inbox.moved")
            with self._store.write() as tx:
                folders.note_filed(tx, [row_id for row_id, _, _ in rows])


def _is_held(state: InboxState) -> bool:
    return state in (InboxState.HELD, InboxState.FAILED)


def _batches(mails: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    batch: list[Fetched] = []
    size = 0
    for mail in mails:
        batch.append(mail)
        size += len(mail.raw or b"")
        if len(batch) >= _BATCH_MESSAGES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sleep(seconds: float, stop: threading.Event, progress: Progress) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stop.wait(min(5.0, max(0.0, end - time.monotonic()))):
        progress.beat("incoming")
