"""Do words that no rule understands matter? A linear model's guess, for a clause beside an errand.

It weighs n-grams of characters and words, learned from labelled clauses (tests/data/clauses) by
`./dev bench train_reading`. It is heard only after the rules, and only where nothing but unread
words keeps a message back (docs/decisions/0014).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from struct import Struct
from zlib import crc32

from mailflow.reading.words import Words

BUCKETS = 1 << 20
FILE = Path(__file__).with_name("weighing.bin")
# Head of the file: digest of what it was learned from, worth of one step, bias, and the line that
# makes a chance of a score (slope, offset); one signed byte for each bucket follows. A single word
# that was met weighs at least one step, so that 0 tells that it was not.
HEAD = Struct("<32s4d")
_LONGEST = 3
_PARTS = (3, 4, 5)
_SHOWN = 5
_ALONE = 1.0  # so that no chat hides what stands beside it
# Written Taiwanese and Hakka, where common characters have another sense.
_OTHER_TONGUE = frozenset("毋佇遐遮攏个佗咧")
STRANGE_AT_MOST = 1 / 8  # of the words of a clause: what the weights never met, they can't judge
_UNITS = re.compile(r"[a-z']+|0|[^\sa-z0']")
_NUMBER = re.compile("[0-9]+")
_SENTENCE = re.compile(r"[^\n。.!?;…~]+[!?]*")
_WORD = re.compile(r"\w")
_COMMAS = re.compile("[,、: ]{1,3}")
# A blank beside a Chinese character is a comma, too.
_PIECE = re.compile(r"(?:[^,、: ]|(?<![\u3400-\u9fff,、:]) (?![\u3400-\u9fff]))+")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause with unread words, the chance that it matters, and what said so most loudly.

    `grams`: n-gram and its part in the sum, the weightiest first; more than 0 speaks for mattering.
    """

    clause: str
    chance: float
    grams: tuple[tuple[str, float], ...]


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

    def score(self, grams: set[str]) -> float:
        """Above 0: rather matters. Many n-grams together weigh by the root of their number."""
        total = sum(self.of[bucket(gram)] for gram in grams)
        return self.bias + self.step * total / math.sqrt(len(grams))

    def chance(self, score: float) -> float:
        """How often clauses with this score mattered, of writers that it had not learned from."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))

    def can_judge(self, clause: str) -> bool:
        """Has it met nearly all words of the clause?"""
        words = words_of(clause)
        strange = sum(not self.of[bucket(word)] for word in words)
        return strange <= STRANGE_AT_MOST * len(words) and _OTHER_TONGUE.isdisjoint(words)


@cache
def weights() -> Weights:
    return Weights.unpack(FILE.read_bytes())


def bucket(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def words_of(clause: str) -> list[str]:
    """Chinese characters, English words, signs; every number is a 0."""
    return _UNITS.findall(_NUMBER.sub("0", clause))


def grams_of(clause: str, errand: str) -> set[str]:
    """N-grams of folded characters and words, parts of long words, and single ones by errand."""
    units = ["^", *words_of(clause), "$"]
    found = {
        "\x01".join(units[at : at + n])
        for n in range(1, _LONGEST + 1)
        for at in range(len(units) - n + 1)
    }
    found |= {f"{errand}|{unit}" for unit in units}
    for word in units:
        if len(word) > _PARTS[0]:
            edged = f"<{word}>"
            found |= {f"#{edged[at : at + n]}" for n in _PARTS for at in range(len(edged) - n + 1)}
    return found


def pieces_of(folded: str) -> list[tuple[int, int]]:
    """Start and end of each stretch between commas, colons, ends of sentences and lines."""
    return [
        piece.span()
        for sentence in _SENTENCE.finditer(folded)
        for piece in _PIECE.finditer(folded, *sentence.span())
        if _WORD.search(piece[0])
    ]


def unread_pieces(words: Words) -> list[tuple[int, int]]:
    """Those in which a word was left over."""
    uncovered = words.uncovered()
    return [span for span in pieces_of(words.folded) if _WORD.search(uncovered, *span)]


def clauses(folded: str, pieces: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What is weighed by itself: two neighbours of these pieces, or one that has none."""
    follows = [bool(_COMMAS.fullmatch(folded, a[1], b[0])) for a, b in pairwise(pieces)] + [False]
    for at, (start, end) in enumerate(pieces):
        if follows[at]:
            yield folded[start : pieces[at + 1][1]]
        elif not at or not follows[at - 1]:
            yield folded[start:end]


def weigh(clause: str, errand: str) -> Weighed:
    """A clause in folded words. What the weights can't judge may matter as well as not."""
    model = weights()
    grams, score = max(
        ((grams, model.score(grams) - less) for grams, less in views(clause, errand)),
        key=lambda view: view[1],
    )
    chance = model.chance(score)
    worth = model.step / math.sqrt(len(grams))
    parts = [(gram.replace("\x01", ""), worth * model.of[bucket(gram)]) for gram in grams]
    parts.sort(key=lambda part: (-abs(part[1]), part[0]))
    return Weighed(
        clause.strip(),
        round(chance if model.can_judge(clause) else max(chance, 0.5), 4),
        tuple((gram, round(part, 3)) for gram, part in parts[:_SHOWN]),
    )


def views(clause: str, errand: str) -> Iterator[tuple[set[str], float]]:
    """The n-grams of the clause, and of each of its pieces; a piece alone says `_ALONE` less."""
    yield grams_of(clause, errand), 0.0
    pieces = pieces_of(clause)
    for start, end in pieces if len(pieces) > 1 else ():
        yield grams_of(clause[start:end], errand), _ALONE
