"""What an office has set, and noticing when its calendar changes while the daemon runs."""

import logging

from mailflow.campaign import Campaign, CampaignError
from mailflow.campaign.files import stamp, with_calendar
from mailflow.config import Config
from mailflow.letters import Composer, default_templates
from mailflow.store.casework import Rules

log = logging.getLogger("mailflow")


def rules_of(config: Config, campaign: Campaign) -> Rules:
    """The rules of an office in this round. Raises TemplateError."""
    composer = Composer(
        config.templates or default_templates(),
        campaign,
        office=config.office,
        sender_name=config.office_name,
    )
    return Rules(
        campaign=campaign,
        composer=composer,
        office=config.office,
        answers_per_day=config.limits.answers_per_person_and_day,
        strangers_per_day=config.limits.strangers_per_day,
        office_hours=config.office_hours,
    )


class Rulebook:
    """Looks at the files beside the campaign file. The campaign itself is read at start only."""

    def __init__(self, config: Config, rules: Rules) -> None:
        self._config = config
        self._campaign = rules.campaign
        self._stamp: object = None

    def changed(self) -> Rules | None:
        """New rules when closures or official years differ from those in force.

        A file that can't be used is logged and changes nothing: what was in force stays.
        """
        folder = self._config.campaign.parent
        seen = stamp(folder)
        if seen == self._stamp:
            return None
        self._stamp = seen
        try:
            campaign = with_calendar(self._campaign, folder)
        except CampaignError as error:
            log.error("calendar=unusable error=%s", error)
            return None
        if campaign == self._campaign:
            return None
        self._campaign = campaign
        log.info("calendar=changed pay_until=%s", campaign.pay_until.isoformat())
        return rules_of(self._config, campaign)
