"""`python -m mailflow.receipts FILE… --expect FILE.jsonl`: until `mailflow receipt` is there."""

import argparse
import json
from datetime import date
from pathlib import Path

from mailflow.receipts.read import proof_line, read_proof
from mailflow.receipts.result import Expectation


def _expectations(path: Path) -> dict[str, Expectation]:
    known = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        known[Path(row["file"]).name] = Expectation(
            row["amount"],
            row.get("account"),
            row.get("bank"),
            date.fromisoformat(row["from"]) if row.get("from") else None,
            date.fromisoformat(row["until"]) if row.get("until") else None,
        )
    return known


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("files", nargs="+", type=Path)
    words.add_argument("--expect", type=Path)
    asked = words.parse_args()
    known = _expectations(asked.expect) if asked.expect else {}
    for path in asked.files:
        proof = read_proof(path.read_bytes(), expected=known.get(path.name))
        print(json.dumps(proof_line(path.name, proof), ensure_ascii=False), flush=True)


main()
