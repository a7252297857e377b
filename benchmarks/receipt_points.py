"""What each piece of evidence on a proof is worth, fitted on the fitting family alone.

    ./dev bench receipt_points --genuine 100 --negatives 100 --seeds 7,21 [--write]

Each picture is read once (kept in --folder, so that a run can be taken up again). Every sum on it,
and many accounts beside the true one, are a claim that is true or false; the points are those of a
logistic regression whose prior is the table as it stands. Prints how often each piece stood for
true and for false claims; --write puts the new points into mailflow/receipts/points.py.
"""

import argparse
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.drawing.once import Read, Readings
from benchmarks.drawing.remembered import remembering
from mailflow.receipts import points
from mailflow.receipts.evidence import (
    Claim,
    account_claim,
    amount_claim,
    amounts_shown,
    payment_claim,
)

DECIBANS = 10 / np.log(10)
PRIOR = 0.2  # how much the table as it stands counts
MISSED = 0.02  # the share of contrary words (預約, 失敗) that a reading may miss
STRANGERS = 40  # other accounts tried on each picture
SINGLE = ("sum_unexplained", "sums_unexplained", "may_have_faded")  # no claim by themselves


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, its truth, and how much it counts."""

    claim: Claim
    true: bool
    weight: float = 1.0

    @property
    def codes(self) -> list[str]:
        return [piece.code for piece in self.claim.pieces]


def cases(read: Read) -> Iterator[Case]:
    """All claims that can be made of one picture. One with several receipts is left out."""
    if len(read.seen) != 1 or not read.label.legible:
        return
    (findings,), label = read.seen, read.label
    truth = label.due["amount"] if label.negative == "edited" else label.amount
    if truth is not None:
        for amount in sorted(amounts_shown(findings) | {label.due["amount"]}):
            yield Case(amount_claim(findings, amount), amount == truth)
    if label.account_shown and label.account_true:
        yield Case(account_claim(findings, label.account_true), True)
        others = strangers(label.account_true)  # together as likely as the true one
        for other in sorted(others):
            yield Case(account_claim(findings, other), False, 1 / len(others))
    paid = label.status == "success"
    yield Case(payment_claim(findings), paid, 1.0 if paid else MISSED)


def strangers(account: str) -> set[str]:
    """Accounts of others who owe to the same office: a digit or the serial differs."""
    rng = random.Random(account)
    found = set()
    for number in range(STRANGERS):
        kept = (5, 9, len(account) - 3)[number % 3]
        tail = "".join(rng.choice("0123456789") for _ in account[kept:])
        found.add(account[:kept] + tail)
    return found - {account}


def fitted(about: str, all_cases: list[Case]) -> tuple[int, dict[str, int]]:
    """The start and the points of one kind of claim."""
    table = points.POINTS[about]
    codes = list(table)
    told = [case for case in all_cases if set(case.codes) - set(SINGLE)]
    x = np.array([[1.0, *(float(code in case.codes) for code in codes)] for case in told])
    y = np.array([float(case.true) for case in told])
    weight = np.array([case.weight for case in told])
    prior = np.array([points.START[about], *table.values()], float) / DECIBANS
    beta = prior.copy()
    for _ in range(200):  # Newton's steps
        likely = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (weight * (likely - y)) + PRIOR * (beta - prior)
        bend = (x.T * (weight * likely * (1 - likely))) @ x + PRIOR * np.eye(len(beta))
        step = np.linalg.solve(bend, slope)
        beta -= np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-6:
            break
    worth = [round(float(b) * DECIBANS) for b in beta]
    against = {code for code in codes if table[code] < 0}
    signed = {
        c: min(w, 0) if c in against else max(w, 0) for c, w in zip(codes, worth[1:], strict=True)
    }
    return worth[0], signed


def report(about: str, all_cases: list[Case], start: int, table: dict[str, int]) -> None:
    true = Counter(code for case in all_cases if case.true for code in case.codes)
    false = Counter(code for case in all_cases if not case.true for code in case.codes)
    print(f"\n{about:28} {'points':>7} {'before':>7} {'true':>6} {'false':>6}")
    print(f"{'start':28} {start:7} {points.START[about]:7}")
    for code, worth in table.items():
        before = points.POINTS[about][code]
        print(f"{code:28} {worth:7} {before:7} {true[code]:6} {false[code]:6}")
    sums = [(start + sum(table[c] for c in case.codes), case) for case in all_cases]
    enough = [case for total, case in sums if total >= points.ENOUGH]
    wrong = sum(not case.true for case in enough)
    good = sum(case.true for case in all_cases)
    print(f"believed: {len(enough) - wrong} of {good} true claims, {wrong} false ones")


def write(starts: dict[str, int], tables: dict[str, dict[str, int]]) -> None:
    file = Path(points.__file__)
    text = re.sub(r"START = .*", f"START = {_braces(starts)}", file.read_text("utf-8"))
    body = "".join(
        f'    "{about}": {{\n'
        + "".join(f'        "{code}": {worth},\n' for code, worth in table.items())
        + "    },\n"
        for about, table in tables.items()
    )
    text = text[: text.index("POINTS = {")] + "POINTS = {\n" + body + "}\n"
    file.write_text(text, "utf-8")


def _braces(starts: dict[str, int]) -> str:
    return "{" + ", ".join(f'"{about}": {start}' for about, start in starts.items()) + "}"


def main() -> None:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--genuine", type=int, default=100, help="genuine proofs of each seed")
    words.add_argument("--negatives", type=int, default=100, help="false ones of each seed")
    words.add_argument("--seeds", default="7,21")
    words.add_argument("--folder", type=Path, default=Path(".bench/readings"))
    words.add_argument("--write", action="store_true", help="change points.py")
    options = words.parse_args()
    readings = Readings(options.folder, remembering(options.folder / "engines.sqlite"))
    found: dict[str, list[Case]] = {about: [] for about in points.START}
    for seed in map(int, options.seeds.split(",")):
        series = readings.series(
            "fitting", seed=seed, genuine=options.genuine, negatives=options.negatives
        )
        for read in series:
            for case in cases(read):
                found[case.claim.about].append(case)
    starts, tables = {}, {}
    for about, some in found.items():
        starts[about], tables[about] = fitted(about, some)
        report(about, some, starts[about], tables[about])
    if options.write:
        write(starts, tables)


if __name__ == "__main__":
    main()
