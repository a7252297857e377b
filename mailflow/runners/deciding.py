"""Carry out what a mail leads to, in the caller's one transaction."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations

from mailflow.aftercare import AfterEvent
from mailflow.letters import LetterData
from mailflow.mail import Message
from mailflow.person import Change, Field, Registration, changes_between
from mailflow.reading import Intent, Reading, TokenState
from mailflow.receipts.result import Proof, Verdict
from mailflow.receipts.reuse import marks_of, told_apart
from mailflow.receipts.times import Times, against_late_proof
from mailflow.receipts.wire import proof_to_json
from mailflow.runners.papers import PaperMail
from mailflow.runners.registering import Registering
from mailflow.runners.routing import Route, Situation, route
from mailflow.slips import Slip
from mailflow.store import cases, inbox, outbox, receipts, tokens
from mailflow.store.audit import MACHINE, record
from mailflow.store.cases import CaseView
from mailflow.store.casework import ASKED_TWICE, TWICE, Casework, Cause, Rules
from mailflow.store.database import ChangedMeanwhileError, Transaction
from mailflow.store.inbox import Claim
from mailflow.store.queue import open_decision, proposal_of
from mailflow.store.reused import How, earlier_proofs
from mailflow.store.standing import standing
from mailflow.store.tables import InboxState
from mailflow.workflow import Event, Hold, Letter, State

_SEEN = {
    How.SAME_FILE: "picture_or_payment_used_before",
    How.SAME_PAYMENT: "picture_or_payment_used_before",
    How.LOOKS_ALIKE: "looks_like_an_earlier_proof",
    How.REFUSED: "refused_by_staff_before",
}


@dataclass(frozen=True, slots=True)
class Understood:
    """A mail with everything that was found out about it outside of the transaction."""

    message: Message
    reading: Reading
    token: TokenState
    case: CaseView | None  # as it was when it was looked up
    sender_registered: bool
    proofs: tuple[tuple[bytes, Proof], ...] = field(default=(), repr=False)
    proven: Slip | None = None  # the slip that the proofs were compared with
    payee_token: str | None = field(default=None, repr=False)

    @property
    def case_id(self) -> str | None:
        return self.case.id if self.case else None


class Decider:
    """One mail, one transaction: its case, its letters, its place in the queue, its end."""

    def __init__(self, tx: Transaction, rules: Rules, claimed: Claim, *, now: datetime) -> None:
        self._tx = tx
        self._rules = rules
        self._claimed = claimed
        self._now = now
        self._work = Casework(tx, rules, now=now)

    def decide(self, understood: Understood) -> InboxState:
        """Route the mail and carry it out; returns how the mail ends."""
        case = _under_lock(self._tx, understood)
        receipt_id, reused, again = self._keep_pictures(understood, case)
        situation = replace(self._situation(understood, case), shown_before=again)
        answer = route(self._with_lateness(situation, understood, case))
        if reused and answer.event is Event.PROOF:
            answer = Route(Event.PROOF, hold=True, reasons=(*reused, *answer.reasons))
        if understood.reading.intent is Intent.BOUNCE and answer.hold:
            self._note_bounce(understood.message, case)
        state = self._carry_out(answer, understood, case, receipt_id)
        inbox.settle(
            self._tx,
            self._claimed,
            state,
            intent=understood.reading.intent,
            reason=" ".join(answer.reasons),
            case_id=understood.case_id,
        )
        return state

    def _carry_out(
        self, answer: Route, understood: Understood, case: CaseView | None, receipt_id: str | None
    ) -> InboxState:
        cause = self._cause(answer, understood)
        if answer.register:
            return self._register(understood, cause)
        if answer.letter is Letter.REGISTRATION_FORM:
            return self._fill_in(understood, answer, cause)
        if answer.letter is Letter.PRESS_BUTTON and case and self._in_vain(case):
            reasons = (*answer.reasons, ASKED_TWICE)
            return self._hold(answer.event, reasons, understood, case, receipt_id)
        if answer.letter and case:
            changes = self._changed_since(understood, case)
            once = self._once(cause) if answer.letter is Letter.ANSWER else self._daily(cause)
            said = self._work.send(answer.letter, case, cause=once, changes=changes)
            if answer.letter in (Letter.STATUS, Letter.ANSWER) and not said:
                told = "told_today" if answer.letter is Letter.STATUS else "answered_before"
                answer = Route(hold=True, reasons=(*answer.reasons, told))
        if answer.paper and case:
            return self._paper(answer, understood, case, cause)
        if answer.hold:
            return self._hold(answer.event, answer.reasons, understood, case, receipt_id)
        if answer.event and case:
            step = self._work.happen(case, answer.event, cause=cause)
            if isinstance(step, Hold):
                reasons = (step.reason, *answer.reasons)
                return self._hold(answer.event, reasons, understood, case, receipt_id)
        return InboxState.DISCARDED if answer.discard else InboxState.APPLIED

    def _situation(self, understood: Understood, case: CaseView | None) -> Situation:
        return Situation(
            reading=understood.reading,
            token=understood.token,
            state=case.state if case else None,
            sender_registered=understood.sender_registered,
            has_slip=case is not None and case.slip is not None,
            settled=case is not None and case.is_settled,
            contradicted=case is not None and case.is_contradicted,
            answerable=understood.message.answerable,
            tells_standing=case is not None and self._tells_standing(understood, case),
            tells_account=understood.payee_token is not None,
            proofs=tuple(proof for _, proof in understood.proofs),
        )

    def _tells_standing(self, understood: Understood, case: CaseView) -> bool:
        if not understood.reading.asks_status:
            return False
        campaign = self._rules.campaign
        return standing(self._tx, case, campaign=campaign, now=self._now) is not None

    def _paper(
        self, answer: Route, understood: Understood, case: CaseView, cause: Cause
    ) -> InboxState:
        assert answer.paper is not None
        mail = PaperMail(self._tx, self._rules, self._claimed.id, now=self._now)
        doubts = answer.reasons if answer.hold else ()
        held = mail.take(
            answer.paper,
            understood.message,
            case,
            cause=cause,
            doubts=doubts,
            token=understood.payee_token,
        )
        if held is None:
            return InboxState.APPLIED
        return self._hold(held.event, held.reasons, understood, case, None)

    def _cause(self, answer: Route, understood: Understood) -> Cause:
        message = understood.message
        repeatable = answer.event in (Event.PROOF_UNCLEAR, Event.RESEND_SLIP)
        return Cause(
            actor=MACHINE,
            why=" ".join((understood.reading.intent, *answer.reasons)),
            inbox_id=self._claimed.id,
            occasion=self._claimed.id if repeatable else "",
            changes={c.field: c.new for c in understood.reading.corrections if c.new},
            reasons=answer.reasons,
            thread=(*message.references, message.message_id) if message.message_id else (),
        )

    def _changed_since(self, understood: Understood, case: CaseView) -> tuple[Change, ...]:
        """What is different from the data that an outdated button showed."""
        if understood.token is not TokenState.STALE or not understood.reading.token:
            return ()
        _, _, version = tokens.check_token(self._tx, understood.reading.token, now=self._now)
        if version is None:
            return ()
        return changes_between(cases.data_of_version(self._tx, case.id, version), case.data)

    def _in_vain(self, case: CaseView) -> bool:
        """Two letters have explained the button: a third would not do what a person can."""
        return self._work.times_said(Letter.PRESS_BUTTON, case, "") >= TWICE

    def _daily(self, cause: Cause) -> Cause:
        """A letter that may be repeated, but not more than once a day."""
        return Cause(
            actor=cause.actor,
            why=cause.why,
            inbox_id=cause.inbox_id,
            occasion=f"{self._now:%Y-%m-%d}",
            thread=cause.thread,
        )

    def _once(self, cause: Cause) -> Cause:
        """An answer to these questions: asked again, they were not answered well enough."""
        return replace(cause, occasion="-".join(cause.reasons))

    def _hold(
        self,
        event: Event | AfterEvent | None,
        reasons: tuple[str, ...],
        understood: Understood,
        case: CaseView | None,
        receipt_id: str | None,
        *,
        changes: dict[Field, str] | None = None,
    ) -> InboxState:
        if changes is None:
            changes = {c.field: c.new for c in understood.reading.corrections if c.new}
        open_decision(
            self._tx,
            kind="mail",
            reasons=reasons,
            event=event or "",
            case_id=case.id if case else understood.case_id,
            inbox_id=self._claimed.id,
            receipt_id=receipt_id,
            proposal=proposal_of(changes, reasons),
            key_id=case.key_id if case else self._claimed.key_id,
            now=self._now,
        )
        return InboxState.HELD

    def _with_lateness(
        self, situation: Situation, understood: Understood, case: CaseView | None
    ) -> Situation:
        """Proofs that came when the case counted as given up: what speaks against them."""
        if case is None or not understood.proofs:
            return situation
        campaign = self._rules.campaign.with_deadline(case.pay_until)
        arrived_at = inbox.came_at(self._tx, self._claimed.id)
        given_up = case.state is State.ABANDONED
        if not given_up and arrived_at <= campaign.gives_up_at():
            return situation
        received_at = understood.message.received_at
        against = [
            against_late_proof(self._times(understood, proof), campaign, received_at=received_at)
            for _, proof in understood.proofs
        ]
        late = next(filter(None, against), "")
        return replace(situation, late=late, late_is_fine=not late)

    def _times(self, understood: Understood, proof: Proof) -> Times:
        arrived_at = inbox.came_at(self._tx, self._claimed.id)
        return Times(proof.paid_at or "", understood.message.sent_at, arrived_at)

    def _keep_pictures(
        self, understood: Understood, case: CaseView | None
    ) -> tuple[str | None, tuple[str, ...], bool]:
        """Store every picture with what was read; the id of the telling one, any reuse, and whether
        the case itself has shown them all before."""
        key_id = self._claimed.key_id
        if case:
            self._tx.vault.belongs_to(key_id, case.person_id)
        telling, reused, again = None, list(_several(understood.proofs)), bool(understood.proofs)
        for content, proof in understood.proofs:
            receipt = receipts.Claimed(
                picture=content,
                reading=proof_to_json(proof),
                verdict=proof.verdict or Verdict.FLAG,
                reasons=proof.reasons,
                times=self._times(understood, proof),
                marks=marks_of(proof),
                likeness=proof.likeness,
            )
            found = earlier_proofs(
                self._tx, receipt, case_id=understood.case_id, mail=self._claimed.id
            )
            reused += [_SEEN[earlier.how] for earlier in found if earlier.how in _SEEN]
            again &= any(earlier.how is How.SHOWN_BEFORE for earlier in found)
            receipt_id = receipts.keep(
                self._tx,
                receipt,
                inbox_id=self._claimed.id,
                case_id=understood.case_id,
                key_id=key_id,
                now=self._now,
            )
            if telling is None or proof.verdict is Verdict.ACCEPT:
                telling = receipt_id
        return telling, tuple(dict.fromkeys(reused)), again

    def _note_bounce(self, message: Message, case: CaseView | None) -> None:
        """Only a report that names a letter of ours marks the address: others may be forged."""
        original = message.bounce.original_message_id if message.bounce else None
        if case is None or original is None:
            return
        letter = outbox.find_by_message_id(self._tx, original)
        if letter is None or letter[0] != case.id:
            return
        cases.mark_unreachable(self._tx, case.id)
        record(self._tx, "unreachable", subject=case.number, actor=MACHINE, now=self._now)
        outbox.note_bounce(self._tx, original)

    def _answer_stranger(
        self,
        understood: Understood,
        cause: Cause,
        *,
        reasons: tuple[str, ...] = (),
        misfit: str = "",
    ) -> bool:
        """Send the form, with what is to be filled in; False when it may not go out any more."""
        author = understood.message.author
        if author is None or not understood.message.answerable:
            return False
        told = [reason.partition(":") for reason in reasons]
        form = LetterData(
            case="",
            missing=tuple(name for kind, _, name in told if kind == "missing"),
            invalid=tuple(name for kind, _, name in told if kind == "invalid"),
            misfit=misfit,
            exam=(understood.reading.registration or {}).get(Field.EXAM, ""),
        )
        return self._work.answer_stranger(
            author.address, cause=cause, key_id=self._claimed.key_id, form=form
        )

    def _fill_in(self, understood: Understood, answer: Route, cause: Cause) -> InboxState:
        """The form goes (back) to somebody unknown; what they wrote is never passed over."""
        sent = self._answer_stranger(understood, cause, reasons=answer.reasons)
        if not sent and answer.reasons:
            reasons = (*answer.reasons, "not_answered_again_today")
            return self._hold(None, reasons, understood, None, None)
        return InboxState.APPLIED

    def _register(self, understood: Understood, cause: Cause) -> InboxState:
        """A whole form becomes a case or a correction, unless something about it is unclear."""
        data = Registration(dict(understood.reading.registration or {}))
        author = understood.message.author.address if understood.message.author else ""
        registering = Registering(self._tx, self._rules, self._work, self._claimed, now=self._now)
        taken = registering.take_in(data, author=author, cause=cause)
        if taken.misfit and not self._answer_stranger(understood, cause, misfit=taken.misfit):
            reasons = (taken.misfit, "not_answered_again_today")
            return self._hold(None, reasons, understood, None, None)
        if taken.reasons:
            event = Event.CORRECT if taken.changes else None
            return self._hold(
                event, taken.reasons, understood, taken.case, None, changes=taken.changes
            )
        if taken.case:
            self._tx.vault.belongs_to(self._claimed.key_id, taken.case.person_id)
            inbox.note_case(self._tx, self._claimed.id, taken.case.id)
        return InboxState.APPLIED


def _under_lock(tx: Transaction, understood: Understood) -> CaseView | None:
    """The case as it stands now. What was known while reading must still hold: raises
    ChangedMeanwhileError."""
    known = understood.case
    if known is None:
        return None
    case = cases.load(tx, known.id, known=known)
    if case.row_version != known.row_version:
        raise ChangedMeanwhileError(case.number)
    if understood.proofs and case.slip != understood.proven:
        raise ChangedMeanwhileError(case.number)
    return case


def _several(proofs: tuple[tuple[bytes, Proof], ...]) -> tuple[str, ...]:
    """One debt is paid once: two payments that both fit it are for a person to sort out."""
    good = [proof for _, proof in proofs if proof.verdict is Verdict.ACCEPT]
    apart = any(told_apart(one, other) for one, other in combinations(good, 2))
    return ("several_payments",) if apart else ()
