"""From a stored mail to a decision: understand in a child, decide in one transaction."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from mailflow.campaign.round import TAIPEI
from mailflow.config import Config
from mailflow.failpoints import failpoint
from mailflow.mail import Attachment, Message
from mailflow.mail.tags import find_tags
from mailflow.mail.wire import from_json
from mailflow.reading import Intent, identify
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
from mailflow.store.database import Store, Transaction
from mailflow.store.inbox import Claim, LostLeaseError
from mailflow.store.office import StoreOffice
from mailflow.store.tables import InboxState, Stage
from mailflow.workflow import State

log = logging.getLogger("mailflow")

_WAITS_FOR_PROOF = (State.BILLED, State.ABANDONED)  # the latter for staff, who may accept it
_IN_CHILD = ("mailflow.mail.wire", "mailflow.reading.wire")
_AT_ONCE = {Stage.READ: 16, Stage.PICTURES: 1}


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
        try:
            for claimed in claims:
                failpoint("inbox.claimed")
                self.on_progress()
                self._one(claimed)
        except Exception:
            # The store itself failed: whatever was not reached may be taken again at once.
            with self._store.write() as tx:
                inbox.release_leases(tx, self._owner)
            raise
        return bool(claims)

    def _one(self, claimed: Claim) -> None:
        if self._ends:
            self._give_back(claimed)
            return
        try:
            self._read_and_decide(claimed)
        except SandboxError as error:
            if self._ends:
                self._give_back(claimed)
                return
            self._strike(claimed, f"reading_{error}".replace(" ", "_"))
        except ChangedMeanwhileError:
            log.info("loop=reading mail=%s changed_meanwhile", claimed.id)
            self._give_back(claimed)
        except LostLeaseError:
            log.warning("loop=reading lost_lease=%s", claimed.id)
        except Exception as error:  # one bad mail never stops the queue and is never thrown away
            self._strike(claimed, f"error_{type(error).__name__}")

    def _give_back(self, claimed: Claim) -> None:
        with self._store.write() as tx:
            inbox.give_back(tx, claimed)

    def _strike(self, claimed: Claim, reason: str) -> None:
        log.error("loop=reading mail=%s strike=%d reason=%s", claimed.id, claimed.attempts, reason)
        with self._store.write() as tx:
            inbox.strike(tx, claimed, reason, now=self._now())

    def _read_and_decide(self, claimed: Claim) -> None:
        with self._store.read() as tx:
            raw = inbox.raw_bytes(tx, claimed.id)
            earlier = inbox.first_delivery(tx, claimed.id)
        if earlier:
            self._discard_copy(claimed, earlier)
            return
        understood = self._understand(raw)
        billed = self._billed(understood)
        if billed:
            if self._stage is Stage.READ:
                with self._store.write() as tx:
                    inbox.wait_for_pictures(tx, claimed)
                self.on_pictures()
                return
            understood = self._with_proofs(understood, billed)
        failpoint("inbox.read")
        self._decide(claimed, understood)

    def _discard_copy(self, claimed: Claim, earlier: str) -> None:
        with self._store.write() as tx:
            inbox.is_copy_of(tx, claimed.id, earlier)
            inbox.settle(tx, claimed, InboxState.DISCARDED, reason=f"second_delivery_of {earlier}")

    def _understand(self, raw: bytes) -> Understood:
        seconds = self._config.limits.parse_seconds
        answer = self._sandbox.call("mailflow.mail.wire:read_to_json", raw, seconds=seconds)
        message = from_json(answer)
        with self._store.read() as tx:
            case, question = self._identify(tx, message)
        payload = question_to_json(question, message)
        answer = self._sandbox.call("mailflow.reading.wire:read_json", payload, seconds=seconds)
        return Understood(
            message=message,
            reading=reading_from_json(answer),
            token=question.token,
            case_id=case.id if case else None,
            row_version=case.row_version if case else 0,
            sender_registered=bool(question.case and question.case.sender_registered),
            payee_token=question.tags.payee_token,
        )

    def _identify(self, tx: Transaction, message: Message) -> tuple[CaseView | None, Question]:
        tags = find_tags(message.recipients, message.subject, self._config.office)
        office = StoreOffice(tx, now=self._now())
        facts, token, doubts = identify(message, tags, office)
        known = office.case(facts.case) if facts else None
        return known, Question(facts, token, tags, self._now(), tuple(doubts))

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
        expected = _expectation(billed)
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

    def _decide(self, claimed: Claim, understood: Understood) -> None:
        now = self._now()
        with self._store.write() as tx:
            state = Decider(tx, self._rules, claimed, now=now).decide(understood)
            failpoint("inbox.deciding")
        failpoint("inbox.decided")
        log.info(
            "loop=reading mail=%s intent=%s state=%s", claimed.id, understood.reading.intent, state
        )
        self.on_letters()


def _expectation(billed: CaseView) -> Expectation:
    """What a proof has to show for this case."""
    assert billed.slip is not None
    assert billed.slip_at is not None
    return Expectation(
        amount=billed.slip.amount,
        account=billed.slip.account,
        bank=billed.slip.bank,
        from_on=billed.slip_at.astimezone(TAIPEI).date(),
        until_on=billed.slip.due_on,
    )
