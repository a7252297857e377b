"""What a message wants, as a value: the intent, the corrections, and why."""

from dataclasses import dataclass, field
from enum import StrEnum

from mailflow.person import Change, Field


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause with unread words, the chance that it matters, and what said so most loudly.

    `grams`: n-gram and its part in the sum, the weightiest first; more than 0 speaks for mattering.
    """

    clause: str
    chance: float
    grams: tuple[tuple[str, float], ...]


class Intent(StrEnum):
    """The words of `mailflow explain --json`."""

    REGISTRATION = "registration"
    CONFIRM = "confirm"
    CORRECTION = "correction"
    PAYMENT_RECEIPT = "payment_receipt"
    QUESTION = "question"
    RESEND_SLIP = "resend_slip"
    WITHDRAW = "withdraw"
    REFUND_APPLICATION = "refund_application"
    CERTIFICATE_UPLOAD = "certificate_upload"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST_OR_BULK = "list_or_bulk"
    SPAM = "spam"
    OTHER = "other"


class TokenState(StrEnum):
    """What the office's own check says of the confirm token in the recipient tag or subject."""

    NONE = "none"
    VALID = "valid"
    STALE = "stale"  # ours, but the data have changed since
    USED = "used"  # pressed before: a friendly no-op
    EXPIRED = "expired"
    FOREIGN = "foreign"  # ours, but of another case than the message otherwise speaks of
    UNKNOWN = "unknown"  # never issued


# What a fresh button settles; any other doubt about "all is correct" needs a person.
BUTTON_DOUBTS = frozenset(
    {
        "confirm_without_token",
        "sender_unregistered",
        "token_expired",
        "token_in_body",
        "token_stale",
    }
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the office knows of the case a message belongs to, as far as reading needs it.

    `sender_registered`: the author is the registered address. `slip_sent`: the payment slip went
    out. `replied_letter`: the kind of our letter that the message answers, when the thread tells
    (`confirm_mail`/`slip_mail` in the examples, our letter names in the store).
    """

    case: str
    values: dict[Field, str] = field(repr=False)
    sender_registered: bool
    slip_sent: bool = False
    fee: int | None = None
    account: str | None = field(default=None, repr=False)
    replied_letter: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`flagged`: a person must look; the machine acts on nothing in the message.

    `reasons` are stable snake_case codes. `corrections` hold normalised values; `new` is None
    when a field is said to be wrong without a usable value. `asks_status`: the message asks where
    its case stands, and surely nothing else; `topics` are questions that the campaign answers, when
    nothing else is said. `unread`: where nothing but words keeps the message back, or would have,
    the clauses in which they stand, weighed.
    """

    intent: Intent
    secondary: tuple[Intent, ...] = ()
    flagged: bool = False
    reasons: tuple[str, ...] = ()
    corrections: tuple[Change, ...] = ()
    token: str | None = None
    registration: dict[Field, str] | None = field(default=None, repr=False)
    asks_status: bool = False
    topics: tuple[str, ...] = ()
    unread: tuple[Weighed, ...] = field(default=(), repr=False)
