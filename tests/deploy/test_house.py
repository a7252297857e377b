"""What import contracts can't see: values and core ask no clock; `now` is an argument."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "mailflow"
ROOMS = ("campaign", "person", "mail", "reading", "receipts", "workflow", "slips", "letters")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "localtime", "gmtime"}
# The one that says how long it took ("seconds" of `mailflow receipt`) may measure.
MAY_MEASURE = {"monotonic", "perf_counter"}


def clock_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).rpartition(".")[2]
            if owner in {"time", "datetime", "date"} and node.func.attr in CLOCKS:
                yield f"{owner}.{node.func.attr}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_core_asks_no_clock(room: str) -> None:
    modules = sorted((PACKAGE / room).glob("**/*.py"))
    assert modules, f"{room} has moved: change this list"
    asked = {
        f"{path.relative_to(PACKAGE)}: {call}"
        for path in modules
        for call in clock_calls(ast.parse(path.read_text(encoding="utf-8")))
        if not (room == "receipts" and call.rpartition(".")[2] in MAY_MEASURE)
    }
    assert asked == set()


def test_a_clock_would_be_seen() -> None:
    code = "import datetime as d\nd.datetime.now()\nfrom time import time\nx = date.today()"
    assert set(clock_calls(ast.parse(code))) == {"datetime.now", "date.today"}
