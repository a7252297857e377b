"""A whole round, from its opening to the last refund, with so many invented students.

Everything is real but the clock, the people and the mail servers: pictures are read, letters are
composed and sent, staff decide. Core-seconds are those of this process and of all its children.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench import machine

from mailflow.campaign.round import TAIPEI
from mailflow.demo.performance import rehearse_round
from mailflow.demo.rehearsal import Tell
from mailflow.logs import set_up_logs

ROUND = Path(__file__).parents[1] / "campaigns" / "114-2.toml"


def _used(who: int) -> float:
    """Core-seconds of this process, or of its children that have ended."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _teller(begun: float) -> Tell:
    """Tells each day of the round as it passes, with the seconds it took to come there."""

    def tell(at: datetime, what: str) -> None:
        seconds = time.perf_counter() - begun
        day = at.astimezone(TAIPEI)
        print(f"{seconds:6.1f} s  {day:%m-%d %H:%M}  {what}", file=sys.stderr, flush=True)

    return tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--campaign", type=Path, default=ROUND)
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    set_up_logs(verbose=False, quiet=True)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        tell = _teller(begun)
        account = rehearse_round(
            Path(folder), args.campaign, students=args.students, seed=args.seed, tell=tell
        )
        seconds = time.perf_counter() - begun
    own, children = _used(resource.RUSAGE_SELF), _used(resource.RUSAGE_CHILDREN)
    row = {
        "students": args.students,
        "seconds": round(seconds, 1),
        "core-seconds here": round(own, 1),
        "in children": round(children, 1),
        "core-seconds/student": round((own + children) / args.students, 2),
        "good": account.is_good,
    }
    told = json.dumps(account.to_json(), ensure_ascii=False)
    machine.show([row], as_json=args.as_json, notes=(told,))


if __name__ == "__main__":
    main()
