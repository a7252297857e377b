"""A new round from the file of an earlier one: same exams and words, other dates, a list to do.

The file is changed as text, so that its comments and its order stay. Dates move by whole weeks,
so that weekdays stay; days of exams are taken out, since they are announced, not computed.
Every line that a person has to look at has a comment `check: …`, which `mailflow campaign check`
finds. What stands in no line of its own (inline tables, long texts) is left as it is, and named in
the list, for old and new file are compared as data in the end.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from mailflow.campaign.lint import CHECK
from mailflow.campaign.round import Campaign
from mailflow.campaign.weekdays import WEEKDAYS

_DATE = re.compile(r"(?<![0-9-])20[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
_LINE = re.compile(r'(\s*([a-z_]+) *= *(?:[^"#]|"(?:[^"\\]|\\.)*")*)(?:#(.*))?')
_ANNOUNCED = ("held_on", "results_on")
_OF_THE_EXAM = ("stopped_on",)  # facts about an exam: they don't move with the round
_EMPTIED = ("group_code", "line_group", "form", "proof_form")
_SPEAKS_OF_A_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?![0-9])|[0-9]{1,2} ?月")
_WEEKS_PER_ROUND = 26
_ROUNDS_PER_YEAR = 2


@dataclass(frozen=True, slots=True)
class Clone:
    """The text of the new file, and what a person has to do before the round opens."""

    text: str
    to_do: tuple[str, ...]


def weeks_between(old: str, new: str) -> int:
    """How far rounds lie apart, `114-2` and `115-1`, with two rounds a year."""
    count = _number(new) - _number(old)
    return count * _WEEKS_PER_ROUND


def clone(text: str, old: Campaign, *, new_id: str, weeks: int) -> Clone:
    """The file of round `new_id`, made from that of `old` (its `text`)."""
    work = _Clone(old, new_id, timedelta(weeks=weeks))
    body = dropwhile(lambda line: line.startswith("#"), text.splitlines())
    lines = [
        f"# Round {new_id}, made from {old.id}. All dates and times are Asia/Taipei.",
        "# Correct the lines marked `check`, then run `mailflow campaign check`.",
        *(made for line in body if (made := work.line(line)) is not None),
    ]
    if old.courses:
        work.to_do.append("courses: the list is of the old round")
    stops = {exam.stopped_on: exam for exam in old.exams if exam.stopped_on}
    opens = old.opens_on + timedelta(weeks=weeks)
    for stopped_on, exam in sorted(stops.items()):
        if stopped_on <= opens:
            gone = [one.name for one in old.exams if one.stopped_on == stopped_on]
            work.to_do.append(
                f"{'、'.join(gone)}: stopped on {stopped_on}, take out; {exam.successor}"
            )
    made = "\n".join(lines) + "\n"
    left = _left_over(tomllib.loads(text), tomllib.loads(made))
    return Clone(made, (*work.to_do, *left))


class _Clone:
    """One pass over the lines; `to_do` grows on the way."""

    def __init__(self, old: Campaign, new_id: str, shift: timedelta) -> None:
        self._old = old
        self._new_id = new_id
        self._shift = shift
        self.to_do: list[str] = []

    def line(self, line: str) -> str | None:
        """The line as it stands in the new file; None when it is taken out."""
        found = _LINE.fullmatch(line)
        if found is None:
            return line
        value, key = found[1], found[2]
        if value.count("[") > value.count("]"):
            return line  # a list over several lines
        if key == "id" and f'"{self._old.id}"' in line:
            return line.replace(f'"{self._old.id}"', f'"{self._new_id}"')
        if key == "case_prefix":
            letters = self._old.case_prefix.rstrip("0123456789")
            prefix = f"{letters}{self._new_id[:3]}"
            return f'case_prefix = "{prefix}"  # case numbers look like {prefix}-0001'
        if key == "title":
            return self._marked(value, "names the old round")
        if key in _ANNOUNCED:
            self.to_do.append(f"{key}: {value.partition('=')[2].strip()} was the old round's")
            return None
        if key in _EMPTIED and '""' not in value:
            return self._marked(re.sub(r'"[^"]*"', '""', value), "was the old round's")
        if key == "semester":
            return self._marked(value, "the semester that the reward is for")
        if _DATE.search(value) and key not in _OF_THE_EXAM:
            return self._moved(value)
        return line

    def _moved(self, value: str) -> str:
        days = [date.fromisoformat(day) for day in _DATE.findall(value)]
        moved = iter(day + self._shift for day in days)
        changed = _DATE.sub(lambda _: str(next(moved)), value)
        weekday = f"({WEEKDAYS[days[0].weekday()]}) " if len(days) == 1 else ""
        return self._marked(changed, f"was {', '.join(map(str, days))}", weekday=weekday)

    def _marked(self, value: str, why: str, *, weekday: str = "") -> str:
        self.to_do.append(f"{value.strip()} {weekday}{why}")
        return f"{value.rstrip()}  # {weekday}{CHECK} {why}"


def _left_over(old: object, new: object, place: str = "") -> Iterator[str]:
    """Days of the old round that still stand in the new one, and texts that speak of a day."""
    if isinstance(new, dict) and isinstance(old, dict):
        for key, value in new.items():
            if key not in _OF_THE_EXAM:
                yield from _left_over(old.get(key), value, f"{place}.{key}" if place else key)
    elif isinstance(new, list) and isinstance(old, list):
        for number, (before, value) in enumerate(zip(old, new, strict=False)):
            yield from _left_over(before, value, f"{place}.{number}")
    elif isinstance(new, date) and new == old:
        yield f"{place} = {new}: still the old round's"
    elif isinstance(new, str) and _SPEAKS_OF_A_DAY.search(new) and "://" not in new:
        yield f"{place}: speaks of a day: {new.strip()[:60]}"


def _number(round_id: str) -> int:
    year, _, number = round_id.partition("-")
    return int(year) * _ROUNDS_PER_YEAR + int(number)
