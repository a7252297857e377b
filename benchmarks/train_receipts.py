"""Learn the weights of `mailflow.receipts.undoing` from rows of proofs, and tell their worth.

    ./dev bench train_receipts [--write] [--validate]

Rows that people wrote (tests/data/proof_rows: undoes or harmless, one file a writer), those of the
written pages that are genuine, and the lines of an attacker. --validate leaves out one writer of
rows and one of pages at a time, and prints of the rows that undo how many are held, of the genuine
pages how many.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.bench import learning
from benchmarks.bench.learning import Rows, learn
from benchmarks.written_pages import written
from mailflow.receipts import undoing
from mailflow.receipts.lines import Line
from mailflow.receipts.undoing import FILE, fold, neighbours, undoing_rows
from mailflow.weights import Weights, bucket, grams_of

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "proof_rows"


@dataclass(frozen=True, slots=True)
class Row:
    writer: str
    undoes: bool
    text: str


def all_rows() -> tuple[Row, ...]:
    """By writer and text; the pages of a set are one writer, whose rows are harmless."""
    told = {Row(f"page {p.id[0]}", False, row) for p in written() if p.genuine for row in p.rows}
    return (*_labelled(), *sorted(told, key=lambda row: (row.writer, row.text)))


def _labelled() -> Iterator[Row]:
    for file in sorted(FOLDER.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            label, _, text = line.partition("\t")
            yield Row(file.stem, label == "undoes", text)


def digest(rows: Sequence[Row]) -> bytes:
    told = "\n".join(f"{row.writer}|{row.undoes}|{row.text}" for row in rows)
    return hashlib.sha256(told.encode()).digest()


def train(rows: Sequence[Row]) -> bytes:
    """The whole file. Every neighbourhood that was met weighs something."""
    folded = [fold(row.text) for row in rows]
    found = learn(Rows.of(map(grams_of, folded)), np.array([row.undoes for row in rows]))
    met = {bucket(pair) for row in folded for pair in neighbours(row)}
    return learning.packed(digest(rows), met, *found)


def validate(rows: Sequence[Row]) -> None:
    labelled = sorted({row.writer for row in rows if not row.writer.startswith("page ")})
    pages = sorted({row.writer for row in rows} - set(labelled))
    print("| writer left out | undoing rows held | harmless ones | genuine pages of | held |")
    print("|---|---|---|---|---|")
    for at, writer in enumerate(labelled):
        beside = pages[at % len(pages)]
        told = Weights.unpack(train([row for row in rows if row.writer not in (writer, beside)]))
        undoing.weights = lambda told=told: told  # type: ignore[misc,assignment]
        own = [row for row in rows if row.writer == writer]
        held = [bool(undoing_rows([Line.of(row.text)])) for row in own]
        cells = [writer]
        for undoes in (True, False):
            here = [h for h, row in zip(held, own, strict=True) if row.undoes is undoes]
            cells.append(f"{sum(here)}/{len(here)} ({sum(here) / max(1, len(here)):.0%})")
        genuine = [page for page in written([beside[-1]]) if page.genuine]
        kept = [p for p in genuine if undoing_rows([Line.of(row) for row in p.rows])]
        cells += [beside, f"{len(kept)}/{len(genuine)} ({len(kept) / len(genuine):.1%})"]
        print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name} into the package")
    parser.add_argument("--validate", action="store_true", help="leave out one writer of each sort")
    args = parser.parse_args()
    rows = all_rows()
    print(f"{len(rows)} rows, {sum(row.undoes for row in rows)} undo their payment")
    if args.write:
        FILE.write_bytes(train(rows))
        print(f"{FILE}: {FILE.stat().st_size} bytes")
    if args.validate:
        validate(rows)


if __name__ == "__main__":
    main()
