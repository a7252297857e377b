"""The machine a figure was measured on, what processes cost, and how a table is printed."""

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")

Row = Mapping[str, object]


def describe() -> dict[str, object]:
    """CPU, cores, RAM, Python, kernel, date, and how busy the machine is with other things."""
    gigabytes = os.sysconf("SC_PHYS_PAGES") * _PAGE / 2**30
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "ram_gb": round(gigabytes),
        "python": platform.python_version(),
        "kernel": platform.release(),
        "date": time.strftime("%Y-%m-%d"),
        "load": round(os.getloadavg()[0], 1),
    }


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def show(rows: Sequence[Row], *, as_json: bool, notes: Sequence[str] = ()) -> None:
    """Print the machine and the rows: a Markdown table, or one JSON object."""
    machine = describe()
    if as_json:
        print(json.dumps({"machine": machine, "rows": list(rows), "notes": list(notes)}))
        return
    print(
        "{cpu}, {cores} cores, {ram_gb} GB, Python {python}, Linux {kernel}, {date}, "
        "load {load}\n".format(**machine)
    )
    names = list(rows[0])
    print(f"| {' | '.join(names)} |")
    print(f"|{'---|' * len(names)}")
    for row in rows:
        print(f"| {' | '.join(str(row[name]) for name in names)} |")
    for note in notes:
        print(f"\n{note}")


def family(pid: int) -> list[int]:
    """A process and all that it has started, children of children too."""
    found = [pid]
    for parent in found:
        for file in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in file.read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """What a process, its children and those it has outlived have used of the processors."""
    total = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(ticks) for ticks in fields[11 : 15 if each == pid else 13])
    return total / _TICK


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds (RSS)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
