"""What the policy takes of the time after the exam, and what it leaves while money waits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from aftercare.after_office import AfterOffice
from sqlmodel import select

from mailflow.desk.paying import paid, payout
from mailflow.desk.refunding import verify
from mailflow.desk.rewarding import papers
from mailflow.store import payees
from mailflow.store.after_tables import Certificate, PayeeRow
from mailflow.store.holds import hold
from mailflow.store.queue import close, open_items
from mailflow.store.retention import Plan, Policy, carry_out, plan
from mailflow.store.tables import Inbox
from mailflow.store.vault import SealError

POLICY = Policy(receipts_days=90, mail_days=30, cases_days=400)
ENDED = date(2026, 4, 1)


def retention(office: AfterOffice, days: int) -> Plan:
    """The job of the day, so many days after the round."""
    now = datetime(ENDED.year, ENDED.month, ENDED.day, 4, tzinfo=UTC) + timedelta(days=days)
    with office.store.write() as tx:
        due = plan(tx, POLICY, {"114-2": ENDED}, now=now)
        carry_out(tx, due, actor="mailflow", now=now)
    return due


def is_paid(office: AfterOffice, place: int = 0) -> str:
    number = office.applied(place)
    office.tells_own_account(number)
    verify(office.does(), [number], why="seen")
    made = payout(office.does())
    office.on(2026, 4, 1)
    paid(office.does(), made.number, on=date(2026, 4, 1), why="accountant's note")
    return number


def certificate(office: AfterOffice) -> Certificate:
    with office.store.read() as tx:
        return tx.session.exec(select(Certificate)).one()


def account(office: AfterOffice) -> PayeeRow:
    with office.store.read() as tx:
        return tx.session.exec(select(PayeeRow)).one()


def test_certificates_and_accounts_go_with_the_pictures_of_proofs(office: AfterOffice):
    anne = is_paid(office)
    counts = retention(office, 90).counts()
    assert (counts["certificate"], counts["payee"]) == (0, 0)
    assert certificate(office).file_sealed
    counts = retention(office, 91).counts()
    assert (counts["certificate"], counts["payee"], counts["cases"]) == (1, 1, 0)
    assert certificate(office).file_sealed == certificate(office).title_sealed == b""
    assert account(office).data_sealed == b""
    assert office.look(payees.in_force, anne) is None
    assert office.refund(anne).total == 600  # sums stay, as in any book
    with pytest.raises(SealError):
        papers(office.does(), anne)
    assert retention(office, 92).is_empty


def test_a_certificate_that_comes_again_is_known_though_its_picture_is_gone(office: AfterOffice):
    is_paid(office)
    retention(office, 91)
    assert certificate(office).file_index
    assert account(office).account_index


@pytest.mark.parametrize("step", ["verified", "listed"])
def test_while_money_is_on_its_way_account_and_certificate_stay(office: AfterOffice, step: str):
    anne = office.applied()
    office.tells_own_account(anne)
    verify(office.does(), [anne], why="seen")
    if step == "listed":
        payout(office.does())
    counts = retention(office, 399).counts()
    assert (counts["certificate"], counts["payee"]) == (0, 0)
    assert office.look(payees.in_force, anne)


def test_a_certificate_for_the_reward_goes_when_it_was_decided(office: AfterOffice):
    anne = office.completes(0)
    office.uploads(anne, b"picture")
    with office.store.write() as tx:
        for item in open_items(tx):  # closed without a word about the certificate
            close(tx, item.id, verb="reject", actor="clerk", why="x", now=office.now)
    assert retention(office, 91).certificates == ()
    with office.store.write() as tx:
        row = tx.session.exec(select(Certificate)).one()
        row.state = "accepted"
        tx.session.add(row)
    assert len(retention(office, 91).certificates) == 1


def test_the_mail_goes_with_the_certificate_that_stands_in_it(office: AfterOffice):
    is_paid(office)
    with office.store.write() as tx:
        for row in tx.session.exec(select(Inbox)):
            row.state = "applied"
            tx.session.add(row)
        brought = tx.session.exec(select(Certificate)).one().inbox_id
    assert brought in retention(office, 91).mails


def test_a_legal_hold_keeps_certificate_and_account(office: AfterOffice):
    anne = is_paid(office)
    with office.store.write() as tx:
        hold(tx, anne, actor="clerk", why="lawsuit", now=office.now)
    due = retention(office, 401)
    assert due.is_empty
    assert due.kept == {anne: "legal_hold"}
    assert certificate(office).file_sealed
    assert account(office).data_sealed
