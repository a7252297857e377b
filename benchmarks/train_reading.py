"""Learn the weights of `mailflow.reading.weighing` from the labelled clauses, and tell their worth.

    ./dev bench train_reading [--write] [--validate]

--validate leaves out a sixth of the writers at a time and prints, for each writer and each errand,
how many harmless clauses are acted on, and how many that matter.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))

from labelled_clauses import Labelled, all_clauses, is_acted_on

from benchmarks.bench import learning
from benchmarks.bench.learning import Floats, Rows, calibrated, learn
from mailflow.reading import weighing
from mailflow.reading.weighing import FILE, clauses, grams_beside, pieces_of, views
from mailflow.reading.words import fold, plain_text
from mailflow.weights import Weights, bucket, words_of

PARTS = 6  # of the writers, left out one after the other


def whole(lines: Sequence[Labelled]) -> list[tuple[str, str]]:
    return [(fold(plain_text(one.text)), one.errand) for one in lines]


def best_scores(lines: Sequence[Labelled], weights: Floats, bias: float) -> Floats:
    """The highest score of any view of any clause of each line."""
    seen = [
        [view for clause in clauses(text, pieces_of(text)) for view in views(clause, errand)]
        or [(grams_beside(text, errand), 0.0)]
        for text, errand in whole(lines)
    ]
    rows = Rows.of(grams for found in seen for grams, _ in found)
    less = np.array([less for found in seen for _, less in found])
    firsts = np.cumsum([0, *map(len, seen)])[:-1]
    return np.maximum.reduceat(rows.times(weights) + bias - less, firsts)


def joined(lines: Sequence[Labelled]) -> list[Labelled]:
    """Each clause beside a harmless one of the same writer: it matters as much as before."""
    dice = Random(1)
    harmless: dict[tuple[str, str], list[str]] = {}
    for one in lines:
        if not one.matters:
            harmless.setdefault((one.writer, one.errand), []).append(one.text)
    both = []
    for one in lines:
        texts = [one.text, dice.choice(harmless.get((one.writer, one.errand)) or [""])]
        dice.shuffle(texts)
        both.append(replace(one, text=dice.choice("，， ").join(texts)))
    return both


def left_out(lines: Sequence[Labelled]) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Some of the writers who are measured, and all others; each writer once."""
    writers = sorted({one.writer for one in lines if one.measured})
    for first in range(PARTS):
        own = set(writers[first::PARTS])
        yield [x for x in lines if x.writer in own], [x for x in lines if x.writer not in own]


def digest(lines: Sequence[Labelled]) -> bytes:
    told = "\n".join(f"{x.writer}|{x.errand}|{x.matters}|{x.text}" for x in lines)
    return hashlib.sha256(told.encode()).digest()


def packed(lines: Sequence[Labelled], line: tuple[float, float] = (1.0, 0.0)) -> bytes:
    met = {bucket(word) for text, _ in whole(lines) for word in words_of(text)}
    return learning.packed(digest(lines), met, *learned(lines), line)


def learned(lines: Sequence[Labelled]) -> tuple[Floats, float]:
    rows = Rows.of(grams_beside(*one) for one in whole(lines))
    return learn(rows, np.array([one.matters for one in lines]))


def train(lines: Sequence[Labelled]) -> bytes:
    """The whole file: weights from all lines, calibrated on writers that were left out."""
    scores, matters = [], []
    for own, others in left_out(lines):
        met = [*own, *joined(own)]
        scores.append(best_scores(met, *learned(others)))
        matters += [one.matters for one in met]
    return packed(lines, calibrated(np.concatenate(scores), np.array(matters)))


def validate(lines: Sequence[Labelled]) -> None:
    """What is let pass of each writer: by the rules, and with weights learned from the others."""
    line = Weights.unpack(FILE.read_bytes())
    silent = Weights.unpack(bytes(FILE.stat().st_size))
    beside_chat = joined([one for one in lines if one.measured])[::4]
    by_rules: set[Labelled] = set()
    by_both: set[Labelled] = set()
    for own, others in left_out(lines):
        told = Weights.unpack(packed(others, (line.slope, line.offset)))
        for weights, passed in ((silent, by_rules), (told, by_both)):
            weighing.weights = lambda weights=weights: weights  # type: ignore[misc,assignment]
            writers = {one.writer for one in own}
            chat = [one for one in beside_chat if one.writer in writers]
            passed |= set(filter(is_acted_on, [*own, *chat]))
    print("| | matter | acted on by rules | and weights | harmless | acted on by rules | too |")
    print("|---|---|---|---|---|---|---|")
    rows: dict[str, list[Labelled]] = {"beside chat": beside_chat}
    for one in (one for one in lines if one.measured):
        kind = ", natural" if one.natural else ", twins"
        for row in (one.errand, one.errand + kind, one.writer, "all", "all" + kind):
            rows.setdefault(row, []).append(one)
    for name, row in sorted(rows.items()):
        cells = [name]
        for matters in (True, False):
            here = {one for one in row if one.matters == matters}
            cells += [
                f"{len(here)}",
                *(
                    f"{len(here & p)} ({len(here & p) / len(here):.1%})"
                    for p in (by_rules, by_both)
                ),
            ]
        print("| " + " | ".join(cells) + " |")
    for one in sorted(by_both, key=lambda one: one.writer):
        if one.matters:
            print(f"  {one.writer}, {one.errand}: {one.text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name} into the package")
    parser.add_argument(
        "--validate", action="store_true", help="leave out some writers after others"
    )
    args = parser.parse_args()
    lines = all_clauses()
    print(f"{len(lines)} clauses, {sum(one.matters for one in lines)} matter")
    if args.write:
        FILE.write_bytes(train(lines))
        print(f"{FILE}: {FILE.stat().st_size} bytes")
    if args.validate:
        validate(lines)


if __name__ == "__main__":
    main()
