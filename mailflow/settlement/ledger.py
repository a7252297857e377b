"""Which lines of a file are new. Files repeat and overlap; two equal lines are two payments.

The law: the ledger holds each line as often as the file that names it most often. So the same
file adds nothing, an overlapping one only what is new, in whatever order files come; and a file
that is taken back takes along only what no other file says.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def additions(file: Sequence[Key], ledger: Mapping[Key, int]) -> list[int]:
    """The positions in the file of the lines that the ledger lacks."""
    seen: Counter[Key] = Counter()
    new = []
    for position, key in enumerate(file):
        seen[key] += 1
        if seen[key] > ledger.get(key, 0):
            new.append(position)
    return new


def surplus(ledger: Mapping[Key, int], others: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    """How many of each line have to go when only the `others` remain (0 is left out)."""
    needed: Counter[Key] = Counter()
    for file in others:
        needed |= Counter(file)
    return {key: held - needed[key] for key, held in ledger.items() if held > needed[key]}
