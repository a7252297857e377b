"""Hand one letter to the relay; a delivery ends in a value, in the words of the RFCs."""

import asyncio
import re
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from mailflow.config import ConfigError, Smtp, read_secret

_IDLE_SECONDS = 30  # after so long a kept connection may be dead without a sign
_LONGEST_ENVID = 100  # RFC 3461

_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_ADDRESS = re.compile(r"[^\s<>@:;,()]{1,64}@[^\s<>@:;,()]{1,255}")
# aiosmtplib would make "<anne@x>" of "anne@x,bart@y": only an address that is one may pass
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

# Refusals that would meet every letter of ours, not this one alone: 5.7.0, 5.7.8, 5.7.9, 5.7.11
# (RFC 4954: log in first), 5.7.20-5.7.29 (RFC 7372 and Google: SPF, DKIM, DMARC, reverse DNS),
# 5.4.5 (Google: the day's quota), and Microsoft's 5.1.8, 5.7.57, 5.7.60, 5.7.139 (sender blocked,
# not logged in, may not send as) and 5.7.5xx-5.7.7xx (sender authentication, tenant blocked).
_OURS = re.compile(r"5\.7\.(?:[089]|11|2[0-9]|57|60|139|[5-7][0-9]{2})|5\.4\.5|5\.1\.8")
_NO_RELAYING = re.compile(r"\brelay(?:ing)?\b.{0,20}\b(?:denied|not|prohibited)\b", re.I)
_NO_ACCESS = re.compile(r"5\.7\.1 .{0,80}\baccess denied\b", re.I)  # Postfix: not logged in
_TOO_LARGE = frozenset({"5.3.4", "5.2.3"})


class Outcome(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"  # the connection died when the relay may already have the letter


@dataclass(frozen=True, slots=True)
class Dsn:
    """How one delivery ended. `code` is the SMTP reply code (0 = none came), `status` the
    enhanced code if any, `text` the reply without personal data. `ours` marks a refusal that is
    the office's own fault (policy, login, quota): everything waits, staff are told."""

    outcome: Outcome
    code: int = 0
    status: str = ""
    text: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class _Letter:
    sender: str
    recipient: str
    raw: bytes = field(repr=False)
    message_id: str


class Relay:
    """The relay of `settings`. Keeps its connection for several letters, in one event loop.

    | point | event | ends as |
    |---|---|---|
    | connect, TLS | anything | deferred; ours if there is no TLS or the wrong certificate |
    | login | 4xx / anything else | deferred / deferred, ours |
    | MAIL | 4xx / 5xx | deferred / deferred, ours (if too large: bounced) |
    | RCPT, DATA, after the dot | 4xx / 5xx | deferred / bounced, or deferred, ours, for policy |
    | before the dot | connection lost, silence | deferred |
    | after the dot | connection lost, silence, half a reply | unknown |
    | after 250 | anything | sent |
    """

    def __init__(self, settings: Smtp) -> None:
        self._settings = settings
        self._client: SMTP | None = None
        self._used_at = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def deliver(self, *, sender: str, recipient: str, raw: bytes, message_id: str) -> Dsn:
        """Hand `raw` to the relay for one recipient. Never raises for reasons of mail.

        `message_id` goes along as the envelope id, where the relay offers that, so that a bounce
        names the letter. A second call waits for the first.
        """
        if not _MAILBOX.fullmatch(sender):
            return Dsn(Outcome.DEFERRED, text="the office's own address is no address", ours=True)
        if not _MAILBOX.fullmatch(recipient):
            return Dsn(Outcome.BOUNCED, 553, "5.1.3", "not an address that mail can be sent to")
        letter = _Letter(sender, recipient, raw, message_id)
        async with self._one_at_a_time:
            if asyncio.get_running_loop().time() - self._used_at > _IDLE_SECONDS:
                await self.close()
            kept = self._client is not None
            dsn = await self._attempt(letter)
            if kept and dsn.outcome is Outcome.DEFERRED and dsn.code in (0, 421):
                dsn = await self._attempt(letter)  # only the kept connection had ended
            return dsn

    async def probe(self) -> str:
        """Connect and log in, send nothing: '' when the relay lets the office in, else why not."""
        client = await self._connect()
        if isinstance(client, Dsn):
            return client.text
        self._client = client
        await self.close()
        return ""

    async def close(self) -> None:
        """Say goodbye to the relay, for at most two seconds. Never raises."""
        client, self._client = self._client, None
        if client:
            with suppress(SMTPException, OSError):
                await client.quit(timeout=2)
            client.close()

    async def _attempt(self, letter: _Letter) -> Dsn:
        try:
            client = self._client or await self._connect()
            if isinstance(client, Dsn):
                return client
            self._client = client
            dsn = await _envelope(client, letter)
            dsn = dsn or await _content(client, letter.raw, self._settings.data_timeout_seconds)
            await self._settle(client, dsn)
        except BaseException:  # cancelled: the connection is in the middle of something
            self._hang_up()
            raise
        return dsn

    async def _settle(self, client: SMTP, dsn: Dsn) -> None:
        """Make the connection ready for the next letter, or give it up."""
        self._used_at = asyncio.get_running_loop().time()
        if dsn.outcome is Outcome.SENT:
            return
        if dsn.code in (0, 421) or dsn.outcome is Outcome.UNKNOWN:
            self._hang_up()
            return
        try:
            await client.rset()
        except (SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client:
            client.close()

    async def _connect(self) -> SMTP | Dsn:
        """A connection ready for MAIL, or how this ended; no secret leaves without TLS."""
        settings = self._settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=False,  # the default would take TLS or plain text, as the server likes
            tls_context=None if settings.security == "none" else settings.tls_context(),
            timeout=settings.timeout_seconds,
            local_hostname=_our_name(),
        )
        try:
            await client.connect()
            if settings.security == "starttls":
                await client.starttls()
            await client.ehlo()
            await self._log_in(client)
        except (SMTPException, ConfigError, OSError) as error:
            client.close()
            return _not_connected(error)
        return client

    async def _log_in(self, client: SMTP) -> None:
        settings = self._settings
        if settings.oauth_token_file:
            await client.auth_xoauth2(settings.username, read_secret(settings.oauth_token_file))
        elif settings.username:
            password = read_secret(settings.password_file) if settings.password_file else ""
            # not client.login: it tries every mechanism, and so counts as several wrong passwords
            if "plain" in client.supported_auth_methods:
                await client.auth_plain(settings.username, password)
            elif "login" in client.supported_auth_methods:
                await client.auth_login(settings.username, password)
            else:
                await client.login(settings.username, password)


async def _envelope(client: SMTP, letter: _Letter) -> Dsn | None:
    """MAIL and RCPT; None when the relay is ready for the letter."""
    try:
        await client.mail(letter.sender, options=_mail_options(client, letter))
    except SMTPResponseException as error:
        return _sender_refused(error)
    except (SMTPException, OSError) as error:
        return _lost(error)
    try:
        await client.rcpt(letter.recipient)
    except SMTPResponseException as error:
        return _refused(error.code, error.message)
    except (SMTPException, OSError) as error:
        return _lost(error)
    return None


async def _content(client: SMTP, raw: bytes, seconds: float) -> Dsn:
    """DATA, the letter, the dot. Once the dot is written, only a whole reply proves anything."""
    protocol = client.protocol
    try:
        answer = await client.execute_command(b"DATA")
        if answer.code != 354 or protocol is None:
            return _refused(answer.code, answer.message)
        protocol.write(_on_the_wire(raw))
        if not await _is_written(client, seconds):
            return Dsn(Outcome.DEFERRED, text="the connection ended before the letter did")
        protocol.write(b".\r\n")
    except SMTPResponseException as error:
        return _refused(error.code, error.message)
    except (SMTPException, OSError) as error:
        return _lost(error)
    try:
        answer = await protocol.read_response(timeout=seconds)
    except (SMTPException, OSError) as error:
        return Dsn(Outcome.UNKNOWN, text=f"after the letter: {_reason(error)}")
    return _verdict(answer)


async def _is_written(client: SMTP, seconds: float) -> bool:
    """Wait until all is handed to the system; False when the connection ended before that."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    await asyncio.sleep(0)
    while client.is_connected and isinstance(client.transport, asyncio.WriteTransport):
        if not client.transport.get_write_buffer_size():
            return True
        if loop.time() > until:
            return False
        await asyncio.sleep(0.005)
    return False


def _on_the_wire(raw: bytes) -> bytes:
    """CRLF line ends only, and dots stuffed: a letter can't end itself and begin another."""
    lines = _LINE_END.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines)


def _mail_options(client: SMTP, letter: _Letter) -> list[str]:
    options = []
    if client.supports_extension("size"):
        options.append(f"SIZE={len(letter.raw)}")
    if client.supports_extension("8bitmime") and not letter.raw.isascii():
        options.append("BODY=8BITMIME")
    envelope_id = _xtext(letter.message_id)
    if client.supports_extension("dsn") and 0 < len(envelope_id) <= _LONGEST_ENVID:
        options += ["RET=HDRS", f"ENVID={envelope_id}"]
    return options


def _xtext(text: str) -> str:
    """RFC 3461, section 4."""
    plain = (c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in text)
    return "".join(plain) if text.isascii() else ""


def _our_name() -> str:
    """What EHLO says, without asking DNS, which may hang."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _verdict(answer: SMTPResponse) -> Dsn:
    """The reply to the dot."""
    if 200 <= answer.code < 300:
        return Dsn(Outcome.SENT, answer.code, _status(answer.message), _clean(answer.message))
    if 400 <= answer.code < 600:
        return _refused(answer.code, answer.message)
    return Dsn(Outcome.UNKNOWN, text=f"no SMTP reply: {_clean(answer.message)}")


def _refused(code: int, message: str) -> Dsn:
    """A reply that refuses; a code that nobody knows counts as temporary."""
    status, text = _status(message), _clean(message)
    if not 500 <= code < 600:
        return Dsn(Outcome.DEFERRED, max(code, 0), status, text)
    told = _NO_RELAYING.search(text) or _NO_ACCESS.match(text)
    if code in (530, 535) or told or _OURS.fullmatch(status):
        return Dsn(Outcome.DEFERRED, code, status, text, ours=True)
    return Dsn(Outcome.BOUNCED, code, status, text)


def _sender_refused(error: SMTPResponseException) -> Dsn:
    status, text = _status(error.message), _clean(error.message)
    if not 500 <= error.code < 600 or error.code == 552 or status in _TOO_LARGE:
        return _refused(error.code, error.message)
    return Dsn(Outcome.DEFERRED, error.code, status, text, ours=True)


def _not_connected(error: SMTPException | ConfigError | OSError) -> Dsn:
    if isinstance(error, SMTPResponseException):
        code, text = max(error.code, 0), _clean(error.message)
        return Dsn(Outcome.DEFERRED, code, _status(error.message), text, ours=code >= 500)
    passing = isinstance(error, (SMTPConnectError, SMTPServerDisconnected, SMTPTimeoutError))
    unsafe = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
    ours = unsafe or not (passing or isinstance(error, OSError))
    return Dsn(Outcome.DEFERRED, text=_reason(error), ours=ours)


def _lost(error: Exception) -> Dsn:
    return Dsn(Outcome.DEFERRED, text=_reason(error))


def _reason(error: BaseException) -> str:
    return _clean(str(error)) or type(error).__name__


def _status(message: str) -> str:
    found = _ENHANCED.match(message)
    return found[0] if found else ""


def _clean(text: str) -> str:
    """One printable line of at most 200 characters, without addresses."""
    line = "".join(c if c.isprintable() else " " for c in text[:400])
    return _ADDRESS.sub("…", line).strip()[:200]
