"""A mail server pair inside this process, on loopback: IMAP by pymap, submission by aiosmtpd.

For the demo and for quick tests. Letters live in memory and are gone when the pair stops. Nothing
leaves the machine: a recipient who has no mailbox here is refused with 550.
"""

import asyncio
import logging
import ssl
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Self, TypeVar
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.result import ProxyResultUnknown
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config as DictConfig
from pymap.backend.dict import Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Event, Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.selected import SelectedMailbox
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

Value = TypeVar("Value")

_LARGEST = 64_000_000

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns about its own attributes


@dataclass(frozen=True, slots=True)
class Fault:
    """How the submission server misbehaves for one recipient or one letter.

    It waits `seconds`, answers `reply` ('' = the usual 250), and with `drop` cuts the connection
    instead of (or, when `reply` is given, in the middle of) the answer. A letter with a `reply`
    or a `drop` is thrown away unless `accept` says otherwise: `Fault(accept=True, drop=True)` is
    a relay that has the letter and never says so.
    """

    reply: str = ""
    accept: bool = False
    drop: bool = False
    seconds: float = 0

    @property
    def keeps(self) -> bool:
        return self.accept or not (self.reply or self.drop)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One letter that the submission server took, as it came over the wire."""

    sender: str
    recipient: str
    raw: bytes = field(repr=False)


OnRcpt = Callable[[str, str], Fault | str | None]
OnData = Callable[[Accepted], Fault | str | None]


class EmbeddedPair:
    """`with EmbeddedPair({"office@example.edu": "secret"}) as pair:` serves IMAP and submission.

    `users` maps address (also the login name) to password. Ports of 0 are chosen by the system;
    `imap_port` and `smtp_port` tell them. With `tls` both servers demand STARTTLS before login.
    Whatever an address in `keep_sent` submits is copied to its own folder `Sent`.

    `on_rcpt(sender, recipient)` and `on_data(accepted)` may return an SMTP reply or a `Fault`;
    `on_accept(accepted)` is told of every letter kept. All three are called in the server thread,
    so they must not call back into the pair.
    """

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        keep_sent: tuple[str, ...] = (),
        imap_port: int = 0,
        smtp_port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.host = "127.0.0.1"
        self.imap_port = imap_port
        self.smtp_port = smtp_port
        self.accepted: list[Accepted] = []
        self.on_rcpt: OnRcpt | None = None
        self.on_data: OnData | None = None
        self.on_accept: Callable[[Accepted], None] | None = None
        self._users = {address.lower(): password for address, password in users.items()}
        self._keep_sent = frozenset(address.lower() for address in keep_sent)
        self._tls = tls
        self._mailboxes: dict[str, MailboxSet] = {}
        self._connections: set[asyncio.Task[None]] = set()
        self._sessions: WeakSet[SMTP] = WeakSet()
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="embedded-mail", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve in a thread of its own; returns when both ports answer."""
        self._thread.start()
        self._started.result(timeout=10)

    def stop(self) -> None:
        """Close all connections and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(timeout=10)

    def deliver(self, to: str, raw: bytes, *, folder: str = "INBOX") -> None:
        """Put `raw`, byte for byte, into a mailbox; KeyError if `to` has none here."""
        self._call(self._append(self._mailbox_name(to), raw, folder=folder))

    def mailbox_of(self, address: str, *, folder: str = "INBOX") -> list[bytes]:
        """All messages of a folder, oldest first; empty if there is no such folder."""
        return self._call(self._messages(self._mailbox_name(address), folder))

    def _call(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=30)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._imap = self._imap_server()
        imap = await asyncio.start_server(self._imap_connected, self.host, self.imap_port)
        smtp = await self._loop.create_server(self._smtp_session, self.host, self.smtp_port)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._started.set_result(None)
        await self._stopping.wait()
        imap.close()
        smtp.close()
        for session in self._sessions:
            if isinstance(session.transport, asyncio.WriteTransport):
                session.transport.abort()

    # IMAP

    def _imap_server(self) -> IMAPServer:
        config = _ImapConfig(self._tls)
        login = Login(config)
        for address, password in self._users.items():
            login.users_dict[address] = UserMetadata(config, address, password=password)
            self._mailboxes[address] = mailboxes = _promptly(MailboxSet())
            config.set_cache[address] = (mailboxes, FilterSet())
        return IMAPServer(login, config)

    def _imap_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # pymap's own callback keeps no reference to this task: from Python 3.13 on it would be
        # garbage-collected in the middle of a connection.
        info = SocketInfo.get(writer, ProxyResultUnknown(), unique_id=b"")
        connection = self._imap(reader, _OneWrite(writer), info)  # type: ignore[arg-type]
        task = self._loop.create_task(connection)
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    def _mailbox_name(self, address: str) -> str:
        local, _, host = address.lower().rpartition("@")
        name = f"{local.partition('+')[0]}@{host}"
        if name not in self._users:
            raise KeyError(name)
        return name

    async def _append(self, user: str, raw: bytes, *, folder: str = "INBOX") -> None:
        mailboxes = self._mailboxes[user]
        if folder != "INBOX" and folder not in mailboxes._set:
            await mailboxes.add_mailbox(folder)
        mailbox = await mailboxes.get_mailbox(folder)
        await mailbox.append(AppendMessage(raw, datetime.now(UTC)), recent=True)

    async def _messages(self, user: str, folder: str) -> list[bytes]:
        try:
            mailbox = await self._mailboxes[user].get_mailbox(folder)
        except KeyError:
            return []
        return [bytes(message._content) async for message in mailbox.messages() if message._content]

    # Submission

    def _smtp_session(self) -> SMTP:
        session = SMTP(
            self,
            hostname="localhost",
            ident="embedded",
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            auth_require_tls=self._tls is not None,
            authenticator=self._authenticate,
            loop=self._loop,
        )
        self._sessions.add(session)
        return session

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            password = self._users.get(data.login.decode("utf-8", "replace").lower())
            if password is not None and password.encode() == data.password:
                return AuthResult(success=True)
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = _fault(self.on_rcpt and self.on_rcpt(envelope.mail_from or "", address))
        if fault:
            await self._misbehave(server, fault)
            if fault.reply:
                return fault.reply
        try:
            self._mailbox_name(address)
        except KeyError:
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            letter = Accepted(envelope.mail_from or "", recipient, raw)
            fault = _fault(self.on_data and self.on_data(letter))
            if not fault or fault.keeps:
                await self._accept(letter)
            if fault:
                await self._misbehave(server, fault)
                if fault.reply:
                    return fault.reply
        return "250 2.0.0 OK"

    async def _accept(self, letter: Accepted) -> None:
        stamp = format_datetime(datetime.now(UTC))
        trace = (
            f"Return-Path: <{letter.sender}>\r\nDelivered-To: {letter.recipient}\r\n"
            f"Received: by localhost (embedded) with ESMTP; {stamp}\r\n"
        )
        self.accepted.append(letter)
        sender = letter.sender.lower()
        if sender in self._keep_sent:
            await self._append(sender, letter.raw, folder="Sent")
        await self._append(self._mailbox_name(letter.recipient), trace.encode() + letter.raw)
        if self.on_accept:
            self.on_accept(letter)

    async def _misbehave(self, server: SMTP, fault: Fault) -> None:
        await asyncio.sleep(fault.seconds)
        if fault.drop:
            transport: Any = server.transport
            transport.write(fault.reply.encode())
            transport.close()
            raise asyncio.CancelledError


def _fault(answer: Fault | str | None) -> Fault | None:
    return Fault(reply=answer) if isinstance(answer, str) else answer


class _ImapConfig(DictConfig):
    """pymap without demo data, name look-ups or slow hashing (all passwords here are made up)."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=None,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0,
            max_append_len=_LARGEST,
            tls_enabled=tls is not None,
            ssl_context=tls,
        )

    @property
    def greeting(self) -> bytes:
        return b"embedded server ready"


class _OneWrite:
    """A writer that sends each response in one piece.

    pymap writes a response in several, and a client that reads without blocking while it idles
    takes the first piece for a broken line.
    """

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._pieces.append(bytes(data))

    async def drain(self) -> None:
        self._writer.write(b"".join(self._pieces))
        self._pieces.clear()
        await self._writer.drain()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


class _PromptMailbox(MailboxData):
    """A mailbox that does not sleep on news.

    pymap's IDLE waits for the *next* change even if one came between the last look and the wait,
    so that a message could stay unannounced until another one arrives.
    """

    async def update_selected(
        self, selected: SelectedMailbox, *, wait_on: Event | None = None
    ) -> SelectedMailbox:
        seen = selected.mod_sequence
        if seen is not None and seen < self._mod_sequences.highest:
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)


def _promptly(mailboxes: MailboxSet) -> MailboxSet:
    mailboxes._inbox = _PromptMailbox(mailboxes._content_cache, mailboxes._thread_cache)
    return mailboxes
