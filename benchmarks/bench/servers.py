"""The mail servers a benchmark runs against: the embedded pair, or Dovecot and Postfix."""

import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient

from mailflow.config import Imap, Smtp
from mailflow.demo.servers import EmbeddedPair

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of clients that were killed


@dataclass(frozen=True)
class Servers:
    """How `owner`, the office, reaches its mailbox and its relay."""

    name: str
    imap: Imap
    smtp: Smtp

    def mailbox(self) -> IMAPClient:
        """A connection to the office's mailbox, logged in, by imapclient alone."""
        tls = self.imap.security == "tls"
        context = self.imap.tls_context() if tls else None
        client = IMAPClient(self.imap.host, self.imap.port, ssl=tls, ssl_context=context)
        assert self.imap.password_file
        client.login(self.imap.username, self.imap.password_file.read_text().strip())
        return client


@contextmanager
def servers(users: Mapping[str, str], owner: str, *, real: bool) -> Iterator[Servers]:
    """Start a pair for `users` (address to password); `owner` keeps what it sends in `Sent`."""
    with _real(users, owner) if real else _embedded(users, owner) as pair:
        yield pair


@contextmanager
def _embedded(users: Mapping[str, str], owner: str) -> Iterator[Servers]:
    with EmbeddedPair(users, keep_sent=(owner,)) as pair, tempfile.TemporaryDirectory() as folder:
        password = Path(folder) / "password"
        password.write_text(users[owner])
        login = {"host": pair.host, "security": "none", "username": owner}
        yield Servers(
            "embedded pair",
            Imap(**login, port=pair.imap_port, password_file=password, sent_folder="Sent"),
            Smtp(**login, port=pair.smtp_port, password_file=password, per_minute=0),
        )


@contextmanager
def _real(users: Mapping[str, str], owner: str) -> Iterator[Servers]:
    from servers.authority import Authority
    from servers.dovecot import Dovecot
    from servers.postfix import Postfix

    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(Path(folder))
        with (
            Dovecot(users, authority) as dovecot,
            Postfix(dovecot, authority, keep_sent=(owner,)) as postfix,
        ):
            yield Servers("Dovecot and Postfix", dovecot.imap(owner), postfix.smtp(owner))
