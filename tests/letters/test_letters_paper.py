"""The slip as a PDF beside its letter."""

from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest
from letters_cast import ANNE, NOW, OFFICE, Send, opened

from mailflow.campaign import Campaign
from mailflow.campaign.slip_settings import AccountRule, Bank, SlipSettings
from mailflow.letters import Composer, LetterData, Slip, default_templates
from mailflow.slips import Segments
from mailflow.workflow import Letter

CODES = Segments("1409226H1", "9999952650000016", "092293000000600")
SLIP = Slip(
    amount=600,
    account="9999952650000016",
    bank="822",
    due_on=date(2025, 9, 22),
    barcodes=CODES,
)
BILLED = LetterData(case="iPAS114-0007", registration=ANNE, slip=SLIP, leaves_on=date(2025, 9, 19))


def pdfs(message: EmailMessage) -> list[bytes]:
    return [
        part.get_content()
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]


def test_a_slip_with_barcodes_goes_as_a_pdf_named_by_the_case(send: Send):
    message, text, page = opened(send(Letter.PAYMENT_SLIP, BILLED))
    (part,) = message.iter_attachments()
    assert part.get_filename() == "iPAS114-0007.pdf"
    assert part.get_content().startswith(b"%PDF-")
    assert "附件是繳費單" in text
    assert "附件是繳費單" in page
    assert message.get_content_type() == "multipart/mixed"
    assert message["Content-Language"] == "zh-TW, en"


def test_the_cashier_s_own_pdf_goes_as_it_came(send: Send):
    own = replace(BILLED, slip_pdf=b"%PDF-1.4 of the cashier")
    message, _, _ = opened(send(Letter.PAYMENT_SLIP, own))
    assert pdfs(message) == [b"%PDF-1.4 of the cashier"]


def test_a_slip_that_the_letter_tells_whole_has_no_pdf(send: Send):
    plain = replace(BILLED, slip=replace(SLIP, barcodes=None))
    message, text, _ = opened(send(Letter.PAYMENT_SLIP, plain))
    assert list(message.iter_attachments()) == []
    assert "附件" not in text


@pytest.mark.parametrize("letter", [Letter.REMINDER, Letter.PROOF_UNCLEAR, Letter.PROOF_ACCEPTED])
def test_no_other_letter_carries_it(send: Send, letter: Letter):
    message, _, _ = opened(send(letter, replace(BILLED, reasons=("unreadable",))))
    assert list(message.iter_attachments()) == []


def test_the_same_slip_twice_is_the_same_bytes(send: Send):
    assert send(Letter.PAYMENT_SLIP, BILLED).raw == send(Letter.PAYMENT_SLIP, BILLED).raw


def test_wire_lines_stay_short_with_an_attachment(send: Send):
    lines = send(Letter.PAYMENT_SLIP, BILLED).raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(line.isascii() for line in lines)


def test_a_slip_of_the_office_s_own_bank_is_drawn_without_store_barcodes(campaign: Campaign):
    bank = Bank(code="822", rule=AccountRule.CTBC, corp_code="99999")
    own = campaign.model_copy(update={"slip": SlipSettings(bank=bank)})
    composer = Composer(default_templates(), own, office=OFFICE, sender_name="研發處")
    plain = replace(BILLED, slip=replace(SLIP, barcodes=None))
    letter = composer.compose(
        Letter.PAYMENT_SLIP, plain, to="anne@example.org", message_id="<x@example.org>", now=NOW
    )
    assert len(pdfs(opened(letter)[0])) == 1
