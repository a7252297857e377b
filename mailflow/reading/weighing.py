"""Do words that no rule understands matter? A linear model's guess, for a clause beside an errand.

It weighs n-grams of characters and words, learned from labelled clauses (tests/data/clauses) by
`./dev bench train_reading`. It is heard only after the rules, and only where nothing but unread
words keeps a message back (docs/decisions/0014).
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from mailflow.reading.result import Weighed
from mailflow.reading.words import Words
from mailflow.weights import Weights, bucket, grams_of, words_of

FILE = Path(__file__).with_name("weighing.bin")
_SHOWN = 5
_ALONE = 1.0  # so that no chat hides what stands beside it
# Written Taiwanese and Hakka, where common characters have another sense.
_OTHER_TONGUE = frozenset("毋佇遐遮攏个佗咧")
STRANGE_AT_MOST = 1 / 8  # of the words of a clause: what the weights never met, they can't judge
_SENTENCE = re.compile(r"[^\n。.!?;…~]+[!?]*")
_WORD = re.compile(r"\w")
_COMMAS = re.compile("[,、: ]{1,3}")
# A blank beside a Chinese character is a comma, too.
_PIECE = re.compile(r"(?:[^,、: ]|(?<![\u3400-\u9fff,、:]) (?![\u3400-\u9fff]))+")


@cache
def weights() -> Weights:
    return Weights.unpack(FILE.read_bytes())


def grams_beside(clause: str, errand: str) -> set[str]:
    """N-grams of a folded clause, and its single words by errand."""
    return grams_of(clause) | {f"{errand}|{unit}" for unit in ("^", *words_of(clause), "$")}


def can_judge(clause: str) -> bool:
    """Have the weights met nearly all words of the clause?"""
    known = weights().strange(clause) <= STRANGE_AT_MOST
    return known and _OTHER_TONGUE.isdisjoint(words_of(clause))


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
        round(chance if can_judge(clause) else max(chance, 0.5), 4),
        tuple((gram, round(part, 3)) for gram, part in parts[:_SHOWN]),
    )


def views(clause: str, errand: str) -> Iterator[tuple[set[str], float]]:
    """The n-grams of the clause, and of each of its pieces; a piece alone says `_ALONE` less."""
    yield grams_beside(clause, errand), 0.0
    pieces = pieces_of(clause)
    for start, end in pieces if len(pieces) > 1 else ():
        yield grams_beside(clause[start:end], errand), _ALONE
