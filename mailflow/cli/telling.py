"""What the commands after the exam print."""

import json
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailflow import saying
from mailflow.desk.certifying import Done
from mailflow.desk.visible import visible


def tell(report: Done, *, as_json: bool, dry_run: bool = False) -> None:
    """Who it was done for, and who was left out, with the reason."""
    if as_json:
        told = {"done": report.done, "skipped": report.skipped, "dry_run": dry_run}
        told |= {"called": report.called} if report.called else {}
        print(json.dumps(told, ensure_ascii=False))
        return
    would = "（試算，未執行）" if dry_run else ""
    print(f"完成 {len(report.done)}{would}" + (f"：{' '.join(report.done)}" if report.done else ""))
    for number, reason in report.skipped.items():
        print(f"略過 {number}：{saying.reason(reason)}（{reason}）")


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> None:
    """A table on the terminal; what strangers wrote in it is shown as plain text."""
    shown = Table()
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(visible(str(cell))) for cell in row))
    Console().print(shown if rows else empty)


def json_lines(rows: Sequence[Mapping[str, object]]) -> None:
    """One object a line."""
    for row in rows:
        print(json.dumps(row, ensure_ascii=False, default=str))
