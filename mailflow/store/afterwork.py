"""Carry out what happens after the exam: state, letter and audit in the caller's transaction.

Staff, mail and clock all come through here, so that each sends the same letter.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from mailflow.aftercare import (
    AftercareState,
    AfterEvent,
    AfterHold,
    Offer,
    Payee,
    RefundState,
    Result,
    decide_exam,
    decide_refund,
)
from mailflow.aftercare.refunds import Earlier, Entitlement, Reception, closes_on, entitlement
from mailflow.campaign.round import TAIPEI
from mailflow.letters import AfterData
from mailflow.person import Field
from mailflow.store import aftercare, bank, cases, enrolments, inbox, outbox, payees, refunds
from mailflow.store.aftercare import AfterView, Sat
from mailflow.store.audit import record
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.credits import debt_of
from mailflow.store.database import Transaction
from mailflow.store.queue import open_items
from mailflow.store.refunds import RefundView
from mailflow.workflow import Letter, State

RETAKES = "是"
_PAID = (State.PAID, State.COMPLETE)
_WITH_ACCOUNT_BUTTON = (Letter.REFUND_RECEIVED, Letter.PAYEE_REQUEST)


@dataclass(frozen=True, slots=True)
class Told:
    """What staff or mail bring along with an event."""

    sat: Sat | None = None
    certificate_on: date | None = None
    offer: Offer | None = None
    arrived_at: datetime | None = None
    entitled: Entitlement | None = None
    payout_id: str | None = None
    paid_on: date | None = None
    title: str = ""
    tell_again: bool = False  # that the certificate is here, although a letter has said so before


class AfterWork:
    """One transaction's worth of work after the exam. The caller commits."""

    def __init__(self, tx: Transaction, rules: Rules, *, now: datetime) -> None:
        self._tx = tx
        self._rules = rules
        self._campaign = rules.campaign
        self._now = now
        self._work = Casework(tx, rules, now=now)

    @property
    def today(self) -> date:
        return self._now.astimezone(TAIPEI).date()

    # The exam

    def exam(
        self, case: CaseView, event: AfterEvent, *, cause: Cause, told: Told | None = None
    ) -> AfterView | AfterHold:
        """Do what the table says; an AfterHold has changed nothing."""
        told = told or Told()
        self._tx.one_at_a_time(f"after {case.id}")
        after = aftercare.load(self._tx, case.id)
        step = decide_exam(after.state, event)
        if isinstance(step, AfterHold):
            return step
        is_gone = event in (AfterEvent.UNARRIVE, AfterEvent.UNPOST)
        if is_gone and refunds.load(self._tx, case.id).state in _VERIFIED:
            return AfterHold(f"{event}_while_refund_verified")
        after = aftercare.move(
            self._tx,
            case,
            after,
            state=step.state,
            now=self._now,
            sat=told.sat,
            certificate_on=told.certificate_on,
            is_gone=is_gone,
        )
        self._audit(event, case, cause)
        if told.certificate_on:
            self._move_window(case, after)
        if event is AfterEvent.UNARRIVE:
            outbox.cancel_waiting(self._tx, case.id, (Letter.CERTIFICATE_READY,), reason=_UNTRUE)
        if step.letter and (event is not AfterEvent.ARRIVE or self._is_news(case, told)):
            letter = Letter(step.letter)
            outbox.cancel_waiting(self._tx, case.id, (letter,), reason="overtaken")
            occasion = cause.occasion or f"r{after.row_version}"
            data = self._about_exam(case, after, told)
            self.write(letter, case, cause=replace(cause, occasion=occasion), data=data)
        return after

    def was_called(self, case: CaseView) -> bool:
        """Whether a letter that the certificate lies at the office has left, or still will."""
        return self.times_said(Letter.CERTIFICATE_READY, case, "r") > 0

    def _is_news(self, case: CaseView, told: Told) -> bool:
        return told.tell_again or not self.was_called(case)

    def _about_exam(self, case: CaseView, after: AfterView, told: Told) -> AfterData:
        exam = self._campaign.exam(case.data[Field.EXAM])
        result: Result | None = after.sat.result if after.sat else None
        return AfterData(
            result=result,
            marks=after.sat.marks if after.sat else (),
            rules=self._campaign.rules_of(exam) if exam else self._campaign.pass_rules,
            offer=told.offer,
        )

    def _move_window(self, case: CaseView, after: AfterView) -> None:
        """A certificate that came later than the invitation gives its owner the full month."""
        refund = refunds.load(self._tx, case.id)
        if refund.state is not RefundState.INVITED or refund.invited_on is None:
            return
        last = closes_on(
            self._campaign,
            invited_on=refund.invited_on,
            certificate_on=after.certificate_on,
        )
        if last != refund.closes_on:
            refunds.move(self._tx, case, refund, state=refund.state, now=self._now, closes_on=last)

    # The refund

    def refund(
        self, case: CaseView, event: AfterEvent, *, cause: Cause, told: Told | None = None
    ) -> RefundView | AfterHold:
        """Do what the table says; an AfterHold has changed nothing."""
        told = told or Told()
        self._tx.one_at_a_time(f"after {case.id}")
        refund = refunds.load(self._tx, case.id)
        step = decide_refund(refund.state, event)
        if isinstance(step, AfterHold):
            return step
        values = self._values(case, event, told, refund)
        refund = refunds.move(self._tx, case, refund, state=step.state, now=self._now, **values)
        self._audit(event, case, cause)
        if step.letter:
            occasion = cause.occasion or f"r{refund.row_version}"
            self.write(
                Letter(step.letter),
                case,
                cause=replace(cause, occasion=occasion),
                data=self.about_refund(case, refund, reasons=cause.reasons),
            )
        return refund

    def _values(
        self, case: CaseView, event: AfterEvent, told: Told, refund: RefundView
    ) -> dict[str, object]:
        """The columns that an event sets."""
        match event:
            case AfterEvent.INVITE | AfterEvent.REOPEN if refund.state in _NOT_OPEN:
                certificate_on = aftercare.load(self._tx, case.id).certificate_on
                last = closes_on(
                    self._campaign, invited_on=self.today, certificate_on=certificate_on
                )
                return {"invited_on": self.today, "closes_on": last}
            case AfterEvent.APPLY:
                return {"applied_at": told.arrived_at}
            case AfterEvent.VERIFY if told.entitled:
                return {
                    "own": told.entitled.own,
                    "earlier": told.entitled.earlier,
                    "earlier_case_id": told.entitled.earlier_case_id,
                }
            case AfterEvent.REFUSE:
                return {"own": 0, "earlier": 0, "earlier_case_id": None}
            case AfterEvent.LIST:
                return {"payout_id": told.payout_id}
            case AfterEvent.UNLIST:
                payees.void(self._tx, case.id, now=self._now)
                return {"payout_id": None}
            case AfterEvent.PAY:
                return {"paid_on": told.paid_on}
            case _:
                return {}

    def expire(self, case: CaseView, *, cause: Cause) -> AfterHold | None:
        """The window of this case is over: void, with a letter. An AfterHold, and nothing done,
        while a mail of that time is unread, or one of this student waits for a person."""
        closes_on = refunds.load(self._tx, case.id).closes_on
        if closes_on is None or self.today <= closes_on:
            return AfterHold("window_open")
        ended = datetime.combine(closes_on, time(23, 59, 59), TAIPEI)
        if not inbox.caught_up(self._tx, since=ended):
            return AfterHold("mail_not_read_yet")
        if any(item.inbox_id for item in open_items(self._tx, case_id=case.id)):
            return AfterHold("mail_waits_for_staff")
        cause = replace(cause, occasion=f"{Reception.LATE}/{closes_on}")
        done = self.refund(case, AfterEvent.EXPIRE, cause=cause)
        return done if isinstance(done, AfterHold) else None

    def about_refund(
        self, case: CaseView, refund: RefundView, *, reasons: tuple[str, ...] = ()
    ) -> AfterData:
        """What the letters about a refund tell."""
        account = payees.in_force(self._tx, case.id)
        return AfterData(
            opens_on=self._campaign.refund_invited_on(),
            closes_on=refund.closes_on,
            own=refund.own,
            earlier=refund.earlier,
            payee=account.payee if account else None,
            paid_on=refund.paid_on,
            reasons=reasons,
        )

    def entitled(self, case: CaseView) -> Entitlement:
        """What this registration may get back, with every doubt. Amounts are what was billed."""
        is_retake = case.data[Field.RETAKE] == RETAKES
        after = aftercare.load(self._tx, case.id)
        enrolled_on = after.certificate_on or (after.sat.exam_on if after.sat else self.today)
        found = entitlement(
            _paid(case),
            self._campaign.refund,
            is_retake=is_retake,
            earlier=self._earlier(case) if is_retake else None,
            is_enrolled=enrolments.is_enrolled(
                self._tx, case.data[Field.STUDENT_NO], on=enrolled_on
            ),
        )
        return replace(found, doubts=(*found.doubts, *self._bank_says(case)))

    def _bank_says(self, case: CaseView) -> tuple[str, ...]:
        """Where the round has the bank's file, only money that stands in it is beyond doubt."""
        files = bank.imports(self._tx, case.campaign)
        if all(file.undone_at for file in files):
            return ()
        debt = debt_of(self._tx, case)
        if debt.credited == debt.due:
            return ()
        return ("bank_has_another_sum",) if debt.credited else ("no_money_on_the_banks_file",)

    def _earlier(self, case: CaseView) -> Earlier | None:
        """The one registration whose kept subject made this retake possible; None if unclear."""
        views = aftercare.of_person(self._tx, case.person_id, besides=case.id)
        before = [(view, cases.load(self._tx, view.case_id)) for view in views]
        before = [(v, c) for v, c in before if c.data[Field.EXAM] == case.data[Field.EXAM]]
        whole = [
            c
            for v, c in before
            if c.data[Field.RETAKE] != RETAKES and v.state is AftercareState.KEPT
        ]
        if len(whole) != 1 or _paid(whole[0]) is None:
            return None
        tries = sum(1 for _, c in before if c.data[Field.RETAKE] == RETAKES) + 1
        return Earlier(
            case_id=whole[0].id,
            paid=_paid(whole[0]) or 0,
            refunded=refunds.was_refunded(self._tx, whole[0].id, besides=case.id),
            tries=tries,
        )

    # The account

    def ask_account(self, case: CaseView, *, cause: Cause) -> bool:
        """The letter with the button for the account; False when it was said before."""
        data = self.about_refund(case, refunds.load(self._tx, case.id))
        return self.write(Letter.PAYEE_REQUEST, case, cause=cause, data=data)

    def note_account(self, case: CaseView, payee: Payee, *, cause: Cause) -> None:
        """An account is in force: its buttons are used up, and its owner is told, masked."""
        payees.use_tokens(self._tx, case.id, now=self._now)
        self._audit("payee", case, cause)
        self.write(Letter.PAYEE_NOTED, case, cause=cause, data=AfterData(payee=payee))

    # Letters

    def write(self, letter: Letter, case: CaseView, *, cause: Cause, data: AfterData) -> bool:
        """Queue a letter to the registered address; False when it has been said before."""
        if letter in _WITH_ACCOUNT_BUTTON:
            days = self._campaign.confirm_token_days
            token = payees.issue_token(self._tx, case, now=self._now, days=days)
            data = replace(data, token=token, token_until=self.today + timedelta(days=days))
        return self._work.send(letter, case, cause=cause, after=data)

    def times_said(self, letter: Letter, case: CaseView, occasion: str) -> int:
        """How often this was said, on occasions that begin alike."""
        return self._work.times_said(letter, case, occasion)

    def _audit(self, action: str, case: CaseView, cause: Cause) -> None:
        record(
            self._tx,
            action,
            subject=case.number,
            actor=cause.actor,
            why=cause.why or cause.inbox_id or "",
            now=self._now,
        )


_VERIFIED = (RefundState.VERIFIED, RefundState.LISTED, RefundState.REFUNDED)
_UNTRUE = "overtaken"
_NOT_OPEN = (RefundState.UNINVITED, RefundState.VOID)


def _paid(case: CaseView) -> int | None:
    """What the student has paid for this registration, NT$; None when that is not sure."""
    return case.slip.amount if case.slip and case.state in _PAID else None
