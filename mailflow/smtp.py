"""Hand one letter to the relay; a delivery ends in a value, in the words of the RFCs."""

from dataclasses import dataclass
from enum import StrEnum


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
