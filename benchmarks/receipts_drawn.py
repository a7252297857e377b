"""The reader of proofs over pictures drawn from a seed, layouts and damages known.

    ./dev bench receipts_drawn --drawn testing --count 200 --negatives 300 --seed 1
    ./dev bench receipts_drawn --hostile

Prints, by kind and by damage, what was accepted, asked for again and left to a person, with 95 %
intervals; ends with 1 after a wrong accept. Nothing stays on the disk without --keep.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import hostile, proofs, report
from benchmarks.drawing.measuring import expectation, measured
from mailflow.receipts.result import Expectation

HELD_SECONDS = 20.0


def asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--drawn", choices=proofs.FAMILIES, default="testing", help="layouts' family")
    cli.add_argument("--count", type=int, default=100, help="genuine proofs")
    cli.add_argument("--negatives", type=int, default=100, help="what must not be accepted")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--workers", type=int, default=1, help="children at a time")
    cli.add_argument("--hostile", action="store_true", help="bombs and broken files instead")
    cli.add_argument("--flips", type=int, default=20, help="with --hostile: of each kind of file")
    cli.add_argument("--json", action="store_true", help="figures as JSON")
    cli.add_argument("--keep", type=Path, help="folder for pictures, labels and answers")
    return cli.parse_args()


def drawn(options: argparse.Namespace) -> list[report.Row]:
    """Draw, read, and keep what is asked to be kept."""
    makers: list[Callable[[], proofs.Proof]] = [
        partial(proofs.one, options.drawn, number, seed=options.seed, wrong=wrong)
        for number in range(max(options.count, options.negatives))
        for wrong, count in ((False, options.count), (True, options.negatives))
        if number < count
    ]

    def content(proof: proofs.Proof) -> tuple[bytes, Expectation | None]:
        return proof.content, expectation(proof.label.due)

    rows = []
    for proof, outcome in measured(makers, content, workers=options.workers):
        rows.append(report.Row(proof.label, outcome))
        if options.keep:
            keep(options.keep, proof, rows[-1])
        if sys.stderr.isatty() or len(rows) % 50 == 0:
            wrong = sum(row.wrong for row in rows)
            print(f"{len(rows)}/{len(makers)}, {wrong} wrong", file=sys.stderr, flush=True)
    return rows


def keep(folder: Path, proof: proofs.Proof, row: report.Row) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / proof.label.file).write_bytes(proof.content)
    for name, line in (("labels", proof.label.as_json()), ("answers", row.as_prediction())):
        with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def over_hostile(options: argparse.Namespace) -> int:
    """Every hostile file; 1 when one was accepted or held too long."""
    files = hostile.hostile(options.seed, flips=options.flips)
    makers = [partial(lambda pair: pair, pair) for pair in files]
    due = proofs.one("fitting", 0, seed=1, wrong=True).label.due

    def content(pair: tuple[str, bytes]) -> tuple[bytes, Expectation | None]:
        return pair[1], expectation(due)

    bad, count, slowest, peak = [], 0, 0.0, 0.0
    for (name, _), outcome in measured(makers, content, workers=options.workers):
        count += 1
        if outcome.verdict == "accept" or outcome.seconds > HELD_SECONDS:
            bad.append(name)
        slowest, peak = max(slowest, outcome.seconds), max(peak, outcome.peak)
        reasons = outcome.proof.reasons if outcome.proof else (f"child {outcome.failure}",)
        line: dict[str, Any] = {"file": name, "verdict": outcome.verdict, "reasons": reasons}
        line |= {"seconds": round(outcome.seconds, 2), "peak_mib": round(outcome.peak)}
        told = json.dumps(line) if options.json else "  ".join(str(x) for x in line.values())
        print(told, flush=True)
    print(f"{count} hostile files; accepted or held too long: {bad or 'none'}", file=sys.stderr)
    print(f"longest {slowest:.1f} s; the child's peak {peak:.0f} MiB", file=sys.stderr)
    return int(bool(bad))


def main() -> int:
    options = asked()
    if options.hostile:
        return over_hostile(options)
    rows = drawn(options)
    found = report.summary(rows)
    text = json.dumps(found, ensure_ascii=False, indent=1) if options.json else None
    print(text or report.as_text(found))
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
