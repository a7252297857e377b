"""Clauses that are made of the words of one family alone, in whatever order people say them.

A family lists its words by kind. A clause belongs to it when nothing else stands in it and the
kinds that it must hold are there; one strange word, a name or a number, and it is left to a person.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mailflow.reading.words import Words

Kinds = frozenset[str]
LINK = ""  # the kind of words that only join the others

# A comma of people who write none is a blank.
_CLAUSE = re.compile(r"[^\s,。.!?;:~、()\U0001f300-\U0001faff]+(?P<asks>\?)?")
_LONGEST = 60  # characters: a longer clause says more than one thing


def kinds(**words: str) -> Mapping[str, re.Pattern[str]]:
    """Patterns by kind, the longer words of each first; `links` are of no kind."""
    return {
        LINK if kind == "links" else kind: re.compile(pattern) for kind, pattern in words.items()
    }


@dataclass(frozen=True, slots=True)
class Family:
    """`words`: patterns by kind. `holds`: are these kinds enough to tell the family?

    `may_ask`: a clause that ends in a question mark may belong, too.
    """

    words: Mapping[str, re.Pattern[str]]
    holds: Callable[[Kinds], bool]
    may_ask: bool = False

    def cover(self, words: Words, *, until: int | None = None) -> None:
        """Mark as understood every clause of the family, up to `until`."""
        stop = len(words.folded) if until is None else until
        for clause in _CLAUSE.finditer(words.folded, 0, stop):
            if self._is_one(clause):
                words.cover(*clause.span())

    def taken_out(self, folded: str) -> str:
        """The folded text with blanks for the clauses of this family."""
        return _CLAUSE.sub(
            lambda clause: " " * len(clause[0]) if self._is_one(clause) else clause[0], folded
        )

    def stands_in(self, folded: str) -> bool:
        """Is one of the clauses in the folded text of this family?"""
        return any(map(self._is_one, _CLAUSE.finditer(folded)))

    def _is_one(self, clause: re.Match[str]) -> bool:
        if clause["asks"] and not self.may_ask:
            return False
        return any(map(self.holds, self._readings(clause[0].removesuffix("?"))))

    def _readings(self, clause: str) -> set[Kinds]:
        """The kinds of its words for the ways to part the clause into them; of each kind the first
        word that fits counts, so longer ones stand first. None where one is strange."""
        if len(clause) > _LONGEST:
            return set()
        reached: list[set[Kinds]] = [set() for _ in range(len(clause) + 1)]
        reached[0].add(frozenset())
        for at in range(len(clause)):
            if not reached[at]:
                continue
            for kind, pattern in self.words.items():
                word = pattern.match(clause, at)
                if word is None or word.end() == at:
                    continue
                told = {kind} - {LINK}
                reached[word.end()] |= {seen | told for seen in reached[at]}
        return reached[-1]
