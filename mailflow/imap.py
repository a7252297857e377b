"""One connection to the office's mailbox: fetch raw bytes, wait for news, move what is safe.

A `Mailbox` belongs to one thread, except `wake()`. It never marks anything as read and never
expunges more than it was told to. Every failure is a `MailboxError` whose text is short and free
of secrets; after `ConnectionLost`, `LoginRefused` or `TlsRefused` the way on is `connect()`.
"""

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

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import ProtocolError  # type: ignore[import-untyped]
from imapclient.imap4 import IMAP4WithTimeout  # type: ignore[import-untyped]
from imapclient.tls import IMAP4_TLS  # type: ignore[import-untyped]

from mailflow.config import ConfigError, Imap, read_secret

log = logging.getLogger(__name__)

_ASK_AT_ONCE = 500  # messages in one question for sizes; keeps command lines below 8 kB
_BATCH_MESSAGES = 50
_BATCH_BYTES = 4_000_000
_LONGEST_LINE = 16_000_000  # a SEARCH answer of about two million UIDs
_HEADER_BYTES = 256_000
_TRIES = 3
_FATAL_TRIES = 5  # after so many broken connections over one message it is left to a person

_BACKOFF = re.compile(r"(?:throttled|backoff)[^0-9]{0,100}([0-9]{1,9}) *milliseconds", re.I)
_THROTTLED = re.compile(r"\bthrottled\b", re.I)
_NOT_THE_PASSWORD = re.compile(
    r"\[(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG)\]|too many|not connected|temporar|try again", re.I
)
_NO_FOLDER = re.compile(r"\[(?:TRYCREATE|NONEXISTENT)\]|exist|not found|unknown folder", re.I)


class MailboxError(Exception):
    """Something at the mailbox did not go; the text says what, in one line."""


class ConnectionLost(MailboxError):
    """The connection is gone or can't be trusted any more: connect again, after a pause."""


class Throttled(ConnectionLost):
    """The server asked for a pause of `seconds`."""

    def __init__(self, seconds: float, text: str) -> None:
        super().__init__(text)
        self.seconds = seconds


class LoginRefused(MailboxError):
    """Name, password or token are wrong: trying again at once may lock the account."""


class TlsRefused(MailboxError):
    """No protected connection to the right server: nothing secret was sent."""


class CommandRefused(MailboxError):
    """The server said no to one command; the connection is still good."""


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
        self._open: _Client | None = None
        self._capabilities: frozenset[bytes] = frozenset()
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

    # Connection

    def connect(self) -> None:
        """Open a checked connection and log in; an older connection is dropped."""
        self._drop()
        self._open = client = self._dial()
        self._log_in(client)
        with self._errors():
            _, data = client._imap.capability()
            client._cached_capabilities = tuple(data[-1].upper().split())
            self._capabilities = frozenset(client._cached_capabilities)

    def close(self) -> None:
        """Log out within two seconds, or just hang up. Never raises."""
        if self._open:
            with suppress(imaplib.IMAP4.error, OSError):
                self._open.socket().settimeout(2)
                self._open.logout()
        self._drop()
        self._waker.close()
        self._wake_up.close()

    def _dial(self) -> "_Client":
        settings = self._settings
        if settings.security == "none" and not settings.is_loopback:
            raise TlsRefused(f"{settings.host} is not this machine, so security can't be none")
        context = None if settings.security == "none" else settings.tls_context()
        try:
            client = _Client(
                settings.host,
                settings.port,
                ssl=settings.security == "tls",
                ssl_context=context,
                timeout=SocketTimeout(settings.timeout_seconds, settings.timeout_seconds),
            )
        except ssl.SSLError as error:
            raise TlsRefused(_tls_reason(error)) from None
        except imaplib.IMAP4.error as error:
            raise _broken(str(error)) from None
        except OSError as error:
            raise ConnectionLost(f"{settings.host}: {error.strerror or error}") from None
        _prepare(client.socket())
        if settings.security == "starttls":
            self._start_tls(client, context)
        return client

    def _start_tls(self, client: "_Client", context: ssl.SSLContext | None) -> None:
        try:
            client.starttls(context)
        except ssl.SSLError as error:
            problem: MailboxError = TlsRefused(_tls_reason(error))
        except imaplib.IMAP4.error as error:
            problem = TlsRefused(f"STARTTLS is not to be had: {_clean(str(error))}")
        except OSError as error:
            problem = ConnectionLost(f"{self._settings.host}: {error.strerror or error}")
        else:
            return
        with suppress(OSError):
            client.shutdown()
        raise problem

    def _log_in(self, client: "_Client") -> None:
        settings = self._settings
        if "LOGINDISABLED" in client._imap.capabilities:
            self._drop()
            raise TlsRefused("the server takes no password over a connection without TLS")
        secret_file = settings.oauth_token_file or settings.password_file
        try:
            secret = read_secret(secret_file) if secret_file else ""
        except ConfigError as error:
            self._drop()
            raise LoginRefused(str(error)) from None
        try:
            with self._errors():
                if settings.oauth_token_file:
                    client.oauth2_login(settings.username, secret)
                elif secret.isascii():
                    client.login(settings.username, secret)
                else:
                    client.plain_login(settings.username, secret)
        except CommandRefused as error:
            self._drop()
            text = str(error).replace(secret, "***") if secret else str(error)
            if _NOT_THE_PASSWORD.search(text):
                raise ConnectionLost(text) from None
            raise LoginRefused(text) from None

    def _drop(self) -> None:
        client, self._open = self._open, None
        if client:
            with suppress(OSError):
                client.shutdown()

    @property
    def _client(self) -> "_Client":
        if self._open is None:
            raise ConnectionLost("not connected")
        return self._open

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Translate what the libraries raise; drop a connection that can't be trusted."""
        try:
            yield
        except imaplib.IMAP4.abort as error:
            problem: MailboxError = _broken(self._farewell() or str(error))
        except ProtocolError:
            problem = ConnectionLost("the server's answer breaks the protocol")
        except imaplib.IMAP4.error as error:
            problem = _refused(str(error))
        except OSError as error:
            problem = ConnectionLost(error.strerror or str(error) or type(error).__name__)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # imaplib and imapclient trip in these ways over answers that make no sense
            problem = ConnectionLost("the server's answer can't be read")
        else:
            return
        if isinstance(problem, ConnectionLost):
            self._drop()
        raise problem from None

    def _farewell(self) -> str:
        bye = self._open and self._open._imap.untagged_responses.get("BYE")
        return bye[-1].decode("utf-8", "replace") if bye else ""

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
        client._imap.untagged_responses.pop("EXISTS", None)
        with self._errors():
            found = client.search(["UID", f"{after + 1}:*"] if after else "ALL")
            # "n:*" always matches the last message, even when n lies behind it
            return sorted(int(uid) for uid in found if int(uid) > after)

    def fetch(self, uids: Sequence[int], *, max_bytes: int) -> Iterator[Fetched]:
        """Yield every one of `uids` once, without marking it as read; ascending within a batch.

        Asks for sizes first; a message above `max_bytes` comes with its headers only.
        """
        self._client._imap.largest_literal = max_bytes + _HEADER_BYTES
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
                yield self._whole(head, _body(answer, head.uid) or self._alone(head.uid, item))

    def _whole(self, head: Fetched, raw: bytes | None) -> Fetched:
        if raw is None:
            problem = "unfetchable" if self._is_listed(head.uid) else "gone"
            return Fetched(head.uid, None, head.size, head.internal_at, problem)
        largest = self._client._imap.largest_literal - _HEADER_BYTES
        if len(raw) > largest:  # the size that the server told was wrong
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
        if b"IDLE" not in self._capabilities:
            return self._poll(seconds)
        until = time.monotonic() + seconds
        woken = False
        while "EXISTS" not in client._imap.untagged_responses:
            left = until - time.monotonic()
            if woken or left <= 0:
                return False
            with self._errors():
                woken = self._idle(client._imap, left)
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
        if b"MOVE" not in self._capabilities and b"UIDPLUS" not in self._capabilities:
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
        if b"MOVE" in self._capabilities:
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
        client, before, uidvalidity = self._client, self._folder, self._uidvalidity
        try:
            self._select(folder, readonly=True)
            with self._errors():
                return bool(client.search(["HEADER", "Message-ID", message_id]))
        finally:
            if before and self._open and self.select(before) != uidvalidity:
                self._drop()

    def noop(self) -> None:
        """Prove that the connection lives, within the timeout."""
        client = self._client
        with self._errors():
            client._imap.noop()


class _Careful:
    """Reads no literal above `largest_literal` and none that trickles."""

    largest_literal = 1_000_000
    file: Any

    def read(self, size: int) -> bytes:
        if size > self.largest_literal:
            raise imaplib.IMAP4.abort(f"the server announced {size} bytes at once")
        until = time.monotonic() + 60 + size / 10_000
        pieces = []
        while size:
            piece = self.file.read1(min(size, 65536))
            if not piece:
                raise imaplib.IMAP4.abort("the connection ended in the middle of a message")
            if time.monotonic() > until:
                raise imaplib.IMAP4.abort("the server sends too slowly")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def readline(self) -> bytes:
        line: bytes = self.file.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise imaplib.IMAP4.abort("the server sent an endless line")
        return line


class _PlainImap(_Careful, IMAP4WithTimeout):  # type: ignore[misc]
    pass


class _TlsImap(_Careful, IMAP4_TLS):  # type: ignore[misc]
    pass


class _Client(IMAPClient):  # type: ignore[misc]
    """IMAPClient over the careful reader, without a log of what is said (passwords, people)."""

    def __init__(self, host: str, port: int, **options: Any) -> None:
        super().__init__(host, port, **options)
        self.normalise_times = False
        self._imap.debug = 0

    def _create_IMAP4(self) -> imaplib.IMAP4:
        timeout = self._timeout.connect
        if self.ssl:
            return _TlsImap(self.host, self.port, self.ssl_context, timeout)
        return _PlainImap(self.host, self.port, timeout)


def _prepare(sock: socket.socket) -> None:
    """Notice a dead peer in two minutes; send small commands at once (else 40 ms each)."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 20)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)


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


def _broken(text: str) -> ConnectionLost:
    told = _BACKOFF.search(text)
    if told:
        return Throttled(int(told[1]) / 1000, _clean(text))
    return Throttled(60, _clean(text)) if _THROTTLED.search(text) else ConnectionLost(_clean(text))


def _refused(text: str) -> MailboxError:
    return _broken(text) if _THROTTLED.search(text) else CommandRefused(_clean(text))


def _tls_reason(error: ssl.SSLError) -> str:
    reason = getattr(error, "verify_message", "") or error.reason or "no TLS"
    return f"the connection is not safe: {reason}"


def _clean(text: str) -> str:
    """One printable line of at most 200 characters."""
    return "".join(c if c.isprintable() else " " for c in text[:200]).strip()
