"""The reward for certificates handed in: what counts, and who stands where.

Source: the office's guide of 114: 100 for each certificate, at home or abroad, language
certificates excluded, got in the stated semester and handed in by 10/3; 3000, 2000, 1000 and 500
for the first four. How equal numbers share a place is not said: it is shown and left to staff.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailflow.campaign import Reward

LANGUAGE = "language_certificate"
ISSUE_DAY = "issue_day_unknown"
_LANGUAGES = re.compile(
    r"多益|托福|雅思|全民英檢|英檢|日檢|日語|日本語|韓語|韓檢|德語|德福|法語|西班牙語|西語|華語文"
    r"|華語|英語|英文|語言(?:能力|檢定|測驗)|閩南語|臺語|台語|客語"
    r"|\b(?:toeic|toefl|ielts|gept|bulats|linguaskill|jlpt|topik|tocfl|hsk|delf|dalf|dele|goethe"
    r"|testdaf|duolingo|cambridge english|cefr|pte)\b",
    re.IGNORECASE,
)


def is_language(title: str) -> bool:
    """Whether a certificate's title names a test of a language."""
    return bool(_LANGUAGES.search(unicodedata.normalize("NFKC", title)))


def doubts(title: str, rule: Reward, *, issued_on: date | None, arrived_at: datetime) -> list[str]:
    """What speaks against counting a certificate; a person decides."""
    found = [] if title.strip() else ["title_unknown"]
    if is_language(title) and not rule.with_languages:
        found.append(LANGUAGE)
    if issued_on is None:
        found.append(ISSUE_DAY)
    elif not rule.got_from <= issued_on <= rule.got_until:
        found.append("issued_outside_period")
    if arrived_at > rule.upload_until:
        found.append("uploaded_late")
    return found


@dataclass(frozen=True, slots=True)
class Rank:
    """One person in the ranking, by a key that the caller knows. `tied`: shares a place that has
    a prize, and staff have not said yet who gets it; `prize` is 0 then."""

    key: str
    count: int
    rank: int
    tied: bool
    prize: int
    total: int


def ranking(
    counts: Mapping[str, int], rule: Reward, *, places: Mapping[str, int] | None = None
) -> list[Rank]:
    """Most certificates first; equal numbers share a rank (1, 2, 2, 4). `places` are what staff
    have said of those who are tied (a place from 1; beyond the prizes: none)."""
    said = places or {}
    sharing = Counter(counts.values())
    standings = []
    for key, count in counts.items():
        if count < 1:
            continue
        rank = 1 + sum(1 for other in counts.values() if other > count)
        shares = sharing[count] > 1 and rank <= len(rule.ranks)
        tied = shares and key not in said
        place = said.get(key, rank) if shares else rank
        prize = rule.ranks[place - 1] if not tied and place <= len(rule.ranks) else 0
        total = count * rule.per_certificate + prize
        standings.append(Rank(key, count, place, tied, prize, total))
    return sorted(standings, key=lambda one: (one.rank, -one.count, one.key))


def published_name(name: str) -> str:
    """A name as it may be published: 王O明, 王O, CHEN O. Rare characters count as one."""
    name = " ".join(name.split())
    if re.fullmatch(r"[A-Za-z ,.'-]+", name):
        return f"{re.split(r'[ ,]', name)[0]} O"
    if len(name) < 3:
        return f"{name[:1]}O"
    return f"{name[0]}{'O' * (len(name) - 2)}{name[-1]}"
