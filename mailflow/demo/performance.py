"""One rehearsal from a campaign file to its account, in a folder of its own."""

from datetime import datetime
from pathlib import Path

from mailflow.campaign import Campaign, CampaignError, load_campaign
from mailflow.campaign.round import TAIPEI
from mailflow.campaign.slip_settings import SlipMethod
from mailflow.demo.account import Account, account_of
from mailflow.demo.office import SandboxOffice
from mailflow.demo.rehearsal import Rehearsal, Tell
from mailflow.demo.rehearsed import make_people

SETTINGS = """
[limits]
letters_per_hour = 1000000
"""


def rehearse_round(folder: Path, file: Path, *, students: int, seed: int, tell: Tell) -> Account:
    """Play the whole round with so many invented people; raises CampaignError when none can
    register, or when slips come from files that a rehearsal does not have."""
    campaign = load_campaign(file)
    if campaign.slip.method is SlipMethod.IMPORT:
        raise CampaignError(
            'slips come from files here: rehearse with slip.method = "import_columns" or "made"'
        )
    opens = datetime(*campaign.opens_on.timetuple()[:3], 9, tzinfo=TAIPEI)
    window = campaign.register_until - opens
    people = make_people(students, ways_to_register(campaign), window=window, seed=seed)
    cast = [person.student for person in people]
    office = SandboxOffice(
        folder, cast=cast, campaign=file.read_text("utf-8"), settings=SETTINGS, begins=opens
    )
    office.open()
    try:
        rehearsal = Rehearsal(office, people, tell, seed=seed)
        rehearsal.perform()
        return account_of(rehearsal)
    finally:
        office.close()


def ways_to_register(campaign: Campaign) -> list[tuple[str, str, int]]:
    """Every way whose price is known: exam, subjects, what the student pays."""
    ways = [(exam.name, "、".join(map(str, way))) for exam in campaign.exams for way in exam.ways()]
    priced = [
        (name, subjects, campaign.fee(name, subjects, retake=False)) for name, subjects in ways
    ]
    found = [(name, subjects, fee) for name, subjects, fee in priced if fee is not None]
    if not found:
        raise CampaignError("no exam has a price: see `mailflow campaign check`")
    return found
