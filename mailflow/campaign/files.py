"""Read a campaign file and what lies beside it: later closures and imported calendar years."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mailflow.campaign.round import Calendar, Campaign

CLOSURES = "closures.toml"
CALENDAR = "calendar.toml"


class CampaignError(ValueError):
    """The campaign file can't be used; the text lists every problem with its remedy."""


def load_campaign(path: Path) -> Campaign:
    """Read and check a campaign file; raises CampaignError naming every problem."""
    data = read_toml(path)
    try:
        campaign = Campaign.model_validate(data)
    except ValidationError as error:
        raise CampaignError(_problems(path, error)) from error
    calendar = campaign.calendar
    later = load_beside(path.parent)
    both = {
        "closures": (*calendar.closures, *later.closures),
        "years": (*later.years, *calendar.years),
    }
    return campaign.model_copy(update={"calendar": calendar.model_copy(update=both)})


def load_beside(folder: Path) -> Calendar:
    """The closures and official years kept in a folder; raises CampaignError."""
    found: dict[str, Any] = {}
    for name, key in ((CLOSURES, "closures"), (CALENDAR, "years")):
        path = folder / name
        if path.exists():
            data = read_toml(path)
            try:
                found[key] = getattr(Calendar.model_validate({key: data.pop(key, [])}), key)
            except ValidationError as error:
                raise CampaignError(_problems(path, error)) from error
            if data:
                raise CampaignError(f"{path}: {', '.join(data)}: only [[{key}]] belongs here")
    return Calendar(**found)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as it is; raises CampaignError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CampaignError(f"{path}: {error}") from error


def _problems(path: Path, error: ValidationError) -> str:
    return "\n".join(
        f"{path}: {'.'.join(map(str, problem['loc'])) or 'campaign'}: {problem['msg']}"
        for problem in error.errors()
    )
