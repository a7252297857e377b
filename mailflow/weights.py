"""A linear model over n-grams of a few words: weights in a file, and what a text is worth by them.

Two rooms weigh with it what no rule of theirs knows: `reading.weighing` a clause beside an errand,
`receipts.undoing` a row of a proof. `benchmarks/bench/learning.py` learns the weights.
"""

import math
import re
from collections.abc import Set
from dataclasses import dataclass
from struct import Struct
from zlib import crc32

BUCKETS = 1 << 20
# Head of a file: digest of what it was learned from, worth of one step, bias, and the line that
# makes a chance of a score (slope, offset); one signed byte for each bucket follows. A single word
# that was met weighs at least one step, so that 0 tells that it was not.
HEAD = Struct("<32s4d")
_LONGEST = 3
_PARTS = (3, 4, 5)
_UNITS = re.compile(r"[a-z']+|0|[^\sa-z0']")
_NUMBER = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: a signed byte for each bucket, and how a sum of them becomes a chance."""

    learned_from: bytes
    step: float
    bias: float
    slope: float
    offset: float
    of: memoryview

    @classmethod
    def unpack(cls, raw: bytes) -> "Weights":
        learned_from, step, bias, slope, offset = HEAD.unpack_from(raw)
        steps = memoryview(raw)[HEAD.size :].cast("b")
        return cls(learned_from, step, bias, slope, offset, steps)

    def score(self, grams: Set[str]) -> float:
        """Above 0: rather yes. Many n-grams together weigh by the root of their number."""
        total = sum(self.of[bucket(gram)] for gram in grams)
        return self.bias + self.step * total / math.sqrt(len(grams))

    def chance(self, score: float) -> float:
        """How often texts with this score were a yes, of writers that it had not learned from."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))

    def strange(self, text: str) -> float:
        """The share of the words of a folded text that it never met."""
        words = words_of(text)
        return sum(not self.of[bucket(word)] for word in words) / max(1, len(words))


def bucket(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def words_of(text: str) -> list[str]:
    """Chinese characters, English words, signs of a folded text; every number is a 0."""
    return _UNITS.findall(_NUMBER.sub("0", text))


def grams_of(text: str) -> set[str]:
    """N-grams of characters and words of a folded text, and parts of long words."""
    units = ["^", *words_of(text), "$"]
    found = {
        "\x01".join(units[at : at + n])
        for n in range(1, _LONGEST + 1)
        for at in range(len(units) - n + 1)
    }
    for word in units:
        if len(word) > _PARTS[0]:
            edged = f"<{word}>"
            found |= {f"#{edged[at : at + n]}" for n in _PARTS for at in range(len(edged) - n + 1)}
    return found
