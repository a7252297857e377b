"""Does a row of a proof undo the payment it stands under? A linear model's guess. Pure.

It weighs what no rule thought of (款項尚在途中, 已止付), by n-grams learned from
rows that people wrote (tests/data/proof_rows, the genuine ones of tests/data/proof_pages) with
`./dev bench train_receipts`. What it never met speaks against a row. It can only take an accept
away (docs/decisions/0017).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line, normalise
from mailflow.receipts.paid_words import says_it_is_done, says_it_is_paid
from mailflow.weights import Weights, bucket, grams_of, words_of

FILE = Path(__file__).with_name("undoing.bin")
SURE = 90.0  # of 100: what an engine read less surely is no word to be weighed
UNMET = 1.0  # what a neighbourhood that was never met adds, by the root of their number
AT_MOST = 0.6
_ENDS = re.compile("(?<=[。;!?])")
_WORD = re.compile("[\u3400-\u9fffA-Za-z]{2}")
_UNIT = re.compile("NTD?|TWD|新?台幣|元整?")


@cache
def weights() -> Weights:
    return Weights.unpack(FILE.read_bytes())


def fold(row: str) -> str:
    return normalise(row).lower()


def neighbours(row: str) -> list[str]:
    """Each two words of a folded row that stand side by side, as n-grams."""
    return ["\x01".join(pair) for pair in pairwise(["^", *words_of(row), "$"])]


def score(row: str) -> float:
    """How much speaks for it that the row undoes its payment; above `AT_MOST` a person looks."""
    folded, model = fold(row), weights()
    pairs = neighbours(folded)
    unmet = sum(not model.of[bucket(pair)] for pair in pairs)
    return model.score(grams_of(folded)) + UNMET * unmet / sqrt(len(pairs))


def undoing_rows(lines: Sequence[Line], found: Sequence[Entry] = ()) -> tuple[str, ...]:
    """The rows that may undo the payment; () of a page that says the usual. `found`: labels that
    are known say nothing by themselves."""
    rows = dict.fromkeys(_spoken(lines, found))
    return tuple(row for row in rows if score(row) > AT_MOST)


def _spoken(lines: Sequence[Line], found: Sequence[Entry]) -> Iterator[str]:
    """Each sentence of the rows that an engine was sure of, without those that only say paid."""
    labels = sorted({entry.label for entry in found if entry.label}, key=len, reverse=True)
    for line in lines:
        if min(cell.confidence for cell in line.cells) < SURE or _says_paid_alone(line.text):
            continue
        for part in _ENDS.split(line.text):
            beside = part
            for label in labels:
                beside = beside.replace(label, " ")
            if _WORD.search(_UNIT.sub("", beside)):
                yield part


def _says_paid_alone(row: str) -> bool:
    return says_it_is_paid(row) or says_it_is_done(row)
