"""收件時間1個月，逾時不候: who has not applied is reminded before the window closes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from aftercare.after_office import AI, ROUND, RULES, SECURITY, AfterOffice
from sqlmodel import update
from store.round import Round

from mailflow.aftercare import RefundState
from mailflow.desk.certifying import posted
from mailflow.desk.refunding import invite
from mailflow.runners.clock import Clock
from mailflow.store import cases, lookup
from mailflow.store.casework import Casework, Cause
from mailflow.store.database import Store
from mailflow.store.queue import open_decision
from mailflow.store.tables import Inbox, InboxState
from mailflow.workflow import Event

REMINDER = "refund_reminder"


@dataclass
class Watched:
    """An office after the exam whose clock looks and whose letters leave."""

    office: AfterOffice
    post: Round = field(init=False)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.post = Round(self.office.store, self.office.rules, begun_at=self.office.now)
        self.clock = Clock(self.office.store, self.office.rules, now=lambda: self.office.now)

    def on(self, month: int, day: int, hour: int = 10, *, reads: bool = True) -> list[str]:
        """It is that hour of 2026, all mail is read: the clock looks, and what may leaves."""
        self.office.on(2026, month, day, hour)
        self.post.now = self.office.now
        self.post.compares()
        if reads:
            self.reads()
        self.clock.step()
        return self.post.sends()

    def reads(self) -> None:
        with self.office.store.write() as tx:
            tx.session.exec(update(Inbox).values(state=InboxState.APPLIED, intent="other"))


def opened(store: Store, *remind_days: int) -> Watched:
    """Letters leave from 8 to 18; the round reminds so many days before."""
    refund = ROUND.refund.model_copy(update={"remind_days": remind_days})
    round_ = ROUND.model_copy(update={"refund": refund})
    return Watched(AfterOffice(store, replace(RULES, campaign=round_, office_hours=(8, 18))))


@pytest.fixture
def watched(store: Store) -> Watched:
    return opened(store, 10)


def invited(watched: Watched, place: int = 0) -> str:
    """Invited in November; the letters of then have left."""
    number = watched.office.invited(place)
    watched.on(1, 5)
    return number


def test_who_has_not_applied_is_reminded_once_before_the_window_closes(watched: Watched):
    """收件時間1個月，逾時不候."""
    anne = invited(watched)
    assert watched.on(2, 12) == []
    assert watched.on(2, 13) == [REMINDER]
    kind, text = watched.office.letters(anne)[-1]
    assert kind == REMINDER
    assert "收件到 2026 年 2 月 23 日（星期一）（含當天），逾時不候" in text
    assert watched.office.refund(anne).state is RefundState.INVITED
    for day in (13, 14, 20, 23):
        assert watched.on(2, day, 20) == []
    assert watched.on(2, 24) == ["refund_outside"]


def test_who_has_applied_is_not_reminded(watched: Watched):
    anne = invited(watched)
    watched.office.on(2026, 2, 2)
    assert watched.office.applies(anne) is None
    watched.on(2, 3)
    assert watched.on(2, 13) == []
    assert REMINDER not in watched.office.kinds(anne)


def test_an_application_that_nobody_has_read_yet_keeps_the_reminder_here(watched: Watched):
    anne = invited(watched)
    watched.office.on(2026, 2, 13, 8)
    watched.office.mail()
    assert watched.on(2, 13, reads=False) == []
    assert REMINDER not in watched.office.kinds(anne)
    assert watched.on(2, 14) == [REMINDER]


def test_an_application_of_the_night_makes_the_reminder_untrue(watched: Watched):
    anne = invited(watched)
    assert watched.on(2, 13, 20) == []  # composed, and waits for the morning
    watched.office.on(2026, 2, 13, 22)
    assert watched.office.applies(anne) is None
    assert watched.on(2, 14, 9) == ["refund_received"]
    assert (REMINDER, "held", "overtaken") in watched.post.letters()


def test_who_asks_something_is_answered_before_being_reminded(watched: Watched):
    anne = invited(watched)
    case = watched.office.case(anne)
    assert watched.on(2, 13, 20) == []
    with watched.office.store.write() as tx:
        open_decision(tx, kind="mail", reasons=("question",), case_id=case.id, now=case.changed_at)
    assert watched.on(2, 14, 9) == []
    assert (REMINDER, "queued", "") in watched.post.letters()


def test_a_reminder_keeps_its_distance_from_what_the_student_wrote(watched: Watched):
    anne = invited(watched)
    watched.office.on(2026, 2, 13, 8)
    watched.post.now = watched.office.now
    watched.post.writes(watched.office.case(anne))
    assert watched.on(2, 13) == []
    assert watched.on(2, 14) == [REMINDER]


def test_a_payment_that_the_bank_does_not_know_of_ends_reminding(watched: Watched):
    """Nobody is promised money for a registration that turned out not to be paid."""
    anne = invited(watched)
    with watched.office.store.write() as tx:
        case = cases.load(tx, lookup.by_number(tx, anne) or "")
        cause = Cause("clerk", why="no money", reasons=("not_received",))
        Casework(tx, watched.office.rules, now=watched.office.now).happen(
            case, Event.REOPEN, cause=cause
        )
    watched.on(1, 20)
    assert REMINDER not in watched.on(2, 13)


def test_who_has_not_passed_after_all_is_not_reminded(watched: Watched):
    anne = watched.office.completes(0, exam=SECURITY)
    watched.office.on(2025, 11, 20)
    watched.office.told((anne, 80, 80))
    watched.office.on(2025, 11, 28)
    invite(watched.office.does())
    watched.office.told((anne, 50, 50), why="the examiner corrected it")
    watched.on(1, 5)
    assert watched.on(2, 13) == []


def test_a_certificate_that_came_late_moves_the_reminder_with_its_window(watched: Watched):
    """Its owner has the full month from it, and is told of the day that counts now."""
    anne = watched.office.completes(0)
    watched.office.on(2025, 11, 20)
    watched.office.told((anne, 80, 80))
    watched.office.on(2025, 11, 28)
    invite(watched.office.does())
    watched.on(1, 5)
    watched.on(2, 13, 20)  # composed for 2/23, and waits for the morning
    posted(watched.office.does(), exam=AI, on=date(2026, 2, 12))
    assert watched.on(2, 14, 9) == []
    assert (REMINDER, "held", "overtaken") in watched.post.letters()
    assert watched.on(3, 1) == []
    assert watched.on(3, 2) == [REMINDER]
    assert "2026 年 3 月 12 日" in watched.office.letters(anne)[-1][1]


def test_a_reminder_of_the_last_evening_does_not_leave_the_morning_after(store: Store):
    watched = opened(store, 1)
    invited(watched)
    assert watched.on(2, 23, 20) == []
    watched.post.now = datetime(2026, 2, 24, 1, tzinfo=UTC)
    watched.post.compares()
    assert watched.post.sends() == []
    assert (REMINDER, "held", "overtaken") in watched.post.letters()


def test_after_a_downtime_only_the_latest_reminder_is_sent(store: Store):
    watched = opened(store, 14, 10, 3)
    invited(watched)
    assert watched.on(2, 20) == [REMINDER]
    assert watched.on(2, 22) == []


def test_a_round_that_does_not_say_so_reminds_nobody(store: Store):
    watched = opened(store)
    invited(watched)
    assert watched.on(2, 13) == []
