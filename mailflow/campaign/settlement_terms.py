"""How money reaches the office, and how the bank's file names it."""

from pydantic import Field

from mailflow.campaign.strict import Strict


class SettlementColumns(Strict):
    """Headers of the bank's file where they differ from the usual ones, by what stands below."""

    posted: str = ""
    paid: str = ""
    time: str = ""
    amount: str = ""
    withdrawn: str = ""
    account: str = ""
    payer: str = ""
    memo: str = ""
    reference: str = ""
    channel: str = ""
    status: str = ""


class SettlementTerms(Strict):
    """How money reaches the office. `posting_working_days`: a store may pass it on so much later;
    until then nothing is said of a claim without money."""

    posting_working_days: int = Field(default=7, ge=0)
    columns: SettlementColumns = SettlementColumns()
