"""What a rehearsal tells: who came how far, what each was sent, what staff had to do, and every
promise that was missed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, select

from mailflow.campaign import Campaign
from mailflow.campaign.round import TAIPEI
from mailflow.demo.rehearsal import Rehearsal
from mailflow.store.census import census
from mailflow.store.database import Transaction
from mailflow.store.queue import open_items
from mailflow.store.tables import Case, CaseVersion, Outbox, OutboxState
from mailflow.workflow import Letter, State

FINAL = frozenset({State.COMPLETE, State.ABANDONED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Account:
    """`funnel` counts cases by state, `staff` decisions as "asked: verb", `letters` how many people
    got so many letters; `said_twice` names letters that one person got twice, `missed` promises."""

    students: int
    funnel: dict[str, int]
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
    office = rehearsal.office
    with office.store.read() as tx:
        counts = census(tx)
        cases = tx.session.exec(select(Case)).all()
        waiting = Counter(" ".join(item.reasons) for item in open_items(tx))
        missed = tuple(_missed(tx, office.rules.campaign))
    staff = rehearsal.staff
    decided = Counter({f"{asked}: {verb}": n for (asked, verb), n in staff.decided.items()})
    decided.update({f"{asked}: stuck": n for asked, n in staff.stuck.items()})
    return Account(
        students=len(rehearsal.people),
        funnel={c.state: c.number for c in counts if c.table == "cases"},
        unfinished=tuple(sorted(case.number for case in cases if case.state not in FINAL)),
        waiting=dict(waiting),
        letters=dict(sorted(Counter(map(len, rehearsal.received.values())).items())),
        said_twice=tuple(sorted(_said_twice(rehearsal))),
        staff=dict(decided),
        missed=missed,
        mails={c.state: c.number for c in counts if c.table == "inbox"},
    )


def _said_twice(rehearsal: Rehearsal) -> Iterable[str]:
    """The same Message-ID in one mailbox twice."""
    for letters in rehearsal.received.values():
        ids = Counter(letter.message_id for letter in letters)
        yield from (message_id for message_id, count in ids.items() if count > 1)


def _missed(tx: Transaction, campaign: Campaign) -> Iterable[str]:
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
            by = campaign.working_days.add(
                at.astimezone(TAIPEI).date(), campaign.promise_working_days
            )
            came = first.get((case_id, letter))
            if came is not None and came.astimezone(TAIPEI).date() > by:
                yield f"{numbers[case_id]} {letter} by {by}, sent {came.astimezone(TAIPEI):%m-%d}"
