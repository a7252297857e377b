"""Proof pages that people wrote as rows of text: what is accepted of them, and why not the rest.

    ./dev bench written_pages [--set d] [--show 10]

Eight writers who knew no rule wrote 1,080 genuine pages and 780 that only look like it, each of
another maker (tests/data/proof_pages); g holds what two of the last wrote of transfers, h of stores
and of makers who do it otherwise. No picture is read: every closer look sees what the page says, so
that the figures tell of words and layouts alone. Ends with 1 after a false page that was accepted.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing.report import wilson
from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.lines import Line
from mailflow.receipts.movements import movements
from mailflow.receipts.notices import notices
from mailflow.receipts.result import Expectation, Verdict
from mailflow.receipts.verdict import judge

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "proof_pages"
ACCEPTED = FOLDER / "accepted.txt"  # the genuine pages that may not fall away unseen
FIRST, LAST = date(2026, 8, 15), date(2026, 11, 30)  # of every slip that names no days


@dataclass(frozen=True, slots=True)
class Page:
    """One page as an engine would give it; `why` it proves nothing, '' of a genuine one."""

    id: str
    kind: str
    rows: tuple[str, ...]
    slip: Expectation
    genuine: bool
    why: str


def written(names: Sequence[str] = ()) -> Iterator[Page]:
    """The pages of these sets (a to h), of all without names."""
    for file in sorted(FOLDER.glob("*.jsonl")):
        if names and file.stem not in names:
            continue
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line)
            due = told["due"]
            days = (_day(due.get("from"), FIRST), _day(due.get("until"), LAST))
            slip = Expectation(due["amount"], due["account"], due.get("bank"), *days)
            rows = tuple(row for row in told["rows"] if row.strip())
            yield Page(told["id"], told["kind"], rows, slip, told["genuine"], told["why"])


def _day(text: str | None, usual: date) -> date:
    return date.fromisoformat(text) if text else usual


def judged(page: Page) -> tuple[Verdict, tuple[str, ...]]:
    """The best verdict of what stands on the page; every closer look sees what the page says."""
    lines = tuple(Line.of(row, at) for at, row in enumerate(page.rows))
    verdicts = []
    for fields in movements(lines) or notices(lines) or (read_fields(lines),):
        free = tuple(one.value for one in fields.all_sums if one.role is None)
        looks = (fields.amount.value,) if fields.amount else ()
        findings = Findings(
            (fields,), keen=True, amount_looks=looks, other_looks=() if looks else free
        )
        verdicts.append(judge(findings, page.slip))
    return min(verdicts, key=lambda told: told[0] is not Verdict.ACCEPT)


def main() -> int:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--set", action="append", default=[], help="one of a to h; all without it")
    cli.add_argument("--show", type=int, default=0, help="pages that went another way than wished")
    cli.add_argument("--keep", action="store_true", help=f"write {ACCEPTED.name}: what is accepted")
    options = cli.parse_args()
    kept: list[str] = []
    accepted: Counter[tuple[str, bool]] = Counter()
    whole: Counter[tuple[str, bool]] = Counter()
    reasons: Counter[str] = Counter()
    for page in written(options.set):
        verdict, why = judged(page)
        good, key = verdict is Verdict.ACCEPT, (page.id[0], page.genuine)
        whole[key] += 1
        accepted[key] += good
        kept += [page.id] if good and page.genuine else []
        if good is not page.genuine:
            reasons[f"{verdict}: {why[0]}" if page.genuine else f"FALSE: {page.why}"] += 1
            if options.show:
                options.show -= 1
                print(f"{page.id} {page.kind} ({page.why})", *page.rows, why, sep="\n  ")
    for (name, genuine), count in sorted(whole.items()):
        part = accepted[name, genuine]
        low, high = wilson(part, count)
        told = "genuine" if genuine else "false"
        print(f"{name} {told:8} {part:4}/{count:<4} accepted  ({low:.1%} to {high:.1%})")
    if options.keep and not options.set:
        ACCEPTED.write_text("\n".join(kept) + "\n", "utf-8")
    print("\nwhy not as wished:", *(f"{n:5}  {r}" for r, n in reasons.most_common()), sep="\n")
    return int(any(part for (_, genuine), part in accepted.items() if not genuine))


if __name__ == "__main__":
    sys.exit(main())
