"""The reader of proofs over pictures drawn from a seed, layouts and damages known.

    ./dev bench receipts_drawn --drawn testing --count 200 --negatives 300 --seed 1

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

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import proofs, report
from benchmarks.drawing.measuring import expectation, measured
from mailflow.receipts.result import Expectation


def asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--drawn", choices=proofs.FAMILIES, default="testing", help="layouts' family")
    cli.add_argument("--count", type=int, default=100, help="genuine proofs")
    cli.add_argument("--negatives", type=int, default=100, help="what must not be accepted")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--workers", type=int, default=1, help="children at a time")
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


def main() -> int:
    options = asked()
    rows = drawn(options)
    found = report.summary(rows)
    text = json.dumps(found, ensure_ascii=False, indent=1) if options.json else None
    print(text or report.as_text(found))
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
