"""Verdicts on pages that are words alone: other labels, layouts, masks and words for paid.

    ./dev bench receipt_wordings --count 4000 --seed 1            words that rules were mended by
    ./dev bench receipt_wordings --count 4000 --seed 1 --words held     words kept for measuring

No picture is drawn and none is read: every look at a sum says what the page says. Ends with 1 after
a trap that was accepted. --show prints pages of the words that may be looked at.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing.worded import Worded, pages
from mailflow.receipts.fields import read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.movements import movements
from mailflow.receipts.result import Verdict
from mailflow.receipts.verdict import judge
from mailflow.receipts.wording import Role

LEAST = 12  # pages with one word, before its share is told


def judged(page: Worded) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict where every closer look sees what the page says."""
    read = movements(page.lines) or (read_fields(page.lines),)
    verdicts = []
    for fields in read:
        free = [s.value for s in fields.all_sums if s.role in (None, Role.TOTAL) and not s.aside]
        looks = (
            {"amount_looks": (fields.amount.value,)}
            if fields.amount
            else {"other_looks": tuple(free)}
        )
        verdicts.append(judge(Findings((fields,), keen=True, **looks), page.slip))  # type: ignore[arg-type]
    return min(verdicts, key=lambda told: told[0] is not Verdict.ACCEPT)


def main() -> int:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--count", type=int, default=2000, help="genuine pages, and as many traps")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--words", choices=("open", "held"), default="open")
    cli.add_argument("--show", type=int, default=0, help="pages that went wrong (open words)")
    cli.add_argument("--json", action="store_true")
    options = cli.parse_args()
    found = measured(options)
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else as_text(found))
    return int(found["traps"]["accepted"] > 0)


def measured(options: argparse.Namespace) -> dict[str, dict[str, object]]:
    accepted: dict[bool, int] = {}
    reasons: Counter[str] = Counter()
    by: dict[str, Counter[bool]] = defaultdict(Counter)
    wrong: Counter[str] = Counter()
    left = {False: options.show, True: options.show}
    for traps in (False, True):
        accepted[traps] = 0
        for page in pages(seed=options.seed, count=options.count, words=options.words, traps=traps):
            verdict, why = judged(page)
            good = verdict is Verdict.ACCEPT
            accepted[traps] += good
            if traps:
                wrong[page.trap or ""] += good
            else:
                for what, told in page.made:
                    by[f"{what} {told}"][good] += 1
                if not good:
                    reasons[f"{verdict}: {', '.join(why)}"] += 1
            if good is traps and left[traps] and options.words == "open":
                left[traps] -= 1
                print(
                    f"--- {page.trap or 'genuine'} {verdict} {why}\n{page.text}\n{page.slip}",
                    file=sys.stderr,
                )
    weak = sorted(
        (told[True] / told.total(), word, told.total())
        for word, told in by.items()
        if told.total() >= LEAST
    )
    return {
        "genuine": {"n": options.count, "accepted": accepted[False]},
        "traps": {
            "n": options.count,
            "accepted": accepted[True],
            "by trap": {k: v for k, v in wrong.items() if v},
        },
        "reasons": dict(reasons.most_common(15)),
        "weakest": {f"{word} ({count})": round(share, 2) for share, word, count in weak[:40]}
        if options.words == "open"
        else {},
    }


def as_text(found: dict[str, dict[str, object]]) -> str:
    lines = [
        f"{name}: {found[name]['accepted']} of {found[name]['n']} accepted"
        for name in ("genuine", "traps")
    ]
    lines += [f"  trap {name}: {count}" for name, count in found["traps"]["by trap"].items()]  # type: ignore[attr-defined]
    lines += [f"{count:6}  {why}" for why, count in found["reasons"].items()]
    lines += [f"{share:6}  {word}" for word, share in found["weakest"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
