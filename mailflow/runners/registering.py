"""A whole registration form that came by mail: a new case, a correction, or a question to staff."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailflow.person import Field, Registration
from mailflow.store import cases, inbox
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Transaction
from mailflow.store.inbox import Claim
from mailflow.store.registering import (
    doubts_about,
    mail_again,
    misfit,
    one_at_a_time,
    owner_of,
)
from mailflow.workflow import Event, Hold, Letter


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. With `reasons` staff decide, and may accept `changes` to `case`; `misfit`
    says why the form goes back to be filled in otherwise."""

    case: CaseView | None = None
    reasons: tuple[str, ...] = ()
    changes: dict[Field, str] = field(default_factory=dict, repr=False)
    misfit: str = ""


class Registering:
    """Takes in the forms of one mail's transaction."""

    def __init__(
        self, tx: Transaction, rules: Rules, work: Casework, claimed: Claim, *, now: datetime
    ) -> None:
        self._tx = tx
        self._rules = rules
        self._work = work
        self._claimed = claimed
        self._now = now

    def take_in(self, data: Registration, *, author: str, cause: Cause) -> Taken:
        """Register, correct, or say why not; `author` is the address the mail came from."""
        campaign = self._rules.campaign
        one_at_a_time(self._tx, data)
        owner = owner_of(self._tx, data, campaign=campaign.id)
        theirs = data[Field.EMAIL].casefold() == author.casefold()
        doubts = () if theirs else ("registers_another_address",)
        if owner.doubts:
            return Taken(owner.case, (*doubts, *owner.doubts))
        about = doubts_about(data, campaign, as_of=self._now)
        if owner.case:
            return self._again(owner.case, data, (*doubts, *about), cause, author=author)
        if inbox.came_at(self._tx, self._claimed.id) > campaign.register_until:
            doubts = (*doubts, "registration_after_deadline")
        fits = misfit(data, campaign)
        if fits and not doubts and about == (fits,):
            return Taken(misfit=fits)
        if doubts or about:
            return Taken(reasons=(*doubts, *about))
        return Taken(self._work.register(data, cause=cause, problems=()))

    def _again(
        self,
        case: CaseView,
        data: Registration,
        doubts: tuple[str, ...],
        cause: Cause,
        *,
        author: str,
    ) -> Taken:
        """The later form counts; one that says the same is only acknowledged."""
        again = mail_again(case, data, doubts=doubts)
        if author.casefold() != case.address.casefold():
            return Taken(case, ("sender_not_registered", *again.reasons), again.changes)
        if not again.changes:
            daily = replace(cause, occasion=f"{self._now:%Y-%m-%d}")
            self._work.send(Letter.FORM_RECEIPT, case, cause=daily)
            return Taken(case)
        if again.reasons:
            return Taken(case, again.reasons, again.changes)
        correction = replace(cause, changes=again.changes)
        step = self._work.happen(case, Event.CORRECT, cause=correction)
        if isinstance(step, Hold):
            return Taken(case, (step.reason,), again.changes)
        return Taken(cases.load(self._tx, case.id))
