"""What students send after the exam: applications, certificates, accounts. The caller commits.

A mail and a member of staff who accepts a held mail both come through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.aftercare import AfterEvent, AfterHold, RefundState
from mailflow.aftercare.payees import Payee, is_holder, read_payee
from mailflow.aftercare.refunds import Reception, receive
from mailflow.aftercare.rewards import ISSUE_DAY
from mailflow.aftercare.rewards import doubts as reward_doubts
from mailflow.campaign.round import TAIPEI
from mailflow.letters import AfterData
from mailflow.person import Field
from mailflow.store import aftercare, certificates, inbox, payees, refunds
from mailflow.store.afterwork import AfterWork, Told
from mailflow.store.cases import CaseView
from mailflow.store.casework import TWICE, Cause, Rules
from mailflow.store.certificates import Paper, Purpose
from mailflow.store.database import Transaction
from mailflow.store.payees import STUDENT, Button
from mailflow.store.queue import open_decision
from mailflow.workflow import Letter

REFUND_ITEM, REWARD_ITEM = "refund", "reward"
_MAY_TELL_ACCOUNT = (RefundState.APPLIED, RefundState.VERIFIED, RefundState.LISTED)


AFTER_EVENTS = (AfterEvent.APPLY, AfterEvent.UPLOAD)


@dataclass(frozen=True, slots=True)
class Held:
    """A person must look; `event` is what accepting does, if anything."""

    event: AfterEvent | None
    reasons: tuple[str, ...]


class AfterPapers:
    """One transaction's worth of papers."""

    def __init__(self, tx: Transaction, rules: Rules, *, now: datetime) -> None:
        self._tx = tx
        self._rules = rules
        self._now = now
        self._work = AfterWork(tx, rules, now=now)

    def keep(
        self,
        case: CaseView,
        files: Sequence[Paper],
        *,
        purpose: Purpose,
        inbox_id: str,
        at: datetime,
    ) -> tuple[str, ...]:
        """Store the files; the codes of what was seen before."""
        codes = [
            certificates.keep(self._tx, case, file, purpose=purpose, inbox_id=inbox_id, at=at)
            for file in files
        ]
        return tuple(dict.fromkeys(code for code in codes if code))

    def application(
        self,
        case: CaseView,
        *,
        cause: Cause,
        at: datetime,
        doubts: tuple[str, ...] = (),
        seen: tuple[str, ...] = (),
    ) -> Held | None:
        """An application for the refund: put before staff, or answered that it is outside."""
        refund = refunds.load(self._tx, case.id)
        exam = aftercare.load(self._tx, case.id).state
        answer = receive(
            refund.state,
            exam,
            arrived_on=at.astimezone(TAIPEI).date(),
            closes_on=refund.closes_on,
        )
        if answer is Reception.FOR_STAFF:
            state = exam if refund.state is RefundState.UNINVITED else refund.state
            return Held(None, (f"application_while_{state}", *doubts, *seen))
        if doubts:
            return Held(AfterEvent.APPLY, (*doubts, *seen))
        if answer is not Reception.TAKEN:
            return self._outside(case, answer, cause)
        done = self._work.refund(case, AfterEvent.APPLY, cause=cause, told=Told(arrived_at=at))
        if isinstance(done, AfterHold):
            return Held(AfterEvent.APPLY, (done.reason, *seen))
        self._ask_staff(case, REFUND_ITEM, ("refund_applied", *seen), cause.inbox_id)
        return None

    def accepted(self, case: CaseView, event: AfterEvent, *, cause: Cause) -> Held | None:
        """Staff take in a mail that was held; its files were kept when it came."""
        at = inbox.arrived_at(self._tx, cause.inbox_id) if cause.inbox_id else self._now
        if event is AfterEvent.APPLY:
            return self.application(case, cause=cause, at=at)
        return self.certificate(case, cause=cause, at=at, words="")

    def _outside(self, case: CaseView, answer: Reception, cause: Cause) -> Held | None:
        """Not open yet, or closed: a letter says so, at most once a day and twice in all."""
        data = self._work.about_refund(case, refunds.load(self._tx, case.id))
        if answer is Reception.EARLY:
            data = replace(data, closes_on=None)
        occasion = f"{answer}/{self._now:%Y-%m-%d}"
        if self._work.times_said(Letter.REFUND_OUTSIDE, case, occasion) >= TWICE:
            return Held(None, (f"application_{answer}", "told_twice"))
        cause = replace(cause, occasion=occasion)
        self._work.write(Letter.REFUND_OUTSIDE, case, cause=cause, data=data)
        return None

    def certificate(
        self,
        case: CaseView,
        *,
        cause: Cause,
        at: datetime,
        words: str,
        doubts: tuple[str, ...] = (),
        seen: tuple[str, ...] = (),
    ) -> Held | None:
        """A certificate for the reward: received, and put before staff with what speaks against
        it. `words` are what stands around it; what it is and when it was got only a person reads.
        """
        rule = self._rules.campaign.reward
        if rule is None:
            return Held(None, ("no_reward_in_this_round", *doubts, *seen))
        if doubts:
            return Held(AfterEvent.UPLOAD, (*doubts, *seen))
        found = reward_doubts(words, rule, issued_on=None, arrived_at=at)
        against = [code for code in found if code != ISSUE_DAY]  # that only a person can read
        occasion = cause.inbox_id or f"{self._now:%Y-%m-%d}"
        cause = replace(cause, occasion=occasion)
        self._work.write(Letter.REWARD_RECEIVED, case, cause=cause, data=AfterData())
        reasons = ("certificate_uploaded", *against, *seen)
        self._ask_staff(case, REWARD_ITEM, reasons, cause.inbox_id)
        return None

    def account(
        self,
        case: CaseView,
        token: str,
        *,
        text: str,
        cause: Cause,
        doubts: tuple[str, ...] = (),
    ) -> Held | None:
        """An account told through the button. The first, in the student's own name, is in force
        at once; any other waits for two people."""
        worth, owner = payees.check_token(self._tx, token, now=self._now)
        payee = read_payee(text)
        known = payees.in_force(self._tx, case.id)
        if worth is not Button.UNKNOWN and owner != case.id:
            return Held(None, ("account_token_of_another_case", *doubts))
        if worth is Button.USED and known and known.payee == payee:
            return None  # sent twice
        if worth is not Button.VALID:
            return Held(None, (f"account_token_{worth}", *doubts))
        refund = refunds.load(self._tx, case.id)
        if refund.state not in _MAY_TELL_ACCOUNT:
            return Held(None, (f"account_while_{refund.state}", *doubts))
        if not isinstance(payee, Payee):
            return Held(None, (*payee, *doubts))
        if doubts:
            return Held(None, doubts)
        against = self._against(case, payee)
        payees.enter(self._tx, case, payee, by=STUDENT, now=self._now, confirmed=not against)
        payees.use_tokens(self._tx, case.id, now=self._now)
        if against:
            self._ask_staff(case, REFUND_ITEM, against, cause.inbox_id)
            return None
        cause = replace(cause, occasion=cause.inbox_id or "")
        self._work.note_account(case, payee, cause=cause)
        return None

    def _against(self, case: CaseView, payee: Payee) -> tuple[str, ...]:
        """Why two people must look at an account before it is paid to."""
        names = (case.data[Field.NAME_ZH], case.data[Field.NAME_EN])
        checks = (
            ("account_changed", payees.was_told(self._tx, case.id)),
            ("account_in_another_name", not is_holder(payee, *names)),
            (
                "account_of_another_person",
                payees.is_of_another(self._tx, payee, person_id=case.person_id),
            ),
        )
        return tuple(reason for reason, holds in checks if holds)

    def _ask_staff(
        self, case: CaseView, kind: str, reasons: tuple[str, ...], inbox_id: str | None
    ) -> None:
        open_decision(
            self._tx,
            kind=kind,
            reasons=reasons,
            case_id=case.id,
            inbox_id=inbox_id,
            now=self._now,
        )
