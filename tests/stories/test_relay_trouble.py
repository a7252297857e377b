"""When the relay is away, refuses the office, or dies in the middle of a letter."""

from collections.abc import Callable

from servers import process
from servers.office import ANNE, BART, CRIS, EmbeddedOffice
from sqlmodel import col, update
from stories.cast import Student, register
from stories.running import RunningOffice

from mailflow.demo.servers import EmbeddedPair, Fault
from mailflow.store.casework import Casework, Cause
from mailflow.store.erasure import erase_person
from mailflow.store.tables import Outbox
from mailflow.workflow import Event

Opened = Callable[..., RunningOffice]


def test_a_relay_that_was_down_gets_everything_once_when_it_is_back(opened: Opened):
    port = process.free_port()
    office = opened(settings={"smtp": {"port": port}})
    anne = Student(office, ANNE)
    anne.registers()
    office.until(lambda: {row.state for row in office.outbox()} == {"deferred"})
    assert office.queue() == []  # nothing for a person yet
    users = {ANNE: "x", "office@example.edu": "secret of office@example.edu"}
    with EmbeddedPair(users, smtp_port=port) as relay:
        office.jump(minutes=6)
        office.until(lambda: {row.state for row in office.outbox()} == {"sent"})
        assert len(relay.accepted) == 2


def test_a_relay_that_refuses_the_office_stops_everything_and_staff_hear_it_once(
    opened: Opened, embedded: EmbeddedOffice
):
    refused: list[str] = []

    def refuse(sender: str, recipient: str) -> str:
        refused.append(recipient)
        return "535 5.7.8 Authentication credentials invalid"

    embedded.on_rcpt = refuse
    office = opened()
    people = [Student(office, address) for address in (ANNE, BART, CRIS)]
    register(*people)
    office.until(lambda: office.queue(reason="relay_refuses_the_office"))
    office.jump(minutes=6)
    office.until(lambda: len(refused) == 2)
    office.until(lambda: {row.state for row in office.outbox()} <= {"queued", "deferred"})
    assert len(office.queue(reason="relay_refuses_the_office")) == 1
    embedded.on_rcpt = None
    office.jump(minutes=30)
    office.until(lambda: {row.state for row in office.outbox()} == {"sent"})
    assert [len(student.letters()) for student in people] == [2, 2, 2]


def test_a_letter_whose_fate_is_unknown_is_looked_up_and_not_sent_twice(
    opened: Opened, embedded: EmbeddedOffice
):
    faults = [Fault(accept=True, drop=True), Fault(drop=True)]
    embedded.on_data = lambda letter: faults.pop(0) if faults else None
    office = opened()
    anne = Student(office, ANNE)
    anne.registers()
    office.until(lambda: [row.state for row in office.outbox()] == ["sent", "sent"])
    assert anne.kinds() == ["data_confirmation", "form_receipt"]
    ways = sorted(row.reason for row in office.outbox())
    assert ways == ["found_in_sent_folder", "not_in_sent_folder"]
    for row in office.outbox():
        assert office.audit(row.id)  # either way it is accounted for


def test_a_store_that_fails_after_the_handing_over_does_not_lose_the_letter(opened: Opened):
    office = opened(starts_daemon=False)
    anne = Student(office, ANNE)
    anne.registers()
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'sent' "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    office.start()
    office.until(anne.letters)
    office.until(lambda: any(row.state == "unknown" for row in office.outbox()))
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    office.until(lambda: {row.state for row in office.outbox()} == {"sent"})
    assert anne.kinds() == ["data_confirmation", "form_receipt"]


def test_without_a_sent_folder_an_unknown_letter_waits_for_staff(
    opened: Opened, embedded: EmbeddedOffice
):
    faults = [Fault(accept=True, drop=True)]
    embedded.on_data = lambda letter: faults.pop(0) if faults else None
    office = opened(settings={"imap": {"sent_folder": ""}})
    anne = Student(office, ANNE)
    anne.registers()
    item = anne.waits_for_staff("no_sent_folder_to_look_into")
    office.quiet()
    assert len(anne.letters()) == 2
    office.desk.discard(item.id, why="she has it")
    assert anne.kinds() == ["data_confirmation", "form_receipt"]


def test_one_letter_that_cannot_be_opened_does_not_stop_the_others(
    opened: Opened, embedded: EmbeddedOffice
):
    from sqlalchemy import text

    office = opened(starts_daemon=False)
    anne, bart = Student(office, ANNE), Student(office, BART)
    anne.registers()
    with office.store.write() as tx:  # her key is gone: erased, or lost
        tx.session.exec(text("DELETE FROM datakey"))  # type: ignore[call-overload]
    bart.registers()
    office.start()
    bart.gets("data_confirmation")
    assert office.queue(reason="unreadable")
    assert anne.letters() == []


def test_a_person_erased_meanwhile_gets_nothing_and_the_queue_can_be_read(opened: Opened):
    from mailflow.store.erasure import erase_person

    office = opened()
    anne, bart = Student(office, ANNE), Student(office, BART)
    letter = anne.is_asked()
    anne.replies(letter, "我想取消報名")
    anne.waits_for_staff()
    with office.store.write() as tx:
        erase_person(tx, anne.case.number, actor="clerk", why="asked", now=office.clock.now())
    bart.replies(bart.is_asked(), "請問可以改科目嗎？")
    bart.waits_for_staff()
    anne.replies(letter, "手機：0900000222")
    office.quiet()
    assert [number for _, number in office.desk.items()]


def test_an_unclear_letter_to_somebody_erased_keeps_nobody_waiting(opened: Opened):
    office = opened()
    anne, bart = Student(office, ANNE), Student(office, BART)
    anne.is_billed()
    with office.store.write() as tx:
        work = Casework(tx, office.rules, now=office.clock.now())
        work.happen(anne.case, Event.PROOF, cause=Cause(actor="clerk"))
    anne.gets("proof_accepted")
    office.quiet()
    office.stop()
    with office.store.write() as tx:
        told = update(Outbox).where(col(Outbox.letter) == "proof_accepted")
        tx.session.exec(told.values(state="unknown", due_at=office.clock.now()))
        erase_person(tx, anne.case.number, actor="clerk", why="wish", now=office.clock.now())
    office.start()
    bart.is_asked()
    assert [letter.state for letter in office.outbox("proof_accepted")] == ["sent"]
