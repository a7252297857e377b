"""Learn the weights of `mailflow.reading.weighing` from the labelled clauses, and tell their worth.

    ./dev bench train_reading [--write] [--validate]

Logistic regression by accelerated gradient descent in numpy: the same data give the same bytes.
--validate leaves out a sixth of the writers at a time and prints, for each writer and each errand,
how many harmless clauses are acted on, and how many that matter.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))

from labelled_clauses import Labelled, all_clauses, is_acted_on

from mailflow.reading import weighing
from mailflow.reading.weighing import (
    BUCKETS,
    FILE,
    HEAD,
    Weights,
    bucket,
    clauses,
    grams_of,
    pieces_of,
    views,
    words_of,
)
from mailflow.reading.words import fold, plain_text

ROUNDS = 800
PARTS = 6  # of the writers, left out one after the other
PENALTY = 1 / 30  # the sum of squares, beside the sum of losses

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows of equal entries: the buckets of each clause, and where each row begins."""

    buckets: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Iterable[Iterable[str]]) -> "Rows":
        found = [[bucket(gram) for gram in one] for one in lists]
        starts = np.cumsum([0, *map(len, found)])
        return cls(np.array([b for one in found for b in one], dtype=np.int64), starts)

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def times(self, weights: Floats) -> Floats:
        """For each row the sum of its weights by the root of their number."""
        return np.add.reduceat(weights[self.buckets], self.starts[:-1]) / np.sqrt(self.sizes)

    def back(self, errors: Floats, count: int) -> Floats:
        spread = np.repeat(errors / np.sqrt(self.sizes), self.sizes)
        return np.bincount(self.buckets, spread, minlength=count)

    def only(self, kept: NDArray[np.bool_]) -> "Rows":
        return Rows(
            self.buckets[np.repeat(kept, self.sizes)],
            np.concatenate([[0], np.cumsum(self.sizes[kept])]),
        )


def learn(rows: Rows, matters: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and bias that tell the two classes apart (Nesterov's method, fixed steps)."""
    used, places = np.unique(rows.buckets, return_inverse=True)
    near, count, truth = Rows(places, rows.starts), len(matters), matters.astype(float)
    weights = before = np.zeros(len(used))
    bias = bias_before = 0.0
    rate = 1 / (0.5 + PENALTY / count)
    for turn in range(ROUNDS):
        ahead = turn / (turn + 3)
        at, bias_at = weights + ahead * (weights - before), bias + ahead * (bias - bias_before)
        errors = 1 / (1 + np.exp(-near.times(at) - bias_at)) - truth
        before, bias_before = weights, bias
        weights = at - rate * (near.back(errors, len(used)) + PENALTY * at) / count
        bias = float(bias_at - rate * errors.mean())
    spread = np.zeros(BUCKETS)
    spread[used] = weights
    return spread, bias


def whole(lines: Sequence[Labelled]) -> list[tuple[str, str]]:
    return [(fold(plain_text(one.text)), one.errand) for one in lines]


def best_scores(lines: Sequence[Labelled], weights: Floats, bias: float) -> Floats:
    """The highest score of any view of any clause of each line."""
    seen = [
        [view for clause in clauses(text, pieces_of(text)) for view in views(clause, errand)]
        or [(grams_of(text, errand), 0.0)]
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


def calibrated(scores: Floats, matters: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the chance that a score means, by Newton's method."""
    line = np.zeros(2)
    points = np.stack([scores, np.ones_like(scores)], 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-points @ line))
        line += np.linalg.solve((points.T * (p * (1 - p))) @ points, points.T @ (matters - p))
    return float(line[0]), float(line[1])


def digest(lines: Sequence[Labelled]) -> bytes:
    told = "\n".join(f"{x.writer}|{x.errand}|{x.matters}|{x.text}" for x in lines)
    return hashlib.sha256(told.encode()).digest()


def packed(lines: Sequence[Labelled], line: tuple[float, float] = (1.0, 0.0)) -> bytes:
    weights, bias = learned(lines)
    step = float(np.abs(weights).max()) / 127
    steps = np.rint(weights / step).astype(np.int8)
    met = np.array(sorted({bucket(w) for text, _ in whole(lines) for w in words_of(text)}))
    steps[met] = np.where(steps[met] == 0, np.where(weights[met] < 0, -1, 1), steps[met])
    return HEAD.pack(digest(lines), step, bias, *line) + steps.tobytes()


def learned(lines: Sequence[Labelled]) -> tuple[Floats, float]:
    rows = Rows.of(grams_of(*one) for one in whole(lines))
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
