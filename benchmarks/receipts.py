"""How well payment proofs are read: by kind, damage and layout, with N and 95 % intervals.

    ./dev bench receipts --family testing --genuine 200 --negatives 200 --seed 1
    ./dev bench receipts --folder FOLDER          pictures beside their labels.jsonl

Draws proofs from a seed (or reads the folder), reads each through the daemon's own child, and ends
with 1 after a wrong accept. Seconds of processor are the child's, with what it started. Nothing
stays on the disk without --keep. With --remember each engine is asked once for each picture, in
this process: the same verdicts while rules change, but no seconds and no memory worth telling.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import proofs, report
from benchmarks.drawing.facts import Label
from benchmarks.drawing.measuring import Outcome, expectation, measured
from benchmarks.drawing.remembered import remembering
from mailflow.receipts.engine import Eyes
from mailflow.receipts.installed import ENGINES
from mailflow.receipts.read import read_proof
from mailflow.receipts.result import Expectation

Maker = Callable[[], proofs.Proof]
Content = Callable[[proofs.Proof], tuple[bytes, Expectation | None]]


def asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--family", choices=proofs.FAMILIES, default="testing", help="of layouts")
    cli.add_argument("--genuine", type=int, default=60)
    cli.add_argument("--negatives", type=int, default=60, help="what must not be accepted")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--folder", type=Path, help="pictures instead, with labels.jsonl")
    cli.add_argument("--engines", default=",".join(ENGINES))
    cli.add_argument("--workers", type=int, default=1, help="children at a time")
    cli.add_argument("--remember", type=Path, help="file of what the engines said (both of them)")
    cli.add_argument("--json", action="store_true", help="figures as JSON")
    cli.add_argument("--keep", type=Path, help="folder for pictures, labels and answers")
    return cli.parse_args()


def drawn(options: argparse.Namespace) -> list[Maker]:
    return [
        partial(proofs.one, options.family, number, seed=options.seed, wrong=wrong)
        for number in range(max(options.genuine, options.negatives))
        for wrong, count in ((False, options.genuine), (True, options.negatives))
        if number < count
    ]


def found_in(folder: Path) -> Iterator[Maker]:
    """The pictures of a folder; `expect.jsonl` may tell the days of each slip."""
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        told["due"] |= _window(folder, told["file"])
        told |= {"legible": told["negative"] != "unreadable", "hard": told.get("hard", False)}
        told["damage"] = "+".join(told["degradations"])
        label = Label(**{name: told.get(name) for name in Label.__dataclass_fields__})
        yield partial(proofs.Proof, (folder / label.file).read_bytes(), label)


def _window(folder: Path, name: str) -> dict[str, Any]:
    file = folder / "expect.jsonl"
    lines = map(json.loads, file.read_text("utf-8").splitlines()) if file.exists() else ()
    due = next((line for line in lines if Path(line["file"]).name == Path(name).name), {})
    return {key: due[key] for key in ("from", "until") if key in due}


def read_all(options: argparse.Namespace) -> list[report.Row]:
    """Read, and keep what is asked to be kept."""
    makers = list(found_in(options.folder)) if options.folder else drawn(options)
    engines = tuple(options.engines.split(","))

    def content(proof: proofs.Proof) -> tuple[bytes, Expectation | None]:
        return proof.content, expectation(proof.label.due)

    outcomes = (
        remembered(makers, content, remembering(options.remember))
        if options.remember
        else measured(makers, content, workers=options.workers, engines=engines)
    )
    rows = []
    for proof, outcome in outcomes:
        rows.append(report.Row(proof.label, outcome))
        if options.keep:
            keep(options.keep, proof, rows[-1])
        if sys.stderr.isatty() or len(rows) % 50 == 0:
            wrong = sum(row.wrong for row in rows)
            print(f"{len(rows)}/{len(makers)}, {wrong} wrong", file=sys.stderr, flush=True)
    return rows


def remembered(
    makers: list[Maker], content: Content, eyes: Eyes
) -> Iterator[tuple[proofs.Proof, Outcome]]:
    """Each proof and what is said of it, by engines that are asked once."""
    for make in makers:
        proof, begun = make(), time.monotonic()
        file, slip = content(proof)
        told = read_proof(file, expected=slip, eyes=eyes)
        seconds = time.monotonic() - begun
        yield proof, Outcome(told, None, seconds, seconds, 0.0)


def keep(folder: Path, proof: proofs.Proof, row: report.Row) -> None:
    file = folder / proof.label.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(proof.content)
    for name, line in (("labels", proof.label.as_json()), ("answers", row.as_prediction())):
        with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def main() -> int:
    options = asked()
    rows = read_all(options)
    found = report.summary(rows)
    text = json.dumps(found, ensure_ascii=False, indent=1) if options.json else None
    print(text or report.as_text(found))
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
