"""From a stored mail to a decision: understand in a child, decide in one transaction."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from mailflow.config import Config
from mailflow.failpoints import failpoint
from mailflow.mail import Message
from mailflow.mail.tags import find_tags
from mailflow.mail.wire import from_json
from mailflow.reading import Intent, Reading, identify
from mailflow.reading.wire import Question, question_to_json, reading_from_json
from mailflow.runners.deciding import Decider, Understood
from mailflow.runners.loop import Now
from mailflow.runners.showing import PictureReader, pictures_of
from mailflow.sandbox import Sandbox, SandboxError
from mailflow.store import cases, inbox
from mailflow.store.cases import CaseView
from mailflow.store.casework import Rules
from mailflow.store.database import ChangedMeanwhileError, Store, Transaction
from mailflow.store.expected import expectation
from mailflow.store.inbox import Claim, LostLeaseError, Stored
from mailflow.store.office import StoreOffice
from mailflow.store.tables import InboxState, Stage
from mailflow.workflow import State

log = logging.getLogger("mailflow")

_LOOKS_AT_PROOF = (  # the others for staff: a late one, a second payment, or the same again
    State.BILLED,
    State.ABANDONED,
    State.PAID,
    State.COMPLETE,
)
_PARSE, _READ = "mailflow.mail.wire:read_to_json", "mailflow.reading.wire:read_json"
_IN_CHILD = ("mailflow.mail.wire", "mailflow.reading.wire")
_AT_ONCE = {Stage.READ: 32, Stage.PICTURES: 1}
_ROW_BYTES = 8_000_000


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
        self._parser, self._reader = self._children(config.limits.child_megabytes)
        self._ahead: list[_Asked] | None = None  # claimed, and being taken apart
        self._ends = False
        self.on_pictures: Callable[[], None] = lambda: None
        self.on_settled: Callable[[], None] = lambda: None
        self.on_progress: Callable[[], None] = lambda: None

    def _children(self, megabytes: int) -> tuple[Sandbox, Sandbox]:
        """Who takes mails apart, and who reads them: for the quick stage two, so that the next
        row is taken apart while this one is read."""
        children = [
            Sandbox(megabytes=megabytes, imports=_IN_CHILD)
            for _ in range(2 if self._stage is Stage.READ else 1)
        ]
        return children[0], children[-1]

    def adopt(self, rules: Rules) -> None:
        """Go by these rules from the next step on."""
        self._rules = rules

    def warm(self) -> None:
        """Start the children before the first mail comes."""
        self._parser.warm()
        self._reader.warm()

    def finish(self) -> None:
        """Begin no other mail; what is claimed is left to the next daemon."""
        self._ends = True

    def interrupt(self) -> None:
        """Give up the mail that is being read as well; it counts as no failure of that mail."""
        self._ends = True
        self._parser.interrupt()
        self._reader.interrupt()

    def close(self) -> None:
        """End the children; what is claimed and not read is left to the next daemon."""
        if self._ahead:
            self._leave()
        self._close_children()

    def _close_children(self) -> None:
        self._parser.close()
        self._reader.close()

    def step(self, row_id: str | None = None) -> bool:
        """Work on a row of what waits for this stage (or on one mail); False when nothing waits."""
        try:
            return self._step(row_id)
        except _Ending:
            self._leave()
            return False
        except ChangedMeanwhileError:
            # The database let somebody else go first: nobody's fault, so it counts as no attempt.
            self._leave()
            return True
        except Exception:
            # The store itself failed: whatever was not reached may be taken again at once.
            self._ahead = None
            self._close_children()
            with self._store.write() as tx:
                inbox.release_leases(tx, self._owner)
            raise

    def _step(self, row_id: str | None) -> bool:
        row = self._ahead or self._take(row_id)
        self._ahead = None
        if row is None:
            return False
        if row_id is None and self._stage is Stage.READ:
            self._ahead = self._take(untried=True)  # taken apart by the child while we decide
        mails = self._identified(row)
        self._decide(self._understood(mails))
        return True

    def _take(self, row_id: str | None = None, *, untried: bool = False) -> "list[_Asked] | None":
        """Claim a row of mails and have the child take them apart; None when nothing waits."""
        with self._store.write() as tx:
            claims = inbox.claim(
                tx,
                self._stage,
                owner=self._owner,
                now=self._now(),
                lease=timedelta(minutes=15),
                limit=_AT_ONCE[self._stage],
                row_id=row_id,
                untried=untried,
            )
            fit = _how_many_fit(claims)
            for claimed in claims[fit:]:
                inbox.give_back(tx, claimed)
        if not claims:
            return None
        failpoint("inbox.claimed")
        with self._store.read() as tx:
            stored = inbox.stored(tx, [claimed.id for claimed in claims[:fit]])
            asked = [self._handed_over(tx, it, stored[it.id]) for it in claims[:fit]]
        return [mail for mail in asked if mail is not None]

    def _handed_over(self, tx: Transaction, claimed: Claim, mail: Stored) -> "_Asked | None":
        """The child has it; a second delivery, or one that can't be opened, ends here."""
        with self._alone(claimed):
            if not mail.first_delivery:
                return _Asked(claimed, self._ask(self._parser, _PARSE, mail.open(tx)))
            self._discard_copy(claimed, mail.first_delivery)
        return None

    def _leave(self) -> None:
        """Give back whatever is not settled, as if it had not been tried."""
        self._ahead = None
        self._close_children()
        with self._store.write() as tx:
            inbox.give_all_back(tx, self._owner)

    def _ask(self, child: Sandbox, target: str, payload: bytes) -> int:
        return child.ask(target, payload, seconds=self._config.limits.parse_seconds)

    def _identified(self, row: list["_Asked"]) -> list["_Mail"]:
        """Whose each mail is, in one view of the store; the child goes on to read its words."""
        mails = []
        with self._store.read() as tx:
            office = StoreOffice(tx, now=self._now())
            for asked in row:
                with self._alone(asked.claimed):
                    message = from_json(self._parser.answer(asked.ticket))
                    mails.append(self._looked_up(asked.claimed, message, office))
        return mails

    def _looked_up(self, claimed: Claim, message: Message, office: StoreOffice) -> "_Mail":
        tags = find_tags(message.recipients, message.subject, self._config.office)
        facts, token, doubts = identify(message, tags, office)
        case = office.case(facts.case) if facts else None
        question = Question(facts, token, tags, self._now(), doubts)
        ticket = self._ask(self._reader, _READ, question_to_json(question, message))
        return _Mail(claimed, message, case, question, ticket)

    def _understood(self, mails: list["_Mail"]) -> list["_ToDecide"]:
        """What each mail wants; one that brings a proof has its pictures read, by another worker
        that waits for such mails."""
        ready = []
        for mail in mails:
            with self._alone(mail.claimed):
                understood = mail.understood(reading_from_json(self._reader.answer(mail.ticket)))
                billed = self._billed(understood)
                later = bool(billed) and self._stage is Stage.READ
                if billed and not later:
                    understood = self._with_proofs(understood, billed)
                ready.append(_ToDecide(mail.claimed, understood, later))
        return ready

    def _decide(self, ready: list["_ToDecide"]) -> None:
        """The row in one transaction; one mail's trouble undoes nothing else."""
        if not ready:
            return
        failpoint("inbox.read")
        try:
            rings = self._decide_in_one(ready)
        except Exception as error:  # somebody's trouble: nothing was done, now each by itself
            log.info("loop=reading row=%d decided_apart=%s", len(ready), type(error).__name__)
            rings = self._decide_apart(ready)
        failpoint("inbox.decided")
        for ring in rings:
            ring()

    def _decide_in_one(self, ready: list["_ToDecide"]) -> set[Callable[[], None]]:
        """All or nothing, which is the common and the quick way."""
        rings: set[Callable[[], None]] = set()
        with self._store.write() as tx:
            for mail in ready:
                rings |= self._decide_one(tx, mail)
            failpoint("inbox.deciding")
        return rings

    def _decide_apart(self, ready: list["_ToDecide"]) -> set[Callable[[], None]]:
        """One transaction all the same, but whoever has trouble undoes only what is its own."""
        rings: set[Callable[[], None]] = set()
        with self._store.write() as tx:
            for mail in ready:
                try:
                    with tx.part():
                        rings |= self._decide_one(tx, mail)
                except Exception as error:
                    self._ends_with(tx, mail.claimed, error)
        return rings

    def _decide_one(self, tx: Transaction, mail: "_ToDecide") -> set[Callable[[], None]]:
        """Returns whom to wake once it is committed."""
        if mail.shows_pictures:
            inbox.wait_for_pictures(tx, mail.claimed, case_id=mail.understood.case_id)
            return {self.on_pictures}
        decider = Decider(tx, self._rules, mail.claimed, now=self._now())
        state = decider.decide(mail.understood)
        intent = mail.understood.reading.intent
        log.info("loop=reading mail=%s intent=%s state=%s", mail.claimed.id, intent, state)
        return {self.on_settled}

    @contextmanager
    def _alone(self, claimed: Claim) -> Iterator[None]:
        """What goes wrong with one mail stays with it: a strike, or it is read again."""
        self.on_progress()
        if self._ends:
            raise _Ending
        try:
            yield
        except Exception as error:
            with self._store.write() as tx:
                self._ends_with(tx, claimed, error)

    def _ends_with(self, tx: Transaction, claimed: Claim, error: Exception) -> None:
        """One bad mail never stops the queue and is never thrown away."""
        if isinstance(error, _Ending) or (isinstance(error, SandboxError) and self._ends):
            raise _Ending from None
        if isinstance(error, LostLeaseError):
            log.warning("loop=reading lost_lease=%s", claimed.id)
        elif isinstance(error, ChangedMeanwhileError):
            log.info("loop=reading mail=%s changed_meanwhile", claimed.id)
            inbox.give_back(tx, claimed)
        else:
            told = isinstance(error, SandboxError)
            reason = (
                f"reading_{error}".replace(" ", "_") if told else f"error_{type(error).__name__}"
            )
            log.error(
                "loop=reading mail=%s strike=%d reason=%s", claimed.id, claimed.attempts, reason
            )
            inbox.strike(tx, claimed, reason, now=self._now())

    def _discard_copy(self, claimed: Claim, earlier: str) -> None:
        with self._store.write() as tx:
            inbox.is_copy_of(tx, claimed.id, earlier)
            inbox.settle(tx, claimed, InboxState.DISCARDED, reason=f"second_delivery_of {earlier}")

    def _billed(self, understood: Understood) -> CaseView | None:
        """The case whose slip the mail's pictures may prove: without one they are not read."""
        if understood.reading.intent is not Intent.PAYMENT_RECEIPT or not understood.case_id:
            return None
        if not pictures_of(understood.message):
            return None
        with self._store.read() as tx:
            case = cases.load(tx, understood.case_id, known=understood.case)
        waits = case.state in _LOOKS_AT_PROOF or case.is_settled
        return case if case.slip is not None and waits else None

    def _with_proofs(self, understood: Understood, billed: CaseView) -> Understood:
        with self._store.read() as tx:
            expected = expectation(tx, billed, self._rules.campaign)
        reader = PictureReader(self._config, self._in_child, lambda: self._ends)
        shown = reader.read(pictures_of(understood.message), expected)
        return replace(understood, proofs=shown, proven=billed.slip)

    def _in_child(self, function: str, request: bytes) -> bytes:
        self.on_progress()
        seconds = self._config.limits.picture_seconds
        return self._reader.call(function, request, seconds=seconds)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mail that the child is taking apart."""

    claimed: Claim
    ticket: int


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail taken apart, whose it is, and what will be asked of its words."""

    claimed: Claim
    message: Message
    case: CaseView | None
    question: Question
    ticket: int

    def understood(self, reading: Reading) -> Understood:
        facts = self.question.case
        return Understood(
            message=self.message,
            reading=reading,
            token=self.question.token,
            case=self.case,
            sender_registered=bool(facts and facts.sender_registered),
            payee_token=self.question.tags.payee_token,
        )


@dataclass(frozen=True, slots=True)
class _ToDecide:
    """A mail understood; `shows_pictures` when another worker has to read its pictures first."""

    claimed: Claim
    understood: Understood
    shows_pictures: bool


def _how_many_fit(row: list[Claim]) -> int:
    """How many of the row are in memory at once: long mails go alone."""
    size = 0
    for count, claimed in enumerate(row):
        size += claimed.size
        if count and size > _ROW_BYTES:
            return count
    return len(row)
