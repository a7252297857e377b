"""Places where a test kills the process, to prove that every arrow of `docs/states.md` is safe.

`MAILFLOW_FAILPOINT=inbox.stored` ends the process by SIGKILL the first time that arrow is
reached, `inbox.stored:3` the third time. Without the variable a failpoint costs one comparison.
"""

import os
import signal
import threading

NAMES = (
    "inbox.fetched",  # read from the server, nothing stored
    "inbox.stored",  # committed, the server not touched
    "inbox.claimed",  # a worker holds the lease
    "inbox.read",  # understood, nothing decided
    "inbox.deciding",  # the deciding transaction is open
    "inbox.decided",  # committed: applied, held or discarded, letter queued
    "inbox.moved",  # moved on the server, not yet noted
    "outbox.claimed",  # sending, the relay not reached
    "outbox.handed",  # the relay has answered, nothing recorded
    "outbox.recorded",  # committed: sent, deferred or bounced
    "outbox.reconciled",  # committed: an unknown letter's fate
    "clock.deciding",  # a reminder or a deadline, transaction open
    "clock.decided",  # committed
)

_wanted, _, _count = os.environ.get("MAILFLOW_FAILPOINT", "").partition(":")
_left = int(_count or 1)
_lock = threading.Lock()


def failpoint(name: str) -> None:
    """Die here if the test asked for it."""
    global _left
    if name != _wanted:
        return
    with _lock:
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
