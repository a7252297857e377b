"""A checked IMAP connection: TLS, login, bounded reading, and errors in our own words."""

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import ProtocolError  # type: ignore[import-untyped]
from imapclient.imap4 import IMAP4WithTimeout  # type: ignore[import-untyped]
from imapclient.tls import IMAP4_TLS  # type: ignore[import-untyped]

from mailflow.config import ConfigError, Imap, read_secret

_LONGEST_LINE = 16_000_000  # a SEARCH answer of about two million UIDs

_BACKOFF = re.compile(r"(?:throttled|backoff)[^0-9]{0,100}([0-9]{1,9}) *milliseconds", re.I)
_THROTTLED = re.compile(r"\bthrottled\b", re.I)
_NOT_THE_PASSWORD = re.compile(
    r"\[(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG)\]|too many|not connected|temporar|try again", re.I
)


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


class Client(IMAPClient):  # type: ignore[misc]
    """IMAPClient over a careful reader, without a log of what is said (passwords, people)."""

    def __init__(self, host: str, port: int, **options: Any) -> None:
        super().__init__(host, port, **options)
        self.normalise_times = False
        self._imap.debug = 0

    @property
    def wire(self) -> Any:
        """The imaplib object underneath, for what IMAPClient does not offer soundly."""
        return self._imap

    def _create_IMAP4(self) -> imaplib.IMAP4:
        timeout = self._timeout.connect
        if self.ssl:
            return _TlsImap(self.host, self.port, self.ssl_context, timeout)
        return _PlainImap(self.host, self.port, timeout)


def open_client(settings: Imap) -> Client:
    """Connect, check the certificate, log in; raises MailboxError with nothing left open."""
    client = _dial(settings)
    try:
        if settings.security == "starttls":
            _start_tls(client, settings)
        if "LOGINDISABLED" in client.wire.capabilities:
            raise TlsRefused("the server takes no password over a connection without TLS")
        _log_in(client, settings)
        with translated(client):
            client.capabilities()  # remembered; what the login answer told is forgotten at SELECT
    except MailboxError:
        hang_up(client)
        raise
    return client


def hang_up(client: Client) -> None:
    """Close the socket without a word."""
    with suppress(OSError):
        client.shutdown()


@contextmanager
def translated(client: Client) -> Iterator[None]:
    """Raise what the libraries raise as a MailboxError."""
    try:
        yield
    except imaplib.IMAP4.abort as error:
        bye = client.wire.untagged_responses.get("BYE")
        raise _broken(_decoded(bye[-1]) if bye else _said(error)) from None
    except ProtocolError:
        raise ConnectionLost("the server's answer breaks the protocol") from None
    except imaplib.IMAP4.error as error:
        text = _said(error)
        throttled = _THROTTLED.search(text)
        raise (_broken(text) if throttled else CommandRefused(_clean(text))) from None
    except OSError as error:
        raise ConnectionLost(error.strerror or str(error) or type(error).__name__) from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # imaplib and imapclient trip in these ways over answers that make no sense
        raise ConnectionLost("the server's answer can't be read") from None


def _dial(settings: Imap) -> Client:
    if settings.security == "none" and not settings.is_loopback:
        raise TlsRefused(f"{settings.host} is not this machine, so security can't be none")
    try:
        client = Client(
            settings.host,
            settings.port,
            ssl=settings.security == "tls",
            ssl_context=settings.tls_context() if settings.security == "tls" else None,
            timeout=SocketTimeout(settings.timeout_seconds, settings.timeout_seconds),
        )
    except ssl.SSLError as error:
        raise TlsRefused(_tls_reason(error)) from None
    except imaplib.IMAP4.error as error:
        raise _broken(_said(error)) from None
    except OSError as error:
        raise ConnectionLost(f"{settings.host}: {error.strerror or error}") from None
    _prepare(client.socket())
    return client


def _prepare(sock: socket.socket) -> None:
    """Notice a dead peer in two minutes; send small commands at once (else 40 ms each)."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 20)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)


def _start_tls(client: Client, settings: Imap) -> None:
    try:
        client.starttls(settings.tls_context())
    except ssl.SSLError as error:
        raise TlsRefused(_tls_reason(error)) from None
    except imaplib.IMAP4.error as error:
        raise TlsRefused(f"STARTTLS is not to be had: {_clean(_said(error))}") from None
    except OSError as error:
        raise ConnectionLost(f"{settings.host}: {error.strerror or error}") from None


def _log_in(client: Client, settings: Imap) -> None:
    secret_file = settings.oauth_token_file or settings.password_file
    try:
        secret = read_secret(secret_file) if secret_file else ""
    except ConfigError as error:
        raise LoginRefused(str(error)) from None
    try:
        with translated(client):
            if settings.oauth_token_file:
                client.oauth2_login(settings.username, secret)
            elif secret.isascii():
                client.login(settings.username, secret)
            else:
                client.plain_login(settings.username, secret)
    except CommandRefused as error:
        text = str(error).replace(secret, "***") if secret else str(error)
        kind = ConnectionLost if _NOT_THE_PASSWORD.search(text) else LoginRefused
        raise kind(text) from None


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


def _broken(text: str) -> ConnectionLost:
    told = _BACKOFF.search(text)
    if told:
        return Throttled(int(told[1]) / 1000, _clean(text))
    return Throttled(60, _clean(text)) if _THROTTLED.search(text) else ConnectionLost(_clean(text))


def _tls_reason(error: ssl.SSLError) -> str:
    reason = getattr(error, "verify_message", "") or error.reason or "no TLS"
    return f"the connection is not safe: {reason}"


def _said(error: Exception) -> str:
    """The server's words: imaplib puts bytes into some of its errors."""
    return _decoded(error.args[0]) if error.args else type(error).__name__


def _decoded(words: object) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _clean(text: str) -> str:
    """One printable line of at most 200 characters."""
    return "".join(c if c.isprintable() else " " for c in text[:200]).strip()
