"""The staff verbs: `accept reject ask` for decisions, `release requeue discard` for mail.

Every verb needs a reason, is audited with the name of who did it, and goes through the same
casework as the machine, so that the student gets the same letter. It returns one line for the
person: what was done, and how case and letter stand now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailflow import saying
from mailflow.aftercare import AfterEvent
from mailflow.campaign.round import TAIPEI
from mailflow.desk.answering import topics_of
from mailflow.desk.case_money import MONEY, Settled, contradicts_claim
from mailflow.desk.problems import complaint
from mailflow.desk.settling import Settling
from mailflow.person import Field, unusable
from mailflow.slips import Slip
from mailflow.store import cases, certificates, inbox, lookup, outbox
from mailflow.store.afterpapers import AFTER_EVENTS, REWARD_ITEM, AfterPapers
from mailflow.store.audit import record
from mailflow.store.billing import keep_back_letters, owed
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store, Transaction
from mailflow.store.queue import Item, changes_in, close, find_item, open_items, slip_in
from mailflow.store.tables import InboxState, OutboxState
from mailflow.workflow import Event, Hold, Letter


class DeskError(ValueError):
    """What was asked can't be done; the text says why and what can."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at work: `actor` is written into the audit."""

    store: Store
    rules: Rules
    actor: str
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day on the office's wall."""
        return self.now().astimezone(TAIPEI).date()

    def items(self) -> list[tuple[Item, str]]:
        """All open items, oldest first, each with its case number ('' without one)."""
        with self.store.read() as tx:
            return [(item, _number(tx, item)) for item in open_items(tx)]

    def accept(self, name: str, *, why: str) -> str:
        """Do what the machine proposes: the event of the item, or its answer to the question."""
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.kind == "letter":
                raise DeskError(saying.OWN_LETTER)
            if item.kind == MONEY:
                settling = self._settling(tx)
                settling.accept(item, why=why)
                return self._done(tx, item, "accept", why)
            if item.event in AFTER_EVENTS:
                self._take_in(tx, item, why)
            elif item.event and item.case_id:
                self._happen(tx, item, Event(item.event), why)
            elif item.case_id and (asked := topics_of(item)):
                cause = self._cause(item, why, reasons=asked)
                Casework(tx, self.rules, now=self.now()).send(
                    Letter.ANSWER, _case(tx, item), cause=cause
                )
            else:
                raise DeskError(_ELSEWHERE.get(item.kind, saying.NOTHING_PROPOSED))
            return self._done(tx, item, "accept", why, settled=InboxState.APPLIED)

    def reject(self, name: str, *, why: str, note: str = "") -> str:
        """Refuse the claim: a proof is asked for again, anything else is answered with `note`.

        A claim that the bank's file contradicts is opened again: the case owes.
        """
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.event == Event.PROOF:
                self._happen(tx, item, Event.PROOF_UNCLEAR, why, note=note)
            elif contradicts_claim(tx, item):
                self._settling(tx).reopen(item, _case(tx, item), why=why, note=note)
            elif note and item.case_id:
                self._write(tx, item, Letter.STAFF_NOTE, why, note)
                self._dismiss(tx, item)
            else:
                raise DeskError(_nothing_to_reject(item))
            return self._done(tx, item, "reject", why, settled=InboxState.APPLIED)

    def ask(self, name: str, *, why: str, note: str = "") -> str:
        """Ask the student: for another proof, for the button, or with staff's own words."""
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.case_id is None:
                raise DeskError(saying.NOBODY_TO_ASK)
            if item.event == Event.PROOF:
                self._happen(tx, item, Event.PROOF_UNCLEAR, why, note=note)
            elif item.event == Event.CONFIRM:
                self._write(tx, item, Letter.PRESS_BUTTON, why, note)
            elif note:
                self._write(tx, item, Letter.STAFF_NOTE, why, note)
            else:
                raise DeskError(saying.SAY_WHAT)
            return self._done(tx, item, "ask", why, settled=InboxState.APPLIED)

    def release(self, name: str, *, why: str) -> str:
        """Let a held letter go out, or let the outbox go on after a stop."""
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.kind == "letter":
                self._set_letter(tx, item, OutboxState.QUEUED)
            elif item.kind != "office":
                raise DeskError(saying.LETTERS_ALONE)
            return self._done(tx, item, "release", why)

    def requeue(self, name: str, *, why: str) -> str:
        """Read a held or failed mail again from its raw bytes, by today's rules."""
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.inbox_id is None or not inbox.requeue(tx, item.inbox_id):
                raise DeskError(saying.NOT_READ_AGAIN)
            return self._done(tx, item, "requeue", why)

    def discard(self, name: str, *, why: str) -> str:
        """Nothing is to be done; a letter stays unsent."""
        with self.store.write() as tx:
            item = find_item(tx, name)
            if item.kind == "letter":
                self._keep_back(tx, item)
            self._dismiss(tx, item)
            return self._done(tx, item, "discard", why, settled=InboxState.DISCARDED)

    def _dismiss(self, tx: Transaction, item: Item) -> None:
        """What the item is about waits for nobody any more."""
        if item.kind == MONEY:
            self._settling(tx).dismiss(item)
        if item.kind == REWARD_ITEM and item.inbox_id:
            certificates.set_aside(tx, item.inbox_id, actor=self.actor, now=self.now())

    def _settling(self, tx: Transaction) -> Settling:
        tx.one_at_a_time("settlement")
        return Settling(tx, self.rules, actor=self.actor, now=self.now(), report=Settled())

    def _happen(
        self, tx: Transaction, item: Item, event: Event, why: str, *, note: str = ""
    ) -> None:
        changes, reasons = changes_in(item.proposal)
        if event is Event.PROOF_UNCLEAR:
            reasons = reasons or item.reasons or (_NOT_CONFIRMED,)
        cause = self._cause(item, why, note=note, changes=changes, reasons=reasons)
        case, slip = _case(tx, item), slip_in(item.proposal)
        self._refuse_unusable(case, event, changes)
        if event is Event.CONFIRM and (
            "token_stale" in item.reasons or cases.has_changed_since(tx, case, item.opened_at)
        ):
            raise DeskError(saying.DATA_CHANGED)
        if slip:
            case = self._put_slip(tx, case, slip)
        step = Casework(tx, self.rules, now=self.now()).happen(case, event, cause=cause)
        if isinstance(step, Hold):
            raise DeskError(saying.not_possible(step.reason))

    def _refuse_unusable(self, case: CaseView, event: Event, changes: dict[Field, str]) -> None:
        """No button goes out over data that nobody can be registered with."""
        if event not in (Event.ASK, Event.CORRECT):
            return
        problems = unusable(case.data.with_changes(changes), as_of=self.today())
        if event is Event.CORRECT:
            problems = tuple(one for one in problems if one.field in changes)
        if problems:
            raise DeskError("\n".join([_INCOMPLETE, *map(complaint, problems), _WAY_ON[event]]))

    def _take_in(self, tx: Transaction, item: Item, why: str) -> None:
        """A held application or certificate."""
        papers = AfterPapers(tx, self.rules, now=self.now())
        cause = replace(self._cause(item, why), occasion="")
        held = papers.accepted(_case(tx, item), AfterEvent(item.event), cause=cause)
        if held:
            raise DeskError(saying.not_possible(*held.reasons))

    def _put_slip(self, tx: Transaction, case: CaseView, slip: Slip) -> CaseView:
        """The proposed slip takes the place of the one in force, and of its letters not yet out."""
        if slip.amount != owed(self.rules.campaign, case.data):
            raise DeskError(saying.not_possible("slip_amount_differs_from_fee"))
        keep_back_letters(tx, case)
        return cases.put_slip(tx, case, slip, now=self.now())

    def _write(self, tx: Transaction, item: Item, letter: Letter, why: str, note: str) -> None:
        work = Casework(tx, self.rules, now=self.now())
        work.send(letter, _case(tx, item), cause=self._cause(item, why, note=note))

    def _cause(
        self,
        item: Item,
        why: str,
        *,
        note: str = "",
        changes: dict[Field, str] | None = None,
        reasons: tuple[str, ...] = (),
    ) -> Cause:
        return Cause(
            actor=self.actor,
            why=why,
            inbox_id=item.inbox_id,
            occasion=item.id,
            changes=changes or {},
            source="staff",
            reasons=reasons,
            note=note,
        )

    def _set_letter(self, tx: Transaction, item: Item, state: OutboxState) -> None:
        if item.outbox_id is None or not outbox.set_by_staff(
            tx, item.outbox_id, state, now=self.now()
        ):
            raise DeskError(saying.LETTER_LEFT)

    def _keep_back(self, tx: Transaction, item: Item) -> None:
        """A letter that came back stays `bounced`: it was sent, and that is worth knowing."""
        if item.outbox_id and outbox.fate_of(tx, item.outbox_id).state is OutboxState.BOUNCED:
            return
        self._set_letter(tx, item, OutboxState.HELD)

    def _done(
        self,
        tx: Transaction,
        item: Item,
        verb: str,
        why: str,
        *,
        settled: InboxState | None = None,
    ) -> str:
        """Close the item; returns a line that says where things stand now."""
        if not why.strip():
            raise DeskError(saying.NEEDS_REASON)
        now = self.now()
        close(tx, item.id, verb=verb, actor=self.actor, why=why, now=now)
        if item.inbox_id and settled:
            inbox.set_by_staff(tx, item.inbox_id, settled)
        record(tx, verb, subject=item.id, actor=self.actor, why=why, now=now)
        return " ".join([verb, item.id[-8:], *_standing(tx, item)])


_INCOMPLETE = saying.both(
    "現在不能這樣做：資料不完整", "not possible now: these data are not complete"
)
_WAY_ON = {
    Event.ASK: saying.both(
        "請用 queue ask … --note '…' 寫信給學生；學生在表單或回信更正後會自動繼續",
        "write to the student with `queue ask … --note '…'`; what they correct, in the form or by "
        "mail, goes on by itself",
    ),
    Event.CORRECT: saying.both(
        "請用 queue ask … --note '…' 寫信給學生，或用 queue discard 擱置",
        "write to the student with `queue ask … --note '…'`, or leave it with `queue discard`",
    ),
}
_NOT_CONFIRMED = "proof_not_confirmed"  # nothing is known against it: letters say so in general
_ELSEWHERE = {
    "refund": saying.both(
        "請用 mailflow refund verify 或 refuse 決定，帳號用 account",
        "decide it with `mailflow refund verify` or `refuse`, an account with `account`",
    ),
    "reward": saying.both(
        "請用 mailflow reward accept 或 refuse 決定",
        "decide it with `mailflow reward accept` or `refuse`",
    ),
}


def _nothing_to_reject(item: Item) -> str:
    if item.case_id is None:
        return saying.NOTHING_CLAIMED
    return saying.SAY_WHY


def _case(tx: Transaction, item: Item) -> CaseView:
    if item.case_id is None:
        raise DeskError(saying.NO_CASE_OF_MAIL)
    return cases.load(tx, item.case_id)


def _standing(tx: Transaction, item: Item) -> Iterator[str]:
    """Case, mail and letter of an item, each with its state."""
    if item.case_id:
        case = cases.load(tx, item.case_id)
        yield f"{case.number}={case.state}"
    if item.outbox_id:
        letter = outbox.fate_of(tx, item.outbox_id)
        yield f"{letter.letter}={letter.state}"


def _number(tx: Transaction, item: Item) -> str:
    return lookup.number_of(tx, item.case_id) if item.case_id else ""
