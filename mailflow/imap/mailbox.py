"""The office's mailbox: fetch raw bytes, wait for news, move what is safe."""

import imaplib
import logging
import re
import selectors
import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from mailflow.config import Imap
from mailflow.imap.connection import (
    Client,
    CommandRefused,
    ConnectionLost,
    hang_up,
    open_client,
    translated,
)

log = logging.getLogger(__name__)

_ASK_AT_ONCE = 500  # messages in one question for sizes; keeps command lines below 8 kB
_BATCH_MESSAGES = 50
_BATCH_BYTES = 4_000_000
_HEADER_BYTES = 256_000
_TRIES = 3
_FATAL_TRIES = 5  # after so many broken connections over one message it is left to a person

_NO_FOLDER = re.compile(r"\[(?:TRYCREATE|NONEXISTENT)\]|exist|not found|unknown folder", re.I)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message as the server gave it.

    `problem` is None (then `raw` is the whole message) or one of: `too_large` (`raw` holds the
    headers alone), `gone` (someone else removed it), `unfetchable` (it is listed, but no sound
    bytes came after several tries). `size` is what the server said.
    """

    uid: int
    raw: bytes | None = field(repr=False)
    size: int
    internal_at: datetime | None
    problem: str | None = None


class Mailbox:
    """The mailbox of `settings`; use it in a `with` block or call `close()` at the end."""

    def __init__(self, settings: Imap) -> None:
        self._settings = settings
        self._open: Client | None = None
        self._folder = ""
        self._uidvalidity = 0
        self._broken_by: Counter[tuple[int, int]] = Counter()
        self._waker, self._wake_up = socket.socketpair()
        self._waker.setblocking(False)
        self._wake_up.setblocking(False)

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connect(self) -> None:
        """Open a checked connection and log in; an older connection is dropped."""
        self._drop()
        self._open = open_client(self._settings)

    def close(self) -> None:
        """Log out within two seconds, or just hang up. Never raises."""
        if self._open:
            with suppress(imaplib.IMAP4.error, OSError):
                self._open.socket().settimeout(2)
                self._open.logout()
        self._drop()
        self._waker.close()
        self._wake_up.close()

    def _drop(self) -> None:
        client, self._open = self._open, None
        if client:
            hang_up(client)

    @property
    def _client(self) -> Client:
        if self._open is None:
            raise ConnectionLost("not connected")
        return self._open

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Speak of failures in our words; drop a connection that can't be trusted."""
        try:
            with translated(self._client):
                yield
        except ConnectionLost:
            self._drop()
            raise

    # Reading

    def select(self, folder: str) -> int:
        """Open `folder` and return its UIDVALIDITY: UIDs mean something only together with it."""
        answer = self._select(folder, readonly=False)
        if b"UIDVALIDITY" not in answer:
            raise CommandRefused("the server tells no UIDVALIDITY, so UIDs can't be trusted")
        self._folder, self._uidvalidity = folder, int(answer[b"UIDVALIDITY"])
        return self._uidvalidity

    def _select(self, folder: str, *, readonly: bool) -> Mapping[bytes, Any]:
        client = self._client
        with self._errors():
            try:
                answer: Mapping[bytes, Any] = client.select_folder(folder, readonly=readonly)
            except imaplib.IMAP4.readonly:  # may be read all the same; a move will be refused
                answer = client.select_folder(folder, readonly=True)
        return answer

    def uids(self, after: int = 0) -> list[int]:
        """The UIDs above `after`, ascending."""
        client = self._client
        client.wire.untagged_responses.pop("EXISTS", None)
        with self._errors():
            found = client.search(["UID", f"{after + 1}:*"] if after else "ALL")
            # "n:*" always matches the last message, even when n lies behind it
            return sorted(int(uid) for uid in found if int(uid) > after)

    def fetch(self, uids: Sequence[int], *, max_bytes: int) -> Iterator[Fetched]:
        """Yield every one of `uids` once, without marking it as read; ascending within a batch.

        Asks for sizes first; a message above `max_bytes` comes with its headers only.
        """
        self._client.wire.largest_literal = max_bytes + _HEADER_BYTES
        for start in range(0, len(uids), _ASK_AT_ONCE):
            some = sorted(uids[start : start + _ASK_AT_ONCE])
            known = self._ask(some, ["RFC822.SIZE", "INTERNALDATE"])
            heads = [_head(uid, known.get(uid, {})) for uid in some]
            for batch in self._batches(heads, max_bytes):
                yield from self._bodies(batch, max_bytes)

    def _batches(self, heads: Sequence[Fetched], max_bytes: int) -> Iterator[list[Fetched]]:
        """Small messages together; large ones and those that broke a connection alone."""
        batch: list[Fetched] = []
        size = 0
        for head in heads:
            alone = head.size > max_bytes or self._broken_by[self._uidvalidity, head.uid]
            full = len(batch) == _BATCH_MESSAGES or size + head.size > _BATCH_BYTES
            if batch and (alone or full):
                yield batch
                batch, size = [], 0
            batch.append(head)
            size += head.size
            if alone:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _bodies(self, batch: Sequence[Fetched], max_bytes: int) -> Iterator[Fetched]:
        item = f"BODY.PEEK[]<0.{max_bytes + 1}>"
        answer: Mapping[int, Any] = {}
        if len(batch) > 1:
            with suppress(CommandRefused):  # one bad message must not hide the others
                answer = self._ask([head.uid for head in batch], [item])
        for head in batch:
            if head.size > max_bytes:
                yield self._headers(head)
            else:
                raw = _body(answer, head.uid) or self._alone(head.uid, item)
                yield self._whole(head, raw, max_bytes)

    def _whole(self, head: Fetched, raw: bytes | None, max_bytes: int) -> Fetched:
        if raw is None:
            problem = "unfetchable" if self._is_listed(head.uid) else "gone"
            return Fetched(head.uid, None, head.size, head.internal_at, problem)
        if len(raw) > max_bytes:  # the size that the server told was wrong
            header = raw.partition(b"\r\n\r\n")[0][:_HEADER_BYTES]
            return Fetched(head.uid, header, head.size, head.internal_at, "too_large")
        return Fetched(head.uid, raw, head.size, head.internal_at)

    def _headers(self, head: Fetched) -> Fetched:
        raw = self._alone(head.uid, f"BODY.PEEK[HEADER]<0.{_HEADER_BYTES}>")
        return Fetched(head.uid, raw, head.size, head.internal_at, "too_large")

    def _alone(self, uid: int, item: str) -> bytes | None:
        """The bytes of one message; None when several tries brought nothing, or nothing of it."""
        if self._broken_by[self._uidvalidity, uid] >= _FATAL_TRIES:
            return None
        for _ in range(_TRIES):
            with suppress(CommandRefused):
                raw = _body(self._ask([uid], [item]), uid)
                if raw:
                    return raw
        return None

    def _ask(self, uids: Sequence[int], items: Sequence[str]) -> Mapping[int, Any]:
        client = self._client
        try:
            with self._errors():
                answer: Mapping[int, Any] = client.fetch(list(uids), list(items))
        except ConnectionLost:
            if len(uids) <= _BATCH_MESSAGES:
                self._broken_by.update((self._uidvalidity, uid) for uid in uids)
            raise
        return answer

    def _is_listed(self, uid: int) -> bool:
        client = self._client
        with self._errors():
            return uid in client.search(["UID", str(uid)])

    # Waiting

    def wait(self, seconds: float) -> bool:
        """Wait for news; True means: look with `uids()`. False: nothing came, or `wake()` did.

        By IDLE; where the server has none, True after `poll_seconds`. What IDLE says serves only
        as an alarm clock. Raises ConnectionLost when the connection turns out to be dead.
        """
        client = self._client
        if not client.has_capability("IDLE"):
            return self._poll(seconds)
        until = time.monotonic() + seconds
        woken = False
        while "EXISTS" not in client.wire.untagged_responses:
            left = until - time.monotonic()
            if woken or left <= 0:
                return False
            with self._errors():
                woken = self._idle(client.wire, left)
        return True

    def wake(self) -> None:
        """End a `wait` at once, or the next one; may be called from any thread."""
        with suppress(OSError):
            self._wake_up.send(b"\0")

    def _idle(self, imap: Any, seconds: float) -> bool:
        """One round of IDLE, ended by any word of the server, `wake()` or the clock."""
        # Not IMAPClient.idle_check: it reads without blocking, so that a line that arrives in two
        # packets is lost, and it takes a closed connection for silence.
        tag = imap._command("IDLE")
        while imap._get_response() is not None:
            if imap.tagged_commands[tag]:
                raise imaplib.IMAP4.abort("IDLE was refused")
        woken = self._listen(imap, seconds)
        imap.send(b"DONE\r\n")
        imap._command_complete("IDLE", tag)
        return woken

    def _listen(self, imap: Any, seconds: float) -> bool:
        """Until the server speaks, `wake()` or the time is up; True when woken."""
        if _has_buffered(imap):
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(imap.sock, selectors.EVENT_READ)
            selector.register(self._waker, selectors.EVENT_READ)
            selector.select(seconds)
        return self._was_woken()

    def _poll(self, seconds: float) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self._waker, selectors.EVENT_READ)
            selector.select(min(seconds, self._settings.poll_seconds))
        return not self._was_woken()

    def _was_woken(self) -> bool:
        try:
            return bool(self._waker.recv(4096))
        except BlockingIOError:
            return False

    # Changing

    def move(self, uids: Sequence[int], folder: str) -> bool:
        """Move messages to `folder`, made if missing; False when the server can't or won't.

        Without MOVE: COPY, then UID EXPUNGE of just these. Never a bare EXPUNGE. After a crash in
        between the copy may be there twice: ask `has_message_id` first.
        """
        if not (self._client.has_capability("MOVE") or self._client.has_capability("UIDPLUS")):
            return False
        try:
            for start in range(0, len(uids), _ASK_AT_ONCE):
                self._move(list(uids[start : start + _ASK_AT_ONCE]), folder)
        except CommandRefused as error:
            log.warning("move refused: %s", error)
            return False
        return True

    def _move(self, uids: list[int], folder: str) -> None:
        client = self._client
        if client.has_capability("MOVE"):
            self._into(folder, client.move, uids, folder)
            return
        self._into(folder, client.copy, uids, folder)
        with self._errors():
            client.add_flags(uids, [rb"\Deleted"], silent=True)
            client.uid_expunge(uids)

    def append(self, folder: str, raw: bytes, flags: Sequence[str] = ()) -> None:
        """Put a message into `folder`, made if missing."""
        self._into(folder, self._client.append, folder, raw, flags)

    def _into(self, folder: str, command: Any, *arguments: object) -> None:
        """Run a command whose target folder may have to be made first."""
        try:
            with self._errors():
                command(*arguments)
        except CommandRefused as error:
            if not _NO_FOLDER.search(str(error)):
                raise
            with self._errors():
                self._client.create_folder(folder)
                command(*arguments)

    def has_message_id(self, folder: str, message_id: str) -> bool:
        """Whether `folder` holds a message with this Message-ID; the open folder stays open."""
        return self._holds(folder, "HEADER", "Message-ID", message_id)

    def has_recipient(self, folder: str, part: str) -> bool:
        """Whether `folder` holds a message with `part` in To; the open folder stays open."""
        return self._holds(folder, "TO", part)

    def _holds(self, folder: str, *criteria: str) -> bool:
        client, before, uidvalidity = self._client, self._folder, self._uidvalidity
        try:
            self._select(folder, readonly=True)
            with self._errors():
                return bool(client.search(list(criteria)))
        finally:
            if before and self._open and self.select(before) != uidvalidity:
                self._drop()

    def noop(self) -> None:
        """Prove that the connection lives, within the timeout."""
        client = self._client
        with self._errors():
            client.wire.noop()


def _has_buffered(imap: Any) -> bool:
    """Whether bytes are already read from the socket, where a selector can't see them."""
    timeout = imap.sock.gettimeout()
    imap.sock.setblocking(False)
    try:
        return bool(imap.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        imap.sock.settimeout(timeout)


def _head(uid: int, data: Mapping[bytes, Any]) -> Fetched:
    size, at = data.get(b"RFC822.SIZE"), data.get(b"INTERNALDATE")
    return Fetched(
        uid,
        None,
        size if isinstance(size, int) else 0,
        at.astimezone(UTC) if isinstance(at, datetime) else None,
    )


def _body(answer: Mapping[int, Any], uid: int) -> bytes | None:
    """The body in an answer; None if this UID is not in it, or it is NIL or empty."""
    for key, value in answer.get(uid, {}).items():
        if key.startswith(b"BODY[") and isinstance(value, bytes) and value:
            return value
    return None
