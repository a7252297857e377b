"""The office makes its slips: from the button to the slip without a person, and back from a void
one."""

from collections.abc import Callable
from email import message_from_bytes, policy

from servers.office import ANNE, BART, CRIS
from stories.cast import BANK, Received, Student, needs_eyes
from stories.running import Dates, RunningOffice

from mailflow.demo.pictures import draw_transfer
from mailflow.desk.card import load_card
from mailflow.desk.slips import Order, make_slips, show_slip
from mailflow.person import Field
from mailflow.slips.pages import paper_from_json, read_json
from mailflow.workflow import State

MADE = """
[slip]
method = "made"

[slip.bank]
code = "822"
name = "中國信託"
rule = "ctbc"
corp_code = "99999"

[slip.store]
collection_codes = [{ up_to = 20000, code = "6H1" }]
"""

Opened = Callable[..., RunningOffice]


def pays(student: Student, account: str) -> bytes:
    """The bank app's screenshot of a transfer to this account."""
    now = student.office.clock.now()
    return draw_transfer(amount=600, account=account, bank=BANK, paid_at=now)


def account_of(student: Student) -> str:
    slip = student.case.slip
    assert slip
    return slip.account


def pdf_of(letter: Received) -> bytes:
    message = message_from_bytes(letter.raw, policy=policy.default)
    (part,) = [p for p in message.iter_attachments() if p.get_content_type() == "application/pdf"]
    return bytes(part.get_content())


@needs_eyes
def test_from_the_button_to_the_end_without_a_person(opened: Opened):
    office = opened(dates=Dates(tables=MADE))
    anne = Student(office, ANNE)
    anne.registers(slip=None)
    anne.presses(anne.gets("data_confirmation"))
    letter = anne.gets("payment_slip")
    pdf = pdf_of(letter)
    page = paper_from_json(read_json(pdf), place="slip.pdf", pdf=pdf)
    slip = anne.case.slip
    assert slip
    assert page.barcodes == slip.barcodes
    assert page.shows_name(anne.data[Field.NAME_ZH])
    assert slip.account in letter.text
    anne.replies(letter, "附上繳費證明，謝謝。", picture=pays(anne, slip.account))
    anne.gets("proof_accepted")
    anne.reaches(State.COMPLETE)
    assert anne.queue == []


def test_columns_of_the_form_count_for_nothing_in_such_a_round(opened: Opened):
    office = opened(dates=Dates(tables=MADE))
    anne = Student(office, ANNE)
    anne.is_billed()
    assert account_of(anne).startswith("99999")


@needs_eyes
def test_a_payment_to_the_void_slip_is_known_for_what_it_is(opened: Opened):
    office = opened(dates=Dates(tables=MADE))
    bart = Student(office, BART)
    letter = bart.is_billed()
    first = account_of(bart)
    make_slips(office.desk, [bart.case.number], order=Order(reissue=True, why="loses it"))
    again = bart.gets("payment_slip", count=2)
    assert account_of(bart) != first
    bart.replies(letter, "附上繳費證明", picture=pays(bart, first))
    item = bart.waits_for_staff("paid_to_voided_slip")
    assert load_card(office.desk, item.id).facts()["expected"]["voided"] == [first]  # type: ignore[index]
    assert "account_differs" not in item.reasons
    assert bart.case.state is State.BILLED
    office.desk.reject(item.id, why="the bank sends it back")
    assert "作廢" in bart.gets("proof_unclear").text
    bart.replies(again, "附上繳費證明", picture=pays(bart, account_of(bart)))
    bart.gets("proof_accepted")


def test_a_correction_after_the_slip_is_carried_out_by_staff(opened: Opened):
    office = opened(dates=Dates(tables=MADE))
    cris = Student(office, CRIS)
    letter = cris.is_billed()
    account = account_of(cris)
    cris.replies(letter, "不好意思，手機打錯了\n手機：0900-000-222")
    item = cris.waits_for_staff("slip_sent")
    office.desk.accept(item.id, why="asked on the phone")
    cris.presses(cris.gets("data_changed"))
    cris.gets("payment_slip", count=2)
    assert cris.case.data[Field.PHONE] == "0900000222"
    assert account_of(cris) == account  # the money is the same: what was paid is paid
    assert show_slip(office.desk, cris.case.number).voided == ()
