"""A slip by the rule of the office's own bank. Pure."""

from datetime import date

from mailflow.campaign.slip_settings import SERIAL_DIGITS, Bank, SlipSettings
from mailflow.slips.accounts import virtual_account
from mailflow.slips.segments import store_barcodes
from mailflow.slips.slip import Slip


class SlipError(ValueError):
    """No slip can be made for this case; `code` is a reason for staff."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def make_slip(
    settings: SlipSettings, *, case: str, amount: int, due_on: date, issue: int = 0
) -> Slip:
    """The slip of a case, always the same for the same case, amount (NT$), day and issue.

    `issue` counts the slips this case had before: each gets an account of its own, so that a
    payment to an earlier one is recognised. Raises SlipError.
    """
    if settings.bank is None:
        raise SlipError("slip_bank_not_set")
    bank = settings.bank
    serial = serial_of(bank, case, issue=issue)
    account = virtual_account(bank, serial, amount=amount, due_on=due_on)
    store = settings.store
    return Slip(
        amount=amount,
        account=account,
        bank=f"{bank.code} {bank.name}".strip(),
        due_on=due_on,
        barcodes=store_barcodes(account, amount, due_on, store=store) if store else None,
    )


def serial_of(bank: Bank, case: str, *, issue: int) -> str:
    """Issue and case number side by side: two slips of a round never share a serial.

    Raises SlipError when a number is too long for its place.
    """
    number = int(case.rpartition("-")[2])
    if number >= 10**bank.case_digits or issue >= 10**bank.issue_digits:
        raise SlipError("slip_serials_used_up")
    room = SERIAL_DIGITS[bank.rule] - len(bank.serial_prefix)
    return f"{bank.serial_prefix}{issue * 10**bank.case_digits + number:0{room}d}"
