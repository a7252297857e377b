"""How long the daemon's writes wait while staff take in long files, on SQLite.

A process of its own stands for the daemon: it wants to write every 50 ms, as a mail or a letter
would, and notes how long that takes, its turn and its own commit. Meanwhile the form's export and
then a file of the bank are taken in: everybody has paid exactly, the other lines are nobody's.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench import machine
from bench.office import OFFICE, Student, campaign_text
from sqlmodel import select

from mailflow.campaign import TAIPEI, load_campaign
from mailflow.desk.bank_files import import_lines
from mailflow.desk.importing import import_rows
from mailflow.letters import Composer, default_templates
from mailflow.settlement import BankLine
from mailflow.store import cases, schema
from mailflow.store.audit import record
from mailflow.store.casework import Casework, Cause, Rules
from mailflow.store.database import Store
from mailflow.store.keys import load_keys, new_keys_file
from mailflow.store.tables import Case
from mailflow.workflow import Event

_EVERY = 0.05  # seconds


def probe(folder: Path) -> None:
    """Write again and again until `stop` is there; print how long each write took, in seconds."""
    store = _store(folder)
    print("ready", flush=True)
    waits = []
    while not (folder / "stop").exists():
        begun = time.monotonic()
        with store.write() as tx:
            record(tx, "probe", subject="bench", actor="bench", why="", now=datetime.now(UTC))
        waits.append(time.monotonic() - begun)
        time.sleep(_EVERY)
    print(json.dumps(waits))


def watched(folder: Path, what: str, work: Callable[[], object]) -> dict[str, object]:
    """Do the work while the probe writes; one row of figures."""
    command = [sys.executable, __file__, "--probe", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        other.stdout.readline()
        begun = time.monotonic()
        try:
            work()
        finally:
            took = time.monotonic() - begun
            (folder / "stop").touch()
        told, _ = other.communicate()
    (folder / "stop").unlink()
    waits = sorted(json.loads(told))
    return {
        "import": what,
        "seconds": round(took, 1),
        "writes meanwhile": len(waits),
        "median ms": round(1000 * waits[len(waits) // 2]),
        "p99 ms": round(1000 * waits[int(len(waits) * 0.99)]),
        "longest ms": round(1000 * waits[-1]),
    }


def measure(folder: Path, rows: int, lines: int) -> list[dict[str, object]]:
    """The form's export, then the bank's file."""
    (folder / "campaign.toml").write_text(campaign_text(), encoding="utf-8")
    new_keys_file(folder / "mailflow.keys")
    store, rules = _store(folder), _rules(folder)
    schema.upgrade(store)
    students = [Student(number) for number in range(1, rows + 1)]
    answers = [student.row() for student in students]
    now = datetime.now(UTC)

    def form() -> None:
        import_rows(store, rules, answers, actor="bench", now=now)

    def bank() -> None:
        file = _statement(answers, lines, on=now.astimezone(TAIPEI).date())
        report = import_lines(store, rules, file, name="bank.csv", actor="bench", now=now)
        assert (report.added, len(report.settled)) == (lines, rows), report

    told = [watched(folder, f"form, {rows} rows", form)]
    _confirm_all(store, rules, now)
    told.append(watched(folder, f"bank, {lines} lines", bank))
    store.engine.dispose()
    return told


def _statement(answers: Sequence[object], lines: int, *, on: date) -> list[BankLine]:
    paid = [
        BankLine(posted_on=on, paid_on=on, amount=row.slip.amount, account=row.slip.account)  # type: ignore[attr-defined]
        for row in answers
    ]
    other = BankLine(posted_on=on, amount=1000, account="77700000000000", payer="學生會")
    rest = range(lines - len(paid))
    return [*paid, *(replace(other, amount=1000 + n, reference=f"R{n:06d}") for n in rest)]


def _confirm_all(store: Store, rules: Rules, now: datetime) -> None:
    """Everybody presses the button and is billed."""
    with store.read() as tx:
        ids = list(tx.session.exec(select(Case.id)))
    for start in range(0, len(ids), 100):
        with store.write() as tx:
            work = Casework(tx, rules, now=now)
            for case_id in ids[start : start + 100]:
                work.happen(cases.load(tx, case_id), Event.CONFIRM, cause=Cause(actor="bench"))


def _store(folder: Path) -> Store:
    return Store(f"sqlite:///{folder}/mailflow.sqlite", load_keys(folder / "mailflow.keys"))


def _rules(folder: Path) -> Rules:
    campaign = load_campaign(folder / "campaign.toml")
    composer = Composer(default_templates(), campaign, office=OFFICE, sender_name="研發處")
    return Rules(campaign, composer, office=OFFICE, answers_per_day=20, strangers_per_day=5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=2000, help="of the form's export")
    parser.add_argument("--lines", type=int, default=5000, help="of the bank's file")
    parser.add_argument("--probe", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", dest="as_json")
    args = parser.parse_args()
    if args.probe:
        probe(args.probe)
        return
    with tempfile.TemporaryDirectory(prefix="mf-bench-") as folder:
        machine.show(measure(Path(folder), args.rows, args.lines), as_json=args.as_json)


if __name__ == "__main__":
    main()
