"""The iPAS exams as their brochures give them: what a campaign is written and checked by."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mailflow.campaign.exams import Exam


@dataclass(frozen=True, slots=True)
class Stopped:
    """An exam of earlier years whose subjects are not known; "" = no successor."""

    code: str
    name: str
    stopped_in: int
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    as_of: date
    source: str
    exams: tuple[Exam, ...]
    stopped: tuple[Stopped, ...]

    def find(self, key: str) -> Exam | None:
        """The exam of that key, `AIAP 初級`."""
        return next((exam for exam in self.exams if exam.key == key), None)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that comes with the package."""
    data = tomllib.loads(catalogue_text())
    return Catalogue(
        as_of=data["as_of"],
        source=data["source"],
        exams=tuple(Exam.model_validate(exam) for exam in data["exams"]),
        stopped=tuple(Stopped(**exam) for exam in data["stopped"]),
    )


def blocks(wanted: str) -> list[str]:
    """The `[[exams]]` blocks, ready to copy, whose code, name or key contains `wanted`."""
    body = catalogue_text().partition("[[exams]]")[2].partition("\n# Stopped before")[0]
    found = ["[[exams]]" + block.rstrip() for block in body.split("[[exams]]")]
    return [block for block in found if wanted.casefold() in _title(block).casefold()]


def catalogue_text() -> str:
    return files("mailflow.campaign").joinpath("catalogue.toml").read_text(encoding="utf-8")


def _title(block: str) -> str:
    values = dict(re.findall(r'(?m)^(name|code|level) = "(.*)"', block))
    return f"{values['name']} {values['code']} {values['level']}"
