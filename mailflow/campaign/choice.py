"""Which subjects of an exam go together: `all`, `1 + one of 2, 3`, `1 + any of 2, 3`.

Numbers count the subjects of the exam from 1. Terms are joined by `+`:
`2` must be taken; `one of 2, 3` is exactly one of them; `any of 2, 3` is at least one, and each
earns a certificate of its own; `optional 3` may be left out.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_TERM = re.compile(r"(?:(one of|any of|optional) )?([0-9]+(?: ?, ?[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule as written and as understood; `fixed` None means all subjects."""

    text: str
    fixed: frozenset[int] | None
    one_of: tuple[int, ...] = ()
    any_of: tuple[int, ...] = ()
    optional: tuple[int, ...] = ()

    def numbers(self) -> frozenset[int]:
        """Every subject that the rule names."""
        return (self.fixed or frozenset()).union(self.one_of, self.any_of, self.optional)

    def ways(self, offered: Collection[int]) -> tuple[frozenset[int], ...]:
        """Every set of subjects with which one may register, of those that are offered."""
        fixed = frozenset(offered) if self.fixed is None else self.fixed
        found: dict[frozenset[int], None] = {}
        for picked in self._picks():
            for left in _subsets(self.optional, least=0):
                way = fixed | picked | left
                if way and way <= frozenset(offered):
                    found[way] = None
        return tuple(found)

    def certificates(self, chosen: Collection[int]) -> int:
        """How many certificates these subjects lead to when all are passed."""
        return len(set(chosen) & set(self.any_of)) if self.any_of else 1

    def _picks(self) -> tuple[frozenset[int], ...]:
        if self.one_of:
            return tuple(frozenset({number}) for number in self.one_of)
        return _subsets(self.any_of, least=1) if self.any_of else (frozenset(),)


def _subsets(numbers: tuple[int, ...], *, least: int) -> tuple[frozenset[int], ...]:
    sizes = range(least, len(numbers) + 1)
    return tuple(frozenset(some) for size in sizes for some in combinations(numbers, size))


ALL = Choice("all", None)


def parse_choice(written: object) -> Choice:
    """Understand a rule; raises ValueError with the grammar."""
    if isinstance(written, Choice):
        return written
    text = " ".join(str(written).split())
    if text == "all":
        return ALL
    groups: dict[str, list[int]] = {"": [], "one of": [], "any of": [], "optional": []}
    for term in text.split("+"):
        read = _TERM.fullmatch(term.strip())
        if read is None:
            raise ValueError(
                'write "all", or terms joined by +: "1 + one of 2, 3", "1 + any of 2, 3" (a '
                'certificate for each), "1 + 2 + optional 3"'
            )
        groups[read[1] or ""] += [int(number) for number in read[2].split(",")]
    named = [number for group in groups.values() for number in group]
    if len(set(named)) != len(named) or (groups["one of"] and groups["any of"]):
        raise ValueError("name each subject once, and either `one of` or `any of`")
    return Choice(
        text,
        frozenset(groups[""]),
        one_of=tuple(groups["one of"]),
        any_of=tuple(groups["any of"]),
        optional=tuple(groups["optional"]),
    )


Rule = Annotated[
    Choice, BeforeValidator(parse_choice), PlainSerializer(lambda rule: rule.text, return_type=str)
]
