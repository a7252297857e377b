"""Too much money: undecided it keeps the list in the office; decided by staff it is settled."""

from datetime import date, timedelta

from desk.paper_office import PaperOffice
from store.people import SLIP

from mailflow.desk import Desk
from mailflow.desk.bank_files import import_lines, undo_import
from mailflow.desk.case_money import Settled
from mailflow.person import Field
from mailflow.settlement import BankLine
from mailflow.store import cases
from mailflow.store.audit import history
from mailflow.store.cases import CaseView
from mailflow.store.queue import open_items

TUESDAY = date(2025, 9, 16)


def pays(paper: PaperOffice, case: CaseView, *amounts: int, **more) -> Settled:
    """The bank's file says so; the same account each time."""
    paper.now += timedelta(days=1)
    account = paper.case(case.number).slip.account
    lines = [BankLine(**{"posted_on": TUESDAY, "amount": n, "account": account} | more)
             for n in amounts]  # fmt: skip
    return import_lines(
        paper.store, paper.rules, lines, name="九月.csv", actor="clerk", now=paper.now
    )


def decides(paper: PaperOffice, verb: str, why: str, **more: str) -> None:
    """The clerk decides the one question that is open."""
    paper.now += timedelta(hours=1)
    with paper.store.read() as tx:
        (item,) = open_items(tx)
    desk = Desk(paper.store, paper.rules, "clerk", lambda: paper.now)
    getattr(desk, verb)(item.id, why=why, **more)


def codes(paper: PaperOffice) -> list[str]:
    """What keeps the list in the office."""
    facts = paper.tells("roster", "check", code=1)
    return [one["code"] for one in facts["differences"]]


def test_an_overpayment_that_nobody_has_decided_keeps_the_list_in_the_office(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 650)
    assert codes(paper) == ["amount_differs", "open_question"]


def test_what_staff_accepted_is_settled_and_the_list_says_who_and_why(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 600, 600)
    decides(paper, "accept", "重複繳款，600 元已由出納退還")
    facts = paper.tells("roster", "check")
    assert facts["differences"] == []
    assert facts["accepted"] == [
        {"case": anne.number, "owed": 600, "received": 1200, "by": "clerk", "on": "2025-09-09",
         "why": "重複繳款，600 元已由出納退還"},
    ]  # fmt: skip
    out = paper.folder / "r.xlsx"
    told = paper.does("roster", "export", "--out", str(out))
    assert out.exists()
    said = "實收 NT$ 1,200，應收 NT$ 600，已由 clerk 於 2025-09-09 決定照收：重複繳款"
    assert said in told
    with paper.store.read() as tx:
        (line,) = history(tx, "114-2")
    assert line.why == "1 people, 2 subjects, 1 accepted"


def test_money_that_comes_after_the_decision_is_a_new_question(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 650)
    decides(paper, "accept", "50 元留作下次")
    pays(paper, anne, 650, 50)
    assert codes(paper) == ["amount_differs", "open_question"]
    decides(paper, "discard", "不是這樣")
    assert codes(paper) == ["amount_differs"]


def test_the_exact_sum_was_settled_before_but_the_second_payment_was_only_put_away(
    paper: PaperOffice,
):
    anne = paper.is_complete(1)
    pays(paper, anne, 600)
    assert paper.tells("roster", "check")["accepted"] == []
    pays(paper, anne, 600, 600)
    decides(paper, "discard", "先放著")
    assert codes(paper) == ["amount_differs"]


def test_the_difference_that_went_back_by_the_bank_leaves_nothing_to_tell(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 650)
    decides(paper, "accept", "50 元退回")
    pays(paper, anne, -50, posted_on=date(2025, 9, 18))
    decides(paper, "accept", "已退")
    facts = paper.tells("roster", "check")
    assert (facts["received"], facts["differences"], facts["accepted"]) == (600, [], [])


def test_a_line_of_another_that_staff_put_away_takes_no_decision_back(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 650)
    decides(paper, "accept", "50 元退回")
    pays(paper, anne, 70, account="99999999999999", memo=anne.data[Field.STUDENT_NO])
    decides(paper, "discard", "別人的款項")
    assert paper.tells("roster", "check")["differences"] == []


def test_a_file_that_is_taken_back_takes_the_decision_along(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 600)
    twice = pays(paper, anne, 600, 600)
    decides(paper, "accept", "重複繳款")
    undo_import(
        paper.store, paper.rules, twice.import_id[-8:], actor="clerk", why="錯檔", now=paper.now
    )
    assert paper.tells("roster", "check")["accepted"] == []


def test_a_slip_that_came_after_the_decision_asks_for_another_one(paper: PaperOffice):
    anne = paper.is_complete(1)
    pays(paper, anne, 650)
    decides(paper, "accept", "50 元退回")
    paper.now += timedelta(days=1)
    with paper.store.write() as tx:
        cases.put_slip(tx, cases.load(tx, anne.id), SLIP, now=paper.now)
    assert "amount_differs" in codes(paper)
