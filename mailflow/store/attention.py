"""What the daily digest tells staff, asked of the store. Case numbers and codes only."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlmodel import col, func, or_, select

from mailflow.campaign import TAIPEI, Campaign
from mailflow.letters.digest import Call, Digest, Promise, Question, Trouble
from mailflow.store import inbox
from mailflow.store.database import Transaction
from mailflow.store.shadow import REASON as SHADOW
from mailflow.store.tables import (
    Case,
    CaseVersion,
    Decision,
    Folder,
    Inbox,
    InboxState,
    Outbox,
    OutboxState,
)
from mailflow.workflow import Event, Letter, State

_LONG = timedelta(hours=1)
_UNDER_WAY = (State.REGISTERED, State.ASKED, State.CONFIRMED, State.BILLED)
_CONFIRMATION, _SLIP, _ANSWER = "data_confirmation", "payment_slip", "answer"
_PROMISED = {  # letters that the office has promised, and as what
    Letter.DATA_CONFIRMATION: _CONFIRMATION,
    Letter.DATA_CHANGED: _CONFIRMATION,
    Letter.PAYMENT_SLIP: _SLIP,
}
_NOT_OUT = (
    OutboxState.QUEUED,
    OutboxState.DEFERRED,
    OutboxState.SENDING,
    OutboxState.UNKNOWN,
    OutboxState.HELD,
)


def digest_of(tx: Transaction, campaign: Campaign, *, now: datetime) -> Digest:
    """Everything that wants a person's eye on this day."""
    today = _day(now)
    return Digest(
        on=today,
        questions=tuple(_questions(tx)),
        promises=tuple(_promises(tx, campaign, today)),
        calls=tuple(_calls(tx, campaign, now)),
        held=tuple(_held(tx)),
        troubles=tuple(_troubles(tx, now)),
    )


def _questions(tx: Transaction) -> Iterator[Question]:
    """By reason, the one with the oldest question first. An office's stop is told as trouble."""
    found: dict[str, list[tuple[datetime, str | None]]] = defaultdict(list)
    for row, number in _open(tx):
        if row.kind != "office":
            found[row.reasons.partition(" ")[0]].append((row.opened_at, number))
    for reason, rows in sorted(found.items(), key=lambda entry: entry[1][0][0]):
        numbers = dict.fromkeys(number for _, number in rows if number)
        yield Question(reason, len(rows), _day(rows[0][0]), tuple(numbers))


def _open(tx: Transaction) -> list[tuple[Decision, str | None]]:
    """Open questions, oldest first, each with its case number."""
    query = (
        select(Decision, Case.number)
        .outerjoin(Case, col(Case.id) == Decision.case_id)
        .where(col(Decision.decided_at).is_(None))
        .order_by(col(Decision.opened_at), col(Decision.id))
    )
    return [(row, number) for row, number in tx.session.exec(query)]


def _promises(tx: Transaction, campaign: Campaign, today: date) -> list[Promise]:
    """What falls due today or on the next working day, and what is overdue; by day."""
    alarm_until = campaign.working_days.add(today, 1)
    promises = {
        Promise(_due(campaign, since, case), case.number if case else "", what)
        for since, case, what in _pending(tx, campaign)
    }
    near = (one for one in promises if one.due_on <= alarm_until)
    return sorted(near, key=lambda one: (one.due_on, one.case, one.what))


def _pending(tx: Transaction, campaign: Campaign) -> Iterator[tuple[datetime, Case | None, str]]:
    """Since when, for whom, and what the office has promised and not done."""
    registered = select(Case).where(Case.state == State.REGISTERED, Case.campaign == campaign.id)
    for case in tx.session.exec(registered):
        yield case.created_at, case, _CONFIRMATION
    confirmed = (
        select(Case, CaseVersion.confirmed_at)
        .join(CaseVersion, col(CaseVersion.case_id) == Case.id)
        .where(CaseVersion.version == Case.data_version)
        .where(Case.state == State.CONFIRMED, Case.campaign == campaign.id)
    )
    for case, confirmed_at in tx.session.exec(confirmed):
        yield confirmed_at or case.changed_at, case, _SLIP
    questioned = set()
    for row, _ in _open(tx):
        questioned.add(row.outbox_id)
        if row.kind not in ("office", "letter") and row.event not in (Event.ASK, Event.BILL):
            asked_about = tx.session.get(Case, row.case_id) if row.case_id else None
            yield row.opened_at, asked_about, _ANSWER
    unsent = (
        select(Outbox, Case)
        .join(Case, col(Case.id) == Outbox.case_id)
        .where(col(Outbox.letter).in_(_PROMISED), col(Outbox.state).in_(_NOT_OUT))
    )
    for letter, case in tx.session.exec(unsent):
        kept_back = letter.state == OutboxState.HELD
        if not kept_back or letter.id in questioned or letter.reason == SHADOW:
            yield letter.created_at, case, _PROMISED[Letter(letter.letter)]


def _due(campaign: Campaign, since: datetime, case: Case | None) -> date:
    """The promised day, or the student's last one where that comes first."""
    promised = campaign.promised_by(_day(since))
    if case is None or case.campaign != campaign.id:
        return promised
    ends = _day(campaign.with_deadline(case.pay_until).pay_until)
    return min(promised, max(ends, _day(since)))


def _calls(tx: Transaction, campaign: Campaign, now: datetime) -> Iterator[Call]:
    """Whose mail comes back, and, once reminding has begun, who has never written."""
    under_way = select(Case).where(col(Case.state).in_(_UNDER_WAY), Case.campaign == campaign.id)
    heard = inbox.heard_from(tx)
    for case in tx.session.exec(under_way.order_by(col(Case.number))):
        own = campaign.with_deadline(case.pay_until)
        begins = own.reminder_on(max(own.reminder_days, default=1))
        is_near = begins <= _day(now) and now <= own.gives_up_at()
        if case.unreachable:
            yield Call(case.number, "unreachable")
        elif is_near and case.state == State.ASKED and case.id not in heard:
            yield Call(case.number, "never_answered")


def _held(tx: Transaction) -> list[Trouble]:
    """Letters that wait for a person, by reason."""
    asked = select(Decision.outbox_id).where(col(Decision.decided_at).is_(None))
    query = select(Outbox.reason, func.count()).where(
        Outbox.state == OutboxState.HELD,
        or_(col(Outbox.reason) == SHADOW, col(Outbox.id).in_(asked)),
    )
    counted = tx.session.exec(query.group_by(col(Outbox.reason)))
    return sorted((Trouble(reason, count) for reason, count in counted), key=lambda it: it.what)


def _troubles(tx: Transaction, now: datetime) -> Iterator[Trouble]:
    stops = Counter(row.reasons for row, _ in _open(tx) if row.kind == "office")
    yield from (Trouble(reason, count) for reason, count in sorted(stops.items()))
    failed = select(func.count()).where(Inbox.state == InboxState.FAILED)
    unread = select(func.count()).where(
        Inbox.state == InboxState.RECEIVED, col(Inbox.received_at) < now - _LONG
    )
    compared = select(func.count()).where(col(Folder.compared_at) < now - _LONG)
    unknown = select(func.count()).where(Outbox.state == OutboxState.UNKNOWN)
    deferred = select(func.count()).where(Outbox.state == OutboxState.DEFERRED)
    for what, query in (
        ("mails_failed", failed),
        ("mails_unread", unread),
        ("mailbox_not_compared", compared),
        ("letters_unknown", unknown),
        ("letters_deferred", deferred.where(col(Outbox.created_at) < now - _LONG)),
    ):
        count = tx.session.exec(query).one()
        if count:
            yield Trouble(what, count)


def _day(at: datetime) -> date:
    return at.astimezone(TAIPEI).date()
