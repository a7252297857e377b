"""The same small office on two kinds of servers: embedded in this process, and the real ones."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, Protocol

from mailflow.config import Imap, Smtp
from mailflow.demo.servers import EmbeddedPair
from servers.authority import Authority
from servers.dovecot import Dovecot
from servers.postfix import Postfix

OFFICE = "office@example.edu"
ANNE = "anne@student.example.edu"
BART = "bart@student.example.edu"
CRIS = "cris@student.example.edu"
DIRK = "dirk@student.example.edu"  # has left: mail to him bounces
EVA = "eva@student.example.edu"
FAYE = "faye@student.example.edu"
GINO = "gino@student.example.edu"
HANA = "hana@student.example.edu"
STRANGER = "somebody@elsewhere.example.org"
MAILBOXES = (OFFICE, ANNE, BART, CRIS, EVA, FAYE, GINO, HANA, STRANGER)
USERS = {address: f"secret of {address}" for address in MAILBOXES}


class OfficeServers(Protocol):
    """What a story needs of a mail server, whichever it is."""

    def imap(self, address: str = OFFICE, **changes: Any) -> Imap: ...

    def smtp(self, address: str = OFFICE, **changes: Any) -> Smtp: ...

    def deliver(self, to: str, raw: bytes, *, sender: str = "") -> None: ...

    def mailbox_of(self, address: str, *, folder: str = "INBOX") -> list[bytes]: ...

    def secret_file(self, name: str, secret: str) -> Path: ...


class EmbeddedOffice(EmbeddedPair):
    """pymap and aiosmtpd in this process; without TLS, on loopback. Dirk is refused at RCPT."""

    def __init__(self) -> None:
        super().__init__(USERS, keep_sent=(OFFICE,))
        self._folder = Path(tempfile.mkdtemp(prefix="mf-embedded-"))

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def imap(self, address: str = OFFICE, **changes: Any) -> Imap:
        settings = self._account(address) | {"port": self.imap_port, "sent_folder": "Sent"}
        return Imap(**settings | changes)

    def smtp(self, address: str = OFFICE, **changes: Any) -> Smtp:
        settings = self._account(address) | {"port": self.smtp_port, "per_minute": 0}
        return Smtp(**settings | changes)

    def _account(self, address: str) -> dict[str, Any]:
        return {
            "host": self.host,
            "security": "none",
            "username": address,
            "password_file": self.secret_file(address, USERS[address]),
            "timeout_seconds": 10,
        }

    def deliver(self, to: str, raw: bytes, *, folder: str = "INBOX", sender: str = "") -> None:
        if sender:
            raw = f"Return-Path: <{sender}>\r\n".encode() + raw
        super().deliver(to, raw, folder=folder)

    def secret_file(self, name: str, secret: str) -> Path:
        path = self._folder / f"secret-{name}"
        path.write_text(secret + "\n")
        return path


class RealOffice:
    """Postfix before Dovecot, over TLS. Dirk's mail is accepted and bounces later."""

    def __init__(self, dovecot: Dovecot, postfix: Postfix) -> None:
        self.dovecot = dovecot
        self.postfix = postfix

    def imap(self, address: str = OFFICE, **changes: Any) -> Imap:
        return self.dovecot.imap(address, **changes)

    def smtp(self, address: str = OFFICE, **changes: Any) -> Smtp:
        return self.postfix.smtp(address, **changes)

    def deliver(self, to: str, raw: bytes, *, sender: str = "") -> None:
        self.dovecot.deliver(to, raw, sender=sender)

    def mailbox_of(self, address: str, *, folder: str = "INBOX") -> list[bytes]:
        return self.dovecot.mailbox_of(address, folder=folder)

    def secret_file(self, name: str, secret: str) -> Path:
        return self.dovecot.secret_file(name, secret)


def dovecot_for(authority: Authority) -> Dovecot:
    return Dovecot(USERS, authority)


def postfix_for(dovecot: Dovecot, authority: Authority) -> Postfix:
    return Postfix(dovecot, authority, keep_sent=(OFFICE,), left=(DIRK,))
