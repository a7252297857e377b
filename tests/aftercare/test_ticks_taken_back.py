"""A certificate was ticked by mistake: the clerk takes the tick back, and nobody is told twice."""

from datetime import date

import pytest
from aftercare.after_office import AI, IOT, AfterOffice, PersonRow
from sqlmodel import select

from mailflow.aftercare import AftercareState, RefundState
from mailflow.desk import DeskError
from mailflow.desk.certifying import Tick, arrived, collected, posted, taken_back
from mailflow.desk.refunding import verify
from mailflow.store.audit import history
from mailflow.store.tables import Outbox, OutboxState


def of(*numbers: str) -> list[PersonRow]:
    return [PersonRow(place, case=number) for place, number in enumerate(numbers, start=1)]


def leaves(office: AfterOffice) -> None:
    """The relay takes whatever waits."""
    with office.store.write() as tx:
        for row in tx.session.exec(select(Outbox).where(Outbox.state == OutboxState.QUEUED)):
            row.state, row.sent_at = OutboxState.SENT, office.now
            tx.session.add(row)


def called(office: AfterOffice, number: str) -> list[str]:
    """The state of every letter that calls this person to the office."""
    with office.store.read() as tx:
        query = select(Outbox.state).where(
            Outbox.key.startswith(f"{number}/certificate_ready/")  # type: ignore[attr-defined]
        )
        return list(tx.session.exec(query.order_by(Outbox.id)))


def lies_at_the_office(office: AfterOffice, *, place: int = 0) -> str:
    anne = office.completes(place, exam=IOT)
    office.told((anne, 80, 80))
    office.on(2026, 1, 21)
    arrived(office.does(), people=of(anne), on=date(2026, 1, 20))
    return anne


def test_somebody_elses_certificate_was_ticked_as_collected(office: AfterOffice):
    """點錯人：領取改回未領取。"""
    anne = lies_at_the_office(office)
    leaves(office)
    collected(office.does(), of(anne))
    report = taken_back(office.does("hua"), Tick.COLLECTED, why="點錯人", people=of(anne))
    assert report.done == [anne]
    assert office.after(anne).state is AftercareState.READY
    assert office.after(anne).certificate_on == date(2026, 1, 20)
    assert called(office, anne) == ["sent"]  # she is not called to the office a second time
    with office.store.read() as tx:
        line = history(tx, anne)[-1]
    assert (line.actor, line.action, line.why) == ("hua", "uncollect", "點錯人")
    assert collected(office.does(), of(anne)).done == [anne]


def test_a_box_that_had_not_come_after_all(office: AfterOffice):
    """The letter had not left yet: it stays here, and she hears of it when the box has come."""
    anne = lies_at_the_office(office)
    report = taken_back(office.does(), Tick.ARRIVED, why="是別校的箱子", exam=IOT)
    assert (report.done, report.called) == ([anne], [])
    assert office.after(anne).state is AftercareState.PASSED
    assert office.after(anne).certificate_on is None
    assert called(office, anne) == ["held"]
    assert arrived(office.does(), exam=IOT).called == []
    assert called(office, anne) == ["held", "queued"]


def test_who_was_called_in_vain_is_named_and_not_called_twice_by_itself(office: AfterOffice):
    anne = lies_at_the_office(office)
    leaves(office)
    report = taken_back(office.does(), Tick.ARRIVED, why="是別校的箱子", people=of(anne))
    assert (report.done, report.called) == ([anne], [anne])
    office.on(2026, 2, 2)
    report = arrived(office.does(), exam=IOT, on=date(2026, 1, 30))
    assert (report.done, report.called) == ([anne], [anne])
    assert office.after(anne).certificate_on == date(2026, 1, 30)
    assert called(office, anne) == ["sent"]


def test_staff_may_call_again_who_was_called_in_vain(office: AfterOffice):
    anne = lies_at_the_office(office)
    leaves(office)
    taken_back(office.does(), Tick.ARRIVED, why="是別校的箱子", people=of(anne))
    report = arrived(office.does(), exam=IOT, tell_again=True)
    assert (report.done, report.called) == ([anne], [])
    assert called(office, anne) == ["sent", "queued"]


def test_posted_is_taken_back_with_its_day_and_the_window_stays(office: AfterOffice):
    """A wrong day of issue: nobody's window is over because a clerk mends it."""
    anne = office.invited()
    taken_back(office.does(), Tick.POSTED, why="日期打錯", exam=AI)
    before = office.refund(anne).closes_on
    assert (office.after(anne).state, office.after(anne).certificate_on) == (
        AftercareState.PASSED,
        None,
    )
    assert office.refund(anne).closes_on == before
    office.on(2026, 1, 20)
    assert posted(office.does(), exam=AI, on=date(2026, 1, 16)).done == [anne]
    assert office.after(anne).certificate_on == date(2026, 1, 16)


def test_a_certificate_whose_refund_is_verified_is_there(office: AfterOffice):
    anne = office.applied()
    verify(office.does(), [anne], why="seen")
    assert office.refund(anne).state is RefundState.VERIFIED
    report = taken_back(office.does(), Tick.POSTED, why="?", people=of(anne))
    assert report.skipped == {anne: "unpost_while_refund_verified"}
    assert office.after(anne).state is AftercareState.POSTED


def test_only_the_tick_that_is_there_is_taken_back(office: AfterOffice):
    anne = lies_at_the_office(office)
    report = taken_back(office.does(), Tick.COLLECTED, why="點錯人", people=of(anne))
    assert report.skipped == {anne: "uncollect_while_ready"}
    with pytest.raises(DeskError, match="not posted"):
        taken_back(office.does(), Tick.POSTED, why="點錯人", people=of(anne))
    with pytest.raises(DeskError, match="a reason"):
        taken_back(office.does(), Tick.ARRIVED, why=" ", people=of(anne))
    dry = taken_back(office.does(), Tick.ARRIVED, why="試", people=of(anne), dry_run=True)
    assert dry.done == [anne]
    assert office.after(anne).state is AftercareState.READY
