"""What a rehearsal tells: who came how far, what each was sent, what staff had to do, and every
promise that was missed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import col, select

from mailflow.aftercare import AftercareState, RefundState
from mailflow.aftercare.refunds import HOLDS_CERTIFICATE
from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.demo.rehearsal import Rehearsal
from mailflow.demo.students import Letter as Received
from mailflow.store.after_tables import AftercareRow, RefundRow
from mailflow.store.census import census
from mailflow.store.database import Transaction
from mailflow.store.queue import open_items
from mailflow.store.tables import Case, CaseVersion, Decision, Outbox, OutboxState
from mailflow.workflow import Letter, State
from mailflow.workflow.paths import FINAL

_AFTER_FINAL = (
    AftercareState.FAILED,
    AftercareState.KEPT,
    AftercareState.COLLECTED,
    AftercareState.POSTED,
)
_REFUND_FINAL = (RefundState.REFUNDED, RefundState.REFUSED, RefundState.VOID)


@dataclass(frozen=True, slots=True)
class Account:
    """`funnel` counts cases by state, `exams` and `refunds` what came after, `staff` decisions as
    "asked: verb", `letters` how many people got so many letters; `unfinished` are cases that came
    to no end, `said_twice` letters that one person got twice, `missed` promises."""

    students: int
    funnel: dict[str, int]
    exams: dict[str, int]
    refunds: dict[str, int]
    settled: int
    unfinished: tuple[str, ...]
    waiting: dict[str, int]
    letters: dict[int, int]
    said_twice: tuple[str, ...]
    staff: dict[str, int]
    missed: tuple[str, ...]
    mails: dict[str, int]

    @property
    def is_good(self) -> bool:
        """Everybody came to an end, nothing was said twice, no promise was missed."""
        return not (self.unfinished or self.said_twice or self.missed)

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"good": self.is_good}


def account_of(rehearsal: Rehearsal) -> Account:
    """Count it all from the store and from what arrived in the mailboxes."""
    campaign = rehearsal.agenda.campaign
    with rehearsal.office.store.read() as tx:
        counts = census(tx)
        exams = Counter(tx.session.exec(select(AftercareRow.state)))
        refunds = Counter(tx.session.exec(select(RefundRow.state)))
        settled = tx.session.exec(select(Case.id).where(col(Case.settled_at).is_not(None))).all()
        unfinished = tuple(sorted(_unfinished(tx, campaign)))
        waiting = Counter(" ".join(item.reasons) for item in open_items(tx))
        missed = tuple(sorted(_missed(tx, campaign)))
    staff = rehearsal.staff
    decided = Counter({f"{asked}: {verb}": n for (asked, verb), n in staff.decided.items()})
    decided.update({f"{asked}: stuck": n for asked, n in staff.stuck.items()})
    return Account(
        students=len(rehearsal.people),
        funnel={c.state: c.number for c in counts if c.table == "cases"},
        exams=dict(exams),
        refunds=dict(refunds),
        settled=len(settled),
        unfinished=unfinished,
        waiting=dict(waiting),
        letters=dict(sorted(Counter(map(len, rehearsal.received.values())).items())),
        said_twice=tuple(sorted(_said_twice(rehearsal))),
        staff=dict(sorted(decided.items())),
        missed=missed,
        mails={c.state: c.number for c in counts if c.table == "inbox"},
    )


def _unfinished(tx: Transaction, campaign: Campaign) -> Iterator[str]:
    """Cases whose registration, money, exam or refund waits for something for ever."""
    exams = dict(tx.session.exec(select(AftercareRow.case_id, AftercareRow.state)).all())
    refunds = dict(tx.session.exec(select(RefundRow.case_id, RefundRow.state)).all())
    found = select(Case.id, Case.number, Case.state, Case.settled_at)
    for case_id, number, state, settled_at in tx.session.exec(found):
        if state not in FINAL:
            yield f"{number} {state}"
        elif state == State.COMPLETE:
            if settled_at is None:
                yield f"{number} without money"
            exam = exams.get(case_id, AftercareState.AWAITED)
            if exam not in _AFTER_FINAL:
                yield f"{number} exam {exam}"
            refund = refunds.get(case_id, RefundState.UNINVITED)
            may_ask = campaign.refund.invite_after and exam in HOLDS_CERTIFICATE
            if may_ask and refund not in _REFUND_FINAL:
                yield f"{number} refund {refund}"


def _said_twice(rehearsal: Rehearsal) -> Iterator[str]:
    """The same words under the same subject in one mailbox twice, whatever their Message-IDs. (Two
    reminders differ: each tells how long is left.)

    Two mails may get the same answer.
    """
    for letters in rehearsal.received.values():
        said = Counter(map(_words, letters))
        for (subject, *_), count in said.items():
            if count > 1:
                yield f"{subject} ({count})"


def _words(letter: Received) -> tuple[str, str, str]:
    return letter.subject, " ".join(letter.text.split()), letter.answers


def _missed(tx: Transaction, campaign: Campaign) -> Iterator[str]:
    yield from _late_letters(tx, campaign)
    yield from _late_answers(tx, campaign)
    yield from _late_money(tx, campaign)


def _by(campaign: Campaign, since: datetime) -> date:
    """The last day of the office's promise."""
    return campaign.working_days.add(since.astimezone(TAIPEI).date(), campaign.promise_working_days)


def _late_letters(tx: Transaction, campaign: Campaign) -> Iterable[str]:
    """Letters that came later than the office promises: the first one, and the slip."""
    cases = tx.session.exec(select(Case.id, Case.number, Case.created_at)).all()
    numbers = {case_id: number for case_id, number, _ in cases}
    registered = {case_id: at for case_id, _, at in cases}
    confirmed = {
        case_id: at
        for case_id, at in tx.session.exec(select(CaseVersion.case_id, CaseVersion.confirmed_at))
        if at is not None
    }
    sent = select(Outbox.case_id, Outbox.letter, Outbox.sent_at).where(
        Outbox.state == OutboxState.SENT, col(Outbox.case_id).is_not(None)
    )
    first: dict[tuple[str, str], datetime] = {}
    for case_id, letter, at in tx.session.exec(sent):
        assert case_id
        assert at
        first[case_id, letter] = min(at, first.get((case_id, letter), at))
    for since, letter in ((registered, Letter.DATA_CONFIRMATION), (confirmed, Letter.PAYMENT_SLIP)):
        for case_id, at in since.items():
            by = _by(campaign, at)
            came = first.get((case_id, letter))
            if came is not None and came.astimezone(TAIPEI).date() > by:
                yield f"{numbers[case_id]} {letter} by {by}, sent {came.astimezone(TAIPEI):%m-%d}"


def _late_answers(tx: Transaction, campaign: Campaign) -> Iterator[str]:
    """Mails that waited for staff longer than the office promises."""
    asked = select(Decision.opened_at, Decision.decided_at, Decision.reasons).where(
        Decision.kind == "mail"
    )
    for opened_at, decided_at, reasons in tx.session.exec(asked):
        by = _by(campaign, opened_at)
        if decided_at is None or decided_at.astimezone(TAIPEI).date() > by:
            yield f"a mail ({reasons}) by {by}"


def _late_money(tx: Transaction, campaign: Campaign) -> Iterator[str]:
    """Refunds later than announced after the certificate, where the student did all in time."""
    rows = select(Case.number, AftercareRow, RefundRow).where(
        Case.id == RefundRow.case_id,
        Case.id == AftercareRow.case_id,
        RefundRow.state == RefundState.REFUNDED,
    )
    for number, exam, refund in tx.session.exec(rows):
        issued_on, paid_on = exam.certificate_on, refund.paid_on
        assert issued_on
        assert paid_on
        if (paid_on - issued_on).days > campaign.refund.paid_after_days:
            yield f"{number} refund, certificate {issued_on}, paid {paid_on}"
