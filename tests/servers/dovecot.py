"""Dovecot in the foreground, as an unprivileged user, from a temporary folder.

IMAPS on 127.0.0.1; IMAP with STARTTLS on 127.0.0.2, because Dovecot takes a connection whose two
ends have one address for safe and would allow a login without TLS there.
"""

import imaplib
import json
import shutil
import smtplib
import tempfile
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from imapclient import IMAPClient

from mailflow.config import Imap
from servers import process
from servers.authority import Authority, Pair

USER, GROUP = process.me_or("nobody")

CONFIG = """
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = required
ssl_cert = <{pair.certificate}
ssl_key = <{pair.key}
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
maildir_very_dirty_syncs = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
  override_fields = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.2
    port = {starttls_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = 127.0.0.1
    port = {sasl_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """IMAP and LMTP for `users`, address to password; `tokens` maps OAuth token to address."""

    def __init__(self, users: Mapping[str, str], authority: Authority) -> None:
        self.users = dict(users)
        self.tokens: dict[str, str] = {}
        self.ca_file = authority.ca_file
        self.folder = Path(tempfile.mkdtemp(prefix="mf-dovecot-"))
        self.tls_port, self.lmtp_port, self.sasl_port = (process.free_port() for _ in range(3))
        self.starttls_port = process.free_port("127.0.0.2")
        self._log = self.folder / "dovecot.log"
        self._tokens = _TokenServer(self.tokens)
        self._write(authority.issue(self.folder, ("localhost", "127.0.0.1", "127.0.0.2")))

    def __enter__(self) -> Self:
        command = [process.program("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = process.start(process.as_user(USER, command), self.folder / "output")
        process.wait_for_port(self._process, ("127.0.0.1", self.tls_port), self._log)
        return self

    def __exit__(self, *_: object) -> None:
        process.stop(self._process)
        self._tokens.shutdown()
        self._tokens.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def imap(self, address: str, **changes: Any) -> Imap:
        """How `address` reaches its mailbox: IMAPS with a password file, unless changed."""
        settings: dict[str, Any] = {
            "host": "localhost",
            "port": self.tls_port,
            "security": "tls",
            "username": address,
            "ca_file": self.ca_file,
            "timeout_seconds": 10,
            "sent_folder": "Sent",
        }
        if "oauth_token_file" not in changes:
            settings["password_file"] = self.secret_file(address, self.users[address])
        if changes.get("security") == "starttls":
            settings |= {"host": "127.0.0.2", "port": self.starttls_port}
        return Imap(**settings | changes)

    def secret_file(self, name: str, secret: str) -> Path:
        path = self.folder / f"secret-{name}"
        path.write_text(secret + "\n")
        return path

    def deliver(self, to: str, raw: bytes, *, sender: str = "") -> None:
        """Hand a message to LMTP, as a mail server would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def mailbox_of(self, address: str, *, folder: str = "INBOX") -> list[bytes]:
        """All messages of a folder, oldest first; empty if there is no such folder."""
        settings = self.imap(address)
        context = settings.tls_context()
        with IMAPClient("localhost", self.tls_port, ssl_context=context) as client:
            client.login(address, self.users[address])
            try:
                client.select_folder(folder, readonly=True)
            except imaplib.IMAP4.error:
                return []
            uids = client.search()
            found = client.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
            return [found[uid][b"BODY[]"] for uid in uids]

    def wipe(self) -> None:
        """Empty every mailbox; no client may be connected."""
        shutil.rmtree(self.folder / "mail", ignore_errors=True)
        (self.folder / "mail").mkdir()
        process.give_to(USER, self.folder / "mail")

    def _write(self, pair: Pair) -> None:
        config = CONFIG.format(**vars(self), pair=pair, user=USER, group=GROUP)
        (self.folder / "dovecot.conf").write_text(config)
        lines = (f"{name}:{{PLAIN}}{password}:::::\n" for name, password in self.users.items())
        (self.folder / "users").write_text("".join(lines))
        (self.folder / "oauth2.conf").write_text(
            f"tokeninfo_url = http://127.0.0.1:{self._tokens.server_port}/?access_token=\n"
            "username_attribute = email\n"
        )
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir()
        self._log.touch()
        process.give_to(USER, self.folder, pair.key, *self.folder.iterdir())


class _TokenServer(ThreadingHTTPServer):
    """Says whose token it is, as an identity provider does."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self.tokens = tokens
        super().__init__(("127.0.0.1", 0), _TokenRequest)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _TokenRequest(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
        address = self.server.tokens.get(token)  # type: ignore[attr-defined]
        body = json.dumps({"email": address} if address else {"error": "invalid_token"}).encode()
        self.send_response(200 if address else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
