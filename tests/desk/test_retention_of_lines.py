"""How long the bank's lines are kept that are nobody's money."""

from datetime import date, timedelta

from desk.paper_office import PaperOffice
from sqlmodel import select

from mailflow.desk.bank_files import import_lines, undo_import
from mailflow.desk.case_money import Settled
from mailflow.settlement import BankLine
from mailflow.store import bank
from mailflow.store.queue import close, money_in, open_items
from mailflow.store.retention import Plan, Policy, carry_out, plan
from mailflow.store.tables import BankLineRow, DataKey

POLICY = Policy(receipts_days=90, mail_days=30, cases_days=400)
RENT = BankLine(posted_on=date(2025, 9, 9), amount=4321, payer="房客", memo="rent")


def comes(paper: PaperOffice, *lines: BankLine) -> Settled:
    return import_lines(
        paper.store, paper.rules, lines, name="bank.csv", actor="clerk", now=paper.now
    )


def after(paper: PaperOffice, days: int, *, ended: date = date(2030, 1, 1)) -> Plan:
    """The job of the day, so many days after the file; the round ends on `ended`."""
    now = paper.now + timedelta(days=days)
    with paper.store.write() as tx:
        due = plan(tx, POLICY, {"114-2": ended}, now=now)
        carry_out(tx, due, actor="mailflow", now=now)
    return due


def open_lines(paper: PaperOffice) -> list[bank.StoredLine]:
    with paper.store.read() as tx:
        return bank.open_lines(tx, "114-2")


def test_money_without_an_owner_stays_while_its_round_runs(paper: PaperOffice):
    comes(paper, RENT)
    assert after(paper, 300).lines == ()
    assert [one.line for one in open_lines(paper)] == [RENT]


def test_it_goes_after_the_round_as_the_mail_does(paper: PaperOffice):
    comes(paper, RENT)
    ended = paper.now.date()
    assert after(paper, 30, ended=ended).lines == ()
    assert after(paper, 31, ended=ended).counts()["bank_line"] == 1
    assert open_lines(paper) == []
    with paper.store.read() as tx:
        row = tx.session.exec(select(BankLineRow)).one()
        assert (row.data_sealed, row.account_index, row.amount) == (b"", b"", 4321)
        assert tx.session.get(DataKey, row.key_id) is None
    assert comes(paper, RENT).added == 0  # the same file again brings nothing back
    assert after(paper, 32, ended=ended).is_empty


def test_what_staff_set_aside_or_took_back_goes_by_its_own_age(paper: PaperOffice):
    comes(paper, RENT)
    (line,) = open_lines(paper)
    with paper.store.write() as tx:
        bank.dismiss(tx, line.id, now=paper.now)
    undone = comes(paper, RENT, RENT)
    undo_import(
        paper.store, paper.rules, undone.import_id, actor="clerk", why="wrong", now=paper.now
    )
    assert after(paper, 30).lines == ()
    assert len(after(paper, 31).lines) == 2


def test_a_line_that_is_somebodys_money_stays_with_its_case(paper: PaperOffice):
    anne = paper.is_billed(1)
    assert anne.slip
    comes(paper, BankLine(posted_on=date(2025, 9, 9), amount=600, account=anne.slip.account))
    assert after(paper, 300, ended=paper.now.date()).lines == ()


def test_a_line_that_staff_are_asked_about_stays_until_they_say(paper: PaperOffice):
    anne = paper.is_billed(1)
    assert anne.slip
    comes(paper, BankLine(posted_on=date(2025, 9, 9), amount=600, payer="安妮1"))
    with paper.store.read() as tx:
        (item,) = [one for one in open_items(tx) if money_in(one.proposal)]
    ended = paper.now.date()
    assert after(paper, 300, ended=ended).lines == ()
    with paper.store.write() as tx:
        close(tx, item.id, verb="discard", actor="clerk", why="returned", now=paper.now)
    assert len(after(paper, 300, ended=ended).lines) == 1
