"""What invented people come to after the payment: their marks, and how they ask for money."""

from enum import StrEnum


class Marks(StrEnum):
    """How an exam goes for someone."""

    PASSES = "passes"
    KEEPS = "keeps"  # fails, with one subject good enough to be kept
    FAILS = "fails"
    ABSENT = "absent"


class Asking(StrEnum):
    """How someone who has passed asks for the refund."""

    IN_TIME = "in_time"
    EARLY = "early"  # before anybody was invited, and again in time
    LATE = "late"  # opens the invitation when the window has closed
    NEVER = "never"
    WRONG_PICTURE = "wrong_picture"  # then, when refused, the right one
    PARENTS_ACCOUNT = "parents_account"
    CLOSED_ACCOUNT = "closed_account"  # the bank sends the money back; then a good one
    NO_ACCOUNT = "no_account"


class Handing(StrEnum):
    """What someone hands in for the reward."""

    NOTHING = "nothing"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
