"""What time alone brings about for a case, and whether a letter that time brought is still true.

Pure: `now`, the campaign and what is known of the case are arguments.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mailflow.campaign.round import TAIPEI, Campaign
from mailflow.workflow.steps import Event, Letter, State

WAITING_FOR_STUDENT = (State.ASKED, State.BILLED)
TIMED = (
    Letter.REMINDER,
    Letter.ABANDONED,
    Letter.REINSTATED,
    Letter.REFUND_REMINDER,
    Letter.STAFF_DIGEST,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the clock has to know of a case; all times aware, None = never.

    `until` is a deadline that staff named for this case. `changed_at`: state or data changed;
    `slip_at`: the slip in force was set; `letter_at`: our last letter was composed or left;
    `heard_at`: the student's last mail reached the server. `questions`: something of this case
    waits for staff; `unsent`: a letter of ours to this student has not left the house;
    `inexact`: the bank has money of theirs that is not exactly what is owed.
    """

    state: State
    until: datetime | None
    changed_at: datetime
    slip_at: datetime | None
    letter_at: datetime | None
    heard_at: datetime | None
    questions: bool
    unsent: bool
    inexact: bool = False

    @property
    def last_step_at(self) -> datetime:
        """When the student or the office did something last."""
        known = (self.changed_at, self.letter_at, self.heard_at)
        return max(at for at in known if at is not None)


@dataclass(frozen=True, slots=True)
class Due:
    """`event` is due; with `for_staff` a person decides whether it happens. `occasion` names what
    is said once."""

    event: Event
    occasion: str
    for_staff: bool = False


class Say(StrEnum):
    """The last look at a letter before it leaves."""

    NOW = "now"
    LATER = "later"  # not while this lasts: look again
    NEVER = "never"  # it has become untrue


def due(it: Standing, campaign: Campaign, *, now: datetime) -> Due | None:
    """What is due for a case now. The office's own delay is never the student's fault."""
    if it.state not in WAITING_FOR_STUDENT:
        return None
    own = campaign.with_deadline(it.until)
    if now > own.gives_up_at():
        late = it.letter_at is not None and it.letter_at > own.pay_until
        occasion = _named(it)
        return Due(
            Event.DEADLINE, occasion, for_staff=late or it.questions or it.unsent or it.inexact
        )
    occasion = _reminder(it, campaign, now=now)
    if not occasion or it.letter_at is None or it.questions or it.unsent or it.inexact:
        return None
    on = own.reminder_on(int(occasion.partition("d")[0]))
    said_since = it.letter_at.astimezone(TAIPEI).date() >= on
    return None if said_since or _too_soon(it, campaign, now) else Due(Event.REMIND, occasion)


def last_look(
    letter: Letter,
    it: Standing,
    campaign: Campaign,
    *,
    occasion: str,
    composed_at: datetime,
    now: datetime,
) -> Say:
    """Whether a letter about a case that time brought is still true, and may leave now."""
    if it.changed_at > composed_at:
        return Say.NEVER
    if letter is Letter.ABANDONED:
        if it.state is not State.ABANDONED:
            return Say.NEVER
        by_clock = occasion == _named(it)  # else staff decided it, knowing what was open
        return Say.LATER if it.questions and by_clock else Say.NOW
    if it.state not in WAITING_FOR_STUDENT or (it.slip_at and it.slip_at > composed_at):
        return Say.NEVER
    if letter is not Letter.REMINDER:
        return Say.NOW
    if occasion != _reminder(it, campaign, now=now) or it.inexact:
        return Say.NEVER
    heard = it.heard_at is not None and now - it.heard_at < minimum_age(campaign)
    return Say.LATER if it.questions or heard or _written_since(it, composed_at) else Say.NOW


def minimum_age(campaign: Campaign) -> timedelta:
    """How long after the last step of either side nobody is reminded."""
    return timedelta(hours=campaign.reminder_minimum_age_hours)


def is_of_today(composed_at: datetime, *, now: datetime) -> bool:
    """Whether a letter about a day still speaks of today."""
    return composed_at.astimezone(TAIPEI).date() == now.astimezone(TAIPEI).date()


def _reminder(it: Standing, campaign: Campaign, *, now: datetime) -> str:
    """The latest reminder whose day has come: after a downtime none is sent twice or stale.

    '' before the first one, and from the announced deadline on.
    """
    own = campaign.with_deadline(it.until)
    if now > own.pay_until:
        return ""
    today = now.astimezone(TAIPEI).date()
    come = [days for days in own.reminder_days if own.reminder_on(days) <= today]
    own_deadline = f"-{_named(it)}" if it.until else ""
    return f"{min(come)}d{own_deadline}" if come else ""


def _named(it: Standing) -> str:
    """A case with a deadline of its own is told all over again."""
    return f"until-{it.until.astimezone(TAIPEI):%Y-%m-%d}" if it.until else ""


def _too_soon(it: Standing, campaign: Campaign, now: datetime) -> bool:
    return now - it.last_step_at < minimum_age(campaign)


def _written_since(it: Standing, composed_at: datetime) -> bool:
    return it.letter_at is not None and it.letter_at > composed_at
