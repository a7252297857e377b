"""Marks, accounts and certificates lie sealed, and go with the person they belong to."""

from datetime import date

from aftercare.after_office import AfterOffice
from sqlalchemy import text
from sqlmodel import SQLModel

from mailflow.aftercare import RefundState
from mailflow.desk.enrolling import import_enrolment
from mailflow.desk.paying import payout, payout_again
from mailflow.desk.refunding import invite, listing, verify
from mailflow.desk.rewarding import accept, publish
from mailflow.desk.rewarding import listing as certificates
from mailflow.sheets import EnrolmentRow
from mailflow.store.erasure import erase_person, rows_of_person


def everything(office: AfterOffice) -> bytes:
    """All values of all tables, as bytes."""
    found = bytearray()
    with office.store.engine.connect() as connection:
        for name in sorted(SQLModel.metadata.tables):
            for row in connection.execute(text(f"SELECT * FROM {name}")):
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
    return bytes(found)


def busy(office: AfterOffice) -> str:
    anne = office.completes(0)
    office.uploads(anne, b"picture of a certificate")
    office.on(2025, 11, 20)
    office.told((anne, 80.25, 71.75))
    office.on(2025, 11, 28)
    invite(office.does())
    office.applies(anne, b"another picture")
    office.tells_own_account(anne)
    import_enrolment(office.does(), [EnrolmentRow("113590001", True)], as_of=date(2025, 11, 1))
    ((_, found),), _ = certificates(office.does())
    accept(office.does(), found.id, title="Very Rare Title", issued_on=date(2025, 3, 1), why="ok")
    return anne


def test_nothing_personal_of_the_time_after_the_exam_can_be_read(office: AfterOffice):
    busy(office)
    stored = everything(office)
    personal = ("80.25", "901234567890", "安妮", "113590001", "picture", "Very Rare Title")
    assert [value for value in personal if value.encode() in stored] == []


def test_an_erased_person_stops_nobody_and_leaves_no_index(office: AfterOffice):
    anne = busy(office)
    verify(office.does(), [anne], why="seen")
    bart = office.applied(1)
    office.tells_own_account(bart, "123123123123")
    verify(office.does(), [bart], why="seen")
    made = payout(office.does())
    with office.store.write() as tx:
        erase_person(tx, anne, actor="clerk", why="asked for it", now=office.now)
    assert [line.number for line in listing(office.does())] == [bart]
    assert invite(office.does()).done == []
    assert certificates(office.does()) == ([], [])
    assert publish(office.does()).rows == []
    assert [row[1] for row in payout_again(office.does(), made.number).rows] == [bart]
    with office.store.read() as tx:
        for query in (
            "SELECT count(*) FROM enrolment",
            "SELECT count(*) FROM payee_token WHERE used_at IS NULL",
        ):
            assert tx.session.execute(text(query)).scalar() == 0
        blanks = text("SELECT count(*) FROM payee WHERE length(account_index) = 0")
        assert tx.session.execute(blanks).scalar() == 1
    assert office.refund(bart).state is RefundState.LISTED


def test_who_forgets_a_person_is_told_of_the_time_after_the_exam_too(office: AfterOffice):
    anne = busy(office)
    with office.store.read() as tx:
        told = rows_of_person(tx, anne)
    assert {"aftercare", "refund", "payee", "certificate"} <= told.keys()
