"""A whole round, from its opening to the last refund, with so many invented students.

Everything is real but the clock, the people and the mail servers: pictures are read, letters are
composed and sent, staff decide. Core-seconds are those of this process and of all its children.
"""

import argparse
import json
import resource
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench import machine

from mailflow.demo.performance import rehearse_round
from mailflow.logs import set_up_logs

ROUND = Path(__file__).parents[1] / "campaigns" / "114-2.toml"


def _used() -> float:
    """Core-seconds of this process and of the children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _nothing(_at: datetime, _what: str) -> None:
    """The benchmark tells no days."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--campaign", type=Path, default=ROUND)
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    set_up_logs(verbose=False, quiet=True)
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), _used()
        account = rehearse_round(
            Path(folder), args.campaign, students=args.students, seed=args.seed, tell=_nothing
        )
        seconds, used = time.perf_counter() - begun, _used() - used
    row = {
        "students": args.students,
        "seconds": round(seconds, 1),
        "core-seconds": round(used, 1),
        "core-seconds/student": round(used / args.students, 2),
        "good": account.is_good,
    }
    told = json.dumps(account.to_json(), ensure_ascii=False)
    machine.show([row], as_json=args.as_json, notes=(told,))


if __name__ == "__main__":
    main()
