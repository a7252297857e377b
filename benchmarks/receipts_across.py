"""Large slanted writing over genuine proofs: what of it is found, and what honest pages set off.

    ./dev bench receipts_across [--family testing] [--count 90] [--seed 1] [--remember FILE]

In fair turn a genuine page bears what says that it proves nothing (範例, VOID …), what honest pages
bear there (a bank's name), or nothing. Told are the pages that were held for it, those accepted
with this look and without it, and the seconds of processor that the look itself took.
"""

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import proofs, stories
from benchmarks.drawing.damage import damages_for
from benchmarks.drawing.remembered import remembering
from benchmarks.drawing.slanted import HONEST, VOIDS, Slanted, slanted, written_across
from mailflow.receipts.across import views
from mailflow.receipts.engine import Seen
from mailflow.receipts.pictures import open_pages
from mailflow.receipts.result import Expectation, Verdict
from mailflow.receipts.verdict import judge

KINDS = ("void", "honest", "void", "plain")
TEXTS = {"void": VOIDS, "honest": HONEST}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One file, what was written across it, and what is owed."""

    kind: str
    writing: Slanted | None
    damage: str
    content: bytes
    owed: Expectation


def drawn(family: str, number: int, *, seed: int) -> Drawn:
    rng = random.Random(f"across {family} {seed} {number}")
    able = [layout for layout in proofs.layouts(family) if not layout.negative]
    layout, kind = able[(number + seed) % len(able)], KINDS[number % len(KINDS)]
    facts = stories.genuine(layout, rng)
    page = layout.draw(layout, facts, rng)
    writing = slanted(rng, TEXTS[kind]) if kind in TEXTS else None
    if writing:
        page = written_across(page, writing)
    damage = rng.choice([one for one in damages_for(layout.medium) if not one.beside])
    content, _ = damage.befall(page, rng)
    slip = facts.slip
    owed = Expectation(slip.amount, slip.account, slip.bank, slip.from_on, slip.until_on)
    return Drawn(kind, writing, damage.name, content, owed)


@dataclass(slots=True)
class Count:
    found: int = 0
    accepted: int = 0
    accepted_before: int = 0
    pictures: int = 0

    def add(self, seen: Seen, owed: Expectation) -> None:
        findings = seen.findings
        blind = replace(findings, across=())
        self.pictures += 1
        self.found += bool(findings.across)
        self.accepted += judge(findings, owed)[0] is Verdict.ACCEPT
        self.accepted_before += judge(blind, owed)[0] is Verdict.ACCEPT


def groups(one: Drawn) -> Iterator[str]:
    """Under which headings a picture is counted."""
    yield one.kind
    if one.kind == "void" and one.writing:
        yield f"  {'many' if one.writing.repeated else 'once'}"
        yield f"  opacity {'below' if one.writing.opacity < 0.3 else 'from'} 0.3"
        yield f"  {one.writing.text}"


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--family", choices=proofs.FAMILIES, default="testing")
    words.add_argument("--count", type=int, default=90)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--remember", type=Path, default=Path(".bench/engines.sqlite"))
    options = words.parse_args()
    eyes, counts, seconds = remembering(options.remember), defaultdict[str, Count](Count), []
    for number in range(options.count):
        one = drawn(options.family, number, seed=options.seed)
        page = open_pages(one.content)[-1].image
        (seen, *_) = eyes.look(page, until=time.monotonic() + 60)
        for group in groups(one):
            counts[group].add(seen, one.owed)
        begun = time.thread_time()
        opened = sum(1 for _ in views(seen.page, seen.lines))
        seconds.append(time.thread_time() - begun)
        accepted = judge(seen.findings, one.owed)[0] is Verdict.ACCEPT
        if (one.kind == "void" and accepted) or (one.kind != "void" and seen.findings.across):
            told = one.writing.told if one.writing else ""
            print(f"{number} {one.kind} {one.damage} {opened} views {told}", file=sys.stderr)
    print(f"{'':16} {'N':>4} {'found':>6} {'accepted without it':>20} {'and with it':>12}")
    for name, count in sorted(counts.items(), key=lambda item: item[0].startswith(" ")):
        print(
            f"{name:16} {count.pictures:4} {count.found:6} {count.accepted_before:20} "
            f"{count.accepted:12}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
