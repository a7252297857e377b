"""Learn the weights of `mailflow.reading.weighing` from the labelled clauses, and tell their worth.

    ./dev bench train_reading [--write] [--validate]

Logistic regression by accelerated gradient descent in numpy: the same data give the same bytes.
--validate leaves out one writer after another and prints, for each writer and each errand, how many
harmless clauses that the rules alone would hold are let pass, and how many that matter.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))

from labelled_clauses import Labelled, all_clauses, beside
from reading_cast import hear

from mailflow.reading.weighing import (
    BUCKETS,
    FILE,
    HEAD,
    STRANGE_AT_MOST,
    bucket,
    clauses,
    grams_of,
    words_of,
)
from mailflow.reading.words import fold, plain_text

ROUNDS = 800
PENALTY = 1 / 30  # the sum of squares, beside the sum of losses
BARS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1)

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


def left_out(lines: Sequence[Labelled], parts: Sequence[Sequence[str]]) -> Floats:
    """The highest score of any part of each line, by weights learned without its writer."""
    rows, met = Rows.of(map(grams_of, *zip(*whole(lines), strict=True))), words(lines)
    pieces = [(part, one.errand) for one, found in zip(lines, parts, strict=True) for part in found]
    piece_rows = Rows.of(map(grams_of, *zip(*pieces, strict=True)))
    piece_words = Rows.of(words_of(part) for part, _ in pieces)
    firsts = np.cumsum([0, *map(len, parts)])[:-1]
    writers = np.array([one.writer for one in lines])
    matters = np.array([one.matters for one in lines])
    scores = np.full(len(lines), np.nan)
    for writer in sorted({one.writer for one in lines if one.measured}):
        others = writers != writer
        weights, bias = learn(rows.only(others), matters[others])
        strange = np.ones(BUCKETS)
        strange[met.only(others).buckets] = 0
        share = np.add.reduceat(strange[piece_words.buckets], piece_words.starts[:-1])
        unknown = share > STRANGE_AT_MOST * piece_words.sizes
        found = piece_rows.times(weights) + bias
        best = np.maximum.reduceat(np.where(unknown, np.maximum(found, 0.0), found), firsts)
        scores[~others] = best[~others]
    return scores


def words(lines: Sequence[Labelled]) -> Rows:
    return Rows.of(words_of(text) for text, _ in whole(lines))


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
    rows = Rows.of(map(grams_of, *zip(*whole(lines), strict=True)))
    weights, bias = learn(rows, np.array([one.matters for one in lines]))
    step = float(np.abs(weights).max()) / 127
    steps = np.rint(weights / step).astype(np.int8)
    met = np.unique(words(lines).buckets)
    steps[met] = np.where(steps[met] == 0, np.where(weights[met] < 0, -1, 1), steps[met])
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
    if args.write:
        FILE.write_bytes(packed(lines, line))
        print(f"{FILE}: {FILE.stat().st_size} bytes")
    if args.validate:
        heard = [hear(beside(one)) if one.measured else {} for one in lines]
        unread = [[u["clause"] for u in h.get("unread", ())] for h in heard]
        scores = left_out(lines, [u or p for u, p in zip(unread, parts, strict=True)])
        validate(lines, heard, 1 / (1 + np.exp(-(line[0] * scores + line[1]))))


if __name__ == "__main__":
    main()
