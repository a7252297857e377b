"""One round: exams, subjects, fees, dates, working days. Pure."""

from mailflow.campaign.calendar import WorkingDays
from mailflow.campaign.round import (
    Campaign,
    CampaignError,
    Exam,
    SettlementColumns,
    load_campaign,
)

__all__ = [
    "Campaign",
    "CampaignError",
    "Exam",
    "SettlementColumns",
    "WorkingDays",
    "load_campaign",
]
