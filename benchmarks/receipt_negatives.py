"""Wrong accepts among many negatives, drawn of three families and of ever new seeds.

    ./dev bench receipt_negatives --pictures 1000 --minutes 30 [--folder .bench/readings]

Each picture is read once and kept, so that a run that was stopped goes on where it was; what the
engines said is kept by itself, so that changed rules are counted again in minutes. Two
counts, never added up: pictures that must not be accepted for their own slip, and verdicts of every
picture, also the genuine, against slips that differ in one thing (a digit of the sum or of the
account, the fee counted in, the balance, the day). A digit that stands under a mask can't be told
by anybody and is counted by itself. What was pasted in (edited) is counted apart.
"""

import argparse
import itertools
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing.measuring import expectation
from benchmarks.drawing.once import Read, Readings
from benchmarks.drawing.remembered import remembering
from benchmarks.drawing.report import APART, wilson
from benchmarks.drawing.slips_beside import slips_beside
from mailflow.receipts.findings import Findings
from mailflow.receipts.result import Expectation, Status, Verdict
from mailflow.receipts.verdict import judge

FIRST_SEED = 100_001
EACH = 50  # pictures of one seed and family: nine false ones to one genuine
FAMILIES = ("fitting", "testing", "third")


@dataclass(slots=True)
class Count:
    """What was judged and what of it was accepted."""

    pictures: int = 0
    own: Counter[str] = field(default_factory=Counter)
    own_wrong: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    beside_wrong: Counter[str] = field(default_factory=Counter)
    masked: int = 0
    masked_accepted: int = 0
    genuine: int = 0
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, read: Read) -> None:
        """All verdicts of one picture."""
        label = read.label
        self.pictures += 1
        if label.should_accept:
            self.genuine += 1
            self.accepted += accepted(read.seen, expectation(label.due))
        else:
            kind = label.negative or "destroyed"
            self.own[kind] += 1
            if accepted(read.seen, expectation(label.due)):
                self.own_wrong[kind] += 1
                self._note(f"{label.file} {kind}", kind not in APART)
        if label.negative in APART:  # against another slip what was pasted in may be the truth
            return
        for beside in slips_beside(label):
            taken = accepted(read.seen, beside.slip)
            if not beside.visible:
                self.masked += 1
                self.masked_accepted += taken
                continue
            self.beside[beside.kind] += 1
            self.beside_wrong[beside.kind] += taken
            if taken:
                self._note(f"{label.file} {label.negative or ''} beside {beside.kind}", True)

    def _note(self, what: str, wrong: bool) -> None:
        if wrong:
            self.wrong.append(what)
            print(f"WRONG {what}", file=sys.stderr, flush=True)


def accepted(seen: tuple[Findings, ...], slip: Expectation) -> bool:
    """Whether the file would be accepted: one page is, and no other undoes it."""
    verdicts = [judge(findings, slip)[0] for findings in seen]
    for at, verdict in enumerate(verdicts):
        others = [findings.status for number, findings in enumerate(seen) if number != at]
        if verdict is Verdict.ACCEPT and not {Status.VOID, Status.FAILED} & set(others):
            return True
    return False


def series(readings: Readings, *, seed: int) -> Iterator[Read]:
    """Pictures without end: the families in turn, a new seed after each round."""
    for later in itertools.count(seed):
        for number in range(EACH):
            for family in FAMILIES:
                yield readings.of(family, number, seed=later, wrong=number % 10 != 0)


def figures(count: Count) -> dict[str, object]:
    own = sum(n for kind, n in count.own.items() if kind not in APART)
    own_wrong = sum(n for kind, n in count.own_wrong.items() if kind not in APART)
    beside, beside_wrong = count.beside.total(), count.beside_wrong.total()
    return {
        "pictures": count.pictures,
        "genuine": count.genuine,
        "genuine accepted": count.accepted,
        "false pictures": own,
        "of them accepted": own_wrong,
        "false pictures, 95 %": wilson(own_wrong, own),
        "verdicts against other slips": beside,
        "of these accepted": beside_wrong,
        "verdicts, 95 %": wilson(beside_wrong, beside),
        "differing only under a mask": count.masked,
        "of those accepted": count.masked_accepted,
        "edited": sum(count.own[kind] for kind in APART),
        "edited and accepted": sum(count.own_wrong[kind] for kind in APART),
        "false pictures by kind": dict(sorted(count.own.items())),
        "verdicts by kind": dict(sorted(count.beside.items())),
        "wrong": count.wrong,
    }


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--pictures", type=int, default=200)
    words.add_argument("--seed", type=int, default=FIRST_SEED, help="the first")
    words.add_argument("--minutes", type=float, default=1e9, help="stop after so long")
    words.add_argument("--folder", type=Path, default=Path(".bench/readings"))
    options = words.parse_args()
    readings = Readings(options.folder, remembering(options.folder / "engines.sqlite"))
    count, until = Count(), time.monotonic() + 60 * options.minutes
    for read in series(readings, seed=options.seed):
        count.add(read)
        if count.pictures % 100 == 0:
            told = f"{count.pictures} pictures, {count.beside.total()} verdicts"
            print(f"{told}, {len(count.wrong)} wrong", file=sys.stderr, flush=True)
        if count.pictures >= options.pictures or time.monotonic() > until:
            break
    print(json.dumps(figures(count), ensure_ascii=False, indent=1))
    return int(bool(count.wrong))


if __name__ == "__main__":
    sys.exit(main())
