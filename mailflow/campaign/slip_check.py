"""Read a round's slip settings before it opens."""

from collections.abc import Iterator

from mailflow.campaign.findings import Finding, error, note, warning
from mailflow.campaign.round import Campaign
from mailflow.campaign.slip_settings import AccountRule, Bank, SlipMethod


def check_slips(campaign: Campaign) -> Iterator[Finding]:
    """What would make a slip that nobody can pay, or that is taken for another."""
    settings = campaign.slip
    if settings.bank is None or settings.method is SlipMethod.IMPORT_COLUMNS:
        return
    if set(settings.bank.corp_code) == {"9"}:
        yield error(
            "slip.bank.corp_code",
            f"{settings.bank.corp_code} is the sample's, no bank's",
            remedy="write the office's own code (企業代碼) from the contract",
        )
    if settings.method is SlipMethod.MADE:
        yield from _serials(settings.bank, campaign)
        if settings.store is None:
            yield note(
                "slip.store",
                "slips have no barcodes for convenience stores",
                remedy="fill in [slip.store], if the office has such a contract",
            )


def _serials(bank: Bank, campaign: Campaign) -> Iterator[Finding]:
    if bank.issue_digits == 0:
        yield warning(
            "slip.bank.case_digits",
            "no digit is left for a second issue: a slip can't be issued again",
            remedy="take fewer digits for the case number, or a shorter serial_prefix",
        )
    own = campaign.id.replace("-", "")
    if bank.rule is AccountRule.KGI and bank.serial_prefix != own:
        yield warning(
            "slip.bank.serial_prefix",
            "accounts of this rule hold no date: those of two rounds would be the same",
            remedy=f'write serial_prefix = "{own}"',
        )
