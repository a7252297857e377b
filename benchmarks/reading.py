"""How well mail is read: intents, dangers, corrections, new text, machines' mail, and how fast.

    ./dev bench reading [--examples FOLDER] [--corpora FOLDER] [--others FOLDER] [--reveal] [--json]

Measured on the mails written by hand (tests/data/written_mail) and, where they are, on a folder of
labelled examples (eml/, labels.jsonl, registrations.jsonl) and on public corpora of bounces,
automatic replies and mail by people; `--others` names any further folder of messages, one a file.
Errors in held-back mail are counted, and named by `--reveal`.
"""

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine
from bench import written_path as written_path
from bench.corpora import corpora_figures, others_figures
from bench.long_texts import worst_text
from bench.marking import Marks, macro_f1, mark
from written.assemble import assemble_folder

from mailflow.reading import OfficeFile
from mailflow.reading.explain import explain

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "tests" / "data" / "written_mail"
EXAMPLES = ROOT.parent / "shared" / "examples" / "mail" / "dev"
CORPORA = ROOT.parent / "shared" / "corpora"
ALIKE = 0.95
NOW = datetime(2025, 9, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Messages with their labels and what the office knew."""

    name: str
    covered: bool
    messages: dict[str, bytes]
    labels: list[dict[str, Any]]
    registrations: list[str]


def written(half: str) -> Labelled:
    mails = assemble_folder(WRITTEN / half)
    known = [json.dumps(mail.registration) for mail in mails if mail.registration]
    raws = {mail.file: mail.raw for mail in mails}
    return Labelled(half, half != "fitting", raws, [mail.label for mail in mails], known)


def examples(folder: Path) -> Labelled:
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    labels = [json.loads(line) for line in lines if line.strip()]
    known = (folder / "registrations.jsonl").read_text("utf-8").splitlines()
    raws = {label["file"]: (folder / "eml" / label["file"]).read_bytes() for label in labels}
    return Labelled(folder.name, False, raws, labels, known)


def read_all(given: Labelled) -> tuple[list[Marks], float]:
    """The marks of all messages, and the seconds it took one core to read them."""
    office = OfficeFile(given.registrations)
    lines = {}
    begun = time.process_time()
    for file, raw in given.messages.items():
        lines[file] = explain(raw, name=file, office=office, office_address=None, now=NOW)
    seconds = time.process_time() - begun
    return [mark(label, lines[label["file"]]) for label in given.labels], seconds


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "–"


def lower_bound(part: int, whole: int) -> str:
    """Wilson's: so often at least, by what was seen."""
    if not whole:
        return "–"
    z, seen = 1.96, part / whole
    spread = z * math.sqrt(seen * (1 - seen) / whole + z * z / (4 * whole * whole))
    return f"{(seen + z * z / (2 * whole) - spread) / (1 + z * z / whole):.1%}"


def figures(all_marks: Sequence[Marks], seconds: float) -> dict[str, object]:
    """One row of the table; every share with its N."""
    dangers = Counter(d for marks in all_marks for d in marks.danger)
    texts = Counter(marks.text for marks in all_marks if marks.text)
    passable = [marks for marks in all_marks if marks.level == "no"]
    sure = [marks for marks in all_marks if marks.sure]
    right = sum(marks.lenient and not marks.danger and not marks.value_errors for marks in sure)
    wanted = sum(marks.values_wanted for marks in all_marks)
    machines = {
        kind: [m for m in all_marks if m.wanted == kind] for kind in ("bounce", "auto_reply")
    }
    return {
        "messages": len(all_marks),
        "dangerous (D1 or D2)": sum(bool({"D1", "D2"} & set(m.danger)) for m in all_marks),
        "D1": dangers["D1"], "D2": dangers["D2"], "D3": dangers["D3"],
        "macro-F1": round(macro_f1(all_marks), 3),
        "accuracy": share(sum(m.wanted == m.read for m in all_marks), len(all_marks)),
        "accuracy, defensible": share(sum(m.lenient for m in all_marks), len(all_marks)),
        "rightly held, by unknown words alone": share(
            sum(m.by_words_alone for m in all_marks), sum(m.level == "must" for m in all_marks)
        ),
        "needless flags": share(sum(m.needless for m in all_marks), len(passable)),
        "values exactly right": share(sum(m.values_right for m in all_marks), wanted),
        "values invented": sum(m.invented for m in all_marks),
        "new text clean": share(texts["clean"], texts.total()),
        "new text alike (≥ 0.95)": share(
            sum(m.ratio >= ALIKE for m in all_marks if m.text), texts.total()
        ),
        "new text lost": share(texts["lost"], texts.total()),
        "gross quote leak": share(texts["gross"], texts.total()),
        "sure and right": share(right, len(sure)),
        "sure is right, at least (95 %)": lower_bound(right, len(sure)),
        **{
            f"{kind} recognised": share(sum(m.read == kind for m in found), len(found))
            for kind, found in machines.items()
        },
        "people taken for machines": share(
            sum(m.read in machines for m in all_marks if m.wanted not in machines),
            sum(m.wanted not in machines for m in all_marks),
        ),
        "messages per second": round(len(all_marks) / seconds) if seconds else 0,
    }  # fmt: skip


def errors(all_marks: Sequence[Marks]) -> dict[str, list[str]]:
    """Kind of error → the messages that have it, the dangerous kinds first."""
    kinds: dict[str, list[str]] = {}
    for kind in ("D1", "D2", "D3"):
        for marks in all_marks:
            if kind in marks.danger:
                kinds.setdefault(kind, []).append(
                    f"{marks.file}: {marks.wanted} read as {marks.read}"
                )
    for marks in sorted(all_marks, key=lambda m: (m.wanted, m.read)):
        if marks.wanted != marks.read:
            kinds.setdefault(f"{marks.wanted} → {marks.read}", []).append(marks.file)
        for error in marks.value_errors:
            kinds.setdefault(error, []).append(marks.file)
        if marks.by_words_alone:
            kinds.setdefault("rightly held, by unknown words alone", []).append(marks.file)
        if marks.needless:
            kinds.setdefault("held needlessly", []).append(marks.file)
        if marks.text not in ("", "clean"):
            kinds.setdefault(f"new text {marks.text}", []).append(marks.file)
    return kinds


def show(rows: dict[str, dict[str, object]], lists: dict[str, dict[str, list[str]]]) -> None:
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    print("| |" + "".join(f" {name} |" for name in rows))
    print("|---|" + "---|" * len(rows))
    for name in names:
        print(f"| {name} |" + "".join(f" {row.get(name, '–')} |" for row in rows.values()))
    for name, kinds in lists.items():
        print(f"\nErrors in {name}, by kind:")
        for kind, files in kinds.items():
            print(f"  {kind} ({len(files)}): {', '.join(files)}" if files[0] else f"  {kind}")


def measured(args: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    rows: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    sets = [examples(args.examples)] if (args.examples / "labels.jsonl").is_file() else []
    together: list[Marks] = []
    spent = 0.0
    halves = [path.name for path in sorted(WRITTEN.iterdir()) if any(path.glob("*.txt"))]
    for given in sets + [written(half) for half in halves]:
        all_marks, seconds = read_all(given)
        rows[given.name] = figures(all_marks, seconds)
        together, spent = together + all_marks, spent + seconds
        kinds = errors(all_marks)
        covered = given.covered and not args.reveal
        lists[given.name] = (
            {f"{k} ({len(v)})": [""] for k, v in kinds.items()} if covered else kinds
        )
    rows["together"] = figures(together, spent)
    return rows, lists


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", type=Path, default=EXAMPLES, help="labelled messages")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="public corpora")
    parser.add_argument("--others", type=Path, help="a folder of further messages")
    parser.add_argument("--reveal", action="store_true", help="name the errors in held_back")
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    rows, lists = measured(args)
    public = corpora_figures(args.corpora) if args.corpora.is_dir() else {}
    if args.others:
        public |= others_figures(args.others)
    public["200 kB of anything, new text found"] = worst_text()
    if args.as_json:
        told = {"machine": machine.describe(), "sets": rows, "errors": lists, "corpora": public}
        print(json.dumps(told, ensure_ascii=False))
        return
    show(rows, lists)
    for name, figure in public.items():
        print(f"\n{name}: {figure}" if not isinstance(figure, list) else f"  {name}: {figure}")


if __name__ == "__main__":
    main()
