"""Learn the weights of `mailflow.reading.weighing` from the labelled clauses, and tell their worth.

    ./dev bench train_reading [--write] [--validate]

Logistic regression by accelerated gradient descent in numpy: the same data give the same bytes.
--validate leaves out one writer after another and prints, for each writer and each errand, how many
harmless clauses that the rules alone would hold are let pass, and how many that matter.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))

from labelled_clauses import Labelled, all_clauses, beside
from reading_cast import hear

from mailflow.reading.weighing import BUCKETS, FILE, HEAD, bucket, clauses, grams_of
from mailflow.reading.words import fold, plain_text

ROUNDS = 400
PENALTY = 1 / 30  # the sum of squares, beside the sum of losses
BARS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """Sparse rows of equal entries: the buckets of each clause, and where each begins."""

    buckets: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[tuple[str, str]]) -> "Rows":
        lists = [sorted({bucket(g) for g in grams_of(text, errand)}) for text, errand in texts]
        starts = np.cumsum([0, *map(len, lists)])
        return cls(np.array([b for found in lists for b in found], dtype=np.int64), starts)

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def times(self, weights: Floats) -> Floats:
        sums = np.add.reduceat(weights[self.buckets], self.starts[:-1])
        return sums / np.sqrt(self.sizes)

    def back(self, errors: Floats) -> Floats:
        spread = np.repeat(errors / np.sqrt(self.sizes), self.sizes)
        return np.bincount(self.buckets, spread, minlength=BUCKETS)

    def only(self, kept: NDArray[np.bool_]) -> "Rows":
        mask = np.repeat(kept, self.sizes)
        return Rows(self.buckets[mask], np.concatenate([[0], np.cumsum(self.sizes[kept])]))


def learn(rows: Rows, matters: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and bias that tell the two classes apart (Nesterov's method, fixed steps)."""
    count, truth = len(matters), matters.astype(float)
    weights, bias = np.zeros(BUCKETS), 0.0
    before, bias_before = weights, bias
    rate = 1 / (0.25 * 2 + PENALTY / count)
    for turn in range(ROUNDS):
        ahead = turn / (turn + 3)
        at, bias_at = weights + ahead * (weights - before), bias + ahead * (bias - bias_before)
        errors = 1 / (1 + np.exp(-rows.times(at) - bias_at)) - truth
        before, bias_before = weights, bias
        weights = at - rate * (rows.back(errors) + PENALTY * at) / count
        bias = float(bias_at - rate * errors.mean())
    return weights, bias


def whole(lines: Sequence[Labelled]) -> list[tuple[str, str]]:
    return [(fold(plain_text(one.text)), one.errand) for one in lines]


def left_out(lines: Sequence[Labelled], parts: Sequence[Sequence[str]]) -> Floats:
    """The highest score of any part of each line, by weights learned without its writer."""
    rows = Rows.of(whole(lines))
    spans = np.cumsum([0, *map(len, parts)])
    pieces = Rows.of([(p, x.errand) for x, found in zip(lines, parts, strict=True) for p in found])
    writers = np.array([one.writer for one in lines])
    matters = np.array([one.matters for one in lines])
    scores = np.full(len(lines), np.nan)
    for writer in sorted({one.writer for one in lines if one.measured}):
        weights, bias = learn(rows.only(writers != writer), matters[writers != writer])
        best = np.maximum.reduceat(pieces.times(weights) + bias, spans[:-1])
        scores[writers == writer] = best[writers == writer]
    return scores


def calibrated(scores: Floats, matters: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the chance that a score means, by Newton's method."""
    line = np.zeros(2)
    points = np.stack([scores, np.ones_like(scores)], 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-points @ line))
        line += np.linalg.solve((points.T * (p * (1 - p))) @ points, points.T @ (matters - p))
    return float(line[0]), float(line[1])


def validate(lines: Sequence[Labelled], heard: Sequence[dict[str, Any]], chances: Floats) -> None:
    """By writer and by errand, at the bars in force and at others."""
    alone = np.array([bool(h.get("unread")) and set(h["reasons"]) <= {"words_not_understood"} for h in heard])
    free = np.array([bool(h) and not h["reasons"] and not h["unread"] for h in heard])
    measured = np.array([one.measured for one in lines])
    matters = np.array([one.matters for one in lines])
    print("of | matter | let pass by rules | words alone | harmless | let pass by rules | words alone | matter / harmless let pass up to a chance of " + ", ".join(map(str, BARS)))
    for key in ("errand", "writer", "measured"):
        for name in sorted({getattr(one, key) for one in lines if one.measured}):
            here = measured & np.array([getattr(one, key) == name for one in lines])
            yes, no = here & matters, here & ~matters
            cells = [str(name), *(f"{(c & f).sum()}" for c in (yes, no) for f in (measured, free, alone))]
            for bar in BARS:
                under = alone & (chances <= bar)
                cells.append(f"{(under & yes).sum()} / {(under & no).sum() / max(1,(alone & no).sum()):.0%}")
            print(" | ".join(cells))
    order = np.sort(chances[measured & alone & matters])
    shares = (0.001, 0.002, 0.003, 0.005, 0.01)
    for share in shares:
        bar = order[int(share * (measured & matters).sum())]
        print(f"share {share}: chance < {bar:.4f}, harmless let pass {(chances < bar)[measured & alone & ~matters].mean():.1%}")


def digest(lines: Sequence[Labelled]) -> bytes:
    told = "\n".join(f"{x.writer}|{x.errand}|{x.matters}|{x.text}" for x in lines)
    return hashlib.sha256(told.encode()).digest()


def packed(lines: Sequence[Labelled], line: tuple[float, float]) -> bytes:
    rows = Rows.of([(fold(plain_text(one.text)), one.errand) for one in lines])
    weights, bias = learn(rows, np.array([one.matters for one in lines]))
    step = float(np.abs(weights).max()) / 127
    steps = np.rint(weights / step).astype(np.int8)
    return HEAD.pack(digest(lines), step, bias, *line) + steps.tobytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name} into the package")
    parser.add_argument("--validate", action="store_true", help="leave out one writer after another")
    args = parser.parse_args()
    lines = list(all_clauses())
    matters = np.array([one.matters for one in lines])
    parts = [list(clauses(text, text)) or [text] for text, _ in whole(lines)]
    scores = left_out(lines, parts)
    seen = ~np.isnan(scores)
    line = calibrated(scores[seen], matters[seen])
    print(f"{len(lines)} clauses, {int(matters.sum())} matter; slope {line[0]:.3f}, offset {line[1]:.3f}")
    if args.validate:
        heard = [hear(beside(one)) if one.measured else {} for one in lines]
        unread = [[u["clause"] for u in h.get("unread", ())] for h in heard]
        scores = left_out(lines, [u or p for u, p in zip(unread, parts, strict=True)])
        validate(lines, heard, 1 / (1 + np.exp(-(line[0] * scores + line[1]))))
    if args.write:
        FILE.write_bytes(packed(lines, line))
        print(f"{FILE}: {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
