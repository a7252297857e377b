"""From a stored mail to a decision: understand in a child, decide in one transaction."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from mailflow.campaign import TAIPEI, Campaign
from mailflow.config import Config
from mailflow.failpoints import failpoint
from mailflow.mail import Attachment, Message
from mailflow.mail.tags import find_tags
from mailflow.mail.wire import from_json
from mailflow.reading import Intent, Reading, identify
from mailflow.reading.wire import Question, question_to_json, reading_from_json
from mailflow.receipts import wire as receipts_wire
from mailflow.receipts.result import Expectation, Proof, Verdict
from mailflow.runners.deciding import Decider, Understood
from mailflow.runners.loop import Now
from mailflow.runners.papers import PAPER_TYPES
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.store import cases, inbox
from mailflow.store.cases import CaseView, ChangedMeanwhileError
from mailflow.store.casework import Rules
from mailflow.store.database import Store
from mailflow.store.inbox import Claim, LostLeaseError
from mailflow.store.office import StoreOffice
from mailflow.store.tables import InboxState, Stage
from mailflow.workflow import State

log = logging.getLogger("mailflow")

_WAITS_FOR_PROOF = (State.BILLED, State.ABANDONED)  # the latter for staff, who may accept it
_PARSE, _READ = "mailflow.mail.wire:read_to_json", "mailflow.reading.wire:read_json"
_IN_CHILD = ("mailflow.mail.wire", "mailflow.reading.wire")
_AT_ONCE = {Stage.READ: 16, Stage.PICTURES: 1}


class _Ending(Exception):
    """The daemon ends: what is claimed is left to the next one, which counts as no attempt."""


class Reader:
    """A worker for one stage. The quick one reads words; the slow ones also read pictures, so
    that no confirmation ever waits behind a photograph."""

    def __init__(
        self, config: Config, store: Store, rules: Rules, *, stage: Stage, now: Now
    ) -> None:
        self._config = config
        self._store = store
        self._rules = rules
        self._stage = stage
        self._now = now
        self._owner = uuid.uuid4().hex
        self._sandbox = Sandbox(megabytes=config.limits.child_megabytes, imports=_IN_CHILD)
        self._ends = False
        self.on_pictures: Callable[[], None] = lambda: None
        self.on_letters: Callable[[], None] = lambda: None
        self.on_progress: Callable[[], None] = lambda: None

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def warm(self) -> None:
        """Start the child before the first mail comes."""
        self._sandbox.warm()

    def finish(self) -> None:
        """Begin no other mail; what is claimed is left to the next daemon."""
        self._ends = True

    def interrupt(self) -> None:
        """Give up the mail that is being read as well; it counts as no failure of that mail."""
        self._ends = True
        self._sandbox.interrupt()

    def close(self) -> None:
        self._sandbox.close()

    def step(self, row_id: str | None = None) -> bool:
        """Work on what waits for this stage (or on one row); False when there was nothing."""
        with self._store.write() as tx:
            claims = inbox.claim(
                tx,
                self._stage,
                owner=self._owner,
                now=self._now(),
                lease=timedelta(minutes=15),
                limit=_AT_ONCE[self._stage],
                row_id=row_id,
            )
        if not claims:
            return False
        failpoint("inbox.claimed")
        try:
            self._work(claims)
        except _Ending:
            with self._store.write() as tx:
                inbox.give_back(tx, claims)
        except Exception:
            # The store itself failed: whatever was not reached may be taken again at once.
            with self._store.write() as tx:
                inbox.release_leases(tx, self._owner)
            raise
        return True

    def _work(self, claims: list[Claim]) -> None:
        """Parse all, look all up in one view of the store, then read and decide one by one; the
        child is ahead of the decisions."""
        mails = self._identified(self._parsed(self._opened(claims)))
        questions = [question_to_json(mail.question, mail.message) for mail in mails]
        seconds = self._config.limits.parse_seconds
        answers = self._sandbox.calls(_READ, questions, seconds=seconds)
        for mail, answer in zip(mails, answers, strict=True):
            with self._alone(mail.claimed):
                self._decide(mail.claimed, mail.understood(reading_from_json(_sound(answer))))

    def _opened(self, claims: list[Claim]) -> list[tuple[Claim, bytes]]:
        """The raw bytes of each mail, without second deliveries: those end here."""
        opened = []
        with self._store.read() as tx:
            stored = inbox.stored(tx, [claimed.id for claimed in claims])
            for claimed in claims:
                with self._alone(claimed):
                    mail = stored[claimed.id]
                    if mail.first_delivery:
                        self._discard_copy(claimed, mail.first_delivery)
                    else:
                        opened.append((claimed, mail.open(tx)))
        return opened

    def _parsed(self, opened: list[tuple[Claim, bytes]]) -> list[tuple[Claim, Message]]:
        seconds = self._config.limits.parse_seconds
        answers = self._sandbox.calls(_PARSE, [raw for _, raw in opened], seconds=seconds)
        parsed = []
        for (claimed, _), answer in zip(opened, answers, strict=True):
            with self._alone(claimed):
                parsed.append((claimed, from_json(_sound(answer))))
        return parsed

    def _identified(self, parsed: list[tuple[Claim, Message]]) -> list["_Mail"]:
        mails = []
        with self._store.read() as tx:
            office = StoreOffice(tx, now=self._now())
            for claimed, message in parsed:
                with self._alone(claimed):
                    tags = find_tags(message.recipients, message.subject, self._config.office)
                    facts, token, doubts = identify(message, tags, office)
                    case = office.case(facts.case) if facts else None
                    question = Question(facts, token, tags, self._now(), tuple(doubts))
                    mails.append(_Mail(claimed, message, case, question))
        return mails

    @contextmanager
    def _alone(self, claimed: Claim) -> Iterator[None]:
        """What goes wrong with one mail stays with it: a strike, or it is read again."""
        self.on_progress()
        if self._ends:
            raise _Ending
        try:
            yield
        except SandboxError as error:
            if self._ends:
                raise _Ending from None
            self._strike(claimed, f"reading_{error}".replace(" ", "_"))
        except ChangedMeanwhileError:
            log.info("loop=reading mail=%s changed_meanwhile", claimed.id)
            with self._store.write() as tx:
                inbox.give_back(tx, [claimed])
        except LostLeaseError:
            log.warning("loop=reading lost_lease=%s", claimed.id)
        except Exception as error:  # one bad mail never stops the queue and is never thrown away
            self._strike(claimed, f"error_{type(error).__name__}")

    def _strike(self, claimed: Claim, reason: str) -> None:
        log.error("loop=reading mail=%s strike=%d reason=%s", claimed.id, claimed.attempts, reason)
        with self._store.write() as tx:
            inbox.strike(tx, claimed, reason, now=self._now())

    def _discard_copy(self, claimed: Claim, earlier: str) -> None:
        with self._store.write() as tx:
            inbox.is_copy_of(tx, claimed.id, earlier)
            inbox.settle(tx, claimed, InboxState.DISCARDED, reason=f"second_delivery_of {earlier}")

    def _decide(self, claimed: Claim, understood: Understood) -> None:
        """Decide in one transaction; a mail that brings a proof has its pictures read before."""
        billed = self._billed(understood)
        if billed and self._stage is Stage.READ:
            with self._store.write() as tx:
                inbox.wait_for_pictures(tx, claimed)
            self.on_pictures()
            return
        if billed:
            understood = self._with_proofs(understood, billed)
        failpoint("inbox.read")
        now = self._now()
        with self._store.write() as tx:
            state = Decider(tx, self._rules, claimed, now=now).decide(understood)
            failpoint("inbox.deciding")
        failpoint("inbox.decided")
        intent = understood.reading.intent
        log.info("loop=reading mail=%s intent=%s state=%s", claimed.id, intent, state)
        self.on_letters()

    def _billed(self, understood: Understood) -> CaseView | None:
        """The case whose slip the mail's pictures may prove: without one they are not read."""
        if understood.reading.intent is not Intent.PAYMENT_RECEIPT or not understood.case_id:
            return None
        if not self._pictures(understood.message):
            return None
        with self._store.read() as tx:
            case = cases.load(tx, understood.case_id)
        return case if case.slip is not None and case.state in _WAITS_FOR_PROOF else None

    def _pictures(self, message: Message) -> list[Attachment]:
        """Parts that may be proofs, told by their bytes."""
        found = [part for part in message.attachments if part.content_type in PAPER_TYPES]
        return found[: self._config.limits.pictures_per_message]

    def _with_proofs(self, understood: Understood, billed: CaseView) -> Understood:
        proofs = []
        expected = _expectation(billed, self._rules.campaign)
        for picture in self._pictures(understood.message):
            request = receipts_wire.Request(picture.content, expected, skip_logos=True)
            proof = self._read_picture(receipts_wire.request_to_json(request))
            if proof is not None:
                proofs.append((picture.content, proof))
        return replace(understood, proofs=tuple(proofs), proven=billed.slip)

    def _read_picture(self, payload: bytes) -> Proof | None:
        """A picture that kills or stalls its reader goes to staff; the mail goes on."""
        self.on_progress()
        try:
            answer = self._sandbox.call(
                "mailflow.receipts.wire:read_json",
                payload,
                seconds=self._config.limits.picture_seconds,
            )
        except SandboxError as error:
            if self._ends:
                raise
            return Proof(verdict=Verdict.FLAG, reasons=(f"picture_{error}".replace(" ", "_"),))
        return receipts_wire.proof_from_json(answer)


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail taken apart, whose it is, and what will be asked of its words."""

    claimed: Claim
    message: Message
    case: CaseView | None
    question: Question

    def understood(self, reading: Reading) -> Understood:
        facts = self.question.case
        return Understood(
            message=self.message,
            reading=reading,
            token=self.question.token,
            case_id=self.case.id if self.case else None,
            row_version=self.case.row_version if self.case else 0,
            sender_registered=bool(facts and facts.sender_registered),
            payee_token=self.question.tags.payee_token,
        )


def _sound(answer: bytes | SandboxError) -> bytes:
    if isinstance(answer, SandboxError):
        raise answer
    return answer


def _expectation(billed: CaseView, campaign: Campaign) -> Expectation:
    """What a proof has to show for this case."""
    assert billed.slip is not None
    assert billed.slip_at is not None
    return Expectation(
        amount=billed.slip.amount,
        account=billed.slip.account,
        bank=billed.slip.bank,
        from_on=billed.slip_at.astimezone(TAIPEI).date(),
        until_on=campaign.counts_until(billed.slip.due_on),
    )
