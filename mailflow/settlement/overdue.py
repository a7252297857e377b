"""From when on a claim without money is worth a look."""

from datetime import date

from mailflow.campaign import Campaign


def overdue_from(claimed_on: date, campaign: Campaign) -> date:
    """The first day on which money for this claim should have come.

    A store passes money on after 3 to 7 working days (the office sets how many); until the last
    of them has ended, its absence says nothing.
    """
    days = campaign.settlement.posting_working_days
    return campaign.working_days.add(claimed_on, days + 1)
