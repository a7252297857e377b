"""One round: exams, subjects, fees, dates, working days. Pure but for reading its files."""

from mailflow.campaign.calendar import OfficialYear, WorkingDays
from mailflow.campaign.exams import Delivery, Exam, Kind, PassRules, Subject
from mailflow.campaign.fees import Fees, NoFee
from mailflow.campaign.files import CampaignError, load_campaign
from mailflow.campaign.materials import Added, Course, Links, RosterColumn
from mailflow.campaign.round import TAIPEI, Campaign, Closure
from mailflow.campaign.settlement_terms import SettlementColumns
from mailflow.campaign.windows import Certificates, Refund, Reward

__all__ = [
    "TAIPEI",
    "Added",
    "Campaign",
    "CampaignError",
    "Certificates",
    "Closure",
    "Course",
    "Delivery",
    "Exam",
    "Fees",
    "Kind",
    "Links",
    "NoFee",
    "OfficialYear",
    "PassRules",
    "Refund",
    "Reward",
    "RosterColumn",
    "SettlementColumns",
    "Subject",
    "WorkingDays",
    "load_campaign",
]
