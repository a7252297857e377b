"""Clauses that are made of the words of one family alone, in whatever order people say them.

A family lists its words by kind. A clause belongs to it when nothing else stands in it and the
kinds that it must hold are there; one strange word, a name or a number, and it is left to a person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mailflow.reading.words import Words

# A comma of people who write none is a blank.
_CLAUSE = re.compile(r"[^\s,。.!?;:~、()]+(?P<asks>\?)?")


@dataclass(frozen=True, slots=True)
class Family:
    """`words`: groups named by kind, and links without a name. `holds`: are these kinds enough?

    `may_ask`: a clause that ends in a question mark may belong, too.
    """

    words: re.Pattern[str]
    holds: Callable[[set[str]], bool]
    may_ask: bool = False

    def cover(self, words: Words) -> None:
        """Mark as understood every clause of the family."""
        for clause in _CLAUSE.finditer(words.folded):
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
        kinds = self._kinds(clause[0].rstrip("?"))
        return kinds is not None and self.holds(kinds)

    def _kinds(self, clause: str) -> set[str] | None:
        at, kinds = 0, set()
        while at < len(clause):
            token = self.words.match(clause, at)
            if token is None or token.end() == at:
                return None
            if token.lastgroup:
                kinds.add(token.lastgroup)
            at = token.end()
        return kinds
