"""Carry out steps of the workflow: state, data, slip, letter and audit in the caller's transaction.

The machine, the clock and staff all come through here, so that each sends the same letter.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mailflow.campaign import Campaign, NoFee
from mailflow.campaign.round import TAIPEI
from mailflow.letters import CARRIES_NOTICE, AfterData, Composer, LetterData, Standing
from mailflow.person import Change, Field, Registration, changes_between, unusable
from mailflow.reading.result import BUTTON_DOUBTS
from mailflow.store import cases, form_rows, inbox, lookup, outbox, slips, tokens, wordings
from mailflow.store.audit import MACHINE, record
from mailflow.store.billing import billable
from mailflow.store.cases import CaseView
from mailflow.store.database import Transaction
from mailflow.store.queue import close, close_answered, open_decision, open_items
from mailflow.store.registering import (
    AREA_NOT_OFFERED,
    FORM_AND_MAIL_DISAGREE,
    doubts_about,
    misplaced,
    owner_of,
)
from mailflow.store.standing import standing
from mailflow.store.tables import InboxState
from mailflow.workflow import (
    OVERTAKEN,
    WITH_BUTTON,
    Event,
    Hold,
    Letter,
    State,
    Step,
    decide,
)

_MISFITS = frozenset({NoFee.EXAM, NoFee.SUBJECTS})
EMPTY_FORM = LetterData(case="")
SAYS_AGAIN = (Letter.PRESS_BUTTON, Letter.REFUND_OUTSIDE)  # other words when it was said before
# What two letters have not explained is for a person.
TWICE, ASKED_TWICE = 2, "button_asked_for_twice"


@dataclass(frozen=True, slots=True)
class Rules:
    """What an office has set, as far as casework needs it."""

    campaign: Campaign
    composer: Composer
    office: str
    answers_per_day: int
    strangers_per_day: int
    office_hours: tuple[int, int] = (0, 24)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something happens. `occasion` tells repeatable letters apart; `changes` are the new
    values of a correction; `reasons` and `note` go into the letter; `thread` are the Message-IDs
    of the mail that is answered, newest last."""

    actor: str
    why: str = ""
    inbox_id: str | None = None
    occasion: str = ""
    changes: dict[Field, str] = field(default_factory=dict, repr=False)
    source: str = "mail"
    reasons: tuple[str, ...] = ()
    note: str = field(default="", repr=False)
    thread: tuple[str, ...] = ()


class Casework:
    """One transaction's worth of work, which the caller commits."""

    def __init__(self, tx: Transaction, rules: Rules, *, now: datetime) -> None:
        self._tx = tx
        self._rules = rules
        self._now = now

    def register(
        self, data: Registration, *, cause: Cause, problems: tuple[str, ...], edit_link: str = ""
    ) -> CaseView:
        """A new case: receipt and confirmation letter; before staff when `problems` are named.

        `edit_link` is where the student may edit the answer to the form, '' where nobody knows.
        """
        campaign = self._rules.campaign
        reasons = (*problems, *self._doubts(data))
        case = cases.create(
            self._tx,
            data,
            campaign=campaign.id,
            prefix=campaign.case_prefix,
            source=cause.source,
            created_at=self._now,
        )
        case = cases.note_edit_link(self._tx, case, edit_link)
        self._audit("registered", case, cause)
        if reasons:
            self._hold_case(case, Event.ASK, reasons)
            return case
        self.send(Letter.FORM_RECEIPT, case, cause=cause)
        self.happen(case, Event.ASK, cause=cause)
        return cases.load(self._tx, case.id)

    def _doubts(self, data: Registration) -> tuple[str, ...]:
        """What speaks against a new case, whoever makes it."""
        campaign = self._rules.campaign
        if campaign.address_mismatch(data[Field.EMAIL], data[Field.STUDENT_NO]):
            return ("address_of_another_student_number",)
        owner = owner_of(self._tx, data, campaign=campaign.id)
        return owner.doubts or (("student_registered_before",) if owner.case else ())

    def happen(self, case: CaseView, event: Event, *, cause: Cause) -> Step | Hold:
        """Do what the table says, and what follows from it; a Hold has changed nothing."""
        case, step = self._allowed(case, event, cause)
        if isinstance(step, Hold):
            return step
        before = case
        if event is Event.CORRECT:
            data = case.data.with_changes(cause.changes)
            case = cases.new_version(self._tx, case, data, source=cause.source, now=self._now)
            outbox.cancel_waiting(self._tx, case.id, WITH_BUTTON, reason="overtaken")
        if event is Event.REINSTATE:  # earlier buttons and what was said of them count no more
            case = cases.new_version(self._tx, case, case.data, source="staff", now=self._now)
        if event is Event.CONFIRM and case.state is State.ASKED:
            cases.confirmed(self._tx, case, now=self._now)
            self._close_overtaken(case)
        if event is Event.REOPEN:
            cases.note_reopened(self._tx, case.id, now=self._now)
        if step.state is not case.state:
            case = cases.move(self._tx, case, step.state, now=self._now)
            untrue = (*OVERTAKEN.get(step.state, ()), Letter.REMINDER, Letter.STATUS)
            outbox.cancel_waiting(self._tx, case.id, untrue, reason="overtaken")
            self._close_deadline(case)
        self._audit(event, case, cause)
        if step.letter:
            changes = changes_between(before.data, case.data)
            told = self._anew(step.letter, case, cause) if case.state != before.state else cause
            self.send(step.letter, case, cause=told, changes=changes)
        if step.then:
            self._follow(case, step.then, cause)
        return step

    def _allowed(self, case: CaseView, event: Event, cause: Cause) -> tuple[CaseView, Step | Hold]:
        """What the table says and the facts allow; the case may have got a slip for it."""
        step = decide(case.state, event)
        if isinstance(step, Step) and event is Event.CORRECT:
            step = self._correctable(case, cause) or step
        if isinstance(step, Step) and event in (Event.PROOF, Event.SETTLED, Event.RESUME):
            step = self._provable(case) or step
        if isinstance(step, Step) and event in (Event.BILL, Event.RESUME):
            campaign = self._rules.campaign.with_deadline(case.pay_until)
            ready = billable(self._tx, case, campaign, now=self._now)
            return (case, ready) if isinstance(ready, Hold) else (ready, step)
        return case, step

    def _follow(self, case: CaseView, event: Event, cause: Cause) -> None:
        if event is Event.ASK and self._staff_asked(case, cause):
            return  # they have not decided yet whether this registration goes on
        held = self.happen(case, event, cause=cause)
        if isinstance(held, Hold):
            self._hold_case(case, event, (held.reason,))

    def _staff_asked(self, case: CaseView, cause: Cause) -> bool:
        """Whether staff still have to say if this registration goes on; nobody has to where only
        values were in the way that can be used now."""
        waiting = [i for i in open_items(self._tx, case_id=case.id) if i.event == Event.ASK]
        in_the_way = {reason for item in waiting for reason in item.reasons}
        if not all(r.startswith("invalid:") or r in _MISFITS for r in in_the_way):
            return True
        doubts = doubts_about(case.data, self._rules.campaign, as_of=self._now)
        if waiting and doubts:
            return True
        if unusable(case.data, as_of=self._now.date()):  # staff wrote, and not all is put right
            self._hold_case(case, Event.ASK, doubts)
            return True
        for item in waiting:
            why = "form changed since" if cause.source == "form" else "put right since"
            close(self._tx, item.id, verb="accept", actor=cause.actor, why=why, now=self._now)
        return False

    def _provable(self, case: CaseView) -> Hold | None:
        """A late proof counts only for data that were confirmed and a slip that was sent."""
        if case.slip is None or not cases.is_confirmed(self._tx, case):
            return Hold("nothing_was_billed")
        return None

    def _correctable(self, case: CaseView, cause: Cause) -> Hold | None:
        """Nobody becomes another student by a correction, no mail overrules the form, and a sent
        slip is undone by staff alone."""
        if case.state is State.BILLED and cause.source != "staff":
            return Hold(f"{Event.CORRECT}_while_{State.BILLED}")
        moves = cause.source != "staff" and cause.changes.keys() & {Field.EXAM, Field.EXAM_AREA}
        if moves and misplaced(case.data.with_changes(cause.changes), self._rules.campaign):
            return Hold(AREA_NOT_OFFERED)
        number = cause.changes.get(Field.STUDENT_NO, case.data[Field.STUDENT_NO])
        campaign = self._rules.campaign.id
        others = set(lookup.by_student(self._tx, number, campaign=campaign)) - {case.id}
        if others:
            return Hold("student_number_of_another_case")
        identity = cause.changes.get(Field.NATIONAL_ID)
        if identity and set(lookup.by_identity(self._tx, identity, campaign=campaign)) - {case.id}:
            return Hold("identity_of_another_case")
        if cause.source == "mail" and self._form_says_otherwise(case, cause.changes):
            return Hold(FORM_AND_MAIL_DISAGREE)
        return None

    def _form_says_otherwise(self, case: CaseView, changes: dict[Field, str]) -> bool:
        """Whether the student has edited the same field in the form, to something else."""
        answers = form_rows.answers(self._tx, case.id)
        if len(answers) < 2:
            return False
        first, last = answers[0], answers[-1]
        return any(first[name] != last[name] != new for name, new in changes.items())

    def _hold_case(self, case: CaseView, event: Event, reasons: tuple[str, ...]) -> None:
        if any(item.event == event for item in open_items(self._tx, case_id=case.id)):
            return
        open_decision(
            self._tx,
            kind="case",
            reasons=reasons,
            event=event,
            case_id=case.id,
            now=self._now,
        )

    def _close_overtaken(self, case: CaseView) -> None:
        """A mail that only said "all correct", without a button that fits, needs nobody once it
        is pressed; one that asks something as well does."""
        for item in open_items(self._tx, case_id=case.id):
            settled = item.event == Event.CONFIRM and set(item.reasons) <= {
                *BUTTON_DOUBTS,
                ASKED_TWICE,
            }
            if item.kind == "mail" and settled:
                close(
                    self._tx,
                    item.id,
                    verb="discard",
                    actor="mailflow",
                    why="button pressed since",
                    now=self._now,
                )
                if item.inbox_id:
                    inbox.set_by_staff(self._tx, item.inbox_id, InboxState.APPLIED)

    def _close_deadline(self, case: CaseView) -> None:
        """Whether to give a case up needs nobody any more once it is paid or withdrawn."""
        if case.state in (State.PAID, State.WITHDRAWN):
            close_answered(
                self._tx,
                case.id,
                event=Event.DEADLINE,
                verb="discard",
                actor=MACHINE,
                why=f"{case.state} since",
                now=self._now,
            )

    def _anew(self, letter: Letter, case: CaseView, cause: Cause) -> Cause:
        """A state that is reached again is told again: that is another occasion."""
        if not outbox.said(self._tx, self._business_key(letter, case, cause)):
            return cause
        return replace(cause, occasion=f"{cause.occasion}r{case.row_version}")

    def send(
        self,
        letter: Letter,
        case: CaseView,
        *,
        cause: Cause,
        changes: tuple[Change, ...] = (),
        after: AfterData | None = None,
    ) -> bool:
        """Queue a letter to the registered address; False when it has been said before."""
        key = self._business_key(letter, case, cause)
        if outbox.said(self._tx, key):
            return False
        data = replace(self._data(letter, case, cause, changes), after=after)
        if letter in SAYS_AGAIN:
            said = outbox.times_said(self._tx, key.rpartition("/")[0])
            data = replace(data, is_again=said > 0)
        self._queue(letter, data, case=case, key=key)
        cases.note_letter(self._tx, case.id, now=self._now)
        if letter in CARRIES_NOTICE:
            self._note_notice(letter, case)
        return True

    def times_said(self, letter: Letter, case: CaseView, occasion: str) -> int:
        """How often this was said, on occasions that begin alike."""
        key = self._business_key(letter, case, Cause(actor=MACHINE, occasion=occasion))
        return outbox.times_said(self._tx, key.rpartition("/")[0])

    def _business_key(self, letter: Letter, case: CaseView, cause: Cause) -> str:
        """A slip that took the place of another is news, even when the data are the same."""
        issued = slips.issued(self._tx, case.id) if letter is Letter.PAYMENT_SLIP else 1
        occasion = f"{cause.occasion}#{issued}" if issued > 1 else cause.occasion
        return f"{case.number}/{letter}/v{case.data_version}/{occasion}"

    def _note_notice(self, letter: Letter, case: CaseView) -> None:
        """Which version of the personal data notice this person was shown, when, and where."""
        why = f"version {self._rules.campaign.privacy_notice} in {letter}"
        record(
            self._tx,
            "privacy_notice_shown",
            subject=case.number,
            actor=MACHINE,
            why=why,
            now=self._now,
        )

    def answer_stranger(
        self, address: str, *, cause: Cause, key_id: str, form: LetterData = EMPTY_FORM
    ) -> bool:
        """The fixed form text, under a global cap; False when it doesn't go out.

        At most once a day to an address, and once more with what a filled form lacks.
        """
        since = self._now - timedelta(days=1)
        letter = Letter.REGISTRATION_FORM
        key = f"{letter}/{self._tx.blind('address', address).hex()[:24]}/{self._now:%Y-%m-%d}"
        again = f"{key}/again"
        said = outbox.said(self._tx, again) or (not form.goes_back and outbox.said(self._tx, key))
        cap = self._rules.strangers_per_day
        if said or outbox.count_since(self._tx, letter, since=since) >= cap:
            return False
        key = again if form.goes_back else key
        thread = cause.thread
        data = replace(form, in_reply_to=thread[-1] if thread else None, references=thread)
        message_id = new_message_id(self._rules.office)
        rendered = self._rules.composer.compose(
            letter, data, to=address, message_id=message_id, now=self._now
        )
        draft = outbox.Draft(
            key=key,
            letter=letter,
            to=address,
            raw=rendered.raw,
            message_id=message_id,
            key_id=key_id,
            inbox_id=cause.inbox_id,
            wording=self._keep_wording(letter),
        )
        return outbox.enqueue(self._tx, draft, due_at=self._now, now=self._now)

    def _data(
        self, letter: Letter, case: CaseView, cause: Cause, changes: tuple[Change, ...]
    ) -> LetterData:
        either = letter in (Letter.REMINDER, Letter.REINSTATED)  # button or slip
        asks = letter in WITH_BUTTON or (either and case.state is State.ASKED)
        data = LetterData(
            case=case.number,
            registration=case.data,
            changes=changes,
            slip=None if asks else case.slip,  # what is not confirmed is not to be paid
            pay_until=case.pay_until,
            leaves_on=self._due(case).astimezone(TAIPEI).date(),
            slip_pdf=slips.pdf_of(self._tx, case.id) if letter is Letter.PAYMENT_SLIP else b"",
            reasons=cause.reasons,
            note=cause.note,
            edit_link=case.edit_link,
            standing=self._standing(letter, case),
            reply_tag=case.reply_tag,
            in_reply_to=cause.thread[-1] if cause.thread else None,
            references=cause.thread,
        )
        if not asks:
            return data
        days = self._rules.campaign.confirm_token_days
        return replace(data, token=tokens.issue_token(self._tx, case, now=self._now, days=days))

    def _standing(self, letter: Letter, case: CaseView) -> Standing | None:
        if letter is not Letter.STATUS:
            return None
        return standing(self._tx, case, campaign=self._rules.campaign, now=self._now)

    def _queue(self, letter: Letter, data: LetterData, *, case: CaseView, key: str) -> None:
        message_id = new_message_id(self._rules.office)
        rendered = self._rules.composer.compose(
            letter, data, to=case.address, message_id=message_id, now=self._now
        )
        draft = outbox.Draft(
            key=key,
            letter=letter,
            to=case.address,
            raw=rendered.raw,
            message_id=message_id,
            key_id=case.key_id,
            case_id=case.id,
            wording=self._keep_wording(letter),
        )
        held = self._over_cap(case)
        outbox.enqueue(self._tx, draft, due_at=self._due(case), now=self._now, held=held)

    def _keep_wording(self, letter: Letter) -> str:
        """So that it can be told for ever which text was sent to whom."""
        wording = self._rules.composer.wording(letter)
        wordings.keep(self._tx, wording, now=self._now)
        return wording.version

    def _over_cap(self, case: CaseView) -> str:
        since = self._now - timedelta(days=1)
        if case.unreachable:
            return "address_unreachable"
        many = outbox.answers_since(self._tx, case.address, since=since)
        return "too_many_letters_today" if many >= self._rules.answers_per_day else ""

    def _due(self, case: CaseView) -> datetime:
        """Letters with personal data go in office hours, unless the deadline presses."""
        first, last = self._rules.office_hours
        local = self._now.astimezone(TAIPEI)
        if first <= local.hour < last:
            return self._now
        left = self._rules.campaign.with_deadline(case.pay_until).pay_until - self._now
        if timedelta() <= left < timedelta(days=1):
            return self._now
        morning = local.replace(hour=first, minute=0, second=0, microsecond=0)
        if local.hour >= last:
            morning += timedelta(days=1)
        return morning.astimezone(self._now.tzinfo)

    def _audit(self, action: str, case: CaseView, cause: Cause) -> None:
        record(
            self._tx,
            action,
            subject=case.number,
            actor=cause.actor,
            why=cause.why or cause.inbox_id or "",
            now=self._now,
        )


def new_message_id(office: str) -> str:
    """The name of a letter on its way, in the office's own domain."""
    return f"<mailflow.{secrets.token_hex(12)}@{office.rpartition('@')[2]}>"
