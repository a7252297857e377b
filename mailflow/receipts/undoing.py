"""Does a row of a proof undo the payment it stands under? A linear model's guess. Pure.

It weighs what no rule thought of (款項尚在途中, 已止付), by n-grams learned from
rows that people wrote (tests/data/proof_rows, the genuine ones of tests/data/proof_pages) with
`./dev bench train_receipts`. What it never met speaks against a row. It can only take an accept
away (docs/decisions/0017).
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from mailflow.receipts.labels import Entry
from mailflow.receipts.lines import Line, normalise
from mailflow.receipts.other_payments import paragraphs
from mailflow.receipts.paid_lines import only_says_paid
from mailflow.weights import Weights, bucket, grams_of, words_of

FILE = Path(__file__).with_name("undoing.bin")
SURE = 90.0  # of 100: what an engine read less surely is no word to be weighed
UNMET = 1.0  # what a neighbourhood that was never met adds, by the root of their number
AT_MOST = 0.6
_ENDS = re.compile("(?<=[。!?])")
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


def score(text: str, *, whole: bool = True) -> float:
    """How much speaks for it that a sentence undoes its payment; above `AT_MOST` a person looks.

    `whole`: it is no part of one, whose edges and few words may stand nowhere else.
    """
    folded, model = fold(text), weights()
    known = model.score(grams_of(folded))
    pairs = neighbours(folded) if whole else ()
    unmet = sum(not model.of[bucket(pair)] for pair in pairs)
    return known + UNMET * unmet / sqrt(len(pairs) or 1)


def undoing_rows(lines: Sequence[Line], found: Sequence[Entry] = ()) -> tuple[str, ...]:
    """The sentences, and the rows of longer ones, that may undo the payment; () of a page that
    says the usual. `found`: labels that are known say nothing by themselves."""
    labels = sorted({entry.label for entry in found if entry.label}, key=len, reverse=True)
    sure = [line for line in lines if min(cell.confidence for cell in line.cells) >= SURE]
    sentences = dict.fromkeys(part for row in paragraphs(sure) for part in _ENDS.split(row))
    doubtful = [told for told in sentences if _speaks(told, labels) and score(told) > AT_MOST]
    for line in sure:
        part = line.text not in sentences and _speaks(line.text, labels)
        if part and score(line.text, whole=False) > AT_MOST:
            doubtful.append(line.text)
    return tuple(doubtful)


def _speaks(text: str, labels: Sequence[str]) -> bool:
    """Whether there are words beside known labels and units, and it does not just say paid."""
    beside = text
    for label in labels:
        beside = beside.replace(label, " ")
    return bool(_WORD.search(_UNIT.sub("", beside))) and not only_says_paid(text)
