"""Many receipts in a row through the daemon's children: pictures a second, and memory.

    ./dev bench receipts_in_a_row --count 2000 --workers 2 [--different 100]

The different pictures are drawn before the clock starts and read in turn. Ends early with Ctrl-C
and tells what it has.
"""

import argparse
import os
import sys
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import proofs
from benchmarks.drawing.measuring import expectation, measured
from mailflow.receipts.result import Expectation

AIM = 2_000


def rss() -> float:
    """MiB that this process, the parent, holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--count", type=int, default=100)
    words.add_argument("--different", type=int, default=50)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    pictures = [
        proofs.one("fitting", number, seed=options.seed, wrong=number % 4 == 3)
        for number in range(min(options.different, options.count))
    ]

    def content(proof: proofs.Proof) -> tuple[bytes, Expectation | None]:
        return proof.content, expectation(proof.label.due)

    makers = [partial(lambda p: p, pictures[n % len(pictures)]) for n in range(options.count)]
    done, peak, failed, used = 0, 0.0, 0, 0.0
    before, begun = rss(), time.monotonic()
    try:
        for _proof, outcome in measured(makers, content, workers=options.workers):
            done, peak = done + 1, max(peak, outcome.peak)
            failed, used = failed + bool(outcome.failure), used + outcome.cpu
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    wall = time.monotonic() - begun
    rate = done / wall
    print(f"{done} pictures ({len(pictures)} different) in {wall:.0f} s: {rate:.2f} a second")
    print(f"so {AIM:,} take {AIM / rate / 60:.1f} minutes; {used / max(1, done):.2f} core-s each")
    print(f"parent {before:.0f} → {rss():.0f} MiB, a child at most {peak:.0f} MiB; failed {failed}")


if __name__ == "__main__":
    main()
