"""The money of one case, judged as a whole: settled, or put before staff."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailflow import saying
from mailflow.settlement import Balance, judge
from mailflow.store import cases, credits
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Transaction
from mailflow.store.proven import TOO_MUCH
from mailflow.store.queue import Item, close, money_in, open_decision, open_items
from mailflow.store.vault import SealError
from mailflow.workflow import Event, Hold, State, Step, decide

MONEY = "money"  # the kind of an item
CLAIMED = (State.PAID, State.COMPLETE)


class SettlingError(ValueError):
    """What was asked can't be done; the text says why and what can."""


@dataclass(slots=True)
class Settled:
    """What an import (or its undoing) did, by case number. `settled`: the bank's word is that all
    is right; `advanced` are those of them that had brought no proof. `held` wait for staff;
    `unknown` lines are nobody's yet; `gone` lines were taken back."""

    import_id: str = ""
    lines: int = 0
    added: int = 0
    settled: list[str] = field(default_factory=list)
    advanced: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    proposed: int = 0
    unknown: int = 0
    gone: int = 0

    def added_to(self, whole: "Settled") -> None:
        """Count this portion with what was done before."""
        whole.import_id = self.import_id or whole.import_id
        whole.added += self.added
        whole.settled += self.settled
        whole.advanced += self.advanced
        whole.held += self.held
        whole.proposed += self.proposed
        whole.unknown += self.unknown


class CaseMoney:
    """One transaction's worth of judging. The caller commits."""

    def __init__(
        self, tx: Transaction, rules: Rules, *, actor: str, now: datetime, report: Settled
    ) -> None:
        self._tx = tx
        self._rules = rules
        self._actor = actor
        self._now = now
        self.report = report

    def stand(self, case_id: str, *, cause: Cause, seen: frozenset[str] = frozenset()) -> None:
        """Judge a case anew by all its money: settle it, or ask staff."""
        try:
            case = cases.load(self._tx, case_id)
        except SealError:  # erased
            return
        debt = credits.debt_of(self._tx, case)
        standing = judge(debt, self._rules.campaign.with_deadline(case.pay_until))
        at = case.settled_at if standing.acceptable else None
        cases.note_settled(self._tx, case.id, amount=standing.credited, at=at)
        reasons, event = standing.reasons, _accepting(case, standing)
        if standing.settled or (standing.acceptable and seen.issuperset(reasons)):
            held = self.settle(case, cause)
            reasons, event = ((held.reason,), Event.SETTLED) if held else ((), "")
        elif not debt.credits and case.state in CLAIMED and not self._is_proven(case):
            reasons = ("settlement_taken_back",)
        self._ask_about(case, reasons, event)

    def _ask_about(self, case: CaseView, reasons: tuple[str, ...], event: str) -> None:
        """One question about the sum of a case, as it is now; none without reasons."""
        for item in open_items(self._tx, case_id=case.id):
            if item.kind != MONEY or money_in(item.proposal):
                continue
            if (item.reasons, item.event) == (reasons, event):
                return
            why = "judged anew"
            close(self._tx, item.id, verb="discard", actor=self._actor, why=why, now=self._now)
        if not reasons:
            return
        self.report.held.append(case.number)
        open_decision(
            self._tx, kind=MONEY, reasons=reasons, event=event, case_id=case.id, now=self._now
        )

    def settle(self, case: CaseView, cause: Cause) -> Hold | None:
        """The mark, and the state if it was waiting for money; a Hold has changed nothing."""
        if case.settled_at and case.state in CLAIMED:
            return None
        step = Casework(self._tx, self._rules, now=self._now).happen(
            case, Event.SETTLED, cause=replace(cause, reasons=("settled",))
        )
        if isinstance(step, Hold):
            return step
        amount = credits.debt_of(self._tx, case).credited
        cases.note_settled(self._tx, case.id, amount=amount, at=self._now)
        self.report.settled.append(case.number)
        if case.state not in CLAIMED:
            self.report.advanced.append(case.number)
        return None

    def _is_proven(self, case: CaseView) -> bool:
        """Whether the claim has a proof, and not only a bank line."""
        told = [line.action for line in history(self._tx, case.number)]
        kept = [action for action in told if action in (Event.PROOF, Event.REOPEN)]
        return bool(kept) and kept[-1] == Event.PROOF

    def accept(self, item: Item, cause: Cause) -> None:
        """Staff let the money of the item's case count; raises SettlingError when they can't."""
        if not item.event or item.case_id is None:
            raise SettlingError(saying.NO_MONEY_PROPOSED)
        case = cases.load(self._tx, item.case_id)
        campaign = self._rules.campaign.with_deadline(case.pay_until)
        standing = judge(credits.debt_of(self._tx, case), campaign)
        if not standing.acceptable or set(standing.reasons) - set(item.reasons):
            raise SettlingError(saying.CASE_CHANGED)
        held = self.settle(case, cause)
        if held:
            raise SettlingError(saying.not_possible(held.reason))

    def reopen(self, item: Item, case: CaseView, cause: Cause) -> None:
        """The claim is not borne out: the case owes again, and the student is told why."""
        cause = replace(cause, reasons=item.reasons, occasion=item.id)
        step = Casework(self._tx, self._rules, now=self._now).happen(
            case, Event.REOPEN, cause=cause
        )
        if isinstance(step, Hold):
            raise SettlingError(saying.not_possible(step.reason))


def contradicts_claim(tx: Transaction, item: Item) -> bool:
    """Whether the item says that a case taken for paid lacks money, or has it too late."""
    if item.kind != MONEY or item.case_id is None or money_in(item.proposal):
        return False
    if TOO_MUCH & set(item.reasons):
        return False
    return cases.load(tx, item.case_id).state in CLAIMED


def _accepting(case: CaseView, standing: Balance) -> str:
    """Staff may let the money count when none is missing and the table knows the way."""
    possible = isinstance(decide(case.state, Event.SETTLED), Step)
    return Event.SETTLED if standing.acceptable and possible else ""
