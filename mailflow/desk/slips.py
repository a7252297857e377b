"""What staff do about slips: take in those made elsewhere, make them here, issue one again, look.

Each case is done in a transaction of its own, so that the daemon never waits long and a run that
was cut short is simply repeated.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mailflow import saying
from mailflow.campaign import NoFee
from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.desk.slip_matching import Directory, Misfit, match
from mailflow.desk.verbs import Desk, DeskError
from mailflow.letters import LetterData
from mailflow.letters.paper import slip_pdf
from mailflow.person import Field
from mailflow.slips import Slip
from mailflow.slips.checking import Owed, Said, checked, shared
from mailflow.slips.foreign import PaperSlip, TableRow
from mailflow.store import cases, lookup, slips
from mailflow.store.audit import record
from mailflow.store.billing import keep_back_letters, owed, with_new_slip
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.database import Transaction
from mailflow.store.queue import close_answered
from mailflow.workflow import Event, Hold, State

_NOT_SENT_YET = (State.REGISTERED, State.ASKED, State.CONFIRMED)


@dataclass(slots=True)
class SlipReport:
    """What was done, by case number: `put` in force, `billed` (the letter went into the outbox),
    `reissued` (the earlier one is void). `misfits` were not taken."""

    put: list[str] = field(default_factory=list)
    billed: list[str] = field(default_factory=list)
    reissued: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """How staff want it: `reissue` voids a slip that was sent; `rehearse` changes nothing."""

    reissue: bool = False
    rehearse: bool = False
    why: str = ""

    def __post_init__(self) -> None:
        if self.reissue and not self.why.strip():
            raise DeskError("a slip that was sent is voided: give a reason, --why '…'")


def import_slips(
    desk: Desk, rows: Iterable[TableRow], papers: Iterable[PaperSlip], *, order: Order
) -> SlipReport:
    """Take in what fits its case in every point; the rest is listed. Repeating changes nothing.

    Raises DeskError when the campaign gets its slips in another way.
    """
    _demand(desk, SlipMethod.IMPORT)
    with desk.store.read() as tx:
        campaign = desk.rules.campaign.id
        matched = match(rows, papers, Directory(lookup.in_campaign(tx, campaign)))
    report = SlipReport(misfits=matched.misfits)
    doubled = shared(matched.said)
    for number, said in matched.said.items():
        if number in doubled:
            report.misfits += [Misfit(_place(said), number, "account_shared")]
        else:
            _Work(desk, order, report).take(number, said)
    return report


def make_slips(desk: Desk, numbers: Iterable[str], *, order: Order) -> SlipReport:
    """Make and send the slips of these confirmed cases, or of all that wait for one.

    With `order.reissue` those already sent get a new one with an account of its own. Raises
    DeskError when the campaign gets its slips in another way, or has no such case.
    """
    _demand(desk, SlipMethod.MADE)
    report = SlipReport()
    for number in tuple(numbers) or _waiting(desk):
        _Work(desk, order, report).make(number)
    return report


@dataclass(frozen=True, slots=True)
class ShownSlip:
    """The slip of one case. `voided` are the earlier ones; `pdf` is what goes with the letter,
    b"" when the letter alone says all."""

    case: str
    state: State
    slip: Slip
    voided: tuple[Slip, ...]
    pdf: bytes = field(repr=False)


def show_slip(desk: Desk, number: str) -> ShownSlip:
    """What this student owes and would get; raises DeskError when there is no slip."""
    with desk.store.read() as tx:
        case = _case(tx, number)
        if case.slip is None:
            raise DeskError(f"{case.number} has no slip yet: see `mailflow slip --help`")
        data = LetterData(
            case=case.number,
            registration=case.data,
            slip=case.slip,
            slip_pdf=slips.pdf_of(tx, case.id),
        )
        return ShownSlip(
            case=case.number,
            state=case.state,
            slip=case.slip,
            voided=slips.voided(tx, case.id),
            pdf=slip_pdf(data, desk.rules.campaign),
        )


def _demand(desk: Desk, method: SlipMethod) -> None:
    chosen = desk.rules.campaign.slip.method
    if chosen is not method:
        raise DeskError(
            f'this round has slip.method = "{chosen}": for this command write "{method}" into '
            "the campaign file, table [slip], and restart the daemon"
        )


def _waiting(desk: Desk) -> tuple[str, ...]:
    with desk.store.read() as tx:
        campaign = desk.rules.campaign.id
        waiting = lookup.in_states(tx, (State.CONFIRMED,), campaign=campaign)
        return tuple(lookup.number_of(tx, case_id) for case_id in waiting)


def _case(tx: Transaction, number: str) -> CaseView:
    case_id = lookup.by_number(tx, number)
    if case_id is None:
        raise DeskError(saying.no_case(number))
    return cases.load(tx, case_id)


def _place(said: Said) -> str:
    places = [row.place for row in said.rows] + [paper.place for paper in said.papers]
    return "、".join(places)


def _owed(case: CaseView, desk: Desk) -> Owed:
    campaign = desk.rules.campaign
    amount = owed(campaign, case.data)
    moments = (campaign.announced_pay_until, campaign.pay_until)
    ends = [moment.astimezone(TAIPEI).date() for moment in moments]
    return Owed(
        names=(case.data[Field.NAME_ZH], case.data[Field.NAME_EN]),
        amount=None if isinstance(amount, NoFee) else amount,
        due_days=tuple(dict.fromkeys(ends)),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """One case after the other, each in its own transaction; tells the report what became of it."""

    desk: Desk
    order: Order
    report: SlipReport

    def take(self, number: str, said: Said) -> None:
        """A slip from elsewhere: check it under the lock, put it, and send it if it is time."""
        with self._transaction() as tx:
            case = _case(tx, number)
            codes = self._take(tx, case, said)
        self.report.misfits += [Misfit(_place(said), number, code) for code in codes]

    def _take(self, tx: Transaction, case: CaseView, said: Said) -> tuple[str, ...]:
        slip = checked(said, _owed(case, self.desk), self.desk.rules.campaign.slip)
        if not isinstance(slip, Slip):
            return slip
        slip = slip.joined(case.slip)
        is_news = not slip.is_same_money(case.slip)
        if slips.account_of_another(tx, slip.account, case_id=case.id, campaign=case.campaign):
            return ("account_of_another_case",)
        if case.state not in _NOT_SENT_YET and is_news and not self._may_reissue(case):
            sent = case.state is State.BILLED
            return ("another_slip_was_sent" if sent else "case_is_closed",)
        if case.slip == slip and said.pdf in (b"", slips.pdf_of(tx, case.id)):
            self.report.unchanged.append(case.number)
        else:
            self.report.put.append(case.number)
        return self._put(tx, case, slip, said.pdf)

    def make(self, number: str) -> None:
        """A slip made here: with the confirmed case's bill, or instead of one that was sent."""
        with self._transaction() as tx:
            case = _case(tx, number)
            codes = self._make(tx, case)
        self.report.misfits += [Misfit("", case.number, code) for code in codes]

    def _make(self, tx: Transaction, case: CaseView) -> tuple[str, ...]:
        if case.state is State.CONFIRMED:
            return self._send(tx, case, Event.BILL)
        if case.state in (State.REGISTERED, State.ASKED):
            return ("not_confirmed_yet",)
        if not self._may_reissue(case):
            return ("slip_was_sent" if case.state is State.BILLED else "case_is_closed",)
        renewed = with_new_slip(tx, case, self.desk.rules.campaign, now=self.desk.now())
        if isinstance(renewed, Hold):
            return (renewed.reason,)
        keep_back_letters(tx, case)
        return self._send(tx, renewed, Event.RESEND_SLIP)

    def _may_reissue(self, case: CaseView) -> bool:
        return self.order.reissue and case.state is State.BILLED

    def _put(self, tx: Transaction, case: CaseView, slip: Slip, pdf: bytes) -> tuple[str, ...]:
        """Put the slip in force, and send it to whom it is due."""
        if self.order.rehearse:
            return ()
        now = self.desk.now()
        is_news = not slip.is_same_money(case.slip)
        if is_news and case.state is State.BILLED:
            keep_back_letters(tx, case)
        case = cases.put_slip(tx, case, slip, pdf=pdf, now=now)
        if is_news:
            record(
                tx, "slip_put", subject=case.number, actor=self.desk.actor,
                why=self.order.why or "import", now=now,
            )  # fmt: skip
        if case.state is State.CONFIRMED:
            return self._send(tx, case, Event.BILL)
        if case.state is State.BILLED and is_news:
            return self._send(tx, case, Event.RESEND_SLIP)
        return ()

    def _send(self, tx: Transaction, case: CaseView, event: Event) -> tuple[str, ...]:
        now = self.desk.now()
        cause = Cause(
            actor=self.desk.actor,
            why=self.order.why or "slip",
            occasion="reissue" if event is Event.RESEND_SLIP else "",
        )
        step = Casework(tx, self.desk.rules, now=now).happen(case, event, cause=cause)
        if isinstance(step, Hold):
            return (step.reason,)
        done = self.report.billed if event is Event.BILL else self.report.reissued
        done.append(case.number)
        close_answered(
            tx, case.id, event=event, verb="accept", actor=cause.actor, why=cause.why, now=now
        )
        return ()

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        opened = self.desk.store.read() if self.order.rehearse else self.desk.store.write()
        with opened as tx:
            if not self.order.rehearse:
                tx.one_at_a_time("slips")
            yield tx
