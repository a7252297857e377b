"""Look for bytes that break the reading of mails, tables and receipts, for as long as is asked.

    ./dev bench fuzz --seconds 3600 [--parser mail] [--seed N] [--corpora FOLDER] [--json]

Mutates the written mail and, where they are, public corpora. A finding names its seed; the same
seed with the same corpus makes the same bytes, and `--save FOLDER` writes them down. Exit 1 when
something was found.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from bench import machine
from bench import written_path as written_path
from fuzz_material import corpora
from fuzzed import PARSERS, Broken, hunt, made
from written.assemble import assemble_folder

from mailflow.reading import OfficeFile

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "tests" / "data" / "written_mail"
CORPORA = ROOT.parent / "shared" / "corpora"
BIGGEST = 200_000


def material(folder: Path) -> tuple[dict[str, list[bytes]], dict[str, str], OfficeFile]:
    """What is damaged by its kind, case → token, and what the office knows."""
    mails = [m for one in sorted(WRITTEN.glob("*/")) for m in assemble_folder(one)]
    known = {str(m.registration["case"]): m.registration for m in mails if m.registration}
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    further = [p.read_bytes() for p in files if p.is_file() and 0 < p.stat().st_size < BIGGEST]
    office = OfficeFile([json.dumps(one) for one in known.values()])
    return corpora(mails, further), {case: str(one["token"]) for case, one in known.items()}, office


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="for each parser")
    parser.add_argument("--parser", choices=list(PARSERS), action="append")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6 * 10**6)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--save", type=Path, help="folder for the messages that broke something")
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    found_in, tokens, office = material(args.corpora)
    rows, found = [], []
    for name in args.parser or PARSERS:
        begun = time.monotonic()
        for one in hunt(
            name, found_in, tokens=tokens, office=office, seconds=args.seconds, first_seed=args.seed
        ):
            if isinstance(one, Broken):
                found.append(one)
                print(f"{one.parser}, seed {one.seed}: {one.why}", file=sys.stderr, flush=True)
                if args.save:
                    args.save.mkdir(parents=True, exist_ok=True)
                    (args.save / f"{one.parser}-{one.seed}.eml").write_bytes(
                        made(one.parser, one.seed, found_in)
                    )
            else:
                spent = round(time.monotonic() - begun)
                broken = sum(finding.parser == name for finding in found)
                rows.append({"parser": name, "mutants": one, "seconds": spent, "broken": broken})
    machine.show(
        rows, as_json=args.as_json, notes=[f"{len(found_in['mail'])} messages, seed {args.seed}"]
    )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
