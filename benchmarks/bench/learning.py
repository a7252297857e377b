"""Logistic regression over n-grams, for `mailflow.weights`: the same data give the same bytes.

Accelerated gradient descent in numpy.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mailflow.weights import BUCKETS, HEAD, bucket

ROUNDS = 800
PENALTY = 1 / 30  # the sum of squares, beside the sum of losses

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


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

    def only(self, kept: Truth) -> "Rows":
        return Rows(
            self.buckets[np.repeat(kept, self.sizes)],
            np.concatenate([[0], np.cumsum(self.sizes[kept])]),
        )


def learn(rows: Rows, matters: Truth) -> tuple[Floats, float]:
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


def calibrated(scores: Floats, matters: Truth) -> tuple[float, float]:
    """Slope and offset of the chance that a score means, by Newton's method."""
    line = np.zeros(2)
    points = np.stack([scores, np.ones_like(scores)], 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-points @ line))
        line += np.linalg.solve((points.T * (p * (1 - p))) @ points, points.T @ (matters - p))
    return float(line[0]), float(line[1])


def packed(
    digest: bytes,
    met: Set[int],
    weights: Floats,
    bias: float,
    line: tuple[float, float] = (1.0, 0.0),
) -> bytes:
    """The file of these weights; each of the buckets `met` weighs something."""
    step = float(np.abs(weights).max()) / 127
    steps = np.rint(weights / step).astype(np.int8)
    known = np.array(sorted(met))
    steps[known] = np.where(steps[known] == 0, np.where(weights[known] < 0, -1, 1), steps[known])
    return HEAD.pack(digest, step, bias, *line) + steps.tobytes()
