"""One connection to the office's mailbox.

A `Mailbox` belongs to one thread, except `wake()`. It never marks anything as read and never
expunges more than it was told to. Every failure is a `MailboxError` whose text is short and free
of secrets; after `ConnectionLost`, `LoginRefused` or `TlsRefused` the way on is `connect()`.
"""

from mailflow.imap.connection import (
    CommandRefused,
    ConnectionLost,
    LoginRefused,
    MailboxError,
    Throttled,
    TlsRefused,
)
from mailflow.imap.mailbox import Fetched, Mailbox

__all__ = [
    "CommandRefused",
    "ConnectionLost",
    "Fetched",
    "LoginRefused",
    "Mailbox",
    "MailboxError",
    "Throttled",
    "TlsRefused",
]
