"""Files that are made to hurt a reader of pictures, through the daemon's own children.

    ./dev bench hostile_pictures [--flips 40] [--seed 1] [--json]

Bombs, crowded pages, animations, polyglots, PDFs that take minutes to draw, and of each kind of
file `--flips` that are cut or have bits turned. None is a proof; each must be asked for again or
held for a person within 20 s. Ends with 1 when one is accepted, held too long or kills its child.
"""

import argparse
import json
import os
import sys
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import hostile, proofs
from benchmarks.drawing.measuring import expectation, measured
from mailflow.receipts.result import Expectation

HELD_SECONDS = 20.0
CHILD_MIB = 1200


def asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--flips", type=int, default=20, help="of each kind of file")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--workers", type=int, default=1, help="children at a time")
    cli.add_argument("--json", action="store_true", help="a line of JSON for each file")
    return cli.parse_args()


def main() -> int:
    options = asked()
    files = hostile.hostile(options.seed, flips=options.flips)
    makers = [partial(lambda pair: pair, pair) for pair in files]
    due = proofs.one("fitting", 0, seed=1, wrong=True).label.due

    def content(pair: tuple[str, bytes]) -> tuple[bytes, Expectation | None]:
        return pair[1], expectation(due)

    bad, slowest, peak = [], 0.0, 0.0
    for (name, _), outcome in measured(makers, content, workers=options.workers):
        if outcome.verdict == "accept" or outcome.failure or outcome.seconds > HELD_SECONDS:
            bad.append(name)
        slowest, peak = max(slowest, outcome.seconds), max(peak, outcome.peak)
        reasons = outcome.proof.reasons if outcome.proof else (f"child {outcome.failure}",)
        line = {"file": name, "verdict": outcome.verdict, "reasons": reasons}
        line |= {"seconds": round(outcome.seconds, 2), "peak_mib": round(outcome.peak)}
        told = json.dumps(line) if options.json else "  ".join(str(x) for x in line.values())
        print(told, flush=True)
    print(f"{len(makers)} hostile files; not as they should be: {bad or 'none'}", file=sys.stderr)
    print(f"longest {slowest:.1f} s; the child's peak {peak:.0f} MiB", file=sys.stderr)
    return int(bool(bad) or peak > CHILD_MIB)


if __name__ == "__main__":
    sys.exit(main())
