"""The bank's word comes before, beside or against what students send; all through real mail."""

from collections.abc import Callable
from datetime import date

from servers.office import ANNE, BART
from stories.cast import Student, needs_eyes
from stories.running import FEE, RunningOffice

from mailflow.campaign.round import TAIPEI
from mailflow.desk.bank_files import import_lines
from mailflow.desk.case_money import Settled
from mailflow.settlement import BankLine
from mailflow.workflow import State


def the_bank_says(student: Student, amount: int = FEE) -> Settled:
    office = student.office
    line = BankLine(today(office), amount, student.account)
    return import_lines(
        office.store, office.rules, [line], name="bank.csv", actor="clerk", now=office.clock.now()
    )


def today(office: RunningOffice) -> date:
    return office.clock.now().astimezone(TAIPEI).date()


@needs_eyes
def test_anne_is_complete_by_the_banks_word_and_her_late_proof_needs_nobody(office: RunningOffice):
    anne = Student(office, ANNE)
    slip = anne.is_billed()
    the_bank_says(anne)
    letter = anne.gets("proof_accepted")
    assert "銀行已確認收到您的款項" in letter.text
    anne.reaches(State.COMPLETE)
    anne.replies(slip, "附上證明", picture=anne.transfer())
    office.quiet()
    assert anne.queue == []
    assert anne.kinds().count("proof_accepted") == 1


@needs_eyes
def test_barts_accepted_proof_is_contradicted_and_asked_for_again(office: RunningOffice):
    bart = Student(office, BART)
    slip = bart.is_billed()
    bart.replies(slip, "附上證明", picture=bart.transfer())
    bart.reaches(State.COMPLETE)
    the_bank_says(bart, 60)
    office.desk.reject(bart.waits_for_staff("underpaid").id, why="60 arrived")
    asked = bart.gets("proof_unclear")
    assert "銀行實際收到的金額少於您的繳費單金額" in asked.text
    assert bart.case.state is State.BILLED
    bart.replies(asked, "附上證明", picture=bart.transfer())
    again = bart.waits_for_staff("bank_said_otherwise")  # a picture is not enough any more
    office.desk.accept(again.id, why="540 were paid at the counter")
    bart.gets("proof_accepted", count=2)
    bart.reaches(State.COMPLETE)


def test_who_paid_but_not_exactly_is_neither_reminded_nor_given_up_by_the_clock(
    opened: Callable[..., RunningOffice],
):
    office = opened()
    anne = Student(office, ANNE)
    anne.is_billed()
    the_bank_says(anne, 500)
    office.desk.discard(anne.waits_for_staff("underpaid").id, why="she will bring the rest")
    office.jump(days=5)
    office.quiet()
    assert "reminder" not in anne.kinds()
    office.jump(days=3)
    anne.waits_for_staff("deadline_passed_but_money_came")
    assert anne.case.state is State.BILLED
