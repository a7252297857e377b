"""Postfix from a temporary folder, before Dovecot: submission, delivery, genuine bounces.

It must be started as root (it gives up its rights itself). Nothing can leave the machine: every
address outside the users' domains ends in a bounce.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

from mailflow.config import Smtp
from servers import process
from servers.authority import Authority
from servers.dovecot import Dovecot

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = /tmp, /var/tmp
myhostname = mail.example.edu
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
biff = no
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
default_transport = error:5.1.2 this server sends nothing outside
relay_transport = error:5.1.2 this server sends nothing outside
sender_bcc_maps = inline:{{ {sent_copies} }}
lmtp_destination_concurrency_limit = 2
lmtp_destination_recipient_limit = 1
smtpd_tls_cert_file = {pair.certificate}
smtpd_tls_key_file = {pair.key}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl_port}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_reject_unlisted_recipient = yes
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
message_size_limit = 40000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
"""

MASTER = """
127.0.0.1:{starttls_port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Submission for the users of `dovecot`; what `keep_sent` submit is copied to their `Sent`.

    Mail to the addresses in `left` is accepted and comes back later as a bounce.
    """

    def __init__(
        self,
        dovecot: Dovecot,
        authority: Authority,
        *,
        keep_sent: tuple[str, ...] = (),
        left: tuple[str, ...] = (),
    ) -> None:
        self.dovecot = dovecot
        self._left = left
        self.ca_file = authority.ca_file
        self.folder = Path(tempfile.mkdtemp(prefix="mf-postfix-", dir="/tmp"))
        self.starttls_port, self.tls_port = process.free_port(), process.free_port()
        self._log = self.folder / "postfix.log"
        self._pair = authority.issue(self.folder, ("localhost", "127.0.0.1"))
        self._write(keep_sent)

    def __enter__(self) -> Self:
        command = [process.program("postfix"), "-c", str(self.folder / "etc"), "start-fg"]
        self._process = process.start(command, self.folder / "output", start_new_session=True)
        process.wait_for_port(self._process, ("127.0.0.1", self.tls_port), self._log)
        return self

    def __exit__(self, *_: object) -> None:
        command = [process.program("postfix"), "-c", str(self.folder / "etc"), "abort"]
        subprocess.run(command, capture_output=True, check=False)
        process.stop(self._process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def smtp(self, address: str, **changes: Any) -> Smtp:
        """How `address` submits: TLS with a password file, unless changed."""
        settings: dict[str, Any] = {
            "host": "localhost",
            "port": self.tls_port,
            "security": "tls",
            "username": address,
            "ca_file": self.ca_file,
            "timeout_seconds": 10,
            "per_minute": 0,
        }
        if "oauth_token_file" not in changes:
            password = self.dovecot.users[address]
            settings["password_file"] = self.dovecot.secret_file(address, password)
        if changes.get("security") == "starttls":
            settings["port"] = self.starttls_port
        return Smtp(**settings | changes)

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def _write(self, keep_sent: tuple[str, ...]) -> None:
        users = self.dovecot.users
        values = {
            **vars(self),
            "pair": self._pair,
            "lmtp_port": self.dovecot.lmtp_port,
            "sasl_port": self.dovecot.sasl_port,
            "domains": ", ".join(sorted({user.partition("@")[2] for user in users})),
            "mailboxes": ", ".join(f"{{{user} = x}}" for user in (*users, *self._left)),
            "sent_copies": ", ".join(f"{{{u} = {u.replace('@', '+Sent@')}}}" for u in keep_sent),
        }
        self.folder.chmod(0o755)
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir(mode=0o755)
        (self.folder / "etc" / "main.cf").write_text(MAIN.format(**values))
        (self.folder / "etc" / "master.cf").write_text(MASTER.format(**values).lstrip())
        owner = pwd.getpwnam("postfix")
        os.chown(self.folder / "data", owner.pw_uid, owner.pw_gid)
