"""Read a campaign file and what lies beside it: later closures and imported calendar years."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mailflow.campaign.calendar import OfficialYear
from mailflow.campaign.round import Calendar, Campaign, Closure
from mailflow.refusals import problems

CLOSURES = "closures.toml"
CALENDAR = "calendar.toml"


class CampaignError(ValueError):
    """The campaign file can't be used; the text lists every problem with its remedy."""


def load_campaign(path: Path) -> Campaign:
    """Read and check a campaign file; raises CampaignError naming every problem."""
    data = read_toml(path)
    for key, name in (("closures", CLOSURES), ("years", CALENDAR)):
        if key in data.get("calendar", {}):
            raise CampaignError(f"{path}: calendar.{key}: belongs into {name} beside this file")
    try:
        campaign = Campaign.model_validate(data)
    except ValidationError as error:
        raise CampaignError(_told(path, error)) from error
    return with_calendar(campaign, path.parent)


def with_calendar(campaign: Campaign, folder: Path) -> Campaign:
    """The same round with the closures and official years that the folder holds now."""
    beside = load_beside(folder)
    both = {"closures": beside.closures, "years": beside.years}
    return campaign.model_copy(update={"calendar": campaign.calendar.model_copy(update=both)})


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
                raise CampaignError(_told(path, error)) from error
            if data:
                raise CampaignError(f"{path}: {', '.join(data)}: only [[{key}]] belongs here")
    return Calendar(**found)


def stamp(folder: Path) -> tuple[tuple[int, int] | None, ...]:
    """Changes whenever one of the files beside a campaign does."""
    return tuple(_stamp(folder / name) for name in (CLOSURES, CALENDAR))


def closures_toml(closures: Iterable[Closure]) -> str:
    """The text of `closures.toml`, oldest day first."""
    lines = ["# Days the office turned out to be closed. Kept by `mailflow campaign close`."]
    for closure in sorted(closures, key=lambda one: one.on):
        lines += ["", "[[closures]]", f"on = {closure.on}", f"why = {_quoted(closure.why)}"]
        if closure.noted_at:
            lines.append(f"noted_at = {closure.noted_at.isoformat(timespec='seconds')}")
        if closure.noted_by:
            lines.append(f"noted_by = {_quoted(closure.noted_by)}")
    return "\n".join(lines) + "\n"


def calendar_toml(years: Iterable[OfficialYear]) -> str:
    """The text of `calendar.toml`, oldest year first."""
    lines = ["# Official years. Kept by `mailflow campaign calendar import`."]
    for year in sorted(years, key=lambda one: one.year):
        lines += ["", "[[years]]", f"year = {year.year}", f"source = {_quoted(year.source)}"]
        for name, days in (("days_off", year.days_off), ("working", year.working)):
            lines.append(f"{name} = [{', '.join(str(day) for day in sorted(days))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as it is; raises CampaignError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise CampaignError(f"{path} does not exist: name a campaign file that is there") from error
    except OSError as error:
        raise CampaignError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CampaignError(f"{path}: {error}") from error


def _told(path: Path, error: ValidationError) -> str:
    return "\n".join(problems(path, error, sample="campaigns/114-2.toml"))
